//! How well a statement of a library answers another: named signs, their weights, a sum.
//!
//! What the index ranks by words alone is ranked anew by what it does not see: stretches of letters
//! (other endings, words run together), neighbouring words, numbers, and which side a statement stands
//! on. Only the few that the index ranks highest are weighed.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::side;
use super::signature;
use super::terms::{Stems, each_word};
use super::vocabulary;
use crate::analysis::logistic;
use crate::text::words::plain_words;
use std::sync::Arc;

/// Letters of a stretch.
const STRETCH: usize = 4;
/// Saturation and length correction of BM25, as usual.
const SATURATION: f32 = 1.2;
const BY_LENGTH: f32 = 0.75;
/// Terms up to which a statement is a single position, and from which it is none.
const POSITION: [f32; 2] = [8.0, 16.0];

/// A stretch of letters, packed.
type Stretch = u128;

/// What the scoring knows of a library as a whole.
#[derive(Debug, Default)]
pub struct Rarity {
    /// Entries that hold a stretch.
    held: HashMap<Stretch, u32>,
    entries: f32,
    /// Stretches of the average entry.
    length: f32,
}

impl Rarity {
    /// Of a library with this many entries.
    pub fn new(entries: u64) -> Self {
        Self { entries: entries as f32, ..Self::default() }
    }

    /// Adds a term that `entries` hold.
    pub fn add(&mut self, term: &str, entries: u32) {
        each_stretch(term, |stretch| {
            let held = self.held.entry(stretch).or_default();
            *held = held.saturating_add(entries);
            self.length += entries as f32 / self.entries.max(1.0);
        });
    }

    /// Logarithm of a stretch's rarity; 0 for one that no entry holds.
    fn of(&self, stretch: Stretch) -> f32 {
        let Some(held) = self.held.get(&stretch) else { return 0.0 };
        let held = (*held as f32).min(self.entries);
        (1.0 + (self.entries - held + 0.5) / (held + 0.5)).ln()
    }
}

/// A statement that an answer is sought to.
#[derive(Debug)]
pub struct Query {
    stems: BTreeSet<Arc<str>>,
    /// Neighbouring words, at least one of them no stop word.
    pairs: HashSet<(Arc<str>, Arc<str>)>,
    stretches: HashSet<Stretch>,
    /// Its terms without those of a signature or a web address, if it has such.
    body: Option<BTreeSet<Arc<str>>>,
    /// How far it is a single position in general words, up to 1.
    single: f32,
    /// Whether it asks for less of something.
    turned: bool,
}

/// An entry to be weighed.
#[derive(Clone, Copy, Debug)]
pub struct Given<'e> {
    /// Its rank by the words of the statement.
    pub rank: f32,
    /// The same by those of the statement's body.
    pub by_body: f32,
    /// Its words.
    pub text: &'e str,
}

/// What speaks for an entry as an answer, and how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// What it is called.
    pub name: &'static str,
    /// What it adds to the sum.
    pub adds: f32,
}

/// An entry as it is weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// In `[0, 1]`.
    pub score: f32,
    /// The terms shared, in order of the alphabet.
    pub shared: Vec<String>,
    /// The signs, in the order of the data file.
    pub signs: Vec<Sign>,
}

/// An entry's own measures, before they are compared with those of others.
struct Measured {
    letters: f32,
    pairs: usize,
    strange_number: bool,
    terms: usize,
    against: f32,
    shared: Vec<String>,
}

