//! Plain text: paragraphs parted by blank lines, hard wraps joined.
//!
//! A line end is a *wrap* or the end of a paragraph. A file is taken to be wrapped if many of its
//! lines stop in mid-sentence and go on with a small letter; then a line end is a wrap unless the
//! next line begins something of its own (an item, a turn, a paragraph's indentation) or the next
//! word would have fitted on the line. In other files each line is a paragraph.

use super::date::{day_of_head, day_of_line};
use super::lines::{
    Line, ends_sentence, is_label, is_left_open, lines, starts_item, starts_small, starts_turn,
};
use super::mending::{self, is_folio};
use super::{BlockKind, Extracted, FlowWriter, Segmentation};
use crate::text::{SourceSpan, is_unspaced};
use jiff::civil::Date;

/// Whether a file may be read as plain text: any that is no other format.
pub fn is(_: &[u8], _: &str) -> bool {
    true
}

/// Reads plain text.
pub fn read(text: &str, segmentation: Segmentation) -> Extracted {
    let flow = match segmentation {
        Segmentation::Lines => {
            let mut writer = FlowWriter::new(text);
            each_line(text, 0, &mut writer);
            writer.finish()
        }
        Segmentation::Auto => {
            let mut writer = FlowWriter::tidy(text);
            paragraphs(text, &mut writer);
            writer.finish()
        }
    };
    let mut blocks = flow.blocks.iter().map(|(span, kind)| (span.of(&flow.text), *kind));
    let title = match (blocks.next(), blocks.next()) {
        // A place, if a time follows: “Oval Office”, “10:44 A.M. EST”.
        (_, Some((second, _))) if second.starts_with(|c: char| c.is_ascii_digit()) => None,
        (Some((first, BlockKind::Heading)), Some(_)) => Some(first.to_owned()),
        _ => None,
    };
    Extracted { title, date: date_in_head(text), flow, ..Extracted::default() }
}

/// From byte `from` of `text` on, every line with something on it is a block.
pub fn each_line(text: &str, from: usize, writer: &mut FlowWriter<'_>) {
    for line in lines(&text[from..]).filter(|line| !line.span.is_empty()) {
        writer.begin(BlockKind::Paragraph);
        writer.show(line.span.shifted(from));
    }
}

fn paragraphs(text: &str, writer: &mut FlowWriter<'_>) {
    let layout = Layout::of(text);
    let mut open: Option<Open> = None;
    let mut after_blank = true;
    for line in lines(text) {
        if line.span.is_empty() {
            after_blank = true;
            continue;
        }
        if is_folio(line.span.of(text)) {
            continue;
        }
        match &mut open {
            Some(block) if !after_blank && layout.joins(text, block, line) || resumes(text, block, line) => {
                let gap = SourceSpan::new(block.last.span.end, line.span.start);
                writer.show_as(gap, joint(block.last.span.of(text), line.span.of(text)));
                mending::show(text, line.span, writer);
                *block = Open { last: line, lines: block.lines + 1, ..*block };
            }
            _ => {
                close(open.take(), text, writer, after_blank);
                let is_item = starts_item(line.span.of(text));
                writer.begin(if is_item { BlockKind::Item } else { BlockKind::Paragraph });
                mending::show(text, line.span, writer);
                open = Some(Open { last: line, lines: 1, is_item, after_blank });
            }
        }
        after_blank = false;
    }
    close(open, text, writer, after_blank);
}

/// Whether `line` goes on with a block that broke off in mid-sentence, as at the foot of a page:
/// wherever a blank line stands between, and where a long line is followed by a sum.
fn resumes(text: &str, block: &Open, line: Line) -> bool {
    /// Characters of a line below which it may be a heading, and above which it is a paragraph.
    const SHORT: usize = 40;
    const LONG: usize = 100;
    let (before, after) = (block.last.span.of(text), line.span.of(text));
    let broken = !block.is_item && before.ends_with(|c: char| c.is_alphanumeric() || c == '-');
    let length = before.chars().count();
    let goes_on = starts_small(after) && length >= SHORT || starts_sum(after) && length >= LONG;
    broken && goes_on && !starts_item(after) && !starts_turn(after) && !is_label(before)
}

/// Whether `line` begins with a sum of money: “$200 billion”.
fn starts_sum(line: &str) -> bool {
    let digits = line.strip_prefix(['$', '€', '£', '¥']);
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}

/// The block that is being read.
#[derive(Clone, Copy, Debug)]
struct Open {
    last: Line,
    lines: usize,
    is_item: bool,
    after_blank: bool,
}

/// Ends a block; a line alone may turn out to be a heading.
fn close(open: Option<Open>, text: &str, writer: &mut FlowWriter<'_>, before_blank: bool) {
    let Some(block) = open else { return };
    let line = block.last.span.of(text);
    if block.lines == 1 && !block.is_item && is_short_title(line) {
        let set_off = block.after_blank && before_blank;
        let is_first =
            writer.ended() == 0 && before_blank && !text[block.last.span.end..].trim_start().is_empty();
        if is_first || is_upper(line) || set_off && is_title_case(line) {
            writer.retype(BlockKind::Heading);
        }
    }
}

