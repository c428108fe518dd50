//! Where a sentence reports words: “Blinken said”, “said Blinken”, “according to the ministry”,
//! “Blinken: “…””.
//!
//! A cue is a source and the word or mark that makes it one. Which quotation or clause it governs
//! is decided in [`super::given`] and [`super::reported`].

mod subject;

use std::ops::Range;

use subject::{before_helpers, subject};

use super::names::{Phrase, PhraseSort, phrase_after, phrase_before};
use super::prose::{Prose, TokenKind};
use crate::lexicon::Speech;
use crate::lexicon::speech::{Class, Form, Sorts, Verb};

/// A source and what makes it one.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Who; none if the sentence leaves it to what came before (“…, adding that”).
    pub source: Option<Phrase>,
    /// The verb, “according to” or the colon.
    pub word: Range<usize>,
    /// Source and cue word together.
    pub tokens: Range<usize>,
    /// How it reports.
    pub manner: Manner,
}

/// How a cue reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// The source stands before the verb: X said.
    Direct(Verb),
    /// The source stands after it: said X.
    Inverted(Verb),
    /// A participle or second verb without a source of its own: “…, adding”.
    Shared(Verb),
    /// According to X.
    According,
    /// X: “…”
    Colon,
}

impl Manner {
    /// The verb's class, if there is a verb.
    pub fn class(self) -> Option<Class> {
        match self {
            Self::Direct(verb) | Self::Inverted(verb) | Self::Shared(verb) => Some(verb.class),
            Self::According | Self::Colon => None,
        }
    }
}

impl Cue {
    /// Whether it reports words, rather than what is judged or held.
    pub fn reports(&self) -> bool {
        !matches!(self.manner.class(), Some(Class::Thought | Class::Judgement))
    }
}

/// The cues of a sentence, in order.
pub fn cues(prose: &Prose, sentence: &Range<usize>, speech: &Speech) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    for at in sentence.clone() {
        let cue = match prose.kind(at) {
            Some(TokenKind::Word) => verb_cue(prose, sentence, at, speech)
                .or_else(|| noun_cue(prose, sentence, at, speech))
                .or_else(|| according(prose, sentence, at, speech)),
            Some(TokenKind::Quote(_)) if found.is_empty() => possessor(prose, sentence, at, speech),
            Some(TokenKind::Break) => signature(prose, sentence, at, speech),
            Some(TokenKind::Colon) => colon(prose, sentence, at, &found, speech),
            _ => None,
        };
        found.extend(cue);
    }
    found
}

/// “Reyes’s claim that …”
fn noun_cue(prose: &Prose, sentence: &Range<usize>, at: usize, speech: &Speech) -> Option<Cue> {
    const REPORTS: Verb = Verb { class: Class::Thought, form: Form::Third };
    let owner = at.checked_sub(1).filter(|owner| *owner >= sentence.start)?;
    if !prose.is(at, Sorts::SAYING) || !prose.tokens[owner].possessive || !prose.is_name(owner) {
        return None;
    }
    let reports =
        prose.is_word(at + 1, "that") || (at + 1..sentence.end.min(at + 4)).any(|at| prose.is_quote(at));
    let source = phrase_before(prose, sentence.start, at, speech).filter(|_| reports)?;
    Some(cue(Some(source), at..at + 1, Manner::Direct(REPORTS)))
}

fn verb_cue(prose: &Prose, sentence: &Range<usize>, at: usize, speech: &Speech) -> Option<Cue> {
    let token = &prose.tokens[at];
    let verb = token.verb.filter(|_| !token.capital && !token.possessive)?;
    let hearerless = verb.class == Class::Telling && !prose.is_any_word(at + 1);
    if hearerless || is_noun_here(prose, sentence, at, verb) || is_denied(prose, sentence, at, verb) {
        return None;
    }
    match verb.form {
        Form::Participle => participle(prose, sentence, at, verb, speech),
        Form::Base if !can_be_base(prose, sentence, at) => None,
        _ if is_passive(prose, sentence, at, verb) => None,
        _ if follows_quote(prose, sentence, at) => inverted(prose, sentence, at, verb, speech)
            .or_else(|| direct(prose, sentence, at, verb, speech))
            .or_else(|| coordinated(prose, sentence, at, verb)),
        _ => direct(prose, sentence, at, verb, speech)
            .or_else(|| inverted(prose, sentence, at, verb, speech))
            .or_else(|| coordinated(prose, sentence, at, verb)),
    }
}

