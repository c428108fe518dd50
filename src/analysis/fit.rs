//! Fits the weights of words and pairs of words to sentences that people have labelled.
//!
//! A logistic regression over everything that one or two plain words can tell, on top of what the
//! lexicon's phrases and rules already count: their sum and the bias are given, only the weights of
//! wording are learned, and of words that no phrase of the kind has counted. The squares of the weights
//! are held down (ridge); the features that weigh most are kept and fitted once more without the others.
//! Where there are word vectors, their sum over a sentence is weighed as well. That is linear, so each
//! word has its share of it: what it weighs because of what it is like. There is no chance in it: equal
//! input gives equal weights. Names and figures are no features, so none gets a weight.

mod set_off;
mod vectors;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Cue;
use super::cues::{self, Coded, Reading};
use super::rhetoric::Repeated;
use super::weights::{Weights, logistic};
use super::wording_model::{Model, Rows};
use crate::lexicon::file::HEAVIEST;
use crate::lexicon::wording::OPENING;
use crate::lexicon::{CueKind, Lexicon, RuleId};
use crate::text::Span;
pub use set_off::SetOff;
pub use vectors::Vectors;

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
    /// Most weights of words' and pairs' own.
    pub most: usize,
    /// In how many sentences a feature stands at least.
    pub least: usize,
    /// How strongly weights are held down: half of this times the sum of their squares is added to the
    /// mean loss.
    pub ridge: f64,
    /// Below this a weight is not worth its line.
    pub smallest: f32,
    /// Nor is, below this, what a word weighs by likeness alone.
    pub faint: f32,
    /// Which share of a word's places is at least marked if it is a mark itself.
    pub marked: f64,
    /// Whether the bias and the weights of the rules are fitted too.
    pub rules: bool,
    /// Whether pairs of words are features, beside single ones.
    pub pairs: bool,
    /// Whether the word that opens a sentence is one as such.
    pub openings: bool,
}

/// What was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Heaviest first, then by words.
    pub weights: Vec<Weighted>,
    /// Words that weigh by likeness alone, in their order.
    pub alike: Vec<Alike>,
    /// How well labels are told with the lexicon's phrases alone, and with the weights: area under the
    /// curve (chance that of two sentences the one of the kind scores higher), on the same sentences.
    pub curve: [f64; 2],
    /// How many sentences, and how many of the kind.
    pub sentences: [usize; 2],
    /// By how much another bias would fit better still; the weights rely on it if rules are fitted.
    pub shift: f64,
    /// If rules are fitted: each rule of the kind that was found, and what its weights are to be
    /// multiplied with. The weights rely on that.
    pub factors: Vec<(String, f64)>,
    /// Of rhetoric, where stretches are known: which words are set off.
    pub set_off: Option<SetOff>,
}

/// A word or pair with a weight of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighted {
    /// One, or two with a space between.
    pub words: String,
    /// In log-odds; with what it weighs by likeness.
    pub weight: f32,
    /// Whether it is mostly marked itself, not only stands in sentences that are: in a text about a
    /// quarrel, its subject is in all of those.
    pub mark: bool,
}

impl Weighted {
    /// Heaviest first, then by words.
    fn heavier(&self, other: &Self) -> Ordering {
        let by_words = || self.words.cmp(&other.words);
        other.weight.abs().total_cmp(&self.weight.abs()).then_with(by_words)
    }
}

/// A word that weighs by likeness alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// The word.
    pub word: String,
    /// In log-odds.
    pub weight: f32,
    /// The nearest word with a weight of its own that counts to the same side, if one is near.
    pub like: Option<String>,
}

/// Labelled sentences with what is known of them before weights are.
struct Known<'s> {
    sentences: &'s [Labelled],
    /// Bias and cues.
    given: Vec<f64>,
    /// Words and pairs, as often as they stand there.
    features: Vec<Vec<String>>,
    vectors: &'s Vectors,
    /// The sums of the words' vectors; then, if rules are fitted, 1 and what each rule adds.
    values: Vec<Vec<f64>>,
    /// The rules that are fitted.
    rules: Vec<RuleId>,
    /// Words that may have a weight.
    words: BTreeSet<String>,
    /// Words that are names, and have none.
    names: BTreeSet<String>,
    /// Which words of each sentence stand in a phrase that counts.
    phrases: Vec<Vec<bool>>,
}

