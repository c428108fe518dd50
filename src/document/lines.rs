//! The lines of a source, and what the first words of one tell.

use crate::text::{SourceSpan, is_unspaced};

/// One line of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Without white space at either end; empty if there is nothing else.
    pub span: SourceSpan,
    /// Bytes of white space before it.
    pub indent: usize,
}

/// The lines of `text`; LF, CR LF and CR end one.
pub fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        let span = SourceSpan::new(at, end).trimmed(text);
        let line = Line { span, indent: span.start - at };
        at = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
        Some(line)
    })
}

/// Whether `line` ends as a sentence or an introduction to something does.
pub fn ends_sentence(line: &str) -> bool {
    let last =
        line.trim_end_matches(['”', '’', '"', '\'', ')', ']', '»', '*', '_', '」', '』', '）', '\u{FFFD}']);
    last.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '：', '؟', '।']) || last.is_empty()
}

/// Whether `line` ends with a word that another must follow.
pub fn is_left_open(line: &str) -> bool {
    const OPEN: [&str; 14] =
        ["the", "a", "an", "of", "and", "or", "to", "in", "for", "with", "by", "on", "that", "our"];
    OPEN.contains(&line.rsplit(' ').next().unwrap_or_default())
}

/// Whether the first letter of `line` is a small one.
pub fn starts_small(line: &str) -> bool {
    let first = line.trim_start_matches(['“', '‘', '"', '\'', '(', '[', '«', '*', '_']);
    first.starts_with(char::is_lowercase)
}

/// Whether `line` begins an item of a list: a bullet, or a number or letter with a stop or bracket.
pub fn starts_item(line: &str) -> bool {
    const BULLETS: [char; 13] = ['-', '*', '•', '▪', '◦', '‣', '·', '●', '○', '■', '□', '⁃', '➢'];
    if let Some(rest) = line.strip_prefix(BULLETS) {
        return rest.starts_with(char::is_whitespace) || line.starts_with(['•', '⁃', '▪', '●']);
    }
    let rest = line.strip_prefix('(').unwrap_or(line);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match rest.as_bytes() {
        _ if (1..=3).contains(&digits) => &rest[digits..],
        [b'a'..=b'z', b')' | b'.', ..] => &rest[1..],
        _ => return false,
    };
    let end = mark.trim_start_matches(['.', ')']);
    (1..=2).contains(&(mark.len() - end.len())) && end.starts_with(char::is_whitespace)
}

/// Whether `line` begins a turn of a transcript: “MS. PSAKI:”, “Question:”, “Q ”, “记者：”.
pub fn starts_turn(line: &str) -> bool {
    label_end(line).is_some()
}

/// Whether `line` is a speaker's label and nothing else but perhaps a time in brackets.
pub fn is_label(line: &str) -> bool {
    label_end(line).is_some_and(|end| {
        let rest = line[end..].trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
        rest.is_empty() || rest.len() <= 12 && rest.starts_with(['(', '[']) && rest.ends_with([')', ']'])
    })
}

/// The byte behind the label of a turn.
fn label_end(line: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    let plain = line.trim_start_matches(['*', '_']);
    let skipped = line.len() - plain.len();
    if let Some(rest) = plain.strip_prefix(['Q', 'A'])
        && (rest.starts_with([':', '\t', '\u{A0}']) || rest.starts_with("  ") || plain.starts_with("Q "))
    {
        return Some(skipped + 1 + usize::from(rest.starts_with(':')));
    }
    let (at, colon) = plain.char_indices().take(LONGEST).find(|(_, c)| matches!(c, ':' | '：'))?;
    let (label, end) = (&plain[..at], at + colon.len_utf8());
    let after = &plain[end..];
    let is_name = match colon {
        '：' => at > 0 && at <= 36 && label.chars().all(is_name_of_unspaced),
        _ => !after.starts_with(|c: char| c.is_ascii_digit() || c == '/') && is_name(label),
    };
    is_name.then_some(skipped + end)
}

/// Up to eight words, each with a capital, a digit or a bracket first, but for the smallest and
/// for what stands in brackets.
fn is_name(label: &str) -> bool {
    const SMALL: [&str; 10] = ["of", "the", "and", "for", "de", "al", "van", "von", "to", "in"];
    let name = label.split(['(', '[']).next().unwrap_or_default();
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '&');
    name.starts_with(char::is_uppercase)
        && (name.len() == label.len() || label.trim_end().ends_with([')', ']']))
        && name.split_whitespace().all(|word| SMALL.contains(&word) || capital(word))
        && name.split_whitespace().count() <= 8
}

fn is_name_of_unspaced(c: char) -> bool {
    is_unspaced(c) && !matches!(c, '，' | '。' | '；' | '！' | '？' | '、')
        || c == '·'
        || c.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_ends_a_line() {
        let text = "a\r\n  b \rc\n\n\u{3000}d";
        let found: Vec<&str> = lines(text).map(|line| line.span.of(text)).collect();
        assert_eq!(found, ["a", "b", "c", "", "d"]);
        assert_eq!(lines(text).map(|line| line.indent).collect::<Vec<_>>(), [0, 2, 0, 0, 3]);
        assert_eq!(lines("").count(), 0);
    }

    #[test]
    fn items_are_known_by_their_marks() {
        for item in ["- a", "• a", "•a", "1. a", "12) a", "(3) a", "a) b", "(b) c", "1.) d"] {
            assert!(starts_item(item), "{item}");
        }
        for prose in
            ["-rf", "2021. We", "1.5 million", "J. D. Vance", "*bold* it", "(he said) a", "", "a", "1"]
        {
            assert!(!starts_item(prose), "{prose}");
        }
    }

    #[test]
    fn turns_are_known_by_their_labels() {
        for turn in [
            "MS. PSAKI: Hi",
            "Question: (Inaudible)",
            "Q Thank you",
            "Q\u{a0}\u{a0}Who?",
            "**MR. PRICE:** No",
            "A:  Yes",
            "Zhao Lijian: No",
            "President of the Republic (as interpreted): Yes",
            "记者：你好",
            "赵立坚：",
        ] {
            assert!(starts_turn(turn), "{turn}");
        }
        for prose in [
            "At 3:19 P.M.",
            "http://a.example",
            "He said: no",
            "A man said: no",
            "The list below: a",
            "",
            ":",
        ] {
            assert!(!starts_turn(prose), "{prose}");
        }
        assert!(is_label("Ms. Jean-Pierre: (00:50)") && is_label("THE PRESIDENT:") && is_label("**Q:**"));
        assert!(!is_label("THE PRESIDENT: No.") && !is_label("He agreed:"));
    }

    #[test]
    fn an_end_may_be_quoted() {
        for end in ["no.”", "no!", "as follows:", "(Laughter.)", "不。"] {
            assert!(ends_sentence(end), "{end}");
        }
        for middle in ["the", "said,", "“groundless”", "(PRC)", "不"] {
            assert!(!ends_sentence(middle), "{middle}");
        }
        assert!(starts_small("“we") && !starts_small("“We") && !starts_small("2 of"));
    }
}
