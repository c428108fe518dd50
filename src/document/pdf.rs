//! PDF files: their lines in reading order as paragraphs, if the text they carry is text at all.
//!
//! A [`child`] process of our own takes the text out, since readers of PDF crash and hang on odd
//! files; `pages` drops running heads and page numbers and mends lines; `judge` refuses what only
//! looks like text on the page.

pub mod child;
mod columns;
mod judge;
mod letters;
mod pages;

use std::borrow::Cow;

use super::date::day_within;
use super::encoding::{Decoded, Told, made};
use super::outline::Outline;
use super::{OpenError, Segmentation, txt};

/// Whether the mark of a PDF stands near the beginning.
pub fn is(head: &[u8], _: &str) -> bool {
    memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some()
}

/// The paragraphs of a file as an outline.
///
/// # Errors
/// If it is damaged or locked, or if its text is none.
#[expect(clippy::needless_pass_by_value, reason = "every format has this form")]
pub fn source(bytes: Cow<'_, [u8]>, _: Told) -> Result<Decoded, OpenError> {
    let refused = |reason: String| OpenError::NoText(format!("a PDF file {reason}"));
    let raw = child::text_of(&bytes).map_err(refused)?;
    let (raw, _) = super::clean::clean(raw.replace(pages::PAGE_END, "").replace('\u{C}', pages::PAGE_END));
    judge::judge(&raw).map_err(refused)?;
    let (raw, mended) = judge::mended(&raw);
    let text = pages::joined(&raw);
    let flow = txt::read(&text, Segmentation::Auto).flow;
    let mut outline = Outline::default();
    outline.push_flow(&flow);
    let mut decoded = made(outline.finish());
    let head = flow.blocks.iter().take(12).map(|(span, _)| span.of(&flow.text));
    decoded.date = head.filter(|line| line.len() <= 100).find_map(day_within);
    decoded.warnings.extend(mended);
    Ok(decoded)
}
