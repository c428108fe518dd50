//! A sentence as screen rows: words wrapped by display width, nothing ever cut.
//!
//! Rows are byte ranges of the text, so every span keeps its place. A row depends only on where it
//! starts, so wrapping can begin at any row. Breaks come after blanks, after hyphens within words,
//! and beside wide characters (Chinese, Japanese, emoji), never before closing punctuation; a word
//! longer than a row is broken between graphemes.

use std::ops::Range;

use ratatui::buffer::CellWidth as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// The rows of `text` in a column of `width` cells; each range leaves out the blanks it ends with.
///
/// Empty text has no row. A grapheme wider than the column has a row of its own.
pub fn rows(text: &str, width: usize) -> Rows<'_> {
    rows_from(text, width, 0)
}

/// The rows of `text` from the one that starts at byte `start`.
pub fn rows_from(text: &str, width: usize, start: usize) -> Rows<'_> {
    Rows { text, width: width.max(1), at: start }
}

/// See [`rows`].
#[derive(Clone, Debug)]
pub struct Rows<'t> {
    text: &'t str,
    width: usize,
    at: usize,
}

impl Iterator for Rows<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (kept, next) = plain_row(rest, self.width).unwrap_or_else(|| row(rest, self.width));
        let start = self.at;
        self.at += next;
        Some(start..start + kept)
    }
}

/// How many bytes a row of `rest` keeps and takes, when it is printable ASCII: the common case,
/// found without looking at graphemes. `None` if it is not.
fn plain_row(rest: &str, width: usize) -> Option<(usize, usize)> {
    let bytes = rest.as_bytes();
    // Two bytes beyond the row, so that nothing combines with its last letter.
    let seen = &bytes[..bytes.len().min(width + 2)];
    if bytes.first() == Some(&b' ') || !is_printable(seen) {
        return None;
    }
    if bytes.len() <= width {
        return Some((rest.trim_end_matches(' ').len(), bytes.len()));
    }
    let blank = memchr::memrchr(b' ', &seen[..=width]);
    let hyphens = memchr::memrchr_iter(b'-', &seen[..width]).take_while(|at| *at > 0);
    let hyphen = { hyphens }.find(|at| is_hyphen_break(seen, *at)).map(|at| at + 1);
    let end = match (blank, hyphen) {
        (Some(blank), Some(hyphen)) if hyphen > blank => hyphen,
        (Some(blank), _) if blank > 0 => blank,
        (_, Some(hyphen)) => hyphen,
        _ => width,
    };
    let blanks = bytes[end..].iter().take_while(|byte| **byte == b' ').count();
    // White space that is not ASCII may follow; the general case knows it.
    let after = bytes.get(end + blanks).is_some_and(|byte| !byte.is_ascii());
    (!after).then(|| (rest[..end].trim_end_matches(' ').len(), end + blanks))
}

/// Whether a word may be broken after the hyphen at `at`: letters on both sides.
fn is_hyphen_break(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'-'
        && bytes[at - 1].is_ascii_alphabetic()
        && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
}

/// How many bytes a row of `rest` keeps and takes.
fn row(rest: &str, width: usize) -> (usize, usize) {
    let mut used = 0;
    let mut kept = 0;
    let mut best = None;
    let mut before = "";
    for (at, grapheme) in rest.grapheme_indices(true) {
        if grapheme.starts_with(['\n', '\r']) {
            return (kept, at + grapheme.len());
        }
        let blank = is_blank(grapheme);
        if !blank && may_break(before, grapheme) && at > 0 {
            best = Some((kept, at));
        }
        let cells = cells(grapheme);
        if !blank && used + cells > width && at > 0 {
            return best.filter(|(kept, _)| *kept > 0).unwrap_or((kept, at));
        }
        used += cells;
        if !blank {
            kept = at + grapheme.len();
        }
        before = grapheme;
    }
    (kept, rest.len())
}

/// Whether a row may end between these two graphemes, the second not blank.
fn may_break(before: &str, after: &str) -> bool {
    if is_blank(before) {
        return true;
    }
    if after.chars().next().is_some_and(is_closing) || before.chars().next().is_some_and(is_opening) {
        return false;
    }
    let dash = matches!(before, "—" | "–" | "/") && after.chars().all(char::is_alphanumeric);
    dash || cells(before) > 1 || cells(after) > 1
}

/// A blank that a row may end with; a no-break space is none.
fn is_blank(grapheme: &str) -> bool {
    grapheme.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}'))
        && !grapheme.is_empty()
}

/// Punctuation that may not start a row.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '%'
            | '”'
            | '’'
            | '»'
            | '…'
            | '、'
            | '。'
            | '，'
            | '．'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '］'
            | '｝'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '％'
            | 'ー'
            | '々'
    )
}

