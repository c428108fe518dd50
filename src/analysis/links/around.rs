//! What stands around two sentences: likeness of their neighbourhoods, and how central a sentence
//! is to its statement.
//!
//! A reply follows the order of what it replies to; that the sentences beside two sentences are
//! alike speaks for the two as well. The products needed are those of five rows, which are kept
//! while the reading moves on.

use std::collections::VecDeque;
use std::ops::Range;

use super::content::Contents;
use super::index::{Index, Row, Sums};
use super::weigh::Around;
use crate::analysis::Marks;
use crate::analysis::similarity::{cosine, dot};
use crate::corpus::{Corpus, SentenceId};

/// Sentences on either side that count as around.
const REACH: u32 = 2;
/// How much more than a neighbour the answer itself counts when likely claims are sought.
const OWN: f32 = 4.0;

/// Rows of finds around the sentence being read.
#[derive(Debug)]
pub struct Rows<'a> {
    corpus: &'a Corpus,
    contents: &'a Contents,
    index: &'a Index,
    sums: Sums,
    /// Lengths of the vectors of each sentence with one and with two neighbours on either side.
    norms: Vec<[f32; 2]>,
    /// Rows of sentences next to each other, the first of sentence `first`.
    read: VecDeque<Row>,
    first: u32,
}

impl<'a> Rows<'a> {
    /// Rows of a corpus, none read yet.
    pub fn new(corpus: &'a Corpus, contents: &'a Contents, index: &'a Index) -> Self {
        let norms = norms(corpus, contents);
        let sums = Sums::new(corpus.sentences.len());
        Self { corpus, contents, index, sums, norms, read: VecDeque::new(), first: 0 }
    }

    /// The `most` likeliest claims that `answer` may answer, by id. Answers must be asked for in
    /// order.
    ///
    /// Chosen by what the answer and its neighbours share with a claim and with those next to it.
    pub fn likely(&mut self, answer: SentenceId, most: usize) -> Vec<(SentenceId, Around)> {
        self.move_to(answer);
        for (row, id) in self.read.iter().zip(self.first..) {
            let share = if id == answer.0 { OWN } else { 1.0 };
            for (claim, product) in row {
                self.sums.add(claim.0, share * product);
            }
        }
        let found = self.sums.take(self.contents, most);
        found.into_iter().map(|(claim, _)| (claim, self.around(answer, claim))).collect()
    }

    /// How alike what stands around the two is; `answer` must be the sentence moved to last.
    pub fn around(&self, answer: SentenceId, claim: SentenceId) -> Around {
        let near = |id: SentenceId, reach| near(self.corpus, id, reach);
        let sum = |answers: Range<u32>, claims: &Range<u32>| -> f32 {
            answers.filter_map(|id| self.row(id)).map(|row| within(row, claims)).sum()
        };
        let (here, there) = (answer.0..answer.0 + 1, claim.0..claim.0 + 1);
        let (wide, [next, wider]) = (near(answer, REACH), self.norms[claim.0 as usize]);
        let answer_wide = self.norms[answer.0 as usize][1];
        let previous = near(answer, 1).start;
        let before = if previous < answer.0 { previous..answer.0 } else { 0..0 };
        Around {
            answer: cosine(sum(wide.clone(), &there), answer_wide, self.norm(claim)),
            claim: cosine(sum(here, &near(claim, 1)), self.norm(answer), next),
            both: cosine(sum(wide, &near(claim, REACH)), answer_wide, wider),
            previous: cosine(sum(before, &there), self.norm(SentenceId(previous)), self.norm(claim)),
        }
    }

    /// The sentences that share rare terms with `answer`, the sentence moved to last, by id.
    pub fn found(&self, answer: SentenceId) -> impl Iterator<Item = SentenceId> {
        self.row(answer.0).into_iter().flatten().map(|(claim, _)| *claim)
    }

    fn move_to(&mut self, answer: SentenceId) {
        let wanted = near(self.corpus, answer, REACH);
        while self.first < wanted.start && self.read.pop_front().is_some() {
            self.first += 1;
        }
        if self.read.is_empty() {
            self.first = wanted.start;
        }
        let statement = self.corpus.sentence(answer).statement;
        let own: Vec<u32> = self.corpus.sentences_of(statement).map(|id| id.0).collect();
        let own = own.first().copied().unwrap_or(0)..own.last().map_or(0, |last| last + 1);
        while self.first + (self.read.len() as u32) < wanted.end {
            let next = SentenceId(self.first + self.read.len() as u32);
            let row = self.index.row(self.contents, next, &own, &mut self.sums);
            self.read.push_back(row);
        }
    }

