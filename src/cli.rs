//! The roof: flags and subcommands, wiring, exit codes; the only reader of the environment.

mod analyze;
mod compare;
mod config;
mod environment;
mod files;
mod find;
mod fit;
mod folder;
mod ledger;
mod lexicon;
mod manual;
mod notes;
mod open;
mod setup;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};

use crate::attribution::{Kind, Split};
use crate::config::Folders;
use crate::corpus::Reading;
use crate::document::clean::clean;
use crate::document::{Document, OpenError, Opening, Segmentation, encoding, pdf};
use crate::lexicon::{CueKind, Lexicon};
use crate::parallel;
use environment::Environment;

/// Everything was done.
const DONE: u8 = 0;
/// Some input failed and was named.
const SOME_FAILED: u8 = 1;
/// Wrong usage, or nothing could be done.
const NOTHING_DONE: u8 = 2;

const EXAMPLES: &str = "\
Examples:
  visavis                                    the built-in demonstration, or your sessions
  visavis accusation.txt reply.md            two statements side by side
  visavis article.txt                        a column for each person it quotes
  visavis --continue                         the session you left last
  visavis analyze a.txt b.md --format json   what the screen shows, for programs
  visavis find --against 'The blockade is lawful.' --library speeches/
                                             who has answered this, in a folder of files
  visavis notes --session NAME               your notes and verdicts
";

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 some input failed and was named, 2 wrong usage or nothing could be done.";

/// Puts official statements side by side: what is claimed, by whom, and what answers it.
#[derive(Debug, Parser)]
#[command(version, before_help = EXAMPLES, after_help = EXIT_CODES, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    open: open::Open,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the analysis of files, for programs and people.
    Analyze(analyze::Analyze),
    /// Print every claim against the best answer to it.
    Ledger(ledger::Ledger),
    /// Compare two versions of one statement, sentence by sentence and word by word.
    Compare(compare::Compare),
    /// Find who has answered a statement, in a library of many.
    Find(find::Find),
    /// Print the notes and verdicts of a session.
    Notes(notes::Notes),
    /// Print a session as Markdown: quotations with speaker, date, verdict and note.
    Export(notes::Export),
    /// List your sessions, the last used first.
    Sessions,
    /// Print what is set and which keys are bound; find what is wrong in your own files.
    Config(config::Arguments),
    /// Print completions of the command line for a shell.
    Completions(manual::Completions),
    /// Print the manual page, for `man -l -`.
    Man,
    /// Take the text out of a PDF, for this program alone.
    #[command(name = pdf::child::NAME, hide = true)]
    ReadPdf,
    /// Work on word lists.
    Lexicon(lexicon::Arguments),
}

/// How files are read.
#[derive(Clone, Copy, Debug, clap::Args)]
struct ReadingArguments {
    /// What the files are.
    #[arg(long = "as", value_name = "KIND", value_enum, default_value_t = As::Auto)]
    kind: As,
    /// How sentences are cut: found in the text, or one a line.
    #[arg(long, value_enum, default_value_t = Segment::Auto)]
    segment: Segment,
    /// Let each answer in a transcript be a statement of its own.
    #[arg(long, value_enum, value_name = "BY")]
    split: Option<SplitBy>,
    /// The encoding of the files, such as gb18030 or windows-1251; found out for each if not given.
    #[arg(long, value_name = "NAME", value_parser = encoding::named)]
    encoding: Option<&'static encoding::Encoding>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum As {
    /// Decided for each file.
    Auto,
    /// One speaker throughout.
    Statement,
    /// A writer quotes and reports speakers.
    Article,
    /// Turns under speakers' labels.
    Transcript,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SplitBy {
    /// By the questions asked.
    Questions,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Segment {
    Auto,
    Lines,
}

impl ReadingArguments {
    fn opening(self) -> Opening {
        Opening { segmentation: self.reading().segmentation, encoding: self.encoding }
    }

    fn reading(self) -> Reading {
        Reading {
            kind: match self.kind {
                As::Auto => None,
                As::Statement => Some(Kind::Statement),
                As::Article => Some(Kind::Article),
                As::Transcript => Some(Kind::Transcript),
            },
            segmentation: match self.segment {
                Segment::Auto => Segmentation::Auto,
                Segment::Lines => Segmentation::Lines,
            },
            split: self.split.map_or(Split::Whole, |SplitBy::Questions| Split::Questions),
        }
    }
}

/// Runs the program with `arguments` (the first is its own name).
///
/// # Errors
/// Why nothing could be done; the exit code is then 2.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let code = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments.run(),
        Err(usage) => print_usage(&usage),
    };
    code.map(ExitCode::from).or_else(closed_pipe)
}

