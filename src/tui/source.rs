//! A document's own text as it was decoded, with the passages marked: whose they are by a letter in
//! the margin, how they are given by a sign beside it, and which words attribute them.
//!
//! The text is wrapped once for a width, not for each frame.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Clear;

use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::{help, sources, wrap};
use crate::attribution::{DocumentId, Passage, PassageKind};
use crate::corpus::StatementId;
use crate::text::SourceSpan;

/// Cells before the text: bar, letter, sign, blank.
const MARGIN: u16 = 4;
/// A longer line is hard to read.
const WIDEST: u16 = 110;
/// Rows above the text: title and legend, and a blank one.
const HEAD: u16 = 3;

/// The view while it is open.
#[derive(Debug)]
pub struct SourceView {
    document: DocumentId,
    /// The words that the reader came from.
    focus: Option<SourceSpan>,
    /// The passages of the document, in order of their starts.
    passages: Vec<(Passage, StatementId)>,
    /// Cells of the text.
    width: usize,
    /// Bytes of the text on each row.
    rows: Vec<(u32, u32)>,
    /// The row at the top.
    pub scroll: usize,
    /// The place in the list of sources from which it was opened, if it was.
    from_sources: Option<usize>,
}

/// Opens the view on the sentence in focus, or on the speaker chosen in the list of sources.
pub fn open(model: &mut Model) {
    let from_sources = if let Mode::Sources(chosen) = model.mode { Some(chosen) } else { None };
    let statement = from_sources.map_or_else(|| model.statement(), |_| sources::chosen(model));
    let Some(statement) = statement else { return model.say("there is no document") };
    let sentence = if from_sources.is_none() { model.sentence() } else { None };
    let sentence = sentence.or_else(|| model.corpus.sentences_of(statement).next());
    let focus = sentence.map(|id| model.corpus.source_of(id));
    show(model, model.corpus.statement(statement).document, focus, from_sources);
}

/// Shows the next document, after the last the first.
pub fn next_document(model: &mut Model) {
    let Mode::Source(view) = &model.mode else { return };
    let count = model.corpus.documents.len() as u32;
    if count < 2 {
        return model.say("there is only one document");
    }
    show(model, DocumentId((view.document.0 + 1) % count), None, view.from_sources);
}

/// Leaves the view for what was there before.
pub fn close(model: &mut Model) {
    let Mode::Source(view) = std::mem::take(&mut model.mode) else { return };
    if let Some(chosen) = view.from_sources {
        model.mode = Mode::Sources(chosen);
    }
}

fn show(model: &mut Model, document: DocumentId, focus: Option<SourceSpan>, from_sources: Option<usize>) {
    let own = model.corpus.statement_ids().filter(|id| model.corpus.statement(*id).document == document);
    let passages_of =
        |id: StatementId| model.corpus.statement(id).passages.iter().map(move |passage| (*passage, id));
    let mut passages: Vec<(Passage, StatementId)> = own.flat_map(passages_of).collect();
    passages.sort_by_key(|(passage, _)| passage.source.start);
    let (width, rows, scroll) = (0, Vec::new(), 0);
    model.mode = Mode::Source(SourceView { document, focus, passages, width, rows, scroll, from_sources });
    fit(model);
    let height = usize::from(text_area(help::area_of(model)).height);
    if let Mode::Source(view) = &mut model.mode {
        let at = view.focus.map_or(0, |focus| view.row_of(focus.start));
        view.scroll = at.saturating_sub(height / 3).min(view.last(height));
    }
}

/// Wraps the text anew if the screen has another width; the row at the top keeps its words.
pub fn fit(model: &mut Model) {
    let area = text_area(help::area_of(model));
    let width = usize::from(area.width.saturating_sub(MARGIN).max(1));
    let Mode::Source(view) = &mut model.mode else { return };
    if view.width != width {
        let top = view.rows.get(view.scroll).map_or(0, |(start, _)| *start as usize);
        let text = &model.corpus.documents[view.document.0 as usize].text;
        view.rows = wrap::rows(text, width).map(|row| (row.start as u32, row.end as u32)).collect();
        view.width = width;
        view.scroll = view.row_of(top);
    }
    view.scroll = view.scroll.min(view.last(usize::from(area.height)));
}

/// How far it can be scrolled.
pub fn most_scroll(model: &Model, view: &SourceView) -> usize {
    view.last(usize::from(text_area(help::area_of(model)).height))
}

impl SourceView {
    /// The row on which byte `at` stands.
    fn row_of(&self, at: usize) -> usize {
        self.rows.partition_point(|(start, _)| *start as usize <= at).saturating_sub(1)
    }

    /// The top row with which the last one is at the bottom of `height` rows.
    fn last(&self, height: usize) -> usize {
        self.rows.len().saturating_sub(height)
    }

    /// The passages that reach into `row`.
    fn on<'v>(&'v self, row: &'v Range<usize>) -> impl Iterator<Item = &'v (Passage, StatementId)> {
        let end =
            self.passages.partition_point(|(passage, _)| passage.source.start < row.end.max(row.start + 1));
        self.passages[..end].iter().filter(|(passage, _)| passage.source.end > row.start)
    }
}

