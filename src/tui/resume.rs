//! Where the reader left a session, kept when they leave and gone back to when it is opened again: the
//! sentence in focus and which marks are shown. Nothing is kept of a session in which nothing was done.

use super::arrange::arrange;
use super::effect::Effect;
use super::judge::anchor_of;
use super::model::{Layers, Model};
use super::saving;
use crate::lexicon::CueKind;
use crate::session::{Act, Place, Placer, Session};

/// Keeps the place and leaves.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    let place = here(model);
    let is_new = model.session.left.as_ref() != Some(&place);
    if is_new && model.read_only.is_none() && model.session != Session::default() {
        effects = saving::send(model, Act::Left { place }, None);
    }
    effects.push(Effect::Quit);
    effects
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
