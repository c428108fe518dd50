//! The notation of phrases in lexicon files.
//!
//! ```text
//! smear*                   a word with any ending: smears, smeared
//! (groundless|baseless)    either
//! (so|) called             either of which may be nothing
//! not only ... but         up to four words between
//! ```
//! Everything else is plain words, matched whole, whatever their case or quote style. Alternatives
//! are kept as such, never multiplied out, so a line may stand for any number of readings.

use crate::text::words;

/// Most words that a `...` stands for.
pub const GAP: usize = 4;
/// Fewest letters before a `*`: shorter beginnings fit too many words.
pub const SHORTEST_BEGINNING: usize = 3;

/// What is looked for: its parts in a row, of each of them any one alternative.
///
/// Every reading has a word, and no gap stands first, last or beside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase(pub Vec<Vec<Steps>>);

/// Steps in a row; none where a word may be missing.
pub type Steps = Vec<Step>;

/// One step of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// This word, folded.
    Word(String),
    /// A word that begins like this, folded.
    Beginning(String),
    /// Any words, none to [`GAP`].
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

impl Phrase {
    /// What it stands for, alternatives multiplied out, in their order, but no more than `most`.
    pub fn readings(&self, most: usize) -> Vec<Steps> {
        let mut readings = vec![Vec::new()];
        for part in &self.0 {
            readings = readings
                .iter()
                .flat_map(|reading: &Steps| part.iter().map(move |steps| [&reading[..], steps].concat()))
                .take(most)
                .collect();
        }
        readings
    }
}

/// One reading in the notation.
pub fn shown(steps: &[Step]) -> String {
    let shown = steps.iter().map(|step| match step {
        Step::Word(word) => word.clone(),
        Step::Beginning(word) => format!("{word}*"),
        Step::Gap => "...".to_owned(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Reads the notation.
///
/// # Errors
/// The first breach of it.
pub fn parse(text: &str) -> Result<Phrase, PhraseError> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('(') {
            let length = rest.find(')').ok_or_else(|| error(at, "this ( is never closed"))?;
            parts.push(alternatives(&rest[1..length], at + 1)?);
            at += length + 1;
        } else {
            let length = rest.find('(').unwrap_or(rest.len());
            parts.push(vec![plain(&rest[..length], at)?]);
            at += length;
        }
    }
    whole(parts)
}

/// The phrase that these parts make, if each of its readings can be looked for.
fn whole(parts: Vec<Vec<Steps>>) -> Result<Phrase, PhraseError> {
    // How a reading of the parts so far may end, if anything may: in no word at all, in a gap.
    let (mut bare, mut gaping) = (true, false);
    for part in &parts {
        let (before, gaping_before) = (bare, gaping);
        (bare, gaping) = (false, false);
        for steps in part {
            let (mut own_bare, mut own_gaping) = (before, gaping_before);
            for step in steps {
                if *step == Step::Gap && (own_bare || own_gaping) {
                    return Err(error(0, "a ... stands between two words"));
                }
                (own_bare, own_gaping) = (false, *step == Step::Gap);
            }
            bare |= own_bare;
            gaping |= own_gaping;
        }
    }
    match (bare, gaping) {
        (true, _) => Err(error(0, "no word in it")),
        (_, true) => Err(error(0, "a ... stands between two words")),
        _ => Ok(Phrase(parts)),
    }
}

/// What stands between parentheses, `at` bytes into the phrase.
fn alternatives(inner: &str, at: usize) -> Result<Vec<Steps>, PhraseError> {
    if !inner.contains('|') {
        return Err(error(at, "one word needs no ( ): write (a|b), or (a|) for a word that may be missing"));
    }
    let mut from = at;
    inner
        .split('|')
        .map(|one| {
            let steps = plain(one, from)?;
            if [steps.first(), steps.last()].contains(&Some(&Step::Gap)) {
                return Err(error(from, "within ( ) a ... stands between two words"));
            }
            from += one.len() + 1;
            Ok(steps)
        })
        .collect()
}

/// The steps of a stretch without alternatives, `at` bytes into the phrase.
fn plain(stretch: &str, at: usize) -> Result<Steps, PhraseError> {
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
fn words_of(piece: &str, at: usize) -> Result<Steps, PhraseError> {
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

fn error(at: usize, message: &str) -> PhraseError {
    PhraseError { at, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The readings of `text`, gaps as `...`, beginnings with `*`; or the error with its place.
    fn shown(text: &str) -> String {
        match parse(text) {
            Ok(phrase) => phrase
                .readings(64)
                .iter()
                .map(|reading| super::shown(reading))
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
        check("(a|) ... b", "0: a ... stands between two words");
        check("a ... (b|)", "0: a ... stands between two words");
        check("a ... (b|) ... c", "0: a ... stands between two words");
        check("(a|)(b|)", "0: no word in it");
    }

    proptest::proptest! {
        #[test]
        fn no_phrase_makes_it_panic(text in "[a-cé*(|).’ ]{0,20}") {
            if let Ok(phrase) = parse(&text) {
                let gap = |step: Option<&Step>| step.is_none_or(|step| *step == Step::Gap);
                for reading in phrase.readings(1000) {
                    assert!(!gap(reading.first()) && !gap(reading.last()));
                    assert!(!reading.windows(2).any(|two| two == [Step::Gap, Step::Gap]));
                }
            }
        }
    }
}
