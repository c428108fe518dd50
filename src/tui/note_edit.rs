//! The note editor: the words the note is about, and below them the note being written.
//!
//! It stays open until the journal has the note. Keys typed meanwhile are held and go where they
//! would have gone, so that nothing typed is lost either way.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::effect::Effect;
use super::mode::Mode;
use super::model::Model;
use super::notes::NotesList;
use super::paint::{Pen, title_row};
use super::question::Question;
use super::selection::Selection;
use super::{notes, saving, wrap};
use crate::corpus::SentenceId;
use crate::document::clean::clean;
use crate::session::{Act, Anchor, EventId};
use crate::text::{Span, one_line};

/// Rows that the quoted words may take.
const QUOTE_ROWS: usize = 3;
/// Rows for writing that are always offered.
const LEAST_ROWS: usize = 4;

/// A note being written.
#[derive(Debug)]
pub struct NoteEdit {
    area: TextArea<'static>,
    anchor: Anchor,
    /// “Zhao Lijian 1”.
    about: String,
    quote: String,
    replaces: Option<EventId>,
    original: String,
    /// Whether the journal's answer is awaited.
    pub saving: bool,
    /// Keys typed while it is.
    pub held: Vec<KeyEvent>,
    /// Whether the list of notes is shown again afterwards.
    pub to_list: bool,
    /// The words that were selected for it, still shown so.
    pub selection: Option<Selection>,
}

impl NoteEdit {
    fn new(anchor: Anchor, about: String, text: &str, replaces: Option<EventId>) -> Self {
        let quote = one_line(&anchor.quote.exact);
        let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(ratatui::style::Style::new());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        let original = text.trim().to_owned();
        Self {
            area,
            anchor,
            about,
            quote,
            replaces,
            original,
            saving: false,
            held: Vec::new(),
            to_list: false,
            selection: None,
        }
    }

    /// What is written, without blank lines around it.
    pub fn text(&self) -> String {
        self.area.lines().join("\n").trim().to_owned()
    }

    /// Whether something would be lost by leaving.
    pub fn is_changed(&self) -> bool {
        let text = self.text();
        !text.is_empty() && text != self.original
    }

    /// Types, moves or deletes.
    pub fn press(&mut self, event: KeyEvent) {
        match event.code {
            crossterm::event::KeyCode::Char(c) if !c.is_ascii() => self.paste(&c.to_string()),
            _ => drop(self.area.input(event)),
        }
    }

    /// Inserts pasted text, controls made visible.
    pub fn paste(&mut self, pasted: &str) {
        let lines = pasted.replace("\r\n", "\n").replace('\r', "\n");
        self.area.insert_str(clean(lines).0);
    }

    /// What the journal is asked to keep.
    pub fn act(&self, draft: bool) -> Act {
        let (anchor, replaces) = (self.anchor.clone(), self.replaces.clone());
        Act::Note { anchor, text: self.text(), replaces, draft }
    }

    /// Rows that it would like, its title included.
    pub fn rows(&self, (width, height): (u16, u16)) -> u16 {
        let text = usize::from(width.saturating_sub(4));
        let written: usize = self.area.lines().iter().map(|line| wrap::rows(line, text).count().max(1)).sum();
        let rows = 2 + self.quote_rows(text).min(QUOTE_ROWS) + written.max(LEAST_ROWS);
        rows.min(usize::from(height) * 3 / 5) as u16
    }

    fn quote_rows(&self, width: usize) -> usize {
        wrap::rows(&self.quote, width).take(QUOTE_ROWS + 1).count()
    }

    /// Closes it; its text is gone.
    pub fn leave(self: Box<Self>, model: &mut Model) {
        model.mode = if self.to_list { Mode::Notes(NotesList::default()) } else { Mode::Browse };
    }

    /// Closes it without a note: the words stay selected.
    fn go_back(self: Box<Self>, model: &mut Model) {
        match self.selection {
            Some(selection) => model.mode = Mode::Select(selection),
            None => self.leave(model),
        }
    }
}

/// Opens an empty note on the sentence in focus.
pub fn on_sentence(model: &mut Model) {
    let Some(id) = model.sentence() else { return };
    let sentence = model.corpus.sentence(id);
    let anchor = Anchor::new(&model.corpus, sentence.statement, sentence.span);
    open(model, NoteEdit::new(anchor, name_of(model, id), "", None));
}

/// Opens an empty note on exactly the words that are selected.
pub fn on_selection(model: &mut Model) {
    let Mode::Select(selection) = model.mode else { return };
    let Some(id) = selection.sentence(&model.corpus) else { return };
    let anchor = Anchor::new(&model.corpus, selection.statement, selection.span());
    let mut note = NoteEdit::new(anchor, format!("words of {}", name_of(model, id)), "", None);
    note.selection = Some(selection);
    open(model, note);
}

