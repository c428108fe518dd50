//! Fits the text to the screen after every change: panes, measures, scrolling; [`super::level`] pads rows.
//!
//! The sentence in focus keeps its screen row whenever that is possible: marks and links may arrive,
//! a panel may open or the window be resized without moving the line under the reader's eye.

use super::layout::Areas;
use super::level::{self, level};
use super::model::{Model, Scrolling};
use super::page::Sheet;
use crate::corpus::SentenceId;

/// Rows kept between the sentence in focus and the edge of its pane, if there is room.
const BREATH: usize = 2;

/// Brings the parts of the screen in line with the model.
pub fn arrange(model: &mut Model) {
    super::filter::refresh(model);
    let eye = eye_row(model);
    arrange_at(model, eye);
}

/// The same, the sentence in focus on screen row `eye` if the text is measured anew.
pub fn arrange_at(model: &mut Model, eye: Option<isize>) {
    let areas = model.areas_now();
    let before = std::mem::replace(&mut model.areas, areas);
    slide_to_focus(model);
    if measure(model) {
        level(model);
        hold_eye(model, eye);
        if before.all != model.areas.all {
            fill(model);
        }
    } else if before.all == model.areas.all {
        give_way_to_panel(model, below(&before));
    }
    super::source::fit(model);
    show_cursor(model);
    level::face(model);
    super::strip::refresh(model);
}

/// Remembers where the text stood when a panel takes room, and puts it back there when it is gone.
fn give_way_to_panel(model: &mut Model, before: u16) {
    let now = below(&model.areas);
    let scrolls = |model: &Model| model.columns.iter().map(|column| column.scroll).collect();
    if now > before && model.before_panel.is_none() {
        model.before_panel = model.sentence().map(|sentence| (sentence, scrolls(model)));
    } else if now < before
        && let Some((sentence, scrolls)) = model.before_panel.take()
        && model.sentence() == Some(sentence)
    {
        for (column, scroll) in model.columns.iter_mut().zip(scrolls) {
            column.scroll = scroll;
        }
    }
}

/// Rows below the text: what the status line takes of them is the panel's.
fn below(areas: &Areas) -> u16 {
    areas.panel.height + areas.status.height
}

/// Levels the rows anew after links or the wish for it have changed.
pub fn rearrange(model: &mut Model) {
    let eye = eye_row(model);
    level(model);
    hold_eye(model, eye);
    show_cursor(model);
    level::face(model);
    super::strip::refresh(model);
}

/// The screen row of the sentence in focus; negative if it starts above.
pub fn eye_row(model: &Model) -> Option<isize> {
    let sheet = model.sheets.get(model.pane()).filter(|sheet| Some(sheet.statement) == model.statement())?;
    let column = model.columns[sheet.statement.0 as usize];
    Some(sheet.row(column.cursor).cast_signed() - column.scroll)
}

/// Moves the window so that the focus is in it and it holds as many statements as can be.
fn slide_to_focus(model: &mut Model) {
    let panes = model.areas.panes.len().max(1);
    model.focus = model.focus.min(model.order.len().saturating_sub(1));
    model.first = model.first.min(model.order.len().saturating_sub(panes)).min(model.focus);
    model.first = model.first.max((model.focus + 1).saturating_sub(panes));
}

/// Measures what is visible and not yet measured; whether anything was.
fn measure(model: &mut Model) -> bool {
    let wanted: Vec<_> = model
        .areas
        .panes
        .iter()
        .zip(model.order.iter().skip(model.first))
        .map(|(pane, statement)| (*statement, usize::from(pane.text)))
        .collect();
    let (filter, questions) = (model.shown.version, model.questions);
    let is_wrapped =
        |sheet: &Sheet, (statement, width): (_, usize)| sheet.statement == statement && sheet.width == width;
    let is_there = |sheet: &Sheet, wanted: (_, usize)| {
        is_wrapped(sheet, wanted) && sheet.filter == filter && sheet.questions_shown == questions
    };
    if wanted.len() == model.sheets.len()
        && model.sheets.iter().zip(&wanted).all(|(sheet, wanted)| is_there(sheet, *wanted))
    {
        return false;
    }
    let mut old = std::mem::take(&mut model.sheets);
    for wanted in wanted {
        let known = old.iter().position(|sheet| is_there(sheet, wanted));
        let sheet = if let Some(place) = known {
            old.swap_remove(place)
        } else {
            let shows = |id| model.shown.shows(id);
            let wrapped = old.iter().find(|sheet| is_wrapped(sheet, wanted)).map(Sheet::wrapped);
            Sheet::measure(&model.corpus, wanted, questions, shows, wrapped).for_filter(filter)
        };
        model.sheets.push(sheet);
    }
    true
}

/// Scrolls so that the sentence in focus is on screen row `eye` again.
fn hold_eye(model: &mut Model, eye: Option<isize>) {
    let Some(sheet) = model.sheets.get(model.pane()) else { return };
    let column = model.columns[sheet.statement.0 as usize];
    let (row, now) = (sheet.row(column.cursor).cast_signed(), column.scroll);
    let top = row - eye.unwrap_or(row.min(BREATH.cast_signed()));
    // Text that stood below the first row may go on doing so; none is pushed down.
    scroll_to(model, top.max(now.min(0)));
}

