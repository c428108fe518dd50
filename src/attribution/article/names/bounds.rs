//! Where a noun phrase starts and ends in its sentence.

use super::super::prose::{Prose, TokenKind};
use crate::lexicon::speech::Sorts;

/// Words that end a phrase when they stand outside a name.
const ENDS: [Sorts; 3] = [Sorts::CONJUNCTION, Sorts::AUXILIARY, Sorts::PRONOUN];

/// The most words that a phrase may have.
pub const LONGEST: usize = 16;

/// Where the capitalised words that start at `at` end.
pub fn run_end(prose: &Prose, at: usize, ceiling: usize) -> usize {
    let mut end = at;
    while end < ceiling
        && (prose.is_name(end)
            || prose.is(end, Sorts::SUFFIX)
            || prose.is(end, Sorts::PARTICLE) && end + 1 < ceiling && prose.is_name(end + 1))
    {
        end += 1;
        if prose.tokens[end - 1].possessive {
            break;
        }
    }
    end
}

/// Where the capitalised words that end with `last` start.
pub fn run_start(prose: &Prose, floor: usize, last: usize) -> usize {
    let mut start = last + 1;
    while start > floor {
        let at = start - 1;
        let joins = prose.is_name(at)
            || prose.is(at, Sorts::SUFFIX) && start == last + 1
            || prose.is(at, Sorts::PARTICLE) && start <= last && at > floor && prose.is_name(at - 1);
        if !joins || start <= last && prose.tokens[at].possessive {
            break;
        }
        start = at;
    }
    start
}

/// Where the phrase whose last word is `last` starts.
pub fn start_of(prose: &Prose, floor: usize, last: usize) -> usize {
    let mut start = run_start(prose, floor, last);
    let named = start <= last;
    start = start.min(last);
    while start > floor && last - start < LONGEST {
        let at = start - 1;
        if prose.kind(at) == Some(TokenKind::Aside) {
            start = at;
            continue;
        }
        if !prose.is_any_word(at)
            || ENDS.iter().any(|sorts| prose.is(at, *sorts) && !prose.is(at, Sorts::DETERMINER))
        {
            break;
        }
        if prose.is(at, Sorts::PREPOSITION) {
            if !is_part_of(prose, floor, at) {
                break;
            }
        } else if prose.is(at, Sorts::DETERMINER) {
            if opens_clause(prose, floor, at) {
                break;
            }
            start = at;
            if at == floor || !prose.is(at - 1, Sorts::PREPOSITION) {
                break;
            }
            continue;
        } else if prose.is(at, Sorts::TIME) && !prose.tokens[at].possessive
            || prose.is(at, Sorts::ADVERB)
            || is_verb_here(prose, at)
            || named && !is_role_word(prose, at)
        {
            break;
        }
        start = at;
    }
    if start < last && prose.is(start, Sorts::PREPOSITION) { start + 1 } else { start }
}

/// Whether the “that” at `at` opens a clause after a verb: “said that sources …”.
pub fn opens_clause(prose: &Prose, floor: usize, at: usize) -> bool {
    at > floor && prose.is_word(at, "that") && prose.tokens[at - 1].verb.is_some()
}

/// Whether the preposition at `at` joins a noun before it to one after it.
pub fn is_part_of(prose: &Prose, floor: usize, at: usize) -> bool {
    at > floor
        && (prose.is(at - 1, Sorts::ROLE | Sorts::GROUP | Sorts::ORGANISATION)
            || prose.is_word(at, "by") && prose.is_any_word(at - 1) && prose.word(at - 1).ends_with("ed")
            || prose.is_word(at, "of") && prose.is_any_word(at - 1) && !prose.is(at - 1, Sorts::PREPOSITION))
}

/// Whether `at` is a reporting verb and not a noun of the same form.
pub fn is_verb_here(prose: &Prose, at: usize) -> bool {
    prose.finite_verb(at).is_some()
        && (at == 0 || !prose.is(at - 1, Sorts::DETERMINER | Sorts::MODIFIER))
        && !is_role_word(prose, at)
}

/// Whether `at` may stand in a role before a name.
pub fn is_role_word(prose: &Prose, at: usize) -> bool {
    const PARTS: [Sorts; 5] =
        [Sorts::ROLE, Sorts::MODIFIER, Sorts::TITLE, Sorts::ORGANISATION, Sorts::NAMED_BODY];
    let token = &prose.tokens[at];
    PARTS.iter().any(|sorts| prose.is(at, *sorts))
        || token.possessive
        || token.capital && prose.is_name(at)
        || at + 1 < prose.tokens.len()
            && prose.is_any_word(at)
            && !prose.is(
                at,
                Sorts::PREPOSITION
                    | Sorts::DETERMINER
                    | Sorts::CONJUNCTION
                    | Sorts::AUXILIARY
                    | Sorts::ADVERB,
            )
            && token.verb.is_none()
            && prose.is(at + 1, Sorts::ROLE | Sorts::ORGANISATION)
}

/// Where the phrase that starts at `start` ends.
pub fn end_of(prose: &Prose, start: usize, ceiling: usize) -> usize {
    let mut at = start;
    let mut named = false;
    while at < ceiling && at - start < LONGEST && prose.is_any_word(at) {
        let stops = if prose.is_name(at) {
            named
                && !prose.is_name(at - 1)
                && !prose.is(
                    at - 1,
                    Sorts::PARTICLE | Sorts::ROLE | Sorts::TITLE | Sorts::PREPOSITION | Sorts::DETERMINER,
                )
        } else if prose.is(at, Sorts::PREPOSITION) {
            at == start || !is_part_of(prose, start, at)
        } else {
            let grammar = ENDS.iter().any(|sorts| prose.is(at, *sorts)) && !prose.is(at, Sorts::DETERMINER);
            let particle = prose.is(at, Sorts::PARTICLE) && at + 1 < ceiling && prose.is_name(at + 1);
            grammar
                || prose.is(at, Sorts::ADVERB)
                || prose.is(at, Sorts::TIME)
                || named
                    && !particle
                    && !is_role_word(prose, at)
                    && !prose.is(at - 1, Sorts::PREPOSITION)
                    && !prose.is(at, Sorts::SUFFIX)
                || at > start && is_verb_here(prose, at)
                || at > start && prose.is(at, Sorts::DETERMINER) && !prose.is(at - 1, Sorts::PREPOSITION)
        };
        if stops {
            break;
        }
        named |= prose.is_name(at)
            && !prose.tokens[at].possessive
            && !prose.is(at, Sorts::ROLE | Sorts::TITLE | Sorts::MODIFIER);
        at += 1;
    }
    at
}
