//! `visavis lexicon fit`: weights of words from sentences that people have labelled.
//!
//! Labels are JSON lines, of one sentence `{"text": "…", "label": 1}`, or of a text with a sentence on
//! each line and the stretches that are of the kind `{"text": "…", "spans": [[3, 9, "name_calling"]]}`
//! (code points; a technique may be left out). What is written is a file of the lexicon: it can be read,
//! changed, and put into the lexicon folder. What it would change there is told first (`--on`).

mod effect;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

use super::lexicon::files_of_user;
use super::{DONE, MarkKind, folders, user_lexicon};
use crate::analysis::Weights;
use crate::analysis::fit::{
    Alike, Fitted, Labelled, Settings, Vectors, Weighted, area, fit, is_long, reliability, sums,
};
use crate::analysis::marking::Marking;
use crate::lexicon::Lexicon;

/// From which weight on a word that weighs by likeness alone is a mark of rhetoric itself.
const LOUD: f32 = 0.4;

/// The arguments of `visavis lexicon fit`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the labels mean.
    #[arg(long, value_enum)]
    kind: MarkKind,
    /// Files of labelled sentences, JSON lines: {"text": "…", "label": 1} or {"text": "…", "spans": [[0, 4]]}.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    train: Vec<PathBuf>,
    /// Files of labelled sentences that the new weights are tried on.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    check: Vec<PathBuf>,
    /// Word vectors (a VVC1 file): words that are rare among the sentences then weigh like others.
    #[arg(long, value_name = "FILE")]
    vectors: Option<PathBuf>,
    /// Texts, plain or labelled, whose words are weighed as well, by what they are like.
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "vectors")]
    words: Vec<PathBuf>,
    /// Texts in which it is told which marks would come and go with the new weights.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    on: Vec<PathBuf>,
    /// Where the weights are written; in the lexicon folder they take the place of the built-in ones.
    /// Nothing is written if it is not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
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
    /// Which share of the places of a word is marked at least for it to be a mark of rhetoric itself;
    /// other words count in the score and are not shown.
    #[arg(long, default_value_t = 0.3)]
    marked: f64,
    /// The smallest weight that is kept.
    #[arg(long, default_value_t = 0.1)]
    smallest: f32,
    /// Fit the bias and the weights of the rules as well, and say what they should be: the new weights
    /// of words hold beside those.
    #[arg(long)]
    rules: bool,
    /// Weigh single words only, no pairs of them.
    #[arg(long)]
    single: bool,
    /// Weigh the word that opens a sentence as such, too.
    #[arg(long)]
    openings: bool,
    /// The smallest weight by likeness that is kept.
    #[arg(long, default_value_t = 0.02)]
    faint: f32,
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
    let (vectors, further) = arguments.likeness()?;
    let fitted = fit(&training.sentences, &further, Lexicon::built_in(), &weights, &vectors, settings);
    let text = arguments.file(&fitted, &training);
    if let Some(file) = &arguments.out {
        fs::write(file, &text).with_context(|| file.display().to_string())?;
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} weights and {} by likeness; {}; a bias {:+.2} from the one given would fit best",
        fitted.weights.len(),
        fitted.alike.len(),
        quality(&fitted),
        fitted.shift,
    )?;
    for (rule, factor) in &fitted.factors {
        writeln!(out, "  weights of {rule} times {factor:.2}")?;
    }
    if let Some(set_off) = &fitted.set_off {
        let Marking { bias, sentence, above, name, figure, phrase, .. } = set_off.marking;
        writeln!(
            out,
            "  {} weights and {} by likeness tell which words are set off; beside them\n  [marks] bias = {bias}, \
             sentence = {sentence}, above = {above}, name = {name}, figure = {figure}, phrase = {phrase}",
            set_off.weights.len(),
            set_off.alike.len(),
        )?;
    }
    let lexicon = laid_over(Vec::new(), text.clone())?;
    if !arguments.on.is_empty() {
        let then = laid_over(files_of_user(&folders()?.lexicon)?, text)?;
        write!(out, "{}", effect::told(&arguments.on, settings.kind, &user_lexicon(), &then))?;
    }
    for file in &arguments.check {
        let held = Training::read(std::slice::from_ref(file), arguments.share)?;
        let scores = sums(&held.sentences, &lexicon, &weights, settings.kind);
        write!(out, "{}", told(file, &scores, &held.sentences))?;
    }
    Ok(DONE)
}

/// The built-in lexicon with these files and the fitted one over it.
fn laid_over(mut files: Vec<(String, String)>, fitted: String) -> anyhow::Result<Lexicon> {
    files.push(("fitted.tsv".to_owned(), fitted));
    Lexicon::with_user_files(&files).map_err(|mistakes| {
        anyhow::anyhow!("{}", mistakes.first().map(ToString::to_string).unwrap_or_default())
    })
}

impl Arguments {
    fn settings(&self) -> Settings {
        let kind = self.kind.into();
        let Self { most, least, ridge, smallest, faint, marked, rules, single, openings, .. } = *self;
        Settings { kind, most, least, ridge, smallest, faint, marked, rules, pairs: !single, openings }
    }

