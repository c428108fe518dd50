//! Deciding on suggestions, one key each: `a` accepts the mark or link in question, `x` rejects it, and
//! the next one is in question.
//!
//! In question is what the reader has not decided of the sentence in focus: its marks in the order of
//! their letters, then its links, the strongest first. What is on its way to the journal counts as
//! decided, so that a fast hand never decides twice.

use super::arrange::rearrange;
use super::effect::{Effect, Findings};
use super::links::Links;
use super::mode::Mode;
use super::model::Model;
use super::reject::Reject;
use super::{margin, motion, saving, stepping};
use crate::analysis::{By, Decided, Relation, ends};
use crate::corpus::SentenceId;
use crate::lexicon::CueKind;
use crate::session::{Act, Anchors, Decision, On, Ruling};

/// Something the program suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// That a sentence is marked as a kind.
    Mark(SentenceId, CueKind),
    /// That a sentence answers another.
    Link {
        /// The answer.
        from: SentenceId,
        /// What it answers.
        to: SentenceId,
        /// How.
        relation: Relation,
    },
}

impl Suggestion {
    /// The sentence that it is about; of a link the answer.
    pub fn sentence(self) -> SentenceId {
        match self {
            Self::Mark(id, _) | Self::Link { from: id, .. } => id,
        }
    }

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mark(_, kind) => kind.name(),
            Self::Link { .. } => "link",
        }
    }

    /// What a decision on it is about.
    fn on(self, anchors: &Anchors) -> On {
        match self {
            Self::Mark(id, kind) => On::Mark { anchor: anchors.of_sentence(id), kind },
            Self::Link { from, to, relation } => {
                On::Link { from: anchors.of_sentence(from), to: anchors.of_sentence(to), relation }
            }
        }
    }

    /// What was decided on it.
    pub fn ruling(self, decided: &Decided) -> Option<Ruling> {
        use crate::analysis::OnLink;
        match self {
            Self::Mark(id, kind) => {
                let accepted = *decided.marks.get(&(id, kind))?;
                Some(if accepted { Ruling::Accepted } else { Ruling::Rejected })
            }
            Self::Link { from, to, .. } => match decided.links.get(&ends(from, to))? {
                OnLink::Rejected => Some(Ruling::Rejected),
                OnLink::Accepted | OnLink::Own { .. } => Some(Ruling::Accepted),
            },
        }
    }
}

/// What the program suggests for a sentence, of the kinds that are shown.
pub fn suggestions(model: &Model, id: SentenceId) -> Vec<Suggestion> {
    if model.session.blind {
        return Vec::new();
    }
    let kinds = margin::kinds(model, id);
    let marks = CueKind::ALL.into_iter().filter(|kind| kinds[*kind as usize]);
    let mut found: Vec<Suggestion> = marks.map(|kind| Suggestion::Mark(id, kind)).collect();
    if let Some(analysis) = model.analysis() {
        let links = model.links.suggested(analysis, id).filter(|link| link.by != By::Reader);
        found.extend(links.map(|link| Suggestion::Link {
            from: link.from,
            to: link.to,
            relation: link.relation,
        }));
    }
    found
}

/// What of it the reader has not decided.
pub fn undecided(model: &Model, id: SentenceId) -> Vec<Suggestion> {
    let is_open = |suggestion: &Suggestion| {
        suggestion.ruling(&model.annotations.decided).is_none() && !model.saving.decides(*suggestion)
    };
    suggestions(model, id).into_iter().filter(is_open).collect()
}

/// What is in question: the first undecided suggestion, else the first that was accepted.
pub fn in_question(model: &Model) -> Option<Suggestion> {
    let id = model.sentence()?;
    stepping::open_here(model, id).or_else(|| suggestions(model, id).first().copied())
}

/// Accepts what is in question and goes on.
pub fn accept(model: &mut Model) -> Vec<Effect> {
    let open = model.sentence().and_then(|id| stepping::open_here(model, id));
    let Some(open) = open else {
        go_on(model, None);
        return Vec::new();
    };
    let effects = decide(model, &[open], Ruling::Accepted, format!("{} accepted", open.name()));
    go_on(model, Some(open));
    effects
}

