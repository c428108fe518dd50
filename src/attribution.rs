//! Layer 4: whose words: a document's flow as statements of named speakers.

pub mod article;
mod head;
pub mod kind;
pub mod mending;
pub mod quotes;
pub mod speaker;
pub mod statement;
pub mod transcript;
pub mod voices;

use crate::document::{Document, SourceMap};
use crate::lexicon::Speech;
use crate::text::span::StatementText;
use crate::text::{FlowSpan, SourceSpan, Span};

pub use kind::Kind;
pub use mending::{Mended, Mending};
pub use speaker::Speaker;

/// Index of a document among those opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u32);

/// The words of one speaker (or issuer) in one document.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Where it stands.
    pub document: DocumentId,
    /// Who speaks; unknown for a document that does not say.
    pub speaker: Option<Speaker>,
    /// Its passages joined: by a space within a sentence, a line feed between sentences of a
    /// paragraph, a blank line between paragraphs.
    pub text: String,
    /// The stretches of the document it is made of, in order.
    pub passages: Vec<Passage>,
    /// What was pushed, to be taken apart again.
    parts: Vec<mending::Part>,
    map: SourceMap<StatementText>,
}

/// A stretch of a document that belongs to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the statement's text.
    pub span: Span,
    /// Where it stands in the document's source.
    pub source: SourceSpan,
    /// How it is given.
    pub kind: PassageKind,
    /// Whether it stood in quotation marks.
    pub quoted: bool,
    /// The words that give it to the speaker (“Blinken said”), in the source.
    pub attribution: Option<SourceSpan>,
    /// In a transcript the words of the question that its turn answers, in the source.
    pub question: Option<SourceSpan>,
}

/// How a passage is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// The speaker's own whole words.
    Direct,
    /// Some of the speaker's words within the writer's sentence.
    Partial,
    /// The writer's report of what the speaker said.
    Indirect,
}

impl PassageKind {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Partial => "partial",
            Self::Indirect => "indirect",
        }
    }
}

/// What joins a passage to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// The sentence goes on.
    Sentence,
    /// A new sentence of the same paragraph.
    Paragraph,
    /// A new paragraph.
    Block,
}

impl Statement {
    /// A statement without words, to which passages are added.
    pub fn new(document: DocumentId, speaker: Option<Speaker>) -> Self {
        let (text, passages, parts) = (String::new(), Vec::new(), Vec::new());
        Self { document, speaker, text, passages, parts, map: SourceMap::default() }
    }

    /// Adds what `flow` of `document` says, joined to what is already there.
    pub fn push(&mut self, document: &Document, flow: FlowSpan, joint: Joint, as_: Given) {
        if !self.text.is_empty() {
            self.text.push_str(match joint {
                Joint::Sentence => " ",
                Joint::Paragraph => "\n",
                Joint::Block => "\n\n",
            });
        }
        let after = self.parts.last().map_or(0, |before| before.flow.end);
        self.parts.push(mending::Part { flow, given: as_, joint, after });
        let start = self.text.len();
        self.text.push_str(flow.of(&document.flow.text));
        for (at, source) in document.flow.pieces(flow) {
            self.map.push(start + at.start, at.len(), source);
        }
        self.passages.push(Passage {
            span: Span::new(start, self.text.len()),
            source: document.flow.to_source(flow),
            kind: as_.kind,
            quoted: as_.quoted,
            attribution: as_.attribution.map(|span| document.flow.to_source(span)),
            question: as_.question.map(|span| document.flow.to_source(span)),
        });
    }

    /// The stretch of the document's source that `span` covers.
    pub fn to_source(&self, span: Span) -> SourceSpan {
        self.map.to_source(span)
    }

    /// The stretch of the text that stood at `source` in the document; none if none of it did.
    pub fn of_source(&self, source: SourceSpan) -> Option<Span> {
        self.map.of_source(source)
    }

    /// The question that the passage at byte `at` of the text answers, in the source; only where the
    /// answer begins.
    pub fn question_at(&self, at: usize) -> Option<SourceSpan> {
        let place = self.passages.partition_point(|passage| passage.span.start < at);
        let passage = self.passages.get(place).filter(|passage| passage.span.start == at)?;
        let before = place.checked_sub(1).and_then(|before| self.passages[before].question);
        passage.question.filter(|question| before != Some(*question))
    }

    /// The speaker's name, or “unnamed speaker”.
    pub fn speaker_name(&self) -> &str {
        self.speaker.as_ref().map_or("unnamed speaker", |speaker| &speaker.name)
    }
}

/// How a passage was given, for [`Statement::push`].
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// See [`Passage::kind`].
    pub kind: PassageKind,
    /// See [`Passage::quoted`].
    pub quoted: bool,
    /// The words that attribute it, in the flow.
    pub attribution: Option<FlowSpan>,
    /// The words of the question that it answers, in the flow.
    pub question: Option<FlowSpan>,
}

impl Given {
    /// The speaker's own words without quotation marks, as in a statement or transcript.
    pub const SPOKEN: Self =
        Self { kind: PassageKind::Direct, quoted: false, attribution: None, question: None };
}

/// Whether a speaker's turns in a transcript are one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Split {
    /// They are.
    #[default]
    Whole,
    /// The answer to each question is one of its own; so is what is said before the first.
    Questions,
}

/// The statements of `document`, in order of first words, and the kind that was assumed.
///
/// `kind` is decided from the text unless given; `split` parts the statements of a transcript. Text that belongs to nobody (headlines, sign-up
/// lines, the reporter's own sentences) is in no statement.
pub fn attribute(
    document: &Document,
    id: DocumentId,
    kind: Option<Kind>,
    split: Split,
    speech: &Speech,
) -> (Kind, Vec<Statement>) {
    if kind.is_none() && !document.voices.is_empty() {
        return (Kind::Transcript, voices::read(document, id));
    }
    let kind = kind.unwrap_or_else(|| kind::of(document, speech));
    let statements = match kind {
        Kind::Statement => statement::read(document, id, speech),
        Kind::Article => article::read(document, id, speech),
        Kind::Transcript => transcript::read(document, id, split, speech),
    };
    (kind, statements)
}
