//! The outline: statements, their headings and paragraphs, with claims counted and what is read.

use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::column::letter_style;
use super::line_edit::ListFilter;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, list_area, row};
use super::{margin, motion, page, wrap};
use crate::corpus::{SentenceId, StatementId};
use crate::document::BlockKind;
use crate::lexicon::CueKind;
use crate::text::{holds, one_line};

/// Cells of the counts at the right.
const COUNTS: u16 = 30;

/// The outline while it is open.
#[derive(Debug, Default)]
pub struct Outline {
    /// The chosen one of the entries shown.
    pub chosen: usize,
    /// Only entries with these words are shown.
    pub filter: ListFilter,
}

/// A stretch of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    sort: Sort,
    /// Its sentences, first and one past the last.
    sentences: std::ops::Range<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Statement(StatementId),
    Heading,
    Paragraph,
}

/// Opens the outline on the paragraph in focus.
pub fn open(model: &mut Model) {
    let here = model.sentence();
    let all = shown(model, &Outline::default());
    let at = all.iter().rposition(|entry| here.is_some_and(|id| entry.sentences.contains(&id.0)));
    model.mode = Mode::Outline(Outline { chosen: at.unwrap_or(0), ..Outline::default() });
}

/// The entries that have the words of the filter.
pub fn shown(model: &Model, outline: &Outline) -> Rc<Vec<Entry>> {
    let wanted = outline.filter.text().to_lowercase();
    let has = |entry: &Entry| {
        wanted.is_empty()
            || ids(entry).any(|id| holds(model.corpus.text(id), &wanted))
            || matches!(entry.sort, Sort::Statement(id) if holds(&model.corpus.title_of(id), &wanted))
    };
    let find = || all(model).iter().filter(|entry| has(entry)).cloned().collect();
    model.lists.outline.get((model.changes, wanted.clone()), find)
}

/// All entries, whatever is shown of them.
fn all(model: &Model) -> Rc<Vec<Entry>> {
    let find = || model.corpus.spoken_ids().flat_map(|id| entries(model, id)).collect();
    model.lists.outline_of_all.get((), find)
}

/// A statement and its paragraphs.
fn entries(model: &Model, id: StatementId) -> Vec<Entry> {
    let headings = headings(model, id);
    let mut found: Vec<Entry> = Vec::new();
    for sentence in model.corpus.sentences_of(id) {
        if found.is_empty() {
            found.push(Entry { sort: Sort::Statement(id), sentences: sentence.0..sentence.0 });
        }
        let begins = found.len() == 1 || page::starts_paragraph(&model.corpus, sentence);
        found[0].sentences.end = sentence.0 + 1;
        if let Some(last) = found.last_mut().filter(|_| !begins) {
            last.sentences.end = sentence.0 + 1;
            continue;
        }
        let at = model.corpus.source_of(sentence).start;
        let within = headings.iter().any(|(start, end)| (*start..*end).contains(&at));
        let sort = if within { Sort::Heading } else { Sort::Paragraph };
        found.push(Entry { sort, sentences: sentence.0..sentence.0 + 1 });
    }
    found
}

/// Where the headings of a statement's document stand in its source.
fn headings(model: &Model, id: StatementId) -> Vec<(usize, usize)> {
    let flow = &model.corpus.document_of(id).flow;
    let blocks = flow.blocks.iter().filter(|(_, kind)| *kind == BlockKind::Heading);
    blocks.map(|(span, _)| flow.to_source(*span)).map(|span| (span.start, span.end)).collect()
}

fn ids(entry: &Entry) -> impl Iterator<Item = SentenceId> {
    entry.sentences.clone().map(SentenceId)
}

/// Closes the outline and goes to the first sentence of the chosen entry.
pub fn go(model: &mut Model) {
    let Mode::Outline(outline) = &model.mode else { return };
    let Some(target) = shown(model, outline).get(outline.chosen).and_then(|entry| ids(entry).next()) else {
        return model.say("nothing is listed");
    };
    model.mode = Mode::Browse;
    motion::jump(model, target);
}

/// Paints the outline over `area`.
pub fn paint(model: &Model, outline: &Outline, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let found = shown(model, outline);
    let read = model.annotations.read.len();
    let with = match outline.filter.text() {
        "" => String::new(),
        words => format!(" · {} with “{words}”", found.len()),
    };
    let title = format!("outline · {read}/{} read{with}", model.corpus.sentences.len());
    let rest = list_area(area, &title, theme, frame.buffer_mut());
    if found.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("nothing is listed", theme.dim);
        return;
    }
    let rows = usize::from(rest.height).max(1);
    let chosen = outline.chosen.min(found.len() - 1);
    let first = chosen.saturating_sub(rows / 2).min(found.len().saturating_sub(rows));
    for (number, entry) in found.iter().enumerate().skip(first).take(rows) {
        paint_entry(model, entry, number == chosen, row(rest, number - first), frame);
    }
}

/// “▌   The ships of our coast guard …        C 2  R 1  ~ 1   3/5 read”
fn paint_entry(model: &Model, entry: &Entry, chosen: bool, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let (indent, style) = match entry.sort {
        Sort::Statement(_) => (0, theme.header),
        Sort::Heading => (2, theme.title),
        Sort::Paragraph => (4, theme.text),
    };
    let words = match (entry.sort, ids(entry).next()) {
        (Sort::Statement(id), _) => model.corpus.title_of(id),
        (_, Some(first)) => one_line(model.corpus.text(first)),
        (_, None) => String::new(),
    };
    let counts = COUNTS.min(area.width / 2);
    let room = usize::from(area.width - counts).saturating_sub(indent + 3);
    let mut pen = Pen::new(frame.buffer_mut(), area);
    pen.put(if chosen { "▌ " } else { "  " }, theme.bar).skip(indent as u16);
    pen.put(&wrap::shortened(&words, room), if chosen { theme.header_focus } else { style });
    for kind in CueKind::ALL {
        let count = ids(entry).filter(|id| margin::scored(model, *id)[kind as usize]).count();
        let place = area.right() - counts + 6 * kind as u16;
        pen.skip_to(place);
        if count > 0 {
            pen.put(&format!("{} {count}", kind.letter()), letter_style(theme.kind(kind)));
        }
    }
    let read = ids(entry).filter(|id| model.annotations.read.contains(id)).count();
    let told = format!("{read}/{} read", entry.sentences.len());
    pen.skip_to(area.right().saturating_sub(told.len() as u16));
    pen.put(&told, if read == entry.sentences.len() { theme.read } else { theme.dim });
}
