//! Markdown: paragraphs, headings, items and quotations; YAML front matter gives title and date.
//!
//! `pulldown-cmark` says what each stretch of the source is; text is shown from the source itself
//! wherever it stands there literally, so that every offset leads back to it. Markup, tags,
//! comments, link targets, pictures and rules are not shown. A block never holds a line end.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::clean::clean;
use super::date::day_of_head;
use super::lines::{ends_sentence, is_label, lines, starts_small, starts_turn};
use super::txt::{each_line, joint};
use super::{BlockKind, Extracted, Flow, FlowWriter, Segmentation, front_matter};
use crate::text::SourceSpan;

/// Whether the file is called so.
pub fn is(_: &[u8], extension: &str) -> bool {
    matches!(extension, "md" | "markdown")
}

/// Reads Markdown.
pub fn read(text: &str, segmentation: Segmentation) -> Extracted {
    let (front, body) = front_matter::split(text);
    let mut writer = FlowWriter::tidy(text);
    if segmentation == Segmentation::Lines {
        writer = FlowWriter::new(text);
        each_line(text, body, &mut writer);
    } else {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        let mut reader =
            Reader { source: text, writer, within: Within::default(), shown: body, line_end: None };
        for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
            reader.take(event, body + range.start..body + range.end);
        }
        writer = reader.writer;
    }
    let flow = writer.finish();
    Extracted {
        title: front.title.or_else(|| first_heading(&flow)),
        date: front.date.or_else(|| first_day(&flow)),
        byline: front.byline,
        flow,
        ..Extracted::default()
    }
}

fn first_heading(flow: &Flow) -> Option<String> {
    let (span, _) = flow.blocks.iter().find(|(_, kind)| *kind == BlockKind::Heading)?;
    Some(span.of(&flow.text).to_owned())
}

fn first_day(flow: &Flow) -> Option<jiff::civil::Date> {
    const HEAD: usize = 12;
    flow.blocks.iter().take(HEAD).find_map(|(span, _)| day_of_head(span.of(&flow.text)))
}

struct Reader<'s> {
    source: &'s str,
    writer: FlowWriter<'s>,
    within: Within,
    /// Up to where the source has been shown.
    shown: usize,
    /// A line end within the block, until the text behind it decides what becomes of it.
    line_end: Option<LineEnd>,
}

/// What the text that comes is part of.
#[derive(Debug, Default)]
struct Within {
    heading: bool,
    code: bool,
    quotations: usize,
    items: usize,
    pictures: usize,
}

