//! Finds words in all statements.
//!
//! Letters match whatever their case unless a capital is typed; everything else literally.

use std::collections::BTreeSet;

use super::jumps::Jumps;
use super::line_edit::LineEdit;
use super::mode::Mode;
use super::model::{Column, Model};
use super::motion;
use crate::corpus::{Corpus, SentenceId};
use crate::text::Span;

/// Hits kept; more than these nobody steps through.
const MOST: usize = 100_000;

/// The search line while it is typed, and where it was opened.
#[derive(Debug)]
pub struct SearchLine {
    /// What is typed.
    pub edit: LineEdit,
    origin: Option<SentenceId>,
    columns: Vec<Column>,
    jumps: Jumps,
    before: Option<Search>,
    /// How many searches back the line shows; none if the reader types a new one.
    back: usize,
    /// What was shown in spite of the filter.
    revealed: BTreeSet<SentenceId>,
}

/// The hits of a search.
#[derive(Debug)]
pub struct Search {
    /// What is looked for.
    pub query: String,
    /// In the order of the texts.
    pub hits: Vec<Hit>,
    /// The hit that the reader stands on.
    pub at: usize,
    /// Whether hits are painted; the escape key ends that, the next step begins it again.
    pub painted: bool,
}

/// Words found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The sentence in which they begin.
    pub sentence: SentenceId,
    /// Where they stand in its statement.
    pub span: Span,
}

impl Search {
    /// Looks for `query`; the first hit at or after `from` is the one to go to.
    fn of(corpus: &Corpus, query: &str, from: Option<SentenceId>) -> Self {
        let hits = find(corpus, query);
        let at = hits.partition_point(|hit| Some(hit.sentence) < from);
        Self { query: query.to_owned(), at: if at < hits.len() { at } else { 0 }, hits, painted: true }
    }

    /// Looks for the same words in another reading of the texts.
    pub fn again(&mut self, corpus: &Corpus) {
        let painted = self.painted;
        *self = Self { painted, ..Self::of(corpus, &self.query, None) };
    }

    /// “3/17”, or that there is nothing.
    pub fn place(&self) -> String {
        match self.hits.len() {
            0 => "nothing found".to_owned(),
            MOST => format!("{}/{MOST} and more", self.at + 1),
            all => format!("{}/{all}", self.at + 1),
        }
    }

    /// The hits that begin in a sentence; also one that reaches into it from the sentence before.
    pub fn in_sentence(&self, id: SentenceId) -> &[Hit] {
        let start = self.hits.partition_point(|hit| hit.sentence.0 + 1 < id.0);
        let end = self.hits.partition_point(|hit| hit.sentence <= id);
        &self.hits[start..end]
    }
}

/// Opens the search line.
pub fn open(model: &mut Model) {
    let line = SearchLine {
        edit: LineEdit::default(),
        origin: model.sentence(),
        columns: model.columns.clone(),
        jumps: std::mem::take(&mut model.jumps),
        before: model.search.take(),
        back: 0,
        revealed: model.shown.revealed().clone(),
    };
    model.mode = Mode::Search(line);
}

/// The words typed have changed: shows their first hit.
pub fn typed(model: &mut Model) {
    let Mode::Search(line) = &model.mode else { return };
    let (query, origin) = (line.edit.text().to_owned(), line.origin);
    let revealed = line.revealed.clone();
    model.shown.reveal_only(revealed);
    if query.is_empty() {
        model.search = None;
        return back_to_origin(model);
    }
    let search = Search::of(&model.corpus, &query, origin);
    let first = search.hits.get(search.at).copied();
    model.search = Some(search);
    match first {
        Some(hit) => motion::go(model, hit.sentence),
        None => back_to_origin(model),
    }
}

fn back_to_origin(model: &mut Model) {
    let Mode::Search(line) = &model.mode else { return };
    let (origin, columns) = (line.origin, line.columns.clone());
    if let Some(origin) = origin {
        motion::go(model, origin);
    }
    model.columns = columns;
}

/// Ends the search line and stays at the hit; an empty line takes the search before up again.
pub fn accept(model: &mut Model) {
    let Mode::Search(line) = std::mem::take(&mut model.mode) else { return };
    model.jumps = line.jumps;
    if line.edit.text().is_empty() {
        model.search = line.before;
        return step(model, 1);
    }
    model.searched.retain(|query| query != line.edit.text());
    model.searched.push(line.edit.text().to_owned());
    if let (Some(origin), Some(search)) = (line.origin, &model.search) {
        let place = search.place();
        if search.hits.is_empty() {
            let query = search.query.clone();
            model.search = line.before;
            return model.say(format!("“{query}” is nowhere in these statements"));
        }
        model.jumps.leave(origin);
        model.say(place);
    }
}

/// Ends the search line and goes back to where it was opened.
pub fn cancel(model: &mut Model) {
    if let Mode::Search(line) = &model.mode {
        let revealed = line.revealed.clone();
        model.shown.reveal_only(revealed);
    }
    back_to_origin(model);
    let Mode::Search(line) = std::mem::take(&mut model.mode) else { return };
    model.jumps = line.jumps;
    model.search = line.before;
    if let Some(search) = &mut model.search {
        search.painted = false;
    }
}

