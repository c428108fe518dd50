//! What code finds of rhetoric beside its phrases: words and sentences that come again.

use std::collections::{BTreeMap, BTreeSet};

use super::Cue;
use super::cues::{Reading, coded_cue};
use crate::lexicon::{Lexicon, RuleId};
use crate::text::Span;

/// Words of a run that counts when it comes again.
const RUN: usize = 3;
/// How often a run must come.
const OFTEN: usize = 3;
/// Letters from which a word tells a subject; shorter ones mostly only build sentences.
const TELLING: usize = 4;
/// Most words of a sentence that is a slogan when it comes again.
const SLOGAN: usize = 10;

/// The rules that find by code.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    repetition: Option<RuleId>,
    slogan: Option<RuleId>,
}

impl Rules {
    /// Looks them up.
    pub fn of(lexicon: &Lexicon) -> Self {
        Self { repetition: lexicon.rule_named("repetition"), slogan: lexicon.rule_named("slogans") }
    }
}

/// What comes again within one statement, in folded words.
#[derive(Clone, Debug, Default)]
pub struct Repeated {
    /// Runs of [`RUN`] words, two of them telling, that come at least [`OFTEN`] times in different
    /// sentences.
    runs: BTreeSet<[String; RUN]>,
    /// Short sentences that come at least twice.
    sentences: BTreeSet<Vec<String>>,
}

impl Repeated {
    /// Counts over the sentences of one statement.
    pub fn of(readings: &[Reading]) -> Self {
        let mut runs: BTreeMap<[String; RUN], usize> = BTreeMap::new();
        let mut sentences: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for reading in readings {
            let own: BTreeSet<[String; RUN]> = reading.words.windows(RUN).filter_map(run).collect();
            for run in own {
                *runs.entry(run).or_default() += 1;
            }
            if (2..=SLOGAN).contains(&reading.words.len()) {
                *sentences.entry(folded(reading)).or_default() += 1;
            }
        }
        let often = |least: usize| move |count: &usize| *count >= least;
        Self {
            runs: runs.into_iter().filter(|(_, count)| often(OFTEN)(count)).map(|(run, _)| run).collect(),
            sentences: sentences
                .into_iter()
                .filter(|(_, count)| often(2)(count))
                .map(|(words, _)| words)
                .collect(),
        }
    }
}

/// Adds what is found in a sentence to `cues`.
pub fn find(reading: &Reading, lexicon: &Lexicon, rules: Rules, repeated: &Repeated, cues: &mut Vec<Cue>) {
    if let Some(rule) = rules.slogan
        && !repeated.sentences.is_empty()
        && repeated.sentences.contains(&folded(reading))
    {
        cues.push(coded_cue(lexicon, rule, reading.span));
        return;
    }
    let Some(rule) = rules.repetition.filter(|_| !repeated.runs.is_empty()) else { return };
    let mut open: Option<Span> = None;
    for (at, window) in reading.words.windows(RUN).enumerate() {
        if !run(window).is_some_and(|run| repeated.runs.contains(&run)) {
            continue;
        }
        let span = reading.span_of(&(at..at + RUN));
        match &mut open {
            // Runs that overlap are one.
            Some(last) if last.overlaps(&span) => *last = last.cover(&span),
            _ => cues.extend(open.replace(span).map(|span| coded_cue(lexicon, rule, span))),
        }
    }
    cues.extend(open.map(|span| coded_cue(lexicon, rule, span)));
}

fn run<T>(window: &[crate::text::Word<T>]) -> Option<[String; RUN]> {
    let [a, b, c] = window else { return None };
    let telling = window.iter().filter(|word| word.folded.chars().count() >= TELLING).count();
    (telling >= 2).then(|| [a.folded.clone(), b.folded.clone(), c.folded.clone()])
}

fn folded(reading: &Reading) -> Vec<String> {
    reading.words.iter().map(|word| word.folded.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::check::marked;

    /// Each sentence on a line, with what comes again in braces.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace(['{', '}'], "");
        let lexicon = Lexicon::built_in();
        let mut at = 0;
        let mut readings = Vec::new();
        for line in text.split_inclusive('\n') {
            readings.push(Reading::new(&text, Span::new(at, at + line.trim_end().len())));
            at += line.len();
        }
        let (repeated, rules) = (Repeated::of(&readings), Rules::of(&lexicon));
        let mut cues = Vec::new();
        for reading in &readings {
            find(reading, &lexicon, rules, &repeated, &mut cues);
        }
        let spans: Vec<_> = cues.iter().map(|cue| cue.span.range()).collect();
        assert_eq!(marked(&text, &spans), expected);
    }

    #[test]
    fn a_run_that_comes_three_times_is_repetition() {
        check(
            "We want {a just peace} now.\nOnly {a just peace} will last.\nGive us {a just peace} or nothing.\nPeace is just.",
        );
        check("We want a just peace now.\nOnly a just peace will last.");
        check("This is one of the ships.\nHe is one of the men.\nIt is one of the days.");
    }

    #[test]
    fn a_short_sentence_that_comes_again_is_a_slogan() {
        check("{The sea remembers.}\nIt was night.\n{The sea remembers.}");
    }
}
