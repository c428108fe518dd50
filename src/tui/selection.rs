//! Words that the reader selects: to note exactly these, or to copy them.
//!
//! A selection reaches from a stretch that stays to one that moves, whichever stands first; moving it
//! over the other turns the selection round. Both are whole words unless the reader goes by
//! characters; where words are not parted by blanks, as in Chinese, a word is a character.

mod steps;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::action::Action;
use super::arrange::scroll_to;
use super::inspector::name_of;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, row, title_row};
use super::wrap;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::text::{Span, one_line};

/// What is selected of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Whose words.
    pub statement: StatementId,
    stays: Span,
    moves: Span,
}

impl Selection {
    /// `span` alone.
    pub fn of(statement: StatementId, span: Span) -> Self {
        Self { statement, stays: span, moves: span }
    }

    /// From the word at one place of a statement's text to the word at another.
    pub fn between(corpus: &Corpus, statement: StatementId, from: usize, to: usize) -> Self {
        let text = &corpus.statement(statement).text;
        Self { statement, stays: steps::unit_at(text, from), moves: steps::unit_at(text, to) }
    }

    /// All that is selected; never empty.
    pub fn span(&self) -> Span {
        self.stays.cover(&self.moves)
    }

    /// The words that are selected.
    pub fn words<'c>(&self, corpus: &'c Corpus) -> &'c str {
        self.span().of(&corpus.statement(self.statement).text)
    }

    /// The sentence in which it begins.
    pub fn sentence(&self, corpus: &Corpus) -> Option<SentenceId> {
        sentence_at(corpus, self.statement, self.span().start)
    }

    /// The byte at which the reader looks: the outer edge of what moves.
    fn eye(&self) -> usize {
        if self.moves.start < self.stays.start { self.moves.start } else { self.moves.end.saturating_sub(1) }
    }

    /// One step of `action`; none if there is nothing to step to.
    fn stepped(mut self, corpus: &Corpus, action: Action) -> Option<Self> {
        let text = &corpus.statement(self.statement).text;
        let forward = self.moves.start >= self.stays.start;
        self.moves = match action {
            Action::SelectWord => steps::word_after(text, self.moves.end)?,
            Action::SelectWordBack => steps::word_before(text, self.moves.start)?,
            // At an edge of more than one character a step back takes its last character away.
            Action::SelectCharacter if forward => steps::character_after(text, self.moves.end)?,
            Action::SelectCharacter => steps::without_first(text, self.moves)
                .or_else(|| steps::character_after(text, self.moves.end))?,
            Action::SelectCharacterBack if forward && self.moves != self.stays => {
                steps::without_last(text, self.moves)
                    .or_else(|| steps::character_before(text, self.moves.start))?
            }
            Action::SelectCharacterBack => steps::character_before(text, self.moves.start)?,
            Action::SelectSentence => self.sentence_on(corpus)?,
            Action::SelectSentenceBack => self.sentence_back(corpus)?,
            _ => return None,
        };
        Some(self)
    }

    /// The last word of the sentence with all behind it; of the next one, if that is selected.
    fn sentence_on(&self, corpus: &Corpus) -> Option<Span> {
        let at = sentence_at(corpus, self.statement, self.moves.end.saturating_sub(1))?;
        let beyond = |id: &SentenceId| corpus.sentence(*id).span.end > self.moves.end;
        let mut own = corpus.sentences_of(self.statement);
        let id = Some(at).filter(beyond).or_else(|| own.find(|id| *id > at))?;
        let span = corpus.sentence(id).span;
        let last = steps::word_before(&corpus.statement(self.statement).text, span.end);
        Some(last.and_then(|last| last.clip(&span)).map_or(span, |last| Span::new(last.start, span.end)))
    }

    /// The first word of the sentence with all before it; of the one before, if that is selected.
    fn sentence_back(&self, corpus: &Corpus) -> Option<Span> {
        let at = sentence_at(corpus, self.statement, self.moves.start)?;
        let before = |id: &SentenceId| corpus.sentence(*id).span.start < self.moves.start;
        let own = corpus.sentences_of(self.statement);
        let id = Some(at).filter(before).or_else(|| own.rev().find(|id| *id < at))?;
        let span = corpus.sentence(id).span;
        let first = steps::word_after(&corpus.statement(self.statement).text, span.start);
        Some(first.and_then(|first| first.clip(&span)).map_or(span, |first| Span::new(span.start, first.end)))
    }
}

