//! Which cues of a text do not count because a reader silenced their words or their rule.

use super::Silenced;
use crate::analysis::Cue;
use crate::attribution::{DocumentId, Statement};
use crate::lexicon::{CueKind, Lexicon};
use crate::text::span::StatementText;
use crate::text::words;

/// The folded words of a cue in a statement's `text`: the same for every writing of a phrase.
pub fn phrase(text: &str, cue: &Cue) -> String {
    let words = words::<StatementText>(cue.span.of(text), 0);
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// What does not count, made ready to be asked of every cue of a long text.
pub struct Silence<'d> {
    /// By rule.
    rules: Vec<bool>,
    phrases: Vec<(CueKind, &'d str, Option<DocumentId>)>,
    /// By kind, the bytes that some phrase begins with.
    begins: [[bool; 256]; 3],
    /// By kind, whether cues of it may not count.
    kinds: [bool; 3],
}

impl<'d> Silence<'d> {
    pub fn of(silenced: &'d Silenced, lexicon: &Lexicon) -> Self {
        let all = lexicon.rules().iter().filter(|_| !silenced.rules.is_empty());
        let rules = all.map(|rule| silenced.rules.contains(&rule.id)).collect();
        let everywhere = silenced.everywhere.iter().map(|(kind, words)| (*kind, words.as_str(), None));
        let here = silenced.here.iter();
        let here = here.map(|(document, kind, words)| (*kind, words.as_str(), Some(*document)));
        let phrases: Vec<_> = everywhere.chain(here).collect();
        let mut kinds = [false; 3];
        for rule in lexicon.rules().iter().filter(|rule| silenced.rules.contains(&rule.id)) {
            kinds[rule.kind as usize] = true;
        }
        let mut begins = [[false; 256]; 3];
        for (kind, words, _) in &phrases {
            kinds[*kind as usize] = true;
            if let Some(first) = words.bytes().next() {
                begins[*kind as usize][usize::from(first)] = true;
            }
        }
        Self { rules, phrases, begins, kinds }
    }

    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.phrases.is_empty()
    }

    /// Whether cues of a kind may not count.
    pub fn meets(&self, kind: CueKind) -> bool {
        self.kinds[kind as usize]
    }

    /// Whether a cue of a statement does not count.
    pub fn has(&self, statement: &Statement, cue: &Cue) -> bool {
        if self.rules.get(usize::from(cue.rule.0)).is_some_and(|silenced| *silenced) {
            return true;
        }
        // Of many cues few begin as a silenced phrase does: only the words of these are looked at.
        let first = first_folded(&statement.text, cue);
        if first.is_some_and(|first| !self.begins[cue.kind as usize][usize::from(first)]) {
            return false;
        }
        let mut own = self.phrases.iter().filter(|(kind, _, document)| {
            *kind == cue.kind && document.is_none_or(|document| document == statement.document)
        });
        own.any(|(_, words, _)| is_phrase(&statement.text, cue, words))
    }
}

/// The first byte of a cue's folded words, where that can be told without folding them.
pub fn first_folded(text: &str, cue: &Cue) -> Option<u8> {
    let first = *text.as_bytes().get(cue.span.start)?;
    first.is_ascii_alphanumeric().then_some(first.to_ascii_lowercase())
}

/// Whether a cue of a statement's `text` has these folded words: [`phrase`], compared.
pub fn is_phrase(text: &str, cue: &Cue, words: &str) -> bool {
    let own = cue.span.of(text);
    // Nearly all cues are plain words parted by single blanks, which folding only puts in small letters;
    // what follows the last blank may still be folded otherwise, what stands before it is compared.
    let (mut before, mut compared) = (b' ', 0);
    for (at, byte) in own.bytes().enumerate() {
        if byte == b' ' && before != b' ' {
            if !goes_on(words, own, compared, at) {
                return false;
            }
            compared = at;
        } else if !byte.is_ascii_alphanumeric() {
            return phrase(text, cue) == words;
        }
        before = byte;
    }
    own.eq_ignore_ascii_case(words)
}

/// Whether the bytes `from` to `to` of `own`, which are whole words, stand in `words` too, in any case.
fn goes_on(words: &str, own: &str, from: usize, to: usize) -> bool {
    let (words, own) = (words.as_bytes(), own.as_bytes());
    let ends = words.get(to).is_none_or(|next| *next == b' ');
    ends && words.get(from..to).is_some_and(|words| words.eq_ignore_ascii_case(&own[from..to]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Cue;
    use crate::lexicon::RuleId;
    use crate::text::Span;

    #[test]
    fn a_cue_has_the_words_that_it_folds_to_and_no_others() {
        let texts = [
            "The ministry denies, it says",
            "the",
            "The",
            "The  ministry",
            "It’s the, end",
            "thin air!",
            "thin-air",
        ];
        let of = |text: &str| Cue {
            kind: CueKind::Claim,
            rule: RuleId(0),
            span: Span::new(0, text.len()),
            weight: 1.0,
            background: false,
        };
        for text in texts {
            for other in texts {
                let words = phrase(other, &of(other));
                assert_eq!(
                    is_phrase(text, &of(text), &words),
                    phrase(text, &of(text)) == words,
                    "{text}, {other}"
                );
            }
        }
    }
}
