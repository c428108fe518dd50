//! One statement on the screen: header, margin, words with their cues, and the thread to the next.
//!
//! ```text
//!  Zhao Lijian · Foreign Ministry spokesman · 4
//! ─▌✓ 1 CR~! The United States ganged up with its allies to   │
//! ││└┤ └┬─┘  └─ words, cues in the style of their kind        └ strip
//! ││ │  └ kinds, then ! for a note or verdict
//! ││ └ number, before it a tick if it is read, m if it is marked for a link
//! │└ bar of the sentence in focus
//! └ thread to the counterpart in the column beside, or below
//! ```

use std::cmp::Ordering;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::action::Action;
use super::keymap::Scope;
use super::layout::Pane;
use super::model::Model;
use super::page::Sheet;
use super::paint::{Pen, dot};
use super::{margin, notes, selection, strip, wrap};
use crate::corpus::SentenceId;
use crate::lexicon::CueKind;
use crate::text::Span;

/// Paints all visible statements.
pub fn paint(model: &Model, buffer: &mut Buffer) {
    let counterpart = counterpart(model);
    for (number, (pane, sheet)) in model.areas.panes.iter().zip(&model.sheets).enumerate() {
        header(model, number, pane, buffer);
        body(model, number, pane, sheet, counterpart, buffer);
        strip::paint(model, number, buffer);
    }
    if let (Some(here), Some(there)) = (model.sentence(), counterpart) {
        thread(model, here, there, buffer);
    }
}

/// The sentence that the strongest suggested link of the one in focus leads to: the one it was come
/// from, else the strongest in a visible column.
pub fn counterpart(model: &Model) -> Option<SentenceId> {
    let (analysis, here) = (model.analysis()?, model.sentence()?);
    let ends: Vec<SentenceId> =
        model.links.suggested(analysis, here).map(|link| link.other_end(here)).collect();
    let ends: Vec<SentenceId> = ends.into_iter().filter(|id| model.shown.shows(*id)).collect();
    let visible = |id: &&SentenceId| model.pane_of(model.corpus.sentence(**id).statement).is_some();
    let come_from = model.facing.filter(|(from, there)| *from == here && ends.contains(there));
    come_from.map(|(_, there)| there).or_else(|| ends.iter().find(visible).or_else(|| ends.first()).copied())
}

/// “Zhao Lijian · Foreign Ministry spokesman · 4”, without what there is no room for.
fn header(model: &Model, number: usize, pane: &Pane, buffer: &mut Buffer) {
    let Some(sheet) = model.sheets.get(number) else { return };
    let theme = &model.theme;
    let style = if number == model.pane() { theme.header_focus } else { theme.header };
    let statement = model.corpus.statement(sheet.statement);
    let mut pen = Pen::new(buffer, pane.header);
    if pane.margin > 1 {
        pen.put(" ", style);
    }
    let count = format!(" · {}", sheet.len());
    let more = if model.annotations.statements.contains_key(&sheet.statement) { " !" } else { "" };
    let note = stacked_note(model, number);
    let reserved =
        if pen.room() > 2 * wrap::width(note) && !note.is_empty() { wrap::width(note) + 3 } else { 0 };
    let kept = wrap::width(&count) + more.len() + 1 + reserved;
    let name = wrap::shortened(&model.corpus.title_of(sheet.statement), pen.room().saturating_sub(kept));
    pen.put(&name, style);
    let role = statement.speaker.as_ref().and_then(|speaker| speaker.role.as_deref());
    if let Some(role) = role.filter(|_| pen.room() > kept + 8) {
        let role = wrap::shortened(role, pen.room() - kept - 3);
        pen.put(" · ", theme.dim).put(&role, theme.title);
    }
    pen.put(&count, theme.dim).put(more, theme.note);
    if model.areas.stacked && number > 0 {
        return pen.put(" ", theme.rule).fill("─", theme.rule);
    }
    if pen.room() > wrap::width(note) + 2 {
        let right = pane.header.right().saturating_sub(wrap::width(note) as u16 + 1);
        pen.skip_to(right).put(note, theme.dim);
    }
}

/// Tells why the columns are not side by side.
fn stacked_note(model: &Model, number: usize) -> &'static str {
    if model.areas.stacked && number == 0 { "stacked below 90 columns" } else { "" }
}

