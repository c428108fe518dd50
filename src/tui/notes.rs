//! The list of all notes and verdicts: whose words, which verdict, what was written.

use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::effect::Effect;
use super::inspector::name_of;
use super::line_edit::ListFilter;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, list_area, row};
use super::{motion, note_edit, saving, wrap};
use crate::corpus::{SentenceId, StatementId};
use crate::session::{Act, Anchor, Found, Placed, Verdict};
use crate::text::{holds, one_line};

/// Rows of an entry: whose words and the quotation, what was written, a blank one.
const ROWS: usize = 3;

/// The list while it is open.
#[derive(Debug, Default)]
pub struct NotesList {
    /// The chosen one of the entries shown.
    pub chosen: usize,
    /// Only entries with these words are shown.
    pub filter: ListFilter,
}

/// A note, or a verdict on a sentence without one.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in [`crate::session::Session::notes`].
    note: Option<usize>,
    verdict: Option<Verdict>,
    placed: Option<Placed>,
    anchor: Anchor,
    /// Whose words.
    about: String,
    quote: String,
    text: String,
    draft: bool,
}

/// An entry before it is made: its place among the session's notes or verdicts.
#[derive(Clone, Copy, Debug)]
pub enum Listed {
    /// A note.
    Note(usize),
    /// A verdict on words without a note.
    Verdict(usize),
}

/// What passes the filter: notes in order of writing, then verdicts without a note. An entry is made
/// only where it is painted or its words are looked at: there may be thousands.
pub fn listed(model: &Model, list: &NotesList) -> Rc<Vec<Listed>> {
    let wanted = list.filter.text().to_lowercase();
    model.lists.notes.get((model.changes, wanted.clone()), || find(model, &wanted))
}

fn find(model: &Model, wanted: &str) -> Vec<Listed> {
    let notes = (0..model.session.notes.len()).map(Listed::Note);
    let verdicts = (0..model.session.verdicts.len()).filter(|number| stands_alone(model, *number));
    let all = notes.chain(verdicts.map(Listed::Verdict));
    all.filter(|listed| wanted.is_empty() || matches(model, *listed, wanted)).collect()
}

/// Whether whose words it is, the quotation, the note or the verdict hold `wanted`.
fn matches(model: &Model, listed: Listed, wanted: &str) -> bool {
    let (anchor, text) = match listed {
        Listed::Note(number) => {
            (&model.session.notes[number].anchor, model.session.notes[number].text.as_str())
        }
        Listed::Verdict(number) => (&model.session.verdicts[number].anchor, ""),
    };
    // Where a text has several lines, it is looked through as the list shows it.
    let has = |words: &str| {
        if words.contains(['\n', '\t']) { holds(&one_line(words), wanted) } else { holds(words, wanted) }
    };
    has(text) || has(&anchor.quote.exact) || {
        let entry = entry(model, listed);
        has(&entry.about) || has(entry.verdict.map_or("", Verdict::name))
    }
}

fn entry(model: &Model, listed: Listed) -> Entry {
    match listed {
        Listed::Note(number) => of_note(model, number),
        Listed::Verdict(number) => of_verdict(model, number),
    }
}

/// Whether no note on the same sentence tells a verdict.
fn stands_alone(model: &Model, number: usize) -> bool {
    let placed = model.annotations.verdicts.get(number).copied().flatten();
    let own = placed.and_then(|placed| model.annotations.sentences.get(&placed.sentence));
    own.is_none_or(|own| own.notes.is_empty())
}

fn of_note(model: &Model, number: usize) -> Entry {
    let note = &model.session.notes[number];
    let placed = model.annotations.notes.get(number).copied().flatten();
    let own = placed.and_then(|placed| model.annotations.sentences.get(&placed.sentence));
    let whole = placed.filter(|placed| {
        let whole = model.annotations.statements.get(&placed.statement);
        whole.is_some_and(|numbers| numbers.contains(&number))
    });
    let about = match whole {
        Some(placed) => format!("all of {}", model.corpus.title_of(placed.statement)),
        None => about(model, placed),
    };
    Entry {
        note: Some(number),
        verdict: own.and_then(|own| own.verdict).filter(|_| whole.is_none()),
        placed,
        anchor: note.anchor.clone(),
        about,
        quote: one_line(&note.anchor.quote.exact),
        text: one_line(&note.text),
        draft: note.draft,
    }
}

