//! Turns under speakers' labels.
//!
//! A turn holds the speech without its label or time stamp and never crosses a label; what stands before
//! the first label, and stamps and headings between turns, is nobody's. A turn behind somebody else's
//! question is the answer to it.

mod labels;

use std::collections::BTreeMap;

use labels::{Label, is_capitals, key_of, labels};

use super::head::introduced;
use super::speaker::Introduced;
use super::{DocumentId, Given, Joint, Speaker, Split, Statement, statement};
use crate::document::Document;
use crate::lexicon::Speech;
use crate::text::FlowSpan;

/// The statements of one transcript; the whole as one statement if it has no labels.
pub fn read(document: &Document, id: DocumentId, split: Split, speech: &Speech) -> Vec<Statement> {
    let labels = labels(document, speech);
    if labels.is_empty() {
        return statement::read(document, id, speech);
    }
    let mut speakers = Speakers::new(document, &labels, speech);
    let mut statements: Vec<Statement> = Vec::new();
    let mut places: BTreeMap<(String, usize), usize> = BTreeMap::new();
    let mut asked = Asked::default();
    for (index, label) in labels.iter().enumerate() {
        let (key, speaker) = speakers.of(document, label, speech);
        let asks = speech.is_question_label(label.name.of(&document.flow.text));
        let question = asked.before(&key).filter(|_| !asks);
        let part = if split == Split::Questions && !asks { asked.count } else { 0 };
        let place = *places.entry((key.clone(), part)).or_insert_with(|| {
            statements.push(Statement::new(id, Some(speaker)));
            statements.len() - 1
        });
        if let Some(words) = turn(document, &labels, index, question, &mut statements[place]) {
            asked.turn(key, words, asks || is_question(words.of(&document.flow.text)));
        }
    }
    statements.retain(|statement| !statement.text.is_empty());
    statements
}

/// Whether a document is a transcript: at least three turns by two speakers, or two turns with a
/// question among them, or one label of an office at the head of a speech.
pub fn is_one(document: &Document, speech: &Speech) -> bool {
    let labels = labels(document, speech);
    let text = &document.flow.text;
    let questions = labels.iter().filter(|label| speech.is_question_label(label.name.of(text))).count();
    let capitals = labels.iter().filter(|label| is_capitals(label.name.of(text))).count();
    match labels.len() {
        0 => false,
        1 => capitals == 1 && document.flow.blocks[..labels[0].block].len() <= 6,
        2 => questions > 0 || capitals == 2,
        _ => true,
    }
}

/// The question that the next turn may answer.
#[derive(Default)]
struct Asked {
    /// The turn before: whose it is, its words if it asks.
    last: Option<(String, Option<FlowSpan>)>,
    /// How many questions there were.
    count: usize,
}

impl Asked {
    /// The question that a turn of the speaker with this key answers.
    fn before(&self, key: &str) -> Option<FlowSpan> {
        self.last.as_ref().filter(|(asker, _)| asker != key).and_then(|(_, question)| *question)
    }

    fn turn(&mut self, key: String, words: FlowSpan, asks: bool) {
        self.count += usize::from(asks);
        self.last = Some((key, asks.then_some(words)));
    }
}

/// Whether a turn ends in a question, but for a few words such as “Thank you.”
fn is_question(words: &str) -> bool {
    const FEW: usize = 40;
    words.rfind(['?', '？']).is_some_and(|mark| words.len() - mark <= FEW)
}

/// Adds the speech of turn `index`, which answers `question`, to `statement`, and gives where its
/// words stand; the last turn ends where the closing time stands.
fn turn(
    document: &Document,
    labels: &[Label],
    index: usize,
    question: Option<FlowSpan>,
    statement: &mut Statement,
) -> Option<FlowSpan> {
    let mut words: Option<FlowSpan> = None;
    let flow = &document.flow;
    let label = &labels[index];
    let next = labels.get(index + 1);
    let last_block = next.map_or(flow.blocks.len(), |next| next.block + 1);
    for (block, (span, _)) in flow.blocks.iter().enumerate().take(last_block).skip(label.block) {
        let start = if block == label.block { label.span.end } else { span.start };
        let end = next.filter(|next| next.block == block).map_or(span.end, |next| next.span.start);
        let speech = FlowSpan::new(start, end).trimmed(&flow.text);
        if next.is_none() && is_time_line(speech.of(&flow.text)) {
            break;
        }
        if has_letters(speech.of(&flow.text)) {
            statement.push(document, speech, Joint::Block, Given { question, ..Given::SPOKEN });
            words = Some(words.map_or(speech, |words| words.cover(&speech)));
        }
    }
    words
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) || text.chars().any(|c| "—–-…".contains(c))
}

