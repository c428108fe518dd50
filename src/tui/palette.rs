//! The palette: every action by its words, with its keys; what cannot act now says why.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::action::Action;
use super::keymap::Scope;
use super::line_edit::LineEdit;
use super::model::{Mode, Model};
use super::paint::{Pen, inset, row, title_row};
use super::refusal::refusal;

/// Cells of the keys.
const KEYS: u16 = 14;

/// The palette while it is open.
#[derive(Debug, Default)]
pub struct Palette {
    /// Only actions with these words are shown.
    pub words: LineEdit,
    /// The chosen one of those shown.
    pub chosen: usize,
}

/// The actions that have all words typed, with their keys: first the one called so, then those whose
/// name begins so.
pub fn shown(model: &Model, palette: &Palette) -> Vec<(Action, Vec<String>)> {
    let typed = palette.words.text().to_lowercase();
    let matches = |(action, keys): &(Action, Vec<String>)| {
        let all = format!("{} {} {}", action.short(), action.help(), keys.join(" ")).to_lowercase();
        *action != Action::Palette
            && *action != Action::Escape
            && typed.split_whitespace().all(|word| all.contains(word))
    };
    let mut found: Vec<_> = model.keymap.listed(Scope::Browse).into_iter().filter(matches).collect();
    let name = typed.trim();
    found.sort_by_key(|(action, _)| (action.short() != name, !action.short().starts_with(name)));
    found
}

/// Closes the palette; gives the chosen action.
pub fn take(model: &mut Model) -> Option<Action> {
    let Mode::Palette(palette) = &model.mode else { return None };
    let chosen = shown(model, palette).get(palette.chosen).map(|(action, _)| *action);
    if chosen.is_none() {
        model.say("no such action");
        return None;
    }
    model.mode = Mode::Browse;
    chosen
}

/// Paints the palette over `area`.
pub fn paint(model: &Model, palette: &Palette, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let found = shown(model, palette);
    let title = format!("what to do · {} actions", found.len());
    let rest = inset(title_row(area, &title, theme, frame.buffer_mut()), 1);
    if found.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("no such action", theme.dim);
    }
    let rows = usize::from(rest.height).max(1);
    let chosen = palette.chosen.min(found.len().saturating_sub(1));
    let first = chosen.saturating_sub(rows / 2).min(found.len().saturating_sub(rows));
    for (number, (action, keys)) in found.iter().enumerate().skip(first).take(rows) {
        let area = row(rest, number - first);
        let refused = refusal(model, *action);
        let words = if refused.is_some() { theme.dim } else { theme.text };
        let mut pen = Pen::new(frame.buffer_mut(), area);
        pen.put(if number == chosen { "▌ " } else { "  " }, theme.bar).put(&keys.join(" "), theme.key);
        pen.put("  ", theme.text).skip_to(area.x + KEYS.min(area.width / 3));
        pen.put_shortened(action.help(), words);
        if let Some(reason) = refused {
            pen.put("   ", theme.text).put_shortened(&reason, theme.warning);
        }
    }
}
