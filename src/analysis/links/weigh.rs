//! The signs of one pair of sentences, and the relation they speak for.

use super::content::{Content, Contents, Number, Particulars, Pole, Term};
use super::features::{Feature, Features};
use super::ground::{LONG_STATEMENT, SHORT_STATEMENT, is_plain, shows};
use super::order::{Order, Standing};
use super::reactions::Reactions;
use super::vocabulary::{Role, Side, Turn, Vocabulary};
use crate::analysis::similarity::{cosine, shared};
use crate::analysis::{Marks, Relation};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{Lexicon, RuleId};
use crate::text::words;

/// Weight of a term held by one sentence in some thousands.
const RARE: f32 = 8.0;
/// Weight and length of the vector of a sentence of two plain words; shorter ones are like nothing.
const SHORT_WEIGHT: f32 = 9.0;
const SHORT_NORM: f32 = 6.5;
/// Weight of a word that two statements on one subject share anyway.
const USUAL: f32 = 2.5;
/// Weight of shared terms beyond that from which two sentences are about one thing.
const GROUNDS: f32 = 6.0;
/// Weight of shared terms around two numbers from which they are said of one thing.
const FRAME: f32 = 5.0;
/// Logarithm of the weight of a sentence wholly shared.
const ALL_SHARED: f32 = 4.0;
/// Most of that which one term adds: one rare word is no subject.
const ONE_TERM: f32 = 3.0;
/// Words of a claim that is as long as can count.
const LONG: f32 = 40.0;
/// How much of an asking answer a question mark alone makes.
pub const ASKED: f32 = 0.7;
/// Coverage from which opposites are said of one thing.
pub const OPPOSED_FROM: f32 = 0.25;
/// Numbers that are taken for years.
const YEARS: std::ops::RangeInclusive<f64> = 1800.0..=2100.0;
/// Fewest words of a quotation that show whose it is.
const QUOTED_WORDS: usize = 3;

/// Everything a pair is weighed by.
#[derive(Debug)]
pub struct Scales<'a> {
    /// The sentences.
    pub corpus: &'a Corpus,
    /// Their marks.
    pub marks: &'a [Marks],
    /// What they hold.
    pub contents: &'a Contents,
    /// When they were said.
    pub order: &'a Order,
    /// Words and weights.
    pub vocabulary: &'a Vocabulary,
    /// By rule: what its cues are for an answer.
    pub roles: Vec<Option<Role>>,
    /// By sentence: how near it is to what its statement is about, in `[0, 1]`.
    pub central: Vec<f32>,
    /// Which sentences react to what others said.
    pub reactions: Reactions,
}

/// How like each other two places are, with what stands around them; each in `[0, 1]`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Around {
    /// See [`Feature::AnswerContext`].
    pub answer: f32,
    /// See [`Feature::ClaimContext`].
    pub claim: f32,
    /// See [`Feature::Neighbourhood`].
    pub both: f32,
    /// See [`Feature::Previous`].
    pub previous: f32,
}

/// By rule: what its cues are for an answer.
fn roles(lexicon: &Lexicon, vocabulary: &Vocabulary) -> Vec<Option<Role>> {
    let role =
        |id: &str| vocabulary.roles.iter().find(|(start, _)| id.starts_with(start)).map(|(_, role)| *role);
    lexicon.rules().iter().map(|rule| role(&rule.id)).collect()
}

impl<'a> Scales<'a> {
    /// Scales for the sentences of a corpus.
    pub fn new(
        corpus: &'a Corpus,
        marks: &'a [Marks],
        contents: &'a Contents,
        order: &'a Order,
        lexicon: &Lexicon,
        vocabulary: &'a Vocabulary,
    ) -> Self {
        let central = super::around::central(corpus, contents, marks);
        let roles = roles(lexicon, vocabulary);
        let reactions = Reactions::read(corpus, marks, contents, &roles);
        Self { corpus, marks, contents, order, vocabulary, roles, central, reactions }
    }
}

