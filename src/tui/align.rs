//! Which sentences of the columns start on the same screen row.
//!
//! Between two columns the strongest set of links that do not cross is taken; what would cross it is
//! left out and reached by the counterpart key instead. Shorter stretches are then padded so that
//! both ends are level.

use std::collections::BTreeMap;

/// Sentences that start on one row: for each column at most one, by its number in the statement.
pub type Level = Vec<Option<usize>>;

/// A sentence of a column: the column's place on the screen, the sentence's number.
pub type Place = (usize, usize);

/// The heaviest set of `pairs` that do not cross: places in `pairs`, from top to bottom.
///
/// A pair is a sentence of each column and its score. Scores count squared, so that one strong link
/// outweighs two weak ones. The method is that of the heaviest increasing subsequence: pairs are met
/// from top to bottom, and the best chain that ends above the second end is gone on with.
pub fn heaviest(pairs: &[(usize, usize, f32)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    // Of pairs with one first end the lowest comes first, so that none of them follows another.
    order.sort_by_key(|at| (pairs[*at].0, std::cmp::Reverse(pairs[*at].1), *at));
    let ends = pairs.iter().map(|(_, end, _)| end + 1).max().unwrap_or(0);
    let mut best = Best { chains: vec![None; ends + 1] };
    let mut before = vec![None; pairs.len()];
    for at in order {
        let (_, end, score) = pairs[at];
        let above = best.above(end);
        before[at] = above.map(|chain| chain.last);
        best.add(Chain { weight: above.map_or(0.0, |chain| chain.weight) + score * score, end, last: at });
    }
    let last = best.above(ends).map(|chain| chain.last);
    let mut chain: Vec<usize> = std::iter::successors(last, |at| before[*at]).collect();
    chain.reverse();
    chain
}

/// Pairs that follow one another.
#[derive(Clone, Copy)]
struct Chain {
    weight: f32,
    /// The second end of the last pair, and its place.
    end: usize,
    last: usize,
}

impl Chain {
    /// The heavier one, else the one that leaves more room, else the one that was there.
    fn is_better_than(&self, other: &Self) -> bool {
        self.weight > other.weight || (self.weight >= other.weight && self.end < other.end)
    }
}

/// The best chains up to every end: a tree of Fenwick (1994), for the greatest instead of the sum.
struct Best {
    chains: Vec<Option<Chain>>,
}

impl Best {
    /// The best chain that ends above `end`.
    fn above(&self, end: usize) -> Option<Chain> {
        let mut best: Option<Chain> = None;
        let mut at = end;
        while at > 0 {
            if let Some(chain) = self.chains[at].filter(|chain| best.is_none_or(|b| chain.is_better_than(&b)))
            {
                best = Some(chain);
            }
            at &= at - 1;
        }
        best
    }

    fn add(&mut self, chain: Chain) {
        let mut at = chain.end + 1;
        while at < self.chains.len() {
            if self.chains[at].is_none_or(|known| chain.is_better_than(&known)) {
                self.chains[at] = Some(chain);
            }
            at += at & at.wrapping_neg();
        }
    }
}

/// The levels of `pairs` over `columns` columns, from top to bottom; earlier pairs go before later.
pub fn levels(columns: usize, pairs: impl IntoIterator<Item = (Place, Place)>) -> Vec<Level> {
    let mut order = Order { columns: vec![BTreeMap::new(); columns], levels: BTreeMap::new() };
    for (a, b) in pairs {
        if a.0 != b.0 && a.0 < columns && b.0 < columns {
            order.take(a, b);
        }
    }
    order.levels.into_values().collect()
}

/// The levels taken so far, each with a rank that grows from top to bottom.
struct Order {
    /// For each column the rank of each sentence that is level with another.
    columns: Vec<BTreeMap<usize, u128>>,
    levels: BTreeMap<u128, Level>,
}

impl Order {
    fn take(&mut self, a: Place, b: Place) {
        match (self.rank(a), self.rank(b)) {
            (Some(rank), None) => self.join(rank, b),
            (None, Some(rank)) => self.join(rank, a),
            (Some(_), Some(_)) => (),
            (None, None) => self.insert(a, b),
        }
    }

    fn rank(&self, (column, sentence): Place) -> Option<u128> {
        self.columns[column].get(&sentence).copied()
    }

    /// The ranks between which a level with this sentence must lie.
    fn bounds(&self, (column, sentence): Place) -> (u128, u128) {
        let ranks = &self.columns[column];
        let above = ranks.range(..sentence).next_back().map_or(0, |(_, rank)| *rank);
        let below = ranks.range(sentence + 1..).next().map_or(u128::MAX, |(_, rank)| *rank);
        (above, below)
    }

    /// Adds a sentence of a third column to a level.
    fn join(&mut self, rank: u128, place: Place) {
        let (above, below) = self.bounds(place);
        let Some(level) = self.levels.get_mut(&rank) else { return };
        if level[place.0].is_none() && above < rank && rank < below {
            level[place.0] = Some(place.1);
            self.columns[place.0].insert(place.1, rank);
        }
    }

    fn insert(&mut self, a: Place, b: Place) {
        let (bounds_a, bounds_b) = (self.bounds(a), self.bounds(b));
        let (above, below) = (bounds_a.0.max(bounds_b.0), bounds_a.1.min(bounds_b.1));
        let rank = above / 2 + below / 2 + (above & below & 1);
        if above >= below || rank <= above {
            return;
        }
        let mut level = vec![None; self.columns.len()];
        for (column, sentence) in [a, b] {
            level[column] = Some(sentence);
            self.columns[column].insert(sentence, rank);
        }
        self.levels.insert(rank, level);
    }
}

/// Rows added to a column: from which sentence on, and how many in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Padding(Vec<(usize, usize)>);

impl Padding {
    /// Rows added above `sentence`.
    pub fn above(&self, sentence: usize) -> usize {
        let next = self.0.partition_point(|(from, _)| *from <= sentence);
        next.checked_sub(1).map_or(0, |at| self.0[at].1)
    }
}

/// The padding of each column that makes `levels` level.
///
/// `row` gives the unpadded row on which a sentence starts. A level that would need more rows of
/// padding than it is worth (`most`, asked by its place) is given up.
pub fn paddings<'l>(
    levels: impl Iterator<Item = &'l Level> + Clone,
    row: impl Fn(usize, usize) -> usize,
    most: impl Fn(usize) -> usize,
) -> Vec<Padding> {
    let columns = levels.clone().next().map_or(0, Vec::len);
    let mut paddings = vec![Padding::default(); columns];
    for (place, level) in levels.enumerate() {
        let starts: Vec<(usize, usize, usize)> = level
            .iter()
            .enumerate()
            .filter_map(|(column, sentence)| {
                let sentence = (*sentence)?;
                Some((column, sentence, row(column, sentence) + paddings[column].above(sentence)))
            })
            .collect();
        let lowest = starts.iter().map(|(_, _, row)| *row).max().unwrap_or(0);
        let most = most(place);
        if starts.iter().any(|(_, _, row)| lowest - row > most) {
            continue;
        }
        for (column, sentence, start) in starts.into_iter().filter(|(_, _, start)| *start < lowest) {
            let all = paddings[column].above(sentence) + lowest - start;
            paddings[column].0.push((sentence, all));
        }
    }
    paddings
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pairs of the first two columns, strongest first.
    fn two(pairs: &[(usize, usize)]) -> Vec<Level> {
        levels(2, pairs.iter().map(|(a, b)| ((0, *a), (1, *b))))
    }

    #[test]
    fn the_stronger_of_two_crossing_links_is_level() {
        assert_eq!(two(&[(2, 1), (1, 3), (5, 5)]), [[Some(2), Some(1)], [Some(5), Some(5)]]);
        assert_eq!(two(&[(2, 1), (2, 4), (3, 1)]), [[Some(2), Some(1)]]);
    }

    #[track_caller]
    fn check_heaviest(pairs: &[(usize, usize, f32)], expected: &[usize]) {
        assert_eq!(heaviest(pairs), expected);
    }

    #[test]
    fn many_links_outweigh_one_that_crosses_them_unless_it_is_much_stronger() {
        check_heaviest(&[(4, 0, 0.98), (0, 0, 0.97), (3, 1, 0.77), (4, 2, 0.88)], &[1, 2, 3]);
        check_heaviest(&[(4, 0, 0.98), (0, 0, 0.5), (3, 1, 0.5)], &[0]);
        check_heaviest(&[(1, 1, 0.5), (1, 2, 0.5), (2, 1, 0.6)], &[2]);
        check_heaviest(&[], &[]);
    }

    #[test]
    fn a_third_column_joins_a_level() {
        let found = levels(3, [((0, 4), (1, 2)), ((1, 2), (2, 7)), ((0, 5), (2, 6))]);
        assert_eq!(found, [[Some(4), Some(2), Some(7)]]);
    }

    #[test]
    fn the_shorter_stretch_is_padded() {
        let levels = two(&[(1, 0), (2, 1)]);
        let rows = [[0, 3, 6], [0, 5, 9]];
        let found = paddings(levels.iter(), |column, sentence| rows[column][sentence], |_| 40);
        let starts = |column: usize| [0, 1, 2].map(|s| rows[column][s] + found[column].above(s));
        assert_eq!((starts(0), starts(1)), ([0, 3, 8], [3, 8, 12]));
    }

    #[test]
    fn no_padding_is_longer_than_allowed() {
        let found = paddings(two(&[(0, 1)]).iter(), |_, sentence| sentence * 50, |_| 40);
        assert_eq!(found, [Padding::default(), Padding::default()]);
    }

    proptest! {
        #[test]
        fn no_chain_that_does_not_cross_is_heavier(pairs in proptest::collection::vec((0usize..5, 0usize..5, 0.1f32..1.0), 0..8)) {
            let chain = heaviest(&pairs);
            let crosses = |chosen: &[usize]| {
                let pair = |a: usize, b: usize| (pairs[a].0.cmp(&pairs[b].0), pairs[a].1.cmp(&pairs[b].1));
                chosen.iter().any(|a| chosen.iter().any(|b| a != b && {
                    let (left, right) = pair(*a, *b);
                    left != right || left.is_eq()
                }))
            };
            let weight = |chosen: &[usize]| chosen.iter().map(|at| pairs[*at].2 * pairs[*at].2).sum::<f32>();
            prop_assert!(!crosses(&chain));
            for choice in 0..1usize << pairs.len() {
                let chosen: Vec<usize> = (0..pairs.len()).filter(|at| choice >> at & 1 == 1).collect();
                prop_assert!(crosses(&chosen) || weight(&chosen) <= weight(&chain) + 1e-4);
            }
        }

        #[test]
        fn levels_never_cross(pairs in prop::collection::vec(((0usize..3, 0usize..12), (0usize..3, 0usize..12)), 0..60)) {
            let found = levels(3, pairs);
            for column in 0..3 {
                let sentences: Vec<usize> = found.iter().filter_map(|level| level[column]).collect();
                prop_assert!(sentences.is_sorted_by(|a, b| a < b));
            }
            let padded = paddings(found.iter(), |_, sentence| sentence * 2, |_| 1000);
            for level in &found {
                let rows: Vec<usize> = level.iter().enumerate()
                    .filter_map(|(c, s)| s.map(|s| s * 2 + padded[c].above(s))).collect();
                prop_assert!(rows.windows(2).all(|two| two[0] == two[1]), "{rows:?}");
            }
        }
    }
}
