//! What a cue reports without quoting: the clause after “said that”, before “, sources said”.

use std::ops::Range;

use super::cues::{Cue, Manner};
use super::prose::{Prose, TokenKind};
use super::sentence::SentenceRead;
use crate::lexicon::speech::{Class, Sorts};

/// The words that cue number `index` of `sentence` reports, as ranges of tokens in order; they
/// may hold quotations. Empty if it reports none.
pub fn content(prose: &Prose, sentence: &SentenceRead, index: usize) -> Vec<Range<usize>> {
    let cue = &sentence.cues[index].0;
    let before = content_before(prose, sentence, index);
    let after = content_after(prose, sentence, index, cue, before.is_some());
    before.into_iter().chain(after).filter(|range| has_words(prose, range)).collect()
}

/// “CONTENT, sources said.”
fn content_before(prose: &Prose, sentence: &SentenceRead, index: usize) -> Option<Range<usize>> {
    let cue = &sentence.cues[index].0;
    let edge = cue.tokens.start.checked_sub(1).filter(|edge| *edge > sentence.tokens.start)?;
    let parted = prose.kind(edge) == Some(TokenKind::Comma) || prose.is_quote(edge);
    let first = index == 0
        || sentence.cues[..index].iter().all(|(other, _)| matches!(other.manner, Manner::Shared(_)));
    let verb_ends = ends_after_cue(prose, sentence, cue);
    if !parted || !first || matches!(cue.manner, Manner::Shared(_) | Manner::Colon) || !verb_ends {
        return None;
    }
    let end = if prose.is_quote(edge) { edge + 1 } else { edge };
    let start = after_opening(prose, sentence.tokens.start..end);
    // “However, he said” opens with words up to behind the edge, and nothing is left.
    (end >= start + 3 || prose.is_quote(start)).then_some(start..end)
}

/// Whether nothing reported can follow the cue.
fn ends_after_cue(prose: &Prose, sentence: &SentenceRead, cue: &Cue) -> bool {
    let next = cue.tokens.end;
    next >= sentence.tokens.end
        || !prose.is_any_word(next)
        || prose.is(next, Sorts::TIME | Sorts::PREPOSITION | Sorts::ADVERB)
        || prose.is_word(next, "who")
        || prose.is_word(next, "when")
        || prose.is_word(next, "as")
        || prose.is_word(next, "while")
        || cue.manner.class() == Some(Class::Telling)
}

/// Without “But”, “And” or “However,” at the start.
fn after_opening(prose: &Prose, range: Range<usize>) -> usize {
    let start = range.start;
    let joins = ["and", "but", "so"].iter().any(|word| prose.is_word(start, word));
    if joins {
        start + 1
    } else if prose.is(start, Sorts::ADVERB | Sorts::CONJUNCTION)
        && prose.kind(start + 1) == Some(TokenKind::Comma)
    {
        start + 2
    } else {
        start
    }
}

/// “said that CONTENT”
fn content_after(
    prose: &Prose,
    sentence: &SentenceRead,
    index: usize,
    cue: &Cue,
    has_before: bool,
) -> Option<Range<usize>> {
    let end = end_of_content(prose, sentence, index);
    let start = match cue.manner {
        Manner::Colon | Manner::Inverted(_) => None,
        Manner::According => after_comma(prose, cue.tokens.end, end).filter(|_| !has_before),
        Manner::Direct(verb) | Manner::Shared(verb) => match verb.class {
            _ if has_before => None,
            Class::Speech | Class::Claim => clause_start(prose, cue.word.end, end),
            Class::Denial | Class::Question | Class::Judgement => object_start(prose, cue.word.end, end),
            Class::Telling => after_hearer(prose, cue.word.end, end),
            Class::Thought => (cue.word.end..end.min(cue.word.end + 5))
                .find(|at| prose.is_word(*at, "that"))
                .map(|that| if that == cue.word.end { that + 1 } else { cue.word.end }),
        },
    }?;
    let range = start..end;
    (range.len() >= 2).then_some(range)
}

fn after_comma(prose: &Prose, at: usize, end: usize) -> Option<usize> {
    (at..end).find(|at| prose.kind(*at) == Some(TokenKind::Comma)).map(|comma| comma + 1)
}

