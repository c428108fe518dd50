//! Words with their spans, folded and stemmed for matching.

use std::cell::RefCell;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation as _;

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
    text.unicode_word_indices()
        .map(|(at, word)| Word { span: SpanIn::new(base + at, base + at + word.len()), folded: fold(word) })
        .collect()
}

/// The Snowball English stem of a folded word.
pub fn stem(folded: &str) -> String {
    thread_local! {
        static ENGLISH: RefCell<Stemmer> = RefCell::new(Stemmer::create(Algorithm::English));
    }
    let word = folded.strip_suffix("'s").unwrap_or(folded);
    ENGLISH.with_borrow(|stemmer| stemmer.stem(word).into_owned())
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
}
