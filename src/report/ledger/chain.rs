//! What follows from an answer: the counter-answers to it, and how many links each pair of
//! statements has.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Analysis, Link, Relation, Status};
use crate::corpus::{Corpus, SentenceId, StatementId};

/// How far a chain is followed: claim, answer, counter-answer, and one more.
const DEEPEST: usize = 3;
/// Answers to one sentence that are followed, the surest.
const WIDEST: usize = 3;

/// One answer within a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// 1 for an answer to the claim, 2 for a counter-answer to that, and so on.
    pub depth: usize,
    /// The answer.
    pub sentence: SentenceId,
    /// How it answers the step above it.
    pub relation: Relation,
    /// In `[0, 1]`.
    pub score: f32,
}

/// The answers of an analysis, by what they answer.
#[derive(Debug)]
pub struct Answers<'a> {
    /// The surest first.
    to: BTreeMap<SentenceId, Vec<&'a Link>>,
}

impl<'a> Answers<'a> {
    /// The links of `analysis` that are shown and answer something.
    pub fn of(analysis: &'a Analysis) -> Self {
        let mut to: BTreeMap<SentenceId, Vec<&Link>> = BTreeMap::new();
        let shown = |link: &&Link| link.status == Status::Suggested && link.relation.answers();
        for link in analysis.links.iter().filter(shown) {
            to.entry(link.to).or_default().push(link);
        }
        for links in to.values_mut() {
            links.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.from.cmp(&b.from)));
        }
        Self { to }
    }

    /// What answers `claim` and what answers these answers, each step below what it answers.
    pub fn chain(&self, claim: SentenceId) -> Vec<Step> {
        let mut steps = Vec::new();
        self.follow(claim, 1, &mut BTreeSet::from([claim]), &mut steps);
        steps
    }

    fn follow(&self, to: SentenceId, depth: usize, seen: &mut BTreeSet<SentenceId>, steps: &mut Vec<Step>) {
        if depth > DEEPEST {
            return;
        }
        for link in self.to.get(&to).into_iter().flatten().take(WIDEST) {
            if seen.insert(link.from) {
                steps.push(Step { depth, sentence: link.from, relation: link.relation, score: link.score });
                self.follow(link.from, depth + 1, seen, steps);
            }
        }
    }
}

/// How many links lead from each statement to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The statements with text, in their order.
    pub statements: Vec<StatementId>,
    /// By the answering statement, then by the one that is answered.
    pub counts: Vec<Vec<Count>>,
}

/// The links of one statement to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that answer.
    pub answers: usize,
    /// Those that say the same.
    pub echoes: usize,
}

/// The links of each pair of statements, counted.
pub fn matrix(corpus: &Corpus, analysis: &Analysis) -> Matrix {
    let statements: Vec<StatementId> = corpus.spoken_ids().collect();
    let mut counts = vec![vec![Count::default(); statements.len()]; statements.len()];
    let place = |id: SentenceId| statements.binary_search(&corpus.sentence(id).statement);
    for link in analysis.links.iter().filter(|link| link.status == Status::Suggested) {
        if let (Ok(from), Ok(to)) = (place(link.from), place(link.to)) {
            let count = &mut counts[from][to];
            if link.relation.answers() { count.answers += 1 } else { count.echoes += 1 }
        }
    }
    Matrix { statements, counts }
}

/// The surest answer of one statement to another.
pub fn strongest<'a>(
    corpus: &Corpus,
    analysis: &'a Analysis,
    from: StatementId,
    to: StatementId,
) -> Option<&'a Link> {
    let of = |id: SentenceId| corpus.sentence(id).statement;
    let between =
        |link: &&Link| link.status == Status::Suggested && of(link.from) == from && of(link.to) == to;
    let found = analysis.links.iter().filter(between);
    found.max_by(|a, b| {
        a.relation
            .answers()
            .cmp(&b.relation.answers())
            .then(a.score.total_cmp(&b.score))
            .then(b.to.cmp(&a.to))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    #[track_caller]
    fn check(links: &[(u32, u32, Relation, f32)], claim: u32, expected: &[(usize, u32)]) {
        let (_, analysis, _) = example(links);
        let steps = Answers::of(&analysis).chain(SentenceId(claim));
        assert_eq!(steps.iter().map(|step| (step.depth, step.sentence.0)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_chain_leads_from_the_claim_to_counter_answers_and_never_round() {
        let (rebuts, echoes) = (Relation::Rebuts, Relation::Echoes);
        check(&[(2, 0, rebuts, 0.6), (1, 2, rebuts, 0.7), (3, 1, rebuts, 0.9)], 0, &[(1, 2), (2, 1), (3, 3)]);
        check(&[(2, 0, rebuts, 0.6), (3, 0, rebuts, 0.7), (3, 1, echoes, 0.9)], 0, &[(1, 3), (1, 2)]);
        check(&[(2, 0, rebuts, 0.6), (0, 2, rebuts, 0.6)], 0, &[(1, 2)]);
        check(&[(2, 0, rebuts, 0.4)], 0, &[]);
    }

    #[test]
    fn links_are_counted_by_pair_and_echoes_apart() {
        let links =
            [(2, 0, Relation::Rebuts, 0.6), (3, 0, Relation::Echoes, 0.9), (1, 2, Relation::Accepts, 0.5)];
        let (corpus, analysis, _) = example(&links);
        let matrix = matrix(&corpus, &analysis);
        assert_eq!(matrix.counts[1][0], Count { answers: 1, echoes: 1 });
        assert_eq!(matrix.counts[0][1], Count { answers: 1, echoes: 0 });
        assert_eq!(matrix.counts[0][0], Count::default());
        let best = strongest(&corpus, &analysis, matrix.statements[1], matrix.statements[0]);
        assert_eq!(best.map(|link| link.from.0), Some(2));
    }
}
