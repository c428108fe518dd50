//! One speaker throughout: letterhead, title line, body.
//!
//! The head of the document, up to a few short blocks, may name the speaker (“Statement by Foreign
//! Minister X”, “Mr. Y (Norland):”) and holds furniture that is nobody's words; so may its foot
//! (“END”, “###”). All between is the statement.

use super::head::{self, introduced};
use super::speaker::named;
use super::{DocumentId, Given, Joint, Speaker, Statement};
use crate::document::Document;
use crate::document::furniture::{is_direction, is_letterhead};
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;
use crate::text::FlowSpan;

/// The whole document as one statement, furniture left out.
pub fn read(document: &Document, id: DocumentId, speech: &Speech) -> Vec<Statement> {
    let flow = &document.flow;
    let head = head::end(document, speech);
    let foot = head::foot(document, head, speech);
    let label = flow.blocks.get(head).and_then(|(block, _)| opening_label(block.of(&flow.text), speech));
    let mut statement = Statement::new(id, speaker(document, label.as_ref(), speech));
    for (place, (block, _)) in flow.blocks[head..foot].iter().enumerate() {
        let skipped = label.as_ref().filter(|_| place == 0).map_or(0, |label| label.length);
        let span = FlowSpan::new(block.start + skipped, block.end).trimmed(&flow.text);
        if !span.is_empty() && !is_direction(span.of(&flow.text)) {
            statement.push(document, span, Joint::Block, Given::SPOKEN);
        }
    }
    vec![statement]
}

fn speaker(document: &Document, label: Option<&OpeningLabel>, speech: &Speech) -> Option<Speaker> {
    if let Some(byline) = &document.byline {
        return Some(Speaker { name: byline.name.clone(), role: byline.role.clone() });
    }
    let introduced = introduced(document, document.flow.blocks.len(), speech);
    match label {
        Some(label) => {
            let speaker = introduced.speaker(&label.name, speech);
            Some(Speaker { role: speaker.role.or_else(|| label.country.clone()), ..speaker })
        }
        None => introduced.first().cloned(),
    }
}

/// The label of a record: “Mr. Lund (Norland) (spoke in Norse):”.
struct OpeningLabel {
    name: String,
    country: Option<String>,
    length: usize,
}

fn opening_label(block: &str, speech: &Speech) -> Option<OpeningLabel> {
    /// The longest such label, in bytes.
    const LONGEST: usize = 100;
    let colon = block.char_indices().take_while(|(at, _)| *at < LONGEST).find(|(_, c)| *c == ':')?.0;
    let label = &block[..colon];
    let mut parts = label.split('(');
    let name = parts.next().unwrap_or_default().trim();
    let country = parts
        .map(|part| part.trim().trim_end_matches(')'))
        .find(|part| !is_letterhead(part) && !part.is_empty());
    let first = name.split_whitespace().next()?;
    let titled = speech.facts(first.trim_end_matches('.')).sorts.any(Sorts::TITLE);
    let capitals =
        name.len() > 3 && !name.chars().any(char::is_lowercase) && named(name, speech).name != name;
    (titled && (country.is_some() || name.split_whitespace().count() <= 4)
        || capitals
        || name == "THE PRESIDENT")
        .then(|| OpeningLabel {
            name: name.to_owned(),
            country: country.map(str::to_owned),
            length: colon + 1,
        })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Segmentation;

    fn check(text: &str, speaker: Option<(&str, Option<&str>)>, expected: &str) {
        let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto)
            .expect("it is text");
        let statements = read(&document, DocumentId(0), Speech::built_in());
        let found =
            statements[0].speaker.as_ref().map(|speaker| (speaker.name.as_str(), speaker.role.as_deref()));
        assert_eq!((found, statements[0].text.as_str()), (speaker, expected));
    }

    #[test]
    fn head_and_foot_are_nobodys_words() {
        check(
            "PRESS RELEASE\n\nCheck against delivery\n\nStatement by Foreign Minister Ana Reyes on the Harbor\n\nNorhaven, 24 September 2031\n\nThe harbor is open. It stays open.\n\n###\n",
            Some(("Ana Reyes", Some("Foreign Minister"))),
            "The harbor is open. It stays open.",
        );
    }

    #[test]
    fn stage_directions_are_nobodys_words() {
        check("We wait.\n\n(Pause for interpretation.)\n\nWe go.\n", None, "We wait.\n\nWe go.");
    }

    #[test]
    fn the_label_of_a_record_names_the_speaker() {
        check(
            "Mr. Lund (Norland) (spoke in Norse): We are ready.\n\nWe wait.\n",
            Some(("Lund", Some("Norland"))),
            "We are ready.\n\nWe wait.",
        );
        check("We are ready: all of us.\n", None, "We are ready: all of us.");
    }
}
