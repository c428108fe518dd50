//! Layer 2: what the data files in `assets/lexicon/` say, checked and compiled.
//!
//! [`Lexicon`] holds the cues of claims, rebuttals and rhetoric; [`Speech`] the words by which
//! texts name speakers and report them; abbreviations are handed to [`crate::text::sentences()`].
//! A file's form is described in [`mod@file`], the notation of its phrases in [`phrase`], fitted weights
//! of single words in [`wording`].

pub mod abbreviations;
mod builder;
pub mod check;
pub mod file;
pub mod matcher;
pub mod own;
pub mod phrase;
pub mod speech;
pub mod wording;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use abbreviations::abbreviations;
pub use check::{Difference, Report, check};
pub use file::Mistake;
pub use speech::Speech;

use builder::Builder;
use matcher::Matcher;
pub use wording::Worded;
use wording::Wording;

/// The files that are built in, by name.
pub const BUILT_IN: [(&str, &str); 7] = [
    ("claim.toml", include_str!("../assets/lexicon/claim.toml")),
    ("rebuttal.toml", include_str!("../assets/lexicon/rebuttal.toml")),
    ("rhetoric.toml", include_str!("../assets/lexicon/rhetoric.toml")),
    ("negation.toml", include_str!("../assets/lexicon/negation.toml")),
    ("claim.tsv", include_str!("../assets/lexicon/claim.tsv")),
    ("rebuttal.tsv", include_str!("../assets/lexicon/rebuttal.tsv")),
    ("rhetoric.tsv", include_str!("../assets/lexicon/rhetoric.tsv")),
];

/// What a cue counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// A checkable claim.
    Claim,
    /// A denial, rejection, counter-charge or refusal.
    Rebuttal,
    /// A technique of rhetoric.
    Rhetoric,
}

impl CueKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Claim, Self::Rebuttal, Self::Rhetoric];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Rebuttal => "rebuttal",
            Self::Rhetoric => "rhetoric",
        }
    }

    /// The letter in the margin.
    pub fn letter(self) -> char {
        match self {
            Self::Claim => 'C',
            Self::Rebuttal => 'R',
            Self::Rhetoric => '~',
        }
    }
}

/// Index of a rule in [`Lexicon::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u16);

/// One named reason for a cue: a table of a lexicon file.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique: `claim.number`, `loaded_language.strong`.
    pub id: String,
    /// What it counts for.
    pub kind: CueKind,
    /// The technique's id, for rhetoric: the rule's id up to its first dot.
    pub technique: Option<String>,
    /// The name a reader sees.
    pub name: String,
    /// What it finds and why that counts, in one sentence.
    pub about: String,
    /// Where the rule or its phrases come from.
    pub source: String,
    /// What a find by its code adds, in log-odds; phrases have weights of their own.
    pub weight: f32,
    /// Whether its finds only count in the score and are no marks by themselves.
    pub background: bool,
    /// Whether its fitted weights decide which words are set off, and count in no score.
    pub marking: bool,
}

/// All cues, compiled.
#[derive(Clone, Debug)]
pub struct Lexicon {
    rules: Vec<Rule>,
    phrases: Vec<Meaning>,
    matcher: Matcher,
    wording: Wording,
    sha256: String,
}

/// What a phrase stands for.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Cue { rule: RuleId, weight: f32 },
    Negation { reach: usize },
}

/// The phrases found in a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finds {
    /// Ordered by first word, then by kind; those of one kind do not share words, but may share
    /// those in a gap.
    pub phrases: Vec<Find>,
    /// Ordered by first word.
    pub negations: Vec<Negation>,
}

/// A phrase that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// Whose phrase it is.
    pub rule: RuleId,
    /// In log-odds; never 0.
    pub weight: f32,
    /// Indices of the words searched.
    pub words: Range<usize>,
    /// The same number for the same phrase.
    pub phrase: u32,
}

/// A word or phrase that negates what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negation {
    /// Indices of the words searched.
    pub words: Range<usize>,
    /// How many words behind it it covers.
    pub reach: usize,
}

impl Lexicon {
    /// The lexicon that is built in.
    pub fn built_in() -> Self {
        Self::with_user_files(&[]).expect("a test checks the files that are built in")
    }

    /// The built-in lexicon with a user's files (name and text) laid over it.
    ///
    /// A table with the id of one that is built in replaces it; a phrase means what the last table
    /// that has it says; a phrase of weight 0 is silent, and so are the shorter ones within it.
    ///
    /// # Errors
    /// Everything that is wrong in the files, file by file.
    pub fn with_user_files(files: &[(String, String)]) -> Result<Self, Vec<Mistake>> {
        let mut builder = Builder::default();
        for (name, text) in BUILT_IN {
            builder.lay(name, text, Cow::Borrowed(text));
        }
        for (name, text) in files {
            builder.lay(name, text, Cow::Owned(text.clone()));
        }
        builder.finish()
    }

