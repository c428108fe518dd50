//! Which sentences of two texts are the same, or nearly so, in order.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::changes::changes;
use crate::text::fold::fold;
use crate::text::words::plain_words;

/// Likeness from which two sentences are versions of one: twice the words shared over all words.
const LIKE: f32 = 0.5;
/// Most sentences of one side that are compared with all of the other's at once.
const MOST: usize = 300;

/// What became of a sentence, each by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// It is the same word for word.
    Same(usize, usize),
    /// It is much the same.
    Like(usize, usize),
    /// It is not in the second text.
    Dropped(usize),
    /// It is not in the first.
    New(usize),
}

/// The sentences of a text, as they are compared.
#[derive(Debug, Default)]
pub struct Sentences {
    keys: Vec<String>,
}

/// What a sentence is the same by: its folded words, and how many there are.
pub fn key(text: &str) -> (String, usize) {
    let mut key = String::with_capacity(text.len());
    let mut count = 0;
    for (_, word) in plain_words(text) {
        if count > 0 {
            key.push(' ');
        }
        key.push_str(&fold(word));
        count += 1;
    }
    (key, count)
}

impl Sentences {
    /// Reads them.
    pub fn read<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        Self { keys: texts.map(|text| key(text).0).collect() }
    }
}

/// Pairs the sentences of two texts; nothing crosses.
pub fn align(before: &Sentences, after: &Sentences) -> Vec<Pair> {
    let found = changes(before.keys.iter().map(String::as_str), after.keys.iter().map(String::as_str));
    let mut pairs = Vec::new();
    let (mut old, mut new) = (0, 0);
    for change in found {
        same(&mut pairs, old..change.before.start, new);
        between(&mut pairs, before, after, change.before.clone(), change.after.clone());
        (old, new) = (change.before.end, change.after.end);
    }
    same(&mut pairs, old..before.keys.len(), new);
    pairs
}

fn same(pairs: &mut Vec<Pair>, old: Range<usize>, new: usize) {
    let first = old.start;
    pairs.extend(old.map(|number| Pair::Same(number, new + number - first)));
}

/// Pairs what is alike in stretches that are not the same; long ones piece by piece.
fn between(
    pairs: &mut Vec<Pair>,
    before: &Sentences,
    after: &Sentences,
    old: Range<usize>,
    new: Range<usize>,
) {
    let pieces = old.len().max(new.len()).div_ceil(MOST).max(1);
    let piece = |range: &Range<usize>, number: usize| {
        range.start + range.len() * number / pieces..range.start + range.len() * (number + 1) / pieces
    };
    for number in 0..pieces {
        likest(pairs, before, after, piece(&old, number), piece(&new, number));
    }
}

/// The pairing in order whose likenesses add up to most.
fn likest(
    pairs: &mut Vec<Pair>,
    before: &Sentences,
    after: &Sentences,
    old: Range<usize>,
    new: Range<usize>,
) {
    let mut ids: HashMap<&str, u32> = HashMap::new();
    let olds: Vec<Vec<u32>> = before.keys[old.clone()].iter().map(|key| bag(key, &mut ids)).collect();
    let news: Vec<Vec<u32>> = after.keys[new.clone()].iter().map(|key| bag(key, &mut ids)).collect();
    let width = news.len() + 1;
    // best[i][j]: the most that sentences from i and j on add up to.
    let mut best = vec![0.0_f32; (olds.len() + 1) * width];
    let mut like = vec![0.0_f32; olds.len() * news.len()];
    for i in (0..olds.len()).rev() {
        for j in (0..news.len()).rev() {
            let likeness = likeness(&olds[i], &news[j]);
            like[i * news.len() + j] = likeness;
            let paired = if likeness >= LIKE { likeness + best[(i + 1) * width + j + 1] } else { 0.0 };
            best[i * width + j] = paired.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < olds.len() || j < news.len() {
        let likeness = if i < olds.len() && j < news.len() { like[i * news.len() + j] } else { 0.0 };
        let here = best[i * width + j];
        if likeness >= LIKE && likeness + best[(i + 1) * width + j + 1] >= here {
            pairs.push(Pair::Like(old.start + i, new.start + j));
            (i, j) = (i + 1, j + 1);
        } else if i < olds.len() && (j == news.len() || best[(i + 1) * width + j] >= here) {
            pairs.push(Pair::Dropped(old.start + i));
            i += 1;
        } else {
            pairs.push(Pair::New(new.start + j));
            j += 1;
        }
    }
}

/// The words of a key as numbers, in order of these.
fn bag<'k>(key: &'k str, ids: &mut HashMap<&'k str, u32>) -> Vec<u32> {
    let words = key.split(' ').filter(|word| !word.is_empty());
    let mut bag: Vec<u32> = words
        .map(|word| {
            let next = ids.len() as u32;
            *ids.entry(word).or_insert(next)
        })
        .collect();
    bag.sort_unstable();
    bag
}

/// Twice the words that both have over all their words, in `[0, 1]`.
fn likeness(one: &[u32], other: &[u32]) -> f32 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let all = one.len() + other.len();
    if all == 0 { 0.0 } else { 2.0 * shared as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &[&str], after: &[&str], expected: &[Pair]) {
        let read = |texts: &[&str]| Sentences::read(texts.iter().copied());
        assert_eq!(align(&read(before), &read(after)), expected);
    }

    #[test]
    fn equal_ones_hold_the_others_in_place() {
        use Pair::{Dropped, Like, New, Same};
        check(&["A b c.", "D e f."], &["a “b” c", "x y z"], &[Same(0, 0), Dropped(1), New(1)]);
        check(&["a b c d", "q"], &["a b c x", "q"], &[Like(0, 0), Same(1, 1)]);
        check(&[], &["a"], &[New(0)]);
        check(&[], &[], &[]);
    }

    proptest::proptest! {
        #[test]
        fn each_sentence_stands_once_and_in_order(
            before in proptest::collection::vec("[abc]( [abc]){0,4}", 0..12),
            after in proptest::collection::vec("[abc]( [abc]){0,4}", 0..12),
        ) {
            let read = |texts: &[String]| Sentences::read(texts.iter().map(String::as_str));
            let (mut olds, mut news) = (Vec::new(), Vec::new());
            for pair in align(&read(&before), &read(&after)) {
                match pair {
                    Pair::Same(old, new) => {
                        proptest::prop_assert_eq!(&before[old], &after[new]);
                        olds.push(old);
                        news.push(new);
                    }
                    Pair::Like(old, new) => {
                        olds.push(old);
                        news.push(new);
                    }
                    Pair::Dropped(old) => olds.push(old),
                    Pair::New(new) => news.push(new),
                }
            }
            proptest::prop_assert_eq!(olds, (0..before.len()).collect::<Vec<_>>());
            proptest::prop_assert_eq!(news, (0..after.len()).collect::<Vec<_>>());
        }
    }
}
