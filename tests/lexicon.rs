//! The word lists that are shipped pass their own examples, and name what they are made of.

use visavis::analysis::check_lexicon;
use visavis::lexicon::Lexicon;

/// The published taxonomy (Da San Martino et al. 2019, SemEval-2020 task 11).
const TECHNIQUES: [&str; 14] = [
    "appeal_to_authority",
    "appeal_to_fear",
    "bandwagon",
    "black_and_white",
    "causal_oversimplification",
    "doubt",
    "exaggeration",
    "flag_waving",
    "loaded_language",
    "name_calling",
    "repetition",
    "slogans",
    "thought_terminating_cliche",
    "whataboutism",
];

#[test]
fn every_example_comes_out_as_marked() {
    let report = check_lexicon(&[]);
    let mistakes = report.mistakes.iter().map(ToString::to_string);
    let told: Vec<String> = mistakes.chain(report.differences.iter().map(ToString::to_string)).collect();
    assert!(report.is_clean(), "{}", told.join("\n"));
    assert!(
        report.rules > 30 && report.examples > report.rules,
        "{} rules, {} examples",
        report.rules,
        report.examples
    );
}

#[test]
fn the_fourteen_published_techniques_are_all_there() {
    let lexicon = Lexicon::built_in();
    let found: Vec<&str> = lexicon.rules().iter().filter_map(|rule| rule.technique.as_deref()).collect();
    for technique in TECHNIQUES {
        assert!(found.contains(&technique), "no rule for {technique}");
    }
}

#[test]
fn a_users_mistakes_are_told_together_with_their_places() {
    let text =
        "[[rule]]\nid = \"claim.mine\"\nnmae = \"x\"\nabout = \"a\"\nsource = \"s\"\nweight = \"heavy\"\n";
    let report = check_lexicon(&[("mine.toml".to_owned(), text.to_owned())]);
    let told: Vec<String> = report.mistakes.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.starts_with("mine.toml:3:1: ") && line.contains("nmae")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("mine.toml:6:") && line.contains("weight")), "{told:?}");
}