fn of_verdict(model: &Model, number: usize) -> Entry {
    let judged = &model.session.verdicts[number];
    let placed = model.annotations.verdicts.get(number).copied().flatten();
    Entry {
        note: None,
        verdict: Some(judged.verdict),
        placed,
        anchor: judged.anchor.clone(),
        about: about(model, placed),
        quote: one_line(&judged.anchor.quote.exact),
        text: String::new(),
        draft: false,
    }
}

fn about(model: &Model, placed: Option<Placed>) -> String {
    let Some(placed) = placed else { return "not in these documents".to_owned() };
    let name = name_of(model, placed.sentence);
    match placed.how {
        Found::Exact => name,
        Found::Moved => format!("{name}, moved"),
        Found::Likely(likeness) => format!("{name}, moved? {likeness:.2}"),
    }
}

/// A note or verdict that the keys for notes go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stop {
    /// Where its words begin and end in the statement's text.
    at: (usize, usize),
    /// The sentence in which they begin.
    pub sentence: SentenceId,
    /// The note's place in the session; none for a verdict alone.
    pub note: Option<usize>,
}

/// The notes of a statement and its verdicts without a note, in the order of the words they are on.
pub fn stops(model: &Model, statement: StatementId) -> Vec<Stop> {
    let stop = |placed: &Placed, note| Stop {
        at: (placed.span.start, placed.span.end),
        sentence: placed.sentence,
        note,
    };
    let own = |placed: &&Placed| placed.statement == statement;
    let notes = model.annotations.notes.iter().enumerate();
    let notes = notes.filter_map(|(number, placed)| Some((number, placed.as_ref().filter(own)?)));
    let mut stops: Vec<Stop> = notes.map(|(number, placed)| stop(placed, Some(number))).collect();
    let noted = |placed: &&Placed| {
        model.annotations.sentences.get(&placed.sentence).is_some_and(|here| !here.notes.is_empty())
    };
    let verdicts = model.annotations.verdicts.iter().flatten();
    stops.extend(verdicts.filter(own).filter(|placed| !noted(placed)).map(|placed| stop(placed, None)));
    stops.sort();
    stops
}

/// The note that the reader went to, as long as its sentence is the one in focus.
pub fn here(model: &Model) -> Option<usize> {
    let placed = model.annotations.notes.get(model.at_note?).copied().flatten()?;
    (model.sentence() == Some(placed.sentence)).then_some(model.at_note?)
}

/// Remembers the note at `stop`; tells which it is where several are on one sentence.
pub fn arrive(model: &mut Model, stop: &Stop, stops: &[Stop]) {
    model.at_note = stop.note;
    let beside: Vec<&Stop> = stops.iter().filter(|other| other.sentence == stop.sentence).collect();
    let note = stop.note.and_then(|number| model.session.notes.get(number));
    if let Some(note) = note.filter(|_| beside.len() > 1) {
        let place = beside.iter().position(|other| *other == stop).unwrap_or(0) + 1;
        model.say(format!("note {place} of {} here: {}", beside.len(), one_line(&note.text)));
    }
}

fn chosen(model: &Model) -> Option<Entry> {
    let Mode::Notes(list) = &model.mode else { return None };
    listed(model, list).get(list.chosen).map(|listed| entry(model, *listed))
}

/// Closes the list and goes to the words of the chosen entry.
pub fn go(model: &mut Model) {
    let Some(entry) = chosen(model) else { return model.say("nothing is listed") };
    let Some(target) = entry.placed.map(|placed| placed.sentence) else {
        return model.say("these words are not in the documents that are open");
    };
    model.mode = Mode::Browse;
    motion::jump(model, target);
    model.at_note = entry.note;
}

/// Opens the chosen note.
pub fn edit(model: &mut Model) {
    match chosen(model).map(|entry| entry.note) {
        Some(Some(number)) => note_edit::again(model, number, true),
        Some(None) => model.say("a verdict without a note: nothing to edit"),
        None => model.say("nothing is listed"),
    }
}

