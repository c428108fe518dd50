//! `visavis lexicon fit`: weights of words from sentences that people have labelled.
//!
//! Labels are JSON lines, of one sentence `{"text": "…", "label": 1}`, or of a text with a sentence on
//! each line and the stretches that are of the kind `{"text": "…", "spans": [[3, 9, "name_calling"]]}`
//! (code points; a technique may be left out). What is written is a file of the lexicon: it can be read,
//! changed, and put into the lexicon folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum;
use serde::Deserialize;

use super::DONE;
use crate::analysis::Weights;
use crate::analysis::fit::{Fitted, Labelled, Settings, area, fit, reliability, sums};
use crate::lexicon::{CueKind, Lexicon};

/// The arguments of `visavis lexicon fit`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the labels mean.
    #[arg(long, value_enum)]
    kind: Kind,
    /// Files of labelled sentences, JSON lines: {"text": "…", "label": 1} or {"text": "…", "spans": [[0, 4]]}.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    train: Vec<PathBuf>,
    /// Files of labelled sentences that the new weights are tried on.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    check: Vec<PathBuf>,
    /// Where the weights are written; in the lexicon folder they take the place of the built-in ones.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Most weights.
    #[arg(long, default_value_t = 2000)]
    most: usize,
    /// In how many sentences a word stands at least.
    #[arg(long, default_value_t = 8)]
    least: usize,
    /// How strongly weights are held down.
    #[arg(long, default_value_t = 3e-4)]
    ridge: f64,
    /// The share that sentences of the kind are counted as in each file, whatever it is there: files
    /// in which they are rare then teach as much as those in which they are not.
    #[arg(long, default_value_t = 0.3)]
    share: f32,
    /// Which share of the places of a word of rhetoric is marked at least; 0 if no spans are given.
    #[arg(long, default_value_t = 0.45)]
    marked: f64,
    /// The smallest weight that is kept.
    #[arg(long, default_value_t = 0.1)]
    smallest: f32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Claim,
    Rebuttal,
    Rhetoric,
}

/// One line of a training file.
#[derive(Deserialize)]
struct Line {
    text: String,
    label: Option<u8>,
    spans: Option<Vec<LabelledSpan>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum LabelledSpan {
    Named(usize, usize, String),
    Plain(usize, usize),
}

/// Labelled sentences, and which techniques their words stand in.
#[derive(Default)]
struct Training {
    sentences: Vec<Labelled>,
    techniques: BTreeMap<String, BTreeMap<String, usize>>,
}

/// Fits and writes; gives the exit code.
///
/// # Errors
/// If a file cannot be read or written, or holds something else than labelled sentences.
pub fn run(arguments: &Arguments) -> anyhow::Result<u8> {
    anyhow::ensure!(0.0 < arguments.share && arguments.share < 1.0, "--share lies between 0 and 1");
    let training = Training::read(&arguments.train, arguments.share)?;
    let settings = arguments.settings();
    let weights = Weights::built_in();
    let fitted = fit(&training.sentences, Lexicon::built_in(), &weights, settings);
    let text = arguments.file(&fitted, &training);
    fs::write(&arguments.out, &text).with_context(|| arguments.out.display().to_string())?;
    let mut out = io::stdout().lock();
    writeln!(out, "{} weights; {}", fitted.weights.len(), quality(&fitted))?;
    let mine = [("fitted.tsv".to_owned(), text)];
    let lexicon = Lexicon::with_user_files(&mine).map_err(|mistakes| {
        anyhow::anyhow!("{}", mistakes.first().map(ToString::to_string).unwrap_or_default())
    })?;
    for file in &arguments.check {
        let held = Training::read(std::slice::from_ref(file), arguments.share)?;
        let scores = sums(&held.sentences, &lexicon, &weights, settings.kind);
        write!(out, "{}", told(file, &scores, &held.sentences))?;
    }
    Ok(DONE)
}

impl Arguments {
    fn settings(&self) -> Settings {
        let kind = match self.kind {
            Kind::Claim => CueKind::Claim,
            Kind::Rebuttal => CueKind::Rebuttal,
            Kind::Rhetoric => CueKind::Rhetoric,
        };
        let Self { most, least, ridge, smallest, .. } = *self;
        // Words of rhetoric are shown as such: none counts against it, none is a mere link word, and
        // each is mostly marked itself.
        let rhetoric = kind == CueKind::Rhetoric;
        let shortest = if rhetoric { 4 } else { 1 };
        let marked = if rhetoric { self.marked } else { 0.0 };
        Settings { kind, most, least, ridge, shortest, smallest, marked, against: !rhetoric }
    }

    /// The weights as a file of the lexicon.
    fn file(&self, fitted: &Fitted, training: &Training) -> String {
        let names = |files: &[PathBuf]| files.iter().map(|file| name(file)).collect::<Vec<_>>().join(" ");
        let mut text = format!(
            "# Fitted weights of words and pairs of words, in log-odds; every one that stands in a sentence counts.\n\
             # visavis lexicon fit --kind {} --train {} --most {} --least {} --ridge {} --share {} --marked {} --smallest {} --out {}\n\
             # {}\n",
            self.settings().kind.name(),
            names(&self.train),
            self.most,
            self.least,
            self.ridge,
            self.share,
            self.marked,
            self.smallest,
            name(&self.out),
            quality(fitted),
        );
        let mut by_rule: BTreeMap<&str, Vec<&(String, f32)>> = BTreeMap::new();
        for one in &fitted.weights {
            by_rule.entry(self.rule(&one.0, training)).or_default().push(one);
        }
        for (rule, weights) in by_rule {
            let _ = writeln!(text, "rule\t{rule}");
            for (words, weight) in weights {
                let _ = writeln!(text, "{weight}\t{words}");
            }
        }
        text
    }

