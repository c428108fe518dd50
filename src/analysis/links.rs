//! Which sentences answer each other.
//!
//! ```text
//! sentences ─ content ─► terms ─ index ─► rows of likely pairs ─ around ─► the best few
//!           ─ weigh ─► signs, relation, score ─ select ─► links ─ evidence ─► why
//! ```
//! Never all pairs: a sentence is compared only with those that share rare terms with it or its
//! neighbours, and, where it denies or points back, with the other side's central charges and the
//! end of the turn before. Each pair is weighed by named signs, once for each relation; the
//! heaviest relation names the link and its sum, as a logistic, is the score.

pub mod around;
pub mod content;
pub mod evidence;
pub mod features;
pub mod index;
pub mod names;
pub mod order;
pub mod select;
pub mod vocabulary;
pub mod weigh;

use super::{Link, Marks, Weights};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::Lexicon;
use around::Rows;
use content::Contents;
use features::{Features, logistic};
use index::Index;
use order::Order;
use select::Pair;
use weigh::{Around, Scales};

/// Pairs weighed for each sentence and other statement, beside those that are kept.
const WEIGHED: usize = 4;
/// Most links kept for one sentence, over all other statements.
const MOST_OF_ONE: usize = 64;
/// Central sentences of each other statement that a sentence which denies or points back may answer.
const CENTRAL: usize = 2;
/// Most other statements whose central sentences are tried.
const MOST_STATEMENTS: usize = 8;

/// The links between different statements of `corpus`, ordered by answer, then by score.
///
/// Links at or above the threshold are suggested, at most a few for each sentence and other
/// statement; up to `candidates` of the others are kept as such. A pair is suggested in one
/// direction only.
pub fn find(
    corpus: &Corpus,
    marks: &[Marks],
    lexicon: &Lexicon,
    weights: &Weights,
    candidates: usize,
) -> Vec<Link> {
    if corpus.statements.len() < 2 {
        return Vec::new();
    }
    let vocabulary = vocabulary::built_in();
    let contents = Contents::read(corpus, vocabulary);
    let order = Order::read(corpus);
    let central = around::central(corpus, &contents, marks);
    let roles = weigh::roles(lexicon, vocabulary);
    let scales = Scales { corpus, marks, contents: &contents, order: &order, vocabulary, roles, central };
    let threshold = weights.thresholds.link;
    let mut kept = Vec::new();
    each_answer(&scales, candidates, |pairs| {
        kept.extend(select::best(corpus, pairs, threshold, candidates, MOST_OF_ONE));
    });
    select::one_way(&order, corpus, &mut kept);
    kept.iter().map(|pair| evidence::link(&scales, pair, threshold)).collect()
}

/// Calls `each` with the pairs of every sentence that could answer another.
fn each_answer(scales: &Scales, candidates: usize, mut each: impl FnMut(Vec<Pair>)) {
    let index = Index::new(scales.contents);
    let mut rows = Rows::new(scales.corpus, scales.contents, &index);
    let central = around::most_central(scales.corpus, &scales.central, CENTRAL);
    for at in 0..scales.corpus.sentences.len() as u32 {
        let answer = SentenceId(at);
        if scales.contents.of(answer).boilerplate {
            continue;
        }
        let mut likely = rows.likely(answer, candidates + WEIGHED);
        if turns_back(scales, answer) {
            likely.extend(others(scales.corpus, answer, &central).map(|id| (id, rows.around(answer, id))));
            likely.extend(scales.order.just_before(answer).map(|id| (id, rows.around(answer, id))));
        }
        likely.sort_unstable_by_key(|(id, _)| *id);
        likely.dedup_by_key(|(id, _)| *id);
        each(
            likely.into_iter().filter_map(|(claim, around)| weighed(scales, answer, claim, around)).collect(),
        );
    }
}

/// Central sentences of the statements around that of `answer`.
fn others<'c>(
    corpus: &Corpus,
    answer: SentenceId,
    central: &'c [Vec<SentenceId>],
) -> impl Iterator<Item = SentenceId> + use<'c> {
    let own = corpus.sentence(answer).statement.0 as usize;
    let from = own.saturating_sub(MOST_STATEMENTS / 2);
    let near = central.iter().enumerate().skip(from).take(MOST_STATEMENTS + 1);
    near.filter(move |(statement, _)| *statement != own).flat_map(|(_, ids)| ids.iter().copied())
}

/// Whether a sentence may answer without sharing a word.
fn turns_back(scales: &Scales, answer: SentenceId) -> bool {
    let content = scales.contents.of(answer);
    let marked = scales.marks[answer.0 as usize].cues.iter().any(|cue| scales.role(cue.rule).is_some());
    marked || content.pointing || content.second_person || content.particulars.is_some()
}

/// The pair as its signs show it; nothing if it cannot be a link.
fn weighed(scales: &Scales, answer: SentenceId, claim: SentenceId, around: Around) -> Option<Pair> {
    let features: Features = scales.features(answer, claim, around)?;
    let (relation, sum) = scales.relation(answer, claim, &features);
    Some(Pair { answer, claim, relation, sum, score: logistic(sum), suggested: false })
}
