//! What another side that is there to be answered adds to the rebuttal of a sentence.
//!
//! Four cues, each as long as the sentence and of a rule of its own that tells its weight: a rebuttal
//! takes up what was said ([`TAKES_UP`]) and turns it round ([`OPPOSES`]); word for word it only repeats
//! it ([`REPEATS`]); and it stands in the first sentences of an answer rather than the last ([`OPENS`]).
//! They are found after the links, which are weighed without them. The words of a sentence make no mark
//! by these alone: together they weigh less than the bias.

use super::cues::{coded_cue, put_in_order};
use super::links::Heard;
use super::weights::as_printed;
use super::{Cue, Marks, Weights};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{Lexicon, RuleId};

/// Shares words with a sentence of another, or none.
pub const TAKES_UP: &str = "rebuttal.takes_up";
/// Is negated where that is not, or the other way round.
pub const OPPOSES: &str = "rebuttal.opposes";
/// Says the same again.
pub const REPEATS: &str = "rebuttal.repeats";
/// Stands at the beginning of an answer.
pub const OPENS: &str = "rebuttal.opens";

/// Likeness that says nothing: in talk of one thing sentences are so alike. Twice that is taken up in full.
const USUAL: f32 = 0.25;
/// What sharing nothing counts at most: a denial need not repeat what it denies.
const NOTHING: f32 = -0.4;
/// Likeness from which it is repeated.
const REPEATED: f32 = 0.85;
/// How many sentences behind the first of an answer have half of what that has.
const HALVED: f32 = 2.0;

/// All of them.
pub const RULES: [&str; 4] = [TAKES_UP, OPPOSES, REPEATS, OPENS];

/// The rules, looked up once, in the order of [`RULES`]; one that a lexicon has not is not found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facing([Option<RuleId>; RULES.len()]);

impl Facing {
    /// Looks them up.
    pub fn of(lexicon: &Lexicon) -> Self {
        Self(RULES.map(|id| lexicon.rule_named(id)))
    }

    /// Whether it is one of them.
    pub fn has(self, rule: RuleId) -> bool {
        self.0.contains(&Some(rule))
    }

    /// Adds the cues to the marks of all sentences.
    pub fn add(
        self,
        corpus: &Corpus,
        lexicon: &Lexicon,
        weights: &Weights,
        heard: &[Heard],
        marks: &mut [Marks],
    ) {
        for ((marks, heard), id) in marks.iter_mut().zip(heard).zip((0..).map(SentenceId)) {
            let span = corpus.sentence(id).span;
            let before = marks.cues.len();
            for (rule, strength) in self.found(heard) {
                let cue = coded_cue(lexicon, rule, span);
                let weight = as_printed(cue.weight * strength);
                if weight != 0.0 && !span.is_empty() {
                    marks.cues.push(Cue { weight, ..cue });
                }
            }
            if marks.cues.len() > before {
                put_in_order(&mut marks.cues);
                marks.scores = weights.scores(&marks.cues);
            }
        }
    }

    /// The rules that find something, and how strongly, in `[−1, 1]`; below 0 it is what they miss.
    fn found(self, heard: &Heard) -> impl Iterator<Item = (RuleId, f32)> {
        let Heard { likeness, opposed, place } = *heard;
        let (mut takes_up, mut opposes, mut repeats) = (0.0, 0.0, 0.0);
        if likeness >= REPEATED {
            repeats = 1.0;
        } else {
            takes_up = (likeness / USUAL - 1.0).clamp(NOTHING, 1.0);
            opposes = if opposed { likeness } else { 0.0 };
        }
        let opens = place.map_or(0.0, |place| HALVED / (HALVED + place as f32));
        let strengths = self.0.into_iter().zip([takes_up, opposes, repeats, opens]);
        strengths.filter_map(|(rule, strength)| Some((rule?, strength)).filter(|_| strength != 0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::explain;
    use crate::lexicon::CueKind;

    /// `expected` names rules and strengths as `takes_up 1.00 opposes 0.60`.
    #[track_caller]
    fn check(likeness: f32, opposed: bool, place: Option<usize>, expected: &str) {
        let lexicon = Lexicon::built_in();
        let heard = Heard { likeness, opposed, place };
        let found = Facing::of(&lexicon).found(&heard);
        let told: Vec<String> = found
            .map(|(rule, strength)| {
                format!("{} {strength:.2}", lexicon.rule(rule).id.trim_start_matches("rebuttal."))
            })
            .collect();
        assert_eq!(told.join(" "), expected);
    }

    #[test]
    fn what_was_said_is_taken_up_turned_round_or_only_repeated() {
        check(0.25, false, None, "");
        check(0.375, false, None, "takes_up 0.50");
        check(0.6, true, None, "takes_up 1.00 opposes 0.60");
        check(0.9, true, None, "repeats 1.00");
        check(0.0, true, None, "takes_up -0.40");
    }

    #[test]
    fn the_first_sentences_of_an_answer_open_it() {
        check(0.25, false, Some(0), "opens 1.00");
        check(0.25, false, Some(2), "opens 0.50");
    }

    #[test]
    fn the_other_side_alone_makes_no_rebuttal() {
        let lexicon = Lexicon::built_in();
        let heard = Heard { likeness: 0.8, opposed: true, place: Some(0) };
        let most: f32 = Facing::of(&lexicon)
            .found(&heard)
            .map(|(rule, strength)| lexicon.rule(rule).weight * strength)
            .sum();
        let working = explain(&Marks::default(), CueKind::Rebuttal, &Weights::built_in());
        assert!(most > 0.0 && working.bias + most < -0.2, "{most}");
    }
}
