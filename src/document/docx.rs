//! Word documents: the paragraphs of the body, with headings and items by their style.
//!
//! Read are the words that stand in the document now: deletions, moved text, field codes, comments
//! and the second version of a drawing are not. Headers and footers are other parts, and not opened.

use std::borrow::Cow;

use super::archive::{Archive, Attributes, Node, walk};
use super::encoding::{Decoded, Told, made};
use super::outline::Outline;
use super::{BlockKind, OpenError};
use crate::text::one_line;

/// Whether it is an archive with Word's parts in it, or called so.
pub fn is(head: &[u8], extension: &str) -> bool {
    head.starts_with(b"PK\x03\x04")
        && (matches!(extension, "docx" | "docm" | "dotx") || memchr::memmem::find(head, b"word/").is_some())
        && !super::odt::is(head, "")
}

/// The paragraphs of a document as an outline.
///
/// # Errors
/// If it is damaged, locked or no Word document.
#[expect(clippy::needless_pass_by_value, reason = "every format has this form")]
pub fn source(bytes: Cow<'_, [u8]>, _: Told) -> Result<Decoded, OpenError> {
    let mut archive = Archive::new(&bytes)?;
    let Some(document) = archive.part("word/document.xml")? else {
        return Err(OpenError::NoText(
            "a ZIP archive without word/document.xml, so no Word document".to_owned(),
        ));
    };
    // Whatever is wrong with styles and properties, the words can be read.
    let styles = archive.part("word/styles.xml").ok().flatten().map(|xml| styles(&xml)).unwrap_or_default();
    let title = archive.part("docProps/core.xml").ok().flatten().and_then(|xml| title(&xml));
    let mut body = Body { styles, ..Body::default() };
    let damage = walk(&document, |node| body.take(&node));
    let mut decoded = made(body.finish());
    decoded.title = title.map(|title| made(title).text);
    decoded.warnings.extend(damage.map(|damage| format!("damaged, read up to the damage: {damage}")));
    Ok(decoded)
}

/// What a style makes of a paragraph.
type Styles = Vec<(String, BlockKind)>;

fn styles(xml: &str) -> Styles {
    let mut styles = Styles::new();
    let mut id = String::new();
    walk(xml, |node| match node {
        Node::Open("style", attributes) => id = attributes.value("styleId").unwrap_or_default(),
        Node::Open("name", attributes) => {
            let name = attributes.value("val").unwrap_or_default().to_lowercase();
            if let Some(kind) = kind_of(&name) {
                styles.push((std::mem::take(&mut id), kind));
            }
        }
        _ => {}
    });
    styles
}

fn kind_of(style: &str) -> Option<BlockKind> {
    match style {
        "title" | "subtitle" => Some(BlockKind::Heading),
        _ if style.starts_with("heading") => Some(BlockKind::Heading),
        _ if style.starts_with("list") => Some(BlockKind::Item),
        _ if style.ends_with("quote") => Some(BlockKind::Quotation),
        _ => None,
    }
}

/// The title among a file's properties, unless a program made it up.
fn title(xml: &str) -> Option<String> {
    let (mut within, mut title) = (false, String::new());
    walk(xml, |node| match node {
        Node::Open(name, _) => within = name == "title",
        Node::Close(_) => within = false,
        Node::Text(text) if within => title.push_str(text),
        Node::Text(_) => {}
    });
    let made_up = ["microsoft word", "untitled", "document"];
    let folded = title.trim().to_lowercase();
    let is_title = folded.contains(' ') && !made_up.iter().any(|start| folded.starts_with(start));
    is_title.then(|| one_line(&title))
}

#[derive(Default)]
struct Body {
    styles: Styles,
    outline: Outline,
    /// Paragraphs that are open: a text box stands within one.
    open: Vec<(BlockKind, String)>,
    /// Elements open whose text does not count.
    unread: usize,
    within_text: bool,
}

impl Body {
    fn take(&mut self, node: &Node<'_>) {
        const UNREAD: [&str; 4] = ["del", "moveFrom", "Fallback", "rt"];
        match node {
            Node::Open(name, _) if UNREAD.contains(name) => self.unread += 1,
            Node::Close(name) if UNREAD.contains(name) => self.unread = self.unread.saturating_sub(1),
            _ if self.unread > 0 => {}
            Node::Open("p", _) => self.open.push((BlockKind::Paragraph, String::new())),
            Node::Close("p") => self.end(),
            Node::Open("pStyle", attributes) => self.style(*attributes),
            Node::Open("outlineLvl", attributes)
                if attributes.value("val").is_some_and(|level| level != "9") =>
            {
                self.retype(BlockKind::Heading);
            }
            Node::Open("numPr", _)
                if self.open.last().is_some_and(|(kind, _)| *kind == BlockKind::Paragraph) =>
            {
                self.retype(BlockKind::Item);
            }
            Node::Open("t", _) => self.within_text = true,
            Node::Close("t") => self.within_text = false,
            Node::Text(text) if self.within_text => self.add(text),
            Node::Open("tab" | "ptab", _) => self.add(" "),
            Node::Open("noBreakHyphen", _) => self.add("\u{2011}"),
            Node::Open("br" | "cr", attributes) if attributes.value("type").is_none() => self.break_line(),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if let Some((_, words)) = self.open.last_mut()
            && !self.outline.is_full()
        {
            words.push_str(text);
        }
    }

    fn style(&mut self, attributes: Attributes<'_>) {
        let id = attributes.value("val").unwrap_or_default();
        let known = self.styles.iter().find(|(known, _)| *known == id).map(|(_, kind)| *kind);
        if let Some(kind) = known.or_else(|| kind_of(&id.to_lowercase())) {
            self.retype(kind);
        }
    }

    fn retype(&mut self, to: BlockKind) {
        if let Some((kind, _)) = self.open.last_mut() {
            *kind = to;
        }
    }

    /// Ends the paragraph at a line break after a whole sentence; elsewhere a break is a space.
    fn break_line(&mut self) {
        if let Some((kind, words)) = self.open.last_mut() {
            if super::lines::ends_sentence(words.trim_end()) {
                self.outline.push(*kind, words);
                words.clear();
            } else {
                words.push(' ');
            }
        }
    }

    fn end(&mut self) {
        if let Some((kind, words)) = self.open.pop() {
            self.outline.push(kind, &words);
        }
    }

    fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.outline.finish()
    }
}
