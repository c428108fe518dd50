//! The word lists that are shipped pass their own examples, and name what they are made of.

use visavis::analysis::check_lexicon;
use visavis::lexicon::{CueKind, Lexicon};

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

#[test]
fn weights_fitted_to_labelled_sentences_are_a_file_of_the_lexicon() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let (train, out) = (folder.path().join("train.jsonl"), folder.path().join("mine.tsv"));
    let line = |text: &str, label: u8| format!("{{\"text\": \"{text}\", \"label\": {label}}}\n");
    let lines = line("we counted the bananas twice", 1) + &line("we sing of apples", 0);
    std::fs::write(&train, lines.repeat(10)).expect("it can be written");
    let fit = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_visavis"))
            .args(["lexicon", "fit", "--kind", "claim", "--train"])
            .args([train.as_path(), std::path::Path::new("--out"), out.as_path()])
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read_to_string(&out).expect("it was written")
    };
    let text = fit();
    assert_eq!(fit(), text);
    assert!(text.lines().nth(1).is_some_and(|head| head.starts_with("# visavis lexicon fit --kind claim")));
    let lexicon = Lexicon::with_user_files(&[("mine.tsv".to_owned(), text)]).expect("it is well formed");
    let mut found = lexicon.wording(["bananas", "apples"].map(Some).into_iter());
    found.retain(|one| lexicon.rule(one.rule).kind == CueKind::Claim);
    assert!(found[0].weight > 0.0 && found[1].weight < 0.0, "{found:?}");
}

#[test]
fn weights_in_a_file_with_the_name_of_ours_take_their_place() {
    let claims = |files: &[(String, String)]| {
        let lexicon = Lexicon::with_user_files(files).expect("it is well formed");
        let mut found = lexicon.wording(["supported", "bananas"].map(Some).into_iter());
        found.retain(|one| lexicon.rule(one.rule).id == "claim.wording");
        found.into_iter().map(|one| one.words.start).collect::<Vec<_>>()
    };
    assert_eq!(claims(&[]), [0]);
    let own = "rule\tclaim.wording\n1\tbananas\n".to_owned();
    assert_eq!(claims(&[("claim.tsv".to_owned(), own)]), [1]);
}

#[test]
fn no_weight_is_given_to_a_name() {
    let lexicon = Lexicon::built_in();
    let names = [
        "china",
        "chinese",
        "russia",
        "russian",
        "america",
        "american",
        "americans",
        "ukraine",
        "ukrainian",
        "iran",
        "iranian",
        "iraq",
        "israel",
        "israeli",
        "palestine",
        "palestinian",
        "syria",
        "korea",
        "korean",
        "japan",
        "india",
        "pakistan",
        "taiwan",
        "turkey's",
        "france",
        "french",
        "germany",
        "german",
        "britain",
        "british",
        "europe",
        "european",
        "africa",
        "african",
        "mexico",
        "mexican",
        "cuba",
        "venezuela",
        "trump",
        "obama",
        "clinton",
        "bush",
        "reagan",
        "biden",
        "putin",
        "zelensky",
        "blinken",
        "hillary",
        "republican",
        "republicans",
        "democrat",
        "democrats",
        "nato",
        "muslim",
        "muslims",
        "christian",
        "jewish",
    ];
    assert_eq!(lexicon.wording(names.map(Some).into_iter()), []);
}
