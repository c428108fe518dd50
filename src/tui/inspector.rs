//! Why a sentence is marked and linked: a few rows below the text, or all of it.
//!
//! The small panel has a row for each kind, for the best link, and for the reader's own words. The
//! full one ([`working`]) has every cue, rule and sign with its weight, and what the score hangs on.

pub mod working;

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::column::letter_style;
use super::effect::Findings;
use super::mode::Mode;
use super::model::Model;
use super::paint::{Pen, row, title_row};
use super::{fidelity, margin, versions, wrap};
use crate::analysis::{By, Cue, Link, Status};
use crate::corpus::SentenceId;
use crate::lexicon::CueKind;
use crate::report::ledger::below;
use crate::text::one_line;

/// Words with their style.
type Piece = (String, Style);

/// A row: what is told, and what speaks for it.
#[derive(Clone, Debug, Default)]
struct Reason {
    /// Whether what speaks for it stands in one column with that of other rows.
    in_column: bool,
    label: Vec<Piece>,
    /// What stands between dots: shown whole, or not at all.
    words: Vec<Vec<Piece>>,
}

/// Paints the panel, small or in full as the model wants it.
pub fn paint(model: &Model, area: Rect, frame: &mut Frame<'_>) {
    if area.is_empty() {
        return;
    }
    let title = model.sentence().map_or("why".to_owned(), |id| {
        let statement = model.corpus.sentence(id).statement;
        format!("why · {} {}", model.corpus.title_of(statement), model.corpus.number_of(id) + 1)
    });
    let rest = title_row(area, &title, &model.theme, frame.buffer_mut());
    let rest = Rect { x: rest.x + rest.width.min(1), width: rest.width.saturating_sub(2), ..rest };
    let Some(id) = model.sentence() else { return };
    match model.mode {
        Mode::Inspect(inspecting) => working::paint(model, id, inspecting, rest, frame),
        _ => in_short(model, id, rest, frame),
    }
}

fn in_short(model: &Model, id: SentenceId, area: Rect, frame: &mut Frame<'_>) {
    let reasons = short_reasons(model, id, usize::from(area.height));
    // What speaks for the marks stands in one column; a longer label, of a link, pushes its own row only.
    let kinds = reasons.iter().filter(|reason| reason.in_column);
    let label = kinds.map(|reason| width(&reason.label)).max().unwrap_or(0);
    let label = label.min(usize::from(area.width) / 2) as u16;
    for (number, reason) in reasons.iter().enumerate() {
        let area = row(area, number);
        let mut pen = Pen::new(frame.buffer_mut(), area);
        put(&mut pen, &reason.label);
        pen.skip_to(area.x + label).put("   ", Style::new());
        put_words(&mut pen, &reason.words, model.theme.dim);
    }
}

/// Writes pieces; the last that fits only in part is shortened, the others are left out.
fn put(pen: &mut Pen<'_>, pieces: &[Piece]) {
    for (text, style) in pieces {
        if pen.room() > 1 {
            pen.put_shortened(text, *style);
        }
    }
}

/// Writes words with dots between them, as many as fit with what is told of them; the last that do are
/// shortened if enough of them is left to say something.
fn put_words(pen: &mut Pen<'_>, words: &[Vec<Piece>], dim: Style) {
    const LEAST: usize = 12;
    let (dot, more) = (" · ", " …");
    for (number, pieces) in words.iter().enumerate() {
        let is_last = number + 1 == words.len();
        let kept = if is_last { 0 } else { wrap::width(more) };
        if number > 0 && wrap::width(dot) + width(pieces) + kept > pen.room() {
            let ([(words, style), rest @ ..], room) = (&pieces[..], pen.room()) else { return };
            let left = room.saturating_sub(wrap::width(dot) + width(rest) + kept);
            if left >= LEAST {
                pen.put(dot, dim).put(&wrap::shortened(words, left), *style);
                put(pen, rest);
            }
            if left < LEAST || !is_last {
                pen.put(more, dim);
            }
            return;
        }
        if number > 0 {
            pen.put(dot, dim);
        }
        put(pen, pieces);
    }
}

/// Words with dots between them.
fn joined(words: &[Vec<Piece>], dim: Style) -> Vec<Piece> {
    words.join(&(" · ".to_owned(), dim))
}

fn width(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(text, _)| wrap::width(text)).sum()
}

