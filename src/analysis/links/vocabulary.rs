//! What `links.toml` knows of words: which say nothing, which turn a clause round, which are
//! opposites or names of one thing, and the phrases of conceding, dodging, reporting, greeting.

#![expect(clippy::struct_field_names, reason = "fields are named as the tables of the file are")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::features::{Feature, Weighing};
use crate::analysis::Relation;
use crate::assets::{packed, read};
use crate::lexicon::matcher::{Gathered, LANES, Matcher};
use crate::lexicon::phrase;
use crate::text::words::stem;

/// Everything `links.toml` says, compiled.
#[derive(Debug)]
pub struct Vocabulary {
    /// Words that are no evidence of a shared subject.
    pub stop: HashSet<String>,
    /// Share of sentences that hold a stem, for the common ones.
    pub common: HashMap<String, f32>,
    /// Words that turn what follows into its opposite.
    pub negators: HashSet<String>,
    /// Those of them that negate their whole clause, what stands before them included.
    pub clausal: HashSet<String>,
    /// Words before which none of them negates: “not only”.
    pub spared: HashSet<String>,
    /// Stems of words that do the same and mean something themselves.
    pub reversers: HashSet<String>,
    /// Words at which a negation ends.
    pub clause_ends: HashSet<String>,
    /// By stem, the pairs it belongs to and on which side.
    pub opposites: HashMap<String, Vec<Side>>,
    /// By first word, names of one thing: the rest of the name and the stem that stands for all.
    pub same: HashMap<String, Vec<(Vec<String>, String)>>,
    /// Numbers written as words.
    pub values: BTreeMap<String, f64>,
    /// Words that multiply the number before them.
    pub factors: BTreeMap<String, f64>,
    /// Stems of names alike in letters that are not one name, each pair in order.
    pub distinct: HashSet<(String, String)>,
    /// Phrases whose values are numbers of a [`Turn`].
    pub phrases: Matcher,
    /// Words that point at the other side or back.
    pub pronouns: HashMap<String, Pronoun>,
    /// How rule ids of marks begin, and what such a mark is for an answer.
    pub roles: Vec<(String, Role)>,
    /// What each sign weighs for one sentence answering another, however it does.
    pub answers: Weighing,
    /// What each sign weighs among pairs that are not shown: which is likeliest the answer. Fitted to
    /// rank, without the demand on `answers` that a relation must show itself.
    pub candidates: Weighing,
    /// What each sign weighs for a relation, beside `answers`.
    pub weighing: BTreeMap<Relation, Weighing>,
}

/// A side of a pair of opposites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Which pair, by its place in the file.
    pub pair: u16,
    /// Whether it stands after the slash.
    pub second: bool,
}

/// What a phrase says about the sentence as an answer or as what is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Concedes.
    Accepting = 0,
    /// Changes the subject.
    Deflecting = 1,
    /// Takes up what the other said.
    Reporting = 2,
    /// Greets or thanks.
    Boilerplate = 3,
    /// Says what the speaker thinks or wants.
    Position = 4,
    /// Rejects all that the other said.
    Wholesale = 5,
    /// Denies or belittles what the other said.
    Denying = 6,
    /// Tells what somebody said.
    Saying = 7,
    /// Demands something.
    Demanding = 8,
    /// Says that it is somebody else who does it.
    Returning = 9,
}

impl Turn {
    /// All of them, by number.
    pub const ALL: [Self; 10] = [
        Self::Accepting,
        Self::Deflecting,
        Self::Reporting,
        Self::Boilerplate,
        Self::Position,
        Self::Wholesale,
        Self::Denying,
        Self::Saying,
        Self::Demanding,
        Self::Returning,
    ];
}

/// Whom a word points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pronoun {
    /// The one spoken to.
    Second,
    /// Another.
    Third,
    /// What was just said.
    Pointing,
    /// The speaker.
    Own,
}

/// What a mark is for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Denies, rejects or corrects.
    Denial,
    /// Charges back.
    Countercharge,
    /// Refuses a demand.
    Refusal,
    /// Asks as an answer.
    Question,
    /// Sets itself against.
    Contrast,
}

