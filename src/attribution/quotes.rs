//! Quoted spans in prose, nested and across paragraphs.
//!
//! Curly, straight, angle and low quotation marks and corner brackets open and close; single ones
//! only occur within others and are left alone. A quotation is never nested in the result: the
//! outermost one counts.

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
pub fn in_paragraph(text: &str, block: FlowSpan, next: Option<&str>) -> Vec<Quotation> {
    let marks = marks(text, block);
    let goes_on = next.is_some_and(starts_with_mark);
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

/// Whether a paragraph starts with an opening quotation mark.
pub fn starts_with_mark(paragraph: &str) -> bool {
    paragraph.trim_start().starts_with(['“', '"', '«', '„', '「'])
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
        ('"', Some(_)) | ('“', Some('„')) | ('«', Some('»')) => Some(Side::Closes),
        (_, None) => (mark.side == Side::Opens).then_some(Side::Opens),
        _ => Some(mark.side),
    }
}

fn marks(text: &str, block: FlowSpan) -> Vec<Mark> {
    // Bytes with which a mark begins: `"`, “ with E2, « with C2, 「 with E3.
    let may_begin = |byte: &u8| matches!(byte, b'"' | 0xC2 | 0xE2 | 0xE3);
    let paragraph = block.of(text);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(step) = paragraph.as_bytes()[from..].iter().position(may_begin) {
        let at = from + step;
        let mut signs = paragraph[at..].chars();
        let Some(sign) = signs.next() else { break };
        let before = paragraph[..at].chars().next_back().unwrap_or(' ');
        if let Some(side) = side_of(sign, before, signs.next().unwrap_or(' ')) {
            found.push(Mark { at: block.start + at, sign, side });
        }
        from = at + sign.len_utf8();
    }
    found
}

fn side_of(sign: char, before: char, after: char) -> Option<Side> {
    match sign {
        '“' | '„' | '«' | '「' => Some(Side::Opens),
        '»' if before.is_whitespace() && after.is_alphanumeric() => Some(Side::Opens),
        '"' if (before.is_whitespace() || "([—–-/‘'…".contains(before)) && !after.is_whitespace() => {
            Some(Side::Opens)
        }
        '”' | '」' | '»' | '"' => Some(Side::Closes),
        _ => None,
    }
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
    fn check(text: &str, expected: &[&str]) {
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        let mut found = Vec::new();
        let mut at = 0;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let block = FlowSpan::new(at, at + paragraph.len());
            let quotations = in_paragraph(text, block, paragraphs.get(index + 1).copied());
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
        check("a 6\" pipe and a 7\" one", &[]);
        check("It’s ‘nothing’.", &[]);
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