/// Fits weights for one kind to `sentences`; those that `lexicon` has for the kind are left aside. The
/// words of `further` texts weigh as well, by what they are like; without vectors (the default) none
/// does.
pub fn fit(
    sentences: &[Labelled],
    further: &[String],
    lexicon: Lexicon,
    weights: &Weights,
    vectors: &Vectors,
    settings: Settings,
) -> Fitted {
    let lexicon = lexicon.without_wording(settings.kind);
    let known = Known::new(sentences, further, &lexicon, weights, vectors, settings);
    let features = frequent(&known.features, settings.least);
    let first = Model::fit(known.rows(&features, |_| true), settings.ridge);
    let kept = heaviest(&features, &first.weights, settings);
    let last = Model::fit(known.rows(&kept, |_| true), settings.ridge);
    let (own, values) = last.weights.split_at(kept.len());
    let (values, rules) = values.split_at(vectors.dimensions());
    let marks = marks(sentences, settings.marked);
    let by_likeness = |word: &str| vectors.weight_of(word, values);
    let mut fitted: Vec<Weighted> = kept
        .iter()
        .cloned()
        .zip(own)
        .map(|(words, weight)| {
            let weight = rounded(weight + by_likeness(&words));
            Weighted { weight, mark: weight > 0.0 && marks.contains(&words), words }
        })
        .filter(|one| one.weight != 0.0)
        .collect();
    fitted.sort_by(Weighted::heavier);
    let alike = alike(&known.words, vectors, &fitted, by_likeness, settings.faint);
    let has_stretches =
        settings.kind == CueKind::Rhetoric && sentences.iter().any(|one| !one.marked.is_empty());
    let set_off =
        has_stretches.then(|| set_off::fit(&known, &known.held_out(&kept, settings.ridge), settings));
    let labels: Vec<bool> = sentences.iter().map(|sentence| sentence.label).collect();
    let scores = last.sums();
    let of_kind = labels.iter().filter(|label| **label).count();
    let factors = known.rules.iter().zip(rules.iter().skip(1));
    Fitted {
        weights: fitted,
        alike,
        curve: [area(&known.given, &labels), area(&scores, &labels)],
        sentences: [sentences.len(), of_kind],
        shift: rules.first().copied().unwrap_or_else(|| shift(&scores, sentences)),
        factors: factors.map(|(rule, more)| (lexicon.rule(*rule).id.clone(), 1.0 + more)).collect(),
        set_off,
    }
}

/// A weight as a file holds it: with three decimals, and no heavier than may be. Few sentences, all of
/// one mind, would make it so.
fn rounded(weight: f64) -> f32 {
    ((weight * 1000.0).round() as f32 / 1000.0).clamp(-HEAVIEST, HEAVIEST)
}

