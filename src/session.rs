//! Layer 8: what the reader did: documents opened, notes, verdicts, read marks, mended attributions.
//!
//! A session is the fold of an append-only journal of events. The fold is the only place that says
//! what an event means; undo and redo are events too, so they cross restarts. [`journal`] keeps the
//! events on disk, [`sessions`] finds the journals, [`anchor`] tells where a note stands.

pub mod anchor;
mod decision;
pub mod event;
mod history;
pub mod journal;
pub mod mending;
pub mod sessions;
pub mod view;

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Relation;
use crate::attribution::Kind;
use crate::document::Saved;
use crate::lexicon::CueKind;
pub use anchor::{Anchor, Anchors, Found, Placed, Placer, TextPosition, TextQuote};
pub use decision::{Decision, DecisionKey, On, Ruling, decided, own_marks};
pub use event::{Act, Event, EventId, OpenedDocument, Verdict};
use history::{History, Thing};
pub use journal::{Access, Journal, JournalError, Loaded};
pub use mending::{Mend, MendedPart, MendedSpeaker, mendings};
pub use sessions::{Sessions, Summary};
pub use view::{Filter, Place, Wanted};

/// The state of a session: the fold of its events, undone ones left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The documents, as they were last read, in the order of first opening.
    pub documents: Vec<Saved>,
    /// Earlier versions of these; notes may still stand in them.
    pub earlier: Vec<Saved>,
    /// Notes in order of first writing.
    pub notes: Vec<Note>,
    /// The verdicts that count, one for each stretch, in the order they were given.
    pub verdicts: Vec<Judged>,
    /// Stretches marked as read.
    pub read: BTreeSet<AnchorKey>,
    /// Mended attributions, in the order they were made.
    pub mends: Vec<Mend>,
    /// Decisions on suggestions that count.
    pub decisions: BTreeMap<DecisionKey, Taken>,
    /// Links that the reader made.
    pub links: BTreeMap<DecisionKey, OwnLink>,
    /// Sentences that the reader marked.
    pub own_marks: BTreeMap<AnchorKey, OwnMark>,
    /// Whether the program's marks are hidden.
    pub blind: bool,
    /// Which sentences the reader wants to see.
    pub filter: Filter,
    /// Where the reader left it last.
    pub left: Option<Place>,
    /// Acts after that: some where the program was stopped before the reader left.
    pub since_left: usize,
    /// The kind that each of `documents` was read as.
    kinds: Vec<Option<Kind>>,
    history: History,
}

/// The reader's words on a span.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The event that first wrote it.
    pub id: EventId,
    /// What it is about.
    pub anchor: Anchor,
    /// What it says; several lines.
    pub text: String,
    /// When it was last written, RFC 3339.
    pub time: String,
    /// Who wrote it.
    pub author: String,
    /// Whether the program was stopped while it was being written.
    pub draft: bool,
}

/// A verdict on a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The event that gave it.
    pub id: EventId,
    /// On what.
    pub anchor: Anchor,
    /// Which.
    pub verdict: Verdict,
    /// When it was given, RFC 3339.
    pub time: String,
    /// Who gave it.
    pub author: String,
}

/// A decision that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The event that took it.
    pub id: EventId,
    /// On what.
    pub on: On,
    /// Which.
    pub ruling: Ruling,
    /// When it was taken, RFC 3339.
    pub time: String,
    /// Who took it.
    pub author: String,
}

/// A link that the reader made.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnLink {
    /// The event that made it.
    pub id: EventId,
    /// The answer.
    pub from: Anchor,
    /// What it answers.
    pub to: Anchor,
    /// How.
    pub relation: Relation,
    /// When it was made, RFC 3339.
    pub time: String,
    /// Who made it.
    pub author: String,
}

/// What the reader marked a sentence as.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMark {
    /// Which sentence.
    pub anchor: Anchor,
    /// As what; never empty.
    pub kinds: Vec<CueKind>,
    /// Whether the program's marks were hidden.
    pub blind: bool,
}

/// What tells two anchors of the same version of a document apart: document, start and end.
pub type AnchorKey = (String, usize, usize);

