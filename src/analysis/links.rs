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
pub mod ground;
mod heard;
pub mod index;
pub mod names;
pub mod order;
pub mod reactions;
pub mod select;
pub mod vocabulary;
pub mod weigh;

use super::{Link, Marks, Weights, logistic};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::Lexicon;
use around::Rows;
use content::Contents;
use features::{Feature, Features};
pub use heard::Heard;
use heard::Hearing;
use index::Index;
use order::Order;
use select::{Pair, Selected};
use vocabulary::Vocabulary;
use weigh::{Around, Scales};

/// Likely claims weighed for one answer beside [`FOR_CANDIDATE`], in a small corpus.
const WEIGHED: usize = 20;
/// More of them for each candidate that is asked for.
const FOR_CANDIDATE: usize = 4;
/// Fewest, in a large one.
const WEIGHED_AT_LEAST: usize = 12;
/// Pairs weighed in all before fewer are for each answer.
const WEIGHED_IN_ALL: usize = 400_000;
/// Sentences up to which every pair is weighed; those not sought out are candidates at most.
const EVERY_PAIR: usize = 600;
/// Central sentences of each other statement that a sentence which denies or points back may answer.
const CENTRAL: usize = 2;
/// Most other statements whose central sentences are tried.
const MOST_STATEMENTS: usize = 8;
/// Likeness from which being the likest counts in full.
const LIKE: f32 = 0.05;

/// What was found between different statements.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Ordered by answer, then by score.
    pub links: Vec<Link>,
    /// One for each sentence, by its id; none at all if there is but one statement.
    pub heard: Vec<Heard>,
}

/// The links between different statements of `corpus`, and what each sentence has before it.
///
/// Links at or above the threshold are suggested, at most a few for each sentence, be it as answer
/// or as what is answered; up to `candidates` of the others for each sentence and other statement
/// are kept as such, and the best answer to a sentence that has none. A pair is suggested in one
/// direction only. A sentence that its statement says again is linked where it is said first.
pub fn find(
    corpus: &Corpus,
    marks: &[Marks],
    lexicon: &Lexicon,
    weights: &Weights,
    candidates: usize,
) -> Found {
    if corpus.statements.len() < 2 {
        return Found::default();
    }
    find_with(corpus, marks, lexicon, vocabulary::built_in(), weights.thresholds.link, candidates)
}

/// [`find`] with a vocabulary and a threshold of one's own.
pub fn find_with(
    corpus: &Corpus,
    marks: &[Marks],
    lexicon: &Lexicon,
    vocabulary: &Vocabulary,
    threshold: f32,
    candidates: usize,
) -> Found {
    let contents = Contents::read(corpus, vocabulary);
    let order = Order::read(corpus);
    let scales = Scales::new(corpus, marks, &contents, &order, lexicon, vocabulary);
    let mut selected = Selected::new(corpus, &order, threshold, candidates);
    let mut heard = vec![Heard::default(); corpus.sentences.len()];
    each_answer(&scales, candidates, |answer, before, pairs| {
        heard[answer.0 as usize] = before;
        selected.add(pairs);
    });
    Found { links: selected.finish().iter().map(|pair| evidence::link(&scales, pair)).collect(), heard }
}

/// Calls `each` with the pairs weighed of every sentence that could answer another.
pub fn each_pair(
    corpus: &Corpus,
    marks: &[Marks],
    lexicon: &Lexicon,
    vocabulary: &Vocabulary,
    candidates: usize,
    mut each: impl FnMut(Vec<Pair>),
) {
    let contents = Contents::read(corpus, vocabulary);
    let order = Order::read(corpus);
    let scales = Scales::new(corpus, marks, &contents, &order, lexicon, vocabulary);
    each_answer(&scales, candidates, |_, _, pairs| each(pairs));
}

