//! What the reader says about who speaks: words or a whole speaker given to somebody else.
//!
//! Mendings are done one after the other on what attribution found. A statement is taken apart into
//! the stretches it was made of, those that move are cut out, and each speaker's are joined again in
//! the order of the document. Which words are meant is told by their place in the source, so that a
//! mending outlives other ways of finding speakers.

use super::{DocumentId, Given, Joint, Speaker, Statement};
use crate::document::Document;
use crate::text::{FlowSpan, SourceSpan};

/// One correction of who speaks in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mending {
    /// Where.
    pub document: DocumentId,
    /// What is given to somebody else.
    pub of: Mended,
    /// To whom; none if it is nobody's, and so in no statement.
    pub to: Option<Speaker>,
}

/// What a [`Mending`] gives to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mended {
    /// The words of one statement at this place.
    Words(SourceSpan),
    /// All that a speaker of this name says; the unnamed speaker's if there is none.
    Speaker(Option<String>),
}

/// `statements` of `document` after `mendings`, in order of first words.
///
/// A mending whose words or speaker are not there changes nothing.
pub fn mend<'m>(
    document: &Document,
    id: DocumentId,
    statements: &[Statement],
    mendings: impl IntoIterator<Item = &'m Mending>,
) -> Vec<Statement> {
    let mut voices: Vec<Voice> = statements.iter().map(Voice::of).collect();
    for mending in mendings {
        match &mending.of {
            Mended::Words(source) => give_words(document, &mut voices, *source, mending.to.as_ref()),
            Mended::Speaker(name) => give_all(&mut voices, name.as_deref(), mending.to.as_ref()),
        }
    }
    voices.retain(|voice| !voice.parts.is_empty());
    voices.sort_by_key(|voice| voice.parts[0].flow.start);
    voices.into_iter().map(|voice| voice.statement(document, id)).collect()
}

/// A speaker with the stretches of the document that are theirs, in order.
struct Voice {
    speaker: Option<Speaker>,
    parts: Vec<Part>,
}

/// A stretch of the document that is one speaker's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub flow: FlowSpan,
    pub given: Given,
    /// What joins it to the part before it.
    pub joint: Joint,
    /// Where that part ended; 0 if there was none.
    pub after: usize,
}

impl Voice {
    fn of(statement: &Statement) -> Self {
        Self { speaker: statement.speaker.clone(), parts: statement.parts.clone() }
    }

    fn is_called(&self, name: Option<&str>) -> bool {
        self.speaker.as_ref().map(|speaker| speaker.name.as_str()) == name
    }

    /// Bytes of it within `flow`.
    fn held(&self, flow: FlowSpan) -> usize {
        self.parts.iter().filter_map(|part| part.flow.clip(&flow)).map(|held| held.len()).sum()
    }

    fn add(&mut self, parts: Vec<Part>) {
        self.parts.extend(parts);
        self.parts.sort_by_key(|part| part.flow.start);
    }

    fn statement(self, document: &Document, id: DocumentId) -> Statement {
        let mut statement = Statement::new(id, self.speaker);
        let mut before = 0;
        for part in self.parts {
            let joint = if part.after == before { part.joint } else { joint(document, before, part.flow) };
            statement.push(document, part.flow, joint, part.given);
            before = part.flow.end;
        }
        statement
    }
}

/// What joins a stretch to one that ended at `before` and was not its neighbour.
fn joint(document: &Document, before: usize, flow: FlowSpan) -> Joint {
    let blocks = &document.flow.blocks;
    let block = |at: usize| blocks.partition_point(|(block, _)| block.end < at);
    if block(before) == block(flow.start) { Joint::Paragraph } else { Joint::Block }
}

/// Gives the words at `source` of the statement that holds most of them.
fn give_words(document: &Document, voices: &mut Vec<Voice>, source: SourceSpan, to: Option<&Speaker>) {
    let Some(flow) = document.flow.of_source(source) else { return };
    let held = |voice: usize| voices[voice].held(flow);
    let Some(from) = (0..voices.len()).rev().max_by_key(|voice| held(*voice)).filter(|from| held(*from) > 0)
    else {
        return;
    };
    if to.is_some_and(|to| voices[from].is_called(Some(&to.name))) {
        return;
    }
    let (kept, moved) = cut(document, &voices[from].parts, flow);
    voices[from].parts = kept;
    give(voices, moved, to);
}

/// Gives all that the speaker called `name` says.
fn give_all(voices: &mut Vec<Voice>, name: Option<&str>, to: Option<&Speaker>) {
    if to.is_some_and(|to| name == Some(&to.name)) {
        return;
    }
    let is_new = to.is_some_and(|to| !voices.iter().any(|voice| voice.is_called(Some(&to.name))));
    for from in 0..voices.len() {
        if !voices[from].is_called(name) {
            continue;
        }
        if is_new {
            voices[from].speaker = to.cloned();
        } else {
            let parts = std::mem::take(&mut voices[from].parts);
            give(voices, parts, to);
        }
    }
}

fn give(voices: &mut Vec<Voice>, mut parts: Vec<Part>, to: Option<&Speaker>) {
    let Some(to) = to else { return };
    for part in &mut parts {
        // These words gave it to somebody else.
        part.given.attribution = None;
    }
    match voices.iter_mut().find(|voice| voice.is_called(Some(&to.name))) {
        Some(voice) => voice.add(parts),
        None => voices.push(Voice { speaker: Some(to.clone()), parts }),
    }
}

/// The parts outside of `flow` and those within it; a part is cut where it reaches over an end.
fn cut(document: &Document, parts: &[Part], flow: FlowSpan) -> (Vec<Part>, Vec<Part>) {
    let (mut kept, mut moved) = (Vec::new(), Vec::new());
    for part in parts {
        let inner = FlowSpan::new(flow.start.max(part.flow.start), flow.end.min(part.flow.end));
        if inner.is_empty() {
            kept.push(*part);
            continue;
        }
        let (before, behind) =
            (FlowSpan::new(part.flow.start, inner.start), FlowSpan::new(inner.end, part.flow.end));
        for (span, goes) in [(before, false), (inner, true), (behind, false)] {
            let span = span.trimmed(&document.flow.text);
            if span.is_empty() {
                continue;
            }
            let first = span.start == part.flow.start;
            let after = if first { part.after } else { usize::MAX };
            let piece = Part { flow: span, after, ..*part };
            if goes { moved.push(piece) } else { kept.push(piece) }
        }
    }
    (kept, moved)
}
