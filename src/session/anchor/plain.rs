//! A text for finding words again: white space, quotation marks, dashes and emphasis made alike,
//! with the way back to where each character stood.

use memchr::memmem;

use crate::text::SourceSpan;

/// A text in plain form; offsets into it are bytes of the plain form.
#[derive(Debug)]
pub(super) struct Plain {
    /// The plain form.
    pub text: String,
    /// For each of its bytes, where the character stood that gave it; one more entry for the end.
    origins: Vec<u32>,
}

impl Plain {
    /// The plain form of `text`, without white space at either end.
    pub fn new(text: &str) -> Self {
        let mut plain =
            Self { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len() + 1) };
        let mut white = false;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                white = true;
                continue;
            }
            let Some(c) = alike(c) else { continue };
            if white && !plain.text.is_empty() {
                plain.push(' ', at);
            }
            white = false;
            plain.push(c, at);
        }
        plain
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        // A document has at most 256 MB.
        self.origins.resize(self.text.len(), at as u32);
    }

    /// Where `needle`, itself in plain form, stands; copies do not overlap.
    pub fn find<'s>(&'s self, needle: &'s str) -> impl Iterator<Item = usize> + 's {
        let found = memmem::find_iter(self.text.as_bytes(), needle.as_bytes());
        found.filter(move |_| !needle.is_empty())
    }

    /// The stretch of `source`, of which this is the plain form, that gave `start..end`.
    pub fn origin(&self, source: &str, start: usize, end: usize) -> SourceSpan {
        let at = |index: usize| self.origins.get(index).map_or(source.len(), |at| *at as usize);
        let last = at(end.saturating_sub(1).max(start));
        let length = source[last..].chars().next().map_or(0, char::len_utf8);
        SourceSpan::new(at(start), last + length)
    }

    /// The first byte that came from `origin` or later.
    pub fn offset(&self, origin: usize) -> usize {
        self.origins.partition_point(|at| (*at as usize) < origin)
    }
}

/// The plain form of a character; nothing for one that only sets or spaces the text.
fn alike(c: char) -> Option<char> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '*' | '_' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => return None,
        c => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wraps_quotes_and_emphasis_do_not_matter() {
        let source = "He  said:\n“a **massive** cyber‑attack”. ";
        let plain = Plain::new(source);
        assert_eq!(plain.text, "He said: \"a massive cyber-attack\".");
        let at = plain.find("a massive cyber-attack").next().expect("it is there");
        assert_eq!(plain.origin(source, at, at + 22).of(source), "a **massive** cyber‑attack");
        assert_eq!(plain.find("").next(), None);
        assert_eq!(Plain::new(" \n").text, "");
    }

    proptest! {
        #[test]
        fn every_character_leads_back(source in "[a“é中 \n\u{ad}*—😀]{0,40}") {
            let plain = Plain::new(&source);
            for (at, c) in plain.text.char_indices().filter(|(_, c)| *c != ' ') {
                let origin = plain.origin(&source, at, at + c.len_utf8());
                prop_assert_eq!(Plain::new(origin.of(&source)).text, c.to_string());
                prop_assert_eq!(plain.offset(origin.start).min(at), plain.offset(origin.start));
            }
        }
    }
}
