//! Words after which a full stop need not end a sentence, and the words that decide.
//!
//! The lists themselves are data and handed in: this layer only knows what they mean.

use std::collections::{BTreeMap, BTreeSet};

/// What a full stop behind an abbreviation may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Never the end: something always follows (“Mr.”, “e.g.”).
    Never,
    /// Not the end before a number, else an ordinary word (“No. 5”, “Art. 2”).
    BeforeNumber,
    /// The end only before a word that opens sentences (“in the U.S. The …”).
    BeforeOpener,
    /// The end before any capital that is no abbreviation (“etc.”, “p.m.”).
    BeforeCapital,
}

/// Abbreviations by their words, and the words that help to decide.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    stops: BTreeMap<String, (Stop, bool)>,
    openers: BTreeSet<String>,
    reporting: BTreeSet<String>,
}

impl Abbreviations {
    /// Adds `word`, written without its last stop. If it begins with a capital it must do so in
    /// the text too, so that “Sun.” is one and “sun.” is none.
    pub fn add(&mut self, word: &str, stop: Stop) {
        let must_be_capital = word.starts_with(char::is_uppercase);
        self.stops.insert(word.to_lowercase(), (stop, must_be_capital));
    }

    /// Adds a word that often opens a sentence and is no name: “the”, “however”.
    pub fn add_opener(&mut self, word: &str) {
        self.openers.insert(word.to_lowercase());
    }

    /// Adds a verb by which words are reported: “said”, “asked”.
    pub fn add_reporting(&mut self, word: &str) {
        self.reporting.insert(word.to_lowercase());
    }

    /// What a stop behind `word` means, if it is an abbreviation.
    pub fn stop(&self, word: &str) -> Option<Stop> {
        let (stop, must_be_capital) = *folded(word, |word| self.stops.get(word))?;
        (!must_be_capital || word.starts_with(char::is_uppercase)).then_some(stop)
    }

    /// Whether `word` often opens a sentence.
    pub fn is_opener(&self, word: &str) -> bool {
        folded(word, |word| self.openers.contains(word).then_some(())).is_some()
    }

    /// Whether `word` reports what somebody said.
    pub fn is_reporting(&self, word: &str) -> bool {
        folded(word, |word| self.reporting.contains(word).then_some(())).is_some()
    }
}

/// Looks `word` up in small letters; nothing that long is listed. Most words are short ASCII and
/// are lowered on the stack.
fn folded<T>(word: &str, look: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    const LONGEST: usize = 24;
    let mut lowered = [0; LONGEST];
    let place = lowered.get_mut(..word.len())?;
    if !word.is_ascii() {
        return look(&word.to_lowercase());
    }
    place.copy_from_slice(word.as_bytes());
    place.make_ascii_lowercase();
    look(std::str::from_utf8(place).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_in_the_list_is_asked_for_in_the_text() {
        let mut abbreviations = Abbreviations::default();
        abbreviations.add("Sun", Stop::BeforeOpener);
        abbreviations.add("e.g", Stop::Never);
        abbreviations.add("n°", Stop::BeforeNumber);
        assert_eq!(abbreviations.stop("Sun"), Some(Stop::BeforeOpener));
        assert_eq!(abbreviations.stop("SUN"), Some(Stop::BeforeOpener));
        assert_eq!(abbreviations.stop("sun"), None);
        assert_eq!(abbreviations.stop("E.g"), Some(Stop::Never));
        assert_eq!(abbreviations.stop("N°"), Some(Stop::BeforeNumber));
        assert_eq!(abbreviations.stop(&"x".repeat(1000)), None);
    }
}
