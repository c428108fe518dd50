//! Fits the weights of words and pairs of words to sentences that people have labelled.
//!
//! A logistic regression over everything that one or two plain words can tell, on top of what the
//! lexicon's phrases and rules already count: their sum and the bias are given, only the weights of
//! wording are learned. The squares of the weights are held down (ridge); the features that weigh most
//! are kept and fitted once more without the others. There is no chance in it: equal input gives equal
//! weights. Names and figures are no features, so none gets a weight.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cues::{self, Coded, Reading};
use super::rhetoric::Repeated;
use super::weights::{Weights, logistic};
use super::wording_model::{Model, Rows};
use crate::lexicon::{CueKind, Lexicon};
use crate::text::Span;

/// A sentence that was labelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// The sentence alone.
    pub text: String,
    /// Whether it is of the kind.
    pub label: bool,
    /// How much it counts; usually 1.
    pub counts: f32,
    /// The stretches (bytes) that make it one of the kind, where they are known.
    pub marked: Vec<Range<usize>>,
}

/// How weights are fitted.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// What the labels mean.
    pub kind: CueKind,
    /// Most weights.
    pub most: usize,
    /// In how many sentences a feature stands at least.
    pub least: usize,
    /// How strongly weights are held down: half of this times the sum of their squares is added to the
    /// mean loss.
    pub ridge: f64,
    /// Fewest letters of each word of a feature; above one, only letters count.
    pub shortest: usize,
    /// Below this a weight is not worth its line.
    pub smallest: f32,
    /// Which share of a feature's places is at least marked; 0 asks for none.
    pub marked: f64,
    /// Whether weights may count against the kind.
    pub against: bool,
}

/// What was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Words and weight, heaviest first, then by words.
    pub weights: Vec<(String, f32)>,
    /// How well labels are told with the lexicon's phrases alone, and with the weights: area under the
    /// curve (chance that of two sentences the one of the kind scores higher), on the same sentences.
    pub curve: [f64; 2],
    /// How many sentences, and how many of the kind.
    pub sentences: [usize; 2],
}

/// Fits weights for one kind to `sentences`; those that `lexicon` has for the kind are left aside.
pub fn fit(sentences: &[Labelled], lexicon: Lexicon, weights: &Weights, settings: Settings) -> Fitted {
    let lexicon = lexicon.without_wording(settings.kind);
    let readings: Vec<Reading> = sentences.iter().map(reading).collect();
    let names = names(&readings);
    let given = sums_of(&readings, &lexicon, weights, settings.kind);
    let own = readings.iter().map(|reading| features(reading, &names, settings.shortest));
    let read: Vec<(f64, BTreeSet<String>)> = given.iter().copied().zip(own).collect();
    let features = frequent(&read, settings.least);
    let features = if settings.marked > 0.0 {
        marked(sentences, &readings, features, settings.marked)
    } else {
        features
    };
    let first = model(sentences, &read, &features, settings);
    let kept = heaviest(&features, &first.weights, settings);
    let last = model(sentences, &read, &kept, settings);
    let scores = last.sums();
    let mut fitted: Vec<(String, f32)> = kept
        .into_iter()
        .zip(&last.weights)
        .map(|(words, weight)| (words, (weight * 1000.0).round() as f32 / 1000.0))
        .filter(|(_, weight)| weight.abs() >= settings.smallest)
        .collect();
    fitted.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    let labels: Vec<bool> = sentences.iter().map(|sentence| sentence.label).collect();
    let of_kind = labels.iter().filter(|label| **label).count();
    Fitted {
        weights: fitted,
        curve: [area(&given, &labels), area(&scores, &labels)],
        sentences: [sentences.len(), of_kind],
    }
}

/// The sum of bias and cues of one kind for each sentence, in log-odds.
pub fn sums(sentences: &[Labelled], lexicon: &Lexicon, weights: &Weights, kind: CueKind) -> Vec<f64> {
    let readings: Vec<Reading> = sentences.iter().map(reading).collect();
    sums_of(&readings, lexicon, weights, kind)
}

