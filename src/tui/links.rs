//! The links of each sentence, strongest first, and the answers that the counterpart key goes to.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::{Analysis, Link, Status};
use crate::corpus::{Corpus, SentenceId, StatementId};

/// Links by sentence: places in [`Analysis::links`], the reader's own first, then what the reader
/// accepted, then the strongest.
#[derive(Debug, Default)]
pub struct Links {
    /// Where the places of each sentence begin in `places`, and one past the last.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Links {
    /// The links of `analysis` by sentence.
    pub fn of(analysis: &Analysis) -> Self {
        let ends = |link: &Link| [link.from.0 as usize, link.to.0 as usize];
        let last = analysis.links.iter().flat_map(ends).max().unwrap_or(0);
        let mut starts = vec![0; last + 2];
        for end in analysis.links.iter().flat_map(ends) {
            starts[end + 1] += 1;
        }
        for end in 1..starts.len() {
            starts[end] += starts[end - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0; starts[last + 1] as usize];
        for (place, link) in analysis.links.iter().enumerate() {
            for end in ends(link) {
                places[next[end] as usize] = place as u32;
                next[end] += 1;
            }
        }
        for own in starts.windows(2) {
            places[own[0] as usize..own[1] as usize].sort_by(|a, b| {
                let (a, b) = (&analysis.links[*a as usize], &analysis.links[*b as usize]);
                b.by.cmp(&a.by).then(b.score.total_cmp(&a.score))
            });
        }
        Self { starts, places }
    }

    /// All links of a sentence, strongest first.
    pub fn all<'a>(&'a self, analysis: &'a Analysis, id: SentenceId) -> impl Iterator<Item = &'a Link> {
        let at = |number: usize| self.starts.get(number).map(|start| *start as usize);
        let own = at(id.0 as usize).zip(at(id.0 as usize + 1));
        let own = own.map_or(&[][..], |(start, end)| &self.places[start..end]);
        own.iter().map(|place| &analysis.links[*place as usize])
    }

    /// The suggested links of a sentence, strongest first.
    pub fn suggested<'a>(&'a self, analysis: &'a Analysis, id: SentenceId) -> impl Iterator<Item = &'a Link> {
        self.all(analysis, id).filter(|link| link.status == Status::Suggested)
    }
}

/// The two statements that answer each other most, if any two have a suggested link: those of which the
/// most sentences are linked on either side and the shorter one says most, one as weighty as the other;
/// then those of which it says most, then those with the most links; of equal pairs the first.
///
/// Many links to one sentence are one quarrel: a long answer to a short aside is not put first. Nor are
/// those who only ask, if others have links.
pub fn closest(corpus: &Corpus, analysis: &Analysis) -> Option<[StatementId; 2]> {
    let mut pairs: BTreeMap<[StatementId; 2], [BTreeSet<SentenceId>; 2]> = BTreeMap::new();
    let mut counts: BTreeMap<[StatementId; 2], usize> = BTreeMap::new();
    for link in analysis.links.iter().filter(|link| link.status == Status::Suggested) {
        let mut ends = [link.from, link.to];
        ends.sort_by_key(|id| corpus.sentence(*id).statement);
        let pair = ends.map(|id| corpus.sentence(id).statement);
        *counts.entry(pair).or_default() += 1;
        for (own, end) in pairs.entry(pair).or_default().iter_mut().zip(ends) {
            own.insert(end);
        }
    }
    let askers = corpus.askers();
    let weight = |pair: &[StatementId; 2], [one, other]: &[BTreeSet<SentenceId>; 2]| {
        let asks = pair.iter().any(|id| askers.contains(id));
        let said = pair.iter().map(|id| corpus.sentences_of(*id).len()).min().unwrap_or(0);
        (!asks, one.len().min(other.len()) * said, said, counts.get(pair).copied())
    };
    let best = pairs.iter().rev().max_by_key(|(pair, ends)| weight(pair, ends));
    best.map(|(pair, _)| *pair)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::{By, Relation, Signs};
    use crate::attribution::Kind;
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    /// Links between three statements: two of three sentences, then one of one.
    fn check(links: &[(u32, u32, f32)], best: Option<[u32; 2]>, of_first: &[u32]) {
        let texts = ["We saw it. It was late. They ran.", "Nobody ran. It was noon. We slept.", "All ran."];
        let documents = texts.map(|text| {
            Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto).expect("it is text")
        });
        let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
        let corpus = Corpus::read(documents.into(), reading, Speech::built_in(), abbreviations());
        let link = |(from, to, score): &(u32, u32, f32)| Link {
            from: SentenceId(*from),
            to: SentenceId(*to),
            relation: Relation::Rebuts,
            score: *score,
            status: Status::Suggested,
            by: if *score >= 1.0 { By::Reader } else { By::Program },
            evidence: Vec::new(),
            signs: Signs::default(),
        };
        let analysis = Analysis { links: links.iter().map(link).collect(), ..Analysis::default() };
        assert_eq!(closest(&corpus, &analysis), best.map(|pair| pair.map(StatementId)));
        let found = Links::of(&analysis);
        let first: Vec<u32> =
            found.all(&analysis, SentenceId(0)).map(|link| link.other_end(SentenceId(0)).0).collect();
        assert_eq!(first, of_first);
    }

    #[test]
    fn the_readers_own_link_comes_first_and_then_the_strongest() {
        check(&[(0, 3, 0.5), (4, 0, 0.9), (0, 5, 1.0)], Some([0, 1]), &[5, 4, 3]);
        check(&[], None, &[]);
        check(&[(6, 5, 0.7)], Some([1, 2]), &[]);
    }

    #[test]
    fn statements_that_answer_each_other_stand_before_many_answers_to_one_sentence() {
        check(&[(0, 6, 0.9), (1, 6, 0.9), (2, 6, 0.9), (3, 0, 0.6), (4, 1, 0.6)], Some([0, 1]), &[6, 3]);
        check(&[(0, 6, 0.9), (1, 6, 0.9), (3, 0, 0.6)], Some([0, 1]), &[6, 3]);
    }
}
