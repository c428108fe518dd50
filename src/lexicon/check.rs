//! Checks lexicon files: their mistakes, and every example that does not come out as marked.
//!
//! The examples of a file are its tests. What is found in them is asked of the caller, since finding
//! takes more than phrases: negation, quotation and the rules whose finds are made by code.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use super::file::{self, Entry, Example, Mistake};
use super::phrase::{self, Steps};
use super::wording;
use super::{BUILT_IN, Lexicon, RuleId};

/// What [`check`] found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What is wrong with the files; if anything is, examples are not tried.
    pub mistakes: Vec<Mistake>,
    /// Examples that do not come out as marked.
    pub differences: Vec<Difference>,
    /// How many tables were checked.
    pub rules: usize,
    /// How many examples were tried.
    pub examples: usize,
}

/// An example that does not come out as marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where the example stands, and of which rule it is one.
    pub place: Mistake,
    /// The example as it is written.
    pub wanted: String,
    /// The example with what is found in braces.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  wanted {}\n  found  {}", self.place, self.wanted, self.found)
    }
}

impl Report {
    /// Whether all is as it should be.
    pub fn is_clean(&self) -> bool {
        self.mistakes.is_empty() && self.differences.is_empty()
    }
}

/// Checks a user's files as they are laid over ours; ours themselves if there are none.
///
/// `coded` names the rules that find without phrases. `finds` gives the stretches (bytes) that a
/// rule counts in a text.
pub fn check(
    files: &[(String, String)],
    coded: &[&str],
    finds: impl Fn(&Lexicon, &str, RuleId) -> Vec<Range<usize>>,
) -> Report {
    let mut report = Report::default();
    let lexicon = match Lexicon::with_user_files(files) {
        Ok(lexicon) => lexicon,
        Err(mistakes) => {
            report.mistakes = mistakes;
            return report;
        }
    };
    let own: Vec<(&str, &str)> = match files {
        [] => BUILT_IN.to_vec(),
        files => files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect(),
    };
    for (file, text) in own {
        if wording::is_file(file) {
            continue;
        }
        let entries = file::read(file, text).unwrap_or_default();
        report.mistakes.extend(doubles(file, text, &entries));
        for entry in &entries {
            let place = |at, message: String| Mistake::new(file, text, at, message);
            report.rules += 1;
            let worded = lexicon.rule_named(&entry.id).is_some_and(|rule| lexicon.is_worded(rule));
            if entry.phrases.is_empty() && !worded && !coded.contains(&entry.id.as_str()) {
                report
                    .mistakes
                    .push(place(entry.at, format!("`{}` has no phrases: nothing finds it", entry.id)));
            }
            let Some(rule) = lexicon.rule_named(&entry.id) else { continue };
            examples(&mut report, entry, &place, |sentence| finds(&lexicon, sentence, rule));
        }
    }
    report
}

/// Most readings of one line that are looked at for doubles.
const READINGS: usize = 4096;

/// The phrases that mean two things, told at the second place.
fn doubles(file: &str, text: &str, entries: &[Entry]) -> Vec<Mistake> {
    let mut known: HashMap<(&str, Steps), (&str, f32)> = HashMap::new();
    let mut found = Vec::new();
    for entry in entries {
        let lane = if entry.technique { "rhetoric" } else { entry.id.split('.').next().unwrap_or_default() };
        for weighted in &entry.phrases {
            let mut told = false;
            for reading in weighted.phrase.readings(READINGS) {
                let meaning = (entry.id.as_str(), weighted.weight);
                let words = phrase::shown(&reading);
                let first = *known.entry((lane, reading)).or_insert(meaning);
                if first != meaning && !told {
                    told = true;
                    let message =
                        format!("`{words}` stands in `{}` already; a phrase has one meaning", first.0);
                    found.push(Mistake::new(file, text, weighted.at, message));
                }
            }
        }
    }
    found
}