/// Paints the rows of a statement that are on the screen.
fn body(
    model: &Model,
    number: usize,
    pane: &Pane,
    sheet: &Sheet,
    counterpart: Option<SentenceId>,
    buffer: &mut Buffer,
) {
    let column = model.columns[sheet.statement.0 as usize];
    let bottom = column.scroll + isize::from(pane.body.height.cast_signed());
    if sheet.rows() == 0 && !sheet.is_empty() {
        let area = Rect { x: pane.text_x(), width: pane.text, ..pane.body };
        let key = model.keymap.key_of(Scope::Browse, Action::Filters).unwrap_or_default();
        let told = format!("the filter ({key}) leaves out all of it");
        Pen::new(buffer, area).put_shortened(&told, model.theme.dim);
    }
    for sentence in sheet.at(column.scroll.max(0).cast_unsigned())..sheet.len() {
        let top = sheet.row(sentence).cast_signed();
        question(model, pane, sheet.question(sentence), top - column.scroll, buffer);
        if top >= bottom {
            break;
        }
        if sheet.height(sentence) == 0 {
            continue;
        }
        let skip = (column.scroll - top).max(0).cast_unsigned();
        let shown = Shown {
            model,
            pane,
            id: sheet.sentence(sentence),
            number: sentence,
            is_cursor: sentence == column.cursor,
            in_focus: number == model.pane(),
            is_counterpart: Some(sheet.sentence(sentence)) == counterpart,
        };
        let rows = sheet.rows_of(sentence, model.corpus.text(shown.id), skip);
        let first = (top - column.scroll).max(0) as u16;
        shown.paint(rows, skip == 0, first, buffer);
    }
}

/// Paints what is on the screen of the question above the sentence that starts on row `below`.
fn question(model: &Model, pane: &Pane, rows: &[String], below: isize, buffer: &mut Buffer) {
    let shown = 0..isize::from(pane.body.height.cast_signed());
    for (number, words) in rows.iter().rev().enumerate() {
        let row = below - 1 - number.cast_signed();
        if shown.contains(&row) {
            let y = pane.body.y + row as u16;
            let area = Rect { x: pane.text_x(), y, width: pane.text, height: 1 };
            Pen::new(buffer, area).put(words, model.theme.question);
        }
    }
}

/// A sentence that is on the screen.
struct Shown<'m> {
    model: &'m Model,
    pane: &'m Pane,
    id: SentenceId,
    /// Its place in the statement.
    number: usize,
    /// Whether its column stands on it.
    is_cursor: bool,
    /// Whether its column is the one in focus.
    in_focus: bool,
    /// Whether it is the counterpart of the sentence in focus.
    is_counterpart: bool,
}

