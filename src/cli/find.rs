//! `visavis find`: what answers a statement, in a library of many.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use signal_hook::consts::SIGINT;

use super::setup::Setup;
use super::{DONE, NOTHING_DONE, SOME_FAILED, complain, folders, one_line, user_lexicon};
use crate::analysis::{Weights, analyze};
use crate::config::Folders;
use crate::corpus::{Corpus, Reading};
use crate::document::{Document, Segmentation};
use crate::lexicon::{Speech, abbreviations};
use crate::library::{Hit, Library, Progress};

/// How often progress is shown at most.
const EVERY: Duration = Duration::from_millis(100);

/// The arguments of `visavis find`.
#[derive(Debug, clap::Args)]
pub struct Find {
    /// A statement, or a file whose claims are looked up one by one; `-` is standard input.
    #[arg(long, value_name = "TEXT|FILE", required_unless_present = "queries", conflicts_with = "queries")]
    against: Option<String>,
    /// A file of JSON lines `{"id": …, "text": …}`, each looked up.
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// The library: a folder of documents, or a file of JSON lines `{"id": …, "text": …}`; that of
    /// `config.toml` if none is given.
    #[arg(long, value_name = "FOLDER|FILE")]
    library: Option<PathBuf>,
    /// How many answers are shown for each statement, at most.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// How they are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object a line for each statement.
    Json,
}

/// A statement that is looked up.
#[derive(Debug, PartialEq, Deserialize)]
struct Query {
    id: Value,
    text: String,
}

/// What is found for a statement of `--queries`.
#[derive(Serialize)]
struct Brief<'h> {
    id: &'h Value,
    hits: Vec<BriefHit<'h>>,
}

#[derive(Serialize)]
struct BriefHit<'h> {
    id: &'h str,
    score: f32,
}

/// What is found for a statement of `--against`.
#[derive(Serialize)]
struct Full<'h> {
    id: &'h Value,
    text: &'h str,
    hits: Vec<FullHit<'h>>,
}

#[derive(Serialize)]
struct FullHit<'h> {
    id: &'h str,
    score: f32,
    path: String,
    speaker: Option<&'h str>,
    text: &'h str,
    shared: &'h [String],
    signs: Vec<FullSign>,
}

#[derive(Serialize)]
struct FullSign {
    name: &'static str,
    adds: f32,
}

/// Prints what is found; gives the exit code.
///
/// # Errors
/// If the library cannot be searched or output fails.
pub fn run(arguments: &Find) -> anyhow::Result<u8> {
    let (queries, all) = arguments.queries()?;
    if queries.is_empty() {
        complain("nothing to look up");
        return Ok(NOTHING_DONE);
    }
    let of_settings = || Setup::read(&Folders::find()?).library;
    let path = arguments.library.clone().or_else(of_settings);
    let path = path.context("no library is named: --library FOLDER, or `library = \"…\"` in config.toml")?;
    let mut library = open(&path)?;
    library.notices.iter().for_each(|notice| complain(notice));
    let mut out = BufWriter::new(io::stdout().lock());
    for query in &queries {
        let hits = library.find(&query.text, arguments.top).map_err(anyhow::Error::msg)?;
        match arguments.format {
            Format::Text => text(&mut out, query, &hits)?,
            Format::Json if arguments.queries.is_some() => brief(&mut out, query, &hits)?,
            Format::Json => full(&mut out, query, &hits)?,
        }
    }
    out.flush()?;
    Ok(if all { DONE } else { SOME_FAILED })
}