/// Rejects the link in question and goes on, or asks at which grain the mark in question is wrong.
pub fn reject(model: &mut Model) -> Vec<Effect> {
    match in_question(model) {
        Some(Suggestion::Mark(id, kind)) => {
            model.mode = Mode::Reject(Reject::of(model, id, kind));
            Vec::new()
        }
        Some(link) => {
            let effects = decide(model, &[link], Ruling::Rejected, "link rejected".to_owned());
            go_on(model, Some(link));
            effects
        }
        None => {
            go_on(model, None);
            Vec::new()
        }
    }
}

/// Asks the journal to keep the same decision on these, as one act.
pub fn decide(model: &mut Model, these: &[Suggestion], ruling: Ruling, done: String) -> Vec<Effect> {
    let anchors = Anchors::new(&model.corpus);
    let decision = |suggestion: &Suggestion| Decision { on: suggestion.on(&anchors), decided: Some(ruling) };
    let decisions = these.iter().map(decision).collect();
    saving::send_decision(model, Act::Decided { decisions }, done, these)
}

/// After what was stepped to by score, goes on by score. Else stays if something else is in question
/// here, or goes to the next sentence that is shown where something is, in this column, in those behind
/// it, in those before it. `but` is as good as decided.
pub fn go_on(model: &mut Model, but: Option<Suggestion>) {
    if but.is_some_and(|decided| stepping::go_on(model, decided)) {
        return;
    }
    let Some(here) = model.sentence() else { return };
    let open = |id: SentenceId| undecided(model, id).into_iter().any(|open| Some(open) != but);
    if open(here) {
        return;
    }
    let count = model.order.len();
    let statements = (0..count).map(|step| model.order[(model.focus + step) % count]);
    let all: Vec<SentenceId> = statements.flat_map(|id| model.corpus.sentences_of(id)).collect();
    let at = all.iter().position(|id| *id == here).unwrap_or(0);
    let (before, behind) = all.split_at(at);
    match behind.iter().chain(before).copied().find(|id| model.shown.shows(*id) && open(*id)) {
        Some(next) => {
            if but.is_none() {
                model.say("nothing was left to decide there");
            }
            motion::go(model, next);
        }
        None => model.say(stepping::none_left(model)),
    }
}

/// Lays the reader's decisions over what was found, if they change it; the line under the eye stays.
pub fn heed(model: &mut Model, before: &Decided) {
    let now = &model.annotations.decided;
    let rejected = |decided: &Decided| {
        decided.marks.iter().filter(|(_, accepted)| !**accepted).map(|(mark, _)| *mark).collect::<Vec<_>>()
    };
    let same = before.silenced == now.silenced
        && before.links == now.links
        && before.blind == now.blind
        && rejected(before) == rejected(now);
    if same {
        return;
    }
    let linked = before.links != now.links || before.blind != now.blind;
    lay(model, Some(before));
    marked_anew(model);
    // Rows are level by links alone.
    if linked {
        linked_anew(model);
        rearrange(model);
    }
}

/// Lays the reader's decisions over what was just found, and levels the rows anew.
pub fn lay_over(model: &mut Model) {
    apply(model, Some(&Decided::default()));
    rearrange(model);
}

/// Lays the reader's decisions over what was found, where those of `before` are laid over it now.
pub fn apply(model: &mut Model, before: Option<&Decided>) {
    lay(model, before);
    marked_anew(model);
    linked_anew(model);
}

fn linked_anew(model: &mut Model) {
    if let Some(analysis) = model.analysis() {
        model.links = Links::of(analysis);
    }
}

fn marked_anew(model: &mut Model) {
    model.counts = margin::counts(model);
    model.changes += 1;
}

fn lay(model: &mut Model, before: Option<&Decided>) {
    let (Some(found), Some(findings)) = (&model.found, &mut model.findings) else { return };
    let Findings { analysis, lexicon, weights, index, .. } = &mut **findings;
    let now = &model.annotations.decided;
    match before {
        Some(before) => {
            found.decide_anew(analysis, (&model.corpus, lexicon, weights), index, before, now);
        }
        None => *analysis = found.decided(&model.corpus, lexicon, weights, now),
    }
}
