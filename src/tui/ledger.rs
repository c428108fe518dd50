//! The ledger on the screen: a claim at the left, what each other statement says to it in a column of
//! its own; below each other where the window is narrow.
//!
//! ```text
//! ledger · 12 claims: 5 answered, … · 3 shown: none found        Tab goes on to
//!     claim            Oru              Lin                      pairs: how many links each two have
//! ▌ 0.94 Vell 2     ▸ rebuts 0.61 · 3   no answer found, …       chains: answers to answers
//! ```

mod chains;
mod entry;
mod grid;
mod narrowed;
mod pairs;
mod words;

use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::action::Action;
use super::effect::Effect;
use super::kept::Kept;
use super::keymap::Scope;
use super::line_edit::ListFilter;
use super::mode::Mode;
use super::model::Model;
use super::motion;
use super::paint::{Pen, list_area, row};
use crate::corpus::{SentenceId, StatementId};
use crate::report::ledger::print::Page;
use crate::report::ledger::{self, Band, Row};
use crate::session::Verdict;
use entry::Entry;
use grid::Grid;
use narrowed::Narrowed;
use words::Words;

/// Rows of most entries: whose claim it is, two rows of its words, a blank one.
pub const MOST_HAVE: usize = 4;

/// The ledger while it is open.
#[derive(Debug)]
pub struct Ledger {
    /// All claims, in the order wanted.
    rows: Vec<Row>,
    /// That order.
    order: Order,
    view: View,
    /// The chosen one of what is shown.
    chosen: usize,
    /// Whose answers are chosen: the best of each claim if none.
    column: Option<StatementId>,
    /// The chosen column of the pairs.
    answered: usize,
    /// Only claims with these words, or whose answers have them, are shown.
    pub filter: ListFilter,
    narrowed: Narrowed,
}

/// What of it is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    /// Claims against answers.
    Table,
    /// How many links each pair of statements has.
    Pairs,
    /// Claims, answers, counter-answers.
    Chains,
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// What is most surely a claim.
    Weight,
    /// What nobody answers.
    Unanswered,
    /// By speaker, and then what is said first.
    Text,
    /// What the reader has judged, verdict by verdict.
    Verdict,
}

impl Order {
    fn name(self) -> &'static str {
        match self {
            Self::Weight => "surest claims first",
            Self::Unanswered => "unanswered first",
            Self::Text => "by speaker, in the order of the texts",
            Self::Verdict => "by verdict",
        }
    }
}

impl Ledger {
    /// Takes back what is typed or narrowed, or goes back to the table; whether there was anything.
    pub fn step_back(&mut self) -> bool {
        let narrowed = self.filter.is_used() || self.narrowed.is_any();
        let elsewhere = self.view != View::Table;
        if narrowed {
            (self.filter, self.chosen) = (ListFilter::default(), 0);
            self.narrowed = Narrowed::default();
        } else {
            (self.view, self.chosen) = (View::Table, 0);
        }
        narrowed || elsewhere
    }

    /// The claims shown, as Markdown, or as CSV if `table`.
    pub fn written(&self, model: &Model, table: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let Some(findings) = model.findings.as_deref() else { return out };
        let rows: Vec<Row> = shown(model, self).into_iter().cloned().collect();
        let page = Page {
            corpus: &model.corpus,
            analysis: &findings.analysis,
            thresholds: &findings.weights.thresholds,
            rows: &rows,
            verdict: &|id| verdict(model, id),
        };
        let written = if table { page.csv(&mut out) } else { page.markdown(&mut out) };
        written.expect("memory takes all that is written");
        out
    }

    /// The place of the cursor, for keys that move it.
    pub fn place(&mut self) -> &mut usize {
        &mut self.chosen
    }
}

/// Opens the ledger on the sentence in focus, if that is a claim.
pub fn open(model: &mut Model) {
    let Some(findings) = model.findings.as_deref() else { return };
    let rows = ledger::rows(&model.corpus, &findings.analysis, &findings.weights.thresholds);
    let here = model.sentence();
    let chosen = rows.iter().position(|row| Some(row.claim) == here).unwrap_or(0);
    model.mode = Mode::Ledger(Ledger {
        rows,
        order: Order::Weight,
        view: View::Table,
        chosen,
        column: None,
        answered: 1,
        filter: ListFilter::default(),
        narrowed: Narrowed::default(),
    });
}

