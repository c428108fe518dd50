//! Layer 8: the analysis for other programs and people. Byte offsets become code points here.

pub mod json;
pub mod ledger;
pub mod markdown;
pub mod notes;
pub mod plain;

/// White space as single blanks, so that a sentence is one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