impl Shown<'_> {
    fn paint(&self, rows: impl Iterator<Item = Range<usize>>, whole: bool, first: u16, buffer: &mut Buffer) {
        let body = self.pane.body;
        let painted = self.painted_spans();
        let text = self.model.corpus.text(self.id);
        for (row, bytes) in rows.take(usize::from(body.height.saturating_sub(first))).enumerate() {
            let y = body.y + first + row as u16;
            self.bar(y, buffer);
            if row == 0 && whole {
                self.margin(y, buffer);
            }
            let area = Rect { x: self.pane.text_x(), y, width: self.pane.text, height: 1 };
            Pen::new(buffer, area).put(&text[bytes.clone()], self.model.theme.text);
            restyle(text, &bytes, area, &painted, buffer);
        }
    }

    fn bar(&self, y: u16, buffer: &mut Buffer) {
        if self.is_cursor && self.in_focus && self.pane.margin > 0 {
            let x = self.pane.body.x + u16::from(self.pane.margin > 1);
            dot(buffer, x, y, "▌", self.model.theme.bar);
        }
    }

    /// Read tick, number, letters of the kinds, note sign.
    fn margin(&self, y: u16, buffer: &mut Buffer) {
        let (model, theme) = (self.model, &self.model.theme);
        if self.pane.digits == 0 {
            return;
        }
        let digits = usize::from(self.pane.digits);
        let (tick, tick_style) = match () {
            () if model.marked == Some(self.id) => ("m", theme.note),
            () if model.annotations.read.contains(&self.id) => ("✓", theme.read),
            () => (" ", theme.read),
        };
        let style = match (self.is_cursor, self.in_focus, self.is_counterpart) {
            (true, true, _) => theme.number_focus,
            (_, _, true) => theme.thread,
            (true, false, _) => theme.number_rest,
            _ => theme.number,
        };
        let area = Rect { x: self.pane.body.x + 2, y, width: self.pane.margin.saturating_sub(2), height: 1 };
        let mut pen = Pen::new(buffer, area);
        pen.put(tick, tick_style).put(&format!("{:>digits$} ", self.number + 1), style);
        let kinds = margin::kinds(model, self.id);
        for kind in CueKind::ALL {
            let letter = if kinds[kind as usize] { strip::letter(kind) } else { " " };
            pen.put(letter, letter_style(theme.kind(kind)));
        }
        pen.put(if model.annotations.has(self.id) { "!" } else { " " }, theme.note);
    }

    /// What is painted over the words, later ones over earlier ones.
    fn painted_spans(&self) -> Vec<(Span, Style)> {
        let (model, theme) = (self.model, &self.model.theme);
        let sentence = model.corpus.sentence(self.id).span;
        let mut painted = Vec::new();
        let noted = model.annotations.words.get(&self.id);
        painted.extend(noted.into_iter().flatten().map(|span| (*span, theme.noted)));
        let kinds = margin::kinds(model, self.id);
        let selecting = selection::shown(model)
            .is_some_and(|selection| selection.statement == model.corpus.sentence(self.id).statement);
        // What is selected must be plain to see where a cue is set off by the same attribute.
        if let Some(analysis) = model.analysis().filter(|_| kinds.contains(&true) && !selecting) {
            let cues = &analysis.marks(self.id).cues;
            let shown = cues.iter().filter(|cue| kinds[cue.kind as usize] && cue.stands_out());
            painted.extend(shown.map(|cue| (cue.span, theme.kind(cue.kind))));
        }
        if !selecting && ((self.is_cursor && self.in_focus) || self.is_counterpart) {
            painted.extend(self.evidence().into_iter().map(|span| (span, theme.evidence)));
        }
        if let Some(search) = model.search.as_ref().filter(|search| search.painted) {
            let here = search.hits.get(search.at);
            painted.extend(
                search
                    .in_sentence(self.id)
                    .iter()
                    .map(|hit| (hit.span, if Some(hit) == here { theme.hit_here } else { theme.hit })),
            );
        }
        painted.extend(self.selected().map(|span| (span, theme.selected)));
        let on_sentence = |(span, style): (Span, Style)| {
            let span = span.clip(&sentence)?;
            Some((Span::new(span.start - sentence.start, span.end - sentence.start), style))
        };
        painted.into_iter().filter_map(on_sentence).collect()
    }

    /// What is selected of its statement; else the words of the note that the reader went to.
    fn selected(&self) -> Option<Span> {
        let statement = self.model.corpus.sentence(self.id).statement;
        let selected = selection::shown(self.model);
        if let Some(selected) = selected {
            return (selected.statement == statement).then(|| selected.span());
        }
        let note = notes::here(self.model)?;
        let placed = self.model.annotations.notes.get(note).copied().flatten()?;
        (placed.statement == statement).then_some(placed.span)
    }

    /// The words of this sentence that speak for the link to its counterpart.
    fn evidence(&self) -> Vec<Span> {
        let (Some(analysis), Some(focus)) = (self.model.analysis(), self.model.sentence()) else {
            return Vec::new();
        };
        let there = counterpart(self.model);
        let link =
            self.model.links.suggested(analysis, focus).find(|link| Some(link.other_end(focus)) == there);
        let Some(link) = link else { return Vec::new() };
        let is_answer = link.from == self.id;
        // Words that are most of the sentence would set off nothing.
        let most = self.model.corpus.sentence(self.id).span.len() / 2;
        let own =
            link.evidence.iter().filter(|found| found.in_answer == is_answer && found.span.len() <= most);
        own.map(|found| found.span).collect()
    }
}

/// A letter stands by itself: it needs no underline, and slanted it would be hard to tell.
pub fn letter_style(style: Style) -> Style {
    use ratatui::style::Modifier;
    let bare = style.add_modifier.difference(Modifier::UNDERLINED | Modifier::ITALIC | Modifier::REVERSED);
    Style { add_modifier: bare | Modifier::BOLD, ..style }
}

