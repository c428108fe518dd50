//! What holds of every text, whoever wrote it and whatever is in it: nothing panics, every offset of
//! the JSON report slices, scores lie in range, the same input gives the same bytes.
//!
//! Asked of the demonstrations, of arbitrary bytes, and of texts made of the pieces that attribution,
//! marks and links look for, in any order.

use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::Value;
use visavis::analysis::{Weights, analyze};
use visavis::attribution::{Kind, Split};
use visavis::corpus::{Corpus, Reading};
use visavis::demo;
use visavis::document::{Document, OpenError, Segmentation};
use visavis::lexicon::{Lexicon, Speech, abbreviations};
use visavis::report;
use visavis::text::abbreviations::Abbreviations;

/// The word lists, compiled once.
struct Lists {
    speech: &'static Speech,
    abbreviations: &'static Abbreviations,
    lexicon: Lexicon,
    weights: Weights,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    speech: Speech::built_in(),
    abbreviations: abbreviations(),
    lexicon: Lexicon::built_in(),
    weights: Weights::built_in(),
});

/// The report on documents that are read in one manner.
fn report(documents: Vec<Document>, reading: Reading) -> String {
    let Lists { speech, abbreviations, lexicon, weights } = &*LISTS;
    let corpus = Corpus::read(documents, reading, speech, abbreviations);
    let analysis = analyze(&corpus, lexicon, weights, 1);
    let mut out = Vec::new();
    report::json::write(&mut out, &corpus, &analysis, lexicon, weights, &[]).expect("a vector takes all");
    String::from_utf8(out).expect("the report is UTF-8")
}

/// The report on two files of these bytes; or why they cannot be opened.
fn report_on(name: &str, bytes: [&[u8]; 2], reading: Reading) -> Result<String, OpenError> {
    let open = |bytes: &[u8]| Document::from_bytes(Path::new(name), bytes, reading.segmentation);
    Ok(report(vec![open(bytes[0])?, open(bytes[1])?], reading))
}

/// Holds a report to its contract.
fn check(report: &str) {
    let control = report.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(control, None, "controls are escaped");
    let report: Value = serde_json::from_str(report).expect("it is JSON");
    let statements = list(&report["statements"]);
    let texts: Vec<Vec<char>> = statements.iter().map(|statement| letters(&statement["text"])).collect();
    for (statement, text) in statements.iter().zip(&texts) {
        check_statement(statement, text);
    }
    for link in list(&report["links"]) {
        check_link(link, statements);
    }
}

fn check_statement(statement: &Value, text: &[char]) {
    let mut end = 0;
    for sentence in list(&statement["sentences"]) {
        let span = span(sentence);
        let words = &text[span.clone()];
        assert!(span.start >= end, "sentences overlap: {sentence}");
        assert!(!words[0].is_whitespace() && !words[words.len() - 1].is_whitespace(), "{words:?}");
        for kind in ["claim", "rebuttal", "rhetoric"] {
            check_score(&sentence[kind]);
        }
        for cue in list(&sentence["cues"]) {
            check_within(cue, &span);
        }
        end = span.end;
    }
    for passage in list(&statement["passages"]) {
        check_within(passage, &(0..text.len()));
        assert!(number(&passage["source_start"]) < number(&passage["source_end"]), "{passage}");
    }
}

fn check_link(link: &Value, statements: &[Value]) {
    check_score(&link["score"]);
    assert_ne!(link["from"]["statement"], link["to"]["statement"], "{link}");
    for evidence in list(&link["evidence"]) {
        let place = &link[evidence["side"].as_str().expect("a side is a word")];
        let sentences = list(&statements[number(&place["statement"])]["sentences"]);
        check_within(evidence, &span(&sentences[number(&place["sentence"])]));
    }
}

fn check_score(score: &Value) {
    assert!((0.0..=1.0).contains(&score.as_f64().expect("a score is a number")), "{score}");
}

fn check_within(part: &Value, whole: &Range<usize>) {
    let part_span = span(part);
    assert!(whole.start <= part_span.start && part_span.end <= whole.end, "{part} is not within {whole:?}");
}

/// The span of a part of the report; never empty.
fn span(part: &Value) -> Range<usize> {
    let span = number(&part["start"])..number(&part["end"]);
    assert!(!span.is_empty(), "empty: {part}");
    span
}

fn number(value: &Value) -> usize {
    value.as_u64().expect("it is a count") as usize
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("it is a list")
}

fn letters(value: &Value) -> Vec<char> {
    value.as_str().expect("it is a text").chars().collect()
}

#[test]
fn the_demonstrations_keep_the_contract_and_give_the_same_bytes() {
    for index in 0..demo::DEMONSTRATIONS.len() {
        let told = || {
            let documents = demo::documents(index + 1, Segmentation::Auto).expect("it is numbered");
            report(documents, Reading::default())
        };
        check(&told());
        assert_eq!(told(), told());
    }
}

/// Pieces of statements, articles and transcripts, whole and broken.
const PIECES: &[&str] = &[
    "“We did not send the ship,” ",
    "said Marit Ostergaal, ",
    "the minister of Ardevane. ",
    "he added. ",
    "\"That is a complete lie",
    "\" ",
    "”",
    "’s ",
    "according to ",
    "the ministry ",
    "told reporters ",
    "MS. VALLORY: ",
    "Q    ",
    "Question: ",
    "\n\n",
    "\n",
    "# ",
    "- ",
    "> ",
    "---\n",
    "title: x\n",
    "1. ",
    "On 3 May 2031, 30,000 ships ",
    "not a single one ",
    "sank the Merrow cable. ",
    "Mr. ",
    "U.S. ",
    "No. 5 ",
    "groundless accusations ",
    "We regret the loss. ",
    "Who gave the order? ",
    "always, always, always. ",
    "这是谎言。",
    "我们反对",
    "🚢 ",
    "e\u{301} ",
    "\u{200d}",
    "\u{202e}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{0}",
    "\t",
    "...",
    "…",
    "(a) ",
    "$4.5 million ",
    "40 per cent ",
    "İ",
    "ß",
    "ﬁ",
    "\u{a0}",
    "—",
    " ",
    "&amp;",
    "<b>",
    "`",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 1..40).prop_map(|pieces| pieces.concat())
}

fn reading() -> impl Strategy<Value = Reading> {
    let kind =
        prop::sample::select(vec![None, Some(Kind::Statement), Some(Kind::Article), Some(Kind::Transcript)]);
    let segmentation = prop::sample::select(vec![Segmentation::Auto, Segmentation::Lines]);
    let split = prop::sample::select(vec![Split::Whole, Split::Questions]);
    (kind, segmentation, split).prop_map(|(kind, segmentation, split)| Reading { kind, segmentation, split })
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a.txt", "a.md"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_keeps_the_contract(name in name(), one in text(), other in text(), reading in reading()) {
        let told = || report_on(name, [one.as_bytes(), other.as_bytes()], reading);
        if let Ok(report) = told() {
            check(&report);
            prop_assert_eq!(told().expect("it did before"), report);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(name in name(), bytes in any::<Vec<u8>>(), reading in reading()) {
        if let Ok(report) = report_on(name, [&bytes, b"They sank it."], reading) {
            check(&report);
        }
    }
}
