//! Links by hand: the sentence marked before is linked with the one in focus by a digit for the
//! relation; and every link of a sentence is looked at with the words of both ends, corrected,
//! accepted or taken away. The reader's own links stand before all that is suggested.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::action::Action;
use super::effect::Effect;
use super::inspector::name_of;
use super::judge::anchor_of;
use super::layout::STACKED_BELOW;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, inset, row, title_row};
use super::triage::Suggestion;
use super::{motion, saving, triage, wrap};
use crate::analysis::{By, Relation, ends};
use crate::corpus::SentenceId;
use crate::session::{Act, Ruling};
use crate::text::one_line;

/// The links that are looked at.
#[derive(Clone, Debug)]
pub struct LinkEdit {
    pairs: Vec<Pair>,
    chosen: usize,
}

/// Two sentences, linked or about to be.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair {
    /// The answer.
    from: SentenceId,
    /// What it answers.
    to: SentenceId,
    /// The link between them, if there is one.
    link: Option<Known>,
}

/// A link that is there.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Known {
    relation: Relation,
    score: f32,
    by: By,
}

impl LinkEdit {
    fn pair(&self) -> Option<Pair> {
        self.pairs.get(self.chosen).copied()
    }

    /// Rows that it would like, its title included.
    pub fn rows(&self, model: &Model) -> u16 {
        let Some(pair) = self.pair() else { return 0 };
        let (width, height) = model.size;
        let width = width.saturating_sub(2);
        let rows = |id, width: u16| wrap::rows(&words(model, id), usize::from(width)).count();
        let rows = if width < STACKED_BELOW {
            4 + rows(pair.from, width) + rows(pair.to, width)
        } else {
            2 + rows(pair.from, beside(width)).max(rows(pair.to, beside(width)))
        };
        (rows as u16).min(height * 3 / 5)
    }
}

/// Marks the sentence in focus as one end of a link; takes the mark away if it is there.
pub fn mark(model: &mut Model) {
    let Some(here) = model.sentence() else { return };
    if model.marked == Some(here) {
        model.marked = None;
        return model.say("the mark is gone");
    }
    model.marked = Some(here);
    let key = model.keymap.key_of(model.scope(), Action::LinkHere).unwrap_or_default();
    model.say(format!("{} is marked; {key} on another sentence links the two", name_of(model, here)));
}

/// Why the sentence that is marked cannot be linked with the one in focus.
pub fn link_refused(model: &Model) -> Option<String> {
    let key = || model.keymap.key_of(super::keymap::Scope::Browse, Action::MarkSentence).unwrap_or_default();
    let Some(marked) = model.marked else {
        return Some(format!("no sentence is marked; {} marks one end of a link", key()));
    };
    let here = model.sentence()?;
    let statement = |id| model.corpus.sentence(id).statement;
    (statement(marked) == statement(here))
        .then(|| format!("{} is of this statement too: a link is between two", name_of(model, marked)))
}

/// Why an action of the panel can do nothing.
pub fn refused(model: &Model, action: Action) -> Option<&'static str> {
    let Mode::Links(edit) = &model.mode else { return None };
    let by = edit.pair()?.link.map(|link| link.by);
    match action {
        Action::RemoveLink if by.is_none() => Some("there is no link between the two"),
        Action::AcceptLink if by != Some(By::Program) => {
            Some("this link is not a suggestion; a digit says how the two are linked")
        }
        Action::NextLink | Action::PreviousLink if edit.pairs.len() < 2 => Some("there is no other link"),
        _ => None,
    }
}

/// Asks for the relation between the sentence that is marked and the one in focus.
pub fn link_here(model: &mut Model) {
    let (Some(from), Some(to)) = (model.marked, model.sentence()) else { return };
    let known = model.analysis().and_then(|analysis| {
        let found = model.links.suggested(analysis, from).find(|link| link.other_end(from) == to)?;
        Some(Known { relation: found.relation, score: found.score, by: found.by })
    });
    model.mode = Mode::Links(LinkEdit { pairs: vec![Pair { from, to, link: known }], chosen: 0 });
}

/// Looks at the links of the sentence in focus.
pub fn open(model: &mut Model) {
    let (Some(analysis), Some(id)) = (model.analysis(), model.sentence()) else { return };
    let pairs: Vec<Pair> = model
        .links
        .suggested(analysis, id)
        .map(|link| {
            let known = Known { relation: link.relation, score: link.score, by: link.by };
            Pair { from: link.from, to: link.to, link: Some(known) }
        })
        .collect();
    if !pairs.is_empty() {
        model.mode = Mode::Links(LinkEdit { pairs, chosen: 0 });
    }
}

/// Looks at the next or the previous link.
pub fn step(model: &mut Model, by: isize) {
    if let Mode::Links(edit) = &mut model.mode {
        edit.chosen = edit.chosen.saturating_add_signed(by).min(edit.pairs.len().saturating_sub(1));
    }
}

/// Lets the other sentence be the answer.
pub fn turn(model: &mut Model) {
    if let Mode::Links(edit) = &mut model.mode
        && let Some(pair) = edit.pairs.get_mut(edit.chosen)
    {
        std::mem::swap(&mut pair.from, &mut pair.to);
    }
}

