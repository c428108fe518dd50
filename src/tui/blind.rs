//! Blind reading: the program's marks and links are hidden while the reader marks the sentences; then
//! both are shown, with how far they agree and where they do not.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::action::Action;
use super::effect::Effect;
use super::inspector::name_of;
use super::judge::anchor_of;
use super::keymap::Scope;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, list_area, row};
use super::{motion, saving};
use crate::analysis::Agreement;
use crate::corpus::SentenceId;
use crate::lexicon::CueKind;
use crate::session::Act;
use crate::text::one_line;

/// Rows above the list of differences: a heading, the kinds, a blank one, a heading.
const ABOVE: usize = 6;

/// Hides the program's marks and links, or shows them again.
pub fn toggle(model: &mut Model) -> Vec<Effect> {
    let blind = !model.session.blind;
    let done = if blind { told(model) } else { "the program’s marks are shown".to_owned() };
    saving::send(model, Act::Blind { blind }, Some(done))
}

/// What blind reading is, with its keys.
pub fn told(model: &Model) -> String {
    let key = |action| model.keymap.key_of(Scope::Browse, action).unwrap_or_default();
    format!(
        "blind: {} {} {} mark claim, rebuttal, rhetoric; {} shows both",
        key(Action::Claims),
        key(Action::Rebuttals),
        key(Action::Rhetoric),
        key(Action::Reveal)
    )
}

/// Marks the sentence in focus as a kind, or takes that mark away.
pub fn mark(model: &mut Model, kind: CueKind) -> Vec<Effect> {
    let Some(id) = model.sentence() else { return Vec::new() };
    let mut kinds = own(model, id);
    if kinds.contains(&kind) {
        kinds.retain(|own| *own != kind);
    } else {
        kinds.push(kind);
    }
    kinds.sort();
    keep(model, id, kinds)
}

/// Takes the reader's marks of the sentence in focus away.
pub fn clear(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.sentence() else { return Vec::new() };
    keep(model, id, Vec::new())
}

fn keep(model: &mut Model, id: SentenceId, kinds: Vec<CueKind>) -> Vec<Effect> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    let done = if names.is_empty() { "no mark".to_owned() } else { format!("marked {}", names.join(", ")) };
    let act = Act::Marked { anchor: anchor_of(model, id), kinds, blind: true };
    saving::send(model, act, Some(done))
}

/// What the reader marked a sentence as, be it still on its way to the journal.
fn own(model: &Model, id: SentenceId) -> Vec<CueKind> {
    let key = anchor_of(model, id).key();
    model.saving.marked(&key).unwrap_or_else(|| {
        let marked = CueKind::ALL.into_iter();
        marked.filter(|kind| model.annotations.own_marks.contains(&(id, *kind))).collect()
    })
}

/// Shows the program's marks beside the reader's, and how far they agree.
pub fn reveal(model: &mut Model) -> Vec<Effect> {
    model.mode = Mode::Agreement(0);
    if !model.session.blind {
        return Vec::new();
    }
    saving::send(model, Act::Blind { blind: false }, Some("both are shown".to_owned()))
}

/// Why there is nothing to compare.
pub fn reveal_refused(model: &Model) -> Option<String> {
    let key = |action| model.keymap.key_of(Scope::Browse, action).unwrap_or_default();
    if model.found.is_none() {
        return Some("marks are still being found".to_owned());
    }
    let none = model.annotations.own_marks.is_empty();
    none.then(|| {
        if model.session.blind {
            format!("you have marked nothing yet; {} ends blind reading", key(Action::Blind))
        } else {
            format!("you have marked nothing blind; {} begins blind reading", key(Action::Blind))
        }
    })
}

/// A sentence of the statements shown, what the reader marked it as and what the program did.
type Unit = (SentenceId, [bool; 3], [bool; 3]);

fn units(model: &Model) -> Vec<Unit> {
    let (Some(found), Some(findings)) = (model.found.as_deref(), model.findings.as_deref()) else {
        return Vec::new();
    };
    let thresholds = findings.weights.thresholds;
    let unit = |id: SentenceId| {
        let scores = found.marks(id).scores;
        let own = CueKind::ALL.map(|kind| model.annotations.own_marks.contains(&(id, kind)));
        (id, own, CueKind::ALL.map(|kind| scores.of(kind) >= thresholds.of(kind)))
    };
    model.order.iter().flat_map(|statement| model.corpus.sentences_of(*statement)).map(unit).collect()
}

