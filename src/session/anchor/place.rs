//! Finds anchors again: the same words at the same place, moved, likely, or gone.
//!
//! ```text
//! same bytes, same words at the position ──────────────► Exact
//! same words, and it is clear which copy ──────────────► Exact or Moved
//! same words where another copy may have stood ┐
//! like words between the same neighbours       ├───────► Likely, with a likeness
//! a like sentence                              ┘
//! nothing of that ─────────────────────────────────────► none: the note is kept, without a place
//! ```
//! A sentence often occurs twice, and when the noted copy is deleted the other must not take its
//! notes. So the copies in the earlier version are counted too: only if none is missing, or no other
//! copy had the same neighbours, is the one that is left the one that was meant.

use std::cell::OnceCell;

use super::likely::{self, Index};
use super::plain::Plain;
use super::{Anchor, Found, Placed, TextQuote};
use crate::attribution::DocumentId;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::document::Saved;
use crate::text::code_points::CodePoints;
use crate::text::{SourceSpan, Span};

/// Code points from which words that occur once are told by themselves, whatever stands beside them.
const TELLING: usize = 24;

/// Places many anchors in one corpus. What it needs for a changed document is made on first use.
pub struct Placer<'c> {
    corpus: &'c Corpus,
    sources: Vec<Source<'c>>,
    earlier: Vec<Version<'c>>,
}

/// An open document.
pub(super) struct Source<'c> {
    pub text: &'c str,
    points: OnceCell<CodePoints<'c>>,
    plain: OnceCell<Plain>,
    index: OnceCell<Index>,
}

/// A version of a document that is no longer open.
struct Version<'c> {
    saved: &'c Saved,
    plain: OnceCell<Plain>,
}

/// The quotation in plain form.
pub(super) struct Quote {
    pub exact: Plain,
    pub prefix: Plain,
    pub suffix: Plain,
}

/// A copy of the quotation in a text, and how many of its two sides are as they were.
#[derive(Clone, Copy)]
struct Copied {
    start: usize,
    sides: usize,
    agreement: f32,
}

impl<'c> Placer<'c> {
    /// Places anchors in `corpus`; `earlier` are versions of its documents that are not open
    /// ([`super::super::Session::earlier`] and [`super::super::Session::documents`]).
    pub fn new(corpus: &'c Corpus, earlier: impl IntoIterator<Item = &'c Saved>) -> Self {
        let sources = corpus.documents.iter().map(|document| Source::new(&document.text)).collect();
        let version = |saved| Version { saved, plain: OnceCell::new() };
        let earlier = earlier.into_iter().map(version).collect();
        Self { corpus, sources, earlier }
    }

    /// Where `anchor` stands; nowhere if its document is not open, its words are gone or in no
    /// statement.
    pub fn place(&self, anchor: &Anchor) -> Option<Placed> {
        let (document, at, how) = self.locate(anchor)?;
        self.placed(document.0 as usize, at, how)
    }

    /// The stretch of a document's source where the words of `anchor` stand, whoever says them.
    pub fn locate(&self, anchor: &Anchor) -> Option<(DocumentId, SourceSpan, Found)> {
        let same = self.corpus.documents.iter().position(|document| document.sha256 == anchor.document);
        if let Some(document) = same
            && let Some(at) = self.sources[document].at_position(anchor)
        {
            return Some((DocumentId(document as u32), at, Found::Exact));
        }
        let document = self.document(&anchor.document)?;
        let version = self.version(&anchor.document);
        let (at, how) = self.find(anchor, document.0 as usize, version)?;
        Some((document, at, how))
    }

    /// The open document with this SHA-256, or whose earlier version has it.
    pub fn document(&self, sha256: &str) -> Option<DocumentId> {
        let documents = || self.corpus.documents.iter();
        let same = documents().position(|document| document.sha256 == sha256);
        let found = same.or_else(|| {
            let path = &self.version(sha256)?.saved.path;
            documents().position(|document| document.path == *path)
        })?;
        Some(DocumentId(found as u32))
    }

