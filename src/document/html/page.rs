//! Tags to a flat page: stretches of text in blocks, blocks in elements.
//!
//! `html5gum`, a tokenizer that follows the standard and tells offsets, reads the tags. Of the
//! standard's tree only what text needs is kept: which block-level elements hold which blocks, what
//! a tag that was left out would have closed, what is a link and what is not shown. Depth and count
//! are bounded; beyond the bounds an element is passed over and its text belongs to the one around.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::hints::{self, Hint};
use super::tags::{Nature, closed_by, tag_of};
use crate::text::SourceSpan;

/// Elements within elements that are told apart.
const DEEPEST: usize = 256;
/// Block-level elements that are told apart.
const MOST_ELEMENTS: usize = 1 << 20;
/// Bytes of an attribute's value that are looked at.
const LONGEST_VALUE: usize = 512;

/// A page as text in blocks.
#[derive(Debug, Default)]
pub struct Page {
    /// In order of their start tags; the first holds all.
    pub elements: Vec<Element>,
    /// In order.
    pub blocks: Vec<Block>,
    /// Stretches of text, in order, with references to characters still in them.
    pub runs: Vec<Run>,
    /// What `<title>` holds, as it stands.
    pub title: Option<SourceSpan>,
    /// `<meta>` fields: lower-case name and value.
    pub fields: Vec<(String, String)>,
    /// `datetime` of `<time>` elements, with the block they stand before or in.
    pub times: Vec<(usize, String)>,
    /// Scripts that hold data (JSON-LD).
    pub data: Vec<SourceSpan>,
}

/// A block-level element.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its first block.
    pub start: usize,
    /// The block behind its last.
    pub end: usize,
    /// What its name and attributes tell of it.
    pub hint: Hint,
}

/// Text without a line end in it.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Its first run.
    pub start: usize,
    /// The run behind its last.
    pub end: usize,
    /// Level of the heading it is, or 0.
    pub heading: u8,
    /// Whether it stands in an item of a list.
    pub item: bool,
    /// Whether it stands in a quotation.
    pub quotation: bool,
    /// Whether only a line break parts it from the block before.
    pub broken: bool,
}

/// A stretch of text.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Where it stands.
    pub span: SourceSpan,
    /// Whether it leads elsewhere.
    pub link: bool,
    /// Whether its line ends count.
    pub preformatted: bool,
}

/// The page that `source` makes.
pub fn page(source: &str) -> Page {
    let mut builder = Builder { source, ..Builder::default() };
    builder.page.elements.push(Element { start: 0, end: 0, hint: Hint::None });
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
        builder.take(&event, SourceSpan::new(span.start, span.end));
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
    builder.finish()
}

/// An element that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    tag: &'static str,
    nature: Nature,
    /// Index in [`Page::elements`], for block-level ones.
    element: Option<usize>,
    link: bool,
    unseen: bool,
}

/// A start tag that is being read.
#[derive(Debug, Default)]
struct Start {
    tag: Option<(&'static str, Nature)>,
    attribute: String,
    values: Vec<(String, String)>,
}

impl Start {
    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Debug, Default)]
struct Builder<'s> {
    source: &'s str,
    page: Page,
    open: Vec<Open>,
    start: Start,
    /// Elements open beyond [`DEEPEST`].
    beyond: usize,
    links: usize,
    unseen: usize,
    /// What parts the text that comes from the text before.
    parted: Parted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Parted {
    Not,
    Line,
    #[default]
    Block,
}

