//! `visavis notes`, `export` and `sessions`: what the reader has written, without a screen.

use std::io::{self, BufWriter, Write as _};

use anyhow::{Context as _, bail};
use clap::ValueEnum;

use super::{DONE, MarkKind, complain, folders};
use crate::corpus::{Corpus, Reading};
use crate::document::{Document, Segmentation};
use crate::lexicon::{Speech, abbreviations};
use crate::report::decisions::{self, Decisions};
use crate::report::notes::{self, Row};
use crate::session::{Loaded, Session, Sessions, mendings};

/// The arguments of `visavis notes`.
#[derive(Debug, clap::Args)]
pub struct Notes {
    /// Of which session; the one used last if none is named.
    #[arg(long, value_name = "NAME")]
    session: Option<String>,
    /// How they are printed.
    #[arg(long, value_enum, default_value_t = Format::Md)]
    format: Format,
}

/// The arguments of `visavis export`.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Which session; the one used last if none is named.
    #[arg(long, value_name = "NAME")]
    session: Option<String>,
    /// Print the marks of a kind that were accepted or rejected instead, as `visavis lexicon fit --train`
    /// reads them: {"text": "…", "label": 1}.
    #[arg(long, value_enum, value_name = "KIND")]
    training: Option<MarkKind>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// One JSON object, for programs.
    Json,
    /// Quotations with speaker, date, verdict and note.
    Md,
    /// One row a note, for spreadsheets.
    Csv,
}

/// Prints the notes of a session.
///
/// # Errors
/// If there is no such session, it was written by a later version, or output fails.
pub fn list(arguments: &Notes) -> anyhow::Result<u8> {
    let kept = Kept::open(arguments.session.as_deref())?;
    kept.print(arguments.format)
}

/// Prints a session as Markdown.
///
/// # Errors
/// As [`list`].
pub fn export(arguments: &Export) -> anyhow::Result<u8> {
    let kept = Kept::open(arguments.session.as_deref())?;
    let Some(kind) = arguments.training else { return kept.print(Format::Md) };
    kept.tell_notices();
    let decided = Decisions::of(&kept.corpus, &kept.session);
    let mut out = BufWriter::new(io::stdout().lock());
    if decisions::training(&mut out, &decided, kind.into())? == 0 {
        complain("no mark of this kind was accepted or rejected in the session");
    }
    out.flush()?;
    Ok(DONE)
}

/// Prints one line a session, the last used first.
///
/// # Errors
/// If output fails.
pub fn sessions() -> anyhow::Result<u8> {
    let sessions = Sessions::new(folders()?.sessions).list();
    if sessions.is_empty() {
        complain("there is no session yet: the first note or verdict begins one");
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for summary in sessions {
        let notes = if summary.notes == 1 { "1 note".to_owned() } else { format!("{} notes", summary.notes) };
        writeln!(
            out,
            "{}\t{notes}\t{}",
            super::one_line(&summary.name),
            super::one_line(&summary.documents.join(", "))
        )?;
    }
    out.flush()?;
    Ok(DONE)
}

/// A session read from its journal, its documents read again from what it keeps.
pub struct Kept {
    name: String,
    /// Its documents.
    pub corpus: Corpus,
    /// What the reader did.
    pub session: Session,
    notices: Vec<String>,
}

impl Kept {
    /// The session of this name; the one used last if there is no name.
    ///
    /// # Errors
    /// If there is no such session, or it was written by a later version.
    pub fn open(name: Option<&str>) -> anyhow::Result<Self> {
        let sessions = Sessions::new(folders()?.sessions);
        let latest = || sessions.latest().context("there is no session yet: notes begin one");
        let name = name.map_or_else(latest, |name| Ok(name.to_owned()))?;
        let path = sessions.path(&name)?;
        if !path.exists() {
            bail!("there is no session {name:?}; `visavis sessions` lists them");
        }
        let loaded = Loaded::read(&path)?;
        if let Some(version) = loaded.later {
            bail!(
                "session {name:?} was written by a later visavis (format version {version}); it is left as it is"
            );
        }
        let corpus = corpus_of(&loaded.session);
        Ok(Self { name, corpus, session: loaded.session, notices: loaded.notices })
    }

    /// Tells on standard error what was odd about it.
    pub fn tell_notices(&self) {
        for notice in &self.notices {
            complain(&format!("{}: {notice}", self.name));
        }
    }

    fn print(&self, format: Format) -> anyhow::Result<u8> {
        self.tell_notices();
        let rows: Vec<Row> = notes::rows(&self.corpus, &self.session);
        let decisions = Decisions::of(&self.corpus, &self.session);
        let mut out = BufWriter::new(io::stdout().lock());
        match format {
            Format::Json => notes::json(&mut out, &self.name, &rows, &decisions, &self.notices)?,
            Format::Csv => notes::csv(&mut out, &rows)?,
            Format::Md => {
                notes::markdown(&mut out, &self.name, &self.corpus, &rows)?;
                decisions::markdown(&mut out, &decisions)?;
            }
        }
        out.flush()?;
        Ok(DONE)
    }
}

/// The documents of a session, read again from their kept texts, as the reader has mended them.
pub fn corpus_of(session: &Session) -> Corpus {
    let documents = session
        .opened_as()
        .map(|(saved, kind)| (Document::reopen(saved.clone(), Segmentation::Auto), kind))
        .collect();
    let abbreviations = abbreviations();
    let corpus = Corpus::read_as(documents, Reading::default(), Speech::built_in(), abbreviations);
    match mendings(&corpus, session) {
        (found, _) if found.is_empty() => corpus,
        (found, _) => corpus.mended(&found, abbreviations),
    }
}
