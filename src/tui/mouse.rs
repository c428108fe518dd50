//! The mouse: a click goes to a sentence, a click on the strip to that part of the text, the wheel
//! scrolls what it is over.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::action::Action;
use super::model::{Mode, Model};
use super::{motion, panel};

/// Rows that a step of the wheel scrolls.
const STEP: isize = 3;

/// Takes a mouse event.
pub fn take(model: &mut Model, event: MouseEvent) {
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => wheel(model, at, STEP),
        MouseEventKind::ScrollUp => wheel(model, at, -STEP),
        MouseEventKind::Down(MouseButton::Left) => click(model, at),
        _ => (),
    }
}

fn wheel(model: &mut Model, at: Position, rows: isize) {
    match model.mode {
        Mode::Help(_) | Mode::Notes(_) | Mode::Sources(_) | Mode::Ledger(_) | Mode::Palette(_) => {
            let action = if rows > 0 { Action::Down } else { Action::Up };
            panel::scroll(model, action);
        }
        Mode::Inspect(_) if model.areas.panel.contains(at) => {
            let action = if rows > 0 { Action::Down } else { Action::Up };
            panel::scroll(model, action);
        }
        Mode::Browse | Mode::Inspect(_) => {
            let pane = model.areas.panes.iter().position(|pane| pane.body.contains(at));
            motion::scroll(model, pane.unwrap_or(model.pane()), rows);
        }
        _ => (),
    }
}

fn click(model: &mut Model, at: Position) {
    if !matches!(model.mode, Mode::Browse | Mode::Inspect(_)) {
        return;
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
    let row = if on_strip { row * sheet.rows() / height.max(1) } else { scroll + row };
    let target = sheet.sentence(sheet.at(row));
    if on_strip { motion::jump(model, target) } else { motion::go(model, target) }
}
