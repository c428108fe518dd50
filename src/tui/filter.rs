//! Which sentences are shown: by kind, speaker, verdict, score, or only what is not read yet.
//!
//! A filter is a view: what it leaves out keeps its notes, and a jump to it shows it. The screen always
//! says how much is shown; the session keeps the filter.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::effect::Effect;
use super::margin;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::saving::send;
use crate::corpus::{SentenceId, StatementId};
use crate::lexicon::CueKind;
use crate::session::{Act, Filter, Verdict, Wanted};

/// The lowest scores to choose from, in hundredths; 0 is any.
const SCORES: [u8; 7] = [0, 50, 60, 70, 80, 90, 95];

/// Which sentences are shown now.
#[derive(Debug)]
pub struct Shown {
    /// What the reader wants.
    filter: Filter,
    /// Sentences shown all the same, because the reader went to them.
    revealed: BTreeSet<SentenceId>,
    /// One for each sentence; empty if nothing is left out.
    passes: Vec<bool>,
    /// Grows when something else is shown.
    pub version: u64,
    /// The model's changes that are reckoned with.
    seen: Option<u64>,
}

impl Shown {
    /// What `filter` leaves.
    pub fn new(filter: Filter) -> Self {
        Self { filter, revealed: BTreeSet::new(), passes: Vec::new(), version: 0, seen: None }
    }

    /// Whether a sentence is shown.
    pub fn shows(&self, id: SentenceId) -> bool {
        self.passes.get(id.0 as usize).copied().unwrap_or(true)
    }

    /// “12 of 58 shown”, if something is left out.
    pub fn told(&self) -> Option<String> {
        let count = self.passes.iter().filter(|passes| **passes).count();
        self.filter.is_any().then(|| format!("{count} of {} shown", self.passes.len()))
    }

    /// What is shown in spite of the filter.
    pub fn revealed(&self) -> &BTreeSet<SentenceId> {
        &self.revealed
    }

    /// Shows these in spite of the filter, and no others.
    pub fn reveal_only(&mut self, ids: BTreeSet<SentenceId>) {
        if self.revealed != ids {
            self.revealed = ids;
            self.seen = None;
        }
    }

    /// Goes over to another numbering of the sentences.
    pub fn renumber(&mut self, new: impl Fn(SentenceId) -> Option<SentenceId>) {
        self.revealed = self.revealed.iter().filter_map(|id| new(*id)).collect();
        self.passes.clear();
        self.version += 1;
        self.seen = None;
    }

    fn set(&mut self, filter: Filter) {
        self.filter = filter;
        self.revealed.clear();
        self.seen = None;
    }
}

/// Brings what is shown in line with marks, verdicts and read marks.
pub fn refresh(model: &mut Model) {
    if model.shown.seen == Some(model.changes) {
        return;
    }
    model.shown.seen = Some(model.changes);
    let all = (0..model.corpus.sentences.len() as u32).map(SentenceId);
    let passes: Vec<bool> = if model.shown.filter.is_any() {
        let speaks = |id: StatementId| {
            model.shown.filter.speaker.as_ref().is_none_or(|name| *name == model.corpus.title_of(id))
        };
        let wanted: Vec<bool> = model.corpus.statement_ids().map(speaks).collect();
        let speaks = |id: SentenceId| wanted[model.corpus.sentence(id).statement.0 as usize];
        all.map(|id| model.shown.revealed.contains(&id) || (speaks(id) && passes(model, id))).collect()
    } else {
        Vec::new()
    };
    if passes == model.shown.passes {
        return;
    }
    model.shown.passes = passes;
    model.shown.version += 1;
    for id in model.corpus.statement_ids() {
        let cursor = model.columns[id.0 as usize].cursor;
        model.columns[id.0 as usize].cursor = nearest(model, id, cursor);
    }
}

/// Whether a sentence is what the reader wants, whoever speaks.
fn passes(model: &Model, id: SentenceId) -> bool {
    let filter = &model.shown.filter;
    let given = model.annotations.sentences.get(&id).and_then(|own| own.verdict);
    let judged = match filter.verdict {
        None => true,
        Some(Wanted::None) => given.is_none(),
        Some(Wanted::Any) => given.is_some(),
        Some(Wanted::Is(verdict)) => given == Some(verdict),
    };
    judged && !(filter.unread && model.annotations.read.contains(&id)) && weighs(model, filter, id)
}

