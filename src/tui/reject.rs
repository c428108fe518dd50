//! Rejecting a mark at the grain the reader chooses: this one, this phrase in this document, this
//! phrase everywhere, or the rule; each with how many marks would vanish.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::action::Action;
use super::effect::Effect;
use super::inspector::name_of;
use super::keymap::Scope;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::triage::{self, Suggestion};
use super::{judge, saving, wrap};
use crate::analysis::{Change, Cue, Outcome, Standing, phrase};
use crate::corpus::SentenceId;
use crate::lexicon::CueKind;
use crate::report::ledger::below;
use crate::session::{Act, Decision, On, Ruling};
use crate::text::one_line;

/// Cells in which the name of a grain stands.
const GRAIN: u16 = 20;

/// The mark in question, while its grain is asked.
#[derive(Debug)]
pub struct Reject {
    id: SentenceId,
    kind: CueKind,
    /// The cues that count for it, the heaviest first.
    cues: Vec<Cue>,
    /// The chosen one of these.
    chosen: usize,
    /// By grain: what the score would be, and how many marks come and go.
    changes: [Option<Outcome>; 4],
}

/// How much is rejected with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    This,
    Here,
    Everywhere,
    Rule,
}

impl Grain {
    const ALL: [(Self, Action); 4] = [
        (Self::This, Action::RejectThis),
        (Self::Here, Action::RejectHere),
        (Self::Everywhere, Action::RejectEverywhere),
        (Self::Rule, Action::RejectRule),
    ];

    fn name(self) -> &'static str {
        match self {
            Self::This => "this one",
            Self::Here => "this phrase here",
            Self::Everywhere => "it everywhere",
            Self::Rule => "this rule",
        }
    }
}

impl Reject {
    /// Asks for the grain at which a mark is wrong.
    pub fn of(model: &Model, id: SentenceId, kind: CueKind) -> Self {
        Self::with_chosen(model, id, kind, None)
    }

    /// The same, with one of the cues chosen.
    pub fn of_cue(model: &Model, id: SentenceId, cue: &Cue) -> Self {
        Self::with_chosen(model, id, cue.kind, Some(cue))
    }

    fn with_chosen(model: &Model, id: SentenceId, kind: CueKind, cue: Option<&Cue>) -> Self {
        let mut cues: Vec<Cue> = model.analysis().map_or_else(Vec::new, |analysis| {
            let own = analysis.marks(id).cues.iter();
            own.filter(|cue| cue.kind == kind && cue.weight > 0.0).copied().collect()
        });
        cues.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.span.cmp(&b.span)));
        let chosen = cue.and_then(|cue| cues.iter().position(|other| other == cue)).unwrap_or(0);
        let mut reject = Self { id, kind, cues, chosen, changes: [None; 4] };
        reject.measure(model);
        reject
    }

    /// Counts for each grain what would change.
    fn measure(&mut self, model: &Model) {
        let (Some(findings), Some(found)) = (model.findings.as_deref(), &model.found) else { return };
        let standing = Standing {
            corpus: &model.corpus,
            lexicon: &findings.lexicon,
            weights: &findings.weights,
            found,
            index: &findings.index,
            decided: &model.annotations.decided,
            left: &findings.analysis,
        };
        let told = standing.refusals(self.id, self.kind, self.cues.get(self.chosen));
        self.changes = [Some(told.this), told.here, told.everywhere, told.rule];
    }

    /// What a decision at this grain is about; none if there is no such phrase or rule.
    fn on(&self, model: &Model, grain: Grain) -> Option<On> {
        let statement = model.corpus.sentence(self.id).statement;
        let document = || model.corpus.document_of(statement).sha256.clone();
        let cue = self.cues.get(self.chosen);
        let phrase = |document| {
            let phrase = phrase(&model.corpus.statement(statement).text, cue?);
            (!phrase.is_empty()).then_some(On::Phrase { phrase, kind: self.kind, document })
        };
        match grain {
            Grain::This => Some(On::Mark { anchor: judge::anchor_of(model, self.id), kind: self.kind }),
            Grain::Here => phrase(Some(document())),
            Grain::Everywhere => phrase(None),
            Grain::Rule => {
                let rules = model.findings.as_deref()?.lexicon.rules();
                Some(On::Rule { rule: rules.get(usize::from(cue?.rule.0))?.id.clone() })
            }
        }
    }

    /// The words of the chosen cue as they stand in the text.
    fn words(&self, model: &Model) -> String {
        let text = &model.corpus.statement(model.corpus.sentence(self.id).statement).text;
        let words = self.cues.get(self.chosen).map_or("", |cue| cue.span.of(text));
        format!("“{}”", wrap::shortened(&one_line(words), 32))
    }

    /// What is rejected at this grain.
    fn told(&self, model: &Model, grain: Grain) -> String {
        let statement = model.corpus.sentence(self.id).statement;
        let findings = model.findings.as_deref();
        match grain {
            Grain::This => format!("{} on this sentence", self.kind.name()),
            Grain::Here => format!("{} in {}", self.words(model), model.corpus.document_of(statement).name()),
            Grain::Everywhere => format!("{} in all documents", self.words(model)),
            Grain::Rule => findings
                .zip(self.cues.get(self.chosen))
                .and_then(|(findings, cue)| findings.lexicon.rules().get(usize::from(cue.rule.0)))
                .map_or_else(String::new, |rule| format!("{} ({})", rule.name, rule.id)),
        }
    }
}

