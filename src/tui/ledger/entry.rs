//! A claim of the ledger with what is said to it, in rows; whole if it is the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::analysis::{Relation, Status};
use crate::report::ledger::{Cell, Row};
use crate::text::one_line;
use crate::tui::column::title_of;
use crate::tui::inspector::name_of;
use crate::tui::layout::STACKED_BELOW;
use crate::tui::links::below;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};
use crate::tui::wrap;

/// Rows of words that are shown of a claim that is not chosen.
const CLAIM_ROWS: usize = 2;
/// The same for an answer.
const ANSWER_ROWS: usize = 1;
/// Cells of the bar before a claim, and of the blank after it.
const BESIDE: u16 = 2;

/// A claim and its place.
pub struct Entry<'m> {
    pub model: &'m Model,
    pub row: &'m Row,
    pub chosen: bool,
    /// Cells across.
    pub width: u16,
}

impl Entry<'_> {
    /// Rows that it takes, with a blank one below it.
    pub fn height(&self) -> usize {
        let claim = 1 + self.claim_words().1.len();
        let answers: usize = self.row.cells.iter().map(|cell| 1 + self.answer_words(cell).1.len()).sum();
        1 + if self.is_narrow() { claim + answers } else { claim.max(answers) }
    }

    fn is_narrow(&self) -> bool {
        self.width < STACKED_BELOW
    }

    /// Where the answers begin.
    fn across(&self) -> u16 {
        if self.is_narrow() { 2 * BESIDE } else { self.width / 2 }
    }

    /// The words of the claim and their rows.
    fn claim_words(&self) -> (String, Vec<std::ops::Range<usize>>) {
        let room = if self.is_narrow() { self.width } else { self.across() };
        let most = if self.chosen { usize::MAX } else { CLAIM_ROWS };
        cut(one_line(self.model.corpus.text(self.row.claim)), room.saturating_sub(2 * BESIDE), most)
    }

    /// The words of an answer and their rows.
    fn answer_words(&self, cell: &Cell) -> (String, Vec<std::ops::Range<usize>>) {
        let Some(best) = cell.best else { return (String::new(), Vec::new()) };
        let most = if self.chosen { usize::MAX } else { ANSWER_ROWS };
        let quote = format!("“{}”", one_line(self.model.corpus.text(best.sentence)));
        cut(quote, self.width.saturating_sub(self.across()), most)
    }

    /// Paints it from the top of `area`, as much as has room.
    pub fn paint(&self, area: Rect, buffer: &mut Buffer) {
        let bar = if self.chosen { "▌" } else { " " };
        for number in 0..self.height() - 1 {
            Pen::new(buffer, row(area, number)).put(bar, self.model.theme.bar);
        }
        let claim = Rect {
            x: area.x + BESIDE.min(area.width),
            width: (if self.is_narrow() { area.width } else { self.across() }).saturating_sub(2 * BESIDE),
            ..area
        };
        let mut next = self.paint_claim(claim, buffer);
        if !self.is_narrow() {
            next = 0;
        }
        let across = self.across().min(area.width);
        let answers = Rect { x: area.x + across, width: area.width - across, ..area };
        for cell in &self.row.cells {
            next += self.paint_answer(cell, answers, next, buffer);
        }
    }

    /// “0.83 Antony Blinken 2   disputed”, then the words; gives the rows taken.
    fn paint_claim(&self, area: Rect, buffer: &mut Buffer) -> usize {
        let (model, theme) = (self.model, &self.model.theme);
        let name = if self.chosen { theme.header_focus } else { theme.header };
        let score = Style { add_modifier: Modifier::empty(), ..theme.claim };
        let mut pen = Pen::new(buffer, row(area, 0));
        pen.put(&format!("{:.2} ", self.row.score), score);
        pen.put_shortened(&name_of(model, self.row.claim), name);
        if let Some(verdict) = super::verdict(model, self.row) {
            pen.put("   ", theme.text).put(verdict, theme.note);
        }
        let words = self.claim_words();
        put_rows(&words, area, 1, theme.text, buffer);
        1 + words.1.len()
    }

    /// “rebuts 0.98  Zhao Lijian 1” or “no answer found, best 0.21  Zhao Lijian 4”, then the words;
    /// gives the rows taken.
    fn paint_answer(&self, cell: &Cell, area: Rect, top: usize, buffer: &mut Buffer) -> usize {
        let (model, theme) = (self.model, &self.model.theme);
        let mut pen = Pen::new(buffer, row(area, top));
        let Some(best) = cell.best else {
            pen.put("no answer found  ", theme.dim);
            pen.put_shortened(&title_of(model, cell.statement), theme.dim);
            return 1;
        };
        let linked = best.status == Status::Suggested;
        let (name, said) = if linked { (theme.thread, theme.text) } else { (theme.dim, theme.dim) };
        if linked {
            let relation = if best.relation == Relation::Echoes { theme.dim } else { theme.title };
            pen.put(best.relation.name(), relation).put(&format!(" {:.2}  ", best.score), theme.value);
        } else {
            let from = model.findings.as_deref().map_or(1.0, |findings| findings.weights.thresholds.link);
            pen.put(&format!("no answer found, best {}  ", below(best.score, from)), theme.dim);
        }
        pen.put_shortened(&name_of(model, best.sentence), name);
        let words = self.answer_words(cell);
        put_rows(&words, area, top + 1, said, buffer);
        1 + words.1.len()
    }
}

/// The first `most` rows of `text` in `room` cells; the last one holds all that is left.
fn cut(text: String, room: u16, most: usize) -> (String, Vec<std::ops::Range<usize>>) {
    let mut rows: Vec<_> = wrap::rows(&text, usize::from(room).max(1)).take(most).collect();
    if let Some(last) = rows.last_mut() {
        last.end = text.len();
    }
    (text, rows)
}

fn put_rows(
    words: &(String, Vec<std::ops::Range<usize>>),
    area: Rect,
    top: usize,
    style: Style,
    buffer: &mut Buffer,
) {
    for (number, bytes) in words.1.iter().enumerate() {
        Pen::new(buffer, row(area, top + number)).put_shortened(&words.0[bytes.clone()], style);
    }
}