/// Whether a sentence is of a wanted kind, with a wanted score; before marks are found, all are.
fn weighs(model: &Model, filter: &Filter, id: SentenceId) -> bool {
    let Some(analysis) = model.analysis() else { return true };
    if filter.kinds.is_empty() && filter.from == 0 {
        return true;
    }
    let (marked, scores) = (margin::scored(model, id), analysis.marks(id).scores);
    CueKind::ALL.into_iter().any(|kind| {
        let wanted = filter.kinds.iter().any(|name| name == kind.name());
        (wanted && marked[kind as usize] || filter.kinds.is_empty())
            && scores.of(kind) >= f32::from(filter.from) / 100.0
    })
}

/// The sentence shown that is nearest to `number` in a statement: the next one, else the one before.
pub fn nearest(model: &Model, statement: StatementId, number: usize) -> usize {
    if model.shown.passes.is_empty() {
        return number;
    }
    let shown: Vec<bool> = model.corpus.sentences_of(statement).map(|id| model.shown.shows(id)).collect();
    let number = number.min(shown.len().saturating_sub(1));
    let after = (number..shown.len()).find(|at| shown[*at]);
    after.or_else(|| (0..number).rev().find(|at| shown[*at])).unwrap_or(number)
}

/// Shows a sentence in spite of the filter.
pub fn reveal(model: &mut Model, id: SentenceId) {
    if model.shown.shows(id) {
        return;
    }
    model.shown.revealed.insert(id);
    model.shown.seen = None;
    refresh(model);
}

/// Shows only what is not read, or all again.
pub fn toggle_unread(model: &mut Model) -> Vec<Effect> {
    let mut filter = model.shown.filter.clone();
    filter.unread = !filter.unread;
    model.shown.set(filter);
    refresh(model);
    keep(model)
}

/// A line of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Only what is not read.
    Unread,
    /// Of this kind.
    Kind(CueKind),
    /// Of one speaker.
    Speaker,
    /// With or without a verdict.
    Verdict,
    /// From a score on.
    Score,
}

impl Line {
    /// All of them, from top to bottom.
    pub const ALL: [Self; 7] = [
        Self::Unread,
        Self::Kind(CueKind::Claim),
        Self::Kind(CueKind::Rebuttal),
        Self::Kind(CueKind::Rhetoric),
        Self::Speaker,
        Self::Verdict,
        Self::Score,
    ];

    /// Its name and what is chosen.
    fn told(self, filter: &Filter) -> (&'static str, String) {
        let only = |only: bool| if only { "only" } else { "–" }.to_owned();
        match self {
            Self::Unread => ("unread", only(filter.unread)),
            Self::Kind(kind) => {
                let name = match kind {
                    CueKind::Claim => "claims",
                    CueKind::Rebuttal => "rebuttals",
                    CueKind::Rhetoric => "rhetoric",
                };
                (name, only(filter.kinds.iter().any(|wanted| wanted == kind.name())))
            }
            Self::Speaker => ("speaker", filter.speaker.clone().unwrap_or_else(|| "everyone".to_owned())),
            Self::Verdict => (
                "verdict",
                match filter.verdict {
                    None => "with or without".to_owned(),
                    Some(Wanted::None) => "none".to_owned(),
                    Some(Wanted::Any) => "any".to_owned(),
                    Some(Wanted::Is(verdict)) => verdict.name().to_owned(),
                },
            ),
            Self::Score if filter.from == 0 => ("score", "any".to_owned()),
            Self::Score => ("score", format!("from {:.2}", f32::from(filter.from) / 100.0)),
        }
    }

    /// Takes the next value, or the one before.
    fn change(self, filter: &mut Filter, speakers: &[String], by: isize) {
        match self {
            Self::Unread => filter.unread = !filter.unread,
            Self::Kind(kind) => {
                let before = filter.kinds.len();
                filter.kinds.retain(|name| name != kind.name());
                if filter.kinds.len() == before {
                    filter.kinds.push(kind.name().to_owned());
                }
            }
            Self::Speaker => {
                let values: Vec<Option<String>> =
                    std::iter::once(None).chain(speakers.iter().cloned().map(Some)).collect();
                filter.speaker = round(&values, &filter.speaker, by);
            }
            Self::Verdict => {
                let judged = Verdict::ALL.map(|verdict| Some(Wanted::Is(verdict)));
                let values: Vec<Option<Wanted>> =
                    [None, Some(Wanted::None), Some(Wanted::Any)].into_iter().chain(judged).collect();
                filter.verdict = round(&values, &filter.verdict, by);
            }
            Self::Score => filter.from = round(&SCORES, &filter.from, by),
        }
    }
}

