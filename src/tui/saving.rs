//! Acts on their way to the journal, and what the reader is told when they are there, or are not.
//!
//! The session shows only what the journal has. An act that did not get there is kept and sent again
//! with the next one, or by the key that keeps; leaving with such acts asks first.

use std::collections::VecDeque;

use super::effect::Effect;
use super::mode::Mode;
use super::model::Model;
use super::triage::Suggestion;
use super::{reread, triage};
use crate::lexicon::CueKind;
use crate::session::{Act, AnchorKey, Event as SessionEvent};

/// What the journal answers: the event as it stands there and the local time, or why not.
pub type Answer = Result<Box<(SessionEvent, String)>, String>;

/// Acts that are not in the journal.
#[derive(Debug, Default)]
pub struct Saving {
    /// Sent and not yet answered, oldest first.
    sent: VecDeque<Sent>,
    /// Answered with a reason, oldest first.
    failed: VecDeque<Sent>,
}

#[derive(Clone, Debug)]
struct Sent {
    act: Act,
    /// What is told when it is in the journal, before the time.
    done: Option<String>,
    /// Whether the note editor waits for it.
    from_editor: bool,
    /// What it decides on.
    decides: Vec<Suggestion>,
}

impl Saving {
    /// How many acts did not get into the journal.
    pub fn failed(&self) -> usize {
        self.failed.len()
    }

    /// Whether an act on its way decides on `suggestion`.
    pub fn decides(&self, suggestion: Suggestion) -> bool {
        self.sent.iter().any(|sent| sent.decides.contains(&suggestion))
    }

    /// What an act on its way marks the stretch at `key` as.
    pub fn marked(&self, key: &AnchorKey) -> Option<Vec<CueKind>> {
        self.sent.iter().rev().find_map(|sent| match &sent.act {
            Act::Marked { anchor, kinds, .. } if anchor.is_at(key) => Some(kinds.clone()),
            _ => None,
        })
    }

    /// Whether the answer to some act is awaited.
    pub fn is_waiting(&self) -> bool {
        !self.sent.is_empty()
    }
}

/// Sends `act`, after the acts that failed before; `done` is told when it is in the journal.
pub fn send(model: &mut Model, act: Act, done: Option<String>) -> Vec<Effect> {
    enqueue(model, Sent { act, done, from_editor: false, decides: Vec::new() })
}

/// Sends a decision on `these`, which count as decided from now on.
pub fn send_decision(model: &mut Model, act: Act, done: String, these: &[Suggestion]) -> Vec<Effect> {
    enqueue(model, Sent { act, done: Some(done), from_editor: false, decides: these.to_vec() })
}

/// Tells `words` too when the last act sent is in the journal.
pub fn tell_too(model: &mut Model, words: &str) {
    if let Some(done) = model.saving.sent.back_mut().and_then(|sent| sent.done.as_mut()) {
        done.push_str(" · ");
        done.push_str(words);
    }
}

/// Sends the note that the editor holds.
pub fn send_note(model: &mut Model, act: Act) -> Vec<Effect> {
    enqueue(model, Sent { act, done: None, from_editor: true, decides: Vec::new() })
}

fn enqueue(model: &mut Model, sent: Sent) -> Vec<Effect> {
    let mut effects = send_again(model);
    effects.push(Effect::Append(sent.act.clone()));
    model.saving.sent.push_back(sent);
    effects
}

/// Sends again what failed.
pub fn send_again(model: &mut Model) -> Vec<Effect> {
    let saving = &mut model.saving;
    let effects = saving.failed.iter().map(|sent| Effect::Append(sent.act.clone())).collect();
    saving.sent.append(&mut saving.failed);
    effects
}

/// Gives up what failed.
pub fn forget_failed(model: &mut Model) {
    model.saving.failed.clear();
}

/// The oldest act sent is answered; gives what is to be done because of it.
pub fn answered(model: &mut Model, answer: Answer) -> Vec<Effect> {
    let sent = model.saving.sent.pop_front();
    let from_editor = sent.as_ref().is_some_and(|sent| sent.from_editor);
    match answer {
        Ok(answer) => {
            let (event, time) = *answer;
            let mends = model.session.mends.clone();
            model.session.apply(&event);
            let annotations = std::mem::take(&mut model.annotations);
            let before = annotations.decided.clone();
            let effects = if model.session.mends == mends {
                model.annotations = annotations.after(&model.corpus, &model.session, &event.act);
                triage::heed(model, &before);
                Vec::new()
            } else {
                reread::mended(model)
            };
            model.changes += 1;
            if from_editor && matches!(model.mode, Mode::Note(_)) {
                close_editor(model);
            }
            // While another note is being written, its reader must not take this for its answer.
            if !matches!(model.mode, Mode::Note(_)) {
                let done = sent.and_then(|sent| sent.done).map_or(String::new(), |done| format!("{done} · "));
                model.say(format!("{done}saved {time}"));
            }
            effects
        }
        Err(reason) => {
            if let Mode::Note(note) = &mut model.mode
                && from_editor
            {
                note.saving = false;
            } else {
                model.saving.failed.extend(sent);
            }
            let again = model.keymap.key_of(model.scope(), super::action::Action::Keep);
            let again = again.map_or(String::new(), |key| format!(" ({key} tries again)"));
            let reason = reason.trim_end_matches('.');
            model.warn(format!("not saved: {reason}{again}"));
            Vec::new()
        }
    }
}

/// Closes the note editor, whose note is in the journal.
fn close_editor(model: &mut Model) {
    if let Mode::Note(note) = std::mem::take(&mut model.mode) {
        note.leave(model);
    }
}
