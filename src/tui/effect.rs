//! What the model asks of the outside world, and what comes back.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};

use super::Message;
use super::copy::Copied;
use super::export::{NotWritten, Page};
use super::others::{Beside, Found};
use crate::analysis::{Analysis, CueIndex, Weights};
use crate::corpus::Corpus;
use crate::lexicon::Lexicon;
use crate::lexicon::own::Own;
use crate::library::Hit;
use crate::session::{Act, Event as SessionEvent, Journal};

/// Asked by `update`, run by `crate::tui` outside the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append to the journal; answered by [`Event::Saved`].
    Append(Act),
    /// Edit this text in `$EDITOR`; answered by [`Event::Edited`].
    Edit(String),
    /// Copy this text out; answered by [`Event::Copied`].
    Copy(String),
    /// Write this page to a file; answered by [`Event::Exported`].
    Export(Page),
    /// Tell how this name of a file may go on; answered by [`Event::Completed`].
    Complete(String),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Find marks and links in the model's corpus; answered by [`Event::Analyzed`].
    Analyze,
    /// Write this weight into the reader's own lexicon; answered by [`Event::Reweighed`].
    Reweigh(Own),
    /// Look a sentence up in the library; answered by [`Event::Found`].
    Find(String),
    /// Open what was found; answered by [`Event::Opened`].
    Beside(Hit),
    /// Give the terminal back until `fg`.
    Suspend,
    /// Leave, after the last append is answered.
    Quit,
}

/// What was found in the texts, and what it was found with.
///
/// It comes after the first frame, since building a lexicon takes longer than painting the text.
#[derive(Debug)]
pub struct Findings {
    /// The texts.
    pub corpus: Arc<Corpus>,
    /// Marks and links.
    pub analysis: Analysis,
    /// Names the rules of the cues.
    pub lexicon: Lexicon,
    /// Thresholds.
    pub weights: Weights,
    /// The cues as they were found.
    pub index: CueIndex,
}

impl Findings {
    /// What was found in `corpus`, before any decision.
    pub fn new(corpus: Arc<Corpus>, analysis: Analysis, lexicon: Lexicon, weights: Weights) -> Self {
        let index = CueIndex::of(&corpus, &analysis, &lexicon);
        Self { corpus, analysis, lexicon, weights, index }
    }
}

/// What reaches the model.
#[derive(Debug)]
pub enum Event {
    /// A key, mouse event, paste or new size.
    Input(crossterm::event::Event),
    /// The terminal told its background.
    Background {
        /// Whether it is light.
        light: bool,
    },
    /// Marks and links are ready.
    Analyzed(Box<Findings>),
    /// An append was done: the event as it stands in the journal and the local time, or why not.
    Saved(Result<Box<(SessionEvent, String)>, String>),
    /// The external editor ended: the new text, or why there is none.
    Edited(Result<String, String>),
    /// A copy was made: where it went, or why there is none.
    Copied(Result<Copied, String>),
    /// A weight was written: into which file, or why not.
    Reweighed(Result<PathBuf, String>),
    /// A page was written: where, or why not.
    Exported {
        /// As it was typed.
        name: String,
        /// Its path.
        answer: Result<PathBuf, NotWritten>,
    },
    /// How the name of a file may go on.
    Completed {
        /// As it was typed when this was asked.
        typed: String,
        /// The names, in order.
        found: Vec<String>,
    },
    /// A sentence was looked up: what was found, or why nothing could be.
    Found(Result<Found, String>),
    /// What was found is opened, or why not.
    Opened(Result<Box<Beside>, String>),
    /// Asked to end by a signal: drafts are kept.
    Terminate,
}

/// The journal thread: appends and syncs acts in order, so that a long analysis never delays it.
#[derive(Debug)]
pub struct Journaling {
    acts: Option<Sender<Act>>,
    thread: Option<JoinHandle<Journal>>,
}

impl Journaling {
    /// Starts to append acts to `journal` and to tell of each with [`Event::Saved`].
    ///
    /// # Errors
    /// If no thread is to be had.
    pub fn start(mut journal: Journal, messages: Sender<Message>) -> io::Result<Self> {
        let (acts, inbox) = mpsc::channel();
        let thread = thread::Builder::new().name("journal".to_owned()).spawn(move || {
            for act in inbox {
                let saved = journal
                    .append(act)
                    .map(|event| Box::new((event, clock())))
                    .map_err(|error| error.to_string());
                if messages.send(Message::Event(Event::Saved(saved))).is_err() {
                    break;
                }
            }
            journal
        })?;
        Ok(Self { acts: Some(acts), thread: Some(thread) })
    }

    /// Has `act` appended.
    pub fn append(&mut self, act: Act) {
        if let Some(acts) = &self.acts {
            acts.send(act)
                .expect("the journal thread lives as long as its sender; a panic there ends the program");
        }
    }

    /// Returns when all acts are answered; more may be appended after it.
    ///
    /// # Errors
    /// If no thread is to be had.
    pub fn finish(&mut self, messages: Sender<Message>) -> io::Result<()> {
        drop(self.acts.take());
        if let Some(thread) = self.thread.take() {
            let journal = thread.join().map_err(|_| io::Error::other("the journal thread has panicked"))?;
            *self = Self::start(journal, messages)?;
        }
        Ok(())
    }
}

/// The local time of day, as the screen tells it.
fn clock() -> String {
    jiff::ZonedDateTime::now().strftime("%H:%M:%S").to_string()
}

/// Has the reader edit `text` in `editor` (a shell command) and gives the new text.
///
/// # Errors
/// Why there is none, with what to do.
pub fn edit(editor: Option<&OsStr>, text: &str) -> Result<String, String> {
    let editor = editor.ok_or("no editor: set $EDITOR to one")?;
    edited(editor, text).map_err(|error| format!("{}: {error}", editor.to_string_lossy()))
}

fn edited(editor: &OsStr, text: &str) -> io::Result<String> {
    let mut file = tempfile::Builder::new().prefix("visavis-note-").suffix(".md").tempfile()?;
    file.write_all(text.as_bytes())?;
    let mut line = OsString::from(editor);
    line.push(" \"$1\"");
    let status = Command::new("sh").arg("-c").arg(line).arg("sh").arg(file.path()).status()?;
    if !status.success() {
        return Err(io::Error::other(format!("left with {status}; the note is as it was")));
    }
    // Some editors put a new file in the place of the old one: read by name.
    let mut text = String::new();
    std::fs::File::open(file.path())?.read_to_string(&mut text)?;
    Ok(text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_may_write_in_place_or_anew() {
        let run = |editor: &str| edit(Some(OsStr::new(editor)), "first");
        assert_eq!(run("true"), Ok("first".to_owned()));
        assert_eq!(run("sh -c 'echo second >> \"$0\"'"), Ok("firstsecond".to_owned()));
        assert_eq!(run("sh -c 'echo anew > \"$0.x\"; mv \"$0.x\" \"$0\"'"), Ok("anew".to_owned()));
    }

    #[test]
    fn an_editor_that_fails_changes_nothing() {
        assert!(edit(Some(OsStr::new("false")), "x").is_err_and(|why| why.contains("as it was")));
        assert!(edit(Some(OsStr::new("no-such-editor-here")), "x").is_err());
        assert!(edit(None, "x").is_err_and(|why| why.contains("$EDITOR")));
    }
}