impl Builder<'_> {
    fn take(&mut self, event: &CallbackEvent<'_>, span: SourceSpan) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.start.tag = tag_of(name);
                self.start.values.clear();
            }
            CallbackEvent::AttributeName { name } => self.attribute(name),
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.begin(*self_closing),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { .. } => self.text(span),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn attribute(&mut self, name: &[u8]) {
        self.start.attribute.clear();
        if self.start.tag.is_none() || self.start.values.len() >= 32 {
            return;
        }
        if let Ok(name) = std::str::from_utf8(name)
            && hints::ATTRIBUTES.contains(&name)
        {
            self.start.attribute.push_str(name);
            self.start.values.push((name.to_owned(), String::new()));
        }
    }

    fn value(&mut self, value: &[u8]) {
        if !self.start.attribute.is_empty()
            && let Some((_, last)) = self.start.values.last_mut()
        {
            let value = &value[..value.len().min(LONGEST_VALUE)];
            last.push_str(&String::from_utf8_lossy(value));
        }
    }

    fn begin(&mut self, self_closing: bool) {
        let Some((tag, nature)) = self.start.tag.take() else { return };
        let foreign = self.open.iter().rposition(|open| matches!(open.tag, "svg" | "math"));
        if let Some(at) = foreign.filter(|_| nature == Nature::Block) {
            self.close_from(at);
        }
        match (tag, nature) {
            ("br", _) => self.part(if self.parted == Parted::Line { Parted::Block } else { Parted::Line }),
            ("hr", _) => self.part(Parted::Block),
            ("meta", _) => self.field(),
            (_, Nature::Void) => {}
            (_, Nature::Unseen) if self_closing && matches!(tag, "svg" | "math") => {}
            _ => self.push(tag, nature),
        }
    }

    fn field(&mut self) {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| self.start.value(key));
        if let (Some(name), Some(value)) = (name, self.start.value("content"))
            && self.page.fields.len() < 256
        {
            self.page.fields.push((name.to_lowercase(), value.to_owned()));
        }
    }

    fn push(&mut self, tag: &'static str, nature: Nature) {
        if nature == Nature::Block {
            let (closes, within) = closed_by(tag);
            let inner = self.open.iter().rposition(|open| within.contains(&open.tag)).map_or(0, |at| at + 1);
            if let Some(at) = self.open[inner..].iter().rposition(|open| closes.contains(&open.tag)) {
                self.close_from(inner + at);
            }
            self.part(Parted::Block);
        }
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        if let (true, Some(time)) = (tag == "time", self.start.value("datetime")) {
            self.page.times.push((self.page.blocks.len(), time.to_owned()));
        }
        let hint = hints::hint(tag, &self.start.values);
        let is_data = tag == "script" && self.start.value("type") == Some("application/ld+json");
        let open = Open {
            tag: if is_data { DATA } else { tag },
            nature,
            element: (nature == Nature::Block && self.page.elements.len() < MOST_ELEMENTS).then(|| {
                let start = self.page.blocks.len();
                self.page.elements.push(Element { start, end: start, hint });
                self.page.elements.len() - 1
            }),
            link: tag == "a" && self.start.value("href").is_some_and(|target| !target.starts_with('#')),
            unseen: nature == Nature::Unseen || nature == Nature::Inline && hint == Hint::Furniture,
        };
        self.links += usize::from(open.link);
        self.unseen += usize::from(open.unseen);
        self.open.push(open);
    }

    fn end(&mut self, name: &[u8]) {
        let Some((tag, nature)) = tag_of(name) else { return };
        match nature {
            Nature::Void => {
                if tag == "br" {
                    self.part(Parted::Line);
                }
                return;
            }
            Nature::Block => self.part(Parted::Block),
            _ => {}
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let named = |open: &Open| open.tag == tag || open.tag == DATA && tag == "script";
        let Some(at) = self.open.iter().rposition(named) else { return };
        if self.open[at..].iter().any(|open| open.nature == Nature::Block) && nature == Nature::Inline {
            let closed = self.open.remove(at);
            self.forget(closed);
        } else {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        while self.open.len() > at {
            if let Some(closed) = self.open.pop() {
                self.forget(closed);
            }
        }
        self.beyond = 0;
    }

    fn forget(&mut self, closed: Open) {
        self.links -= usize::from(closed.link);
        self.unseen -= usize::from(closed.unseen);
        if let Some(element) = closed.element {
            self.page.elements[element].end = self.page.blocks.len();
        }
    }

    fn part(&mut self, parted: Parted) {
        self.parted = self.parted.max(parted);
    }

    fn text(&mut self, span: SourceSpan) {
        match self.open.last() {
            Some(open) if open.tag == "title" && self.page.title.is_none() => self.page.title = Some(span),
            Some(open) if open.tag == DATA => self.page.data.push(span),
            _ => {}
        }
        let text = span.of(self.source);
        if self.unseen > 0 || text.is_empty() {
            return;
        }
        if self.parted > Parted::Not {
            if text.trim().is_empty() {
                return;
            }
            let block = self.block();
            self.page.blocks.push(block);
        }
        let preformatted = self.open.iter().any(|open| open.tag == "pre");
        self.page.runs.push(Run { span, link: self.links > 0, preformatted });
        if let Some(last) = self.page.blocks.last_mut() {
            last.end = self.page.runs.len();
        }
    }

    /// The block that begins here.
    fn block(&mut self) -> Block {
        let parted = std::mem::take(&mut self.parted);
        self.parted = Parted::Not;
        let inside = |tags: &[&str]| self.open.iter().any(|open| tags.contains(&open.tag));
        let heading = self.open.iter().rev().find_map(|open| match open.tag.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        });
        let start = self.page.runs.len();
        Block {
            start,
            end: start,
            heading: heading.unwrap_or(0),
            item: inside(&["li", "dd"]),
            quotation: inside(&["blockquote"]),
            broken: parted == Parted::Line,
        }
    }

    fn finish(mut self) -> Page {
        self.close_from(0);
        self.page.elements[0].end = self.page.blocks.len();
        self.page
    }
}

/// The name that a script with data has among open elements.
const DATA: &str = "script of data";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let page = page(source);
        let found: Vec<String> = page
            .blocks
            .iter()
            .map(|block| page.runs[block.start..block.end].iter().map(|run| run.span.of(source)).collect())
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn block_tags_part_text_and_others_do_not() {
        check(
            "<p>We <b>deny</b> it.<p>All&amp;of<br>it<div>end",
            &["We deny it.", "All&amp;of", "it", "end"],
        );
        check("a<ul><li>b<li>c</ul>d<table><tr><td>e<td>f</table>", &["a", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        check(
            "<title>t</title><script>x<p>y</script><style>p{}</style><p>a<select><option>b</select><svg><text>c</svg>d",
            &["ad"],
        );
        check("<svg><foreignObject><p>shown", &["shown"]);
        check("a<!-- <p>b</p> -->c<noscript><p>d</noscript>", &["ac"]);
    }

    #[test]
    fn depth_is_bounded_and_the_text_is_kept() {
        let deep = format!("{}<p>deep</p>{}after", "<div>".repeat(2_000), "</div>".repeat(2_000));
        check(&deep, &["deep", "after"]);
        assert!(page(&deep).elements.len() <= DEEPEST + 2);
    }

    #[test]
    fn a_link_ends_where_its_tag_does() {
        let page = page("<a href=x><div>b</a>c</div>d");
        assert_eq!(page.runs.iter().map(|run| run.link).collect::<Vec<_>>(), [true, false, false]);
    }

    #[test]
    fn an_element_knows_its_blocks() {
        let page = page("<div><p>a<p>b</div><p>c");
        let spans: Vec<_> = page.elements.iter().map(|element| (element.start, element.end)).collect();
        assert_eq!(spans, [(0, 3), (0, 2), (0, 1), (1, 2), (2, 3)]);
    }
}
