//! Web pages as a browser saves them: the statement without menus, scripts, banners and footers.
//!
//! The source is the decoded page with its tags, so that every offset leads to the words in the
//! file; `page` reads the tags, `body` finds the statement, `text` writes it.

mod body;
mod hints;
mod page;
mod tags;
mod text;

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::encoding::{Decoded, Told, decode};
use super::lines::{ends_sentence, starts_small, starts_turn};
use super::txt::joint;
use super::{BlockKind, Extracted, FlowWriter, OpenError, Segmentation};
use crate::text::SourceSpan;
use body::{Body, body};
use page::{Block, page};

/// Whether the first thing is a tag, a comment or a declaration; without a name that says so, the
/// declaration must be HTML's own.
pub fn is(head: &[u8], extension: &str) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |tag: &[u8]| head.get(..tag.len()).is_some_and(|first| first.eq_ignore_ascii_case(tag));
    match extension {
        "html" | "htm" | "xhtml" | "shtml" | "mhtml" => {
            matches!(head, [b'<', b'!' | b'?' | b'a'..=b'z' | b'A'..=b'Z', ..])
        }
        "txt" | "text" | "md" | "markdown" => false,
        _ => begins(b"<!doctype html") || begins(b"<html"),
    }
}

/// The page as text, in the encoding that it declares unless its bytes say otherwise.
///
/// # Errors
/// If the bytes are no text.
pub fn source(bytes: Cow<'_, [u8]>, told: Told) -> Result<Decoded, OpenError> {
    let declared = declared(&bytes);
    decode(bytes, Told { declared, ..told })
}

/// The encoding that `<meta charset=…>`, `<meta … content="…; charset=…">` or `<?xml encoding=…?>`
/// names in the first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let named = |key: &[u8]| {
        let at = memchr::memmem::find(&head, key)? + key.len();
        let value = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:".contains(byte)));
        Encoding::for_label(&value[..end.unwrap_or(value.len())])
    };
    named(b"charset").or_else(|| named(b"<?xml version=\"1.0\" encoding"))
}

/// Reads a page.
pub fn read(text: &str, _: Segmentation) -> Extracted {
    let page = page(text);
    let Body { blocks, title, date } = body(&page, text);
    let mut writer = FlowWriter::new(text);
    let quoted = blocks.iter().filter(|at| page.blocks[**at].quotation).count();
    let all_quoted = quoted * 2 > blocks.len();
    let mut before: Option<usize> = None;
    for at in blocks {
        let block = &page.blocks[at];
        let kind = kind_of(block, all_quoted);
        let broken = block.broken && before.is_some_and(|before| before + 1 == at);
        match before.filter(|_| broken) {
            Some(last) => {
                let shown = text::plain(&page, &page.blocks[last], text);
                let coming = text::plain(&page, block, text);
                if !ends_sentence(&shown) && starts_small(&coming) && !starts_turn(&coming) {
                    let end = page.runs[page.blocks[last].end - 1].span.end;
                    let gap = SourceSpan::new(end, page.runs[block.start].span.start);
                    writer.show_as(gap, joint(&shown, &coming));
                } else {
                    writer.begin(kind);
                }
            }
            None => writer.begin(kind),
        }
        text::write(&page, block, text, kind, &mut writer);
        before = Some(at);
    }
    Extracted { flow: writer.finish(), title, date, ..Extracted::default() }
}

/// What a block is; where most of a page is set off as a quotation, that is its way of setting text.
fn kind_of(block: &Block, all_quoted: bool) -> BlockKind {
    match block {
        Block { heading: 1.., .. } => BlockKind::Heading,
        Block { quotation: true, .. } if !all_quoted => BlockKind::Quotation,
        Block { item: true, .. } => BlockKind::Item,
        _ => BlockKind::Paragraph,
    }
}

#[cfg(test)]
mod tests {
    use super::BlockKind::{Heading, Item, Paragraph, Quotation};
    use super::*;
    use jiff::civil::date;

    fn check(page: &str, expected: &[&str]) {
        let flow = read(page, Segmentation::Auto).flow;
        let found: Vec<&str> = flow.blocks.iter().map(|(span, _)| span.of(&flow.text)).collect();
        assert_eq!(found, expected, "{page}");
    }

    const SAID: &str = "The ministry rejects the charge, which has no ground whatever and never had one.";
    const ADDED: &str = "We call on the other side to publish what it claims to know about the cables.";

    #[test]
    fn a_page_is_told_by_its_tags_and_its_name() {
        let page = b" \n<!DOCTYPE html><html>";
        for (head, extension, expected) in [
            (&page[..], "html", true),
            (page, "", true),
            (page, "txt", false),
            (b"<p>We deny it.", "htm", true),
            (b"The ministry denied it.", "html", false),
            (b"<applause> Thank you.", "", false),
            (b"", "html", false),
        ] {
            assert_eq!(is(head, extension), expected, "{extension}");
        }
    }

