//! What was found to be whose, and the statements it makes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::prose::Prose;
use super::reported;
use super::sentence::SentenceRead;
use super::voices::{VoiceId, Voices};
use crate::attribution::{DocumentId, Given, Joint, PassageKind, Statement};
use crate::document::Document;
use crate::text::FlowSpan;

/// A quotation that is somebody's.
#[derive(Clone, Copy, Debug)]
pub struct Owned {
    /// Its token.
    pub quote: usize,
    /// Whose; none if the text does not tell.
    pub voice: Option<VoiceId>,
    /// The words that attribute it.
    pub cue: Option<FlowSpan>,
}

/// Words found to be somebody's.
#[derive(Clone, Debug)]
struct Find {
    voice: Option<VoiceId>,
    span: FlowSpan,
    given: Given,
    /// Whether the sentence of the find before it goes on.
    goes_on: bool,
    paragraph: usize,
}

/// All finds of an article, in order of place.
#[derive(Debug, Default)]
pub struct Finds {
    finds: Vec<Find>,
    paragraph: usize,
}

impl Finds {
    /// Notes that what follows stands in another paragraph.
    pub fn begin_paragraph(&mut self) {
        self.paragraph += 1;
    }

    /// Adds the reports and quotations of a sentence.
    pub fn add(&mut self, prose: &Prose, sentence: &SentenceRead, owned: &[Owned]) {
        let start = self.finds.len();
        let mut taken: Vec<usize> = Vec::new();
        for (index, (cue, voice)) in sentence.cues.iter().enumerate() {
            let Some(voice) = voice else { continue };
            let foreign = |owned: &Owned| owned.voice != Some(*voice);
            for range in reported::content(prose, sentence, index) {
                if !owned.iter().any(|owned| range.contains(&owned.quote) && foreign(owned)) {
                    self.report(prose, range, *voice, prose.span(&cue.tokens), &mut taken);
                }
            }
        }
        for owned in owned.iter().filter(|owned| !taken.contains(&owned.quote)) {
            self.quote(prose, *owned, sentence);
        }
        self.finds[start..].sort_by_key(|find| find.span.start);
    }

    /// Gives the quotations at `spans` to `voice`.
    pub fn give(&mut self, spans: &[FlowSpan], voice: Option<VoiceId>) {
        for span in spans {
            let at = self.finds.partition_point(|find| find.span.start < span.start);
            if let Some(find) = self.finds.get_mut(at).filter(|find| find.span == *span) {
                find.voice = voice;
            }
        }
    }

    fn push(&mut self, voice: Option<VoiceId>, span: FlowSpan, given: Given, goes_on: bool) {
        self.finds.push(Find { voice, span, given, goes_on, paragraph: self.paragraph });
    }

    /// A reported clause: the writer's words and the quotations among them.
    fn report(
        &mut self,
        prose: &Prose,
        range: Range<usize>,
        voice: VoiceId,
        cue: FlowSpan,
        taken: &mut Vec<usize>,
    ) {
        let mut goes_on = false;
        let mut at = range.start;
        while at < range.end {
            let quotation = prose.quotation(at);
            let end = (at + 1..range.end).find(|next| quotation.is_some() || prose.is_quote(*next));
            let piece = at..end.unwrap_or(range.end);
            let span = quotation.map_or_else(|| prose.span(&piece), |quotation| quotation.inner);
            let kind = if quotation.is_some() { PassageKind::Partial } else { PassageKind::Indirect };
            let given = Given { kind, quoted: quotation.is_some(), attribution: Some(cue), question: None };
            if quotation.is_some() {
                taken.push(at);
            }
            if quotation.is_some() || piece.clone().any(|at| prose.is_any_word(at)) {
                self.push(Some(voice), span, given, goes_on);
                goes_on = true;
            }
            at = piece.end;
        }
    }

    fn quote(&mut self, prose: &Prose, owned: Owned, sentence: &SentenceRead) {
        let Some(quotation) = prose.quotation(owned.quote) else { return };
        let inner = quotation.inner.of(prose.text).trim();
        let starts_small = inner.starts_with(char::is_lowercase);
        let ends = inner.ends_with([',', '.', '?', '!', '…', '—']) || !quotation.closed;
        let continued =
            starts_small && sentence.quotes.first() != Some(&owned.quote) && self.is_of(owned.voice);
        let whole = sentence.is_quotes_only(prose) || !starts_small && ends || continued;
        let kind = if whole { PassageKind::Direct } else { PassageKind::Partial };
        let given = Given { kind, quoted: true, attribution: owned.cue, question: None };
        self.push(owned.voice, quotation.inner, given, continued);
    }

    /// Whether the last find is a quotation of `voice` in the same paragraph.
    fn is_of(&self, voice: Option<VoiceId>) -> bool {
        let same = |last: &Find| last.voice == voice && last.given.quoted && last.paragraph == self.paragraph;
        self.finds.last().is_some_and(same)
    }

    /// The finds as statements, in order of first words.
    pub fn statements(&self, document: &Document, id: DocumentId, voices: &Voices) -> Vec<Statement> {
        let mut order: Vec<Option<VoiceId>> = Vec::new();
        let mut by_voice: BTreeMap<Option<VoiceId>, Vec<usize>> = BTreeMap::new();
        for (index, find) in self.finds.iter().enumerate() {
            let indices = by_voice.entry(find.voice).or_default();
            if indices.is_empty() {
                order.push(find.voice);
            }
            indices.push(index);
        }
        let statement = |voice: Option<VoiceId>| {
            let mut statement = Statement::new(id, voice.map(|voice| voices.speaker(voice)));
            self.fill(&mut statement, document, &by_voice[&voice]);
            statement
        };
        order.into_iter().map(statement).filter(|statement| !statement.text.is_empty()).collect()
    }

    fn fill(&self, statement: &mut Statement, document: &Document, indices: &[usize]) {
        let mut before: Option<&Find> = None;
        for (place, index) in indices.iter().enumerate() {
            let find = &self.finds[*index];
            let goes_on =
                indices.get(place + 1).is_some_and(|next| *next == index + 1 && self.finds[*next].goes_on);
            let span = trimmed(find.span, &document.flow.text, goes_on);
            if span.is_empty() || before.is_some_and(|before| before.span.end > span.start) {
                continue;
            }
            let joint = match before {
                Some(_) if find.goes_on => Joint::Sentence,
                Some(before) if before.paragraph == find.paragraph => Joint::Paragraph,
                _ => Joint::Block,
            };
            statement.push(document, span, joint, find.given);
            before = Some(find);
        }
    }
}

/// `span` without white space at its ends, and without the comma that leads over to the writer's
/// words unless the sentence goes on.
fn trimmed(span: FlowSpan, text: &str, goes_on: bool) -> FlowSpan {
    let span = span.trimmed(text);
    match span.of(text).strip_suffix(',') {
        Some(kept) if !goes_on => FlowSpan::new(span.start, span.start + kept.len()).trimmed(text),
        _ => span,
    }
}
