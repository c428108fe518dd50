//! The speakers of one article: which phrases name the same one.
//!
//! Persons are joined by surname and first name, then by role (“the secretary”), pronouns by sex
//! and recency. Whoever is a source of words counts as more present than whoever is only named.

use std::collections::BTreeMap;
use std::ops::Range;

use super::names::{Phrase, PhraseSort};
use super::prose::Prose;
use crate::attribution::Speaker;
use crate::lexicon::speech::Sorts;

/// Index of a speaker among those of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VoiceId(pub u32);

/// Those whom an article names, and what is known of them so far.
#[derive(Debug, Default)]
pub struct Voices {
    all: Vec<Voice>,
    /// The voices whose name has a word, by that word in small letters.
    by_word: BTreeMap<String, Vec<VoiceId>>,
    /// Those named last, the last one at the end; at most [`REMEMBERED`].
    recent: Vec<VoiceId>,
    clock: usize,
}

/// How many voices a pronoun, role or name is looked up among; it bounds the work on texts with
/// very many.
const REMEMBERED: usize = 96;

#[derive(Debug, Default)]
struct Voice {
    name: Vec<String>,
    role: Option<String>,
    sex: Option<Sex>,
    sort: VoiceSort,
    /// Whether it is a person, as far as its noun tells.
    human: bool,
    /// When it was last named, and last was subject or source; 0: never.
    named: usize,
    spoke: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sex {
    Male,
    Female,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum VoiceSort {
    #[default]
    Person,
    Body,
    /// Known by what it is only: “a spokesman”.
    Nominal,
    /// Several: “officials”.
    Group,
}

impl Voices {
    /// The voice that `phrase` names, made known if it is new; none for a pronoun or role that
    /// nobody fits.
    pub fn of(&mut self, prose: &Prose, phrase: &Phrase) -> Option<VoiceId> {
        let id = match &phrase.sort {
            PhraseSort::Person(name) => Some(self.person(prose, phrase, name)),
            PhraseSort::Body(name) => Some(self.body(prose, name)),
            PhraseSort::Nominal(head) => Some(self.nominal(prose, phrase, *head)),
            PhraseSort::Pronoun(at) => self.pronoun(prose.tokens[*at].sorts),
        }?;
        self.clock += 1;
        self.all[id.0 as usize].named = self.clock;
        self.remember(id);
        Some(id)
    }

    fn remember(&mut self, id: VoiceId) {
        if let Some(at) = self.recent.iter().rposition(|known| *known == id) {
            self.recent.remove(at);
        } else if self.recent.len() == REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push(id);
    }

    /// Notes that a voice has just spoken or acted.
    pub fn spoke(&mut self, id: VoiceId) {
        self.clock += 1;
        self.all[id.0 as usize].spoke = self.clock;
    }

    /// Whether `phrase` names somebody who is known already.
    pub fn knows(&self, prose: &Prose, phrase: &Phrase) -> bool {
        match &phrase.sort {
            PhraseSort::Person(name) => {
                self.find_person(&words_of(prose, name), sex_before(prose, name)).is_some()
            }
            _ => false,
        }
    }

    /// Who a voice is, as far as the article tells.
    pub fn speaker(&self, id: VoiceId) -> Speaker {
        let voice = &self.all[id.0 as usize];
        Speaker { name: voice.name.join(" "), role: voice.role.clone() }
    }

    /// Whether a voice has a name of its own.
    pub fn is_named(&self, id: VoiceId) -> bool {
        matches!(self.all[id.0 as usize].sort, VoiceSort::Person | VoiceSort::Body)
    }

    fn person(&mut self, prose: &Prose, phrase: &Phrase, name: &Range<usize>) -> VoiceId {
        let words = words_of(prose, name);
        let sex = sex_before(prose, name)
            .or_else(|| phrase.role.as_ref().and_then(|role| sex_of_role(prose, role)));
        let id = self.find_person(&words, sex).unwrap_or_else(|| self.add(VoiceSort::Person));
        let given = (words.len() > 1).then(|| sex_of(prose.tokens[name.start].sorts)).flatten();
        let voice = &mut self.all[id.0 as usize];
        voice.sex = voice.sex.or(sex).or(given);
        if words.len() > voice.name.len() {
            voice.name = words;
            self.index(id);
        }
        if let Some(role) = &phrase.role {
            self.add_role(id, prose.span(role).of(prose.text));
        }
        id
    }

    fn add_role(&mut self, id: VoiceId, role: &str) {
        let known = &mut self.all[id.0 as usize].role;
        let fuller =
            known.as_ref().is_none_or(|known| role.len() > known.len() && shares_last_word(role, known));
        if fuller {
            *known = Some(role.to_owned());
        }
    }

    fn body(&mut self, prose: &Prose, name: &Range<usize>) -> VoiceId {
        let words = words_of(prose, name);
        let same = |voice: &Voice| voice.sort != VoiceSort::Person && is_same_body(&voice.name, &words);
        let known = self.candidates(words.last()).filter(|id| same(&self.all[id.0 as usize])).max();
        let person = || self.find_person(&words, None).filter(|_| words.len() == 1);
        if let Some(id) = known.or_else(person) {
            return id;
        }
        let id = self.add(VoiceSort::Body);
        self.all[id.0 as usize].name = words;
        self.index(id);
        id
    }

    fn nominal(&mut self, prose: &Prose, phrase: &Phrase, head: usize) -> VoiceId {
        let noun = prose.word(head).to_lowercase();
        let definite =
            ["the", "his", "her", "their", "its"].iter().any(|word| prose.is_word(phrase.tokens.start, word))
                || phrase.tokens.len() == 1;
        let full = prose.span(&phrase.tokens).of(prose.text);
        if let Some(id) = self.same_phrase(full) {
            return id;
        }
        if let Some(id) = self.by_role(&noun, full).filter(|_| definite) {
            return id;
        }
        let group = prose.is(head, Sorts::GROUP);
        let id = self.add(if group { VoiceSort::Group } else { VoiceSort::Nominal });
        self.all[id.0 as usize].name = vec![with_small_article(full)];
        self.all[id.0 as usize].sex = sex_of(prose.tokens[head].sorts);
        self.all[id.0 as usize].human = prose.is(head, Sorts::ROLE);
        self.index(id);
        id
    }

    /// The voice that was named by the same words, but for the article.
    fn same_phrase(&self, phrase: &str) -> Option<VoiceId> {
        let phrase = without_article(phrase);
        self.candidates(phrase.split_whitespace().next_back().map(str::to_lowercase).as_ref()).find(|id| {
            let voice = &self.all[id.0 as usize];
            !matches!(voice.sort, VoiceSort::Person)
                && without_article(&voice.name.join(" ")).eq_ignore_ascii_case(phrase)
        })
    }

    /// The last named voice whose role or name has the word `noun`.
    fn by_role(&self, noun: &str, phrase: &str) -> Option<VoiceId> {
        let fits = |voice: &Voice| match voice.sort {
            VoiceSort::Person => {
                voice.role.as_deref().is_some_and(|role| has_role_word(role, noun))
                    && qualifiers_fit(voice, phrase)
            }
            VoiceSort::Body => voice.name.last().is_some_and(|last| last.eq_ignore_ascii_case(noun)),
            VoiceSort::Nominal => {
                voice.name.iter().any(|name| head_words(name).any(|word| word.eq_ignore_ascii_case(noun)))
            }
            VoiceSort::Group => false,
        };
        self.latest(fits)
    }

    fn pronoun(&self, sorts: Sorts) -> Option<VoiceId> {
        if sorts.any(Sorts::PLURAL) {
            return self
                .latest(|voice| voice.sort == VoiceSort::Group)
                .or_else(|| self.latest(|voice| voice.sort != VoiceSort::Person));
        }
        if sorts.any(Sorts::THING) {
            return self.latest(|voice| {
                voice.sort == VoiceSort::Body || voice.sort == VoiceSort::Nominal && voice.sex.is_none()
            });
        }
        let sex = sex_of(sorts);
        let could_be = |voice: &Voice| {
            (voice.sort == VoiceSort::Person || voice.human) && (voice.sex.is_none() || voice.sex == sex)
        };
        self.latest(|voice| could_be(voice) && (voice.sort == VoiceSort::Person || voice.sex.is_some()))
            .or_else(|| self.latest(could_be))
    }

    /// The most present voice that fits: the one that spoke or was named last, a speaker being
    /// remembered longer.
    fn latest(&self, fits: impl Fn(&Voice) -> bool) -> Option<VoiceId> {
        /// How many namings a speaker's presence is worth.
        const LEAD: usize = 4;
        let presence =
            |voice: &Voice| if voice.spoke > 0 { voice.named.max(voice.spoke + LEAD) } else { voice.named };
        let ids = self.recent.iter().copied();
        ids.filter(|id| fits(&self.all[id.0 as usize])).max_by_key(|id| presence(&self.all[id.0 as usize]))
    }

    /// The known person whom the words of a name fit.
    fn find_person(&self, words: &[String], sex: Option<Sex>) -> Option<VoiceId> {
        let fits = |id: &VoiceId| {
            let voice = &self.all[id.0 as usize];
            voice.sort == VoiceSort::Person
                && (sex.is_none() || voice.sex.is_none() || voice.sex == sex)
                && is_same_name(&voice.name, words)
        };
        self.candidates(words.last()).chain(self.candidates(words.first())).filter(fits).max_by_key(|id| {
            let voice = &self.all[id.0 as usize];
            (voice.name.last() == words.last(), voice.spoke.max(voice.named))
        })
    }

    fn candidates(&self, word: Option<&String>) -> impl Iterator<Item = VoiceId> + '_ {
        let ids = word.and_then(|word| self.by_word.get(&word.to_lowercase()));
        ids.into_iter().flat_map(|ids| ids.iter().rev().take(REMEMBERED)).copied()
    }

    fn add(&mut self, sort: VoiceSort) -> VoiceId {
        self.all.push(Voice { sort, ..Voice::default() });
        VoiceId(self.all.len() as u32 - 1)
    }

    fn index(&mut self, id: VoiceId) {
        let words: Vec<String> = self.all[id.0 as usize]
            .name
            .iter()
            .flat_map(|name| name.split_whitespace())
            .map(str::to_lowercase)
            .collect();
        for word in words {
            let ids = self.by_word.entry(word).or_default();
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
}

fn words_of(prose: &Prose, name: &Range<usize>) -> Vec<String> {
    let last = name.end.saturating_sub(1);
    name.clone()
        .map(|at| if at == last { prose.word(at) } else { prose.tokens[at].span.of(prose.text) })
        .map(str::to_owned)
        .collect()
}

fn sex_before(prose: &Prose, name: &Range<usize>) -> Option<Sex> {
    let before = name.start.checked_sub(1)?;
    if prose.is(before, Sorts::TITLE | Sorts::ROLE) { sex_of(prose.tokens[before].sorts) } else { None }
}

fn sex_of_role(prose: &Prose, role: &Range<usize>) -> Option<Sex> {
    role.clone().filter(|at| prose.is(*at, Sorts::ROLE)).find_map(|at| sex_of(prose.tokens[at].sorts))
}

fn sex_of(sorts: Sorts) -> Option<Sex> {
    match (sorts.any(Sorts::MALE), sorts.any(Sorts::FEMALE)) {
        (true, false) => Some(Sex::Male),
        (false, true) => Some(Sex::Female),
        _ => None,
    }
}

/// Whether two names can be of one person: one word of the other's, or the same surname with
/// first names that do not differ in their first letter.
fn is_same_name(known: &[String], words: &[String]) -> bool {
    let (known, words) = (without_suffix(known), without_suffix(words));
    let same = |a: Option<&String>, b: Option<&String>| matches!((a, b), (Some(a), Some(b)) if a.eq_ignore_ascii_case(b));
    match (known.len(), words.len()) {
        (0, _) | (_, 0) => false,
        (_, 1) | (1, _) => same(known.last(), words.last()) || same(known.first(), words.first()),
        _ => same(known.last(), words.last()) && initial(known) == initial(words),
    }
}

/// What may stand behind a surname.
const SUFFIXES: [&str; 4] = ["jr", "sr", "ii", "iii"];

fn without_suffix(words: &[String]) -> &[String] {
    match words.split_last() {
        Some((last, rest))
            if SUFFIXES.iter().any(|suffix| suffix.eq_ignore_ascii_case(last.trim_matches('.'))) =>
        {
            rest
        }
        _ => words,
    }
}

fn initial(words: &[String]) -> Option<char> {
    words.first()?.chars().next()
}

/// Whether two names of organisations mean one: the same words, or the end of the longer.
fn is_same_body(known: &[String], words: &[String]) -> bool {
    let (known, words) = (known.join(" ").to_lowercase(), words.join(" ").to_lowercase());
    let (known, words) = (without_article(&known), without_article(&words));
    known == words || known.ends_with(&format!(" {words}")) || words.ends_with(&format!(" {known}"))
}

fn has_role_word(role: &str, noun: &str) -> bool {
    let spelled = |title: &str| match title {
        "sen." | "sen" => "senator",
        "gov." | "gov" => "governor",
        "gen." | "gen" => "general",
        "rep." | "rep" => "representative",
        _ => "",
    };
    let same = |word: &str| {
        word == noun
            || spelled(word) == noun
            || word.starts_with("spokes") && noun.starts_with("spokes")
            || word.starts_with("rep") && noun.starts_with("congress")
    };
    role.split(|c: char| c.is_whitespace() || c == ',').any(|word| same(&word.to_lowercase()))
}

/// Whether “the former president” fits a voice: who is only called former must be it.
fn qualifiers_fit(voice: &Voice, phrase: &str) -> bool {
    let is_former = |words: &str| words.split_whitespace().any(|word| word.eq_ignore_ascii_case("former"));
    !is_former(phrase) || voice.role.as_deref().is_some_and(is_former)
}

/// The words of a phrase before its first preposition.
fn head_words(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split_whitespace().take_while(|word| !["of", "for", "at", "from", "in", "with"].contains(word))
}

fn shares_last_word(a: &str, b: &str) -> bool {
    let last = |role: &str| head_words(role).last().map(str::to_lowercase);
    last(a) == last(b)
}

fn without_article(phrase: &str) -> &str {
    let rest = phrase.split_once(' ');
    rest.filter(|(first, _)| ["the", "a", "an"].iter().any(|article| article.eq_ignore_ascii_case(first)))
        .map_or(phrase, |(_, rest)| rest)
}

/// “The ministry” as it stands within a sentence: “the ministry”.
fn with_small_article(phrase: &str) -> String {
    let mut words = phrase.splitn(2, ' ');
    match (words.next(), words.next()) {
        (Some(first), Some(rest))
            if [
                "The", "A", "An", "His", "Her", "Their", "Its", "One", "Another", "Some", "Many", "Several",
                "Two",
            ]
            .contains(&first) =>
        {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => phrase.to_owned(),
    }
}
