//! How faithful an article is to the statement it quotes.
//!
//! Each quotation is sought in the statements that are open beside the article: word for word, then
//! with what “…” leaves out and “[ ]” puts in, and else where most of its words stand, so that the
//! changed ones can be named. A quotation is called not found only where a statement of the one quoted
//! is open.

mod pattern;
mod place;

use crate::attribution::Kind;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::text::Span;
use crate::text::fold::fold;
use pattern::Pattern;
use place::Original;

/// Fewest words of a quotation that is called altered or not found: fewer stand anywhere.
const FEWEST: usize = 3;
/// Share of a quotation's words that must stand in one place for it to be called altered.
const LEAST_SHARE: f32 = 0.6;

/// A quotation of an article beside the words quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The statement it is part of.
    pub statement: StatementId,
    /// Which of its passages.
    pub passage: usize,
    /// How faithful it is.
    pub fidelity: Fidelity,
    /// Where the words quoted stand; none if they were not found.
    pub place: Option<(StatementId, Span)>,
    /// What differs, in order, for one that is altered.
    pub changed: Vec<Changed>,
}

/// How faithful a quotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fidelity {
    /// Word for word.
    Verbatim,
    /// Word for word but for what “…” says is left out or “[ ]” says is put in.
    Elided,
    /// Words differ, and nothing says so.
    Altered,
    /// Nowhere in what is open of the one quoted.
    NotFound,
}

impl Fidelity {
    /// Its name on screen and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Elided => "elided",
            Self::Altered => "altered",
            Self::NotFound => "not found",
        }
    }
}

/// Words that differ; either side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// In the quotation.
    pub quoted: Option<Span>,
    /// In what was said.
    pub said: Option<Span>,
}

/// Every quotation of an article that can be compared, in the order of the texts.
pub fn compare(corpus: &Corpus) -> Vec<Quotation> {
    let is_article =
        |id: StatementId| corpus.kinds[corpus.statement(id).document.0 as usize] == Kind::Article;
    let (articles, others): (Vec<_>, Vec<_>) = corpus.statement_ids().partition(|id| is_article(*id));
    if articles.is_empty() || others.is_empty() {
        return Vec::new();
    }
    let originals: Vec<Original> = others.iter().map(|id| Original::read(corpus, *id)).collect();
    let mut found = Vec::new();
    for id in articles {
        let statement = corpus.statement(id);
        for (number, passage) in statement.passages.iter().enumerate().filter(|(_, passage)| passage.quoted) {
            let pattern = Pattern::read(passage.span.of(&statement.text), passage.span.start);
            let quotation = compared(corpus, id, &pattern, &originals);
            found.extend(quotation.map(|mut quotation| {
                quotation.passage = number;
                quotation
            }));
        }
    }
    found
}

fn compared(
    corpus: &Corpus,
    id: StatementId,
    pattern: &Pattern,
    originals: &[Original],
) -> Option<Quotation> {
    let quotation =
        |fidelity, place, changed| Quotation { statement: id, passage: 0, fidelity, place, changed };
    // Of the one quoted first; words of two or three may stand in another's statement as well.
    let mut order: Vec<&Original> = originals.iter().collect();
    order.sort_by_key(|original| !may_speak(corpus, id, original.statement));
    for original in &order {
        if let Some(span) = original.find(pattern) {
            let fidelity = if pattern.is_marked() { Fidelity::Elided } else { Fidelity::Verbatim };
            let known = may_speak(corpus, id, original.statement);
            if known || pattern.words.len() >= FEWEST {
                return Some(quotation(fidelity, Some((original.statement, span)), Vec::new()));
            }
        }
    }
    order.retain(|original| may_speak(corpus, id, original.statement));
    if order.is_empty() || pattern.words.len() < FEWEST {
        return None;
    }
    let likest = order
        .iter()
        .filter_map(|original| Some((original, original.likest(pattern)?)))
        .filter(|(_, likest)| likest.share >= LEAST_SHARE)
        .max_by(|a, b| a.1.share.total_cmp(&b.1.share).then(b.0.statement.cmp(&a.0.statement)));
    Some(match likest {
        Some((original, likest)) => {
            quotation(Fidelity::Altered, Some((original.statement, likest.span)), likest.changed)
        }
        None => quotation(Fidelity::NotFound, None, Vec::new()),
    })
}

