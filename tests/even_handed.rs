//! Who speaks, and of whom, changes no score: names of people, countries and parties are swapped in
//! whole texts, and every score and every weight must stay what it was.

use std::path::Path;

use visavis::analysis::{Analysis, Weights, analyze};
use visavis::attribution::Kind;
use visavis::corpus::{Corpus, Reading};
use visavis::document::{Document, Segmentation};
use visavis::lexicon::{CueKind, Lexicon, Speech, abbreviations};

const TEXTS: [(&str, &str); 3] = [
    ("un-statement.txt", include_str!("texts/un-statement.txt")),
    ("exchange", EXCHANGE),
    ("debate", DEBATE),
];

const EXCHANGE: &str = "\
China has attacked 3,000 computers of Russia since March. China's so-called investigation is a smokescreen. \
We condemn the brutal and senseless aggression of China against the people of Russia. Russia will never \
accept these groundless accusations, and China knows it. Who gave China the right to lecture Russia? \
The Chinese government lied, the Russian government told the truth. Ask the Chinese, not the Russians.";

const DEBATE: &str = "\
Biden voted against the bill four times, and Trump signed it. Trump says that taxes went up by 12 percent \
under Biden. That is not true, Mr. Trump. Republicans have destroyed the economy, and Democrats know it. \
Democrats raised the debt by $4 trillion; Republicans did nothing.";

/// Names that change places, each with another of as many words.
const SWAPS: [(&str, &str); 8] = [
    ("China", "Russia"),
    ("Chinese", "Russian"),
    ("Biden", "Trump"),
    ("Republicans", "Democrats"),
    ("China", "America"),
    ("Chinese", "Iranian"),
    ("Russia", "Ukraine"),
    ("Trump", "Vrask"),
];

/// `text` with the two names in each other's place.
fn swapped(text: &str, (one, other): (&str, &str)) -> String {
    text.replace(one, "\u{1}").replace(other, one).replace('\u{1}', other)
}

fn analysis(text: &str) -> Analysis {
    let document = Document::from_bytes(Path::new("text.txt"), text.as_bytes(), Segmentation::Auto);
    let document = document.expect("it is a text");
    let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
    let corpus = Corpus::read(vec![document], reading, Speech::built_in(), abbreviations());
    analyze(&corpus, &Lexicon::built_in(), &Weights::built_in(), 1)
}

/// Scores and weights to the last bit.
fn told(text: &str) -> Vec<(Vec<u32>, Vec<u32>)> {
    let sentences = analysis(text).marks.into_iter();
    sentences
        .map(|marks| {
            let scores = CueKind::ALL.map(|kind| marks.scores.of(kind).to_bits()).to_vec();
            (scores, marks.cues.iter().map(|cue| cue.weight.to_bits()).collect())
        })
        .collect()
}

#[test]
fn swapping_names_changes_no_score() {
    for (name, text) in TEXTS {
        let first = told(text);
        assert!(first.len() > 3, "{name}");
        for pair in SWAPS {
            assert_eq!(told(&swapped(text, pair)), first, "{name}, {pair:?}");
        }
    }
}
