//! Accepting at once all that is suggested from a score on: the score is shown with what it takes in,
//! and is moved before it is done.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::effect::Effect;
use super::inspector::name_of;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::stepping::{self, Scored};
use super::triage::{self, Suggestion};
use crate::session::Ruling;
use crate::text::one_line;

/// The first score offered, in hundredths.
const FIRST: u8 = 80;
/// How far a step moves it.
const STEP: u8 = 5;

/// The score from which on all is accepted.
#[derive(Debug)]
pub struct Bulk {
    /// In hundredths.
    from: u8,
    /// The surest first.
    found: Vec<Scored>,
}

impl Bulk {
    fn taken(&self) -> impl Iterator<Item = Suggestion> {
        let from = f32::from(self.from) / 100.0;
        self.found.iter().filter(move |(_, score)| *score >= from).map(|(suggestion, _)| *suggestion)
    }

    /// The one of these with the lowest score.
    fn least(&self) -> Option<&Scored> {
        self.found[..self.taken().count()].last()
    }

    /// “12 claims, 3 rebuttals, 2 links”
    fn told(&self) -> String {
        let names = ["claim", "rebuttal", "rhetoric", "link"];
        let count = |name: &str| self.taken().filter(|taken| taken.name() == name).count();
        let plural = |name: &str, count| if count == 1 || name == "rhetoric" { "" } else { "s" };
        let parts = names.iter().map(|name| (name, count(name))).filter(|(_, count)| *count > 0);
        let parts: Vec<String> =
            parts.map(|(name, count)| format!("{count} {name}{}", plural(name, count))).collect();
        if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
    }
}

/// Gathers what is undecided of all that is shown.
pub fn open(model: &mut Model) {
    let found = stepping::ranked(model);
    model.mode = Mode::Bulk(Bulk { from: FIRST, found });
}

/// Moves the score up or down.
pub fn step(model: &mut Model, up: bool) {
    if let Mode::Bulk(bulk) = &mut model.mode {
        bulk.from = if up { (bulk.from + STEP).min(100) } else { bulk.from.saturating_sub(STEP) };
    }
}

/// Accepts what the score takes in, as one act.
pub fn take(model: &mut Model) -> Vec<Effect> {
    let Mode::Bulk(bulk) = &model.mode else { return Vec::new() };
    let (these, told) = (bulk.taken().collect::<Vec<_>>(), bulk.told());
    if these.is_empty() {
        model.say("no suggestion has this score; a lower one takes in more");
        return Vec::new();
    }
    model.mode = Mode::Browse;
    triage::decide(model, &these, Ruling::Accepted, format!("accepted {told}"))
}

/// Paints the panel: the score and what it takes in.
pub fn paint(model: &Model, bulk: &Bulk, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let title = format!("accept all from {:.2}", f32::from(bulk.from) / 100.0);
    let rest = inset(title_row(area, &title, theme, frame.buffer_mut()), 1);
    let mut pen = Pen::new(frame.buffer_mut(), row(rest, 0));
    pen.put("accepts ", theme.text).put_shortened(&bulk.told(), theme.value);
    let left = bulk.found.len() - bulk.taken().count();
    if let Some((least, score)) = bulk.least() {
        let mut pen = Pen::new(frame.buffer_mut(), row(rest, 1));
        pen.put("the least sure is ", theme.text).put(&format!("{} {score:.2} ", least.name()), theme.value);
        let words = one_line(model.corpus.text(least.sentence()));
        pen.put_shortened(&format!("{}: {words}", name_of(model, least.sentence())), theme.text);
    }
    let told = format!(
        "{left} with a lower score stay undecided; what you decided before stays as it is; one step for undo"
    );
    Pen::new(frame.buffer_mut(), row(rest, 2)).put_shortened(&told, theme.dim);
}