/// Lays styles over the parts of a painted row that `spans` cover.
fn restyle(text: &str, row: &Range<usize>, area: Rect, spans: &[(Span, Style)], buffer: &mut Buffer) {
    for (span, style) in spans {
        let (start, end) = (span.start.max(row.start), span.end.min(row.end));
        let Some(words) = text.get(start..end).filter(|words| !words.is_empty()) else { continue };
        let before = wrap::width(&text[row.start..start]) as u16;
        let width = wrap::width(words) as u16;
        let cells = Rect { x: area.x + before.min(area.width), width, ..area };
        buffer.set_style(cells.intersection(area), *style);
    }
}

/// The thread from the sentence in focus to its counterpart in the column beside it:
/// `─┼─` on one row, a step in the strip on two, an arrow where the other end is off the screen.
fn thread(model: &Model, here: SentenceId, there: SentenceId, buffer: &mut Buffer) {
    let pane = |id| model.pane_of(model.corpus.sentence(id).statement);
    let (Some(one), Some(two)) = (pane(here), pane(there)) else { return };
    let (left, right) = if one < two { ((one, here), (two, there)) } else { ((two, there), (one, here)) };
    if right.0 - left.0 != 1 {
        return;
    }
    if model.areas.stacked {
        return thread_down(model, left, right, buffer);
    }
    let area = model.areas.panes[left.0].body;
    let Some(x) = model.areas.panes[left.0].strip_x().filter(|_| area.height > 0) else { return };
    let style = model.theme.thread;
    let (from, to) = (end_of(model, left), end_of(model, right));
    let height = usize::from(area.height).cast_signed();
    let on_screen = |row: isize| (0..height).contains(&row);
    let y = |row: isize| area.y + row.clamp(0, height - 1) as u16;
    if on_screen(from) {
        dot(buffer, x - 1, y(from), "─", style);
    }
    if on_screen(to) {
        dot(buffer, x + 1, y(to), "─", style);
    }
    if on_screen(from) && on_screen(to) {
        for row in y(from.min(to))..=y(from.max(to)) {
            dot(buffer, x, row, "│", style);
        }
    }
    let corner = |row: isize, other: isize, [level, down, up]: [&'static str; 3]| match row.cmp(&other) {
        _ if row < 0 => "↑",
        _ if row >= height => "↓",
        Ordering::Equal => level,
        Ordering::Less => down,
        Ordering::Greater => up,
    };
    dot(buffer, x, y(from), corner(from, to, ["┼", "┐", "┘"]), style);
    dot(buffer, x, y(to), corner(to, from, ["┼", "┌", "└"]), style);
}

/// The thread between two panes that stand one above the other, down the first cells of the rows:
/// `╭` and `╰` at its ends, an arrow where an end is off the screen.
fn thread_down(model: &Model, upper: (usize, SentenceId), lower: (usize, SentenceId), buffer: &mut Buffer) {
    let end = |place: (usize, SentenceId), corner: &'static str| {
        let (pane, row) = (&model.areas.panes[place.0], end_of(model, place));
        let last = i32::from(pane.body.height) - 1;
        let symbol = match row {
            ..0 => "↑",
            row if row > last as isize => "↓",
            _ => corner,
        };
        (pane.body.y + row.clamp(0, last.max(0) as isize) as u16, symbol)
    };
    let panes = [upper.0, lower.0].map(|pane| &model.areas.panes[pane]);
    // Without room for numbers the first cell is the bar's.
    if panes.iter().any(|pane| pane.margin < 2 || pane.body.height == 0) {
        return;
    }
    let ((top, over), (bottom, under)) = (end(upper, "╭"), end(lower, "╰"));
    let (x, style) = (panes[0].body.x, model.theme.thread);
    for y in top..bottom {
        dot(buffer, x, y, "│", style);
    }
    dot(buffer, x, top, over, style);
    dot(buffer, x, bottom, under, style);
}

/// The row of its pane on which a sentence starts; negative above it. A sentence that starts above
/// the screen but reaches into it is met on the first row.
fn end_of(model: &Model, (pane, id): (usize, SentenceId)) -> isize {
    let sheet = &model.sheets[pane];
    let number = model.corpus.number_of(id);
    let scroll = model.columns[sheet.statement.0 as usize].scroll;
    let (row, end) = (sheet.row(number).cast_signed() - scroll, sheet.end(number).cast_signed() - scroll);
    if row < 0 && end > 0 { 0 } else { row }
}