/// Lets the room of a screen that has grown show the text above, before blank rows stand below the last.
fn fill(model: &mut Model) {
    let pane = model.pane();
    let (Some(sheet), Some(area)) = (model.sheets.get(pane), model.areas.panes.get(pane)) else { return };
    let rows = match model.scrolling_now() {
        Scrolling::Level => model.sheets.iter().map(Sheet::rows).max().unwrap_or(0),
        Scrolling::Together | Scrolling::Alone => sheet.rows(),
    };
    let most = rows.saturating_sub(usize::from(area.body.height)).cast_signed();
    if model.columns[sheet.statement.0 as usize].scroll > most {
        scroll_to(model, most);
    }
}

/// Scrolls the pane in focus to `row`, and the others with it where columns scroll together.
pub fn scroll_to(model: &mut Model, row: isize) {
    let focus = model.pane();
    let scrolling = model.scrolling_now();
    let Some(now) = model.sheets.get(focus).map(|sheet| model.columns[sheet.statement.0 as usize].scroll)
    else {
        return;
    };
    let all = model.sheets.iter().map(Sheet::rows);
    let most =
        if scrolling == Scrolling::Level { all.max() } else { model.sheets.get(focus).map(Sheet::rows) };
    let row = row.min(last_row(most.unwrap_or(0)));
    for (pane, sheet) in model.sheets.iter().enumerate() {
        let scroll = &mut model.columns[sheet.statement.0 as usize].scroll;
        match scrolling {
            _ if pane == focus => *scroll = row,
            Scrolling::Level => *scroll = row,
            Scrolling::Together => *scroll = (*scroll + row - now).clamp(0, last_row(sheet.rows())),
            Scrolling::Alone => {}
        }
    }
}

fn last_row(rows: usize) -> isize {
    rows.saturating_sub(1).cast_signed()
}

/// Scrolls as little as is needed to have the sentence in focus on the screen, and room beside it for
/// what it is level with.
fn show_cursor(model: &mut Model) {
    let pane = model.pane();
    let (Some(sheet), Some(area)) = (model.sheets.get(pane), model.areas.panes.get(pane)) else { return };
    let column = model.columns[sheet.statement.0 as usize];
    let height = usize::from(area.body.height);
    let cursor = column.cursor.min(sheet.len().saturating_sub(1));
    let (row, mut end) = (sheet.row(cursor), sheet.end(cursor));
    let beside = row + level::height_beside(model);
    if beside <= row + height {
        end = end.max(beside);
    }
    let scroll = shown_from(column.scroll, height, row, end, sheet.rows().max(end));
    if scroll != column.scroll {
        scroll_to(model, scroll);
    }
}

/// Scrolls the column of a sentence, and no other, so that it is on the screen.
pub fn show(model: &mut Model, id: SentenceId) {
    let Some(pane) = model.pane_of(model.corpus.sentence(id).statement) else { return };
    let sheet = &model.sheets[pane];
    let number = model.corpus.number_of(id);
    let height = usize::from(model.areas.panes[pane].body.height);
    let column = &mut model.columns[sheet.statement.0 as usize];
    column.scroll = shown_from(column.scroll, height, sheet.row(number), sheet.end(number), sheet.rows());
}

/// From which row on rows `row..end` are shown in `height` rows, now `scroll`, of `all`.
fn shown_from(scroll: isize, height: usize, row: usize, end: usize, all: usize) -> isize {
    if height == 0 {
        return scroll;
    }
    let (first, past) = (row.cast_signed(), end.cast_signed());
    if end - row >= height {
        // A sentence taller than the pane is read by scrolling within it.
        let seen = scroll < past && first < scroll + height.cast_signed();
        return if seen { scroll } else { first };
    }
    let breath = BREATH.min((height - (end - row)) / 2);
    let highest = past + breath.min(all.saturating_sub(end)).cast_signed() - height.cast_signed();
    let lowest = row.saturating_sub(breath).cast_signed();
    if scroll > lowest { lowest } else { scroll.max(highest.min(lowest)) }
}

/// Where the columns do not move together, the other panes show the counterpart beside the sentence
/// in focus.
pub fn follow(model: &mut Model) {
    if model.scrolling_now() != Scrolling::Alone {
        return;
    }
    for (pane, number) in level::beside(model) {
        show(model, model.sheets[pane].sentence(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scroll: isize, rows: (usize, usize), expected: isize) {
        assert_eq!(shown_from(scroll, 10, rows.0, rows.1, 100), expected);
    }

    #[test]
    fn scrolling_is_as_little_as_is_needed() {
        check(0, (0, 2), 0);
        check(0, (4, 6), 0);
        check(0, (7, 9), 1);
        check(20, (20, 22), 18);
        check(20, (25, 27), 20);
        check(20, (98, 100), 90);
        check(-6, (0, 2), -6);
        check(-6, (3, 5), -3);
    }

    #[test]
    fn a_sentence_taller_than_the_pane_stays_where_it_is_read() {
        check(25, (20, 40), 25);
        check(45, (20, 40), 20);
        check(0, (20, 40), 20);
    }
}