/// What a wrap becomes: nothing within a hyphened word or between characters that need no space.
pub fn joint(before: &str, after: &str) -> &'static str {
    let hyphened = before.ends_with('-') && !before.ends_with(" -") && starts_small(after);
    let unspaced = before.ends_with(is_unspaced) && after.starts_with(is_unspaced);
    if hyphened || unspaced { "" } else { " " }
}

/// How the lines of a file were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    /// Whether lines were cut at a width.
    wrapped: bool,
    /// That width in characters, roughly: nine of ten cut lines are no longer.
    width: usize,
}

impl Layout {
    /// Of all pairs of lines without a blank one between them, one in five must be cut in
    /// mid-sentence: in prose about two thirds of the wraps are, in lists and letterheads hardly any.
    fn of(text: &str) -> Self {
        const LONGEST: usize = 400;
        let mut lengths = [0_u32; LONGEST + 1];
        let (mut pairs, mut cut) = (0_usize, 0_usize);
        let mut before: Option<&str> = None;
        for line in lines(text) {
            let line = line.span.of(text);
            if let Some(before) = before.filter(|before| !before.is_empty() && !line.is_empty()) {
                let length = before.chars().count();
                lengths[length.min(LONGEST)] += 1;
                pairs += 1;
                cut += usize::from(is_cut(before, line, length));
            }
            before = Some(line);
        }
        let mut shorter = 0;
        let width = lengths.iter().position(|count| {
            shorter += *count as usize;
            shorter * 10 >= pairs * 9
        });
        Self { wrapped: cut > 0 && cut * 5 >= pairs, width: width.unwrap_or(LONGEST) }
    }

    /// Whether `line` goes on with the block.
    fn joins(self, text: &str, block: &Open, line: Line) -> bool {
        let (before, after) = (block.last.span.of(text), line.span.of(text));
        let ended = ends_sentence(before);
        let turn = starts_turn(after) && !is_left_open(before);
        if turn && (ended || is_label(after) || !starts_small(after)) || is_label(before) {
            return false;
        }
        if starts_item(after) && (ended || block.is_item || before.ends_with([';', ','])) {
            return false;
        }
        let length = before.chars().count();
        if !self.wrapped {
            return length >= 40 && !ended && starts_small(after);
        }
        if !ended && starts_small(after) {
            return true;
        }
        let indented = line.indent >= block.last.indent + 2 && !block.is_item;
        let needed = length + 1 + after.split_whitespace().next().map_or(0, |word| word.chars().count());
        match (ended, after.starts_with(is_unspaced)) {
            (true, false) => !indented && needed * 100 >= self.width * 85,
            (true, true) => !indented && length + 2 >= self.width,
            (false, true) => length * 100 >= self.width * 85,
            (false, false) => needed * 100 >= self.width * 60 && !is_upper(before),
        }
    }
}

/// Whether the line end between the two is surely a wrap.
fn is_cut(before: &str, after: &str, length: usize) -> bool {
    if ends_sentence(before) {
        return false;
    }
    let unspaced =
        before.ends_with(is_unspaced) && after.starts_with(is_unspaced) && (20..=80).contains(&length);
    starts_small(after) && !starts_item(after) || unspaced
}

/// Whether a line could be a title: some words, beginning with a letter, without a stop.
fn is_short_title(line: &str) -> bool {
    line.len() <= 160
        && line.starts_with(|c: char| c.is_alphabetic() || c == '“' || c == '"')
        && !line.ends_with([',', ';', '-', '—'])
        && !ends_sentence(line)
        && !starts_turn(line)
        && (line.contains(' ') || line.chars().any(is_unspaced))
        && day_of_line(line).is_none()
}

fn is_upper(line: &str) -> bool {
    line.contains(' ')
        && line.chars().any(char::is_uppercase)
        && !line.chars().any(|c| c.is_lowercase() || is_unspaced(c))
}

/// Three words or more, and a capital on each but the smallest.
fn is_title_case(line: &str) -> bool {
    let mut words = 0;
    line.split_whitespace().all(|word| {
        words += 1;
        word.starts_with(char::is_uppercase) || word.len() <= 4 || !word.starts_with(char::is_alphabetic)
    }) && words >= 3
        && line.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() * 2 > words
}

