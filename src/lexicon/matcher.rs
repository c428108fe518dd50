//! Finds many phrases in the words of a text, in one pass.
//!
//! Each phrase is a small automaton whose alternatives lead to one state; all begin at a root, which
//! knows the phrases that may begin with a word, and most words begin none. Gathered stand in *lanes*
//! that do not see each other; within a lane the text is read from left to right, at each word the
//! longest phrase wins, and the words it took are not taken again. The words after a gap may be. Of
//! two equally long finds the one that spells out more letters wins (a whole word before `word*`, no
//! gap before a gap), of two equal phrases the one added last.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::phrase::{GAP, Phrase, SHORTEST_BEGINNING, Step, Steps};

/// How many lanes there are.
pub const LANES: usize = 4;

/// Gathered, ready to be found.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    dictionary: Dictionary,
    /// By symbol: where it leads from the root.
    roots: Vec<Vec<State>>,
    /// By state.
    places: Vec<Place>,
    /// Where symbols lead, by state, then by symbol.
    edges: Vec<(Symbol, State)>,
}

/// A phrase found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// From the first word of the phrase to past its last, as indices of the words searched.
    pub words: Range<usize>,
    /// The lane it was added to.
    pub lane: usize,
    /// The value it was added with.
    pub value: u32,
}

/// Gathered as they are gathered.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    dictionary: Dictionary,
    places: Vec<Place>,
    /// From where, by what, to where.
    edges: Vec<(State, Symbol, State)>,
}

/// The words and beginnings that stand in phrases.
#[derive(Clone, Debug, Default)]
struct Dictionary {
    words: Table<Box<str>, Symbol>,
    /// By its first bytes, each beginning with its symbol.
    beginnings: Table<[u8; SHORTEST_BEGINNING], Vec<(Box<str>, Symbol)>>,
    /// How many letters each symbol spells out.
    letters: Vec<u32>,
}

type Symbol = u32;
type State = u32;
type Table<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

/// The state in which every phrase begins.
const ROOT: State = 0;

#[derive(Clone, Debug, Default)]
struct Place {
    /// Its share of the edges.
    edges: Range<u32>,
    /// The state behind a gap.
    gap: Option<State>,
    /// Lane and value of the phrase that ends here.
    end: Option<(u8, u32)>,
}

/// The best find at one word, in one lane.
#[derive(Clone, Copy)]
struct Best {
    end: usize,
    letters: u32,
    value: u32,
    /// Where reading goes on: behind the words before the first gap.
    resume: usize,
}

/// How far a walk has come.
#[derive(Clone, Copy)]
struct Walk {
    at: usize,
    letters: u32,
    resume: Option<usize>,
}

/// The symbols of a text's words, flat: word `i` has `all[starts[i]..starts[i + 1]]`.
struct Symbols {
    all: Vec<Symbol>,
    starts: Vec<u32>,
}

impl Gathered {
    /// Adds `phrase` to `lane` (below [`LANES`]).
    pub fn add(&mut self, phrase: &Phrase, lane: usize, value: u32) {
        if self.places.is_empty() {
            self.places.push(Place::default());
        }
        // Every state that a reading may be in before the next part.
        let mut fronts = vec![ROOT];
        for part in &phrase.0 {
            fronts = self.part(&fronts, part);
        }
        for front in fronts {
            self.places[front as usize].end = Some((lane as u8, value));
        }
    }