/// Whether a quotation stands right before `at`, but for a comma or dash.
fn follows_quote(prose: &Prose, sentence: &Range<usize>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).filter(|before| *before >= sentence.start);
    let parted = matches!(before(1).and_then(|at| prose.kind(at)), Some(TokenKind::Comma | TokenKind::Break));
    before(1).is_some_and(|at| prose.is_quote(at)) || parted && before(2).is_some_and(|at| prose.is_quote(at))
}

/// Whether the word at `at` is a noun or adjective of the same form.
fn is_noun_here(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= sentence.start) else {
        return verb.form != Form::Past;
    };
    let after_noun_maker = prose.is(before, Sorts::DETERMINER | Sorts::PREPOSITION);
    let possessive = prose.tokens[before].possessive && verb.form != Form::Past && prose.is_any_word(before);
    let led = before > sentence.start && prose.is(before - 1, Sorts::PREPOSITION | Sorts::DETERMINER);
    let adjective = prose.is(before, Sorts::MODIFIER)
        && verb.form != Form::Past
        && (!prose.tokens[before].capital || led && !prose.is(before, Sorts::NAMED_BODY));
    (after_noun_maker && verb.form != Form::Participle) || possessive || adjective
}

/// Whether it is said not to have been said.
fn is_denied(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb) -> bool {
    let report = matches!(verb.class, Class::Speech | Class::Claim | Class::Telling);
    report
        && (sentence.start..at)
            .rev()
            .take_while(|before| prose.is(*before, Sorts::AUXILIARY | Sorts::ADVERB))
            .any(|before| {
                prose.is_word(before, "not")
                    || prose.is_word(before, "never")
                    || prose.word(before).ends_with("n’t")
                    || prose.word(before).ends_with("n't")
            })
}

const FORMS_OF_BE: [&str; 7] = ["is", "are", "was", "were", "be", "been", "being"];

fn is_passive(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb) -> bool {
    verb.form == Form::Past
        && (sentence.start..at)
            .rev()
            .take_while(|before| prose.is(*before, Sorts::AUXILIARY | Sorts::ADVERB))
            .any(|before| FORMS_OF_BE.iter().any(|form| prose.is_word(before, form)))
}

/// A base form is a verb after an auxiliary, “they”, “who” or a plural.
fn can_be_base(prose: &Prose, sentence: &Range<usize>, at: usize) -> bool {
    let Some(before) = (sentence.start..at).rev().find(|before| !prose.is(*before, Sorts::ADVERB)) else {
        return false;
    };
    let word = prose.word(before);
    prose.is(before, Sorts::AUXILIARY | Sorts::GROUP | Sorts::PLURAL)
        || prose.is_word(before, "who")
        || prose.is_any_word(before)
            && !prose.tokens[before].possessive
            && word.ends_with('s')
            && word.len() > 4
            && !prose.is(before, Sorts::DETERMINER | Sorts::PREPOSITION)
}

fn cue(source: Option<Phrase>, word: Range<usize>, manner: Manner) -> Cue {
    let tokens = match &source {
        Some(phrase) => phrase.tokens.start.min(word.start)..phrase.tokens.end.max(word.end),
        None => word.clone(),
    };
    Cue { source, word, tokens, manner }
}

/// X said.
fn direct(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb, speech: &Speech) -> Option<Cue> {
    let source = subject(prose, sentence, at, speech).filter(|source| can_act(prose, source, verb))?;
    Some(cue(Some(source), at..at + 1, Manner::Direct(verb)))
}

/// Whether `source` can be the subject of `verb`: “attacks” after a bare noun is a noun too.
fn can_act(prose: &Prose, source: &Phrase, verb: Verb) -> bool {
    let PhraseSort::Nominal(head) = source.sort else { return true };
    verb.form == Form::Past
        || prose.is(head, Sorts::ROLE | Sorts::GROUP | Sorts::ORGANISATION)
        || prose.is(source.tokens.start, Sorts::DETERMINER)
}

