//! The ledger as a table of pairs: how many links lead from each statement to each other.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::corpus::SentenceId;
use crate::report::ledger::chain::{Count, matrix, strongest};
use crate::text::one_line;
use crate::tui::inspector::name_of;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};
use crate::tui::wrap;

/// Cells of a count.
const COUNT: u16 = 8;
/// Most cells of a name.
const NAME: u16 = 34;
/// Rows below the table: a blank one, the pair, the best link of it.
const BELOW: usize = 4;

/// The sentence that answers and the one answered, of the surest link of a pair.
pub fn ends(model: &Model, answering: usize, answered: usize) -> Option<(SentenceId, Option<SentenceId>)> {
    let statements: Vec<_> = model.corpus.spoken_ids().collect();
    let (from, to) = (*statements.get(answering)?, *statements.get(answered)?);
    let link = strongest(&model.corpus, model.analysis()?, from, to)?;
    Some((link.to, Some(link.from)))
}

/// Paints the table over `area`, and below it the chosen pair: who answers, who is answered.
pub fn paint(model: &Model, (chosen, answered): (usize, usize), area: Rect, frame: &mut Frame<'_>) {
    let Some(analysis) = model.analysis() else { return };
    let (theme, buffer) = (&model.theme, frame.buffer_mut());
    let pairs = matrix(&model.corpus, analysis);
    let count = pairs.statements.len();
    let name = NAME.min(area.width / 2);
    let fit = (usize::from((area.width - name) / COUNT)).clamp(1, count.max(1));
    let first = (answered + 1).saturating_sub(fit);
    let mut pen = Pen::new(buffer, row(area, 0));
    for place in first..(first + fit).min(count) {
        let style = if place == answered { theme.header_focus } else { theme.header };
        pen.skip_to(area.x + name + COUNT * (place - first) as u16);
        pen.put(&format!("{:>6}", format!("to {}", place + 1)), style);
    }
    let fits = usize::from(area.height).saturating_sub(1 + BELOW).max(1);
    let top = chosen.saturating_sub(fits / 2).min(count.saturating_sub(fits));
    for (place, id) in pairs.statements.iter().enumerate().skip(top).take(fits) {
        let here = place == chosen;
        let mut pen = Pen::new(buffer, row(area, 1 + place - top));
        pen.put(if here { "▌ " } else { "  " }, theme.bar);
        let style = if here { theme.header_focus } else { theme.header };
        let label = format!("{} {}", place + 1, model.corpus.title_of(*id));
        pen.put(&wrap::shortened(&label, usize::from(name).saturating_sub(3)), style);
        for (other, count) in pairs.counts[place].iter().enumerate().skip(first).take(fit) {
            pen.skip_to(area.x + name + COUNT * (other - first) as u16);
            let text = if other == place { format!("{:>6}", "·") } else { format!("{:>6}", told(*count)) };
            let style = match (here && other == answered, count.answers) {
                (true, _) => theme.chosen,
                (_, 0) => theme.dim,
                _ => theme.value,
            };
            pen.put(&text, style);
        }
    }
    let used = 1 + fits.min(count);
    let rest = Rect {
        y: area.y + (used as u16).min(area.height),
        height: area.height.saturating_sub(used as u16),
        ..area
    };
    let (Some(from), Some(to)) = (pairs.statements.get(chosen), pairs.statements.get(answered)) else {
        return;
    };
    let Count { answers, echoes } = pairs.counts[chosen][answered];
    let (one, other) = (model.corpus.title_of(*from), model.corpus.title_of(*to));
    let words = format!("{one} to {other} · links that answer: {answers} · that say the same: {echoes}");
    let words = if chosen == answered { "the same statement".to_owned() } else { words };
    Pen::new(buffer, row(rest, 1)).put_shortened(&words, theme.text);
    if let Some(link) = strongest(&model.corpus, analysis, *from, *to) {
        let (one, other) = (name_of(model, link.from), name_of(model, link.to));
        let mut pen = Pen::new(buffer, row(rest, 2));
        pen.put(&format!("surest: {one} {} {other} ", link.relation.name()), theme.thread);
        pen.put(&format!("{:.2}  ", link.score), theme.value);
        pen.put_shortened(&format!("“{}”", one_line(model.corpus.text(link.from))), theme.text);
    }
}

/// “3”, “3+1” with echoes, or nothing.
fn told(count: Count) -> String {
    match (count.answers, count.echoes) {
        (0, 0) => "–".to_owned(),
        (answers, 0) => answers.to_string(),
        (answers, echoes) => format!("{answers}+{echoes}"),
    }
}
