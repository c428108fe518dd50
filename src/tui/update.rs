//! The only code that changes the model: an event in, effects out.

use std::sync::Arc;

use crossterm::event::{Event as Input, KeyEvent, KeyEventKind};

use super::action::Action;
use super::arrange::{self, arrange};
use super::effect::{Effect, Event, Findings};
use super::inspector::working::{self, Inspecting};
use super::jumps::Jumps;
use super::key::Key;
use super::keymap::{Lookup, Scope};
use super::links;
use super::mode::Mode;
use super::model::Model;
use super::palette::{self, Palette};
use super::refusal::refusal;
use super::saving::Answer;
use super::{
    blind, bulk, copy, export, filter, help, judge, ledger, link_edit, margin, motion, mouse, note_edit,
    notes, others, outline, panel, profile, question, reject, rejected, resume, saving, search, selection,
    source, sources, stepping, themes, triage, versions, weigh, who_said,
};
use crate::analysis::Relation;
use crate::lexicon::CueKind;
use crate::session::Verdict;

/// Counts above this are not meant.
const MOST_COUNTED: usize = 99_999;

/// Lets `event` change the model; gives what the outside world is asked to do.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let effects = match event {
        Event::Input(input) => take(model, input),
        Event::Background { light } => {
            model.light = Some(light);
            model.theme = model.choice.theme(model.light);
            Vec::new()
        }
        Event::Analyzed(findings) => {
            analyzed(model, findings);
            Vec::new()
        }
        Event::Saved(answer) => saved(model, answer),
        Event::Edited(answer) => note_edit::edited(model, answer),
        Event::Reweighed(answer) => weigh::kept(model, answer),
        Event::Copied(answer) => {
            copy::told(model, answer);
            Vec::new()
        }
        Event::Exported { name, answer } => {
            export::told(model, &name, answer);
            Vec::new()
        }
        Event::Completed { typed, found } => {
            export::completed(model, &typed, &found);
            Vec::new()
        }
        Event::Found(answer) => {
            others::found(model, answer);
            Vec::new()
        }
        Event::Opened(answer) => others::opened(model, answer),
        Event::Terminate => terminate(model),
    };
    arrange(model);
    effects
}

/// The journal has answered: keys typed meanwhile go where they would have gone. They must not hide
/// that something was not kept.
fn saved(model: &mut Model, answer: Answer) -> Vec<Effect> {
    let failed = answer.is_err();
    let held = model.take_held();
    let mut effects = saving::answered(model, answer);
    let told = model.message.clone();
    effects.extend(held.into_iter().flat_map(|event| key(model, event)));
    if failed && model.message.is_none() {
        model.message = told;
    }
    effects
}

