//! `abbreviations.toml`: words after which a full stop need not end a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::assets::{self, packed};
use crate::text::{Abbreviations, Stop};

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
pub fn abbreviations() -> &'static Abbreviations {
    static BUILT_IN: LazyLock<Abbreviations> =
        LazyLock::new(|| compile(&assets::read(packed!("lexicon/abbreviations.toml"))));
    &BUILT_IN
}

fn compile(file: &File) -> Abbreviations {
    let File { never, before_number, before_opener, before_capital, openers, reporting } = file;
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
    abbreviations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_is_read() {
        let abbreviations = abbreviations();
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
            assets::read(packed!("lexicon/abbreviations.toml"));
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
        assert!(toml::from_str::<File>("[sometimes]\nwords = []").is_err());
    }
}