/// Puts the claims into the next order. The chosen one stays chosen, but for the first: who has not yet
/// moved wants to see what comes first now.
pub fn reorder(model: &mut Model) {
    let Mode::Ledger(ledger) = &mut model.mode else { return };
    ledger.order = match ledger.order {
        Order::Weight => Order::Unanswered,
        Order::Unanswered => Order::Text,
        Order::Text => Order::Verdict,
        Order::Verdict => Order::Weight,
    };
    let order = ledger.order;
    keep_chosen(model, |model| {
        let verdicts = |row: &Row| verdict(model, row.claim).map_or(usize::MAX, |given| given as usize);
        let keys: Vec<usize> = match &model.mode {
            Mode::Ledger(ledger) => ledger.rows.iter().map(verdicts).collect(),
            _ => return,
        };
        let Mode::Ledger(ledger) = &mut model.mode else { return };
        let mut rows: Vec<(usize, Row)> = keys.into_iter().zip(std::mem::take(&mut ledger.rows)).collect();
        rows.sort_by(|(given, a), (other, b)| {
            let weight = b.score.total_cmp(&a.score).then(a.claim.cmp(&b.claim));
            match order {
                Order::Weight => weight,
                Order::Unanswered => a.band.cmp(&b.band).then(weight),
                Order::Text => a.claim.cmp(&b.claim),
                Order::Verdict => given.cmp(other).then(weight),
            }
        });
        ledger.rows = rows.into_iter().map(|(_, row)| row).collect();
    });
    model.say(order.name());
}

/// Changes what is shown; the chosen claim stays chosen if it still is, and is not the first.
fn keep_chosen(model: &mut Model, change: impl FnOnce(&mut Model)) {
    let at_first = matches!(&model.mode, Mode::Ledger(ledger) if ledger.chosen == 0);
    let here = chosen(model).filter(|_| !at_first).map(|row| row.claim);
    change(model);
    let Mode::Ledger(ledger) = &model.mode else { return };
    let place = shown(model, ledger).iter().position(|row| Some(row.claim) == here);
    if let Mode::Ledger(ledger) = &mut model.mode {
        ledger.chosen = place.unwrap_or(0);
    }
}

/// Shows only claims of the next band, then all again.
pub fn next_band(model: &mut Model) {
    narrow(model, |_, narrowed| narrowed.next_band());
}

/// Shows only claims with the next verdict, then all again.
pub fn next_verdict(model: &mut Model) {
    narrow(model, |_, narrowed| narrowed.next_verdict());
}

/// Shows only claims of the next speaker, then all again.
pub fn next_speaker(model: &mut Model) {
    narrow(model, |model, narrowed| narrowed.next_speaker(&model.corpus.spoken_ids().collect::<Vec<_>>()));
}

fn narrow(model: &mut Model, change: impl FnOnce(&Model, &mut Narrowed)) {
    let Mode::Ledger(ledger) = &model.mode else { return };
    let mut narrowed = ledger.narrowed;
    change(model, &mut narrowed);
    keep_chosen(model, |model| {
        if let Mode::Ledger(ledger) = &mut model.mode {
            ledger.narrowed = narrowed;
        }
    });
}

/// Goes on from the table to the pairs, to the chains, and back.
pub fn next_view(model: &mut Model) {
    let Mode::Ledger(ledger) = &mut model.mode else { return };
    ledger.view = match ledger.view {
        View::Table => View::Pairs,
        View::Pairs => View::Chains,
        View::Chains => View::Table,
    };
    ledger.chosen = 0;
}

/// Why an action that chooses among claims does nothing in the view that counts links.
pub fn refused(model: &Model, action: Action) -> Option<String> {
    let Mode::Ledger(Ledger { view: View::Pairs, .. }) = model.mode else { return None };
    let chooses = matches!(
        action,
        Action::Reorder | Action::NextBand | Action::NextVerdict | Action::NextSpeaker | Action::Filter
    );
    let key = model.keymap.key_of(Scope::Ledger, Action::NextView).unwrap_or_default();
    chooses.then(|| format!("all links are counted here; {key} goes on to the chains"))
}

