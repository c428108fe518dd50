//! One speaker throughout: letterhead, title line, body.
//!
//! The head of the document, up to a few short blocks, may name the speaker (“Statement by Foreign
//! Minister X”, “Mr. Y (Norland):”) and holds furniture that is nobody's words; so may its foot
//! (“END”, “###”). All between is the statement.

use super::speaker::{introduced, named};
use super::{DocumentId, Given, Joint, Speaker, Statement};
use crate::document::furniture::{is_direction, is_letterhead, is_sign_up};
use crate::document::{BlockKind, Document};
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;
use crate::text::FlowSpan;

/// How many blocks a head or foot may have.
const HEAD: usize = 12;
/// The longest line of a head or foot, in words.
const LONGEST: usize = 30;

/// The whole document as one statement, furniture left out.
pub fn read(document: &Document, id: DocumentId, speech: &Speech) -> Vec<Statement> {
    let flow = &document.flow;
    let head = head_end(document, speech);
    let foot = foot_start(document, head, speech);
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
    let introduced = introduced(document, HEAD, speech);
    match label {
        Some(label) => {
            let speaker = introduced.speaker(&label.name, speech);
            Some(Speaker { role: speaker.role.or_else(|| label.country.clone()), ..speaker })
        }
        None => introduced.first().cloned(),
    }
}

/// The first block that is no part of the head; 0 if all would be.
fn head_end(document: &Document, speech: &Speech) -> usize {
    let flow = &document.flow;
    let is_head = |index: &usize| {
        let (block, kind) = flow.blocks[*index];
        let line = block.of(&flow.text);
        let short = line.len() < 240 && line.split_whitespace().count() <= LONGEST;
        let heading = kind == BlockKind::Heading && *index == 0;
        short
            && (heading
                || is_furniture(line)
                || speech.byline_at(line).is_some()
                || is_dateline(line, speech)
                || document.title.as_deref() == Some(line))
    };
    let end = (0..flow.blocks.len().min(HEAD)).find(|index| !is_head(index));
    end.unwrap_or(0)
}

/// The first block of the foot; the number of blocks if there is none.
fn foot_start(document: &Document, head: usize, speech: &Speech) -> usize {
    let flow = &document.flow;
    let is_foot = |line: &str| line.len() < 240 && (is_furniture(line) || is_dateline(line, speech));
    let body = flow.blocks[head..].iter().rposition(|(block, _)| !is_foot(block.of(&flow.text)));
    body.map_or(flow.blocks.len(), |last| head + last + 1)
}

fn is_furniture(line: &str) -> bool {
    let bare = line
        .trim_matches(|c: char| matches!(c, '*' | '_' | '(' | ')' | '[' | ']' | '\\') || c.is_whitespace());
    let ends_sentence = bare.ends_with(['.', '!', '?']) && bare.split_whitespace().count() > 6;
    is_letterhead(bare) && !ends_sentence || is_sign_up(bare) || !line.chars().any(char::is_alphanumeric)
}

/// Whether a line only tells place and time: “New York, 24 September 2031”, “10:12 A.M. EDT”.
fn is_dateline(line: &str, speech: &Speech) -> bool {
    let digits = line.bytes().any(|byte| byte.is_ascii_digit());
    let words = line.split_whitespace().count();
    let time = line.split(|c: char| !c.is_alphanumeric() && c != '.').any(|word| {
        speech.facts(word).sorts.any(Sorts::TIME)
            || ["A.M.", "P.M.", "a.m.", "p.m.", "AM", "PM"].contains(&word)
    });
    digits && time && words <= 10 && !line.ends_with(['!', '?'])
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
