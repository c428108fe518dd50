//! Half-open byte ranges that know which text they index.
//!
//! There are three texts: a document's *source* (its decoded text), the *flow* read from it (hard
//! wraps joined, markup gone) and a *statement*. A span of one cannot be used in another;
//! [`crate::document::SourceMap`] leads back to the source.

use std::marker::PhantomData;
use std::ops::Range;

/// A document's decoded text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceText;
/// The running text read from a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FlowText;
/// A statement's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementText;

/// Bytes `start..end` of a document's decoded text.
pub type SourceSpan = SpanIn<SourceText>;
/// Bytes `start..end` of the running text read from a document.
pub type FlowSpan = SpanIn<FlowText>;
/// Bytes `start..end` of a statement's text.
pub type Span = SpanIn<StatementText>;

/// Bytes `start..end` of the text `T`; both lie on character boundaries of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpanIn<T> {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never before `start`.
    pub end: usize,
    text: PhantomData<T>,
}

impl<T> SpanIn<T> {
    /// The span `start..end`; an `end` before `start` gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start), text: PhantomData }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The bytes as a range, to slice a `&str` with.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether `other` lies wholly within `self`.
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes that both hold, if any.
    #[must_use]
    pub fn clip(&self, other: &Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then(|| Self::new(start, end))
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(&self, other: &Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span moved right by `bytes`.
    #[must_use]
    pub fn shifted(&self, bytes: usize) -> Self {
        Self::new(self.start + bytes, self.end + bytes)
    }

    /// `text[start..end]`.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range()]
    }

    /// The span without white space at either end; empty at its start if there is nothing else.
    #[must_use]
    pub fn trimmed(&self, text: &str) -> Self {
        let inner = self.of(text);
        let kept = inner.trim_start();
        let start = self.start + inner.len() - kept.len();
        Self::new(start, start + kept.trim_end().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clip_is_what_both_hold() {
        let (a, b) = (Span::new(2, 8), Span::new(5, 12));
        assert_eq!(a.clip(&b), Some(Span::new(5, 8)));
        assert_eq!(a.cover(&b), Span::new(2, 12));
        assert_eq!(Span::new(0, 2).clip(&a), None);
        assert!(!Span::new(0, 2).overlaps(&a));
    }

    #[test]
    fn trimmed_keeps_what_is_not_white() {
        let text = "ab  \u{a0}cd\n e";
        assert_eq!(Span::new(2, 9).trimmed(text).of(text), "cd");
        assert!(Span::new(2, 4).trimmed(text).is_empty());
    }
}
