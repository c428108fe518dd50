//! What the model asks of the outside world, and what comes back.

use crate::analysis::{Analysis, Weights};
use crate::lexicon::Lexicon;
use crate::session::{Act, Event as SessionEvent};

/// Asked by `update`, run by `crate::tui` outside the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Append to the journal; answered by [`Event::Saved`].
    Append(Act),
    /// Edit this text in `$EDITOR`; answered by [`Event::Edited`].
    Edit(String),
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
    /// Marks and links.
    pub analysis: Analysis,
    /// Names the rules of the cues.
    pub lexicon: Lexicon,
    /// Thresholds.
    pub weights: Weights,
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
    /// Asked to end by a signal: drafts are kept.
    Terminate,
}
