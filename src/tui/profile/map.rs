//! The links between two statements on a canvas: each statement an edge from its first sentence at the
//! top to its last at the bottom, each link a line, in the colour of its relation and with its letter.

use std::rc::Rc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::widgets::canvas::{Canvas, Line};

use crate::analysis::{Link, Relation, Status};
use crate::corpus::{SentenceId, StatementId};
use crate::text::one_line;
use crate::tui::inspector::name_of;
use crate::tui::model::Model;
use crate::tui::paint::{Pen, dot, row};

/// Cells at each side for letters and numbers.
const EDGE: u16 = 8;
/// Links that are drawn at most, the surest of all: more would be one dark field.
const MOST_DRAWN: usize = 500;
/// Rows below the picture: the letters, the chosen link, its two sentences.
const BELOW: u16 = 4;

/// The pairs of statements that have a link, those with the most links first.
pub fn pairs(model: &Model) -> Rc<Vec<[StatementId; 2]>> {
    model.lists.profile.pairs.get(model.changes, || count(model))
}

fn count(model: &Model) -> Vec<[StatementId; 2]> {
    let mut counts: std::collections::BTreeMap<[StatementId; 2], usize> = std::collections::BTreeMap::new();
    for link in suggested(model) {
        *counts.entry(pair_of(model, link)).or_default() += 1;
    }
    let mut pairs: Vec<_> = counts.into_iter().collect();
    pairs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    pairs.into_iter().map(|(pair, _)| pair).collect()
}

fn suggested(model: &Model) -> impl Iterator<Item = &Link> {
    let links = model.analysis().map_or(&[][..], |analysis| &analysis.links);
    links.iter().filter(|link| link.status == Status::Suggested)
}

fn pair_of(model: &Model, link: &Link) -> [StatementId; 2] {
    let mut pair = [link.from, link.to].map(|id| model.corpus.sentence(id).statement);
    pair.sort();
    pair
}

/// The links of a pair, from the top of the left edge to its bottom.
pub fn links(model: &Model, pair: usize) -> Vec<&Link> {
    let Some(analysis) = model.analysis() else { return Vec::new() };
    let places = model.lists.profile.links.get((model.changes, pair), || places(model, pair));
    places.iter().map(|place| &analysis.links[*place]).collect()
}

fn places(model: &Model, pair: usize) -> Vec<usize> {
    let (Some(analysis), Some(pair)) = (model.analysis(), pairs(model).get(pair).copied()) else {
        return Vec::new();
    };
    let links = analysis.links.iter().enumerate();
    let own = links.filter(|(_, link)| link.status == Status::Suggested && pair_of(model, link) == pair);
    let mut places: Vec<usize> = own.map(|(place, _)| place).collect();
    places.sort_by_key(|place| ends_of(model, &analysis.links[*place], pair));
    places
}

/// The ends of a link, that of the left statement first.
fn ends_of(model: &Model, link: &Link, pair: [StatementId; 2]) -> (SentenceId, SentenceId) {
    if model.corpus.sentence(link.from).statement == pair[0] {
        (link.from, link.to)
    } else {
        (link.to, link.from)
    }
}

/// The answer and what it answers of the chosen link.
pub fn ends(model: &Model, pair: usize, chosen: usize) -> Option<(SentenceId, SentenceId)> {
    links(model, pair).get(chosen).map(|link| (link.from, link.to))
}

/// “profile · links between Mara Vell and Ilan Oru: 7 · pair 1 of 3”
pub fn title(model: &Model, pair: usize) -> String {
    let all = pairs(model);
    match all.get(pair) {
        None => "profile · links between two statements".to_owned(),
        Some([one, other]) => format!(
            "profile · links between {} and {}: {} · pair {} of {}",
            model.corpus.title_of(*one),
            model.corpus.title_of(*other),
            links(model, pair).len(),
            pair + 1,
            all.len()
        ),
    }
}

/// The letter and the style of a relation.
fn look(model: &Model, relation: Relation) -> (&'static str, Style) {
    let theme = &model.theme;
    match relation {
        Relation::Rebuts => ("R", theme.rebuttal),
        Relation::Contradicts => ("X", theme.against),
        Relation::Echoes => ("E", theme.dim),
        Relation::Accepts => ("A", theme.message),
        Relation::Deflects => ("D", theme.rhetoric),
    }
}