/// “2 marks vanish, 1 mark appears”
pub fn told(change: Change) -> String {
    let marks = |count: usize| if count == 1 { "1 mark".to_owned() } else { format!("{count} marks") };
    let vanish = format!("{} vanish{}", marks(change.vanish), if change.vanish == 1 { "es" } else { "" });
    let appear = format!("{} appear{}", marks(change.appear), if change.appear == 1 { "s" } else { "" });
    match change {
        Change { vanish: 0, appear: 0 } => "no mark changes".to_owned(),
        Change { appear: 0, .. } => vanish,
        Change { vanish: 0, .. } => appear,
        _ => format!("{vanish}, {appear}"),
    }
}

/// Chooses the next or the previous of the cues.
pub fn step(model: &mut Model, by: isize) {
    let Mode::Reject(mut reject) = std::mem::take(&mut model.mode) else { return };
    let last = reject.cues.len().saturating_sub(1);
    reject.chosen = reject.chosen.saturating_add_signed(by).min(last);
    reject.measure(model);
    model.mode = Mode::Reject(reject);
}

/// Rejects at the grain that `action` names, and goes on if the mark in question is gone.
pub fn take(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(place) = Grain::ALL.iter().position(|(_, own)| *own == action) else { return Vec::new() };
    let (grain, _) = Grain::ALL[place];
    let Mode::Reject(reject) = std::mem::take(&mut model.mode) else { return Vec::new() };
    let (Some(on), Some(Outcome { score, change })) = (reject.on(model, grain), reject.changes[place]) else {
        model.mode = Mode::Reject(reject);
        model.say("this mark hangs on no phrase and no rule");
        return Vec::new();
    };
    let what = match grain {
        Grain::This => format!("{} rejected", reject.kind.name()),
        _ => format!("{} silenced: {}", reject.told(model, grain), told(change)),
    };
    let mark = Suggestion::Mark(reject.id, reject.kind);
    let from = model.findings.as_deref().map_or(1.0, |found| found.weights.thresholds.of(reject.kind));
    let act = Act::Decided { decisions: vec![Decision { on, decided: Some(Ruling::Rejected) }] };
    let is_gone = grain == Grain::This || score < from;
    let gone = if is_gone { &[mark][..] } else { &[] };
    let effects = saving::send_decision(model, act, what, gone);
    if is_gone {
        triage::go_on(model, Some(mark));
    }
    effects
}

/// Paints the panel: a row for each grain.
pub fn paint(model: &Model, reject: &Reject, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let score = model.analysis().map_or(0.0, |analysis| analysis.marks(reject.id).scores.of(reject.kind));
    let which = match reject.cues.len() {
        0 | 1 => String::new(),
        count => format!(" · cue {} of {count}: {}", reject.chosen + 1, reject.words(model)),
    };
    let title =
        format!("what is wrong · {} {score:.2} · {}{which}", reject.kind.name(), name_of(model, reject.id));
    let rest = inset(title_row(area, &title, theme, frame.buffer_mut()), 1);
    let from = model.findings.as_deref().map_or(0.0, |found| found.weights.thresholds.of(reject.kind));
    let score_of = |after| if after < from { below(after, from) } else { format!("{after:.2}") };
    let told = reject.changes.map(|change| {
        change.map(|after| format!("{score:.2} → {}, {}", score_of(after.score), told(after.change)))
    });
    let whats = Grain::ALL.map(|(grain, _)| reject.told(model, grain));
    let cells = |words: &String| wrap::width(words);
    let left = GRAIN.min(rest.width / 3);
    let room = usize::from(rest.width - left)
        .saturating_sub(told.iter().flatten().map(cells).max().unwrap_or(0) + 3);
    // The numbers stand below one another, behind the longest of what they are about.
    let room = room.min(whats.iter().map(cells).max().unwrap_or(0));
    for (number, (((grain, action), what), told)) in Grain::ALL.into_iter().zip(whats).zip(told).enumerate() {
        let area = row(rest, number);
        let key = model.keymap.key_of(Scope::Reject, action).unwrap_or_default();
        let mut pen = Pen::new(frame.buffer_mut(), area);
        pen.put(&key, theme.key).put(" ", theme.text).put(grain.name(), theme.text);
        pen.skip_to(area.x + left);
        match told {
            Some(told) => {
                pen.put(&wrap::shortened(&what, room), theme.text);
                pen.skip_to(area.x + left + room as u16 + 3).put(&told, theme.value);
            }
            None => drop(pen.put("the mark hangs on none", theme.dim)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_in_words() {
        let check = |vanish, appear, expected: &str| assert_eq!(told(Change { vanish, appear }), expected);
        check(1, 0, "1 mark vanishes");
        check(0, 0, "no mark changes");
        check(11, 3, "11 marks vanish, 3 marks appear");
        check(0, 1, "1 mark appears");
    }
}
