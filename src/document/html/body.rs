//! Which blocks of a page are the statement, and its title and day.
//!
//! Prose decides: a block of some length that ends as a sentence does and is not mostly links. The
//! statement is the deepest element that holds most of the page's prose, furniture left out; so a
//! page needs no `<article>` and no `<p>`. The title is the heading before the first prose that the
//! page's own `<title>` repeats, else the highest one near; the day stands near the title, or in the
//! page's fields.

use std::ops::Range;

use jiff::civil::Date;

use super::hints::Hint;
use super::page::{Block, Page};
use super::text::plain;
use crate::document::date::{day_within, iso_day};
use crate::document::furniture::{is_page_furniture, is_section};
use crate::document::lines::ends_sentence;
use crate::text::{is_unspaced, one_line};

/// The statement of a page.
#[derive(Debug)]
pub struct Body {
    /// Indices of its blocks, in order; the title's own is among them.
    pub blocks: Vec<usize>,
    /// Its title.
    pub title: Option<String>,
    /// Its day.
    pub date: Option<Date>,
}

/// What a block weighs, a letter of a script with spaces being 1.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    all: usize,
    linked: usize,
    prose: usize,
    furniture: bool,
}

impl Weight {
    fn is_linked(self) -> bool {
        self.linked * 3 > self.all * 2
    }
}

/// A page being judged.
struct Judge<'p> {
    page: &'p Page,
    source: &'p str,
    /// The text of each block.
    texts: Vec<String>,
    weights: Vec<Weight>,
}

/// The statement that `page`, made from `source`, holds.
pub fn body(page: &Page, source: &str) -> Body {
    let judge = Judge::new(page, source);
    let main = judge.main();
    let first = main.clone().find(|&at| judge.counts(at)).unwrap_or(main.start);
    let names = names(page, source);
    let heading = judge.heading(first, &main, &names);
    let blocks = judge.kept(&main, heading);
    let title = heading.map(|at| judge.texts[at].clone()).or_else(|| names.into_iter().next());
    let date = judge.date(heading.unwrap_or(first), first);
    Body { blocks, title: title.filter(|title| !title.is_empty()), date }
}

impl<'p> Judge<'p> {
    fn new(page: &'p Page, source: &'p str) -> Self {
        let texts: Vec<String> = page.blocks.iter().map(|block| plain(page, block, source)).collect();
        let weights =
            page.blocks.iter().zip(&texts).map(|(block, text)| weigh(page, block, text, source)).collect();
        let mut judge = Self { page, source, texts, weights };
        if judge.weights.iter().all(|weight| weight.prose == 0) {
            judge.weights.iter_mut().for_each(|weight| weight.prose = weight.all - weight.linked);
        }
        judge.mark_furniture();
        judge
    }

    /// Marks blocks in elements that look like furniture and do not hold most of the prose.
    fn mark_furniture(&mut self) {
        let all: usize = self.weights.iter().map(|weight| weight.prose).sum();
        for element in self.page.elements.iter().filter(|element| element.hint == Hint::Furniture) {
            let inside = &mut self.weights[element.start..element.end];
            if inside.iter().map(|weight| weight.prose).sum::<usize>() * 2 <= all {
                for weight in inside {
                    weight.furniture = true;
                }
            }
        }
    }

    fn counts(&self, at: usize) -> bool {
        !self.weights[at].furniture && self.weights[at].prose > 0
    }

    /// The blocks of the element that holds the statement.
    fn main(&self) -> Range<usize> {
        let mut sums = vec![0];
        for (at, weight) in self.weights.iter().enumerate() {
            sums.push(sums[at] + if weight.furniture { 0 } else { weight.prose });
        }
        let held = |range: &Range<usize>| sums[range.end] - sums[range.start];
        let mut main = 0..self.page.blocks.len();
        for hint in [Hint::Main, Hint::Article] {
            let named = self.page.elements.iter().filter(|element| element.hint == hint);
            let named = named.map(|element| element.start..element.end);
            if let Some(named) = named.max_by_key(held).filter(|named| held(named) * 2 > held(&main)) {
                main = named;
            }
        }
        let all = held(&main);
        let within = |range: &Range<usize>| main.start <= range.start && range.end <= main.end;
        let elements = self.page.elements.iter().map(|element| element.start..element.end);
        // Those that hold that much lie in each other, so the last to begin is the deepest.
        elements.rev().find(|range| within(range) && held(range) * 10 >= all * 7).unwrap_or(main.clone())
    }

