//! Where in a statement a quotation's words stand.

use std::collections::HashMap;
use std::ops::Range;

use super::pattern::{Joint, Part, Pattern, Wanted};
use super::{Changed, FEWEST};
use crate::corpus::{Corpus, StatementId};
use crate::text::changes::changes;
use crate::text::span::StatementText;
use crate::text::{Span, Word, words};

/// Most words that brackets stand for.
const MOST_PUT: usize = 10;
/// Most words that dots stand for.
const MOST_LEFT_OUT: usize = 300;
/// Words that stand in a statement more often than this lead nowhere.
const MOST_PLACES: usize = 40;
/// Two places this many words apart may be of one quotation.
const SLACK: usize = 8;

/// A statement that may be quoted.
pub struct Original {
    /// Which.
    pub statement: StatementId,
    words: Vec<Word<StatementText>>,
    /// By word, where it stands.
    places: HashMap<String, Vec<usize>>,
}

/// The place that is likest to a quotation.
pub struct Likest {
    /// Share of the quotation's words that stand there.
    pub share: f32,
    /// Where.
    pub span: Span,
    /// What differs.
    pub changed: Vec<Changed>,
}

impl Original {
    /// Reads a statement.
    pub fn read(corpus: &Corpus, statement: StatementId) -> Self {
        let words = words(&corpus.statement(statement).text, 0);
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            places.entry(word.folded.clone()).or_default().push(at);
        }
        Self { statement, words, places }
    }

    fn span(&self, words: &Range<usize>) -> Option<Span> {
        let words = self.words.get(words.clone())?;
        Some(words.first()?.span.cover(&words.last()?.span))
    }

    /// Where all its words stand, but for what its marks allow.
    pub fn find(&self, pattern: &Pattern) -> Option<Span> {
        let mut runs = pattern.runs();
        let first = runs.next()?;
        let rest: Vec<&[Wanted]> = runs.collect();
        let found = self.starts(first).find_map(|start| {
            let mut end = start + first.len();
            for run in &rest {
                let most = if run[0].before == Joint::Dots { MOST_LEFT_OUT } else { MOST_PUT };
                let at = (end..=end + most).find(|at| self.stands(run, *at))?;
                end = at + run.len();
            }
            Some(start..end)
        })?;
        self.span(&found)
    }

    /// Where a run of words stands.
    fn starts<'o>(&'o self, run: &'o [Wanted]) -> impl Iterator<Item = usize> {
        // By its rarest whole word, or everywhere if it has none.
        let rarest = run.iter().enumerate().filter(|(_, word)| word.part == Part::Whole).map(|(at, word)| {
            let places = self.places.get(&word.folded).map_or(&[][..], Vec::as_slice);
            (places.len(), at, places)
        });
        let by_word = rarest.min_by_key(|(count, at, _)| (*count, *at));
        let everywhere = if by_word.is_some() { 0..0 } else { 0..self.words.len() };
        let (at, places) = by_word.map_or((0, &[][..]), |(_, at, places)| (at, places));
        let starts = places.iter().filter_map(move |place| place.checked_sub(at)).chain(everywhere);
        starts.filter(|start| self.stands(run, *start))
    }

    fn stands(&self, run: &[Wanted], at: usize) -> bool {
        let said = self.words.get(at..at.saturating_add(run.len()));
        said.is_some_and(|said| run.iter().zip(said).all(|(wanted, said)| wanted.is(&said.folded)))
    }

    /// Where most of its words stand; none if hardly any do.
    pub fn likest(&self, pattern: &Pattern) -> Option<Likest> {
        let around = self.around(pattern)?;
        let said = &self.words[around.clone()];
        let quoted = pattern.words.iter().map(|word| word.folded.as_str());
        let found = changes(said.iter().map(|word| word.folded.as_str()), quoted);
        let added: usize = found.iter().map(|change| change.after.len()).sum();
        let kept = pattern.words.len() - added;
        if kept < FEWEST {
            return None;
        }
        // What was said before the first word quoted and behind the last is not left out of it.
        let is_end = |change: &crate::text::changes::Change| {
            change.after.is_empty() && (change.before.start == 0 || change.before.end == said.len())
        };
        let from = found.first().filter(|change| is_end(change) && change.before.start == 0);
        let to = found.last().filter(|change| is_end(change) && change.before.end == said.len());
        let from = from.map_or(0, |change| change.before.end);
        let to = to.map_or(said.len(), |change| change.before.start);
        let changed = found.iter().filter(|change| {
            let by_dots = change.after.is_empty()
                && pattern.words.get(change.after.start).is_some_and(|word| word.before != Joint::Next);
            !is_end(change) && !by_dots
        });
        let changed = changed.map(|change| {
            let quoted = pattern
                .words
                .get(change.after.clone())
                .and_then(|words| Some(words.first()?.span.cover(&words.last()?.span)));
            let said = around.start + change.before.start..around.start + change.before.end;
            Changed { quoted, said: self.span(&said) }
        });
        Some(Likest {
            share: kept as f32 / pattern.words.len() as f32,
            changed: changed.collect(),
            span: self.span(&(around.start + from..around.start + to.max(from + 1)))?,
        })
    }

    /// The stretch in which most of its rarer words stand in its order.
    fn around(&self, pattern: &Pattern) -> Option<Range<usize>> {
        // A place votes for where the quotation would begin if nothing were left out.
        let mut begins: Vec<(isize, usize)> = Vec::new();
        for (number, word) in pattern.words.iter().enumerate() {
            let places = self.places.get(&word.folded).filter(|places| places.len() <= MOST_PLACES);
            for place in places.into_iter().flatten() {
                begins.push((place.cast_signed() - number.cast_signed(), *place));
            }
        }
        begins.sort_unstable();
        let room = (pattern.words.len() / 2 + SLACK).cast_signed();
        let (mut first, mut best) = (0, 0..0);
        for end in 1..=begins.len() {
            while begins[end - 1].0 - begins[first].0 > room {
                first += 1;
            }
            if end - first > best.len() {
                best = first..end;
            }
        }
        let places = begins.get(best)?.iter().map(|(_, place)| *place);
        let (low, high) = (places.clone().min()?, places.max()?);
        let margin = pattern.words.len() / 2 + SLACK;
        Some(low.saturating_sub(margin)..(high + margin).min(self.words.len()))
    }
}
