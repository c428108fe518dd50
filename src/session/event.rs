//! Everything a reader can do to a session, as it stands in the journal.
//!
//! An event is one JSON object; fields that a later version adds are passed over. What an event
//! means is decided by the fold in `session.rs`, where its lines are kept in `session/journal.rs`.

use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::mending::{MendedPart, MendedSpeaker};
use super::{Anchor, Decision, Filter, Place};
use crate::analysis::Relation;
use crate::attribution::Kind;
use crate::document::{Document, Saved, encoding};
use crate::lexicon::CueKind;

/// Names an event within all journals: time and chance, in the order of time when sorted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub String);

/// Makes the ids of one writer: a millisecond that none of its other ids has, and chance that tells
/// two writers apart.
#[derive(Clone, Debug)]
pub struct EventIds {
    last: u64,
    chance: u32,
}

impl EventIds {
    /// A writer unlike any other.
    pub fn new() -> Self {
        // The standard library seeds each `RandomState` from the system's randomness.
        Self { last: 0, chance: RandomState::new().hash_one(0) as u32 }
    }

    /// The id of an event at `milliseconds` since 1970, or a little later: after all earlier ids,
    /// so that neither a fast hand nor a clock set back brings events out of order.
    pub fn next(&mut self, milliseconds: u64) -> EventId {
        self.last = milliseconds.max(self.last.saturating_add(1));
        EventId(format!("{:012x}-{:08x}", self.last, self.chance))
    }

    /// Lets all further ids come after `id`.
    pub fn follow(&mut self, id: &EventId) {
        let time = id.0.split_once('-').filter(|(time, _)| time.len() == 12);
        if let Some(Ok(last)) = time.map(|(time, _)| u64::from_str_radix(time, 16)) {
            self.last = self.last.max(last);
        }
    }
}

impl Default for EventIds {
    fn default() -> Self {
        Self::new()
    }
}

/// One line of the journal after its head.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unique.
    pub id: EventId,
    /// RFC 3339.
    pub time: String,
    /// Who did it; empty if nobody said.
    #[serde(default)]
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
    /// Words, or all that a speaker says, were given to somebody else.
    AttributionMended {
        /// What.
        #[serde(flatten)]
        of: MendedPart,
        /// To whom; none if it is nobody's.
        #[serde(default)]
        to: Option<MendedSpeaker>,
    },
    /// Suggestions were decided on: one act, undone as one.
    Decided {
        /// In the order of the text; at least one.
        decisions: Vec<Decision>,
    },
    /// Two sentences were linked by hand, or such a link was taken back.
    Linked {
        /// The answer.
        from: Anchor,
        /// What it answers.
        to: Anchor,
        /// How; none takes the link back.
        relation: Option<Relation>,
    },
    /// A sentence was marked by hand.
    Marked {
        /// Which.
        anchor: Anchor,
        /// As what; empty takes the marks away.
        kinds: Vec<CueKind>,
        /// Whether the program's marks were hidden.
        blind: bool,
    },
    /// Blind reading began or ended.
    Blind {
        /// Whether the program's marks are hidden from now on.
        blind: bool,
    },
    /// The reader chose which sentences to see: a view, which changes nothing else and is not undone.
    Filtered {
        /// Which.
        filter: Filter,
    },
    /// The reader left; nothing to undo.
    Left {
        /// Where they were.
        place: Place,
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

/// A document as an event keeps it. `text` is the last field, so that a list of sessions can tell
/// what documents they hold without reading the texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpenedDocument {
    /// As the user gave it.
    pub path: String,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// The format it was read as.
    pub format: String,
    /// Its encoding, if the reader named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Its title, if any.
    pub title: Option<String>,
    /// Its day (ISO 8601), if any.
    pub date: Option<String>,
    /// The kind it was read as.
    pub kind: String,
    /// Its decoded text.
    #[serde(default)]
    pub text: String,
}

impl OpenedDocument {
    /// What a session keeps of `document`, read as `kind`.
    pub fn new(document: &Document, kind: Kind) -> Self {
        Self {
            path: document.path.to_string_lossy().into_owned(),
            sha256: document.sha256.clone(),
            format: document.format.name.to_owned(),
            encoding: document.named_encoding().map(|encoding| encoding.name().to_owned()),
            title: document.title.clone(),
            date: document.date.map(|date| date.to_string()),
            kind: kind.name().to_owned(),
            text: document.text.clone(),
        }
    }

    /// The kind it was read as, if this version knows it.
    pub fn kind(&self) -> Option<Kind> {
        [Kind::Statement, Kind::Article, Kind::Transcript].into_iter().find(|kind| kind.name() == self.kind)
    }

    /// The document for [`Document::reopen`].
    pub fn saved(self) -> Saved {
        Saved {
            path: PathBuf::from(self.path),
            sha256: self.sha256,
            format: self.format,
            encoding: self.encoding.and_then(|name| encoding::named(&name).ok()),
            title: self.title,
            date: self.date.and_then(|date| date.parse().ok()),
            text: self.text,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(json: &str) -> Event {
        let event: Event = serde_json::from_str(json).expect("it is an event");
        let written = serde_json::to_string(&event).expect("an event can be written");
        assert_eq!(serde_json::from_str::<Event>(&written).expect("it can be read again"), event);
        event
    }

    #[test]
    fn fields_of_later_versions_are_passed_over() {
        let event = there_and_back(
            r#"{"id":"1","time":"2026-01-01T00:00:00Z","event":"undo","undone":"0","mood":["new"]}"#,
        );
        assert_eq!(event.act, Act::Undo { undone: EventId("0".into()) });
        assert_eq!(event.author, "");
    }

    #[test]
    fn a_mended_attribution_is_kept_with_its_words_or_its_speaker() {
        let event = there_and_back(
            r#"{"id":"1","time":"2026-01-01T00:00:00Z","author":"me","event":"attribution_mended",
                "words":{"document":"00","quote":{"exact":"No."},"position":{"start":3,"end":6}},
                "to":{"name":"Lund","role":"Minister"}}"#,
        );
        let Act::AttributionMended { of: MendedPart::Words(anchor), to: Some(to) } = event.act else {
            panic!("{event:?}")
        };
        assert_eq!((anchor.quote.exact.as_str(), to.name.as_str()), ("No.", "Lund"));
        let event = there_and_back(
            r#"{"id":"2","time":"2026-01-01T00:00:00Z","event":"attribution_mended",
                "speaker":{"document":"00","name":null},"to":null}"#,
        );
        let of = MendedPart::Speaker { document: "00".into(), name: None };
        assert_eq!(event.act, Act::AttributionMended { of, to: None });
    }

    #[test]
    fn the_text_of_a_document_comes_last() {
        let opened = OpenedDocument {
            path: "a.txt".into(),
            sha256: "00".into(),
            format: "text".into(),
            encoding: None,
            title: None,
            date: Some("2021-07-19".into()),
            kind: "article".into(),
            text: "words".into(),
        };
        let json = serde_json::to_string(&Act::Opened(opened.clone())).expect("it can be written");
        assert!(json.ends_with(r#","text":"words"}"#), "{json}");
        assert_eq!(opened.kind(), Some(Kind::Article));
        assert!(opened.saved().date.is_some());
    }

    #[test]
    fn ids_sort_in_the_order_they_are_made_even_if_the_clock_goes_back() {
        let (mut one, mut other) = (EventIds::new(), EventIds::new());
        let mut ids = vec![one.next(1_000), one.next(1_000), one.next(900)];
        other.follow(&ids[2]);
        ids.push(other.next(10));
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
    }
}
