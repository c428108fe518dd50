//! What comes and goes if a mark is refused, or the words or the rule of one of its cues.
//!
//! Only sentences that have the cue, and those that have something from these, are reckoned anew: the
//! sum of a sentence is what it was without what would count no longer, so that the answer for a long
//! text comes within a frame. Where earlier decisions have a part in it, they are laid over it anew.

use std::ops::Range;

use super::index::{CueIndex, Entry};
use super::laid::{Laid, more_beside};
use super::silence::{is_phrase, phrase};
use super::{Change, Decided, Silenced};
use crate::analysis::beside::Beside;
use crate::analysis::facing::Facing;
use crate::analysis::weights::{as_printed, ten_thousandths};
use crate::analysis::{Analysis, Cue, Weights, logistic};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{CueKind, Lexicon};

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

/// What stands now, and what it came from.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// The texts.
    pub corpus: &'a Corpus,
    /// What they were read with.
    pub lexicon: &'a Lexicon,
    /// And weighed with.
    pub weights: &'a Weights,
    /// What was found.
    pub found: &'a Analysis,
    /// Its cues.
    pub index: &'a CueIndex,
    /// The decisions so far.
    pub decided: &'a Decided,
    /// What they have left.
    pub left: &'a Analysis,
}

/// What would count no longer in a sentence, in ten-thousandths.
#[derive(Clone, Copy, Default)]
struct Gone {
    all: i64,
    /// Of what it has by itself of a rebuttal.
    own: i64,
    /// Whether what it has from its neighbours counts no longer.
    beside: bool,
}

/// What would count no longer in all sentences.
struct AllGone {
    by_sentence: Vec<Gone>,
    /// The sentences that have some of it, in order.
    met: Vec<SentenceId>,
}

