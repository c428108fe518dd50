//! Where the reader left a session, kept when they leave and gone back to when it is opened again: the
//! sentence in focus and which marks are shown. Nothing is kept of a session in which nothing was done.
//!
//! A session that has acts after the last place was not left: the program was stopped. The reader is told
//! that these acts are all there.

use super::arrange::arrange;
use super::effect::Effect;
use super::judge::anchor_of;
use super::model::{Layers, Model};
use super::saving;
use crate::document::clean::counted;
use crate::lexicon::CueKind;
use crate::session::{Act, Place, Placer, Session};

/// Keeps the place and leaves.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let mut effects = keep_place(model);
    effects.push(Effect::Quit);
    effects
}

/// Keeps the place, if it is another or something was done since the last one was kept.
pub fn keep_place(model: &mut Model) -> Vec<Effect> {
    let place = here(model);
    let is_new = model.session.left.as_ref() != Some(&place);
    let acted = model.session.since_left > 0 || model.saving.is_waiting();
    let is_begun = model.session != Session::default() || model.saving.is_waiting();
    if model.read_only.is_none() && is_begun && (is_new || acted) {
        saving::send(model, Act::Left { place }, None)
    } else {
        Vec::new()
    }
}

/// That the program was stopped the last time, and what is there of what was done; none if the reader
/// left.
pub fn recovered(session: &Session) -> Option<String> {
    let decided = session.decisions.len() + session.links.len() + session.own_marks.len();
    let counts = [session.notes.len(), session.verdicts.len(), decided];
    let told = counts.iter().zip([("note", "notes"), ("verdict", "verdicts"), ("decision", "decisions")]);
    let told = told.filter_map(|(count, (one, many))| counted(*count, one, many));
    let told = told.collect::<Vec<String>>().join(", ");
    let here = match counts.iter().sum::<usize>() {
        0 => "all that was saved is here".to_owned(),
        1 => format!("{told} is here"),
        _ => format!("all {told} are here"),
    };
    let drafts = session.notes.iter().filter(|note| note.draft).count();
    let drafts = counted(drafts, "draft", "drafts").map_or(String::new(), |drafts| format!(" ({drafts})"));
    (session.since_left > 0).then(|| format!("recovered: the program was stopped, {here}{drafts}"))
}

fn here(model: &Model) -> Place {
    Place {
        sentence: model.sentence().map(|id| anchor_of(model, id)),
        hidden: CueKind::ALL.into_iter().filter(|kind| !model.layers.shows(*kind)).collect(),
        read: model.annotations.read.len(),
        sentences: model.corpus.sentences.len(),
    }
}

/// The layers as they were left.
pub fn layers(session: &Session) -> Layers {
    let hidden = session.left.as_ref().map_or(&[][..], |place| &place.hidden);
    Layers { shown: CueKind::ALL.map(|kind| !hidden.contains(&kind)) }
}

/// Goes to the sentence that was left, if it is still there.
pub fn resume(model: &mut Model) {
    let anchor = model.session.left.as_ref().and_then(|place| place.sentence.as_ref());
    let earlier = model.session.earlier.iter().chain(&model.session.documents);
    let placed = anchor.and_then(|anchor| Placer::new(&model.corpus, earlier).place(anchor));
    let Some(placed) = placed else { return };
    let Some(focus) = model.order.iter().position(|id| *id == placed.statement) else { return };
    model.focus = focus;
    model.columns[placed.statement.0 as usize].cursor = model.corpus.number_of(placed.sentence);
    arrange(model);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Anchor, Event, EventId, TextPosition, TextQuote, Verdict};

    #[track_caller]
    fn check(acts: &[Act], expected: Option<&str>) {
        let event = |(at, act): (usize, &Act)| Event {
            id: EventId(format!("{at:012x}-00000000")),
            time: String::new(),
            author: String::new(),
            act: act.clone(),
        };
        let session = Session::fold(&acts.iter().enumerate().map(event).collect::<Vec<_>>());
        assert_eq!(recovered(&session).as_deref(), expected);
    }

    #[test]
    fn what_was_done_after_the_reader_left_last_is_told() {
        let quote = TextQuote { exact: "We saw it.".into(), prefix: String::new(), suffix: String::new() };
        let anchor = Anchor { document: "00".into(), quote, position: TextPosition { start: 0, end: 10 } };
        let note = |draft| Act::Note { anchor: anchor.clone(), text: "Who?".into(), replaces: None, draft };
        let read = Act::Read { anchor: anchor.clone(), read: true };
        let verdict = Act::Verdict { anchor: anchor.clone(), verdict: Some(Verdict::Disputed) };
        let left = Act::Left { place: Place::default() };
        let stopped = |here: &str| Some(format!("recovered: the program was stopped, {here}"));
        check(&[], None);
        check(&[note(false), left.clone()], None);
        check(std::slice::from_ref(&read), stopped("all that was saved is here").as_deref());
        check(&[note(false)], stopped("1 note is here").as_deref());
        let both = [note(false), left.clone(), note(true), verdict];
        check(&both, stopped("all 2 notes, 1 verdict are here (1 draft)").as_deref());
        check(&[note(false), left.clone(), read, left], None);
    }
}