/// At most `rows` reasons, those that matter most: marks, the best link, the reader's own words.
fn short_reasons(model: &Model, id: SentenceId, rows: usize) -> Vec<Reason> {
    let Some(findings) = model.findings.as_deref() else {
        let mut reasons = own_words(model, id);
        reasons.push(Reason {
            label: vec![("finding marks and links …".to_owned(), model.theme.dim)],
            ..Reason::default()
        });
        reasons.truncate(rows);
        return reasons;
    };
    if model.session.blind {
        let mut reasons = blind_reasons(model, findings, id);
        reasons.extend(own_words(model, id));
        reasons.truncate(rows);
        return reasons;
    }
    let mut own = own_words(model, id);
    own.extend(of_quotations(model, id).into_iter().chain(of_version(model, id)));
    let room = rows.saturating_sub(1 + own.len());
    let mut kinds = CueKind::ALL.to_vec();
    let marked = margin::scored(model, id);
    kinds.sort_by_key(|kind| !marked[*kind as usize]);
    kinds.truncate(room);
    kinds.sort();
    let mut reasons: Vec<Reason> = kinds.iter().map(|kind| of_kind(model, findings, id, *kind)).collect();
    let links = of_links(model, findings, id);
    let more = rows.saturating_sub(reasons.len() + own.len()).max(1);
    reasons.extend(links.into_iter().take(more));
    reasons.extend(own);
    reasons.truncate(rows);
    reasons
}

/// In blind reading: what the reader marked a sentence as, and the reader's own links.
fn blind_reasons(model: &Model, findings: &Findings, id: SentenceId) -> Vec<Reason> {
    let theme = &model.theme;
    let marks = CueKind::ALL.into_iter().filter(|kind| model.annotations.own_marks.contains(&(id, *kind)));
    let marks: Vec<&str> = marks.map(CueKind::name).collect();
    let marked = match &marks[..] {
        [] => "have not marked it yet".to_owned(),
        marks => format!("marked it as {}", marks.join(", ")),
    };
    let line = |label: Vec<Piece>| Reason { label, ..Reason::default() };
    let mut reasons = vec![
        line(vec![("you ".to_owned(), theme.note), (marked, theme.text)]),
        line(vec![(super::blind::told(model), theme.dim)]),
    ];
    reasons.extend(model.links.suggested(&findings.analysis, id).map(|link| of_link(model, id, link)));
    reasons
}

/// “claim 0.83, shown from 0.50   exploited +1.1 · compromised +0.9”
fn of_kind(model: &Model, findings: &Findings, id: SentenceId, kind: CueKind) -> Reason {
    let theme = &model.theme;
    let marks = findings.analysis.marks(id);
    let (score, from) = (marks.scores.of(kind), findings.weights.thresholds.of(kind));
    let marked = score >= from;
    let (name, value) =
        if marked { (letter_style(theme.kind(kind)), theme.value) } else { (theme.dim, theme.dim) };
    let label = vec![
        (format!("{} ", kind.letter()), name),
        (format!("{:<8} ", kind.name()), if marked { theme.text } else { theme.dim }),
        (format!("{score:.2}"), value),
        (format!(", shown from {from:.2}"), theme.dim),
        (decided(model, id, kind).to_owned(), theme.note),
    ];
    // What counts for the sentence as a whole is told by its rule; its words would say nothing.
    let whole = model.corpus.sentence(id).span;
    let text = |cue: &Cue| {
        let rule = || findings.lexicon.rule(cue.rule).name.clone();
        if cue.span == whole { rule() } else { quoted(model, id, cue, 32) }
    };
    let cues = marks.by_weight(kind).into_iter().map(|cue| (text(cue), cue.weight));
    let told = |Counted { text, times, weight }: Counted| {
        let times = if times > 1 { format!(" ×{times} ") } else { " ".to_owned() };
        let style = if weight < 0.0 { theme.against } else { theme.dim };
        let words = if marked { theme.text } else { theme.dim };
        vec![(text, words), (times, theme.dim), (signed(weight, 1), style)]
    };
    // What weighs nothing in the one decimal shown here stands in the full panel.
    let heavy = counted(cues).into_iter().filter(|one| one.weight.abs() >= 0.05);
    let mut words: Vec<Vec<Piece>> = heavy.map(told).collect();
    if words.is_empty() {
        words.push(vec![("no cue".to_owned(), theme.dim)]);
    }
    Reason { in_column: true, label, words }
}

