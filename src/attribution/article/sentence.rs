//! A sentence of an article as it is read: its cues, who they name, its subject and quotations.

use std::ops::Range;

use super::cues::{Cue, Manner, cues};
use super::names::{Phrase, PhraseSort, is_surely_person, persons, phrase_after};
use super::prose::{Prose, TokenKind};
use super::voices::{VoiceId, Voices};
use crate::lexicon::Speech;
use crate::lexicon::speech::{Class, Sorts};

/// A sentence with its cues resolved to voices.
#[derive(Debug)]
pub struct SentenceRead {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its cues in order, each with who it names.
    pub cues: Vec<(Cue, Option<VoiceId>)>,
    /// Whom it is about: its subject, or else its first source.
    pub subject: Option<VoiceId>,
    /// The tokens that are quotations.
    pub quotes: Vec<usize>,
}

impl SentenceRead {
    /// Whether it is made of quotations only.
    pub fn is_quotes_only(&self, prose: &Prose) -> bool {
        !self.quotes.is_empty() && !self.tokens.clone().any(|at| prose.is_any_word(at))
    }
}

/// Reads a sentence; whoever it names becomes known to `voices`.
pub fn read(prose: &Prose, tokens: Range<usize>, speech: &Speech, voices: &mut Voices) -> SentenceRead {
    let quotes = tokens.clone().filter(|at| prose.is_quote(*at)).collect();
    let found = cues(prose, &tokens, speech);
    let mut named = persons(prose, &tokens, speech).into_iter().peekable();
    let mut subject = None;
    let opening = opening_phrase(prose, &tokens, speech);
    if let Some(phrase) = opening.filter(|phrase| is_known(prose, phrase, voices)) {
        subject = voices.of(prose, &phrase);
        subject.inspect(|id| voices.spoke(*id));
    }
    let mut resolved: Vec<(Cue, Option<VoiceId>)> = Vec::with_capacity(found.len());
    for cue in found {
        let start = cue.tokens.start;
        while let Some(person) = named.next_if(|person| person.tokens.start < start) {
            let id = person_of(prose, &person, voices);
            subject = subject.or(id.filter(|_| !follows_preposition(prose, &person, &tokens)));
        }
        let before = speaking(&resolved);
        let voice = match &cue.source {
            Some(phrase) => voices.of(prose, phrase),
            None => before.or(subject),
        };
        if cue.source.is_some() && subject.is_none() {
            subject = voice;
        }
        if cue.manner != Manner::According {
            voice.inspect(|id| voices.spoke(*id));
        }
        resolved.push((cue, voice));
    }
    for person in named {
        let id = person_of(prose, &person, voices);
        subject = subject.or(id.filter(|_| !follows_preposition(prose, &person, &tokens)));
    }
    SentenceRead { tokens, cues: resolved, subject, quotes }
}

/// The voice of a name in passing, if it is surely a person's or known already.
fn person_of(prose: &Prose, person: &Phrase, voices: &mut Voices) -> Option<VoiceId> {
    let counts = is_surely_person(prose, person) || voices.knows(prose, person);
    counts.then(|| voices.of(prose, person)).flatten()
}

/// Whose words a verb without a source of its own goes on with: the last cue's that is no mere
/// thought within what somebody says, as in “Cooper said her party backed it, adding”.
fn speaking(resolved: &[(Cue, Option<VoiceId>)]) -> Option<VoiceId> {
    let thinks = |(cue, _): &&(Cue, Option<VoiceId>)| cue.manner.class() != Some(Class::Thought);
    let last = resolved.iter().rev().find(thinks).or(resolved.last());
    last.and_then(|(_, id)| *id)
}

/// Whether a phrase at the start of a sentence is a person or pronoun, so that it can be told to
/// be the subject without knowing the verb.
fn is_known(prose: &Prose, phrase: &Phrase, voices: &Voices) -> bool {
    match &phrase.sort {
        PhraseSort::Person(name) => {
            phrase.role.is_some() || voices.knows(prose, phrase) || prose.is(name.start, Sorts::GIVEN_NAME)
        }
        PhraseSort::Pronoun(at) => !prose.is(*at, Sorts::THING),
        PhraseSort::Nominal(head) => {
            prose.is(*head, Sorts::ROLE) && prose.is(phrase.tokens.start, Sorts::DETERMINER)
        }
        PhraseSort::Body(_) => false,
    }
}

/// The phrase that a sentence opens with, after an introduction that ends in a comma.
fn opening_phrase(prose: &Prose, tokens: &Range<usize>, speech: &Speech) -> Option<Phrase> {
    let introduces = Sorts::PREPOSITION | Sorts::CONJUNCTION | Sorts::ADVERB;
    let mut start = tokens.start;
    if prose.is(start, introduces) {
        let joins = ["and", "but", "or", "so", "yet"].iter().any(|word| prose.is_word(start, word));
        start = if joins {
            start + 1
        } else {
            tokens
                .clone()
                .find(|at| prose.kind(*at) == Some(TokenKind::Comma))
                .map_or(start + 1, |comma| comma + 1)
        };
    }
    (start < tokens.end).then(|| phrase_after(prose, start, tokens.end, speech)).flatten()
}

fn follows_preposition(prose: &Prose, person: &Phrase, tokens: &Range<usize>) -> bool {
    person.tokens.start > tokens.start && prose.is(person.tokens.start - 1, Sorts::PREPOSITION)
}