/// Punctuation that may not end a row.
fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '“' | '‘' | '«' | '（' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【' | '〔'
    )
}

/// The cells that a grapheme takes on the screen; a control is shown as a blank.
pub fn cells(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [_] => 1,
        _ if grapheme.starts_with(char::is_control) => 1,
        _ => usize::from(grapheme.cell_width()),
    }
}

/// Whether every byte of `text` is a cell: printable ASCII.
pub fn is_plain(text: &str) -> bool {
    is_printable(text.as_bytes())
}

/// Not `all`, which looks at one byte after the other.
fn is_printable(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, byte| plain & (b' '..0x7F).contains(byte))
}

/// The cells that `text` takes on one row.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    text.graphemes(true).map(cells).sum()
}

/// The byte at which the grapheme over `cell` of a row begins; of the last one behind the row's end.
pub fn byte_at(row: &str, cell: usize) -> usize {
    let mut used = 0;
    let mut begins = 0;
    for (at, grapheme) in row.grapheme_indices(true) {
        begins = at;
        used += cells(grapheme);
        if used > cell {
            break;
        }
    }
    begins
}

/// `text` on one row of at most `width` cells, with `…` where something was left out at the end.
pub fn shortened(text: &str, width: usize) -> String {
    if self::width(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += cells(grapheme);
        if used >= width {
            break;
        }
        kept.push_str(grapheme);
    }
    let mut kept = kept.trim_end().to_owned();
    if width > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        let found: Vec<&str> = rows(text, width).map(|row| &text[row]).collect();
        assert_eq!(found, expected, "{width} cells");
    }

    #[test]
    fn a_cell_belongs_to_the_grapheme_over_it() {
        assert_eq!([0, 1, 2, 3, 4, 9].map(|cell| byte_at("a中e\u{301}b", cell)), [0, 1, 1, 4, 7, 7]);
        assert_eq!(byte_at("", 3), 0);
    }

    #[test]
    fn words_stay_whole() {
        check("the quick brown fox", 9, &["the quick", "brown fox"]);
        check("the quick brown fox", 10, &["the quick", "brown fox"]);
        check("the  quick ", 5, &["the", "quick"]);
        check("", 5, &[]);
    }

    #[test]
    fn a_word_longer_than_a_row_is_broken() {
        check("abcdefgh", 3, &["abc", "def", "gh"]);
        check("to abcdefgh", 4, &["to", "abcd", "efgh"]);
        check("é".repeat(4).as_str(), 3, &["ééé", "é"]);
    }

    #[test]
    fn hyphens_and_dashes_may_end_a_row() {
        check("state-sponsored", 8, &["state-", "sponsore", "d"]);
        check("war—peace", 5, &["war—", "peace"]);
        check("19-20 -x", 3, &["19-", "20", "-x"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_a_full_stop() {
        check("中方坚决反对。完", 8, &["中方坚决", "反对。完"]);
        check("中方坚决。", 8, &["中方坚", "决。"]);
        check("“中方”", 4, &["“中", "方”"]);
    }

    #[test]
    fn joined_characters_stay_together() {
        check("👩‍👩‍👧 e\u{301}e\u{301} x", 2, &["👩‍👩‍👧", "e\u{301}e\u{301}", "x"]);
        check("🇪🇺🇨🇳", 2, &["🇪🇺", "🇨🇳"]);
        check("中", 1, &["中"]);
    }

    #[test]
    fn shortened_says_that_something_is_left_out() {
        assert_eq!(shortened("Antony Blinken", 14), "Antony Blinken");
        assert_eq!(shortened("Antony Blinken", 9), "Antony B…");
        assert_eq!(shortened("中方坚决", 5), "中方…");
        assert_eq!(shortened("x", 0), "");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_too_wide(text in "[a-z \\-—“”中。😀e\u{301}\u{200d}\t\n]{0,60}", width in 1usize..12) {
            let mut at = 0;
            let mut read = String::new();
            for row in rows(&text, width) {
                prop_assert!(at <= row.start);
                prop_assert!(text[at..row.start].chars().all(char::is_whitespace), "lost {:?}", &text[at..row.start]);
                let shown = &text[row.clone()];
                prop_assert!(self::width(shown) <= width || shown.graphemes(true).count() == 1, "{shown:?}");
                read.push_str(shown);
                at = row.end;
            }
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&read), bare(&text));
        }

        #[test]
        fn the_fast_way_and_the_general_way_agree(text in "[a-z \\-.,]{0,60}", width in 1usize..12) {
            if let Some(plain) = plain_row(&text, width).filter(|_| !text.is_empty() && !text.contains('-')) {
                let general = row(&text, width);
                if !text[..plain.1].contains(['.', ',']) {
                    prop_assert_eq!(plain, general);
                }
            }
        }
    }
}