/// Puts what was searched for `by` searches further back on the line; at the end an empty one.
pub fn take_up(model: &mut Model, by: isize) {
    let count = model.searched.len();
    let Mode::Search(line) = &mut model.mode else { return };
    let back = line.back.saturating_add_signed(by).min(count);
    if back == line.back {
        let end = if by > 0 { "nothing was searched for before that" } else { "this is the newest search" };
        return model.say(end);
    }
    line.back = back;
    line.edit = LineEdit::default();
    if let Some(query) = count.checked_sub(back).and_then(|at| model.searched.get(at)) {
        line.edit.insert(query);
    }
    typed(model);
}

/// Goes `by` hits further, round at the end.
pub fn step(model: &mut Model, by: isize) {
    let here = model.sentence();
    let Some(search) = model.search.as_mut().filter(|search| !search.hits.is_empty()) else { return };
    search.painted = true;
    let count = search.hits.len().cast_signed();
    let stands_there = Some(search.hits[search.at].sentence) == here;
    let from = if stands_there {
        search.at.cast_signed() + by
    } else {
        // The reader has moved on: the next hit from here, not from there.
        let next = search.hits.partition_point(|hit| Some(hit.sentence) <= here).cast_signed();
        let before = search.hits.partition_point(|hit| Some(hit.sentence) < here).cast_signed();
        if by > 0 { next + by - 1 } else { before + by }
    };
    search.at = from.rem_euclid(count) as usize;
    let (target, place) = (search.hits[search.at].sentence, search.place());
    motion::go(model, target);
    model.say(place);
}

/// All places of `query`, at most [`MOST`].
fn find(corpus: &Corpus, query: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let exact = query.chars().any(char::is_uppercase);
    for id in corpus.statement_ids() {
        let text = &corpus.statement(id).text;
        let mut sentences = corpus.sentences_of(id).peekable();
        let mut current = None;
        for span in matches(text, query, exact) {
            while let Some(next) = sentences.next_if(|next| corpus.sentence(*next).span.start <= span.start) {
                current = Some(next);
            }
            if hits.len() == MOST {
                return hits;
            }
            hits.extend(current.map(|sentence| Hit { sentence, span }));
        }
    }
    hits
}

/// Where `query` stands in `text`, from left to right and never overlapping.
fn matches<'t>(text: &'t str, query: &'t str, exact: bool) -> Box<dyn Iterator<Item = Span> + 't> {
    if exact || !query.chars().any(char::is_alphabetic) {
        let found = text.match_indices(query);
        return Box::new(found.map(|(at, found)| Span::new(at, at + found.len())));
    }
    let mut at = 0;
    Box::new(std::iter::from_fn(move || {
        while let Some(start) = next_start(text, at, query) {
            let Some(length) = folded_prefix(&text[start..], query) else {
                at = start + text[start..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            at = start + length;
            return Some(Span::new(start, at));
        }
        None
    }))
}

/// The next place from `at` on at which the first letter of `query` stands in either case.
fn next_start(text: &str, at: usize, query: &str) -> Option<usize> {
    let first = query.chars().next()?;
    let rest = text.get(at..)?;
    let found = if first.is_ascii() && !matches!(first, 'k' | 's') {
        let byte = first as u8;
        memchr::memchr2(byte.to_ascii_lowercase(), byte.to_ascii_uppercase(), rest.as_bytes())
    } else {
        // “K” may also be the Kelvin sign, “s” the long s.
        rest.char_indices().find(|(_, c)| same_letter(*c, first)).map(|(at, _)| at)
    };
    found.map(|found| at + found)
}

/// How many bytes of `text` match the whole of `query`, if it begins with it.
fn folded_prefix(text: &str, query: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in query.chars() {
        let (_, c) = letters.next()?;
        if !same_letter(c, wanted) {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

fn same_letter(a: char, b: char) -> bool {
    a == b || straight(a) == straight(b) || a.to_lowercase().eq(b.to_lowercase())
}

/// Typed quotes and hyphens find printed ones.
fn straight(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '‐' | '‑' => '-',
        '\u{a0}' | '\n' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, query: &str, expected: &[&str]) {
        let exact = query.chars().any(char::is_uppercase);
        let found: Vec<&str> = matches(text, query, exact).map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn case_counts_only_if_a_capital_is_typed() {
        check("China and CHINA", "china", &["China", "CHINA"]);
        check("China and CHINA", "China", &["China"]);
        check("300 \u{212a} and K", "k", &["\u{212a}", "K"]);
        check("中方 中方", "中", &["中", "中"]);
        check("aaaa", "aa", &["aa", "aa"]);
        check("Éa éA", "éa", &["Éa", "éA"]);
    }

    #[test]
    fn typed_quotes_find_printed_ones() {
        check("China’s “cyber” act", "china's \"", &["China’s “"]);
        check("one\ntwo", "one two", &["one\ntwo"]);
    }
}
