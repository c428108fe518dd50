//! Fitted words and pairs as cues, and the runs of them that are set off.
//!
//! A pair and its words are one cue, so that no word is told twice; it weighs what they weigh together.
//! So are a phrase and the words within it, and all other words of a run of rhetoric ([`marking`]); words
//! of rhetoric outside of a run count and are not set off.

use std::ops::Range;

use super::Cue;
use super::cues::{Reading, bit, in_phrases, is_figure, plain};
use super::marking::{self, Marking};
use super::weights::{Weights, as_printed};
use crate::lexicon::{CueKind, Lexicon, Rule, RuleId, Worded};

/// Adds the words and pairs that have a fitted weight.
///
/// The first `phrases` of the cues are those of phrases; a word that is `taken` for a kind does not
/// count again for it. `run` is the rule of a run in which no word tells another technique.
pub fn wording(
    reading: &Reading,
    lexicon: &Lexicon,
    weights: &Weights,
    run: Option<RuleId>,
    taken: &[u8],
    phrases: usize,
    cues: &mut Vec<Cue>,
) {
    let (marking, mut counted): (Vec<Worded>, Vec<Worded>) =
        lexicon.wording(plain(reading)).into_iter().partition(|worded| lexicon.rule(worded.rule).marking);
    counted.retain(|worded| {
        let bit = bit(lexicon.rule(worded.rule).kind);
        taken[worded.words.clone()].iter().all(|taken| taken & bit == 0)
    });
    counted.sort_by_key(|worded| (worded.words.start, usize::MAX - worded.words.end));
    let runs = if marking.is_empty() {
        Vec::new()
    } else {
        let of_rhetoric = |worded: &&Worded| lexicon.rule(worded.rule).kind == CueKind::Rhetoric;
        let own: f32 = counted.iter().filter(of_rhetoric).map(|worded| worded.weight).sum();
        let sum = weights.sum(CueKind::Rhetoric, &*cues) + own;
        let phrases = in_phrases(reading, cues, CueKind::Rhetoric);
        runs(reading, taken, &phrases, &marking, sum, &weights.marking)
    };
    Joining {
        reading,
        lexicon,
        phrases,
        passed: 0,
        open: [None; 3],
        runs: runs_begun(reading, run, runs, cues),
    }
    .all(counted, cues);
    for cue in cues.iter_mut() {
        cue.weight = as_printed(cue.weight);
    }
}

/// The runs of words that are set off, where the score of the sentence has this sum; none has a word
/// that is taken.
fn runs(
    reading: &Reading,
    taken: &[u8],
    phrases: &[bool],
    found: &[Worded],
    sum: f32,
    marking: &Marking,
) -> Vec<Range<usize>> {
    let of_sentence = marking.of_sentence(sum);
    let class = |(at, word): (usize, Option<&str>)| {
        let own = match word {
            Some(_) => 0.0,
            None if is_figure(reading, &reading.words[at]) => marking.figure,
            None => marking.name,
        };
        let phrase = if phrases[at] { marking.phrase } else { 0.0 };
        (taken[at] & bit(CueKind::Rhetoric) == 0).then_some(of_sentence + own + phrase)
    };
    let mut words: Vec<Option<f32>> = plain(reading).enumerate().map(class).collect();
    for worded in found {
        for word in words[worded.words.clone()].iter_mut().flatten() {
            *word += worded.weight / worded.words.len() as f32;
        }
    }
    let least = of_sentence + marking.edge;
    let runs = marking::runs(&words, marking.run).into_iter();
    runs.filter_map(|run| marking::trimmed(run, &words, least)).collect()
}

/// A run with the place of its cue.
type Run = (Range<usize>, usize);

