//! The running text read from a source, and the way back to it.
//!
//! A format reads its source with a [`FlowWriter`]: it opens a block, shows stretches of the source
//! as they stand or as something else (a line end as a space, an entity as its character), and
//! leaves out the rest. [`SourceMap`] keeps the way back in 16 bytes a stretch; stretches that
//! follow each other in both texts are one, so a file of plain lines needs hardly any.

use std::marker::PhantomData;
use std::ops::Range;

use super::furniture::is_furniture;
use crate::text::span::FlowText;
use crate::text::{FlowSpan, SourceSpan, SpanIn, is_visible};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading or title.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Item,
    /// A paragraph set off as a quotation.
    Quotation,
}

/// What is read of a document, with the way back to its source.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// Blocks parted by [`Flow::PARTED`]; a block holds no carriage return and no white space at
    /// its ends.
    pub text: String,
    /// Where each block stands in `text`, in order; each has something visible.
    pub blocks: Vec<(FlowSpan, BlockKind)>,
    map: SourceMap<FlowText>,
}

impl Flow {
    /// What parts two blocks.
    pub const PARTED: &str = "\n\n";

    /// The stretch of the source from which `span` was read.
    pub fn to_source(&self, span: FlowSpan) -> SourceSpan {
        self.map.to_source(span)
    }

    /// The stretch that was read from `source`; none if nothing of it was read.
    pub fn of_source(&self, source: SourceSpan) -> Option<FlowSpan> {
        self.map.of_source(source)
    }

    /// The pieces of the source from which `span` was read, in order, each with the bytes it
    /// takes in the flow, counted from `span.start`.
    pub fn pieces(&self, span: FlowSpan) -> impl Iterator<Item = (Range<usize>, SourceSpan)> + '_ {
        self.map.pieces(span)
    }
}

/// Builds the [`Flow`] of a source, block by block.
#[derive(Debug)]
pub struct FlowWriter<'s> {
    source: &'s str,
    flow: Flow,
    /// The block that is being written, and where it starts in the flow.
    open: Option<(usize, BlockKind)>,
    /// Whether blocks that are page furniture are left out.
    tidy: bool,
}

impl<'s> FlowWriter<'s> {
    /// Nothing read of `source` yet.
    pub fn new(source: &'s str) -> Self {
        let mut flow = Flow::default();
        flow.text.reserve(source.len());
        Self { source, flow, open: None, tidy: false }
    }

    /// The same, leaving out blocks that are page furniture.
    pub fn tidy(source: &'s str) -> Self {
        Self { tidy: true, ..Self::new(source) }
    }

    /// Ends the block before and begins one of `kind`.
    pub fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.open = Some((self.flow.text.len(), kind));
        if !self.flow.text.is_empty() {
            self.flow.text.push_str(Flow::PARTED);
        }
    }

    /// Says what the block that is being written is, after all.
    pub fn retype(&mut self, kind: BlockKind) {
        if let Some((_, open)) = &mut self.open {
            *open = kind;
        }
    }

    /// How many blocks have been ended.
    pub fn ended(&self) -> usize {
        self.flow.blocks.len()
    }

    /// Whether the block that is being written has no text yet.
    pub fn at_start(&self) -> bool {
        self.open.is_none_or(|(start, _)| self.flow.text.len() == first_byte(start))
    }

    /// Shows a stretch of the source as it stands.
    pub fn show(&mut self, span: SourceSpan) {
        let span = if self.at_start() { self.without_leading_space(span) } else { span };
        let at = self.flow.text.len();
        self.flow.text.push_str(span.of(self.source));
        self.flow.map.push(at, span.len(), span);
    }

    /// Shows a stretch of the source as `text`; nothing at the start of a block if that is white.
    ///
    /// If both have as many characters, each stands for its own; else each for the whole stretch.
    pub fn show_as(&mut self, span: SourceSpan, text: &str) {
        if self.at_start() && text.trim_start().is_empty() {
            return;
        }
        let shown = span.of(self.source);
        let one_by_one = shown.chars().count() == text.chars().count();
        let mut at = span.start;
        for (c, of) in text.chars().zip(shown.chars().map(Some).chain(std::iter::repeat(None))) {
            let end = at + of.map_or(0, char::len_utf8);
            let source = if one_by_one { SourceSpan::new(at, end) } else { span };
            self.flow.map.push(self.flow.text.len(), c.len_utf8(), source);
            self.flow.text.push(c);
            at = end;
        }
    }

    /// Ends the block that is being written; one without anything visible is left out.
    pub fn end(&mut self) {
        let Some((start, kind)) = self.open.take() else { return };
        let first = first_byte(start);
        let written = &self.flow.text[first..];
        let kept = written.trim_end().len();
        if written.chars().any(is_visible) && !(self.tidy && is_furniture(written)) {
            self.flow.text.truncate(first + kept);
            self.flow.map.truncate(first + kept);
            self.flow.blocks.push((FlowSpan::new(first, first + kept), kind));
        } else {
            self.flow.text.truncate(start);
            self.flow.map.truncate(start);
        }
    }

    /// The flow as it was written.
    pub fn finish(mut self) -> Flow {
        self.end();
        self.flow.text.shrink_to_fit();
        self.flow
    }

    fn without_leading_space(&self, span: SourceSpan) -> SourceSpan {
        let kept = span.of(self.source).trim_start().len();
        SourceSpan::new(span.end - kept, span.end)
    }
}

