//! On which side a statement stands: what its words say of a proposal that it may answer.
//!
//! The words and their weights were fitted on views for and against many claims and stand in
//! `find.tsv`; names, countries and figures have none. A word counts as itself, beside the one
//! before it, behind a negation, and as the first one.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::terms::Stems;
use super::vocabulary;
use crate::text::fold::fold;
use crate::text::words::plain_words;

/// The weights as they were fitted.
const FITTED: &str = include_str!("../../assets/lexicon/find.tsv");
/// Words after a negation that it negates.
const NEGATED: usize = 4;

/// Weights of words by which a view is found to be against a proposal.
#[derive(Debug, Default)]
pub struct Side {
    stems: HashMap<&'static str, u32>,
    weights: HashMap<Sign, f32>,
}

/// What counts; a number stands for a stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Sign {
    Word(u32),
    Pair(u32, u32),
    Negated(u32),
    First(u32),
}

/// The weights that are built in, read once.
pub fn built_in() -> &'static Side {
    static BUILT_IN: OnceLock<Side> = OnceLock::new();
    BUILT_IN.get_or_init(|| Side::read(FITTED).expect("a test reads the built-in file"))
}

impl Side {
    /// Reads the lines `weight<tab>sign`; those that begin with `#` are for people.
    fn read(file: &'static str) -> Result<Self, String> {
        let mut side = Self::default();
        for (line, number) in file.lines().zip(1..).filter(|(line, _)| !line.starts_with('#')) {
            let wrong = |why: &str| format!("find.tsv:{number}:1: {why}");
            let (weight, sign) =
                line.split_once('\t').ok_or_else(|| wrong("a weight, a tab and a word make a line"))?;
            let weight: f32 = weight.parse().map_err(|_| wrong(&format!("`{weight}` is no weight")))?;
            let sign = side.sign(sign);
            if side.weights.insert(sign, weight).is_some() {
                return Err(wrong("this stands here twice"));
            }
        }
        Ok(side)
    }

    fn sign(&mut self, written: &'static str) -> Sign {
        match (written.strip_prefix('!'), written.strip_prefix('^'), written.split_once(' ')) {
            (Some(stem), ..) => Sign::Negated(self.number(stem)),
            (_, Some(stem), _) => Sign::First(self.number(stem)),
            (_, _, Some((one, two))) => Sign::Pair(self.number(one), self.number(two)),
            _ => Sign::Word(self.number(written)),
        }
    }

    fn number(&mut self, stem: &'static str) -> u32 {
        let next = self.stems.len() as u32;
        *self.stems.entry(stem).or_insert(next)
    }

    /// How far a view in these words is against what it speaks of, in log-odds.
    pub fn against(&self, text: &str, stems: &mut Stems) -> f32 {
        let vocabulary = vocabulary::built_in();
        let mut signs: Vec<Sign> = Vec::new();
        let (mut before, mut negated) = (None, 0_usize);
        for (at, (_, word)) in plain_words(text).enumerate() {
            let number = self.stems.get(&*stems.of(word).stem).copied();
            if let Some(number) = number {
                signs.push(Sign::Word(number));
                signs.extend(before.map(|before| Sign::Pair(before, number)));
                signs.extend((negated > 0).then_some(Sign::Negated(number)));
                signs.extend((at == 0).then_some(Sign::First(number)));
            }
            before = number;
            let negates = vocabulary.negating.contains(word)
                || word.ends_with("n't")
                || word.ends_with("n’t")
                || (at == 0 && vocabulary.negating.contains(&fold(word)));
            negated = if negates { NEGATED } else { negated.saturating_sub(1) };
        }
        signs.sort_unstable();
        signs.dedup();
        vocabulary.bias + signs.iter().filter_map(|sign| self.weights.get(sign)).sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn against(text: &str) -> f32 {
        built_in().against(text, &mut Stems::default())
    }

    #[test]
    fn harm_is_told_from_good() {
        assert!(against("It is dangerous and hurts the poor.") > 0.0);
        assert!(against("It will help people and reduce the risk.") < 0.0);
        assert!(against("It would not help the poor.") > against("It would help the poor."));
    }

    #[test]
    fn a_word_counts_once() {
        assert!((against("harm harm harm") - against("harm harm")).abs() < 1e-6);
    }

    #[test]
    fn mistakes_are_told() {
        let check = |text, expected: &str| {
            let error = Side::read(text).expect_err("there is a mistake");
            assert!(error.contains(expected), "{error}");
        };
        check("# by hand\nharm", "find.tsv:2:1: a weight, a tab");
        check("x\tharm", "`x` is no weight");
        check("1\tharm\n2\tharm", "find.tsv:2:1: this stands here twice");
    }
}
