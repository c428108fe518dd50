//! The signs of every pair of sentences that is weighed as answer and claim, to fit weights of one's own on.
//!
//! Tab-separated: statement and number of the answer and of the claim, as in the JSON report; the
//! relation; its sum and how likely the claim is what is answered, both in log-odds; the signs by the
//! names of `links.toml`. What a fit needs beside is which pairs are right.

use std::io::{self, Write};

use crate::analysis::Marks;
use crate::analysis::links::features::Feature;
use crate::analysis::links::select::Pair;
use crate::analysis::links::{each_pair, vocabulary};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::Lexicon;

/// Writes the signs of all pairs that are weighed where so many candidates are asked for.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(
    out: &mut impl Write,
    corpus: &Corpus,
    marks: &[Marks],
    lexicon: &Lexicon,
    candidates: usize,
) -> io::Result<()> {
    let names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
    writeln!(
        out,
        "from_statement\tfrom_sentence\tto_statement\tto_sentence\trelation\tsum\tlikely\t{}",
        names.join("\t")
    )?;
    let mut written = Ok(());
    each_pair(corpus, marks, lexicon, vocabulary::built_in(), candidates, |pairs| {
        if written.is_ok() {
            written = pairs.iter().try_for_each(|pair| line(out, corpus, pair));
        }
    });
    written
}

fn line(out: &mut impl Write, corpus: &Corpus, pair: &Pair) -> io::Result<()> {
    let place = |id: SentenceId| format!("{}\t{}", corpus.sentence(id).statement.0, corpus.number_of(id));
    let signs: Vec<String> = pair.features.0.iter().map(|sign| format!("{sign:.4}")).collect();
    writeln!(
        out,
        "{}\t{}\t{}\t{:.4}\t{:.4}\t{}",
        place(pair.answer),
        place(pair.claim),
        pair.relation.name(),
        pair.sum,
        pair.likely,
        signs.join("\t")
    )
}
