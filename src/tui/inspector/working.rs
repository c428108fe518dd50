//! The working of a sentence's marks and links in full: every cue with its weight, rule and source, every
//! sign of a link, and what each score hangs on. A cursor stands on one cue, to silence or reweigh it.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{
    Piece, blind_reasons, joined, of_kind, of_links, of_quotations, of_version, put, quoted, signed,
};
use crate::analysis::{By, Cue, Link, Sign, Status, Working, explain, logistic};
use crate::corpus::SentenceId;
use crate::lexicon::CueKind;
use crate::session::Note;
use crate::text::one_line;
use crate::tui::effect::Findings;
use crate::tui::mode::Mode;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, row};
use crate::tui::reject::Reject;
use crate::tui::wrap;

/// Cells before a rule's words.
const RULE_INDENT: usize = 11;
/// Signs of a link that are listed; lighter ones are summed up.
const MOST_SIGNS: usize = 8;

/// The full panel while it is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inspecting {
    /// Rows above the first shown.
    pub scroll: usize,
    /// The chosen cue, counted over all kinds as they are listed.
    pub chosen: usize,
}

/// A row, and which cue begins on it.
#[derive(Default)]
struct FullRow {
    cue: Option<usize>,
    pieces: Vec<Piece>,
}

impl From<Vec<Piece>> for FullRow {
    fn from(pieces: Vec<Piece>) -> Self {
        Self { cue: None, pieces }
    }
}

/// The cues of a sentence as they are listed.
pub fn cues(model: &Model, id: SentenceId) -> Vec<Cue> {
    let Some(analysis) = model.analysis() else { return Vec::new() };
    let marks = analysis.marks(id);
    CueKind::ALL.into_iter().flat_map(|kind| marks.by_weight(kind)).copied().collect()
}

/// The chosen cue of the sentence in focus.
pub fn chosen(model: &Model) -> Option<(SentenceId, Cue)> {
    let Mode::Inspect(inspecting) = model.mode else { return None };
    let id = model.sentence()?;
    let all = cues(model, id);
    let last = all.len().checked_sub(1)?;
    all.get(inspecting.chosen.min(last)).map(|cue| (id, *cue))
}

/// Chooses another cue and scrolls to it.
pub fn step(model: &mut Model, by: isize) {
    let (Mode::Inspect(inspecting), Some(id)) = (&model.mode, model.sentence()) else { return };
    let last = cues(model, id).len().saturating_sub(1);
    let chosen = inspecting.chosen.min(last).saturating_add_signed(by).min(last);
    let width = usize::from(model.areas.panel.width.saturating_sub(2));
    let height = usize::from(model.areas.panel.height.saturating_sub(1));
    let rows = full_rows(model, id, width);
    let at = rows.iter().position(|row| row.cue == Some(chosen)).unwrap_or(0);
    let scroll = inspecting.scroll.min(at.saturating_sub(1)).max((at + 4).saturating_sub(height));
    model.mode = Mode::Inspect(Inspecting { scroll, chosen });
}

/// Asks at which grain the chosen cue is silenced, each with what would change.
pub fn silence(model: &mut Model) {
    match chosen(model) {
        Some((id, cue)) if cue.weight > 0.0 => model.mode = Mode::Reject(Reject::of_cue(model, id, &cue)),
        Some((_, cue)) if cue.weight < 0.0 => model.say("it counts against; give it another weight instead"),
        Some(_) => model.say("it does not count here"),
        None => model.say("there is no cue in this sentence"),
    }
}

/// Paints all rows from `scroll` on.
pub fn paint(model: &Model, id: SentenceId, inspecting: Inspecting, area: Rect, frame: &mut Frame<'_>) {
    let rows = full_rows(model, id, usize::from(area.width));
    let last = cues(model, id).len().saturating_sub(1);
    let first = inspecting.scroll.min(rows.len().saturating_sub(usize::from(area.height)));
    for (number, full) in rows.iter().skip(first).take(usize::from(area.height)).enumerate() {
        put(&mut Pen::new(frame.buffer_mut(), row(area, number)), &full.pieces);
        if full.cue == Some(inspecting.chosen.min(last)) {
            Pen::new(frame.buffer_mut(), row(area, number)).skip(1).put("▸", model.theme.bar);
        }
    }
}

/// How far the full panel can be scrolled.
pub fn most_scroll(model: &Model) -> usize {
    let (area, Some(id)) = (model.areas.panel, model.sentence()) else { return 0 };
    let rows = full_rows(model, id, usize::from(area.width.saturating_sub(2))).len();
    rows.saturating_sub(usize::from(area.height.saturating_sub(1)))
}

