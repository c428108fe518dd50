//! Pictures of what was found: how much of each technique each speaker uses, how claims and rhetoric run
//! along each statement, and the map of links between two statements.
//!
//! Every picture has its numbers or letters beside it, so that it reads without colour; in each a cursor
//! leads back into the text.

mod bars;
mod course;
mod map;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::kept::Kept;
use super::mode::Mode;
use super::model::Model;
use super::motion;
use super::paint::list_area;
use crate::corpus::{SentenceId, StatementId};

/// The pictures while they are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    view: View,
    /// The chosen one of the rows, statements or links that are pictured.
    pub chosen: usize,
    /// How far along a statement, or which pair of statements.
    across: usize,
}

/// Which picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    /// Marks per 1,000 words.
    #[default]
    Bars,
    /// Claims and rhetoric along each statement.
    Course,
    /// Links between two statements.
    Map,
}

/// What the pictures show, kept while they are moved about in.
#[derive(Debug, Default)]
pub struct Lists {
    words: Kept<(), Vec<usize>>,
    bars: Kept<u64, Vec<bars::BarRow>>,
    pairs: Kept<u64, Vec<[StatementId; 2]>>,
    /// Places in the links of the analysis, for the pair with this number.
    links: Kept<(u64, usize), Vec<usize>>,
}

/// Counts the words of long texts beforehand, so that the pictures open at once.
pub fn prepare(model: &Model) {
    bars::words(model);
}

/// Opens the pictures.
pub fn open(model: &mut Model) {
    model.mode = Mode::Profile(Profile::default());
}

/// Goes on to the next picture.
pub fn next_view(model: &mut Model) {
    let Mode::Profile(profile) = &mut model.mode else { return };
    let view = match profile.view {
        View::Bars => View::Course,
        View::Course => View::Map,
        View::Map => View::Bars,
    };
    *profile = Profile { view, ..Profile::default() };
}

/// Why there is nothing to move along.
pub fn sideways_refused(model: &Model) -> Option<&'static str> {
    let Mode::Profile(profile) = model.mode else { return None };
    match profile.view {
        View::Bars => Some("bars stand below one another; the courses and the map go on sideways"),
        View::Map if map::pairs(model).len() < 2 => Some("no other two statements are linked"),
        View::Course | View::Map => None,
    }
}

/// Moves along a statement, or on to another pair of statements.
pub fn sideways(model: &mut Model, by: isize) {
    let Mode::Profile(profile) = model.mode else { return };
    let last = match profile.view {
        View::Bars => 0,
        View::Course => course::last(model, profile.chosen),
        View::Map => map::pairs(model).len().saturating_sub(1),
    };
    let across = profile.across.min(last).saturating_add_signed(by).min(last);
    let chosen = if profile.view == View::Map && across != profile.across { 0 } else { profile.chosen };
    model.mode = Mode::Profile(Profile { chosen, across, ..profile });
}

/// How far the cursor can go.
pub fn last(model: &Model, profile: Profile) -> usize {
    let count = match profile.view {
        View::Bars => bars::rows(model).len(),
        View::Course => model.corpus.spoken_ids().count(),
        View::Map => map::links(model, profile.across).len(),
    };
    count.saturating_sub(1)
}

/// Closes the pictures and goes to what the cursor stands for.
pub fn go(model: &mut Model) {
    let Mode::Profile(profile) = model.mode else { return };
    let ends: Option<(SentenceId, Option<SentenceId>)> = match profile.view {
        View::Bars => bars::first_of(model, profile.chosen).map(|id| (id, None)),
        View::Course => course::at(model, profile.chosen, profile.across).map(|id| (id, None)),
        View::Map => map::ends(model, profile.across, profile.chosen).map(|(from, to)| (to, Some(from))),
    };
    match ends {
        Some((here, there)) => {
            model.mode = Mode::Browse;
            motion::jump_to_pair(model, here, there);
        }
        None => model.say("there is nothing to go to here"),
    }
}

/// Paints the picture over `area`.
pub fn paint(model: &Model, profile: Profile, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let title = match profile.view {
        View::Bars => "profile · per 1,000 words".to_owned(),
        View::Course => "profile · along each statement, from its first to its last sentence".to_owned(),
        View::Map => map::title(model, profile.across),
    };
    let rest = list_area(area, &title, &model.theme, frame.buffer_mut());
    match profile.view {
        View::Bars => bars::paint(model, profile.chosen, rest, frame),
        View::Course => course::paint(model, profile.chosen, profile.across, rest, frame),
        View::Map => map::paint(model, profile.across, profile.chosen, rest, frame),
    }
}
