//! Pages of lines to running text: no running heads, no page numbers, words and sentences mended
//! where lines and pages parted them.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::MENDING;
use crate::document::lines::{ends_sentence, is_left_open, starts_item, starts_small, starts_turn};

/// What stands for a form feed in a cleaned text: a character without a meaning.
pub const PAGE_END: &str = "\u{F8FF}";

/// As many lines at the top and foot of a page may be running heads.
const MARGIN: usize = 3;

/// The running text of pages: lines, with an empty one where a paragraph ends.
pub fn joined(text: &str) -> String {
    let mut pages: Vec<Vec<&str>> =
        text.split(PAGE_END).map(|page| page.lines().map(str::trim).collect()).collect();
    let heads = running_heads(&pages);
    for page in &mut pages {
        let count = page.iter().filter(|line| !line.is_empty()).count();
        let mut at = 0;
        page.retain(|line| {
            at += usize::from(!line.is_empty());
            let in_margin = at <= MARGIN || at + MARGIN > count;
            line.is_empty() || !(in_margin && (is_page_number(line) || heads.contains(&shape(line))))
        });
    }
    let lines: Vec<&str> = pages.into_iter().flat_map(|page| [vec![""], page].concat()).collect();
    mend(&lines)
}

/// The shapes of lines that stand at the edge of at least half of the pages, and of three.
fn running_heads(pages: &[Vec<&str>]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let lines: Vec<&str> = page.iter().copied().filter(|line| !line.is_empty()).collect();
        let foot = lines.len().saturating_sub(MARGIN).max(MARGIN.min(lines.len()));
        let edges = lines[..MARGIN.min(lines.len())].iter().chain(&lines[foot..]);
        for shape in edges.map(|line| shape(line)).collect::<BTreeSet<String>>() {
            *counts.entry(shape).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= 3 && *count * 2 >= pages.len());
    counts.into_keys().collect()
}

/// A line without what changes from page to page.
fn shape(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

/// “7”, “- 7 -”, “Page 7 of 9”, “7/9”.
fn is_page_number(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let words: String = line.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    (1..=6).contains(&digits)
        && line.len() <= 24
        && matches!(words.as_str(), "" | "page" | "p" | "pageof" | "of")
        && !line.contains(['%', '$', '€', '£', ','])
}

/// The lines one below the other: words parted at a line end made whole, empty lines within a sentence
/// left out, a raised ordinal put back to its number.
fn mend(lines: &[&str]) -> String {
    let words = whole_words(lines);
    let mut text = String::new();
    let mut raised = "";
    let mut empty = true;
    for line in lines {
        if line.is_empty() {
            empty = true;
            continue;
        }
        if matches!(*line, "th" | "st" | "nd" | "rd") {
            raised = line;
            continue;
        }
        let line = &*with_raised(line, std::mem::take(&mut raised));
        let before = text.rsplit('\n').next().unwrap_or_default();
        if let Some(whole) = unhyphened(before, line, &words) {
            text.truncate(text.len() - usize::from(whole));
        } else if !text.is_empty() {
            let ended = empty && !goes_on(before, line);
            text.push_str(if ended { "\n\n" } else { "\n" });
        }
        text.push_str(line);
        empty = false;
    }
    text
}

/// The words that no line end parts.
fn whole_words(lines: &[&str]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut parted = false;
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let within = line.split_whitespace().skip(usize::from(parted));
        words.extend(within.filter(|word| !word.ends_with('-')).map(bare));
        parted = line.ends_with('-');
    }
    words
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// If a word goes on from one line to the next: whether the hyphen goes, too. It stays if the word is
/// written so elsewhere, or if the whole is not and its first part is known to keep it.
fn unhyphened(before: &str, after: &str, words: &BTreeSet<String>) -> Option<bool> {
    let first = before.strip_suffix('-')?;
    let first =
        first.rsplit(char::is_whitespace).next().filter(|first| first.ends_with(char::is_alphabetic))?;
    if !starts_small(after) {
        return None;
    }
    let second = after.split(char::is_whitespace).next().unwrap_or_default();
    let (whole, hyphened) = (bare(&format!("{first}{second}")), bare(&format!("{first}-{second}")));
    let is_compound = first.contains('-') || MENDING.compounds.contains(&bare(first));
    Some(words.contains(&whole) || !words.contains(&hyphened) && !is_compound)
}

/// Whether the sentence of one line goes on in the next, whatever stands between them.
fn goes_on(before: &str, after: &str) -> bool {
    !ends_sentence(before)
        && !starts_turn(after)
        && !starts_item(after)
        && (starts_small(after) || before.ends_with(',') || is_left_open(before))
}

/// `line` with a raised “th” put behind the number that lacks it.
fn with_raised(line: &str, raised: &str) -> String {
    let digits_end = |at: &usize| {
        let (head, tail) = line.split_at(*at);
        let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits) && tail.starts_with(' ')
    };
    let at = (1..line.len()).filter(|at| line.is_char_boundary(*at)).find(digits_end);
    match at.filter(|_| !raised.is_empty()) {
        Some(at) => format!("{}{raised}{}", &line[..at], &line[at..]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pages: &[&str], expected: &str) {
        assert_eq!(joined(&pages.join(PAGE_END)), expected);
    }

    #[test]
    fn running_heads_and_page_numbers_are_dropped() {
        check(
            &[
                "Ministry of the Sea\nWe reject\nthe charge and\n1",
                "Ministry of the Sea\nall that goes with it.\nThere were 2031 ships.\n- 2 -",
                "Ministry of the Sea\n\nWe say so.\nAgain.\nPage 3 of 3",
            ],
            "We reject\nthe charge and\nall that goes with it.\nThere were 2031 ships.\n\nWe say so.\nAgain.",
        );
    }

    #[test]
    fn words_parted_by_a_line_end_are_whole() {
        check(&["The inter-\nnational law"], "The international law");
        check(&["A cross-\nborder claim, cross-border"], "A cross-border claim, cross-border");
        check(&["so well-\nknown"], "so well-known");
        check(&["with-\nout it we be-\ncame"], "without it we became");
        check(&["the Sino-\nJapanese"], "the Sino-\nJapanese");
    }

    #[test]
    fn a_sentence_goes_on_across_empty_lines() {
        check(
            &["We reject\n\nthe charge of the\n\nCouncil.\n\nIt is wrong."],
            "We reject\nthe charge of the\nCouncil.\n\nIt is wrong.",
        );
    }

    #[test]
    fn a_raised_ordinal_goes_back_to_its_number() {
        check(&["th\nAt the 79 session"], "At the 79th session");
    }
}