    /// All rules, in file order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by its id.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[usize::from(id.0)]
    }

    /// The rule whose id reads `id`.
    pub fn rule_named(&self, id: &str) -> Option<RuleId> {
        self.rules.iter().position(|rule| rule.id == id).map(|index| RuleId(index as u16))
    }

    /// SHA-256 of all files that it was compiled from, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The phrases in `words`, the folded words of one sentence.
    pub fn find<'w>(&self, words: impl Iterator<Item = &'w str>) -> Finds {
        let mut finds = Finds::default();
        for found in self.matcher.find(words) {
            match self.phrases[found.value as usize] {
                Meaning::Cue { weight: 0.0, .. } => {}
                Meaning::Cue { rule, weight } => {
                    finds.phrases.push(Find { rule, weight, words: found.words, phrase: found.value });
                }
                Meaning::Negation { reach } => finds.negations.push(Negation { words: found.words, reach }),
            }
        }
        finds
    }
}

impl Lexicon {
    /// The words and pairs with a fitted weight in `words`, the folded words of one sentence; those
    /// that are `None` are passed over.
    pub fn wording<'w>(&self, words: impl Iterator<Item = Option<&'w str>>) -> Vec<Worded> {
        self.wording.find(words)
    }

    /// The word that `word` weighs like for a rule, if it has no weight of its own there.
    pub fn weighs_like(&self, rule: RuleId, word: &str) -> Option<&str> {
        self.wording.like(rule, word)
    }

    /// Whether a rule has fitted weights.
    pub fn is_worded(&self, rule: RuleId) -> bool {
        self.wording.has(rule)
    }

    /// The same without the fitted weights of one kind.
    #[must_use]
    pub fn without_wording(mut self, kind: CueKind) -> Self {
        let rules = &self.rules;
        self.wording.retain(|rule| rules[usize::from(rule.0)].kind != kind);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    const TABLE: &str = "name = \"n\"\nabout = \"a\"\nsource = \"s\"\n";

    fn rule(id: &str, weight: f32, phrase: &str) -> String {
        format!("[[rule]]\nid = \"{id}\"\n{TABLE}[[rule.cue]]\nweight = {weight}\nphrases = [\"{phrase}\"]\n")
    }

    fn with(text: &str) -> Result<Lexicon, Vec<Mistake>> {
        Lexicon::with_user_files(&[("mine.toml".to_owned(), text.to_owned())])
    }

    /// The rules of kind claim found in `text`, with their weights.
    fn found(lexicon: &Lexicon, text: &str) -> Vec<(String, f32)> {
        let words = words::<()>(text, 0);
        let finds = lexicon.find(words.iter().map(|word| word.folded.as_str()));
        let claims = finds.phrases.iter().filter(|find| lexicon.rule(find.rule).kind == CueKind::Claim);
        claims.map(|find| (lexicon.rule(find.rule).id.clone(), find.weight)).collect()
    }

    #[test]
    fn a_users_file_adds_replaces_and_silences() {
        let added = with(&rule("claim.mine", 0.5, "zork*")).expect("nothing is wrong with it");
        assert_eq!(found(&added, "Zorks!"), [("claim.mine".to_owned(), 0.5)]);
        let silenced =
            with(&format!("{}{}", rule("claim.mine", 0.5, "zork*"), rule("claim.not", 0.0, "zork zork")));
        assert_eq!(found(&silenced.expect("nothing is wrong with it"), "Zork zork."), []);
        let two = [
            ("a.toml".to_owned(), rule("claim.mine", 0.5, "zork")),
            ("b.toml".to_owned(), rule("claim.mine", 0.25, "blorb")),
        ];
        let replaced = Lexicon::with_user_files(&two).expect("nothing is wrong with them");
        assert_eq!(found(&replaced, "zork blorb"), [("claim.mine".to_owned(), 0.25)]);
        assert_ne!(replaced.sha256(), Lexicon::built_in().sha256());
    }

    #[test]
    fn an_id_tells_what_a_table_counts_for() {
        let told = |text: &str| with(text).expect_err("it is wrong")[0].to_string();
        assert!(
            told(&rule("blame.x", 1.0, "zork")).starts_with("mine.toml:2:6: `blame.x`: the id of a rule")
        );
        let twice = format!("{}{}", rule("claim.a", 1.0, "zork"), rule("claim.a", 1.0, "blorb"));
        assert!(told(&twice).contains("`claim.a` is here a second time"));
    }

    #[test]
    fn every_rule_says_what_it_finds_and_where_it_comes_from() {
        let lexicon = Lexicon::built_in();
        for rule in lexicon.rules() {
            assert!(rule.about.ends_with('.') && rule.about.len() > 20, "{}", rule.id);
            assert_eq!(rule.technique.is_some(), rule.kind == CueKind::Rhetoric, "{}", rule.id);
        }
        assert_eq!(lexicon.sha256().len(), 64);
    }
}
