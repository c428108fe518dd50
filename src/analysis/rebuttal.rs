//! What code finds of a rebuttal beside its phrases: the question that answers itself.

use super::Cue;
use super::claim::question_mark;
use super::cues::{Reading, coded_cue};
use crate::lexicon::{Lexicon, RuleId};

/// The rules that find by code.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    question: Option<RuleId>,
}

impl Rules {
    /// Looks them up.
    pub fn of(lexicon: &Lexicon) -> Self {
        Self { question: lexicon.rule_named("rebuttal.question") }
    }
}

/// Adds what is found in a sentence to `cues`.
pub fn find(reading: &Reading, lexicon: &Lexicon, rules: Rules, cues: &mut Vec<Cue>) {
    if let (Some(rule), Some(mark)) = (rules.question, question_mark(reading)) {
        cues.push(coded_cue(lexicon, rule, mark));
    }
}
