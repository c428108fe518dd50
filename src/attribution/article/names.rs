//! Noun phrases that can be a source: “Chinese Foreign Ministry spokesman Zhao Lijian”, “the
//! ministry”, “he”.
//!
//! A phrase is read from its right end, where English puts the name; what stands before the name
//! is its role, and so is an apposition after it. Whom a phrase means is left to
//! [`super::voices`].

mod bounds;

use std::ops::Range;

use bounds::{LONGEST, end_of, run_end, run_start, start_of};

use super::prose::{Prose, TokenKind};
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;

/// A noun phrase that can be a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its words, from role to name.
    pub tokens: Range<usize>,
    /// What sort of phrase it is.
    pub sort: PhraseSort,
    /// The words of its role, if it has a name and a role.
    pub role: Option<Range<usize>>,
}

/// What sort of phrase it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseSort {
    /// It ends in a personal name, which these words are.
    Person(Range<usize>),
    /// It is the name of an organisation or country, which these words are.
    Body(Range<usize>),
    /// It tells what somebody is, not the name; the last word that says what.
    Nominal(usize),
    /// A pronoun.
    Pronoun(usize),
}

/// The phrase that ends before token `end` and does not reach before `floor`.
pub fn phrase_before(prose: &Prose, floor: usize, end: usize, speech: &Speech) -> Option<Phrase> {
    let mut last = end.checked_sub(1).filter(|last| *last >= floor)?;
    while prose.kind(last) == Some(TokenKind::Aside) && last > floor {
        last -= 1;
    }
    if is_pronoun(prose, last) {
        return Some(pronoun(last));
    }
    let grammar = Sorts::CONJUNCTION | Sorts::PREPOSITION | Sorts::AUXILIARY;
    if !prose.is_any_word(last) || prose.is(last, grammar) && !prose.is_name(last) {
        return None;
    }
    analyse(prose, start_of(prose, floor, last)..last + 1, speech)
}

/// The phrase that starts at token `start` and does not reach `ceiling`, with an apposition.
pub fn phrase_after(prose: &Prose, start: usize, ceiling: usize, speech: &Speech) -> Option<Phrase> {
    if start < ceiling && is_pronoun(prose, start) {
        return Some(pronoun(start));
    }
    let end = end_of(prose, start, ceiling);
    let phrase = analyse(prose, start..end, speech)?;
    Some(with_apposition(prose, phrase, end, ceiling, speech))
}

/// `phrase`, which ends before token `end`, with what an apposition after it adds: a role to a
/// name or a name to a role.
pub fn with_apposition(prose: &Prose, phrase: Phrase, end: usize, ceiling: usize, speech: &Speech) -> Phrase {
    let comma = if prose.kind(end) == Some(TokenKind::Aside) { end + 1 } else { end };
    if prose.kind(comma) != Some(TokenKind::Comma) {
        return phrase;
    }
    let start = comma + 1;
    let close = (start..ceiling.min(start + LONGEST)).find(|at| !prose.is_any_word(*at)).unwrap_or(ceiling);
    apposed(prose, phrase, start..close, speech)
}

/// `phrase` with what the apposition `beside` it adds.
pub fn apposed(prose: &Prose, phrase: Phrase, beside: Range<usize>, speech: &Speech) -> Phrase {
    match &phrase.sort {
        PhraseSort::Person(_) if phrase.role.is_none() => {
            let role = role_of_apposition(prose, beside);
            Phrase { role, ..phrase }
        }
        PhraseSort::Nominal(head) if prose.is(*head, Sorts::ROLE) => {
            let whole =
                beside.clone().all(|at| prose.is_name(at) || prose.is(at, Sorts::PARTICLE | Sorts::SUFFIX));
            let name = analyse(prose, beside.clone(), speech).filter(|_| whole && beside.len() > 1);
            match name.map(|name| name.sort) {
                Some(PhraseSort::Person(name)) => Phrase {
                    role: Some(without_determiner(prose, phrase.tokens.clone())),
                    tokens: phrase.tokens,
                    sort: PhraseSort::Person(name),
                },
                _ => phrase,
            }
        }
        _ => phrase,
    }
}