/// Every reason there is, row by row.
fn full_rows(model: &Model, id: SentenceId, width: usize) -> Vec<FullRow> {
    let mut rows: Vec<FullRow> = own_rows(model, id, width).into_iter().map(FullRow::from).collect();
    let Some(findings) = model.findings.as_deref() else {
        rows.push(vec![("finding marks and links …".to_owned(), model.theme.dim)].into());
        return rows;
    };
    if model.session.blind {
        rows.extend(blind_reasons(model, findings, id).into_iter().map(|reason| reason.label.into()));
        return rows;
    }
    let mut number = 0;
    for kind in CueKind::ALL {
        rows.push(of_kind(model, findings, id, kind).label.into());
        let working = explain(findings.analysis.marks(id), kind, &findings.weights);
        rows.push(start_row(model, working.bias).into());
        let mut told = BTreeSet::new();
        for cue in &working.cues {
            let first = rows.len();
            rows.push(cue_row(model, findings, id, cue, &working).into());
            if told.insert(cue.rule) {
                rows.extend(rule_rows(model, findings, cue, width).into_iter().map(FullRow::from));
            }
            rows[first].cue = Some(number);
            number += 1;
        }
        rows.extend(sum_rows(model, id, &working, width).into_iter().map(FullRow::from));
    }
    let beside = of_quotations(model, id).into_iter().chain(of_version(model, id));
    for reason in beside.chain(of_links(model, findings, id)) {
        rows.push(reason.label.into());
        rows.extend(
            wrapped(&joined(&reason.words, model.theme.dim), width.saturating_sub(4))
                .into_iter()
                .map(FullRow::from),
        );
    }
    let told = model.links.all(&findings.analysis, id).filter(|link| link.by != By::Reader);
    let shown: Vec<&Link> = told.collect();
    let suggested = shown.iter().filter(|link| link.status == Status::Suggested);
    let worked: Vec<&Link> = suggested.copied().collect();
    let worked = if worked.is_empty() { shown.into_iter().take(1).collect() } else { worked };
    for link in worked {
        rows.extend(link_rows(model, findings, id, link, width).into_iter().map(FullRow::from));
    }
    rows
}

/// “your note on “so openly””, where it is on words and not on the sentence.
fn on_what(model: &Model, note: &Note, id: SentenceId) -> String {
    let whole = one_line(model.corpus.text(id));
    if one_line(&note.anchor.quote.exact) == whole {
        return "your note".to_owned();
    }
    format!("your note on “{}”", note.anchor.opening())
}

/// The reader's verdict, and the notes word for word.
fn own_rows(model: &Model, id: SentenceId, width: usize) -> Vec<Vec<Piece>> {
    let Some(own) = model.annotations.sentences.get(&id) else { return Vec::new() };
    let theme = &model.theme;
    let mut rows = Vec::new();
    if let Some(verdict) = own.verdict {
        rows.push(vec![("! ".to_owned(), theme.note), (format!("verdict {}", verdict.name()), theme.text)]);
    }
    for note in own.notes.iter().filter_map(|number| model.session.notes.get(*number)) {
        rows.push(vec![("! ".to_owned(), theme.note), (on_what(model, note, id), theme.text)]);
        for line in note.text.lines() {
            let words = wrap::rows(line, width.saturating_sub(4));
            rows.extend(words.map(|words| vec![(format!("    {}", &line[words]), theme.text)]));
        }
    }
    rows
}

/// “    −2.00  where every sentence starts”
fn start_row(model: &Model, bias: f32) -> Vec<Piece> {
    let start = signed(bias, 2);
    vec![(format!("    {start}  where every sentence starts"), model.theme.dim)]
}

/// “    +1.10  exploited    without it 0.61, not shown · act”
fn cue_row(model: &Model, findings: &Findings, id: SentenceId, cue: &Cue, working: &Working) -> Vec<Piece> {
    let theme = &model.theme;
    let style = if cue.weight < 0.0 { theme.against } else { theme.value };
    let words = quoted(model, id, cue, 40);
    let fill = " ".repeat(28usize.saturating_sub(wrap::width(&words)));
    let rule = findings.lexicon.rules().get(usize::from(cue.rule.0));
    let like = findings.lexicon.weighs_like(cue.rule, &words.to_lowercase());
    let like = like.map(|like| format!(", weighs like “{like}”")).unwrap_or_default();
    vec![
        ("    ".to_owned(), theme.text),
        (signed(cue.weight, 2), style),
        (format!("  {words}{fill}  "), theme.text),
        (without(cue, working), theme.dim),
        (rule.map_or(String::new(), |rule| format!(" · {}", rule.name)), theme.dim),
        (like, theme.dim),
    ]
}

/// What a rule finds, and where it comes from; told below the first of its cues.
fn rule_rows(model: &Model, findings: &Findings, cue: &Cue, width: usize) -> Vec<Vec<Piece>> {
    let Some(rule) = findings.lexicon.rules().get(usize::from(cue.rule.0)) else { return Vec::new() };
    let mut rows = dim_rows(model, &format!("{}: {}", rule.id, rule.about), width);
    rows.extend(dim_rows(model, &format!("source: {}", rule.source), width));
    rows
}

