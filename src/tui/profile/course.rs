//! How claims and rhetoric run along each statement: a bar a stretch, as high as the mean score in it. A
//! sentence is a stretch as long as there is room, and bars are as wide as the longest statement lets them.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::corpus::{SentenceId, StatementId};
use crate::lexicon::CueKind;
use crate::text::one_line;
use crate::tui::column::letter_style;
use crate::tui::inspector::name_of;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};

/// Rows of a statement: its name, claims, rhetoric, a blank one.
const ROWS: usize = 4;
/// Cells before the first stretch.
const BEFORE: u16 = 13;
/// What is drawn, from top to bottom.
const DRAWN: [CueKind; 2] = [CueKind::Claim, CueKind::Rhetoric];

/// Widest bar of a stretch.
const WIDEST: usize = 6;

/// Cells there are for bars.
fn room(model: &Model) -> usize {
    usize::from(model.areas.all.width.saturating_sub(BEFORE + 2)).max(1)
}

/// Cells of a bar: the same for all statements, so that their lengths can be compared.
fn wide(model: &Model) -> usize {
    let longest = model.corpus.spoken_ids().map(|id| cells(model, id)).max().unwrap_or(1);
    (room(model) / longest.max(1)).clamp(1, WIDEST)
}

/// Stretches of a statement: one a sentence, as long as there is room.
fn cells(model: &Model, id: StatementId) -> usize {
    model.corpus.sentences_of(id).len().min(room(model))
}

/// The sentences of the stretch number `cell` of `cells` in a statement.
fn stretch(model: &Model, id: StatementId, cell: usize, cells: usize) -> impl Iterator<Item = SentenceId> {
    let count = model.corpus.sentences_of(id).len();
    let edge = move |cell: usize| cell * count / cells.max(1);
    model.corpus.sentences_of(id).skip(edge(cell)).take(edge(cell + 1).saturating_sub(edge(cell)).max(1))
}

/// The last stretch of a statement.
pub fn last(model: &Model, chosen: usize) -> usize {
    model.corpus.spoken_ids().nth(chosen).map_or(0, |id| cells(model, id).saturating_sub(1))
}

/// The first sentence of a stretch.
pub fn at(model: &Model, chosen: usize, across: usize) -> Option<SentenceId> {
    let id = model.corpus.spoken_ids().nth(chosen)?;
    let count = cells(model, id);
    stretch(model, id, across.min(count.saturating_sub(1)), count).next()
}

/// The mean score of a stretch, in `[0, 1]`.
fn mean(model: &Model, kind: CueKind, ids: impl Iterator<Item = SentenceId>) -> f32 {
    let Some(analysis) = model.analysis() else { return 0.0 };
    let (mut sum, mut count) = (0.0, 0.0f32);
    for id in ids {
        sum += analysis.marks(id).scores.of(kind);
        count += 1.0;
    }
    sum / count.max(1.0)
}

/// Paints the statements over `area`; below the chosen one what stands where the cursor is.
pub fn paint(model: &Model, chosen: usize, across: usize, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let statements: Vec<StatementId> = model.corpus.spoken_ids().collect();
    let wide = wide(model);
    let fits = (usize::from(area.height).saturating_sub(1) / ROWS).max(1);
    let first = chosen.saturating_sub(fits / 2).min(statements.len().saturating_sub(fits));
    for (number, id) in statements.iter().enumerate().skip(first).take(fits) {
        let top = (number - first) * ROWS;
        let name = if number == chosen { theme.header_focus } else { theme.header };
        let mut pen = Pen::new(frame.buffer_mut(), row(area, top));
        pen.put(if number == chosen { "▌ " } else { "  " }, theme.bar);
        pen.put_shortened(&model.corpus.title_of(*id), name);
        let count = cells(model, *id);
        let here = across.min(count.saturating_sub(1));
        for (line, kind) in DRAWN.into_iter().enumerate() {
            let style = letter_style(theme.kind(kind));
            let mut pen = Pen::new(frame.buffer_mut(), row(area, top + 1 + line));
            pen.put(if number == chosen { "▌ " } else { "  " }, theme.bar);
            pen.put(&format!("{} {:<9}", kind.letter(), kind.name()), style);
            for cell in 0..count {
                let score = mean(model, kind, stretch(model, *id, cell, count));
                pen.put(&height(score).repeat(wide), style);
            }
        }
        if number == chosen {
            let mut pen = Pen::new(frame.buffer_mut(), row(area, top + 1 + DRAWN.len()));
            pen.skip(BEFORE + (here * wide) as u16).put(&"▴".repeat(wide), theme.bar);
        }
    }
    let last = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    if let Some(id) = at(model, chosen, across) {
        let scores = model.analysis().map(|analysis| analysis.marks(id).scores);
        let told = scores.map_or(String::new(), |scores| {
            format!("claim {:.2}, rhetoric {:.2}  ", scores.claim, scores.rhetoric)
        });
        let mut pen = Pen::new(frame.buffer_mut(), last);
        pen.put(&format!("{}  ", name_of(model, id)), theme.thread).put(&told, theme.value);
        pen.put_shortened(&one_line(model.corpus.text(id)), theme.text);
    }
}

/// The symbol of a score.
fn height(score: f32) -> &'static str {
    const STEPS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    STEPS[((score.clamp(0.0, 1.0) * 8.0) as usize).min(7)]
}

#[cfg(test)]
mod tests {
    use super::height;

    #[test]
    fn a_higher_score_stands_higher() {
        assert_eq!(
            [0.0, 0.13, 0.5, 0.99, 1.0, 2.0, f32::NAN].map(height),
            ["▁", "▂", "▅", "█", "█", "█", "▁"]
        );
    }
}
