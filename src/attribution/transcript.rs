//! Turns under speakers' labels: `NAME:`, `Q    …`, `Name: (00:12)`, a label on its own line,
//! `**NAME:**`.
//!
//! Labels are gathered first: a line start that looks like one counts if it is used twice, looks
//! like an office or a name in capitals, or answers another. “On Russia:”, “SUBJECT:” and “First:”
//! are no speakers. A turn holds the speech without its label or time stamp and never crosses a
//! label; what stands before the first label, and stamps and headings between turns, is nobody's.
//! A turn behind somebody else's question is the answer to it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::head::{self, introduced};
use super::speaker::Introduced;
use super::{DocumentId, Given, Joint, Speaker, Split, Statement, statement};
use crate::document::Document;
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;
use crate::text::FlowSpan;

/// A place that looks like the label of a turn.
#[derive(Clone, Debug)]
struct Label {
    /// The block it stands in.
    block: usize,
    /// From its first byte to the first of the speech, in the flow.
    span: FlowSpan,
    /// The name on it, in the flow.
    name: FlowSpan,
    style: Style,
    /// Whether it stands at the start of its block, not within it at the start of a line.
    opens_block: bool,
}

/// How a label is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// `NAME:`
    Colon,
    /// `Q    …`
    Spaced,
    /// `MS. PSAKI` on a line of its own.
    OwnLine,
}

/// The longest label, in bytes and in words.
const LONGEST: usize = 80;
const MOST_WORDS: usize = 8;

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

/// The labels of a document, in order.
fn labels(document: &Document, speech: &Speech) -> Vec<Label> {
    let candidates = candidates(document, speech);
    let text = &document.flow.text;
    let mut counts: BTreeMap<(Style, String), usize> = BTreeMap::new();
    let keys: Vec<_> = candidates.iter().map(|label| (label.style, key_of(label.name.of(text)))).collect();
    for key in &keys {
        *counts.entry(key.clone()).or_default() += 1;
    }
    let sure: Vec<bool> =
        candidates.iter().zip(&keys).map(|(label, key)| is_sure(label, text, counts[key], speech)).collect();
    let surely = |style: Style| {
        candidates.iter().zip(&sure).filter(|(label, sure)| **sure && label.style == style).count()
    };
    let (colons, spaced, own_lines) = (surely(Style::Colon), surely(Style::Spaced), surely(Style::OwnLine));
    let asked = candidates.iter().any(|label| speech.is_question_label(label.name.of(text)));
    let talk = colons + spaced + own_lines >= if asked { 1 } else { 2 };
    let in_use = |style: Style| match style {
        Style::Colon => colons >= own_lines,
        Style::OwnLine => own_lines > colons && own_lines >= 2,
        Style::Spaced => colons + own_lines > 0 || spaced > 2,
    };
    let once = |label: &Label| talk && label.opens_block && looks_like_person(label.name.of(text), speech);
    let fits = |(label, sure): &(Label, bool)| in_use(label.style) && (*sure || once(label));
    candidates.into_iter().zip(sure).filter(fits).map(|(label, _)| label).collect()
}

/// Whether a label is one by its own look or by coming back.
fn is_sure(label: &Label, text: &str, count: usize, speech: &Speech) -> bool {
    let name = label.name.of(text);
    let by_look = is_capitals(name) && name.len() > 2 || count >= 2;
    speech.is_question_label(name) || by_look && looks_like_person(name, speech)
}

/// Whether the words of a label are names, titles and roles: no small word but within it, and no
/// opening such as “On” or “First”.
fn looks_like_person(name: &str, speech: &Speech) -> bool {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<&str> = name.split_whitespace().collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let office = Sorts::ROLE | Sorts::MODIFIER | Sorts::ORGANISATION | Sorts::TITLE;
    let names_office = words.get(1).is_some_and(|second| speech.facts(&plain(second)).sorts.any(office));
    if speech.is_no_speaker(&plain(first)) || speech.is_opener(&plain(first)) && !names_office {
        return false;
    }
    let joins = Sorts::PARTICLE | Sorts::PREPOSITION | Sorts::DETERMINER | Sorts::ROLE | Sorts::CONJUNCTION;
    starts_large(last)
        && words.iter().all(|word| starts_large(word) || speech.facts(&plain(word)).sorts.any(joins))
}

fn starts_large(word: &str) -> bool {
    word.starts_with(|c: char| !c.is_lowercase())
}

fn is_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)
        || name.starts_with("Mc") && !name[2..].chars().any(char::is_lowercase)
        || name.split_whitespace().all(|word| !word.chars().skip(2).any(char::is_lowercase))
            && name.chars().filter(|c| c.is_uppercase()).count() > 4
}

