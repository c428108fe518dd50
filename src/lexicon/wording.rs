//! Fitted weights: words and pairs of words that count wherever they stand, all of them.
//!
//! ```text
//! # made by visavis lexicon fit …              a comment
//! rule → claim.wording                         whose the lines below are; → is a tab
//! 0.83 → voted against                         weight in log-odds, one or two folded words
//! 0.12 → tallied → counted                     a word that weighs like another, which is named
//! 0.41 → ^ no                                  a word that opens a sentence
//! over → claim.wording                         the lines below are laid over those there are
//! ```
//! Without `over`, the lines of a rule take the place of all that an earlier file has for it. Unlike
//! phrases ([`super::matcher`]), which win over one another, they are the features of a linear
//! model: a pair counts beside its two words. Names have no weight here, so a word that is written
//! like one is passed over by the caller.
//!
//! The files are long and the program starts without them: their lines are not copied but indexed
//! where they stand, and that when the first word is looked for.

use std::borrow::Cow;
use std::hash::Hasher as _;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use super::RuleId;
use super::file::{HEAVIEST, Mistake};
use super::matcher::Mixer;

/// Begins lines that are laid over those of earlier files.
pub const OVER: &str = "over";
/// Stands before the first word of a sentence, as the first of a pair.
pub const OPENING: &str = "^";

/// One line of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'f> {
    /// In log-odds.
    pub weight: f32,
    /// One word, or two with a space between.
    pub words: &'f str,
    /// The word that it weighs like, where it has no weight of its own.
    pub like: Option<&'f str>,
}

/// The lines of one rule in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'f> {
    /// The rule's id.
    pub rule: &'f str,
    /// Byte of the file at which it is named.
    pub at: usize,
    /// The bytes of its lines.
    pub lines: Range<usize>,
    /// Whether they stand beside those of earlier files, or take their place.
    pub over: bool,
}

/// The sections of a file that is known to be well formed.
pub fn sections(text: &str) -> Vec<Section<'_>> {
    let begun = |word: &str, over: bool| {
        let opening = |at: &usize| *at == 0 || text.as_bytes()[at - 1] == b'\n';
        let mark = format!("{word}\t");
        let starts = text.match_indices(mark.as_str()).map(|(at, _)| at).filter(opening);
        starts.map(|at| (at, at + word.len() + 1, over)).collect::<Vec<_>>()
    };
    let mut starts = begun("rule", false);
    starts.extend(begun(OVER, true));
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|start| start.0).chain([text.len()]);
    let section = |(&(at, id, over), end): (&(usize, usize, bool), usize)| {
        let line = text[at..end].find('\n').map_or(end, |feed| at + feed);
        let rule = text[id..line].trim_end_matches('\r');
        Section { rule, at, lines: (line + 1).min(end)..end, over }
    };
    starts.iter().zip(ends).map(section).collect()
}

/// The lines of a file called `file`, each with the id of its rule.
///
/// # Errors
/// Everything that is wrong in it, in its order.
pub fn read<'f>(file: &str, text: &'f str) -> Result<Vec<(&'f str, Line<'f>)>, Vec<Mistake>> {
    check(file, text)?;
    let lines = |section: Section<'f>| {
        let lines = text[section.lines].split_inclusive('\n').filter_map(line);
        lines.map(move |line| (section.rule, line))
    };
    Ok(sections(text).into_iter().flat_map(lines).collect())
}

