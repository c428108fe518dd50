//! The words by which the claims of the ledger are filtered.

use crate::corpus::{Corpus, SentenceId};
use crate::report::ledger::Row;
use crate::text::{holds, places};
use crate::tui::inspector::name_of;
use crate::tui::model::Model;

/// For each sentence whether it holds `wanted`, which is in small letters.
///
/// Each statement is looked through as a whole, which for a long one costs a part of what its sentences
/// one by one would.
fn holding(corpus: &Corpus, wanted: &str) -> Vec<bool> {
    let mut held = vec![false; corpus.sentences.len()];
    for statement in corpus.statement_ids() {
        let text = &corpus.statement(statement).text;
        if !text.is_ascii() {
            for id in corpus.sentences_of(statement) {
                held[id.0 as usize] = holds(corpus.text(id), wanted);
            }
            continue;
        }
        let mut sentences = corpus.sentences_of(statement).peekable();
        for start in places(text, wanted) {
            while sentences.next_if(|id| corpus.sentence(*id).span.end <= start).is_some() {}
            let Some(id) = sentences.peek() else { break };
            let span = corpus.sentence(*id).span;
            held[id.0 as usize] |= span.start <= start && start + wanted.len() <= span.end;
        }
    }
    held
}

/// Words by which claims are filtered, in small letters.
pub struct Words {
    /// The words.
    pub wanted: String,
    /// For each statement whether its name holds them.
    named: Vec<bool>,
    /// For each sentence whether it holds them: a sentence is met as a claim and as an answer.
    held: Vec<bool>,
    /// Whether a sentence's number may be meant.
    numbered: bool,
}

impl Words {
    /// Makes ready to look for `wanted`, which is in small letters.
    pub fn of(model: &Model, wanted: &str) -> Self {
        let named =
            model.corpus.statement_ids().map(|id| holds(&model.corpus.title_of(id), wanted)).collect();
        let held = if wanted.is_empty() { Vec::new() } else { holding(&model.corpus, wanted) };
        let numbered = wanted.contains(|c: char| c.is_ascii_digit());
        Self { wanted: wanted.to_owned(), named, held, numbered }
    }

    /// Whether a claim or what is said to it, a name, a band or a verdict hold them.
    pub fn are_in(&self, model: &Model, row: &Row) -> bool {
        let has = |words: &str| holds(words, &self.wanted);
        let of_sentence = |id: SentenceId| {
            self.held.get(id.0 as usize) == Some(&true)
                || self.named[model.corpus.sentence(id).statement.0 as usize]
                || (self.numbered && has(&name_of(model, id)))
        };
        has(row.band.name())
            || super::verdict(model, row.claim).is_some_and(|given| has(given.name()))
            || of_sentence(row.claim)
            || row.cells.iter().filter_map(|cell| cell.best).any(|best| of_sentence(best.sentence))
    }
}
