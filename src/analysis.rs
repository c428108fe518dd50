//! Layer 6: marks and links: what each sentence does, and which sentences answer each other.

mod agreement;
mod beside;
mod carried;
mod claim;
mod cues;
mod decided;
mod facing;
pub mod fit;
pub mod links;
pub mod marking;
pub mod quotations;
mod rebuttal;
mod reweighed;
mod rhetoric;
pub mod signs;
pub mod similarity;
pub mod versions;
mod weights;
mod wording;
mod wording_model;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{self, CueKind, Lexicon, RuleId};
use crate::text::Span;
pub use agreement::{Agreement, Counts};
use beside::Beside;
use cues::{Coded, Reading};
pub use decided::{Change, CueIndex, Decided, OnLink, Outcome, Refusals, Silenced, Standing, ends, phrase};
use facing::Facing;
use links::features::Feature;
pub use quotations::{Fidelity, Quotation};
pub use reweighed::Reweighed;
use rhetoric::Repeated;
pub use signs::{Sign, Signs};
pub use versions::Versions;
use weights::hangs_on;
pub use weights::{Thresholds, Weights, logistic};

/// What was found in a corpus.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// One for each sentence, by [`SentenceId`].
    pub marks: Vec<Marks>,
    /// Ordered by answering sentence, then by score, best first.
    pub links: Vec<Link>,
    /// Quotations of articles beside the statements quoted, ordered by place.
    pub quotations: Vec<Quotation>,
    /// Statements that are versions of each other, ordered by the first of them.
    pub versions: Vec<Versions>,
    /// The sentences whose marks are not as they were found, since the reader decided so.
    pub altered: BTreeSet<SentenceId>,
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

impl Marks {
    /// The marks that `cues` make.
    fn of(cues: Vec<Cue>, weights: &Weights) -> Self {
        Self { scores: weights.scores(&cues), cues }
    }

    /// The cues of a kind, what counts most for or against it first.
    pub fn by_weight(&self, kind: CueKind) -> Vec<&Cue> {
        let mut found: Vec<&Cue> = self.cues.iter().filter(|cue| cue.kind == kind).collect();
        found.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        found
    }
}

impl Scores {
    /// What `score` gives for each kind.
    fn each(score: impl Fn(CueKind) -> f32) -> Self {
        Self {
            claim: score(CueKind::Claim),
            rebuttal: score(CueKind::Rebuttal),
            rhetoric: score(CueKind::Rhetoric),
        }
    }

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
    /// Whether it only counts in the score and is no mark by itself.
    pub background: bool,
}

impl Cue {
    /// Whether it weighs enough to be set off in the text: it alone takes a score from 0.50 to 0.65.
    /// Lighter ones, such as “the” of the fitted words, are listed and not shown.
    pub fn stands_out(&self) -> bool {
        !self.background && self.weight >= 0.6
    }
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
    /// Who says so.
    pub by: By,
    /// What speaks for it, on both sides.
    pub evidence: Vec<Evidence>,
    /// How its score came about.
    pub signs: Signs,
}

/// How thin the ground of a link is when its answer is to the statement rather than to one sentence.
const WHOLE: f32 = 0.5;

impl Link {
    /// The other end than `id`.
    pub fn other_end(&self, id: SentenceId) -> SentenceId {
        if self.from == id { self.to } else { self.from }
    }

    /// Whether the answer rejects all that was said rather than one sentence of it; it is then linked
    /// to the heart of the statement.
    pub fn answers_the_whole(&self) -> bool {
        let strength = |feature| {
            self.signs.all.iter().find(|sign| sign.feature == feature).map_or(0.0, |sign| sign.strength)
        };
        self.relation == Relation::Rebuts
            && strength(Feature::Wholesale) > 0.0
            && strength(Feature::Thin) >= WHOLE
    }
}

/// Who says that there is a link; the surer comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The program found it.
    Program,
    /// The program found it and the reader accepted it.
    Accepted,
    /// The reader made or corrected it; its score is 1.
    Reader,
}