impl<'s> Known<'s> {
    fn new(
        sentences: &'s [Labelled],
        further: &[String],
        lexicon: &Lexicon,
        weights: &Weights,
        vectors: &'s Vectors,
        settings: Settings,
    ) -> Self {
        let kind = settings.kind;
        let readings: Vec<Reading> = sentences.iter().map(reading).collect();
        let others: Vec<Reading> =
            further.iter().map(|text| Reading::new(text, Span::new(0, text.len()))).collect();
        let names = names(readings.iter().chain(&others));
        let coded = Coded::of(lexicon);
        let (mut given, mut found, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        for reading in &readings {
            let cues = cues::cues(reading, lexicon, weights, &coded, &Repeated::default());
            given.push(f64::from(weights.sum(kind, &cues)));
            phrases.push(cues::in_phrases(reading, &cues, kind));
            if settings.rules {
                found.push(by_rule(&cues, kind));
            }
        }
        let rules: BTreeSet<RuleId> = found.iter().flat_map(BTreeMap::keys).copied().collect();
        let (mut features, mut values) = (Vec::new(), Vec::new());
        let mut words: BTreeSet<String> = others
            .iter()
            .flat_map(|reading| cues::plain(reading).skip(1).flatten())
            .filter(|word| !names.contains(*word))
            .map(str::to_owned)
            .collect();
        for (row, reading) in readings.iter().enumerate() {
            let free = cues::free(reading, lexicon, kind);
            let own: Vec<Option<&str>> =
                free.into_iter().map(|word| word.filter(|word| !names.contains(*word))).collect();
            let mut sum = vec![0.0; vectors.dimensions()];
            for (at, word) in own.iter().enumerate().filter_map(|(at, word)| Some((at, (*word)?))) {
                for (sum, value) in sum.iter_mut().zip(vectors.of(word).unwrap_or_default()) {
                    *sum += value;
                }
                // A word that only opens sentences may be a name.
                if at > 0 && !words.contains(word) {
                    words.insert(word.to_owned());
                }
            }
            let pairs = own.windows(2).filter(|_| settings.pairs);
            let pairs = pairs.filter_map(|two| Some(format!("{} {}", two[0]?, two[1]?)));
            let first = own.first().copied().flatten().filter(|_| settings.openings);
            let opening = first.map(|word| format!("{OPENING} {word}"));
            let pairs = pairs.chain(opening);
            features.push(own.iter().flatten().map(|word| (*word).to_owned()).chain(pairs).collect());
            if let Some(found) = found.get(row) {
                sum.push(1.0);
                sum.extend(rules.iter().map(|rule| found.get(rule).copied().unwrap_or_default()));
            }
            values.push(sum);
        }
        let rules = rules.into_iter().collect();
        Self { sentences, given, features, vectors, values, rules, words, names, phrases }
    }

    /// The sentences that `keep` takes, as rows of these features.
    fn rows(&self, features: &[String], keep: impl Fn(usize) -> bool) -> Rows {
        let width = self.values.first().map_or(0, Vec::len);
        let mut rows = Rows::new(features.len(), width);
        for (row, sentence) in self.sentences.iter().enumerate().filter(|(row, _)| keep(*row)) {
            let own = self.features[row].iter().filter_map(|words| features.binary_search(words).ok());
            let counts = f64::from(sentence.counts);
            rows.add(own, &self.values[row], self.given[row], sentence.label, counts);
        }
        rows
    }

    /// The sum of each sentence by weights that were fitted without it and those around it: by weights
    /// that have seen its label every sentence seems surer than a new one is.
    fn held_out(&self, features: &[String], ridge: f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.sentences.len()];
        for fold in 0..FOLDS {
            let is_held = |row: usize| row / FOLD % FOLDS == fold;
            let model = Model::fit(self.rows(features, |row| !is_held(row)), ridge);
            let held = self.rows(features, is_held).sums(&model.weights);
            for (row, sum) in (0..sums.len()).filter(|row| is_held(*row)).zip(held) {
                sums[row] = sum;
            }
        }
        sums
    }
}

/// Into how many parts sentences are cut, each held out in turn, and how many of a part stand together.
const FOLDS: usize = 5;
const FOLD: usize = 200;

/// Those of `words` without a weight of their own, with what they weigh by likeness.
fn alike(
    words: &BTreeSet<String>,
    vectors: &Vectors,
    fitted: &[Weighted],
    by_likeness: impl Fn(&str) -> f64,
    faint: f32,
) -> Vec<Alike> {
    let own: BTreeSet<&str> = fitted.iter().map(|one| one.words.as_str()).collect();
    let heavy: Vec<(&Weighted, &[f64])> = fitted
        .iter()
        .filter(|one| one.weight.abs() >= HEAVY)
        .filter_map(|one| Some((one, vectors.of(&one.words)?)))
        .collect();
    let others = words.iter().filter(|word| !own.contains(word.as_str()));
    let weighed = others.map(|word| (word, rounded(by_likeness(word))));
    let told = weighed.filter(|(_, weight)| weight.abs() >= faint);
    told.map(|(word, weight)| {
        let vector = vectors.of(word).unwrap_or_default();
        let same_side = heavy.iter().filter(|(one, _)| (one.weight > 0.0) == (weight > 0.0));
        let near = same_side.map(|(one, other)| (vectors::cosine(vector, other), one));
        let nearest = near.filter(|(near, _)| *near >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0));
        Alike { word: word.clone(), weight, like: nearest.map(|(_, one)| one.words.clone()) }
    })
    .collect()
}

