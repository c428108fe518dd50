//! Marks and techniques of each speaker per 1,000 words, as bars on one scale.

use std::collections::BTreeMap;
use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::corpus::{SentenceId, StatementId};
use crate::lexicon::CueKind;
use crate::text::words::plain_words;
use crate::tui::column::letter_style;
use crate::tui::margin;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};
use crate::tui::wrap;

/// Words below which a speaker's rates say nothing: one mark would be more than 30 per 1,000.
const FEW: usize = 30;
/// Cells of a name, and of a number behind it.
const NAME: u16 = 30;
const NUMBER: u16 = 16;

/// A row of the picture.
#[derive(Clone, Debug)]
pub struct BarRow {
    sort: Sort,
    /// The words of the speaker.
    words: usize,
    count: usize,
    /// The first sentence that is counted.
    first: Option<SentenceId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Sort {
    Speaker(String),
    Kind(CueKind),
    Technique(String),
}

impl BarRow {
    /// How many there are per 1,000 words, if there are enough words to tell.
    fn rate(&self) -> Option<f32> {
        (self.words >= FEW).then(|| self.count as f32 * 1000.0 / self.words as f32)
    }
}

/// A speaker, then their marks by kind, then their techniques, the most used first; speaker by speaker.
pub fn rows(model: &Model) -> Rc<Vec<BarRow>> {
    model.lists.profile.bars.get(model.changes, || count(model))
}

fn count(model: &Model) -> Vec<BarRow> {
    let mut speakers: Vec<(String, Vec<StatementId>)> = Vec::new();
    for id in model.corpus.spoken_ids() {
        let name = model.corpus.title_of(id);
        match speakers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, own)) => own.push(id),
            None => speakers.push((name, vec![id])),
        }
    }
    speakers.into_iter().flat_map(|(name, own)| of_speaker(model, name, &own)).collect()
}

/// How many words each statement has.
pub fn words(model: &Model) -> Rc<Vec<usize>> {
    let count = |id| plain_words(&model.corpus.statement(id).text).count();
    model.lists.profile.words.get((), || model.corpus.statement_ids().map(count).collect())
}

fn of_speaker(model: &Model, name: String, own: &[StatementId]) -> Vec<BarRow> {
    let all = words(model);
    let words = own.iter().map(|id| all[id.0 as usize]).sum();
    let ids = || own.iter().flat_map(|id| model.corpus.sentences_of(*id));
    let mut rows =
        vec![BarRow { sort: Sort::Speaker(name), words, count: ids().count(), first: ids().next() }];
    for kind in CueKind::ALL {
        let marked = |id: &SentenceId| margin::scored(model, *id)[kind as usize];
        let (count, first) = (ids().filter(marked).count(), ids().find(marked));
        rows.push(BarRow { sort: Sort::Kind(kind), words, count, first });
    }
    let mut techniques: BTreeMap<&str, (usize, SentenceId)> = BTreeMap::new();
    for id in ids() {
        for technique in techniques_in(model, id) {
            techniques.entry(technique).or_insert((0, id)).0 += 1;
        }
    }
    let mut used: Vec<_> = techniques.into_iter().collect();
    used.sort_by(|(a, (one, _)), (b, (other, _))| other.cmp(one).then(a.cmp(b)));
    rows.extend(used.into_iter().map(|(name, (count, first))| BarRow {
        sort: Sort::Technique(name.to_owned()),
        words,
        count,
        first: Some(first),
    }));
    rows
}

/// The techniques that are set off in a sentence, each as often as it is.
fn techniques_in(model: &Model, id: SentenceId) -> impl Iterator<Item = &str> {
    let findings = model.findings.as_deref();
    let cues = findings.map_or(&[][..], |findings| &findings.analysis.marks(id).cues);
    let counted = cues.iter().filter(|cue| cue.kind == CueKind::Rhetoric && cue.stands_out());
    counted
        .filter_map(move |cue| findings?.lexicon.rules().get(usize::from(cue.rule.0))?.technique.as_deref())
}

/// The first sentence that a row counts.
pub fn first_of(model: &Model, chosen: usize) -> Option<SentenceId> {
    rows(model).get(chosen)?.first
}

/// Paints the rows over `area`, the chosen one in sight.
pub fn paint(model: &Model, chosen: usize, area: Rect, frame: &mut Frame<'_>) {
    let rows = rows(model);
    let most = rows.iter().filter(|row| !matches!(row.sort, Sort::Speaker(_))).filter_map(BarRow::rate);
    let most = most.fold(1.0, f32::max);
    let fits = usize::from(area.height).max(1);
    let first = chosen.saturating_sub(fits / 2).min(rows.len().saturating_sub(fits));
    for (number, bar) in rows.iter().enumerate().skip(first).take(fits) {
        paint_row(model, bar, most, number == chosen, row(area, number - first), frame);
    }
}

/// “▌  loaded language    6 · 14.2   ███████▌”
fn paint_row(model: &Model, bar: &BarRow, most: f32, chosen: bool, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let mut pen = Pen::new(frame.buffer_mut(), area);
    pen.put(if chosen { "▌ " } else { "  " }, theme.bar);
    let (name, style): (String, Style) = match &bar.sort {
        Sort::Speaker(name) => {
            let counted = |count, one| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
            let few = if bar.words < FEW { ", too few to compare" } else { "" };
            let words = [counted(bar.words, "word"), counted(bar.count, "sentence")].join(", ");
            let words = format!("{name} · {words}{few}");
            pen.put_shortened(&words, if chosen { theme.header_focus } else { theme.header });
            return;
        }
        Sort::Kind(kind) => (format!("{} {}", kind.letter(), kind.name()), letter_style(theme.kind(*kind))),
        Sort::Technique(name) => (format!("    {}", name.replace('_', " ")), theme.rhetoric),
    };
    let width = NAME.min(area.width / 2);
    let words = if chosen { theme.header_focus } else { theme.text };
    pen.put(&wrap::shortened(&name, usize::from(width).saturating_sub(3)), words);
    pen.skip_to(area.x + width);
    let Some(rate) = bar.rate() else {
        pen.put(&format!("{:>4}", bar.count), theme.value);
        return;
    };
    pen.put(&format!("{:>4} · {rate:>5.1}", bar.count), theme.value);
    pen.skip_to(area.x + width + NUMBER);
    let room = pen.room();
    pen.put(&bar_of(rate / most, room), plain(style));
}

/// Bars need their colour only.
fn plain(style: Style) -> Style {
    Style { add_modifier: ratatui::style::Modifier::empty(), ..style }
}

/// A bar of `share` of `room` cells, to an eighth of a cell.
fn bar_of(share: f32, room: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share.clamp(0.0, 1.0) * room as f32 * 8.0).round() as usize;
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_words_have_no_rate() {
        let row = |words, count| BarRow { sort: Sort::Kind(CueKind::Claim), words, count, first: None };
        assert_eq!([row(5, 1), row(0, 0)].map(|row| row.rate()), [None; 2]);
        assert_eq!(row(50, 1).rate(), Some(20.0));
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(
            [0.0, 0.5, 0.55, 1.0, 7.0].map(|share| bar_of(share, 4)),
            ["", "██", "██▎", "████", "████"]
        );
        assert_eq!(bar_of(0.5, 0), "");
    }
}