/// Goes to the other end of the link.
pub fn go(model: &mut Model) {
    let (Mode::Links(edit), Some(here)) = (&model.mode, model.sentence()) else { return };
    let Some(pair) = edit.pair() else { return };
    model.mode = Mode::Browse;
    motion::jump(model, if pair.from == here { pair.to } else { pair.from });
}

/// Links the two as `relation` says.
pub fn relate(model: &mut Model, relation: Relation) -> Vec<Effect> {
    let Some(pair) = taken(model) else { return Vec::new() };
    model.marked = None;
    let (from, to) = (anchor_of(model, pair.from), anchor_of(model, pair.to));
    let done =
        format!("linked: {} {} {}", name_of(model, pair.from), relation.name(), name_of(model, pair.to));
    saving::send(model, Act::Linked { from, to, relation: Some(relation) }, Some(done))
}

/// Accepts the link as it was found.
pub fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(link) = suggested(model) else { return Vec::new() };
    model.mode = Mode::Browse;
    triage::decide(model, &[link], Ruling::Accepted, "link accepted".to_owned())
}

/// Takes the link away: one's own, or one that was suggested.
pub fn remove(model: &mut Model) -> Vec<Effect> {
    if let Some(link) = suggested(model) {
        model.mode = Mode::Browse;
        return triage::decide(model, &[link], Ruling::Rejected, "link rejected".to_owned());
    }
    let Some(pair) = taken(model) else { return Vec::new() };
    let (from, to) = (anchor_of(model, pair.from), anchor_of(model, pair.to));
    saving::send(model, Act::Linked { from, to, relation: None }, Some("link removed".to_owned()))
}

/// The link looked at, if it is the program's; whichever way the reader has turned it.
fn suggested(model: &Model) -> Option<Suggestion> {
    let (Mode::Links(edit), Some(analysis)) = (&model.mode, model.analysis()) else { return None };
    let pair = edit.pair().filter(|pair| pair.link.is_some_and(|link| link.by != By::Reader))?;
    let mut own = model.links.suggested(analysis, pair.from);
    let link = own.find(|link| ends(link.from, link.to) == ends(pair.from, pair.to))?;
    Some(Suggestion::Link { from: link.from, to: link.to, relation: link.relation })
}

/// Closes the panel; gives what was looked at.
fn taken(model: &mut Model) -> Option<Pair> {
    let Mode::Links(edit) = std::mem::take(&mut model.mode) else { return None };
    edit.pair()
}

fn words(model: &Model, id: SentenceId) -> String {
    one_line(model.corpus.text(id))
}

/// Cells of each end where they stand side by side.
fn beside(width: u16) -> u16 {
    (width / 2).saturating_sub(2)
}

/// Paints the panel: both ends with their words, and how they are linked.
pub fn paint(model: &Model, edit: &LinkEdit, area: Rect, frame: &mut Frame<'_>) {
    let Some(pair) = edit.pair() else { return };
    let theme = &model.theme;
    let place = match edit.pairs.len() {
        1 => String::new(),
        count => format!(" {} of {count}", edit.chosen + 1),
    };
    let how = match pair.link {
        None => "how does the first answer the second?".to_owned(),
        Some(Known { by: By::Reader, relation, .. }) => format!("{}, your link", relation.name()),
        Some(Known { by: By::Accepted, relation, score }) => {
            format!("{} {score:.2}, accepted", relation.name())
        }
        Some(Known { relation, score, .. }) => format!("{} {score:.2}, suggested", relation.name()),
    };
    let rest = title_row(area, &format!("link{place} · {how}"), theme, frame.buffer_mut());
    let rest = inset(rest, 1);
    let buffer = frame.buffer_mut();
    if rest.width < STACKED_BELOW {
        let room = (rest.height.saturating_sub(1) / 2).max(1);
        let used = end(model, pair.from, Rect { height: room.min(rest.height), ..rest }, buffer);
        let relation = pair.link.map_or("answers", |link| link.relation.name());
        Pen::new(buffer, row(rest, usize::from(used))).put(&format!("↓ {relation}"), theme.thread);
        let used = (used + 1).min(rest.height);
        end(model, pair.to, Rect { y: rest.y + used, height: rest.height - used, ..rest }, buffer);
    } else {
        let width = beside(rest.width);
        end(model, pair.from, Rect { width, ..rest }, buffer);
        let right = Rect { x: rest.right() - width, width, ..rest };
        end(model, pair.to, right, buffer);
        Pen::new(buffer, row(Rect { x: right.x.saturating_sub(3), width: 2, ..rest }, 0))
            .put("→", theme.thread);
    }
}

/// Paints one end: whose sentence, then its words; gives the rows taken.
fn end(model: &Model, id: SentenceId, area: Rect, buffer: &mut Buffer) -> u16 {
    let theme = &model.theme;
    let here = model.sentence() == Some(id);
    let name = if here { theme.header_focus } else { theme.header };
    Pen::new(buffer, row(area, 0)).put_shortened(&name_of(model, id), name);
    let words = words(model, id);
    let room = usize::from(area.height.saturating_sub(1));
    let mut rows: Vec<_> = wrap::rows(&words, usize::from(area.width).max(1)).take(room).collect();
    if let Some(last) = rows.last_mut() {
        last.end = words.len();
    }
    for (number, bytes) in rows.iter().enumerate() {
        let style: Style = theme.text;
        Pen::new(buffer, row(area, number + 1)).put_shortened(&words[bytes.clone()], style);
    }
    rows.len() as u16 + 1
}
