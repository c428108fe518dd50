//! Moving about: from sentence to sentence, by pages, between columns, to marks, notes and answers.

use super::arrange::{follow, scroll_to};
use super::jumps::Jumps;
use super::model::{Model, Scrolling};
use super::page::Sheet;
use crate::corpus::SentenceId;

/// Rows of a page that stay on the screen.
const OVERLAP: usize = 2;

/// `count` sentences down (or up if negative); within a sentence taller than its pane, by half pages.
pub fn by_sentences(model: &mut Model, count: isize) {
    let Some((sheet, height)) = pane(model) else { return };
    let cursor = cursor(model, sheet);
    let scroll = model.columns[sheet.statement.0 as usize].scroll;
    let (down, half) = (count > 0, (height / 2).max(1).cast_signed());
    let (top, end) = (sheet.row(cursor).cast_signed(), sheet.end(cursor).cast_signed());
    let more_below = end > scroll + height.cast_signed() && sheet.height(cursor) > height;
    let more_above = top < scroll && sheet.height(cursor) > height;
    if count == 1 && more_below {
        return scroll_to(model, scroll + half);
    }
    if count == -1 && more_above {
        return scroll_to(model, (scroll - half).max(top));
    }
    let target = sheet.step(cursor, count);
    if target == cursor {
        let end = if down { "this is the last sentence" } else { "this is the first sentence" };
        if !down {
            scroll_to(model, 0);
        }
        return model.say(end);
    }
    set_cursor(model, target);
}

/// Rows down (or up if negative), the cursor keeping its screen row.
pub fn by_rows(model: &mut Model, rows: isize) {
    let Some((sheet, _)) = pane(model) else { return };
    let cursor = cursor(model, sheet);
    let scroll = model.columns[sheet.statement.0 as usize].scroll;
    let wanted = sheet.row(cursor).saturating_add_signed(rows);
    let mut target = sheet.at(wanted);
    if target == cursor && sheet.height(cursor) <= rows.unsigned_abs() {
        target = sheet.step(cursor, rows.signum());
    }
    let most = bottom(model).unwrap_or(0);
    let up_to = scroll.saturating_add(rows);
    let up_to = if rows > 0 { up_to.min(most.max(scroll)) } else { up_to.max(scroll.min(0)) };
    set_cursor(model, target);
    scroll_to(model, up_to);
}

/// Half a pane in rows.
pub fn half(model: &Model) -> isize {
    pane(model).map_or(1, |(_, height)| (height / 2).max(1).cast_signed())
}

/// A pane in rows, less what stays in sight.
pub fn page(model: &Model) -> isize {
    pane(model).map_or(1, |(_, height)| height.saturating_sub(OVERLAP).max(1).cast_signed())
}

/// The scrolling at which the last row stands at the bottom.
fn bottom(model: &Model) -> Option<isize> {
    let (sheet, height) = pane(model)?;
    let rows = if model.is_level() { model.sheets.iter().map(Sheet::rows).max()? } else { sheet.rows() };
    Some(rows.saturating_sub(height).cast_signed())
}

/// The first sentence, or the one with number `count`.
pub fn first(model: &mut Model, count: Option<usize>) {
    jump_within(model, count.map_or(0, |count| count.saturating_sub(1)));
    if count.is_none() {
        scroll_to(model, 0);
    }
}

/// The last sentence, or the one with number `count`.
pub fn last(model: &mut Model, count: Option<usize>) {
    jump_within(model, count.map_or(usize::MAX, |count| count.saturating_sub(1)));
}

fn jump_within(model: &mut Model, number: usize) {
    let Some((sheet, _)) = pane(model) else { return };
    let target = number.min(sheet.len().saturating_sub(1));
    if let Some(here) = model.sentence().filter(|_| target != cursor(model, sheet)) {
        model.jumps.leave(here);
    }
    set_cursor(model, target);
}

/// The column `by` places further, from the last to the first if `round`.
pub fn by_columns(model: &mut Model, by: isize, round: bool) {
    let count = model.order.len().cast_signed();
    if count < 2 {
        return model.say("there is only one statement");
    }
    let wanted = model.focus.cast_signed() + by;
    if !round && !(0..count).contains(&wanted) {
        let side = if by < 0 { "on the left" } else { "on the right" };
        return model.say(format!("there is no column {side}"));
    }
    focus_column(model, wanted.rem_euclid(count) as usize);
}

