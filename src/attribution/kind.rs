//! Statement, article or transcript?

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
pub fn of(_document: &Document, _speech: &Speech) -> Kind {
    Kind::Statement
}