impl Scales<'_> {
    /// What a cue's rule is for an answer.
    pub fn role(&self, rule: RuleId) -> Option<Role> {
        self.roles.get(usize::from(rule.0)).copied().flatten()
    }

    /// The signs that `answer` answers `claim`; nothing if it cannot.
    pub fn features(&self, answer: SentenceId, claim: SentenceId, around: Around) -> Option<Features> {
        let (from, to) = (self.contents.of(answer), self.contents.of(claim));
        if from.boilerplate || to.boilerplate || to.repeated {
            return None;
        }
        let mut features = Features::default();
        self.standing(answer, claim, &mut features)?;
        features.set(Feature::Long, 1.0 - self.shortness(claim));
        let both = shared(self.contents.terms(answer), self.contents.terms(claim));
        likeness(from, to, &both, around, &mut features);
        self.marked(answer, claim, &mut features);
        self.turned(answer, claim, &mut features);
        self.grounds(answer, claim, &both, &mut features);
        if features.get(Feature::Earlier) > 0.0 && features.get(Feature::Thin) >= 1.0 {
            return None;
        }
        polarity(from, to, &both, &mut features);
        negation(from, to, &mut features);
        self.reactions.set(self.corpus, answer, claim, &mut features);
        if features.get(Feature::Coverage) < 0.15 {
            let bare = features.get(Feature::Denial) / f32::from(from.words.max(4)) * 4.0;
            features.set(Feature::BareDenial, bare);
        }
        Some(features)
    }

    /// The relation that the signs speak for most, its sum, and how likely one is the answer to the
    /// other whatever their relation.
    pub fn relation(
        &self,
        answer: SentenceId,
        claim: SentenceId,
        features: &Features,
    ) -> (Relation, f32, f32) {
        let names = (self.corpus.speaker_of(answer), self.corpus.speaker_of(claim));
        let same_speaker = matches!(names, (Some(one), Some(other)) if one.name == other.name);
        let short = self.shortness(claim);
        let possible = |relation: &Relation| {
            shows(*relation, features, short)
                && (!same_speaker || matches!(relation, Relation::Echoes | Relation::Contradicts))
        };
        let mut best = (Relation::Echoes, f32::NEG_INFINITY);
        let answers = self.vocabulary.answers.sum(features);
        for relation in Relation::ALL.into_iter().filter(possible) {
            let sum = answers + self.vocabulary.weighing[&relation].sum(features);
            if sum > best.1 && is_plain(relation, features) {
                best = (relation, sum);
            }
        }
        (best.0, best.1, self.vocabulary.candidates.sum(features))
    }

    /// How short the statement of `claim` is, from 1 (any ground will do) to 0.
    pub fn shortness(&self, claim: SentenceId) -> f32 {
        let count = self.corpus.sentences_of(self.corpus.sentence(claim).statement).len();
        ((LONG_STATEMENT - count as f32) / (LONG_STATEMENT - SHORT_STATEMENT)).clamp(0.0, 1.0)
    }

    fn standing(&self, answer: SentenceId, claim: SentenceId, features: &mut Features) -> Option<()> {
        let after = match self.order.standing(self.corpus, answer, claim) {
            Standing::Before => return None,
            Standing::Turns(turns) => {
                features.set(Feature::Turn, (turns as f32).recip());
                1.0
            }
            Standing::Later | Standing::Beside { after: true } => 1.0,
            Standing::Beside { after: false } => 0.0,
            Standing::Earlier => {
                features.set(Feature::Earlier, 1.0);
                0.0
            }
            Standing::Together => 0.5,
        };
        features.set(Feature::After, after);
        let (from, to) = (self.place(answer), self.place(claim));
        if features.get(Feature::Turn) == 0.0 {
            features.set(Feature::Alignment, 1.0 - (from - to).abs());
        }
        features.set(Feature::ClaimLate, to);
        Some(())
    }

    /// How far into its statement a sentence stands, in `(0, 1)`.
    fn place(&self, id: SentenceId) -> f32 {
        let count = self.corpus.sentences_of(self.corpus.sentence(id).statement).len();
        (self.corpus.number_of(id) as f32 + 0.5) / count as f32
    }

    /// How little is shared that is not a name of one of the two sides.
    fn grounds(
        &self,
        answer: SentenceId,
        claim: SentenceId,
        both: &[(&Term, &Term)],
        features: &mut Features,
    ) {
        let names = |id| &self.contents.speakers[self.corpus.sentence(id).statement.0 as usize];
        let (ours, theirs) = (names(answer), names(claim));
        let counts = |(term, _): &&(&Term, &Term)| !ours.contains(&term.id) && !theirs.contains(&term.id);
        let shared: f32 =
            both.iter().filter(counts).map(|(term, _)| (term.weight - USUAL).clamp(0.0, ONE_TERM)).sum();
        // In a talk the turn before is known to all without being named.
        features.set(Feature::Thin, (1.0 - shared / GROUNDS) * (1.0 - features.get(Feature::Turn)));
    }

    fn marked(&self, answer: SentenceId, claim: SentenceId, features: &mut Features) {
        let marks = &self.marks[answer.0 as usize];
        for cue in marks.cues.iter().filter(|cue| cue.weight > 0.0) {
            let feature = match self.role(cue.rule) {
                Some(Role::Denial) => Feature::Denial,
                Some(Role::Countercharge) => Feature::Countercharge,
                Some(Role::Refusal) => Feature::Refusal,
                Some(Role::Question) => Feature::Question,
                Some(Role::Contrast) => Feature::Contrast,
                None => continue,
            };
            features.set(feature, features.get(feature) + cue.weight / 2.0);
        }
        if self.contents.of(answer).question {
            features.set(Feature::Question, features.get(Feature::Question).max(ASKED));
        }
        features.set(Feature::Rebuttal, marks.scores.rebuttal);
        features.set(Feature::Claim, self.marks[claim.0 as usize].scores.claim);
        features.set(Feature::Counterclaim, marks.scores.claim);
        features.set(Feature::Central, self.central[claim.0 as usize]);
        let just_before = self.order.just_before(answer).any(|id| id == claim);
        features.set(Feature::JustBefore, f32::from(u8::from(just_before)));
        features.set(Feature::Asks, f32::from(u8::from(self.contents.of(claim).question)));
        features.set(Feature::ClaimLength, f32::from(self.contents.of(claim).words) / LONG);
        let position = self.contents.of(claim).takes(Turn::Position);
        features.set(Feature::Position, f32::from(u8::from(position)));
        let demands = self.contents.of(claim).takes(Turn::Demanding);
        features.set(Feature::ClaimDemands, f32::from(u8::from(demands)));
        if self.contents.of(answer).takes(Turn::Wholesale) {
            features.set(Feature::Wholesale, self.central[claim.0 as usize]);
        }
    }

    fn turned(&self, answer: SentenceId, claim: SentenceId, features: &mut Features) {
        let statement = |id| self.corpus.sentence(id).statement.0 as usize;
        let speaks_of = |id, of: SentenceId| {
            let names = &self.contents.speakers[statement(of)];
            self.contents.terms(id).iter().any(|term| names.contains(&term.id))
        };
        let (from, to) = (self.contents.of(answer), self.contents.of(claim));
        let pointed = |named: bool, content: &Content| match (named, content.second_person) {
            (true, _) => 1.0,
            (_, true) => 0.6,
            _ if content.third_person => 0.3,
            _ => 0.0,
        };
        let named = speaks_of(answer, claim);
        features.set(Feature::Addressed, pointed(named, from));
        features.set(Feature::Accused, pointed(speaks_of(claim, answer), to));
        features.set(Feature::Pointing, f32::from(u8::from(from.pointing)));
        let Some(particulars) = &from.particulars else { return };
        for (turn, _) in &particulars.turns {
            let feature = match turn {
                Turn::Accepting => Feature::Accepting,
                Turn::Deflecting => Feature::Deflecting,
                Turn::Reporting => Feature::Reports,
                Turn::Denying => Feature::Denial,
                Turn::Saying if named => Feature::Reports,
                Turn::Returning if named => Feature::Countercharge,
                Turn::Boilerplate
                | Turn::Position
                | Turn::Wholesale
                | Turn::Saying
                | Turn::Demanding
                | Turn::Returning => continue,
            };
            features.set(feature, 1.0);
        }
        features.set(Feature::Quotes, self.quoted(answer, claim).len() as f32);
    }

    /// The stretches in quotation marks in `answer` whose words stand in `claim`.
    pub fn quoted(&self, answer: SentenceId, claim: SentenceId) -> Vec<crate::text::Span> {
        let Some(particulars) = &self.contents.of(answer).particulars else { return Vec::new() };
        if particulars.quotations.is_empty() {
            return Vec::new();
        }
        let statement = |id| self.corpus.statement(self.corpus.sentence(id).statement);
        let folded = |text: &str| -> Vec<String> {
            words::<()>(text, 0).into_iter().map(|word| word.folded).collect()
        };
        let said = folded(self.corpus.text(claim));
        let holds = |span: &crate::text::Span| {
            let quoted = folded(span.of(&statement(answer).text));
            quoted.len() >= QUOTED_WORDS && said.windows(quoted.len()).any(|stretch| stretch == quoted)
        };
        particulars.quotations.iter().filter(|span| holds(span)).copied().collect()
    }
}

