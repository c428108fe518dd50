//! What each sentence holds for the search: weighted terms, numbers, opposites, and how it turns
//! to others.
//!
//! A *term* is a stem, the stem that stands for a name and its variants, or a pair of neighbouring
//! Chinese characters. It weighs the logarithm of its rarity, counted here and, so that a dozen
//! sentences are not misjudged, in general English.

mod reader;

use std::collections::{BTreeSet, HashSet};

use super::vocabulary::{Side, Turn, Vocabulary};
use crate::corpus::{Corpus, SentenceId};
use crate::text::Span;
use reader::Reader;
pub(super) use reader::Written;

/// What a further word of a name weighs, as a share of its rarity.
const FURTHER_NAME: f32 = 0.4;
/// Most numbers, opposites, quotations and phrases kept of one sentence; no reader's sentence has more.
const MOST_PARTICULARS: usize = 16;

/// Index of a term.
pub type TermId = u32;

/// One term of one sentence.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Which.
    pub id: TermId,
    /// Logarithm of its rarity.
    pub weight: f32,
    /// Where it first stands in the statement.
    pub start: u32,
    /// Its length in bytes.
    pub length: u16,
    /// Whether it is negated there.
    pub negated: bool,
    /// Whether it is written as a name is.
    pub name: bool,
}

impl Term {
    /// Where it stands in the statement's text.
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.start as usize + usize::from(self.length))
    }
}

/// A number with what it counts.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// Its value, multipliers included.
    pub value: f64,
    /// The terms right after and right before it.
    pub units: [Option<TermId>; 2],
    /// Whether it is negated.
    pub negated: bool,
    /// Where it stands.
    pub span: Span,
}

impl Number {
    /// How many there are said to be: none where even one is denied; “not 100” tells no count.
    pub fn count(&self) -> Option<f64> {
        match self.negated {
            false => Some(self.value),
            true if self.value <= 1.0 => Some(0.0),
            true => None,
        }
    }
}

/// A word of a pair of opposites.
#[derive(Clone, Copy, Debug)]
pub struct Pole {
    /// Which pair and side.
    pub side: Side,
    /// Whether it is negated.
    pub negated: bool,
    /// Where it stands.
    pub span: Span,
}

/// What is rarer than terms, kept only for sentences that hold it.
#[derive(Clone, Debug, Default)]
pub struct Particulars {
    /// Numbers, in order.
    pub numbers: Vec<Number>,
    /// Words that have an opposite, in order.
    pub poles: Vec<Pole>,
    /// Stretches in quotation marks, marks left out.
    pub quotations: Vec<Span>,
    /// Phrases that concede, dodge, report or greet.
    pub turns: Vec<(Turn, Span)>,
    /// The first negating word.
    pub negation: Option<Span>,
    /// How many negating words there are.
    pub negations: u16,
}

impl Particulars {
    fn cut(&mut self) {
        self.numbers.truncate(MOST_PARTICULARS);
        self.poles.truncate(MOST_PARTICULARS);
        self.quotations.truncate(MOST_PARTICULARS);
        self.turns.truncate(MOST_PARTICULARS);
    }

    /// Negates what stands in a clause that began after so many numbers and poles, or no longer.
    fn turn(&mut self, [numbers, poles]: [usize; 2]) {
        self.numbers[numbers..].iter_mut().for_each(|number| number.negated = !number.negated);
        self.poles[poles..].iter_mut().for_each(|pole| pole.negated = !pole.negated);
    }

    fn negates(&mut self, span: Span) {
        self.negation.get_or_insert(span);
        self.negations = self.negations.saturating_add(1);
    }
}

/// One sentence.
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own, any of which may hold")]
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Where its terms stand in [`Contents::terms`]; each term once, by id.
    first: u32,
    end: u32,
    /// Sum of its terms' weights.
    pub weight: f32,
    /// Length of its vector of weights.
    pub norm: f32,
    /// Words of it, stop words included.
    pub words: u16,
    /// Whether it speaks to a “you”.
    pub second_person: bool,
    /// Whether it speaks of a “he” or “they”.
    pub third_person: bool,
    /// Whether it begins with “that”, “this” or “such”.
    pub pointing: bool,
    /// Whether it begins with a negating word.
    pub opens_negative: bool,
    /// Whether it ends with a question mark.
    pub question: bool,
    /// Whether it says nothing but greetings and thanks.
    pub boilerplate: bool,
    /// Whether its statement has said the very same before.
    pub repeated: bool,
    /// The rarer things in it, if any.
    pub particulars: Option<Box<Particulars>>,
}

impl Content {
    /// Whether it holds a phrase of this kind.
    pub fn takes(&self, turn: Turn) -> bool {
        self.particulars.as_ref().is_some_and(|held| held.turns.iter().any(|(found, _)| *found == turn))
    }
}

/// All sentences of a corpus as the search sees them.
#[derive(Debug, Default)]
pub struct Contents {
    /// By [`SentenceId`].
    pub sentences: Vec<Content>,
    /// Of all sentences, one after the other.
    terms: Vec<Term>,
    /// How many terms there are.
    pub term_count: usize,
    /// By statement: the terms of its speaker's name and role.
    pub speakers: Vec<BTreeSet<TermId>>,
}

impl Contents {
    /// A sentence.
    pub fn of(&self, id: SentenceId) -> &Content {
        &self.sentences[id.0 as usize]
    }

    /// A sentence's terms, by id.
    pub fn terms(&self, id: SentenceId) -> &[Term] {
        let content = self.of(id);
        &self.terms[content.first as usize..content.end as usize]
    }

    /// Reads every sentence of `corpus`.
    pub fn read(corpus: &Corpus, vocabulary: &Vocabulary) -> Self {
        let mut reader = Reader::new(vocabulary);
        let mut said: HashSet<&str> = HashSet::new();
        for statement in corpus.statement_ids() {
            said.clear();
            for id in corpus.sentences_of(statement) {
                let repeated = !said.insert(corpus.text(id));
                reader.sentence(corpus.text(id), corpus.sentence(id).span.start, repeated);
            }
        }
        let speakers = corpus.statement_ids().map(|id| reader.speaker(corpus, id)).collect();
        reader.finish(speakers)
    }

    /// Orders each sentence's terms and adds up their weights.
    fn measured(mut self) -> Self {
        for content in &mut self.sentences {
            let terms = &mut self.terms[content.first as usize..content.end as usize];
            // “Sankt Orm” is one thing, not two: what follows in a name adds little.
            for at in (1..terms.len()).rev() {
                let (one, two) = (terms[at - 1], terms[at]);
                if one.name && two.name && one.span().end + 1 == two.span().start {
                    terms[at].weight *= FURTHER_NAME;
                }
            }
            terms.sort_by_key(|term| (term.id, term.start));
            // Two variants of one name have become one term.
            for at in 1..terms.len() {
                if terms[at].id == terms[at - 1].id {
                    terms[at].weight = 0.0;
                }
            }
            content.weight = terms.iter().map(|term| term.weight).sum();
            content.norm = terms.iter().map(|term| term.weight * term.weight).sum::<f32>().sqrt();
        }
        self
    }
}