/// How one sentence answers another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

    /// Whether it answers at all: saying the same does not.
    pub fn answers(self) -> bool {
        self != Self::Echoes
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

    /// What a reader is told of a sentence: its suggested links, from it or to it, best first; and for
    /// each statement that gives none the best candidate answer to it.
    pub fn links_told(&self, corpus: &Corpus, id: SentenceId) -> Vec<&Link> {
        let statement = |id: SentenceId| corpus.sentence(id).statement;
        let mut told: Vec<&Link> = Vec::new();
        for link in self.links_of(id) {
            let other = statement(link.other_end(id));
            let known = told.iter().any(|link| other == statement(link.other_end(id)));
            if link.status == Status::Suggested || (link.to == id && !known) {
                told.push(link);
            }
        }
        told
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
    let coded = Coded::of(lexicon);
    let mut marks: Vec<Marks> = Vec::with_capacity(corpus.sentences.len());
    for id in corpus.statement_ids() {
        let text = &corpus.statement(id).text;
        let spans = corpus.sentences_of(id).map(|id| corpus.sentence(id).span);
        marks.extend(mark(text, spans, lexicon, weights, &coded));
    }
    let links::Found { links, heard } = links::find(corpus, &marks, lexicon, weights, candidates);
    Facing::of(lexicon).add(corpus, lexicon, weights, &heard, &mut marks);
    let (quotations, versions) = (quotations::compare(corpus), versions::find(corpus));
    Analysis { marks, links, quotations, versions, ..Analysis::default() }
}

/// The marks of the sentences at `spans` of one statement's `text`.
fn mark(
    text: &str,
    spans: impl Iterator<Item = Span>,
    lexicon: &Lexicon,
    weights: &Weights,
    coded: &Coded,
) -> Vec<Marks> {
    let readings: Vec<Reading> = spans.map(|span| Reading::new(text, span)).collect();
    let repeated = Repeated::of(&readings);
    let cues = readings.iter().map(|reading| cues::cues(reading, lexicon, weights, coded, &repeated));
    let mut cues: Vec<Vec<Cue>> = cues.collect();
    if let Some(beside) = Beside::of(lexicon) {
        let spans: Vec<Span> = readings.iter().map(|reading| reading.span).collect();
        beside.add(lexicon, weights, &spans, &mut cues);
    }
    cues.into_iter().map(|cues| Marks::of(cues, weights)).collect()
}

/// Checks lexicon files, a user's or our own, with the cues that they give ([`lexicon::check()`]).
pub fn check_lexicon(files: &[(String, String)]) -> lexicon::Report {
    let weights = Weights::built_in();
    lexicon::check(files, Coded::IDS, |lexicon, sentence, rule| {
        let span = Span::new(0, sentence.len());
        let reading = Reading::new(sentence, span);
        let repeated = Repeated::of(std::slice::from_ref(&reading));
        let cues = cues::cues(&reading, lexicon, &weights, &Coded::of(lexicon), &repeated);
        cues.iter().filter(|cue| cue.rule == rule && cue.weight != 0.0).map(|cue| cue.span.range()).collect()
    })
}

/// How a score came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Working {
    /// What the sum starts from, in log-odds.
    pub bias: f32,
    /// The cues of the kind, the heaviest first.
    pub cues: Vec<Cue>,
    /// Bias and weights.
    pub sum: f32,
    /// Its logistic, in `[0, 1]`.
    pub score: f32,
    /// From which score on it is shown.
    pub threshold: f32,
    /// For a score that is shown, the fewest heaviest cues without which it would not be.
    pub without: Vec<Cue>,
}

/// How the score of one kind came about.
pub fn explain(marks: &Marks, kind: CueKind, weights: &Weights) -> Working {
    let cues: Vec<Cue> = marks.by_weight(kind).into_iter().copied().collect();
    let sum = weights.sum(kind, &cues);
    let threshold = weights.thresholds.of(kind);
    let mut without: Vec<Cue> = cues.iter().copied().filter(|cue| cue.weight > 0.0).collect();
    without.truncate(hangs_on(sum, threshold, without.iter().map(|cue| cue.weight)));
    Working { bias: weights.bias(kind), cues, sum, score: logistic(sum), threshold, without }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Marks {
        let lexicon = Lexicon::built_in();
        let spans = std::iter::once(Span::new(0, text.len()));
        mark(text, spans, &lexicon, &Weights::built_in(), &Coded::of(&lexicon)).remove(0)
    }

    #[test]
    fn the_working_adds_up_and_says_what_it_hangs_on() {
        let marks = marks("These groundless accusations were made out of thin air.");
        let working = explain(&marks, CueKind::Rebuttal, &Weights::built_in());
        let sum: f32 = working.bias + working.cues.iter().map(|cue| cue.weight).sum::<f32>();
        assert!((sum - working.sum).abs() < 1e-4, "{working:?}");
        assert!((working.score - marks.scores.rebuttal).abs() < f32::EPSILON);
        assert!(working.score >= working.threshold && !working.without.is_empty());
    }

    #[test]
    fn who_speaks_and_of_whom_changes_no_score() {
        let text = |one: &str, other: &str| {
            format!("{one} attacked 3,000 computers of {other}. {other} calls this lie of {one} an outrage.")
        };
        let scores = |text: String| marks(&text).scores;
        let first = scores(text("China", "Russia"));
        for (one, other) in
            [("Russia", "China"), ("America", "Iran"), ("Blinken", "Lavrov"), ("Ardevane", "Vrask")]
        {
            assert_eq!(scores(text(one, other)), first, "{one}, {other}");
        }
    }
}