    #[test]
    fn the_statement_is_found_among_furniture() {
        let page = format!(
            "<title>No ground for charges - Ministry of the Sea</title><body class='has-sidebar'>
             <div id=cookie-banner><p>{ADDED} {ADDED}</div>
             <ul><li><a href=/>Home</a><li><a href=/news>News of the ministry and its offices</a></ul>
             <h1>Ministry of the Sea</h1><div><h2>No ground for charges</h2><p class=date>12 March 2031
             <div><p>{SAID}</p><p>{ADDED} <a href=/x>Read more</a></p>
             <p><a href=/y>{SAID}</a></div></div>
             <div class=share>Share</div><h3>Related</h3><p><a href=/z>Other news of the day.</a>
             <footer><p>{ADDED}</footer>"
        );
        check(&page, &["No ground for charges", "12 March 2031", SAID, ADDED]);
        let read = read(&page, Segmentation::Auto);
        assert_eq!(read.title.as_deref(), Some("No ground for charges"));
        assert_eq!(read.date, Some(date(2031, 3, 12)));
    }

    #[test]
    fn a_button_within_a_paragraph_is_no_word_of_it() {
        check(&format!("<p>{SAID} <a href=/x>Continue&nbsp;Reading</a></p><p>{ADDED}"), &[SAID, ADDED]);
    }

    #[test]
    fn a_page_needs_no_paragraphs() {
        check(
            &format!("<body><font>{SAID}<br><br>{ADDED}<br>The cables lie\n in our<br>waters.<br>They stay."),
            &[SAID, ADDED, "The cables lie in our waters.", "They stay."],
        );
        check("<table><tr><td>We deny it.<td>They do not.</table>", &["We deny it.", "They do not."]);
        check("<pre>We deny\nit.\n\nThey do not.</pre>", &["We deny it.", "They do not."]);
    }

    #[test]
    fn what_holds_the_text_is_no_furniture_whatever_its_name() {
        check(&format!("<div class=sidebar><p>{SAID}<p>{ADDED}</div>"), &[SAID, ADDED]);
        check(&format!("<div aria-hidden=true><p>{SAID}</div><div role=dialog>OK</div>"), &[SAID]);
    }

    #[test]
    fn references_and_white_space_lead_back_to_the_page() {
        let page = "<p>No&nbsp;one  of\n us&mdash;at &quot;Merrow&quot;&hellip; denies <b> it </b> &amp&copy &#27;[2J";
        let flow = read(page, Segmentation::Auto).flow;
        assert_eq!(flow.text, "No\u{A0}one of us—at \"Merrow\"… denies it &© ␛[2J");
        let at = flow.text.find("of us—at").expect("it is shown");
        let span = crate::text::FlowSpan::new(at, at + "of us—at".len());
        assert_eq!(flow.to_source(span).of(page), "of\n us&mdash;at");
    }

    #[test]
    fn items_and_quotations_are_told_apart() {
        let page = format!("<h2>Cables</h2><p>{SAID}<ul><li>one of them<li>{ADDED}</ul><blockquote>{SAID}");
        let kinds: Vec<BlockKind> =
            read(&page, Segmentation::Auto).flow.blocks.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(kinds, [Heading, Paragraph, Item, Item, Quotation]);
    }

    #[test]
    fn the_day_may_stand_in_fields() {
        let dated = |head: &str| read(&format!("{head}<p>{SAID}"), Segmentation::Auto).date;
        let field = "<meta property='article:published_time' content='2031-03-12T09:00:00Z'>";
        let data = "<script type=application/ld+json>{\"datePublished\": \"2031-03-12\"}</script>";
        for head in [
            field,
            data,
            "<time datetime=2031-03-12>today</time>",
            "<h1>On cables</h1>Published on March 12, 2031<p>",
        ] {
            assert_eq!(dated(head), Some(date(2031, 3, 12)), "{head}");
        }
        assert_eq!(dated(""), None);
    }

    #[test]
    fn the_declared_encoding_is_found() {
        for (head, expected) in [
            ("<meta charset=gbk>", Some(encoding_rs::GBK)),
            (
                "<META HTTP-EQUIV=x CONTENT=\"text/html; charset = windows-1251\">",
                Some(encoding_rs::WINDOWS_1251),
            ),
            ("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>", Some(encoding_rs::SHIFT_JIS)),
            ("<meta charset=x-none>", None),
            ("<p>charset", None),
        ] {
            assert_eq!(declared(head.as_bytes()), expected, "{head}");
        }
    }
}