    fn version(&self, sha256: &str) -> Option<&Version<'c>> {
        self.earlier.iter().find(|version| version.saved.sha256 == sha256)
    }

    /// Where the words of `anchor` stand in another version of its document.
    fn find(
        &self,
        anchor: &Anchor,
        document: usize,
        version: Option<&Version>,
    ) -> Option<(SourceSpan, Found)> {
        let source = &self.sources[document];
        let (quote, plain) = (Quote::of(anchor), source.plain());
        let copies = quote.copies(plain);
        let was = plain.offset(source.points().byte(anchor.position.start));
        let Some(best) = best(&copies, was) else {
            let index = source.index.get_or_init(|| Index::new(self.corpus, DocumentId(document as u32)));
            return likely::find(source, &quote, self.corpus, index);
        };
        let at = plain.origin(source.text, best.start, best.start + quote.exact.text.len());
        // Without an earlier version it is the same one, whose copies are all there.
        let old = version.map_or_else(|| copies.clone(), |version| quote.copies(version.plain()));
        let how = if !certain(best, &copies, &old, &quote) {
            Found::Likely(likely::likeness(1.0, best.agreement))
        } else if source.points().before(at.start) == anchor.position.start {
            Found::Exact
        } else {
            Found::Moved
        };
        Some((at, how))
    }

    /// The statement, span and sentence at `at`.
    fn placed(&self, document: usize, at: SourceSpan, how: Found) -> Option<Placed> {
        let (statement, span) = self.statement_at(document, at)?;
        let sentences = &self.corpus.sentences;
        let next = sentences.partition_point(|s| (s.statement, s.span.end) <= (statement, span.start));
        let held = |index: &usize| sentences.get(*index).is_some_and(|s| s.statement == statement);
        let index = Some(next).filter(held).or_else(|| next.checked_sub(1).filter(held))?;
        Some(Placed { statement, span, sentence: SentenceId(index as u32), how })
    }

    /// The statement that holds most of `at`, and the stretch of its text.
    fn statement_at(&self, document: usize, at: SourceSpan) -> Option<(StatementId, Span)> {
        let statements = &self.corpus.statements;
        let first = statements.partition_point(|statement| (statement.document.0 as usize) < document);
        let own =
            statements[first..].iter().take_while(|statement| statement.document.0 as usize == document);
        own.enumerate()
            .filter_map(|(index, statement)| {
                let span = statement.of_source(at)?;
                Some((StatementId((first + index) as u32), span))
            })
            .reduce(|best, next| if next.1.len() > best.1.len() { next } else { best })
    }
}

impl<'c> Source<'c> {
    fn new(text: &'c str) -> Self {
        Self { text, points: OnceCell::new(), plain: OnceCell::new(), index: OnceCell::new() }
    }

    fn points(&self) -> &CodePoints<'c> {
        self.points.get_or_init(|| CodePoints::new(self.text))
    }

    pub fn plain(&self) -> &Plain {
        self.plain.get_or_init(|| Plain::new(self.text))
    }

    /// The place of `anchor`, if its words stand there.
    fn at_position(&self, anchor: &Anchor) -> Option<SourceSpan> {
        let start = self.points().byte(anchor.position.start);
        let exact = &anchor.quote.exact;
        let here = !exact.is_empty() && self.text[start..].starts_with(exact.as_str());
        here.then(|| SourceSpan::new(start, start + exact.len()))
    }
}

impl Version<'_> {
    fn plain(&self) -> &Plain {
        self.plain.get_or_init(|| Plain::new(&self.saved.text))
    }
}

impl Quote {
    fn of(anchor: &Anchor) -> Self {
        let TextQuote { exact, prefix, suffix } = &anchor.quote;
        Self { exact: Plain::new(exact), prefix: Plain::new(prefix), suffix: Plain::new(suffix) }
    }

    /// All copies of the words in `plain`.
    fn copies(&self, plain: &Plain) -> Vec<Copied> {
        plain.find(&self.exact.text).map(|start| self.copied(plain, start)).collect()
    }

    fn copied(&self, plain: &Plain, start: usize) -> Copied {
        let (before, after) = self.sides(plain, start, start + self.exact.text.len());
        let sides = usize::from(before >= 1.0) + usize::from(after >= 1.0);
        Copied { start, sides, agreement: f32::midpoint(before, after) }
    }

    /// How much of the text before and after `start..end` is as it was, each in `[0, 1]`. At the
    /// end of a document nothing is as it was, if there now is nothing else.
    pub fn sides(&self, plain: &Plain, start: usize, end: usize) -> (f32, f32) {
        let (before, after) = (plain.text[..start].trim_end(), plain.text[end..].trim_start());
        let (prefix, suffix) = (self.prefix.text.as_str(), self.suffix.text.as_str());
        (
            part(before.chars().rev(), prefix.chars().rev(), before.is_empty()),
            part(after.chars(), suffix.chars(), after.is_empty()),
        )
    }
}

/// The share of `stored` that `text` begins with.
fn part(text: impl Iterator<Item = char>, stored: impl Iterator<Item = char> + Clone, end: bool) -> f32 {
    let all = stored.clone().count();
    if all == 0 {
        return f32::from(u8::from(end));
    }
    text.zip(stored).take_while(|(a, b)| a == b).count() as f32 / all as f32
}

/// The copy whose neighbours are most like the old ones; of equals the one nearest to `was`.
fn best(copies: &[Copied], was: usize) -> Option<Copied> {
    copies.iter().copied().max_by(|a, b| {
        let order = a.sides.cmp(&b.sides).then(a.agreement.total_cmp(&b.agreement));
        order.then_with(|| b.start.abs_diff(was).cmp(&a.start.abs_diff(was)))
    })
}