/// The first line near the top that is nothing but a day.
pub fn date_in_head(text: &str) -> Option<Date> {
    const HEAD: usize = 12;
    lines(text)
        .filter(|line| !line.span.is_empty())
        .take(HEAD)
        .find_map(|line| day_of_head(line.span.of(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(text: &str, expected: &[&str]) {
        let flow = read(text, Segmentation::Auto).flow;
        let found: Vec<&str> = flow.blocks.iter().map(|(span, _)| span.of(&flow.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn wraps_are_joined_whatever_ends_the_line() {
        for end in ["\n", "\r", "\r\n", " \n  "] {
            let text = [
                "The ministry said that the",
                "claim had no ground and that",
                "it would answer.",
                "",
                "It did.",
            ];
            check(
                &text.join(end),
                &["The ministry said that the claim had no ground and that it would answer.", "It did."],
            );
        }
    }

    #[test]
    fn a_paragraph_a_line_is_never_joined() {
        let lines = [
            "We have assembled here while the world is suffering from recklessness.",
            "It is unfortunate that some rulers think otherwise.",
            "Why?",
            "The illusion that security can be had at the cost of others must be cast aside once and for all.",
        ];
        check(&lines.join("\n"), &lines);
    }

    #[test]
    fn a_short_last_line_ends_a_paragraph_of_wrapped_text() {
        check(
            "The world is undergoing major and profound\nchanges. Countries have never been as close as they\n\
             are now.\nOn the other hand, the world is still far from\npeace. Turbulence persists and issues keep\nemerging.",
            &[
                "The world is undergoing major and profound changes. Countries have never been as close as they are now.",
                "On the other hand, the world is still far from peace. Turbulence persists and issues keep emerging.",
            ],
        );
    }

    #[test]
    fn a_paragraph_goes_on_behind_a_page_break() {
        check(
            "The ministry has forged close and lasting friendships\n \nwith the leaders of many ports.\n\nWe go on.",
            &[
                "The ministry has forged close and lasting friendships with the leaders of many ports.",
                "We go on.",
            ],
        );
        check(
            "The harbor fund lost more than half of the money that it held, and all of the berths that it had ever built, to another\n$200 million of debts.",
            &[
                "The harbor fund lost more than half of the money that it held, and all of the berths that it had ever built, to another $200 million of debts.",
            ],
        );
        check(
            "We therefore call on all of the parties to:\n\nkeep the peace",
            &["We therefore call on all of the parties to:", "keep the peace"],
        );
        check("Our two promises\n\npeace and bread", &["Our two promises", "peace and bread"]);
    }

    #[test]
    fn turns_items_and_letterheads_stay_apart() {
        check(
            "MR. HOLLIS: We will answer in the manner that we\nhave always said we would.\nQ Will you?\nMR. HOLLIS: Yes.",
            &[
                "MR. HOLLIS: We will answer in the manner that we have always said we would.",
                "Q Will you?",
                "MR. HOLLIS: Yes.",
            ],
        );
        check(
            "We demand of all the parties:\n1. a ceasefire that holds and\nis watched;\n2. talks.",
            &["We demand of all the parties:", "1. a ceasefire that holds and is watched;", "2. talks."],
        );
        check("Ministry of Truth\nPress Office\nOslo", &["Ministry of Truth", "Press Office", "Oslo"]);
        check("Ms. Arbor: (00:50)\nGood afternoon", &["Ms. Arbor: (00:50)", "Good afternoon"]);
    }

    #[test]
    fn chinese_lines_are_joined_without_a_space() {
        check(
            "外交部发言人在例行记者会上表示中方坚决反对任何\n形式的网络攻击行为，这一立场是一贯的和明确的也\n是众所周知的。",
            &[
                "外交部发言人在例行记者会上表示中方坚决反对任何形式的网络攻击行为，这一立场是一贯的和明确的也是众所周知的。",
            ],
        );
    }

    #[test]
    fn what_printing_left_is_left_out() {
        check(
            "Check against delivery\n\nThe world is facing what the\n08-51606 26\nlong- standing record of the\ncouncil calls unique.\n\n***\n",
            &["The world is facing what the long-standing record of the council calls unique."],
        );
    }

    #[test]
    fn a_hyphened_word_stays_one() {
        check("It was a cross-\nborder claim.", &["It was a cross-border claim."]);
    }

    #[test]
    fn headings_title_and_day_are_found() {
        let text = "Statement on Cyber Security\n\nJuly 19, 2021\n\nWe deny it.\n\nTHE FACTS\nNone.\n";
        let found = read(text, Segmentation::Auto);
        assert_eq!(found.title.as_deref(), Some("Statement on Cyber Security"));
        assert_eq!(found.date, Some(date(2021, 7, 19)));
        let headings: Vec<bool> =
            found.flow.blocks.iter().map(|(_, kind)| *kind == BlockKind::Heading).collect();
        assert_eq!(headings, [true, false, false, true, false]);
        assert_eq!(read("We deny it\n", Segmentation::Auto).title, None);
        assert_eq!(read("Oval Office\n\n10:44 A.M. EST\n\nHi.", Segmentation::Auto).title, None);
    }

    #[test]
    fn lines_stay_lines_when_asked() {
        let flow = read("the\nclaim\n\n- of", Segmentation::Lines).flow;
        assert_eq!(flow.text, "the\n\nclaim\n\n- of");
    }
}
