//! One speaker throughout: letterhead, title line, body.

use super::{DocumentId, Given, Joint, Statement};
use crate::document::Document;
use crate::lexicon::Speech;

/// The whole document as one statement.
pub fn read(document: &Document, id: DocumentId, _speech: &Speech) -> Vec<Statement> {
    let mut statement = Statement::new(id, None);
    for (span, _) in &document.flow.blocks {
        statement.push(document, *span, Joint::Block, Given::SPOKEN);
    }
    vec![statement]
}
