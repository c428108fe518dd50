//! The labels of a transcript: `NAME:`, `Q    …`, `Name: (00:12)`, a label on its own line, `**NAME:**`,
//! `Name (seat) (party):`.
//!
//! Every line start that looks like a label is a candidate; it counts if it is used twice, looks like an
//! office or a name in capitals, or answers another. “On Russia:”, “SUBJECT:” and “First:” are no
//! speakers, and title lines are none either.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::head;
use super::super::speaker::named;
use crate::document::Document;
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;
use crate::text::FlowSpan;

/// A place that looks like the label of a turn.
#[derive(Clone, Debug)]
pub struct Label {
    /// The block it stands in.
    pub block: usize,
    /// From its first byte to the first of the speech, in the flow.
    pub span: FlowSpan,
    /// The name on it, in the flow.
    pub name: FlowSpan,
    /// What stands in brackets behind the name, in the flow: a seat, a country, the name of whom the
    /// label calls by office; empty if nothing does.
    pub aside: FlowSpan,
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

/// The labels of a document, in order.
pub fn labels(document: &Document, speech: &Speech) -> Vec<Label> {
    let candidates = candidates(document, speech);
    let text = &document.flow.text;
    let mut counts: BTreeMap<(Style, String), usize> = BTreeMap::new();
    let keys: Vec<_> =
        candidates.iter().map(|label| (label.style, key_of(label.name.of(text), speech))).collect();
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

pub fn is_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)
        || name.starts_with("Mc") && !name[2..].chars().any(char::is_lowercase)
        || name.split_whitespace().all(|word| !word.chars().skip(2).any(char::is_lowercase))
            && name.chars().filter(|c| c.is_uppercase()).count() > 4
}

/// What labels of one speaker have in common: the words in small letters, without marks; of a full name
/// behind an office (“President of Norland Sven Lund”) the name alone.
pub fn key_of(label: &str, speech: &Speech) -> String {
    let speaker = named(label, speech);
    let name = if speaker.role.is_some() && speaker.name.contains(' ') { &speaker.name } else { label };
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
        aside: aside(&rest[name.end..after]).shifted(at + name.end),
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
    let name = without_asides(rest[..colon].trim_end_matches(['*', '_']));
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

/// A label without what stands in brackets at its end: a time stamp, a seat, a country.
fn without_asides(label: &str) -> &str {
    let mut label = label.trim_end();
    loop {
        let open = match label.chars().next_back() {
            Some(')') => label.rfind('('),
            Some(']') => label.rfind('['),
            _ => None,
        };
        match open.filter(|open| *open > 0) {
            Some(open) => label = label[..open].trim_end(),
            None => return label.trim_end_matches(['*', '_']).trim_end(),
        }
    }
}

/// The words in the first brackets behind a name, but for a time stamp.
fn aside(behind: &str) -> FlowSpan {
    let within = behind.find('(').and_then(|open| Some(open + 1..open + behind[open..].find(')')?));
    let words = within.filter(|within| behind[within.clone()].starts_with(char::is_uppercase));
    words.map_or(FlowSpan::new(0, 0), |words| FlowSpan::new(words.start, words.end))
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
    let name = without_asides(line.trim_end_matches(['*', '_']));
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
