//! Quoted spans in prose, nested and across paragraphs.
//!
//! Curly, straight, angle and low quotation marks and corner brackets open and close. Single ones
//! only occur within others and are left alone, unless the whole text quotes with them, as British
//! papers do ([`Style`]). A quotation is never nested in the result: the outermost one counts.

use crate::document::Flow;
use crate::text::FlowSpan;

/// A quotation within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// What is quoted, without its marks.
    pub inner: FlowSpan,
    /// The same with its marks.
    pub outer: FlowSpan,
    /// Whether a mark closes it; if not, it runs to the paragraph's end.
    pub closed: bool,
}

/// Which marks a text quotes with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// “…”, "…", «…», „…“, 「…」.
    #[default]
    Double,
    /// ‘…’ or '…'.
    Single,
}

impl Style {
    /// The style of a whole text: single marks outside quotations of the other style must be more
    /// than these, and one must close behind a comma or stop, which no apostrophe does.
    pub fn of(text: &str) -> Self {
        let all = marks(text, FlowSpan::new(0, text.len()), Self::Single);
        if all.iter().filter(|mark| mark.side == Side::Opens).count() < 2 {
            // Nearly every text: no more is looked for.
            return Self::Double;
        }
        let (mut opened, mut closed, mut others) = (0, false, 0);
        let mut start = 0;
        for paragraph in text.split(Flow::PARTED) {
            let block = FlowSpan::new(start, start + paragraph.len());
            start = block.end + Flow::PARTED.len();
            // One that is left open holds the rest of its paragraph.
            let quoted = in_paragraph(text, block, Some("“"), Self::Double);
            others += quoted.len();
            let outside = |mark: &&Mark| {
                let next = quoted.partition_point(|quotation| quotation.outer.end <= mark.at);
                quoted.get(next).is_none_or(|quotation| mark.at < quotation.outer.start)
            };
            for mark in marks(text, block, Self::Single).iter().filter(outside) {
                match mark.side {
                    Side::Opens => opened += 1,
                    Side::Closes => closed |= text[..mark.at].ends_with([',', '.', '?', '!']),
                }
            }
        }
        if closed && opened > 1 && opened > others { Self::Single } else { Self::Double }
    }

    /// What may open a quotation at the start of a paragraph.
    fn openers(self) -> &'static [char] {
        match self {
            Self::Double => &['“', '"', '«', '„', '「'],
            Self::Single => &['‘', '\''],
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Opens,
    Closes,
}

struct Mark {
    at: usize,
    sign: char,
    side: Side,
}

/// The quotations of the paragraph `block` of `text`, in order. An unclosed one is left out
/// unless `next`, the following paragraph, starts with a quotation mark, as one does when a
/// quotation goes on.
pub fn in_paragraph(text: &str, block: FlowSpan, next: Option<&str>, style: Style) -> Vec<Quotation> {
    let marks = marks(text, block, style);
    let goes_on = next.is_some_and(|next| next.trim_start().starts_with(style.openers()));
    let mut surplus = surplus_of_closers(&marks);
    let mut found = Vec::new();
    let mut open: Vec<&Mark> = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let left = surplus.pop().unwrap_or_default();
        match side(mark, &open) {
            Some(Side::Opens)
                if open.is_empty() || left + isize::from(goes_on) > open.len().cast_signed() =>
            {
                open.push(mark);
            }
            Some(Side::Closes) => {
                let opener = open.pop();
                if let (Some(opener), true) = (opener, open.is_empty()) {
                    push(&mut found, text, opener, &marks[index]);
                }
            }
            _ => {}
        }
    }
    if let (Some(first), true) = (open.first(), goes_on) {
        let inner = FlowSpan::new(first.at + first.sign.len_utf8(), block.end);
        if !inner.of(text).trim().is_empty() {
            found.push(Quotation { inner, outer: FlowSpan::new(first.at, block.end), closed: false });
        }
    }
    found
}

fn push(found: &mut Vec<Quotation>, text: &str, opener: &Mark, closer: &Mark) {
    let inner = FlowSpan::new(opener.at + opener.sign.len_utf8(), closer.at);
    if !inner.of(text).trim().is_empty() {
        let outer = FlowSpan::new(opener.at, closer.at + closer.sign.len_utf8());
        found.push(Quotation { inner, outer, closed: true });
    }
}

/// What `mark` does where `open` marks wait for their fellows; a straight one closes if it can.
fn side(mark: &Mark, open: &[&Mark]) -> Option<Side> {
    match (mark.sign, open.last().map(|opener| opener.sign)) {
        ('"' | '”', Some(_)) | ('“', Some('„')) | ('«', Some('»')) => Some(Side::Closes),
        (_, None) => (mark.side == Side::Opens).then_some(Side::Opens),
        _ => Some(mark.side),
    }
}