impl Session {
    /// The session that `events` make, in the order of the journal.
    pub fn fold<'e>(events: impl IntoIterator<Item = &'e Event>) -> Self {
        let mut session = Self::default();
        for event in events {
            session.apply(event);
        }
        session
    }

    /// Adds one event. An event about something that is not here changes nothing.
    pub fn apply(&mut self, event: &Event) {
        let changed = match &event.act {
            Act::Opened(document) => return self.opened(document.clone()),
            Act::Left { place } => return self.left(place.clone()),
            _ => self.acted(event),
        };
        for thing in changed {
            self.settle(&thing);
        }
    }

    /// Something was done; gives what it is about.
    fn acted(&mut self, event: &Event) -> Vec<Thing> {
        self.since_left += 1;
        match &event.act {
            Act::Filtered { filter } => {
                self.filter = filter.clone();
                Vec::new()
            }
            Act::Undo { undone } => self.history.undo(undone),
            Act::Redo { redone } => self.history.redo(redone),
            _ => self.history.add(event),
        }
    }

    /// The reader left.
    fn left(&mut self, place: Place) {
        self.left = Some(place);
        self.since_left = 0;
    }

    /// The act that `Undo` would undo now, and what to call it.
    pub fn to_undo(&self) -> Option<(EventId, String)> {
        self.history.to_undo().map(|event| (event.id.clone(), self.describe(event)))
    }

    /// The act that `Redo` would do again now, and what to call it.
    pub fn to_redo(&self) -> Option<(EventId, String)> {
        self.history.to_redo().map(|event| (event.id.clone(), self.describe(event)))
    }

    /// What was done by the act with this id, if it can be undone.
    pub fn act(&self, id: &EventId) -> Option<&Act> {
        self.history.event(id).map(|event| &event.act)
    }

    /// A note by the event that first wrote it.
    pub fn note(&self, id: &EventId) -> Option<&Note> {
        self.notes.binary_search_by(|note| note.id.cmp(id)).ok().map(|at| &self.notes[at])
    }

    /// The verdict that was given on exactly this stretch.
    pub fn verdict(&self, anchor: &Anchor) -> Option<&Judged> {
        let given = self.history.last(&Thing::Verdict(anchor.key()))?;
        self.verdicts.binary_search_by(|judged| judged.id.cmp(&given.id)).ok().map(|at| &self.verdicts[at])
    }

    /// Where the read marks stand; unlike their keys in [`Self::read`], an anchor is found again in
    /// a changed document.
    pub fn read_anchors(&self) -> impl Iterator<Item = &Anchor> {
        self.read.iter().filter_map(|key| match &self.history.last(&Thing::Read(key.clone()))?.act {
            Act::Read { anchor, .. } => Some(anchor),
            _ => None,
        })
    }

    /// The documents, each with the kind it was read as, to find the same statements again.
    pub fn opened_as(&self) -> impl Iterator<Item = (&Saved, Option<Kind>)> {
        self.documents.iter().zip(self.kinds.iter().copied())
    }

    /// A document opened: new, read anew from the same bytes, or a new version at the same path.
    fn opened(&mut self, document: OpenedDocument) {
        let kind = document.kind();
        let new = document.saved();
        let same = self.documents.iter().position(|old| old.sha256 == new.sha256);
        let older =
            || self.documents.iter().position(|old| old.path == new.path && new.path.as_os_str() != "-");
        if let Some(at) = same.or_else(older) {
            self.kinds[at] = kind;
            let old = std::mem::replace(&mut self.documents[at], new);
            if same.is_none() {
                self.earlier.push(old);
            }
        } else {
            self.documents.push(new);
            self.kinds.push(kind);
        }
    }

    /// Lets the state of `thing` be what the last act on it says.
    fn settle(&mut self, thing: &Thing) {
        let last = self.history.last(thing);
        match thing {
            Thing::Note(id) => {
                let note = last.and_then(|event| Note::of(id, event));
                put(&mut self.notes, id, note, |note| &note.id);
            }
            Thing::Verdict(key) => {
                self.verdicts.retain(|judged| !judged.anchor.is_at(key));
                if let Some(judged) = last.and_then(Judged::of) {
                    let id = judged.id.clone();
                    put(&mut self.verdicts, &id, Some(judged), |judged| &judged.id);
                }
            }
            Thing::Mend(id) => {
                let mend = last.and_then(Mend::of);
                put(&mut self.mends, id, mend, |mend| &mend.id);
            }
            Thing::Read(key) => match last.map(|event| &event.act) {
                Some(Act::Read { read: true, .. }) => {
                    self.read.insert(key.clone());
                }
                _ => {
                    self.read.remove(key);
                }
            },
            Thing::Decision(key) => {
                let taken = last.and_then(|event| Taken::of(key, event));
                let link = last.and_then(OwnLink::of);
                set(&mut self.decisions, key, taken);
                set(&mut self.links, key, link);
            }
            Thing::Marked(key) => {
                let mark = last.and_then(|event| match &event.act {
                    Act::Marked { anchor, kinds, blind } if !kinds.is_empty() => {
                        Some(OwnMark { anchor: anchor.clone(), kinds: kinds.clone(), blind: *blind })
                    }
                    _ => None,
                });
                set(&mut self.own_marks, key, mark);
            }
            Thing::Blind => {
                self.blind = matches!(last.map(|event| &event.act), Some(Act::Blind { blind: true }));
            }
        }
    }

    /// What the reader would call an act.
    fn describe(&self, event: &Event) -> String {
        match &event.act {
            Act::Note { anchor, replaces: None, .. } => format!("note on “{}”", anchor.opening()),
            Act::Note { anchor, .. } => format!("change of the note on “{}”", anchor.opening()),
            Act::NoteDeleted { note } => match self.history.event(note).map(|event| &event.act) {
                Some(Act::Note { anchor, .. }) => format!("deletion of the note on “{}”", anchor.opening()),
                _ => "deletion of a note".to_owned(),
            },
            Act::Verdict { verdict: Some(verdict), .. } => format!("verdict {}", verdict.name()),
            Act::Verdict { verdict: None, .. } => "removal of a verdict".to_owned(),
            Act::Read { read: true, .. } => "read mark".to_owned(),
            Act::Read { read: false, .. } => "removal of a read mark".to_owned(),
            Act::AttributionMended { of, to } => of.describe(to.as_ref()),
            Act::Decided { decisions } => decision::described(decisions),
            Act::Linked { from, relation: Some(relation), .. } => {
                format!("link “{}” {}", from.opening(), relation.name())
            }
            Act::Linked { .. } => "removal of a link".to_owned(),
            Act::Marked { anchor, .. } => format!("your marks on “{}”", anchor.opening()),
            Act::Blind { blind: true } => "hiding of the marks".to_owned(),
            Act::Blind { blind: false } => "showing of the marks".to_owned(),
            Act::Opened(_)
            | Act::Filtered { .. }
            | Act::Left { .. }
            | Act::Undo { .. }
            | Act::Redo { .. } => String::new(),
        }
    }
}

