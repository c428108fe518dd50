//! The mouse: a click goes to a sentence, a click on the strip to that part of the text, the wheel
//! scrolls what it is over, a drag selects words.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::action::Action;
use super::mode::Mode;
use super::model::Model;
use super::selection::{self, Selection};
use super::{arrange, motion, panel, wrap};
use crate::corpus::StatementId;

/// Rows that a step of the wheel scrolls.
const STEP: isize = 3;

/// Takes a mouse event.
pub fn take(model: &mut Model, event: MouseEvent) {
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => wheel(model, at, STEP),
        MouseEventKind::ScrollUp => wheel(model, at, -STEP),
        MouseEventKind::Down(MouseButton::Left) => click(model, at),
        MouseEventKind::Drag(MouseButton::Left) => drag(model, at),
        MouseEventKind::Up(MouseButton::Left) => model.pressed_at = None,
        _ => (),
    }
}

fn wheel(model: &mut Model, at: Position, rows: isize) {
    match model.mode {
        Mode::Help(_)
        | Mode::Source(_)
        | Mode::Notes(_)
        | Mode::Sources(_)
        | Mode::Rejected(_)
        | Mode::Agreement(_)
        | Mode::Ledger(_)
        | Mode::Outline(_)
        | Mode::Others(_)
        | Mode::Profile(_)
        | Mode::Palette(_)
        | Mode::Themes(_) => {
            let action = if rows > 0 { Action::Down } else { Action::Up };
            panel::scroll(model, action);
        }
        Mode::WhoSaid(_) | Mode::Inspect(_) if model.areas.panel.contains(at) => {
            let action = if rows > 0 { Action::Down } else { Action::Up };
            panel::scroll(model, action);
        }
        Mode::Browse | Mode::Inspect(_) | Mode::Select(_) => {
            let pane = model.areas.panes.iter().position(|pane| pane.body.contains(at));
            motion::scroll(model, pane.unwrap_or(model.pane()), rows);
        }
        _ => (),
    }
}

fn click(model: &mut Model, at: Position) {
    if !matches!(model.mode, Mode::Browse | Mode::Inspect(_) | Mode::Select(_)) {
        return;
    }
    if matches!(model.mode, Mode::Select(_)) {
        model.mode = Mode::Browse;
    }
    model.message = None;
    let over = |pane: &super::layout::Pane| pane.body.contains(at) || pane.header.contains(at);
    let Some(number) = model.areas.panes.iter().position(over) else { return };
    let pane = model.areas.panes[number];
    motion::focus_column(model, model.first + number);
    if !pane.body.contains(at) {
        return;
    }
    let Some(sheet) = model.sheets.get(number) else { return };
    let (row, height) = (usize::from(at.y - pane.body.y), usize::from(pane.body.height));
    let scroll = model.columns[sheet.statement.0 as usize].scroll;
    let on_strip = pane.strip_x() == Some(at.x) && sheet.rows() > height;
    model.pressed_at = if on_strip { None } else { byte_at(model, number, at) };
    let row = if on_strip {
        row * sheet.rows() / height.max(1)
    } else {
        scroll.saturating_add_unsigned(row).max(0).cast_unsigned()
    };
    let target = sheet.sentence(sheet.at(row));
    if on_strip { motion::jump(model, target) } else { motion::go(model, target) }
}

/// Selects from the word that was pressed to the one under the mouse; at the edge of the pane the text
/// scrolls on.
fn drag(model: &mut Model, at: Position) {
    let Some((statement, from)) = model.pressed_at else { return };
    if !matches!(model.mode, Mode::Browse | Mode::Inspect(_) | Mode::Select(_)) {
        return;
    }
    let Some(number) = model.pane_of(statement) else { return };
    let body = model.areas.panes[number].body;
    if body.is_empty() {
        return;
    }
    let rows = if at.y < body.y { -1 } else { isize::from(at.y >= body.bottom()) };
    let scroll = (model.columns[statement.0 as usize].scroll + rows).max(0);
    let at = Position::new(at.x.clamp(body.x, body.right() - 1), at.y.clamp(body.y, body.bottom() - 1));
    if rows != 0 {
        arrange::scroll_to(model, scroll);
    }
    let Some((_, to)) = byte_at(model, number, at) else { return };
    let selection = Selection::between(&model.corpus, statement, from, to);
    model.mode = Mode::Select(selection);
    selection::look(model);
}

/// The statement in a pane, and the byte of its text under a cell.
fn byte_at(model: &Model, pane: usize, at: Position) -> Option<(StatementId, usize)> {
    let (area, sheet) = (model.areas.panes.get(pane)?, model.sheets.get(pane)?);
    let below = usize::from(at.y.checked_sub(area.body.y)?);
    let scroll = model.columns[sheet.statement.0 as usize].scroll;
    let row = scroll.saturating_add_unsigned(below).max(0).cast_unsigned();
    let number = sheet.at(row);
    let id = sheet.sentence(number);
    let text = model.corpus.text(id);
    let within = row.saturating_sub(sheet.row(number)).min(sheet.height(number).saturating_sub(1));
    let bytes = sheet.rows_of(number, text, within).next()?;
    let cell = usize::from(at.x.saturating_sub(area.text_x()));
    let byte = bytes.start + wrap::byte_at(&text[bytes.clone()], cell);
    Some((sheet.statement, model.corpus.sentence(id).span.start + byte))
}
