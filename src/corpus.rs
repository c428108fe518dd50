//! Layer 5: everything opened, as one flat list of sentences; what is read before it is analysed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::attribution::{DocumentId, Kind, Mending, Speaker, Split, Statement, attribute, mending};
use crate::document::{Document, Segmentation};
use crate::lexicon::Speech;
use crate::parallel;
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
    segmentation: Segmentation,
    /// The statements as they were before the reader mended them, if that was done.
    attributed: Option<Arc<[Statement]>>,
}

/// One sentence of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Whose it is.
    pub statement: StatementId,
    /// Where it stands in the statement's text; never empty, never overlapping the next.
    pub span: Span,
}

/// How documents are read: `--as`, `--segment` and `--split`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// The kind of every document; decided for each one if not given.
    pub kind: Option<Kind>,
    /// How sentences are cut.
    pub segmentation: Segmentation,
    /// Whether answers in a transcript are statements of their own.
    pub split: Split,
}

impl From<Segmentation> for Reading {
    fn from(segmentation: Segmentation) -> Self {
        Self { segmentation, ..Self::default() }
    }
}

/// A question of a transcript, above the answer that it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question<'c> {
    /// Who asks.
    pub asker: &'c str,
    /// The words.
    pub words: &'c str,
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
        Self::read_as(documents, reading, speech, abbreviations)
    }

    /// Reads statements and sentences out of `documents`, each as the kind beside it, which is
    /// decided from its text if there is none; the kind of `reading` does not count.
    pub fn read_as(
        documents: Vec<(Document, Option<Kind>)>,
        reading: impl Into<Reading>,
        speech: &Speech,
        abbreviations: &Abbreviations,
    ) -> Self {
        let Reading { segmentation, split, .. } = reading.into();
        let mut corpus = Self { segmentation, ..Self::default() };
        let attributed = parallel::map(&documents, |number, (document, kind)| {
            attribute(document, DocumentId(number as u32), *kind, split, speech)
        });
        for ((document, _), (kind, statements)) in documents.into_iter().zip(attributed) {
            corpus.statements.extend(statements);
            corpus.kinds.push(kind);
            corpus.documents.push(document);
        }
        corpus.cut(abbreviations);
        corpus
    }

    /// The same documents after `mendings`, done one after the other on what was attributed at first:
    /// mendings done earlier count only if they are among them.
    #[must_use]
    pub fn mended(&self, mendings: &[Mending], abbreviations: &Abbreviations) -> Self {
        let attributed = self.attributed.clone().unwrap_or_else(|| self.statements.as_slice().into());
        let mut statements = Vec::with_capacity(attributed.len());
        for (number, document) in self.documents.iter().enumerate() {
            let id = DocumentId(number as u32);
            let start = attributed.partition_point(|statement| statement.document < id);
            let end = attributed.partition_point(|statement| statement.document <= id);
            let own = mendings.iter().filter(|mending| mending.document == id);
            if own.clone().next().is_some() {
                statements.extend(mending::mend(document, id, &attributed[start..end], own));
            } else {
                statements.extend_from_slice(&attributed[start..end]);
            }
        }
        let mut corpus = Self {
            documents: self.documents.clone(),
            kinds: self.kinds.clone(),
            statements,
            sentences: Vec::new(),
            firsts: Vec::new(),
            segmentation: self.segmentation,
            attributed: Some(attributed),
        };
        corpus.cut(abbreviations);
        corpus
    }

    /// The same documents and one more, behind them.
    #[must_use]
    pub fn with(&self, document: Document, speech: &Speech, abbreviations: &Abbreviations) -> Self {
        let mut corpus = Self { sentences: Vec::new(), firsts: Vec::new(), ..self.clone() };
        let (kind, statements) =
            attribute(&document, DocumentId(self.documents.len() as u32), None, Split::default(), speech);
        corpus.attributed = self
            .attributed
            .as_ref()
            .map(|attributed| attributed.iter().chain(&statements).cloned().collect());
        corpus.statements.extend(statements);
        corpus.kinds.push(kind);
        corpus.documents.push(document);
        corpus.cut(abbreviations);
        corpus
    }

    /// Finds the sentences of all statements.
    fn cut(&mut self, abbreviations: &Abbreviations) {
        for (number, statement) in self.statements.iter().enumerate() {
            let id = StatementId(number as u32);
            self.firsts.push(self.sentences.len() as u32);
            let spans = match self.segmentation {
                Segmentation::Auto => sentences(&statement.text, abbreviations),
                Segmentation::Lines => lines(&statement.text),
            };
            self.sentences.extend(spans.into_iter().map(|span| Sentence { statement: id, span }));
        }
        self.firsts.push(self.sentences.len() as u32);
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

    /// Whose statement it is: the speaker, or the document where nobody is named.
    pub fn title_of(&self, id: StatementId) -> String {
        let speaker = self.statement(id).speaker.as_ref();
        speaker.map_or_else(|| self.document_of(id).name(), |speaker| speaker.name.clone())
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

    /// The question that a sentence begins the answer to.
    pub fn question_to(&self, id: SentenceId) -> Option<Question<'_>> {
        let sentence = self.sentence(id);
        let answer = self.statement(sentence.statement);
        let source = answer.question_at(sentence.span.start)?;
        let start = self.statements.partition_point(|statement| statement.document < answer.document);
        let own = self.statements[start..].iter().take_while(|other| other.document == answer.document);
        let found = own.filter_map(|other| Some((other, other.of_source(source)?)));
        let (asker, span) = found.max_by_key(|(_, span)| span.len())?;
        Some(Question { asker: asker.speaker_name(), words: span.of(&asker.text) })
    }

    /// The statements of those who mostly ask: half of their sentences or more lie in questions that
    /// others in the transcript answer.
    pub fn askers(&self) -> BTreeSet<StatementId> {
        let mut answered: BTreeSet<(DocumentId, SourceSpan)> = BTreeSet::new();
        for statement in &self.statements {
            let questions = statement.passages.iter().filter_map(|passage| passage.question);
            answered.extend(questions.map(|question| (statement.document, question)));
        }
        let asked = |document: DocumentId, source: SourceSpan| {
            let last = (document, SourceSpan::new(source.start, usize::MAX));
            let before = answered.range(..=last).next_back();
            before.is_some_and(|(of, question)| *of == document && question.contains(&source))
        };
        let asks = |id: &StatementId| {
            let (document, sentences) = (self.statement(*id).document, self.sentences_of(*id));
            let all = sentences.len();
            let questions = sentences.filter(|sentence| asked(document, self.source_of(*sentence))).count();
            all > 0 && questions * 2 >= all
        };
        // Nothing but a transcript has questions.
        if answered.is_empty() { BTreeSet::new() } else { self.statement_ids().filter(asks).collect() }
    }

    /// For each sentence its id in `new`, another reading of the same documents; none for a sentence
    /// that `new` does not have.
    pub fn renumbering(&self, new: &Self) -> Vec<Option<SentenceId>> {
        let place = |corpus: &Self, id: SentenceId| {
            let source = corpus.source_of(id);
            (corpus.statement(corpus.sentence(id).statement).document, source.start, source.end)
        };
        let ids = |corpus: &Self| (0..corpus.sentences.len() as u32).map(SentenceId);
        let places: BTreeMap<_, SentenceId> = ids(new).map(|id| (place(new, id), id)).collect();
        let same = |id: SentenceId| {
            places.get(&place(self, id)).copied().filter(|found| new.text(*found) == self.text(id))
        };
        ids(self).map(same).collect()
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

    /// Whether `span` of a statement has all of its sentences, where it has more than one.
    pub fn is_whole(&self, id: StatementId, span: Span) -> bool {
        let mut sentences = self.sentences_of(id);
        let (Some(first), Some(last)) = (sentences.next(), sentences.next_back()) else { return false };
        span.contains(&self.sentence(first).span.cover(&self.sentence(last).span))
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::attribution::Mended;
    use crate::lexicon::abbreviations;

    const TALK: &str = "MR. HALE: We counted nine mines. They were new. Nobody else was there.\n\n\
                        MS. LUND: No mine is ours.\n\nMR. HALE: Then whose are they?\n";

    fn talk() -> Corpus {
        let document = Document::from_bytes(Path::new("a.txt"), TALK.as_bytes(), Segmentation::Auto);
        let reading = Reading { kind: Some(Kind::Transcript), ..Reading::default() };
        Corpus::read(vec![document.expect("it is text")], reading, Speech::built_in(), abbreviations())
    }

    fn to(name: &str) -> Option<Speaker> {
        (!name.is_empty()).then(|| Speaker { name: name.to_owned(), role: None })
    }

    fn words(words: &str, to: Option<Speaker>) -> Mending {
        let start = TALK.find(words).expect("it is said");
        let source = SourceSpan::new(start, start + words.len());
        Mending { document: DocumentId(0), of: Mended::Words(source), to }
    }

    fn all(of: Option<&str>, to: Option<Speaker>) -> Mending {
        Mending { document: DocumentId(0), of: Mended::Speaker(of.map(str::to_owned)), to }
    }

    /// Who says which sentences after `mendings`; a sentence that begins a paragraph after `¶`.
    #[track_caller]
    fn check(mendings: &[Mending], expected: &[&str]) {
        let corpus = talk().mended(mendings, abbreviations());
        let told = |id: StatementId| {
            let text = &corpus.statement(id).text;
            let sentences = corpus.sentences_of(id).map(|id| {
                let span = corpus.sentence(id).span;
                let parted = text[..span.start].ends_with("\n\n");
                format!("{}{}", if parted { "¶" } else { "" }, span.of(text))
            });
            format!("{}: {}", corpus.statement(id).speaker_name(), sentences.collect::<Vec<_>>().join(" | "))
        };
        assert_eq!(corpus.statement_ids().map(told).collect::<Vec<_>>(), expected);
        for sentence in 0..corpus.sentences.len() as u32 {
            let source = corpus.source_of(SentenceId(sentence));
            assert_eq!(source.of(&corpus.documents[0].text), corpus.text(SentenceId(sentence)));
        }
    }

    #[test]
    fn a_sentence_goes_to_who_said_it() {
        let rest = "Hale: We counted nine mines. | Nobody else was there. | ¶Then whose are they?";
        check(&[words("They were new.", to("Lund"))], &[rest, "Lund: They were new. | ¶No mine is ours."]);
        check(
            &[words("They were new.", to("A voice"))],
            &[rest, "A voice: They were new.", "Lund: No mine is ours."],
        );
        check(&[words("They were new.", to(""))], &[rest, "Lund: No mine is ours."]);
    }

    #[test]
    fn a_first_sentence_and_a_whole_turn_can_go() {
        check(
            &[words("We counted nine mines.", to("Lund"))],
            &[
                "Lund: We counted nine mines. | ¶No mine is ours.",
                "Hale: They were new. | Nobody else was there. | ¶Then whose are they?",
            ],
        );
        check(
            &[words("No mine is ours.", to("Hale"))],
            &[
                "Hale: We counted nine mines. | They were new. | Nobody else was there. | ¶No mine is ours. | ¶Then whose are they?",
            ],
        );
    }

    #[test]
    fn a_speaker_is_renamed_merged_or_left_out() {
        let hale = "We counted nine mines. | They were new. | Nobody else was there. | ¶Then whose are they?";
        let lund = "Lund: No mine is ours.";
        check(&[all(Some("Hale"), to("Ola Hale"))], &[&format!("Ola Hale: {hale}"), lund]);
        check(&[all(Some("Hale"), None)], &[lund]);
        check(&[all(Some("Nobody here"), None)], &[&format!("Hale: {hale}"), lund]);
        let both = all(Some("Hale"), to("Lund"));
        let merged = "Lund: We counted nine mines. | They were new. | Nobody else was there. | \
                      ¶No mine is ours. | ¶Then whose are they?";
        check(std::slice::from_ref(&both), &[merged]);
        check(
            &[both, words("No mine is ours.", to("Ola Hale"))],
            &[&format!("Lund: {hale}"), "Ola Hale: No mine is ours."],
        );
    }

    #[test]
    fn there_and_back_is_as_it_was() {
        let [there, back] = ["Lund", "Hale"].map(|name| words("They were new.", to(name)));
        let before = talk();
        let after = before.mended(&[there, back], abbreviations());
        let texts = |corpus: &Corpus| corpus.statements.iter().map(|s| s.text.clone()).collect::<Vec<_>>();
        assert_eq!(
            texts(&after),
            [
                "We counted nine mines.\nThey were new.\nNobody else was there.\n\nThen whose are they?",
                "No mine is ours."
            ]
        );
        assert_eq!(before.sentences.len(), after.sentences.len());
        assert_eq!(texts(&after.mended(&[], abbreviations())), texts(&before));
    }

    const BRIEFING: &str = "MS. HALE: Good afternoon.\n\nQ    Are the mines yours?\n\n\
                            MS. HALE: No.\n\nWe have none.\n\nQ    None?\n\nMS. HALE: None.\n";

    fn briefing(split: Split) -> Corpus {
        let document = Document::from_bytes(Path::new("a.txt"), BRIEFING.as_bytes(), Segmentation::Auto);
        let reading = Reading { kind: Some(Kind::Transcript), split, ..Reading::default() };
        Corpus::read(vec![document.expect("it is text")], reading, Speech::built_in(), abbreviations())
    }

    /// Each statement's sentences, each after the question that it begins to answer.
    fn told(corpus: &Corpus) -> Vec<String> {
        let sentence = |id: SentenceId| match corpus.question_to(id) {
            Some(Question { asker, words }) => format!("({asker}: {words}) {}", corpus.text(id)),
            None => corpus.text(id).to_owned(),
        };
        let of = |id| corpus.sentences_of(id).map(sentence).collect::<Vec<_>>().join(" | ");
        corpus.statement_ids().map(of).collect()
    }

    #[test]
    fn a_question_stands_above_the_answer_it_got() {
        let answers = "(Q: Are the mines yours?) No. | We have none. | (Q: None?) None.";
        assert_eq!(
            told(&briefing(Split::Whole)),
            [&format!("Good afternoon. | {answers}"), "Are the mines yours? | None?"]
        );
    }

    #[test]
    fn who_asks_is_told_from_who_answers() {
        let corpus = briefing(Split::Whole);
        let askers = corpus.askers();
        let asks: Vec<bool> = corpus.statement_ids().map(|id| askers.contains(&id)).collect();
        assert_eq!(asks, [false, true]);
    }

    #[test]
    fn answers_can_be_statements_of_their_own() {
        let corpus = briefing(Split::Questions);
        let expected = [
            "Good afternoon.",
            "Are the mines yours? | None?",
            "(Q: Are the mines yours?) No. | We have none.",
            "(Q: None?) None.",
        ];
        assert_eq!(told(&corpus), expected);
        let renamed = corpus.mended(&[all(Some("Hale"), to("Ola Hale"))], abbreviations());
        assert!(renamed.statements.iter().all(|statement| statement.speaker_name() != "Hale"));
        assert_eq!(told(&renamed), expected);
    }
}
