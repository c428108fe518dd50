//! What the keys that all panels share do in the one that is open: type, leave, take, filter, move.

use crossterm::event::KeyEvent;

use super::action::Action;
use super::key::Key;
use super::keymap::Scope;
use super::line_edit::ListFilter;
use super::mode::Mode;
use super::model::Model;
use super::who_said::WhoSaid;
use super::{
    blind, export, filter, help, inspector, ledger, link_edit, note_edit, notes, others, outline, palette,
    profile, question, rejected, search, source, sources, themes, weigh, who_said,
};

/// Types a key into the open field.
pub fn type_key(model: &mut Model, key: Key, event: KeyEvent) {
    if let Some(filter) = model.mode.list_filter_mut() {
        filter.words.press(key);
        return to_top(model);
    }
    match &mut model.mode {
        Mode::Search(line) => {
            if line.edit.press(key) {
                search::typed(model);
            }
        }
        Mode::Note(note) => note.press(event),
        Mode::WhoSaid(list) => {
            if let Some(name) = &mut list.naming {
                name.press(key);
            }
        }
        Mode::Weigh(weigh) => {
            weigh.edit.press(key);
        }
        Mode::Export(line) => export::typed(line, key),
        Mode::Palette(palette) => {
            palette.words.press(key);
            palette.chosen = 0;
        }
        Mode::Notes(_)
        | Mode::Ledger(_)
        | Mode::Outline(_)
        | Mode::Help(_)
        | Mode::Browse
        | Mode::Inspect(_)
        | Mode::Select(_)
        | Mode::Reject(_)
        | Mode::Bulk(_)
        | Mode::Links(_)
        | Mode::Rejected(_)
        | Mode::Agreement(_)
        | Mode::Verdict
        | Mode::Source(_)
        | Mode::Sources(_)
        | Mode::Profile(_)
        | Mode::Filters(_)
        | Mode::Themes(_)
        | Mode::Others(_)
        | Mode::Question(_) => (),
    }
}

/// Takes pasted text into the open field.
pub fn paste(model: &mut Model, text: &str) {
    model.touched = true;
    if let Some(filter) = model.mode.list_filter_mut().filter(|filter| filter.typing) {
        return filter.words.insert(text);
    }
    match &mut model.mode {
        Mode::Search(line) => {
            line.edit.insert(text);
            search::typed(model);
        }
        Mode::Note(note) if !note.saving => note.paste(text),
        Mode::WhoSaid(WhoSaid { naming: Some(name), .. }) => name.insert(text),
        Mode::Weigh(weigh) => weigh.edit.insert(text),
        Mode::Palette(palette) => palette.words.insert(text),
        Mode::Export(line) => line.name.insert(text),
        _ => {
            let key = model.keymap.key_of(Scope::Browse, Action::Note).unwrap_or_default();
            model.say(format!("nothing is open to paste into; {key} opens a note"));
        }
    }
}

/// One level back.
pub fn escape(model: &mut Model) {
    if !matches!(model.mode, Mode::Ledger(_))
        && let Some(filter) = model.mode.list_filter_mut().filter(|filter| filter.is_used())
    {
        *filter = ListFilter::default();
        return to_top(model);
    }
    match &mut model.mode {
        Mode::Browse => {
            model.at_note = None;
            if let Some(search) = &mut model.search {
                search.painted = false;
            }
        }
        Mode::Search(_) => search::cancel(model),
        Mode::Note(_) => note_edit::escape(model),
        Mode::Ledger(ledger) => {
            if !ledger.step_back() {
                model.mode = Mode::Browse;
            }
        }
        Mode::WhoSaid(list) if list.naming.is_some() => list.naming = None,
        Mode::WhoSaid(_) => who_said::close(model),
        Mode::Source(_) => source::close(model),
        Mode::Inspect(_)
        | Mode::Select(_)
        | Mode::Reject(_)
        | Mode::Bulk(_)
        | Mode::Links(_)
        | Mode::Rejected(_)
        | Mode::Agreement(_)
        | Mode::Verdict
        | Mode::Notes(_)
        | Mode::Sources(_)
        | Mode::Outline(_)
        | Mode::Profile(_)
        | Mode::Others(_)
        | Mode::Filters(_)
        | Mode::Palette(_)
        | Mode::Help(_) => {
            model.mode = Mode::Browse;
        }
        Mode::Export(_) => export::close(model),
        Mode::Weigh(_) => weigh::close(model),
        Mode::Themes(_) => themes::cancel(model),
        Mode::Question(_) => question::no(model),
    }
}