/// Begins a cue for each run; nothing counts in it yet.
fn runs_begun(
    reading: &Reading,
    rule: Option<RuleId>,
    runs: Vec<Range<usize>>,
    cues: &mut Vec<Cue>,
) -> Vec<Run> {
    let Some(rule) = rule else { return Vec::new() };
    let begin = |run: Range<usize>| {
        let (span, kind) = (reading.span_of(&run), CueKind::Rhetoric);
        cues.push(Cue { rule, kind, span, weight: 0.0, background: false });
        (run, cues.len() - 1)
    };
    runs.into_iter().map(begin).collect()
}

/// Joins words to cues, in the order in which they stand.
struct Joining<'r> {
    reading: &'r Reading<'r>,
    lexicon: &'r Lexicon,
    /// How many of the cues are phrases, in the order of their starts.
    phrases: usize,
    /// How many of those ended before the word at hand.
    passed: usize,
    /// By kind: where its last cue stands, and past which word it ends.
    open: [Option<(usize, usize)>; 3],
    runs: Vec<Run>,
}

impl Joining<'_> {
    fn all(mut self, counted: Vec<Worded>, cues: &mut Vec<Cue>) {
        // By run: the heaviest word that tells a technique.
        let mut told = vec![0.0; self.runs.len()];
        for worded in counted {
            if self.join_phrase(&worded, cues) {
                continue;
            }
            let kind = self.lexicon.rule(worded.rule).kind;
            let shares = |(run, _): &Run| run.start < worded.words.end && worded.words.start < run.end;
            match self.runs.iter().position(shares).filter(|_| kind == CueKind::Rhetoric) {
                Some(run) => self.join_run(&worded, &mut cues[self.runs[run].1], &mut told[run]),
                None => self.join_last(&worded, cues),
            }
        }
        for (_, place) in &self.runs {
            cues[*place].background = cues[*place].weight <= 0.0;
        }
        cues.retain(|cue| cue.weight != 0.0 || !self.is_run(cue));
    }

    fn is_run(&self, cue: &Cue) -> bool {
        let same = |(run, _): &Run| self.reading.span_of(run) == cue.span;
        cue.background && cue.kind == CueKind::Rhetoric && self.runs.iter().any(same)
    }

    /// Adds a word to the phrase around it, if there is one that counts.
    fn join_phrase(&mut self, worded: &Worded, cues: &mut [Cue]) -> bool {
        let kind = self.lexicon.rule(worded.rule).kind;
        let span = self.reading.span_of(&worded.words);
        // Both lists are in order of their starts, so what ended before this word ends before the next.
        let phrases = &mut cues[..self.phrases];
        self.passed += phrases[self.passed..].iter().take_while(|cue| cue.span.end <= span.start).count();
        let mut here = phrases[self.passed..].iter_mut().take_while(|cue| cue.span.start < span.end);
        let around = |cue: &&mut Cue| cue.kind == kind && cue.weight != 0.0 && cue.span.overlaps(&span);
        let phrase = here.find(around);
        phrase.map(|phrase| phrase.weight += worded.weight).is_some()
    }

    fn join_run(&self, worded: &Worded, cue: &mut Cue, told: &mut f32) {
        cue.weight += worded.weight;
        if !self.lexicon.rule(worded.rule).background && worded.weight > *told {
            (cue.rule, *told) = (worded.rule, worded.weight);
        }
    }

    /// Adds a word to the last cue of its kind, if they share words; it is a new one otherwise.
    fn join_last(&mut self, worded: &Worded, cues: &mut Vec<Cue>) {
        let Rule { kind, .. } = *self.lexicon.rule(worded.rule);
        let span = self.reading.span_of(&worded.words);
        match &mut self.open[kind as usize] {
            Some((place, end)) if worded.words.start < *end => {
                let cue = &mut cues[*place];
                cue.span = cue.span.cover(&span);
                cue.weight += worded.weight;
                *end = worded.words.end.max(*end);
            }
            open => {
                *open = Some((cues.len(), worded.words.end));
                // Of rhetoric only runs are set off.
                let background = kind == CueKind::Rhetoric;
                cues.push(Cue { rule: worded.rule, kind, span, weight: worded.weight, background });
            }
        }
    }
}
