//! What kind of character: seen by a reader, written without spaces.

/// Whether `c` is neither white space nor invisible: joiners, soft hyphens, direction marks,
/// variation selectors and tags are not seen.
pub fn is_visible(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_graphic();
    }
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether `c` belongs to a script that puts no space between words or sentences: Chinese
/// characters, Japanese syllables, and their punctuation.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{2FDF}' | '\u{3001}'..='\u{312F}' | '\u{31A0}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// `text` with every run of white space as one blank, and none at its ends.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `words` hold `wanted`, which is in small letters, whatever their case.
pub fn holds(words: &str, wanted: &str) -> bool {
    if !words.is_ascii() {
        return words.to_lowercase().contains(wanted);
    }
    wanted.is_empty() || places(words, wanted).next().is_some()
}

/// The bytes at which `wanted`, in small letters and not empty, stands in `words`, which are ASCII,
/// whatever their case.
pub fn places<'t>(words: &'t str, wanted: &'t str) -> impl Iterator<Item = usize> + 't {
    let (words, wanted) = (words.as_bytes(), wanted.as_bytes());
    let first = wanted.first().copied().unwrap_or_default();
    let here = |at: usize| words[at..].get(..wanted.len());
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), words)
        .filter(move |at| here(*at).is_some_and(|here| here.eq_ignore_ascii_case(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_held_whatever_their_case() {
        let held = |words: &str, wanted: &str| {
            let found = holds(words, wanted);
            assert_eq!(found, words.to_lowercase().contains(wanted), "{words:?} and {wanted:?}");
            found
        };
        assert!(held("The Harbour", "harb") && held("The Harbour", "r") && held("Ümlaut", "ümlaut"));
        assert!(held("", "") && held("x", "") && held("aaab", "aab"));
        assert!(!held("harb", "harbour") && !held("", "a") && !held("plain", "ü"));
    }

    #[test]
    fn joiners_and_spaces_are_not_seen() {
        for c in [' ', '\n', '\u{a0}', '\u{3000}', '\u{200b}', '\u{200d}', '\u{ad}', '\u{feff}', '\u{7f}'] {
            assert!(!is_visible(c), "{c:?}");
        }
        for c in ['a', '.', 'é', '中', '😀', '\u{301}', '\u{fffd}', '␀'] {
            assert!(is_visible(c), "{c:?}");
        }
    }

    #[test]
    fn chinese_and_japanese_need_no_spaces() {
        assert!("外交部，“。」ひカ".chars().filter(|c| *c != '“').all(is_unspaced));
        assert!(!"a é ک 한 “".chars().any(is_unspaced));
    }
}
