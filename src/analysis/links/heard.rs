//! What a sentence has before it: the sentence of another that is most like it, and whether its
//! statement comes after another's.
//!
//! For [`crate::analysis::facing`]: links themselves are weighed by signs of their own. Names are left
//! out of the likeness, so that who is spoken of does not count.

use super::around::Rows;
use super::content::{Contents, Term};
use super::order::{Order, Standing};
use crate::analysis::similarity::{cosine, shared};
use crate::corpus::{Corpus, SentenceId};

/// What one sentence has before it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heard {
    /// Likeness, in `[0, 1]`, to the sentence of another that is most like it, names aside.
    pub likeness: f32,
    /// Whether one of those two is negated and the other is not.
    pub opposed: bool,
    /// If its statement comes after that of another in another document: its place in it, from 0.
    pub place: Option<usize>,
}

/// Whose statements come after whose; sentence by sentence, in order.
#[derive(Debug)]
pub struct Hearing<'a> {
    corpus: &'a Corpus,
    contents: &'a Contents,
    order: &'a Order,
    /// By statement.
    comes_after: Vec<bool>,
    /// By sentence: length of the vector of its terms that are no names.
    norms: Vec<f32>,
}

impl<'a> Hearing<'a> {
    /// Nothing heard yet.
    pub fn new(corpus: &'a Corpus, contents: &'a Contents, order: &'a Order) -> Self {
        let ids = (0..corpus.sentences.len() as u32).map(SentenceId);
        let norms = ids.map(|id| product(contents.terms(id), contents.terms(id)).sqrt()).collect();
        let mut hearing = Self { corpus, contents, order, comes_after: Vec::new(), norms };
        hearing.comes_after = hearing.after_others();
        hearing
    }

    /// What `answer` has before it; `rows` must have been moved to it.
    pub fn of(&self, answer: SentenceId, rows: &Rows) -> Heard {
        let terms = self.contents.terms(answer);
        let like = |claim: SentenceId| {
            let dot = product(terms, self.contents.terms(claim));
            cosine(dot, self.norms[answer.0 as usize], self.norms[claim.0 as usize])
        };
        let claims = rows.found(answer).filter(|claim| self.may_answer(answer, *claim));
        let best =
            claims.map(|claim| (like(claim), claim)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let statement = self.corpus.sentence(answer).statement;
        let place = self.comes_after[statement.0 as usize].then(|| self.corpus.number_of(answer));
        let Some((likeness, claim)) = best else { return Heard { place, ..Heard::default() } };
        let opposed = self.is_negated(answer) != self.is_negated(claim);
        Heard { likeness, opposed, place }
    }

    fn is_negated(&self, id: SentenceId) -> bool {
        self.contents.of(id).particulars.as_ref().is_some_and(|held| held.negation.is_some())
    }

    /// Whether another said `claim`, and not after `answer`, as far as is known.
    fn may_answer(&self, answer: SentenceId, claim: SentenceId) -> bool {
        let standing = self.order.standing(self.corpus, answer, claim);
        !self.is_of_one(answer, claim) && !matches!(standing, Standing::Before | Standing::Earlier)
    }

    /// Whether one speaker said both, by name.
    fn is_of_one(&self, answer: SentenceId, claim: SentenceId) -> bool {
        let names = (self.corpus.speaker_of(answer), self.corpus.speaker_of(claim));
        matches!(names, (Some(one), Some(other)) if one.name == other.name)
    }

    /// By statement, whether it comes after that of another in another document.
    fn after_others(&self) -> Vec<bool> {
        let firsts: Vec<Option<SentenceId>> =
            self.corpus.statement_ids().map(|id| self.corpus.sentences_of(id).next()).collect();
        // One statement of each speaker in each document is enough to tell.
        let after = |answer: SentenceId| {
            firsts.iter().flatten().any(|claim| {
                let standing = || self.order.standing(self.corpus, answer, *claim);
                *claim != answer
                    && !self.is_of_one(answer, *claim)
                    && matches!(standing(), Standing::Later | Standing::Beside { after: true })
            })
        };
        firsts.iter().map(|first| first.is_some_and(after)).collect()
    }
}

/// The product of two vectors, names left out.
fn product(one: &[Term], other: &[Term]) -> f32 {
    let both = shared(one, other).into_iter();
    both.filter(|(a, b)| !a.name && !b.name).map(|(a, b)| a.weight * b.weight).sum()
}