/// “…,” said X.
fn inverted(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb, speech: &Speech) -> Option<Cue> {
    let before = at.checked_sub(1).filter(|before| *before >= sentence.start);
    let quote_before = follows_quote(prose, sentence, at);
    let parted = before.is_some_and(|at| matches!(prose.kind(at), Some(TokenKind::Comma | TokenKind::Break)));
    if !quote_before && !parted {
        return None;
    }
    let start = at + 1;
    let noun =
        Sorts::DETERMINER | Sorts::ROLE | Sorts::MODIFIER | Sorts::TITLE | Sorts::GROUP | Sorts::PRONOUN;
    let grammar = Sorts::CONJUNCTION
        | Sorts::PREPOSITION
        | Sorts::TIME
        | Sorts::ADVERB
        | Sorts::AUXILIARY
        | Sorts::NOBODY;
    let opens_phrase = prose.is_name(start)
        || prose.is(start, noun) && !prose.is_word(start, "that")
        || quote_before && prose.is_any_word(start) && !prose.is(start, grammar);
    if !opens_phrase || start >= sentence.end {
        return None;
    }
    let source = phrase_after(prose, start, sentence.end, speech)?;
    let end = source.tokens.end;
    let follows = Sorts::PREPOSITION | Sorts::TIME | Sorts::ADVERB | Sorts::CONJUNCTION;
    let clause = end < sentence.end && prose.is_any_word(end) && !(quote_before && prose.is(end, follows));
    if clause {
        return None;
    }
    let takes_object =
        matches!(verb.class, Class::Judgement | Class::Telling | Class::Denial | Class::Thought);
    if takes_object && !(quote_before && verb.class == Class::Thought) {
        return None;
    }
    Some(cue(Some(source), at..at + 1, Manner::Inverted(verb)))
}

/// A second verb of the same subject: “X left and said”.
fn coordinated(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb) -> Option<Cue> {
    let end = before_helpers(prose, sentence, at);
    let before = end.checked_sub(1).filter(|before| *before >= sentence.start)?;
    let joins = ["and", "but", "then"].iter().any(|word| prose.is_word(before, word))
        || prose.kind(before) == Some(TokenKind::Comma)
        || end < at && prose.is_quote(before);
    joins.then(|| cue(None, at..at + 1, Manner::Shared(verb)))
}

/// “is saying”, “…, adding that”, “by calling”.
fn participle(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb, speech: &Speech) -> Option<Cue> {
    let before = at.checked_sub(1).filter(|before| *before >= sentence.start)?;
    if FORMS_OF_BE.iter().any(|form| prose.is_word(before, form))
        || is_named_saying(prose, sentence, at, verb, speech)
    {
        return direct(prose, sentence, at, verb, speech);
    }
    let joins = prose.kind(before) == Some(TokenKind::Comma)
        || prose.is_quote(before)
        || prose.is(before, Sorts::ADVERB | Sorts::CONJUNCTION)
        || ["by", "in", "after", "before", "without", "for"].iter().any(|word| prose.is_word(before, word));
    joins.then(|| cue(None, at..at + 1, Manner::Shared(verb)))
}

/// “footage of Ana Reyes asking”, “with Reyes stating”: a name right before the participle.
fn is_named_saying(prose: &Prose, sentence: &Range<usize>, at: usize, verb: Verb, speech: &Speech) -> bool {
    let speaks = matches!(
        verb.class,
        Class::Speech | Class::Claim | Class::Telling | Class::Question | Class::Judgement
    );
    let named = at > sentence.start && prose.is_name(at - 1);
    speaks
        && named
        && phrase_before(prose, sentence.start, at, speech)
            .is_some_and(|phrase| matches!(phrase.sort, PhraseSort::Person(_)))
}

/// “…” — Ana Reyes
fn signature(prose: &Prose, sentence: &Range<usize>, dash: usize, speech: &Speech) -> Option<Cue> {
    if dash == sentence.start || !prose.is_quote(dash - 1) || !prose.is_name(dash + 1) {
        return None;
    }
    let source = phrase_after(prose, dash + 1, sentence.end, speech)?;
    let rest = source.tokens.end;
    let ends = rest >= sentence.end
        || matches!(prose.kind(rest), Some(TokenKind::Stop | TokenKind::Quote(_) | TokenKind::Comma));
    let person = matches!(&source.sort, PhraseSort::Person(name) if name.len() > 1);
    (ends && person).then(|| cue(Some(source), dash..dash + 1, Manner::Colon))
}

