//! Where a note stands: a quotation and a position, after the W3C Web Annotation selectors.

use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::text::Span;

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
    pub prefix: String,
    /// Up to 32 code points after them.
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
    /// The same words elsewhere, and nowhere else.
    Moved,
    /// Like words, with their likeness in `[0, 1]`; to be confirmed by the reader.
    Likely(f32),
}

impl Anchor {
    /// The anchor of `span` of a statement.
    pub fn new(_corpus: &Corpus, _statement: StatementId, _span: Span) -> Self {
        unimplemented!()
    }

    /// Where it stands in `corpus`; nowhere if its document is not open or its words are gone.
    pub fn place(&self, _corpus: &Corpus) -> Option<Placed> {
        unimplemented!()
    }
}
