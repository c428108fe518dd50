//! A paragraph as words, marks and whole quotations, parted into sentences.
//!
//! A quotation is one token, so the words inside it never look like the writer's; so is a short
//! parenthesis. Sentences end at stops that follow no abbreviation, and after a quotation that
//! ends in a stop, unless the words that attribute it follow.

use std::ops::Range;

use crate::attribution::quotes::Quotation;
use crate::lexicon::Speech;
use crate::lexicon::speech::{Class, Facts, Form, Sorts, Verb};
use crate::text::FlowSpan;

/// A word, mark or quotation of a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands; a possessive `’s` is part of its word.
    pub span: FlowSpan,
    /// What it is.
    pub kind: TokenKind,
    /// What its word may be.
    pub sorts: Sorts,
    /// The reporting verb that its word may be.
    pub verb: Option<Verb>,
    /// Whether it starts with a capital letter.
    pub capital: bool,
    /// Whether it ends in a possessive `’s`.
    pub possessive: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word or number.
    Word,
    /// `.` `?` `!` `…`
    Stop,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;` or a dash.
    Break,
    /// A short parenthesis.
    Aside,
    /// A quotation, by its place in the paragraph.
    Quote(u32),
    /// Anything else.
    Other,
}

/// A paragraph that is read.
pub struct Prose<'t> {
    /// The text it stands in.
    pub text: &'t str,
    /// Its tokens in order.
    pub tokens: Vec<Token>,
    /// Its quotations in order.
    pub quotations: Vec<Quotation>,
    /// Its sentences in order, as ranges of tokens.
    pub sentences: Vec<Range<usize>>,
}

/// Where a sentence is cut that does not end, in tokens; it bounds the work on texts without stops.
const LONGEST_SENTENCE: usize = 400;
/// What a capitalised word is that starts a sentence rather than a name.
const NEW_SENTENCE: Sorts =
    Sorts::DETERMINER.or(Sorts::PRONOUN).or(Sorts::CONJUNCTION).or(Sorts::PREPOSITION).or(Sorts::ADVERB);
/// Longest parenthesis that is skipped as one token, in bytes.
const LONGEST_ASIDE: usize = 80;

impl<'t> Prose<'t> {
    /// Reads the paragraph `block` of `text`, whose quotations are known.
    pub fn read(text: &'t str, block: FlowSpan, quotations: Vec<Quotation>, speech: &Speech) -> Self {
        // English has about six bytes a word, marks included.
        let tokens = Vec::with_capacity(block.len() / 6 + 4);
        let mut prose = Self { text, tokens, quotations, sentences: Vec::new() };
        let mut at = block.start;
        for index in 0..prose.quotations.len() {
            let outer = prose.quotations[index].outer;
            prose.read_words(FlowSpan::new(at, outer.start), speech);
            let kind =
                if prose.is_nickname(index) { TokenKind::Word } else { TokenKind::Quote(index as u32) };
            prose.push(outer, kind, speech);
            at = outer.end;
        }
        prose.read_words(FlowSpan::new(at, block.end), speech);
        prose.join_offices();
        prose.part();
        prose
    }

    /// The words of a token, without a possessive `’s`.
    pub fn word(&self, index: usize) -> &'t str {
        let word = self.tokens[index].span.of(self.text);
        if self.tokens[index].possessive { without_possessive(word) } else { word }
    }

    /// The text that tokens `range` cover; empty for no tokens.
    pub fn span(&self, range: &Range<usize>) -> FlowSpan {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|end| self.tokens.get(end))) {
            (Some(first), Some(last)) if range.start < range.end => first.span.cover(&last.span),
            (Some(first), _) => FlowSpan::new(first.span.start, first.span.start),
            _ => FlowSpan::new(0, 0),
        }
    }

    /// The kind of a token, if there is one.
    pub fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// Whether token `index` is a word of any of `sorts`.
    pub fn is(&self, index: usize, sorts: Sorts) -> bool {
        self.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word && token.sorts.any(sorts))
    }

    /// Whether token `index` is the word `word`, in small letters.
    pub fn is_word(&self, index: usize, word: &str) -> bool {
        self.tokens
            .get(index)
            .is_some_and(|token| token.kind == TokenKind::Word && self.word(index).eq_ignore_ascii_case(word))
    }

    /// Whether token `index` is a word.
    pub fn is_any_word(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Word)
    }

    /// Whether token `index` is a quotation.
    pub fn is_quote(&self, index: usize) -> bool {
        matches!(self.kind(index), Some(TokenKind::Quote(_)))
    }

    /// The quotation that token `index` is.
    pub fn quotation(&self, index: usize) -> Option<Quotation> {
        match self.kind(index)? {
            TokenKind::Quote(quote) => self.quotations.get(quote as usize).copied(),
            _ => None,
        }
    }

    /// Whether token `index` is a capitalised word that is no word of grammar.
    pub fn is_name(&self, index: usize) -> bool {
        const GRAMMAR: Sorts = Sorts::NOBODY
            .or(Sorts::DETERMINER)
            .or(Sorts::CONJUNCTION)
            .or(Sorts::PREPOSITION)
            .or(Sorts::PRONOUN)
            .or(Sorts::AUXILIARY)
            .or(Sorts::ADVERB)
            .or(Sorts::TIME);
        self.tokens.get(index).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.capital
                && (token.sorts.any(Sorts::GIVEN_NAME) || !token.sorts.any(GRAMMAR))
        })
    }

    /// The reporting verb at token `index` in one of its finite forms, written small.
    pub fn finite_verb(&self, index: usize) -> Option<Verb> {
        let token = self.tokens.get(index).filter(|token| token.kind == TokenKind::Word && !token.capital)?;
        token.verb.filter(|verb| matches!(verb.form, Form::Third | Form::Past))
    }

    fn push(&mut self, span: FlowSpan, kind: TokenKind, speech: &Speech) {
        let word = span.of(self.text);
        let bare = if kind == TokenKind::Word { without_possessive(word) } else { word };
        let possessive = bare.len() < word.len();
        let facts = if kind == TokenKind::Word { speech.facts(bare) } else { Facts::default() };
        let capital = kind == TokenKind::Word && starts_large(word);
        self.tokens.push(Token { span, kind, sorts: facts.sorts, verb: facts.verb, capital, possessive });
    }

    /// Whether quotation `index` is part of the name around it: Marcia “Cia” Price.
    fn is_nickname(&self, index: usize) -> bool {
        /// The longest nickname in bytes.
        const LONGEST: usize = 20;
        let Quotation { inner, outer, closed } = self.quotations[index];
        let quoted = inner.of(self.text);
        let named = self.tokens.last().is_some_and(|token| {
            let titled = self.tokens.len().checked_sub(2).is_some_and(|before| self.is(before, Sorts::TITLE));
            token.capital && (token.sorts.any(Sorts::GIVEN_NAME) || titled)
        });
        let mut after = self.text[outer.end..].chars();
        closed
            && named
            && quoted.len() <= LONGEST
            && quoted.starts_with(char::is_uppercase)
            && quoted.ends_with(char::is_alphabetic)
            && after.next() == Some(' ')
            && after.next().is_some_and(char::is_uppercase)
    }

    fn read_words(&mut self, span: FlowSpan, speech: &Speech) {
        let mut at = span.start;
        while let Some(sign) = self.text[at..span.end].chars().next() {
            let rest = &self.text[at..span.end];
            let (length, kind) = match sign {
                ' ' => (1, None),
                _ if sign.is_whitespace() => (sign.len_utf8(), None),
                _ if sign.is_alphanumeric() || matches!(sign, '$' | '#' | '@' | '£' | '€') => {
                    (word_length(rest), Some(TokenKind::Word))
                }
                '(' | '[' => aside(rest),
                _ => mark(rest, sign),
            };
            if let Some(kind) = kind {
                self.push(FlowSpan::new(at, at + length), kind, speech);
            }
            at += length;
            if kind == Some(TokenKind::Word)
                && self.text[at..span.end].starts_with('.')
                && self.is_shortened()
            {
                at += 1;
                self.extend_last(at);
            }
        }
    }

    /// Whether the last word is one that is written with a stop: Sen., Jr., Jan.
    fn is_shortened(&self) -> bool {
        self.tokens.last().is_some_and(|token| {
            token.sorts.any(Sorts::TITLE | Sorts::SUFFIX) && !token.sorts.any(Sorts::ROLE) && token.capital
                || token.sorts.any(Sorts::TIME)
                    && token.span.len() <= 4
                    && token.capital
                    && !token.sorts.any(Sorts::AUXILIARY)
        })
    }

    fn extend_last(&mut self, end: usize) {
        if let Some(token) = self.tokens.last_mut() {
            token.span = FlowSpan::new(token.span.start, end);
        }
    }

    /// Tells the office in “Under Secretary Ana Reyes” from the preposition in “Under Secretary Reyes,
    /// the ministry grew”: a name before it or “of” behind it does.
    fn join_offices(&mut self) {
        for at in 0..self.tokens.len().saturating_sub(2) {
            let is_office = self.tokens[at].capital
                && self.is_word(at, "under")
                && self.is_word(at + 1, "secretary")
                && (at > 0 && self.is_name(at - 1)
                    || self.is_word(at + 2, "of")
                    || self.is_word(at + 2, "for"));
            if is_office {
                self.tokens[at].sorts = Sorts::MODIFIER;
            }
        }
    }

    fn part(&mut self) {
        let mut start = 0;
        for index in 0..self.tokens.len() {
            if self.ends_sentence(index) || index - start >= LONGEST_SENTENCE {
                self.sentences.push(start..index + 1);
                start = index + 1;
            }
        }
        if start < self.tokens.len() {
            self.sentences.push(start..self.tokens.len());
        }
    }

    fn ends_sentence(&self, index: usize) -> bool {
        let Some(next) = self.tokens.get(index + 1) else { return true };
        match self.tokens[index].kind {
            TokenKind::Quote(quote) => {
                let inner = self.quotations[quote as usize].inner.of(self.text).trim_end();
                let stop = inner.chars().next_back().filter(|c| ".?!…".contains(*c));
                match (stop, next.kind) {
                    (Some(_), TokenKind::Quote(_)) => true,
                    (Some('.' | '…'), TokenKind::Word) => {
                        next.capital && !self.is(index + 1, Sorts::PRONOUN) || self.starts_anew(index + 1)
                    }
                    (Some(_), TokenKind::Word) => next.capital && !self.starts_tag(index + 1),
                    _ => false,
                }
            }
            TokenKind::Stop => match next.kind {
                TokenKind::Quote(_) => true,
                TokenKind::Word => !self.is_inner_stop(index),
                kind => !matches!(kind, TokenKind::Stop | TokenKind::Comma),
            },
            TokenKind::Word => self.ends_with_stop(index),
            _ => false,
        }
    }

    /// A capitalised pronoun after a closed sentence starts another.
    fn starts_anew(&self, index: usize) -> bool {
        self.tokens[index].capital && !self.starts_tag(index)
    }

    /// Whether the stop at `index` ends no sentence, since a small letter follows.
    fn is_inner_stop(&self, index: usize) -> bool {
        let short = self.tokens[index].span.of(self.text) == ".";
        let lone = index > 0
            && self.is_any_word(index - 1)
            && self.word(index - 1).chars().count() == 1
            && self.tokens[index - 1].capital;
        let next = &self.tokens[index + 1];
        let starts_small = next.span.of(self.text).starts_with(char::is_lowercase);
        starts_small || short && lone && next.capital && !next.sorts.any(NEW_SENTENCE)
    }

    /// Whether the word at `index` ends in a stop of its own (U.S., Jr.) and a sentence with it.
    fn ends_with_stop(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        let next = &self.tokens[index + 1];
        token.span.of(self.text).ends_with('.')
            && !token.sorts.any(Sorts::TITLE)
            && token.span.len() > 2
            && next.capital
            && next.sorts.any(NEW_SENTENCE)
            && !next.sorts.any(Sorts::GIVEN_NAME)
    }

    /// Whether the mark at `index` may part a name from what is told of it: “Ana Reyes, R-Pa., said”.
    fn is_beside_name(&self, index: usize) -> bool {
        let mark = matches!(self.kind(index), Some(TokenKind::Comma | TokenKind::Aside));
        mark && index > 0 && self.is_any_word(index - 1) && self.tokens[index - 1].capital
    }

    /// Whether the words from `index` only attribute what stood before: “Blinken said.”
    fn starts_tag(&self, index: usize) -> bool {
        let verb = (index..index + 9)
            .take_while(|at| self.is_any_word(*at) || self.is_beside_name(*at))
            .find(|at| self.finite_verb(*at).is_some_and(|verb| verb.class != Class::Thought));
        verb.is_some_and(|verb| {
            (index..verb).all(|at| !self.is(at, Sorts::CONJUNCTION))
                && (!self.is_any_word(verb + 1)
                    || self.is(verb + 1, Sorts::TIME | Sorts::PREPOSITION | Sorts::ADVERB)
                    || self.tokens[verb].verb.is_some_and(|verb| verb.class == Class::Telling))
        })
    }
}

/// Whether a word starts with a capital, also behind the mark that opens a nickname.
fn starts_large(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii_alphanumeric() => byte.is_ascii_uppercase(),
        _ => word.trim_start_matches(['“', '"']).starts_with(char::is_uppercase),
    }
}

fn without_possessive(word: &str) -> &str {
    const LAST_OF_CURLY: u8 = 0x99;
    // Asked of every word, and few hold an apostrophe.
    if !word.bytes().rev().take("’s".len()).any(|byte| byte == b'\'' || byte == LAST_OF_CURLY) {
        return word;
    }
    ["’s", "'s", "’S", "'S", "s’", "s'"]
        .iter()
        .find_map(|suffix| {
            word.strip_suffix(suffix).map(|stem| &word[..stem.len() + usize::from(suffix.starts_with('s'))])
        })
        .unwrap_or(word)
}

/// The length of the word that `rest` starts with; inner dots, apostrophes and hyphens belong to
/// it, and a last dot if there are inner ones or a lone capital stands before it.
fn word_length(rest: &str) -> usize {
    // Most words are plain letters before a blank.
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if plain > 0 && matches!(rest.as_bytes().get(plain), None | Some(b' ')) {
        return plain;
    }
    let mut end = plain;
    let mut signs = rest[plain..].char_indices().map(|(at, sign)| (plain + at, sign)).peekable();
    let mut dotted = false;
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let inner = |c: char| next.is_some_and(char::is_alphanumeric) && "'’.-‐‑&@_/,".contains(c);
        let in_number = sign != ','
            || rest[..at].ends_with(|c: char| c.is_ascii_digit()) && next.is_some_and(|n| n.is_ascii_digit());
        if sign.is_alphanumeric() || "$#@£€%".contains(sign) || inner(sign) && in_number {
            dotted |= sign == '.';
            end = at + sign.len_utf8();
        } else {
            let possessive = matches!(sign, '\'' | '’') && rest[..at].ends_with('s');
            let initial =
                sign == '.' && (dotted || at == 1 && rest.starts_with(|c: char| c.is_ascii_uppercase()));
            return if possessive || initial && next.is_some() { at + sign.len_utf8() } else { end.max(1) };
        }
    }
    end.max(1)
}

fn aside(rest: &str) -> (usize, Option<TokenKind>) {
    let closing = if rest.starts_with('(') { ')' } else { ']' };
    let end = rest.char_indices().take_while(|(at, _)| *at < LONGEST_ASIDE).find(|(_, c)| *c == closing);
    end.map_or((1, Some(TokenKind::Other)), |(at, _)| (at + 1, Some(TokenKind::Aside)))
}

fn mark(rest: &str, sign: char) -> (usize, Option<TokenKind>) {
    let run = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
    match sign {
        '.' | '?' | '!' | '…' => (run(|c| matches!(c, '.' | '?' | '!' | '…')), Some(TokenKind::Stop)),
        ',' => (1, Some(TokenKind::Comma)),
        ':' => (1, Some(TokenKind::Colon)),
        ';' => (1, Some(TokenKind::Break)),
        '—' | '–' | '―' | '-' => (run(|c| matches!(c, '—' | '–' | '―' | '-')), Some(TokenKind::Break)),
        _ => (sign.len_utf8(), Some(TokenKind::Other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::quotes;

    /// The sentences of one paragraph.
    fn check(text: &str, expected: &[&str]) {
        let block = FlowSpan::new(0, text.len());
        let prose = Prose::read(
            text,
            block,
            quotes::in_paragraph(text, block, None, quotes::Style::default()),
            Speech::built_in(),
        );
        let found: Vec<&str> = prose.sentences.iter().map(|range| prose.span(range).of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        check(
            "Sen. Ana B. Reyes of the U.S. Senate left. She said 3.5 percent.",
            &["Sen. Ana B. Reyes of the U.S. Senate left.", "She said 3.5 percent."],
        );
        check(
            "He lives in the U.S. The end came on Jan. 5.",
            &["He lives in the U.S.", "The end came on Jan. 5."],
        );
    }

    #[test]
    fn a_tag_belongs_to_its_quotation() {
        check(
            "“Who pays?” Reyes asked. “We do.” The room was silent.",
            &["“Who pays?” Reyes asked.", "“We do.”", "The room was silent."],
        );
        check("“A,” she said. “B.” “C,” he said.", &["“A,” she said.", "“B.”", "“C,” he said."]);
    }
}
