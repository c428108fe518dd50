//! Verdicts, read marks, undo and redo: acts that need no panel.

use super::effect::Effect;
use super::mode::Mode;
use super::model::Model;
use super::saving::send;
use crate::corpus::SentenceId;
use crate::session::{Act, Anchor, Anchors, Verdict};

/// The anchor of a whole sentence.
pub fn anchor_of(model: &Model, id: SentenceId) -> Anchor {
    Anchors::new(&model.corpus).of_sentence(id)
}

/// Gives a verdict on the sentence in focus, or takes it back.
pub fn give(model: &mut Model, verdict: Option<Verdict>) -> Vec<Effect> {
    model.mode = Mode::Browse;
    let Some(id) = model.sentence() else { return Vec::new() };
    let given = model.annotations.sentences.get(&id).and_then(|own| own.verdict);
    if verdict.is_none() && given.is_none() {
        model.say("there is no verdict on this sentence");
        return Vec::new();
    }
    if verdict.is_some() {
        model.last_verdict = verdict;
    }
    let done = verdict.map_or("verdict taken back".to_owned(), |verdict| verdict.name().to_owned());
    let anchor = anchor_of(model, id);
    send(model, Act::Verdict { anchor, verdict }, Some(done))
}

/// Gives the last verdict again.
pub fn repeat(model: &mut Model) -> Vec<Effect> {
    let verdict = model.last_verdict;
    if verdict.is_some() { give(model, verdict) } else { Vec::new() }
}

/// Marks the sentence in focus as read, or as unread.
pub fn toggle_read(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.sentence() else { return Vec::new() };
    let read = !model.annotations.read.contains(&id);
    let anchor = anchor_of(model, id);
    send(model, Act::Read { anchor, read }, Some(if read { "read" } else { "unread" }.to_owned()))
}

/// Undoes the last act.
pub fn undo(model: &mut Model) -> Vec<Effect> {
    let Some((undone, name)) = model.session.to_undo() else { return Vec::new() };
    send(model, Act::Undo { undone }, Some(format!("undone: {name}")))
}

/// Does the act undone last again.
pub fn redo(model: &mut Model) -> Vec<Effect> {
    let Some((redone, name)) = model.session.to_redo() else { return Vec::new() };
    send(model, Act::Redo { redone }, Some(format!("done again: {name}")))
}
