//! The links of each sentence, strongest first, and the answers that the counterpart key goes to.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, Link, Status};
use crate::corpus::{Corpus, SentenceId, StatementId};

/// Links by sentence: places in [`Analysis::links`], the reader's own first, then what the reader
/// accepted, then the strongest.
#[derive(Debug, Default)]
pub struct Links {
    of: BTreeMap<SentenceId, Vec<usize>>,
}

impl Links {
    /// The links of `analysis` by sentence.
    pub fn of(analysis: &Analysis) -> Self {
        let mut of: BTreeMap<SentenceId, Vec<usize>> = BTreeMap::new();
        for (place, link) in analysis.links.iter().enumerate() {
            of.entry(link.from).or_default().push(place);
            of.entry(link.to).or_default().push(place);
        }
        for places in of.values_mut() {
            places.sort_by(|a, b| {
                let (a, b) = (&analysis.links[*a], &analysis.links[*b]);
                b.by.cmp(&a.by).then(b.score.total_cmp(&a.score))
            });
        }
        Self { of }
    }

    /// All links of a sentence, strongest first.
    pub fn all<'a>(&'a self, analysis: &'a Analysis, id: SentenceId) -> impl Iterator<Item = &'a Link> {
        self.of.get(&id).into_iter().flatten().map(|place| &analysis.links[*place])
    }

    /// The suggested links of a sentence, strongest first.
    pub fn suggested<'a>(&'a self, analysis: &'a Analysis, id: SentenceId) -> impl Iterator<Item = &'a Link> {
        self.all(analysis, id).filter(|link| link.status == Status::Suggested)
    }
}

/// The two statements with the most suggested links between them, if any two have one; of equal
/// pairs the first.
pub fn closest(corpus: &Corpus, analysis: &Analysis) -> Option<[StatementId; 2]> {
    let mut counts: BTreeMap<[StatementId; 2], usize> = BTreeMap::new();
    for link in analysis.links.iter().filter(|link| link.status == Status::Suggested) {
        let mut pair = [link.from, link.to].map(|id| corpus.sentence(id).statement);
        pair.sort();
        *counts.entry(pair).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(pair, _)| pair)
}