/// Opens a library and shows how far it is, on a terminal; `Ctrl-c` stops it, and what was read before
/// is kept.
fn open(path: &Path) -> anyhow::Result<Library> {
    let stop = Arc::new(AtomicBool::new(false));
    // The second Ctrl-c ends the program at once, and so does the first one after the reading.
    signal_hook::flag::register_conditional_default(SIGINT, Arc::clone(&stop))
        .and_then(|_| signal_hook::flag::register(SIGINT, Arc::clone(&stop)))
        .context("signals cannot be watched")?;
    let mut shown = io::stderr().is_terminal().then(Instant::now);
    let mut drawn = false;
    let opened = Library::open(path, &folders()?.libraries, &mut |progress| {
        if let Some(last) = &mut shown
            && last.elapsed() >= EVERY
        {
            *last = Instant::now();
            drawn = true;
            draw(progress);
        }
        !stop.load(Ordering::Relaxed)
    });
    if drawn {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
    stop.store(true, Ordering::Relaxed);
    Ok(opened?)
}

fn draw(Progress { files, of, entries }: Progress) {
    // Where nobody listens, there is nobody to tell.
    let _ = write!(io::stderr(), "\rreading the library: {files} of {of} files, {entries} statements\x1b[K");
}

impl Find {
    /// What is to be looked up, and whether all of it could be read.
    fn queries(&self) -> anyhow::Result<(Vec<Query>, bool)> {
        if let Some(path) = &self.queries {
            return lines(path).with_context(|| path.display().to_string());
        }
        let against = self.against.as_deref().unwrap_or_default();
        let path = Path::new(against);
        if against == "-" || path.is_file() {
            let document = Document::open(path, Segmentation::Auto).with_context(|| against.to_owned())?;
            return Ok((claims(document), true));
        }
        if path.is_dir() {
            bail!("{against}: a folder, not a statement");
        }
        if against.trim().is_empty() {
            return Ok((Vec::new(), true));
        }
        Ok((vec![Query { id: 1.into(), text: against.to_owned() }], true))
    }
}

/// The claims of a document, or all its sentences if none is marked, numbered as the reader shows them.
fn claims(document: Document) -> Vec<Query> {
    let corpus = Corpus::read(vec![document], Reading::default(), Speech::built_in(), abbreviations());
    let weights = Weights::built_in();
    let analysis = analyze(&corpus, &user_lexicon(), &weights, 0);
    let query = |id| {
        let sentence = corpus.sentence(id);
        let number = format!("{}.{}", sentence.statement.0 + 1, corpus.number_of(id) + 1);
        Query { id: number.into(), text: corpus.text(id).to_owned() }
    };
    let ids = || corpus.statement_ids().flat_map(|statement| corpus.sentences_of(statement));
    let claims: Vec<Query> =
        ids().filter(|id| analysis.marks(*id).scores.claim >= weights.thresholds.claim).map(query).collect();
    if claims.is_empty() { ids().map(query).collect() } else { claims }
}

/// The statements of a file of JSON lines, and whether all its lines are right; those that are not are
/// named.
fn lines(path: &Path) -> anyhow::Result<(Vec<Query>, bool)> {
    let (mut queries, mut all) = (Vec::new(), true);
    for (line, number) in BufReader::new(File::open(path)?).split(b'\n').zip(1..) {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(&line) {
            Ok(query) => queries.push(query),
            Err(error) => {
                all = false;
                let why = error.to_string();
                let why = why.split(" at line ").next().unwrap_or_default();
                complain(&format!(
                    "{}:{number}:{}: {why}; right is {{\"id\": …, \"text\": \"…\"}}",
                    path.display(),
                    error.column()
                ));
            }
        }
    }
    Ok((queries, all))
}

fn brief(out: &mut impl Write, query: &Query, hits: &[Hit]) -> anyhow::Result<()> {
    let hits = hits.iter().map(|hit| BriefHit { id: &hit.entry.id, score: hit.weighed.score }).collect();
    line(out, &Brief { id: &query.id, hits })
}

fn full(out: &mut impl Write, query: &Query, hits: &[Hit]) -> anyhow::Result<()> {
    let hits = hits.iter().map(FullHit::of).collect();
    line(out, &Full { id: &query.id, text: &query.text, hits })
}

impl<'h> FullHit<'h> {
    fn of(hit: &'h Hit) -> Self {
        let sign = |sign: &crate::library::weigh::Sign| FullSign { name: sign.name, adds: sign.adds };
        Self {
            id: &hit.entry.id,
            score: hit.weighed.score,
            path: hit.path.to_string_lossy().into_owned(),
            speaker: hit.entry.speaker.as_deref(),
            text: &hit.entry.text,
            shared: &hit.weighed.shared,
            signs: hit.weighed.signs.iter().map(sign).collect(),
        }
    }
}

/// One line of JSON, in which every control is escaped.
fn line(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    let json = serde_json::to_string(value).context("an answer is no JSON")?;
    for c in json.chars() {
        if c.is_control() { write!(out, "\\u{:04x}", u32::from(c))? } else { write!(out, "{c}")? }
    }
    writeln!(out)?;
    Ok(())
}

fn text(out: &mut impl Write, query: &Query, hits: &[Hit]) -> anyhow::Result<()> {
    writeln!(out, "{}", one_line(&query.text))?;
    if hits.is_empty() {
        writeln!(out, "  nothing shares a word with it")?;
    }
    for hit in hits {
        let place = format!("{} {}", hit.path.display(), hit.entry.id);
        let speaker = hit.entry.speaker.as_deref().map(|name| format!("{name}, ")).unwrap_or_default();
        writeln!(out, "  {:.2}  {}", hit.weighed.score, one_line(&hit.entry.text))?;
        writeln!(out, "        {}{}", one_line(&speaker), one_line(&place))?;
    }
    writeln!(out)?;
    Ok(())
}
