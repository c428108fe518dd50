//! Layer 7: what the reader did: documents opened, notes, verdicts, read marks; all of it the fold
//! of an append-only journal of events, so that undo crosses restarts and nothing is ever lost.

pub mod anchor;
pub mod event;
pub mod journal;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Saved;
pub use anchor::{Anchor, TextPosition, TextQuote};
pub use event::{Act, Event, EventId, Verdict};

/// The state of a session: the fold of its events, undone ones left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The documents, as they were read.
    pub documents: Vec<Saved>,
    /// Notes in order of first writing.
    pub notes: Vec<Note>,
    /// The verdict on a sentence, by where it stands; the last one given counts.
    pub verdicts: Vec<Judged>,
    /// Sentences marked as read.
    pub read: BTreeSet<AnchorKey>,
    /// Events that could be undone, oldest first.
    undoable: Vec<EventId>,
    /// Events undone that could be done again, last undone last.
    redoable: Vec<EventId>,
    /// What the reader calls each event, for “undone: note on …”.
    names: BTreeMap<EventId, String>,
}

/// The reader's words on a span.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The event that first wrote it.
    pub id: EventId,
    /// What it is about.
    pub anchor: Anchor,
    /// What it says; several lines.
    pub text: String,
    /// When it was last written, RFC 3339.
    pub time: String,
    /// Who wrote it.
    pub author: String,
    /// Whether the program was stopped while it was being written.
    pub draft: bool,
}

/// A verdict on a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// On what.
    pub anchor: Anchor,
    /// Which.
    pub verdict: Verdict,
    /// When it was given, RFC 3339.
    pub time: String,
    /// Who gave it.
    pub author: String,
}

/// What tells two anchors of the same version of a document apart: document, start and end.
pub type AnchorKey = (String, usize, usize);