impl Note {
    /// The note as its last writing says; none if that is its deletion.
    fn of(id: &EventId, event: &Event) -> Option<Self> {
        let Act::Note { anchor, text, draft, .. } = &event.act else { return None };
        Some(Self {
            id: id.clone(),
            anchor: anchor.clone(),
            text: text.clone(),
            time: event.time.clone(),
            author: event.author.clone(),
            draft: *draft,
        })
    }
}

impl Judged {
    /// The verdict that an event gives; none if it takes one back.
    fn of(event: &Event) -> Option<Self> {
        let Act::Verdict { anchor, verdict: Some(verdict) } = &event.act else { return None };
        Some(Self {
            id: event.id.clone(),
            anchor: anchor.clone(),
            verdict: *verdict,
            time: event.time.clone(),
            author: event.author.clone(),
        })
    }
}

impl Mend {
    /// What an event mends.
    fn of(event: &Event) -> Option<Self> {
        let Act::AttributionMended { of, to } = &event.act else { return None };
        Some(Self { id: event.id.clone(), of: of.clone(), to: to.clone() })
    }
}

impl Taken {
    /// The decision on what `key` names, if `event` takes one.
    fn of(key: &DecisionKey, event: &Event) -> Option<Self> {
        let Act::Decided { decisions } = &event.act else { return None };
        let decision = decisions.iter().rev().find(|decision| decision.on.key() == *key)?;
        Some(Self {
            id: event.id.clone(),
            on: decision.on.clone(),
            ruling: decision.decided?,
            time: event.time.clone(),
            author: event.author.clone(),
        })
    }
}

impl OwnLink {
    /// The link that an event makes.
    fn of(event: &Event) -> Option<Self> {
        let Act::Linked { from, to, relation: Some(relation) } = &event.act else { return None };
        Some(Self {
            id: event.id.clone(),
            from: from.clone(),
            to: to.clone(),
            relation: *relation,
            time: event.time.clone(),
            author: event.author.clone(),
        })
    }
}

/// Lets `key` lead to `new`, or to nothing.
fn set<K: Clone + Ord, V>(map: &mut BTreeMap<K, V>, key: &K, new: Option<V>) {
    match new {
        Some(new) => drop(map.insert(key.clone(), new)),
        None => drop(map.remove(key)),
    }
}