fn marks(text: &str, block: FlowSpan, style: Style) -> Vec<Mark> {
    // Bytes with which a mark begins: “ and ‘ with E2, « with C2, 「 with E3.
    let may_begin: fn(&u8) -> bool = match style {
        Style::Double => |byte| matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3),
        Style::Single => |byte| matches!(byte, b'\'' | 0xE2),
    };
    let paragraph = block.of(text);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(step) = paragraph.as_bytes()[from..].iter().position(may_begin) {
        let at = from + step;
        let mut signs = paragraph[at..].chars();
        let Some(sign) = signs.next() else { break };
        let before = paragraph[..at].chars().next_back().unwrap_or(' ');
        let after = signs.next().unwrap_or(' ');
        let side = match style {
            Style::Double => side_of(sign, before, after),
            Style::Single => side_of_single(sign, before, after),
        };
        if let Some(side) = side {
            found.push(Mark { at: block.start + at, sign, side });
        }
        from = at + sign.len_utf8();
    }
    if style == Style::Single {
        drop_apostrophes(&mut found, text);
    }
    found
}

fn side_of(sign: char, before: char, after: char) -> Option<Side> {
    match sign {
        '“' | '„' | '«' | '「' => Some(Side::Opens),
        // German »…« and Finnish ”…”.
        '»' | '”' if before.is_whitespace() && after.is_alphanumeric() => Some(Side::Opens),
        '"' if (before.is_whitespace() || "([—–-/‘'…".contains(before)) && !after.is_whitespace() => {
            Some(Side::Opens)
        }
        '”' | '」' | '»' | '"' => Some(Side::Closes),
        _ => None,
    }
}

/// What a single mark does by what stands beside it; an apostrophe within a word does nothing.
fn side_of_single(sign: char, before: char, after: char) -> Option<Side> {
    let opens = (before.is_whitespace() || "([—–-/“\"".contains(before)) && !after.is_whitespace();
    let closes = !before.is_whitespace() && !after.is_alphanumeric();
    match sign {
        '‘' if !after.is_whitespace() => Some(Side::Opens),
        // A figure follows an apostrophe: “the '90s”.
        '\'' if opens && !after.is_ascii_digit() => Some(Side::Opens),
        '\'' | '’' if closes => Some(Side::Closes),
        _ => None,
    }
}

/// Drops closing marks that are apostrophes of plurals: in “‘The workers’ rights are safe,’”, the
/// first, since another one closes before any opens.
fn drop_apostrophes(marks: &mut Vec<Mark>, text: &str) {
    let closes = |mark: &Mark| mark.side == Side::Closes;
    let is_apostrophe = |mark: &Mark| {
        let behind = text[mark.at + mark.sign.len_utf8()..].strip_prefix(' ');
        text[..mark.at].ends_with('s') && behind.is_some_and(|behind| behind.starts_with(char::is_lowercase))
    };
    let doubtful: Vec<bool> = (0..marks.len())
        .map(|at| closes(&marks[at]) && marks.get(at + 1).is_some_and(closes) && is_apostrophe(&marks[at]))
        .collect();
    let mut doubtful = doubtful.into_iter();
    marks.retain(|_| !doubtful.next().unwrap_or_default());
}

/// For each mark, last mark first: how many more curly marks close than open after it.
fn surplus_of_closers(marks: &[Mark]) -> Vec<isize> {
    let mut surplus = 0;
    let mut after: Vec<isize> = Vec::with_capacity(marks.len());
    for mark in marks.iter().rev() {
        after.push(surplus);
        surplus += match mark.side {
            Side::Closes => 1,
            Side::Opens if mark.sign == '"' => 0,
            Side::Opens => -1,
        };
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quotations of the paragraphs of `text`, one a line.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let style = Style::of(text);
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        let mut found = Vec::new();
        let mut at = 0;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let block = FlowSpan::new(at, at + paragraph.len());
            let quotations = in_paragraph(text, block, paragraphs.get(index + 1).copied(), style);
            found.extend(quotations.iter().map(|quotation| quotation.inner.of(text)));
            at = block.end + 2;
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_of_every_style() {
        check(
            "He said “one” and \"two\" and «three» and „four“ and „five” and 「六」.",
            &["one", "two", "three", "four", "five", "六"],
        );
        check("»one« and (\"two\")", &["one", "two"]);
        check("”one”, he said, ”and two”", &["one", "and two"]);
        check("a 6\" pipe and a 7\" one", &[]);
        check("It’s ‘nothing’.", &[]);
    }

    #[test]
    fn single_marks_count_where_no_others_do() {
        check(
            "‘The workers’ rights are safe,’ he said. ‘We don’t fold.’",
            &["The workers’ rights are safe,", "We don’t fold."],
        );
        check(
            "'It's a \"plan\",' she said, since the '90s. 'The ministers' aide left.'",
            &["It's a \"plan\",", "The ministers' aide left."],
        );
        check("‘One.\n\n‘Two,’ he said.", &["One.", "Two,"]);
        check("Rock ’n’ roll and ‘em, the workers’ own.", &[]);
        check("“He wrote, ‘They fold,’ and ‘no.’”", &["He wrote, ‘They fold,’ and ‘no.’"]);
    }

    #[test]
    fn nested_ones_belong_to_the_outer() {
        check("“He wrote, ‘They fold,’ and was wrong.”", &["He wrote, ‘They fold,’ and was wrong."]);
        check("“He wrote “They fold” to us.” “Yes.”", &["He wrote “They fold” to us.", "Yes."]);
        check("“One. “Two.” and", &["One. “Two."]);
    }

    #[test]
    fn a_quotation_may_go_on_in_the_next_paragraph() {
        check("“One.\n\n“Two.\n\n“Three,” he said.", &["One.", "Two.", "Three,"]);
        check("“One.\n\nTwo.", &[]);
    }
}
