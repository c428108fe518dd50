//! Which sentences have cues of a rule or of some words, and what their cues sum up to.
//!
//! Made once of what was found, so that a key that silences a cue looks at the sentences that have it
//! and not at all of a long text.

use std::collections::BTreeMap;

use super::silence::phrase;
use crate::analysis::beside::Beside;
use crate::analysis::weights::ten_thousandths;
use crate::analysis::{Analysis, Cue};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{CueKind, Lexicon, RuleId};

/// The cues of an analysis by their rules and words.
#[derive(Clone, Debug, Default)]
pub struct CueIndex {
    rules: BTreeMap<RuleId, Vec<Entry>>,
    /// By [`number_of`] their kind and words.
    words: Vec<(u64, Entry)>,
    sums: Vec<Sums>,
}

/// A cue: in which sentence, of which rule, and what it weighs in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub id: SentenceId,
    pub rule: RuleId,
    pub weight: i32,
}

/// What the cues of a sentence weigh together, in ten-thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// By [`CueKind`].
    pub all: [i64; 3],
    /// Those for or against a rebuttal that the sentence has by itself, not from others.
    pub own: i64,
}

impl Sums {
    /// Of these cues.
    pub fn of<'c>(cues: impl IntoIterator<Item = &'c Cue>, beside: Option<Beside>) -> Self {
        let mut sums = Self::default();
        for cue in cues {
            let weight = ten_thousandths(cue.weight);
            sums.all[cue.kind as usize] += weight;
            if beside.is_some_and(|beside| beside.is_own(cue)) {
                sums.own += weight;
            }
        }
        sums
    }
}

impl CueIndex {
    /// The index of what was found in `corpus`.
    pub fn of(corpus: &Corpus, found: &Analysis, lexicon: &Lexicon) -> Self {
        let beside = Beside::of(lexicon);
        let mut index = Self::default();
        for (marks, id) in found.marks.iter().zip((0..).map(SentenceId)) {
            index.sums.push(Sums::of(&marks.cues, beside));
            let text = &corpus.statement(corpus.sentence(id).statement).text;
            let mut whole: Option<(&Cue, u64)> = None;
            for cue in &marks.cues {
                // Several cues are as long as the sentence.
                let known = whole.filter(|(other, _)| other.span == cue.span && other.kind == cue.kind);
                let number = known.map_or_else(|| number_of_cue(text, cue), |(_, number)| number);
                whole = Some((cue, number));
                let entry = Entry { id, rule: cue.rule, weight: ten_thousandths(cue.weight) as i32 };
                index.rules.entry(cue.rule).or_default().push(entry);
                index.words.push((number, entry));
            }
        }
        index.words.sort_unstable();
        index.words.shrink_to_fit();
        index
    }

    /// The cues of a rule.
    pub fn with_rule(&self, rule: RuleId) -> &[Entry] {
        self.rules.get(&rule).map_or(&[], Vec::as_slice)
    }

    /// The cues of a kind with these folded words.
    pub fn with_words(&self, kind: CueKind, words: &str) -> impl Iterator<Item = Entry> {
        let number = number_of(kind, words.as_bytes());
        let first = self.words.partition_point(|(other, _)| *other < number);
        self.words[first..].iter().take_while(move |(other, _)| *other == number).map(|(_, entry)| *entry)
    }

    /// What the cues of a sentence summed up to when they were found.
    pub fn sums(&self, id: SentenceId) -> Sums {
        self.sums.get(id.0 as usize).copied().unwrap_or_default()
    }
}

/// A number for folded words, the same for every writing of them (FNV-1a). What parts words, or stands
/// within one as a hyphen does, is all the same.
fn number_of(kind: CueKind, words: &[u8]) -> u64 {
    let mut number = 0xcbf2_9ce4_8422_2325 ^ (kind as u64 + 1);
    let mut add = |byte: u8| number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    for word in words.split(|byte| !is_word(byte)).filter(|word| !word.is_empty()) {
        word.iter().chain(b" ").map(u8::to_ascii_lowercase).for_each(&mut add);
    }
    number
}

fn number_of_cue(text: &str, cue: &Cue) -> u64 {
    let own = cue.span.of(text);
    // Of ASCII, folding only puts letters in small ones and leaves out what parts words.
    if own.is_ascii() {
        number_of(cue.kind, own.as_bytes())
    } else {
        number_of(cue.kind, phrase(text, cue).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{LEXICON, corpus};
    use super::*;
    use crate::analysis::{Weights, analyze};

    #[test]
    fn every_cue_is_found_by_its_rule_and_its_words() {
        let corpus = corpus();
        let found = analyze(&corpus, &LEXICON, &Weights::built_in(), 0);
        let index = CueIndex::of(&corpus, &found, &LEXICON);
        for (marks, id) in found.marks.iter().zip((0..).map(SentenceId)) {
            let text = &corpus.statement(corpus.sentence(id).statement).text;
            for cue in &marks.cues {
                let is_it = |entry: &Entry| entry.id == id && entry.rule == cue.rule;
                assert!(index.with_rule(cue.rule).iter().any(is_it), "{cue:?}");
                assert!(index.with_words(cue.kind, &phrase(text, cue)).any(|entry| is_it(&entry)), "{cue:?}");
            }
        }
        assert_eq!(index.with_words(CueKind::Claim, "nobody said this").count(), 0);
        assert_ne!(number_of(CueKind::Claim, b"may be"), number_of(CueKind::Claim, b"maybe"));
    }
}
