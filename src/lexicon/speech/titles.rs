//! Title lines that name a speaker: “Statement by Minister X on …”, “Minister X’s Remarks on …”.

use super::{Sorts, Speech, is_among};
use crate::text::is_unspaced;

impl Speech {
    /// The part of a title line that names the speaker: what stands behind “Statement by”, with the
    /// occasion, or before “’s Remarks on”.
    pub fn byline<'a>(&self, line: &'a str) -> Option<&'a str> {
        let lead = longest(&self.leads, line);
        let line = line[lead..].trim_start();
        match longest(&self.bylines, line) {
            0 => self.owner(line).or_else(|| self.unspaced(line)),
            length => Some(line[length..].trim_start_matches(':').trim_start()),
        }
    }

    /// Whose words a title line announces: “Minister Ana Reyes’s Opening Remarks at …”.
    fn owner<'a>(&self, line: &'a str) -> Option<&'a str> {
        let (at, mark) = ["’s ", "'s ", "’ ", "' "].iter().find_map(|mark| Some((line.find(mark)?, mark)))?;
        let owner = &line[..at];
        let is_part =
            |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "for" | "and");
        let known = Sorts::ROLE | Sorts::TITLE | Sorts::GIVEN_NAME | Sorts::ORGANISATION | Sorts::GROUP;
        let mut words = owner.split_whitespace();
        let opens = words
            .clone()
            .next()
            .is_some_and(|first| self.is_opener(first) && !first.eq_ignore_ascii_case("the"));
        let is_owner = words.clone().any(|word| self.facts(word).sorts.any(known)) && words.all(is_part);
        // Up to two words say what sort of remarks.
        let mut rest = line[at + mark.len()..].split_whitespace();
        let what =
            rest.by_ref().take(3).find(|word| is_among(&self.remarks, word.trim_end_matches([',', ':'])))?;
        let next = rest.next();
        let ends = what.ends_with([',', ':'])
            || next.is_none_or(|next| {
                let timely =
                    next.starts_with(|c: char| c.is_ascii_digit()) || self.facts(next).sorts.any(Sorts::TIME);
                timely || self.is_occasion(next) || matches!(next, "and" | "&")
            });
        (is_owner && !opens && ends).then_some(owner)
    }

    /// Who speaks by a title line without spaces between words: “外交部发言人李文就…答记者问”.
    fn unspaced<'a>(&self, line: &'a str) -> Option<&'a str> {
        // A day may stand before it.
        let from = line.find('日').filter(|_| line.starts_with(|c: char| c.is_ascii_digit()));
        let line = &line[from.map_or(0, |day| day + '日'.len_utf8())..];
        let office = self.unspaced_office(line)?;
        let end = self
            .unspaced_occasions
            .iter()
            .filter_map(|occasion| line[office..].find(occasion.as_str()))
            .min()?;
        let name = &line[office..office + end];
        let is_name =
            (2..=8).contains(&name.chars().count()) && name.chars().all(|c| is_unspaced(c) || c == '·');
        is_name.then_some(&line[..office + end])
    }

    /// Where the name starts behind an office in words without spaces.
    pub fn unspaced_office(&self, phrase: &str) -> Option<usize> {
        let ends = |office: &String| Some(phrase.find(office.as_str())? + office.len());
        self.unspaced_offices.iter().filter_map(ends).min().filter(|end| *end < phrase.len())
    }

    /// Whether `word` stands before a name out of respect: `H.E.`, `Excellency`.
    pub fn is_honorific(&self, word: &str) -> bool {
        is_among(&self.honorifics, word)
    }

    /// Whether `word` leads over from the speaker to the occasion in a title line.
    pub fn is_occasion(&self, word: &str) -> bool {
        is_among(&self.occasions, word)
    }
}

/// How many bytes the longest of `starts` has that `line` starts with; 0 if it starts with none.
fn longest(starts: &[String], line: &str) -> usize {
    starts.iter().filter(|start| starts_with(line, start)).map(String::len).max().unwrap_or(0)
}

/// Whether `text` starts with `start`, whatever its case, and a word ends there.
fn starts_with(text: &str, start: &str) -> bool {
    let head = text.as_bytes().get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
        && !text[start.len()..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_lines_are_told_by_how_they_begin() {
        let speech = Speech::built_in();
        assert_eq!(
            speech.byline("Press Briefing by Press Secretary Ana Reyes"),
            Some("Press Secretary Ana Reyes")
        );
        assert_eq!(speech.byline("Full text of the statement by: Ana Reyes"), Some("Ana Reyes"));
        assert_eq!(speech.byline("Statement bypassed"), None);
    }
}
