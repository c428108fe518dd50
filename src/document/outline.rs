//! The source of a format whose file is no text: its paragraphs, one a line, parted by blank lines.
//!
//! The indentation of a line tells what it is, so that the text can be kept in a session and read
//! again without its file. A speaker stands above in front matter.
//!
//! ```text
//! Paragraph
//!     Heading        four spaces
//!   Item             two
//!       Quotation    six
//! ```

use super::date::day_within;
use super::furniture::is_furniture;
use super::mending;
use super::txt::date_in_head;
use super::{BlockKind, Byline, Extracted, Flow, FlowWriter, Segmentation, front_matter};
use crate::document::lines::lines;

const INDENTS: [(BlockKind, usize); 4] =
    [(BlockKind::Paragraph, 0), (BlockKind::Item, 2), (BlockKind::Heading, 4), (BlockKind::Quotation, 6)];

/// The most text that is taken from a file, in bytes.
pub const MOST_TEXT: usize = 64 << 20;

/// A source that is being made.
#[derive(Debug, Default)]
pub struct Outline {
    text: String,
}

impl Outline {
    /// An outline of what `byline` says throughout.
    pub fn new(byline: Option<&Byline>) -> Self {
        let mut text = String::new();
        if let Some(byline) = byline {
            let field =
                |name: &str, value: &str| format!("{name}: '{}'\n", one_line(value).replace('\'', "''"));
            text.push_str("---\n");
            text.push_str(&field("speaker", &byline.name));
            text.extend(byline.role.as_deref().map(|role| field("role", role)));
            text.push_str("---\n");
        }
        Self { text }
    }

    /// Adds a paragraph; one with nothing visible is left out, and what is beyond [`MOST_TEXT`].
    pub fn push(&mut self, kind: BlockKind, words: &str) {
        let words = one_line(words);
        if words.is_empty() || self.is_full() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let indent = INDENTS.iter().find(|(known, _)| *known == kind).map_or(0, |(_, indent)| *indent);
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(&words);
        self.text.push('\n');
    }

    /// Adds all blocks of a flow.
    pub fn push_flow(&mut self, flow: &Flow) {
        for (span, kind) in &flow.blocks {
            self.push(*kind, span.of(&flow.text));
        }
    }

    /// Whether no more is taken.
    pub fn is_full(&self) -> bool {
        self.text.len() >= MOST_TEXT
    }

    /// The text of the outline.
    pub fn finish(self) -> String {
        self.text
    }
}

fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    // Spaces that do not break stay: they are part of names and numbers.
    for word in words.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Reads an outline.
pub fn read(text: &str, segmentation: Segmentation) -> Extracted {
    let (front, start) = front_matter::split(text);
    let mut writer = FlowWriter::new(text);
    let mut title = None;
    for line in lines(&text[start..]) {
        let words = line.span.of(&text[start..]);
        if words.is_empty() || segmentation == Segmentation::Auto && is_furniture(words) {
            continue;
        }
        let kind = INDENTS.iter().find(|(_, indent)| *indent == line.indent);
        let kind = kind.map_or(BlockKind::Paragraph, |(kind, _)| *kind);
        if title.is_none() && kind == BlockKind::Heading && day_within(words).is_none() {
            title = Some(words.to_owned());
        }
        writer.begin(kind);
        mending::show(text, line.span.shifted(start), &mut writer);
    }
    Extracted {
        flow: writer.finish(),
        title,
        date: date_in_head(&text[start..]),
        byline: front.byline,
        ..Extracted::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let byline = Byline { name: "Marit O'Hara".to_owned(), role: Some("Minister".to_owned()) };
        let mut outline = Outline::new(Some(&byline));
        let blocks = [
            (BlockKind::Heading, "On cables"),
            (BlockKind::Paragraph, "12 March 2031"),
            (BlockKind::Paragraph, "We deny it."),
            (BlockKind::Item, "One."),
            (BlockKind::Quotation, "Two."),
        ];
        for (kind, words) in blocks {
            outline.push(kind, words);
        }
        outline.push(BlockKind::Paragraph, " \n ");
        outline.push(BlockKind::Paragraph, "Check against delivery");
        let source = outline.finish();
        let read = read(&source, Segmentation::Auto);
        let found: Vec<_> =
            read.flow.blocks.iter().map(|(span, kind)| (*kind, span.of(&read.flow.text))).collect();
        assert_eq!(found, blocks);
        assert_eq!(read.title.as_deref(), Some("On cables"));
        assert_eq!(read.date, Some(jiff::civil::date(2031, 3, 12)));
        assert_eq!(read.byline, Some(byline));
    }

    #[test]
    fn line_ends_and_runs_of_spaces_are_one_space() {
        let mut outline = Outline::default();
        outline.push(BlockKind::Paragraph, "  We\u{A0}\n deny\t it ");
        assert_eq!(outline.finish(), "We\u{A0} deny it\n");
    }
}