/// Whether `original` may be by the one whom the article quotes in `quoted`.
fn may_speak(corpus: &Corpus, quoted: StatementId, original: StatementId) -> bool {
    let last = |id| {
        let speaker = corpus.statement(id).speaker.as_ref()?;
        speaker.name.split_whitespace().next_back().map(fold)
    };
    match (last(quoted), last(original)) {
        (Some(one), Some(other)) => one == other,
        (_, None) => true,
        (None, Some(_)) => false,
    }
}

/// The quotations of which `sentence` holds words.
pub fn of_sentence<'q>(
    corpus: &'q Corpus,
    quotations: &'q [Quotation],
    sentence: SentenceId,
) -> impl Iterator<Item = &'q Quotation> {
    let at = corpus.sentence(sentence);
    let mine = quotations.iter().filter(move |quotation| quotation.statement == at.statement);
    mine.filter(move |quotation| {
        let passage = &corpus.statement(at.statement).passages[quotation.passage];
        passage.span.overlaps(&at.span)
    })
}

/// “large” for “massive”: the changed words of a quotation, in words.
pub fn told(corpus: &Corpus, quotation: &Quotation) -> Vec<String> {
    let here = &corpus.statement(quotation.statement).text;
    let there = quotation.place.map(|(id, _)| corpus.statement(id).text.as_str()).unwrap_or_default();
    let one = |changed: &Changed| match (changed.quoted, changed.said) {
        (Some(quoted), Some(said)) => format!("“{}” for “{}”", quoted.of(here), said.of(there)),
        (Some(quoted), None) => format!("“{}” added", quoted.of(here)),
        (None, Some(said)) => format!("“{}” left out", said.of(there)),
        (None, None) => String::new(),
    };
    quotation.changed.iter().map(one).map(|words| crate::text::one_line(&words)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    const SAID: &str = "---\nspeaker: Ilse Brandt\n---\n\nThe convoy carried a massive load of grain. \
        On the night of 3 May, without any warning, Soryn's gunboats fired on it and killed nine sailors. \
        We will never accept this.\n";

    /// The quotations of an article in which Brandt is quoted so, as “fidelity: changes @ words quoted”.
    fn compared(quote: &str) -> Vec<String> {
        let article =
            format!("KELL (Wire) - A dispute about a convoy went on.\n\n“{quote}” Brandt said on Friday.\n");
        let documents = [("said.md", SAID), ("article.txt", article.as_str())].map(|(name, text)| {
            let kind = if name == "said.md" { Kind::Statement } else { Kind::Article };
            let document = Document::from_bytes(Path::new(name), text.as_bytes(), Segmentation::Auto);
            (document.expect("it is text"), Some(kind))
        });
        let corpus = Corpus::read_as(
            documents.into(),
            Reading::default().segmentation,
            Speech::built_in(),
            abbreviations(),
        );
        let shown = |quotation: &Quotation| {
            let place = quotation.place.map_or("", |(id, span)| span.of(&corpus.statement(id).text));
            format!("{}: {} @ {place}", quotation.fidelity.name(), told(&corpus, quotation).join(", "))
        };
        compare(&corpus).iter().map(shown).collect()
    }

    #[track_caller]
    fn check(quote: &str, expected: &str) {
        assert_eq!(compared(quote), [expected], "{quote}");
    }

    #[test]
    fn word_for_word_is_verbatim_whatever_the_marks() {
        check("We will never accept this,", "verbatim:  @ We will never accept this");
        check("Soryn’s gunboats fired on it,", "verbatim:  @ Soryn's gunboats fired on it");
    }

    #[test]
    fn dots_and_brackets_are_honoured() {
        check(
            "On the night of 3 May … gunboats fired on it,",
            "elided:  @ On the night of 3 May, without any warning, Soryn's gunboats fired on it",
        );
        check("[The enemy’s] gunboats fired on it,", "elided:  @ gunboats fired on it");
        check("[T]he convoy carried a massive load,", "elided:  @ The convoy carried a massive load");
        check(
            "gunboats fired on [the convoy] and killed nine,",
            "elided:  @ gunboats fired on it and killed nine",
        );
    }

    #[test]
    fn altered_words_are_named() {
        check(
            "The convoy carried a large load of grain,",
            "altered: “large” for “massive” @ The convoy carried a massive load of grain",
        );
        check("We will accept this,", "altered: “never” left out @ We will never accept this");
    }

    #[test]
    fn what_was_never_said_is_not_found() {
        check("They burned down our villages and schools,", "not found:  @ ");
    }
}
