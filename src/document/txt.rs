//! Plain text: paragraphs parted by blank lines, hard wraps joined.

use super::{Block, BlockKind, Extracted, Run, Segmentation, Shown};
use crate::text::SourceSpan;

/// Reads plain text.
pub fn read(text: &str, _segmentation: Segmentation) -> Extracted {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let source = SourceSpan::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if !source.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, runs: vec![Run { source, shown: Shown::AsIs }] });
        }
    }
    Extracted { blocks, ..Extracted::default() }
}
