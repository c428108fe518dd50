//! Steps over words and characters of a text, each as a span that never cuts a character.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::Span;

/// The first word that ends behind byte `at`, from there on.
pub fn word_after(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let found = rest.split_word_bound_indices().find(|(_, segment)| is_unit(segment));
    found.map(|(start, segment)| Span::new(at + start, at + start + segment.len()))
}

/// The last word that starts before byte `at`, up to there.
pub fn word_before(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(..at)?;
    let found = rest.split_word_bound_indices().rev().find(|(_, segment)| is_unit(segment));
    found.map(|(start, segment)| Span::new(start, start + segment.len()))
}

/// The word that holds byte `at`; else the next one before, else the next one behind, else all.
pub fn unit_at(text: &str, at: usize) -> Span {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let mut best = None;
    for (start, segment) in text[line..].split_word_bound_indices() {
        let span = Span::new(line + start, line + start + segment.len());
        if span.start > at && best.is_some() {
            break;
        }
        if is_unit(segment) {
            best = Some(span);
        }
    }
    best.or_else(|| word_before(text, line)).unwrap_or(Span::new(0, text.len()))
}

/// The next character that is not blank, with the blanks before it.
pub fn character_after(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let found = rest.grapheme_indices(true).find(|(_, grapheme)| !is_blank(grapheme));
    found.map(|(start, grapheme)| Span::new(at, at + start + grapheme.len()))
}

/// The character before that is not blank, with the blanks behind it.
pub fn character_before(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(..at)?;
    let found = rest.grapheme_indices(true).rev().find(|(_, grapheme)| !is_blank(grapheme));
    found.map(|(start, _)| Span::new(start, at))
}

/// `span` without its last character and the blanks before that; none if nothing is left.
pub fn without_last(text: &str, span: Span) -> Option<Span> {
    let (last, _) = span.of(text).grapheme_indices(true).next_back()?;
    let left = span.of(text)[..last].trim_end();
    (!left.is_empty()).then(|| Span::new(span.start, span.start + left.len()))
}

/// `span` without its first character and the blanks behind that; none if nothing is left.
pub fn without_first(text: &str, span: Span) -> Option<Span> {
    let first = span.of(text).graphemes(true).next()?;
    let left = span.of(text)[first.len()..].trim_start();
    (!left.is_empty()).then(|| Span::new(span.end - left.len(), span.end))
}

/// How many words `text` has.
pub fn count(text: &str) -> usize {
    text.split_word_bounds().filter(|segment| is_unit(segment)).count()
}

/// A word, a number or a picture; punctuation and blanks are none.
fn is_unit(segment: &str) -> bool {
    let picture = |c: char| c >= '\u{1F000}' || ('\u{2600}'..='\u{27BF}').contains(&c);
    segment.chars().any(char::is_alphanumeric) || segment.chars().next().is_some_and(picture)
}

fn is_blank(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_word_under_a_place_or_beside_it() {
        let check = |text: &str, at, expected: &str| assert_eq!(unit_at(text, at).of(text), expected);
        check("We saw it. Then", 4, "saw");
        check("We saw it. Then", 9, "it");
        check("We saw it. Then", 6, "saw");
        check("…we", 0, "we");
        check("a\n… b", 2, "b");
        check("a b\n…", 4, "b");
        check("…", 0, "…");
        check("说了。", 3, "了");
    }

    proptest! {
        #[test]
        fn steps_stay_in_the_text_and_on_boundaries(text in "\\PC{0,12}[ \\n]?(中文|e\u{301}|👩‍💻|.){0,4}", at in 0usize..40) {
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let mut found = vec![unit_at(&text, at)];
            found.extend([word_after, word_before, character_after, character_before].iter().filter_map(|step| step(&text, at)));
            for span in found.clone() {
                found.extend([without_first(&text, span), without_last(&text, span)].into_iter().flatten());
            }
            for span in found {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
