//! `visavis analyze`: the analysis on standard output.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use clap::ValueEnum;

use super::{DONE, NOTHING_DONE, ReadingArguments, SOME_FAILED, documents, user_lexicon};
use crate::analysis::{Weights, analyze};
use crate::corpus::Corpus;
use crate::lexicon::{Speech, abbreviations};
use crate::report;

/// The arguments of `visavis analyze`.
#[derive(Debug, clap::Args)]
pub struct Analyze {
    /// Files to read, or folders of files; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Print how often each speaker is marked, and which cues make the difference, instead.
    #[arg(long, conflicts_with = "format")]
    audit: bool,
    /// Print the signs of every pair of sentences that is weighed for a link, as tab-separated values to fit on, instead.
    #[arg(long, conflicts_with_all = ["format", "audit"])]
    signs: bool,
    /// How many links below the threshold are kept for each sentence and other statement.
    #[arg(long, value_name = "N", default_value_t = 1)]
    candidates: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// The whole analysis as one JSON object, for programs.
    Json,
    /// A readable page.
    Md,
}

/// Prints the analysis; gives the exit code.
///
/// # Errors
/// If standard output cannot be written or the lexicon is wrong.
pub fn run(arguments: &Analyze) -> anyhow::Result<u8> {
    let reading = arguments.reading.reading();
    let (documents, all) = documents(&arguments.files, arguments.reading.opening());
    if documents.is_empty() {
        return Ok(NOTHING_DONE);
    }
    let corpus = Corpus::read(documents, reading, Speech::built_in(), abbreviations());
    let lexicon = user_lexicon();
    let weights = Weights::built_in();
    let analysis = analyze(&corpus, &lexicon, &weights, arguments.candidates);
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        _ if arguments.audit => {
            report::audit::write(&mut out, &corpus, &analysis, &lexicon, &weights.thresholds)?;
        }
        _ if arguments.signs => {
            report::signs::write(&mut out, &corpus, &analysis.marks, &lexicon, arguments.candidates)?;
        }
        Format::Json => report::json::write(&mut out, &corpus, &analysis, &lexicon, &weights, &[])?,
        Format::Md => report::markdown::write(&mut out, &corpus, &analysis, &lexicon, &weights)?,
    }
    out.flush()?;
    Ok(if all { DONE } else { SOME_FAILED })
}
