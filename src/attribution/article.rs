//! One article: which quotation and which report is whose.
//!
//! ```text
//! paragraph ─ quotes ─► prose (tokens, sentences) ─ cues, names ─► sentences read
//!           ─ given, reported ─► finds (whose, where) ─ voices ─► statements
//! ```
//! Paragraphs are read in order, so that “he” and “the secretary” mean who was named before.
//! Headlines, sign-up lines and the writer's own sentences give nothing.

mod cues;
mod given;
mod names;
mod prose;
mod reported;
mod sentence;
mod voices;

use std::ops::Range;

use super::quotes::{self, Quotation};
use super::{DocumentId, Given, Joint, PassageKind, Statement};
use crate::document::{BlockKind, Document};
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;
use crate::text::FlowSpan;
use given::Owner;
use prose::{Prose, TokenKind};
use sentence::SentenceRead;
use voices::{VoiceId, Voices};

/// The statements of one article.
pub fn read(document: &Document, id: DocumentId, speech: &Speech) -> Vec<Statement> {
    let mut reader = Reader::default();
    let flow = &document.flow;
    for (index, (block, kind)) in flow.blocks.iter().enumerate() {
        let next = flow.blocks.get(index + 1).map(|(next, _)| next.of(&flow.text));
        if *kind != BlockKind::Heading && !(index == 0 && is_headline(block.of(&flow.text))) {
            reader.paragraph(&flow.text, *block, next, speech);
        }
    }
    reader.statements(document, id)
}

/// Whether the first paragraph is a headline: short, and no sentence.
fn is_headline(paragraph: &str) -> bool {
    !paragraph.trim_end().ends_with(['.', '!', '?', '”', '"', ':', '…'])
        && paragraph.split_whitespace().count() <= 20
}

/// Words found to be somebody's.
#[derive(Clone, Debug)]
struct Find {
    /// Whose; none as long as nobody is known.
    voice: Option<VoiceId>,
    span: FlowSpan,
    given: Given,
    /// Whether the sentence of the find before it goes on.
    goes_on: bool,
    paragraph: usize,
}

#[derive(Default)]
struct Reader {
    voices: Voices,
    finds: Vec<Find>,
    paragraph: usize,
    /// Who was quoted last, and by which words.
    last: Option<(VoiceId, Option<FlowSpan>)>,
    /// Who the paragraph before leads up to, with a colon at its end.
    announced: Option<VoiceId>,
    /// Finds of a quotation that goes on over paragraphs and has no cue yet.
    waiting: Vec<usize>,
    /// Whose the quotation is that the paragraph before left open.
    open: Option<Option<VoiceId>>,
}

impl Reader {
    fn paragraph(&mut self, text: &str, block: FlowSpan, next: Option<&str>, speech: &Speech) {
        if speech.is_furniture(block.of(text)) {
            return;
        }
        self.paragraph += 1;
        let quotations = quotes::in_paragraph(text, block, next);
        let prose = Prose::read(text, block, quotations, speech);
        let mut sentences: Vec<SentenceRead> = Vec::with_capacity(prose.sentences.len());
        for tokens in prose.sentences.clone() {
            sentences.push(sentence::read(&prose, tokens, speech, &mut self.voices));
        }
        let mut context = None;
        for index in 0..sentences.len() {
            self.sentence(&prose, &sentences, index, &mut context, speech);
        }
        self.announced = self.announced_by(&prose, &sentences);
    }

    /// Finds what is whose in a sentence; `context` is whom the paragraph quoted or was about.
    fn sentence(
        &mut self,
        prose: &Prose,
        sentences: &[SentenceRead],
        index: usize,
        context: &mut Option<VoiceId>,
        speech: &Speech,
    ) {
        let sentence = &sentences[index];
        let mut quoted = None;
        let mut owners = Vec::with_capacity(sentence.quotes.len());
        for quote in &sentence.quotes {
            let owner = given::owner(prose, sentence, *quote, &self.voices);
            let found = self.resolve(prose, sentences, index, owner, *quote, *context);
            if let Some((voice, _)) = found {
                quoted = voice.or(quoted);
            }
            owners.push((*quote, found));
        }
        self.collect(prose, sentence, &owners);
        *context = quoted.or(sentence.subject).or(*context);
    }