    /// Leads from `fronts` through any of `alternatives`; gives where that may end.
    fn part(&mut self, fronts: &[State], alternatives: &[Steps]) -> Vec<State> {
        let mut ends = Vec::new();
        let mut shared = None;
        for steps in alternatives {
            let Some((last, others)) = steps.split_last() else {
                ends.extend(fronts);
                continue;
            };
            let mut from = fronts.to_vec();
            for step in others {
                let next = self.state();
                self.lead(&from, step, next);
                from = vec![next];
            }
            // A state behind a gap is no end of a word: it is not shared.
            let end =
                if *last == Step::Gap { self.state() } else { *shared.get_or_insert_with(|| self.state()) };
            self.lead(&from, last, end);
            ends.push(end);
        }
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    fn state(&mut self) -> State {
        self.places.push(Place::default());
        (self.places.len() - 1) as State
    }

    fn lead(&mut self, from: &[State], step: &Step, to: State) {
        let symbol = match step {
            Step::Gap => {
                for front in from {
                    self.places[*front as usize].gap = Some(to);
                }
                return;
            }
            Step::Word(word) => self.dictionary.word(word),
            Step::Beginning(word) => self.dictionary.beginning(word),
        };
        self.edges.extend(from.iter().map(|front| (*front, symbol, to)));
    }

    /// Makes them ready to be found.
    pub fn ready(mut self) -> Matcher {
        self.edges.sort_unstable();
        let mut roots = vec![Vec::new(); self.dictionary.letters.len()];
        for (index, &(from, symbol, to)) in self.edges.iter().enumerate() {
            if from == ROOT {
                roots[symbol as usize].push(to);
                continue;
            }
            let own = &mut self.places[from as usize].edges;
            let start = if own.start == own.end { index as u32 } else { own.start };
            *own = start..index as u32 + 1;
        }
        let edges = self.edges.into_iter().map(|(_, symbol, to)| (symbol, to)).collect();
        Matcher { dictionary: self.dictionary, roots, places: self.places, edges }
    }
}

impl Matcher {
    /// Every phrase in `words` (folded), ordered by first word, then by lane.
    pub fn find<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<Match> {
        let symbols = self.symbols_of(words);
        let count = symbols.starts.len() - 1;
        let mut found = Vec::new();
        let mut free = [0; LANES];
        for start in 0..count {
            let mut best = [None; LANES];
            for &symbol in symbols.of(start) {
                let walk =
                    Walk { at: start + 1, letters: self.dictionary.letters[symbol as usize], resume: None };
                for &state in &self.roots[symbol as usize] {
                    self.walk(&symbols, state, walk, &mut best);
                }
            }
            for (lane, best) in best.into_iter().enumerate() {
                if let Some(Best { value, end, resume, .. }) = best
                    && start >= free[lane]
                {
                    free[lane] = resume;
                    found.push(Match { words: start..end, lane, value });
                }
            }
        }
        found
    }

    /// Follows every path from `state`; a phrase is no longer than its line, so it is not far.
    fn walk(&self, symbols: &Symbols, state: State, walk: Walk, best: &mut [Option<Best>; LANES]) {
        let place = &self.places[state as usize];
        if let Some((lane, value)) = place.end {
            let best = &mut best[usize::from(lane)];
            let rank = (walk.at, walk.letters, value);
            if best.is_none_or(|best| (best.end, best.letters, best.value) <= rank) {
                let resume = walk.resume.unwrap_or(walk.at);
                *best = Some(Best { end: walk.at, letters: walk.letters, value, resume });
            }
        }
        if !place.edges.is_empty() {
            let edges = &self.edges[place.edges.start as usize..place.edges.end as usize];
            for &symbol in symbols.of(walk.at) {
                let first = edges.partition_point(|(known, _)| *known < symbol);
                for &(_, next) in edges[first..].iter().take_while(|(known, _)| *known == symbol) {
                    let letters = walk.letters + self.dictionary.letters[symbol as usize];
                    self.walk(symbols, next, Walk { at: walk.at + 1, letters, ..walk }, best);
                }
            }
        }
        if let Some(next) = place.gap {
            for skipped in 0..=GAP {
                let resume = walk.resume.or(Some(walk.at));
                self.walk(symbols, next, Walk { at: walk.at + skipped, resume, ..walk }, best);
            }
        }
    }

    fn symbols_of<'w>(&self, words: impl Iterator<Item = &'w str>) -> Symbols {
        let mut symbols = Symbols { all: Vec::new(), starts: vec![0] };
        for word in words {
            self.dictionary.symbols(word, &mut symbols.all);
            symbols.starts.push(symbols.all.len() as u32);
        }
        symbols
    }
}

impl Dictionary {
    fn symbols(&self, word: &str, found: &mut Vec<Symbol>) {
        found.extend(self.words.get(word));
        if let Some(start) = word.as_bytes().first_chunk()
            && let Some(beginnings) = self.beginnings.get(start)
        {
            let fits = |(beginning, _): &&(Box<str>, Symbol)| word.starts_with(&**beginning);
            found.extend(beginnings.iter().filter(fits).map(|(_, symbol)| symbol));
        }
    }

    fn word(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.words.get(word) {
            return symbol;
        }
        // One more than a beginning that is as long.
        let symbol = self.add(word.len() + 1);
        self.words.insert(word.into(), symbol);
        symbol
    }

    fn beginning(&mut self, word: &str) -> Symbol {
        let start = *word.as_bytes().first_chunk().expect("a phrase's beginning has three letters");
        let known = self.beginnings.get(&start).map_or(&[][..], Vec::as_slice);
        if let Some((_, symbol)) = known.iter().find(|(beginning, _)| **beginning == *word) {
            return *symbol;
        }
        let symbol = self.add(word.len());
        self.beginnings.entry(start).or_default().push((word.into(), symbol));
        symbol
    }

    fn add(&mut self, letters: usize) -> Symbol {
        self.letters.push(letters as u32);
        (self.letters.len() - 1) as Symbol
    }
}

