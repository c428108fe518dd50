//! A reader's own weight for a cue, written into the reader's own lexicon files.
//!
//! A phrase becomes a table of `own.toml`, a rule whose finds are made by code is copied there with
//! its new weight, a fitted word becomes a line of `own.tsv`. What was written earlier is replaced;
//! everything else in the files stays as it stands.

use std::fmt::Write as _;

use super::wording;
use super::{CueKind, Lexicon, Rule};
use crate::text::digest::sha256;

/// The file of phrases and rules.
pub const TABLES: &str = "own.toml";
/// The file of fitted words.
pub const WORDS: &str = "own.tsv";

const TABLES_HEAD: &str = "# Weights that you gave to cues in visavis; you may change them here too.\n";
const WORDS_HEAD: &str =
    "# Weights that you gave to single words in visavis; you may change them here too.\n";

/// A weight of the reader's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The id of the rule that the cue has now.
    pub rule: String,
    /// What gets the weight.
    pub what: What,
    /// In log-odds; 0 silences.
    pub weight: f32,
}

/// What gets a weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// These folded words, wherever they count for the rule's kind.
    Phrase(String),
    /// This fitted word, or pair of words.
    Word(String),
    /// All that the rule's code finds.
    Rule,
}

/// The file that holds `own`, laid into the user's `files` (name and text): its name and new text.
///
/// # Errors
/// If there is nothing to write: no such rule, or no words.
pub fn laid(files: &[(String, String)], lexicon: &Lexicon, own: &Own) -> Result<(String, String), String> {
    let rule = lexicon.rules().iter().find(|rule| rule.id == own.rule);
    let rule = rule.ok_or_else(|| format!("no rule is called `{}`", own.rule))?;
    let text = |name: &str| files.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text);
    match &own.what {
        What::Phrase(words) | What::Word(words) if words.is_empty() => {
            Err("this cue has no words".to_owned())
        }
        What::Word(words) if words.split(' ').count() > 2 => {
            Err("these words count together here; each has a weight of its own".to_owned())
        }
        What::Word(words) => Ok((WORDS.to_owned(), word_laid(text(WORDS), rule, words, own.weight))),
        What::Phrase(words) => {
            let table = phrase_table(rule, words, own.weight);
            Ok((TABLES.to_owned(), table_laid(text(TABLES), &table)))
        }
        What::Rule => Ok((TABLES.to_owned(), table_laid(text(TABLES), &rule_table(rule, own.weight)))),
    }
}

/// A table with its id.
struct Table {
    id: String,
    text: String,
}

fn phrase_table(rule: &Rule, words: &str, weight: f32) -> Table {
    let (table, start) = kind_of(rule);
    let id = format!("{start}.own.{}", slug(words));
    let text = format!(
        "[[{table}]]\nid     = {}\nname   = {}\nabout  = {}\nsource = {}\n\n  [[{table}.cue]]\n  weight  = \
         {weight}\n  phrases = [{}]\n",
        quoted(&id),
        quoted("your own weight"),
        quoted("Words that you gave a weight of your own."),
        quoted("you"),
        quoted(words)
    );
    Table { id, text }
}

fn rule_table(rule: &Rule, weight: f32) -> Table {
    let text = format!(
        "[[{}]]\nid     = {}\nname   = {}\nabout  = {}\nsource = {}\nweight = {weight}\n",
        kind_of(rule).0,
        quoted(&rule.id),
        quoted(&rule.name),
        quoted(&rule.about),
        quoted(&rule.source)
    );
    Table { id: rule.id.clone(), text }
}

/// The name of a rule's table, and how the ids of its kind begin.
fn kind_of(rule: &Rule) -> (&'static str, &str) {
    match rule.kind {
        CueKind::Claim => ("rule", "claim"),
        CueKind::Rebuttal => ("rule", "rebuttal"),
        CueKind::Rhetoric => ("technique", rule.technique.as_deref().unwrap_or("rhetoric")),
    }
}

/// The words as part of an id; their digest where they have other letters than an id may.
fn slug(words: &str) -> String {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' ';
    if words.chars().all(fits) {
        words.replace(' ', "_")
    } else {
        format!("x{}", &sha256(words.as_bytes())[..12])
    }
}

/// `text` as a TOML string.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
    format!("\"{escaped}\"")
}

/// The file with `table` in it, in place of the one with the same id.
fn table_laid(text: &str, table: &Table) -> String {
    let head = if text.is_empty() { TABLES_HEAD } else { "" };
    let mut kept = String::new();
    let mut block = String::new();
    let line_of_id = format!("= {}", quoted(&table.id));
    let is_old = |block: &str| {
        block
            .lines()
            .any(|line| line.trim_start().starts_with("id") && line.trim_end().ends_with(&line_of_id))
    };
    for line in text.split_inclusive('\n') {
        if line.starts_with("[[") && !is_old(&block) {
            kept.push_str(&std::mem::take(&mut block));
        } else if line.starts_with("[[") {
            block.clear();
        }
        block.push_str(line);
    }
    if !is_old(&block) {
        kept.push_str(&block);
    }
    format!("{head}{}\n\n{}", kept.trim_end(), table.text).trim_start().to_owned()
}

