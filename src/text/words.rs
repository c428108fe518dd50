//! Words with their spans, folded and stemmed for matching.
//!
//! What is a word is told by UAX-29. Text is read from one white space to the next: a stretch of
//! ASCII by the few rules that concern ASCII, any other by `unicode-segmentation`.

use std::cell::RefCell;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation as _};

use super::fold::fold;
use super::span::SpanIn;

/// One Unicode word (UAX-29) of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<T> {
    /// Where it stands.
    pub span: SpanIn<T>,
    /// Lower case, straight quotes.
    pub folded: String,
}

impl<T> Word<T> {
    /// The Snowball English stem of the folded word, without a final `'s`.
    pub fn stem(&self) -> String {
        stem(&self.folded)
    }
}

/// The words of `text` in order; `base` is added to every offset, so that a slice can be read in
/// the frame of its whole text.
pub fn words<T>(text: &str, base: usize) -> Vec<Word<T>> {
    plain_words(text)
        .map(|(at, word)| Word { span: SpanIn::new(base + at, base + at + word.len()), folded: fold(word) })
        .collect()
}

/// The words of `text` as they stand, each with its first byte; a Chinese character is one.
pub fn plain_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    PlainWords { text, at: 0, stretch: 0, mixed: None }
}

/// The Snowball English stem of a folded word.
pub fn stem(folded: &str) -> String {
    thread_local! {
        static ENGLISH: RefCell<Stemmer> = RefCell::new(Stemmer::create(Algorithm::English));
    }
    let word = folded.strip_suffix("'s").unwrap_or(folded);
    ENGLISH.with_borrow(|stemmer| stemmer.stem(word).into_owned())
}

/// See [`plain_words`]. No rule of UAX-29 joins or parts letters across white space.
struct PlainWords<'t> {
    text: &'t str,
    /// Where reading goes on.
    at: usize,
    /// Up to where the text is known to be ASCII without white space.
    stretch: usize,
    /// The rest of a stretch that is not ASCII, and where it began.
    mixed: Option<(usize, UWordBoundIndices<'t>)>,
}

impl<'t> Iterator for PlainWords<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((base, words)) = &mut self.mixed {
                if let Some((at, word)) = words.find(|(_, word)| word.contains(char::is_alphanumeric)) {
                    return Some((*base + at, word));
                }
                self.mixed = None;
            }
            if let Some(word) = self.ascii_word() {
                return Some(word);
            }
            self.begin_stretch()?;
        }
    }
}

impl<'t> PlainWords<'t> {
    /// Goes on to the next stretch without white space.
    fn begin_stretch(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        self.at += bytes[self.at..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let rest = &bytes[self.at..];
        let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || !byte.is_ascii());
        let end = self.at + end.unwrap_or(rest.len());
        if bytes.get(end).is_none_or(u8::is_ascii) {
            self.stretch = end;
            return Some(());
        }
        let length = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let stretch = &self.text[self.at..self.at + length];
        self.mixed = Some((self.at, stretch.split_word_bound_indices()));
        self.at += length;
        self.stretch = self.at;
        Some(())
    }

    /// The next word of the ASCII stretch that is being read.
    fn ascii_word(&mut self) -> Option<(usize, &'t str)> {
        let bytes = &self.text.as_bytes()[..self.stretch];
        while let Some(gap) = bytes[self.at..].iter().position(|byte| is_word_byte(*byte)) {
            let start = self.at + gap;
            self.at = ascii_end(bytes, start);
            let word = &self.text[start..self.at];
            if word.bytes().any(|byte| byte != b'_') {
                return Some((start, word));
            }
        }
        self.at = self.stretch;
        None
    }
}

/// One past the ASCII word that begins at `start`: rules 5 to 13b of UAX-29.
fn ascii_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        let joined = bytes.get(at + 1).is_some_and(|&next| joins(bytes[at - 1], byte, next));
        match byte {
            _ if is_word_byte(byte) => at += 1,
            _ if joined => at += 2,
            _ => break,
        }
    }
    at
}

/// Whether `mark` keeps two letters (“don't”, “U.S”) or two digits (“1,000”, “3.5”) together.
fn joins(before: u8, mark: u8, behind: u8) -> bool {
    match mark {
        b'.' | b'\'' => {
            (before.is_ascii_alphabetic() && behind.is_ascii_alphabetic())
                || (before.is_ascii_digit() && behind.is_ascii_digit())
        }
        b':' => before.is_ascii_alphabetic() && behind.is_ascii_alphabetic(),
        b',' | b';' => before.is_ascii_digit() && behind.is_ascii_digit(),
        _ => false,
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::StatementText;

    #[test]
    fn words_keep_their_place() {
        let text = "Mr. İnönü smears “China’s” name";
        let found: Vec<Word<StatementText>> = words(text, 0);
        for word in &found {
            assert_eq!(fold(word.span.of(text)), word.folded);
        }
        assert_eq!(found.last().map(Word::stem).as_deref(), Some("name"));
        assert_eq!(stem("china's"), "china");
    }

    #[test]
    fn each_chinese_character_is_a_word() {
        let found: Vec<&str> = plain_words("APT40 是谎言。 It’s 3.5, no").map(|(_, word)| word).collect();
        assert_eq!(found, ["APT40", "是", "谎", "言", "It’s", "3.5", "no"]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
        #[test]
        fn words_are_those_of_uax_29(text in "[ab1_.,:;'’\" \n\u{301}é中カ\u{200d}🇫-]{0,24}|\\PC{0,40}|[ -~\t]{0,40}") {
            let found: Vec<(usize, &str)> = plain_words(&text).collect();
            // A mark that combines with the white space before it takes it along there.
            let trimmed = |(at, word): (usize, &'_ str)| {
                let bare = word.trim_start();
                (at + word.len() - bare.len(), bare.len())
            };
            let expected: Vec<_> = text.unicode_word_indices().map(trimmed).collect();
            let found: Vec<_> = found.into_iter().map(trimmed).collect();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