/// Why there is nothing to confirm of the chosen entry.
pub fn confirm_refused(model: &Model) -> Option<String> {
    let Some(entry) = chosen(model) else { return Some("nothing is listed".to_owned()) };
    let reason = match (entry.note, entry.placed.map(|placed| placed.how)) {
        (_, None) => "these words are not in the documents that are open",
        (_, Some(Found::Exact | Found::Moved)) => "there is no doubt where this stands",
        (None, _) => "a verdict without a note; give it again where it belongs",
        (Some(_), Some(Found::Likely(_))) => return None,
    };
    Some(reason.to_owned())
}

/// Keeps that the words of the chosen note are those at which it was found again.
pub fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(Entry { note: Some(number), placed: Some(placed), .. }) = chosen(model) else {
        return Vec::new();
    };
    let Some(note) = model.session.notes.get(number) else { return Vec::new() };
    let anchor = Anchor::new(&model.corpus, placed.statement, placed.span);
    let (text, replaces, draft) = (note.text.clone(), Some(note.id.clone()), note.draft);
    saving::send(model, Act::Note { anchor, text, replaces, draft }, Some("it stands here".to_owned()))
}

/// Deletes the chosen note, or takes the verdict back.
pub fn delete(model: &mut Model) -> Vec<Effect> {
    let Some(entry) = chosen(model) else {
        model.say("nothing is listed");
        return Vec::new();
    };
    if let Mode::Notes(list) = &mut model.mode {
        list.chosen = list.chosen.saturating_sub(usize::from(list.chosen > 0));
    }
    let note = entry.note.and_then(|number| model.session.notes.get(number));
    let (act, done) = match note {
        Some(note) => (Act::NoteDeleted { note: note.id.clone() }, "note deleted"),
        None => (Act::Verdict { anchor: entry.anchor, verdict: None }, "verdict taken back"),
    };
    saving::send(model, act, Some(done.to_owned()))
}

/// How many sentences have each verdict: “disputed 2 · settled 1”.
fn tally(model: &Model) -> String {
    let count = |verdict| model.session.verdicts.iter().filter(|judged| judged.verdict == verdict).count();
    let given = Verdict::ALL.iter().filter(|verdict| count(**verdict) > 0);
    given.fold(String::new(), |told, verdict| format!("{told} · {} {}", verdict.name(), count(*verdict)))
}

/// Paints the list over `area`.
pub fn paint(model: &Model, list: &NotesList, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let found = listed(model, list);
    let shown = match list.filter.text() {
        "" => String::new(),
        words => format!(" · {} with “{words}”", found.len()),
    };
    let title = format!("notes {}{}{shown}", model.session.notes.len(), tally(model));
    let rest = list_area(area, &title, theme, frame.buffer_mut());
    if found.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("nothing is listed", theme.dim);
        return;
    }
    let fits = (usize::from(rest.height) / ROWS).max(1);
    let chosen = list.chosen.min(found.len() - 1);
    let first = chosen.saturating_sub(fits / 2).min(found.len().saturating_sub(fits));
    for (number, listed) in found.iter().enumerate().skip(first).take(fits) {
        let entry = entry(model, *listed);
        let top = (number - first) * ROWS;
        entry.paint(model, number == chosen, row(rest, top), row(rest, top + 1), frame);
    }
}

impl Entry {
    fn paint(&self, model: &Model, chosen: bool, first: Rect, second: Rect, frame: &mut Frame<'_>) {
        let theme = &model.theme;
        let about = if chosen { theme.header_focus } else { theme.header };
        for area in [first, second] {
            Pen::new(frame.buffer_mut(), area).put(if chosen { "▌ " } else { "  " }, theme.bar);
        }
        let mut pen = Pen::new(frame.buffer_mut(), first);
        pen.skip(2).put(&wrap::shortened(&self.about, 36), about);
        if let Some(verdict) = self.verdict {
            pen.put("   ", theme.text).put(verdict.name(), theme.note);
        }
        if self.draft {
            pen.put("   draft", theme.warning);
        }
        pen.put("   ", theme.text).put_shortened(&format!("“{}”", self.quote), theme.dim);
        Pen::new(frame.buffer_mut(), second).skip(2).put_shortened(&self.text, theme.text);
    }
}
