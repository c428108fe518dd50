//! Which quotation is whose, within one paragraph.
//!
//! The words right after a quotation attribute it best (“…,” Blinken said), then those right
//! before it, then the nearest cue before it in its sentence, then any. A quotation that is a
//! sentence of its own belongs to whom the paragraph quotes already, or is about. What is left
//! are terms, titles and scare quotes, which are nobody's words.

use super::cues::Manner;
use super::prose::{Prose, TokenKind};
use super::sentence::SentenceRead;
use super::voices::{VoiceId, Voices};
use crate::lexicon::speech::{Class, Sorts};

/// Whose a quotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The source of this cue of the sentence.
    Cue(usize),
    /// This voice, by the sentence's subject.
    Subject(VoiceId),
    /// Whoever the text around it quotes.
    Context,
    /// Nobody: a term, title or scare quotes.
    Nobody,
}

/// Whose the quotation at token `quote` of `sentence` is.
pub fn owner(prose: &Prose, sentence: &SentenceRead, quote: usize, voices: &Voices) -> Owner {
    if is_title(prose, sentence, quote) || is_term(prose, sentence, quote) {
        return Owner::Nobody;
    }
    if let Some(cue) = governing(prose, sentence, quote) {
        return Owner::Cue(cue);
    }
    let length = words_in(prose, quote);
    if sentence.is_quotes_only(prose) {
        return Owner::Context;
    }
    match sentence.subject {
        Some(_) if length <= 3 && is_attributive(prose, sentence, quote) => Owner::Nobody,
        Some(voice) if length > 1 || voices.is_named(voice) => Owner::Subject(voice),
        _ if length > 5 => Owner::Context,
        _ => Owner::Nobody,
    }
}

/// The cue of `sentence` that governs the quotation at `quote`.
fn governing(prose: &Prose, sentence: &SentenceRead, quote: usize) -> Option<usize> {
    let usable =
        |index: &usize| sentence.cues[*index].1.is_some() || sentence.cues[*index].0.source.is_some();
    let all = || (0..sentence.cues.len()).filter(usable);
    let adjacent_after = all().find(|index| is_right_after(prose, sentence, *index, quote));
    let before = all().rfind(|index| sentence.cues[*index].0.word.end <= quote);
    let before = before.map(|index| reporting(prose, sentence, index, quote));
    let adjacent_before = before.filter(|index| is_right_before(prose, sentence, *index, quote));
    adjacent_after.or(adjacent_before).or(before).or_else(|| {
        all().find(|index| {
            let cue = &sentence.cues[*index].0;
            cue.tokens.start > quote && !matches!(cue.manner, Manner::Shared(_))
        })
    })
}

/// The cue that speaks where cue `index` only tells what somebody holds or judges, within what a
/// speaker before it says: “Rubio says he feels he did “great””.
fn reporting(prose: &Prose, sentence: &SentenceRead, index: usize, quote: usize) -> usize {
    let weak = matches!(sentence.cues[index].0.manner.class(), Some(Class::Thought | Class::Judgement));
    if !weak || is_right_before(prose, sentence, index, quote) {
        return index;
    }
    let speaks = |at: &usize| {
        let cue = &sentence.cues[*at].0;
        matches!(cue.manner.class(), Some(Class::Speech | Class::Claim)) && cue.source.is_some()
    };
    (0..index).rfind(speaks).unwrap_or(index)
}

/// Whether a cue stands right after the quotation and does not open another: “…,” Blinken said.
fn is_right_after(prose: &Prose, sentence: &SentenceRead, cue: usize, quote: usize) -> bool {
    let cue = &sentence.cues[cue].0;
    let mut at = quote + 1;
    while matches!(prose.kind(at), Some(TokenKind::Comma | TokenKind::Break)) {
        at += 1;
    }
    let shared = matches!(cue.manner, Manner::Shared(_));
    // A signature holds its dash: “…” — Ana Reyes.
    (cue.tokens.start == at || cue.tokens.start == quote + 1) && !shared
}

