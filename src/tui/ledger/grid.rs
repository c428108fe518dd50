//! Where the columns of the ledger stand: the claim, then each other statement.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::corpus::StatementId;
use crate::report::ledger::{Cell, Row};
use crate::tui::layout::STACKED_BELOW;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};

/// Cells in which an answer can be read.
const LEAST: u16 = 28;
/// Cells of the bar before a claim, and of the blank before an answer.
pub const BESIDE: u16 = 2;

/// The columns for a width.
#[derive(Debug)]
pub struct Grid {
    /// Cells across.
    pub width: u16,
    /// Cells of the claim.
    pub claim: u16,
    /// Cells of each answer.
    pub answer: u16,
    pub columns: Columns,
}

/// What stands beside a claim.
#[derive(Debug)]
pub enum Columns {
    /// Nothing: the answers stand below it.
    Stacked,
    /// The only other statement, whichever that is.
    Other,
    /// These statements.
    Of(Vec<StatementId>),
}

impl Grid {
    /// The columns that fit, those beside `chosen` first.
    pub fn of(model: &Model, width: u16, chosen: Option<StatementId>) -> Self {
        let statements: Vec<StatementId> = model.corpus.spoken_ids().collect();
        if width < STACKED_BELOW {
            let (claim, answer) = (width, width.saturating_sub(2 * BESIDE));
            return Self { width, claim, answer, columns: Columns::Stacked };
        }
        if statements.len() <= 2 {
            return Self { width, claim: width / 2, answer: width - width / 2, columns: Columns::Other };
        }
        let claim = (width / (statements.len() as u16 + 1)).max(width / 4);
        let fit = usize::from((width - claim) / LEAST).clamp(1, statements.len());
        let place = statements.iter().position(|id| Some(*id) == chosen).unwrap_or(0);
        let first = (place + 1).saturating_sub(fit);
        let shown = statements[first..first + fit].to_vec();
        Self { width, claim, answer: (width - claim) / fit as u16, columns: Columns::Of(shown) }
    }

    /// The names over the columns, if they need any; gives the rest of `area`.
    pub fn paint_head(&self, model: &Model, area: Rect, buffer: &mut Buffer) -> Rect {
        let Columns::Of(shown) = &self.columns else { return area };
        let all = model.corpus.spoken_ids().count();
        for (place, id) in shown.iter().enumerate() {
            let mut pen = Pen::new(buffer, self.answer_area(row(area, 0), place));
            pen.put_shortened(&model.corpus.title_of(*id), model.theme.header);
        }
        if shown.len() < all {
            let words = format!("{} of {all} columns", shown.len());
            Pen::new(buffer, row(area, 0)).skip(BESIDE).put_shortened(&words, model.theme.dim);
        }
        let used = area.height.min(2);
        Rect { y: area.y + used, height: area.height - used, ..area }
    }

    /// Where the answers of column `place` stand.
    pub fn answer_area(&self, area: Rect, place: usize) -> Rect {
        let left = if matches!(self.columns, Columns::Stacked) {
            2 * BESIDE
        } else {
            self.claim + self.answer * place as u16
        };
        let left = left.min(area.width);
        let gap = if matches!(self.columns, Columns::Of(_)) { BESIDE } else { 0 };
        Rect { x: area.x + left, width: self.answer.saturating_sub(gap).min(area.width - left), ..area }
    }

    /// The cells of a claim that are shown, each with its column; none for a claim's own statement.
    pub fn cells<'r>(&self, entry: &'r Row) -> Vec<(usize, Option<&'r Cell>)> {
        match &self.columns {
            Columns::Stacked | Columns::Other => entry.cells.iter().map(|cell| (0, Some(cell))).collect(),
            Columns::Of(shown) => {
                let of = |id: &StatementId| entry.cells.iter().find(|cell| cell.statement == *id);
                shown.iter().enumerate().map(|(place, id)| (place, of(id))).collect()
            }
        }
    }
}