/// A label's words in small letters, without marks.
fn key_of(name: &str) -> String {
    let words =
        name.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Every line start that looks like a label, but for those of title lines.
fn candidates(document: &Document, speech: &Speech) -> Vec<Label> {
    let flow = &document.flow;
    let titles = head::titles(document, speech);
    let mut found = Vec::new();
    for (block, (span, _)) in flow.blocks.iter().enumerate().filter(|(block, _)| !titles.contains(block)) {
        found.extend(label_at(&flow.text, *span, span.start, block, speech, true));
        for start in line_starts(document, *span) {
            found.extend(label_at(&flow.text, *span, start, block, speech, false));
        }
    }
    found
}

/// Where lines of the source start within a block of the flow.
fn line_starts(document: &Document, block: FlowSpan) -> Vec<usize> {
    let flow = &document.flow;
    let source = |span: crate::text::SourceSpan| span.of(&document.text);
    flow.pieces(block)
        .filter(|(_, from)| {
            source(*from).len() < 64 && source(*from).contains('\n') && source(*from).trim().is_empty()
        })
        .map(|(at, _)| block.start + at.end)
        .filter(|at| *at < block.end)
        .collect()
}

/// The label that starts at byte `start`.
fn label_at(
    text: &str,
    block: FlowSpan,
    start: usize,
    block_index: usize,
    speech: &Speech,
    opens: bool,
) -> Option<Label> {
    let rest = &text[start..block.end];
    let bold = rest.len() - rest.trim_start_matches(['*', '_']).len();
    let rest = &rest[bold..];
    let at = start + bold;
    let (name, after, style) =
        spaced_label(rest, speech).or_else(|| colon_label(rest)).or_else(|| own_line(rest, opens, speech))?;
    let mut end = after;
    end += rest[end..].len() - rest[end..].trim_start_matches(['*', '_']).len();
    end += stamp(&rest[end..]);
    end += rest[end..].len() - rest[end..].trim_start().len();
    Some(Label {
        block: block_index,
        span: FlowSpan::new(start, at + end),
        name: FlowSpan::new(at + name.start, at + name.end),
        style,
        opens_block: opens,
    })
}

/// `NAME:`, also with a time stamp before the colon.
fn colon_label(rest: &str) -> Option<(Range<usize>, usize, Style)> {
    let head = &rest[..floor(rest, LONGEST)];
    let (colon, sign) = head
        .char_indices()
        .find(|(_, c)| matches!(c, ':' | '：' | '\n' | '?' | '!' | ',' | ';' | '“' | '"'))?;
    if !matches!(sign, ':' | '：') {
        return None;
    }
    let after = colon + sign.len_utf8();
    let name = without_stamp(&rest[..colon]).trim_end_matches(['*', '_']).trim_end();
    let next = rest[after..].chars().next();
    let parted =
        next.is_none_or(|c| c.is_whitespace() || c == '*' || c == '_' || sign == '：' || c.is_uppercase());
    let is_name = name.starts_with(|c: char| c.is_uppercase() || c.is_alphabetic() && !c.is_ascii())
        && name.split_whitespace().count() <= MOST_WORDS
        && !name.contains(". ") | has_title(name);
    (parted && is_name).then_some((0..name.len(), after, Style::Colon))
}

fn has_title(name: &str) -> bool {
    name.split(". ").all(|part| part.split_whitespace().count() <= 4)
}

fn without_stamp(label: &str) -> &str {
    match label.rfind(['(', '[']) {
        Some(open) if stamp(&label[open..]) > 0 => label[..open].trim_end(),
        _ => label,
    }
}

/// `Q    …`: a question's label and white space.
fn spaced_label(rest: &str, speech: &Speech) -> Option<(Range<usize>, usize, Style)> {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let word = rest[..end].trim_end_matches('*');
    let sure = word == "Q" && speech.is_question_label(word);
    sure.then_some((0..word.len(), end, Style::Spaced))
}

/// `MS. PSAKI`, alone on its line: the block is nothing else, or its first line is.
fn own_line(rest: &str, opens: bool, speech: &Speech) -> Option<(Range<usize>, usize, Style)> {
    let line = rest.lines().next().unwrap_or_default();
    let line_end = line.len();
    let name = without_stamp(line).trim_end_matches(['*', '_']).trim_end();
    let fits =
        opens && name.len() <= LONGEST && is_capitals(name) && name.split_whitespace().count() <= MOST_WORDS;
    let ends =
        name.ends_with(|c: char| c.is_alphabetic() || c == ')') && !name.contains([',', '?', '!', ';', ':']);
    (fits && ends && (rest.len() == line_end) && looks_like_person(name, speech)).then_some((
        0..name.len(),
        line_end,
        Style::OwnLine,
    ))
}

/// The length of a time stamp such as `(00:12)` or `[1:12:30]` at the start, white space before
/// it included; 0 if there is none.
fn stamp(rest: &str) -> usize {
    let trimmed = rest.trim_start();
    let closing = match trimmed.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return 0,
    };
    let Some(end) = trimmed.find(closing) else { return 0 };
    let inner = &trimmed[1..end];
    let is_time = inner.contains(':')
        && inner.len() <= 12
        && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | ' '));
    if is_time { rest.len() - trimmed.len() + end + 1 } else { 0 }
}

/// The largest character boundary of `text` up to `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
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
        let speaker = self.introduced.speaker(printed, speech);
        (key_of(printed), speaker)
    }
}
