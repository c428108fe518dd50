//! Mends who speaks: a list of the known speakers, of which a digit gives the sentence, or all that
//! the chosen speaker says, to one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::effect::Effect;
use super::judge::anchor_of;
use super::line_edit::LineEdit;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::saving::send;
use super::{action::Action, keymap::Scope, sources};
use crate::attribution::Speaker;
use crate::corpus::{SentenceId, StatementId};
use crate::session::{Act, MendedPart, MendedSpeaker};
use crate::text::one_line;

/// Speakers that a digit names.
const DIGITS: usize = 9;

/// The list while it is open.
#[derive(Debug)]
pub struct WhoSaid {
    of: Whose,
    /// The chosen one of its entries.
    pub chosen: usize,
    /// The new name, while it is typed.
    pub naming: Option<LineEdit>,
}

/// Whose words are given away.
#[derive(Clone, Copy, Debug)]
enum Whose {
    Sentence(SentenceId),
    Statement(StatementId),
}

/// To whom they can be given.
enum Entry {
    Known(Speaker),
    New,
    Nobody,
}

impl WhoSaid {
    /// Whether the list of sources is below it.
    pub fn from_sources(&self) -> bool {
        matches!(self.of, Whose::Statement(_))
    }

    fn statement(&self, model: &Model) -> StatementId {
        match self.of {
            Whose::Sentence(id) => model.corpus.sentence(id).statement,
            Whose::Statement(id) => id,
        }
    }
}

/// Opens the list for the sentence in focus, or for the speaker chosen in the list of sources.
pub fn open(model: &mut Model) {
    let of = match model.mode {
        Mode::Sources(_) => sources::chosen(model).map(Whose::Statement),
        _ => model.sentence().map(Whose::Sentence),
    };
    match of {
        Some(of) => model.mode = Mode::WhoSaid(WhoSaid { of, chosen: 0, naming: None }),
        None => model.say("nothing is listed"),
    }
}

/// Everybody else who speaks, first in the same document; then a new name and nobody.
fn entries(model: &Model, list: &WhoSaid) -> Vec<Entry> {
    let own = list.statement(model);
    let corpus = &model.corpus;
    let document = corpus.statement(own).document;
    let name = |id: StatementId| corpus.statement(id).speaker.as_ref().map(|speaker| speaker.name.as_str());
    let mut ids: Vec<StatementId> = corpus.spoken_ids().filter(|id| name(*id) != name(own)).collect();
    ids.sort_by_key(|id| corpus.statement(*id).document != document);
    let mut known: Vec<Speaker> = Vec::new();
    for speaker in ids.iter().filter_map(|id| corpus.statement(*id).speaker.as_ref()) {
        if !known.iter().any(|other| other.name == speaker.name) {
            known.push(speaker.clone());
        }
    }
    known.into_iter().map(Entry::Known).chain([Entry::New, Entry::Nobody]).collect()
}

/// How many entries there are.
pub fn count(model: &Model, list: &WhoSaid) -> usize {
    entries(model, list).len()
}

/// Closes the list; the words stay whose they are.
pub fn close(model: &mut Model) {
    let Mode::WhoSaid(list) = std::mem::take(&mut model.mode) else { return };
    if let Whose::Statement(id) = list.of {
        model.mode = Mode::Sources(model.corpus.spoken_ids().position(|other| other == id).unwrap_or(0));
    }
}

/// Gives the words to the speaker with this digit.
pub fn by_digit(model: &mut Model, digit: usize) -> Vec<Effect> {
    let Mode::WhoSaid(list) = &mut model.mode else { return Vec::new() };
    list.chosen = digit - 1;
    let Mode::WhoSaid(list) = &model.mode else { return Vec::new() };
    if let Some(Entry::Known(speaker)) = entries(model, list).into_iter().nth(digit - 1) {
        return give(model, Some(&speaker));
    }
    model.say(format!("nobody in the list has the digit {digit}"));
    Vec::new()
}

