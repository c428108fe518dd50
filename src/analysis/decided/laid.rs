//! Decisions laid over the marks that were found, sentence by sentence.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::index::CueIndex;
use super::silence::{Silence, is_phrase};
use super::{Decided, Silenced};
use crate::analysis::beside::{Beside, REACH};
use crate::analysis::cues::put_in_order;
use crate::analysis::weights::{as_printed, ten_thousandths};
use crate::analysis::{Analysis, Cue, Marks, Scores, Weights, logistic};
use crate::attribution::Statement;
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{CueKind, Lexicon, RuleId};

/// Decisions on marks, to be laid over the marks of many sentences.
pub struct Laid<'a> {
    found: &'a Analysis,
    corpus: &'a Corpus,
    lexicon: &'a Lexicon,
    weights: &'a Weights,
    marks: &'a BTreeMap<(SentenceId, CueKind), bool>,
    /// A mark that is rejected beside these.
    rejected: Option<(SentenceId, CueKind)>,
    silence: Silence<'a>,
    beside: Option<Beside>,
    /// Whether a sentence may have cues that do not count, by [`SentenceId`]; if it is known of all.
    may_lack: Option<Vec<bool>>,
    index: Option<&'a CueIndex>,
    /// The sums of [`Self::own`] that are known: each neighbour asks for them.
    own: RefCell<Vec<Option<[i64; 2]>>>,
}

/// What takes the place of the cue that tells what a sentence has from its neighbours.
#[derive(Clone, Copy)]
struct Given {
    rule: RuleId,
    /// None if they give nothing any more.
    cue: Option<Cue>,
}

impl<'a> Laid<'a> {
    pub fn new(
        found: &'a Analysis,
        with: (&'a Corpus, &'a Lexicon, &'a Weights),
        decided: &'a Decided,
    ) -> Self {
        Self::with(found, with, decided, &decided.silenced)
    }

    /// The same with other cues silenced.
    pub fn with(
        found: &'a Analysis,
        (corpus, lexicon, weights): (&'a Corpus, &'a Lexicon, &'a Weights),
        decided: &'a Decided,
        silenced: &'a Silenced,
    ) -> Self {
        let silence = Silence::of(silenced, lexicon);
        // Neighbours have less only from a sentence that has fewer cues of a rebuttal.
        let lessens = silence.meets(CueKind::Rebuttal)
            || decided.marks.iter().any(|((_, kind), accepted)| *kind == CueKind::Rebuttal && !accepted);
        Self {
            found,
            corpus,
            lexicon,
            weights,
            marks: &decided.marks,
            rejected: None,
            silence,
            beside: Beside::of(lexicon).filter(|_| lessens),
            may_lack: None,
            index: None,
            own: RefCell::default(),
        }
    }

    /// The same with one more mark rejected.
    #[must_use]
    pub fn rejecting(mut self, id: SentenceId, kind: CueKind) -> Self {
        self.rejected = Some((id, kind));
        if kind == CueKind::Rebuttal {
            self.beside = Beside::of(self.lexicon);
        }
        self
    }

    /// The same where no other sentences than these have cues that do not count.
    #[must_use]
    pub fn lacking<'i>(mut self, these: impl Iterator<Item = &'i SentenceId>, index: &'a CueIndex) -> Self {
        let mut may_lack = vec![false; self.found.marks.len()];
        these.for_each(|id| may_lack[id.0 as usize] = true);
        (self.may_lack, self.index) = (Some(may_lack), Some(index));
        self
    }

    /// The sentences that have cues of these rules or words, in order.
    pub fn met_by(
        &self,
        silenced: &Silenced,
        index: &CueIndex,
        altered: &BTreeSet<SentenceId>,
    ) -> Vec<SentenceId> {
        let mut met = Vec::new();
        for id in &silenced.rules {
            let Some(rule) = self.lexicon.rule_named(id) else { continue };
            met.extend(index.with_rule(rule).iter().map(|entry| entry.id));
            // What a sentence has from its neighbours comes and goes with their cues.
            if Beside::of(self.lexicon).is_some_and(|beside| beside.rule() == rule) {
                met.extend(altered);
            }
        }
        let here = silenced.here.iter().map(|(_, kind, words)| (kind, words));
        for (kind, words) in silenced.everywhere.iter().map(|(kind, words)| (kind, words)).chain(here) {
            met.extend(index.with_words(*kind, words).map(|entry| entry.id));
            met.extend(altered.iter().filter(|id| self.has_words(**id, words)));
        }
        met.sort_unstable();
        met.dedup();
        met
    }

    /// Whether a sentence is these folded words.
    fn has_words(&self, id: SentenceId, words: &str) -> bool {
        let span = self.corpus.sentence(id).span;
        let whole = Beside::of(self.lexicon).and_then(|beside| beside.cue(self.lexicon, span, 1.0));
        whole.is_some_and(|cue| is_phrase(&self.statement(id).text, &cue, words))
    }

    /// These sentences, which are in order, and those beside them.
    pub fn with_those_beside(&self, these: &[SentenceId]) -> Vec<SentenceId> {
        let mut all: Vec<SentenceId> = Vec::with_capacity(these.len());
        for id in these {
            let next = all.last().map_or(0, |last| last.0 + 1);
            all.extend(self.around(*id).filter(|beside| *beside >= next).map(SentenceId));
        }
        all
    }

    /// The sentences of its statement that have something from a sentence or give something to it.
    pub fn around(&self, id: SentenceId) -> Range<u32> {
        let mut own = self.corpus.sentences_of(self.corpus.sentence(id).statement);
        let reach = REACH as u32;
        let first = own.next().map_or(id.0, |first| first.0.max(id.0.saturating_sub(reach)));
        let last = own.next_back().map_or(first, |last| last.0.min(id.0 + reach));
        first..last + 1
    }

    fn statement(&self, id: SentenceId) -> &'a Statement {
        self.corpus.statement(self.corpus.sentence(id).statement)
    }

