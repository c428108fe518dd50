//! Why a key can do nothing now: told when it is pressed, and kept out of the status line before.

use super::action::Action;
use super::blind;
use super::keymap::Scope;
use super::link_edit;
use super::mode::Mode;
use super::model::Model;
use super::stepping;
use super::{ledger, profile};
use crate::lexicon::CueKind;
use crate::report::ledger::below;

/// Why `action` can do nothing now; `None` if it can.
pub fn refusal(model: &Model, action: Action) -> Option<String> {
    if let Some(reason) = writing_refused(model, action) {
        return Some(reason);
    }
    let key = |action| model.keymap.key_of(Scope::Browse, action).unwrap_or_default();
    let said = |words: &str| Some(words.to_owned());
    match action {
        _ if needs_sentence(action) && model.sentence().is_none() => Some(match model.shown.told() {
            Some(_) => format!("no sentence is shown here; {} changes what is shown", key(Action::Filters)),
            None => "there is no sentence".to_owned(),
        }),
        Action::NextMark
        | Action::PreviousMark
        | Action::NextSuggestion
        | Action::PreviousSuggestion
        | Action::AcceptSuggestion
        | Action::RejectSuggestion
        | Action::AcceptAll
            if model.findings.is_none() =>
        {
            said("marks are still being found")
        }
        Action::Claims | Action::Rebuttals | Action::Rhetoric | Action::Marks
            if model.session.blind && model.findings.is_none() =>
        {
            said("marks are still being found")
        }
        Action::Reveal => blind::reveal_refused(model),
        Action::NextSuggestion
        | Action::PreviousSuggestion
        | Action::AcceptSuggestion
        | Action::RejectSuggestion
        | Action::AcceptAll
            if model.session.blind =>
        {
            Some(format!("nothing is suggested in blind reading; {} shows both", key(Action::Reveal)))
        }
        Action::NextSuggestion | Action::PreviousSuggestion | Action::AcceptAll => stepping::refused(model),
        Action::Counterpart | Action::Links if model.session.blind && suggested(model) == 0 => {
            Some(format!("links are hidden in blind reading; {} shows them", key(Action::Reveal)))
        }
        Action::LinkHere => link_edit::link_refused(model),
        Action::ConfirmPlace => super::notes::confirm_refused(model),
        Action::AcceptLink | Action::RemoveLink | Action::NextLink | Action::PreviousLink => {
            link_edit::refused(model, action).map(str::to_owned)
        }
        Action::Links if suggested(model) == 0 => {
            Some(format!("no link here; {} marks one end of a new one", key(Action::MarkSentence)))
        }
        Action::ListRejected if super::rejected::entries(model).is_empty() => {
            Some(format!("nothing is rejected; {} rejects a mark or link", key(Action::RejectSuggestion)))
        }
        Action::Profile if model.findings.is_none() => said("marks are still being found"),
        Action::Ledger if model.findings.is_none() => said("claims are still being found"),
        Action::Ledger if model.counts[CueKind::Claim as usize] == 0 => {
            said("no sentence is marked as a claim")
        }
        Action::Others if !model.has_library => {
            said("no library is named: start with --library FOLDER, or name one in config.toml")
        }
        Action::Counterpart => no_counterpart(model),
        Action::Back if !model.jumps.can_go_back() => said("there is no jump to go back from"),
        Action::Forward if !model.jumps.can_go_forward() => said("there is nowhere to go forward to"),
        Action::NextHit | Action::PreviousHit
            if model.mode_is_browse()
                && model.search.as_ref().is_none_or(|search| search.hits.is_empty()) =>
        {
            Some(format!("nothing is searched for; {} searches", key(Action::Search)))
        }
        Action::NextColumn | Action::PreviousColumn | Action::Alignment if model.order.len() < 2 => {
            said("there is only one statement")
        }
        Action::Alignment if model.areas.stacked => {
            said("stacked columns are never level; they need 90 columns")
        }
        Action::EditNote if own_notes(model) == 0 => {
            Some(format!("no note on this sentence; {} writes one", key(Action::Note)))
        }
        Action::CopyPage | Action::CopyTable | Action::Export
            if matches!(model.mode, Mode::Ledger(_)) && model.session.blind =>
        {
            said("in blind reading the ledger has only your own marks")
        }
        Action::Others if model.session.blind => {
            Some(format!("answers are hidden in blind reading; {} shows them", key(Action::Reveal)))
        }
        Action::Export if matches!(model.mode, Mode::Ledger(_)) => None,
        _ if let Some(reason) = ledger::refused(model, action) => Some(reason),
        Action::ColumnLeft | Action::ColumnRight if matches!(model.mode, Mode::Profile(_)) => {
            profile::sideways_refused(model).map(str::to_owned)
        }
        Action::ListNotes | Action::CopyNotes | Action::Export
            if model.session.notes.is_empty() && model.session.verdicts.is_empty() =>
        {
            Some(format!("no notes yet; {} writes one", key(Action::Note)))
        }
        Action::RepeatVerdict if model.last_verdict.is_none() => {
            Some(format!("no verdict to repeat; {} gives one", key(Action::Verdict)))
        }
        Action::Questions if !answers(model) => said("no transcript with questions is open"),
        Action::NextDocument if model.corpus.documents.len() < 2 => said("there is only one document"),
        Action::Undo if model.session.to_undo().is_none() => said("nothing to undo"),
        Action::Redo if model.session.to_redo().is_none() => said("nothing to do again"),
        Action::Keep if !matches!(model.mode, Mode::Note(_)) && model.saving.failed() == 0 => {
            said("everything is on the disk")
        }
        _ => None,
    }
}

