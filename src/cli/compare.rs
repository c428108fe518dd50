//! `visavis compare`: what changed between two versions of one statement.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::bail;

use super::{DONE, documents};
use crate::analysis::versions::compare;
use crate::attribution::{DocumentId, Kind};
use crate::corpus::{Corpus, Reading};
use crate::document::Opening;
use crate::lexicon::{Speech, abbreviations};
use crate::report::changes;

/// The arguments of `visavis compare`.
#[derive(Debug, clap::Args)]
pub struct Compare {
    /// The earlier version.
    before: PathBuf,
    /// The later version.
    after: PathBuf,
}

/// Prints what changed; gives the exit code.
///
/// # Errors
/// If either cannot be read or output fails.
pub fn run(arguments: &Compare) -> anyhow::Result<u8> {
    let paths = [arguments.before.clone(), arguments.after.clone()];
    let (documents, _) = documents(&paths, Opening::default());
    if documents.len() != 2 {
        bail!("two versions are needed to be compared");
    }
    // Of an article or a transcript the whole text is compared, whoever speaks in it.
    let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
    let corpus = Corpus::read(documents, reading, Speech::built_in(), abbreviations());
    let first_of =
        |document| corpus.spoken_ids().find(|id| corpus.statement(*id).document == DocumentId(document));
    let (Some(before), Some(after)) = (first_of(0), first_of(1)) else {
        bail!("one of them holds no statement");
    };
    let mut out = BufWriter::new(io::stdout().lock());
    changes::write(&mut out, &corpus, &compare(&corpus, before, after))?;
    out.flush()?;
    Ok(DONE)
}
