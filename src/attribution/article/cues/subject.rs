//! The subject of a verb that reports: the phrase before it, also across a parenthesis or a relative
//! clause.

use std::ops::Range;

use super::super::names::{Phrase, PhraseSort, apposed, phrase_after, phrase_before};
use super::super::prose::{Prose, TokenKind};
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;

/// The subject of the verb at `verb`.
pub fn subject(prose: &Prose, sentence: &Range<usize>, verb: usize, speech: &Speech) -> Option<Phrase> {
    let end = before_helpers(prose, sentence, verb);
    let last = end.checked_sub(1).filter(|last| *last >= sentence.start)?;
    match prose.kind(last)? {
        TokenKind::Comma | TokenKind::Break => across_parenthesis(prose, sentence, last, speech),
        TokenKind::Word if ["who", "which", "that"].iter().any(|word| prose.is_word(last, word)) => {
            let noun_end =
                if prose.kind(last.wrapping_sub(1)) == Some(TokenKind::Comma) { last - 1 } else { last };
            phrase_before(prose, sentence.start, noun_end, speech)
        }
        TokenKind::Word | TokenKind::Aside => {
            let phrase = phrase_before(prose, sentence.start, end, speech)?;
            if let Some(opening) = opening_of(prose, sentence, &phrase, speech) {
                return Some(opening);
            }
            Some(with_role_before(prose, sentence, phrase, speech))
        }
        _ => None,
    }
}

/// Where auxiliaries and adverbs before a verb start.
pub fn before_helpers(prose: &Prose, sentence: &Range<usize>, verb: usize) -> usize {
    let helper = |at: &usize| prose.is(*at, Sorts::AUXILIARY | Sorts::ADVERB) && !prose.is_name(*at);
    let end = (sentence.start..verb).rev().take_while(helper).last().unwrap_or(verb);
    let time =
        |at: &usize| prose.is(*at, Sorts::TIME) && !prose.tokens[*at].possessive && *at > sentence.start;
    match (sentence.start..end).rev().take_while(time).last() {
        Some(day) if prose.is_word(day - 1, "on") => day - 1,
        Some(day)
            if prose.is_any_word(day - 1) && !prose.is(day - 1, Sorts::PREPOSITION | Sorts::DETERMINER) =>
        {
            day
        }
        _ => end,
    }
}

/// The phrase that opens the sentence, if `phrase` is only led by a preposition: “Protesters
/// marching through the streets chanted”.
fn opening_of(prose: &Prose, sentence: &Range<usize>, phrase: &Phrase, speech: &Speech) -> Option<Phrase> {
    let first = phrase.tokens.start;
    let comma = (sentence.start..first).rfind(|at| prose.kind(*at) == Some(TokenKind::Comma));
    let start = comma.map_or(sentence.start, |comma| comma + 1);
    let mut before = first.checked_sub(1).filter(|at| *at > start)?;
    while before > start
        && (prose.is_word(before, "and") && prose.is_name(before - 1) || prose.is_name(before))
    {
        before -= 1;
    }
    // “Ana Reyes of The Port and Sun wrote”
    if prose.is(before, Sorts::DETERMINER) && before > start {
        before -= 1;
    }
    let plain = (start..before).all(|at| prose.is_any_word(at) || prose.kind(at) == Some(TokenKind::Aside));
    if !plain
        || !prose.is(before, Sorts::PREPOSITION)
        || prose.is(start, Sorts::PREPOSITION | Sorts::CONJUNCTION)
    {
        return None;
    }
    let opening = phrase_after(prose, start, before, speech)?;
    let verbless = (opening.tokens.end..before)
        .all(|at| prose.finite_verb(at).is_none() && !prose.is(at, Sorts::AUXILIARY));
    let fits = matches!(opening.sort, PhraseSort::Person(_) | PhraseSort::Nominal(_) | PhraseSort::Body(_));
    (fits && verbless).then_some(opening)
}

