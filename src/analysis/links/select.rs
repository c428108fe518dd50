//! Which of the weighed pairs become links, suggested or kept as the best there is.

use super::order::Order;
use super::order::Standing;
use crate::analysis::Relation;
use crate::corpus::{Corpus, SentenceId};

/// Most links suggested for one sentence and other statement.
const MOST_SUGGESTED: usize = 3;
/// How far below the best a further one may lie and still be suggested, in log-odds.
const MARGIN: f32 = 1.0;
/// How far below the threshold a pair is put that is not suggested though it could be.
const JUST_BELOW: f32 = 1e-3;

/// A pair that was weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The answer.
    pub answer: SentenceId,
    /// What it answers.
    pub claim: SentenceId,
    /// How.
    pub relation: Relation,
    /// Sum of its signs, in log-odds.
    pub sum: f32,
    /// In `[0, 1]`.
    pub score: f32,
    /// Whether it is to be shown.
    pub suggested: bool,
}

/// The pairs of one answer that are kept, best first.
pub fn best(
    corpus: &Corpus,
    mut pairs: Vec<Pair>,
    threshold: f32,
    candidates: usize,
    most: usize,
) -> Vec<Pair> {
    let statement = |pair: &Pair| corpus.sentence(pair.claim).statement;
    pairs.sort_unstable_by(|a, b| statement(a).cmp(&statement(b)).then(better(a, b)));
    let mut kept: Vec<Pair> = Vec::new();
    for of_one in pairs.chunk_by_mut(|a, b| statement(a) == statement(b)) {
        let top = of_one[0].sum;
        let mut suggested = 0;
        for pair in &mut *of_one {
            pair.suggested =
                pair.score >= threshold && suggested < MOST_SUGGESTED && pair.sum >= top - MARGIN;
            suggested += usize::from(pair.suggested);
            if !pair.suggested {
                pair.score = pair.score.min(threshold - JUST_BELOW);
            }
        }
        kept.extend(&of_one[..of_one.len().min(suggested.max(candidates))]);
    }
    kept.sort_unstable_by(better);
    kept.truncate(most.max(candidates));
    kept
}

/// Best first; equal ones by place.
fn better(a: &Pair, b: &Pair) -> std::cmp::Ordering {
    b.sum.total_cmp(&a.sum).then(a.answer.cmp(&b.answer)).then(a.claim.cmp(&b.claim))
}

/// Leaves a pair suggested both ways so in its stronger direction only, the later as the answer of
/// two equal ones.
pub fn one_way(order: &Order, corpus: &Corpus, pairs: &mut Vec<Pair>) {
    let mut suggested: Vec<usize> = (0..pairs.len()).filter(|&at| pairs[at].suggested).collect();
    let ends = |pair: &Pair| (pair.answer.min(pair.claim), pair.answer.max(pair.claim));
    let later = |pair: &Pair| order.standing(corpus, pair.answer, pair.claim) == Standing::Later;
    suggested.sort_by(|&a, &b| {
        let (a, b) = (&pairs[a], &pairs[b]);
        ends(a).cmp(&ends(b)).then(b.sum.total_cmp(&a.sum)).then(later(b).cmp(&later(a))).then(better(a, b))
    });
    let mut lost: Vec<usize> = suggested
        .windows(2)
        .filter(|two| ends(&pairs[two[0]]) == ends(&pairs[two[1]]))
        .map(|two| two[1])
        .collect();
    lost.sort_unstable();
    let mut at = 0;
    pairs.retain(|_| {
        at += 1;
        lost.binary_search(&(at - 1)).is_err()
    });
}
