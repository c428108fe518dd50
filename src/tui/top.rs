//! The first row: whose session, how much is marked, how much is read; and the statements beside
//! the window.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::model::Model;
use super::paint::Pen;
use super::{strip, wrap};
use crate::lexicon::CueKind;

/// Cells in which a name still says something.
const LEAST_NAME: usize = 4;

/// “ visavis  exchange-2021      C claims 7   R rebuttals 4   ~ rhetoric 11      2 of 9 read”
pub fn paint(model: &Model, buffer: &mut Buffer) {
    let (area, theme) = (model.areas.top, &model.theme);
    if area.is_empty() {
        return;
    }
    let read = format!("{} of {} read ", model.annotations.read.len(), model.corpus.sentences.len());
    let right = wrap::width(&read);
    let width = usize::from(area.width);
    let counts = [true, false].map(|long| counts(model, long));
    let fits = |counts: &&Vec<(String, Style)>| 10 + cells(counts) + 4 + right <= width;
    let counts = counts.iter().find(fits);
    let middle = counts.map_or(0, |counts| cells(counts) + 4);
    let mut pen = Pen::new(buffer, area);
    pen.put(" visavis  ", theme.name);
    let locked = if model.read_only.is_some() { "  read-only" } else { "" };
    let some = some_shown(model);
    let room = width.saturating_sub(10 + middle + right + locked.len() + some.len());
    if room >= LEAST_NAME {
        pen.put(&wrap::shortened(&model.name, room), theme.title);
    }
    pen.put(&some, theme.note).put(locked, theme.warning);
    if let Some(counts) = counts {
        // In the middle of the screen if the name leaves it, else before what is read.
        let start = ((width - cells(counts)) / 2).min(width - right - cells(counts) - 2);
        pen.skip(2).skip_to(area.x + start as u16);
        for (text, style) in counts {
            pen.put(text, *style);
        }
    }
    if pen.room() >= right {
        pen.skip_to(area.right() - right as u16).put(&read, theme.dim);
    }
}

/// How many statements and sentences are shown, if some are not.
fn some_shown(model: &Model) -> String {
    let (shown, hidden) = (model.order.len(), model.hidden.len());
    let statements =
        if hidden == 0 { String::new() } else { format!("  {shown} of {} statements shown", shown + hidden) };
    let sentences = model.shown.told().map_or(String::new(), |told| format!("  {told}"));
    statements + &sentences
}

fn cells(pieces: &[(String, Style)]) -> usize {
    pieces.iter().map(|(text, _)| wrap::width(text)).sum()
}

/// How many sentences are marked; a kind that is hidden stands in brackets.
fn counts(model: &Model, long: bool) -> Vec<(String, Style)> {
    let theme = &model.theme;
    let mut pieces = Vec::new();
    for kind in CueKind::ALL {
        if !pieces.is_empty() {
            pieces.push(("   ".to_owned(), theme.text));
        }
        let count = match (&model.findings, model.counts[kind as usize]) {
            (None, _) => "…".to_owned(),
            (Some(_), count) => count.to_string(),
        };
        let name = match (long, kind) {
            (false, _) => "",
            (_, CueKind::Claim) => "claims ",
            (_, CueKind::Rebuttal) => "rebuttals ",
            (_, CueKind::Rhetoric) => "rhetoric ",
        };
        let letter = strip::letter(kind);
        if model.layers.shows(kind) {
            pieces.push((format!("{letter} "), super::column::letter_style(theme.kind(kind))));
            pieces.push((format!("{name}{count}"), theme.title));
        } else {
            pieces.push((format!("({letter} {name}{count})"), theme.dim));
        }
    }
    pieces
}

/// “‹ 2 before: A, B            3 after: C, D, E ›”
pub fn paint_names(model: &Model, buffer: &mut Buffer) {
    let (area, theme) = (model.areas.names, &model.theme);
    if area.is_empty() {
        return;
    }
    let last = (model.first + model.areas.panes.len()).min(model.order.len());
    let half = (usize::from(area.width) / 2).saturating_sub(2);
    let (before, after) = (&model.order[..model.first], &model.order[last..]);
    let named = |ids: &[crate::corpus::StatementId], room: usize| {
        let names: Vec<String> = ids.iter().take(40).map(|id| model.corpus.title_of(*id)).collect();
        wrap::shortened(&names.join(", "), room)
    };
    let mut pen = Pen::new(buffer, area);
    if !before.is_empty() {
        let words = format!("{} before: ", before.len());
        pen.put(" ‹ ", theme.key).put(&words, theme.dim);
        pen.put(&named(before, half.saturating_sub(words.len() + 3)), theme.dim);
    }
    if !after.is_empty() {
        let words = format!("{} more: ", after.len());
        let names = named(after, half.saturating_sub(words.len() + 3));
        let cells = words.len() + wrap::width(&names) + 3;
        pen.skip_to(area.right().saturating_sub(cells as u16));
        pen.put(&words, theme.dim).put(&names, theme.dim).put(" › ", theme.key);
    }
}
