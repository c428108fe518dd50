//! The form of `attribution.toml`, and the table that it becomes: verbs are inflected by rule.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use serde::Deserialize;

use super::{Class, Form, Sorts, Speech, Verb};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    verbs: Vec<Verbs>,
    cues: Cues,
    people: People,
    organisations: Organisations,
    pronouns: Pronouns,
    given_names: GivenNames,
    labels: Labels,
    titles: Titles,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    class: Class,
    words: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are the file's own tests"))]
    hits: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are the file's own tests"))]
    misses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    before: Vec<String>,
    auxiliaries: String,
    adverbs: String,
    times: String,
    conjunctions: String,
    prepositions: String,
    determiners: String,
    nouns: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    titles: String,
    male: String,
    female: String,
    roles: String,
    modifiers: String,
    portfolios: Vec<String>,
    particles: String,
    suffixes: String,
    groups: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    words: String,
    names: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    male: String,
    female: String,
    thing: String,
    group: String,
    #[serde(rename = "self")]
    self_: String,
    nobody: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenNames {
    male: String,
    female: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    questions: Vec<String>,
    answers: Vec<String>,
    acronyms: String,
    not_speakers: String,
    openers: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    leads: Vec<String>,
    bylines: Vec<String>,
    remarks: String,
    honorifics: String,
    occasions: Vec<String>,
    unspaced_offices: Vec<String>,
    unspaced_occasions: Vec<String>,
}

impl Speech {
    /// The table that a file becomes.
    pub fn compile(file: File) -> Self {
        let File { verbs, cues, people, organisations, pronouns, given_names, labels, titles } = file;
        let mut speech = Self {
            words: HashMap::with_capacity_and_hasher(3000, BuildHasherDefault::default()),
            before: cues.before.iter().map(|phrase| folded_words(phrase)).collect(),
            portfolios: people.portfolios.iter().map(|phrase| folded_words(phrase)).collect(),
            questions: labels.questions,
            answers: labels.answers,
            acronyms: folded_words(&labels.acronyms),
            not_speakers: folded_words(&labels.not_speakers),
            openers: folded_words(&labels.openers),
            leads: titles.leads,
            bylines: titles.bylines,
            remarks: folded_words(&titles.remarks),
            honorifics: folded_words(&titles.honorifics),
            occasions: titles.occasions,
            unspaced_offices: titles.unspaced_offices,
            unspaced_occasions: titles.unspaced_occasions,
        };
        for Verbs { class, words, .. } in &verbs {
            words.split_whitespace().for_each(|verb| speech.add_verb(verb, *class));
        }
        for (words, sorts) in [
            (&cues.auxiliaries, Sorts::AUXILIARY),
            (&cues.adverbs, Sorts::ADVERB),
            (&cues.times, Sorts::TIME),
            (&cues.conjunctions, Sorts::CONJUNCTION),
            (&cues.prepositions, Sorts::PREPOSITION),
            (&cues.determiners, Sorts::DETERMINER),
            (&cues.nouns, Sorts::SAYING),
            (&people.titles, Sorts::TITLE),
            (&people.male, Sorts::MALE),
            (&people.female, Sorts::FEMALE),
            (&people.roles, Sorts::ROLE),
            (&people.modifiers, Sorts::MODIFIER),
            (&people.particles, Sorts::PARTICLE),
            (&people.suffixes, Sorts::SUFFIX),
            (&people.groups, Sorts::GROUP),
            (&organisations.words, Sorts::ORGANISATION),
            (&organisations.names, Sorts::NAMED_BODY),
            (&pronouns.male, Sorts::PRONOUN | Sorts::MALE),
            (&pronouns.female, Sorts::PRONOUN | Sorts::FEMALE),
            (&pronouns.thing, Sorts::PRONOUN | Sorts::THING),
            (&pronouns.group, Sorts::PRONOUN | Sorts::PLURAL),
            (&pronouns.self_, Sorts::PRONOUN | Sorts::SELF),
            (&pronouns.nobody, Sorts::NOBODY),
            (&given_names.male, Sorts::GIVEN_NAME | Sorts::MALE),
            (&given_names.female, Sorts::GIVEN_NAME | Sorts::FEMALE),
        ] {
            words.split_whitespace().for_each(|word| speech.add(word, sorts));
        }
        speech
    }

    fn add(&mut self, word: &str, sorts: Sorts) {
        let facts = self.words.entry(word.into()).or_default();
        facts.sorts = facts.sorts | sorts;
    }

    fn add_verb(&mut self, verb: &str, class: Class) {
        let mut spelled = verb.split('/');
        let base = spelled.next().unwrap_or_default();
        let mut form = |form, rule: fn(&str) -> String| {
            let word = spelled.next().map_or_else(|| rule(base), str::to_owned);
            self.words.entry(word.into()).or_default().verb.get_or_insert(Verb { class, form });
        };
        form(Form::Third, third);
        form(Form::Past, past);
        form(Form::Participle, participle);
        self.words.entry(base.into()).or_default().verb.get_or_insert(Verb { class, form: Form::Base });
    }
}

fn third(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ies"),
        _ if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") => {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

fn past(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ied"),
        _ if base.ends_with('e') => format!("{base}d"),
        _ => format!("{base}ed"),
    }
}

fn participle(base: &str) -> String {
    match base.strip_suffix('e') {
        Some(stem) if !base.ends_with("ee") => format!("{stem}ing"),
        _ => format!("{base}ing"),
    }
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.ends_with(['a', 'e', 'i', 'o', 'u'])
}

fn folded_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

/// The examples of the built-in file: texts with what is to be found in braces, and texts in
/// which nothing is.
#[cfg(test)]
pub(crate) fn examples() -> (Vec<String>, Vec<String>) {
    let file: File = crate::assets::read(crate::assets::packed!("lexicon/attribution.toml"));
    let of = |list: fn(&Verbs) -> &Vec<String>| file.verbs.iter().flat_map(|v| list(v).clone()).collect();
    (of(|verbs| &verbs.hits), of(|verbs| &verbs.misses))
}

#[cfg(test)]
mod tests {
    use super::super::Facts;
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        let speech = Speech::built_in();
        for (word, class, form) in [
            ("said", Class::Speech, Form::Past),
            ("Replies", Class::Speech, Form::Third),
            ("argued", Class::Claim, Form::Past),
            ("telling", Class::Telling, Form::Participle),
            ("denied", Class::Denial, Form::Past),
            ("dismisses", Class::Denial, Form::Third),
            ("agreeing", Class::Speech, Form::Participle),
            ("think", Class::Thought, Form::Base),
        ] {
            assert_eq!(speech.facts(word).verb, Some(Verb { class, form }), "{word}");
        }
        assert_eq!(speech.facts("Blinken"), Facts::default());
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        let right = include_str!("../../../assets/lexicon/attribution.toml");
        let wrong = right.replacen("determiners", "determiner", 1);
        let error = toml::from_str::<File>(&wrong).err().expect("the field is unknown").to_string();
        assert!(error.contains("line") && error.contains("unknown field `determiner`"), "{error}");
    }
}