/// The sentences on which the two differ.
fn differing(units: Vec<Unit>) -> Vec<Unit> {
    units.into_iter().filter(|(_, own, found)| own != found).collect()
}

/// How many sentences the two differ on.
pub fn count(model: &Model) -> usize {
    differing(units(model)).len()
}

/// Closes the panel and goes to the chosen sentence.
pub fn go(model: &mut Model) {
    let Mode::Agreement(chosen) = model.mode else { return };
    let Some((target, ..)) = differing(units(model)).get(chosen).copied() else {
        return model.say("you and the program differ on nothing");
    };
    model.mode = Mode::Browse;
    motion::jump(model, target);
}

/// Paints the panel: counts and kappa for each kind, then the sentences on which the two differ.
pub fn paint(model: &Model, chosen: usize, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let units = units(model);
    let agreement = Agreement::of(units.iter().map(|(_, own, found)| (*own, *found)));
    let title = format!(
        "you and the program · {} sentences, {} of them marked by one of you",
        agreement.units, agreement.units_marked
    );
    let rest = list_area(area, &title, theme, frame.buffer_mut());
    paint_kinds(model, &agreement, rest, frame.buffer_mut());
    let different = differing(units);
    let heading = format!("you differ on {}", different.len());
    Pen::new(frame.buffer_mut(), row(rest, ABOVE - 1)).put_shortened(&heading, theme.title);
    let above = (ABOVE as u16).min(rest.height);
    let rest = Rect { y: rest.y + above, height: rest.height - above, ..rest };
    let fits = usize::from(rest.height).max(1);
    let chosen = chosen.min(different.len().saturating_sub(1));
    let first = chosen.saturating_sub(fits / 2).min(different.len().saturating_sub(fits));
    for (number, (id, own, found)) in different.iter().enumerate().skip(first).take(fits) {
        let style = if number == chosen { theme.header_focus } else { theme.header };
        let mut pen = Pen::new(frame.buffer_mut(), row(rest, number - first));
        pen.put(if number == chosen { "▌ " } else { "  " }, theme.bar);
        pen.put("you ", theme.dim).put(&letters(*own), theme.note);
        pen.put(" program ", theme.dim).put(&letters(*found), theme.value).put("  ", theme.text);
        pen.put(&name_of(model, *id), style).put("  ", theme.text);
        pen.put_shortened(&one_line(model.corpus.text(*id)), theme.dim);
    }
}

/// “claim   you 12   program 15   both 10   kappa 0.42 of those marked, 0.78 of all”
fn paint_kinds(model: &Model, agreement: &Agreement, area: Rect, buffer: &mut Buffer) {
    let theme = &model.theme;
    let heading = "            you  program  both    kappa of those marked    kappa of all";
    Pen::new(buffer, row(area, 0)).put_shortened(heading, theme.dim);
    for kind in CueKind::ALL {
        let (marked, all) = (agreement.marked[kind as usize], agreement.all[kind as usize]);
        let mut pen = Pen::new(buffer, row(area, 1 + kind as usize));
        let (own, found) = (all.both + all.first, all.both + all.second);
        pen.put(&format!("{} {:<9}", kind.letter(), kind.name()), theme.text);
        pen.put(&format!("{own:>4}  {found:>7}  {:>4}", all.both), theme.value);
        let kappa = |kappa: Option<f64>| kappa.map_or("undefined".to_owned(), |kappa| format!("{kappa:.2}"));
        pen.put(&format!("{:>25}{:>16}", kappa(marked.kappa()), kappa(all.kappa())), theme.value);
    }
}

/// “CR~”, with a blank for each kind that is not marked.
fn letters(kinds: [bool; 3]) -> String {
    CueKind::ALL.map(|kind| if kinds[kind as usize] { kind.letter() } else { ' ' }).iter().collect()
}
