//! Texts in ODT, as other office suites write them: paragraphs, headings and items of the body.
//!
//! Tracked deletions, comments and notes at the foot are not read; nor are headers and footers,
//! which stand among the styles.

use std::borrow::Cow;

use super::archive::{Archive, Node, walk};
use super::encoding::{Decoded, Told, made};
use super::outline::Outline;
use super::{BlockKind, OpenError};

/// Whether it is an archive that says so of itself, or is called so.
pub fn is(head: &[u8], extension: &str) -> bool {
    head.starts_with(b"PK\x03\x04")
        && (matches!(extension, "odt" | "ott") || memchr::memmem::find(head, b"opendocument.text").is_some())
}

/// The paragraphs of a text as an outline.
///
/// # Errors
/// If it is damaged, locked or something else.
#[expect(clippy::needless_pass_by_value, reason = "every format has this form")]
pub fn source(bytes: Cow<'_, [u8]>, _: Told) -> Result<Decoded, OpenError> {
    let mut archive = Archive::new(&bytes)?;
    let Some(content) = archive.part("content.xml")? else {
        return Err(OpenError::NoText(
            "a ZIP archive without content.xml, so no text of an office suite (ODT)".to_owned(),
        ));
    };
    let mut body = Body::default();
    let damage = walk(&content, |node| body.take(&node));
    let mut decoded = made(body.outline.finish());
    decoded.warnings.extend(damage.map(|damage| format!("damaged, read up to the damage: {damage}")));
    Ok(decoded)
}

#[derive(Default)]
struct Body {
    outline: Outline,
    words: String,
    /// Paragraphs and headings that are open.
    open: usize,
    items: usize,
    /// Elements open whose text does not count.
    unread: usize,
}

impl Body {
    fn take(&mut self, node: &Node<'_>) {
        const UNREAD: [&str; 5] = ["tracked-changes", "annotation", "note", "ruby-text", "script"];
        match node {
            Node::Open(name, _) if UNREAD.contains(name) => self.unread += 1,
            Node::Close(name) if UNREAD.contains(name) => self.unread = self.unread.saturating_sub(1),
            _ if self.unread > 0 => {}
            Node::Open("list-item" | "list-header", _) => self.items += 1,
            Node::Close("list-item" | "list-header") => self.items = self.items.saturating_sub(1),
            Node::Open("p" | "h", _) => {
                self.end(BlockKind::Paragraph);
                self.open += 1;
            }
            Node::Close(name @ ("p" | "h")) => {
                self.open = self.open.saturating_sub(1);
                self.end(match *name {
                    "h" => BlockKind::Heading,
                    _ if self.items > 0 => BlockKind::Item,
                    _ => BlockKind::Paragraph,
                });
            }
            Node::Open("s" | "tab" | "line-break", _) => self.words.push(' '),
            Node::Text(text) if self.open > 0 && !self.outline.is_full() => self.words.push_str(text),
            _ => {}
        }
    }

    fn end(&mut self, kind: BlockKind) {
        self.outline.push(kind, &self.words);
        self.words.clear();
    }
}
