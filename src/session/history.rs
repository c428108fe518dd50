//! Which acts count: the acts on each thing, oldest first, and what `u` and `Ctrl-r` would do.
//!
//! Every act says all about one [`Thing`] or several: a note, the verdict on a stretch, its read
//! mark, a suggestion. The state of a thing is its last act that is not undone, so undoing an act looks at the
//! acts on one thing only, and never replays the session.

use std::collections::BTreeMap;

use super::{Act, AnchorKey, DecisionKey, Event, EventId};

/// What an act is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// A note, named by its first writing.
    Note(EventId),
    /// The verdict on a stretch.
    Verdict(AnchorKey),
    /// Whether a stretch was read.
    Read(AnchorKey),
    /// A mended attribution, named by its event: it is done after all earlier ones, so that none of
    /// them is replaced by it.
    Mend(EventId),
    /// A suggestion, or the link between two sentences.
    Decision(DecisionKey),
    /// What the reader marked a stretch as.
    Marked(AnchorKey),
    /// Whether the program's marks are hidden.
    Blind,
}

impl Thing {
    /// What `event` is about; nothing if it cannot be undone.
    fn of(event: &Event) -> Vec<Self> {
        match &event.act {
            Act::Note { replaces, .. } => {
                vec![Self::Note(replaces.clone().unwrap_or_else(|| event.id.clone()))]
            }
            Act::NoteDeleted { note } => vec![Self::Note(note.clone())],
            Act::Verdict { anchor, .. } => vec![Self::Verdict(anchor.key())],
            Act::Read { anchor, .. } => vec![Self::Read(anchor.key())],
            Act::Decided { decisions } => {
                decisions.iter().map(|decision| Self::Decision(decision.on.key())).collect()
            }
            Act::Linked { from, to, .. } => vec![Self::Decision(DecisionKey::link(from, to))],
            Act::Marked { anchor, .. } => vec![Self::Marked(anchor.key())],
            Act::Blind { .. } => vec![Self::Blind],
            Act::AttributionMended { .. } => vec![Self::Mend(event.id.clone())],
            Act::Opened(_)
            | Act::Filtered { .. }
            | Act::Left { .. }
            | Act::Undo { .. }
            | Act::Redo { .. } => Vec::new(),
        }
    }
}

/// All acts that can be undone, and which of them are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    acts: BTreeMap<EventId, Done>,
    /// The acts on each thing, oldest first.
    things: BTreeMap<Thing, Vec<EventId>>,
    /// Acts that count, oldest first.
    undoable: Vec<EventId>,
    /// Acts undone, the last undone last.
    redoable: Vec<EventId>,
}

#[derive(Clone, Debug, PartialEq)]
struct Done {
    event: Event,
    things: Vec<Thing>,
    undone: bool,
}

impl History {
    /// Adds a new act, after which nothing can be redone; gives what it is about, nothing if it
    /// cannot be undone.
    ///
    /// An act already known changes nothing: a journal that was copied onto itself says no more.
    pub fn add(&mut self, event: &Event) -> Vec<Thing> {
        let things = Thing::of(event);
        if things.is_empty() || self.acts.contains_key(&event.id) {
            return Vec::new();
        }
        for thing in &things {
            self.things.entry(thing.clone()).or_default().push(event.id.clone());
        }
        let done = Done { event: event.clone(), things: things.clone(), undone: false };
        self.acts.insert(event.id.clone(), done);
        self.undoable.push(event.id.clone());
        self.redoable.clear();
        things
    }

    /// Undoes an act that counts; gives what it was about.
    pub fn undo(&mut self, id: &EventId) -> Vec<Thing> {
        let Some(done) = self.acts.get_mut(id).filter(|done| !done.undone) else { return Vec::new() };
        done.undone = true;
        shift(id, &mut self.undoable, &mut self.redoable);
        done.things.clone()
    }

    /// Does an undone act again; gives what it is about.
    pub fn redo(&mut self, id: &EventId) -> Vec<Thing> {
        let Some(done) = self.acts.get_mut(id).filter(|done| done.undone) else { return Vec::new() };
        done.undone = false;
        shift(id, &mut self.redoable, &mut self.undoable);
        done.things.clone()
    }

    /// The last act on `thing` that counts.
    pub fn last(&self, thing: &Thing) -> Option<&Event> {
        let ids = self.things.get(thing)?;
        ids.iter().rev().filter_map(|id| self.acts.get(id)).find(|done| !done.undone).map(|done| &done.event)
    }

    /// The act that would be undone next.
    pub fn to_undo(&self) -> Option<&Event> {
        self.event(self.undoable.last()?)
    }

    /// The act that would be done again next.
    pub fn to_redo(&self) -> Option<&Event> {
        self.event(self.redoable.last()?)
    }

    /// An act by its id.
    pub fn event(&self, id: &EventId) -> Option<&Event> {
        self.acts.get(id).map(|done| &done.event)
    }
}

/// Moves `id` from one list to the end of the other; nearly always it is the last of the first.
fn shift(id: &EventId, from: &mut Vec<EventId>, to: &mut Vec<EventId>) {
    if let Some(at) = from.iter().rposition(|other| other == id) {
        to.push(from.remove(at));
    }
}
