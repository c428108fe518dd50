//! What a reader wants to see of the sentences, kept with the session so that it is so again tomorrow.

use serde::{Deserialize, Serialize};

use super::{Anchor, Verdict};
use crate::lexicon::CueKind;

/// Where the reader left the session, to go on from there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// The sentence in focus.
    pub sentence: Option<Anchor>,
    /// The kinds whose marks were hidden.
    pub hidden: Vec<CueKind>,
    /// How many sentences were marked as read.
    pub read: usize,
    /// How many there were.
    pub sentences: usize,
}

/// Which sentences are shown; all of them by default. What is left out keeps its notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Only sentences that are not marked as read.
    pub unread: bool,
    /// Only sentences marked as one of these kinds, by name: `claim`, `rebuttal`, `rhetoric`.
    pub kinds: Vec<String>,
    /// Only what this speaker says; documents without a speaker go by their name.
    pub speaker: Option<String>,
    /// Only sentences judged so.
    pub verdict: Option<Wanted>,
    /// Only sentences with a score of at least so many hundredths: as one of `kinds`, or as any.
    pub from: u8,
}

/// What is wanted of the reader's judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// That there is none.
    None,
    /// That there is one.
    Any,
    /// This one.
    Is(Verdict),
}

impl Filter {
    /// Whether anything is left out.
    pub fn is_any(&self) -> bool {
        *self != Self::default()
    }
}
