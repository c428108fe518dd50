//! The ledger on the screen: a claim at the left, what each other statement says to it at the right;
//! below each other where the window is narrow.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Clear;

use super::column::title_of;
use super::inspector::name_of;
use super::layout::STACKED_BELOW;
use super::line_edit::LineEdit;
use super::model::{Mode, Model};
use super::motion;
use super::paint::{Pen, inset, row, title_row};
use super::wrap;
use crate::analysis::{Relation, Status};
use crate::corpus::SentenceId;
use crate::report::ledger::{self, Band, Cell, Row};

/// Rows of a claim: whose it is, and two of its words.
const CLAIM_ROWS: usize = 3;
/// Rows of an entry, at least.
pub const LEAST_ROWS: usize = CLAIM_ROWS + 1;
/// Rows of an answer: whose it is, and its words.
const ANSWER_ROWS: usize = 2;

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
    let rest = title_row(area, &title(ledger, found.len()), &model.theme, frame.buffer_mut());
    let rest =
        inset(Rect { y: rest.y + rest.height.min(1), height: rest.height.saturating_sub(1), ..rest }, 1);
    if found.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("nothing is listed", model.theme.dim);
        return;
    }
    let chosen = ledger.chosen.min(found.len() - 1);
    let mut top = 0;
    for (number, entry) in found.iter().enumerate().skip(first_shown(&found, chosen, rest)) {
        if top >= usize::from(rest.height) {
            return;
        }
        let height = (height(entry, rest.width) as u16).min(rest.height - top as u16);
        let place = Rect { y: rest.y + top as u16, height, ..rest };
        paint_row(model, entry, number == chosen, place, frame);
        top += usize::from(height) + 1;
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

/// The first entry on the screen, so that the chosen one is about in its middle.
fn first_shown(found: &[&Row], chosen: usize, area: Rect) -> usize {
    let above = |rows: usize| {
        let mut used = 0;
        let fits = |row: &&&Row| {
            used += height(row, area.width) + 1;
            used <= rows
        };
        found[..chosen].iter().rev().take_while(fits).count()
    };
    let rows = usize::from(area.height);
    let own = height(found[chosen], area.width) + 1;
    let below: usize = found[chosen..].iter().map(|row| height(row, area.width) + 1).sum();
    let half = rows.saturating_sub(own) / 2;
    chosen - above(half.max(rows.saturating_sub(below)))
}

fn height(row: &Row, width: u16) -> usize {
    let answers = ANSWER_ROWS * row.cells.len();
    if width < STACKED_BELOW { CLAIM_ROWS + answers } else { CLAIM_ROWS.max(answers) }
}

fn paint_row(model: &Model, entry: &Row, chosen: bool, area: Rect, frame: &mut Frame<'_>) {
    for number in 0..usize::from(area.height) {
        let bar = if chosen { "▌" } else { " " };
        Pen::new(frame.buffer_mut(), row(area, number)).put(bar, model.theme.bar);
    }
    let narrow = area.width < STACKED_BELOW;
    let half = if narrow { area.width } else { area.width / 2 };
    let claim = inset(Rect { width: half, ..area }, 2);
    paint_claim(model, entry, chosen, claim, frame);
    let (across, down) = if narrow { (4, CLAIM_ROWS as u16) } else { (half, 0) };
    let answers = Rect {
        x: area.x + across.min(area.width),
        width: area.width.saturating_sub(across),
        y: area.y + down.min(area.height),
        height: area.height.saturating_sub(down),
    };
    for (number, cell) in entry.cells.iter().enumerate() {
        let rows = [0, 1].map(|line| row(answers, number * ANSWER_ROWS + line));
        paint_answer(model, cell, rows, frame);
    }
}

/// “0.83 Antony Blinken 2   disputed”, then the words.
fn paint_claim(model: &Model, entry: &Row, chosen: bool, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let about = if chosen { theme.header_focus } else { theme.header };
    let mut pen = Pen::new(frame.buffer_mut(), row(area, 0));
    pen.put(&format!("{:.2} ", entry.score), theme.claim.remove_modifier(ratatui::style::Modifier::all()));
    pen.put_shortened(&name_of(model, entry.claim), about);
    if let Some(verdict) = verdict(model, entry) {
        pen.put("   ", theme.text).put(verdict, theme.note);
    }
    let quote = one_line(model.corpus.text(entry.claim));
    let room = usize::from(area.width).max(1);
    let mut rows = wrap::rows(&quote, room);
    for number in 1..CLAIM_ROWS {
        let Some(words) = rows.next() else { return };
        // The last row tells that there is more.
        let words = if number + 1 == CLAIM_ROWS { words.start..quote.len() } else { words };
        Pen::new(frame.buffer_mut(), row(area, number)).put_shortened(&quote[words], theme.text);
    }
}

/// “rebuts 0.98  Zhao Lijian 1” or “no answer found, best 0.21  Zhao Lijian 4”, then the words.
fn paint_answer(model: &Model, cell: &Cell, rows: [Rect; 2], frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let mut pen = Pen::new(frame.buffer_mut(), rows[0]);
    let Some(best) = cell.best else {
        pen.put("no answer found  ", theme.dim);
        pen.put_shortened(&title_of(model, cell.statement), theme.dim);
        return;
    };
    let linked = best.status == Status::Suggested;
    let (told, name, words): (String, Style, Style) = if linked {
        (format!("{} ", best.relation.name()), theme.thread, theme.text)
    } else {
        ("no answer found, best ".to_owned(), theme.dim, theme.dim)
    };
    let style = if linked && best.relation != Relation::Echoes { theme.title } else { theme.dim };
    pen.put(&told, style).put(&format!("{:.2}  ", best.score), if linked { theme.value } else { theme.dim });
    pen.put_shortened(&name_of(model, best.sentence), name);
    let quote = one_line(model.corpus.text(best.sentence));
    Pen::new(frame.buffer_mut(), rows[1]).put_shortened(&format!("“{quote}”"), words);
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
