//! What `find.toml` says: weights of the signs of an answer, and words that turn a statement round.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::assets::{packed, read};

/// Everything `find.toml` says, compiled.
#[derive(Debug)]
pub struct Vocabulary {
    /// What each sign weighs.
    pub weights: Weights,
    turning: HashSet<String>,
    talking: HashSet<String>,
    /// Folded words that negate the few after them.
    pub negating: HashSet<String>,
    /// What a view without a telling word leans to, in log-odds.
    pub bias: f32,
}

/// What each sign weighs; a sign's product with its weight is added to the sum.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Rank by words, as a share of the best.
    pub words: f32,
    /// The same by the words of the statement's body, without a signature and web addresses.
    pub body: f32,
    /// Rank by words.
    pub rank: f32,
    /// Rank by stretches of letters, as a share of the best.
    pub letters: f32,
    /// Logarithm of 1 and the pairs of neighbouring words shared.
    pub pairs: f32,
    /// Whether it gives a number that the statement lacks.
    pub number: f32,
    /// Logarithm of 1 and the terms it holds.
    pub length: f32,
    /// How far it stands on the other side.
    pub side: f32,
    /// The sum whose score is 0.5.
    pub middle: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    weights: Weights,
    turning: Turning,
    side: Side,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turning {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Side {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    bias: f32,
    negating: String,
    talking: String,
}

/// The vocabulary that is built in, compiled once.
pub fn built_in() -> &'static Vocabulary {
    static BUILT_IN: OnceLock<Vocabulary> = OnceLock::new();
    BUILT_IN.get_or_init(|| compile(&read(packed!("lexicon/find.toml"))))
}

fn compile(file: &File) -> Vocabulary {
    let words = |list: &str| list.split_whitespace().map(str::to_owned).collect();
    Vocabulary {
        weights: file.weights,
        turning: words(&file.turning.words),
        talking: words(&file.side.talking),
        negating: words(&file.side.negating),
        bias: file.side.bias,
    }
}

impl Vocabulary {
    /// Whether a statement of these folded words asks for less of something.
    pub fn turns<'w>(&self, folded: impl Iterator<Item = &'w str>) -> bool {
        folded.filter(|word| self.turning.contains(*word) || word.ends_with("n't")).count() % 2 == 1
    }
    /// Whether a statement of these folded words is said to or of somebody present, rather than in general.
    pub fn talks<'w>(&self, mut folded: impl Iterator<Item = &'w str>) -> bool {
        folded.any(|word| self.talking.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../assets/lexicon/find.toml");

    fn parse(text: &str) -> Result<Vocabulary, String> {
        Ok(compile(&toml::from_str(text).map_err(|error| error.to_string())?))
    }

    #[test]
    fn the_built_in_file_is_right() {
        if let Err(error) = parse(FILE) {
            panic!("{error}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        let check = |from: &str, to: &str, expected: &str| {
            assert!(FILE.contains(from), "{from}");
            let error = parse(&FILE.replacen(from, to, 1)).expect_err("there is a mistake");
            assert!(error.contains(expected), "{error}");
        };
        check("[weights]", "[weights]\nwrds = 1.0", "wrds");
        check("bias", "bais", "bais");
    }

    #[test]
    fn two_turning_words_cancel_out() {
        let turns = |text: &str| built_in().turns(text.split(' '));
        assert!(turns("the treaty should be abolished"));
        assert!(!turns("the treaty should not be abolished"));
        assert!(!turns("the treaty is sound"));
    }
}
