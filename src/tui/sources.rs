//! The list of sources: each document with how it was read and what was odd about it, and below it
//! the people who speak in it with their counts.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Clear;

use super::arrange::arrange;
use super::column::letter_style;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, list_area, row};
use super::{margin, motion, wrap};
use crate::corpus::{SentenceId, StatementId};
use crate::document::Document;
use crate::lexicon::CueKind;

/// Pieces of a row with their styles.
type Parts = Vec<(String, Style)>;

/// One row of the list.
enum SourceRow {
    /// Something about a document, or nothing.
    Document(Parts),
    /// Who speaks; what it says is found out if it is on the screen.
    Statement(StatementId),
}

/// All rows for a width.
fn rows(model: &Model, width: usize) -> Vec<SourceRow> {
    let mut rows = Vec::new();
    for (number, document) in model.corpus.documents.iter().enumerate() {
        if number > 0 {
            rows.push(SourceRow::Document(Vec::new()));
        }
        document_rows(model, number, document, width, &mut rows);
        let of_document = |id: &StatementId| model.corpus.statement(*id).document.0 as usize == number;
        rows.extend(model.corpus.spoken_ids().filter(of_document).map(SourceRow::Statement));
    }
    rows
}

/// Its name and title, how it was read, and its warnings.
fn document_rows(model: &Model, number: usize, document: &Document, width: usize, rows: &mut Vec<SourceRow>) {
    let theme = &model.theme;
    let mut head = vec![(document.name(), theme.header)];
    if let Some(title) = &document.title {
        head.push((format!("   {title}"), theme.text));
    }
    rows.push(SourceRow::Document(head));
    let date = document.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let read =
        [model.corpus.kinds[number].name(), document.format.name, document.encoding, &date].join(" · ");
    rows.push(SourceRow::Document(vec![(read, theme.dim)]));
    for warning in &document.warnings {
        let lines = wrap::rows(warning, width).map(|line| (warning[line].to_owned(), theme.warning));
        rows.extend(lines.map(|line| SourceRow::Document(vec![line])));
    }
}

/// Who speaks, and how many sentences of each sort.
fn statement_parts(model: &Model, id: StatementId) -> Parts {
    let theme = &model.theme;
    let total = model.corpus.sentences_of(id).len();
    let plural = if total == 1 { "" } else { "s" };
    let hidden = model.hidden.contains(&id);
    let mut parts = vec![(model.corpus.title_of(id), if hidden { theme.dim } else { theme.text })];
    let role = model.corpus.statement(id).speaker.as_ref().and_then(|speaker| speaker.role.as_deref());
    parts.extend(role.map(|role| (format!(" · {role}"), theme.dim)));
    parts.push((format!("   {total} sentence{plural}"), theme.dim));
    for (place, kind) in CueKind::ALL.into_iter().enumerate() {
        let marked = |id: &SentenceId| margin::scored(model, *id)[place];
        let count = model.corpus.sentences_of(id).filter(marked).count();
        if count > 0 {
            parts.push((format!("   {} {count}", kind.letter()), letter_style(theme.kind(kind))));
        }
    }
    if hidden {
        parts.push(("   hidden".to_owned(), theme.note));
    }
    parts
}

/// How many statements are listed.
pub fn count(model: &Model) -> usize {
    model.order.len() + model.hidden.len()
}

/// The chosen statement.
pub fn chosen(model: &Model) -> Option<StatementId> {
    let Mode::Sources(chosen) = model.mode else { return None };
    model.corpus.spoken_ids().nth(chosen)
}

/// Shows those of some statements that are hidden.
pub fn show(model: &mut Model, ids: &[StatementId]) {
    if !ids.iter().any(|id| model.hidden.contains(id)) {
        return;
    }
    let mut order = model.order.clone();
    for id in ids.iter().filter(|id| model.hidden.remove(id)) {
        let place = order.iter().position(|other| other > id);
        order.insert(place.unwrap_or(order.len()), *id);
    }
    reorder(model, order);
}

/// Hides the chosen statement, or shows it again.
pub fn show_or_hide(model: &mut Model) {
    match chosen(model) {
        Some(id) if model.hidden.contains(&id) => show(model, &[id]),
        Some(id) if model.order != [id] => hide(model, |other| other == id),
        Some(_) => model.say("one statement stays"),
        None => model.say("nothing is listed"),
    }
}

/// Hides all statements but the chosen one; shows all if it is alone already.
pub fn show_alone(model: &mut Model) {
    let Some(id) = chosen(model) else { return model.say("nothing is listed") };
    show(model, &[id]);
    if model.order == [id] {
        let hidden: Vec<StatementId> = model.hidden.iter().copied().collect();
        show(model, &hidden);
    } else {
        hide(model, |other| other != id);
    }
}

fn hide(model: &mut Model, hides: impl Fn(StatementId) -> bool) {
    let (hidden, order): (Vec<_>, Vec<_>) = model.order.iter().partition(|id| hides(**id));
    model.hidden.extend(hidden);
    reorder(model, order);
}

/// Shows other columns; the one in focus stays so if it can.
fn reorder(model: &mut Model, order: Vec<StatementId>) {
    let focused = model.statement();
    model.order = order;
    let place = model.order.iter().position(|id| Some(*id) == focused);
    model.focus = place.unwrap_or(0);
    arrange(model);
}

/// Closes the list and goes to the chosen statement, where its column stands.
pub fn go(model: &mut Model) {
    let Some(id) = chosen(model) else { return model.say("nothing is listed") };
    model.mode = Mode::Browse;
    let cursor = model.columns[id.0 as usize].cursor;
    if let Some(target) = model.corpus.sentences_of(id).nth(cursor) {
        motion::jump(model, target);
    }
}

/// Where the statement that keys go to stands in the list.
pub fn current(model: &Model) -> usize {
    let focused = model.order.get(model.focus).copied();
    model.corpus.spoken_ids().position(|id| Some(id) == focused).unwrap_or(0)
}

/// Paints the list over `area`, its `chosen` statement marked.
pub fn paint(model: &Model, chosen: usize, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let (documents, speakers) = (model.corpus.documents.len(), count(model));
    let title = format!("sources · documents {documents} · statements {speakers}");
    let rest = list_area(area, &title, theme, frame.buffer_mut());
    let rows = rows(model, usize::from(rest.width).saturating_sub(2).max(1));
    let statements = rows.iter().enumerate().filter(|(_, row)| matches!(row, SourceRow::Statement(_)));
    let place = statements.map(|(place, _)| place).nth(chosen);
    let middle = place.unwrap_or(0);
    let height = usize::from(rest.height);
    let first = middle.saturating_sub(height / 2).min(rows.len().saturating_sub(height));
    for (number, source) in rows.iter().enumerate().skip(first).take(height) {
        let mut pen = Pen::new(frame.buffer_mut(), row(rest, number - first));
        pen.put(if Some(number) == place { "▌ " } else { "  " }, theme.bar);
        let parts = match source {
            SourceRow::Document(parts) => parts,
            SourceRow::Statement(id) => &statement_parts(model, *id),
        };
        for (text, style) in parts {
            pen.put_shortened(text, *style);
        }
    }
}
