//! What tells an article from a statement: how often others are quoted, and how rarely the
//! writer says “we”.

use super::cues;
use super::prose::Prose;
use crate::attribution::quotes::{self, Style};
use crate::document::{BlockKind, Document};
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;

/// Whether a document is an article: several sources are quoted or reported, and the writer
/// hardly ever says “we” or “I”.
pub fn is_one(document: &Document, speech: &Speech) -> bool {
    /// How much of a document is looked at, in bytes.
    const ENOUGH: usize = 40_000;
    let flow = &document.flow;
    let style = Style::of(&flow.text);
    let mut paragraphs = Vec::new();
    for (index, (block, kind)) in flow.blocks.iter().enumerate() {
        if block.start > ENOUGH {
            break;
        }
        if *kind == BlockKind::Heading || block.len() > ENOUGH {
            continue;
        }
        let next = flow.blocks.get(index + 1).map(|(next, _)| next.of(&flow.text));
        let quotations = quotes::in_paragraph(&flow.text, *block, next, style);
        paragraphs.push(Prose::read(&flow.text, *block, quotations, speech));
    }
    let mut seen = Signs::default();
    for prose in &paragraphs {
        seen.add_words(prose);
    }
    if !seen.may_be_of_an_article() {
        return false;
    }
    for prose in &paragraphs {
        seen.add_cues(prose, speech);
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
    fn add_words(&mut self, prose: &Prose) {
        self.words += prose.tokens.len();
        self.own += (0..prose.tokens.len()).filter(|at| prose.is(*at, Sorts::SELF)).count();
    }

    fn add_cues(&mut self, prose: &Prose, speech: &Speech) {
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

    /// Where “we” is this common, no cues make an article of it.
    fn may_be_of_an_article(&self) -> bool {
        self.own * 60 <= self.words
    }

    /// Tags of quotations are common and “we” is rare; where tags are few, reports must be very
    /// common.
    fn are_of_an_article(&self) -> bool {
        let rare = self.own * 100 <= self.words;
        let reporting = self.cues * 60 >= self.words && self.cues >= 3;
        let quoting = self.tags >= 2 && self.tags * 250 >= self.words;
        rare && (quoting || reporting) || quoting && self.tags >= 4 && self.may_be_of_an_article()
    }
}
