//! Which words of a sentence are set off as rhetoric, not only counted in its score.
//!
//! Each word has a weight of its own for that, fitted beside those of the score and kept in the same
//! files (rules that say `marking = true`); to it comes what the sentence as a whole says. A run of
//! words is set off where their sum exceeds what it costs to begin one, so that a word of little weight
//! joins two of much, and one such word alone is left. It begins and ends with words that weigh something
//! themselves: “that the United States” is not set off because its sentence is loud. Names and figures are two classes of words,
//! whatever they name; so are the words of a phrase of the lexicon.

use std::ops::Range;

use serde::Deserialize;

/// `[marks]` of `assets/weights.toml`; all in log-odds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marking {
    /// What every word starts from.
    pub bias: f32,
    /// By how much the sum of the sentence's score is multiplied.
    pub sentence: f32,
    /// By how much it is multiplied besides, where it is above 0.
    pub above: f32,
    /// What a name weighs, whoever is named.
    pub name: f32,
    /// What a figure weighs.
    pub figure: f32,
    /// What a word weighs besides, where a phrase that counts has it.
    pub phrase: f32,
    /// What it costs to begin a run.
    pub run: f32,
    /// What the first and the last word of a run weigh at least, what they have from the sentence left out.
    pub edge: f32,
}

impl Marking {
    /// What each word of a sentence has from the sentence, whose score has this sum.
    pub fn of_sentence(&self, sum: f32) -> f32 {
        self.above.mul_add(sum.max(0.0), self.sentence.mul_add(sum, self.bias))
    }
}

/// The runs of words that weigh most together, each less `cost`; a word that is `None` is in none.
///
/// The best choice over all, found from left to right (Viterbi 1967).
pub fn runs(words: &[Option<f32>], cost: f32) -> Vec<Range<usize>> {
    // The best sums with the word in no run and in one, and whether the word before was in one.
    let (mut out, mut within) = (0.0_f32, f32::NEG_INFINITY);
    let mut came_from = Vec::with_capacity(words.len());
    for word in words {
        let (left, begun) = (within > out, out - cost);
        came_from.push([left, within >= begun]);
        let next = word.map_or(f32::NEG_INFINITY, |weight| within.max(begun) + weight);
        (out, within) = (out.max(within), next);
    }
    let mut runs = Vec::new();
    let (mut is_in, mut end) = (within > out, words.len());
    for (at, [left, goes_on]) in came_from.into_iter().enumerate().rev() {
        if !is_in {
            (is_in, end) = (left, at);
        } else if !goes_on {
            runs.push(at..end);
            is_in = false;
        }
    }
    runs.reverse();
    runs
}

/// A run without the words at its ends that weigh less than `least`; nothing if every word does.
pub fn trimmed(run: Range<usize>, words: &[Option<f32>], least: f32) -> Option<Range<usize>> {
    let weighs = |at: &usize| words[*at].is_some_and(|weight| weight >= least);
    let (first, last) = (run.clone().find(weighs)?, run.rev().find(weighs)?);
    Some(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` names the runs as “1..4 6..7”.
    #[track_caller]
    fn check(words: &[Option<f32>], cost: f32, expected: &str) {
        let found: Vec<String> = runs(words, cost).iter().map(|run| format!("{run:?}")).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn a_light_word_joins_two_heavy_ones() {
        check(&[-1.0, 2.0, -0.5, 2.0, -1.0].map(Some), 1.0, "1..4");
        check(&[-1.0, 2.0, -1.5, 2.0, -1.0].map(Some), 1.0, "1..2 3..4");
        check(&[0.5, 0.75].map(Some), 1.0, "0..2");
    }

    #[test]
    fn a_word_that_weighs_less_than_a_beginning_is_left() {
        check(&[0.9, -1.0, 0.9].map(Some), 1.0, "");
        check(&[], 1.0, "");
    }

    #[test]
    fn what_is_quoted_is_in_no_run() {
        check(&[Some(3.0), None, Some(3.0)], 1.0, "0..1 2..3");
        check(&[None, None], 0.0, "");
    }

    #[test]
    fn a_run_begins_and_ends_with_words_that_weigh() {
        let words = [0.2, 0.9, 0.1, 0.8, 0.2].map(Some);
        assert_eq!(trimmed(0..5, &words, 0.5), Some(1..4));
        assert_eq!(trimmed(1..2, &words, 0.5), Some(1..2));
        assert_eq!(trimmed(0..5, &words, 1.0), None);
    }

    #[test]
    fn what_the_sentence_says_counts_twice_above_its_threshold() {
        let marking = Marking { bias: -1.0, sentence: 0.5, above: 0.25, ..Marking::default() };
        assert!((marking.of_sentence(2.0) - 0.5).abs() < 1e-6);
        assert!((marking.of_sentence(-2.0) + 2.0).abs() < 1e-6);
    }
}
