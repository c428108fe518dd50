//! The list of what the reader has rejected: marks, phrases, rules and links, each restored by a key.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::effect::Effect;
use super::inspector::name_of;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, list_area, row};
use super::{motion, saving};
use crate::corpus::SentenceId;
use crate::session::{Act, Anchor, Decision, On, Ruling, Taken};
use crate::text::one_line;

/// Rows of an entry: what is rejected, of what words, a blank one.
const ROWS: usize = 3;

/// What is rejected, the last first.
pub fn entries(model: &Model) -> Vec<&Taken> {
    let rejected = model.session.decisions.values().filter(|taken| taken.ruling == Ruling::Rejected);
    let mut found: Vec<&Taken> = rejected.collect();
    found.sort_by(|a, b| b.id.cmp(&a.id));
    found
}

fn chosen(model: &Model) -> Option<&Taken> {
    let Mode::Rejected(chosen) = model.mode else { return None };
    entries(model).get(chosen).copied()
}

/// Restores the chosen one.
pub fn restore(model: &mut Model) -> Vec<Effect> {
    let Some(on) = chosen(model).map(|taken| taken.on.clone()) else {
        model.say("nothing is listed");
        return Vec::new();
    };
    let done = format!("restored: {}", on.name());
    if let Mode::Rejected(chosen) = &mut model.mode {
        *chosen = chosen.saturating_sub(1);
    }
    saving::send(model, Act::Decided { decisions: vec![Decision { on, decided: None }] }, Some(done))
}

/// Closes the list and goes to the words of the chosen one.
pub fn go(model: &mut Model) {
    let Some(taken) = chosen(model) else { return model.say("nothing is listed") };
    let anchor = match &taken.on {
        On::Mark { anchor, .. } | On::Link { from: anchor, .. } => anchor.clone(),
        On::Phrase { .. } | On::Rule { .. } => {
            return model.say("a phrase or rule stands in many places; search finds them");
        }
    };
    let Some(target) = sentence_of(model, &anchor) else {
        return model.say("these words are not in the documents that are open");
    };
    model.mode = Mode::Browse;
    motion::jump(model, target);
}

fn sentence_of(model: &Model, anchor: &Anchor) -> Option<SentenceId> {
    Some(anchor.place(&model.corpus)?.sentence)
}

/// Paints the list over `area`.
pub fn paint(model: &Model, chosen: usize, area: Rect, frame: &mut Frame<'_>) {
    frame.render_widget(Clear, area);
    let theme = &model.theme;
    let found = entries(model);
    let rest = list_area(area, &format!("rejected {}", found.len()), theme, frame.buffer_mut());
    if found.is_empty() {
        Pen::new(frame.buffer_mut(), row(rest, 0)).put_shortened("nothing is rejected", theme.dim);
        return;
    }
    let fits = (usize::from(rest.height) / ROWS).max(1);
    let chosen = chosen.min(found.len() - 1);
    let first = chosen.saturating_sub(fits / 2).min(found.len().saturating_sub(fits));
    for (number, taken) in found.iter().enumerate().skip(first).take(fits) {
        let top = (number - first) * ROWS;
        let (what, words) = told(model, &taken.on);
        let style = if number == chosen { theme.header_focus } else { theme.header };
        for (area, text, style) in [(row(rest, top), what, style), (row(rest, top + 1), words, theme.dim)] {
            let bar = if number == chosen { "▌ " } else { "  " };
            Pen::new(frame.buffer_mut(), area).put(bar, theme.bar).put_shortened(&text, style);
        }
    }
}

/// What is rejected, and of what words.
fn told(model: &Model, on: &On) -> (String, String) {
    let name = |anchor: &Anchor| {
        let lost = || "not in these documents".to_owned();
        sentence_of(model, anchor).map_or_else(lost, |id| name_of(model, id))
    };
    let words = |anchor: &Anchor| format!("“{}”", one_line(&anchor.quote.exact));
    match on {
        On::Mark { anchor, kind } => (format!("{} · {}", kind.name(), name(anchor)), words(anchor)),
        On::Phrase { phrase, kind, document } => {
            let document = document.as_ref().map(|digest| {
                let open = model.corpus.documents.iter().find(|document| document.sha256 == *digest);
                open.map_or_else(|| "an earlier document".to_owned(), crate::document::Document::name)
            });
            let place = document.unwrap_or_else(|| "all documents".to_owned());
            (format!("phrase · {} in {place}", kind.name()), format!("“{phrase}”"))
        }
        On::Rule { rule } => {
            let rules = model.findings.as_deref().map_or(&[][..], |findings| findings.lexicon.rules());
            let about = rules.iter().find(|known| known.id == *rule).map(|rule| rule.about.clone());
            (format!("rule · {rule}"), about.unwrap_or_else(|| "no rule of this lexicon".to_owned()))
        }
        On::Link { from, to, relation } => (
            format!("link · {} {} {}", name(from), relation.name(), name(to)),
            format!("{} — {}", words(from), words(to)),
        ),
    }
}
