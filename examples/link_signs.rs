//! The signs of every pair of sentences that is weighed as answer and claim, to fit weights on.
//!
//! Reads JSON lines, `{"id", "docs": [{"speaker", "lines"}]}` or `{"id", "text"}` (a transcript), and
//! prints a line of tab-separated values for each pair: the case; document and number of the answer
//! and of the claim (lines) or where both stand (transcript); the relation; its sum; its signs.

use std::io::{BufRead as _, BufWriter, Write as _};
use std::path::Path;

use visavis::analysis::links::content::Contents;
use visavis::analysis::links::features::Feature;
use visavis::analysis::links::order::Order;
use visavis::analysis::links::weigh::Scales;
use visavis::analysis::links::{each_answer, vocabulary};
use visavis::analysis::{Weights, analyze};
use visavis::attribution::Kind;
use visavis::corpus::{Corpus, Reading, SentenceId};
use visavis::document::{Document, Segmentation};
use visavis::lexicon::{Lexicon, Speech, abbreviations};

/// Candidates asked for, as where the fit is judged.
const CANDIDATES: usize = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
    writeln!(out, "case\tanswer\tclaim\trelation\tsum\t{}", names.join("\t"))?;
    let (lexicon, weights) = (Lexicon::built_in(), Weights::built_in());
    for line in std::io::stdin().lock().lines() {
        let case: serde_json::Value = serde_json::from_str(&line?)?;
        let id = case["id"].as_str().unwrap_or_default();
        let lines = case["docs"].is_array();
        let corpus = read(&case)?;
        let marks = analyze(&corpus, &lexicon, &weights, 0).marks;
        let contents = Contents::read(&corpus, vocabulary::built_in());
        let order = Order::read(&corpus);
        let scales = Scales::new(&corpus, &marks, &contents, &order, &lexicon, vocabulary::built_in());
        let mut printed = Ok(());
        each_answer(&scales, CANDIDATES, |pairs| {
            for pair in pairs {
                let signs: Vec<String> = pair.features.0.iter().map(|sign| format!("{sign:.4}")).collect();
                let (from, to) = (place(&corpus, pair.answer, lines), place(&corpus, pair.claim, lines));
                let relation = pair.relation.name();
                let done =
                    writeln!(out, "{id}\t{from}\t{to}\t{relation}\t{:.4}\t{}", pair.sum, signs.join("\t"));
                printed = std::mem::replace(&mut printed, Ok(())).and(done);
            }
        });
        printed?;
    }
    Ok(())
}

/// Document and number of a sentence, or from where to where it stands in its document.
fn place(corpus: &Corpus, id: SentenceId, lines: bool) -> String {
    if lines {
        let document = corpus.statement(corpus.sentence(id).statement).document.0;
        format!("{document}:{}", corpus.number_of(id))
    } else {
        let span = corpus.source_of(id);
        format!("{}:{}", span.start, span.end)
    }
}

fn read(case: &serde_json::Value) -> Result<Corpus, Box<dyn std::error::Error>> {
    let (kind, segmentation) = if case["docs"].is_array() {
        (Kind::Statement, Segmentation::Lines)
    } else {
        (Kind::Transcript, Segmentation::Auto)
    };
    let texts: Vec<String> = match case["docs"].as_array() {
        Some(docs) => docs.iter().map(lines).collect(),
        None => vec![case["text"].as_str().unwrap_or_default().to_owned()],
    };
    let documents = texts
        .iter()
        .zip(0..)
        .map(|(text, at)| {
            Document::from_bytes(Path::new(&format!("{at}.txt")), text.as_bytes(), segmentation)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let reading = Reading { kind: Some(kind), segmentation, ..Reading::default() };
    Ok(Corpus::read(documents, reading, Speech::built_in(), abbreviations()))
}

fn lines(document: &serde_json::Value) -> String {
    let lines = document["lines"].as_array().into_iter().flatten();
    lines.flat_map(|line| [line.as_str().unwrap_or_default(), "\n"]).collect()
}
