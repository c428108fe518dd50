//! Which sentences react to what others said, and which statements are replies as wholes.
//!
//! Whoever has just denied a charge goes on with their own account of it, and in a reply what speaks of
//! the same thing seldom says the same.

use super::content::Contents;
use super::features::{Feature, Features};
use super::vocabulary::{Role, Turn};
use crate::analysis::Marks;
use crate::corpus::{Corpus, SentenceId};

/// What a question or a contrast tells of a reaction, as a share of what a denial tells.
const WEAK: f32 = 0.5;
/// Share of a statement's sentences that react from which it is a reply through and through.
const REPLY: f32 = 0.33;
/// Sentences without a reaction that are added to every statement: a few words show no reply.
const OTHERS: f32 = 5.0;

/// How far sentences and statements react to what others said; all in `[0, 1]`.
#[derive(Debug)]
pub struct Reactions {
    sentences: Vec<f32>,
    statements: Vec<f32>,
}

impl Reactions {
    /// Reads the reactions of a corpus; `roles` tells what the cues of each rule are for an answer.
    pub fn read(corpus: &Corpus, marks: &[Marks], contents: &Contents, roles: &[Option<Role>]) -> Self {
        let ids = (0..corpus.sentences.len() as u32).map(SentenceId);
        let sentences: Vec<f32> = ids.map(|id| reaction(id, marks, contents, roles)).collect();
        let share = |statement| {
            let of = corpus.sentences_of(statement);
            let count = of.len() as f32 + OTHERS;
            of.map(|id| sentences[id.0 as usize]).sum::<f32>() / count
        };
        let statements = corpus.statement_ids().map(|id| (share(id) / REPLY).min(1.0)).collect();
        Self { sentences, statements }
    }

    /// Sets the signs of a pair that rest on reactions.
    pub fn set(&self, corpus: &Corpus, answer: SentenceId, claim: SentenceId, features: &mut Features) {
        let statement = corpus.sentence(answer).statement.0 as usize;
        let before = |steps: u32| {
            let stands = corpus.number_of(answer) >= steps as usize;
            if stands { self.sentences[(answer.0 - steps) as usize] } else { 0.0 }
        };
        features.set(Feature::Reply, self.statements[statement]);
        features.set(Feature::AfterReaction, before(1).max(before(2) / 2.0));
        features.set(Feature::ClaimReacts, self.sentences[claim.0 as usize]);
    }
}

fn reaction(id: SentenceId, marks: &[Marks], contents: &Contents, roles: &[Option<Role>]) -> f32 {
    let content = contents.of(id);
    if content.boilerplate {
        return 0.0;
    }
    let cues = marks[id.0 as usize].cues.iter().filter(|cue| cue.weight > 0.0);
    let by_cue = cues.filter_map(|cue| roles.get(usize::from(cue.rule.0)).copied().flatten());
    let of_cue = |role| match role {
        Role::Denial | Role::Countercharge | Role::Refusal => 1.0,
        Role::Question | Role::Contrast => WEAK,
    };
    let turns = [Turn::Denying, Turn::Wholesale, Turn::Reporting, Turn::Accepting, Turn::Deflecting];
    let by_turn = turns.into_iter().any(|turn| content.takes(turn));
    by_cue.map(of_cue).fold(f32::from(u8::from(by_turn)), f32::max)
}