/// The value `by` places after `now`, round at the end; the first if `now` is none of them.
fn round<T: Clone + PartialEq>(values: &[T], now: &T, by: isize) -> T {
    let place = values.iter().position(|value| value == now).map_or(0, usize::cast_signed);
    values[(place + by).rem_euclid(values.len().cast_signed()) as usize].clone()
}

/// The panel while it is open.
#[derive(Debug, Default)]
pub struct Filters {
    /// The chosen line.
    pub chosen: usize,
}

/// Opens the panel.
pub fn open(model: &mut Model) {
    model.mode = Mode::Filters(Filters::default());
}

/// Changes the chosen line; what is shown follows at once.
pub fn change(model: &mut Model, by: isize) {
    let Mode::Filters(Filters { chosen }) = model.mode else { return };
    let Some(line) = Line::ALL.get(chosen) else { return };
    let mut speakers: Vec<String> = Vec::new();
    for name in model.corpus.spoken_ids().map(|id| model.corpus.title_of(id)) {
        if !speakers.contains(&name) {
            speakers.push(name);
        }
    }
    let mut filter = model.shown.filter.clone();
    line.change(&mut filter, &speakers, by);
    model.shown.set(filter);
}

/// Leaves nothing out any more.
pub fn show_all(model: &mut Model) {
    model.shown.set(Filter::default());
}

/// Closes the panel and keeps the filter with the session.
pub fn close(model: &mut Model) -> Vec<Effect> {
    model.mode = Mode::Browse;
    keep(model)
}

/// Sends the filter to the journal, if it is another; where nothing can be written it holds until the
/// program ends.
fn keep(model: &mut Model) -> Vec<Effect> {
    let told = model.shown.told().unwrap_or_else(|| "all is shown".to_owned());
    let filter = model.shown.filter.clone();
    if filter == model.session.filter || model.read_only.is_some() {
        model.say(told);
        return Vec::new();
    }
    send(model, Act::Filtered { filter }, Some(told))
}

/// Paints the panel below the text.
pub fn paint(model: &Model, filters: &Filters, area: Rect, frame: &mut Frame<'_>) {
    let (theme, buffer) = (&model.theme, frame.buffer_mut());
    let told = model.shown.told().unwrap_or_else(|| "all is shown".to_owned());
    let rest = inset(title_row(area, &format!("what is shown · {told}"), theme, buffer), 1);
    let fits = usize::from(rest.height).max(1);
    let first = (filters.chosen + 1).saturating_sub(fits);
    for (number, line) in Line::ALL.into_iter().enumerate().skip(first).take(fits) {
        let (name, value) = line.told(&model.shown.filter);
        let chosen = number == filters.chosen;
        let style = if chosen { theme.header_focus } else { theme.text };
        let mut pen = Pen::new(buffer, row(rest, number - first));
        pen.put(if chosen { "▌ " } else { "  " }, theme.bar).put(&format!("{name:<12}"), style);
        let off = matches!(value.as_str(), "–" | "everyone" | "with or without" | "any")
            && !(line == Line::Verdict && value == "any");
        pen.put_shortened(&value, if off { theme.dim } else { theme.value });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_round_both_ways() {
        assert_eq!(round(&SCORES, &0, 1), 50);
        assert_eq!(round(&SCORES, &0, -1), 95);
        assert_eq!(round(&SCORES, &95, 1), 0);
        assert_eq!(round(&SCORES, &33, 1), 50);
    }

    #[test]
    fn a_line_changes_and_says_what_is_chosen() {
        let mut filter = Filter::default();
        let mut told = Vec::new();
        for line in Line::ALL {
            line.change(&mut filter, &["Mara Vell".to_owned()], 1);
            told.push(line.told(&filter).1);
        }
        assert_eq!(told, ["only", "only", "only", "only", "Mara Vell", "none", "from 0.50"]);
    }
}
