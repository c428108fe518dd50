//! What comes and goes if a mark is refused, or the words or the rule of one of its cues.
//!
//! All grains are reckoned in one walk over the cues that count now: the sum of a sentence is what it
//! was without what would count no longer, so that the answer for a long text comes within a frame.

use super::Change;
use super::silence::{first_folded, is_phrase, phrase};
use crate::analysis::weights::ten_thousandths;
use crate::analysis::{Analysis, Cue, Weights, logistic};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::CueKind;

/// The score that a refusal leaves of the sentence it is about, and which marks of its kind come and go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// In `[0, 1]`.
    pub score: f32,
    /// In all sentences.
    pub change: Change,
}

/// What each grain of refusing would do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refusals {
    /// This mark alone.
    pub this: Outcome,
    /// The words of the cue in this document; none if it has no words.
    pub here: Option<Outcome>,
    /// The words of the cue in all documents.
    pub everywhere: Option<Outcome>,
    /// The rule of the cue; none if the mark hangs on no cue.
    pub rule: Option<Outcome>,
}

impl Analysis {
    /// What refusing the mark of a `kind` on sentence `id` would do, or what `cue` of it says; to be asked
    /// of what the decisions so far have left.
    pub fn refusals(
        &self,
        corpus: &Corpus,
        weights: &Weights,
        (id, kind): (SentenceId, CueKind),
        cue: Option<&Cue>,
    ) -> Refusals {
        let this = self.without_what_speaks_for(weights, id, kind);
        let Some(cue) = cue else { return Refusals { this, here: None, everywhere: None, rule: None } };
        let of = |id: SentenceId| corpus.statement(corpus.sentence(id).statement);
        let home = of(id);
        let (words, first) = (phrase(&home.text, cue), first_folded(&home.text, cue));
        let has_words = |text: &str, other: &Cue| {
            (first.is_none() || first_folded(text, other).is_none_or(|own| Some(own) == first))
                && is_phrase(text, other, &words)
        };
        let from = weights.thresholds.of(kind);
        let [mut here, mut everywhere, mut rule] = [Change::default(); 3];
        let mut own = [0.0; 2];
        for (marks, sentence) in self.marks.iter().zip((0..).map(SentenceId)) {
            let statement = of(sentence);
            let (mut of_words, mut of_rule) = (None, None);
            for other in marks.cues.iter().filter(|other| other.kind == kind) {
                if other.rule == cue.rule {
                    *of_rule.get_or_insert(0) += ten_thousandths(other.weight);
                }
                if has_words(&statement.text, other) {
                    *of_words.get_or_insert(0) += ten_thousandths(other.weight);
                }
            }
            if of_words.is_none() && of_rule.is_none() {
                continue;
            }
            let own_cues = marks.cues.iter().filter(|other| other.kind == kind);
            let all: i64 = own_cues.map(|other| ten_thousandths(other.weight)).sum();
            let score = marks.scores.of(kind);
            let left = [of_words, of_rule].map(|gone: Option<i64>| {
                gone.map_or(score, |gone| logistic(weights.sum_of(kind, all - gone)))
            });
            let [without_words, without_rule] = left.map(|score| score >= from);
            everywhere.count(score >= from, without_words);
            rule.count(score >= from, without_rule);
            if statement.document == home.document {
                here.count(score >= from, without_words);
            }
            if sentence == id {
                own = left;
            }
        }
        let of_words = |change| (!words.is_empty()).then_some(Outcome { score: own[0], change });
        Refusals {
            this,
            here: of_words(here),
            everywhere: of_words(everywhere),
            rule: Some(Outcome { score: own[1], change: rule }),
        }
    }

    /// What is left of a mark once nothing speaks for it.
    fn without_what_speaks_for(&self, weights: &Weights, id: SentenceId, kind: CueKind) -> Outcome {
        let marks = self.marks(id);
        let speaks_for = |cue: &&Cue| cue.kind == kind && cue.weight > 0.0;
        let before = marks.scores.of(kind);
        let score = if marks.cues.iter().any(|cue| speaks_for(&cue)) {
            logistic(weights.sum(kind, marks.cues.iter().filter(|cue| !speaks_for(cue))))
        } else {
            before
        };
        let mut change = Change::default();
        let from = weights.thresholds.of(kind);
        change.count(before >= from, score >= from);
        Outcome { score, change }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{LEXICON, corpus};
    use super::*;
    use crate::analysis::{Decided, analyze};

    /// What the decision that `decide` makes does, found by making it.
    fn made(
        found: &Analysis,
        now: &Decided,
        kind: CueKind,
        id: SentenceId,
        decide: &dyn Fn(&mut Decided),
    ) -> Outcome {
        let (corpus, weights) = (corpus(), Weights::built_in());
        let before = found.decided(&corpus, &LEXICON, &weights, now);
        let mut then = now.clone();
        decide(&mut then);
        let after = found.decided(&corpus, &LEXICON, &weights, &then);
        let from = weights.thresholds.of(kind);
        let mut change = Change::default();
        for (old, new) in before.marks.iter().zip(&after.marks) {
            change.count(old.scores.of(kind) >= from, new.scores.of(kind) >= from);
        }
        Outcome { score: after.marks(id).scores.of(kind), change }
    }

    /// Every cue of every sentence is refused at every grain, before and after other decisions.
    #[test]
    fn what_is_told_is_what_comes() {
        let (corpus, weights) = (corpus(), Weights::built_in());
        let found = analyze(&corpus, &LEXICON, &weights, 0);
        let mut silenced = Decided::default();
        silenced.silenced.everywhere.insert((CueKind::Rebuttal, "groundless".to_owned()));
        silenced.marks.insert((SentenceId(2), CueKind::Rhetoric), false);
        for now in [Decided::default(), silenced] {
            let laid = found.decided(&corpus, &LEXICON, &weights, &now);
            for (marks, id) in laid.marks.iter().zip((0..).map(SentenceId)) {
                for cue in &marks.cues {
                    let (kind, statement) = (cue.kind, corpus.statement(corpus.sentence(id).statement));
                    let told = laid.refusals(&corpus, &weights, (id, kind), Some(cue));
                    let made = |decide: &dyn Fn(&mut Decided)| made(&found, &now, kind, id, decide);
                    let words = || phrase(&statement.text, cue);
                    let rule = || LEXICON.rules()[usize::from(cue.rule.0)].id.clone();
                    assert_eq!(
                        told.this,
                        made(&|then| {
                            then.marks.insert((id, kind), false);
                        })
                    );
                    let here = made(&|then| {
                        then.silenced.here.insert((statement.document, kind, words()));
                    });
                    assert_eq!(told.here, Some(here));
                    let everywhere = made(&|then| {
                        then.silenced.everywhere.insert((kind, words()));
                    });
                    assert_eq!(told.everywhere, Some(everywhere));
                    assert_eq!(
                        told.rule,
                        Some(made(&|then| {
                            then.silenced.rules.insert(rule());
                        }))
                    );
                }
            }
        }
    }
}