impl Within {
    fn kind(&self) -> BlockKind {
        match self {
            Self { heading: true, .. } => BlockKind::Heading,
            Self { quotations: 1.., .. } => BlockKind::Quotation,
            Self { items: 1.., .. } => BlockKind::Item,
            _ => BlockKind::Paragraph,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEnd {
    /// The source just goes on in a new line.
    Soft,
    /// A break was asked for.
    Hard,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.within.code => self.show_lines(range, &text),
            Event::Text(text) => self.show(range, &text),
            Event::Code(text) => self.show_within(range, &text),
            Event::SoftBreak => self.line_end = self.line_end.or(Some(LineEnd::Soft)),
            Event::HardBreak => self.line_end = Some(LineEnd::Hard),
            Event::InlineHtml(tag) if is_line_break(&tag) => self.line_end = Some(LineEnd::Hard),
            Event::Html(_) => self.show_untagged(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.within.quotations += 1,
            Tag::Item => self.within.items += 1,
            Tag::Heading { .. } => self.within.heading = true,
            Tag::CodeBlock(_) => self.within.code = true,
            Tag::Image { .. } => self.within.pictures += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => return,
            _ => {}
        }
        if !matches!(tag, Tag::Image { .. }) {
            self.begin();
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => self.within.quotations -= 1,
            TagEnd::Item => self.within.items -= 1,
            TagEnd::Heading(_) => self.within.heading = false,
            TagEnd::CodeBlock => self.within.code = false,
            TagEnd::Image => {
                self.within.pictures -= 1;
                return;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => return,
            _ => {}
        }
        self.begin();
    }

    fn begin(&mut self) {
        self.writer.begin(self.within.kind());
        self.line_end = None;
    }

    fn show(&mut self, range: Range<usize>, text: &str) {
        if self.within.pictures > 0 {
            return;
        }
        self.end_line(range.start);
        self.shown = range.end;
        let span = SourceSpan::new(range.start, range.end);
        if span.of(self.source) == text {
            self.writer.show(span);
        } else {
            // An entity may spell what a terminal would obey.
            let (text, _) = clean(text.replace(['\n', '\r', '\t'], " "));
            self.writer.show_as(span, &text);
        }
    }

    /// Shows `text` where it stands in `range` between marks of its own.
    fn show_within(&mut self, range: Range<usize>, text: &str) {
        let range = match self.source[range.clone()].find(text) {
            Some(at) => range.start + at..range.start + at + text.len(),
            None => range,
        };
        self.show(range, text);
    }

    /// Shows each line of preformatted text as a block.
    fn show_lines(&mut self, range: Range<usize>, text: &str) {
        if &self.source[range.clone()] != text {
            return self.show(range, text);
        }
        for line in lines(text) {
            self.begin();
            self.writer.show(line.span.shifted(range.start));
        }
    }

    /// Shows a block of HTML without its tags and comments.
    fn show_untagged(&mut self, range: Range<usize>) {
        let html = &self.source[range.clone()];
        let mut at = 0;
        while at < html.len() {
            let tag = html[at..].find('<').map_or(html.len(), |length| at + length);
            for line in lines(&html[at..tag]).filter(|line| !line.span.is_empty()) {
                self.begin();
                self.writer.show(line.span.shifted(range.start + at));
            }
            let end = if html[tag..].starts_with("<!--") { "-->" } else { ">" };
            at = html[tag..].find(end).map_or(html.len(), |length| tag + length + end.len());
        }
    }

    /// Joins the line that is shown from `at` on to the one before, or begins a block for it.
    fn end_line(&mut self, at: usize) {
        let Some(line_end) = self.line_end.take() else { return };
        let before = self.source[..self.shown].rsplit(['\n', '\r']).next().unwrap_or_default().trim();
        let after = &self.source[at - markup_before(&self.source[self.shown..at])..];
        let after = after.split(['\n', '\r']).next().unwrap_or_default();
        let goes_on = !ends_sentence(before) && starts_small(after);
        if line_end == LineEnd::Hard && !goes_on
            || starts_turn(after) && ends_sentence(before)
            || is_label(before)
        {
            self.writer.begin(self.within.kind());
        } else {
            self.writer.show_as(SourceSpan::new(self.shown, at), joint(before, after));
        }
    }
}

/// How many bytes of markup stand at the end of `gap`, directly before the text.
fn markup_before(gap: &str) -> usize {
    gap.len() - gap.trim_end_matches(['*', '_']).len()
}

fn is_line_break(tag: &str) -> bool {
    tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FlowSpan;
    use jiff::civil::date;

    /// Each block of `text`: the letter of its kind and what is shown.
    fn check(text: &str, expected: &[&str]) {
        let flow = read(text, Segmentation::Auto).flow;
        let found: Vec<String> = flow
            .blocks
            .iter()
            .map(|(span, kind)| {
                let letter = match kind {
                    BlockKind::Heading => 'H',
                    BlockKind::Paragraph => 'P',
                    BlockKind::Item => 'I',
                    BlockKind::Quotation => 'Q',
                };
                format!("{letter} {}", span.of(&flow.text))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks_are_told_apart() {
        check(
            "# On *cyber*\n\nWe deny\nit. **All** of it.\n\n- one\n- two\n\n  more\n\n> They said\n> so.\n\n***\nEnd",
            &[
                "H On cyber",
                "P We deny it. All of it.",
                "I one",
                "I two",
                "I more",
                "Q They said so.",
                "P End",
            ],
        );
    }

    #[test]
    fn markup_is_gone_and_what_it_stands_for_is_shown() {
        check(
            "a \\### b \\[c\\] &amp; &#x2014; `d e` [f](http://g \"h\") <b>i</b> ![j](k) <!-- l --> m",
            &["P a ### b [c] & — d e f i   m"],
        );
        check("<div>\nWe <b>deny</b> it.\n<!-- no -->\n</div>", &["P We", "P deny", "P it."]);
        check("&#27;[2J &#155;1m &#0; a", &["P ␛[2J �1m � a"]);
        check("```\ncode\r\nmore\n```", &["P code", "P more"]);
    }

    #[test]
    fn lines_are_joined_but_for_breaks_and_turns() {
        check("One two  \nThree", &["P One two", "P Three"]);
        check("One two  \nthree", &["P One two three"]);
        check("Oslo<br>Norway", &["P Oslo", "P Norway"]);
        check("We did.\nMS. PSAKI: No.", &["P We did.", "P MS. PSAKI: No."]);
        check("**Q:**\nWho?", &["P Q:", "P Who?"]);
        check("cross-\nborder 外交\n部", &["P cross-border 外交部"]);
    }

    #[test]
    fn front_matter_is_read_and_not_shown() {
        let text = "---\ntitle: A view\ndate: 2021-07-19 10:00\nspeaker: Zhao Lijian\n---\n\nWe deny it.";
        let found = read(text, Segmentation::Auto);
        assert_eq!(found.flow.text, "We deny it.");
        assert_eq!(found.title.as_deref(), Some("A view"));
        assert_eq!(found.date, Some(date(2021, 7, 19)));
        assert_eq!(found.byline.map(|byline| byline.name).as_deref(), Some("Zhao Lijian"));
        assert_eq!(found.flow.to_source(FlowSpan::new(3, 7)).of(text), "deny");
        check("---\ntitle: A view\n\nWe deny it.", &["P title: A view", "P We deny it."]);
    }

    #[test]
    fn without_front_matter_the_text_names_title_and_day() {
        let found = read("# On cyber\n\nJuly 19, 2021\n\nWe deny it.", Segmentation::Auto);
        assert_eq!(found.title.as_deref(), Some("On cyber"));
        assert_eq!(found.date, Some(date(2021, 7, 19)));
    }

    #[test]
    fn lines_stay_lines_when_asked() {
        let flow = read("---\ntitle: x\n---\na\nb\n\n# c", Segmentation::Lines).flow;
        assert_eq!(flow.text, "a\n\nb\n\n# c");
    }
}