/// Where the text of a block begins that was opened at `start`.
fn first_byte(start: usize) -> usize {
    if start == 0 { 0 } else { start + Flow::PARTED.len() }
}

/// The way from a text made of pieces back to its source.
#[derive(Clone, Debug)]
pub struct SourceMap<T> {
    /// In order, in both texts.
    pieces: Vec<Piece>,
    text: PhantomData<T>,
}

/// Four bytes an offset are enough: no decoded text is longer than 3 × [`super::MOST_BYTES`].
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: u32,
    len: u32,
    source: u32,
    source_len: u32,
}

impl Piece {
    fn end(self) -> usize {
        self.at as usize + self.len as usize
    }

    fn source_end(self) -> usize {
        self.source as usize + self.source_len as usize
    }

    /// Whether its bytes answer one by one to bytes of the source.
    fn is_even(self) -> bool {
        self.len == self.source_len
    }

    fn follows(self, before: Self) -> bool {
        self.is_even()
            && before.is_even()
            && before.end() == self.at as usize
            && before.source_end() == self.source as usize
    }
}

impl<T> Default for SourceMap<T> {
    fn default() -> Self {
        Self { pieces: Vec::new(), text: PhantomData }
    }
}

impl<T: Copy> SourceMap<T> {
    /// Adds the piece that takes `len` bytes from byte `at` of the text; pieces come in order.
    pub fn push(&mut self, at: usize, len: usize, source: SourceSpan) {
        let piece = Piece {
            at: at as u32,
            len: len as u32,
            source: source.start as u32,
            source_len: source.len() as u32,
        };
        match self.pieces.last_mut() {
            Some(last) if piece.follows(*last) => {
                last.len += piece.len;
                last.source_len += piece.source_len;
            }
            _ if len == 0 => {}
            _ => self.pieces.push(piece),
        }
    }

    /// The stretch of the source that `span` covers; empty at 0 if there are no pieces.
    pub fn to_source(&self, span: SpanIn<T>) -> SourceSpan {
        let start = self.start_of(span.start);
        let end = if span.is_empty() { start } else { self.end_of(span.end) };
        SourceSpan::new(start, end)
    }

    /// The stretch of the text that was read from `source`; none if nothing of it was read.
    pub fn of_source(&self, source: SourceSpan) -> Option<SpanIn<T>> {
        let first = self.pieces.partition_point(|piece| piece.source_end() <= source.start);
        let end = self.pieces.partition_point(|piece| (piece.source as usize) < source.end);
        let (head, tail) = (*self.pieces.get(first)?, *self.pieces.get(end.checked_sub(1)?)?);
        let into = if head.is_even() { source.start.saturating_sub(head.source as usize) } else { 0 };
        let short = if tail.is_even() { tail.source_end().saturating_sub(source.end) } else { 0 };
        let (start, end) = (head.at as usize + into, tail.end() - short);
        (start < end).then(|| SpanIn::new(start, end))
    }

    /// The pieces under `span`, cut to it, each with the bytes it takes counted from `span.start`.
    pub fn pieces(&self, span: SpanIn<T>) -> impl Iterator<Item = (Range<usize>, SourceSpan)> + '_ {
        let first = self.pieces.partition_point(|piece| piece.end() <= span.start);
        self.pieces[first..].iter().take_while(move |piece| (piece.at as usize) < span.end).map(
            move |piece| {
                let start = span.start.max(piece.at as usize);
                let end = span.end.min(piece.end());
                let source = SourceSpan::new(source_at(*piece, start), source_until(*piece, end));
                (start - span.start..end - span.start, source)
            },
        )
    }

    /// Forgets what lies at or behind byte `len` of the text.
    fn truncate(&mut self, len: usize) {
        self.pieces.truncate(self.pieces.partition_point(|piece| (piece.at as usize) < len));
        if let Some(last) = self.pieces.last_mut()
            && last.end() > len
        {
            if last.is_even() {
                last.source_len = (len - last.at as usize) as u32;
            }
            last.len = (len - last.at as usize) as u32;
        }
    }

    fn start_of(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.end() <= at);
        match self.pieces.get(next) {
            Some(piece) => source_at(*piece, at),
            None => self.pieces.last().map_or(0, |piece| piece.source_end()),
        }
    }

    fn end_of(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| (piece.at as usize) < at);
        next.checked_sub(1).map_or(0, |last| source_until(self.pieces[last], at))
    }
}