/// “Kevin Sullivan, the commissioner, says”: the phrase before the parenthesis that ends at
/// `close`, with what the parenthesis adds.
fn across_parenthesis(
    prose: &Prose,
    sentence: &Range<usize>,
    close: usize,
    speech: &Speech,
) -> Option<Phrase> {
    let mark = prose.kind(close)?;
    let floor = sentence.start.max(close.saturating_sub(LONGEST_PARENTHESIS));
    let inside = |at: &usize| {
        matches!(
            prose.kind(*at),
            Some(
                TokenKind::Word
                    | TokenKind::Aside
                    | TokenKind::Comma
                    | TokenKind::Other
                    | TokenKind::Quote(_)
            )
        )
    };
    let marks = || (floor..close).rev().take_while(inside).filter(|at| prose.kind(*at) == Some(mark));
    let before =
        |open: usize| phrase_before(prose, sentence.start, open, speech).map(|phrase| (open, phrase));
    let fits = |(_, phrase): &(usize, Phrase)| can_be_resumed(prose, sentence, phrase);
    let (open, phrase) = marks().filter_map(before).find(fits).or_else(|| marks().find_map(before))?;
    if let Some((name_end, person)) = named_before(prose, sentence, &phrase, speech) {
        return Some(apposed(prose, person, name_end + 1..open, speech));
    }
    if let Some(opening) = opening_of(prose, sentence, &phrase, speech) {
        return Some(opening);
    }
    Some(apposed(prose, phrase, open + 1..close, speech))
}

/// The person before the first of two appositions: “Ana Reyes, the mayor, a member of the board,
/// said”; and where its name ends.
fn named_before(
    prose: &Prose,
    sentence: &Range<usize>,
    phrase: &Phrase,
    speech: &Speech,
) -> Option<(usize, Phrase)> {
    let comma = phrase.tokens.start.checked_sub(1).filter(|at| *at > sentence.start)?;
    let apposition =
        matches!(phrase.sort, PhraseSort::Nominal(_)) && prose.kind(comma) == Some(TokenKind::Comma);
    let person = phrase_before(prose, sentence.start, comma, speech).filter(|_| apposition)?;
    matches!(&person.sort, PhraseSort::Person(name) if name.len() > 1).then_some((comma, person))
}

/// Whether a phrase before a parenthesis can be the subject after it: no place or number, as in
/// “Harry Bond, 30, of Raleigh, N.C., said”.
pub fn can_be_resumed(prose: &Prose, sentence: &Range<usize>, phrase: &Phrase) -> bool {
    let first = phrase.tokens.start;
    let led = first > sentence.start && prose.is(first - 1, Sorts::PREPOSITION);
    let listed = first > sentence.start && prose.kind(first - 1) == Some(TokenKind::Comma);
    let short = phrase.tokens.len() == 1 && listed && phrase.role.is_none();
    let number = prose.word(first).starts_with(|c: char| c.is_ascii_digit());
    !led && !short && !number
}

/// “The ministry’s spokesman, Zhao Lijian said”: a name with the role that stands before it.
pub fn with_role_before(prose: &Prose, sentence: &Range<usize>, phrase: Phrase, speech: &Speech) -> Phrase {
    let Some(comma) = phrase.tokens.start.checked_sub(1).filter(|at| *at > sentence.start) else {
        return phrase;
    };
    if prose.kind(comma) != Some(TokenKind::Comma) || phrase.role.is_some() || phrase.tokens.len() < 2 {
        return phrase;
    }
    let Some(before) = phrase_before(prose, sentence.start, comma, speech) else { return phrase };
    let joined = apposed(prose, before, phrase.tokens.clone(), speech);
    if joined.role.is_some()
        && matches!(joined.sort, PhraseSort::Person(ref name) if name.start >= phrase.tokens.start)
    {
        return Phrase { tokens: joined.tokens.start..phrase.tokens.end, ..joined };
    }
    phrase
}

/// Farthest that a parenthesis between source and verb may reach, in tokens.
const LONGEST_PARENTHESIS: usize = 30;