/// The last sentence of a statement that starts at or before byte `at` of its text.
fn sentence_at(corpus: &Corpus, statement: StatementId, at: usize) -> Option<SentenceId> {
    let ids = corpus.sentences_of(statement);
    let count = ids.len() as u32;
    let first = corpus.sentences_of(statement).next()?;
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = u32::midpoint(low, high);
        let starts = corpus.sentence(SentenceId(first.0 + middle)).span.start;
        if starts <= at { low = middle + 1 } else { high = middle }
    }
    Some(SentenceId(first.0 + low.saturating_sub(1)))
}

/// Selects the words that a search stands on, else the first word of the sentence in focus.
pub fn begin(model: &mut Model) {
    let Some(id) = model.sentence() else { return };
    let sentence = model.corpus.sentence(id);
    let hit = model.search.as_ref().filter(|search| search.painted).and_then(|search| {
        let hit = search.hits.get(search.at)?;
        search.in_sentence(id).contains(hit).then_some(hit.span)
    });
    let text = &model.corpus.statement(sentence.statement).text;
    let first = || steps::word_after(text, sentence.span.start)?.clip(&sentence.span);
    let span = hit.or_else(first).unwrap_or(sentence.span);
    model.mode = Mode::Select(Selection::of(sentence.statement, span));
}

/// Lets the moving end go `times` steps on.
pub fn step(model: &mut Model, action: Action, times: usize) {
    let Mode::Select(before) = model.mode else { return };
    let mut selection = before;
    for _ in 0..times {
        let Some(next) = selection.stepped(&model.corpus, action) else { break };
        selection = next;
    }
    if selection == before {
        let back = matches!(
            action,
            Action::SelectWordBack | Action::SelectCharacterBack | Action::SelectSentenceBack
        );
        return model.say(if back { "the statement begins here" } else { "the statement ends here" });
    }
    model.mode = Mode::Select(selection);
    look(model);
}

/// The end that moved stays, the other one moves.
pub fn swap_ends(model: &mut Model) {
    if let Mode::Select(selection) = &mut model.mode {
        std::mem::swap(&mut selection.stays, &mut selection.moves);
        look(model);
    }
}

/// Begins anew with the word that moves.
pub fn begin_anew(model: &mut Model) {
    if let Mode::Select(selection) = &mut model.mode {
        selection.stays = selection.moves;
    }
}

/// Brings the moving end into sight.
pub fn look(model: &mut Model) {
    let Mode::Select(selection) = model.mode else { return };
    let eye = selection.eye();
    let Some(id) = sentence_at(&model.corpus, selection.statement, eye) else { return };
    let number = model.corpus.number_of(id);
    model.columns[selection.statement.0 as usize].cursor = number;
    super::arrange::arrange(model);
    let pane = model.pane();
    let (Some(sheet), Some(area)) = (model.sheets.get(pane), model.areas.panes.get(pane)) else { return };
    let within = eye.saturating_sub(model.corpus.sentence(id).span.start);
    let above =
        sheet.rows_of(number, model.corpus.text(id), 0).take_while(|bytes| bytes.end <= within).count();
    let row = (sheet.row(number) + above).cast_signed();
    let height = isize::from(area.body.height.cast_signed());
    let scroll = model.columns[selection.statement.0 as usize].scroll;
    if row < scroll || row >= scroll + height {
        scroll_to(model, (row - height / 2).max(0));
    }
}

/// What is selected, be it still being chosen or noted.
pub fn shown(model: &Model) -> Option<Selection> {
    match &model.mode {
        Mode::Select(selection) => Some(*selection),
        Mode::Note(note) => note.selection,
        Mode::Question(question) => question.note()?.selection,
        _ => None,
    }
}