/// Where the clause after a verb of saying starts.
fn clause_start(prose: &Prose, after: usize, end: usize) -> Option<usize> {
    let mut at = after;
    while at < end && prose.is(at, Sorts::ADVERB | Sorts::TIME) && !prose.is_name(at) {
        at += 1;
    }
    if prose.is_word(at, "on") && prose.is(at + 1, Sorts::TIME) {
        at += 2;
    }
    if prose.is_word(at, "that") {
        return Some(at + 1);
    }
    let opens_phrase = prose.is(at, Sorts::PREPOSITION) || matches!(prose.kind(at), Some(TokenKind::Comma));
    if opens_phrase {
        let that = (at..end.min(at + 14))
            .take_while(|at| !prose.is_quote(*at))
            .find(|at| prose.is_word(*at, "that"));
        return that.map(|that| that + 1);
    }
    let opens_clause = at < end
        && (prose.is_any_word(at) || prose.is_quote(at))
        && !NO_CLAUSE.iter().any(|word| prose.is_word(at, word));
    (opens_clause && !(prose.is_quote(at) && at == after)).then_some(at)
}

/// Words after a verb of saying that open no reported clause: “said after the talks”.
const NO_CLAUSE: [&str; 8] = ["and", "as", "when", "after", "before", "while", "until", "once"];

fn object_start(prose: &Prose, after: usize, end: usize) -> Option<usize> {
    let at = if prose.is_word(after, "that") { after + 1 } else { after };
    (at < end && prose.is_any_word(at)).then_some(at)
}

/// Where the clause starts in “told reporters that …”, “urged Congress to …”.
fn after_hearer(prose: &Prose, after: usize, end: usize) -> Option<usize> {
    let opens = |at: &usize| ["that", "to", "how", "why", "what"].iter().any(|word| prose.is_word(*at, word));
    let hearer = (after + 1..end.min(after + 9)).take_while(|at| prose.is_any_word(*at)).find(opens);
    if let Some(at) = hearer {
        return Some(at + usize::from(prose.is_word(at, "that")));
    }
    let mut at = after + 1;
    while at < end && prose.is(at, Sorts::TIME | Sorts::ADVERB) {
        at += 1;
    }
    (prose.is(after, Sorts::PRONOUN | Sorts::GROUP)
        && prose.is_any_word(at)
        && at < end
        && !prose.is(at, Sorts::PREPOSITION))
    .then_some(at)
}

/// Where what a cue reports ends: at the next cue, or with the sentence.
fn end_of_content(prose: &Prose, sentence: &SentenceRead, index: usize) -> usize {
    let from = sentence.cues[index].0.tokens.end;
    let next = sentence.cues[index + 1..]
        .iter()
        .map(|(cue, _)| cue.tokens.start)
        .find(|start| *start > from && is_parted(prose, *start));
    let mut end = next.unwrap_or(sentence.tokens.end);
    while end > from
        && (!prose.is_any_word(end - 1)
            && !prose.is_quote(end - 1)
            && prose.kind(end - 1) != Some(TokenKind::Aside)
            || next.is_some() && prose.is(end - 1, Sorts::CONJUNCTION))
    {
        end -= 1;
    }
    end
}

/// Whether a comma or conjunction parts the cue that starts at `start` from what is before it.
fn is_parted(prose: &Prose, start: usize) -> bool {
    let before = start.saturating_sub(1);
    matches!(prose.kind(before), Some(TokenKind::Comma | TokenKind::Break))
        || prose.is(before, Sorts::CONJUNCTION)
            && prose.kind(before.saturating_sub(1)) == Some(TokenKind::Comma)
}

fn has_words(prose: &Prose, range: &Range<usize>) -> bool {
    range.clone().any(|at| prose.is_any_word(at))
}

#[cfg(test)]
mod tests {
    use super::super::sentence;
    use super::super::voices::Voices;
    use super::*;
    use crate::attribution::quotes::{Style, in_paragraph};
    use crate::lexicon::Speech;
    use crate::text::FlowSpan;

    /// What the cues of a sentence report, in order.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (block, speech) = (FlowSpan::new(0, text.len()), Speech::built_in());
        let prose = Prose::read(text, block, in_paragraph(text, block, None, Style::default()), speech);
        let read = sentence::read(&prose, prose.sentences[0].clone(), speech, &mut Voices::default());
        let found: Vec<&str> = (0..read.cues.len())
            .flat_map(|cue| content(&prose, &read, cue))
            .map(|range| prose.span(&range).of(text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn clauses_are_reported_behind_and_before_their_cue() {
        check("Ana Reyes said that the port would close.", &["the port would close"]);
        check("The port would close, Ana Reyes said.", &["The port would close"]);
        check("Ana Reyes told reporters that the port was shut.", &["the port was shut"]);
    }

    #[test]
    fn an_opening_word_is_no_content() {
        check("However, Ana Reyes said the port would close.", &["the port would close"]);
        check("But Ana Reyes said.", &[]);
    }
}
