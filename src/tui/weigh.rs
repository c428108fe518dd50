//! Another weight for a cue: typed, tried on everything that is open, and then kept in the reader's own
//! lexicon.

use std::path::PathBuf;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::effect::{Effect, Findings};
use super::inspector::working::{self, Inspecting};
use super::line_edit::LineEdit;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::reject::told;
use super::wrap;
use crate::analysis::{Change, Cue, Reweighed};
use crate::corpus::SentenceId;
use crate::lexicon::own::What;
use crate::text::one_line;

/// Rows of the panel.
pub const ROWS: u16 = 5;
/// A weight beyond this decides alone; the lexicon takes no heavier one.
const HEAVIEST: f32 = 10.0;

/// The cue and what is typed.
#[derive(Debug)]
pub struct Weigh {
    id: SentenceId,
    cue: Cue,
    /// The weight as it is typed.
    pub edit: LineEdit,
    /// Where the full panel stood.
    back: Inspecting,
}

/// What another weight would do.
struct Outcome {
    reweighed: Reweighed,
    score: f32,
    change: Change,
}

impl Weigh {
    /// The weight typed, if it is one.
    fn weight(&self) -> Option<f32> {
        let digits = self.edit.text().trim().replace('−', "-").replace(',', ".");
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        digits.parse::<f32>().ok().filter(|weight| weight.abs() <= HEAVIEST && decimals <= 4)
    }

    fn outcome(&self, model: &Model, weight: f32) -> Option<Outcome> {
        let findings = model.findings.as_deref()?;
        let (analysis, lexicon, weights) = (&findings.analysis, &findings.lexicon, &findings.weights);
        let text = &model.corpus.statement(model.corpus.sentence(self.id).statement).text;
        let reweighed = Reweighed::of(lexicon, text, &self.cue, weight)?;
        let score = reweighed.score(analysis, &model.corpus, lexicon, weights, self.id);
        let change = reweighed.change(analysis, &model.corpus, lexicon, weights, self.id);
        Some(Outcome { reweighed, score, change })
    }
}

/// Opens the field with the weight that the chosen cue has.
pub fn open(model: &mut Model) {
    let Mode::Inspect(back) = model.mode else { return };
    let Some((id, cue)) = working::chosen(model) else {
        return model.say("there is no cue in this sentence");
    };
    if cue.weight == 0.0 {
        return model.say("it does not count here: negated, or somebody else’s words");
    }
    let of_others = |findings: &Findings| Reweighed::is_of_others(&findings.lexicon, &cue);
    if model.findings.as_deref().is_some_and(of_others) {
        return model.say("it counts what stands beside or before this sentence; weigh a cue of that");
    }
    let mut weigh = Weigh { id, cue, edit: LineEdit::default(), back };
    if weigh.outcome(model, cue.weight).is_none() {
        return model.say("no rule of the lexicon found this cue");
    }
    weigh.edit.insert(&cue.weight.to_string());
    model.mode = Mode::Weigh(weigh);
}

/// Closes the field; nothing is kept.
pub fn close(model: &mut Model) {
    if let Mode::Weigh(weigh) = &model.mode {
        model.mode = Mode::Inspect(weigh.back);
    }
}

/// Has the weight written, if it is one and another than now.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let Mode::Weigh(weigh) = &model.mode else { return Vec::new() };
    let Some(weight) = weigh.weight() else {
        model.say(format!("a weight is a number from −{HEAVIEST} to {HEAVIEST} with at most four decimals"));
        return Vec::new();
    };
    let outcome = weigh.outcome(model, weight).filter(|_| (weight - weigh.cue.weight).abs() > f32::EPSILON);
    close(model);
    if let Some(outcome) = outcome {
        return vec![Effect::Reweigh(outcome.reweighed.own)];
    }
    model.say("the weight is as it was");
    Vec::new()
}

/// Tells where the weight was written, and has everything marked anew with it.
pub fn kept(model: &mut Model, answer: Result<PathBuf, String>) -> Vec<Effect> {
    match answer {
        Ok(path) => {
            model.say(format!("written to {}", path.display()));
            vec![Effect::Analyze]
        }
        Err(reason) => {
            model.warn(format!("the weight was not written: {reason}"));
            Vec::new()
        }
    }
}

/// Paints what the weight typed would change.
pub fn paint(model: &Model, weigh: &Weigh, area: Rect, frame: &mut Frame<'_>) {
    let (theme, buffer) = (&model.theme, frame.buffer_mut());
    let text = &model.corpus.statement(model.corpus.sentence(weigh.id).statement).text;
    let words = wrap::shortened(&one_line(weigh.cue.span.of(text)), 40);
    let title = format!("weight of “{words}” for {}", weigh.cue.kind.name());
    let rest = inset(title_row(area, &title, theme, buffer), 1);
    let outcome = weigh.weight().and_then(|weight| weigh.outcome(model, weight));
    let (Some(outcome), Some(findings)) = (outcome, model.findings.as_deref()) else {
        Pen::new(buffer, row(rest, 0))
            .put_shortened("type a number, such as 0.8 or -0.5; 0 silences", theme.dim);
        return;
    };
    let what = match &outcome.reweighed.own.what {
        What::Rule => "all that its rule finds, in your own lexicon (own.toml)".to_owned(),
        What::Word(words) => format!("“{words}” wherever it stands, in your own lexicon (own.tsv)"),
        What::Phrase(words) => format!("“{words}” wherever it stands, in your own lexicon (own.toml)"),
    };
    Pen::new(buffer, row(rest, 0)).put_shortened(&what, theme.text);
    let now = findings.analysis.marks(weigh.id).scores.of(weigh.cue.kind);
    let from = findings.weights.thresholds.of(weigh.cue.kind);
    let shown = match (now >= from, outcome.score >= from) {
        (true, false) => ", no longer shown",
        (false, true) => ", now shown",
        (true, true) => ", still shown",
        (false, false) => ", not shown",
    };
    let mut pen = Pen::new(buffer, row(rest, 1));
    pen.put("this sentence   ", theme.dim).put(&format!("{now:.2} → {:.2}", outcome.score), theme.value);
    pen.put(shown, theme.text);
    let change = outcome.change;
    let changed = told(change);
    let mut pen = Pen::new(buffer, row(rest, 2));
    pen.put("everywhere else ", theme.dim).put_shortened(&changed, theme.value);
}
