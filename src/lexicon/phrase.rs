//! The notation of phrases in lexicon files.
//!
//! ```text
//! smear*                   a word with any ending: smears, smeared
//! (groundless|baseless)    either
//! (so|) called             either of which may be nothing
//! not only ... but         up to four words between
//! ```
//! Everything else is plain words, matched whole, whatever their case or quote style. A phrase
//! with alternatives is written out into one [`Phrase`] for each, so that matching knows none.

use crate::text::words;

/// Most words that a `...` stands for.
pub const GAP: usize = 4;
/// Fewest letters before a `*`: shorter beginnings fit too many words.
pub const SHORTEST_BEGINNING: usize = 3;
/// Most phrases that one line may stand for.
const MOST_READINGS: usize = 64;

/// Words in a row, as they are looked for; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phrase(pub Vec<Step>);

/// One step of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// This word, folded.
    Word(String),
    /// A word that begins like this, folded.
    Beginning(String),
    /// Any words, none to [`GAP`]; never first, last or twice in a row.
    Gap,
}

/// What is wrong with a phrase.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PhraseError {
    /// Byte in the phrase where it goes wrong.
    pub at: usize,
    /// What, and what would be right.
    pub message: String,
}

/// Every phrase that `text` stands for, in the order of its alternatives.
///
/// # Errors
/// The first breach of the notation.
pub fn parse(text: &str) -> Result<Vec<Phrase>, PhraseError> {
    let mut readings = vec![Vec::new()];
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('(') {
            let length = rest.find(')').ok_or_else(|| error(at, "this ( is never closed"))?;
            readings = product(&readings, &alternatives(&rest[1..length], at + 1)?);
            at += length + 1;
        } else {
            let length = rest.find('(').unwrap_or(rest.len());
            let steps = plain(&rest[..length], at)?;
            for reading in &mut readings {
                reading.extend(steps.iter().cloned());
            }
            at += length;
        }
        if readings.len() > MOST_READINGS {
            return Err(error(0, &format!("stands for more than {MOST_READINGS} phrases: write several")));
        }
    }
    readings.into_iter().map(whole).collect()
}

/// The phrase that these steps make, if it can be looked for.
fn whole(steps: Vec<Step>) -> Result<Phrase, PhraseError> {
    let gap = |step: Option<&Step>| step == Some(&Step::Gap);
    if steps.is_empty() {
        return Err(error(0, "no word in it"));
    }
    if gap(steps.first()) || gap(steps.last()) || steps.windows(2).any(|two| two == [Step::Gap, Step::Gap]) {
        return Err(error(0, "a ... stands between two words"));
    }
    Ok(Phrase(steps))
}

/// What stands between parentheses, `at` bytes into the phrase.
fn alternatives(inner: &str, at: usize) -> Result<Vec<Vec<Step>>, PhraseError> {
    if !inner.contains('|') {
        return Err(error(at, "one word needs no ( ): write (a|b), or (a|) for a word that may be missing"));
    }
    let mut from = at;
    inner
        .split('|')
        .map(|one| {
            let steps = plain(one, from);
            from += one.len() + 1;
            steps
        })
        .collect()
}

/// The steps of a stretch without alternatives, `at` bytes into the phrase.
fn plain(stretch: &str, at: usize) -> Result<Vec<Step>, PhraseError> {
    if let Some(stray) = stretch.find(['(', ')', '|']) {
        return Err(error(at + stray, "a stray ( ) or |: alternatives are written (a|b), not nested"));
    }
    let mut steps = Vec::new();
    let mut from = at;
    for (index, piece) in stretch.split("...").enumerate() {
        if index > 0 {
            steps.push(Step::Gap);
        }
        steps.extend(words_of(piece, from)?);
        from += piece.len() + 3;
    }
    Ok(steps)
}

/// The words of a stretch without gaps.
fn words_of(piece: &str, at: usize) -> Result<Vec<Step>, PhraseError> {
    let mut steps = Vec::new();
    let mut stars = piece.matches('*').count();
    for word in words::<()>(piece, 0) {
        if !piece[word.span.end..].starts_with('*') {
            steps.push(Step::Word(word.folded));
            continue;
        }
        stars -= 1;
        if word.folded.chars().count() < SHORTEST_BEGINNING {
            return Err(error(
                at + word.span.start,
                &format!("at least {SHORTEST_BEGINNING} letters stand before a *"),
            ));
        }
        steps.push(Step::Beginning(word.folded));
    }
    if stars > 0 {
        return Err(error(at + piece.find('*').unwrap_or(0), "a * stands at the end of a word"));
    }
    Ok(steps)
}

/// Each of `readings` followed by each of `endings`.
fn product(readings: &[Vec<Step>], endings: &[Vec<Step>]) -> Vec<Vec<Step>> {
    readings
        .iter()
        .flat_map(|reading| endings.iter().map(move |ending| [&reading[..], &ending[..]].concat()))
        .collect()
}

fn error(at: usize, message: &str) -> PhraseError {
    PhraseError { at, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The readings of `text`, gaps as `...`, beginnings with `*`; or the error with its place.
    fn shown(text: &str) -> String {
        let step = |step: &Step| match step {
            Step::Word(word) => word.clone(),
            Step::Beginning(word) => format!("{word}*"),
            Step::Gap => "...".to_owned(),
        };
        match parse(text) {
            Ok(phrases) => phrases
                .iter()
                .map(|phrase| phrase.0.iter().map(step).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join(" / "),
            Err(error) => format!("{}: {}", error.at, error.message),
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text), expected, "{text}");
    }

    #[test]
    fn three_marks_and_plain_words() {
        check("Groundless Accusations", "groundless accusations");
        check("smear* campaign", "smear* campaign");
        check("(groundless|base-less) claim*", "groundless claim* / base less claim*");
        check("not only...but", "not only ... but");
        check("(so|) called", "so called / called");
        check("out of (thin|the thin) air", "out of thin air / out of the thin air");
        check("don’t", "don't");
    }

    #[test]
    fn every_breach_is_told_with_its_place() {
        check("", "0: no word in it");
        check("— !", "0: no word in it");
        check("a (b|c", "2: this ( is never closed");
        check("a b)", "3: a stray ( ) or |: alternatives are written (a|b), not nested");
        check("a (b)", "3: one word needs no ( ): write (a|b), or (a|) for a word that may be missing");
        check("un*", "0: at least 3 letters stand before a *");
        check("the ab*", "4: at least 3 letters stand before a *");
        check("*ing", "0: a * stands at the end of a word");
        check("... but", "0: a ... stands between two words");
        check("(a|b|c|d|e)(a|b|c|d|e)(a|b|c|d)", "0: stands for more than 64 phrases: write several");
    }

    proptest::proptest! {
        #[test]
        fn no_phrase_makes_it_panic(text in "[a-cé*(|).’ ]{0,20}") {
            for phrase in parse(&text).unwrap_or_default() {
                assert!(!phrase.0.is_empty());
            }
        }
    }
}
