//! Documents whose format tells of each paragraph who says it: one statement for each speaker.

use super::{DocumentId, Given, Joint, Speaker, Statement};
use crate::document::{Byline, Document};

/// The statements of a document with voices, in order of first words.
pub fn read(document: &Document, id: DocumentId) -> Vec<Statement> {
    let mut bylines: Vec<&Option<Byline>> = Vec::new();
    let mut statements: Vec<Statement> = Vec::new();
    for voice in &document.voices {
        let at = bylines.iter().position(|byline| **byline == voice.byline).unwrap_or_else(|| {
            bylines.push(&voice.byline);
            let speaker = voice.byline.as_ref();
            let speaker =
                speaker.map(|byline| Speaker { name: byline.name.clone(), role: byline.role.clone() });
            statements.push(Statement::new(id, speaker));
            statements.len() - 1
        });
        for (block, _) in &document.flow.blocks[voice.blocks.clone()] {
            statements[at].push(document, *block, Joint::Block, Given::SPOKEN);
        }
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Segmentation;
    use std::path::Path;

    #[test]
    fn one_statement_for_each_speaker() {
        let lines = r#"{"speaker":"A","text":"One."}
{"speaker":"B","text":"Two."}
{"speaker":"A","text":"Three."}"#;
        let document = Document::from_bytes(Path::new("a.jsonl"), lines.as_bytes(), Segmentation::Auto);
        let statements = read(&document.expect("it is text"), DocumentId(0));
        let found: Vec<(&str, &str)> =
            statements.iter().map(|statement| (statement.speaker_name(), statement.text.as_str())).collect();
        assert_eq!(found, [("A", "One.\n\nThree."), ("B", "Two.")]);
    }
}