/// The vocabulary that is built in, compiled once.
pub fn built_in() -> &'static Vocabulary {
    static BUILT_IN: OnceLock<Vocabulary> = OnceLock::new();
    BUILT_IN.get_or_init(|| {
        compile(read(packed!("lexicon/links.toml"))).expect("the built-in file is read by a test")
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    stop: Words,
    common: Vec<Common>,
    negation: Negation,
    opposites: Pairs,
    same: Groups,
    numbers: Numbers,
    distinct: Pairs,
    phrases: Turns,
    pronouns: Pronouns,
    roles: Roles,
    answers: RawWeighing,
    candidates: RawWeighing,
    relation: BTreeMap<String, RawWeighing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    one_in: f32,
    stems: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Negation {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    words: String,
    clausal: String,
    spared: String,
    stems: String,
    clause_ends: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    pairs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Groups {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    groups: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    values: BTreeMap<String, f64>,
    factors: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turns {
    accepting: Phrases,
    deflecting: Phrases,
    reporting: Phrases,
    boilerplate: Phrases,
    position: Phrases,
    wholesale: Phrases,
    denying: Phrases,
    saying: Phrases,
    demanding: Phrases,
    returning: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    second_person: String,
    third_person: String,
    pointing: String,
    own: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    denial: Vec<String>,
    countercharge: Vec<String>,
    refusal: Vec<String>,
    question: Vec<String>,
    contrast: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWeighing {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    bias: f32,
    weights: BTreeMap<String, f32>,
}

fn compile(file: File) -> Result<Vocabulary, String> {
    let set = |words: &str| words.split_whitespace().map(str::to_owned).collect::<HashSet<_>>();
    Ok(Vocabulary {
        stop: set(&file.stop.words),
        common: common(&file.common),
        negators: set(&file.negation.words),
        clausal: set(&file.negation.clausal),
        spared: set(&file.negation.spared),
        reversers: set(&file.negation.stems),
        clause_ends: set(&file.negation.clause_ends),
        opposites: opposites(&file.opposites.pairs)?,
        same: same(&file.same.groups),
        values: file.numbers.values,
        factors: file.numbers.factors,
        distinct: distinct(&file.distinct.pairs)?,
        phrases: phrases(&file.phrases)?,
        pronouns: pronouns(&file.pronouns),
        roles: roles(file.roles),
        answers: weights("answers", file.answers)?,
        candidates: weights("candidates", file.candidates)?,
        weighing: weighing(file.relation)?,
    })
}

fn common(classes: &[Common]) -> HashMap<String, f32> {
    classes
        .iter()
        .flat_map(|class| class.stems.split_whitespace().map(|stem| (stem.to_owned(), class.one_in.recip())))
        .collect()
}

fn opposites(pairs: &[String]) -> Result<HashMap<String, Vec<Side>>, String> {
    let mut found: HashMap<String, Vec<Side>> = HashMap::new();
    for (pair, line) in (0..).zip(pairs) {
        let (first, second) =
            line.split_once('/').ok_or_else(|| format!("opposites: “{line}” has no / between its sides"))?;
        for (words, second) in [(first, false), (second, true)] {
            for word in words.split_whitespace() {
                let (sides, side) = (found.entry(stem(word)).or_default(), Side { pair, second });
                if sides.contains(&Side { pair, second: !second }) {
                    return Err(format!("opposites: “{word}” has its stem on both sides of “{line}”"));
                }
                if !sides.contains(&side) {
                    sides.push(side);
                }
            }
        }
    }
    Ok(found)
}

/// The longest names of each first word come first.
fn same(groups: &[String]) -> HashMap<String, Vec<(Vec<String>, String)>> {
    let mut found: HashMap<String, Vec<(Vec<String>, String)>> = HashMap::new();
    for group in groups {
        let mut names = group.split(',').map(str::trim);
        let Some(first) = names.next() else { continue };
        let stands_for = stem(first);
        for name in std::iter::once(first).chain(names) {
            let mut words = name.split_whitespace().map(str::to_owned);
            let Some(word) = words.next() else { continue };
            found.entry(word).or_default().push((words.collect(), stands_for.clone()));
        }
    }
    for names in found.values_mut() {
        names.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
    }
    found
}

fn distinct(pairs: &[String]) -> Result<HashSet<(String, String)>, String> {
    pairs
        .iter()
        .map(|line| {
            let (one, two) =
                line.split_once(' ').ok_or_else(|| format!("distinct: “{line}” is not two names"))?;
            let (one, two) = (stem(one), stem(two.trim()));
            Ok(if one < two { (one, two) } else { (two, one) })
        })
        .collect()
}

fn phrases(turns: &Turns) -> Result<Matcher, String> {
    let mut gathered = Gathered::default();
    for (turn, phrases) in [
        (Turn::Accepting, &turns.accepting),
        (Turn::Deflecting, &turns.deflecting),
        (Turn::Reporting, &turns.reporting),
        (Turn::Boilerplate, &turns.boilerplate),
        (Turn::Position, &turns.position),
        (Turn::Wholesale, &turns.wholesale),
        (Turn::Denying, &turns.denying),
        (Turn::Saying, &turns.saying),
        (Turn::Demanding, &turns.demanding),
        (Turn::Returning, &turns.returning),
    ] {
        for text in &phrases.phrases {
            let phrase = phrase::parse(text).map_err(|error| format!("“{text}”: {error}"))?;
            gathered.add(&phrase, turn as usize % LANES, turn as u32);
        }
    }
    Ok(gathered.ready())
}

fn pronouns(lists: &Pronouns) -> HashMap<String, Pronoun> {
    [
        (&lists.second_person, Pronoun::Second),
        (&lists.third_person, Pronoun::Third),
        (&lists.pointing, Pronoun::Pointing),
        (&lists.own, Pronoun::Own),
    ]
    .into_iter()
    .flat_map(|(words, pronoun)| words.split_whitespace().map(move |word| (word.to_owned(), pronoun)))
    .collect()
}

fn roles(roles: Roles) -> Vec<(String, Role)> {
    [
        (roles.denial, Role::Denial),
        (roles.countercharge, Role::Countercharge),
        (roles.refusal, Role::Refusal),
        (roles.question, Role::Question),
        (roles.contrast, Role::Contrast),
    ]
    .into_iter()
    .flat_map(|(rules, role)| rules.into_iter().map(move |rule| (rule, role)))
    .collect()
}

fn weighing(raw: BTreeMap<String, RawWeighing>) -> Result<BTreeMap<Relation, Weighing>, String> {
    let mut found = BTreeMap::new();
    for (name, raw) in raw {
        let relation = Relation::ALL.into_iter().find(|relation| relation.name() == name);
        let relation = relation.ok_or_else(|| format!("unknown relation `{name}`"))?;
        found.insert(relation, weights(&name, raw)?);
    }
    let missing = Relation::ALL.into_iter().find(|relation| !found.contains_key(relation));
    missing.map_or(Ok(found), |relation| Err(format!("no weights for `{}`", relation.name())))
}

fn weights(table: &str, raw: RawWeighing) -> Result<Weighing, String> {
    let mut weighing = Weighing { bias: raw.bias, ..Weighing::default() };
    for (name, weight) in raw.weights {
        let feature = Feature::ALL.iter().copied().find(|feature| feature.name() == name);
        let feature = feature.ok_or_else(|| format!("unknown sign `{name}` of {table}"))?;
        weighing.weights[feature as usize] = weight;
    }
    Ok(weighing)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../assets/lexicon/links.toml");

    fn parse(text: &str) -> Result<Vocabulary, String> {
        compile(toml::from_str(text).map_err(|error| error.to_string())?)
    }

    #[test]
    fn the_built_in_file_is_right() {
        if let Err(error) = parse(FILE) {
            panic!("{error}");
        }
    }

    fn check_mistake(from: &str, to: &str, expected: &str) {
        assert!(FILE.contains(from), "{from}");
        let error = parse(&FILE.replacen(from, to, 1)).expect_err("there is a mistake");
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn mistakes_are_told() {
        check_mistake("[stop]", "[stop]\nwrds = \"\"", "wrds");
        check_mistake("[relation.rebuts]", "[relation.rebutts]", "unknown relation `rebutts`");
        check_mistake("likeness = ", "likenes = ", "unknown sign `likenes`");
        check_mistake("\"niger nigeria\"", "\"niger\"", "not two names");
        check_mistake("\"love / hate\"", "\"internal / international\"", "both sides");
    }

    #[test]
    fn names_of_one_thing_share_a_stem() {
        let known = built_in();
        let (rest, stands_for) = &known.same["prc"][0];
        assert!(rest.is_empty());
        assert_eq!(*stands_for, stem("china"));
        assert!(known.same["people's"][0].0.len() > 1, "longest first");
    }
}