impl Symbols {
    /// None past the last word.
    fn of(&self, word: usize) -> &[Symbol] {
        match (self.starts.get(word), self.starts.get(word + 1)) {
            (Some(&start), Some(&end)) => &self.all[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// A quick hash (the multiply-and-rotate of Firefox). The tables hold our words only; a text can
/// look for any word but add none, so it cannot make them slow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut value = [0; 8];
            value[..chunk.len()].copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(value));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_usize(&mut self, value: usize) {
        self.mix(value as u64);
    }

    fn finish(&self) -> u64 {
        // The table uses the highest and the lowest bits; the low ones of a product mix little.
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::phrase::parse;
    use crate::text::words;

    /// Finds `phrases` in `text`, each find as `[its words]`, separated by spaces.
    fn finds(phrases: &[&str], text: &str) -> String {
        let mut gathered = Gathered::default();
        for (value, phrase) in phrases.iter().enumerate() {
            gathered.add(&parse(phrase).expect("the notation is right"), 0, value as u32);
        }
        let matcher = gathered.ready();
        let words = words::<()>(text, 0);
        let found = matcher.find(words.iter().map(|word| word.folded.as_str()));
        let show = |found: &Match| {
            let (first, last) = (&words[found.words.start], &words[found.words.end - 1]);
            format!("{}[{}]", found.value, first.span.cover(&last.span).of(text))
        };
        found.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    fn check(phrases: &[&str], text: &str, expected: &str) {
        assert_eq!(finds(phrases, text), expected, "{phrases:?} in {text}");
    }

    #[test]
    fn words_are_matched_whole_in_any_case() {
        check(&["smear"], "Smear, smears; SMEAR", "0[Smear] 0[SMEAR]");
        check(&["smear*"], "Smear, smears; a smeared lens", "0[Smear] 0[smears] 0[smeared]");
        check(&["don't"], "They don’t.", "0[don’t]");
        check(&["never accept"], "never, never accept", "0[never accept]");
    }

    #[test]
    fn the_longest_find_wins() {
        check(&["thin", "out of thin air", "air"], "out of thin air", "1[out of thin air]");
        check(&["a b c d", "a b", "c"], "a b c x", "1[a b] 2[c]");
        check(
            &["terror*", "terrorist", "terrori*"],
            "terrorist terrorism terror",
            "1[terrorist] 2[terrorism] 0[terror]",
        );
    }

    #[test]
    fn a_gap_holds_up_to_four_words() {
        check(&["not only ... but"], "not only but", "0[not only but]");
        check(&["not only ... but"], "not only a b c d but", "0[not only a b c d but]");
        check(&["not only ... but"], "not only a b c d e but", "");
        check(&["not only ... but", "evil"], "not only evil but", "0[not only evil but] 1[evil]");
    }

    #[test]
    fn alternatives_of_a_line_are_not_mixed_with_those_of_another() {
        check(&["(a|b) c", "a d", "(so|) (c|b a)"], "b d", "");
        check(&["(a|b) c", "a d", "(so|) (c|b a)"], "b a d", "2[b a]");
        check(&["(a|b) c", "a d", "(so|) (c|b a)"], "b c so c d", "0[b c] 2[so c]");
        check(&["a (b|c d|) (e ... f|g)"], "a g, a b e x f, a c d g", "0[a g] 0[a b e x f] 0[a c d g]");
    }

    #[test]
    fn lanes_do_not_see_each_other() {
        let mut phrases = Gathered::default();
        for (value, (lane, text)) in [(0, "thin air"), (1, "air"), (1, "air")].into_iter().enumerate() {
            phrases.add(&parse(text).expect("the notation is right"), lane, value as u32);
        }
        let matcher = phrases.ready();
        let found = matcher.find(["thin", "air"].into_iter());
        assert_eq!(
            found,
            [Match { words: 0..2, lane: 0, value: 0 }, Match { words: 1..2, lane: 1, value: 2 }]
        );
    }

    #[test]
    fn nothing_is_found_without_phrases_or_words() {
        assert_eq!(Matcher::default().find(["a"].into_iter()), []);
        check(&["a"], "", "");
    }

    proptest::proptest! {
        #[test]
        fn finds_of_a_lane_stand_in_order(text in "[abc ]{0,40}") {
            let mut phrases = Gathered::default();
            for (value, phrase) in ["a b", "b", "(a|b) c", "c ... a"].into_iter().enumerate() {
                phrases.add(&parse(phrase).expect("the notation is right"), 0, value as u32);
            }
            let matcher = phrases.ready();
            let words: Vec<&str> = text.split_whitespace().collect();
            let found = matcher.find(words.iter().copied());
            assert!(found.windows(2).all(|two| two[0].words.start < two[1].words.start));
            assert!(found.iter().all(|one| one.words.start < one.words.end && one.words.end <= words.len()));
        }
    }
}
