//! Which of the weighed pairs become links, suggested or kept as the best there is.
//!
//! However many statements are open, a sentence has but a few links: those that no reader would
//! look through are left out, the weakest first.

use std::collections::{BTreeMap, BTreeSet};

use super::features::Features;
use super::ground::names_its_claim;
use super::order::{Order, Standing};
use crate::analysis::{Relation, logistic};
use crate::corpus::{Corpus, SentenceId, StatementId};

/// Most links suggested for one answer and other statement.
const MOST_TO_ONE: usize = 3;
/// Most links suggested for one answer.
const MOST_OF_ANSWER: usize = 5;
/// Most links suggested for one sentence as what is answered.
const MOST_OF_CLAIM: usize = 12;
/// Most candidates of one answer over all other statements, for each that is asked for.
const MOST_STATEMENTS: usize = 4;
/// How far below the best a further one may lie and still be suggested, in log-odds; one that shares
/// no word with its answer must be the best.
const MARGIN: f32 = 0.7;
/// How much less likely than the likeliest claim of its statement one may be, in log-odds, to be
/// suggested: relation and rank must speak of one claim. On training parts 35 instead of 34 of 100
/// suggestions in debates are then right, 77 instead of 76 in reviews; stricter costs answers.
const NEAR_LIKELIEST: f32 = 0.6;
/// Most of the threshold that a candidate's score reaches; the score is the threshold times how likely
/// the candidate is the answer.
const ALMOST: f32 = 0.999;

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
    /// How likely it is the answer whatever the relation, in log-odds; candidates are ranked by it.
    pub likely: f32,
    /// In `[0, 1]`.
    pub score: f32,
    /// Whether it was sought out, for what the two share or where the claim stands, and has the ground
    /// to be shown; others are not suggested.
    pub sought: bool,
    /// Whether the two share more than the names of the two sides.
    pub grounded: bool,
    /// Whether it is to be shown.
    pub suggested: bool,
    /// The signs that it was weighed by.
    pub features: Features,
}

/// The pairs that are kept, as answer after answer is added.
#[derive(Debug)]
pub struct Selected<'c> {
    corpus: &'c Corpus,
    order: &'c Order,
    threshold: f32,
    candidates: usize,
    kept: Vec<Pair>,
    /// By claim: the best answer of all, kept or not.
    best: Vec<Option<Pair>>,
}

impl<'c> Selected<'c> {
    /// Nothing yet.
    pub fn new(corpus: &'c Corpus, order: &'c Order, threshold: f32, candidates: usize) -> Self {
        let best = vec![None; corpus.sentences.len()];
        Self { corpus, order, threshold, candidates, kept: Vec::new(), best }
    }

    /// Adds the pairs of one answer.
    pub fn add(&mut self, mut pairs: Vec<Pair>) {
        // What is dated earlier answers only if it shows that it does.
        pairs.retain(|pair| {
            pair.score >= self.threshold
                || self.order.standing(self.corpus, pair.answer, pair.claim) != Standing::Earlier
        });
        for pair in &pairs {
            let best = &mut self.best[pair.claim.0 as usize];
            if best.is_none_or(|best| likelier(pair, &best).is_lt()) {
                *best = Some(*pair);
            }
        }
        self.suggest(&mut pairs);
        let statement = |pair: &Pair| self.corpus.sentence(pair.claim).statement;
        pairs.sort_unstable_by(|a, b| {
            statement(a).cmp(&statement(b)).then(b.suggested.cmp(&a.suggested)).then(likelier(a, b))
        });
        let mut candidates: Vec<Pair> = Vec::new();
        for of_one in pairs.chunk_by(|a, b| statement(a) == statement(b)) {
            let suggested = of_one.iter().take_while(|pair| pair.suggested).count();
            let most = suggested.max(self.candidates).min(of_one.len());
            self.kept.extend(&of_one[..suggested]);
            candidates.extend(&of_one[suggested..most]);
        }
        candidates.sort_unstable_by(likelier);
        candidates.truncate(self.candidates * MOST_STATEMENTS);
        self.kept.extend(candidates);
    }