fn polarity(from: &Content, to: &Content, both: &[(&Term, &Term)], features: &mut Features) {
    let none = Particulars::default();
    let (one, other) =
        (from.particulars.as_deref().unwrap_or(&none), to.particulars.as_deref().unwrap_or(&none));
    let coverage = features.get(Feature::Coverage);
    let weight = |negated: bool| -> f32 {
        both.iter().filter(|(a, b)| !negated || a.negated != b.negated).map(|(a, _)| a.weight).sum()
    };
    let opposites = if coverage < OPPOSED_FROM { None } else { opposite(&one.poles, &other.poles) };
    // “Was reduced” and “did not increase” go together, negated though one of them is.
    let agree = opposites.is_none() && agree(&one.poles, &other.poles);
    let opposed = if both.is_empty() || agree { 0.0 } else { weight(true) / weight(false).max(0.1) };
    let opposites = f32::from(u8::from(opposites.is_some()));
    let (same, differ) =
        (same_number(&one.numbers, &other.numbers), differing(&one.numbers, &other.numbers, both));
    let differ = f32::from(u8::from(differ.is_some()));
    features.set(Feature::Opposed, opposed);
    features.set(Feature::OpposedWhole, opposed * coverage);
    features.set(Feature::Opposites, opposites);
    features.set(Feature::OppositesWhole, opposites * coverage);
    features.set(Feature::NumbersDiffer, differ);
    features.set(Feature::NumbersWhole, differ * coverage);
    features.set(Feature::NumbersSame, f32::from(u8::from(same)));
    let beside = !same && counts_something(&one.numbers) && counts_something(&other.numbers);
    features.set(Feature::NumbersBeside, f32::from(u8::from(beside)));
    features.set(Feature::SamePolarity, (1.0 - opposed) * (1.0 - opposites) * (1.0 - differ) * coverage);
}

