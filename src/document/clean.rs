//! Makes characters harmless that a terminal would obey or a reader could not see.
//!
//! Each is replaced by **one** character, so that code-point offsets stay true: C0 controls by
//! their pictures (␛), other controls by �, characters that turn the direction of writing by ⇄,
//! rare line ends by a line feed. Clean text, which nearly all is, is only scanned and not copied.

/// Shown for a control without a picture of its own.
const UNSEEN: char = '\u{FFFD}';
/// Shown for a character that turns the direction of writing.
const TURN: char = '⇄';
const BLACK_FLAG: char = '\u{1F3F4}';

/// What was replaced in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Control characters and invisible marks.
    pub controls: usize,
    /// Characters that turn the direction of writing.
    pub turns: usize,
}

impl Replaced {
    /// What a reader should know, if anything was replaced.
    pub fn warning(self) -> Option<String> {
        let controls = counted(self.controls, "control character", "control characters");
        let turns = counted(
            self.turns,
            "character that turns the direction of writing",
            "characters that turn the direction of writing",
        );
        let what = match (controls, turns) {
            (None, None) => return None,
            (Some(one), None) | (None, Some(one)) => one,
            (Some(controls), Some(turns)) => format!("{controls} and {turns}"),
        };
        Some(format!("{what} shown as signs"))
    }
}

/// `text` without characters that a terminal would obey or a reader could not see.
///
/// Line feeds, carriage returns and tabs stay. Vertical tabs, form feeds, U+0085, U+2028 and
/// U+2029 become line feeds.
pub fn clean(text: String) -> (String, Replaced) {
    let mut replaced = Replaced::default();
    let Some(first) = next_odd(text.as_bytes(), 0) else { return (text, replaced) };
    let mut cleaned = String::with_capacity(text.len() + 64);
    let mut kept = 0;
    let mut next = Some(first);
    while let Some(at) = next {
        let Some(c) = text[at..].chars().next() else { break };
        cleaned.push_str(&text[kept..at]);
        kept = at + c.len_utf8();
        cleaned.push(stand_in(c, cleaned.chars().next_back(), &mut replaced));
        next = next_odd(text.as_bytes(), kept);
    }
    cleaned.push_str(&text[kept..]);
    (cleaned, replaced)
}

/// What is shown instead of the odd character `c` behind `before`.
fn stand_in(c: char, before: Option<char>, replaced: &mut Replaced) -> char {
    match c {
        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        // Flags of regions are spelt with tags behind a black flag; alone, tags hide text.
        '\u{E0020}'..='\u{E007F}' if before.is_some_and(|b| b == BLACK_FLAG || is_tag(b)) => c,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            replaced.turns += 1;
            TURN
        }
        _ => {
            replaced.controls += 1;
            match c as u32 {
                code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(UNSEEN),
                0x7F => '\u{2421}',
                _ => UNSEEN,
            }
        }
    }
}

fn is_tag(c: char) -> bool {
    ('\u{E0020}'..='\u{E007F}').contains(&c)
}

/// Bytes that are looked at in one go; the compiler makes vector code of the loop over them.
const BLOCK: usize = 64;

/// The first byte from `from` on at which an odd character starts.
fn next_odd(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(block) = bytes.get(at..at + BLOCK + 2) {
        let (first, second, third) = (&block[..BLOCK], &block[1..=BLOCK], &block[2..BLOCK + 2]);
        let mut any = false;
        for i in 0..BLOCK {
            any |= is_odd(first[i], second[i], third[i]);
        }
        if any {
            break;
        }
        at += BLOCK;
    }
    (at..bytes.len()).find(|&i| {
        let behind = |n: usize| bytes.get(i + n).copied().unwrap_or(0);
        is_odd(bytes[i], behind(1), behind(2))
    })
}

/// Whether a character that starts with these bytes is odd.
#[inline]
#[allow(clippy::needless_bitwise_bool, reason = "without branches the loop over it becomes vector code")]
fn is_odd(first: u8, second: u8, third: u8) -> bool {
    let control = (first < 0x20) & (first != b'\n') & (first != b'\r') & (first != b'\t') | (first == 0x7F);
    let c1 = (first == 0xC2) & (second < 0xA0); // U+0080..9F
    let arabic_mark = (first == 0xD8) & (second == 0x9C); // U+061C
    let general = (first == 0xE2)
        & ((second == 0x80) & ((third == 0x8E) | (third == 0x8F) | (third.wrapping_sub(0xA8) < 7))
            | (second == 0x81) & (third.wrapping_sub(0xA6) < 10)); // U+200E, 200F, 2028..202E, 2066..206F
    let special = (first == 0xEF)
        & ((second == 0xBB) & (third == 0xBF) | (second == 0xBF) & (third.wrapping_sub(0xB9) < 3)); // U+FEFF, FFF9..FFFB
    let tag = (first == 0xF3) & (second == 0xA0) & ((third == 0x80) | (third == 0x81)); // U+E0000..E007F
    control | c1 | arabic_mark | general | special | tag
}

/// “1 broken byte”, “3 broken bytes”; nothing for none.
pub fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, controls: usize, turns: usize) {
        for padding in [0, 1, 61, 62, 63, 64, 65, 200] {
            let before = "é".repeat(padding);
            let (cleaned, replaced) = clean(format!("{before}{text}{before}"));
            assert_eq!(cleaned, format!("{before}{expected}{before}"));
            assert_eq!(replaced, Replaced { controls, turns });
            assert_eq!(cleaned.chars().count(), text.chars().count() + 2 * padding);
        }
    }

    #[test]
    fn what_a_terminal_obeys_becomes_a_sign() {
        check("a\u{1b}[2J\0b\u{7f}", "a␛[2J␀b␡", 3, 0);
        check("\u{9b}31m\u{80}", "�31m�", 2, 0);
        check("x\u{feff}y\u{fff9}", "x�y�", 2, 0);
        check("\u{202e}no\u{202c} \u{2067}\u{200f}\u{61c}", "⇄no⇄ ⇄⇄⇄", 0, 5);
        check("\u{e0041}a", "�a", 1, 0);
    }

    #[test]
    fn what_is_harmless_stays() {
        let harmless =
            "tab\t cr\r\n “quotes” … — x⁰ © ا 中文，。 \u{200d} \u{1F3F4}\u{E0067}\u{E0062}\u{E007F} \u{ad}é";
        check(harmless, harmless, 0, 0);
    }

    #[test]
    fn rare_line_ends_end_lines() {
        check("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f", "a\nb\nc\nd\ne\nf", 0, 0);
    }

    #[test]
    fn the_scan_finds_what_character_by_character_is_found() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let text = String::from(c);
            let odd = c.is_control() && !matches!(c, '\n' | '\r' | '\t')
                || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
                    | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
            assert_eq!(next_odd(text.as_bytes(), 0).is_some(), odd, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn the_warning_counts() {
        assert_eq!(Replaced::default().warning(), None);
        assert_eq!(
            Replaced { controls: 1, turns: 0 }.warning().as_deref(),
            Some("1 control character shown as signs")
        );
        assert_eq!(
            Replaced { controls: 2, turns: 1 }.warning().as_deref(),
            Some("2 control characters and 1 character that turns the direction of writing shown as signs")
        );
    }
}
