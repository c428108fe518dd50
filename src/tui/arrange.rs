//! Fits the text to the screen after every change: panes, measures, level rows, scrolling.
//!
//! The sentence in focus keeps its screen row whenever that is possible: marks and links may arrive,
//! a panel may open or the window be resized without moving the line under the reader's eye.

use std::collections::BTreeMap;

use super::align::{Level, Place, heaviest, levels, paddings};
use super::model::Model;
use super::page::Sheet;
use crate::corpus::SentenceId;

/// Rows kept between the sentence in focus and the edge of its pane, if there is room.
const BREATH: usize = 2;

/// Brings the parts of the screen in line with the model.
pub fn arrange(model: &mut Model) {
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
    } else if before.all == model.areas.all {
        give_way_to_panel(model, before.panel.height);
    }
    show_cursor(model);
    super::strip::refresh(model);
}

/// Remembers where the text stood when a panel takes room, and puts it back there when it is gone.
fn give_way_to_panel(model: &mut Model, before: u16) {
    let now = model.areas.panel.height;
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

/// Levels the rows anew after links or the wish for it have changed.
pub fn rearrange(model: &mut Model) {
    let eye = eye_row(model);
    level(model);
    hold_eye(model, eye);
    show_cursor(model);
    super::strip::refresh(model);
}

/// The screen row of the sentence in focus; negative if it starts above.
pub fn eye_row(model: &Model) -> Option<isize> {
    let sheet = model.sheets.get(model.pane()).filter(|sheet| Some(sheet.statement) == model.statement())?;
    let column = model.columns[sheet.statement.0 as usize];
    Some(sheet.row(column.cursor).cast_signed() - column.scroll.cast_signed())
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
    let is_there =
        |sheet: &Sheet, (statement, width): (_, usize)| sheet.statement == statement && sheet.width == width;
    if wanted.len() == model.sheets.len()
        && model.sheets.iter().zip(&wanted).all(|(sheet, wanted)| is_there(sheet, *wanted))
    {
        return false;
    }
    let mut old = std::mem::take(&mut model.sheets);
    for wanted in wanted {
        let sheet = match old.iter().position(|sheet| is_there(sheet, wanted)) {
            Some(place) => old.swap_remove(place),
            None => Sheet::measure(&model.corpus, wanted.0, wanted.1),
        };
        model.sheets.push(sheet);
    }
    true
}

/// Pads the sheets so that the strongest links are level.
fn level(model: &mut Model) {
    model.changes += 1;
    for sheet in &mut model.sheets {
        sheet.padding = super::align::Padding::default();
    }
    if !model.is_level() {
        return;
    }
    let pairs = visible_pairs(model);
    let levels = visible_levels(model, &pairs);
    let screen = model.areas.panes.iter().map(|pane| pane.body.height).max().unwrap_or(0);
    let scores = pairs.iter().rev().map(|(score, from, to)| ((*from, *to), *score)).collect();
    let most = |level: &Level| worth(usize::from(screen), strength(&scores, level));
    let all = paddings(&levels, |column, sentence| model.sheets[column].unpadded(sentence), most);
    for (sheet, padding) in model.sheets.iter_mut().zip(all) {
        sheet.padding = padding;
    }
}

/// A link between visible statements: its score and its ends.
type Pair = (f32, Place, Place);

/// How many blank rows a link of this score may cost: at most half a screen, less if it is less sure.
fn worth(screen: usize, score: f32) -> usize {
    (screen as f32 * score * score / 2.0) as usize
}

/// The score of the strongest link within a level.
fn strength(scores: &BTreeMap<(Place, Place), f32>, level: &Level) -> f32 {
    let places = || level.iter().enumerate().filter_map(|(pane, number)| Some((pane, (*number)?)));
    let within = places().flat_map(|from| places().filter_map(move |to| scores.get(&(from, to))));
    within.copied().fold(0.0, f32::max)
}

/// The suggested links between visible statements, strongest first.
fn visible_pairs(model: &Model) -> Vec<Pair> {
    let Some(analysis) = model.analysis() else { return Vec::new() };
    let place = |id: SentenceId| {
        let pane = model.pane_of(model.corpus.sentence(id).statement)?;
        Some((pane, model.corpus.number_of(id)))
    };
    let mut pairs: Vec<Pair> = analysis
        .links
        .iter()
        .filter(|link| link.status == crate::analysis::Status::Suggested)
        .filter_map(|link| Some((link.score, place(link.from)?, place(link.to)?)))
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// The levels that these links make.
fn visible_levels(model: &Model, pairs: &[Pair]) -> Vec<Level> {
    let chosen = strongest(pairs);
    // Those that cross come last: they may still join a level of a third column.
    let (first, last): (Vec<_>, Vec<_>) = pairs.iter().zip(chosen).partition(|(_, chosen)| *chosen);
    let pairs = first.into_iter().chain(last).map(|((_, from, to), _)| (*from, *to));
    levels(model.sheets.len(), pairs)
}

/// For each pair whether it belongs to the strongest set that does not cross, of its two columns.
fn strongest(pairs: &[Pair]) -> Vec<bool> {
    let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, (_, from, to)) in pairs.iter().enumerate() {
        groups.entry((from.0.min(to.0), from.0.max(to.0))).or_default().push(at);
    }
    let mut chosen = vec![false; pairs.len()];
    for ((left, _), group) in groups {
        let turned = |at: &usize| {
            let (score, from, to) = pairs[*at];
            if from.0 == left { (from.1, to.1, score) } else { (to.1, from.1, score) }
        };
        let scored: Vec<_> = group.iter().map(turned).collect();
        for place in heaviest(&scored) {
            chosen[group[place]] = true;
        }
    }
    chosen
}

/// Scrolls so that the sentence in focus is on screen row `eye` again.
fn hold_eye(model: &mut Model, eye: Option<isize>) {
    let Some(sheet) = model.sheets.get(model.pane()) else { return };
    let row = sheet.row(model.columns[sheet.statement.0 as usize].cursor).cast_signed();
    scroll_to(model, (row - eye.unwrap_or(row.min(BREATH.cast_signed()))).max(0) as usize);
}

/// Scrolls the pane in focus, and the others where rows are level, to `row`.
pub fn scroll_to(model: &mut Model, row: usize) {
    let most = if model.is_level() {
        model.sheets.iter().map(Sheet::rows).max()
    } else {
        model.sheets.get(model.pane()).map(Sheet::rows)
    };
    let row = row.min(most.unwrap_or(0).saturating_sub(1));
    let focus = model.pane();
    let all = model.is_level();
    for (pane, sheet) in model.sheets.iter().enumerate() {
        if all || pane == focus {
            model.columns[sheet.statement.0 as usize].scroll = row;
        }
    }
}

/// Scrolls as little as is needed to have the sentence in focus on the screen.
fn show_cursor(model: &mut Model) {
    let pane = model.pane();
    let (Some(sheet), Some(area)) = (model.sheets.get(pane), model.areas.panes.get(pane)) else { return };
    let column = model.columns[sheet.statement.0 as usize];
    let height = usize::from(area.body.height);
    let cursor = column.cursor.min(sheet.len().saturating_sub(1));
    let (row, end) = (sheet.row(cursor), sheet.end(cursor));
    let scroll = shown_from(column.scroll, height, row, end, sheet.rows());
    if scroll != column.scroll {
        scroll_to(model, scroll);
    }
}

/// Whether the first row of a sentence is on the screen.
pub fn is_on_screen(model: &Model, id: SentenceId) -> bool {
    let statement = model.corpus.sentence(id).statement;
    let Some(pane) = model.pane_of(statement) else { return false };
    let row = model.sheets[pane].row(model.corpus.number_of(id));
    let scroll = model.columns[statement.0 as usize].scroll;
    (scroll..scroll + usize::from(model.areas.panes[pane].body.height)).contains(&row)
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
fn shown_from(scroll: usize, height: usize, row: usize, end: usize, all: usize) -> usize {
    if height == 0 {
        return scroll;
    }
    if end - row >= height {
        // A sentence taller than the pane is read by scrolling within it.
        let seen = scroll < end && row < scroll + height;
        return if seen { scroll } else { row };
    }
    let breath = BREATH.min((height - (end - row)) / 2);
    let highest = (end + breath.min(all.saturating_sub(end))).saturating_sub(height);
    let lowest = row.saturating_sub(breath);
    if scroll > lowest { lowest } else { scroll.max(highest.min(lowest)) }
}

/// Where rows are not level, the other panes show the counterpart beside the sentence in focus.
pub fn follow(model: &mut Model) {
    if model.is_level() {
        return;
    }
    let (Some(analysis), Some(id)) = (model.analysis(), model.sentence()) else { return };
    let targets: Vec<SentenceId> =
        model.links.suggested(analysis, id).map(|link| link.other_end(id)).collect();
    let mut followed = vec![model.pane()];
    for target in targets {
        let Some(pane) = model.pane_of(model.corpus.sentence(target).statement) else { continue };
        if followed.contains(&pane) {
            continue;
        }
        followed.push(pane);
        show(model, target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scroll: usize, rows: (usize, usize), expected: usize) {
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
    }

    #[test]
    fn a_surer_link_may_part_more_rows() {
        assert_eq!([1.0, 0.8, 0.45].map(|score| worth(30, score)), [15, 9, 3]);
        let scores = BTreeMap::from([(((0, 1), (1, 2)), 0.9), (((2, 3), (0, 1)), 0.5)]);
        let strengths =
            [vec![Some(1), Some(2), Some(3)], vec![Some(1), None, Some(3)], vec![Some(4), Some(2), None]]
                .map(|level| format!("{:.1}", strength(&scores, &level)));
        assert_eq!(strengths, ["0.9", "0.5", "0.0"]);
    }

    #[test]
    fn a_sentence_taller_than_the_pane_stays_where_it_is_read() {
        check(25, (20, 40), 25);
        check(45, (20, 40), 20);
        check(0, (20, 40), 20);
    }
}
