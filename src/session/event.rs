//! Everything a reader can do to a session, as it stands in the journal.

use serde::{Deserialize, Serialize};

use super::Anchor;

/// Names an event within all journals: time and chance, sortable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub String);

/// One line of the journal after its head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unique.
    pub id: EventId,
    /// RFC 3339.
    pub time: String,
    /// Who did it.
    pub author: String,
    /// What was done.
    #[serde(flatten)]
    pub act: Act,
}

/// What a reader can do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Act {
    /// A document was opened; its text is kept.
    Opened(OpenedDocument),
    /// A note was written, or written anew when `replaces` names the first writing.
    Note {
        /// On what.
        anchor: Anchor,
        /// What it says.
        text: String,
        /// The note that it replaces.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<EventId>,
        /// Whether the program was stopped before the reader had kept it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        draft: bool,
    },
    /// A note was deleted.
    NoteDeleted {
        /// Its first writing.
        note: EventId,
    },
    /// A verdict was given, or taken back when there is none.
    Verdict {
        /// On what.
        anchor: Anchor,
        /// Which.
        verdict: Option<Verdict>,
    },
    /// A sentence was marked read or unread.
    Read {
        /// Which.
        anchor: Anchor,
        /// Read or unread.
        read: bool,
    },
    /// An event was undone.
    Undo {
        /// Which.
        undone: EventId,
    },
    /// An undone event was done again.
    Redo {
        /// Which.
        redone: EventId,
    },
}

/// A document as an event keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenedDocument {
    /// As the user gave it.
    pub path: String,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// The format it was read as.
    pub format: String,
    /// Its title, if any.
    pub title: Option<String>,
    /// Its day (ISO 8601), if any.
    pub date: Option<String>,
    /// The kind it was read as.
    pub kind: String,
    /// Its decoded text.
    pub text: String,
}

/// The reader's judgement of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Somebody says otherwise.
    Disputed,
    /// Evidence speaks for it.
    Supported,
    /// Evidence speaks against it.
    Refuted,
    /// Nothing is given for it.
    NeedsSource,
    /// No longer in question.
    Settled,
}

impl Verdict {
    /// All of them, in the order of their keys 1 to 5.
    pub const ALL: [Self; 5] =
        [Self::Disputed, Self::Supported, Self::Refuted, Self::NeedsSource, Self::Settled];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Disputed => "disputed",
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::NeedsSource => "needs source",
            Self::Settled => "settled",
        }
    }
}
