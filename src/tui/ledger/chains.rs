//! The ledger as chains: a claim, the answers to it, and what answers these.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::analysis::Relation;
use crate::corpus::SentenceId;
use crate::report::ledger::Row;
use crate::report::ledger::chain::Answers;
use crate::text::one_line;
use crate::tui::inspector::name_of;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};
use crate::tui::wrap;

/// Cells that each step stands further in.
const INDENT: usize = 4;

/// A sentence of a chain.
#[derive(Clone, Debug)]
pub struct Line {
    /// 0 for a claim.
    depth: usize,
    sentence: SentenceId,
    /// What it answers, how, and how surely.
    answers: Option<(SentenceId, Relation)>,
    score: f32,
}

/// The claims that are answered, each with its chain.
pub fn lines(model: &Model, rows: &[&Row]) -> Vec<Line> {
    let Some(analysis) = model.analysis() else { return Vec::new() };
    let answers = Answers::of(analysis);
    let mut lines: Vec<Line> = Vec::new();
    for claim in rows {
        let steps = answers.chain(claim.claim);
        if steps.is_empty() {
            continue;
        }
        lines.push(Line { depth: 0, sentence: claim.claim, answers: None, score: claim.score });
        for step in steps {
            let above = lines.iter().rev().find(|line| line.depth < step.depth).map(|line| line.sentence);
            lines.push(Line {
                depth: step.depth,
                sentence: step.sentence,
                answers: above.map(|above| (above, step.relation)),
                score: step.score,
            });
        }
    }
    lines
}

/// The chosen sentence and what it answers; of a claim, its surest answer.
pub fn ends(lines: &[Line], chosen: usize) -> Option<(SentenceId, Option<SentenceId>)> {
    let line = lines.get(chosen)?;
    let next = || lines.get(chosen + 1).map(|line| line.sentence);
    Some((line.sentence, line.answers.map(|(above, _)| above).or_else(next)))
}

/// Paints the chains over `area`.
pub fn paint(model: &Model, lines: &[Line], chosen: usize, area: Rect, frame: &mut Frame<'_>) {
    let (theme, buffer) = (&model.theme, frame.buffer_mut());
    if lines.is_empty() {
        Pen::new(buffer, row(area, 0)).put_shortened("no claim shown here is answered", theme.dim);
        return;
    }
    let chosen = chosen.min(lines.len() - 1);
    let words = |number: usize| rows_of(model, &lines[number], number == chosen, usize::from(area.width));
    let height = |number: usize| {
        let apart = usize::from(number > 0 && lines[number].depth == 0);
        apart + words(number).len()
    };
    let first = super::first_shown(lines.len(), chosen, usize::from(area.height), height);
    let mut y = 0;
    for (number, line) in lines.iter().enumerate().skip(first) {
        y += usize::from(number > first && line.depth == 0);
        for (at, text) in words(number).into_iter().enumerate() {
            let mut pen = Pen::new(buffer, row(area, y));
            pen.put(if number == chosen { "▌ " } else { "  " }, theme.bar);
            pen.skip((line.depth * INDENT) as u16);
            let style = match (at, number == chosen) {
                (0, true) => theme.header_focus,
                (0, false) if line.depth == 0 => theme.header,
                (0, false) => theme.thread,
                _ => theme.text,
            };
            pen.put_shortened(&text, style);
            y += 1;
        }
        if y >= usize::from(area.height) {
            return;
        }
    }
}

/// “└ rebuts 0.61 Ilan Oru 3”, then the words: one row, or all if it is chosen.
fn rows_of(model: &Model, line: &Line, chosen: bool, width: usize) -> Vec<String> {
    let name = name_of(model, line.sentence);
    let label = match line.answers {
        None => format!("{:.2} {name}", line.score),
        Some((_, relation)) => format!("└ {} {:.2} {name}", relation.name(), line.score),
    };
    let text = one_line(model.corpus.text(line.sentence));
    let inset = 2 + usize::from(line.depth > 0) * 2;
    let room = width.saturating_sub(inset + line.depth * INDENT).max(8);
    let pad = " ".repeat(usize::from(line.depth > 0) * 2);
    let mut rows = vec![label];
    if chosen {
        rows.extend(wrap::rows(&text, room).map(|bytes| format!("{pad}{}", &text[bytes])));
    } else {
        rows.push(format!("{pad}{}", wrap::shortened(&text, room)));
    }
    rows
}
