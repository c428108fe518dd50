//! The terms of a text, as the index and the scoring read it: stems without stop words, the parts of
//! run-together words (`#CyberAttack`) beside the whole.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::links::vocabulary;
use crate::text::fold::fold;
use crate::text::words::{plain_words, stem};

/// Most stems kept; a further word is stemmed each time it comes.
const MOST_KNOWN: usize = 1 << 17;
/// Longest word that is read: a longer one is no word.
const LONGEST: usize = 64;

/// Stems of words as they stand, found out once for each.
#[derive(Clone, Debug, Default)]
pub struct Stems {
    known: HashMap<Box<str>, Known>,
}

/// What is known of a word.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its stem.
    pub stem: Arc<str>,
    /// Whether it is a stop word.
    pub stop: bool,
}

impl Stems {
    /// What is known of `word`.
    pub fn of(&mut self, word: &str) -> Known {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let folded = fold(word);
        let known =
            Known { stem: stem(&folded).into(), stop: vocabulary::built_in().stop.contains(folded.as_str()) };
        if self.known.len() < MOST_KNOWN {
            self.known.insert(word.into(), known.clone());
        }
        known
    }
}

/// Calls `each` with the words of `text`, and with the parts of those that are several run together.
pub fn each_word<'t>(text: &'t str, mut each: impl FnMut(usize, &'t str)) {
    for (at, word) in plain_words(text).filter(|(_, word)| word.len() <= LONGEST) {
        each(at, word);
        if word.is_ascii()
            && word
                .bytes()
                .skip(1)
                .any(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit())
        {
            each_part(word, |from, part| each(at + from, part));
        }
    }
}

/// Calls `each` with the parts of `CyberAttack`, `JSONLines` and `two_words`, all ASCII, if there are several.
fn each_part<'w>(word: &'w str, mut each: impl FnMut(usize, &'w str)) {
    let bytes = word.as_bytes();
    let begins = |at: usize| {
        let (before, here, next) = (bytes[at - 1], bytes[at], bytes.get(at + 1));
        here == b'_'
            || (here.is_ascii_uppercase()
                && (before.is_ascii_lowercase()
                    || (before.is_ascii_uppercase() && next.is_some_and(u8::is_ascii_lowercase))))
            || (before.is_ascii_alphabetic() && here.is_ascii_digit())
            || (before.is_ascii_digit() && here.is_ascii_alphabetic())
    };
    let mut start = 0;
    for end in (1..bytes.len()).filter(|at| begins(*at)).chain([bytes.len()]) {
        let part = word[start..end].trim_start_matches('_');
        if part.len() > 1 && part.len() < word.len() {
            each(end - part.len(), part);
        }
        start = end;
    }
}

/// Gives tantivy the terms.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    stems: Stems,
    /// Of the text being read, the last one first.
    queue: Vec<Arc<str>>,
    token: Token,
}

/// The terms of one text, one after the other.
#[derive(Debug)]
pub struct Stream<'a>(&'a mut Terms);

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        self.queue.clear();
        each_word(text, |_, word| {
            let known = self.stems.of(word);
            if !known.stop {
                self.queue.push(known.stem);
            }
        });
        self.queue.reverse();
        Stream(self)
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.0.queue.pop() else { return false };
        self.0.token.position = self.0.token.position.wrapping_add(1);
        self.0.token.text.clear();
        self.0.token.text.push_str(&term);
        true
    }

    fn token(&self) -> &Token {
        &self.0.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.0.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut terms = Terms::default();
        let mut stream = terms.token_stream(text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push(stream.token().text.clone());
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn stop_words_say_nothing_and_endings_do_not_matter() {
        check("The ships of China’s navy were sinking", &["ship", "china", "navi", "sink"]);
        check("", &[]);
        check("of the", &[]);
    }

    #[test]
    fn words_run_together_are_read_in_parts_as_well() {
        check("#CyberAttack", &["cyberattack", "cyber", "attack"]);
        check("JSONLines", &["jsonlin", "json", "line"]);
        check("two_words", &["two_word", "two", "word"]);
        check("COVID19", &["covid19", "covid", "19"]);
        check("NATO İnönü", &["nato", "i̇nönü"]);
    }
}