/// From which weight on a word is named as what another weighs like, and how near it must be to it.
const HEAVY: f32 = 0.2;
const NEAR: f64 = 0.4;

/// How much must be added to all sums for the labels to fit best: the zero of the slope, halved in.
fn shift(scores: &[f64], sentences: &[Labelled]) -> f64 {
    let slope = |shift: f64| {
        let errors = scores.iter().zip(sentences).map(|(score, sentence)| {
            let probability = 1.0 / (1.0 + (-(score + shift)).exp());
            f64::from(sentence.counts) * (probability - f64::from(u8::from(sentence.label)))
        });
        errors.sum::<f64>()
    };
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if slope(middle) > 0.0 { high = middle } else { low = middle }
    }
    f64::midpoint(low, high)
}

/// The sum of bias and cues of one kind for each sentence, in log-odds.
pub fn sums(sentences: &[Labelled], lexicon: &Lexicon, weights: &Weights, kind: CueKind) -> Vec<f64> {
    let coded = Coded::of(lexicon);
    let sum = |sentence: &Labelled| {
        let cues = cues::cues(&reading(sentence), lexicon, weights, &coded, &Repeated::default());
        f64::from(weights.sum(kind, &cues))
    };
    sentences.iter().map(sum).collect()
}

/// What each rule of a kind adds to the sum of a sentence with these cues.
fn by_rule(cues: &[Cue], kind: CueKind) -> BTreeMap<RuleId, f64> {
    let mut found: BTreeMap<RuleId, f64> = BTreeMap::new();
    for cue in cues.iter().filter(|cue| cue.kind == kind && cue.weight != 0.0) {
        *found.entry(cue.rule).or_default() += f64::from(cue.weight);
    }
    found
}

fn reading(sentence: &Labelled) -> Reading<'_> {
    Reading::new(&sentence.text, Span::new(0, sentence.text.len()))
}

/// The words that are mostly written with a capital where only names are.
fn names<'r>(readings: impl Iterator<Item = &'r Reading<'r>>) -> BTreeSet<String> {
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

/// The features of at least `least` sentences, in order.
fn frequent(read: &[Vec<String>], least: usize) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (row, features) in read.iter().enumerate() {
        for feature in features {
            let (count, last) = counts.entry(feature).or_insert((0, usize::MAX));
            if *last != row {
                (*count, *last) = (*count + 1, row);
            }
        }
    }
    counts.into_iter().filter(|(_, (count, _))| *count >= least).map(|(words, _)| words.to_owned()).collect()
}

/// The words and pairs whose places are marked, `least` of them and one more unmarked one.
fn marks(sentences: &[Labelled], least: f64) -> BTreeSet<String> {
    let mut places: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for sentence in sentences {
        let reading = reading(sentence);
        let words: Vec<Option<&str>> = cues::plain(&reading).collect();
        for length in 1..=2 {
            for (at, window) in words.windows(length).enumerate() {
                let Some(own) = window.iter().copied().collect::<Option<Vec<&str>>>() else { continue };
                let span = reading.span_of(&(at..at + length));
                let inside = sentence.marked.iter().any(|one| one.start < span.end && span.start < one.end);
                places.entry(own.join(" ")).or_default()[usize::from(inside)] += 1;
            }
        }
    }
    let fits = |words: &str| words.split(' ').any(is_long);
    let marked = |places: [usize; 2]| places[1] as f64 >= least * (places[0] + places[1] + 1) as f64;
    places
        .into_iter()
        .filter(|(words, places)| fits(words) && marked(*places))
        .map(|(words, _)| words)
        .collect()
}

/// Whether a word is more than a link between others.
pub fn is_long(word: &str) -> bool {
    word.chars().count() >= LONG && word.chars().all(char::is_alphabetic)
}

/// Fewest letters of a word that may be a mark.
const LONG: usize = 4;