/// Whether a file called `file` is well formed.
///
/// # Errors
/// Everything that is wrong in it, in its order.
pub fn check(file: &str, text: &str) -> Result<(), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let (mut begun, mut at) = (false, 0);
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let told = match line.split_once('\t') {
            _ if line.is_empty() || line.starts_with('#') => None,
            Some(("rule" | OVER, _)) => {
                begun = true;
                None
            }
            Some(_) if !begun => Some("a line `rule<tab>ID` stands first".to_owned()),
            Some((digits, words)) => wrong(digits, words),
            None => Some("a line is a weight, a tab and words".to_owned()),
        };
        mistakes.extend(told.map(|message| Mistake::new(file, text, at, message)));
        at += whole.len();
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// What is wrong with a weight and its words.
fn wrong(digits: &str, words: &str) -> Option<String> {
    let fits = digits.parse::<f32>().is_ok_and(|weight| weight.abs() <= HEAVIEST);
    let counted = words.split('\t').next().map_or(0, |words| words.split(' ').count());
    match (fits, counted) {
        (false, _) => Some(format!("`{digits}` is no weight: −{HEAVIEST} to {HEAVIEST}")),
        (true, 1 | 2) => None,
        (true, _) => Some("one word or two stand behind the tab".to_owned()),
    }
}

/// Reads a line that is known to be well formed; nothing if it is a comment.
fn line(text: &str) -> Option<Line<'_>> {
    let mut fields = text.trim_end_matches(['\n', '\r']).split('\t');
    let weight = fields.next()?.parse().ok()?;
    Some(Line { weight, words: fields.next()?, like: fields.next() })
}

/// Whether a file of this name holds fitted weights.
pub fn is_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "tsv")
}

/// Weights, ready to be found.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// The files, each once.
    texts: Vec<Cow<'static, str>>,
    sections: Vec<Own>,
    slots: OnceLock<Slots>,
}

/// The lines of one rule.
#[derive(Clone, Debug)]
struct Own {
    rule: RuleId,
    text: usize,
    lines: Range<usize>,
    over: bool,
}

/// Lines by the hash of their words, in open addressing, at most three quarters full.
#[derive(Clone, Debug, Default)]
struct Slots(Vec<Slot>);

/// One line.
#[derive(Clone, Copy, Debug)]
struct Slot {
    /// Where its words begin in its text.
    at: u32,
    weight: f32,
    /// Part of the hash, so that other words are seldom compared.
    tag: u16,
    section: u16,
}

/// A slot without a line.
const EMPTY: Slot = Slot { at: u32::MAX, weight: 0.0, tag: 0, section: 0 };

impl Slots {
    /// An empty table for `most` lines.
    fn of(most: usize) -> Self {
        Self(vec![EMPTY; most + most / 3 + 1])
    }

    /// The places at which a line whose words have this hash may stand, the first one first.
    fn places(&self, hash: u64) -> impl Iterator<Item = usize> + use<> {
        let size = self.0.len();
        // The upper half as a fraction of the table; its lowest bits decide, so that the rest is the tag.
        let first = ((hash >> 32) * size as u64) >> 32;
        (first as usize..size).chain(0..first as usize)
    }

    /// The lines whose words may have this hash, in the order in which they were added.
    fn cluster(&self, hash: u64) -> impl Iterator<Item = &Slot> {
        let probed = self.places(hash).map(|place| &self.0[place]);
        probed.take_while(|slot| slot.at != u32::MAX).filter(move |slot| slot.tag == tag(hash))
    }

    /// Puts a line where there is none yet, or one that it takes the place of.
    fn put(&mut self, hash: u64, slot: Slot, is_old: impl Fn(&Slot) -> bool) {
        let free = |place: &usize| self.0[*place].at == u32::MAX || is_old(&self.0[*place]);
        let place = self.places(hash).find(free).expect("a quarter of the table is empty");
        self.0[place] = slot;
    }
}

/// A word or pair that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Worded {
    /// Whose it is.
    pub rule: RuleId,
    /// In log-odds.
    pub weight: f32,
    /// Indices of the words searched.
    pub words: Range<usize>,
}

impl Wording {
    /// Adds the lines of a rule, a part of `text`, which is well formed.
    pub fn add(&mut self, rule: RuleId, text: Cow<'static, str>, section: &Section) {
        let known = self.texts.iter().position(|known| std::ptr::eq(known.as_ptr(), text.as_ptr()));
        let place = known.unwrap_or_else(|| {
            self.texts.push(text);
            self.texts.len() - 1
        });
        let Section { lines, over, .. } = section.clone();
        self.sections.push(Own { rule, text: place, lines, over });
        self.slots = OnceLock::new();
    }