/// Puts `new` where `id` belongs in a list ordered by id, or takes out what is there.
fn put<T>(list: &mut Vec<T>, id: &EventId, new: Option<T>, id_of: impl Fn(&T) -> &EventId) {
    match (list.binary_search_by(|old| id_of(old).cmp(id)), new) {
        (Ok(at), Some(new)) => list[at] = new,
        (Ok(at), None) => drop(list.remove(at)),
        (Err(at), Some(new)) => list.insert(at, new),
        (Err(_), None) => (),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(start: usize) -> Anchor {
        let quote =
            TextQuote { exact: format!("words {start}"), prefix: String::new(), suffix: String::new() };
        Anchor { document: "00".into(), quote, position: TextPosition { start, end: start + 7 } }
    }

    /// Folds acts whose ids are their places, and tells what is left.
    #[track_caller]
    fn check(acts: &[Act], notes: &[&str], verdicts: &[Verdict], read: usize) -> Session {
        let events: Vec<Event> = acts.iter().enumerate().map(|(at, act)| event(at, act.clone())).collect();
        let session = Session::fold(&events);
        assert_eq!(session.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), notes);
        assert_eq!(session.verdicts.iter().map(|judged| judged.verdict).collect::<Vec<_>>(), verdicts);
        assert_eq!(session.read.len(), read);
        session
    }

    fn event(at: usize, act: Act) -> Event {
        Event { id: id(at), time: "2026-01-01T00:00:00Z".into(), author: "reader".into(), act }
    }

    fn id(at: usize) -> EventId {
        EventId(format!("{at:06}"))
    }

    fn note(text: &str) -> Act {
        Act::Note { anchor: anchor(1), text: text.into(), replaces: None, draft: false }
    }

    fn rewrite(text: &str, of: usize) -> Act {
        Act::Note { anchor: anchor(1), text: text.into(), replaces: Some(id(of)), draft: false }
    }

    fn verdict(verdict: Option<Verdict>) -> Act {
        Act::Verdict { anchor: anchor(1), verdict }
    }

    fn undo(at: usize) -> Act {
        Act::Undo { undone: id(at) }
    }

    #[test]
    fn a_note_is_written_changed_and_deleted() {
        check(&[note("a"), rewrite("b", 0)], &["b"], &[], 0);
        check(&[note("a"), note("b"), Act::NoteDeleted { note: id(0) }], &["b"], &[], 0);
        check(&[rewrite("of nothing", 7)], &["of nothing"], &[], 0);
    }

    #[test]
    fn undo_and_redo_reach_every_act() {
        check(&[note("a"), rewrite("b", 0), undo(1)], &["a"], &[], 0);
        check(&[note("a"), undo(0)], &[], &[], 0);
        check(&[note("a"), Act::NoteDeleted { note: id(0) }, undo(1)], &["a"], &[], 0);
        check(&[note("a"), undo(0), Act::Redo { redone: id(0) }], &["a"], &[], 0);
        check(&[Act::Read { anchor: anchor(3), read: true }, undo(0)], &[], &[], 0);
        let settled = verdict(Some(Verdict::Settled));
        check(&[verdict(Some(Verdict::Disputed)), settled.clone()], &[], &[Verdict::Settled], 0);
        check(&[verdict(Some(Verdict::Disputed)), settled.clone(), undo(1)], &[], &[Verdict::Disputed], 0);
        check(&[settled.clone(), verdict(None)], &[], &[], 0);
        check(&[settled, verdict(None), undo(1)], &[], &[Verdict::Settled], 0);
    }

    #[test]
    fn undo_says_what_it_would_undo_and_a_new_act_ends_redo() {
        let session = check(&[note("a"), verdict(Some(Verdict::Refuted)), undo(1)], &["a"], &[], 0);
        assert_eq!(session.to_undo(), Some((id(0), "note on “words 1”".into())));
        assert_eq!(session.to_redo(), Some((id(1), "verdict refuted".into())));
        let session = check(&[note("a"), undo(0), note("b")], &["b"], &[], 0);
        assert_eq!(session.to_redo(), None);
        assert_eq!(check(&[], &[], &[], 0).to_undo(), None);
    }

    #[test]
    fn mended_attributions_are_kept_in_order_and_undone_one_by_one() {
        let mend = |from: &str, to: Option<&str>| Act::AttributionMended {
            of: MendedPart::Speaker { document: "00".into(), name: Some(from.into()) },
            to: to.map(|name| MendedSpeaker { name: name.into(), role: None }),
        };
        let acts = [mend("A", Some("B")), mend("A", None), undo(0), Act::Redo { redone: id(0) }, undo(1)];
        let session = check(&acts, &[], &[], 0);
        assert_eq!(session.mends.iter().map(|mend| mend.id.clone()).collect::<Vec<_>>(), [id(0)]);
        assert_eq!(session.to_undo(), Some((id(0), "all of A given to B".into())));
        assert_eq!(session.to_redo(), Some((id(1), "all of A given to nobody".into())));
    }

    #[test]
    fn many_decisions_are_one_act() {
        let mark = |start, decided| Decision {
            on: On::Mark { anchor: anchor(start), kind: CueKind::Claim },
            decided,
        };
        let decide = |decisions: &[Decision]| Act::Decided { decisions: decisions.to_vec() };
        let bulk = decide(&[mark(1, Some(Ruling::Accepted)), mark(9, Some(Ruling::Accepted))]);
        let link = Act::Linked { from: anchor(1), to: anchor(9), relation: Some(Relation::Rebuts) };
        let session = check(&[bulk.clone(), decide(&[mark(1, Some(Ruling::Rejected))])], &[], &[], 0);
        let rulings: Vec<Ruling> = session.decisions.values().map(|taken| taken.ruling).collect();
        assert_eq!(rulings, [Ruling::Rejected, Ruling::Accepted]);
        assert_eq!(session.to_undo().expect("it can be undone").1, "rejection of claim on “words 1”");
        let session = check(&[bulk.clone(), undo(0)], &[], &[], 0);
        assert!(session.decisions.is_empty());
        assert_eq!(session.to_redo().expect("it can be done again").1, "acceptance of 2 suggestions");
        let session = check(&[bulk, decide(&[mark(1, None)]), link.clone()], &[], &[], 0);
        assert_eq!((session.decisions.len(), session.links.len()), (1, 1));
        let back = Act::Linked { from: anchor(9), to: anchor(1), relation: None };
        assert!(check(&[link.clone(), back], &[], &[], 0).links.is_empty());
        let rejected = On::Link { from: anchor(9), to: anchor(1), relation: Relation::Rebuts };
        let rejected = decide(&[Decision { on: rejected, decided: Some(Ruling::Rejected) }]);
        let session = check(&[link, rejected], &[], &[], 0);
        assert_eq!((session.decisions.len(), session.links.len()), (1, 0), "the last word counts");
    }

    #[test]
    fn blind_reading_is_an_act_like_any_other() {
        let blind = |blind| Act::Blind { blind };
        let marked = Act::Marked { anchor: anchor(1), kinds: vec![CueKind::Claim], blind: true };
        let session = check(&[blind(true), marked.clone()], &[], &[], 0);
        assert!(session.blind && session.own_marks.len() == 1);
        assert!(!check(&[blind(true), blind(false)], &[], &[], 0).blind);
        assert!(check(&[blind(true), blind(false), undo(1)], &[], &[], 0).blind);
        let none = Act::Marked { anchor: anchor(1), kinds: Vec::new(), blind: true };
        assert!(check(&[marked, none], &[], &[], 0).own_marks.is_empty());
    }

    #[test]
    fn a_filter_is_kept_and_is_nothing_to_undo() {
        let filter = Filter { unread: true, from: 70, ..Filter::default() };
        let filtered = Act::Filtered { filter: filter.clone() };
        let session = check(&[note("a"), filtered], &["a"], &[], 0);
        assert_eq!(session.filter, filter);
        assert_eq!(session.to_undo(), Some((id(0), "note on “words 1”".into())));
    }

    #[test]
    fn an_undo_of_nothing_changes_nothing() {
        check(&[undo(9), note("a"), undo(1), undo(0), undo(0), Act::Redo { redone: id(9) }], &[], &[], 0);
    }

    #[test]
    fn a_long_session_takes_acts_at_once() {
        let events: Vec<Event> = (0..5_000).map(|at| event(at, note("n"))).collect();
        let mut session = Session::fold(&events);
        let started = std::time::Instant::now();
        for at in 5_000..5_100 {
            session.apply(&event(at, note("n")));
            session.apply(&event(at + 10_000, undo(at)));
        }
        assert_eq!(session.notes.len(), 5_000);
        assert!(started.elapsed() < std::time::Duration::from_millis(400), "{:?}", started.elapsed());
    }
}
