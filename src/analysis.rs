//! Layer 6: marks and links: what each sentence does, and which sentences answer each other.

pub mod links;

use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{CueKind, Lexicon, RuleId};
use crate::text::Span;

/// What was found in a corpus.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// One for each sentence, by [`SentenceId`].
    pub marks: Vec<Marks>,
    /// Ordered by answering sentence, then by score, best first.
    pub links: Vec<Link>,
}

/// The scores of one sentence and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Each in `[0, 1]`.
    pub scores: Scores,
    /// What counts, ordered by place; several may overlap.
    pub cues: Vec<Cue>,
}

/// How strongly a sentence is of each kind, each in `[0, 1]`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// A checkable claim.
    pub claim: f32,
    /// A rebuttal.
    pub rebuttal: f32,
    /// Carried by rhetoric.
    pub rhetoric: f32,
}

impl Scores {
    /// The score of one kind.
    pub fn of(&self, kind: CueKind) -> f32 {
        match kind {
            CueKind::Claim => self.claim,
            CueKind::Rebuttal => self.rebuttal,
            CueKind::Rhetoric => self.rhetoric,
        }
    }
}

/// A stretch of a sentence that counts for or against a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cue {
    /// Which rule found it; the rule tells kind and technique.
    pub rule: RuleId,
    /// What it counts for.
    pub kind: CueKind,
    /// Where it stands in the statement's text; never empty.
    pub span: Span,
    /// What it adds to the sum, in log-odds; negative counts against. 0: seen, but cancelled
    /// (negated, or inside a quotation of somebody else).
    pub weight: f32,
}

/// A pair of sentences of different statements, the later answering the earlier.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The answer.
    pub from: SentenceId,
    /// What it answers.
    pub to: SentenceId,
    /// How.
    pub relation: Relation,
    /// In `[0, 1]`.
    pub score: f32,
    /// Whether it is strong enough to show.
    pub status: Status,
    /// What speaks for it, on both sides.
    pub evidence: Vec<Evidence>,
}

/// How one sentence answers another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// Denies or rejects it, or charges back.
    Rebuts,
    /// States what cannot be true together with it.
    Contradicts,
    /// Says the same.
    Echoes,
    /// Concedes it.
    Accepts,
    /// Turns to something else instead of answering.
    Deflects,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Rebuts, Self::Contradicts, Self::Echoes, Self::Accepts, Self::Deflects];

    /// Its name on screen and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rebuts => "rebuts",
            Self::Contradicts => "contradicts",
            Self::Echoes => "echoes",
            Self::Accepts => "accepts",
            Self::Deflects => "deflects",
        }
    }
}

/// Whether a link is shown as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// At or above the threshold.
    Suggested,
    /// Below it, but the best there is.
    Candidate,
}

/// A stretch of one side that speaks for a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Whether it stands in the answer (`from`) or in what is answered.
    pub in_answer: bool,
    /// Where, in that statement's text.
    pub span: Span,
    /// Why it counts: `denial`, `shared: cyber`, `name`, `number`.
    pub why: String,
}

impl Analysis {
    /// The marks of a sentence.
    pub fn marks(&self, id: SentenceId) -> &Marks {
        &self.marks[id.0 as usize]
    }

    /// The links of a sentence, from it or to it, best first.
    pub fn links_of(&self, id: SentenceId) -> Vec<&Link> {
        let mut found: Vec<&Link> =
            self.links.iter().filter(|link| link.from == id || link.to == id).collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }
}

/// Marks every sentence of `corpus` and links the sentences that answer each other.
///
/// Up to `candidates` links below the threshold are kept for each sentence and other statement.
pub fn analyze(corpus: &Corpus, lexicon: &Lexicon, weights: &Weights, candidates: usize) -> Analysis {
    let marks: Vec<Marks> = corpus.sentences.iter().map(|_| Marks::default()).collect();
    let links = links::find(corpus, &marks, lexicon, weights, candidates);
    Analysis { marks, links }
}

/// The fitted numbers of the scores.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// From which score on a sentence counts as one of a kind, a link as suggested.
    pub thresholds: Thresholds,
}

/// From which score on something is shown, each in `[0, 1]`.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// For claims.
    pub claim: f32,
    /// For rebuttals.
    pub rebuttal: f32,
    /// For rhetoric.
    pub rhetoric: f32,
    /// For links.
    pub link: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { claim: 0.5, rebuttal: 0.5, rhetoric: 0.5, link: 0.45 }
    }
}

impl Thresholds {
    /// The threshold of one kind.
    pub fn of(&self, kind: CueKind) -> f32 {
        match kind {
            CueKind::Claim => self.claim,
            CueKind::Rebuttal => self.rebuttal,
            CueKind::Rhetoric => self.rhetoric,
        }
    }
}

impl Weights {
    /// The weights that are built in.
    pub fn built_in() -> Self {
        Self::default()
    }
}
