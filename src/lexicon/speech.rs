//! How texts name speakers and report their words: `assets/lexicon/attribution.toml`.
//!
//! Every listed word becomes one entry of a table: the sorts of word it may be, as bits, and the
//! verb it is a form of. Verbs are inflected here, so that the file lists base forms. What the
//! words mean for a text is left to [`crate::attribution`].

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::BitOr;
use std::sync::LazyLock;

use serde::Deserialize;

use super::matcher::Mixer;
use crate::assets::{packed, read};

/// The longest word in bytes that is looked up; longer ones are of no sort.
const LONGEST: usize = 32;

/// Reporting verbs, roles, titles, names and labels.
#[derive(Clone, Debug, Default)]
pub struct Speech {
    words: HashMap<Box<str>, Facts, BuildHasherDefault<Mixer>>,
    before: Vec<Vec<String>>,
    portfolios: Vec<Vec<String>>,
    /// Labels of those who ask, in small letters: `q`, `question`.
    questions: Vec<String>,
    /// First words of a label that names no speaker: `subject`.
    not_speakers: Vec<String>,
    openers: Vec<String>,
    leads: Vec<String>,
    bylines: Vec<String>,
    remarks: Vec<String>,
    honorifics: Vec<String>,
    occasions: Vec<String>,
}

/// What one word may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// All that it may be.
    pub sorts: Sorts,
    /// The verb it is a form of.
    pub verb: Option<Verb>,
}

/// A form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// What it does.
    pub class: Class,
    /// Which form it is.
    pub form: Form,
}

/// What a reporting verb does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Reports words: said.
    Speech,
    /// Reports words and marks them as unproven or insisted upon: claimed.
    Claim,
    /// Names a hearer first: told.
    Telling,
    /// Asks.
    Question,
    /// Denies.
    Denial,
    /// Names what is judged first: called.
    Judgement,
    /// Reports what is held, not said: believes.
    Thought,
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// say
    Base,
    /// says
    Third,
    /// said; for nearly all verbs also the past participle
    Past,
    /// saying
    Participle,
}

/// A set of sorts of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts(u32);

impl Sorts {
    /// Mr., Sen.
    pub const TITLE: Self = Self(1);
    /// spokesman, secretary
    pub const ROLE: Self = Self(1 << 1);
    /// former, Chinese, deputy
    pub const MODIFIER: Self = Self(1 << 2);
    /// van, bin
    pub const PARTICLE: Self = Self(1 << 3);
    /// Jr.
    pub const SUFFIX: Self = Self(1 << 4);
    /// officials, Republicans
    pub const GROUP: Self = Self(1 << 5);
    /// ministry, government
    pub const ORGANISATION: Self = Self(1 << 6);
    /// Microsoft, China
    pub const NAMED_BODY: Self = Self(1 << 7);
    /// Said of men: he, Mr., Donald, spokesman
    pub const MALE: Self = Self(1 << 8);
    /// Said of women: she, Ms., Hillary, spokeswoman
    pub const FEMALE: Self = Self(1 << 9);
    /// he, she, it, they, I
    pub const PRONOUN: Self = Self(1 << 10);
    /// it
    pub const THING: Self = Self(1 << 11);
    /// they
    pub const PLURAL: Self = Self(1 << 12);
    /// I, we, you: never a source
    pub const SELF: Self = Self(1 << 13);
    /// the, his
    pub const DETERMINER: Self = Self(1 << 14);
    /// and, while, that, who
    pub const CONJUNCTION: Self = Self(1 << 15);
    /// of, in
    pub const PREPOSITION: Self = Self(1 << 16);
    /// has, did, n't
    pub const AUXILIARY: Self = Self(1 << 17);
    /// also, later
    pub const ADVERB: Self = Self(1 << 18);
    /// Monday, May
    pub const TIME: Self = Self(1 << 19);
    /// Donald, Hillary
    pub const GIVEN_NAME: Self = Self(1 << 20);
    /// nobody, everything: never a source
    pub const NOBODY: Self = Self(1 << 21);