/// Paints the panel: whose words and how many, then the words.
pub fn paint(model: &Model, selection: &Selection, area: Rect, frame: &mut Frame<'_>) {
    let words = one_line(selection.words(&model.corpus));
    let name = selection.sentence(&model.corpus).map_or(String::new(), |id| name_of(model, id));
    let count = match steps::count(&words) {
        1 => "1 word".to_owned(),
        count => format!("{count} words"),
    };
    let title = format!("selected · {name} · {count}");
    let rest = title_row(area, &title, &model.theme, frame.buffer_mut());
    let rest = Rect { x: rest.x + rest.width.min(2), width: rest.width.saturating_sub(4), ..rest };
    let rows: Vec<_> = wrap::rows(&words, usize::from(rest.width)).collect();
    let room = usize::from(rest.height);
    // Of many rows the end is shown that moves.
    let forward = selection.moves.start >= selection.stays.start;
    let first = if forward { rows.len().saturating_sub(room) } else { 0 };
    for (number, bytes) in rows.into_iter().skip(first).take(room).enumerate() {
        Pen::new(frame.buffer_mut(), row(rest, number)).put(&words[bytes], model.theme.text);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::attribution::Kind;
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    /// Begins with the first word and takes `keys`; what is selected then.
    #[track_caller]
    fn check(text: &str, keys: &str, expected: &str) {
        let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto);
        let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
        let corpus =
            Corpus::read(vec![document.expect("it is a text")], reading, Speech::built_in(), abbreviations());
        let statement = StatementId(0);
        let first = steps::word_after(&corpus.statement(statement).text, 0).expect("there is a word");
        let mut selection = Selection::of(statement, first);
        for key in keys.chars() {
            let action = match key {
                'w' => Action::SelectWord,
                'b' => Action::SelectWordBack,
                'l' => Action::SelectCharacter,
                'h' => Action::SelectCharacterBack,
                ')' => Action::SelectSentence,
                '(' => Action::SelectSentenceBack,
                'v' => {
                    selection.stays = selection.moves;
                    continue;
                }
                _ => {
                    std::mem::swap(&mut selection.stays, &mut selection.moves);
                    continue;
                }
            };
            selection = selection.stepped(&corpus, action).unwrap_or(selection);
        }
        assert_eq!(selection.words(&corpus), expected, "{keys}");
    }

    const TEXT: &str = "“We saw it,” she said. They did not, e\u{301}ver.\n\nIt ends.";

    #[test]
    fn words_are_taken_and_given_back() {
        check(TEXT, "", "We");
        check(TEXT, "ww", "We saw it");
        check(TEXT, "wwb", "We saw");
        check(TEXT, "wwvw", "it,” she");
        check(TEXT, "wwvbb", "We saw it");
        check(TEXT, "wwwoww", "it,” she");
        check(TEXT, "wwowww", "it,” she");
        check(TEXT, "b", "We");
    }

    #[test]
    fn a_sentence_is_taken_to_its_end_and_across_paragraphs() {
        check(TEXT, ")", "We saw it,” she said.");
        check(TEXT, "))", "We saw it,” she said. They did not, e\u{301}ver.");
        check(TEXT, ")))))", "We saw it,” she said. They did not, e\u{301}ver.\n\nIt ends.");
        check(TEXT, "))v((", "“We saw it,” she said. They did not, e\u{301}ver.");
        check(TEXT, "wv(", "“We saw");
    }

    #[test]
    fn characters_are_never_cut() {
        check(TEXT, "))vl", "e\u{301}ver.\n\nI");
        check(TEXT, "l", "We s");
        check(TEXT, "wh", "We sa");
        check("她说了。 我们", "", "她");
        check("她说了。 我们", "w", "她说");
        check("她说了。 我们", "wvlh", "说");
        check("Good 👩‍💻 work", "wv", "👩‍💻");
        check("Good 👩‍💻 work", "wvhh", "od 👩‍💻");
    }
}
