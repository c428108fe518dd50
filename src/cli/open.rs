//! `visavis [FILE…]`: reading.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use super::{DONE, NOTHING_DONE, ReadingArguments, SOME_FAILED, documents, user_lexicon};
use crate::analysis::{Weights, analyze};
use crate::corpus::Corpus;
use crate::demo;
use crate::lexicon::{Speech, abbreviations};
use crate::report::plain;

/// The arguments of `visavis` without a subcommand.
#[derive(Debug, clap::Args)]
pub struct Open {
    /// Files to read; `-` is standard input.
    files: Vec<PathBuf>,
    /// The built-in demonstration, 1 or 2.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1", conflicts_with = "files")]
    demo: Option<usize>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Plain lines on standard output instead of a screen.
    #[arg(long)]
    plain: bool,
}

/// Reads what is asked for; gives the exit code.
///
/// # Errors
/// If nothing could be shown.
pub fn run(arguments: &Open) -> anyhow::Result<u8> {
    let reading = arguments.reading.reading();
    let (documents, all) = if arguments.files.is_empty() {
        let number = arguments.demo.unwrap_or(1);
        let shown = demo::documents(number, reading.segmentation);
        (shown.ok_or_else(|| anyhow::anyhow!("there is no demonstration {number}, only 1 and 2"))?, true)
    } else {
        documents(&arguments.files, reading.segmentation)
    };
    if documents.is_empty() {
        return Ok(NOTHING_DONE);
    }
    let corpus = Corpus::read(documents, reading, &Speech::built_in(), &abbreviations());
    let (lexicon, weights) = (user_lexicon(), Weights::built_in());
    let analysis = analyze(&corpus, &lexicon, &weights, 1);
    let mut out = BufWriter::new(io::stdout().lock());
    plain::write(&mut out, &corpus, &analysis, &weights.thresholds)?;
    out.flush()?;
    Ok(if all { DONE } else { SOME_FAILED })
}
