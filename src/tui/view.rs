//! The model as a frame: each part of the screen has its own file, this one puts them together.

use ratatui::Frame;

use super::mode::Mode;
use super::model::Model;
use super::question::Question;
use super::{
    blind, bulk, column, filter, help, inspector, ledger, link_edit, note_edit, notes, others, outline,
    palette, profile, reject, rejected, selection, source, sources, status, themes, top, weigh, who_said,
};

/// Paints the model; it only reads, so a frame may be painted twice or never.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    if frame.area() != model.areas.all {
        // The size has changed and the model does not know it yet: the next frame shows it.
        return;
    }
    let buffer = frame.buffer_mut();
    top::paint(model, buffer);
    match &model.mode {
        Mode::Help(help) => help::paint(model, help, help::area_of(model), frame),
        Mode::Notes(list) => notes::paint(model, list, help::area_of(model), frame),
        Mode::Ledger(ledger) => ledger::paint(model, ledger, help::area_of(model), frame),
        Mode::Outline(outline) => outline::paint(model, outline, help::area_of(model), frame),
        Mode::Others(list) => others::paint(model, list, help::area_of(model), frame),
        Mode::Profile(profile) => profile::paint(model, *profile, help::area_of(model), frame),
        Mode::Palette(palette) => palette::paint(model, palette, help::area_of(model), frame),
        Mode::Agreement(chosen) => blind::paint(model, *chosen, help::area_of(model), frame),
        Mode::Rejected(chosen) => rejected::paint(model, *chosen, help::area_of(model), frame),
        Mode::Sources(chosen) => sources::paint(model, *chosen, help::area_of(model), frame),
        Mode::Source(view) => source::paint(model, view, help::area_of(model), frame),
        Mode::WhoSaid(list) if list.from_sources() => {
            who_said::paint(model, list, help::area_of(model), frame);
        }
        _ => {
            top::paint_names(model, buffer);
            column::paint(model, buffer);
            panel(model, frame);
        }
    }
    status::paint(model, frame.buffer_mut());
    model.theme.lay_ground(frame.buffer_mut());
}

/// What stands below the text.
fn panel(model: &Model, frame: &mut Frame<'_>) {
    let area = model.areas.panel;
    match &model.mode {
        Mode::Note(note) | Mode::Question(Question::LoseNote { note, .. }) => {
            note_edit::paint(model, note, area, frame);
        }
        Mode::Reject(reject) => reject::paint(model, reject, area, frame),
        Mode::Links(edit) => link_edit::paint(model, edit, area, frame),
        Mode::Bulk(bulk) => bulk::paint(model, bulk, area, frame),
        Mode::Weigh(weigh) => weigh::paint(model, weigh, area, frame),
        Mode::Filters(filters) => filter::paint(model, filters, area, frame),
        Mode::Select(selected) => selection::paint(model, selected, area, frame),
        Mode::WhoSaid(list) => who_said::paint(model, list, area, frame),
        Mode::Themes(list) => themes::paint(model, list, area, frame.buffer_mut()),
        _ => inspector::paint(model, area, frame),
    }
}