impl Standing<'_> {
    /// What refusing the mark of a `kind` on sentence `id` would do, or what `cue` of it says.
    pub fn refusals(&self, id: SentenceId, kind: CueKind, cue: Option<&Cue>) -> Refusals {
        let this = self.refusing_mark(id, kind);
        let Some(cue) = cue else { return Refusals { this, here: None, everywhere: None, rule: None } };
        let statement = self.corpus.statement(self.corpus.sentence(id).statement);
        let words = phrase(&statement.text, cue);
        let (mut here, mut everywhere) = (None, None);
        if !words.is_empty() {
            let mut silenced = self.decided.silenced.clone();
            silenced.everywhere.insert((kind, words.clone()));
            let gone = self.gone(self.index.with_words(kind, &words));
            let outcomes = self.silencing(id, kind, &silenced, &gone, Some(&words));
            [here, everywhere] = outcomes.map(Some);
        }
        let mut silenced = self.decided.silenced.clone();
        let rule = self.lexicon.rules().get(usize::from(cue.rule.0));
        silenced.rules.extend(rule.map(|rule| rule.id.clone()));
        let gone = self.gone(self.index.with_rule(cue.rule).iter().copied());
        let [_, rule] = self.silencing(id, kind, &silenced, &gone, None);
        Refusals { this, here, everywhere, rule: Some(rule) }
    }

    /// What is left of a mark, and of those beside it, once nothing speaks for it.
    fn refusing_mark(&self, id: SentenceId, kind: CueKind) -> Outcome {
        let over = Laid::new(self.found, (self.corpus, self.lexicon, self.weights), self.decided);
        let over = over.rejecting(id, kind);
        let mut change = Change::default();
        let from = self.weights.thresholds.of(kind);
        for other in over.around(id).map(SentenceId) {
            change.count(self.left.marks(other).scores.of(kind) >= from, over.score(other, kind) >= from);
        }
        Outcome { score: over.score(id, kind), change }
    }

    /// What these cues weigh in their sentences.
    fn gone(&self, cues: impl Iterator<Item = Entry>) -> AllGone {
        let (beside, facing) = (Beside::of(self.lexicon), Facing::of(self.lexicon));
        let mut gone =
            AllGone { by_sentence: vec![Gone::default(); self.found.marks.len()], met: Vec::new() };
        for Entry { id, rule, weight } in cues {
            let of_sentence = &mut gone.by_sentence[id.0 as usize];
            of_sentence.all += i64::from(weight);
            if beside.is_some_and(|beside| beside.rule() == rule) {
                of_sentence.beside = true;
            } else if !facing.has(rule) {
                of_sentence.own += i64::from(weight);
            }
            if gone.met.last() != Some(&id) {
                gone.met.push(id);
            }
        }
        gone
    }

    /// What comes and goes, in the document of a sentence and in all, if all that is `silenced` does not
    /// count: what is `gone` beside what does not count now.
    fn silencing(
        &self,
        id: SentenceId,
        kind: CueKind,
        silenced: &Silenced,
        gone: &AllGone,
        words: Option<&str>,
    ) -> [Outcome; 2] {
        let with = (self.corpus, self.lexicon, self.weights);
        let over = Laid::with(self.found, with, self.decided, silenced);
        let over = over.lacking(gone.met.iter().chain(&self.left.altered), self.index);
        let beside = Beside::of(self.lexicon).filter(|_| kind == CueKind::Rebuttal);
        let from = self.weights.thresholds.of(kind);
        let mut met = if beside.is_some() { over.with_those_beside(&gone.met) } else { gone.met.clone() };
        if !self.left.altered.is_empty() {
            // What a sentence has from its neighbours only since some decision may be silenced too.
            let all = over.met_by(silenced, self.index, &self.left.altered).into_iter();
            met.extend(all.filter(|other| self.left.altered.contains(other)));
            met.sort_unstable();
            met.dedup();
        }
        let document = |id| self.corpus.statement(self.corpus.sentence(id).statement).document;
        let home = document(id);
        let [mut here, mut everywhere] = [Change::default(); 2];
        for other in met {
            let around = if beside.is_some() { over.around(other) } else { other.0..other.0 + 1 };
            let is = match self.score_without(beside, kind, other, around, gone, words) {
                Some(score) => score,
                None => over.score(other, kind),
            };
            let was = self.left.marks(other).scores.of(kind) >= from;
            everywhere.count(was, is >= from);
            if document(other) == home {
                here.count(was, is >= from);
            }
        }
        let score = over.score(id, kind);
        [here, everywhere].map(|change| Outcome { score, change })
    }

    /// The score of a sentence without what is gone; none if decisions have a part in it.
    fn score_without(
        &self,
        beside: Option<Beside>,
        kind: CueKind,
        id: SentenceId,
        around: Range<u32>,
        gone: &AllGone,
        words: Option<&str>,
    ) -> Option<f32> {
        if self.left.altered.range(SentenceId(around.start)..SentenceId(around.end)).next().is_some() {
            return None;
        }
        let of = |id: SentenceId| gone.by_sentence[id.0 as usize];
        let mut sum = self.index.sums(id).all[kind as usize] - of(id).all;
        if let Some(beside) = beside.filter(|_| !of(id).beside) {
            let at = (id.0 - around.start) as usize;
            let own = around.map(SentenceId).map(|id| {
                let own = self.index.sums(id).own;
                [own, own - of(id).own]
            });
            let more = more_beside(beside, self.weights, at, own);
            if more != 0.0 {
                let is_it = |cue: &&Cue| cue.rule == beside.rule();
                let was = self.left.marks(id).cues.iter().find(is_it).map_or(0.0, |cue| cue.weight);
                let is = beside.cue(self.lexicon, self.corpus.sentence(id).span, as_printed(was + more));
                let text = &self.corpus.statement(self.corpus.sentence(id).statement).text;
                let is = is.filter(|cue| words.is_none_or(|words| !is_phrase(text, cue, words)));
                sum += is.map_or(0, |cue| ten_thousandths(cue.weight)) - ten_thousandths(was);
            }
        }
        Some(logistic(self.weights.sum_of(kind, sum)))
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
        let index = CueIndex::of(&corpus, &found, &LEXICON);
        let mut silenced = Decided::default();
        silenced.silenced.everywhere.insert((CueKind::Rebuttal, "groundless".to_owned()));
        silenced.marks.insert((SentenceId(2), CueKind::Rhetoric), false);
        for now in [Decided::default(), silenced] {
            let laid = found.decided(&corpus, &LEXICON, &weights, &now);
            for (marks, id) in laid.marks.iter().zip((0..).map(SentenceId)) {
                for cue in &marks.cues {
                    let (kind, statement) = (cue.kind, corpus.statement(corpus.sentence(id).statement));
                    let standing = Standing {
                        corpus: &corpus,
                        lexicon: &LEXICON,
                        weights: &weights,
                        found: &found,
                        index: &index,
                        decided: &now,
                        left: &laid,
                    };
                    let told = standing.refusals(id, kind, Some(cue));
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