impl Query {
    /// Reads a statement.
    pub fn read(text: &str, known: &mut Stems) -> Self {
        let vocabulary = vocabulary::built_in();
        let read = Read::of(text, known);
        let stretches = read.terms.iter().flat_map(|term| stretches(term)).collect();
        let folded: Vec<String> = plain_words(text).map(|(_, word)| crate::text::fold::fold(word)).collect();
        let turned = vocabulary.turns(folded.iter().map(String::as_str));
        let stems: BTreeSet<Arc<str>> = read.terms.into_iter().collect();
        let [one, none] = POSITION;
        let talks = vocabulary.talks(folded.iter().map(String::as_str));
        let single = if talks { 0.0 } else { ((none - stems.len() as f32) / (none - one)).clamp(0.0, 1.0) };
        let body = signature::without(text);
        let body = body.map(|body| Read::of(&body, known).terms.into_iter().collect());
        Self { stretches, pairs: read.pairs.into_iter().collect(), stems, body, single, turned }
    }

    /// Its terms, each once, by the alphabet.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.stems.iter().map(|stem| &**stem)
    }

    /// Those that are its own, if it is signed or names web addresses.
    pub fn body(&self) -> Option<impl Iterator<Item = &str>> {
        self.body.as_ref().map(|body| body.iter().map(|stem| &**stem))
    }

    /// Weighs entries; in their order.
    pub fn weigh(&self, entries: &[Given], rarity: &Rarity, stems: &mut Stems) -> Vec<Weighed> {
        let vocabulary = vocabulary::built_in();
        let measured: Vec<Measured> =
            entries.iter().map(|given| self.measure(given.text, rarity, stems)).collect();
        let most = |value: f32, most: f32| if most > 0.0 { value / most } else { 0.0 };
        let best_rank = entries.iter().map(|given| given.rank).fold(0.0, f32::max);
        let best_by_body = entries.iter().map(|given| given.by_body).fold(0.0, f32::max);
        let best_letters = measured.iter().map(|entry| entry.letters).fold(0.0, f32::max);
        let weights = &vocabulary.weights;
        measured
            .into_iter()
            .zip(entries)
            .map(|(entry, given)| {
                let sign = |name, adds| Sign { name, adds };
                let signs = vec![
                    sign("words", weights.words * most(given.rank, best_rank)),
                    sign("body", weights.body * most(given.by_body, best_by_body)),
                    sign("rank", weights.rank * given.rank),
                    sign("letters", weights.letters * most(entry.letters, best_letters)),
                    sign("pairs", weights.pairs * (entry.pairs as f32).ln_1p()),
                    sign("number", weights.number * f32::from(u8::from(entry.strange_number))),
                    sign("length", weights.length * (entry.terms as f32).ln_1p()),
                    sign("side", weights.side * self.single * self.other_side(entry.against)),
                ];
                let sum: f32 = signs.iter().map(|sign| sign.adds).sum();
                Weighed { score: logistic(sum - weights.middle), shared: entry.shared, signs }
            })
            .collect()
    }

    /// Logarithm of how much likelier than not an entry stands on the other side, at most that of 2.
    fn other_side(&self, against: f32) -> f32 {
        let against = if self.turned { -against } else { against };
        std::f32::consts::LN_2 - (-against).exp().ln_1p()
    }

    fn measure(&self, text: &str, rarity: &Rarity, stems: &mut Stems) -> Measured {
        let read = Read::of(text, stems);
        let mut counts: HashMap<Stretch, f32> = HashMap::new();
        let mut length = 0.0;
        for term in &read.terms {
            each_stretch(term, |stretch| {
                length += 1.0;
                if self.stretches.contains(&stretch) {
                    *counts.entry(stretch).or_default() += 1.0;
                }
            });
        }
        let share = 1.0 - BY_LENGTH + BY_LENGTH * length / rarity.length.max(1.0);
        let mut letters: Vec<f32> = counts
            .into_iter()
            .map(|(stretch, count)| {
                rarity.of(stretch) * count * (SATURATION + 1.0) / (count + SATURATION * share)
            })
            .collect();
        // Added up in one order, whatever the order of the map.
        letters.sort_by(f32::total_cmp);
        let mut pairs: Vec<_> = read.pairs.iter().filter(|pair| self.pairs.contains(*pair)).collect();
        pairs.sort();
        pairs.dedup();
        let terms: BTreeSet<Arc<str>> = read.terms.into_iter().collect();
        let is_number = |term: &str| term.bytes().any(|byte| byte.is_ascii_digit());
        let strange_number = terms.iter().any(|term| is_number(term) && !self.stems.contains(term));
        let shared = terms.intersection(&self.stems).map(ToString::to_string).collect();
        Measured {
            letters: letters.iter().sum(),
            pairs: pairs.len(),
            strange_number,
            terms: terms.len(),
            against: side::built_in().against(text, stems),
            shared,
        }
    }
}

