//! Reworded passages: what may have become of a quotation whose words are gone.
//!
//! Looked for between the old neighbours, and among the sentences that share rare words with it.
//! What is found is only ever proposed to the reader.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Found;
use super::place::{Quote, Source};
use crate::attribution::DocumentId;
use crate::corpus::{Corpus, SentenceId};
use crate::text::SourceSpan;
use crate::text::fold::fold;

/// Least likeness at which a place is proposed: below it more proposals are wrong than right.
const PROPOSED: f32 = 0.6;

/// How much of the likeness the neighbours decide; the rest is the words.
const NEIGHBOURS: f32 = 0.25;

/// Sentences that are compared in full with a quotation.
const COMPARED: usize = 4;

/// Quotations of more words are not compared: the time grows with the square.
const MOST_WORDS: usize = 1_000;

/// A neighbour shorter than this, in bytes of its plain form, tells no place.
const TELLING: usize = 12;

/// The words of a document's sentences.
pub(super) struct Index {
    sentences: Vec<(SentenceId, Vec<u32>)>,
    words: BTreeMap<String, u32>,
    /// For each word the sentences that hold it, as indices of `sentences`.
    holders: Vec<Vec<u32>>,
}

impl Index {
    /// Indexes the sentences of `document`.
    pub fn new(corpus: &Corpus, document: DocumentId) -> Self {
        let mut index = Self { sentences: Vec::new(), words: BTreeMap::new(), holders: Vec::new() };
        for id in corpus.statement_ids().filter(|id| corpus.statement(*id).document == document) {
            for sentence in corpus.sentences_of(id) {
                index.add(sentence, corpus.text(sentence));
            }
        }
        index
    }

    fn add(&mut self, sentence: SentenceId, text: &str) {
        let at = self.sentences.len() as u32;
        let mut ids = Vec::new();
        for word in text.unicode_words() {
            let next = self.holders.len() as u32;
            let id = *self.words.entry(fold(word)).or_insert(next);
            if id == next {
                self.holders.push(Vec::new());
            }
            let holders = &mut self.holders[id as usize];
            if holders.last() != Some(&at) {
                holders.push(at);
            }
            ids.push(id);
        }
        self.sentences.push((sentence, ids));
    }

    /// The words of `text` by their numbers; a word of no sentence has a number of its own.
    fn words(&self, text: &str) -> Vec<u32> {
        let unknown = |at: usize| u32::MAX - at as u32;
        let words = text.unicode_words().enumerate();
        words.map(|(at, word)| self.words.get(&fold(word)).copied().unwrap_or(unknown(at))).collect()
    }

    /// The sentences that share most with `words`; a word counts the less, the more hold it.
    fn nearest(&self, words: &[u32]) -> Vec<usize> {
        let mut shared: BTreeMap<u32, f32> = BTreeMap::new();
        for holders in words.iter().filter_map(|word| self.holders.get(*word as usize)) {
            for holder in holders {
                *shared.entry(*holder).or_default() += 1.0 / holders.len() as f32;
            }
        }
        let mut ranked: Vec<(u32, f32)> = shared.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(COMPARED);
        ranked.into_iter().map(|(at, _)| at as usize).collect()
    }
}

/// The likeliest place of a quotation whose words are gone, if any is likely enough.
pub(super) fn find(
    source: &Source,
    quote: &Quote,
    corpus: &Corpus,
    index: &Index,
) -> Option<(SourceSpan, Found)> {
    let words = index.words(&quote.exact.text);
    if words.is_empty() || words.len() > MOST_WORDS {
        return None;
    }
    let plain = source.plain();
    let mut best: Option<(SourceSpan, f32)> = None;
    let mut propose = |start: usize, end: usize, similar: f32, at: SourceSpan| {
        let (before, after) = quote.sides(plain, start, end);
        let likeness = likeness(similar, f32::midpoint(before, after));
        if likeness >= PROPOSED && best.is_none_or(|(_, most)| likeness > most) {
            best = Some((at, likeness));
        }
    };
    for (start, end) in between(source, quote) {
        let similar = similarity(&words, &index.words(&plain.text[start..end]));
        propose(start, end, similar, plain.origin(source.text, start, end));
    }
    for near in index.nearest(&words) {
        let (sentence, theirs) = &index.sentences[near];
        let at = corpus.source_of(*sentence);
        propose(plain.offset(at.start), plain.offset(at.end), similarity(&words, theirs), at);
    }
    best.map(|(at, likeness)| (at, Found::Likely(likeness)))
}

/// How likely it is the same passage, in `[0, 1]`, given how similar the words are and how much
/// of the neighbours is as it was.
pub(super) fn likeness(similar: f32, agreement: f32) -> f32 {
    similar * (1.0 - NEIGHBOURS + NEIGHBOURS * agreement)
}

/// Stretches of the plain text that stand between the old neighbours and are not much longer than
/// the quotation.
fn between(source: &Source, quote: &Quote) -> Vec<(usize, usize)> {
    let (plain, prefix, suffix) = (source.plain(), &quote.prefix.text, &quote.suffix.text);
    if prefix.len() < TELLING || suffix.len() < TELLING {
        return Vec::new();
    }
    let most = 2 * quote.exact.text.len();
    let stretch = |at: usize| {
        let start = at + prefix.len();
        let mut reach = plain.text.len().min(start + most + suffix.len());
        while !plain.text.is_char_boundary(reach) {
            reach -= 1;
        }
        let text = plain.text.get(start..reach)?;
        let length = text.find(suffix.as_str())?;
        let inner = text[..length].trim();
        let start = start + text[..length].len() - text[..length].trim_start().len();
        (!inner.is_empty()).then_some((start, start + inner.len()))
    };
    plain.find(prefix).filter_map(stretch).collect()
}

/// Similarity of two lists of words in `[0, 1]`: the share that need not be changed (Levenshtein).
fn similarity(a: &[u32], b: &[u32]) -> f32 {
    let most = a.len().max(b.len());
    if most == 0 || b.len() > 2 * MOST_WORDS {
        return 0.0;
    }
    1.0 - strsim::generic_levenshtein(&Numbers(a), &Numbers(b)) as f32 / most as f32
}

/// A list that can be walked by reference, as `strsim` asks.
struct Numbers<'a>(&'a [u32]);

impl<'n> IntoIterator for &'n Numbers<'_> {
    type Item = u32;
    type IntoIter = std::iter::Copied<std::slice::Iter<'n, u32>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}
