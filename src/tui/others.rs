//! Who else has answered a sentence: what a library of many statements holds against it.
//!
//! The library is searched beside the reading; what is chosen is opened beside the sentence.

use std::path::{Path, PathBuf};

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::effect::Effect;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, list_area, row};
use super::{inspector, motion, reread, saving, wrap};
use crate::corpus::{SentenceId, StatementId};
use crate::document::{Document, OpenError, Segmentation};
use crate::library::Hit;
use crate::session::{Act, OpenedDocument};
use crate::text::one_line;

/// Rows of a hit: its score and words, who says it and where.
const ROWS: usize = 2;

/// The list while it is open.
#[derive(Debug)]
pub struct Others {
    /// The sentence that is looked up.
    pub of: SentenceId,
    /// What was found; none while it is being looked for.
    pub hits: Option<Vec<Hit>>,
    /// Which one is chosen.
    pub chosen: usize,
}

/// What was found in the library for a sentence of these words, and what was odd about the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The sentence.
    pub text: String,
    /// Best first.
    pub hits: Vec<Hit>,
    /// One line each.
    pub notices: Vec<String>,
}

/// A document of the library, opened, and the words in it that were found.
#[derive(Clone, Debug)]
pub struct Beside {
    /// The document.
    pub document: Document,
    /// The words.
    pub text: String,
}

/// Looks the sentence in focus up.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let Some(of) = model.sentence() else { return Vec::new() };
    model.mode = Mode::Others(Others { of, hits: None, chosen: 0 });
    vec![Effect::Find(model.corpus.text(of).to_owned())]
}

/// Shows what was found, if the list still waits for it.
pub fn found(model: &mut Model, found: Result<Found, String>) {
    let Mode::Others(list) = &mut model.mode else { return };
    match found {
        Ok(found) if model.corpus.text(list.of) == found.text => {
            list.hits = Some(found.hits);
            if let Some(notice) = found.notices.first() {
                let notice = one_line(notice);
                model.warn(notice);
            }
        }
        Ok(_) => (),
        Err(reason) => {
            model.mode = Mode::Browse;
            model.warn(one_line(&reason));
        }
    }
}

/// How many hits there are.
pub fn count(list: &Others) -> usize {
    list.hits.as_ref().map_or(0, Vec::len)
}

/// Opens the chosen hit.
pub fn go(model: &mut Model) -> Vec<Effect> {
    let Mode::Others(list) = &model.mode else { return Vec::new() };
    let Some(hit) = list.hits.as_ref().and_then(|hits| hits.get(list.chosen)).cloned() else {
        model.say("nothing is listed");
        return Vec::new();
    };
    vec![Effect::Beside(hit)]
}

/// The document that a hit stands in: its file, or the line itself of a file of JSON lines.
///
/// # Errors
/// Why it cannot be opened.
pub fn document_of(hit: &Hit) -> Result<Document, OpenError> {
    let lines = hit.path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson");
    if !lines {
        return Document::open(&hit.path, Segmentation::Auto);
    }
    let name = PathBuf::from(format!("{}#{}.txt", hit.path.display(), hit.entry.id));
    let text = match &hit.entry.speaker {
        Some(speaker) => format!("---\nspeaker: {}\n---\n\n{}\n", one_line(speaker), hit.entry.text),
        None => hit.entry.text.clone(),
    };
    let as_markdown = name.with_extension("md");
    let path: &Path = if hit.entry.speaker.is_some() { &as_markdown } else { &name };
    Document::from_bytes(path, text.as_bytes(), Segmentation::Auto)
}