/// Opens an empty note on the whole statement in focus.
pub fn on_statement(model: &mut Model) {
    let Some(statement) = model.statement() else { return };
    let mut sentences = model.corpus.sentences_of(statement);
    let Some(first) = sentences.next() else { return };
    let last = sentences.next_back().unwrap_or(first);
    let span: Span = model.corpus.sentence(first).span.cover(&model.corpus.sentence(last).span);
    let anchor = Anchor::new(&model.corpus, statement, span);
    let about = format!("all that {} says", model.corpus.statement(statement).speaker_name());
    open(model, NoteEdit::new(anchor, about, "", None));
}

/// Opens a note that was written before.
pub fn again(model: &mut Model, number: usize, to_list: bool) {
    let Some(note) = model.session.notes.get(number) else { return };
    let about = match model.annotations.notes.get(number).copied().flatten() {
        Some(placed) => name_of(model, placed.sentence),
        None => "words that are not open".to_owned(),
    };
    let mut edit = NoteEdit::new(note.anchor.clone(), about, &note.text, Some(note.id.clone()));
    edit.to_list = to_list;
    open(model, edit);
}

fn open(model: &mut Model, note: NoteEdit) {
    model.message = None;
    model.mode = Mode::Note(Box::new(note));
}

/// “Zhao Lijian 1”
fn name_of(model: &Model, id: SentenceId) -> String {
    let statement = model.corpus.sentence(id).statement;
    format!("{} {}", model.corpus.statement(statement).speaker_name(), model.corpus.number_of(id) + 1)
}

/// Sends the note to the journal.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let Mode::Note(note) = &mut model.mode else { return Vec::new() };
    if note.text().is_empty() {
        model.say("nothing is written yet");
        return Vec::new();
    }
    note.saving = true;
    let act = note.act(false);
    saving::send_note(model, act)
}

/// Leaves the editor; asks first if something would be lost.
pub fn escape(model: &mut Model) {
    let Mode::Note(note) = std::mem::take(&mut model.mode) else { return };
    if note.is_changed() {
        model.mode = Mode::Question(Question::LoseNote { note, quit: false });
    } else {
        note.go_back(model);
    }
}

/// Goes on writing in `$EDITOR`.
pub fn outside(model: &mut Model) -> Vec<Effect> {
    match &model.mode {
        Mode::Note(note) => vec![Effect::Edit(note.text())],
        _ => Vec::new(),
    }
}

/// Opens in `$EDITOR` the note that the reader went to, else the last one on the sentence in focus.
pub fn outside_again(model: &mut Model) -> Vec<Effect> {
    let own = model.sentence().and_then(|id| model.annotations.sentences.get(&id));
    let last = own.and_then(|own| own.notes.last().copied());
    let Some(number) = notes::here(model).or(last) else { return Vec::new() };
    again(model, number, false);
    outside(model)
}

/// The external editor ended with `text`: it goes to the journal like a note written here.
pub fn edited(model: &mut Model, answer: Result<String, String>) -> Vec<Effect> {
    let Mode::Note(note) = &mut model.mode else { return Vec::new() };
    match answer {
        Ok(text) => {
            let text = clean(text.replace("\r\n", "\n").replace('\r', "\n")).0;
            let text = text.trim();
            if text == note.text() {
                escape_unchanged(model);
                return Vec::new();
            }
            note.area.select_all();
            note.area.insert_str(text);
            if text.is_empty() {
                escape_unchanged(model);
                model.say("left as it was: the editor gave no text back");
                return Vec::new();
            }
            keep(model)
        }
        Err(reason) => {
            model.warn(format!("the editor gave nothing back: {reason}"));
            Vec::new()
        }
    }
}

fn escape_unchanged(model: &mut Model) {
    let Mode::Note(note) = std::mem::take(&mut model.mode) else { return };
    if note.is_changed() && !note.text().is_empty() {
        model.mode = Mode::Note(note);
    } else {
        note.leave(model);
    }
}

/// Paints the editor.
pub fn paint(model: &Model, note: &NoteEdit, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let mut rest = title_row(area, &format!("note on {}", note.about), theme, frame.buffer_mut());
    rest.x += 2.min(rest.width);
    rest.width = rest.width.saturating_sub(4);
    let width = usize::from(rest.width);
    let all = note.quote_rows(width);
    let quoted = all.min(QUOTE_ROWS).min(usize::from(rest.height).saturating_sub(LEAST_ROWS));
    for (number, row) in wrap::rows(&note.quote, width).take(quoted).enumerate() {
        let words = &note.quote[row.clone()];
        let cut = number + 1 == quoted && row.end < note.quote.len();
        let words = if cut {
            format!("{} …", wrap::shortened(words, width.saturating_sub(2)).trim_end_matches('…'))
        } else {
            words.to_owned()
        };
        let line = Rect { y: rest.y + number as u16, height: 1, ..rest };
        Pen::new(frame.buffer_mut(), line).put(&words, theme.dim);
    }
    let used = (quoted as u16 + u16::from(quoted > 0)).min(rest.height);
    let writing = Rect { y: rest.y + used, height: rest.height - used, ..rest };
    if !writing.is_empty() {
        frame.render_widget(&note.area, writing);
    }
}