/// Chooses whose answers the cursor stands on.
pub fn sideways(model: &mut Model, by: isize) {
    let count = model.corpus.spoken_ids().count();
    let here = chosen(model);
    let Mode::Ledger(ledger) = &mut model.mode else { return };
    if ledger.view == View::Pairs {
        ledger.answered = ledger.answered.saturating_add_signed(by).min(count.saturating_sub(1));
        return;
    }
    let Some(row) = here else { return };
    let now = ledger.column.or(row.best_cell().map(|cell| cell.statement));
    let place = row.cells.iter().position(|cell| Some(cell.statement) == now).unwrap_or(0);
    let place = place.saturating_add_signed(by).min(row.cells.len().saturating_sub(1));
    ledger.column = row.cells.get(place).map(|cell| cell.statement);
}

/// What is made for the ledger and kept while it is moved about in.
#[derive(Debug, Default)]
pub struct Lists {
    /// Places in the rows.
    shown: Kept<Wanted, Vec<usize>>,
    lines: Kept<Wanted, Vec<chains::Line>>,
}

/// What that depends on: the model's changes, words, bands and the like, the order.
type Wanted = (u64, String, Narrowed, Order);

fn wanted(model: &Model, ledger: &Ledger) -> Wanted {
    (model.changes, ledger.filter.text().to_lowercase(), ledger.narrowed, ledger.order)
}

/// The claims that pass the filter.
fn shown<'l>(model: &Model, ledger: &'l Ledger) -> Vec<&'l Row> {
    let wanted = wanted(model, ledger);
    let words = Words::of(model, &wanted.1);
    let passes = |row: &Row| {
        ledger.narrowed.passes(model, row) && (words.wanted.is_empty() || words.are_in(model, row))
    };
    let find = || (0..ledger.rows.len()).filter(|place| passes(&ledger.rows[*place])).collect();
    model.lists.ledger.shown.get(wanted, find).iter().map(|place| &ledger.rows[*place]).collect()
}

/// Claims, answers and counter-answers of what is shown.
fn chains_shown(model: &Model, ledger: &Ledger) -> Rc<Vec<chains::Line>> {
    let find = || chains::lines(model, &shown(model, ledger));
    model.lists.ledger.lines.get(wanted(model, ledger), find)
}

/// How far the cursor can go.
pub fn last(model: &Model, ledger: &Ledger) -> usize {
    let count = match ledger.view {
        View::Table => shown(model, ledger).len(),
        View::Pairs => model.corpus.spoken_ids().count(),
        View::Chains => chains_shown(model, ledger).len(),
    };
    count.saturating_sub(1)
}

fn verdict(model: &Model, claim: SentenceId) -> Option<Verdict> {
    model.annotations.sentences.get(&claim)?.verdict
}

fn chosen(model: &Model) -> Option<Row> {
    let Mode::Ledger(ledger) = &model.mode else { return None };
    shown(model, ledger).get(ledger.chosen).map(|row| (*row).clone())
}

/// Closes the ledger and goes to the chosen claim and to the chosen answer beside it.
pub fn go(model: &mut Model) {
    let Mode::Ledger(ledger) = &model.mode else { return };
    let ends = match ledger.view {
        View::Table => table_ends(model, ledger),
        View::Pairs => pairs::ends(model, ledger.chosen, ledger.answered),
        View::Chains => chains::ends(&chains_shown(model, ledger), ledger.chosen),
    };
    match ends {
        Some((here, there)) => {
            model.mode = Mode::Browse;
            motion::jump_to_pair(model, here, there);
        }
        None => model.say("nothing is listed here"),
    }
}

fn table_ends(model: &Model, ledger: &Ledger) -> Option<(SentenceId, Option<SentenceId>)> {
    let found = shown(model, ledger);
    let row = found.get(ledger.chosen)?;
    let of_column = row.cells.iter().find(|cell| Some(cell.statement) == ledger.column);
    let cell = of_column.or(row.best_cell());
    let said = cell.and_then(|cell| cell.answer().or(cell.echo).or(cell.best));
    Some((row.claim, said.map(|best| best.sentence)))
}

/// Copies the claims shown, as Markdown, or as CSV if `table`.
pub fn copy(model: &Model, table: bool) -> Vec<Effect> {
    let Mode::Ledger(ledger) = &model.mode else { return Vec::new() };
    vec![Effect::Copy(String::from_utf8_lossy(&ledger.written(model, table)).into_owned())]
}