    /// The kinds that a sentence is not.
    fn rejected(&self, id: SentenceId) -> [bool; 3] {
        let [first, .., last] = CueKind::ALL;
        let mut rejected = [false; 3];
        for ((_, kind), accepted) in self.marks.range((id, first)..=(id, last)) {
            rejected[*kind as usize] = !accepted;
        }
        if let Some((_, kind)) = self.rejected.filter(|(other, _)| *other == id) {
            rejected[kind as usize] = true;
        }
        rejected
    }

    fn counts_not(&self, rejected: [bool; 3], statement: &Statement, cue: &Cue) -> bool {
        (rejected[cue.kind as usize] && cue.weight > 0.0) || self.silence.has(statement, cue)
    }

    /// The kinds that a sentence is not, if it may have cues that do not count.
    fn lacks(&self, id: SentenceId) -> Option<[bool; 3]> {
        if self.may_lack.as_ref().is_some_and(|may_lack| !may_lack[id.0 as usize]) {
            return None;
        }
        let rejected = self.rejected(id);
        (!self.silence.is_empty() || rejected.contains(&true)).then_some(rejected)
    }

    /// The cues of a sentence without what is silenced in it; none if nothing is.
    fn cues_left(&self, id: SentenceId) -> Option<Vec<Cue>> {
        let rejected = self.lacks(id)?;
        let (statement, found) = (self.statement(id), &self.found.marks(id).cues);
        let counts = |cue: &&Cue| !self.counts_not(rejected, statement, cue);
        if found.iter().all(|cue| counts(&cue)) {
            return None;
        }
        Some(found.iter().filter(counts).copied().collect())
    }

    /// What the own rebuttal cues of a sentence sum up to: as found, and as left.
    fn own(&self, beside: Beside, id: SentenceId) -> [i64; 2] {
        let lacks = self.lacks(id);
        if let (None, Some(index)) = (lacks, self.index) {
            return [index.sums(id).own; 2];
        }
        let mut known = self.own.borrow_mut();
        if known.is_empty() {
            known.resize(self.found.marks.len(), None);
        }
        *known[id.0 as usize].get_or_insert_with(|| {
            let statement = self.statement(id);
            let mut own = [0; 2];
            for cue in self.found.marks(id).cues.iter().filter(|cue| beside.is_own(cue)) {
                let weight = ten_thousandths(cue.weight);
                let counts = lacks.is_none_or(|rejected| !self.counts_not(rejected, statement, cue));
                own = [own[0] + weight, own[1] + if counts { weight } else { 0 }];
            }
            own
        })
    }

    /// By how much more or less a sentence has from its neighbours.
    fn more_beside(&self, beside: Beside, id: SentenceId) -> f32 {
        let around = self.around(id);
        let at = (id.0 - around.start) as usize;
        more_beside(beside, self.weights, at, around.map(|id| self.own(beside, SentenceId(id))))
    }