/// What looks like the names of persons in a sentence, with their roles, in order.
pub fn persons(prose: &Prose, sentence: &Range<usize>, speech: &Speech) -> Vec<Phrase> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        if !prose.is_name(at)
            || at > sentence.start && prose.is_name(at - 1) && !prose.tokens[at - 1].possessive
        {
            at += 1;
            continue;
        }
        let end = run_end(prose, at, sentence.end);
        let start = start_of(prose, sentence.start, end - 1);
        let phrase = analyse(prose, start.max(sentence.start)..end, speech);
        if let Some(phrase) = phrase.filter(|phrase| matches!(phrase.sort, PhraseSort::Person(_))) {
            found.push(with_apposition(prose, phrase, end, sentence.end, speech));
        }
        at = end;
    }
    found
}

/// Whether a phrase names a person beyond doubt: by title, role or a known first name.
pub fn is_surely_person(prose: &Prose, phrase: &Phrase) -> bool {
    let PhraseSort::Person(name) = &phrase.sort else { return false };
    phrase.role.is_some()
        || name.len() > 1 && prose.is(name.start, Sorts::GIVEN_NAME)
        || name.start > phrase.tokens.start && is_titled(prose, name.start)
}

fn is_pronoun(prose: &Prose, at: usize) -> bool {
    prose.is(at, Sorts::PRONOUN) && !prose.is(at, Sorts::SELF | Sorts::DETERMINER)
}

fn pronoun(at: usize) -> Phrase {
    Phrase { tokens: at..at + 1, sort: PhraseSort::Pronoun(at), role: None }
}

/// What the words `range` are as a phrase.
fn analyse(prose: &Prose, range: Range<usize>, speech: &Speech) -> Option<Phrase> {
    let last = range.end.checked_sub(1).filter(|last| *last >= range.start)?;
    let run = run_start(prose, range.start, last)..range.end;
    if let Some(person) = person_before_place(prose, &range, speech) {
        return Some(person);
    }
    if run.is_empty() || is_one_of_many(prose, &range, &run) {
        return nominal(prose, range);
    }
    let role_end = (run.start..last)
        .rev()
        .find(|at| prose.is(*at, Sorts::ROLE | Sorts::TITLE) && !prose.is(*at, Sorts::GIVEN_NAME));
    let mut name = role_end.map_or(run.start, |at| at + 1)..run.end;
    if prose.is(last, Sorts::ROLE | Sorts::GROUP)
        && (name.len() == 1 || !prose.is(name.start, Sorts::GIVEN_NAME))
    {
        return nominal(prose, range);
    }
    if prose.is(last, Sorts::ORGANISATION | Sorts::NAMED_BODY)
        && role_end.is_none()
        && !is_role_at(prose, &range, run.start)
        && !is_given(prose, name.start, last)
    {
        return body(prose, range, name);
    }
    if role_end.is_none() && run.start > range.start && prose.is(run.start - 1, Sorts::PREPOSITION) {
        return within(prose, range, run, speech);
    }
    while name.len() > 1 && is_qualifier(prose, name.start) {
        name.start += 1;
    }
    if prose.is(name.start, Sorts::MODIFIER | Sorts::ORGANISATION)
        && name.len() == 1
        && !prose.is(name.start, Sorts::GIVEN_NAME)
    {
        return body(prose, range, run);
    }
    Some(person(prose, range, name))
}

/// “Jeffrey Lewis of the Center for Harbor Studies”: the name before a preposition.
fn person_before_place(prose: &Prose, range: &Range<usize>, speech: &Speech) -> Option<Phrase> {
    let preposition = range.clone().find(|at| prose.is(*at, Sorts::PREPOSITION))?;
    let named = preposition > range.start && prose.is_name(preposition - 1);
    let phrase = analyse(prose, range.start..preposition, speech).filter(|_| named)?;
    match &phrase.sort {
        PhraseSort::Person(name) if name.len() > 1 || is_titled(prose, name.start) => {
            Some(Phrase { tokens: range.clone(), ..phrase })
        }
        _ => None,
    }
}

fn is_titled(prose: &Prose, name: usize) -> bool {
    name > 0 && prose.is(name - 1, Sorts::TITLE)
}