    /// The voice and cue words of a quotation; nothing if it is nobody's.
    fn resolve(
        &mut self,
        prose: &Prose,
        sentences: &[SentenceRead],
        index: usize,
        owner: Owner,
        quote: usize,
        context: Option<VoiceId>,
    ) -> Option<(Option<VoiceId>, Option<FlowSpan>)> {
        let first = index == 0 && quote == sentences[0].tokens.start;
        let carried = if first { self.open.take() } else { None };
        let (voice, cue) = match owner {
            Owner::Nobody if carried.is_none() => return None,
            Owner::Cue(cue) => {
                let (cue, voice) = &sentences[index].cues[cue];
                (*voice, Some(prose.span(&cue.tokens)))
            }
            Owner::Subject(voice) => (Some(voice), None),
            Owner::Context | Owner::Nobody => match carried {
                Some(voice) => (voice, None),
                None => (context.or_else(|| self.from_around(sentences, index)), None),
            },
        };
        let by_cue = matches!(owner, Owner::Cue(_));
        if carried.is_some() && by_cue {
            for waiting in self.waiting.drain(..) {
                self.finds[waiting].voice = voice;
            }
        }
        self.keep_open(prose, quote, voice, by_cue || carried.is_some());
        if let Some(voice) = voice {
            self.last = Some((voice, cue));
        }
        Some((voice, cue))
    }

    /// Remembers a quotation that goes on in the next paragraph.
    fn keep_open(&mut self, prose: &Prose, quote: usize, voice: Option<VoiceId>, certain: bool) {
        if quotation(prose, quote).is_some_and(|quotation| !quotation.closed) {
            self.open = Some(voice);
            if !certain || !self.waiting.is_empty() {
                self.waiting.push(self.finds.len());
            }
        } else {
            self.waiting.clear();
        }
    }

    /// Whose a quotation is that stands alone: whoever was announced, or quoted next in the
    /// paragraph, or last before it.
    fn from_around(&self, sentences: &[SentenceRead], index: usize) -> Option<VoiceId> {
        let next = sentences.get(index + 1).filter(|next| next.quotes.first() == Some(&next.tokens.start));
        let next = next.and_then(|next| next.cues.first().and_then(|(_, voice)| *voice));
        self.announced.or(next).or(self.last.map(|(voice, _)| voice))
    }

    /// Whom a paragraph that ends in a colon announces.
    fn announced_by(&self, prose: &Prose, sentences: &[SentenceRead]) -> Option<VoiceId> {
        let last = sentences.last()?;
        let colon = prose.kind(last.tokens.end - 1) == Some(TokenKind::Colon);
        let voice = last.cues.last().and_then(|(_, voice)| *voice).or(last.subject);
        if colon { voice } else { None }
    }