/// Puts an opened document beside the sentence and goes to the words that were found.
pub fn opened(model: &mut Model, opened: Result<Box<Beside>, String>) -> Vec<Effect> {
    // Meanwhile the reader has gone on to something else.
    if !matches!(model.mode, Mode::Others(_)) {
        return Vec::new();
    }
    let beside = match opened {
        Ok(beside) => *beside,
        Err(reason) => {
            model.warn(one_line(&reason));
            return Vec::new();
        }
    };
    model.mode = Mode::Browse;
    let mut effects = Vec::new();
    let known = model.corpus.documents.iter().position(|open| open.sha256 == beside.document.sha256);
    let number = known.unwrap_or(model.corpus.documents.len());
    if known.is_none() {
        effects.extend(reread::joined(model, beside.document));
        if model.read_only.is_none() {
            let (document, kind) = (&model.corpus.documents[number], model.corpus.kinds[number]);
            let act = Act::Opened(OpenedDocument::new(document, kind));
            effects.extend(saving::send(model, act, Some("opened beside it".to_owned())));
        }
    }
    let Some(target) = place(model, number, &beside.text) else {
        model.say("these words are not in what is shown of it");
        return effects;
    };
    beside_focus(model, model.corpus.sentence(target).statement);
    motion::jump(model, target);
    effects
}

/// The sentence of a document with these words, or its first one.
fn place(model: &Model, document: usize, text: &str) -> Option<SentenceId> {
    let corpus = &model.corpus;
    let own = |id: &StatementId| corpus.statement(*id).document.0 as usize == document;
    let ids = || corpus.statement_ids().filter(own).flat_map(|id| corpus.sentences_of(id));
    let same = |id: &SentenceId| text.contains(corpus.text(*id).trim());
    ids().find(same).or_else(|| ids().next())
}

/// Moves a statement next to the one in focus and shows it.
fn beside_focus(model: &mut Model, statement: StatementId) {
    model.hidden.remove(&statement);
    let Some(here) = model.statement().filter(|here| *here != statement) else { return };
    model.order.retain(|id| *id != statement);
    let at = model.order.iter().position(|id| *id == here).map_or(model.order.len(), |at| at + 1);
    model.order.insert(at, statement);
    model.focus = at - 1;
    super::arrange::arrange(model);
}

/// Paints the list over `area`.
pub fn paint(model: &Model, list: &Others, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let title = format!("who else has answered {}?", inspector::name_of(model, list.of));
    let rest = list_area(area, &title, theme, frame.buffer_mut());
    let words = format!("“{}”", one_line(model.corpus.text(list.of)));
    Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened(&words, theme.dim);
    let told = match &list.hits {
        None => "looking …",
        Some(hits) if hits.is_empty() => "nothing in the library shares a word with it",
        Some(_) => "",
    };
    if !told.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 2)).put_shortened(told, theme.dim);
    }
    let hits = list.hits.as_deref().unwrap_or_default();
    let fits = (usize::from(rest.height).saturating_sub(2) / ROWS).max(1);
    let first = list.chosen.saturating_sub(fits / 2).min(hits.len().saturating_sub(fits));
    for (number, hit) in hits.iter().enumerate().skip(first).take(fits) {
        let top = 2 + (number - first) * ROWS;
        paint_hit(model, hit, number == list.chosen, [row(rest, top), row(rest, top + 1)], frame);
    }
}

/// “▌ 0.83  No ship of ours sank the cable.” and below it who says it, where, and the words shared.
fn paint_hit(model: &Model, hit: &Hit, chosen: bool, rows: [Rect; 2], frame: &mut Frame<'_>) {
    let theme = &model.theme;
    for area in rows {
        Pen::new(frame.buffer_mut(), area).put(if chosen { "▌ " } else { "  " }, theme.bar);
    }
    let mut pen = Pen::new(frame.buffer_mut(), rows[0]);
    pen.skip(2).put(&format!("{:.2}  ", hit.weighed.score), theme.value);
    pen.put_shortened(&one_line(&hit.entry.text), if chosen { theme.header_focus } else { theme.text });
    let name = hit.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let speaker = hit.entry.speaker.as_deref().unwrap_or("unnamed speaker");
    let about = format!("{} · {} {}", one_line(speaker), one_line(&name), one_line(&hit.entry.id));
    let shared = format!("   shared: {}", hit.weighed.shared.join(", "));
    let mut pen = Pen::new(frame.buffer_mut(), rows[1]);
    pen.skip(8).put(&wrap::shortened(&about, 48), theme.dim).put_shortened(&shared, theme.dim);
}