    /// Marks those of one answer that are to be shown.
    fn suggest(&self, pairs: &mut [Pair]) {
        pairs.sort_unstable_by(better);
        let statement = |pair: &Pair| self.corpus.sentence(pair.claim).statement;
        let mut likeliest: BTreeMap<StatementId, f32> = BTreeMap::new();
        for pair in &*pairs {
            likeliest
                .entry(statement(pair))
                .and_modify(|most| *most = most.max(pair.likely))
                .or_insert(pair.likely);
        }
        // What is quoted, or denied without a word of it, is not found by likeness.
        let likely = |pair: &Pair| {
            !pair.grounded
                || names_its_claim(&pair.features)
                || likeliest.get(&statement(pair)).is_none_or(|most| pair.likely >= most - NEAR_LIKELIEST)
        };
        let mut shown: Vec<(StatementId, f32)> = Vec::new();
        for pair in pairs.iter_mut().filter(|pair| pair.sought && likely(pair)) {
            let to_one = || shown.iter().filter(|(other, _)| *other == statement(pair));
            let top = to_one().next().map_or(pair.sum, |(_, sum)| *sum);
            let of_one = to_one().count();
            let near = if pair.grounded { MARGIN } else { 0.0 };
            pair.suggested = pair.score >= self.threshold
                && pair.sum >= top - near
                && of_one < MOST_TO_ONE
                && shown.len() < MOST_OF_ANSWER;
            if pair.suggested {
                shown.push((statement(pair), pair.sum));
            }
        }
    }

    /// All that is kept, ordered by answer, then by score.
    pub fn finish(mut self) -> Vec<Pair> {
        self.one_way();
        self.few_to_one();
        self.best_of_the_unanswered();
        for pair in self.kept.iter_mut().filter(|pair| !pair.suggested) {
            pair.score = self.threshold * logistic(pair.likely).min(ALMOST);
        }
        self.kept.sort_unstable_by(|a, b| {
            a.answer.cmp(&b.answer).then(b.score.total_cmp(&a.score)).then(better(a, b))
        });
        self.kept
    }

    /// Leaves a pair suggested both ways so in one direction only: the later sentence is the answer,
    /// unless the other is the much stronger one; where days tell which came first, it is not kept the other way either.
    fn one_way(&mut self) {
        let pairs = &mut self.kept;
        let mut suggested: Vec<usize> = (0..pairs.len()).filter(|&at| pairs[at].suggested).collect();
        let later = |pair: &Pair| {
            let standing = self.order.standing(self.corpus, pair.answer, pair.claim);
            matches!(standing, Standing::Later | Standing::Beside { after: true })
        };
        let standing = |pair: &Pair| pair.sum + if later(pair) { MARGIN } else { 0.0 };
        suggested.sort_by(|&a, &b| {
            let (a, b) = (&pairs[a], &pairs[b]);
            ends(a)
                .cmp(&ends(b))
                .then(standing(b).total_cmp(&standing(a)))
                .then(later(b).cmp(&later(a)))
                .then(better(a, b))
        });
        for two in suggested.windows(2) {
            if ends(&pairs[two[0]]) == ends(&pairs[two[1]]) {
                pairs[two[1]].suggested = false;
            }
        }
        let told = self.told();
        self.kept.retain(|pair| pair.suggested || !told.contains(&ends(pair)));
    }

    /// The ends of the pairs suggested of which days tell which came first.
    fn told(&self) -> BTreeSet<(SentenceId, SentenceId)> {
        let dated = |pair: &&Pair| {
            let standing = self.order.standing(self.corpus, pair.answer, pair.claim);
            matches!(standing, Standing::Later | Standing::Earlier)
        };
        self.kept.iter().filter(|pair| pair.suggested).filter(dated).map(ends).collect()
    }

    /// Leaves out all but the best answers to one claim.
    fn few_to_one(&mut self) {
        self.kept.sort_unstable_by(|a, b| {
            a.claim.cmp(&b.claim).then(b.suggested.cmp(&a.suggested)).then(better(a, b))
        });
        let (mut of, mut suggested) = (None, 0);
        let candidates = self.candidates;
        self.kept.retain(|pair| {
            if of.replace(pair.claim) != Some(pair.claim) {
                suggested = 0;
            }
            suggested += usize::from(pair.suggested);
            if pair.suggested { suggested <= MOST_OF_CLAIM } else { candidates > 0 }
        });
    }

    /// Keeps the best answer to a sentence that has none.
    fn best_of_the_unanswered(&mut self) {
        if self.candidates == 0 {
            return;
        }
        for pair in &self.kept {
            self.best[pair.claim.0 as usize] = None;
        }
        let told = self.told();
        let best = self.best.iter().flatten().filter(|pair| !told.contains(&ends(pair)));
        self.kept.extend(best);
    }
}

/// Both sentences of a pair, whichever answers.
fn ends(pair: &Pair) -> (SentenceId, SentenceId) {
    (pair.answer.min(pair.claim), pair.answer.max(pair.claim))
}

/// Likeliest first; equal ones by place.
fn likelier(a: &Pair, b: &Pair) -> std::cmp::Ordering {
    b.likely.total_cmp(&a.likely).then(a.answer.cmp(&b.answer)).then(a.claim.cmp(&b.claim))
}

/// Best first; equal ones by place.
fn better(a: &Pair, b: &Pair) -> std::cmp::Ordering {
    b.sum.total_cmp(&a.sum).then(a.answer.cmp(&b.answer)).then(a.claim.cmp(&b.claim))
}
