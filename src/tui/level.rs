//! Which rows stand side by side: level rows by padding, and the pair in focus always.
//!
//! The strongest links that do not cross are made level by blank rows, as long as these are few. What
//! is left, links that cross and links over more text than a screen holds, costs no blank row: while
//! such a sentence is in focus the other column is scrolled so that its answer stands beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::align::{Level, Place, heaviest, levels, paddings};
use super::model::{Model, Scrolling};
use crate::corpus::SentenceId;

/// Pads the sheets so that the strongest links are level.
pub fn level(model: &mut Model) {
    model.changes += 1;
    for sheet in &mut model.sheets {
        sheet.padding = super::align::Padding::default();
    }
    if !model.is_level() {
        return;
    }
    let pairs = visible_pairs(model);
    let levels = visible_levels(model.sheets.len(), &pairs);
    let screen = model.areas.panes.iter().map(|pane| pane.body.height).max().unwrap_or(0);
    let most = |place: usize| worth(usize::from(screen), levels[place].1, &levels[place].0);
    let rows = |column: usize, sentence| model.sheets[column].unpadded(sentence);
    let all = paddings(levels.iter().map(|(level, _)| level), rows, most);
    for (sheet, padding) in model.sheets.iter_mut().zip(all) {
        sheet.padding = padding;
    }
}

/// A link between visible statements: its score and its ends.
type Pair = (f32, Place, Place);

/// How many blank rows a link of this score may cost: always less than a screen, fewer if it is less
/// sure, half as many above the first sentence of a column: the first screen should show its text.
fn worth(screen: usize, score: f32, level: &Level) -> usize {
    let rows = screen.saturating_sub(1) as f32 * score * score;
    (if level.contains(&Some(0)) { rows / 2.0 } else { rows }) as usize
}

/// The levels that these links make, each with the score of the strongest link within it.
fn visible_levels(columns: usize, pairs: &[Pair]) -> Vec<(Level, f32)> {
    let chosen = strongest(pairs);
    if columns == 2 {
        // Whatever was not chosen crosses what was, so that there is no level but of these.
        return chosen.into_iter().map(|at| of_two(&pairs[at])).collect();
    }
    let is_chosen = chosen.iter().copied().collect::<BTreeSet<usize>>();
    // Those that cross come last: they may still join a level of a third column.
    let last = (0..pairs.len()).filter(|at| !is_chosen.contains(at));
    let mut first = chosen;
    first.sort_unstable();
    let ends = first.into_iter().chain(last).map(|at| (pairs[at].1, pairs[at].2));
    let scores = pairs.iter().rev().map(|(score, from, to)| ((*from, *to), *score)).collect();
    levels(columns, ends)
        .into_iter()
        .map(|level| {
            let score = strength(&scores, &level);
            (level, score)
        })
        .collect()
}

/// The level of a link between the two columns there are.
fn of_two((score, from, to): &Pair) -> (Level, f32) {
    let mut level = vec![None; 2];
    for (column, sentence) in [*from, *to] {
        level[column] = Some(sentence);
    }
    (level, *score)
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
        let pane = model.pane_of(model.corpus.sentence(id).statement).filter(|_| model.shown.shows(id))?;
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

/// Places of the pairs that make the strongest set that does not cross, for each two columns from top to
/// bottom.
fn strongest(pairs: &[Pair]) -> Vec<usize> {
    let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, (_, from, to)) in pairs.iter().enumerate() {
        groups.entry((from.0.min(to.0), from.0.max(to.0))).or_default().push(at);
    }
    let mut chosen = Vec::new();
    for ((left, _), group) in groups {
        let turned = |at: &usize| {
            let (score, from, to) = pairs[*at];
            if from.0 == left { (from.1, to.1, score) } else { (to.1, from.1, score) }
        };
        let scored: Vec<_> = group.iter().map(turned).collect();
        chosen.extend(heaviest(&scored).into_iter().map(|place| group[place]));
    }
    chosen
}

/// For each other visible column the sentence that it was come from, or else the strongest counterpart
/// of the sentence in focus: pane, number.
pub fn beside(model: &Model) -> Vec<(usize, usize)> {
    let (Some(analysis), Some(here)) = (model.analysis(), model.sentence()) else { return Vec::new() };
    let mut found: Vec<(usize, usize)> = Vec::new();
    let wanted = model.facing.filter(|(from, _)| *from == here).map(|(_, target)| target);
    let linked = model.links.suggested(analysis, here).map(|link| link.other_end(here));
    for target in wanted.into_iter().chain(linked) {
        let Some(pane) = model.pane_of(model.corpus.sentence(target).statement) else { continue };
        let shown = model.shown.shows(target);
        if shown && pane != model.pane() && found.iter().all(|(known, _)| *known != pane) {
            found.push((pane, model.corpus.number_of(target)));
        }
    }
    found
}

/// Rows of the longest sentence that stands beside the one in focus.
pub fn height_beside(model: &Model) -> usize {
    if model.scrolling_now() != Scrolling::Level {
        return 0;
    }
    beside(model).into_iter().map(|(pane, number)| model.sheets[pane].height(number)).max().unwrap_or(0)
}

/// Scrolls the other columns so that what answers the sentence in focus starts on its row; columns
/// without an answer stand as they are padded.
pub fn face(model: &mut Model) {
    if model.scrolling_now() != Scrolling::Level {
        return;
    }
    let Some(sheet) = model.sheets.get(model.pane()) else { return };
    let column = model.columns[sheet.statement.0 as usize];
    // A sentence taller than the pane may start above it: then the first row is where it is read.
    let row = (sheet.row(column.cursor).cast_signed() - column.scroll).max(0);
    let beside = beside(model);
    for (pane, sheet) in model.sheets.iter().enumerate() {
        let answer = beside.iter().find(|(beside, _)| *beside == pane);
        let scroll = answer.map_or(column.scroll, |(_, number)| sheet.row(*number).cast_signed() - row);
        model.columns[sheet.statement.0 as usize].scroll =
            if pane == model.pane() { column.scroll } else { scroll };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surer_link_may_part_more_rows() {
        let rows = |level: Level| [1.0, 0.8, 0.45].map(|score| worth(31, score, &level));
        assert_eq!(rows(vec![Some(1), Some(7)]), [30, 19, 6]);
        assert_eq!(rows(vec![Some(0), Some(7)]), [15, 9, 3]);
        let scores = BTreeMap::from([(((0, 1), (1, 2)), 0.9), (((2, 3), (0, 1)), 0.5)]);
        let strengths =
            [vec![Some(1), Some(2), Some(3)], vec![Some(1), None, Some(3)], vec![Some(4), Some(2), None]]
                .map(|level| format!("{:.1}", strength(&scores, &level)));
        assert_eq!(strengths, ["0.9", "0.5", "0.0"]);
    }
}