    /// Whose weight it is: of rhetoric, that of the technique in which the words stand most often.
    fn rule(&self, words: &str, training: &Training) -> &'static str {
        let mostly = |technique: &str| {
            let counts = words.split(' ').filter_map(|word| training.techniques.get(word));
            let (own, all) = counts.fold((0, 0), |(own, all), counts| {
                (own + counts.get(technique).unwrap_or(&0), all + counts.values().sum::<usize>())
            });
            2 * own > all
        };
        match self.kind {
            Kind::Claim => "claim.wording",
            Kind::Rebuttal => "rebuttal.wording",
            Kind::Rhetoric if mostly("name_calling") => "name_calling.wording",
            Kind::Rhetoric => "loaded_language.wording",
        }
    }
}

impl Training {
    fn read(files: &[PathBuf], share: f32) -> anyhow::Result<Self> {
        let mut training = Self::default();
        for file in files {
            let first = training.sentences.len();
            let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let place = || format!("{}:{}: no labelled sentence", file.display(), number + 1);
                training.add(serde_json::from_str(line).with_context(place)?);
            }
            share_out(&mut training.sentences[first..], share);
        }
        Ok(training)
    }

    fn add(&mut self, line: Line) {
        let Some(spans) = line.spans else {
            let label = line.label.unwrap_or(0) > 0;
            self.sentences.push(Labelled { text: line.text, label, counts: 1.0, marked: Vec::new() });
            return;
        };
        let mut start = 0;
        for sentence in line.text.split('\n') {
            let end = start + sentence.chars().count();
            let mut marked = Vec::new();
            for span in &spans {
                let (from, to, technique) = match span {
                    LabelledSpan::Named(from, to, technique) => (*from, *to, technique.as_str()),
                    LabelledSpan::Plain(from, to) => (*from, *to, ""),
                };
                let (from, to) = (from.max(start), to.min(end));
                if from < to {
                    let byte = |at: usize| {
                        sentence.char_indices().nth(at - start).map_or(sentence.len(), |(byte, _)| byte)
                    };
                    self.note(&sentence[byte(from)..byte(to)], technique);
                    marked.push(byte(from)..byte(to));
                }
            }
            if !sentence.trim().is_empty() {
                let label = !marked.is_empty();
                self.sentences.push(Labelled { text: sentence.to_owned(), label, counts: 1.0, marked });
            }
            start = end + 1;
        }
    }

    fn note(&mut self, inside: &str, technique: &str) {
        for word in crate::text::words::<()>(inside, 0) {
            *self.techniques.entry(word.folded).or_default().entry(technique.to_owned()).or_default() += 1;
        }
    }
}

/// Lets the sentences of the kind count as `share` of all, which together count as before.
fn share_out(sentences: &mut [Labelled], share: f32) {
    let all = sentences.len() as f32;
    let of_kind = sentences.iter().filter(|sentence| sentence.label).count() as f32;
    if of_kind > 0.0 && of_kind < all {
        let (each, other) = (share * all / of_kind, (1.0 - share) * all / (all - of_kind));
        for one in sentences {
            one.counts = if one.label { each } else { other };
        }
    }
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn quality(fitted: &Fitted) -> String {
    let ([sentences, of_kind], [before, after]) = (fitted.sentences, fitted.curve);
    format!(
        "{sentences} sentences, {of_kind} of the kind; area under the curve {after:.3} with these weights, \
         {before:.3} without, on the same sentences"
    )
}

/// How well the labels of a file are told.
fn told(file: &Path, scores: &[f64], sentences: &[Labelled]) -> String {
    let labels: Vec<bool> = sentences.iter().map(|sentence| sentence.label).collect();
    let (mut hits, mut marked) = (0, 0);
    for (score, label) in scores.iter().zip(&labels) {
        marked += usize::from(*score >= 0.0);
        hits += usize::from(*score >= 0.0 && *label);
    }
    let of_kind = labels.iter().filter(|label| **label).count();
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let mut text = format!(
        "{}: {} sentences, {of_kind} of the kind; area under the curve {:.3}; of {marked} marked {hits} are: \
         precision {:.3}, recall {:.3}, F1 {:.3}\n",
        name(file),
        labels.len(),
        area(scores, &labels),
        share(hits, marked),
        share(hits, of_kind),
        share(2 * hits, marked + of_kind),
    );
    for (tenth, [all, own]) in reliability(scores, &labels).into_iter().enumerate() {
        let low = tenth as f64 / 10.0;
        let _ = writeln!(
            text,
            "  scored {low:.1} to {:.1}: {all:6}, of the kind {:.2}",
            low + 0.1,
            share(own, all)
        );
    }
    text
}