/// Words below what they are about, in as many rows as they need.
fn dim_rows(model: &Model, told: &str, width: usize) -> Vec<Vec<Piece>> {
    let indent = " ".repeat(RULE_INDENT);
    let lines = wrap::rows(told, width.saturating_sub(RULE_INDENT));
    lines.map(|line| vec![(format!("{indent}{}", &told[line]), model.theme.dim)]).collect()
}

/// “    +2.80  in all, a score of 0.94; below 0.50 without “laid 40 mines””
fn sum_rows(model: &Model, id: SentenceId, working: &Working, width: usize) -> Vec<Vec<Piece>> {
    let names = working.without.iter().map(|cue| format!("“{}”", quoted(model, id, cue, 32)));
    told_sum(model, working.sum, working.score, working.threshold, &names.collect::<Vec<_>>(), width)
}

fn told_sum(
    model: &Model,
    sum: f32,
    score: f32,
    from: f32,
    names: &[String],
    width: usize,
) -> Vec<Vec<Piece>> {
    let hangs = if score >= from && !names.is_empty() {
        format!("; below {from:.2} without {}", names.join(", "))
    } else {
        String::new()
    };
    let told = format!("in all, a score of {score:.2}{hangs}");
    let theme = &model.theme;
    let mut rows = Vec::new();
    for (number, line) in wrap::rows(&told, width.saturating_sub(RULE_INDENT)).enumerate() {
        let before = if number == 0 { format!("    {}  ", signed(sum, 2)) } else { " ".repeat(RULE_INDENT) };
        rows.push(vec![(before, theme.value), (told[line].to_owned(), theme.text)]);
    }
    rows
}

/// The working of a link: what it starts from, its signs, what it hangs on.
fn link_rows(
    model: &Model,
    findings: &Findings,
    id: SentenceId,
    link: &Link,
    width: usize,
) -> Vec<Vec<Piece>> {
    let (theme, signs) = (&model.theme, &link.signs);
    if signs.all.is_empty() {
        return Vec::new();
    }
    let other = super::name_of(model, link.other_end(id));
    let mut rows =
        vec![vec![(format!("how “{}” with {other} was weighed", link.relation.name()), theme.thread)]];
    rows.push(vec![(format!("    {}  where every such pair starts", signed(signs.base, 2)), theme.dim)]);
    for sign in signs.all.iter().take(MOST_SIGNS) {
        rows.push(sign_row(model, sign));
    }
    let others: f32 = signs.all.iter().skip(MOST_SIGNS).map(Sign::adds).sum();
    if signs.all.len() > MOST_SIGNS {
        let words = format!("    {}  {} lighter signs", signed(others, 2), signs.all.len() - MOST_SIGNS);
        rows.push(vec![(words, theme.dim)]);
    }
    let (sum, from) = (signs.sum(), findings.weights.thresholds.link);
    if link.status == Status::Suggested {
        let without = signs.without(from);
        let names = without.iter().map(|sign| format!("“{}”", sign.feature.name().replace('_', " ")));
        rows.extend(told_sum(model, sum, logistic(sum), from, &names.collect::<Vec<_>>(), width));
    } else {
        let likely = logistic(sum);
        let words = format!("    {}  in all: {likely:.2} of the {from:.2} that shows a link", signed(sum, 2));
        rows.push(vec![(words, theme.dim)]);
    }
    rows
}

/// “    +1.31  denial 0.80 × 1.64     The answer denies, rejects or corrects.”
fn sign_row(model: &Model, sign: &Sign) -> Vec<Piece> {
    let theme = &model.theme;
    let style = if sign.adds() < 0.0 { theme.against } else { theme.value };
    let name = sign.feature.name().replace('_', " ");
    let words = format!("  {name} {:.2} × {}", sign.strength, signed(sign.weight, 2));
    let fill = " ".repeat(34usize.saturating_sub(wrap::width(&words)));
    vec![
        ("    ".to_owned(), theme.text),
        (signed(sign.adds(), 2), style),
        (format!("{words}{fill}"), theme.text),
        (one_line(sign.feature.about()), theme.dim),
    ]
}

/// What the score would be without a cue; weights are log-odds, so they are taken off there.
fn without(cue: &Cue, working: &Working) -> String {
    if cue.weight == 0.0 {
        return "seen, but does not count: negated, or somebody else’s words".to_owned();
    }
    let (score, from) = (working.score, working.threshold);
    let rest = logistic(working.sum - cue.weight);
    let shown = if (score >= from) == (rest >= from) {
        ""
    } else if rest >= from {
        ", shown"
    } else {
        ", not shown"
    };
    format!("without it {rest:.2}{shown}")
}

/// Pieces broken into rows of `width` cells, between pieces.
fn wrapped(pieces: &[Piece], width: usize) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = vec![];
    let mut used = width + 1;
    for (text, style) in pieces {
        let cells = wrap::width(text);
        if used + cells > width {
            rows.push(vec![("    ".to_owned(), Style::new())]);
            used = 0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((text.clone(), *style));
        }
        used += cells;
    }
    rows
}