    /// The vectors, and the texts whose words are weighed by them.
    fn likeness(&self) -> anyhow::Result<(Vectors, Vec<String>)> {
        let Some(file) = &self.vectors else { return Ok((Vectors::default(), Vec::new())) };
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        let vectors = Vectors::read(&bytes)
            .with_context(|| format!("{}: no file of word vectors (VVC1)", file.display()))?;
        let mut texts = Vec::new();
        for file in &self.words {
            let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
            let lines = text.lines().map(|line| match serde_json::from_str::<Line>(line) {
                Ok(labelled) => labelled.text,
                Err(_) => line.to_owned(),
            });
            texts.extend(lines.flat_map(|text| text.split('\n').map(str::to_owned).collect::<Vec<_>>()));
        }
        Ok((vectors, texts))
    }

    /// The weights as a file of the lexicon.
    fn file(&self, fitted: &Fitted, training: &Training) -> String {
        let mut text = format!(
            "# Fitted weights of words and pairs of words, in log-odds; every one that stands in a sentence counts.\n\
             # {}\n# {}\n",
            self.command(),
            quality(fitted),
        );
        let mut by_rule: BTreeMap<&str, Vec<String>> =
            self.rules().iter().map(|rule| (*rule, Vec::new())).collect();
        for one in &fitted.weights {
            let line = format!("{}\t{}", one.weight, one.words);
            by_rule.entry(self.rule(one, training)).or_default().push(line);
        }
        for one in &fitted.alike {
            by_rule.entry(self.alike(one)).or_default().push(alike_line(one));
        }
        if let Some(set_off) = &fitted.set_off {
            let own = set_off.weights.iter().map(|one| format!("{}\t{}", one.weight, one.words));
            by_rule.insert("marked.wording", own.collect());
            by_rule.insert("marked.alike", set_off.alike.iter().map(alike_line).collect());
        }
        for (rule, lines) in by_rule {
            let _ = writeln!(text, "rule\t{rule}");
            for line in lines {
                let _ = writeln!(text, "{line}");
            }
        }
        text
    }

    /// The command that fits the same weights again.
    fn command(&self) -> String {
        let names = |files: &[PathBuf]| files.iter().map(|file| name(file)).collect::<Vec<_>>().join(" ");
        let mut command = format!(
            "visavis lexicon fit --kind {} --train {}",
            self.settings().kind.name(),
            names(&self.train)
        );
        if let Some(file) = &self.vectors {
            let _ = write!(command, " --vectors {} --faint {}", name(file), self.faint);
        }
        if !self.words.is_empty() {
            let _ = write!(command, " --words {}", names(&self.words));
        }
        for (is_given, flag) in
            [(self.rules, " --rules"), (self.single, " --single"), (self.openings, " --openings")]
        {
            if is_given {
                command.push_str(flag);
            }
        }
        let _ = write!(
            command,
            " --most {} --least {} --ridge {} --share {} --marked {} --smallest {} --out {}",
            self.most,
            self.least,
            self.ridge,
            self.share,
            self.marked,
            self.smallest,
            self.out.as_ref().map_or_else(|| format!("{}.tsv", self.settings().kind.name()), |out| name(out)),
        );
        command
    }

    /// The rules that weights may belong to: all are written, so that none of an older file stays.
    fn rules(&self) -> &'static [&'static str] {
        match self.kind {
            MarkKind::Claim => &["claim.wording", "claim.alike"],
            MarkKind::Rebuttal => &["rebuttal.wording", "rebuttal.alike"],
            MarkKind::Rhetoric => {
                const MARKS: &[&str] = &[
                    "loaded_language.wording",
                    "loaded_language.alike",
                    "name_calling.wording",
                    "background.wording",
                    "background.alike",
                ];
                MARKS
            }
        }
    }

    fn alike(&self, one: &Alike) -> &'static str {
        match self.kind {
            MarkKind::Rhetoric if one.weight >= LOUD && is_long(&one.word) => "loaded_language.alike",
            MarkKind::Claim => "claim.alike",
            MarkKind::Rebuttal => "rebuttal.alike",
            MarkKind::Rhetoric => "background.alike",
        }
    }

    /// Whose weight it is: of a mark of rhetoric, that of the technique in which it stands most often.
    fn rule(&self, one: &Weighted, training: &Training) -> &'static str {
        let mostly = |technique: &str| {
            let counts = one.words.split(' ').filter_map(|word| training.techniques.get(word));
            let (own, all) = counts.fold((0, 0), |(own, all), counts| {
                (own + counts.get(technique).unwrap_or(&0), all + counts.values().sum::<usize>())
            });
            2 * own > all
        };
        match self.kind {
            MarkKind::Claim => "claim.wording",
            MarkKind::Rebuttal => "rebuttal.wording",
            MarkKind::Rhetoric if !one.mark => "background.wording",
            MarkKind::Rhetoric if mostly("name_calling") => "name_calling.wording",
            MarkKind::Rhetoric => "loaded_language.wording",
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

fn alike_line(one: &Alike) -> String {
    let like = one.like.as_ref().map(|like| format!("\t{like}")).unwrap_or_default();
    format!("{}\t{}{like}", one.weight, one.word)
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
