//! A claim of the ledger with what is said to it, in rows; whole if it is the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::grid::{BESIDE, Columns, Grid};
use crate::analysis::By;
use crate::corpus::StatementId;
use crate::report::ledger::{Best, Cell, Row, below};
use crate::text::one_line;
use crate::tui::inspector::name_of;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};
use crate::tui::wrap;

/// Rows of words that are shown of a claim that is not chosen.
const CLAIM_ROWS: usize = 2;
/// The same for an answer.
const ANSWER_ROWS: usize = 1;

/// A claim and its place.
pub struct Entry<'m> {
    pub model: &'m Model,
    pub row: &'m Row,
    pub grid: &'m Grid,
    /// Whose answer the cursor stands on, if it stands on this claim.
    pub chosen: Option<StatementId>,
    pub is_chosen: bool,
}

/// Text and the bytes of its rows.
type Rows = (String, Vec<std::ops::Range<usize>>);

impl Entry<'_> {
    /// Rows that it takes, with a blank one below it.
    pub fn height(&self) -> usize {
        let claim = 1 + self.claim_words().1.len();
        let cells = self.grid.cells(self.row);
        let heights = cells.iter().map(|(_, cell)| cell.map_or(0, |cell| self.cell_height(cell)));
        1 + match self.grid.columns {
            Columns::Stacked => claim + heights.sum::<usize>(),
            Columns::Other | Columns::Of(_) => claim.max(heights.max().unwrap_or(0)),
        }
    }

    fn cell_height(&self, cell: &Cell) -> usize {
        told(cell).iter().map(|best| 1 + self.answer_words(*best).1.len()).sum::<usize>().max(1)
    }

    fn claim_words(&self) -> Rows {
        let most = if self.is_chosen { usize::MAX } else { CLAIM_ROWS };
        let room = self.grid.claim.saturating_sub(2 * BESIDE);
        cut(one_line(self.model.corpus.text(self.row.claim)), room, most)
    }

    fn answer_words(&self, best: Best) -> Rows {
        let most = if self.is_chosen { usize::MAX } else { ANSWER_ROWS };
        let quote = format!("“{}”", one_line(self.model.corpus.text(best.sentence)));
        let area = self.grid.answer_area(Rect::new(0, 0, self.grid.width, 1), 0);
        cut(quote, area.width, most)
    }

    /// Paints it from the top of `area`, as much as has room.
    pub fn paint(&self, area: Rect, buffer: &mut Buffer) {
        let bar = if self.is_chosen { "▌" } else { " " };
        for number in 0..self.height() - 1 {
            Pen::new(buffer, row(area, number)).put(bar, self.model.theme.bar);
        }
        let x = area.x + BESIDE.min(area.width);
        let claim = Rect { x, width: self.grid.claim.min(area.width).saturating_sub(2 * BESIDE), ..area };
        let used = self.paint_claim(claim, buffer);
        let mut next = if matches!(self.grid.columns, Columns::Stacked) { used } else { 0 };
        for (place, cell) in self.grid.cells(self.row) {
            let answer = self.grid.answer_area(area, place);
            let Some(cell) = cell else {
                Pen::new(buffer, row(answer, 0)).put("·", self.model.theme.dim);
                continue;
            };
            if self.chosen == Some(cell.statement) && self.row.cells.len() > 1 {
                let before = Rect { x: answer.x.saturating_sub(BESIDE), width: BESIDE, ..answer };
                Pen::new(buffer, row(before, next)).put("▸", self.model.theme.bar);
            }
            let used = self.paint_cell(cell, answer, next, buffer);
            if matches!(self.grid.columns, Columns::Stacked) {
                next += used;
            }
        }
    }

    /// “0.94 Mara Vell 2   disputed”, then the words; gives the rows taken.
    fn paint_claim(&self, area: Rect, buffer: &mut Buffer) -> usize {
        let (model, theme) = (self.model, &self.model.theme);
        let name = if self.is_chosen { theme.header_focus } else { theme.header };
        let score = Style { add_modifier: Modifier::empty(), ..theme.claim };
        let mut pen = Pen::new(buffer, row(area, 0));
        pen.put(&format!("{:.2} ", self.row.score), score);
        pen.put_shortened(&name_of(model, self.row.claim), name);
        if let Some(verdict) = super::verdict(model, self.row.claim) {
            pen.put("   ", theme.text).put(verdict.name(), theme.note);
        }
        let words = self.claim_words();
        put_rows(&words, area, 1, theme.text, buffer);
        1 + words.1.len()
    }

    fn paint_cell(&self, cell: &Cell, area: Rect, top: usize, buffer: &mut Buffer) -> usize {
        let (model, theme) = (self.model, &self.model.theme);
        let said = told(cell);
        if said.is_empty() {
            let mut pen = Pen::new(buffer, row(area, top));
            // What is hidden is not what is not there.
            let hidden = model.session.blind;
            pen.put(if hidden { "links are hidden" } else { "no answer found" }, theme.dim);
            if !matches!(self.grid.columns, Columns::Of(_)) {
                pen.put("  ", theme.dim).put_shortened(&model.corpus.title_of(cell.statement), theme.dim);
            }
            return 1;
        }
        let mut used = 0;
        for best in said {
            used += self.paint_answer(best, area, top + used, buffer);
        }
        used
    }

    /// “rebuts 0.98  Zhao Lijian 1” or “no answer found, best 0.21  Zhao Lijian 4”, then the words;
    /// gives the rows taken.
    fn paint_answer(&self, best: Best, area: Rect, top: usize, buffer: &mut Buffer) -> usize {
        let (model, theme) = (self.model, &self.model.theme);
        let mut pen = Pen::new(buffer, row(area, top));
        let answers = best.is_linked() && best.relation.answers();
        let (name, said) = if answers { (theme.thread, theme.text) } else { (theme.dim, theme.dim) };
        let place = if matches!(self.grid.columns, Columns::Of(_)) {
            format!(" · {}", model.corpus.number_of(best.sentence) + 1)
        } else {
            format!("  {}", name_of(model, best.sentence))
        };
        // Where it stands is not cut away for the sake of words.
        let fitting = |pen: &Pen<'_>, long: String, short: String| {
            if wrap::width(&long) + wrap::width(&place) > pen.room() { short } else { long }
        };
        if answers {
            let score = match best.by {
                By::Program => format!(" {:.2}", best.score),
                By::Accepted => format!(" {:.2}, accepted", best.score),
                By::Reader => ", your link".to_owned(),
            };
            pen.put(best.relation.name(), theme.title).put(&score, theme.value);
        } else if best.is_linked() {
            let same = format!("says the same {:.2}", best.score);
            let told = fitting(&pen, format!("no answer: {same}"), same);
            pen.put(&told, theme.dim);
        } else {
            let from = model.findings.as_deref().map_or(1.0, |findings| findings.weights.thresholds.link);
            let best = below(best.score, from);
            let told =
                fitting(&pen, format!("no answer found, best {best}"), format!("none found, best {best}"));
            pen.put(&told, theme.dim);
        }
        pen.put_shortened(&place, name);
        let words = self.answer_words(best);
        put_rows(&words, area, top + 1, said, buffer);
        1 + words.1.len()
    }
}

/// What is told of a cell: the answer or what comes closest to one, and who says the same instead.
fn told(cell: &Cell) -> Vec<Best> {
    let echo = cell.echo.filter(|_| cell.answer().is_none());
    cell.best.into_iter().chain(echo).collect()
}

/// The first `most` rows of `text` in `room` cells; the last one holds all that is left.
fn cut(text: String, room: u16, most: usize) -> Rows {
    let mut rows: Vec<_> = wrap::rows(&text, usize::from(room).max(1)).take(most).collect();
    if let Some(last) = rows.last_mut() {
        last.end = text.len();
    }
    (text, rows)
}

fn put_rows(words: &Rows, area: Rect, top: usize, style: Style, buffer: &mut Buffer) {
    for (number, bytes) in words.1.iter().enumerate() {
        Pen::new(buffer, row(area, top + number)).put_shortened(&words.0[bytes.clone()], style);
    }
}
