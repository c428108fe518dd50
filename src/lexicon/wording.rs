//! Fitted weights: words and pairs of words that count wherever they stand, all of them.
//!
//! ```text
//! # made by visavis lexicon fit …          a comment
//! rule → claim.wording                     whose the lines below are; → is a tab
//! 0.83 → voted against                     weight in log-odds, one or two folded words
//! over → claim.wording                     the lines below are laid over those there are
//! ```
//! Without `over`, the lines of a rule take the place of all that an earlier file has for it. Unlike
//! phrases ([`super::matcher`]), which win over one another, they are the features of a linear
//! model: a pair counts beside its two words. Names have no weight here, so a word that is written
//! like one is passed over by the caller.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::path::Path;

use super::RuleId;
use super::file::{HEAVIEST, Mistake};
use super::matcher::Mixer;

/// Begins lines that are laid over those of earlier files.
pub const OVER: &str = "over";

/// One line of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'f> {
    /// The id of the rule it belongs to.
    pub rule: &'f str,
    /// In log-odds.
    pub weight: f32,
    /// One word, or two with a space between.
    pub words: &'f str,
    /// Byte of the file at which it stands.
    pub at: usize,
    /// Whether it stands beside the lines of earlier files, or all of the rule take their place.
    pub over: bool,
}

/// The lines of a file called `file`.
///
/// # Errors
/// Everything that is wrong in it, in its order.
pub fn read<'f>(file: &str, text: &'f str) -> Result<Vec<Line<'f>>, Vec<Mistake>> {
    let (mut lines, mut mistakes) = (Vec::new(), Vec::new());
    let mut rule = None;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        match line.split_once('\t') {
            _ if line.is_empty() || line.starts_with('#') => {}
            Some(("rule", id)) => rule = Some((id, false)),
            Some((OVER, id)) => rule = Some((id, true)),
            Some((digits, words)) => match (rule, weight(digits), words.split(' ').count()) {
                (Some((rule, over)), Some(weight), 1 | 2) => {
                    lines.push(Line { rule, weight, words, at, over });
                }
                (rule, weight, _) => {
                    let message = match (rule, weight) {
                        (None, _) => "a line `rule<tab>ID` stands first".to_owned(),
                        (_, None) => format!("`{digits}` is no weight: −{HEAVIEST} to {HEAVIEST}"),
                        _ => "one word or two stand behind the tab".to_owned(),
                    };
                    mistakes.push(Mistake::new(file, text, at, message));
                }
            },
            None => {
                mistakes.push(Mistake::new(file, text, at, "a line is a weight, a tab and words"));
            }
        }
        at += whole.len();
    }
    if mistakes.is_empty() { Ok(lines) } else { Err(mistakes) }
}

fn weight(digits: &str) -> Option<f32> {
    digits.parse::<f32>().ok().filter(|weight| weight.abs() <= HEAVIEST)
}

/// Whether a file of this name holds fitted weights.
pub fn is_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "tsv")
}

/// Weights, ready to be found.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    words: HashMap<Box<str>, u32, BuildHasherDefault<Mixer>>,
    /// By word: its share of the meanings.
    singles: Vec<Range<u32>>,
    pairs: HashMap<(u32, u32), Range<u32>, BuildHasherDefault<Mixer>>,
    meanings: Vec<(RuleId, f32)>,
}

/// A word or pair that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Worded {
    /// Whose it is.
    pub rule: RuleId,
    /// In log-odds.
    pub weight: f32,
    /// Indices of the words searched.
    pub words: Range<usize>,
}

impl Wording {
    /// Of words (one, or two with a space between), whose they are, and their weights.
    pub fn new<'w>(lines: impl IntoIterator<Item = (&'w str, RuleId, f32)>) -> Self {
        let mut sorted: BTreeMap<&str, Vec<(RuleId, f32)>> = BTreeMap::new();
        for (words, rule, weight) in lines {
            sorted.entry(words).or_default().push((rule, weight));
        }
        let mut wording = Self::default();
        for (words, meanings) in sorted {
            let start = wording.meanings.len() as u32;
            wording.meanings.extend(meanings);
            let own = start..wording.meanings.len() as u32;
            if let Some((first, second)) = words.split_once(' ') {
                let pair = (wording.number(first), wording.number(second));
                wording.pairs.insert(pair, own);
            } else {
                let number = wording.number(words);
                wording.singles[number as usize] = own;
            }
        }
        wording
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let number = self.singles.len() as u32;
        self.words.insert(word.into(), number);
        self.singles.push(0..0);
        number
    }

    /// Whether a rule has any.
    pub fn has(&self, rule: RuleId) -> bool {
        self.meanings.iter().any(|(own, _)| *own == rule)
    }

    /// Forgets the weights of the rules that `keep` refuses.
    pub fn retain(&mut self, keep: impl Fn(RuleId) -> bool) {
        for (rule, weight) in &mut self.meanings {
            if !keep(*rule) {
                *weight = 0.0;
            }
        }
    }

    /// Every word and pair in `words` (folded; `None` is passed over), in their order.
    pub fn find<'w>(&self, words: impl Iterator<Item = Option<&'w str>>) -> Vec<Worded> {
        let mut found = Vec::new();
        let mut last = None;
        for (at, word) in words.enumerate() {
            let number = word.and_then(|word| self.words.get(word)).copied();
            if let Some(number) = number {
                self.add(&self.singles[number as usize], at..at + 1, &mut found);
            }
            if let (Some(first), Some(second)) = (last, number)
                && let Some(own) = self.pairs.get(&(first, second))
            {
                self.add(own, at - 1..at + 1, &mut found);
            }
            last = number;
        }
        found
    }

    fn add(&self, own: &Range<u32>, words: Range<usize>, found: &mut Vec<Worded>) {
        let meanings = &self.meanings[own.start as usize..own.end as usize];
        let counting = meanings.iter().filter(|(_, weight)| *weight != 0.0);
        found.extend(counting.map(|&(rule, weight)| Worded { rule, weight, words: words.clone() }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_counts_beside_its_words() {
        let lines =
            [("voted", RuleId(1), 0.5), ("voted against", RuleId(1), 0.25), ("voted", RuleId(2), -1.0)];
        let found = Wording::new(lines).find(["they", "voted", "against"].map(Some).into_iter());
        let shown: Vec<_> = found.iter().map(|one| (one.rule.0, one.weight, one.words.clone())).collect();
        assert_eq!(shown, [(1, 0.5, 1..2), (2, -1.0, 1..2), (1, 0.25, 1..3)]);
        let apart = Wording::new(lines).find([Some("voted"), None, Some("against")].into_iter());
        assert_eq!(apart.len(), 2);
    }

    #[test]
    fn every_breach_is_told_with_its_place() {
        let text =
            "0.5\tearly\nrule\tclaim.x\n# comment\n0.5\tgood\nheavy\tword\n0.5\tone two three\nwords\n";
        let told: Vec<String> =
            read("a.tsv", text).err().unwrap_or_default().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "a.tsv:1:1: a line `rule<tab>ID` stands first",
                "a.tsv:5:1: `heavy` is no weight: −10 to 10",
                "a.tsv:6:1: one word or two stand behind the tab",
                "a.tsv:7:1: a line is a weight, a tab and words",
            ]
        );
    }
}