/// Words that count in a sentence, as often as they stand there.
#[derive(Debug, PartialEq)]
struct Counted {
    text: String,
    times: usize,
    /// All of them together, in log-odds.
    weight: f32,
}

/// Cues with the same words, whatever their case, as one; those that weigh most first.
fn counted(cues: impl Iterator<Item = (String, f32)>) -> Vec<Counted> {
    let mut all: Vec<Counted> = Vec::new();
    let mut places = BTreeMap::new();
    for (text, weight) in cues {
        let place = *places.entry(text.to_lowercase()).or_insert(all.len());
        match all.get_mut(place) {
            Some(known) => (known.times, known.weight) = (known.times + 1, known.weight + weight),
            None => all.push(Counted { text, times: 1, weight }),
        }
    }
    all.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    all
}

/// What the reader decided on a mark.
fn decided(model: &Model, id: SentenceId, kind: CueKind) -> &'static str {
    match model.annotations.decided.marks.get(&(id, kind)) {
        Some(true) => ", accepted",
        Some(false) => ", rejected",
        None => "",
    }
}

/// The words of a cue on one line.
fn quoted(model: &Model, id: SentenceId, cue: &Cue, most: usize) -> String {
    let text = &model.corpus.statement(model.corpus.sentence(id).statement).text;
    let words = text.get(cue.span.range()).unwrap_or_default();
    wrap::shortened(&one_line(words), most)
}

/// “+1.1”, “−0.2”
fn signed(weight: f32, decimals: usize) -> String {
    format!("{}{:.decimals$}", if weight < 0.0 { '−' } else { '+' }, weight.abs())
}

/// The links of a sentence, best first; or that none was found.
fn of_links(model: &Model, findings: &Findings, id: SentenceId) -> Vec<Reason> {
    let theme = &model.theme;
    let suggested: Vec<Reason> =
        model.links.suggested(&findings.analysis, id).map(|link| of_link(model, id, link)).collect();
    if !suggested.is_empty() {
        return suggested;
    }
    if model.order.len() < 2 {
        return vec![Reason {
            label: vec![("no other statement is open".to_owned(), theme.dim)],
            ..Reason::default()
        }];
    }
    let from = findings.weights.thresholds.link;
    let best = model.links.all(&findings.analysis, id).next();
    let Some(best) = best else {
        let words = format!("no answer found (shown from {from:.2})");
        return vec![Reason { label: vec![(words, theme.dim)], ..Reason::default() }];
    };
    let words = format!("no answer found (best {}, shown from {from:.2})", below(best.score, from));
    vec![Reason {
        label: vec![(words, theme.dim)],
        words: vec![vec![(name_of(model, best.other_end(id)), theme.dim)]],
        ..Reason::default()
    }]
}

/// “quotation altered   “large” for “massive” · as said: Antony Blinken 4”
fn of_quotations(model: &Model, id: SentenceId) -> Vec<Reason> {
    let theme = &model.theme;
    let reason = |told: fidelity::Told| Reason {
        label: vec![
            ("\u{201c} ".to_owned(), theme.thread),
            (told.label, if told.wrong { theme.against } else { theme.text }),
        ],
        words: told.words.into_iter().map(|words| vec![(words, theme.text)]).collect(),
        ..Reason::default()
    };
    fidelity::told(model, id).into_iter().map(reason).collect()
}

/// “softened in the later version   “must” → “should””
fn of_version(model: &Model, id: SentenceId) -> Option<Reason> {
    let (label, words) = versions::told(model, id)?;
    let theme = &model.theme;
    Some(Reason {
        label: vec![("≠ ".to_owned(), theme.thread), (label, theme.text)],
        words: words.into_iter().map(|words| vec![(words, theme.text)]).collect(),
        ..Reason::default()
    })
}

/// “Zhao Lijian 1 rebuts this 0.61   groundless accusations (denial) · cyber (shared)”
fn of_link(model: &Model, id: SentenceId, link: &Link) -> Reason {
    let theme = &model.theme;
    let other = name_of(model, link.other_end(id));
    let relation = link.relation.name();
    let told =
        if link.from == id { format!("{relation} {other} ") } else { format!("{other} {relation} this ") };
    let value = if link.status == Status::Suggested { theme.value } else { theme.dim };
    let score = match link.by {
        By::Program => (format!("{:.2}", link.score), value),
        By::Accepted => (format!("{:.2}, accepted", link.score), theme.note),
        By::Reader => ("(yours)".to_owned(), theme.note),
    };
    let label = vec![(told, theme.thread), score];
    Reason { label, words: of_evidence(model, link), ..Reason::default() }
}