/// Keys go to column `target` from now on: to the sentence it stood on if that is in sight, else to
/// the one that is level with the sentence left.
pub fn focus_column(model: &mut Model, target: usize) {
    let level =
        pane(model).map(|(sheet, _)| sheet.row(cursor(model, sheet)).cast_signed() - top_of(model, sheet));
    model.focus = target;
    let was_visible = (model.first..model.first + model.sheets.len()).contains(&target);
    if !was_visible || !model.is_level() {
        return;
    }
    let (Some((sheet, height)), Some(level)) = (pane(model), level) else { return };
    let column = model.columns[sheet.statement.0 as usize];
    let row = sheet.row(column.cursor).cast_signed();
    if row < column.scroll || row >= column.scroll + height.cast_signed() {
        let target = sheet.at((column.scroll + level).max(0).cast_unsigned());
        set_cursor(model, target);
    }
}

/// Slides the window over the columns; the focus stays in it.
pub fn slide(model: &mut Model, by: isize) {
    let panes = model.sheets.len();
    if panes >= model.order.len() {
        return model.say("all statements are on the screen");
    }
    let last = model.order.len() - panes;
    let target = model.first.saturating_add_signed(by).min(last);
    if target == model.first {
        let end = if by < 0 { "these are the first statements" } else { "these are the last statements" };
        return model.say(end);
    }
    let pane = model.pane();
    model.first = target;
    model.focus = target + pane.min(panes - 1);
}

/// The `count`th sentence after (or before, if negative) this one in the column that `wanted` holds of.
pub fn to_next(
    model: &mut Model,
    count: isize,
    what: &str,
    wanted: impl Fn(&Model, SentenceId) -> bool,
) -> bool {
    let Some((sheet, _)) = pane(model) else { return false };
    let here = cursor(model, sheet);
    let mut left = count.unsigned_abs();
    let mut found = None;
    let mut place = here;
    while left > 0 {
        let next = place.checked_add_signed(count.signum()).filter(|next| *next < sheet.len());
        let Some(next) = next else { break };
        place = next;
        if sheet.height(place) > 0 && wanted(model, sheet.sentence(place)) {
            found = Some(place);
            left -= 1;
        }
    }
    if let Some(target) = found {
        set_cursor(model, target);
        return true;
    }
    let side = if count > 0 { "below" } else { "above" };
    model.say(format!("no {what} {side} in this column"));
    false
}

/// The `count`th note or verdict after (or before, if negative) where the reader is, in this column.
pub fn to_note(model: &mut Model, count: isize) {
    let (Some(statement), Some(sentence)) = (model.statement(), model.sentence()) else { return };
    let stops = super::notes::stops(model, statement);
    let here = super::notes::here(model);
    let here = here.and_then(|note| stops.iter().position(|stop| stop.note == Some(note)));
    let target = match here {
        Some(here) => here.checked_add_signed(count),
        None if count > 0 => {
            let after = stops.partition_point(|stop| stop.sentence <= sentence);
            after.checked_add_signed(count - 1)
        }
        None => {
            let before = stops.partition_point(|stop| stop.sentence < sentence);
            before.checked_add_signed(count)
        }
    };
    let Some(stop) = target.and_then(|target| stops.get(target)) else {
        let side = if count > 0 { "below" } else { "above" };
        return model.say(format!("no note {side} in this column"));
    };
    let number = model.corpus.number_of(stop.sentence);
    super::filter::reveal(model, stop.sentence);
    set_cursor(model, number);
    super::notes::arrive(model, stop, &stops);
}

/// The best answer to the sentence, or the next best if the last key led here.
pub fn to_counterpart(model: &mut Model) {
    let Some(here) = model.sentence() else { return };
    let chase = model.jumps.chase.filter(|(_, landed, _)| *landed == here);
    let answers = |model: &Model, id| -> Vec<SentenceId> {
        let Some(analysis) = model.analysis() else { return Vec::new() };
        model.links.suggested(analysis, id).map(|link| link.other_end(id)).collect()
    };
    let (origin, next) = chase.map_or((here, 0), |(origin, _, at)| (origin, at + 1));
    let mut found = answers(model, origin);
    let (mut origin, mut next) = (origin, next);
    if next >= found.len() {
        // All answers were visited: from here on the answers to this one.
        (origin, next) = (here, 0);
        found = answers(model, here);
    }
    let Some(target) = found.get(next).copied() else { return };
    if found.len() > 1 {
        model.say(format!(
            "{} of {} linked sentences; the same key leads to the next",
            next + 1,
            found.len()
        ));
    }
    jump(model, target);
    model.facing = Some((target, origin));
    model.jumps.chase = Some((origin, target, next));
}

