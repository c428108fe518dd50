//! Fits which words of a sentence are set off, where people have marked stretches.
//!
//! Each word of a sentence is a row: itself, its vector, the sum of its sentence's score, whether it is a
//! name or a figure, and whether a phrase has it; its label is whether it was marked. The sums are those of weights that have not
//! seen the sentence. How runs are made of words is told in [`crate::analysis::marking`].

use super::{Alike, Known, Labelled, Settings, Weighted, alike, reading, rounded};
use crate::analysis::cues::{is_figure, plain};
use crate::analysis::marking::Marking;
use crate::analysis::wording_model::{Model, Rows};
use std::collections::BTreeMap;

/// As how many a marked word counts: marks are rare, and one that is missed is worse than one too much.
const COUNTS: f64 = 3.0;
/// How strongly the weights are held down.
const RIDGE: f64 = 3e-5;
/// In how many places a word with a weight of its own stands at least.
const LEAST: usize = 3;
/// What a row has beside its word and vector: 1, the sum, the sum above 0, name, figure, phrase.
const OTHERS: usize = 6;

/// What tells which words are set off.
#[derive(Clone, Debug, PartialEq)]
pub struct SetOff {
    /// Heaviest first, then by words.
    pub weights: Vec<Weighted>,
    /// Words that weigh by likeness alone, in their order.
    pub alike: Vec<Alike>,
    /// What else a word has; nothing is said of where a run begins and ends.
    pub marking: Marking,
}

/// One word of a sentence.
struct Place<'s> {
    /// `None` is a name, or a figure.
    word: Option<&'s str>,
    figure: bool,
    phrase: bool,
    marked: bool,
}

/// Fits to sentences whose scores have these `sums`.
pub(super) fn fit(known: &Known, sums: &[f64], settings: Settings) -> SetOff {
    let words = frequent(known);
    let mut rows = Rows::new(words.len(), known.vectors.dimensions() + OTHERS);
    let phrases = known.phrases.iter();
    for ((sentence, sum), phrases) in
        known.sentences.iter().zip(sums).zip(phrases).filter(|((one, _), _)| is_told(one))
    {
        each(known, sentence, phrases, |place| {
            let own =
                place.word.and_then(|word| words.binary_search_by(|known| known.as_str().cmp(word)).ok());
            let counts = if place.marked { COUNTS } else { 1.0 };
            rows.add(own.into_iter(), &values(known, &place, *sum), 0.0, place.marked, counts);
        });
    }
    let model = Model::fit(rows, RIDGE);
    let (own, values) = model.weights.split_at(words.len());
    let (likeness, others) = values.split_at(known.vectors.dimensions());
    let by_likeness = |word: &str| known.vectors.weight_of(word, likeness);
    let mut weights: Vec<Weighted> = words
        .into_iter()
        .zip(own)
        .map(|(words, own)| Weighted { weight: rounded(own + by_likeness(&words)), mark: true, words })
        .filter(|one| one.weight.abs() >= settings.smallest)
        .collect();
    weights.sort_by(Weighted::heavier);
    let alike = alike(&known.words, known.vectors, &weights, by_likeness, settings.smallest);
    let [bias, sentence, above, name, figure, phrase] = std::array::from_fn(|at| rounded(others[at]));
    SetOff {
        weights,
        alike,
        marking: Marking { bias, sentence, above, name, figure, phrase, ..Marking::default() },
    }
}

/// Whether it is known which words of a sentence are marked: none is if it is not of the kind.
fn is_told(sentence: &Labelled) -> bool {
    !sentence.label || !sentence.marked.is_empty()
}

/// Each word of a sentence but those that it quotes.
fn each<'k>(known: &'k Known, sentence: &'k Labelled, phrases: &[bool], mut take: impl FnMut(Place)) {
    let reading = reading(sentence);
    for ((word, plain), phrase) in reading.words.iter().zip(plain(&reading)).zip(phrases) {
        if reading.is_quoted(word.span) {
            continue;
        }
        let (start, end) = (word.span.start, word.span.end);
        take(Place {
            word: plain.filter(|word| !known.names.contains(*word)),
            figure: is_figure(&reading, word),
            phrase: *phrase,
            marked: sentence.marked.iter().any(|one| one.start < end && start < one.end),
        });
    }
}

fn values(known: &Known, place: &Place, sum: f64) -> Vec<f64> {
    let mut values = vec![0.0; known.vectors.dimensions()];
    if let Some(vector) = place.word.and_then(|word| known.vectors.of(word)) {
        values.copy_from_slice(vector);
    }
    let is = |truth: bool| f64::from(u8::from(truth));
    values.extend([
        1.0,
        sum,
        sum.max(0.0),
        is(place.word.is_none() && !place.figure),
        is(place.figure),
        is(place.phrase),
    ]);
    values
}

/// The words that stand in at least [`LEAST`] places, in order.
fn frequent(known: &Known) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (sentence, phrases) in known.sentences.iter().zip(&known.phrases).filter(|(one, _)| is_told(one)) {
        each(known, sentence, phrases, |place| {
            if let Some(word) = place.word {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        });
    }
    counts.into_iter().filter(|(_, count)| *count >= LEAST).map(|(word, _)| word).collect()
}
