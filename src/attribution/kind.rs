//! Statement, article or transcript?
//!
//! A transcript has labelled turns; an article gives the words of others in the past tense of a
//! writer who is nobody in it. All else is a statement, also one that quotes a few words.

use super::{article, transcript};
use crate::document::Document;
use crate::lexicon::Speech;

/// What sort of document it is, which decides how speakers are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One speaker's words throughout.
    Statement,
    /// A writer's text that quotes and reports speakers.
    Article,
    /// Turns under speakers' labels.
    Transcript,
}

impl Kind {
    /// Its name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Article => "article",
            Self::Transcript => "transcript",
        }
    }
}

/// The kind of `document`, from labels and attributed quotations.
pub fn of(document: &Document, speech: &Speech) -> Kind {
    if transcript::is_one(document, speech) {
        Kind::Transcript
    } else if document.byline.is_none() && article::is_one(document, speech) {
        Kind::Article
    } else {
        Kind::Statement
    }
}
