//! Sentence boundaries: where a full stop, question or exclamation mark ends a sentence.
//!
//! One scan looks for marks that may end a sentence. What stands before the mark (an abbreviation,
//! an initial, the number of an item) and behind it (a closing quotation, a small letter, a verb that
//! reports the quotation) decides. Text is never copied. The rules follow the Golden Rules of
//! `pragmatic_segmenter` (Dias 2014) where they speak of running text; words are data
//! ([`Abbreviations`]). A line feed always ends a sentence.

use super::abbreviations::{Abbreviations, Stop};
use super::ending::{Ending, Sort};
use super::enumeration;
use super::is_visible;
use super::span::SpanIn;
use super::words::plain_words;

/// The sentences of `text`, without white space at their ends, in order and never overlapping; each
/// has something to be seen.
pub fn sentences<T>(text: &str, abbreviations: &Abbreviations) -> Vec<SpanIn<T>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        Line::new(line, abbreviations).cut(|from, to| {
            let span = SpanIn::new(start + from, start + to).trimmed(text);
            if span.of(text).chars().any(is_visible) {
                found.push(span);
            }
        });
        start += line.len();
    }
    found
}

/// One line and what helps to cut it.
struct Line<'t> {
    text: &'t str,
    /// Where its white space at the start ends.
    first: usize,
    abbreviations: &'t Abbreviations,
}

impl<'t> Line<'t> {
    fn new(text: &'t str, abbreviations: &'t Abbreviations) -> Self {
        Self { text, first: text.len() - text.trim_start().len(), abbreviations }
    }

    /// Calls `each` with the bytes of every sentence.
    fn cut(&self, mut each: impl FnMut(usize, usize)) {
        let mut items = enumeration::items(self.text).into_iter().peekable();
        let mut from = self.first;
        let mut at = from;
        while let Some(mark) = Ending::next(self.text, at) {
            while let Some(item) = items.next_if(|item| *item <= mark.start) {
                each(from, item);
                from = item;
            }
            at = mark.closed;
            if self.ends(from, &mark) {
                each(from, mark.closed);
                from = self.visible_from(mark.closed);
            }
        }
        for item in items {
            each(from, item);
            from = item;
        }
        each(from, self.text.len());
    }

    /// Where the white space at byte `at` ends.
    fn visible_from(&self, at: usize) -> usize {
        self.text.len() - self.text[at..].trim_start().len()
    }

    /// Whether a sentence that began at `from` ends at `mark`.
    fn ends(&self, from: usize, mark: &Ending) -> bool {
        let behind = &self.text[mark.closed..];
        let next = behind.trim_start();
        if next.is_empty() || matches!(mark.sort, Sort::Unspaced | Sort::Rule) {
            return true;
        }
        if behind.len() == next.len() {
            return self.lacks_space(from, mark, next);
        }
        if is_only_omission(next) || mark.quoted && is_signature(next) {
            return false;
        }
        let opened = next.trim_start_matches(OPENERS);
        if opened.chars().next().is_none_or(char::is_lowercase) && !starts_item(next) {
            return self.ends_before_small(from, mark, opened);
        }
        if self.before(from, mark).ends_with(['(', '[']) && mark.closed > mark.end {
            return false;
        }
        match mark.sort {
            Sort::Cry => !(mark.quoted && self.is_reported(opened)),
            Sort::Ellipsis => self.ends_at_ellipsis(opened, mark),
            Sort::Stop | Sort::Unspaced | Sort::Rule => self.ends_at_stop(from, mark, next, opened),
        }
    }

    /// Whether a sentence ends although a small letter follows: where the writer uses no capitals, or
    /// before a name such as “wikiHow”.
    fn ends_before_small(&self, from: usize, mark: &Ending, next: &str) -> bool {
        let plain =
            matches!(mark.sort, Sort::Cry) || self.stop_of(last_word(self.before(from, mark))).is_none();
        let word = first_word(next);
        let named = word.chars().skip(1).any(char::is_uppercase);
        let aside = self.text[mark.closed..].trim_start().starts_with('(');
        let careless = word == "i" || self.text[self.first..].starts_with(char::is_lowercase);
        plain
            && !mark.quoted
            && mark.sort != Sort::Ellipsis
            && (named || careless || (aside && mark.sort == Sort::Stop))
    }

    /// Whether the next sentence follows without a space: “It is over.The next”.
    fn lacks_space(&self, from: usize, mark: &Ending, next: &str) -> bool {
        let mut letters = next.trim_start_matches(['“', '"']).chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let small = letters.next().is_some_and(char::is_lowercase);
        if mark.sort == Sort::Ellipsis || !capital || !small {
            return false;
        }
        let word = last_word(self.before(from, mark));
        let spoken = word.chars().count() > 3 && word.chars().all(char::is_lowercase);
        spoken && !self.is_address(mark, next)
    }

