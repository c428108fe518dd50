//! The reader's mended attributions: how the journal keeps them, and where they stand in a corpus.

use serde::{Deserialize, Serialize};

use super::{Anchor, EventId, Found, Placer, Session};
use crate::attribution::{Mended, Mending, Speaker};
use crate::corpus::Corpus;

/// An attribution that the reader has mended.
#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    /// The event that did it.
    pub id: EventId,
    /// What is given to somebody else.
    pub of: MendedPart,
    /// To whom; none if it is nobody's.
    pub to: Option<MendedSpeaker>,
}

/// What is given to somebody else, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MendedPart {
    /// These words of one statement.
    Words(Anchor),
    /// All that a speaker says.
    Speaker {
        /// SHA-256 of the document.
        document: String,
        /// The speaker's name as it then was; none if unnamed.
        name: Option<String>,
    },
}

/// Who speaks, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MendedSpeaker {
    /// Their name.
    pub name: String,
    /// Office or role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl From<&Speaker> for MendedSpeaker {
    fn from(speaker: &Speaker) -> Self {
        Self { name: speaker.name.clone(), role: speaker.role.clone() }
    }
}

impl From<&MendedSpeaker> for Speaker {
    fn from(speaker: &MendedSpeaker) -> Self {
        Self { name: speaker.name.clone(), role: speaker.role.clone() }
    }
}

impl MendedPart {
    /// What a reader would call giving it to `to`.
    pub(super) fn describe(&self, to: Option<&MendedSpeaker>) -> String {
        let what = match self {
            Self::Words(anchor) => format!("“{}”", anchor.opening()),
            Self::Speaker { name, .. } => format!("all of {}", name.as_deref().unwrap_or("unnamed speaker")),
        };
        match to {
            Some(to) => format!("{what} given to {}", to.name),
            None => format!("{what} given to nobody"),
        }
    }
}

/// The mendings of `session` in `corpus`, in the order they were made, and how many of them do not
/// find their words in the documents as these are now. Words that are only like the old ones are not
/// given to anybody in silence.
pub fn mendings(corpus: &Corpus, session: &Session) -> (Vec<Mending>, usize) {
    if session.mends.is_empty() {
        return (Vec::new(), 0);
    }
    let placer = Placer::new(corpus, session.documents.iter().chain(&session.earlier));
    let found: Vec<Mending> = session.mends.iter().filter_map(|mend| mend.placed(&placer)).collect();
    let lost = session.mends.len() - found.len();
    (found, lost)
}

impl Mend {
    fn placed(&self, placer: &Placer) -> Option<Mending> {
        let (document, of) = match &self.of {
            MendedPart::Words(anchor) => {
                let (document, source, how) = placer.locate(anchor)?;
                if matches!(how, Found::Likely(_)) {
                    return None;
                }
                (document, Mended::Words(source))
            }
            MendedPart::Speaker { document, name } => {
                (placer.document(document)?, Mended::Speaker(name.clone()))
            }
        };
        Some(Mending { document, of, to: self.to.as_ref().map(Speaker::from) })
    }
}
