//! The palette: every action by its words, with its keys; what cannot act now says why.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::action::Action;
use super::keymap::Scope;
use super::line_edit::LineEdit;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::refusal::refusal;
use super::wrap;

/// Cells of the keys.
const KEYS: u16 = 16;

/// The palette while it is open.
#[derive(Debug, Default)]
pub struct Palette {
    /// Only actions with these words are shown.
    pub words: LineEdit,
    /// The chosen one of those shown.
    pub chosen: usize,
}

/// An action as the palette lists it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What it does.
    pub action: Action,
    /// The keys that do it.
    pub keys: Vec<String>,
    /// Why it cannot act now.
    pub refused: Option<String>,
}

/// The actions that have all words typed, with their keys: first the one called so, then those whose
/// name begins so; those of panels that are not open last.
pub fn shown(model: &Model, palette: &Palette) -> Vec<Listed> {
    let typed = palette.words.text().to_lowercase();
    let matches = |listed: &Listed| {
        let action = listed.action;
        let keys = listed.keys.join(" ");
        let all = format!("{} {} {keys} {}", action.short(), action.help(), action.also());
        let all = all.to_lowercase();
        typed.split_whitespace().all(|word| all.contains(word))
    };
    let name = typed.trim();
    let (mut found, others): (Vec<Listed>, Vec<Listed>) = all(model).into_iter().partition(matches);
    if found.is_empty() {
        // No words of it: perhaps its name with letters left out.
        found = others.into_iter().filter(|listed| has_letters(listed.action.name(), name)).collect();
    }
    found.sort_by_key(|listed| {
        let short = listed.action.short();
        (
            model.keymap.keys_of(Scope::Browse, listed.action).is_empty(),
            short != name,
            !short.starts_with(name),
        )
    });
    found
}

/// Whether the letters of `typed` stand in `name` in their order.
fn has_letters(name: &str, typed: &str) -> bool {
    let mut rest = name.chars();
    typed.chars().filter(|letter| *letter != ' ').all(|letter| rest.any(|other| other == letter))
}

/// The action that is typed with words of its own, and these: `export notes.md`, `theme night`.
pub fn with_words(model: &Model) -> Option<(Action, String)> {
    let Mode::Palette(palette) = &model.mode else { return None };
    let (name, words) = palette.words.text().trim().split_once(' ')?;
    let action = [Action::Export, Action::Themes].into_iter().find(|action| action.short() == name)?;
    let is_other = !shown(model, palette).is_empty();
    (!is_other).then(|| (action, words.trim().to_owned()))
}

/// Every action there is, but those that open and leave the palette.
fn all(model: &Model) -> Vec<Listed> {
    let listed = |action: &Action| {
        let (scope, title) = Scope::ALL
            .iter()
            .find_map(|(scope, _, title)| model.keymap.key_of(*scope, *action).map(|_| (*scope, *title)))?;
        let refused = match scope {
            Scope::Browse => refusal(model, *action),
            _ => Some(format!("only in: {title}")),
        };
        Some(Listed { action: *action, keys: model.keymap.keys_of(scope, *action), refused })
    };
    let left_out = |action: &&Action| !matches!(action, Action::Palette | Action::Escape);
    Action::ALL.iter().filter(left_out).filter_map(listed).collect()
}

/// Closes the palette; gives the chosen action, or says why it cannot act.
pub fn take(model: &mut Model) -> Option<Action> {
    let Mode::Palette(palette) = &model.mode else { return None };
    let Some(chosen) = shown(model, palette).get(palette.chosen).cloned() else {
        model.say("no such action");
        return None;
    };
    model.mode = Mode::Browse;
    if model.keymap.keys_of(Scope::Browse, chosen.action).is_empty() {
        model.say(chosen.refused.unwrap_or_default());
        return None;
    }
    Some(chosen.action)
}

/// Paints the palette over `area`.
pub fn paint(model: &Model, palette: &Palette, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let found = shown(model, palette);
    let title = format!("what to do · {} action{}", found.len(), if found.len() == 1 { "" } else { "s" });
    let rest = inset(title_row(area, &title, theme, frame.buffer_mut()), 1);
    if found.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("no such action", theme.dim);
    }
    let rows = usize::from(rest.height).max(1);
    let chosen = palette.chosen.min(found.len().saturating_sub(1));
    let first = chosen.saturating_sub(rows / 2).min(found.len().saturating_sub(rows));
    for (number, listed) in found.iter().enumerate().skip(first).take(rows) {
        let area = row(rest, number - first);
        let words = if listed.refused.is_some() { theme.dim } else { theme.text };
        let mut pen = Pen::new(frame.buffer_mut(), area);
        pen.put(if number == chosen { "▌ " } else { "  " }, theme.bar).put(&listed.keys.join(" "), theme.key);
        pen.put("  ", theme.text).skip_to(area.x + KEYS.min(area.width / 3));
        // Why it cannot act is what is asked of such an action: up to two thirds of the row are for that.
        let reason = listed.refused.as_ref().map(|reason| wrap::shortened(reason, pen.room() * 2 / 3));
        let kept = reason.as_ref().map_or(0, |reason| wrap::width(reason) + 3);
        pen.put(&wrap::shortened(listed.action.help(), pen.room().saturating_sub(kept)), words);
        if let Some(reason) = reason {
            pen.put("   ", theme.text).put(&reason, theme.text);
        }
    }
}
