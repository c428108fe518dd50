//! `visavis lexicon`: whether word lists say what they mean, and new weights for them.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::Subcommand;
use tempfile::NamedTempFile;

use super::{DONE, SOME_FAILED, complain, fit, folders};
use crate::analysis::check_lexicon;
use crate::lexicon::own::{self, Own};
use crate::lexicon::{Lexicon, Mistake};

/// The arguments of `visavis lexicon`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check word lists: their form, and every example they give.
    Check {
        /// A folder of `.toml` files, checked as they are laid over the built-in ones; the built-in
        /// ones themselves if none is given.
        folder: Option<PathBuf>,
    },
    /// Fit weights of words to sentences that people have labelled.
    Fit(fit::Arguments),
}

/// Checks, and prints what is wrong on standard output; gives the exit code.
///
/// # Errors
/// If the folder cannot be read or output fails.
pub fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    let folder = match &arguments.command {
        Command::Check { folder } => folder,
        Command::Fit(arguments) => return fit::run(arguments),
    };
    let files = match folder {
        Some(folder) => files(folder)?,
        None => Vec::new(),
    };
    let report = check_lexicon(&files);
    let mut out = io::stdout().lock();
    for mistake in &report.mistakes {
        writeln!(out, "{mistake}")?;
    }
    for difference in &report.differences {
        writeln!(out, "{difference}")?;
    }
    let wrong = report.mistakes.len() + report.differences.len();
    writeln!(out, "{} rules, {} examples, {wrong} wrong", report.rules, report.examples)?;
    Ok(if report.is_clean() { DONE } else { SOME_FAILED })
}

/// The lexicon with the user's own files, if there are any; what is wrong with them is told, and
/// then the built-in lexicon is used alone.
pub fn of_user(folder: &Path) -> Lexicon {
    let mine = files_of_user(folder).unwrap_or_else(|error| {
        complain(&format!("{error:#}; the built-in lexicon is used alone"));
        Vec::new()
    });
    Lexicon::with_user_files(&mine).unwrap_or_else(|mistakes| {
        for mistake in &mistakes {
            complain(&mistake.to_string());
        }
        complain("the built-in lexicon is used alone; `visavis lexicon check` tells more");
        Lexicon::built_in()
    })
}

/// The user's own files: none where there is no folder.
///
/// # Errors
/// If one cannot be read.
pub fn files_of_user(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    if folder.is_dir() { files(folder) } else { Ok(Vec::new()) }
}

/// Writes a weight of the user's own into their lexicon folder, if all files together are then right;
/// gives the file.
///
/// # Errors
/// If it cannot be written, or a file would be wrong.
pub fn keep(own: &Own) -> anyhow::Result<PathBuf> {
    let folder = folders()?.lexicon;
    let mut all = files_of_user(&folder)?;
    let now = Lexicon::with_user_files(&all).map_err(|mistakes| anyhow!("{}", told(&mistakes)))?;
    let (name, text) = own::laid(&all, &now, own).map_err(|reason| anyhow!(reason))?;
    all.retain(|(known, _)| *known != name);
    all.push((name.clone(), text.clone()));
    all.sort();
    Lexicon::with_user_files(&all).map_err(|mistakes| anyhow!("{}", told(&mistakes)))?;
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let path = folder.join(name);
    let mut whole = NamedTempFile::new_in(&folder).with_context(|| folder.display().to_string())?;
    whole.write_all(text.as_bytes()).with_context(|| path.display().to_string())?;
    whole.as_file().sync_all().with_context(|| path.display().to_string())?;
    whole.persist(&path).with_context(|| path.display().to_string())?;
    Ok(path)
}

/// The first mistake, and how many there are.
fn told(mistakes: &[Mistake]) -> String {
    let first = mistakes.first().map_or_else(String::new, ToString::to_string);
    if mistakes.len() < 2 { first } else { format!("{first} (and {} more)", mistakes.len() - 1) }
}

/// Name and text of each `.toml` and `.tsv` file in `folder`, by name.
pub fn files(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml" || ending == "tsv"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Ok((name, text))
        })
        .collect()
}