fn take(model: &mut Model, input: Input) -> Vec<Effect> {
    match input {
        Input::Key(event) if event.kind != KeyEventKind::Release => key(model, event),
        Input::Mouse(event) => {
            model.touched = true;
            mouse::take(model, event);
            Vec::new()
        }
        Input::Paste(text) => {
            panel::paste(model, &text);
            Vec::new()
        }
        Input::Resize(width, height) => {
            model.size = (width.max(1), height.max(1));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A key: text for an open field, a digit of a count, or part of a binding.
fn key(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    if let Mode::Note(note) = &mut model.mode
        && note.saving
    {
        note.held.push(event);
        return Vec::new();
    }
    model.touched = true;
    model.message = None;
    let (scope, key) = (model.scope(), Key::pressed(event));
    if matches!(
        scope,
        Scope::Search | Scope::Note | Scope::Filter | Scope::Palette | Scope::Weigh | Scope::Export
    ) {
        return match model.keymap.lookup(scope, &[key]) {
            Lookup::Found(action) => act(model, action, None),
            Lookup::Begun | Lookup::Unbound => {
                panel::type_key(model, key, event);
                Vec::new()
            }
        };
    }
    if let Some(digit) = key.digit().filter(|digit| scope == Scope::WhoSaid && *digit > 0) {
        return who_said::by_digit(model, digit);
    }
    if counted(model, scope, key) {
        return Vec::new();
    }
    model.pressed.push(key);
    match model.keymap.lookup(scope, &model.pressed) {
        Lookup::Begun => Vec::new(),
        Lookup::Found(action) => {
            model.pressed.clear();
            let count = model.count.take();
            act(model, action, count)
        }
        Lookup::Unbound => {
            let pressed: Vec<String> =
                std::mem::take(&mut model.pressed).iter().map(Key::to_string).collect();
            model.count = None;
            let help = model.keymap.key_of(scope, Action::Help);
            let help = help.map_or(String::new(), |key| format!("; {key} lists the keys"));
            model.say(format!("{} means nothing here{help}", pressed.join(" ")));
            Vec::new()
        }
    }
}

/// Takes a digit of a count, if `key` is one.
fn counted(model: &mut Model, scope: Scope, key: Key) -> bool {
    let Some(digit) = key.digit().filter(|_| model.pressed.is_empty()) else { return false };
    let bound = model.keymap.lookup(scope, &[key]) != Lookup::Unbound;
    if !matches!(scope, Scope::Browse | Scope::Inspect | Scope::Select)
        || (model.count.is_none() && (bound || digit == 0))
    {
        return false;
    }
    let count = model.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
    model.count = Some(count.min(MOST_COUNTED));
    true
}

/// Does what a key is bound to, or says why not.
fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    if let Some(reason) = refusal(model, action) {
        model.say(reason);
        return Vec::new();
    }
    let times = count.unwrap_or(1).max(1).cast_signed();
    match action {
        Action::NextSentence => motion::by_sentences(model, times),
        Action::PreviousSentence => motion::by_sentences(model, -times),
        Action::HalfPageDown => motion::by_rows(model, times * motion::half(model)),
        Action::HalfPageUp => motion::by_rows(model, -times * motion::half(model)),
        Action::PageDown => motion::by_rows(model, times * motion::page(model)),
        Action::PageUp => motion::by_rows(model, -times * motion::page(model)),
        Action::First => motion::first(model, count),
        Action::Last => motion::last(model, count),
        Action::NextColumn => motion::by_columns(model, 1, true),
        Action::PreviousColumn => motion::by_columns(model, -1, true),
        Action::ColumnLeft if matches!(model.mode, Mode::Ledger(_)) => ledger::sideways(model, -1),
        Action::ColumnRight if matches!(model.mode, Mode::Ledger(_)) => ledger::sideways(model, 1),
        Action::ColumnLeft if matches!(model.mode, Mode::Profile(_)) => profile::sideways(model, -1),
        Action::ColumnRight if matches!(model.mode, Mode::Profile(_)) => profile::sideways(model, 1),
        Action::ColumnLeft => motion::by_columns(model, -1, false),
        Action::ColumnRight => motion::by_columns(model, 1, false),
        Action::SlideLeft => motion::slide(model, -1),
        Action::SlideRight => motion::slide(model, 1),
        Action::NextMark => to_next_mark(model, times),
        Action::PreviousMark => to_next_mark(model, -times),
        Action::NextSuggestion => stepping::step(model, times),
        Action::PreviousSuggestion => stepping::step(model, -times),
        Action::NextNote => motion::to_note(model, times),
        Action::PreviousNote => motion::to_note(model, -times),
        Action::Counterpart => motion::to_counterpart(model),
        Action::Back => motion::along(model, Jumps::back),
        Action::Forward => motion::along(model, Jumps::forward),
        Action::Search => search::open(model),
        Action::NextHit => search::step(model, times),
        Action::PreviousHit => search::step(model, -times),
        Action::OlderSearch => search::take_up(model, 1),
        Action::NewerSearch => search::take_up(model, -1),
        Action::Outline => outline::open(model),
        Action::Others => return others::open(model),
        Action::Accept if matches!(model.mode, Mode::Others(_)) => return others::go(model),
        Action::UnreadOnly => return filter::toggle_unread(model),
        Action::Filters => filter::open(model),
        Action::NextValue => filter::change(model, 1),
        Action::PreviousValue => filter::change(model, -1),
        Action::ShowAll => filter::show_all(model),
        Action::Claims if model.session.blind => return blind::mark(model, CueKind::Claim),
        Action::Rebuttals if model.session.blind => return blind::mark(model, CueKind::Rebuttal),
        Action::Rhetoric if model.session.blind => return blind::mark(model, CueKind::Rhetoric),
        Action::Marks if model.session.blind => return blind::clear(model),
        Action::Blind => return blind::toggle(model),
        Action::Reveal => return blind::reveal(model),
        Action::Claims => toggle_layer(model, 0),
        Action::Rebuttals => toggle_layer(model, 1),
        Action::Rhetoric => toggle_layer(model, 2),
        Action::Marks => toggle_all_layers(model),
        Action::Alignment => toggle_alignment(model),
        Action::Questions => toggle_questions(model),
        Action::Inspect => model.mode = Mode::Inspect(Inspecting::default()),
        Action::Select => selection::begin(model),
        Action::SelectWord
        | Action::SelectWordBack
        | Action::SelectCharacter
        | Action::SelectCharacterBack
        | Action::SelectSentence
        | Action::SelectSentenceBack => selection::step(model, action, times.unsigned_abs()),
        Action::SwapEnds => selection::swap_ends(model),
        Action::SelectAnew => selection::begin_anew(model),
        Action::Note if matches!(model.mode, Mode::Select(_)) => note_edit::on_selection(model),
        Action::Note => note_edit::on_sentence(model),
        Action::NoteStatement => note_edit::on_statement(model),
        Action::EditNote => return note_edit::outside_again(model),
        Action::Source => source::open(model),
        Action::NextDocument => source::next_document(model),
        Action::WhoSaid => who_said::open(model),
        Action::NewName => who_said::new_name(model),
        Action::Nobody => return who_said::nobody(model),
        Action::ListSources => model.mode = Mode::Sources(sources::current(model)),
        Action::ListNotes => model.mode = Mode::Notes(notes::NotesList::default()),
        Action::Ledger => ledger::open(model),
        Action::Reorder => ledger::reorder(model),
        Action::NextBand => ledger::next_band(model),
        Action::NextVerdict => ledger::next_verdict(model),
        Action::NextSpeaker => ledger::next_speaker(model),
        Action::Profile => profile::open(model),
        Action::NextView if matches!(model.mode, Mode::Profile(_)) => profile::next_view(model),
        Action::NextView => ledger::next_view(model),
        Action::CopyPage => return ledger::copy(model, false),
        Action::CopyTable => return ledger::copy(model, true),
        Action::Verdict => model.mode = Mode::Verdict,
        Action::RepeatVerdict => return judge::repeat(model),
        Action::AcceptSuggestion => return triage::accept(model),
        Action::RejectSuggestion => return triage::reject(model),
        Action::AcceptAll => bulk::open(model),
        Action::MarkSentence => link_edit::mark(model),
        Action::LinkHere => link_edit::link_here(model),
        Action::Links => link_edit::open(model),
        Action::LinkRebuts => return link_edit::relate(model, Relation::Rebuts),
        Action::LinkContradicts => return link_edit::relate(model, Relation::Contradicts),
        Action::LinkEchoes => return link_edit::relate(model, Relation::Echoes),
        Action::LinkAccepts => return link_edit::relate(model, Relation::Accepts),
        Action::LinkDeflects => return link_edit::relate(model, Relation::Deflects),
        Action::AcceptLink => return link_edit::accept(model),
        Action::RemoveLink => return link_edit::remove(model),
        Action::NextLink => link_edit::step(model, times),
        Action::PreviousLink => link_edit::step(model, -times),
        Action::TurnLink => link_edit::turn(model),
        Action::ListRejected => model.mode = Mode::Rejected(0),
        Action::RejectThis | Action::RejectHere | Action::RejectEverywhere | Action::RejectRule => {
            return reject::take(model, action);
        }
        Action::NextCue if matches!(model.mode, Mode::Inspect(_)) => working::step(model, times),
        Action::PreviousCue if matches!(model.mode, Mode::Inspect(_)) => working::step(model, -times),
        Action::Silence => working::silence(model),
        Action::Reweigh => weigh::open(model),
        Action::NextCue => reject::step(model, times),
        Action::PreviousCue => reject::step(model, -times),
        Action::Raise => bulk::step(model, true),
        Action::Lower => bulk::step(model, false),
        Action::AcceptThese => return bulk::take(model),
        Action::Restore => return rejected::restore(model),
        Action::Read => return judge::toggle_read(model),
        Action::Copy => return copy::here(model),
        Action::CopyNotes => return copy::all_notes(model),
        Action::Export => export::open(model),
        Action::Complete => return export::complete(model),
        Action::Themes => themes::open(model),
        Action::Mouse => return toggle_mouse(model),
        Action::Undo => return judge::undo(model),
        Action::Redo => return judge::redo(model),
        Action::Palette => model.mode = Mode::Palette(Palette::default()),
        Action::Help => model.mode = Mode::Help(help::Help::default()),
        Action::Escape | Action::Accept if matches!(model.mode, Mode::Filters(_)) => {
            return filter::close(model);
        }
        Action::Escape => panel::escape(model),
        Action::Quit => return question::quit(model),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Keep => return keep(model),
        Action::Accept if matches!(model.mode, Mode::Export(_)) => return export::accept(model),
        Action::Accept if matches!(model.mode, Mode::Palette(_)) => {
            if let Some((action, words)) = palette::with_words(model) {
                return act_with(model, action, &words);
            }
            return palette::take(model).map_or(Vec::new(), |chosen| act(model, chosen, count));
        }
        Action::Accept if matches!(model.mode, Mode::WhoSaid(_)) => return who_said::accept(model),
        Action::Accept if matches!(model.mode, Mode::Weigh(_)) => return weigh::keep(model),
        Action::Accept => panel::accept(model),
        Action::Down | Action::Up | Action::ScrollDown | Action::ScrollUp | Action::Top | Action::Bottom => {
            panel::scroll(model, action);
        }
        Action::Filter => panel::start_filter(model),
        Action::ShowOrHide => sources::show_or_hide(model),
        Action::ShowAlone => sources::show_alone(model),
        Action::EditHere => notes::edit(model),
        Action::EditOutside => return note_edit::outside(model),
        Action::ConfirmPlace => return notes::confirm(model),
        Action::DeleteNote => return notes::delete(model),
        Action::Disputed => return judge::give(model, Some(Verdict::Disputed)),
        Action::Supported => return judge::give(model, Some(Verdict::Supported)),
        Action::Refuted => return judge::give(model, Some(Verdict::Refuted)),
        Action::NeedsSource => return judge::give(model, Some(Verdict::NeedsSource)),
        Action::Settled => return judge::give(model, Some(Verdict::Settled)),
        Action::NoVerdict => return judge::give(model, None),
        Action::Yes => return question::yes(model),
        Action::No => question::no(model),
    }
    Vec::new()
}

/// Does what was typed with words of its own: `:export notes.md`, `:theme night`.
fn act_with(model: &mut Model, action: Action, words: &str) -> Vec<Effect> {
    model.mode = Mode::Browse;
    if action == Action::Export {
        return export::named(model, words);
    }
    if let Some(reason) = refusal(model, action) {
        model.say(reason);
        return Vec::new();
    }
    themes::named(model, words);
    Vec::new()
}

fn toggle_mouse(model: &mut Model) -> Vec<Effect> {
    model.mouse = !model.mouse;
    let key = model.keymap.key_of(Scope::Browse, Action::Mouse).unwrap_or_default();
    model.say(if model.mouse {
        "the mouse clicks and scrolls here".to_owned()
    } else {
        format!("the mouse selects as the terminal does; {key} takes it back")
    });
    vec![Effect::Mouse(model.mouse)]
}

/// Of two versions of one statement, what changed is stepped through instead of the marks.
fn to_next_mark(model: &mut Model, count: isize) {
    let statement = model.sentence().map(|id| model.corpus.sentence(id).statement);
    if statement.is_some_and(|statement| versions::has_versions(model, statement)) {
        if motion::to_next(model, count, "change", versions::is_changed) {
            versions::say_which(model);
        }
    } else {
        motion::to_next(model, count, "mark", is_marked);
    }
}

fn is_marked(model: &Model, id: crate::corpus::SentenceId) -> bool {
    margin::kinds(model, id).contains(&true)
}

fn toggle_layer(model: &mut Model, kind: usize) {
    model.layers.shown[kind] = !model.layers.shown[kind];
    model.changes += 1;
}

fn toggle_all_layers(model: &mut Model) {
    let any = model.layers.shown.contains(&true);
    model.layers.shown = [!any; 3];
    model.changes += 1;
    model.say(if any { "marks are hidden" } else { "marks are shown" });
}

fn toggle_alignment(model: &mut Model) {
    let (scrolling, told) = model.scrolling.next();
    model.scrolling = scrolling;
    arrange::rearrange(model);
    model.say(told);
}

fn toggle_questions(model: &mut Model) {
    let eye = arrange::eye_row(model);
    model.questions = !model.questions;
    arrange::arrange_at(model, eye);
    model.say(if model.questions { "questions are shown" } else { "questions are hidden" });
}

fn keep(model: &mut Model) -> Vec<Effect> {
    if matches!(model.mode, Mode::Note(_)) { note_edit::keep(model) } else { saving::send_again(model) }
}

/// Marks and links have come: the line under the eye stays where it is. Those of texts that were
/// mended meanwhile are not wanted any more.
fn analyzed(model: &mut Model, findings: Box<Findings>) {
    if !Arc::ptr_eq(&findings.corpus, &model.corpus) {
        return;
    }
    model.found = Some(Box::new(findings.analysis.clone()));
    model.findings = Some(findings);
    triage::lay_over(model);
    profile::prepare(model);
    if !model.touched {
        let closest = model.analysis().and_then(|analysis| links::closest(&model.corpus, analysis));
        if let Some(pair) = closest {
            model.order.sort_by_key(|id| !pair.contains(id));
            arrange(model);
            resume::resume(model);
        }
    }
    arrange::rearrange(model);
}

/// Keeps what is being written as a draft, tries once more what failed, and leaves. A draft comes after
/// the place, so that it is told when the session is opened again.
fn terminate(model: &mut Model) -> Vec<Effect> {
    let mut effects = saving::send_again(model);
    effects.extend(resume::keep_place(model));
    let note = match &model.mode {
        Mode::Note(note) | Mode::Question(question::Question::LoseNote { note, .. }) => Some(note),
        _ => None,
    };
    effects.extend(
        note.filter(|note| note.is_changed() && !note.saving).map(|note| Effect::Append(note.act(true))),
    );
    effects.push(Effect::Quit);
    effects
}