    /// Whether a rule has any.
    pub fn has(&self, rule: RuleId) -> bool {
        self.sections.iter().any(|own| own.rule == rule)
    }

    /// Forgets the weights of the rules that `keep` refuses.
    pub fn retain(&mut self, keep: impl Fn(RuleId) -> bool) {
        self.sections.retain(|own| keep(own.rule));
        self.slots = OnceLock::new();
    }

    /// Every word and pair in `words` (folded; `None` is passed over), in their order.
    pub fn find<'w>(&self, words: impl Iterator<Item = Option<&'w str>>) -> Vec<Worded> {
        let slots = self.slots.get_or_init(|| self.indexed());
        let mut found = Vec::new();
        let mut last = Some((OPENING, hash(OPENING)));
        for (at, word) in words.enumerate() {
            let own = word.map(|word| (word, hash(word)));
            if let Some((word, hash)) = own {
                self.lines(slots, hash, |line| line == word, at..at + 1, &mut found);
                if let Some((first, before)) = last {
                    let is_pair = |line: &str| line.split_once(' ') == Some((first, word));
                    self.lines(slots, pair(before, hash), is_pair, at.saturating_sub(1)..at + 1, &mut found);
                }
            }
            last = own;
        }
        found
    }

    /// The word that `word` weighs like for a rule, if it has no weight of its own there.
    pub fn like(&self, rule: RuleId, word: &str) -> Option<&str> {
        let slots = self.slots.get_or_init(|| self.indexed());
        let own = |slot: &&Slot| self.section(slot).rule == rule && self.words(slot) == word;
        let slot = slots.cluster(hash(word)).find(own)?;
        self.rest(slot).lines().next()?.split('\t').nth(1)
    }

    fn lines(
        &self,
        slots: &Slots,
        hash: u64,
        fits: impl Fn(&str) -> bool,
        words: Range<usize>,
        found: &mut Vec<Worded>,
    ) {
        let counting = slots.cluster(hash).filter(|slot| slot.weight != 0.0);
        let fitting = counting.filter(|slot| fits(self.words(slot)));
        found.extend(fitting.map(|slot| Worded {
            rule: self.section(slot).rule,
            weight: slot.weight,
            words: words.clone(),
        }));
    }

    fn section(&self, slot: &Slot) -> &Own {
        &self.sections[usize::from(slot.section)]
    }

    /// The text from the words of a line on.
    fn rest(&self, slot: &Slot) -> &str {
        &self.texts[self.section(slot).text][slot.at as usize..]
    }

    fn words(&self, slot: &Slot) -> &str {
        let rest = self.rest(slot);
        let end = rest.bytes().position(|byte| matches!(byte, b'\t' | b'\n' | b'\r')).unwrap_or(rest.len());
        &rest[..end]
    }

    /// The table of all lines. The files are read in place: it is all that they cost in memory.
    fn indexed(&self) -> Slots {
        let text = |own: &Own| &self.texts[own.text][own.lines.clone()];
        let most = self.sections.iter().map(|own| text(own).lines().count()).sum();
        let mut slots = Slots::of(most);
        for (number, own) in self.sections.iter().enumerate() {
            let mut at = own.lines.start;
            for whole in text(own).split_inclusive('\n') {
                if let Some(Line { weight, words, .. }) = line(whole) {
                    let hash = match words.split_once(' ') {
                        Some((first, second)) => pair(hash(first), hash(second)),
                        None => hash(words),
                    };
                    let begins = at + whole.find('\t').map_or(0, |tab| tab + 1);
                    let slot = Slot { at: begins as u32, weight, tag: tag(hash), section: number as u16 };
                    slots.put(hash, slot, |old| {
                        own.over
                            && old.tag == slot.tag
                            && self.section(old).rule == own.rule
                            && self.words(old) == words
                    });
                }
                at += whole.len();
            }
        }
        slots
    }
}

