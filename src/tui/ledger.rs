//! The ledger on the screen: a claim at the left, what each other statement says to it at the right;
//! below each other where the window is narrow.

mod entry;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::inspector::name_of;
use super::line_edit::LineEdit;
use super::model::{Mode, Model};
use super::motion;
use super::paint::{Pen, list_area, row};
use crate::corpus::SentenceId;
use crate::report::ledger::{self, Band, Row};
use entry::Entry;

/// Rows of most entries: whose claim it is, two rows of its words, a blank one.
pub const MOST_HAVE: usize = 4;

/// The ledger while it is open.
#[derive(Debug)]
pub struct Ledger {
    /// All claims, in the order wanted.
    rows: Vec<Row>,
    /// That order.
    order: Order,
    /// The chosen one of the claims shown.
    pub chosen: usize,
    /// Only claims with these words, or whose answers have them, are shown.
    pub filter: LineEdit,
    /// Whether the filter is being typed.
    pub filtering: bool,
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// What is most surely a claim.
    Weight,
    /// What nobody answers.
    Unanswered,
    /// What is said first.
    Text,
}

impl Ledger {
    /// Takes the filter away; the chosen claim is the first.
    pub fn show_all(&mut self) {
        (self.filter, self.filtering, self.chosen) = (LineEdit::default(), false, 0);
    }
}

impl Order {
    fn name(self) -> &'static str {
        match self {
            Self::Weight => "surest claims first",
            Self::Unanswered => "unanswered first",
            Self::Text => "in the order of the texts",
        }
    }
}

/// Opens the ledger on the sentence in focus, if that is a claim.
pub fn open(model: &mut Model) {
    let Some(findings) = model.findings.as_deref() else { return };
    let rows = ledger::rows(&model.corpus, &findings.analysis, &findings.weights.thresholds);
    let here = model.sentence();
    let chosen = rows.iter().position(|row| Some(row.claim) == here).unwrap_or(0);
    let (filter, filtering) = (LineEdit::default(), false);
    model.mode = Mode::Ledger(Ledger { rows, order: Order::Weight, chosen, filter, filtering });
}

/// Puts the claims into the next order, the chosen one staying chosen.
pub fn reorder(model: &mut Model) {
    let here = chosen(model).map(|row| row.claim);
    let Mode::Ledger(ledger) = &mut model.mode else { return };
    ledger.order = match ledger.order {
        Order::Weight => Order::Unanswered,
        Order::Unanswered => Order::Text,
        Order::Text => Order::Weight,
    };
    let order = ledger.order;
    match order {
        Order::Weight => ledger.rows.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.claim.cmp(&b.claim))),
        Order::Unanswered => {
            ledger.rows.sort_by(|a, b| a.band.cmp(&b.band).then(b.score.total_cmp(&a.score)));
        }
        Order::Text => ledger.rows.sort_by_key(|row| row.claim),
    }
    let place = match &model.mode {
        Mode::Ledger(ledger) => shown(model, ledger).iter().position(|row| Some(row.claim) == here),
        _ => None,
    };
    if let Mode::Ledger(ledger) = &mut model.mode {
        ledger.chosen = place.unwrap_or(0);
    }
    model.say(order.name());
}

/// The claims that pass the filter.
pub fn shown<'l>(model: &Model, ledger: &'l Ledger) -> Vec<&'l Row> {
    let wanted = ledger.filter.text().to_lowercase();
    ledger.rows.iter().filter(|row| wanted.is_empty() || matches(model, row, &wanted)).collect()
}

/// Whether the words of a claim or of what is said to it, a name, a band or a verdict hold `wanted`.
fn matches(model: &Model, row: &Row, wanted: &str) -> bool {
    let holds = |words: &str| words.to_lowercase().contains(wanted);
    let of_sentence = |id: SentenceId| holds(&name_of(model, id)) || holds(model.corpus.text(id));
    holds(row.band.name())
        || verdict(model, row).is_some_and(holds)
        || of_sentence(row.claim)
        || row.cells.iter().filter_map(|cell| cell.best).any(|best| of_sentence(best.sentence))
}

fn verdict(model: &Model, row: &Row) -> Option<&'static str> {
    Some(model.annotations.sentences.get(&row.claim)?.verdict?.name())
}

fn chosen(model: &Model) -> Option<Row> {
    let Mode::Ledger(ledger) = &model.mode else { return None };
    shown(model, ledger).get(ledger.chosen).map(|row| (*row).clone())
}

/// Closes the ledger and goes to the chosen claim, its best answer beside it.
pub fn go(model: &mut Model) {
    let Some(row) = chosen(model) else { return model.say("nothing is listed") };
    model.mode = Mode::Browse;
    motion::jump(model, row.claim);
}

/// Paints the ledger over `area`.
pub fn paint(model: &Model, ledger: &Ledger, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let found = shown(model, ledger);
    let rest = list_area(area, &title(ledger, found.len()), &model.theme, frame.buffer_mut());
    if found.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("nothing is listed", model.theme.dim);
        return;
    }
    let chosen = ledger.chosen.min(found.len() - 1);
    let entry =
        |number: usize| Entry { model, row: found[number], chosen: number == chosen, width: rest.width };
    let mut place = rest;
    for number in first_shown(found.len(), chosen, usize::from(rest.height), |number| entry(number).height())
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

/// “ledger · 12 claims: 5 answered, 2 maybe answered, 5 none found · 3 with “ferry””
fn title(ledger: &Ledger, shown: usize) -> String {
    let count = |band| ledger.rows.iter().filter(|row| row.band == band).count();
    let bands: Vec<String> =
        Band::ALL.iter().map(|band| format!("{} {}", count(*band), band.name())).collect();
    let shown = match ledger.filter.text() {
        "" => String::new(),
        words => format!(" · {shown} with “{words}”"),
    };
    format!("ledger · {} claims: {}{shown} · {}", ledger.rows.len(), bands.join(", "), ledger.order.name())
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