/// Whether the sentences are negated as wholes: an odd number of negating words in one only, and
/// something that both name negated in one only.
fn negation(from: &Content, to: &Content, features: &mut Features) {
    let negations = |content: &Content| content.particulars.as_ref().map_or(0, |held| held.negations);
    let (one, other) = (negations(from), negations(to));
    let turned = f32::from(u8::from(features.get(Feature::Opposed) > 0.0));
    let parity = turned * f32::from((one % 2).abs_diff(other % 2));
    features.set(Feature::Parity, parity);
    features.set(Feature::ParityWhole, parity * features.get(Feature::Coverage));
    features.set(Feature::BothNegated, f32::from(u8::from(one > 0 && other > 0)));
    features.set(Feature::Negates, f32::from(u8::from(one > 0 && other == 0)));
    features.set(Feature::OpensNegative, f32::from(u8::from(from.opens_negative)));
}

fn likeness(from: &Content, to: &Content, both: &[(&Term, &Term)], around: Around, features: &mut Features) {
    let weight: f32 = both.iter().map(|(a, _)| a.weight).sum();
    let squares: f32 = both.iter().map(|(a, b)| a.weight * b.weight).sum();
    let rarest = both.iter().map(|(a, _)| a.weight).fold(0.0, f32::max);
    let length = |content: &Content| content.norm.max(SHORT_NORM);
    features.set(Feature::Likeness, cosine(squares, length(from), length(to)));
    features.set(Feature::AnswerContext, around.answer);
    features.set(Feature::ClaimContext, around.claim);
    features.set(Feature::Neighbourhood, around.both);
    features.set(Feature::Previous, around.previous);
    features.set(Feature::Rarest, rarest / RARE);
    features.set(Feature::Shared, weight.ln_1p() / ALL_SHARED);
    features.set(Feature::Coverage, weight / from.weight.min(to.weight).max(SHORT_WEIGHT));
    let name = both.iter().filter(|(a, b)| a.name || b.name).map(|(a, _)| a.weight).fold(0.0, f32::max);
    features.set(Feature::Name, name / RARE);
}