/// Takes what is chosen, or ends the typing of a filter.
pub fn accept(model: &mut Model) {
    if let Some(filter) = model.mode.list_filter_mut().filter(|filter| filter.typing) {
        filter.typing = false;
        return;
    }
    match &mut model.mode {
        Mode::Search(_) => search::accept(model),
        Mode::Notes(_) => notes::go(model),
        Mode::Rejected(_) => rejected::go(model),
        Mode::Agreement(_) => blind::go(model),
        Mode::Links(_) => link_edit::go(model),
        Mode::Sources(_) => sources::go(model),
        Mode::Themes(_) => themes::keep(model),
        Mode::Ledger(_) => ledger::go(model),
        Mode::Outline(_) => outline::go(model),
        Mode::Profile(_) => profile::go(model),
        _ => (),
    }
}

/// Lets the reader type what a list is to show.
pub fn start_filter(model: &mut Model) {
    if let Some(filter) = model.mode.list_filter_mut() {
        filter.typing = true;
    }
}

/// Moves within the open panel.
pub fn scroll(model: &mut Model, action: Action) {
    let row = if matches!(model.mode, Mode::Ledger(_)) { ledger::MOST_HAVE } else { 1 };
    let half = (usize::from(model.size.1) / 3 / row).max(1);
    let stepped = |from: usize, most: usize| match action {
        Action::Down => (from + 1).min(most),
        Action::Up => from.saturating_sub(1),
        Action::ScrollDown => (from + half).min(most),
        Action::ScrollUp => from.saturating_sub(half),
        Action::Top => 0,
        _ => most,
    };
    let most = match &model.mode {
        Mode::Inspect(_) => inspector::working::most_scroll(model),
        Mode::Help(help) => help::most_scroll(model, help),
        Mode::Notes(list) => notes::listed(model, list).len().saturating_sub(1),
        Mode::WhoSaid(list) => who_said::count(model, list).saturating_sub(1),
        Mode::Source(view) => source::most_scroll(model, view),
        Mode::Sources(_) => sources::count(model).saturating_sub(1),
        Mode::Agreement(_) => blind::count(model).saturating_sub(1),
        Mode::Rejected(_) => rejected::entries(model).len().saturating_sub(1),
        Mode::Ledger(ledger) => ledger::last(model, ledger),
        Mode::Others(list) => others::count(list).saturating_sub(1),
        Mode::Outline(outline) => outline::shown(model, outline).len().saturating_sub(1),
        Mode::Profile(profile) => profile::last(model, *profile),
        Mode::Filters(_) => filter::Line::ALL.len() - 1,
        Mode::Palette(palette) => palette::shown(model, palette).len().saturating_sub(1),
        Mode::Themes(_) => themes::all(model).len().saturating_sub(1),
        _ => return,
    };
    if let Some(place) = place(&mut model.mode) {
        *place = stepped(*place, most);
    }
    themes::look(model);
}

/// To the first entry of the open list.
fn to_top(model: &mut Model) {
    if let Some(place) = place(&mut model.mode) {
        *place = 0;
    }
}

/// The row at which a panel is scrolled or its cursor stands; none of one that does not move.
fn place(mode: &mut Mode) -> Option<&mut usize> {
    Some(match mode {
        Mode::Inspect(inspecting) => &mut inspecting.scroll,
        Mode::Help(help) => &mut help.scroll,
        Mode::Notes(list) => &mut list.chosen,
        Mode::WhoSaid(list) => &mut list.chosen,
        Mode::Source(view) => &mut view.scroll,
        Mode::Sources(chosen) | Mode::Rejected(chosen) | Mode::Agreement(chosen) => chosen,
        Mode::Ledger(ledger) => ledger.place(),
        Mode::Others(list) => &mut list.chosen,
        Mode::Outline(outline) => &mut outline.chosen,
        Mode::Profile(profile) => &mut profile.chosen,
        Mode::Filters(filters) => &mut filters.chosen,
        Mode::Palette(palette) => &mut palette.chosen,
        Mode::Themes(themes) => &mut themes.chosen,
        Mode::Browse
        | Mode::Select(_)
        | Mode::Reject(_)
        | Mode::Bulk(_)
        | Mode::Links(_)
        | Mode::Verdict
        | Mode::Weigh(_)
        | Mode::Search(_)
        | Mode::Note(_)
        | Mode::Export(_)
        | Mode::Question(_) => return None,
    })
}