/// The file with the weight of `words` in it, in place of an earlier one.
fn word_laid(text: &str, rule: &Rule, words: &str, weight: f32) -> String {
    let mut lines: Vec<(String, String, f32)> = wording::read(WORDS, text)
        .unwrap_or_default()
        .into_iter()
        .filter(|(id, line)| *id != rule.id || line.words != words)
        .map(|(id, line)| (id.to_owned(), line.words.to_owned(), line.weight))
        .collect();
    lines.push((rule.id.clone(), words.to_owned(), weight));
    lines.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut out = WORDS_HEAD.to_owned();
    let mut last = "";
    for (rule, words, weight) in &lines {
        if last != rule {
            let _ = writeln!(out, "{}\t{rule}", wording::OVER);
            last = rule;
        }
        let _ = writeln!(out, "{weight}\t{words}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    /// Lays weights one after the other, each over what the last left; gives the files.
    fn lay(all: &[(&str, What, f32)]) -> Vec<(String, String)> {
        let lexicon = Lexicon::built_in();
        let mut files: Vec<(String, String)> = Vec::new();
        for (rule, what, weight) in all {
            let own = Own { rule: (*rule).to_owned(), what: what.clone(), weight: *weight };
            let (name, text) = laid(&files, &lexicon, &own).expect("it can be written");
            files.retain(|(known, _)| *known != name);
            files.push((name, text));
        }
        files
    }

    fn weights(files: &[(String, String)], text: &str) -> Vec<f32> {
        let lexicon = Lexicon::with_user_files(files).expect("nothing is wrong with it");
        let words = words::<()>(text, 0);
        let finds = lexicon.find(words.iter().map(|word| word.folded.as_str()));
        finds.phrases.iter().map(|find| find.weight).collect()
    }

    #[test]
    fn a_phrase_gets_a_weight_another_and_none() {
        let phrase = || What::Phrase("zork of blorb".to_owned());
        let first = lay(&[("rebuttal.question", phrase(), 1.25)]);
        assert_eq!(weights(&first, "A zork of blorb."), [1.25]);
        let again = lay(&[
            ("rebuttal.question", phrase(), 1.25),
            ("rebuttal.question", What::Phrase("毫无 “x\\".to_owned()), 0.5),
            ("rebuttal.question", phrase(), 2.0),
        ]);
        assert_eq!(weights(&again, "A zork of blorb."), [2.0]);
        assert!(again[0].1.starts_with(TABLES_HEAD) && again[0].1.matches("[[rule]]").count() == 2);
        let silent = lay(&[("rebuttal.question", phrase(), 1.25), ("rebuttal.question", phrase(), 0.0)]);
        assert_eq!(weights(&silent, "A zork of blorb."), Vec::<f32>::new());
    }

    #[test]
    fn a_word_is_laid_over_the_fitted_ones_and_the_others_stay() {
        let rule = "claim.wording";
        let files = lay(&[(rule, What::Word("zork".into()), 0.5), (rule, What::Word("zork".into()), -0.25)]);
        assert_eq!(files[0].1, format!("{WORDS_HEAD}over\tclaim.wording\n-0.25\tzork\n"));
        let (built_in, own) = (Lexicon::built_in(), Lexicon::with_user_files(&files).expect("it is right"));
        let found = |lexicon: &Lexicon, word| lexicon.wording([Some(word)].into_iter()).len();
        assert_eq!((found(&built_in, "zork"), found(&own, "zork")), (0, 1));
        let voted = ["voted", "percent", "claimed"].into_iter().find(|word| found(&built_in, word) > 0);
        assert!(voted.is_some_and(|word| found(&own, word) == found(&built_in, word)), "{voted:?}");
    }

    #[test]
    fn a_rule_found_by_code_gets_another_weight() {
        let files = lay(&[("claim.question", What::Rule, -0.1)]);
        let lexicon = Lexicon::with_user_files(&files).expect("nothing is wrong with it");
        let rule = lexicon.rules().iter().find(|rule| rule.id == "claim.question").expect("it is there");
        assert!((rule.weight + 0.1).abs() < 1e-6 && rule.about.len() > 20);
        let none = Own { rule: "no.such".into(), what: What::Rule, weight: 1.0 };
        assert_eq!(laid(&[], &lexicon, &none), Err("no rule is called `no.such`".to_owned()));
    }
}