    /// claim, promise: after “Reyes’s”, what follows is hers
    pub const SAYING: Self = Self(1 << 22);

    /// These and `other`.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `other` is among these.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Sorts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
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
}

impl Speech {
    /// The lists that are built in.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Speech> =
            LazyLock::new(|| Speech::compile(read(packed!("lexicon/attribution.toml"))));
        &BUILT_IN
    }

    fn compile(file: File) -> Self {
        let File { verbs, cues, people, organisations, pronouns, given_names, labels, titles } = file;
        let mut speech = Self {
            words: HashMap::with_capacity_and_hasher(3000, BuildHasherDefault::default()),
            before: cues.before.iter().map(|phrase| folded_words(phrase)).collect(),
            portfolios: people.portfolios.iter().map(|phrase| folded_words(phrase)).collect(),
            questions: labels.questions,
            not_speakers: folded_words(&labels.not_speakers),
            openers: folded_words(&labels.openers),
            leads: titles.leads,
            bylines: titles.bylines,
            remarks: folded_words(&titles.remarks),
            honorifics: folded_words(&titles.honorifics),
            occasions: titles.occasions,
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

    /// What `word` may be, whatever its case.
    pub fn facts(&self, word: &str) -> Facts {
        let mut buffer = [0; LONGEST];
        let Some(word) = folded(word, &mut buffer) else { return Facts::default() };
        let unknown = || {
            let sorts = if is_adverb(word) { Sorts::ADVERB } else { Sorts::default() };
            Facts { sorts, verb: None }
        };
        self.words.get(word).copied().unwrap_or_else(unknown)
    }

    /// Phrases that stand before a source, each as folded words: “according to”.
    pub fn before(&self) -> &[Vec<String>] {
        &self.before
    }

    /// What may follow “Secretary of”, each as folded words.
    pub fn portfolios(&self) -> &[Vec<String>] {
        &self.portfolios
    }

    /// Whether `label` is one of those who ask questions.
    pub fn is_question_label(&self, label: &str) -> bool {
        self.questions.iter().any(|question| question.eq_ignore_ascii_case(label))
    }

    /// Whether a label whose first word is `word` names no speaker.
    pub fn is_no_speaker(&self, word: &str) -> bool {
        is_among(&self.not_speakers, word)
    }

    /// Whether a line that opens with `word` is hardly a label.
    pub fn is_opener(&self, word: &str) -> bool {
        is_among(&self.openers, word)
    }

    /// The part of a title line that names the speaker: what stands behind “Statement by”, with the
    /// occasion, or before “’s Remarks on”.
    pub fn byline<'a>(&self, line: &'a str) -> Option<&'a str> {
        let lead = longest(&self.leads, line);
        let line = line[lead..].trim_start();
        match longest(&self.bylines, line) {
            0 => self.owner(line),
            length => Some(line[length..].trim_start_matches(':').trim_start()),
        }
    }

    /// Whose words a title line announces: “Minister Ana Reyes’s Opening Remarks at …”.
    fn owner<'a>(&self, line: &'a str) -> Option<&'a str> {
        let (at, mark) = ["’s ", "'s ", "’ ", "' "].iter().find_map(|mark| Some((line.find(mark)?, mark)))?;
        let owner = &line[..at];
        let is_part =
            |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "for" | "and");
        let known = Sorts::ROLE | Sorts::TITLE | Sorts::GIVEN_NAME | Sorts::ORGANISATION;
        let mut words = owner.split_whitespace();
        let opens = words
            .clone()
            .next()
            .is_some_and(|first| self.is_opener(first) && !first.eq_ignore_ascii_case("the"));
        let is_owner = words.clone().any(|word| self.facts(word).sorts.any(known)) && words.all(is_part);
        // Up to two words say what sort of remarks.
        let mut rest = line[at + mark.len()..].split_whitespace();
        let what =
            rest.by_ref().take(3).find(|word| is_among(&self.remarks, word.trim_end_matches([',', ':'])))?;
        let next = rest.next();
        let ends = what.ends_with([',', ':'])
            || next.is_none_or(|next| {
                let timely =
                    next.starts_with(|c: char| c.is_ascii_digit()) || self.facts(next).sorts.any(Sorts::TIME);
                timely || self.is_occasion(next) || matches!(next, "and" | "&")
            });
        (is_owner && !opens && ends).then_some(owner)
    }

    /// Whether `word` stands before a name out of respect: `H.E.`, `Excellency`.
    pub fn is_honorific(&self, word: &str) -> bool {
        is_among(&self.honorifics, word)
    }

    /// Whether `word` leads over from the speaker to the occasion in a title line.
    pub fn is_occasion(&self, word: &str) -> bool {
        is_among(&self.occasions, word)
    }
}

