//! Stepping through what is suggested and not decided, the surest first, wherever it stands: `)` goes
//! to the next, `(` back; a decision then leads on in the same order.
//!
//! Stepped through is what is shown: a filter, a hidden kind or statement leaves its suggestions out.
//! The place in the order is kept by score, so that a look elsewhere, or a decision, does not lose it.

use std::cmp::Reverse;

use super::action::Action;
use super::keymap::Scope;
use super::model::Model;
use super::triage::{Suggestion, suggestions, undecided};
use super::{motion, saving};
use crate::corpus::SentenceId;
use crate::lexicon::CueKind;

/// A suggestion and its score in `[0, 1]`.
pub type Scored = (Suggestion, f32);

/// All that is shown and undecided, the surest first; of equal scores in the order of the texts.
pub fn ranked(model: &Model) -> Vec<Scored> {
    let mut all: Vec<Scored> = shown(model).flat_map(|id| own(model, id)).collect();
    all.sort_by_key(rank);
    all
}

/// Why there is nothing to step through; none if there is.
pub fn refused(model: &Model) -> Option<String> {
    let mut some = shown(model).flat_map(|id| undecided(model, id));
    some.next().is_none().then(|| none_left(model))
}

/// Goes `count` suggestions on, or back if negative; after the last one comes the first.
pub fn step(model: &mut Model, count: isize) {
    let all = ranked(model);
    let place = model.stepped.map(|stepped| rank(&stepped));
    let before = place.map_or(0, |place| all.partition_point(|open| rank(open) < place));
    let behind = place.map_or(0, |place| all.partition_point(|open| rank(open) <= place));
    let target = if count > 0 { behind.cast_signed() + count - 1 } else { before.cast_signed() + count };
    let told = arrive(model, &all, target).map_or_else(|| none_left(model), |told| told + " undecided");
    model.say(told);
}

/// Goes on by score after `decided`, if that is what was stepped to; the answer of the journal tells
/// where to. Gives whether it was.
pub fn go_on(model: &mut Model, decided: Suggestion) -> bool {
    let Some(stepped) = model.stepped.filter(|(suggestion, _)| *suggestion == decided) else { return false };
    let all: Vec<Scored> = ranked(model).into_iter().filter(|(open, _)| *open != decided).collect();
    let behind = all.partition_point(|open| rank(open) < rank(&stepped));
    match arrive(model, &all, behind.cast_signed()) {
        Some(next) => saving::tell_too(model, &format!("next: {next}")),
        None => saving::tell_too(model, &none_left(model)),
    }
    true
}

/// Whether what was stepped to is in question now.
pub fn is_here(model: &Model) -> bool {
    let stepped = model.stepped.map(|(suggestion, _)| suggestion);
    stepped.is_some() && model.sentence().and_then(|id| open_here(model, id)) == stepped
}

/// What is undecided of a sentence, the one that was stepped to before the others.
pub fn open_here(model: &Model, id: SentenceId) -> Option<Suggestion> {
    let open = undecided(model, id);
    let stepped = open.iter().find(|open| model.stepped.is_some_and(|(stepped, _)| stepped == **open));
    stepped.or(open.first()).copied()
}

/// That nothing is left to decide, as far as it is shown.
pub fn none_left(model: &Model) -> String {
    let all = (0..model.corpus.sentences.len() as u32).map(SentenceId);
    let hides = model.shown.told().is_some() || !model.hidden.is_empty() || model.layers.shown != [true; 3];
    let decided = all.clone().any(|id| !suggestions(model, id).is_empty());
    let key = model.keymap.key_of(Scope::Browse, Action::Filters).unwrap_or_default();
    match (hides, decided) {
        (true, _) => format!("nothing of what is shown is left to decide; {key} shows more"),
        (false, true) => "everything that is suggested is decided".to_owned(),
        (false, false) => "nothing is suggested in these statements".to_owned(),
    }
}

/// Goes to the one of `all` at `target`, counted round; gives what is told of it, none if there is none.
fn arrive(model: &mut Model, all: &[Scored], target: isize) -> Option<String> {
    if all.is_empty() {
        return None;
    }
    let place = target.rem_euclid(all.len().cast_signed()).cast_unsigned();
    let (suggestion, score) = all[place];
    match suggestion {
        Suggestion::Mark(id, _) => motion::jump(model, id),
        Suggestion::Link { from, to, .. } => motion::jump_to_pair(model, from, Some(to)),
    }
    model.stepped = Some((suggestion, score));
    Some(format!("{} {score:.2} · {} of {}", suggestion.name(), place + 1, all.len()))
}

/// Sentences that are shown.
fn shown(model: &Model) -> impl Iterator<Item = SentenceId> {
    let all = model.order.iter().flat_map(|statement| model.corpus.sentences_of(*statement));
    all.filter(|id| model.shown.shows(*id))
}

/// What is undecided of a sentence; a link, which is met at both its ends, at its answer.
fn own(model: &Model, id: SentenceId) -> impl Iterator<Item = Scored> {
    let open = undecided(model, id).into_iter();
    let open = open.filter(move |open| open.sentence() == id);
    open.map(|open| (open, score(model, open)))
}

fn score(model: &Model, suggestion: Suggestion) -> f32 {
    let Some(analysis) = model.analysis() else { return 0.0 };
    match suggestion {
        Suggestion::Mark(id, kind) => analysis.marks(id).scores.of(kind),
        Suggestion::Link { from, to, .. } => {
            let own = model.links.all(analysis, from).find(|link| link.from == from && link.to == to);
            own.map_or(0.0, |link| link.score)
        }
    }
}

/// Where a suggestion stands in the order; scores are not negative, so that their bits order them.
fn rank((suggestion, score): &Scored) -> impl Ord + Copy + use<> {
    let place = match *suggestion {
        Suggestion::Mark(id, kind) => (id, kind as usize, id),
        Suggestion::Link { from, to, .. } => (from, CueKind::ALL.len(), to),
    };
    (Reverse(score.max(0.0).to_bits()), place)
}