fn according(prose: &Prose, sentence: &Range<usize>, at: usize, speech: &Speech) -> Option<Cue> {
    let fits = |phrase: &&Vec<String>| phrase.iter().enumerate().all(|(i, word)| prose.is_word(at + i, word));
    let phrase = speech.before().iter().find(fits)?;
    let start = at + phrase.len();
    let source = phrase_after(prose, start, sentence.end, speech)?;
    let source = author_of(prose, sentence, &source, speech).unwrap_or(source);
    Some(cue(Some(source), at..start, Manner::According))
}

/// “calculations by Ana Reyes”: the person who made what `source` names.
fn author_of(prose: &Prose, sentence: &Range<usize>, source: &Phrase, speech: &Speech) -> Option<Phrase> {
    let of = (source.tokens.start..sentence.end.min(source.tokens.end + 1))
        .find(|at| prose.is_word(*at, "by") || prose.is_word(*at, "from"))?;
    let author = phrase_after(prose, of + 1, sentence.end, speech)?;
    let person = matches!(&author.sort, PhraseSort::Person(name) if name.len() > 1);
    (person && matches!(source.sort, PhraseSort::Nominal(_))).then_some(author)
}

/// “X: “…””
fn colon(prose: &Prose, sentence: &Range<usize>, at: usize, found: &[Cue], speech: &Speech) -> Option<Cue> {
    /// The most words before such a colon.
    const LONGEST: usize = 8;
    if !prose.is_quote(at + 1) || !found.is_empty() || at - sentence.start > LONGEST {
        return None;
    }
    let source = phrase_before(prose, sentence.start, at, speech)?;
    (source.tokens.start == sentence.start).then(|| cue(Some(source), at..at + 1, Manner::Colon))
}

/// “Obama’s “if you like your plan, you can keep it””
fn possessor(prose: &Prose, sentence: &Range<usize>, quote: usize, speech: &Speech) -> Option<Cue> {
    /// The fewest words of a quotation that a name may own like this; fewer are a term.
    const FEWEST: usize = 5;
    let before = quote.checked_sub(1).filter(|before| *before >= sentence.start)?;
    let words = prose.quotation(quote)?.inner.of(prose.text).split_whitespace().take(FEWEST).count();
    if words < FEWEST || !prose.is_name(before) || !prose.tokens[before].possessive {
        return None;
    }
    let source = phrase_before(prose, sentence.start, quote, speech)?;
    Some(cue(Some(source), before..quote, Manner::Colon))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::quotes;
    use crate::lexicon::speech::examples;
    use crate::text::FlowSpan;

    /// `text` with its cues in braces; those without a source of their own are left out.
    fn marked(text: &str) -> String {
        let speech = Speech::built_in();
        let block = FlowSpan::new(0, text.len());
        let prose = Prose::read(
            text,
            block,
            quotes::in_paragraph(text, block, None, quotes::Style::default()),
            speech,
        );
        let mut marked = text.to_owned();
        let all = prose.sentences.iter().flat_map(|sentence| cues(&prose, sentence, speech));
        let sourced: Vec<Cue> = all.filter(|cue| cue.source.is_some()).collect();
        for cue in sourced.iter().rev() {
            let span = prose.span(&cue.tokens);
            marked.insert(span.end, '}');
            marked.insert(span.start, '{');
        }
        marked
    }

    #[test]
    fn the_examples_of_the_file_come_out_as_marked() {
        let (hits, misses) = examples();
        for hit in hits {
            assert_eq!(marked(&hit.replace(['{', '}'], "")), hit);
        }
        for miss in misses {
            assert_eq!(marked(&miss), miss);
        }
    }

    #[test]
    fn a_parenthesis_may_part_source_and_verb() {
        assert_eq!(
            marked("Dev Anand, who voted no, said it was over."),
            "{Dev Anand, who voted no, said} it was over."
        );
        assert_eq!(
            marked("According to Ms. Pruitt, nobody knew."),
            "{According to Ms. Pruitt}, nobody knew."
        );
        assert_eq!(marked("Bush: “We are ready.”"), "{Bush:} “We are ready.”");
        assert_eq!(
            marked("“We are ready.” ― Ana Reyes “So are we.” ― Dev Anand."),
            "“We are ready.” {― Ana Reyes} “So are we.” {― Dev Anand}."
        );
    }

    #[test]
    fn what_was_not_said_is_no_cue() {
        assert_eq!(marked("The ministry did not say how."), "The ministry did not say how.");
        assert_eq!(marked("Ana Reyes was told nothing."), "Ana Reyes was told nothing.");
    }
}