/// “a Nevada Democrat”: what the indefinite article makes one of many, not a name.
fn is_one_of_many(prose: &Prose, range: &Range<usize>, run: &Range<usize>) -> bool {
    let article = ["a", "an", "another", "one"].iter().any(|word| prose.is_word(range.start, word));
    article
        && prose.is(run.end - 1, Sorts::MODIFIER | Sorts::GROUP)
        && !prose.is(run.start, Sorts::GIVEN_NAME)
}

/// A phrase whose name follows a preposition: “Secretary of State Antony Blinken”, “a spokesman
/// for Antony Blinken”.
fn within(prose: &Prose, range: Range<usize>, run: Range<usize>, speech: &Speech) -> Option<Phrase> {
    let bare = !prose.is(range.start, Sorts::DETERMINER);
    let skipped = portfolio(prose, &run, speech);
    let given = (run.start + 1..run.end.saturating_sub(1)).find(|at| prose.is(*at, Sorts::GIVEN_NAME));
    match skipped.or(given.filter(|_| bare)) {
        Some(start) if start < run.end => Some(person(prose, range, start..run.end)),
        _ => nominal(prose, range),
    }
}

/// Where the name starts, if `run` opens with an office such as “State” in “Secretary of State”.
fn portfolio(prose: &Prose, run: &Range<usize>, speech: &Speech) -> Option<usize> {
    let fits = |office: &&Vec<String>| {
        office.len() < run.len() && office.iter().zip(run.clone()).all(|(word, at)| prose.is_word(at, word))
    };
    speech.portfolios().iter().filter(fits).map(|office| run.start + office.len()).max()
}

fn is_given(prose: &Prose, first: usize, last: usize) -> bool {
    first < last && prose.is(first, Sorts::GIVEN_NAME) && last - first < 3
}

/// Whether `run` only tells where a role is held: “the foreign minister of France”.
fn is_role_at(prose: &Prose, range: &Range<usize>, run: usize) -> bool {
    let noun = run.checked_sub(2).filter(|noun| *noun >= range.start);
    noun.is_some_and(|noun| {
        prose.is(noun + 1, Sorts::PREPOSITION) && prose.is(noun, Sorts::ROLE) && !prose.is_name(noun)
    })
}

/// Whether a capitalised word qualifies a name rather than being part of it.
fn is_qualifier(prose: &Prose, at: usize) -> bool {
    prose.is(at, Sorts::MODIFIER | Sorts::ORGANISATION | Sorts::NAMED_BODY | Sorts::GROUP)
        && !prose.is(at, Sorts::GIVEN_NAME)
}

fn body(prose: &Prose, range: Range<usize>, name: Range<usize>) -> Option<Phrase> {
    let named = name.start..range.end;
    let inner = named.clone().any(|at| prose.is(at, Sorts::PREPOSITION));
    let name =
        if inner || name.start == range.start { named } else { without_determiner(prose, range.clone()) };
    (!name.is_empty()).then_some(Phrase { tokens: range, sort: PhraseSort::Body(name), role: None })
}

fn person(prose: &Prose, range: Range<usize>, name: Range<usize>) -> Phrase {
    let role = without_determiner(prose, range.start..name.start);
    let first = role.clone().find(|at| is_role_start(prose, *at)).unwrap_or(role.end);
    let role = first..role.end;
    let is_role = role.clone().any(|at| prose.is(at, Sorts::ROLE) || is_office_title(prose, at));
    Phrase { tokens: range, sort: PhraseSort::Person(name), role: is_role.then_some(role) }
}

fn is_role_start(prose: &Prose, at: usize) -> bool {
    prose.is(at, Sorts::ROLE | Sorts::MODIFIER | Sorts::ORGANISATION)
        || prose.tokens[at].possessive
        || prose.is_name(at)
        || is_office_title(prose, at)
}

/// Whether `at` is a title that tells an office: Sen., not Mr.
fn is_office_title(prose: &Prose, at: usize) -> bool {
    prose.is(at, Sorts::TITLE) && !prose.is(at, Sorts::MALE | Sorts::FEMALE)
}

