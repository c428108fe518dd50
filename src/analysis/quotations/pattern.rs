//! A quotation as it is sought: words, and what its marks allow between and within them.

use crate::text::Span;
use crate::text::fold::fold;
use crate::text::words::plain_words;

/// A quotation to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The speaker's words, in order.
    pub words: Vec<Wanted>,
}

/// A word of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Small letters, straight quotes; of a word with brackets in it, what stands outside them.
    pub folded: String,
    /// Which part of the word said it is.
    pub part: Part,
    /// What is between it and the word before.
    pub before: Joint,
    /// Where it stands in the statement's text.
    pub span: Span,
}

/// Which part of a word a quotation gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Its end: “[T]he”.
    End,
    /// Its beginning: “claim[ed]”.
    Beginning,
}

/// What is between two words of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Nothing.
    Next,
    /// Words in brackets, for some that were said or for none.
    Put,
    /// Dots, for some that were said.
    Dots,
}

impl Wanted {
    /// Whether this word may have been said so.
    pub fn is(&self, said: &str) -> bool {
        match self.part {
            Part::Whole => said == self.folded,
            Part::End => said.ends_with(&self.folded),
            Part::Beginning => said.starts_with(&self.folded),
        }
    }
}

impl Pattern {
    /// Reads a quotation that starts at byte `base` of its statement.
    pub fn read(text: &str, base: usize) -> Self {
        let mut words: Vec<Wanted> = Vec::new();
        let (mut joint, mut ended, mut depth) = (Joint::Next, 0, 0_usize);
        for (at, word) in plain_words(text) {
            let gap = &text[ended..at];
            let opened = count(gap, '[');
            let closed = count(gap, ']');
            if dots(gap) {
                joint = Joint::Dots;
            }
            let touches = ended > 0 && !gap.is_empty() && gap.chars().all(|c| matches!(c, '[' | ']'));
            let was_inside = depth > 0;
            depth = (depth + opened).saturating_sub(closed);
            ended = at + word.len();
            let span = Span::new(base + at, base + ended);
            if depth > 0 {
                if touches && let Some(last) = words.last_mut() {
                    last.part = Part::Beginning;
                } else {
                    joint = joint.max(Joint::Put);
                }
                continue;
            }
            let part = if was_inside && touches { Part::End } else { Part::Whole };
            words.push(Wanted { folded: fold(word), part, before: joint, span });
            joint = Joint::Next;
        }
        // “[…] we will”: what stands before the first word is nobody's business.
        if let Some(first) = words.first_mut() {
            first.before = first.before.max(Joint::Next);
        }
        Self { words }
    }

    /// Whether its marks say that it differs from what was said.
    pub fn is_marked(&self) -> bool {
        self.words.iter().any(|word| word.before != Joint::Next || word.part != Part::Whole)
    }

    /// Its runs of words between which something may be left out.
    pub fn runs(&self) -> impl Iterator<Item = &[Wanted]> {
        self.words.chunk_by(|_, next| next.before == Joint::Next)
    }
}

impl Joint {
    fn max(self, other: Self) -> Self {
        if self == Self::Next { other } else { self }
    }
}

fn count(text: &str, mark: char) -> usize {
    text.chars().filter(|c| *c == mark).count()
}

/// Whether a gap holds “…”, “...” or “. . .”.
fn dots(gap: &str) -> bool {
    gap.contains('…') || gap.chars().filter(|c| !c.is_whitespace()).collect::<String>().contains("...")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let pattern = Pattern::read(text, 0);
        let shown: Vec<String> = pattern
            .words
            .iter()
            .map(|word| {
                let joint = match word.before {
                    Joint::Next => "",
                    Joint::Put => "+",
                    Joint::Dots => "…",
                };
                match word.part {
                    Part::Whole => format!("{joint}{}", word.folded),
                    Part::End => format!("{joint}*{}", word.folded),
                    Part::Beginning => format!("{joint}{}*", word.folded),
                }
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn marks_are_read() {
        check("We deny it.", "we deny it");
        check("We … deny. . . it", "we …deny …it");
        check("We [...] deny", "we …deny");
        check("We [in Kell] deny", "we +deny");
        check("[China’s] Ministry", "+ministry");
        check("[W]e claim[ed] it", "+*e claim* it");
        check("", "");
    }
}