/// Where the source of what stands at `at` begins.
fn source_at(piece: Piece, at: usize) -> usize {
    let into = if piece.is_even() { at.saturating_sub(piece.at as usize) } else { 0 };
    piece.source as usize + into
}

/// Where the source of what ends at `at` ends.
fn source_until(piece: Piece, at: usize) -> usize {
    let short = if piece.is_even() { piece.end().saturating_sub(at) } else { 0 };
    piece.source_end() - short
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A flow of one paragraph from the lines of `source`.
    fn joined(source: &str) -> Flow {
        let mut writer = FlowWriter::new(source);
        writer.begin(BlockKind::Paragraph);
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            let kept = line.trim_end();
            writer.show(SourceSpan::new(at, at + kept.len()));
            writer.show_as(SourceSpan::new(at + kept.len(), at + line.len()), " ");
            at += line.len();
        }
        writer.finish()
    }

    #[test]
    fn a_joined_line_end_leads_back_to_its_source() {
        let source = "long \r\nwords é\nend";
        let flow = joined(source);
        assert_eq!(flow.text, "long words é end");
        let at = flow.text.find("words é").expect("it is there");
        let span = FlowSpan::new(at, at + "words é".len());
        assert_eq!(flow.to_source(span).of(source), "words é");
        assert_eq!(flow.map.of_source(flow.to_source(span)), Some(span));
        assert_eq!(flow.map.of_source(SourceSpan::new(source.len(), source.len() + 9)), None);
        assert_eq!(flow.to_source(flow.blocks[0].0).of(source), source);
        assert_eq!(
            flow.pieces(FlowSpan::new(2, 8)).map(|(at, s)| (at, s.of(source))).collect::<Vec<_>>(),
            [(0..2, "ng"), (2..3, " \r\n"), (3..6, "wor")]
        );
    }

    #[test]
    fn every_part_of_what_is_shown_instead_leads_back() {
        for (source, shown, part, expected) in
            [("a\nbé", "a bé", "b", "b"), ("&hellip;", "...", "..", "&hellip;"), ("é", "ab", "b", "é")]
        {
            let mut writer = FlowWriter::new(source);
            writer.begin(BlockKind::Paragraph);
            writer.show_as(SourceSpan::new(0, source.len()), shown);
            let flow = writer.finish();
            let at = shown.rfind(part).expect("it is part");
            assert_eq!(flow.to_source(FlowSpan::new(at, at + part.len())).of(source), expected);
        }
    }

    #[test]
    fn plain_lines_are_one_piece() {
        let flow = joined("one\ntwo\nthree");
        assert_eq!(flow.text, "one two three");
        assert_eq!(flow.pieces(FlowSpan::new(0, 13)).count(), 1);
    }

    #[test]
    fn blocks_have_no_white_ends_and_something_visible() {
        let source = "  a &amp; b \u{200b}\n c  ";
        let mut writer = FlowWriter::new(source);
        writer.begin(BlockKind::Paragraph);
        writer.show(SourceSpan::new(0, 4));
        writer.show_as(SourceSpan::new(4, 9), "&");
        writer.show(SourceSpan::new(9, 12));
        writer.begin(BlockKind::Item);
        writer.show(SourceSpan::new(12, 16));
        writer.begin(BlockKind::Heading);
        writer.show(SourceSpan::new(16, source.len()));
        let flow = writer.finish();
        assert_eq!(flow.text, "a & b\n\nc");
        assert_eq!(
            flow.blocks,
            [(FlowSpan::new(0, 5), BlockKind::Paragraph), (FlowSpan::new(7, 8), BlockKind::Heading),]
        );
        assert_eq!(flow.to_source(FlowSpan::new(2, 3)).of(source), "&amp;");
        assert_eq!(flow.to_source(FlowSpan::new(7, 8)).of(source), "c");
    }
}