/// Paints the map over `area`, the chosen link and its words below it.
pub fn paint(model: &Model, pair: usize, chosen: usize, area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let (all, ids) = (links(model, pair), pairs(model).get(pair).copied());
    let Some(ids) = ids else {
        Pen::new(frame.buffer_mut(), row(area, 0)).put_shortened("no two statements are linked", theme.dim);
        return;
    };
    let chosen = chosen.min(all.len().saturating_sub(1));
    let height = area.height.saturating_sub(BELOW);
    let picture = Rect { height, ..area };
    if height >= 2 && area.width > 2 * EDGE + 4 {
        draw(model, ids, &drawn(&all, chosen), picture, frame);
    }
    let below = Rect { y: area.y + height, height: area.height - height, ..area };
    key(model, all.len(), row(below, 0), frame);
    let Some(link) = all.get(chosen) else { return };
    let (letter, style) = look(model, link.relation);
    let (from, to) = (name_of(model, link.from), name_of(model, link.to));
    let mut pen = Pen::new(frame.buffer_mut(), row(below, 1));
    pen.put(&format!("{letter} "), style)
        .put(&format!("{from} {} {to} ", link.relation.name()), theme.thread);
    pen.put(&format!("{:.2}   link {} of {}", link.score, chosen + 1, all.len()), theme.value);
    for (number, id) in [link.from, link.to].into_iter().enumerate() {
        let words = format!("“{}”", one_line(model.corpus.text(id)));
        Pen::new(frame.buffer_mut(), row(below, 2 + number)).skip(2).put_shortened(&words, theme.text);
    }
}

/// The links that are drawn, the chosen one last.
fn drawn<'l>(all: &[&'l Link], chosen: usize) -> Vec<&'l Link> {
    let mut order: Vec<usize> = (0..all.len()).filter(|place| *place != chosen).collect();
    if order.len() > MOST_DRAWN {
        order.sort_by(|a, b| all[*b].score.total_cmp(&all[*a].score));
        order.truncate(MOST_DRAWN);
        order.sort_unstable();
    }
    order.into_iter().chain((chosen < all.len()).then_some(chosen)).map(|place| all[place]).collect()
}

/// What the letters mean, and that not all links are drawn where they are too many.
fn key(model: &Model, count: usize, area: Rect, frame: &mut Frame<'_>) {
    let mut pen = Pen::new(frame.buffer_mut(), area);
    for relation in Relation::ALL {
        let (letter, style) = look(model, relation);
        pen.put(letter, style).put(&format!(" {}   ", relation.name()), model.theme.dim);
    }
    if count > MOST_DRAWN {
        pen.put_shortened(&format!("the {MOST_DRAWN} surest of {count} are drawn"), model.theme.dim);
    }
}

fn draw(model: &Model, ids: [StatementId; 2], links: &[&Link], area: Rect, frame: &mut Frame<'_>) {
    let theme = &model.theme;
    let place = |id: SentenceId, side: usize| {
        let count = model.corpus.sentences_of(ids[side]).len();
        (model.corpus.number_of(id) as f64 + 0.5) / count.max(1) as f64
    };
    let canvas_area = Rect { x: area.x + EDGE, width: area.width - 2 * EDGE, ..area };
    let line = |link: &Link, style: Style| {
        let (left, right) = ends_of(model, link, ids);
        Line::new(0.0, 1.0 - place(left, 0), 1.0, 1.0 - place(right, 1), style.fg.unwrap_or_default())
    };
    let canvas = Canvas::default().marker(Marker::Braille).x_bounds([0.0, 1.0]).y_bounds([0.0, 1.0]).paint(
        |context| {
            for link in links {
                context.draw(&line(link, look(model, link.relation).1));
            }
            context.layer();
            // Without colour it is told by its dots.
            context.marker(Marker::Dot);
            if let Some(link) = links.last() {
                context.draw(&line(link, theme.thread));
            }
        },
    );
    frame.render_widget(canvas, canvas_area);
    let buffer = frame.buffer_mut();
    for y in area.y..area.bottom() {
        dot(buffer, area.x + EDGE - 1, y, "│", theme.rule);
        dot(buffer, area.right() - EDGE, y, "│", theme.rule);
    }
    let y = |place: f64| area.y + ((place * f64::from(area.height)) as u16).min(area.height - 1);
    for (number, link) in links.iter().enumerate() {
        let (left, right) = ends_of(model, link, ids);
        let (letter, style) = look(model, link.relation);
        let here = number + 1 == links.len();
        let numbers = [left, right].map(|id| model.corpus.number_of(id) + 1);
        let (name, bar) = if here { (theme.thread, "▸") } else { (theme.text, " ") };
        let area_of = |x: u16, y: u16| Rect { x, y, width: EDGE - 1, height: 1 };
        let mut pen = Pen::new(buffer, area_of(area.x, y(place(left, 0))));
        pen.put(&format!("{bar}{:>4}", numbers[0]), name).put(letter, style);
        let mut pen = Pen::new(buffer, area_of(area.right() - EDGE + 1, y(place(right, 1))));
        pen.put(letter, style).put(&format!("{:<4}{}", numbers[1], if here { "◂" } else { " " }), name);
    }
}
