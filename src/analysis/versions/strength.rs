//! How firm words are: `strength.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::assets::{packed, read};
use crate::text::words::stem;

/// Words on scales of firmness.
#[derive(Debug)]
pub struct Strength {
    by_stem: HashMap<String, f32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    scale: Vec<Scale>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scale {
    name: String,
    words: BTreeMap<String, f32>,
}

/// The scales that are built in, compiled once.
pub fn built_in() -> &'static Strength {
    static BUILT_IN: OnceLock<Strength> = OnceLock::new();
    BUILT_IN.get_or_init(|| {
        compile(&read(packed!("lexicon/strength.toml"))).expect("the built-in file is read by a test")
    })
}

fn compile(file: &File) -> Result<Strength, String> {
    let mut by_stem = HashMap::new();
    for scale in &file.scale {
        for (word, strength) in &scale.words {
            if by_stem.insert(stem(word), *strength).is_some() {
                return Err(format!("{}: the stem of `{word}` stands twice", scale.name));
            }
        }
    }
    Ok(Strength { by_stem })
}

impl Strength {
    /// A folded word's place on its scale; none if it is on none.
    pub fn of(&self, folded: &str) -> Option<f32> {
        self.by_stem.get(&stem(folded)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../assets/lexicon/strength.toml");

    fn parse(text: &str) -> Result<Strength, String> {
        compile(&toml::from_str(text).map_err(|error| error.to_string())?)
    }

    #[test]
    fn the_built_in_file_is_right() {
        let strength = parse(FILE).unwrap_or_else(|error| panic!("{error}"));
        assert!(strength.of("condemned") > strength.of("regrets"));
        assert!(strength.of("must") > strength.of("may"));
        assert_eq!(strength.of("harbour"), None);
    }

    #[test]
    fn mistakes_are_told() {
        let twice = FILE.replacen("must = 3", "must = 3\nmusts = 2", 1);
        assert!(parse(&twice).is_err_and(|error| error.contains("twice")));
        assert!(parse(&FILE.replacen("[[scale]]", "[[scale]]\nnam = 1", 1)).is_err());
    }
}