fn examples(
    report: &mut Report,
    entry: &Entry,
    place: &impl Fn(usize, String) -> Mistake,
    finds: impl Fn(&str) -> Vec<Range<usize>>,
) {
    let all = entry.hits.iter().map(|hit| (hit, true)).chain(entry.misses.iter().map(|miss| (miss, false)));
    for (Example { text, at }, is_hit) in all {
        report.examples += 1;
        let Ok((sentence, marks)) = file::unmarked(text) else {
            report.mistakes.push(place(*at, "a brace has no partner, or marks nothing".to_owned()));
            continue;
        };
        if marks.is_empty() == is_hit {
            let message = if is_hit { "a hit marks what must be found in { }" } else { "a miss has no { }" };
            report.mistakes.push(place(*at, message.to_owned()));
            continue;
        }
        let found = finds(&sentence);
        if found != marks {
            let what = if is_hit { "hit" } else { "miss" };
            report.differences.push(Difference {
                place: place(*at, format!("this {what} of `{}` comes out otherwise", entry.id)),
                wanted: text.clone(),
                found: marked(&sentence, &found),
            });
        }
    }
}

/// `sentence` with each of `finds` in braces.
pub fn marked(sentence: &str, finds: &[Range<usize>]) -> String {
    let mut signs: Vec<(usize, char)> =
        finds.iter().flat_map(|find| [(find.start, '{'), (find.end, '}')]).collect();
    // Where one ends as another begins, the end comes first.
    signs.sort_by_key(|&(at, sign)| (at, sign == '{'));
    let mut shown = String::new();
    let mut from = 0;
    for (at, sign) in signs {
        shown.push_str(&sentence[from..at]);
        shown.push(sign);
        from = at;
    }
    shown + &sentence[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> Report {
        let file = ("mine.toml".to_owned(), text.to_owned());
        check(&[file], &["claim.coded"], |_, sentence, _| {
            sentence.match_indices("zork").map(|(at, found)| at..at + found.len()).collect()
        })
    }

    fn rule(id: &str, rest: &str) -> String {
        format!("[[rule]]\nid = \"{id}\"\nname = \"n\"\nabout = \"a\"\nsource = \"s\"\n{rest}\n")
    }

    #[test]
    fn an_example_that_comes_out_otherwise_is_shown_in_two_lines() {
        let report = report(&rule(
            "claim.coded",
            "hits = [\"a {zork} b {c}\", \"{zork}\"]\nmisses = [\"x\", \"zork\"]",
        ));
        let shown: Vec<String> = report.differences.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "mine.toml:6:9: this hit of `claim.coded` comes out otherwise\n  wanted a {zork} b {c}\n  found  a {zork} b c",
                "mine.toml:7:16: this miss of `claim.coded` comes out otherwise\n  wanted zork\n  found  {zork}",
            ]
        );
        assert_eq!((report.rules, report.examples, report.mistakes.len()), (1, 4, 0));
    }

    #[test]
    fn examples_that_cannot_be_tried_are_mistakes() {
        let told =
            |text: &str| report(text).mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(told(&rule("claim.coded", "hits = [\"zork\"]")).contains("a hit marks what must be found"));
        assert!(told(&rule("claim.coded", "misses = [\"{zork}\"]")).contains("a miss has no { }"));
        assert!(told(&rule("claim.coded", "hits = [\"{zork\"]")).contains("no partner"));
        assert!(told(&rule("claim.other", "")).contains("`claim.other` has no phrases"));
        assert!(told("[[rule]]").contains("has no `id`"));
        let cue = |weight, phrase| format!("[[rule.cue]]\nweight = {weight}\nphrases = [\"{phrase}\"]");
        let twice = rule("claim.a", &cue(1, "(a|b) c")) + &rule("claim.b", &cue(1, "b c"));
        assert!(told(&twice).contains("`b c` stands in `claim.a` already"));
    }
}
