//! Finds many phrases in the words of a text, in one pass.
//!
//! A trie over words: each word of the text is looked up once, and most are in no phrase. Phrases
//! stand in *lanes* that do not see each other; within a lane the text is read from left to right,
//! at each word the longest phrase wins, and the words it took are not taken again. The words after
//! a gap may be. Of two equally long finds the one with the plainer words wins (a whole word before
//! `word*`, a longer beginning before a shorter one), of two equal phrases the one added last.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::phrase::{GAP, Phrase, SHORTEST_BEGINNING, Step};

/// How many lanes there are.
pub const LANES: usize = 4;

/// Phrases, ready to be found.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    /// The symbol of each whole word.
    words: Table<Box<str>, Symbol>,
    /// By its first bytes, each beginning with its symbol, longest first.
    beginnings: Table<[u8; SHORTEST_BEGINNING], Vec<(Box<str>, Symbol)>>,
    /// Where a symbol leads from a node.
    edges: Table<(Node, Symbol), Node>,
    /// By node.
    nodes: Vec<Place>,
    symbols: Symbol,
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

type Symbol = u32;
type Node = u32;
type Table<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;

#[derive(Clone, Debug, Default)]
struct Place {
    /// The node behind a gap.
    gap: Option<Node>,
    /// The value of the phrase that ends here, by lane.
    ends: [Option<u32>; LANES],
}

/// The longest find at one word, in one lane.
#[derive(Clone, Copy)]
struct Best {
    value: u32,
    end: usize,
    /// Where reading goes on: behind the words before the first gap.
    resume: usize,
}

/// The symbols of a text's words, flat: word `i` has `all[starts[i]..starts[i + 1]]`.
struct Symbols {
    all: Vec<Symbol>,
    starts: Vec<u32>,
}

impl Matcher {
    /// Adds `phrase` to `lane` (below [`LANES`]); gives the value of an equal phrase it replaces.
    pub fn add(&mut self, phrase: &Phrase, lane: usize, value: u32) -> Option<u32> {
        if self.nodes.is_empty() {
            self.nodes.push(Place::default());
        }
        let mut node = 0;
        for step in &phrase.0 {
            node = match step {
                Step::Gap => self.behind_gap(node),
                Step::Word(word) => {
                    let symbol = self.word_symbol(word);
                    self.edge(node, symbol)
                }
                Step::Beginning(word) => {
                    let symbol = self.beginning_symbol(word);
                    self.edge(node, symbol)
                }
            };
        }
        self.nodes[node as usize].ends[lane].replace(value)
    }

    /// Every phrase in `words` (folded), ordered by first word, then by lane.
    pub fn find<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<Match> {
        let symbols = self.symbols_of(words);
        let count = symbols.starts.len() - 1;
        let mut found = Vec::new();
        let mut free = [0; LANES];
        for start in 0..count {
            if symbols.of(start).is_empty() {
                continue;
            }
            let mut best = [None; LANES];
            self.walk(&symbols, 0, start, None, &mut best);
            for (lane, best) in best.into_iter().enumerate() {
                if let Some(Best { value, end, resume }) = best
                    && start >= free[lane]
                {
                    free[lane] = resume;
                    found.push(Match { words: start..end, lane, value });
                }
            }
        }
        found
    }

    /// Follows every path from `node` at word `at`; a find must be longer to replace another.
    fn walk(
        &self,
        symbols: &Symbols,
        node: Node,
        at: usize,
        resume: Option<usize>,
        best: &mut [Option<Best>; LANES],
    ) {
        let place = &self.nodes[node as usize];
        for (lane, end) in place.ends.iter().enumerate() {
            if let Some(value) = *end
                && best[lane].is_none_or(|best| best.end < at)
            {
                best[lane] = Some(Best { value, end: at, resume: resume.unwrap_or(at) });
            }
        }
        for &symbol in symbols.of(at) {
            if let Some(&next) = self.edges.get(&(node, symbol)) {
                self.walk(symbols, next, at + 1, resume, best);
            }
        }
        if let Some(next) = place.gap {
            for skipped in 0..=GAP {
                self.walk(symbols, next, at + skipped, resume.or(Some(at)), best);
            }
        }
    }

    fn symbols_of<'w>(&self, words: impl Iterator<Item = &'w str>) -> Symbols {
        let mut symbols = Symbols { all: Vec::new(), starts: vec![0] };
        for word in words {
            symbols.all.extend(self.words.get(word));
            if let Some(start) = word.as_bytes().first_chunk()
                && let Some(beginnings) = self.beginnings.get(start)
            {
                let fits = |(beginning, _): &&(Box<str>, Symbol)| word.starts_with(&**beginning);
                symbols.all.extend(beginnings.iter().filter(fits).map(|(_, symbol)| symbol));
            }
            symbols.starts.push(symbols.all.len() as u32);
        }
        symbols
    }

    fn word_symbol(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.words.get(word) {
            return symbol;
        }
        self.symbols += 1;
        self.words.insert(word.into(), self.symbols);
        self.symbols
    }

    fn beginning_symbol(&mut self, word: &str) -> Symbol {
        let start = *word.as_bytes().first_chunk().expect("a phrase's beginning has three letters");
        let known = self.beginnings.entry(start).or_default();
        if let Some((_, symbol)) = known.iter().find(|(beginning, _)| **beginning == *word) {
            return *symbol;
        }
        self.symbols += 1;
        known.push((word.into(), self.symbols));
        known.sort_by_key(|(beginning, _)| std::cmp::Reverse(beginning.len()));
        self.symbols
    }

    fn edge(&mut self, node: Node, symbol: Symbol) -> Node {
        let new = self.nodes.len() as Node;
        let next = *self.edges.entry((node, symbol)).or_insert(new);
        if next == new {
            self.nodes.push(Place::default());
        }
        next
    }

    fn behind_gap(&mut self, node: Node) -> Node {
        let new = self.nodes.len() as Node;
        let next = *self.nodes[node as usize].gap.get_or_insert(new);
        if next == new {
            self.nodes.push(Place::default());
        }
        next
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
struct Mixer(u64);

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
        let mut matcher = Matcher::default();
        for (value, phrase) in phrases.iter().enumerate() {
            for phrase in parse(phrase).expect("the notation is right") {
                matcher.add(&phrase, 0, value as u32);
            }
        }
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
    fn lanes_do_not_see_each_other() {
        let mut matcher = Matcher::default();
        let phrases = |text| parse(text).expect("the notation is right");
        for (lane, text) in ["thin air", "air"].into_iter().enumerate() {
            assert_eq!(matcher.add(&phrases(text)[0], lane, 7), None);
        }
        assert_eq!(matcher.add(&phrases("air")[0], 1, 8), Some(7));
        let found = matcher.find(["thin", "air"].into_iter());
        assert_eq!(
            found,
            [Match { words: 0..2, lane: 0, value: 7 }, Match { words: 1..2, lane: 1, value: 8 }]
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
            let mut matcher = Matcher::default();
            for (value, phrase) in ["a b", "b", "(a|b) c", "c ... a"].into_iter().enumerate() {
                for phrase in parse(phrase).expect("the notation is right") {
                    matcher.add(&phrase, 0, value as u32);
                }
            }
            let words: Vec<&str> = text.split_whitespace().collect();
            let found = matcher.find(words.iter().copied());
            assert!(found.windows(2).all(|two| two[0].words.start < two[1].words.start));
            assert!(found.iter().all(|one| one.words.start < one.words.end && one.words.end <= words.len()));
        }
    }
}