/// Calls `each` with every sentence that could answer another, what it has before it, and its pairs.
fn each_answer(scales: &Scales, candidates: usize, mut each: impl FnMut(SentenceId, Heard, Vec<Pair>)) {
    let hearing = Hearing::new(scales.corpus, scales.contents, scales.order);
    let index = Index::new(scales.contents);
    let mut rows = Rows::new(scales.corpus, scales.contents, &index);
    let central = around::most_central(scales.corpus, &scales.central, CENTRAL);
    let count = scales.corpus.sentences.len();
    let wanted = candidates.saturating_mul(FOR_CANDIDATE).saturating_add(WEIGHED);
    let most = wanted.min((WEIGHED_IN_ALL / count.max(1)).max(WEIGHED_AT_LEAST)).max(candidates);
    for answer in (0..count as u32).map(SentenceId) {
        let content = scales.contents.of(answer);
        if content.boilerplate || content.repeated {
            continue;
        }
        let mut likely = rows.likely(answer, most);
        let before = hearing.of(answer, &rows);
        if turns_back(scales, answer) {
            likely.extend(others(scales.corpus, answer, &central).map(|id| (id, rows.around(answer, id))));
            likely.extend(scales.order.just_before(answer).map(|id| (id, rows.around(answer, id))));
        }
        likely.sort_unstable_by_key(|(id, _)| *id);
        likely.dedup_by_key(|(id, _)| *id);
        let sought: Vec<SentenceId> = likely.iter().map(|(id, _)| *id).collect();
        if count <= EVERY_PAIR {
            let others = unsought(scales.corpus, answer, &sought);
            likely.extend(others.map(|id| (id, rows.around(answer, id))));
            likely.sort_unstable_by_key(|(id, _)| *id);
        }
        each(answer, before, weighed(scales, answer, &likely, &sought));
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

/// The sentences of other statements than that of `answer` that are not among `sought`, which is in order.
fn unsought(corpus: &Corpus, answer: SentenceId, sought: &[SentenceId]) -> impl Iterator<Item = SentenceId> {
    let own = corpus.sentence(answer).statement;
    let all = (0..corpus.sentences.len() as u32).map(SentenceId);
    all.filter(move |id| corpus.sentence(*id).statement != own && sought.binary_search(id).is_err())
}

/// Whether a sentence may answer without sharing a word.
fn turns_back(scales: &Scales, answer: SentenceId) -> bool {
    let content = scales.contents.of(answer);
    let marked = scales.marks[answer.0 as usize].cues.iter().any(|cue| scales.role(cue.rule).is_some());
    marked || content.pointing || content.second_person || content.particulars.is_some()
}

/// The pairs of `answer` with the claims that it may answer, as their signs show them; those not
/// among `sought`, which is in order, cannot be suggested.
fn weighed(
    scales: &Scales,
    answer: SentenceId,
    likely: &[(SentenceId, Around)],
    sought: &[SentenceId],
) -> Vec<Pair> {
    let signs =
        |(claim, around): &(SentenceId, Around)| Some((*claim, scales.features(answer, *claim, *around)?));
    let mut pairs: Vec<(SentenceId, Features)> = likely.iter().filter_map(signs).collect();
    compared(&mut pairs);
    let pair = |(claim, features): &(SentenceId, Features)| {
        let (relation, sum, likely) = scales.relation(answer, *claim, features);
        let grounded = features.get(Feature::Thin) < 1.0;
        Pair {
            answer,
            claim: *claim,
            relation,
            sum,
            likely,
            score: logistic(sum),
            sought: sought.binary_search(claim).is_ok()
                && ground::is_firm(relation, features, scales.shortness(*claim)),
            grounded,
            suggested: false,
            features: *features,
        }
    };
    pairs.iter().map(pair).collect()
}

/// Adds the signs that compare the claims of one answer with each other.
pub fn compared(pairs: &mut [(SentenceId, Features)]) {
    for (sign, share) in
        [(Feature::Likeness, Feature::BestLikeness), (Feature::AnswerContext, Feature::BestContext)]
    {
        let most = pairs.iter().map(|(_, features)| features.get(sign)).fold(LIKE, f32::max);
        for (_, features) in &mut *pairs {
            features.set(share, features.get(sign) / most);
        }
    }
}