/// “groundless accusations (denial) · cyber (shared)”; what both sides share is told once.
fn of_evidence(model: &Model, link: &Link) -> Vec<Vec<Piece>> {
    let theme = &model.theme;
    let mut words = Vec::new();
    for (number, evidence) in link.evidence.iter().enumerate() {
        let (sort, what) = evidence.why.split_once(": ").unwrap_or((&evidence.why, ""));
        if !what.is_empty() && link.evidence[..number].iter().any(|earlier| earlier.why == evidence.why) {
            continue;
        }
        let end = if evidence.in_answer { link.from } else { link.to };
        let text = &model.corpus.statement(model.corpus.sentence(end).statement).text;
        let found = one_line(text.get(evidence.span.range()).unwrap_or_default());
        words.push(vec![(wrap::shortened(&found, 32), theme.text), (format!(" ({sort})"), theme.dim)]);
    }
    words
}

/// “Zhao Lijian 1”
pub fn name_of(model: &Model, id: SentenceId) -> String {
    let statement = model.corpus.sentence(id).statement;
    format!("{} {}", model.corpus.title_of(statement), model.corpus.number_of(id) + 1)
}

/// The reader's verdict and notes on a sentence, in one row.
fn own_words(model: &Model, id: SentenceId) -> Vec<Reason> {
    let Some(own) = model.annotations.sentences.get(&id) else { return Vec::new() };
    let theme = &model.theme;
    let verdict = own.verdict.map_or(String::new(), |verdict| format!("verdict {}", verdict.name()));
    let count = match own.notes.len() {
        0 => String::new(),
        1 => "your note".to_owned(),
        count => format!("your {count} notes"),
    };
    let label = [verdict, count].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let notes = own.notes.iter().rev().filter_map(|number| model.session.notes.get(*number));
    let words: Vec<String> = notes.map(|note| one_line(&note.text)).collect();
    vec![Reason {
        label: vec![("! ".to_owned(), theme.note), (label, theme.text)],
        words: words.into_iter().map(|words| vec![(words, theme.text)]).collect(),
        ..Reason::default()
    }]
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;

    fn row_of(words: &[Vec<Piece>], cells: u16) -> String {
        let area = Rect::new(0, 0, cells, 1);
        let mut buffer = Buffer::empty(area);
        put_words(&mut Pen::new(&mut buffer, area), words, Style::new());
        let row: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        row.trim_end().to_owned()
    }

    #[track_caller]
    fn check_row(cells: u16, expected: &str) {
        let piece = |text: &str| (text.to_owned(), Style::new());
        let words = [("exploited", "+1.1"), ("thousands", "+0.8"), ("MSS", "+0.5")]
            .map(|(w, n)| vec![piece(w), piece(n)]);
        assert_eq!(row_of(&words, cells), expected);
    }

    #[test]
    fn what_does_not_fit_with_its_weight_is_left_out() {
        check_row(39, "exploited+1.1 · thousands+0.8 · MSS+0.5");
        check_row(38, "exploited+1.1 · thousands+0.8 …");
        check_row(30, "exploited+1.1 …");
        check_row(8, "exploit…");
        let long = [
            vec![("denies".to_owned(), Style::new())],
            vec![("what they all said".to_owned(), Style::new())],
        ];
        assert_eq!(row_of(&long, 24), "denies · what they all…");
    }

    fn check(cues: &[(&str, f32)], expected: &str) {
        let told = counted(cues.iter().map(|(text, weight)| ((*text).to_owned(), *weight)));
        let told: Vec<String> =
            told.iter().map(|one| format!("{} ×{} {}", one.text, one.times, signed(one.weight, 1))).collect();
        assert_eq!(told.join(" · "), expected);
    }

    #[test]
    fn a_word_that_stands_there_twice_is_told_once() {
        check(&[], "");
        check(&[("denies", 1.1), ("The", 0.4), ("the", 0.4)], "denies ×1 +1.1 · The ×2 +0.8");
        check(&[("never", 0.5), ("of", -0.3), ("of", -0.3)], "of ×2 −0.6 · never ×1 +0.5");
    }
}