fn nominal(prose: &Prose, range: Range<usize>) -> Option<Phrase> {
    let first = range.clone().find(|at| prose.is(*at, Sorts::PREPOSITION)).filter(|at| *at > range.start);
    let head_end = first.unwrap_or(range.end);
    let telling = Sorts::ROLE | Sorts::GROUP | Sorts::ORGANISATION;
    let owner = |at: usize| prose.tokens[at].possessive && at + 1 < head_end;
    let head = (range.start..head_end).rev().find(|at| prose.is(*at, telling) && !owner(*at));
    let head = head.or_else(|| (range.start..head_end).rev().find(|at| prose.is_any_word(*at)))?;
    let grammar =
        Sorts::DETERMINER | Sorts::PREPOSITION | Sorts::CONJUNCTION | Sorts::AUXILIARY | Sorts::NOBODY;
    (!prose.is(head, grammar)).then_some(Phrase {
        tokens: range,
        sort: PhraseSort::Nominal(head),
        role: None,
    })
}

/// The words of an apposition that tell a role: “the delegation’s chief negotiator”.
fn role_of_apposition(prose: &Prose, beside: Range<usize>) -> Option<Range<usize>> {
    let end = beside
        .clone()
        .find(|at| {
            prose.is(*at, Sorts::CONJUNCTION) && !prose.is_word(*at, "and")
                || prose.finite_verb(*at).is_some()
        })
        .unwrap_or(beside.end);
    let role = without_determiner(prose, beside.start..end);
    let noun_end = role.clone().find(|at| prose.is(*at, Sorts::PREPOSITION)).unwrap_or(role.end);
    let ok = !role.is_empty()
        && (role.start..noun_end).any(|at| prose.is(at, Sorts::ROLE))
        && !prose.is(role.start, Sorts::PREPOSITION | Sorts::CONJUNCTION);
    ok.then_some(role)
}

fn without_determiner(prose: &Prose, range: Range<usize>) -> Range<usize> {
    let start = range.start + usize::from(!range.is_empty() && prose.is(range.start, Sorts::DETERMINER));
    start..range.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::quotes;
    use crate::text::FlowSpan;

    /// The phrase before the last word of `text`, as its sort, name and role.
    fn check(text: &str, sort: &str, name: &str, role: Option<&str>) {
        let speech = Speech::built_in();
        let block = FlowSpan::new(0, text.len());
        let prose = Prose::read(
            text,
            block,
            quotes::in_paragraph(text, block, None, quotes::Style::default()),
            speech,
        );
        let phrase = phrase_before(&prose, 0, prose.tokens.len() - 1, speech).expect("there is a phrase");
        let (found, words) = match &phrase.sort {
            PhraseSort::Person(name) => ("person", name.clone()),
            PhraseSort::Body(name) => ("body", name.clone()),
            PhraseSort::Nominal(_) => ("nominal", phrase.tokens.clone()),
            PhraseSort::Pronoun(at) => ("pronoun", *at..at + 1),
        };
        let role_found = phrase.role.map(|role| prose.span(&role).of(text));
        assert_eq!((found, prose.span(&words).of(text), role_found), (sort, name, role), "{text}");
    }

    #[test]
    fn names_and_roles_part() {
        check("Secretary of State Ana Reyes said", "person", "Ana Reyes", Some("Secretary of State"));
        check(
            "Karvian Foreign Ministry spokesman Liu Qiwen said",
            "person",
            "Liu Qiwen",
            Some("Karvian Foreign Ministry spokesman"),
        );
        check("On Monday former President Bill Marsh said", "person", "Bill Marsh", Some("former President"));
        check("Mr. Marsh said", "person", "Marsh", None);
        check("Harbor Sen. Ana Reyes (D-Harbor) said", "person", "Ana Reyes", Some("Harbor Sen."));
        check(
            "Director of National Intelligence James Hall said",
            "person",
            "James Hall",
            Some("Director of National Intelligence"),
        );
    }

    #[test]
    fn what_has_no_name_is_nominal() {
        check("a spokesman for Ana Reyes said", "nominal", "a spokesman for Ana Reyes", None);
        check("In a statement the ministry said", "nominal", "the ministry", None);
        check("then top black lawmakers said", "nominal", "top black lawmakers", None);
        check("The White House said", "body", "White House", None);
        check(
            "Microsoft’s Threat Intelligence Centre said",
            "body",
            "Microsoft’s Threat Intelligence Centre",
            None,
        );
        check("But she said", "pronoun", "she", None);
    }
}