    /// Adds the finds of a sentence in order.
    fn collect(
        &mut self,
        prose: &Prose,
        sentence: &SentenceRead,
        owners: &[(usize, Option<(Option<VoiceId>, Option<FlowSpan>)>)],
    ) {
        let start = self.finds.len();
        let mut taken: Vec<usize> = Vec::new();
        for (index, (cue, voice)) in sentence.cues.iter().enumerate() {
            let Some(voice) = voice else { continue };
            let ranges = reported::content(prose, sentence, index);
            let foreign = |quote: &(usize, Option<(Option<VoiceId>, Option<FlowSpan>)>)| {
                quote.1.is_some_and(|(owner, _)| owner != Some(*voice))
            };
            for range in ranges {
                if owners.iter().any(|quote| range.contains(&quote.0) && foreign(quote)) {
                    continue;
                }
                self.report(prose, range, *voice, prose.span(&cue.tokens), &mut taken);
            }
        }
        for (quote, owner) in owners {
            if let (Some((voice, cue)), false) = (owner, taken.contains(quote)) {
                self.quote(prose, *quote, *voice, *cue, sentence);
            }
        }
        self.finds[start..].sort_by_key(|find| find.span.start);
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
            let quote = prose.is_quote(at);
            let end = (at..range.end).find(|next| prose.is_quote(*next) != quote).unwrap_or(range.end);
            let pieces = if quote { at..at + 1 } else { at..end };
            let span = match quotation(prose, at) {
                Some(quotation) => {
                    taken.push(at);
                    quotation.inner
                }
                None => prose.span(&pieces),
            };
            let kind = if quote { PassageKind::Partial } else { PassageKind::Indirect };
            let given = Given { kind, quoted: quote, attribution: Some(cue) };
            if quote || pieces.clone().any(|at| prose.is_any_word(at)) {
                self.finds.push(Find { voice: Some(voice), span, given, goes_on, paragraph: self.paragraph });
                goes_on = true;
            }
            at = pieces.end;
        }
    }

    fn quote(
        &mut self,
        prose: &Prose,
        quote: usize,
        voice: Option<VoiceId>,
        cue: Option<FlowSpan>,
        sentence: &SentenceRead,
    ) {
        let Some(quotation) = quotation(prose, quote) else { return };
        let inner = quotation.inner.of(prose.text).trim();
        let whole = sentence.is_quotes_only(prose)
            || inner.starts_with(|c: char| !c.is_lowercase())
                && (inner.ends_with([',', '.', '?', '!', '…', '—']) || !quotation.closed);
        let continued = inner.starts_with(char::is_lowercase)
            && self.finds.last().is_some_and(|last| {
                last.voice == voice
                    && last.given.quoted
                    && last.paragraph == self.paragraph
                    && sentence.quotes.first() != Some(&quote)
            });
        let kind = if whole || continued { PassageKind::Direct } else { PassageKind::Partial };
        let given = Given { kind, quoted: true, attribution: cue };
        self.finds.push(Find {
            voice,
            span: quotation.inner,
            given,
            goes_on: continued,
            paragraph: self.paragraph,
        });
    }

    /// The finds as statements, in order of first words.
    fn statements(self, document: &Document, id: DocumentId) -> Vec<Statement> {
        let mut order: Vec<Option<VoiceId>> = Vec::new();
        let mut by_voice: std::collections::BTreeMap<Option<VoiceId>, Vec<usize>> =
            std::collections::BTreeMap::new();
        for (index, find) in self.finds.iter().enumerate() {
            by_voice
                .entry(find.voice)
                .or_insert_with(|| {
                    order.push(find.voice);
                    Vec::new()
                })
                .push(index);
        }
        order
            .into_iter()
            .map(|voice| {
                let mut statement = Statement::new(id, voice.map(|voice| self.voices.speaker(voice)));
                self.fill(&mut statement, document, &by_voice[&voice]);
                statement
            })
            .filter(|statement| !statement.text.is_empty())
            .collect()
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

fn quotation(prose: &Prose, quote: usize) -> Option<Quotation> {
    match prose.kind(quote) {
        Some(TokenKind::Quote(index)) => prose.quotations.get(index as usize).copied(),
        _ => None,
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

/// Whether a document is an article: several sources are quoted or reported, and the writer
/// hardly ever says “we” or “I”.
pub fn is_one(document: &Document, speech: &Speech) -> bool {
    /// How much of a document is looked at, in bytes.
    const ENOUGH: usize = 40_000;
    let flow = &document.flow;
    let mut seen = Signs::default();
    for (index, (block, kind)) in flow.blocks.iter().enumerate() {
        if block.start > ENOUGH {
            break;
        }
        if *kind == BlockKind::Heading || block.len() > ENOUGH {
            continue;
        }
        let next = flow.blocks.get(index + 1).map(|(next, _)| next.of(&flow.text));
        let quotations = quotes::in_paragraph(&flow.text, *block, next);
        let prose = Prose::read(&flow.text, *block, quotations, speech);
        seen.add(&prose, speech);
    }
    seen.are_of_an_article()
}

/// What tells an article from a statement.
#[derive(Debug, Default)]
struct Signs {
    words: usize,
    /// Words that say “I” or “we”, outside quotations.
    own: usize,
    /// Cues with a source, and those next to a quotation.
    cues: usize,
    tags: usize,
}

impl Signs {
    fn add(&mut self, prose: &Prose, speech: &Speech) {
        self.words += prose.tokens.len();
        self.own += (0..prose.tokens.len()).filter(|at| prose.is(*at, Sorts::SELF)).count();
        for sentence in &prose.sentences {
            for cue in
                cues::cues(prose, sentence, speech).iter().filter(|cue| cue.source.is_some() && cue.reports())
            {
                let beside = prose.is_quote(cue.tokens.end)
                    || (1..=2).any(|back| prose.is_quote(cue.tokens.start.wrapping_sub(back)));
                self.cues += 1;
                self.tags += usize::from(beside);
            }
        }
    }

    /// Tags of quotations are common and “we” is rare; where tags are few, reports must be very
    /// common.
    fn are_of_an_article(&self) -> bool {
        let rare = self.own * 100 <= self.words;
        let reporting = self.cues * 60 >= self.words && self.cues >= 3;
        let quoting = self.tags >= 2 && self.tags * 250 >= self.words;
        rare && (quoting || reporting) || quoting && self.tags >= 4 && self.own * 60 <= self.words
    }
}
