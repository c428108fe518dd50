//! What the sentences beside one add to its rebuttal: who answers seldom does so in one sentence alone.
//!
//! It is one cue of the rule [`RULE`], as long as the sentence: a share of what the rebuttal cues of its
//! neighbours in the statement sum up to beyond what is usual, bias left out. The rule's weight is the
//! share, so it stands with the other rules and can be changed there. What neighbours have from theirs
//! does not count again.

use super::cues::{coded_cue, put_in_order};
use super::facing::Facing;
use super::weights::{as_printed, ten_thousandths};
use super::{Cue, Weights};
use crate::lexicon::{CueKind, Lexicon, RuleId};
use crate::text::Span;

/// The rule whose weight is the share.
pub const RULE: &str = "rebuttal.beside";
/// How many sentences away is beside, and what a sentence so far away counts.
pub const REACH: usize = 2;
const NEARER: [f32; REACH] = [1.0, 0.5];
/// What the cues of a sentence sum up to in a speech that rebuts nothing in particular, in log-odds:
/// neighbours that say no more than that leave a score as it is.
const USUAL: f32 = 0.8;
/// No sentence counts for more or less than that by this with its neighbours: one loud denial makes no
/// rebuttals of all around it.
const LOUDEST: f32 = 2.0;
/// Nor do all of them together take more from a sentence or add more to it, in log-odds: a plain denial
/// among greetings is one all the same.
const MOST: [f32; 2] = [-0.15, 0.5];

/// The rule, looked up once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    rule: RuleId,
    share: f32,
    facing: Facing,
}

impl Beside {
    /// The rule in a lexicon, if it has one.
    pub fn of(lexicon: &Lexicon) -> Option<Self> {
        let rule = lexicon.rule_named(RULE)?;
        Some(Self { rule, share: lexicon.rule(rule).weight, facing: Facing::of(lexicon) })
    }

    /// What the rebuttal cues of a sentence sum up to without those that tell what others have, in log-odds.
    pub fn own(self, cues: &[Cue], weights: &Weights) -> f32 {
        let own = cues.iter().filter(|cue| self.is_own(cue));
        Self::own_of(own.map(|cue| ten_thousandths(cue.weight)).sum(), weights)
    }

    /// The same of cues that weigh so many ten-thousandths together.
    pub fn own_of(sum: i64, weights: &Weights) -> f32 {
        weights.sum_of(CueKind::Rebuttal, sum) - weights.bias(CueKind::Rebuttal)
    }

    /// Whether a cue counts for or against a rebuttal and does not tell what other sentences have.
    pub fn is_own(self, cue: &Cue) -> bool {
        cue.kind == CueKind::Rebuttal && cue.rule != self.rule && !self.facing.has(cue.rule)
    }

    /// The rule.
    pub fn rule(self) -> RuleId {
        self.rule
    }

    /// The cue that a sentence at `span` has from its neighbours.
    pub fn cue(self, lexicon: &Lexicon, span: Span, weight: f32) -> Option<Cue> {
        let cue = Cue { weight, ..coded_cue(lexicon, self.rule, span) };
        (weight != 0.0 && !span.is_empty()).then_some(cue)
    }

    /// What its neighbours add to the sentence at `at` of a statement, whose sentences have these sums
    /// by themselves; with as many decimals as are printed.
    pub fn weight(self, own: &[f32], at: usize) -> f32 {
        let counted = |place: Option<usize>| {
            let sum = place.and_then(|place| own.get(place));
            sum.map_or(0.0, |sum| (sum - USUAL).clamp(-LOUDEST, LOUDEST))
        };
        let pairs = NEARER.iter().zip(1..);
        let all = pairs
            .map(|(nearer, away)| nearer * (counted(at.checked_sub(away)) + counted(at.checked_add(away))));
        as_printed((self.share * all.sum::<f32>()).clamp(MOST[0], MOST[1]))
    }

    /// Adds the cue to each sentence of a statement that has something from its neighbours.
    pub fn add(self, lexicon: &Lexicon, weights: &Weights, spans: &[Span], cues: &mut [Vec<Cue>]) {
        let own: Vec<f32> = cues.iter().map(|cues| self.own(cues, weights)).collect();
        for (at, (span, cues)) in spans.iter().zip(cues).enumerate() {
            if let Some(cue) = self.cue(lexicon, *span, self.weight(&own, at)) {
                cues.push(cue);
                put_in_order(cues);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(own: &[f32], at: usize, expected: f32) {
        let lexicon = Lexicon::built_in();
        let beside = Beside { share: 0.1, ..Beside::of(&lexicon).expect("it is built in") };
        assert!((beside.weight(own, at) - expected).abs() < 1e-6, "{}", beside.weight(own, at));
    }

    #[test]
    fn neighbours_add_their_share_and_those_beyond_half_of_it() {
        check(&[1.5, 2.0, 5.0, -0.5, 1.0], 2, 0.1 * (0.35 + 1.2 - 1.3 + 0.1));
        check(&[5.0, 1.5], 0, 0.07);
        check(&[USUAL, 5.0, USUAL], 1, 0.0);
        check(&[5.0], 0, 0.0);
    }

    #[test]
    fn a_loud_neighbour_counts_as_a_plain_one() {
        check(&[9.0, 0.0], 1, 0.1 * LOUDEST);
        check(&[0.0, -9.0], 0, MOST[0]);
    }

    #[test]
    fn all_neighbours_together_count_within_bounds() {
        check(&[9.0, 9.0, 0.0, 9.0, 9.0], 2, MOST[1]);
        check(&[-9.0, -9.0, 0.0, -9.0, -9.0], 2, MOST[0]);
    }
}