/// Where the text stands.
fn text_area(area: Rect) -> Rect {
    let used = area.height.min(HEAD);
    let rest = inset(Rect { y: area.y + used, height: area.height - used, ..area }, 1);
    Rect { width: rest.width.min(WIDEST), ..rest }
}

/// The letter of a speaker, by their place among those of the document.
fn letter(place: usize) -> char {
    ('A'..='Z').chain('a'..='z').nth(place).unwrap_or('+')
}

/// The sign of how a passage is given.
fn sign(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Direct => "│",
        PassageKind::Partial => "”",
        PassageKind::Indirect => "·",
    }
}

/// Paints the view over `area`.
pub fn paint(model: &Model, view: &SourceView, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let document = &model.corpus.documents[view.document.0 as usize];
    let title = format!("source · {} · row {} of {}", document.name(), view.scroll + 1, view.rows.len());
    let rest = inset(title_row(area, &title, theme, frame.buffer_mut()), 1);
    let speakers: Vec<StatementId> = model
        .corpus
        .statement_ids()
        .filter(|id| model.corpus.statement(*id).document == view.document)
        .collect();
    legend(model, &speakers, row(rest, 0), frame);
    let text_area = text_area(area);
    for number in 0..usize::from(text_area.height) {
        let Some((start, end)) = view.rows.get(view.scroll + number) else { break };
        let line = Line { model, view, text: &document.text, row: *start as usize..*end as usize };
        line.paint(&speakers, row(text_area, number), frame);
    }
}

/// “A Odile Brannock   B the company   │ own words   ” quoted in part   · reported”
fn legend(model: &Model, speakers: &[StatementId], area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let here = model.statement();
    let mut pen = Pen::new(frame.buffer_mut(), area);
    for kind in [PassageKind::Direct, PassageKind::Partial, PassageKind::Indirect] {
        let words = match kind {
            PassageKind::Direct => "own words",
            PassageKind::Partial => "in part",
            PassageKind::Indirect => "reported",
        };
        pen.put(sign(kind), theme.key).put(&format!(" {words}   "), theme.dim);
    }
    for (place, id) in speakers.iter().enumerate() {
        let name = if Some(*id) == here { theme.header_focus } else { theme.header };
        pen.put(&format!("{} ", letter(place)), theme.key);
        pen.put_shortened(&model.corpus.title_of(*id), name).put("   ", theme.text);
    }
}

/// A row of the text.
struct Line<'m> {
    model: &'m Model,
    view: &'m SourceView,
    text: &'m str,
    row: Range<usize>,
}

impl Line<'_> {
    fn paint(&self, speakers: &[StatementId], area: Rect, frame: &mut Frame<'_>) {
        let theme = &self.model.theme;
        let focused = self.view.focus.is_some_and(|focus| self.holds(focus));
        let mut pen = Pen::new(frame.buffer_mut(), area);
        pen.put(if focused { "▌" } else { " " }, theme.bar);
        if let Some((passage, id)) = self.view.on(&self.row).next() {
            let place = speakers.iter().position(|other| other == id).unwrap_or(usize::MAX);
            let here = Some(*id) == self.model.statement();
            pen.put(&letter(place).to_string(), if here { theme.header_focus } else { theme.header });
            pen.put(sign(passage.kind), theme.dim);
        }
        pen.skip_to(area.x + MARGIN);
        for (words, style) in self.runs() {
            pen.put(&self.text[words], style);
        }
    }

    fn holds(&self, span: SourceSpan) -> bool {
        span.start < self.row.end && self.row.start < span.end
    }

    /// The row in pieces of one style: outside of all statements, a passage, words that attribute it,
    /// the words the reader came from.
    fn runs(&self) -> Vec<(Range<usize>, Style)> {
        let theme = &self.model.theme;
        let mut painted: Vec<(SourceSpan, Style)> = Vec::new();
        for (passage, id) in self.view.on(&self.row) {
            let here = Some(*id) == self.model.statement();
            painted.push((passage.source, if here { theme.passage_here } else { theme.passage }));
        }
        let near =
            |(passage, _): &&(Passage, StatementId)| passage.attribution.is_some_and(|at| self.holds(at));
        let attributing =
            self.view.passages.iter().filter(near).filter_map(|(passage, _)| passage.attribution);
        painted.extend(attributing.map(|at| (at, theme.attribution)));
        painted.extend(self.view.focus.map(|focus| (focus, theme.selected)));
        let ends = painted.iter().flat_map(|(span, _)| [span.start, span.end]);
        let mut cuts: Vec<usize> = ends.filter(|at| self.row.contains(at)).collect();
        cuts.extend([self.row.start, self.row.end]);
        cuts.sort_unstable();
        cuts.dedup();
        let style = |at: usize| {
            let over = painted.iter().rev().find(|(span, _)| span.start <= at && at < span.end);
            over.map_or(theme.dim, |(_, style)| *style)
        };
        cuts.windows(2).map(|cut| (cut[0]..cut[1], style(cut[0]))).collect()
    }
}