fn folded_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

fn is_among(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// How many bytes the longest of `starts` has that `line` starts with; 0 if it starts with none.
fn longest(starts: &[String], line: &str) -> usize {
    starts.iter().filter(|start| starts_with(line, start)).map(String::len).max().unwrap_or(0)
}

/// Whether `text` starts with `start`, whatever its case, and a word ends there.
fn starts_with(text: &str, start: &str) -> bool {
    let head = text.as_bytes().get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
        && !text[start.len()..].starts_with(char::is_alphanumeric)
}

/// `word` in small letters with straight quotes, in `buffer`; nothing if it does not fit.
fn folded<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    if word.is_ascii() {
        let place = buffer.get_mut(..word.len())?;
        place.copy_from_slice(word.as_bytes());
        place.make_ascii_lowercase();
        return std::str::from_utf8(place).ok();
    }
    let mut length = 0;
    for c in word.chars() {
        let c = if matches!(c, '’' | '‘') { '\'' } else { c };
        for c in c.to_lowercase() {
            let end = length + c.len_utf8();
            c.encode_utf8(buffer.get_mut(length..end)?);
            length = end;
        }
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

/// Whether a word that is not listed looks like an adverb: increasingly, not Emily or family.
fn is_adverb(word: &str) -> bool {
    /// The fewest letters; shorter ones are mostly names and nouns.
    const SHORTEST: usize = 7;
    word.len() >= SHORTEST && word.ends_with("ly")
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

/// The examples of the built-in file: texts with what is to be found in braces, and texts in
/// which nothing is.
#[cfg(test)]
pub(crate) fn examples() -> (Vec<String>, Vec<String>) {
    let file: File = read(packed!("lexicon/attribution.toml"));
    let of = |list: fn(&Verbs) -> &Vec<String>| file.verbs.iter().flat_map(|v| list(v).clone()).collect();
    (of(|verbs| &verbs.hits), of(|verbs| &verbs.misses))
}

#[cfg(test)]
mod tests {
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
    fn a_word_may_be_of_several_sorts() {
        let speech = Speech::built_in();
        assert!(speech.facts("Spokeswoman").sorts.any(Sorts::ROLE));
        assert!(speech.facts("spokeswoman").sorts.any(Sorts::FEMALE));
        assert!(speech.facts("Al").sorts.any(Sorts::PARTICLE));
        assert!(speech.facts("wouldn’t").sorts.any(Sorts::AUXILIARY));
        assert_eq!(speech.facts(&"long".repeat(20)), Facts::default());
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        let right = include_str!("../../assets/lexicon/attribution.toml");
        let wrong = right.replacen("determiners", "determiner", 1);
        let error = toml::from_str::<File>(&wrong).err().expect("the field is unknown").to_string();
        assert!(error.contains("line") && error.contains("unknown field `determiner`"), "{error}");
    }

    #[test]
    fn title_lines_and_furniture_are_known() {
        let speech = Speech::built_in();
        assert_eq!(
            speech.byline("Press Briefing by Press Secretary Ana Reyes"),
            Some("Press Secretary Ana Reyes")
        );
        assert_eq!(speech.byline("Full text of the statement by: Ana Reyes"), Some("Ana Reyes"));
        assert_eq!(speech.byline("Statement bypassed"), None);
        assert!(speech.is_question_label("Question"));
    }
}
