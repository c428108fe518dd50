//! `abbreviations.toml`: words after which a full stop need not end a sentence.

use crate::text::Abbreviations;

/// The abbreviations that are built in.
pub fn abbreviations() -> Abbreviations {
    Abbreviations::default()
}
