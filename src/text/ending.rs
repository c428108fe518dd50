//! Marks that may end a sentence: full stops, dots, cries and their Chinese kin, with the quotation
//! marks, brackets and footnote numbers that close behind them.

/// A mark that may end a sentence, with what closes behind it.
#[derive(Debug)]
pub struct Ending {
    /// First byte of the mark.
    pub start: usize,
    /// One past its last byte: “...” and “?!” are one mark.
    pub end: usize,
    /// One past the quotation marks and brackets that close behind it.
    pub closed: usize,
    /// Whether one of these is a quotation mark.
    pub quoted: bool,
    /// What it is.
    pub sort: Sort,
}

/// What kind of mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// One full stop.
    Stop,
    /// Two dots or more.
    Ellipsis,
    /// Question or exclamation marks.
    Cry,
    /// A mark of a script that needs no space behind it.
    Unspaced,
    /// A line drawn through the text: “=====”.
    Rule,
}

impl Ending {
    /// The first in `text` at or behind byte `at`.
    pub fn next(text: &str, mut at: usize) -> Option<Self> {
        loop {
            at += text.as_bytes().get(at..)?.iter().position(|byte| MAY_END[usize::from(*byte)])?;
            match Self::at(text, at) {
                Some(ending) => return Some(ending),
                None => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
    }

    /// The mark that begins at byte `start`, if one does.
    fn at(text: &str, start: usize) -> Option<Self> {
        let rest = &text[start..];
        let first = rest.chars().next()?;
        if matches!(first, '=' | '*') {
            return Self::rule(rest, start, first);
        }
        let sort = sort(first)?;
        let run = rest.find(|c| self::sort(c).is_none()).unwrap_or(rest.len());
        let spaced = if sort == Sort::Stop { spaced_dots(rest) } else { 0 };
        let end = start + run.max(spaced);
        let marks = &text[start..end];
        let sort = match sort {
            Sort::Stop | Sort::Ellipsis if marks.contains(['!', '?']) => Sort::Cry,
            Sort::Stop if end - start > 1 => Sort::Ellipsis,
            sort => sort,
        };
        let (closing, quoted) = closing(&text[end..]);
        Some(Self { start, end, closed: end + closing, quoted, sort })
    }

    /// The line drawn with `sign` that begins at byte `start`, which `rest` does.
    fn rule(rest: &str, start: usize, sign: char) -> Option<Self> {
        /// The fewest signs; “***” may stand for a word.
        const FEWEST: usize = 5;
        let behind = rest.trim_start_matches(sign);
        let end = start + rest.len() - behind.len();
        let alone = behind.chars().next().is_none_or(char::is_whitespace);
        (alone && end - start >= FEWEST).then_some(Self {
            start,
            end,
            closed: end,
            quoted: false,
            sort: Sort::Rule,
        })
    }
}

/// Bytes with which a mark may begin: “…” and “‼” with E2, “。” with E3, “！”, “？” and “｡” with EF,
/// “؟” with D8.
static MAY_END: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    let bytes = [b'.', b'!', b'?', b'=', b'*', 0xE2, 0xE3, 0xEF, 0xD8];
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

/// What `c` is alone; nothing if it ends no sentence.
fn sort(c: char) -> Option<Sort> {
    match c {
        '.' => Some(Sort::Stop),
        '…' => Some(Sort::Ellipsis),
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '؟' => Some(Sort::Cry),
        '。' | '！' | '？' | '｡' => Some(Sort::Unspaced),
        _ => None,
    }
}

/// Bytes of the quotation marks, brackets and footnote number that close at the start of `rest`, and
/// whether a quotation does.
fn closing(rest: &str) -> (usize, bool) {
    let (mut closed, mut quoted) = (0, false);
    for c in rest.chars() {
        match c {
            '”' | '’' | '»' | '"' | '\'' | '」' | '』' => quoted = true,
            ')' | ']' | '}' | '）' | '】' | '*' | '_' => {}
            _ => break,
        }
        closed += c.len_utf8();
    }
    (closed + footnote(&rest[closed..]), quoted)
}

/// Bytes of the number of a footnote at the start of `rest`: “[38]”; 0 if there is none.
fn footnote(rest: &str) -> usize {
    let inner = rest.trim_start_matches(' ');
    let digits =
        inner.strip_prefix('[').map_or(0, |inner| inner.bytes().take_while(u8::is_ascii_digit).count());
    let closes = inner.as_bytes().get(digits + 1) == Some(&b']');
    if digits > 0 && closes { rest.len() - inner.len() + digits + 2 } else { 0 }
}

/// Bytes of “. . .” at the start of `rest`; 0 if there are fewer than three dots.
fn spaced_dots(rest: &str) -> usize {
    let (mut dots, mut end) = (0, 0);
    for (at, c) in rest.char_indices() {
        match c {
            '.' => {
                dots += 1;
                end = at + 1;
            }
            ' ' | '\u{a0}' if at == end => {}
            _ => break,
        }
    }
    if dots >= 3 { end } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first mark, in brackets together with what closes behind it, and its sort.
    #[track_caller]
    fn check(text: &str, expected: &str, sort: Option<Sort>) {
        let ending = Ending::next(text, 0);
        let shown = ending.as_ref().map_or(text.to_owned(), |Ending { start, end, closed, .. }| {
            let (mark, closing) = (&text[*start..*end], &text[*end..*closed]);
            format!("{}<{mark}|{closing}>{}", &text[..*start], &text[*closed..])
        });
        assert_eq!((shown.as_str(), ending.map(|ending| ending.sort)), (expected, sort));
    }

    #[test]
    fn marks_are_taken_with_what_closes_behind_them() {
        check("“No.” He left", "“No<.|”> He left", Some(Sort::Stop));
        check("(Dark.) He", "(Dark<.|)> He", Some(Sort::Stop));
        check("sank.[38] He", "sank<.|[38]> He", Some(Sort::Stop));
        check("sank. [a] He", "sank<.|> [a] He", Some(Sort::Stop));
        check("Well . . . we", "Well <. . .|> we", Some(Sort::Ellipsis));
        check("What?!” he", "What<?!|”> he", Some(Sort::Cry));
        check("a ===== b", "a <=====|> b", Some(Sort::Rule));
        check("**a** == *****b", "**a** == *****b", None);
        check("他说。」她", "他说<。|」>她", Some(Sort::Unspaced));
        check("a — “b”, é、ç", "a — “b”, é、ç", None);
    }
}