fn hash(word: &str) -> u64 {
    let mut mixer = Mixer::default();
    mixer.write(word.as_bytes());
    mixer.write_usize(word.len());
    mixer.finish()
}

fn pair(first: u64, second: u64) -> u64 {
    let mut mixer = Mixer::default();
    mixer.write_usize(first as usize);
    mixer.write_usize(second as usize);
    mixer.finish()
}

fn tag(hash: u64) -> u16 {
    hash as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# a comment\nrule\ta\n0.5\tvoted\n0.25\tvoted against\nrule\tb\n-1\tvoted\n\
                        0.1\ttallied\tcounted\n";

    fn wording() -> Wording {
        let mut wording = Wording::default();
        for (number, section) in sections(TEXT).into_iter().enumerate() {
            wording.add(RuleId(number as u16 + 1), Cow::Borrowed(TEXT), &section);
        }
        wording
    }

    #[test]
    fn a_pair_counts_beside_its_words() {
        let found = wording().find(["they", "voted", "against"].map(Some).into_iter());
        let shown: Vec<_> = found.iter().map(|one| (one.rule.0, one.weight, one.words.clone())).collect();
        assert_eq!(shown, [(1, 0.5, 1..2), (2, -1.0, 1..2), (1, 0.25, 1..3)]);
        let apart = wording().find([Some("voted"), None, Some("against")].into_iter());
        assert_eq!(apart.len(), 2);
        assert_eq!(Wording::default().find(std::iter::once(Some("voted"))), []);
    }

    #[test]
    fn the_word_that_opens_a_sentence_is_a_pair_with_its_opening() {
        let opening = "rule\ta\n0.5\t^ no\n";
        let mut wording = Wording::default();
        wording.add(RuleId(1), Cow::Borrowed(opening), &sections(opening)[0]);
        let first = wording.find(["no", "no"].map(Some).into_iter());
        assert_eq!(first.len(), 1);
        assert_eq!(first[0].words, 0..1);
    }

    #[test]
    fn a_word_tells_what_it_weighs_like() {
        assert_eq!(wording().like(RuleId(2), "tallied"), Some("counted"));
        assert_eq!(wording().like(RuleId(1), "tallied"), None);
        assert_eq!(wording().like(RuleId(1), "voted"), None);
    }

    #[test]
    fn a_line_laid_over_another_takes_its_place() {
        let mut wording = wording();
        let own = "over\tb\n2\tvoted\n0\ttallied\n";
        for section in sections(own) {
            assert!(section.over);
            wording.add(RuleId(2), Cow::Owned(own.to_owned()), &section);
        }
        let found = wording.find(["voted", "tallied"].map(Some).into_iter());
        let shown: Vec<_> = found.iter().map(|one| (one.rule.0, one.weight)).collect();
        assert_eq!(shown, [(1, 0.5), (2, 2.0)]);
    }

    #[test]
    fn a_rule_that_is_forgotten_is_not_found() {
        let mut wording = wording();
        wording.retain(|rule| rule.0 == 2);
        assert!(wording.has(RuleId(2)) && !wording.has(RuleId(1)));
        assert_eq!(wording.find(std::iter::once(Some("voted"))).len(), 1);
    }

    #[test]
    fn every_breach_is_told_with_its_place() {
        let text =
            "0.5\tearly\nrule\tclaim.x\n# comment\n0.5\tgood\tfine\nheavy\tword\n0.5\tone two three\nwords\n";
        let told: Vec<String> =
            check("a.tsv", text).err().unwrap_or_default().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "a.tsv:1:1: a line `rule<tab>ID` stands first",
                "a.tsv:5:1: `heavy` is no weight: −10 to 10",
                "a.tsv:6:1: one word or two stand behind the tab",
                "a.tsv:7:1: a line is a weight, a tab and words",
            ]
        );
    }

    #[test]
    fn the_files_that_are_built_in_are_well_formed() {
        for (name, text) in super::super::BUILT_IN.iter().filter(|(name, _)| is_file(name)) {
            assert_eq!(check(name, text), Ok(()));
        }
    }
}
