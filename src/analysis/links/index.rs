//! From a sentence to those that share rare terms with it, without looking at all others.
//!
//! An inverted index: for each term the sentences that hold it, shortest first, since in a short
//! sentence a shared term weighs most. A query adds up term by term, rarest first, and stops when
//! its budget is spent, so that its cost does not grow with the corpus. What is given up: in a
//! large corpus, sentences that share only frequent terms with the query, or a rare one among very
//! long sentences.

use std::cmp::Ordering;
use std::ops::Range;

use super::content::Contents;
use crate::corpus::SentenceId;

/// Most places one query visits.
const BUDGET: usize = 2048;
/// How many finds are kept in all if every row is: fewer of each in a larger corpus.
const KEPT: usize = 2_000_000;
/// Terms that weigh less, in log-rarity, find nothing: they are said everywhere here.
const LIGHT: f32 = 1.0;
/// Vectors shorter than this are taken to be as long: one rare word is not a sentence.
const SHORT: f32 = 6.0;

/// Sentences by term.
#[derive(Debug)]
pub struct Index {
    /// Where each term's places begin in `places`; one more at the end.
    starts: Vec<u32>,
    /// Sentences, by term, shortest first.
    places: Vec<u32>,
    /// Most finds that a row keeps.
    kept: usize,
}

/// Finds of one query: sentences with the sum of the squared weights of the terms shared, by id.
pub type Row = Vec<(SentenceId, f32)>;

/// Room to add up in, used again by every query.
#[derive(Debug)]
pub struct Sums {
    of: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    /// Room for a corpus of `sentences`.
    pub fn new(sentences: usize) -> Self {
        Self { of: vec![0.0; sentences], touched: Vec::new() }
    }

    /// Adds to the sum of one sentence; `value` must be positive.
    pub fn add(&mut self, sentence: u32, value: f32) {
        let sum = &mut self.of[sentence as usize];
        if *sum == 0.0 {
            self.touched.push(sentence);
        }
        *sum += value;
    }

    /// The `most` sentences whose sums are the largest for their vectors' lengths, by id; clears
    /// the room.
    pub fn take(&mut self, contents: &Contents, most: usize) -> Row {
        let mut found: Row = self
            .touched
            .drain(..)
            .map(|place| (SentenceId(place), std::mem::take(&mut self.of[place as usize])))
            .collect();
        if found.len() > most {
            let likeness = |(id, sum): &(SentenceId, f32)| sum / contents.of(*id).norm.max(SHORT);
            let better = |a: &(SentenceId, f32), b: &(SentenceId, f32)| -> Ordering {
                likeness(b).total_cmp(&likeness(a)).then(a.0.cmp(&b.0))
            };
            found.select_nth_unstable_by(most, better);
            found.truncate(most);
        }
        found.sort_unstable_by_key(|(id, _)| *id);
        found
    }
}

impl Index {
    /// Indexes all sentences that can be answered, each said again once only.
    pub fn new(contents: &Contents) -> Self {
        let answerable = |id: &u32| {
            let content = &contents.sentences[*id as usize];
            !content.boilerplate && !content.repeated
        };
        let mut order: Vec<u32> = (0..contents.sentences.len() as u32).filter(answerable).collect();
        let norm = |id: &u32| contents.sentences[*id as usize].norm;
        order.sort_by(|a, b| norm(a).total_cmp(&norm(b)).then(a.cmp(b)));
        let mut starts = vec![0_u32; contents.term_count + 1];
        for &id in &order {
            for term in contents.terms(SentenceId(id)).iter().filter(|term| term.weight >= LIGHT) {
                starts[term.id as usize + 1] += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for &id in &order {
            for term in contents.terms(SentenceId(id)).iter().filter(|term| term.weight >= LIGHT) {
                let at = &mut next[term.id as usize];
                places[*at as usize] = id;
                *at += 1;
            }
        }
        let kept = (KEPT / order.len().max(1)).clamp(24, 512);
        Self { starts, places, kept }
    }

    /// The sentences most like `query` among those not in `own`.
    pub fn row(&self, contents: &Contents, query: SentenceId, own: &Range<u32>, sums: &mut Sums) -> Row {
        let mut terms: Vec<(f32, u32)> =
            contents.terms(query).iter().map(|term| (term.weight, term.id)).collect();
        terms.retain(|(weight, _)| *weight >= LIGHT);
        terms.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut left = BUDGET;
        for (weight, term) in terms {
            let places =
                &self.places[self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize];
            let visited = &places[..places.len().min(left)];
            left -= visited.len();
            for &place in visited.iter().filter(|place| !own.contains(place)) {
                sums.add(place, weight * weight);
            }
        }
        sums.take(contents, self.kept)
    }
}
