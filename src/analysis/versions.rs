//! Two versions of one statement: which sentences stayed, changed, went and came, and whether a change
//! softens or hardens what is said.
//!
//! Sentences are aligned by what both versions have word for word, and between these by the words they
//! share; changed ones are compared word by word. Line ends, quotation marks and punctuation never count.

mod align;
pub mod strength;

use std::collections::{BTreeMap, HashMap};

use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::text::Span;
use crate::text::changes::changes;
use crate::text::span::StatementText;
use crate::text::{Word, words};
use align::Sentences;
use strength::Strength;

/// Fewest sentences of a statement that is looked at for versions.
const FEWEST: usize = 3;
/// Fewest words of a sentence that both must have word for word.
const TELLING: usize = 5;
/// Share of the shorter one's sentences that both must have word for word to be looked at.
const EQUAL: f32 = 0.15;
/// Share of all sentences that must be paired for two statements to be versions.
const PAIRED: f32 = 0.5;
/// A sentence that more statements have is a formula.
const FORMULA: usize = 20;

/// Two versions of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Versions {
    /// The earlier one, by its date, or by the order in which they were opened.
    pub before: StatementId,
    /// The later one.
    pub after: StatementId,
    /// From the first sentences to the last; what went stands before what came.
    pub steps: Vec<Step>,
}

/// What became of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It stayed, word for word.
    Same {
        /// In the earlier version.
        before: SentenceId,
        /// In the later one.
        after: SentenceId,
    },
    /// Some of its words changed.
    Changed(Changed),
    /// It went.
    Dropped(SentenceId),
    /// It came.
    New(SentenceId),
}

/// A sentence of which some words changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// In the earlier version.
    pub before: SentenceId,
    /// In the later one.
    pub after: SentenceId,
    /// The words that differ, in order.
    pub differences: Vec<Difference>,
    /// Sum of the strength of the words that came, less that of those that went: above 0 it is
    /// hardened, below 0 softened.
    pub strength: f32,
    /// The words that weigh in it.
    pub weighty: Vec<Weighty>,
}

/// Words that differ; either side may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In the earlier statement's text.
    pub before: Option<Span>,
    /// In the later one's.
    pub after: Option<Span>,
    /// Where in the later one's text they came, or would stand had they not gone.
    pub place: usize,
}

/// A word that came or went and tells how firm a sentence is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighty {
    /// Whether it came; else it went.
    pub came: bool,
    /// Where, in the statement it stands in.
    pub span: Span,
    /// Its place on its scale.
    pub strength: f32,
}

impl Changed {
    /// “softened”, “hardened”, or “changed”.
    pub fn name(&self) -> &'static str {
        if self.strength > 0.0 {
            "hardened"
        } else if self.strength < 0.0 {
            "softened"
        } else {
            "changed"
        }
    }
}

impl Step {
    /// “same”, “changed”, “softened”, “hardened”, “dropped”, “new”.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Same { .. } => "same",
            Self::Changed(changed) => changed.name(),
            Self::Dropped(_) => "dropped",
            Self::New(_) => "new",
        }
    }

    /// Whether the sentence is one of its own.
    pub fn is_of(&self, id: SentenceId) -> bool {
        match self {
            Self::Same { before, after } => *before == id || *after == id,
            Self::Changed(changed) => changed.before == id || changed.after == id,
            Self::Dropped(own) | Self::New(own) => *own == id,
        }
    }
}

/// What became of a sentence, if it is of a statement that has versions and did not stay as it was.
pub fn change_of(versions: &[Versions], id: SentenceId) -> Option<&Step> {
    let steps = versions.iter().flat_map(|versions| &versions.steps);
    steps.filter(|step| !matches!(step, Step::Same { .. })).find(|step| step.is_of(id))
}

/// The statements of `corpus` that are versions of each other, each with what changed.
pub fn find(corpus: &Corpus) -> Vec<Versions> {
    let mut found = Vec::new();
    for (one, other) in likely(corpus) {
        let (before, after) = in_order(corpus, one, other);
        let versions = compare(corpus, before, after);
        let paired =
            versions.steps.iter().filter(|step| matches!(step, Step::Same { .. } | Step::Changed(_)));
        let all = corpus.sentences_of(one).len() + corpus.sentences_of(other).len();
        if 2.0 * paired.count() as f32 >= PAIRED * all as f32 {
            found.push(versions);
        }
    }
    found
}