/// The features that weigh most, in order.
fn heaviest(features: &[String], weights: &[f64], settings: Settings) -> Vec<String> {
    let mut order: Vec<usize> = (0..features.len()).collect();
    order.sort_by(|a, b| weights[*b].abs().total_cmp(&weights[*a].abs()).then(a.cmp(b)));
    order.truncate(settings.most);
    order.retain(|feature| weights[*feature].abs() >= f64::from(settings.smallest));
    order.sort_unstable();
    order.into_iter().map(|feature| features[feature].clone()).collect()
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
            smallest: 0.05,
            faint: 0.02,
            marked: 0.5,
            rules: false,
            pairs: true,
            openings: false,
        }
    }

    fn fitted(sentences: &[Labelled], further: &[String], vectors: &Vectors) -> Fitted {
        fit(sentences, further, Lexicon::built_in(), &Weights::built_in(), vectors, settings())
    }

    fn fruit() -> Vec<Labelled> {
        (0..20)
            .map(|n| match n % 2 {
                0 => labelled("In Zork the ministry bananas of Zork.", true),
                _ => labelled("In Blorb the ministry apples of Blorb.", false),
            })
            .collect()
    }

    #[test]
    fn words_of_the_kind_weigh_for_it_and_names_not_at_all() {
        let fitted = fitted(&fruit(), &[], &Vectors::default());
        let weight = |words: &str| fitted.weights.iter().find(|one| one.words == words).map(|one| one.weight);
        assert!(weight("bananas").is_some_and(|weight| weight > 0.05));
        assert!(weight("ministry apples").is_some_and(|weight| weight < -0.05));
        assert!(weight("zork").is_none() && weight("in zork").is_none());
        assert!((fitted.curve[1] - 1.0).abs() < 1e-9 && fitted.sentences == [20, 10]);
        assert_eq!(fitted, super::tests::fitted(&fruit(), &[], &Vectors::default()));
        assert!(fitted.alike.is_empty());
    }

    #[test]
    fn the_word_that_opens_a_sentence_may_weigh_by_that() {
        let sentences: Vec<Labelled> = (0..20)
            .map(|n| labelled(if n % 2 == 0 { "no ships came" } else { "ships came, no" }, n % 2 == 0))
            .collect();
        let settings = Settings { openings: true, pairs: false, ..settings() };
        let vectors = Vectors::default();
        let fitted = fit(&sentences, &[], Lexicon::built_in(), &Weights::built_in(), &vectors, settings);
        let heaviest = fitted.weights.iter().find(|one| one.weight > 0.0);
        assert_eq!(heaviest.map(|one| one.words.as_str()), Some("^ no"), "{:?}", fitted.weights);
    }

    #[test]
    fn words_that_are_marked_are_set_off() {
        let mut loud = labelled("the harbour was hellish and the ships were late", true);
        loud.marked = std::iter::once(16..23).collect();
        let sentences: Vec<Labelled> = (0..60)
            .map(|n| if n % 2 == 0 { loud.clone() } else { labelled("the harbour was open and late", false) })
            .collect();
        let kind = Settings { kind: CueKind::Rhetoric, ..settings() };
        let vectors = Vectors::default();
        let fitted = fit(&sentences, &[], Lexicon::built_in(), &Weights::built_in(), &vectors, kind);
        let set_off = fitted.set_off.expect("stretches are known");
        let heaviest = set_off.weights.iter().find(|one| one.weight > 0.0);
        assert_eq!(heaviest.map(|one| one.words.as_str()), Some("hellish"), "{:?}", set_off.weights);
        assert!(set_off.weights.iter().any(|one| one.words == "harbour" && one.weight < 0.0));
    }

    #[test]
    fn what_few_sentences_make_sure_weighs_no_more_than_a_file_may_hold() {
        let loud = |n: usize| {
            let mut loud = labelled(&format!("The terrible harbour number {n} was a disgrace today."), true);
            loud.marked = std::iter::once(4..12).collect();
            loud
        };
        let calm = |n: usize| labelled(&format!("The harbour opened on day {n} as planned."), false);
        let sentences: Vec<Labelled> = (1..9).flat_map(|n| [loud(n), calm(n)]).collect();
        let settings = Settings { kind: CueKind::Rhetoric, least: 1, ..settings() };
        let vectors = Vectors::default();
        let fitted = fit(&sentences, &[], Lexicon::built_in(), &Weights::built_in(), &vectors, settings);
        let set_off = fitted.set_off.expect("stretches are known");
        let all = || fitted.weights.iter().chain(&set_off.weights);
        assert!(all().any(|one| one.words == "terrible"));
        assert!(all().all(|one| one.weight.abs() <= HEAVIEST), "{:?}", set_off.weights);
    }

    #[test]
    fn a_word_never_labelled_weighs_like_its_neighbour() {
        let file = vectors::tests::file(&[
            ("banana", [100, 10]),
            ("plantain", [99, 12]),
            ("appl", [-100, 10]),
            ("zork", [99, 12]),
        ]);
        let vectors = Vectors::read(&file).expect("it is one");
        let further = ["They sold plantains. We saw plantains in Zork.".to_owned()];
        let fitted = fitted(&fruit(), &further, &vectors);
        let [Alike { word, weight, like }] = &fitted.alike[..] else { panic!("{:?}", fitted.alike) };
        assert_eq!((word.as_str(), like.as_deref()), ("plantains", Some("bananas")));
        assert!(*weight > 0.02);
    }

    #[test]
    fn a_word_of_the_subject_is_not_one_of_the_kind() {
        let plain = || labelled("the harbour was open", false);
        let mut loud = labelled("the harbour was hellish", true);
        loud.marked = std::iter::once(16..23).collect();
        let sentences: Vec<Labelled> =
            (0..20).map(|n| if n % 4 == 0 { plain() } else { loud.clone() }).collect();
        let fitted = fitted(&sentences, &[], &Vectors::default());
        let marks: Vec<&str> =
            fitted.weights.iter().filter(|one| one.mark).map(|one| one.words.as_str()).collect();
        assert!(marks.contains(&"hellish") && !marks.contains(&"harbour"), "{marks:?}");
    }

    #[test]
    fn a_word_of_a_phrase_weighs_beside_it_but_not_where_that_is_negated() {
        let fitted = |told: &str| {
            let other = |n: usize| if n.is_multiple_of(2) { told } else { "that is a gentle storm" };
            let sentences: Vec<Labelled> = (0..20).map(|n| labelled(other(n), n % 2 == 0)).collect();
            let kind = Settings { kind: CueKind::Rhetoric, ..settings() };
            let vectors = Vectors::default();
            let fitted = fit(&sentences, &[], Lexicon::built_in(), &Weights::built_in(), &vectors, kind);
            assert!(!fitted.weights.is_empty());
            fitted.weights.iter().any(|one| one.words == "brutal" && one.weight > 0.0)
        };
        assert!(fitted("that is a brutal storm"));
        assert!(!fitted("that is not brutal at all"));
    }

    #[test]
    fn a_rule_that_tells_nothing_here_is_to_weigh_less() {
        let sentences: Vec<Labelled> = (0..40)
            .map(|n| match n % 4 {
                0 | 1 => labelled("we saw 30,000 of them", n % 2 == 0),
                _ => labelled("we saw each of them", n % 2 == 0),
            })
            .collect();
        let vectors = Vectors::default();
        let settings = Settings { rules: true, ridge: 1e-6, ..settings() };
        let fitted = fit(&sentences, &[], Lexicon::built_in(), &Weights::built_in(), &vectors, settings);
        let factor =
            fitted.factors.iter().find(|(rule, _)| rule == "claim.number").map(|(_, factor)| *factor);
        assert!(factor.is_some_and(|factor| factor < 0.9), "{:?}", fitted.factors);
    }

    #[test]
    fn the_shift_is_what_the_bias_lacks() {
        let sentences: Vec<Labelled> = (0..4).map(|n| labelled("a", n > 0)).collect();
        assert!((shift(&[0.5; 4], &sentences) - (3_f64.ln() - 0.5)).abs() < 1e-6);
    }

    #[test]
    fn the_area_is_the_chance_to_rank_two_rightly() {
        assert!((area(&[0.1, 0.2, 0.3], &[false, false, true]) - 1.0).abs() < 1e-9);
        assert!((area(&[0.1, 0.3, 0.2], &[false, false, true]) - 0.5).abs() < 1e-9);
        assert!((area(&[0.2, 0.2], &[false, true]) - 0.5).abs() < 1e-9);
        assert!((area(&[], &[]) - 0.5).abs() < 1e-9);
    }
}
