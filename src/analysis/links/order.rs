//! Who may answer whom: turns of a transcript, dates of documents, and the order they are given in.

use std::collections::BTreeMap;

use crate::attribution::Kind;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::document::Date;

/// When each sentence was said, as far as is known.
#[derive(Debug)]
pub struct Order {
    /// By document: whether it is a transcript, and its day.
    documents: Vec<(bool, Option<Date>)>,
    /// By sentence: the turn of its document in which it stands; 0 where there are none.
    turns: Vec<u32>,
    /// By sentence: the last one of the turn before it, where there is one.
    before: Vec<Option<SentenceId>>,
}

/// How an answer stands to what it answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// It was said before: no answer.
    Before,
    /// So many turns later in the same talk, at least 1.
    Turns(u32),
    /// In another document that is dated later.
    Later,
    /// In one dated earlier, which may still answer what the other has said before.
    Earlier,
    /// In another document, without days that tell which came first; given later or not.
    Beside {
        /// Whether it was given after the other.
        after: bool,
    },
    /// In the same document, which gives no order: an article.
    Together,
}

impl Order {
    /// Reads the order of a corpus.
    pub fn read(corpus: &Corpus) -> Self {
        let transcript = |kind: &Kind| *kind == Kind::Transcript;
        let documents =
            corpus.documents.iter().zip(&corpus.kinds).map(|(d, kind)| (transcript(kind), d.date)).collect();
        let mut order = Self { documents, turns: vec![0; corpus.sentences.len()], before: Vec::new() };
        order.count_turns(corpus);
        order.before = order.ends_before(corpus);
        order
    }

    fn count_turns(&mut self, corpus: &Corpus) {
        let mut starts: Vec<(u32, usize, StatementId)> = Vec::new();
        for id in corpus.statement_ids() {
            let statement = corpus.statement(id);
            if self.documents[statement.document.0 as usize].0 {
                let of =
                    |passage: &crate::attribution::Passage| (statement.document.0, passage.source.start, id);
                starts.extend(statement.passages.iter().map(of));
            }
        }
        starts.sort_unstable();
        let mut turn = 0;
        let numbered: Vec<u32> = starts
            .iter()
            .enumerate()
            .map(|(at, start)| {
                turn += u32::from(at > 0 && starts[at - 1].2 != start.2);
                turn
            })
            .collect();
        for (index, turn) in self.turns.iter_mut().enumerate() {
            let id = SentenceId(index as u32);
            let document = corpus.statement(corpus.sentence(id).statement).document.0;
            if self.documents[document as usize].0 {
                let place = (document, corpus.source_of(id).start);
                let after = starts.partition_point(|start| (start.0, start.1) <= place);
                *turn = after.checked_sub(1).map_or(0, |at| numbered[at]);
            }
        }
    }

    /// For each sentence of a talk the last sentence of the turn before its own.
    fn ends_before(&self, corpus: &Corpus) -> Vec<Option<SentenceId>> {
        let mut ends: BTreeMap<(u32, u32), (usize, SentenceId)> = BTreeMap::new();
        let key = |id: SentenceId| {
            let document = corpus.statement(corpus.sentence(id).statement).document.0;
            self.documents[document as usize].0.then_some((document, self.turns[id.0 as usize]))
        };
        let ids = || (0..corpus.sentences.len() as u32).map(SentenceId);
        for id in ids() {
            if let Some(turn) = key(id) {
                let end = (corpus.source_of(id).start, id);
                ends.entry(turn).and_modify(|last| *last = end.max(*last)).or_insert(end);
            }
        }
        let before = |(document, turn): (u32, u32)| Some(ends.get(&(document, turn.checked_sub(1)?))?.1);
        ids().map(|id| key(id).and_then(before)).collect()
    }

    /// The last sentences said by others before `answer`'s turn began.
    pub fn just_before(&self, answer: SentenceId) -> impl Iterator<Item = SentenceId> + use<> {
        self.before[answer.0 as usize].into_iter()
    }

    /// How `answer` stands to `claim`, a sentence of another statement.
    pub fn standing(&self, corpus: &Corpus, answer: SentenceId, claim: SentenceId) -> Standing {
        let document = |id| corpus.statement(corpus.sentence(id).statement).document.0;
        let (from, to) = (document(answer), document(claim));
        if from == to {
            if !self.documents[from as usize].0 {
                return Standing::Together;
            }
            let turns = (self.turns[answer.0 as usize], self.turns[claim.0 as usize]);
            return turns.0.checked_sub(turns.1).map_or(Standing::Before, |turns| match turns {
                0 => Standing::Before,
                turns => Standing::Turns(turns),
            });
        }
        let days = (self.documents[from as usize].1, self.documents[to as usize].1);
        match days {
            (Some(one), Some(other)) if one > other => Standing::Later,
            (Some(one), Some(other)) if one < other => Standing::Earlier,
            _ => Standing::Beside { after: from > to },
        }
    }
}