fn writing_refused(model: &Model, action: Action) -> Option<String> {
    let reason = model.read_only.as_deref()?;
    let what = match action {
        Action::Note
        | Action::NoteStatement
        | Action::EditNote
        | Action::EditHere
        | Action::DeleteNote
        | Action::ConfirmPlace
        | Action::Keep => "notes",
        Action::Verdict | Action::RepeatVerdict => "verdicts",
        Action::AcceptSuggestion
        | Action::RejectSuggestion
        | Action::AcceptAll
        | Action::AcceptThese
        | Action::RejectThis
        | Action::RejectHere
        | Action::RejectEverywhere
        | Action::RejectRule
        | Action::Restore => "decisions",
        Action::Blind => "marks",
        Action::Claims | Action::Rebuttals | Action::Rhetoric | Action::Marks if model.session.blind => {
            "marks"
        }
        Action::LinkHere
        | Action::LinkRebuts
        | Action::LinkContradicts
        | Action::LinkEchoes
        | Action::LinkAccepts
        | Action::LinkDeflects
        | Action::AcceptLink
        | Action::RemoveLink => "links",
        Action::Read => "read marks",
        Action::WhoSaid => "who speaks",
        Action::Undo | Action::Redo => "to the session",
        _ => return None,
    };
    Some(format!("cannot write {what}: {reason}"))
}

fn needs_sentence(action: Action) -> bool {
    matches!(
        action,
        Action::NextSentence
            | Action::PreviousSentence
            | Action::Select
            | Action::Note
            | Action::NoteStatement
            | Action::WhoSaid
            | Action::Verdict
            | Action::RepeatVerdict
            | Action::AcceptSuggestion
            | Action::RejectSuggestion
            | Action::MarkSentence
            | Action::LinkHere
            | Action::Links
            | Action::Read
            | Action::Counterpart
            | Action::Inspect
            | Action::Others
            | Action::Copy
    )
}

fn no_counterpart(model: &Model) -> Option<String> {
    let Some(findings) = model.findings.as_deref() else {
        return Some("links are still being found".to_owned());
    };
    let id = model.sentence()?;
    if model.links.suggested(&findings.analysis, id).next().is_some() || model.jumps.leads_on_from(id) {
        return None;
    }
    let from = findings.weights.thresholds.link;
    let best = model.links.all(&findings.analysis, id).next();
    Some(match best {
        Some(best) => format!("no answer found (best {}, shown from {from:.2})", below(best.score, from)),
        None => format!("no answer found (shown from {from:.2})"),
    })
}

fn suggested(model: &Model) -> usize {
    let (Some(analysis), Some(id)) = (model.analysis(), model.sentence()) else { return 0 };
    model.links.suggested(analysis, id).count()
}

fn answers(model: &Model) -> bool {
    let mut passages = model.corpus.statements.iter().flat_map(|statement| &statement.passages);
    passages.any(|passage| passage.question.is_some())
}

fn own_notes(model: &Model) -> usize {
    let own = model.sentence().and_then(|id| model.annotations.sentences.get(&id));
    own.map_or(0, |own| own.notes.len())
}
