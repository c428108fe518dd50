//! How texts name speakers and report their words: `assets/lexicon/attribution.toml`.
//!
//! Every listed word becomes one entry of a table: the sorts of word it may be, as bits, and the
//! verb it is a form of. Verbs are inflected here, so that the file lists base forms. What the
//! words mean for a text is left to [`crate::attribution`].

mod file;
mod sorts;
mod titles;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::matcher::Mixer;
use crate::assets::{packed, read};
#[cfg(test)]
pub(crate) use file::examples;
pub use sorts::{Class, Facts, Form, Sorts, Verb};

/// The longest word in bytes that is looked up; longer ones are of no sort.
const LONGEST: usize = 32;

/// Reporting verbs, roles, titles, names and labels.
#[derive(Clone, Debug, Default)]
pub struct Speech {
    words: HashMap<Box<str>, Facts, BuildHasherDefault<Mixer>>,
    before: Vec<Vec<String>>,
    portfolios: Vec<Vec<String>>,
    /// Labels of those who ask, in small letters: `q`, `question`.
    questions: Vec<String>,
    /// Labels of whoever answers: `a`, `answer`.
    answers: Vec<String>,
    /// Names that are written in capitals: `afp`.
    acronyms: Vec<String>,
    /// First words of a label that names no speaker: `subject`.
    not_speakers: Vec<String>,
    openers: Vec<String>,
    leads: Vec<String>,
    bylines: Vec<String>,
    remarks: Vec<String>,
    honorifics: Vec<String>,
    occasions: Vec<String>,
    unspaced_offices: Vec<String>,
    unspaced_occasions: Vec<String>,
}

impl Speech {
    /// The lists that are built in.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Speech> =
            LazyLock::new(|| Speech::compile(read(packed!("lexicon/attribution.toml"))));
        &BUILT_IN
    }

    /// What `word` may be, whatever its case.
    pub fn facts(&self, word: &str) -> Facts {
        let mut buffer = [0; LONGEST];
        let Some(word) = folded(word, &mut buffer) else { return Facts::default() };
        let unknown = || {
            let sorts = if is_adverb(word) { Sorts::ADVERB } else { Sorts::default() };
            Facts { sorts, verb: None }
        };
        self.words.get(word).copied().unwrap_or_else(unknown)
    }

    /// Phrases that stand before a source, each as folded words: “according to”.
    pub fn before(&self) -> &[Vec<String>] {
        &self.before
    }

    /// What may follow “Secretary of”, each as folded words.
    pub fn portfolios(&self) -> &[Vec<String>] {
        &self.portfolios
    }

    /// Whether `label` is one of those who ask questions.
    pub fn is_question_label(&self, label: &str) -> bool {
        self.questions.iter().any(|question| question.eq_ignore_ascii_case(label))
    }

    /// Whether `label` is that of whoever answers.
    pub fn is_answer_label(&self, label: &str) -> bool {
        is_among(&self.answers, label)
    }

    /// Whether `name` is written in capitals wherever it stands: a listed one, or one without a vowel.
    pub fn is_acronym(&self, name: &str) -> bool {
        is_among(&self.acronyms, name)
            || name.len() > 1
                && name.bytes().all(|byte| byte.is_ascii_uppercase() && !b"AEIOUY".contains(&byte))
    }

    /// Whether a label whose first word is `word` names no speaker.
    pub fn is_no_speaker(&self, word: &str) -> bool {
        is_among(&self.not_speakers, word)
    }

    /// Whether a line that opens with `word` is hardly a label.
    pub fn is_opener(&self, word: &str) -> bool {
        is_among(&self.openers, word)
    }
}

fn is_among(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// `word` in small letters with straight quotes, in `buffer`; nothing if it does not fit.
fn folded<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    if word.is_ascii() {
        let place = buffer.get_mut(..word.len())?;
        place.copy_from_slice(word.as_bytes());
        place.make_ascii_lowercase();
        return std::str::from_utf8(place).ok();
    }
    let mut length = 0;
    for c in word.chars() {
        let c = if matches!(c, '’' | '‘') { '\'' } else { c };
        for c in c.to_lowercase() {
            let end = length + c.len_utf8();
            c.encode_utf8(buffer.get_mut(length..end)?);
            length = end;
        }
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// Whether a word that is not listed looks like an adverb: increasingly, not Emily or family.
fn is_adverb(word: &str) -> bool {
    /// The fewest letters; shorter ones are mostly names and nouns.
    const SHORTEST: usize = 7;
    word.len() >= SHORTEST && word.ends_with("ly")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_be_of_several_sorts() {
        let speech = Speech::built_in();
        assert!(speech.facts("Spokeswoman").sorts.any(Sorts::ROLE));
        assert!(speech.facts("spokeswoman").sorts.any(Sorts::FEMALE));
        assert!(speech.facts("Al").sorts.any(Sorts::PARTICLE));
        assert!(speech.facts("wouldn’t").sorts.any(Sorts::AUXILIARY));
        assert_eq!(speech.facts(&"long".repeat(20)), Facts::default());
    }

    #[test]
    fn those_who_ask_are_known() {
        assert!(Speech::built_in().is_question_label("Question"));
        assert!(!Speech::built_in().is_question_label("Ana Reyes"));
    }
}
