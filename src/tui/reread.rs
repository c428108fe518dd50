//! Another reading of the same documents takes the place of what is on the screen: the reader has
//! mended who speaks, or undone that.
//!
//! Statements and sentences get other numbers. Whatever holds numbers is brought over: columns and
//! their places, hidden statements, jumps, hits, marks and links. The line under the eye stays.

use std::sync::Arc;

use super::arrange;
use super::effect::Effect;
use super::export::ExportLine;
use super::kept::Lists;
use super::mode::Mode;
use super::model::{Column, Model};
use super::question::Question;
use super::{margin, sources, triage};
use crate::analysis::CueIndex;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::document::Document;
use crate::lexicon::{Speech, abbreviations};
use crate::session::mendings;

/// Mends the texts as the session now says; asks for their marks and links.
pub fn mended(model: &mut Model) -> Vec<Effect> {
    let (mendings, _) = mendings(&model.corpus, &model.session);
    let corpus = model.corpus.mended(&mendings, abbreviations());
    take(model, Arc::new(corpus));
    vec![Effect::Analyze]
}

/// Adds a document to those that are open; asks for marks and links.
pub fn joined(model: &mut Model, document: Document) -> Vec<Effect> {
    let corpus = model.corpus.with(document, Speech::built_in(), abbreviations());
    take(model, Arc::new(corpus));
    vec![Effect::Analyze]
}

/// Shows `corpus`, another reading of the documents that are open.
fn take(model: &mut Model, corpus: Arc<Corpus>) {
    let eye = arrange::eye_row(model);
    let old = std::mem::replace(&mut model.corpus, corpus);
    let ids = old.renumbering(&model.corpus);
    let homes: Vec<Option<StatementId>> =
        old.statement_ids().map(|id| home(&old, &model.corpus, &ids, id)).collect();
    let home_of = |id: StatementId| homes.get(id.0 as usize).copied().flatten();
    let focused = model.statement().and_then(home_of);
    let places = places(model, &old, &ids, &homes);
    model.columns = places;
    let mut order: Vec<StatementId> = Vec::new();
    for id in model.order.iter().filter_map(|id| home_of(*id)) {
        if !order.contains(&id) {
            order.push(id);
        }
    }
    model.hidden = model.hidden.iter().filter_map(|id| home_of(*id)).collect();
    model.hidden.retain(|id| !order.contains(id));
    order.extend(model.corpus.spoken_ids().filter(|id| !homes.contains(&Some(*id))));
    order.retain(|id| model.corpus.sentences_of(*id).len() > 0);
    model.focus = order.iter().position(|id| Some(*id) == focused).unwrap_or(0);
    model.order = order;
    model.pressed_at = None;
    model.shown.renumber(|id| ids.get(id.0 as usize).copied().flatten());
    model.marked = model.marked.and_then(|id| ids[id.0 as usize]);
    model.stepped = None;
    model.jumps.renumber(|id| ids.get(id.0 as usize).copied().flatten());
    if let Some(search) = &mut model.search {
        search.again(&model.corpus);
    }
    carry_findings(model, &old, &ids);
    model.annotations = margin::Annotations::of(&model.corpus, &model.session);
    triage::apply(model, None);
    keep_mode(model);
    model.lists = Lists::default();
    model.before_panel = None;
    model.facing = None;
    model.sheets.clear();
    arrange::arrange_at(model, eye);
}

/// The statement that has become of `id`: its speaker's, else the one that has its first words.
fn home(old: &Corpus, new: &Corpus, ids: &[Option<SentenceId>], id: StatementId) -> Option<StatementId> {
    let statement = old.statement(id);
    let same = |other: &StatementId| {
        let other = new.statement(*other);
        other.document == statement.document && other.speaker == statement.speaker
    };
    let with_first = || {
        let first = old.sentences_of(id).find_map(|sentence| ids[sentence.0 as usize])?;
        Some(new.sentence(first).statement)
    };
    new.spoken_ids().find(same).or_else(with_first)
}

/// Where the columns stand: on the same sentence, or on the next that is still theirs.
fn places(
    model: &Model,
    old: &Corpus,
    ids: &[Option<SentenceId>],
    homes: &[Option<StatementId>],
) -> Vec<Column> {
    let new = &model.corpus;
    let mut columns: Vec<Option<Column>> = vec![None; new.statements.len()];
    for own in [true, false] {
        for (number, home) in homes.iter().enumerate() {
            let Some(home) = *home else { continue };
            let (id, place) = (StatementId(number as u32), &mut columns[home.0 as usize]);
            if place.is_some() || own != (new.statement(home).speaker == old.statement(id).speaker) {
                continue;
            }
            let column = model.columns[number];
            let still = |sentence: SentenceId| {
                ids[sentence.0 as usize].filter(|id| new.sentence(*id).statement == home)
            };
            let kept = old.sentences_of(id).skip(column.cursor).find_map(still);
            let kept = kept.or_else(|| old.sentences_of(id).rev().find_map(still));
            let cursor = kept.map_or(0, |kept| new.number_of(kept));
            *place = Some(Column { cursor, scroll: column.scroll });
        }
    }
    columns.into_iter().map(Option::unwrap_or_default).collect()
}

fn carry_findings(model: &mut Model, old: &Corpus, ids: &[Option<SentenceId>]) {
    let (Some(found), Some(findings)) = (&mut model.found, &mut model.findings) else { return };
    **found = found.carried(old, &model.corpus, ids);
    findings.index = CueIndex::of(&model.corpus, found, &findings.lexicon);
    findings.corpus = Arc::clone(&model.corpus);
}

/// Closes a panel that holds numbers; it can be opened only in the moment before the journal answers.
fn keep_mode(model: &mut Model) {
    match &mut model.mode {
        Mode::Note(note) | Mode::Question(Question::LoseNote { note, .. }) => note.selection = None,
        Mode::Search(_)
        | Mode::Select(_)
        | Mode::Ledger(_)
        | Mode::Weigh(_)
        | Mode::WhoSaid(_)
        | Mode::Source(_)
        | Mode::Reject(_)
        | Mode::Others(_)
        | Mode::Export(ExportLine { ledger: Some(_), .. })
        | Mode::Bulk(_)
        | Mode::Links(_)
        | Mode::Outline(_) => model.mode = Mode::Browse,
        Mode::Sources(chosen) => {
            let chosen = *chosen;
            model.mode = Mode::Sources(chosen.min(sources::count(model).saturating_sub(1)));
        }
        _ => {}
    }
}