fn sums_of(readings: &[Reading], lexicon: &Lexicon, weights: &Weights, kind: CueKind) -> Vec<f64> {
    let coded = Coded::of(lexicon);
    let sum = |reading: &Reading| {
        let cues = cues::cues(reading, lexicon, &coded, &Repeated::default());
        f64::from(weights.sum(kind, &cues))
    };
    readings.iter().map(sum).collect()
}

fn reading(sentence: &Labelled) -> Reading<'_> {
    Reading::new(&sentence.text, Span::new(0, sentence.text.len()))
}

/// The words that are mostly written with a capital where only names are.
fn names(readings: &[Reading]) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for reading in readings {
        for word in reading.words.iter().skip(1) {
            let capital = word.span.of(reading.text).starts_with(char::is_uppercase);
            seen.entry(word.folded.clone()).or_default()[usize::from(capital)] += 1;
        }
    }
    let named = seen.into_iter().filter(|(_, [small, capital])| 2 * capital > *small);
    named.map(|(word, _)| word).filter(|word| word != "i" && !word.starts_with("i'")).collect()
}

/// The plain words of a sentence and the pairs of them that stand together.
fn features(reading: &Reading, names: &BTreeSet<String>, shortest: usize) -> BTreeSet<String> {
    let long = |word: &str| {
        shortest <= 1 || (word.chars().count() >= shortest && word.chars().all(char::is_alphabetic))
    };
    let words: Vec<Option<&str>> =
        cues::plain(reading).map(|word| word.filter(|word| long(word) && !names.contains(*word))).collect();
    let pairs = words.windows(2).filter_map(|two| Some(format!("{} {}", two[0]?, two[1]?)));
    words.iter().flatten().map(|word| (*word).to_owned()).chain(pairs).collect()
}

/// The features of at least `least` sentences, in order.
fn frequent(read: &[(f64, BTreeSet<String>)], least: usize) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in read.iter().flat_map(|(_, features)| features) {
        *counts.entry(feature).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= least).map(|(words, _)| words.to_owned()).collect()
}

/// The features whose words are marked themselves, not only stand in sentences that are: in a text
/// about a quarrel, its subject is in all of those.
fn marked(sentences: &[Labelled], readings: &[Reading], features: Vec<String>, least: f64) -> Vec<String> {
    let mut places: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (sentence, reading) in sentences.iter().zip(readings) {
        let words: Vec<Option<&str>> = cues::plain(reading).collect();
        for length in 1..=2 {
            for (at, window) in words.windows(length).enumerate() {
                let Some(own) = window.iter().copied().collect::<Option<Vec<&str>>>() else { continue };
                let span = reading.span_of(&(at..at + length));
                let inside = sentence.marked.iter().any(|one| one.start < span.end && span.start < one.end);
                places.entry(own.join(" ")).or_default()[usize::from(inside)] += 1;
            }
        }
    }
    let mut features = features;
    features.retain(|words| {
        let [outside, inside] = places.get(words).copied().unwrap_or_default();
        inside as f64 >= least * (inside + outside) as f64
    });
    features
}

/// The features that weigh most, in order.
fn heaviest(features: &[String], weights: &[f64], settings: Settings) -> Vec<String> {
    let mut order: Vec<usize> = (0..features.len()).collect();
    order.sort_by(|a, b| weights[*b].abs().total_cmp(&weights[*a].abs()).then(a.cmp(b)));
    order.truncate(settings.most);
    order.retain(|feature| weights[*feature].abs() >= f64::from(settings.smallest));
    order.sort_unstable();
    order.into_iter().map(|feature| features[feature].clone()).collect()
}

fn model(
    sentences: &[Labelled],
    read: &[(f64, BTreeSet<String>)],
    features: &[String],
    settings: Settings,
) -> Model {
    let mut rows = Rows::new(features.len());
    for (sentence, (given, own)) in sentences.iter().zip(read) {
        let own = own.iter().filter_map(|words| features.binary_search(words).ok());
        rows.add(own, *given, sentence.label, f64::from(sentence.counts));
    }
    let lowest = if settings.against { f64::NEG_INFINITY } else { 0.0 };
    Model::fit(rows, settings.ridge, lowest)
}