/// A line that only tells the time: “3:27 P.M. EDT”, “END 3:27 P.M. EDT”.
fn is_time_line(line: &str) -> bool {
    let line = line.trim();
    let rest = line.strip_prefix("END").unwrap_or(line).trim_start();
    let starts = rest.starts_with(|c: char| c.is_ascii_digit());
    let upper = rest.to_uppercase();
    line.len() <= 60
        && (rest.is_empty() && !line.is_empty()
            || starts
                && (upper.contains("A.M.")
                    || upper.contains("P.M.")
                    || upper.contains(" AM")
                    || upper.contains(" PM")))
}

/// Who the labels mean: the fullest name that the document gives them.
struct Speakers {
    introduced: Introduced,
}

impl Speakers {
    fn new(document: &Document, labels: &[Label], speech: &Speech) -> Self {
        let head = labels.first().map_or(0, |label| label.block);
        Self { introduced: introduced(document, head, speech) }
    }

    /// The key that joins the turns of one speaker, and who that is.
    fn of(&mut self, document: &Document, label: &Label, speech: &Speech) -> (String, Speaker) {
        let printed = label.name.of(&document.flow.text);
        if speech.is_question_label(printed) {
            return ("q".to_owned(), Speaker { name: "Q".to_owned(), role: None });
        }
        let aside = label.aside.of(&document.flow.text);
        // “The Minister for the Sea (Sven Lund)”
        if speech.is_opener(printed.split(' ').next().unwrap_or_default()) && aside.contains(' ') {
            let office = printed.split_once(' ').map(|(_, office)| office.to_owned());
            return (key_of(aside, speech), Speaker { name: aside.to_owned(), role: office });
        }
        if speech.is_answer_label(printed)
            && let Some(only) = self.introduced.only()
        {
            return (key_of(printed, speech), only.clone());
        }
        let mut speaker = self.introduced.speaker(printed, speech);
        speaker.role = speaker.role.or_else(|| (!aside.is_empty()).then(|| aside.to_owned()));
        (key_of(printed, speech), speaker)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Segmentation;

    /// Each speaker with the office, and what was said.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>, &str)]) {
        let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto)
            .expect("it is text");
        let statements = read(&document, DocumentId(0), Split::default(), Speech::built_in());
        let found: Vec<(&str, Option<&str>, &str)> = statements
            .iter()
            .map(|statement| {
                let speaker = statement.speaker.as_ref().expect("turns have speakers");
                (speaker.name.as_str(), speaker.role.as_deref(), statement.text.as_str())
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_stands_in_brackets_is_no_part_of_the_name() {
        check(
            "Ana Reyes (Merrow West) (Lab): How many ships were turned away?\n\nThe Minister for the Sea (Sven \
             Lund): None was.\n\nAna Reyes: The log says nineteen.\n\nSven Lund: It does not.\n",
            &[
                (
                    "Ana Reyes",
                    Some("Merrow West"),
                    "How many ships were turned away?\n\nThe log says nineteen.",
                ),
                ("Sven Lund", Some("Minister for the Sea"), "None was.\n\nIt does not."),
            ],
        );
        check(
            "Question (retranslated): Is it open?\n\nSven Lund: It is.\n\nQuestion: And the bay?\n",
            &[("Q", None, "Is it open?\n\nAnd the bay?"), ("Sven Lund", None, "It is.")],
        );
    }

    #[test]
    fn a_speaker_may_be_called_by_office_and_name_first() {
        check(
            "Meeting in Merrow\n\nPresident of Sulania Ana Reyes: We meet at last.\n\nPrime Minister of Norland \
             Sven Lund (retranslated): We do.\n\nAna Reyes: And we speak.\n",
            &[
                ("Ana Reyes", Some("President of Sulania"), "We meet at last.\n\nAnd we speak."),
                ("Sven Lund", Some("Prime Minister of Norland"), "We do."),
            ],
        );
    }

    #[test]
    fn whoever_answers_an_interview_is_named_in_its_title() {
        check(
            "Interview with President Hall\n\nQ: Are there mines?\n\nA: There are none.\n\nQ: Who says so?\n\nA: We do.\n",
            &[
                ("Q", None, "Are there mines?\n\nWho says so?"),
                ("Hall", Some("President"), "There are none.\n\nWe do."),
            ],
        );
    }

    #[test]
    fn a_name_in_capitals_is_a_word_unless_it_is_an_acronym() {
        check(
            "Press Briefing\n\nAna Reyes, Department Spokesperson\n\nMS REYES: Good morning.\n\nAFP: Is it open?\n\nMS REYES: It is.\n\nCCTV: And the bay?\n",
            &[
                ("Ana Reyes", Some("Department Spokesperson"), "Good morning.\n\nIt is."),
                ("AFP", None, "Is it open?"),
                ("CCTV", None, "And the bay?"),
            ],
        );
    }
}
