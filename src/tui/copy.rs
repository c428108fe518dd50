//! Copying out of the program: a quotation with its speaker, date and document, or all notes.
//!
//! The text goes to the terminal's clipboard by OSC 52, which works over SSH and asks for no library.
//! No terminal answers whether it took it, so the message says what was sent, not what arrived. Where
//! there is no clipboard, or the text is longer than terminals take, it goes to a file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::effect::Effect;
use super::mode::Mode;
use super::model::Model;
use crate::corpus::StatementId;
use crate::report::decisions::{self, Decisions};
use crate::report::notes;
use crate::text::one_line;

/// Bytes that terminals take at least (hterm's and tmux' limit of 100,000 in base64).
const MOST_BYTES: usize = 74_994;

/// Where a copy went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// To the terminal, so many characters.
    ToTerminal(usize),
    /// To this file, and why not to the terminal.
    ToFile(PathBuf, &'static str),
}

/// Copies the words that are selected, else the sentence in focus.
pub fn here(model: &mut Model) -> Vec<Effect> {
    let quoted = match model.mode {
        Mode::Select(selection) => {
            Some(quotation(model, selection.statement, selection.words(&model.corpus)))
        }
        _ => model
            .sentence()
            .map(|id| quotation(model, model.corpus.sentence(id).statement, model.corpus.text(id))),
    };
    if matches!(model.mode, Mode::Select(_)) {
        model.mode = Mode::Browse;
    }
    quoted.map(Effect::Copy).into_iter().collect()
}

/// Copies all notes and verdicts, as `visavis export` writes them.
pub fn all_notes(model: &mut Model) -> Vec<Effect> {
    let rows = notes::rows(&model.corpus, &model.session);
    let mut page = Vec::new();
    let written = notes::markdown(&mut page, &model.name, &model.corpus, &rows);
    written.expect("memory takes all that is written");
    let written = decisions::markdown(&mut page, &Decisions::of(&model.corpus, &model.session));
    written.expect("memory takes all that is written");
    vec![Effect::Copy(String::from_utf8_lossy(&page).into_owned())]
}

/// Tells where a copy went, or why it went nowhere.
pub fn told(model: &mut Model, answer: Result<Copied, String>) {
    match answer {
        Ok(Copied::ToTerminal(count)) => {
            model.say(format!("copied: {count} characters sent to the terminal’s clipboard"));
        }
        Ok(Copied::ToFile(path, why)) => model.warn(format!("{why}; written to {}", path.display())),
        Err(reason) => model.warn(format!("not copied: {reason}")),
    }
}

/// ““This act smears China.” — Zhao Lijian, Foreign Ministry spokesman, 2021-07-20 (reply.md)”
fn quotation(model: &Model, statement: StatementId, words: &str) -> String {
    let document = model.corpus.document_of(statement);
    let mut source: Vec<String> = Vec::new();
    if let Some(speaker) = &model.corpus.statement(statement).speaker {
        source.push(speaker.name.clone());
        source.extend(speaker.role.clone());
    }
    source.extend(document.date.map(|date| date.to_string()));
    let words = one_line(words);
    let blank = if source.is_empty() { "" } else { " " };
    format!("“{words}” — {}{blank}({document})", source.join(", "))
}

/// What makes a terminal take `text` to its clipboard; none if it is too long.
pub fn sequence(text: &str) -> Option<String> {
    (text.len() <= MOST_BYTES).then(|| format!("\x1b]52;c;{}\x07", BASE64_STANDARD.encode(text)))
}

/// Writes `text` to the file at `path`, which nobody else may read.
///
/// # Errors
/// If it cannot be written.
pub fn to_file(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_terminals_is_not_sent() {
        assert_eq!(sequence("a").as_deref(), Some("\x1b]52;c;YQ==\x07"));
        assert_eq!(sequence("“é中”").as_deref(), Some("\x1b]52;c;4oCcw6nkuK3igJ0=\x07"));
        assert_eq!(sequence(&"a".repeat(MOST_BYTES + 1)), None);
    }

    #[test]
    fn a_file_is_made_with_its_folder_and_written_anew() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("new").join("copied.md");
        for text in ["long words", "short"] {
            to_file(&path, text).expect("it is written");
            assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
        }
    }
}