/// A text in terms.
struct Read {
    /// Without stop words, with the parts of words run together.
    terms: Vec<Arc<str>>,
    pairs: Vec<(Arc<str>, Arc<str>)>,
}

impl Read {
    fn of(text: &str, stems: &mut Stems) -> Self {
        let mut read = Self { terms: Vec::new(), pairs: Vec::new() };
        let mut before: Option<(Arc<str>, bool)> = None;
        each_word(text, |_, word| {
            let known = stems.of(word);
            if let Some((stem, stop)) = before.take()
                && !(stop && known.stop)
            {
                read.pairs.push((stem, known.stem.clone()));
            }
            if !known.stop {
                read.terms.push(known.stem.clone());
            }
            before = Some((known.stem, known.stop));
        });
        read
    }
}

/// The stretches of one word, its beginning and end marked.
fn stretches(term: &str) -> Vec<Stretch> {
    let mut found = Vec::new();
    each_stretch(term, |stretch| found.push(stretch));
    found
}

fn each_stretch(term: &str, mut each: impl FnMut(Stretch)) {
    let marked = std::iter::once('_').chain(term.chars()).chain(std::iter::once('_'));
    let mut packed: Stretch = 0;
    let mut count = 0;
    for c in marked {
        packed = packed << 32 | Stretch::from(u32::from(c));
        count += 1;
        if count >= STRETCH {
            each(packed);
        }
    }
    if count < STRETCH {
        each(packed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The entries, best first.
    fn ranked<'e>(statement: &str, entries: &[&'e str]) -> Vec<&'e str> {
        let mut stems = Stems::default();
        let mut rarity = Rarity::new(1000);
        for entry in entries {
            for term in Read::of(entry, &mut stems).terms {
                rarity.add(&term, 3);
            }
        }
        let query = Query::read(statement, &mut stems);
        let given: Vec<Given> =
            entries.iter().map(|text| Given { rank: 10.0, by_body: 10.0, text }).collect();
        let weighed = query.weigh(&given, &rarity, &mut stems);
        assert!(weighed.iter().all(|entry| (0.0..=1.0).contains(&entry.score)));
        let mut order: Vec<(f32, &str)> =
            weighed.iter().zip(entries).map(|(weighed, text)| (weighed.score, *text)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        order.into_iter().map(|(_, text)| text).collect()
    }

    #[track_caller]
    fn check(statement: &str, best: &str, other: &str) {
        assert_eq!(ranked(statement, &[other, best])[0], best, "{statement}");
    }

    #[test]
    fn other_endings_and_words_run_together_are_seen() {
        check(
            "They shelled the #GrainConvoy.",
            "A grain convoy came under fire.",
            "An army came under fire.",
        );
    }

    #[test]
    fn a_number_of_its_own_speaks_against_an_entry() {
        check("The blast killed 30 people.", "30 people died in the blast.", "45 people died in the blast.");
    }

    #[test]
    fn the_other_side_comes_first() {
        let (for_it, against) =
            ("The pipeline is safe and helps growth.", "The pipeline is dangerous and hurts.");
        check("The pipeline should be built.", against, for_it);
        check("The pipeline should be banned.", for_it, against);
    }

    #[test]
    fn nothing_is_weighed_without_a_word() {
        assert_eq!(ranked("", &["One.", ""]).len(), 2);
    }
}