impl Arguments {
    /// Does what they ask for; gives the exit code.
    fn run(&self) -> anyhow::Result<u8> {
        match &self.command {
            Some(Command::Analyze(arguments)) => analyze::run(arguments),
            Some(Command::Ledger(arguments)) => ledger::run(arguments),
            Some(Command::Compare(arguments)) => compare::run(arguments),
            Some(Command::Find(arguments)) => find::run(arguments),
            Some(Command::Notes(arguments)) => notes::list(arguments),
            Some(Command::Export(arguments)) => notes::export(arguments),
            Some(Command::Sessions) => notes::sessions(),
            Some(Command::ReadPdf) => pdf::child::serve().map(|()| DONE).map_err(anyhow::Error::from),
            Some(Command::Lexicon(arguments)) => lexicon::run(arguments),
            Some(Command::Config(arguments)) => config::run(arguments),
            Some(Command::Completions(arguments)) => manual::completions(arguments),
            Some(Command::Man) => manual::man(),
            None if self.open.dump_keys => config::keys(false),
            None => open::run(&self.open, &Environment::read()),
        }
    }
}

/// Prints the help that was asked for, or what is wrong with the arguments.
fn print_usage(usage: &clap::Error) -> anyhow::Result<u8> {
    usage.print().context("cannot print the usage")?;
    Ok(if usage.use_stderr() { NOTHING_DONE } else { DONE })
}

/// A reader that has left (`| head`) is no failure.
fn closed_pipe(error: anyhow::Error) -> anyhow::Result<ExitCode> {
    match error.downcast_ref::<io::Error>() {
        Some(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::from(DONE)),
        _ => Err(error),
    }
}

/// Opens what can be opened of `paths`; names what cannot on standard error, and tells whether all that
/// was named could.
fn documents(paths: &[PathBuf], opening: Opening) -> (Vec<Document>, bool) {
    let (documents, notices, all) = opened(folder::named(paths), opening);
    for notice in notices {
        complain(&notice);
    }
    (documents, all)
}

/// The documents that files make, what is to be said of those that make none, and whether all that was
/// named could be opened: what is only found in a folder may be anything.
fn opened(named: folder::Named, opening: Opening) -> (Vec<Document>, Vec<String>, bool) {
    let folder::Named { files, passed_over } = named;
    let read = parallel::map(&files, |_, (path, _)| Document::open(path, opening));
    sorted_out(files.into_iter().zip(read), passed_over)
}

/// The documents among what came of files, with what is to be told of the others beside `notices`, and
/// whether every file gave one but those that were only found in a folder.
fn sorted_out(
    read: impl IntoIterator<Item = ((PathBuf, bool), Result<Document, OpenError>)>,
    mut notices: Vec<String>,
) -> (Vec<Document>, Vec<String>, bool) {
    let (mut documents, mut all) = (Vec::new(), true);
    for ((path, found), document) in read {
        match document {
            Ok(document) => documents.push(document),
            Err(error) => {
                all &= found || matches!(error, OpenError::Cancelled);
                notices.push(format!("{}: {error}", path.display()));
            }
        }
    }
    (documents, notices, all)
}

/// The lexicon with the user's own files in their config folder.
fn user_lexicon() -> Lexicon {
    Folders::find().map_or_else(Lexicon::built_in, |folders| lexicon::of_user(&folders.lexicon))
}

/// What a mark says, as an argument.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum MarkKind {
    Claim,
    Rebuttal,
    Rhetoric,
}

impl From<MarkKind> for CueKind {
    fn from(kind: MarkKind) -> Self {
        match kind {
            MarkKind::Claim => Self::Claim,
            MarkKind::Rebuttal => Self::Rebuttal,
            MarkKind::Rhetoric => Self::Rhetoric,
        }
    }
}

/// The folders of this user.
fn folders() -> anyhow::Result<Folders> {
    Folders::find().context("there is no home folder to keep sessions in: set $HOME")
}

/// One line on standard error, with the name of the program and every control made visible.
pub fn complain(message: &str) {
    // If nobody listens to errors, there is nowhere left to tell it.
    let _ = writeln!(io::stderr(), "visavis: {}", one_line(message));
}

/// `text` without line ends and with every control shown by a stand-in.
fn one_line(text: &str) -> String {
    clean(text.replace(['\r', '\n'], "⏎")).0
}