    /// Whether the mark stands in an address of the web: “example.Com/x”.
    fn is_address(&self, mark: &Ending, next: &str) -> bool {
        let word = first_of(next, char::is_whitespace);
        let whole = last_of(&self.text[..mark.start], char::is_whitespace);
        word.contains(['/', '@']) || whole.contains(['/', '@', '.'])
    }

    /// Whether a quotation that ends in a cry is reported by what follows: “Who?” Zhao asked.
    fn is_reported(&self, next: &str) -> bool {
        let mut words = plain_words(next).map(|(_, word)| word);
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if self.abbreviations.is_opener(first) {
            return false;
        }
        self.abbreviations.is_reporting(second)
            || (self.abbreviations.is_reporting(words.next().unwrap_or_default()) && starts_capital(second))
    }

    fn ends_at_ellipsis(&self, next: &str, mark: &Ending) -> bool {
        let marks = &self.text[mark.start..mark.end];
        let dots = marks.matches('.').count();
        let word = first_word(next);
        // “I” has a capital everywhere and tells nothing.
        dots > 3
            || mark.quoted
            || (starts_capital(word) && !word.starts_with("I'") && !word.starts_with("I’") && word != "I")
    }

    /// Whether one full stop ends the sentence, what follows being no small letter.
    fn ends_at_stop(&self, from: usize, mark: &Ending, next: &str, opened: &str) -> bool {
        let before = self.before(from, mark);
        let word = last_word(before);
        let follower = first_word(opened);
        let opener = self.abbreviations.is_opener(follower) && starts_capital(follower);
        if mark.quoted {
            return true;
        }
        if is_item_number(before) {
            return false;
        }
        match self.stop_of(word) {
            None => true,
            Some(Stop::Never) => false,
            Some(Stop::BeforeNumber) => {
                !opened.starts_with(|c: char| c.is_ascii_digit() || c == '(') && !is_roman(follower)
            }
            Some(Stop::BeforeOpener) => opener || (next.len() > opened.len() && !next.starts_with('(')),
            Some(Stop::BeforeCapital) => {
                let zone = (2..=4).contains(&follower.len()) && follower.chars().all(char::is_uppercase);
                // “At 5 a.m. Mr. Smith left”: too little has been said to end before a title.
                let title = self.abbreviations.stop(follower) == Some(Stop::Never)
                    && before.split_whitespace().nth(SHORTEST - 1).is_none();
                opener || !(zone || title)
            }
        }
    }

    /// What a stop behind `word` means, if it does not simply end a sentence.
    fn stop_of(&self, word: &str) -> Option<Stop> {
        if let Some(stop) = self.abbreviations.stop(word) {
            return Some(stop);
        }
        let mut parts = word.split('.');
        let single = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
        let letters = parts.clone().count() > 1
            && parts.all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
        let initial = single(word) && word.chars().all(char::is_uppercase);
        let hyphened =
            word.rsplit(['-', '–']).next().is_some_and(|last| last.len() < word.len() && single(last));
        (letters || initial || hyphened).then_some(Stop::BeforeOpener)
    }

    /// The sentence so far, before the mark.
    fn before(&self, from: usize, mark: &Ending) -> &'t str {
        &self.text[from..mark.start]
    }
}

/// Words below which a sentence does not end at an abbreviation before a title.
const SHORTEST: usize = 5;

/// Characters up to which a word or address is looked at.
const LONGEST: usize = 100;

/// What may stand between a mark and the first letter of the next sentence.
const OPENERS: [char; 16] =
    ['“', '‘', '«', '„', '"', '\'', '(', '[', '「', '『', '（', '—', '–', '-', '*', '•'];

/// The last word of `before`: what stands behind the last space or opening mark.
fn last_word(before: &str) -> &str {
    let open = |c: char| c.is_whitespace() || OPENERS[..11].contains(&c) || matches!(c, '/' | '—' | '–');
    last_of(before, open)
}

fn first_word(text: &str) -> &str {
    plain_words(text).next().map_or("", |(_, word)| word)
}

/// What stands in `text` before the first character that parts; at most [`LONGEST`] characters, lest
/// a text without spaces be read again at each of its full stops.
fn first_of(text: &str, parts: impl Fn(char) -> bool) -> &str {
    let mut letters = text.char_indices().enumerate();
    let end = letters.find(|(count, (_, c))| *count == LONGEST || parts(*c));
    end.map_or(text, |(_, (at, _))| &text[..at])
}

/// What stands in `text` behind the last character that parts; at most [`LONGEST`] characters.
fn last_of(text: &str, parts: impl Fn(char) -> bool) -> &str {
    let letters = text.char_indices().rev().take(LONGEST).take_while(|(_, c)| !parts(*c));
    &text[letters.last().map_or(text.len(), |(at, _)| at)..]
}

/// Whether the line ends with “[...]”: something was left out there.
fn is_only_omission(next: &str) -> bool {
    let behind = next.strip_prefix("[...]").or_else(|| next.strip_prefix("[…]"));
    behind.is_some_and(|behind| behind.trim_end().is_empty())
}

