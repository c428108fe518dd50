//! One article: which quotation and which report is whose.
//!
//! ```text
//! paragraph ─ quotes ─► prose (tokens, sentences) ─ cues, names ─► sentences read
//!           ─ given, reported ─► finds (whose, where) ─ voices ─► statements
//! ```
//! Paragraphs are read in order, so that “he” and “the secretary” mean who was named before.
//! Headlines, sign-up lines and the writer's own sentences give nothing.

mod cues;
mod finds;
mod given;
mod names;
mod prose;
mod reported;
mod sentence;
mod signs;
mod voices;

use super::quotes::{self, Style};
use super::{DocumentId, Statement};
use crate::document::furniture::is_sign_up;
use crate::document::{BlockKind, Document};
use crate::lexicon::Speech;
use crate::text::FlowSpan;
use finds::{Finds, Owned};
use given::Owner;
use prose::{Prose, TokenKind};
use sentence::SentenceRead;
use voices::{VoiceId, Voices};

pub use signs::is_one;

/// The statements of one article.
pub fn read(document: &Document, id: DocumentId, speech: &Speech) -> Vec<Statement> {
    let flow = &document.flow;
    let mut reader = Reader { style: Style::of(&flow.text), ..Reader::default() };
    for (index, (block, kind)) in flow.blocks.iter().enumerate() {
        let next = flow.blocks.get(index + 1).map(|(next, _)| next.of(&flow.text));
        let paragraph = block.of(&flow.text);
        let headline = index == 0 && is_headline(paragraph) || is_in_title_case(paragraph);
        if *kind != BlockKind::Heading && !headline {
            reader.paragraph(&flow.text, *block, next, speech);
        }
    }
    reader.finds.statements(document, id, &reader.voices)
}

/// Whether the first paragraph is a headline: short, and no sentence.
fn is_headline(paragraph: &str) -> bool {
    !paragraph.trim_end().ends_with(['.', '!', '?', '”', '"', ':', '…'])
        && paragraph.split_whitespace().count() <= 20
}

/// Whether a paragraph stands in square brackets: “[Video: the minister’s speech]”.
fn is_inserted(paragraph: &str) -> bool {
    let inner = paragraph.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| !inner.contains(['[', ']']))
}

/// Whether a paragraph is a heading by its capitals: every longer word has one.
fn is_in_title_case(paragraph: &str) -> bool {
    const LONGEST: usize = 160;
    let longer = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 4;
    let capital = |word: &str| {
        word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| !c.is_lowercase())
    };
    let words = || paragraph.split_whitespace().filter(longer);
    paragraph.len() <= LONGEST
        && words().count() >= 4
        && words().all(capital)
        && !paragraph.contains([':', ','])
}

#[derive(Default)]
struct Reader {
    style: Style,
    voices: Voices,
    finds: Finds,
    /// Who was quoted last.
    last: Option<VoiceId>,
    /// Who the paragraph before leads up to, with a colon at its end.
    announced: Option<VoiceId>,
    /// Whom the paragraph before is about, if it quotes nobody.
    topic: Option<VoiceId>,
    /// Quotations that go on over paragraphs and have no cue yet.
    waiting: Vec<FlowSpan>,
    /// Whose the quotation is that the paragraph before left open.
    open: Open,
}

/// Whose the quotation is that the paragraph before left open.
#[derive(Clone, Copy, Debug, Default)]
enum Open {
    /// It left none open.
    #[default]
    Nothing,
    /// It left one of this voice open, if it is known whose it is.
    Of(Option<VoiceId>),
}

/// Where a sentence stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    prose: &'p Prose<'p>,
    sentences: &'p [SentenceRead],
    index: usize,
    /// Whom the paragraph has quoted or been about so far.
    context: Option<VoiceId>,
}