    fn row(&self, id: u32) -> Option<&Row> {
        self.read.get(id.checked_sub(self.first)? as usize)
    }

    fn norm(&self, id: SentenceId) -> f32 {
        self.contents.of(id).norm
    }
}

/// The sum of what a row holds for sentences in `claims`.
fn within(row: &Row, claims: &Range<u32>) -> f32 {
    let from = row.partition_point(|(id, _)| id.0 < claims.start);
    row[from..].iter().take_while(|(id, _)| id.0 < claims.end).map(|(_, product)| product).sum()
}

/// The sentences of the same statement at most `reach` away.
fn near(corpus: &Corpus, id: SentenceId, reach: u32) -> Range<u32> {
    let number = corpus.number_of(id) as u32;
    let count = corpus.sentences_of(corpus.sentence(id).statement).len() as u32;
    let first = id.0 - number;
    id.0 - reach.min(number)..(id.0 + reach + 1).min(first + count)
}

/// For each sentence the lengths of the vectors with one and two neighbours on either side.
fn norms(corpus: &Corpus, contents: &Contents) -> Vec<[f32; 2]> {
    let count = corpus.sentences.len() as u32;
    // Products of each sentence with the four after it; no window of five needs others.
    let products: Vec<[f32; 4]> = (0..count)
        .map(|id| {
            std::array::from_fn(|step| {
                let other = id + step as u32 + 1;
                if other < near(corpus, SentenceId(id), 2 * REACH).end {
                    dot(contents.terms(SentenceId(id)), contents.terms(SentenceId(other)))
                } else {
                    0.0
                }
            })
        })
        .collect();
    let length = |window: Range<u32>| {
        let mut sum = 0.0;
        for one in window.clone() {
            sum += contents.of(SentenceId(one)).norm.powi(2);
            sum += 2.0
                * (one + 1..window.end)
                    .map(|other| products[one as usize][(other - one - 1) as usize])
                    .sum::<f32>();
        }
        sum.max(0.0).sqrt()
    };
    (0..count).map(|id| [1, REACH].map(|reach| length(near(corpus, SentenceId(id), reach)))).collect()
}

/// How near each sentence is to what its statement is about, in `[0, 1]`: likeness to all of its
/// statement, terms that others use as well counted more, and its score as a claim.
pub fn central(corpus: &Corpus, contents: &Contents, marks: &[Marks]) -> Vec<f32> {
    let mut everywhere = vec![0_u32; contents.term_count];
    let ids = || (0..corpus.sentences.len() as u32).map(SentenceId);
    ids().for_each(|id| contents.terms(id).iter().for_each(|term| everywhere[term.id as usize] += 1));
    let mut here = vec![0_u32; contents.term_count];
    let mut found = vec![0.0; corpus.sentences.len()];
    for statement in corpus.statement_ids() {
        let terms = || corpus.sentences_of(statement).flat_map(|id| contents.terms(id));
        terms().for_each(|term| here[term.id as usize] += 1);
        let mut most = f32::MIN_POSITIVE;
        for id in corpus.sentences_of(statement) {
            let likeness: f32 = contents
                .terms(id)
                .iter()
                .map(|term| {
                    let (own, all) = (here[term.id as usize], everywhere[term.id as usize]);
                    let others = if all > own { 2.0 } else { 1.0 };
                    term.weight * (own as f32).ln_1p() * others
                })
                .sum();
            let value = likeness / contents.of(id).norm.max(8.0);
            most = most.max(value);
            found[id.0 as usize] = value;
        }
        for id in corpus.sentences_of(statement) {
            let claim = marks[id.0 as usize].scores.claim;
            found[id.0 as usize] = 0.6 * found[id.0 as usize] / most + 0.4 * claim;
        }
        terms().for_each(|term| here[term.id as usize] = 0);
    }
    found
}

/// The `most` most central sentences of each statement.
pub fn most_central(corpus: &Corpus, central: &[f32], most: usize) -> Vec<Vec<SentenceId>> {
    let of = |id: &SentenceId| central[id.0 as usize];
    corpus
        .statement_ids()
        .map(|statement| {
            let mut ids: Vec<SentenceId> = corpus.sentences_of(statement).collect();
            ids.sort_by(|a, b| of(b).total_cmp(&of(a)).then(a.cmp(b)));
            ids.truncate(most);
            ids
        })
        .collect()
}