/// Pairs of statements of different documents that have enough sentences in common, word for word.
fn likely(corpus: &Corpus) -> Vec<(StatementId, StatementId)> {
    let mut holders: HashMap<String, Vec<StatementId>> = HashMap::new();
    for statement in corpus.statement_ids().filter(|id| corpus.sentences_of(*id).len() >= FEWEST) {
        for id in corpus.sentences_of(statement) {
            let (key, count) = align::key(corpus.text(id));
            if count >= TELLING {
                let holders = holders.entry(key).or_default();
                if holders.last() != Some(&statement) {
                    holders.push(statement);
                }
            }
        }
    }
    let mut common: BTreeMap<(StatementId, StatementId), usize> = BTreeMap::new();
    for holders in holders.values().filter(|holders| holders.len() <= FORMULA) {
        for (number, one) in holders.iter().enumerate() {
            for other in &holders[number + 1..] {
                *common.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let is_enough = |((one, other), common): &((StatementId, StatementId), usize)| {
        let shorter = corpus.sentences_of(*one).len().min(corpus.sentences_of(*other).len());
        corpus.statement(*one).document != corpus.statement(*other).document
            && *common as f32 >= (EQUAL * shorter as f32).max(1.0)
    };
    common.into_iter().filter(is_enough).map(|(pair, _)| pair).collect()
}

fn in_order(corpus: &Corpus, one: StatementId, other: StatementId) -> (StatementId, StatementId) {
    let date = |id| corpus.document_of(id).date;
    match (date(one), date(other)) {
        (Some(first), Some(second)) if second < first => (other, one),
        _ => (one, other),
    }
}

/// What became of the sentences of `before` in `after`.
pub fn compare(corpus: &Corpus, before: StatementId, after: StatementId) -> Versions {
    let ids = |statement| corpus.sentences_of(statement).collect::<Vec<SentenceId>>();
    let (olds, news) = (ids(before), ids(after));
    let texts = |ids: &[SentenceId]| Sentences::read(ids.iter().map(|id| corpus.text(*id)));
    let strength = strength::built_in();
    let steps = align::align(&texts(&olds), &texts(&news)).into_iter().map(|pair| match pair {
        align::Pair::Same(old, new) => Step::Same { before: olds[old], after: news[new] },
        align::Pair::Like(old, new) => Step::Changed(changed(corpus, olds[old], news[new], strength)),
        align::Pair::Dropped(old) => Step::Dropped(olds[old]),
        align::Pair::New(new) => Step::New(news[new]),
    });
    Versions { before, after, steps: steps.collect() }
}

fn changed(corpus: &Corpus, before: SentenceId, after: SentenceId, strength: &Strength) -> Changed {
    let read = |id| words::<StatementText>(corpus.text(id), corpus.sentence(id).span.start);
    let after_id = after;
    let (olds, news) = (read(before), read(after));
    let folded = |words: &'_ [Word<StatementText>]| -> Vec<String> {
        words.iter().map(|word| word.folded.clone()).collect()
    };
    let (old_words, new_words) = (folded(&olds), folded(&news));
    let found = changes(old_words.iter().map(String::as_str), new_words.iter().map(String::as_str));
    let mut weighty = Vec::new();
    for change in &found {
        for (words, came) in [(&olds[change.before.clone()], false), (&news[change.after.clone()], true)] {
            let weighs = words.iter().filter_map(|word| {
                let strength = strength.of(&word.folded)?;
                Some(Weighty { came, span: word.span, strength })
            });
            weighty.extend(weighs);
        }
    }
    let cover = |words: &[Word<StatementText>]| Some(words.first()?.span.cover(&words.last()?.span));
    let differences = found
        .iter()
        .map(|change| {
            let after = cover(&news[change.after.clone()]);
            let ended = change.after.start.checked_sub(1).map(|last| news[last].span.end);
            let start = corpus.sentence(after_id).span.start;
            let place = after.map_or(ended.unwrap_or(start), |span| span.start);
            Difference { before: cover(&olds[change.before.clone()]), after, place }
        })
        .collect();
    let sum = weighty.iter().map(|word| if word.came { word.strength } else { -word.strength }).sum();
    Changed { before, after, differences, strength: sum, weighty }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::attribution::Kind;
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    const BEFORE: &str = "Our sailors were in open waters that night. The gunboats fired without any \
        warning. Soryn must return the crew of the convoy at once. We thank our friends for their support.";

    fn read(texts: &[&str]) -> Corpus {
        let documents = texts.iter().map(|text| {
            let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto);
            (document.expect("it is text"), Some(Kind::Statement))
        });
        Corpus::read_as(
            documents.collect(),
            Reading::default().segmentation,
            Speech::built_in(),
            abbreviations(),
        )
    }

    fn shown(corpus: &Corpus, step: &Step) -> String {
        let words = |id, span: Option<Span>| {
            span.map_or("", |span| span.of(&corpus.statement(corpus.sentence(id).statement).text))
        };
        let first = |id| corpus.text(id).split(' ').next().unwrap_or_default();
        let what = match step {
            Step::Same { before, .. } => first(*before).to_owned(),
            Step::Changed(changed) => {
                let differences = changed.differences.iter().map(|difference| {
                    let (before, after) = (difference.before, difference.after);
                    format!("{}→{}", words(changed.before, before), words(changed.after, after))
                });
                differences.collect::<Vec<_>>().join(", ")
            }
            Step::Dropped(id) | Step::New(id) => first(*id).to_owned(),
        };
        format!("{}: {what}", step.name())
    }

    #[track_caller]
    fn check(after: &str, expected: &[&str]) {
        let corpus = read(&[BEFORE, after]);
        let found = find(&corpus);
        let steps: Vec<String> =
            found.iter().flat_map(|versions| &versions.steps).map(|step| shown(&corpus, step)).collect();
        assert_eq!(steps, expected, "{after}");
    }

    #[test]
    fn what_stayed_changed_went_and_came_is_told() {
        check(
            "Good day. Our sailors were in open waters\nthat night. The gunboats fired without any warning. \
             Soryn should return the crew of the convoy.",
            &["new: Good", "same: Our", "same: The", "softened: must→should, at once→", "dropped: We"],
        );
    }

    #[test]
    fn a_firmer_word_hardens() {
        check(
            "Our sailors were in open waters that night. The gunboats fired without any warning. \
             Soryn must immediately return the crew of the convoy at once. We thank our friends for their support.",
            &["same: Our", "same: The", "hardened: →immediately", "same: We"],
        );
    }

    #[test]
    fn statements_that_share_little_are_no_versions() {
        check("We deny it all. The convoy carried arms. Our friends know it. It was night.", &[]);
    }

    #[test]
    fn a_change_is_found_from_either_side() {
        let corpus = read(&[BEFORE, &BEFORE.replace("must", "should")]);
        let versions = find(&corpus);
        for number in [2, 6] {
            let step = change_of(&versions, SentenceId(number)).expect("it is changed");
            assert_eq!(step.name(), "softened");
        }
        assert_eq!(change_of(&versions, SentenceId(0)), None);
    }
}
