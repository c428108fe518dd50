//! transcript

use super::{DocumentId, Statement, statement};
use crate::document::Document;
use crate::lexicon::Speech;

/// The statements of one transcript.
pub fn read(document: &Document, id: DocumentId, speech: &Speech) -> Vec<Statement> {
    statement::read(document, id, speech)
}