/// The area under the curve; 0.5 if all labels are equal.
pub fn area(scores: &[f64], labels: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let (mut below, mut won, mut at) = (0.0, 0.0, 0);
    while at < order.len() {
        let equal = order[at..].iter().take_while(|one| scores[**one] <= scores[order[at]]).count();
        let positive = order[at..at + equal].iter().filter(|one| labels[**one]).count() as f64;
        let negative = equal as f64 - positive;
        won += positive * (below + negative / 2.0);
        below += negative;
        at += equal;
    }
    let positive = scores.len() as f64 - below;
    if positive > 0.0 && below > 0.0 { won / (positive * below) } else { 0.5 }
}

/// Of sentences by their score in tenths: how many there are, and how many of them are of the kind.
pub fn reliability(scores: &[f64], labels: &[bool]) -> [[usize; 2]; 10] {
    let mut table = [[0; 2]; 10];
    for (sum, label) in scores.iter().zip(labels) {
        let tenth = ((logistic(*sum as f32) * 10.0) as usize).min(9);
        table[tenth][0] += 1;
        table[tenth][1] += usize::from(*label);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(text: &str, label: bool) -> Labelled {
        Labelled { text: text.to_owned(), label, counts: 1.0, marked: Vec::new() }
    }

    fn settings() -> Settings {
        Settings {
            kind: CueKind::Claim,
            most: 100,
            least: 3,
            ridge: 0.01,
            shortest: 1,
            smallest: 0.05,
            marked: 0.0,
            against: true,
        }
    }

    #[test]
    fn words_of_the_kind_weigh_for_it_and_names_not_at_all() {
        let sentences: Vec<Labelled> = (0..20)
            .map(|n| match n % 2 {
                0 => labelled("In Zork the ministry bananas of Zork.", true),
                _ => labelled("In Blorb the ministry apples of Blorb.", false),
            })
            .collect();
        let fitted = fit(&sentences, Lexicon::built_in(), &Weights::built_in(), settings());
        let weight = |words: &str| fitted.weights.iter().find(|one| one.0 == words).map(|one| one.1);
        assert!(weight("bananas").is_some_and(|weight| weight > 0.05));
        assert!(weight("ministry apples").is_some_and(|weight| weight < -0.05));
        assert!(weight("zork").is_none() && weight("in zork").is_none());
        assert!((fitted.curve[1] - 1.0).abs() < 1e-9 && fitted.sentences == [20, 10]);
        assert_eq!(fit(&sentences, Lexicon::built_in(), &Weights::built_in(), settings()), fitted);
    }

    #[test]
    fn a_word_of_the_subject_is_not_one_of_the_kind() {
        let plain = || labelled("the harbour was open", false);
        let mut loud = labelled("the harbour was hellish", true);
        loud.marked = std::iter::once(16..23).collect();
        let sentences: Vec<Labelled> =
            (0..20).map(|n| if n % 4 == 0 { plain() } else { loud.clone() }).collect();
        let fitted = fit(
            &sentences,
            Lexicon::built_in(),
            &Weights::built_in(),
            Settings { marked: 0.5, ..settings() },
        );
        let words: Vec<&str> = fitted.weights.iter().map(|one| one.0.as_str()).collect();
        assert!(words.contains(&"hellish") && !words.contains(&"harbour"), "{words:?}");
    }

    #[test]
    fn the_area_is_the_chance_to_rank_two_rightly() {
        assert!((area(&[0.1, 0.2, 0.3], &[false, false, true]) - 1.0).abs() < 1e-9);
        assert!((area(&[0.1, 0.3, 0.2], &[false, false, true]) - 0.5).abs() < 1e-9);
        assert!((area(&[0.2, 0.2], &[false, true]) - 0.5).abs() < 1e-9);
        assert!((area(&[], &[]) - 0.5).abs() < 1e-9);
    }
}
