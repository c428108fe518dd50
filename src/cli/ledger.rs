//! `visavis ledger`: every claim against the best answer to it, on standard output.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use clap::ValueEnum;

use super::notes::Kept;
use super::{DONE, NOTHING_DONE, ReadingArguments, SOME_FAILED, documents, user_lexicon};
use crate::analysis::{Weights, analyze};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{Speech, abbreviations};
use crate::report::ledger::{print::Page, rows};
use crate::session::{Placer, Session, Verdict};

/// The arguments of `visavis ledger`.
#[derive(Debug, clap::Args)]
pub struct Ledger {
    /// Files to read, or folders of files; `-` is standard input.
    #[arg(required_unless_present = "session")]
    files: Vec<PathBuf>,
    /// The documents and verdicts of this session instead of files.
    #[arg(long, value_name = "NAME", conflicts_with = "files")]
    session: Option<String>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// A readable page.
    Md,
    /// One row for each claim and other statement, for spreadsheets.
    Csv,
}

/// Prints the ledger; gives the exit code.
///
/// # Errors
/// If there is no such session, or output fails.
pub fn run(arguments: &Ledger) -> anyhow::Result<u8> {
    if let Some(name) = &arguments.session {
        let kept = Kept::open(Some(name))?;
        kept.tell_notices();
        print(&kept.corpus, &kept.session, arguments.format)?;
        return Ok(DONE);
    }
    let (documents, all) = documents(&arguments.files, arguments.reading.opening());
    if documents.is_empty() {
        return Ok(NOTHING_DONE);
    }
    let corpus = Corpus::read(documents, arguments.reading.reading(), Speech::built_in(), abbreviations());
    print(&corpus, &Session::default(), arguments.format)?;
    Ok(if all { DONE } else { SOME_FAILED })
}

fn print(corpus: &Corpus, session: &Session, format: Format) -> io::Result<()> {
    let weights = Weights::built_in();
    let analysis = analyze(corpus, &user_lexicon(), &weights, 1);
    let rows = rows(corpus, &analysis, &weights.thresholds);
    let placer = Placer::new(corpus, session.earlier.iter().chain(&session.documents));
    let given = session.verdicts.iter();
    let verdicts: BTreeMap<SentenceId, Verdict> =
        given.filter_map(|judged| Some((placer.place(&judged.anchor)?.sentence, judged.verdict))).collect();
    let verdict = |id: SentenceId| verdicts.get(&id).copied();
    let page =
        Page { corpus, analysis: &analysis, thresholds: &weights.thresholds, rows: &rows, verdict: &verdict };
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Md => page.markdown(&mut out)?,
        Format::Csv => page.csv(&mut out)?,
    }
    out.flush()
}