/// Gives the words to the chosen speaker, or to the one whose name was typed.
pub fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::WhoSaid(list) = &model.mode else { return Vec::new() };
    if let Some(name) = &list.naming {
        let name = name.text().trim().to_owned();
        if name.is_empty() {
            model.say("a name is needed");
            return Vec::new();
        }
        return give(model, Some(&Speaker { name, role: None }));
    }
    match entries(model, list).into_iter().nth(list.chosen) {
        Some(Entry::Known(speaker)) => give(model, Some(&speaker)),
        Some(Entry::Nobody) => nobody(model),
        _ => {
            new_name(model);
            Vec::new()
        }
    }
}

/// Lets the reader type the name of a speaker who is not listed.
pub fn new_name(model: &mut Model) {
    if let Mode::WhoSaid(list) = &mut model.mode {
        list.naming = Some(LineEdit::default());
    }
}

/// Takes the words out of all statements, unless there would be none left.
pub fn nobody(model: &mut Model) -> Vec<Effect> {
    let Mode::WhoSaid(list) = &model.mode else { return Vec::new() };
    let only = match list.of {
        Whose::Sentence(_) => model.corpus.sentences.len() < 2,
        Whose::Statement(_) => model.corpus.spoken_ids().nth(1).is_none(),
    };
    if only {
        model.say("somebody must speak: there are no other words");
        return Vec::new();
    }
    give(model, None)
}

fn give(model: &mut Model, to: Option<&Speaker>) -> Vec<Effect> {
    let Mode::WhoSaid(list) = &model.mode else { return Vec::new() };
    let statement = model.corpus.statement(list.statement(model));
    if to.is_some_and(|to| statement.speaker.as_ref().is_some_and(|own| own.name == to.name)) {
        model.say(format!("{} is who says it already", statement.speaker_name()));
        return Vec::new();
    }
    let of = match list.of {
        Whose::Sentence(id) => MendedPart::Words(anchor_of(model, id)),
        Whose::Statement(id) => MendedPart::Speaker {
            document: model.corpus.document_of(id).sha256.clone(),
            name: statement.speaker.as_ref().map(|speaker| speaker.name.clone()),
        },
    };
    let done = to.map_or_else(|| "given to nobody".to_owned(), |to| format!("given to {}", to.name));
    close(model);
    send(model, Act::AttributionMended { of, to: to.map(MendedSpeaker::from) }, Some(done))
}

/// Rows that it would like, its title included.
pub fn rows(model: &Model, list: &WhoSaid) -> u16 {
    (count(model, list) as u16).saturating_add(1).min(model.size.1 / 2)
}

/// “who said “Cyber actors …” · now Antony Blinken”
fn title(model: &Model, list: &WhoSaid) -> String {
    let own = model.corpus.title_of(list.statement(model));
    match list.of {
        Whose::Sentence(id) => {
            let words = super::wrap::shortened(&one_line(model.corpus.text(id)), 48);
            format!("who said “{words}” · now {own}")
        }
        Whose::Statement(_) => format!("who said all that {own} says"),
    }
}

/// Paints the list over `area`.
pub fn paint(model: &Model, list: &WhoSaid, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let rest = inset(title_row(area, &title(model, list), theme, frame.buffer_mut()), 1);
    let entries = entries(model, list);
    let height = usize::from(rest.height);
    let first = list.chosen.saturating_sub(height / 2).min(entries.len().saturating_sub(height));
    let key = |action| model.keymap.key_of(Scope::WhoSaid, action).unwrap_or_default();
    for (number, entry) in entries.iter().enumerate().skip(first).take(height) {
        let digit = if number < DIGITS { (number + 1).to_string() } else { String::new() };
        let (key, name, role) = match entry {
            Entry::Known(speaker) => (digit, speaker.name.as_str(), speaker.role.as_deref()),
            Entry::New => (key(Action::NewName), "a new name …", None),
            Entry::Nobody => (key(Action::Nobody), "nobody: not part of a statement", None),
        };
        let mut pen = Pen::new(frame.buffer_mut(), row(rest, number - first));
        pen.put(if number == list.chosen { "▌ " } else { "  " }, theme.bar);
        pen.put(&format!("{key:<3}"), theme.key).put_shortened(name, theme.text);
        if let Some(role) = role {
            pen.put(" · ", theme.dim).put_shortened(role, theme.dim);
        }
    }
}
