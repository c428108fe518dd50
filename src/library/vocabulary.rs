//! What `find.toml` says: weights of the signs of an answer, words that turn a statement round, and
//! words of good and harm that tell on which side a statement stands.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::assets::{packed, read};

/// Everything `find.toml` says, compiled.
#[derive(Debug)]
pub struct Vocabulary {
    /// What each sign weighs.
    pub weights: Weights,
    turning: HashSet<String>,
    side: HashMap<String, f32>,
}

/// What each sign weighs; a sign's product with its weight is added to the sum.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Rank by words, as a share of the best.
    pub words: f32,
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
    side: Vec<Side>,
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
    weight: f32,
    stems: String,
}

/// The vocabulary that is built in, compiled once.
pub fn built_in() -> &'static Vocabulary {
    static BUILT_IN: OnceLock<Vocabulary> = OnceLock::new();
    BUILT_IN.get_or_init(|| {
        compile(&read(packed!("lexicon/find.toml"))).expect("the built-in file is read by a test")
    })
}

fn compile(file: &File) -> Result<Vocabulary, String> {
    let mut side = HashMap::new();
    for group in &file.side {
        for word in group.stems.split_whitespace() {
            if side.insert(word.to_owned(), group.weight).is_some() {
                return Err(format!("side: `{word}` stands in two groups"));
            }
        }
    }
    let turning = file.turning.words.split_whitespace().map(str::to_owned).collect();
    Ok(Vocabulary { weights: file.weights, turning, side })
}

impl Vocabulary {
    /// Whether a statement of these folded words asks for less of something.
    pub fn turns<'w>(&self, folded: impl Iterator<Item = &'w str>) -> bool {
        folded.filter(|word| self.turning.contains(*word) || word.ends_with("n't")).count() % 2 == 1
    }

    /// How far words of these stems, each given once, speak of harm rather than good.
    pub fn harm<'w>(&self, stems: impl Iterator<Item = &'w str>) -> f32 {
        stems.filter_map(|stem| self.side.get(stem)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../assets/lexicon/find.toml");

    fn parse(text: &str) -> Result<Vocabulary, String> {
        compile(&toml::from_str(text).map_err(|error| error.to_string())?)
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
        check("stems = \"\"\"", "stems = \"\"\"\nhurt hurt", "`hurt` stands in two groups");
    }

    #[test]
    fn two_turning_words_cancel_out() {
        let turns = |text: &str| built_in().turns(text.split(' '));
        assert!(turns("the treaty should be abolished"));
        assert!(!turns("the treaty should not be abolished"));
        assert!(!turns("the treaty is sound"));
    }

    #[test]
    fn harm_is_told_from_good() {
        let harm = |text: &str| built_in().harm(text.split(' '));
        assert!(harm("danger harm violat") > 0.0);
        assert!(harm("benefit protect safer") < 0.0);
    }
}