/// Whether the line ends with who said what was quoted: “― Ana Reyes, the mayor”.
fn is_signature(next: &str) -> bool {
    /// The longest such line in bytes, and the longest name in words.
    const LONGEST_LINE: usize = 100;
    const LONGEST_NAME: usize = 6;
    let Some(name) = next.strip_prefix(['-', '–', '—', '―']) else { return false };
    let name = name.trim_start_matches(['-', '–', '—', '―']).trim();
    let name = name.split(',').next().unwrap_or_default();
    let mut words = name.split_whitespace();
    let joins = |word: &str| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    next.len() <= LONGEST_LINE
        && name.starts_with(char::is_uppercase)
        && words.clone().count() <= LONGEST_NAME
        && words.all(|word| word.starts_with(char::is_uppercase) || joins(word))
}

fn starts_capital(word: &str) -> bool {
    word.starts_with(|c: char| !c.is_lowercase())
}

/// Whether a sentence that consists of `before` so far is nothing but the number of an item.
fn is_item_number(before: &str) -> bool {
    if before.len() > LONGEST {
        return false;
    }
    let number = before.trim_matches([' ', '(', ')', '[', ']', '*', '•', '⁃', '-', '#', '\u{a0}']);
    let digits = number.len() <= 3 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let dotted = number
        .split('.')
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let letter = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_alphabetic());
    digits || dotted || letter || is_roman(number)
}

fn is_roman(word: &str) -> bool {
    (1..=5).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'i' | b'v' | b'x'))
}

/// Whether the text begins with a mark of an item: “• ”, “- ”.
fn starts_item(next: &str) -> bool {
    next.starts_with(['•', '⁃', '▪', '●'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::StatementText;

    fn abbreviations() -> Abbreviations {
        let mut all = Abbreviations::default();
        for word in ["Mr", "Gen", "e.g"] {
            all.add(word, Stop::Never);
        }
        for word in ["no", "art"] {
            all.add(word, Stop::BeforeNumber);
        }
        all.add("U.S", Stop::BeforeOpener);
        all.add("p.m", Stop::BeforeCapital);
        for word in ["the", "he", "we", "this", "it"] {
            all.add_opener(word);
        }
        for word in ["said", "asked"] {
            all.add_reporting(word);
        }
        all
    }

    /// Sentences are parted by `|` in what is expected.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace('|', "");
        let found: Vec<SpanIn<StatementText>> = sentences(&text, &abbreviations());
        let cut: Vec<&str> = found.iter().map(|span| span.of(&text)).collect();
        let wanted: Vec<&str> = expected.split('|').map(str::trim).collect();
        assert_eq!(cut, wanted);
    }

    #[test]
    fn titles_and_initials_do_not_end_a_sentence() {
        check("Mr. Lee met Gen. Park.| They left.");
        check("George W. Bush and J. D. Vance came.| He spoke.");
        check("It happened in the U.S. Senate.| This is a fact.");
        check("They work for the U.S.| The plan failed.");
    }

    #[test]
    fn numbers_keep_their_stops() {
        check("Order No. 5 cites Art. 2 (4) at 3.5 percent.| No.| He said no.| We left.");
        check("1. The first matter is peace.| 212,000 homes went dark.");
        check("They met at 5 p.m. EDT and left at 6 p.m.| We waited.");
    }

    #[test]
    fn quotations_and_brackets_close_before_the_end() {
        check("“We deny it.”| He left.");
        check("“Who gave the order?” Zhao asked.| “We did.”| The end.");
        check("(It was dark.)| The ship sank.");
        check("He called it “groundless.”| Then he left.");
        check("He asked, “Why?” and left.");
        check("“It is a long game.” ― Ana de Reyes, mayor");
        check("“It is a long game.”| — The crowd cheered.");
    }

    #[test]
    fn ellipses_end_where_a_capital_follows() {
        check("Well ... we tried.");
        check("We tried....| He did not.");
        check("It was, e.g. late, and “[…] dark” outside.");
    }

    #[test]
    fn chinese_needs_no_spaces() {
        check("中方坚决反对。|这是谎言！|“我们不接受。”|他说。");
    }

    #[test]
    fn addresses_and_decimals_stay_whole() {
        check("See www.example.org for more.| It rose 2.5 points.");
        check("The talks ended.|The delegates left.");
    }

    #[test]
    fn lines_and_items_are_cut() {
        check("A heading|\nThe text.");
        check("1. The first point| 2. The second point");
        check("We wait ======| The text *** of it ====.| A text.");
    }

    proptest::proptest! {
        #[test]
        fn sentences_stand_in_order_and_show_something(text in "\\PC{0,60}|[.!?…。”\" A-Ca-c1\n(]{0,60}") {
            let found: Vec<SpanIn<StatementText>> = sentences(&text, &abbreviations());
            let mut end = 0;
            for span in found {
                proptest::prop_assert!(span.start >= end && text.is_char_boundary(span.start));
                proptest::prop_assert!(span.of(&text).chars().any(is_visible));
                end = span.end;
            }
        }
    }
}
