//! The list of all keys, printed from the bindings in force; `/` shows only what matches.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Clear;

use super::keymap::Scope;
use super::line_edit::ListFilter;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::wrap;

/// Cells of the keys.
const KEYS: usize = 24;

/// The help while it is open.
#[derive(Debug, Default)]
pub struct Help {
    /// Rows above the first shown.
    pub scroll: usize,
    /// Only lines with these words are shown.
    pub filter: ListFilter,
}

/// Keys or nothing, and words.
type HelpRow = ((String, Style), (String, Style));

/// How far it can be scrolled.
pub fn most_scroll(model: &Model, help: &Help) -> usize {
    let area = text_area(area_of(model));
    rows(model, help, usize::from(area.width)).len().saturating_sub(usize::from(area.height))
}

/// Everything but the top and the status line.
pub fn area_of(model: &Model) -> Rect {
    let (all, top, status) = (model.areas.all, model.areas.top, model.areas.status);
    Rect { y: all.y + top.height, height: all.height.saturating_sub(top.height + status.height), ..all }
}

fn text_area(area: Rect) -> Rect {
    let used = area.height.min(2);
    inset(Rect { y: area.y + used, height: area.height - used, ..area }, 1)
}

/// The rows of the help for a width.
fn rows(model: &Model, help: &Help, width: usize) -> Vec<HelpRow> {
    let theme = &model.theme;
    let none = || (String::new(), theme.text);
    let mut rows = Vec::new();
    for notice in &model.notices {
        rows.extend(wrap::rows(notice, width).map(|row| (none(), (notice[row].to_owned(), theme.warning))));
    }
    let wanted = help.filter.text().to_lowercase();
    for (scope, _, title) in Scope::ALL.iter().copied() {
        let lines = lines(model, scope, &wanted, width);
        if lines.is_empty() {
            continue;
        }
        if !rows.is_empty() {
            rows.push((none(), none()));
        }
        rows.push(((title.to_owned(), theme.header), none()));
        rows.extend(lines);
    }
    if rows.is_empty() {
        rows.push((("nothing matches".to_owned(), theme.dim), none()));
    }
    rows
}

/// A line for each action, its keys before it.
fn lines(model: &Model, scope: Scope, wanted: &str, width: usize) -> Vec<HelpRow> {
    let theme = &model.theme;
    let mut rows = Vec::new();
    for (action, keys) in model.keymap.listed(scope) {
        let (keys, words) = (keys.join("  "), action.help());
        if !wanted.is_empty()
            && !keys.to_lowercase().contains(wanted)
            && !words.to_lowercase().contains(wanted)
        {
            continue;
        }
        let room = width.saturating_sub(KEYS).max(12);
        for (number, row) in wrap::rows(words, room).enumerate() {
            let keys = if number == 0 { keys.clone() } else { String::new() };
            rows.push(((keys, theme.key), (words[row].to_owned(), theme.text)));
        }
    }
    rows
}

/// Paints the help over `area`.
pub fn paint(model: &Model, help: &Help, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let title = match help.filter.text() {
        "" => "keys".to_owned(),
        words => format!("keys with “{words}”"),
    };
    title_row(area, &title, &model.theme, frame.buffer_mut());
    let area = text_area(area);
    let rows = rows(model, help, usize::from(area.width));
    let first = help.scroll.min(rows.len().saturating_sub(usize::from(area.height)));
    for (number, (keys, words)) in rows.iter().skip(first).take(usize::from(area.height)).enumerate() {
        let mut pen = Pen::new(frame.buffer_mut(), row(area, number));
        pen.put(&keys.0, keys.1);
        if !words.0.is_empty() && !keys.0.is_empty() {
            pen.put("  ", Style::new());
        }
        let indent = if words.1 == model.theme.warning { 0 } else { KEYS as u16 };
        pen.skip_to(area.x + indent.min(area.width.saturating_sub(12))).put(&words.0, words.1);
    }
}