    /// The marks of a sentence without what is silenced in it or beside it; none if nothing is.
    pub fn left(&self, id: SentenceId) -> Option<Marks> {
        let cues = self.cues_left(id);
        let given = self.beside.and_then(|beside| self.given(beside, id));
        if cues.is_none() && given.is_none() {
            return None;
        }
        let mut cues = cues.unwrap_or_else(|| self.found.marks(id).cues.clone());
        if let Some(Given { rule, cue }) = given {
            let known = cues.iter().position(|cue| cue.rule == rule);
            match (known, cue) {
                (Some(place), Some(cue)) => cues[place] = cue,
                (Some(place), None) => drop(cues.remove(place)),
                (None, Some(cue)) => {
                    cues.push(cue);
                    put_in_order(&mut cues);
                }
                (None, None) => {}
            }
        }
        Some(Marks::of(cues, self.weights))
    }

    /// Makes `marks`, which were left of a sentence before, what is left of it now; whether that is not
    /// what was found. Most sentences have no more than other weight from their neighbours.
    pub fn bring_up_to_date(&self, id: SentenceId, marks: &mut Marks, was_altered: bool) -> bool {
        let found = self.found.marks(id);
        let same_cues = marks.cues.len() == found.cues.len() && self.cues_left(id).is_none();
        let given = self.beside.and_then(|beside| self.given(beside, id));
        if given.is_none() && same_cues && !was_altered {
            return false;
        }
        if let Some(Given { rule, cue: Some(cue) }) = given.filter(|_| same_cues)
            && let Some(place) = found.cues.iter().position(|cue| cue.rule == rule)
        {
            marks.cues[place] = cue;
            let rebuttal = logistic(self.weights.sum(CueKind::Rebuttal, &marks.cues));
            marks.scores = Scores { rebuttal, ..found.scores };
            return true;
        }
        let left = self.left(id);
        let is_altered = left.is_some();
        *marks = left.unwrap_or_else(|| found.clone());
        is_altered
    }

    /// The score of a kind that is left of a sentence.
    pub fn score(&self, id: SentenceId, kind: CueKind) -> f32 {
        let found = self.found.marks(id);
        let own = self.beside.filter(|_| kind == CueKind::Rebuttal);
        let given = own.and_then(|beside| self.given(beside, id));
        let rejected = self.lacks(id);
        if given.is_none() && rejected.is_none() {
            return found.scores.of(kind);
        }
        let counts = |cue: &&Cue| {
            given.is_none_or(|given| given.rule != cue.rule)
                && rejected.is_none_or(|rejected| !self.counts_not(rejected, self.statement(id), cue))
        };
        let new = given.and_then(|given| given.cue);
        logistic(self.weights.sum(kind, found.cues.iter().filter(counts).chain(&new)))
    }

    /// What a sentence has from its neighbours, if that is not what was found.
    fn given(&self, beside: Beside, id: SentenceId) -> Option<Given> {
        let more = self.more_beside(beside, id);
        if more == 0.0 {
            return None;
        }
        let is_it = |cue: &&Cue| cue.rule == beside.rule();
        let before = self.found.marks(id).cues.iter().find(is_it).map_or(0.0, |cue| cue.weight);
        let cue = beside.cue(self.lexicon, self.corpus.sentence(id).span, as_printed(before + more));
        let cue = cue.filter(|cue| !self.counts_not(self.rejected(id), self.statement(id), cue));
        Some(Given { rule: beside.rule(), cue })
    }
}

/// By how much more or less a sentence has from its neighbours, if these, itself at `at`, sum up to the
/// second of two numbers each instead of the first.
pub fn more_beside(beside: Beside, weights: &Weights, at: usize, own: impl Iterator<Item = [i64; 2]>) -> f32 {
    let (mut sums, mut count) = ([[0; 2 * REACH + 1]; 2], 0);
    for (place, [was, is]) in own.enumerate() {
        (sums[0][place], sums[1][place], count) = (was, is, place + 1);
    }
    if sums[0] == sums[1] {
        return 0.0;
    }
    let [was, is] =
        sums.map(|sums| beside.weight(&sums.map(|sum| Beside::own_of(sum, weights))[..count], at));
    is - was
}
