//! Whether speakers are marked alike, and where the difference comes from.
//!
//! One lexicon serves all speakers and names weigh nothing, so a difference must lie in words; here it
//! is told by how many marks there are in a thousand words of each speaker, and by which cues of the
//! marked sentences come more often with one than with another.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::analysis::{Analysis, Cue, Thresholds};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{CueKind, Lexicon, RuleId};
use crate::text::{one_line, words};

/// How many rules of a kind are told.
const RULES: usize = 6;
/// How many of a rule's words are told.
const EXAMPLES: usize = 4;

/// What one speaker says.
#[derive(Default)]
struct Share {
    words: usize,
    sentences: usize,
    /// Marked sentences by kind.
    marks: [usize; 3],
    /// The cues of marked sentences.
    cues: BTreeMap<RuleId, Vec<String>>,
}

impl Share {
    fn rate(&self, count: usize) -> f64 {
        1000.0 * count as f64 / self.words.max(1) as f64
    }

    fn rate_of(&self, rule: RuleId) -> f64 {
        self.rate(self.cues.get(&rule).map_or(0, Vec::len))
    }
}

/// Writes the audit of all speakers of `corpus`.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(
    out: &mut impl Write,
    corpus: &Corpus,
    analysis: &Analysis,
    lexicon: &Lexicon,
    thresholds: &Thresholds,
) -> io::Result<()> {
    let shares = shares(corpus, analysis, thresholds);
    for (speaker, share) in &shares {
        let sentences = if share.sentences == 1 { "sentence" } else { "sentences" };
        writeln!(out, "{speaker}: {} words in {} {sentences}", share.words, share.sentences)?;
        for kind in CueKind::ALL {
            let count = share.marks[kind as usize];
            let rate = share.rate(count);
            writeln!(out, "  {:<9} {count:4} marked, {rate:5.1} per 1,000 words", kind.name())?;
        }
    }
    if shares.len() > 1 {
        writeln!(out, "\nBehind the difference: cues of marked sentences, per 1,000 words")?;
        for kind in CueKind::ALL {
            behind(out, &shares, lexicon, kind)?;
        }
    }
    Ok(())
}

fn shares<'c>(corpus: &'c Corpus, analysis: &Analysis, thresholds: &Thresholds) -> BTreeMap<&'c str, Share> {
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    for id in corpus.statement_ids() {
        let share = shares.entry(corpus.statement(id).speaker_name()).or_default();
        for sentence in corpus.sentences_of(id) {
            share.words += words::<()>(corpus.text(sentence), 0).len();
            share.sentences += 1;
            for kind in CueKind::ALL {
                if analysis.marks(sentence).scores.of(kind) >= thresholds.of(kind) {
                    share.marks[kind as usize] += 1;
                    share.take(corpus, analysis, sentence, kind);
                }
            }
        }
    }
    shares
}

impl Share {
    /// Takes in what counts for a mark.
    fn take(&mut self, corpus: &Corpus, analysis: &Analysis, id: SentenceId, kind: CueKind) {
        let text = &corpus.statement(corpus.sentence(id).statement).text;
        let counts = |cue: &&Cue| cue.kind == kind && cue.weight > 0.0 && !cue.background;
        for cue in analysis.marks(id).cues.iter().filter(counts) {
            self.cues.entry(cue.rule).or_default().push(one_line(cue.span.of(text)).to_lowercase());
        }
    }
}

/// The rules of a kind whose finds differ most between speakers, with their commonest words.
fn behind(
    out: &mut impl Write,
    shares: &BTreeMap<&str, Share>,
    lexicon: &Lexicon,
    kind: CueKind,
) -> io::Result<()> {
    let spread = |rule: RuleId| {
        let rates = shares.values().map(|share| share.rate_of(rule));
        rates.clone().fold(0.0, f64::max) - rates.fold(f64::INFINITY, f64::min)
    };
    let of_kind = |rule: &RuleId| lexicon.rule(*rule).kind == kind;
    let mut rules: Vec<RuleId> =
        (0..lexicon.rules().len()).map(|index| RuleId(index as u16)).filter(of_kind).collect();
    rules.retain(|rule| spread(*rule) > 0.0);
    rules.sort_by(|a, b| spread(*b).total_cmp(&spread(*a)).then(a.cmp(b)));
    for rule in rules.into_iter().take(RULES) {
        write!(out, "  {}, {}:", kind.name(), lexicon.rule(rule).name)?;
        let mut order: Vec<(&str, &Share)> = shares.iter().map(|(name, share)| (*name, share)).collect();
        order.sort_by(|a, b| b.1.rate_of(rule).total_cmp(&a.1.rate_of(rule)));
        for (speaker, share) in order {
            write!(out, " {speaker} {:.1}", share.rate_of(rule))?;
            if let Some(found) = share.cues.get(&rule) {
                write!(out, " ({})", commonest(found).join(", "))?;
            }
            write!(out, ";")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn commonest(found: &[String]) -> Vec<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for words in found {
        *counts.entry(words).or_default() += 1;
    }
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    order.into_iter().take(EXAMPLES).map(|(words, _)| words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Weights, analyze};
    use crate::corpus::Reading;
    use crate::demo;
    use crate::document::Segmentation;
    use crate::lexicon::{Speech, abbreviations};

    #[test]
    fn each_speaker_is_counted_and_differences_name_their_words() {
        let documents = demo::documents(1, Segmentation::default()).expect("the first one is there");
        let corpus = Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations());
        let (lexicon, weights) = (Lexicon::built_in(), Weights::built_in());
        let analysis = analyze(&corpus, &lexicon, &weights, 1);
        let mut out = Vec::new();
        write(&mut out, &corpus, &analysis, &lexicon, &weights.thresholds).expect("memory is written");
        let told = String::from_utf8(out).expect("it is text");
        for id in corpus.statement_ids() {
            assert!(told.contains(&format!("{}: ", corpus.statement(id).speaker_name())), "{told}");
        }
        let behind = told.split("Behind the difference").nth(1).expect("there are two speakers");
        assert!(behind.contains("  claim, ") && behind.contains(" ("), "{told}");
    }
}
