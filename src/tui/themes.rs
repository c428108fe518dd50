//! The list of themes below the text: each is put on while it is chosen, and taken off again by Esc.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::theme::Choice;

/// Cells of the names.
const NAMES: u16 = 14;

/// The list while it is open.
#[derive(Debug)]
pub struct Themes {
    /// The chosen one of [`all`].
    pub chosen: usize,
    /// What was worn before.
    before: Choice,
}

/// The built-in themes and the reader's own, each with what is said of it.
pub fn all(model: &Model) -> Vec<(Choice, &'static str)> {
    let own = model.own_themes.iter().map(|own| (own.clone(), "your own"));
    Choice::BUILT_IN.into_iter().chain(own).collect()
}

/// Opens the list on the theme that is worn.
pub fn open(model: &mut Model) {
    let before = model.choice.clone();
    let chosen = all(model).iter().position(|(choice, _)| *choice == before).unwrap_or(0);
    model.mode = Mode::Themes(Themes { chosen, before });
}

/// Puts on the chosen theme.
pub fn look(model: &mut Model) {
    let Mode::Themes(themes) = &model.mode else { return };
    if let Some((choice, _)) = all(model).get(themes.chosen) {
        wear(model, choice.clone());
    }
}

/// Closes the list and keeps what is worn.
pub fn keep(model: &mut Model) {
    model.mode = Mode::Browse;
    let name = model.choice.name();
    model.say(format!("theme {name}; `theme = \"{name}\"` in config.toml keeps it"));
}

/// Closes the list and puts on what was worn before.
pub fn cancel(model: &mut Model) {
    if let Mode::Themes(themes) = std::mem::take(&mut model.mode) {
        wear(model, themes.before);
    }
}

/// Puts on the theme of this name, or says which there are.
pub fn named(model: &mut Model, name: &str) {
    let all = all(model);
    if let Some((choice, _)) = all.iter().find(|(choice, _)| choice.name() == name) {
        wear(model, choice.clone());
        return keep(model);
    }
    let known: Vec<&str> = all.iter().map(|(choice, _)| choice.name()).collect();
    let known = known.join(", ");
    model.warn(format!("no theme “{name}”; there are {known}"));
}

fn wear(model: &mut Model, choice: Choice) {
    model.theme = choice.theme(model.light);
    model.choice = choice;
}

/// Rows that the list would like, its title included.
pub fn rows(model: &Model) -> u16 {
    all(model).len() as u16 + 1
}

/// Paints the list.
pub fn paint(model: &Model, themes: &Themes, area: Rect, buffer: &mut Buffer) {
    let theme = &model.theme;
    let rest = inset(title_row(area, "themes", theme, buffer), 1);
    let all = all(model);
    let height = usize::from(rest.height).max(1);
    let first = themes.chosen.saturating_sub(height / 2).min(all.len().saturating_sub(height));
    for (number, (choice, about)) in all.iter().enumerate().skip(first).take(height) {
        let area = row(rest, number - first);
        let mut pen = Pen::new(buffer, area);
        let chosen = number == themes.chosen;
        let style = if chosen { theme.value } else { theme.text };
        pen.put(if chosen { "▌ " } else { "  " }, theme.bar).put(choice.name(), style).put("  ", theme.text);
        pen.skip_to(area.x + NAMES.min(area.width / 2)).put_shortened(about, theme.key_words);
    }
}
