//! Where a note stands: a quotation and a position, after the W3C Web Annotation selectors.
//!
//! Both point into the decoded text of the document, not into a statement, so that a note keeps its
//! place when speakers are found differently. [`place`](mod@place) finds anchors again. Byte offsets
//! become code points here.

mod likely;
pub mod place;
mod plain;

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};

use super::AnchorKey;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::document::Document;
use crate::text::code_points::CodePoints;
use crate::text::{SourceSpan, Span};
pub use place::Placer;

/// Code points kept before and after a quotation.
const NEIGHBOURS: usize = 32;

/// Characters of a quotation that name it in a message.
const OPENING: usize = 32;

/// A stretch of a document, to be found again even when the document has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// SHA-256 of the document.
    pub document: String,
    /// The words and their neighbours.
    pub quote: TextQuote,
    /// Their place; decides between equal quotations.
    pub position: TextPosition,
}

/// W3C `TextQuoteSelector`: words of the document's source, as they stand there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextQuote {
    /// The words.
    pub exact: String,
    /// Up to 32 code points before them.
    #[serde(default)]
    pub prefix: String,
    /// Up to 32 code points after them.
    #[serde(default)]
    pub suffix: String,
}

/// W3C `TextPositionSelector`: code points of the document's source, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextPosition {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Makes many anchors in one corpus: each document's code points are counted once.
pub struct Anchors<'c> {
    corpus: &'c Corpus,
    points: Vec<OnceCell<CodePoints<'c>>>,
}

impl<'c> Anchors<'c> {
    /// Makes anchors in `corpus`.
    pub fn new(corpus: &'c Corpus) -> Self {
        Self { corpus, points: corpus.documents.iter().map(|_| OnceCell::new()).collect() }
    }

    /// The anchor of `span` of a statement.
    pub fn of(&self, statement: StatementId, span: Span) -> Anchor {
        let statement = self.corpus.statement(statement);
        let number = statement.document.0 as usize;
        let document = &self.corpus.documents[number];
        let points = self.points[number].get_or_init(|| CodePoints::new(&document.text));
        Anchor::in_document(document, statement.to_source(span), points)
    }

    /// The anchor of a whole sentence.
    pub fn of_sentence(&self, id: SentenceId) -> Anchor {
        let sentence = self.corpus.sentence(id);
        self.of(sentence.statement, sentence.span)
    }
}

/// Where an anchor is found in what is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The statement that holds it.
    pub statement: StatementId,
    /// The stretch of its text.
    pub span: Span,
    /// The sentence in which it begins.
    pub sentence: SentenceId,
    /// How sure that is.
    pub how: Found,
}

/// How an anchor was found again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// The same words at the same place.
    Exact,
    /// The same words elsewhere, and no doubt that they are the same.
    Moved,
    /// Like words, or the same words where another copy of them may have stood; with their likeness
    /// in `[0, 1]`. To be confirmed by the reader.
    Likely(f32),
}

impl Anchor {
    /// The anchor of `span` of a statement. For many make one [`Anchors`].
    pub fn new(corpus: &Corpus, statement: StatementId, span: Span) -> Self {
        Anchors::new(corpus).of(statement, span)
    }

    fn in_document(document: &Document, source: SourceSpan, points: &CodePoints) -> Self {
        let (before, rest) = document.text.split_at(source.start);
        let (exact, after) = rest.split_at(source.len());
        let first = before.char_indices().rev().take(NEIGHBOURS).last().map_or(before.len(), |(at, _)| at);
        Self {
            document: document.sha256.clone(),
            quote: TextQuote {
                exact: exact.to_owned(),
                prefix: before[first..].to_owned(),
                suffix: after.chars().take(NEIGHBOURS).collect(),
            },
            position: TextPosition { start: points.before(source.start), end: points.before(source.end) },
        }
    }

    /// Where it stands in `corpus`; nowhere if its document is not open or its words are gone.
    ///
    /// For many anchors make one [`Placer`]; only that knows earlier versions of a document.
    pub fn place(&self, corpus: &Corpus) -> Option<Placed> {
        Placer::new(corpus, &[]).place(self)
    }

    /// What tells it apart from other anchors of the same version of the document.
    pub fn key(&self) -> AnchorKey {
        (self.document.clone(), self.position.start, self.position.end)
    }

    /// Whether `key` is its key.
    pub fn is_at(&self, key: &AnchorKey) -> bool {
        self.position.start == key.1 && self.position.end == key.2 && self.document == key.0
    }

    /// The first words of the quotation on one line, to name it in a message.
    pub fn opening(&self) -> String {
        let mut opening = String::new();
        for word in self.quote.exact.split_whitespace() {
            if !opening.is_empty() && opening.chars().count() + word.chars().count() >= OPENING {
                return opening + " …";
            }
            if !opening.is_empty() {
                opening.push(' ');
            }
            opening.push_str(word);
        }
        match opening.char_indices().nth(2 * OPENING) {
            Some((at, _)) => format!("{}…", &opening[..at]),
            None => opening,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(exact: &str) -> String {
        Anchor {
            document: String::new(),
            quote: TextQuote { exact: exact.into(), prefix: String::new(), suffix: String::new() },
            position: TextPosition { start: 0, end: 0 },
        }
        .opening()
    }

    #[test]
    fn the_opening_ends_between_words_where_there_are_any() {
        assert_eq!(opening("short  one\nhere"), "short one here");
        assert_eq!(
            opening("The United States ganged up with its allies"),
            "The United States ganged up with …"
        );
        assert_eq!(opening(&"字".repeat(70)), format!("{}…", "字".repeat(64)));
        assert_eq!(opening(""), "");
    }
}