/// Goes to `target`, wherever it is, so that going back leads here.
pub fn jump(model: &mut Model, target: SentenceId) {
    if let Some(here) = model.sentence().filter(|here| *here != target) {
        model.jumps.leave(here);
    }
    go(model, target);
}

/// Goes to `here` and has `there`, of another statement, on the screen beside it.
pub fn jump_to_pair(model: &mut Model, here: SentenceId, there: Option<SentenceId>) {
    jump(model, here);
    let Some(there) = there else { return };
    let [own, other] = [here, there].map(|id| model.corpus.sentence(id).statement);
    super::sources::show(model, &[other]);
    super::filter::reveal(model, there);
    if model.pane_of(other).is_none() {
        // The two become neighbours: no window would show both otherwise.
        model.order.retain(|id| *id != other);
        let place = model.order.iter().position(|id| *id == own).unwrap_or(0);
        model.order.insert(place + 1, other);
        model.focus = place;
        super::arrange::arrange(model);
        model.first = model.first.max((place + 2).saturating_sub(model.sheets.len()));
        super::arrange::arrange(model);
    }
    model.columns[other.0 as usize].cursor = model.corpus.number_of(there);
    model.facing = Some((here, there));
    if !model.is_level() {
        super::arrange::show(model, there);
    }
}

/// Goes along the jumps, one step back or forward.
pub fn along(model: &mut Model, step: impl Fn(&mut Jumps, SentenceId) -> Option<SentenceId>) {
    let Some(here) = model.sentence() else { return };
    if let Some(target) = step(&mut model.jumps, here) {
        go(model, target);
    }
}

/// Goes to `target`, wherever it is.
pub fn go(model: &mut Model, target: SentenceId) {
    let statement = model.corpus.sentence(target).statement;
    super::sources::show(model, &[statement]);
    super::filter::reveal(model, target);
    let Some(place) = model.order.iter().position(|id| *id == statement) else { return };
    model.focus = place;
    let number = model.corpus.number_of(target);
    set_cursor(model, number);
}

/// Scrolls a pane by rows; the cursor stays in sight.
pub fn scroll(model: &mut Model, pane_at: usize, rows: isize) {
    let Some(sheet) = model.sheets.get(pane_at) else { return };
    let statement = sheet.statement;
    let height = usize::from(model.areas.panes[pane_at].body.height);
    let all =
        if model.is_level() { model.sheets.iter().map(Sheet::rows).max().unwrap_or(0) } else { sheet.rows() };
    let now = model.columns[statement.0 as usize].scroll;
    let most = all.saturating_sub(height).cast_signed().max(now);
    let target = now.saturating_add(rows).clamp(now.min(0), most);
    if model.scrolling_now() == Scrolling::Alone && pane_at != model.pane() {
        model.columns[statement.0 as usize].scroll = target;
        return;
    }
    let Some((sheet, _)) = pane(model) else { return };
    scroll_to(model, top_of(model, sheet) + target - now);
    let Some((sheet, height)) = pane(model) else { return };
    let here = cursor(model, sheet);
    let scroll = top_of(model, sheet).max(0).cast_unsigned();
    let breath = OVERLAP.min(height / 4);
    let (highest, lowest) = (scroll + breath, (scroll + height).saturating_sub(breath + 1));
    let kept = if sheet.end(here) <= highest + 1 && rows > 0 {
        sheet.step(sheet.at(highest), 1)
    } else if sheet.row(here) > lowest {
        sheet.at(lowest)
    } else {
        here
    };
    let statement = sheet.statement;
    model.columns[statement.0 as usize].cursor = kept;
}

/// The pane in focus and its rows.
fn pane(model: &Model) -> Option<(&Sheet, usize)> {
    let area = model.areas.panes.get(model.pane())?;
    Some((model.sheets.get(model.pane())?, usize::from(area.body.height)))
}

fn cursor(model: &Model, sheet: &Sheet) -> usize {
    model.columns[sheet.statement.0 as usize].cursor
}

/// The row at the top of a sheet's pane.
fn top_of(model: &Model, sheet: &Sheet) -> isize {
    model.columns[sheet.statement.0 as usize].scroll
}

fn set_cursor(model: &mut Model, number: usize) {
    let Some(statement) = model.statement() else { return };
    model.columns[statement.0 as usize].cursor = super::filter::nearest(model, statement, number);
    model.jumps.chase = None;
    super::arrange::arrange(model);
    follow(model);
}