/// Two opposites, both negated or neither.
pub fn opposite<'p>(one: &'p [Pole], other: &'p [Pole]) -> Option<(&'p Pole, &'p Pole)> {
    opposites(one, other).find(|(a, b)| a.negated == b.negated)
}

/// Whether one says by a word what the other says by denying its opposite.
fn agree(one: &[Pole], other: &[Pole]) -> bool {
    opposites(one, other).next().is_some()
}

/// Pairs of opposites of which neither sentence holds both words.
fn opposites<'p>(one: &'p [Pole], other: &'p [Pole]) -> impl Iterator<Item = (&'p Pole, &'p Pole)> {
    let holds = |poles: &[Pole], side: Side| poles.iter().any(|pole| pole.side == side);
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs.filter(move |(a, b)| {
        let opposed = a.side.pair == b.side.pair && a.side.second != b.side.second;
        opposed && !holds(one, b.side) && !holds(other, a.side)
    })
}

/// Two numbers that count the same thing and are not the same, in sentences that share more than
/// that thing.
pub fn differing<'n>(
    one: &'n [Number],
    other: &'n [Number],
    both: &[(&Term, &Term)],
) -> Option<(&'n Number, &'n Number)> {
    let holds = |numbers: &[Number], value: f64| numbers.iter().any(|number| same(number.value, value));
    let frame = |unit: Option<u32>| -> f32 {
        both.iter().filter(|(term, _)| Some(term.id) != unit).map(|(term, _)| term.weight).sum()
    };
    let differ = |a: &Number, b: &Number| match (a.count(), b.count()) {
        _ if a.negated == b.negated => !same(a.value, b.value),
        (Some(a), Some(b)) => !same(a, b),
        _ => false,
    };
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| differ(a, b) && !holds(other, a.value) && !holds(one, b.value))
        .find(|(a, b)| a.units[0].is_some() && a.units[0] == b.units[0] && frame(a.units[0]) >= FRAME)
}

/// Whether both hold a number of the same value, small ones aside.
pub fn same_number(one: &[Number], other: &[Number]) -> bool {
    one.iter().any(|a| a.value > 2.0 && other.iter().any(|b| same(a.value, b.value)))
}

/// Whether there is a number that is neither a small one nor a year.
fn counts_something(numbers: &[Number]) -> bool {
    numbers
        .iter()
        .any(|number| number.value > 2.0 && !(YEARS.contains(&number.value) && number.value.fract() == 0.0))
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= f64::EPSILON * one.abs().max(other.abs())
}
