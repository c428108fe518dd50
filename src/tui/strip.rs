//! The strip at the edge of a column: a map of the whole statement, and its scrollbar.
//!
//! Each row of the strip stands for a stretch of the text and shows the most telling thing in it: a
//! note, else the letter of a mark, else a link. What is on the screen now is drawn thicker.

use ratatui::buffer::Buffer;

use super::column::letter_style;
use super::margin;
use super::model::Model;
use super::paint::dot;
use crate::corpus::StatementId;
use crate::lexicon::CueKind;

/// What a row of the strip shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tick {
    /// Nothing but text.
    #[default]
    Plain,
    /// A sentence with a suggested link.
    Link,
    /// A sentence marked as one of [`CueKind::ALL`].
    Mark(u8),
    /// A sentence with a note or verdict.
    Note,
}

/// The map of one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    drawn_for: (Option<StatementId>, usize, usize, u64),
    ticks: Vec<Tick>,
}

/// Draws anew the maps that no longer show what they stand for.
pub fn refresh(model: &mut Model) {
    let mut strips = std::mem::take(&mut model.strips);
    strips.resize_with(model.sheets.len(), Strip::default);
    for (pane, strip) in strips.iter_mut().enumerate() {
        let (Some(sheet), Some(area)) = (model.sheets.get(pane), model.areas.panes.get(pane)) else {
            continue;
        };
        let wanted = (Some(sheet.statement), usize::from(area.body.height), rows(model, pane), model.changes);
        if strip.drawn_for != wanted {
            *strip = Strip { drawn_for: wanted, ticks: ticks(model, pane, wanted.1, wanted.2) };
        }
    }
    model.strips = strips;
}

/// Rows that the strip of a pane stands for: those of the longest text where all scroll together.
fn rows(model: &Model, pane: usize) -> usize {
    if model.is_level() {
        return model.sheets.iter().map(super::page::Sheet::rows).max().unwrap_or(0);
    }
    model.sheets.get(pane).map_or(0, super::page::Sheet::rows)
}

fn ticks(model: &Model, pane: usize, height: usize, rows: usize) -> Vec<Tick> {
    let mut ticks = vec![Tick::Plain; height];
    let sheet = &model.sheets[pane];
    for number in 0..sheet.len() {
        if sheet.height(number) == 0 {
            continue;
        }
        let place = place(sheet.row(number), height, rows);
        if let Some(tick) = ticks.get_mut(place) {
            *tick = (*tick).max(tick_of(model, sheet.sentence(number)));
        }
    }
    ticks
}

/// The row of the strip that stands for a row of the text.
fn place(row: usize, height: usize, rows: usize) -> usize {
    if rows <= height { row } else { row * height / rows }
}

fn tick_of(model: &Model, id: crate::corpus::SentenceId) -> Tick {
    if model.annotations.has(id) {
        return Tick::Note;
    }
    let kinds = margin::kinds(model, id);
    if let Some(kind) = CueKind::ALL.into_iter().find(|kind| kinds[*kind as usize]) {
        return Tick::Mark(kind as u8);
    }
    let linked =
        model.analysis().is_some_and(|analysis| model.links.suggested(analysis, id).next().is_some());
    if linked { Tick::Link } else { Tick::Plain }
}

/// Paints the strip of a pane.
pub fn paint(model: &Model, pane: usize, buffer: &mut Buffer) {
    let (Some(strip), Some(area)) = (model.strips.get(pane), model.areas.panes.get(pane)) else { return };
    let (Some(x), Some(sheet)) = (area.strip_x(), model.sheets.get(pane)) else { return };
    let (height, rows) = (usize::from(area.body.height), rows(model, pane));
    let scroll = model.columns[sheet.statement.0 as usize].scroll.max(0).cast_unsigned();
    let seen = place(scroll, height, rows)..=place(scroll + height.saturating_sub(1), height, rows);
    let theme = &model.theme;
    for (number, tick) in strip.ticks.iter().enumerate() {
        let thumb = rows > height && seen.contains(&number);
        let (symbol, style) = match tick {
            Tick::Plain if thumb => ("┃", theme.thumb),
            Tick::Plain => ("│", theme.rule),
            Tick::Mark(kind) => {
                let kind = CueKind::ALL[usize::from(*kind)];
                (letter(kind), letter_style(theme.kind(kind)))
            }
            Tick::Link => ("┼", if thumb { theme.thumb } else { theme.rule }),
            Tick::Note => ("!", theme.note),
        };
        dot(buffer, x, area.body.y + number as u16, symbol, style);
    }
}

/// The letter of a kind, as text.
pub fn letter(kind: CueKind) -> &'static str {
    match kind {
        CueKind::Claim => "C",
        CueKind::Rebuttal => "R",
        CueKind::Rhetoric => "~",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_has_its_rows_and_a_long_one_shares_them() {
        assert_eq!(place(3, 10, 8), 3);
        assert_eq!(place(99, 10, 100), 9);
        assert_eq!(place(0, 10, 100), 0);
        assert_eq!(place(5, 0, 100), 0);
    }

    #[test]
    fn a_note_tells_more_than_a_mark_and_a_mark_more_than_a_link() {
        assert!(Tick::Note > Tick::Mark(2) && Tick::Mark(0) > Tick::Link && Tick::Link > Tick::Plain);
    }
}
