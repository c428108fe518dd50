//! Layer 5: everything opened, as one flat list of sentences; what is read before it is analysed.

use crate::attribution::{DocumentId, Kind, Speaker, Statement, attribute};
use crate::document::{Document, Segmentation};
use crate::lexicon::Speech;
use crate::text::{Abbreviations, SourceSpan, Span, sentences};

/// Index of a statement in [`Corpus::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(pub u32);

/// Index of a sentence in [`Corpus::sentences`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SentenceId(pub u32);

/// The documents opened, their statements, and the sentences of these.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// In the order given.
    pub documents: Vec<Document>,
    /// The kind each document was read as.
    pub kinds: Vec<Kind>,
    /// Ordered by document, then by first words.
    pub statements: Vec<Statement>,
    /// Ordered by statement, then by place.
    pub sentences: Vec<Sentence>,
    /// For each statement the first of its sentences; one more entry at the end.
    firsts: Vec<u32>,
}

/// One sentence of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Whose it is.
    pub statement: StatementId,
    /// Where it stands in the statement's text; never empty, never overlapping the next.
    pub span: Span,
}

/// How documents are read: `--as` and `--segment`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// The kind of every document; decided for each one if not given.
    pub kind: Option<Kind>,
    /// How sentences are cut.
    pub segmentation: Segmentation,
}

impl Corpus {
    /// Reads statements and sentences out of `documents`, all in one manner.
    pub fn read(
        documents: Vec<Document>,
        reading: Reading,
        speech: &Speech,
        abbreviations: &Abbreviations,
    ) -> Self {
        let documents = documents.into_iter().map(|document| (document, reading.kind)).collect();
        Self::read_as(documents, reading.segmentation, speech, abbreviations)
    }

    /// Reads statements and sentences out of `documents`, each as the kind beside it, which is
    /// decided from its text if there is none.
    pub fn read_as(
        documents: Vec<(Document, Option<Kind>)>,
        segmentation: Segmentation,
        speech: &Speech,
        abbreviations: &Abbreviations,
    ) -> Self {
        let mut corpus = Self::default();
        for (document, kind) in documents {
            let (kind, statements) =
                attribute(&document, DocumentId(corpus.documents.len() as u32), kind, speech);
            for statement in statements {
                let id = StatementId(corpus.statements.len() as u32);
                corpus.firsts.push(corpus.sentences.len() as u32);
                let spans = match segmentation {
                    Segmentation::Auto => sentences(&statement.text, abbreviations),
                    Segmentation::Lines => lines(&statement.text),
                };
                corpus.sentences.extend(spans.into_iter().map(|span| Sentence { statement: id, span }));
                corpus.statements.push(statement);
            }
            corpus.kinds.push(kind);
            corpus.documents.push(document);
        }
        corpus.firsts.push(corpus.sentences.len() as u32);
        corpus
    }

    /// A statement by its id.
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.statements[id.0 as usize]
    }

    /// A sentence by its id.
    pub fn sentence(&self, id: SentenceId) -> Sentence {
        self.sentences[id.0 as usize]
    }

    /// The words of a sentence.
    pub fn text(&self, id: SentenceId) -> &str {
        let sentence = self.sentence(id);
        sentence.span.of(&self.statement(sentence.statement).text)
    }

    /// The document a statement stands in.
    pub fn document_of(&self, id: StatementId) -> &Document {
        &self.documents[self.statement(id).document.0 as usize]
    }

    /// Who speaks a sentence.
    pub fn speaker_of(&self, id: SentenceId) -> Option<&Speaker> {
        self.statement(self.sentence(id).statement).speaker.as_ref()
    }

    /// Where a sentence stands in its document's source.
    pub fn source_of(&self, id: SentenceId) -> SourceSpan {
        let sentence = self.sentence(id);
        self.statement(sentence.statement).to_source(sentence.span)
    }

    /// All statements' ids, in order.
    pub fn statement_ids(&self) -> impl DoubleEndedIterator<Item = StatementId> + use<> {
        (0..self.statements.len() as u32).map(StatementId)
    }

    /// The ids of the statements that have a sentence, in order.
    pub fn spoken_ids(&self) -> impl Iterator<Item = StatementId> {
        self.statement_ids().filter(|id| self.sentences_of(*id).len() > 0)
    }

    /// The ids of a statement's sentences, in order.
    pub fn sentences_of(
        &self,
        id: StatementId,
    ) -> impl DoubleEndedIterator<Item = SentenceId> + ExactSizeIterator + use<> {
        let (first, end) = (self.firsts[id.0 as usize], self.firsts[id.0 as usize + 1]);
        (first..end).map(SentenceId)
    }

    /// The place of a sentence in its statement, from 0.
    pub fn number_of(&self, id: SentenceId) -> usize {
        (id.0 - self.firsts[self.sentence(id).statement.0 as usize]) as usize
    }
}

/// Each line with something on it.
fn lines(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if !span.is_empty() {
            found.push(span);
        }
    }
    found
}