/// Whether `best` of the copies `new` is surely the one that was meant among the copies `old`.
fn certain(best: Copied, new: &[Copied], old: &[Copied], quote: &Quote) -> bool {
    let like = |copies: &[Copied]| copies.iter().filter(|copy| copy.sides >= best.sides).count();
    match best.sides {
        2 => like(old) == 1 || (like(old) > 1 && like(new) == like(old)),
        1 => like(new) == 1 && new.len() == old.len(),
        _ => new.len() == 1 && old.len() == 1 && quote.exact.text.chars().count() >= TELLING,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::attribution::Kind;
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    fn corpus(text: &str) -> Corpus {
        let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto);
        let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
        Corpus::read(vec![document.expect("it is a text")], reading, Speech::built_in(), abbreviations())
    }

    /// Notes `words` in `before` and looks for them in `after`: what is found there, and how.
    fn found(before: &str, words: &str, after: &str) -> Option<(String, Found)> {
        let (old, new) = (corpus(before), corpus(after));
        let start = old.statements[0].text.find(words).expect("the words are noted");
        let anchor = Anchor::new(&old, StatementId(0), Span::new(start, start + words.len()));
        let earlier = [old.documents[0].saved()];
        let placed = Placer::new(&new, &earlier).place(&anchor)?;
        Some((placed.span.of(&new.statement(placed.statement).text).to_owned(), placed.how))
    }

    #[track_caller]
    fn check(before: &str, words: &str, after: &str, expected: &str, how: Found) {
        assert_eq!(found(before, words, after), Some((expected.to_owned(), how)));
    }

    const TEXT: &str =
        "Alpha agreed at once. The ferry was sunk by a mine at dawn.\n\nBeta refused for years.";

    #[test]
    fn an_unchanged_document_is_exact() {
        check(
            TEXT,
            "The ferry was sunk by a mine at dawn.",
            TEXT,
            "The ferry was sunk by a mine at dawn.",
            Found::Exact,
        );
        check("“中文” is quoted. é", "中文", "“中文” is quoted. é", "中文", Found::Exact);
    }

    #[test]
    fn words_that_moved_are_followed_through_wraps_and_quotes() {
        let after = "A new first sentence. Alpha agreed at once. The ferry\nwas sunk by a mine at dawn.\n\nBeta refused for years.";
        check(
            TEXT,
            "The ferry was sunk by a mine at dawn.",
            after,
            "The ferry was sunk by a mine at dawn.",
            Found::Moved,
        );
    }

    #[test]
    fn reworded_words_are_only_proposed() {
        let after = "Alpha agreed at once. The ferry was hit by a mine at dawn.\n\nBeta refused for years.";
        let (words, how) =
            found(TEXT, "The ferry was sunk by a mine at dawn.", after).expect("it is proposed");
        assert_eq!(words, "The ferry was hit by a mine at dawn.");
        assert!(matches!(how, Found::Likely(likeness) if likeness > 0.6 && likeness < 1.0), "{how:?}");
    }

    #[test]
    fn words_that_are_gone_stand_nowhere() {
        assert_eq!(
            found(TEXT, "The ferry was sunk by a mine at dawn.", "Gamma spoke of trade and fish alone."),
            None
        );
    }

    #[test]
    fn a_twin_elsewhere_is_never_taken_in_silence() {
        let before = "We regret it. Alpha is a friend. We deny the charge. Beta is a rival. We deny the charge. The end.";
        let after = "We regret it. Alpha is a friend. Beta is a rival. We deny the charge. The end.";
        let first = before.find("We deny").expect("it is there");
        let (old, new) = (corpus(before), corpus(after));
        let anchor = Anchor::new(&old, StatementId(0), Span::new(first, first + "We deny the charge.".len()));
        let earlier = [old.documents[0].saved()];
        let placed = Placer::new(&new, &earlier).place(&anchor);
        assert!(placed.is_none_or(|placed| matches!(placed.how, Found::Likely(_))), "{placed:?}");
    }

    #[test]
    fn many_notes_on_a_long_document_are_placed_quickly() {
        let sentences: Vec<String> =
            (0..20_000).map(|n| format!("Sentence {n} says what happened.")).collect();
        let text = sentences.join(" ");
        let corpus = corpus(&text);
        let spans: Vec<_> =
            corpus.sentences.iter().step_by(10).take(2_000).map(|s| (s.statement, s.span)).collect();
        let points = CodePoints::new(&corpus.documents[0].text);
        let anchors: Vec<Anchor> = spans
            .iter()
            .map(|(_, span)| Anchor {
                document: corpus.documents[0].sha256.clone(),
                quote: TextQuote {
                    exact: span.of(&text).into(),
                    prefix: String::new(),
                    suffix: String::new(),
                },
                position: super::super::TextPosition {
                    start: points.before(span.start),
                    end: points.before(span.end),
                },
            })
            .collect();
        let started = std::time::Instant::now();
        let placer = Placer::new(&corpus, &[]);
        let found =
            anchors.iter().filter_map(|anchor| placer.place(anchor)).filter(|p| p.how == Found::Exact);
        assert_eq!(found.count(), anchors.len());
        assert!(started.elapsed() < std::time::Duration::from_millis(500), "{:?}", started.elapsed());
    }
}