impl Reader {
    fn paragraph(&mut self, text: &str, block: FlowSpan, next: Option<&str>, speech: &Speech) {
        if is_sign_up(block.of(text)) || is_inserted(block.of(text)) {
            return;
        }
        let quotations = quotes::in_paragraph(text, block, next, self.style);
        let prose = Prose::read(text, block, quotations, speech);
        let read = |tokens| sentence::read(&prose, tokens, speech, &mut self.voices);
        let sentences: Vec<SentenceRead> = prose.sentences.iter().cloned().map(read).collect();
        self.finds.begin_paragraph();
        let mut context = None;
        for index in 0..sentences.len() {
            context = self.sentence(Place { prose: &prose, sentences: &sentences, index, context });
        }
        self.announced = announced_by(&prose, &sentences);
        let quotes = sentences.iter().any(|sentence| !sentence.quotes.is_empty());
        self.topic = sentences.last().and_then(|last| last.subject).filter(|_| !quotes);
    }

    /// Finds what is whose in a sentence; gives whom it quotes or is about.
    fn sentence(&mut self, place: Place) -> Option<VoiceId> {
        let sentence = &place.sentences[place.index];
        let mut quoted = None;
        let mut owned = Vec::with_capacity(sentence.quotes.len());
        for quote in &sentence.quotes {
            let owner = given::owner(place.prose, sentence, *quote, &self.voices);
            let found = self.resolve(place, owner, *quote);
            quoted = found.as_ref().and_then(|owned| owned.voice).or(quoted);
            owned.extend(found);
        }
        self.finds.add(place.prose, sentence, &owned);
        quoted.or(sentence.subject).or(place.context)
    }

    /// Whose a quotation is, and by which words; nothing if it is nobody's.
    fn resolve(&mut self, place: Place, owner: Owner, quote: usize) -> Option<Owned> {
        let first = place.index == 0 && quote == place.sentences[0].tokens.start;
        let carried = if first { std::mem::take(&mut self.open) } else { Open::Nothing };
        let (voice, cue) = match (owner, carried) {
            (Owner::Nobody, Open::Nothing) => return None,
            (Owner::Cue(cue), _) => {
                let (cue, voice) = &place.sentences[place.index].cues[cue];
                (*voice, Some(place.prose.span(&cue.tokens)))
            }
            (Owner::Subject(voice), _) => (Some(voice), None),
            (Owner::Context | Owner::Nobody, Open::Of(voice)) => (voice, None),
            (Owner::Context, Open::Nothing) => (place.context.or_else(|| self.around(place)), None),
        };
        let goes_on = matches!(carried, Open::Of(_));
        if goes_on && cue.is_some() {
            self.finds.give(&self.waiting, voice);
            self.waiting.clear();
        }
        self.keep_open(place.prose, quote, voice, cue.is_some() || goes_on);
        self.last = voice.or(self.last);
        Some(Owned { quote, voice, cue })
    }

    /// Remembers a quotation that goes on in the next paragraph.
    fn keep_open(&mut self, prose: &Prose, quote: usize, voice: Option<VoiceId>, certain: bool) {
        match prose.quotation(quote).filter(|quotation| !quotation.closed) {
            Some(quotation) => {
                self.open = Open::Of(voice);
                if !certain || !self.waiting.is_empty() {
                    self.waiting.push(quotation.inner);
                }
            }
            None => self.waiting.clear(),
        }
    }

    /// Whose a quotation is that stands alone: whoever was announced, or is quoted next in the
    /// paragraph, or was last before it.
    fn around(&self, place: Place) -> Option<VoiceId> {
        let next = place.sentences.get(place.index + 1);
        let next = next.filter(|next| next.quotes.first() == Some(&next.tokens.start));
        let next = next.and_then(|next| next.cues.first().and_then(|(_, voice)| *voice));
        self.announced.or(next).or(self.topic).or(self.last)
    }
}

/// Whom a paragraph that ends in a colon, or in a cue and a comma, announces.
fn announced_by(prose: &Prose, sentences: &[SentenceRead]) -> Option<VoiceId> {
    let last = sentences.last()?;
    let voice = last.cues.last().and_then(|(_, voice)| *voice);
    match prose.kind(last.tokens.end - 1)? {
        TokenKind::Colon => voice.or(last.subject),
        TokenKind::Comma => voice,
        _ => None,
    }
}