    /// The block that holds the statement's title, before its `first` prose.
    fn heading(&self, first: usize, main: &Range<usize>, names: &[String]) -> Option<usize> {
        const NEAR: usize = 40;
        let is_heading = |at: &usize| self.page.blocks[*at].heading > 0 && !is_section(&self.texts[*at]);
        let end = first + usize::from(self.page.blocks.get(first)?.heading > 0);
        let near = end.saturating_sub(NEAR)..end;
        let seen: Vec<usize> =
            near.filter(is_heading).filter(|at| !self.weights[*at].furniture || main.contains(at)).collect();
        let named = seen.iter().copied().filter(|&at| {
            let text = folded(&self.texts[at]);
            text.len() >= 8 && names.iter().any(|name| folded(name).contains(&text))
        });
        let inside = seen.iter().copied().filter(|at| main.contains(at));
        let level = |at: &usize| (std::cmp::Reverse(self.page.blocks[*at].heading), *at);
        named
            .max_by_key(|at| (self.texts[*at].len(), *at))
            .or_else(|| inside.max_by_key(level))
            .or_else(|| seen.iter().copied().max_by_key(level))
    }

    /// What of the main blocks is the statement: from the title to the last prose.
    fn kept(&self, main: &Range<usize>, heading: Option<usize>) -> Vec<usize> {
        let start = heading.map_or(main.start, |at| at.min(main.end));
        let kept = |at: &usize| {
            let (weight, text) = (self.weights[*at], &self.texts[*at]);
            let is_title = Some(*at) == heading;
            let is_near = main.contains(at) || weight.all <= 160;
            is_title
                || is_near
                    && !weight.furniture
                    && weight.all > 0
                    && !weight.is_linked()
                    && !is_page_furniture(text)
        };
        let mut blocks: Vec<usize> = (start..main.end).filter(kept).collect();
        let is_end = |at: &usize| self.weights[*at].prose > 0 || ends_sentence(&self.texts[*at]);
        if let Some(last) =
            blocks.iter().rposition(is_end).filter(|_| blocks.iter().any(|at| self.counts(*at)))
        {
            blocks.truncate(last + 1);
        }
        blocks
    }

    /// The day that stands near the title, else the page's own.
    fn date(&self, title: usize, first: usize) -> Option<Date> {
        const ABOVE: usize = 6;
        const BELOW: usize = 3;
        let near = title.saturating_sub(ABOVE)..(first + BELOW).min(self.texts.len());
        let below = title..near.end;
        let short = |at: &usize| self.texts[*at].len() <= 120 && self.weights[*at].prose == 0;
        let day = |range: Range<usize>| range.filter(short).find_map(|at| day_within(&self.texts[at]));
        let timed = |range: &Range<usize>| {
            self.page.times.iter().filter(|(at, _)| range.contains(at)).find_map(|(_, time)| iso_day(time))
        };
        day(below)
            .or_else(|| timed(&near))
            .or_else(|| day(near.start..title))
            .or_else(|| published(self.page, self.source))
    }
}

fn weigh(page: &Page, block: &Block, text: &str, source: &str) -> Weight {
    let all = weight_of(text);
    let linked: usize = page.runs[block.start..block.end]
        .iter()
        .filter(|run| run.link)
        .map(|run| weight_of(run.span.of(source).trim()))
        .sum();
    let linked = linked.min(all);
    let is_prose = linked * 2 < all
        && block.heading == 0
        && (all >= 120 || all >= 40 && ends_sentence(text))
        && !is_page_furniture(text);
    Weight { all, linked, prose: if is_prose { all } else { 0 }, furniture: false }
}

fn weight_of(text: &str) -> usize {
    text.chars().map(|c| if is_unspaced(c) { 3 } else { 1 }).sum()
}

/// The names that the page gives itself, without the site's.
fn names(page: &Page, source: &str) -> Vec<String> {
    let field =
        |name: &str| page.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let titles = [
        field("og:title"),
        field("twitter:title"),
        field("dc.title"),
        page.title.map(|span| super::text::decoded(span.of(source))),
    ];
    titles
        .into_iter()
        .flatten()
        .map(|title| without_site(&title))
        .filter(|title| !title.is_empty() && !is_section(title))
        .collect()
}

/// The longest part of a title between the signs that part it from the name of the site.
fn without_site(title: &str) -> String {
    const SIGNS: [&str; 7] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « "];
    let title = one_line(title);
    let mut parts = vec![title.as_str()];
    for sign in SIGNS {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    parts.into_iter().max_by_key(|part| part.len()).unwrap_or_default().trim().to_owned()
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The day of publication that the page's fields or data name.
fn published(page: &Page, source: &str) -> Option<Date> {
    const FIELDS: &[&str] = &[
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "dcterms.created",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "sailthru.date",
        "parsely-pub-date",
        "og:published_time",
        "article.published",
    ];
    let field = FIELDS.iter().find_map(|name| {
        let (_, value) = page.fields.iter().find(|(known, _)| known == name)?;
        day_within(value)
    });
    field.or_else(|| {
        page.data.iter().find_map(|data| {
            let (_, rest) = data.of(source).split_once("\"datePublished\"")?;
            iso_day(rest.split(['}', ',']).next()?)
        })
    })
}