/// Paints the ledger over `area`.
pub fn paint(model: &Model, ledger: &Ledger, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let found = shown(model, ledger);
    let rest = list_area(area, &title(model, ledger, found.len()), &model.theme, frame.buffer_mut());
    match ledger.view {
        View::Pairs => pairs::paint(model, (ledger.chosen, ledger.answered), rest, frame),
        View::Chains => chains::paint(model, &chains_shown(model, ledger), ledger.chosen, rest, frame),
        View::Table if found.is_empty() => {
            Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("nothing is listed", model.theme.dim);
        }
        View::Table => table(model, ledger, &found, rest, frame),
    }
}

fn table(model: &Model, ledger: &Ledger, found: &[&Row], area: Rect, frame: &mut Frame<'_>) {
    let chosen = ledger.chosen.min(found.len() - 1);
    let column = ledger.column.filter(|id| found[chosen].cells.iter().any(|cell| cell.statement == *id));
    let column = column.or(found[chosen].best_cell().map(|cell| cell.statement));
    let grid = Grid::of(model, area.width, column);
    let mut place = grid.paint_head(model, area, frame.buffer_mut());
    let entry = |number: usize| Entry {
        model,
        row: found[number],
        grid: &grid,
        chosen: (number == chosen).then_some(column).flatten(),
        is_chosen: number == chosen,
    };
    for number in first_shown(found.len(), chosen, usize::from(place.height), |number| entry(number).height())
        ..found.len()
    {
        if place.is_empty() {
            return;
        }
        let entry = entry(number);
        entry.paint(place, frame.buffer_mut());
        let used = (entry.height() as u16).min(place.height);
        place = Rect { y: place.y + used, height: place.height - used, ..place };
    }
}

/// “ledger · 12 claims: 5 answered, 2 maybe answered, 5 none found · 3 shown: with “ferry””
fn title(model: &Model, ledger: &Ledger, shown: usize) -> String {
    let count = |band| ledger.rows.iter().filter(|row| row.band == band).count();
    let met = Band::ALL.into_iter().map(|band| (count(band), band)).filter(|(count, _)| *count > 0);
    let bands: Vec<String> = met.map(|(count, band)| format!("{count} {}", band.name())).collect();
    let mut told = ledger.narrowed.told(model);
    if !ledger.filter.text().is_empty() {
        told.push(format!("with “{}”", ledger.filter.text()));
    }
    let all = ledger.rows.len();
    let shown = if told.is_empty() {
        String::new()
    } else {
        format!(" · {shown} of {all} shown: {}", told.join(", "))
    };
    let what = match ledger.view {
        View::Table if model.session.blind => "your own marks and links; the program’s are hidden".to_owned(),
        View::Table => format!("{all} claims: {} · {}", bands.join(", "), ledger.order.name()),
        View::Pairs => "links by pair: a row answers a column".to_owned(),
        View::Chains => "claims, answers, counter-answers".to_owned(),
    };
    format!("ledger{shown} · {what}")
}

/// The first of `count` entries on a screen of `rows`, so that the chosen one is about in its middle.
fn first_shown(count: usize, chosen: usize, rows: usize, height: impl Fn(usize) -> usize) -> usize {
    let half = rows.saturating_sub(height(chosen)) / 2;
    let mut below = 0;
    let left = (chosen..count).take_while(|number| {
        below += height(*number);
        below < rows
    });
    let room = if left.last() == Some(count - 1) { rows.saturating_sub(below) } else { 0 };
    let mut used = 0;
    let above = (0..chosen).rev().take_while(|number| {
        used += height(*number);
        used <= half.max(room)
    });
    chosen - above.count()
}

#[cfg(test)]
mod tests {
    use super::first_shown;

    #[track_caller]
    fn check(chosen: usize, expected: usize) {
        assert_eq!(first_shown(9, chosen, 12, |number| if number == chosen { 6 } else { 3 }), expected);
    }

    #[test]
    fn the_chosen_entry_is_about_in_the_middle() {
        check(0, 0);
        check(1, 0);
        check(4, 3);
        check(7, 6);
        check(8, 6);
    }
}
