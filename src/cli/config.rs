//! `visavis config`: what is in force and where it stands, in the form that is read; and what is wrong
//! in the reader's own files.

use std::io::{self, Write as _};

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};

use super::setup::Setup;
use super::{DONE, SOME_FAILED, folders, lexicon};
use crate::analysis::check_lexicon;
use crate::config::Folders;
use crate::tui::keymap::Keymap;
use crate::tui::theme;

/// The arguments of `visavis config`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what is in force, in the form of the files that are read.
    Dump {
        /// What to print.
        #[arg(value_enum, default_value_t = What::Settings)]
        what: What,
        /// Which built-in theme, to begin your own with.
        #[arg(long, value_name = "NAME", default_value = "dark")]
        name: String,
        /// Print the keys as a Markdown table.
        #[arg(long)]
        markdown: bool,
    },
    /// Read your settings, keys, themes and word lists, and print every mistake with its place.
    Check,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// `config.toml`, with the places of all files.
    Settings,
    /// `keys.toml`: every key of every panel.
    Keys,
    /// A file of `themes/`: every role with its style.
    Theme,
}

/// Prints what is asked for; gives the exit code.
///
/// # Errors
/// If there is no home, no theme of that name, or output fails.
pub fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    match &arguments.command {
        Command::Check => check(&folders()?),
        Command::Dump { what: What::Settings, .. } => settings(&folders()?),
        Command::Dump { what: What::Keys, markdown, .. } => keys(*markdown),
        Command::Dump { what: What::Theme, name, .. } => {
            let text = theme::source(name);
            let text = text.with_context(|| format!("there is no built-in theme {name:?}"))?;
            io::stdout().lock().write_all(text.as_bytes())?;
            Ok(DONE)
        }
    }
}

/// Prints the keys in force.
///
/// # Errors
/// If output fails.
pub fn keys(markdown: bool) -> anyhow::Result<u8> {
    let keymap = Folders::find().map_or_else(Keymap::built_in, |folders| Setup::read(&folders).keymap);
    let page = if markdown { keymap.markdown() } else { keymap.written() };
    io::stdout().lock().write_all(page.as_bytes())?;
    Ok(DONE)
}

fn settings(folders: &Folders) -> anyhow::Result<u8> {
    let setup = Setup::read(folders);
    let mut out = io::stdout().lock();
    for (place, about) in [
        (&folders.settings, "these settings"),
        (&folders.keys, "your keys; `visavis config dump keys` prints those in force"),
        (&folders.themes, "your themes; `visavis config dump theme --name dark` prints one to begin with"),
        (&folders.lexicon, "your word lists"),
        (&folders.sessions, "your sessions"),
    ] {
        writeln!(out, "# {}: {about}", place.display())?;
    }
    let theme = setup.theme.as_ref().map_or("auto", theme::Choice::name);
    writeln!(out, "\n# Colours: auto, dark, light, plain, night, day, safe-dark, safe-light, or your own.")?;
    writeln!(out, "theme = {theme:?}")?;
    writeln!(out, "# Whether clicks and the wheel are taken; else the terminal selects with the mouse.")?;
    writeln!(out, "mouse = {}", setup.mouse.unwrap_or(true))?;
    writeln!(out, "# A folder or file of many statements, in which `find` and the reader look up answers.")?;
    match &setup.library {
        Some(path) => writeln!(out, "library = {:?}", path.display().to_string())?,
        None => writeln!(out, "# library = \"~/speeches\"")?,
    }
    Ok(DONE)
}

fn check(folders: &Folders) -> anyhow::Result<u8> {
    let setup = Setup::read(folders);
    let lists = if folders.lexicon.is_dir() { lexicon::files(&folders.lexicon)? } else { Vec::new() };
    let report = check_lexicon(&lists);
    let mut wrong = setup.mistakes;
    wrong.extend(report.mistakes.iter().map(ToString::to_string));
    wrong.extend(report.differences.iter().map(ToString::to_string));
    let mut out = io::stdout().lock();
    for mistake in &wrong {
        writeln!(out, "{mistake}")?;
    }
    let count = setup.files.len() + lists.len();
    let files = if count == 1 { "file" } else { "files" };
    writeln!(out, "{count} {files} in {}, {} wrong", folders.config.display(), wrong.len())?;
    Ok(if wrong.is_empty() { DONE } else { SOME_FAILED })
}
