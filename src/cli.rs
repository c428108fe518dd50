//! The roof: flags and subcommands; the only reader of the environment.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};

use crate::analysis::{Weights, analyze};
use crate::attribution::Kind;
use crate::corpus::{Corpus, Reading};
use crate::document::{Document, Segmentation};
use crate::lexicon::{Lexicon, Speech, abbreviations};
use crate::report;

/// Puts official statements side by side: what is claimed, by whom, and what answers it.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Files to read; `-` is standard input.
    files: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the analysis of files.
    Analyze(Analyze),
}

#[derive(Debug, clap::Args)]
struct Analyze {
    /// Files to read; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What the files are.
    #[arg(long = "as", value_enum, default_value_t = As::Auto)]
    kind: As,
    /// How sentences are cut.
    #[arg(long, value_enum, default_value_t = Segment::Auto)]
    segment: Segment,
    /// How the analysis is printed.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// How many links below the threshold are kept for each sentence and other statement.
    #[arg(long, default_value_t = 1)]
    candidates: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum As {
    Auto,
    Statement,
    Article,
    Transcript,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Segment {
    Auto,
    Lines,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Json,
}

/// Runs the program with `arguments` (the first is its own name).
///
/// # Errors
/// Why nothing could be done; the exit code is then 2.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            error.print().context("cannot print the usage")?;
            return Ok(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)));
        }
    };
    match arguments.command {
        Some(Command::Analyze(analyze)) => print_analysis(&analyze),
        None => anyhow::bail!("no reader yet"),
    }
}

fn print_analysis(arguments: &Analyze) -> anyhow::Result<ExitCode> {
    let reading = Reading {
        kind: match arguments.kind {
            As::Auto => None,
            As::Statement => Some(Kind::Statement),
            As::Article => Some(Kind::Article),
            As::Transcript => Some(Kind::Transcript),
        },
        segmentation: match arguments.segment {
            Segment::Auto => Segmentation::Auto,
            Segment::Lines => Segmentation::Lines,
        },
    };
    let mut documents = Vec::new();
    let mut failed = false;
    for path in &arguments.files {
        match Document::open(path, reading.segmentation) {
            Ok(document) => documents.push(document),
            Err(error) => {
                failed = true;
                complain(&format!("{}: {error}", path.display()));
            }
        }
    }
    if documents.is_empty() {
        return Ok(ExitCode::from(2));
    }
    let corpus = Corpus::read(documents, reading, &Speech::built_in(), &abbreviations());
    let (lexicon, weights) = (Lexicon::built_in(), Weights::built_in());
    let analysis = analyze(&corpus, &lexicon, &weights, arguments.candidates);
    let mut out = BufWriter::new(io::stdout().lock());
    match arguments.format {
        Format::Json => report::json::write(&mut out, &corpus, &analysis, &lexicon, &weights, &[])?,
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(failed)))
}

/// One line on standard error, controls made visible.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "visavis: {}", message.escape_debug());
}
