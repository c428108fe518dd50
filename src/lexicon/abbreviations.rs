//! `abbreviations.toml`: words after which a full stop need not end a sentence.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::{Abbreviations, Stop};

const BUILT_IN: &str = include_str!("../../assets/lexicon/abbreviations.toml");

/// The file as its editor sees it; the names of the lists within a class are for people only.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    never: Lists,
    before_number: Lists,
    before_opener: Lists,
    before_capital: Lists,
    openers: Lists,
    reporting: Lists,
}

type Lists = BTreeMap<String, Vec<String>>;

/// The abbreviations that are built in.
pub fn abbreviations() -> Abbreviations {
    read(BUILT_IN).expect("a test reads the built-in file")
}

fn read(file: &str) -> Result<Abbreviations, toml::de::Error> {
    let File { never, before_number, before_opener, before_capital, openers, reporting } =
        toml::from_str(file)?;
    let mut abbreviations = Abbreviations::default();
    let classes = [
        (before_capital, Stop::BeforeCapital),
        (before_opener, Stop::BeforeOpener),
        (never, Stop::Never),
        (before_number, Stop::BeforeNumber),
    ];
    for (lists, stop) in classes {
        lists.values().flatten().for_each(|word| abbreviations.add(word, stop));
    }
    openers.values().flatten().for_each(|word| abbreviations.add_opener(word));
    reporting.values().flatten().for_each(|word| abbreviations.add_reporting(word));
    Ok(abbreviations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_is_read() {
        let abbreviations = read(BUILT_IN).expect("it is sound");
        assert_eq!(abbreviations.stop("Gen"), Some(Stop::Never));
        assert_eq!(abbreviations.stop("gen"), None);
        assert_eq!(abbreviations.stop("No"), Some(Stop::BeforeNumber));
        assert_eq!(abbreviations.stop("U.S"), Some(Stop::BeforeOpener));
        assert_eq!(abbreviations.stop("p.m"), Some(Stop::BeforeCapital));
        assert!(abbreviations.is_opener("The") && abbreviations.is_reporting("asked"));
    }

    #[test]
    fn no_word_is_in_two_classes() {
        let File { never, before_number, before_opener, before_capital, .. } =
            toml::from_str(BUILT_IN).expect("it is sound");
        let mut seen = std::collections::BTreeSet::new();
        for word in
            [never, before_number, before_opener, before_capital].iter().flat_map(Lists::values).flatten()
        {
            assert!(seen.insert(word.to_lowercase()), "{word} is listed twice");
            assert!(!word.ends_with('.'), "{word} is written without its last stop");
        }
    }

    #[test]
    fn an_unknown_class_is_an_error() {
        assert!(read("[sometimes]\nwords = []").is_err());
    }
}