fn is_right_before(prose: &Prose, sentence: &SentenceRead, cue: usize, quote: usize) -> bool {
    let end = sentence.cues[cue].0.tokens.end;
    (end..quote).all(|at| !prose.is_any_word(at) || prose.is_word(at, "that"))
}

/// Whether the quotation only qualifies a noun after it: “a “unity” lunch”.
fn is_attributive(prose: &Prose, sentence: &SentenceRead, quote: usize) -> bool {
    let grammar = Sorts::PREPOSITION
        | Sorts::CONJUNCTION
        | Sorts::AUXILIARY
        | Sorts::ADVERB
        | Sorts::PRONOUN
        | Sorts::TIME;
    let next = quote + 1;
    next < sentence.tokens.end && prose.is_any_word(next) && !prose.is(next, grammar)
}

/// The number of words in a quotation.
fn words_in(prose: &Prose, quote: usize) -> usize {
    inner(prose, quote).split_whitespace().count()
}

fn inner<'t>(prose: &Prose<'t>, quote: usize) -> &'t str {
    prose.quotation(quote).map_or("", |quotation| quotation.inner.of(prose.text).trim())
}

/// Whether the quotation is the title of a work or programme: every longer word capitalised, and
/// no verb of saying or comma leads up to it.
fn is_title(prose: &Prose, sentence: &SentenceRead, quote: usize) -> bool {
    let words: Vec<&str> = inner(prose, quote).split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let capitals = words.iter().filter(|word| word.len() > 4 || capital(word)).all(capital);
    let ends_clause = inner(prose, quote).ends_with(['!', '?', '.']);
    let enough = words.len() > 1 && words.len() < 9;
    let Some(before) = quote.checked_sub(1).filter(|before| *before >= sentence.tokens.start) else {
        return enough
            && capitals
            && !ends_clause
            && prose.is_any_word(quote + 1)
            && !prose.tokens[quote + 1].capital
            && prose.tokens[quote + 1].verb.is_none()
            && !prose.is(quote + 1, Sorts::PRONOUN);
    };
    let led = prose.is_any_word(before)
        && prose.tokens[before].verb.is_some_and(|verb| verb.class != Class::Judgement)
        || matches!(prose.kind(before), Some(TokenKind::Colon));
    let asks = inner(prose, quote).ends_with(['!', '?']);
    enough && capitals && !asks && !led && first_is_capital_within(&words)
}

fn first_is_capital_within(words: &[&str]) -> bool {
    words.iter().skip(1).any(|word| word.starts_with(char::is_uppercase) && word.len() > 1)
}

/// Whether the quotation only names something: “so-called “rebels””, “nicknamed “Chuy””.
fn is_term(prose: &Prose, sentence: &SentenceRead, quote: usize) -> bool {
    const NAMING: [&str; 14] = [
        "so-called",
        "called",
        "dubbed",
        "named",
        "nicknamed",
        "titled",
        "entitled",
        "known",
        "termed",
        "labeled",
        "cheekily-named",
        "billed",
        "marked",
        "tagged",
    ];
    let length = words_in(prose, quote);
    let Some(before) = quote.checked_sub(1).filter(|before| *before >= sentence.tokens.start) else {
        return false;
    };
    let before = if prose.kind(before) == Some(TokenKind::Comma) { before.saturating_sub(1) } else { before };
    let entitled = ["titled", "entitled"].iter().any(|word| prose.is_word(before, word));
    if entitled {
        return true;
    }
    if length > 5 || !prose.is_any_word(before) {
        return false;
    }
    let known_as =
        prose.is_word(before, "as") && before > sentence.tokens.start && prose.is_word(before - 1, "known");
    let nickname = prose.is_name(before) && prose.is_name(quote + 1) && length < 3;
    let naming = NAMING.iter().any(|word| prose.is_word(before, word));
    naming && !sentence.cues.iter().any(|(cue, id)| cue.word.contains(&before) && id.is_some())
        || known_as
        || nickname
}
