//! The cues of one sentence: phrases of the lexicon, and what code finds beside them.
//!
//! Negation and quotation are respected: a technique that is negated, or that stands in words which
//! the speaker quotes from somebody else, is listed with weight 0. A claim that something did not
//! happen is a claim still, so negation leaves claims alone.

use std::ops::Range;

use super::Cue;
use super::beside;
use super::claim;
use super::facing;
use super::rebuttal;
use super::rhetoric::{self, Repeated};
use super::weights::Weights;
use super::wording::wording;
use crate::lexicon::{CueKind, Find, Lexicon, Negation, Rule, RuleId};
use crate::text::span::StatementText;
use crate::text::{Span, Word, words};

/// A sentence with what its cues are found in.
pub struct Reading<'t> {
    /// The statement's text.
    pub text: &'t str,
    /// The sentence.
    pub span: Span,
    /// Its words.
    pub words: Vec<Word<StatementText>>,
    /// What it quotes from somebody else, marks included.
    pub quoted: Vec<Span>,
}

impl<'t> Reading<'t> {
    /// Reads the sentence at `span` of a statement's `text`.
    pub fn new(text: &'t str, span: Span) -> Self {
        let sentence = span.of(text);
        Self { text, span, words: words(sentence, span.start), quoted: quoted(sentence, span.start) }
    }

    /// The sentence's words.
    pub fn sentence(&self) -> &'t str {
        self.span.of(self.text)
    }

    /// The stretch from the first to the last of these words.
    pub fn span_of(&self, words: &Range<usize>) -> Span {
        let (first, last) = (&self.words[words.start], &self.words[words.end - 1]);
        first.span.cover(&last.span)
    }

    /// Whether `span` stands in what is quoted.
    pub fn is_quoted(&self, span: Span) -> bool {
        let behind = self.quoted.partition_point(|quoted| quoted.start <= span.start);
        self.quoted[..behind].last().is_some_and(|quoted| quoted.contains(&span))
    }
}

/// The rules whose finds are made by code, looked up once.
#[derive(Clone, Copy, Debug)]
pub struct Coded {
    /// `claim.number` and its kin.
    pub claim: claim::Rules,
    /// `rebuttal.question`.
    pub rebuttal: rebuttal::Rules,
    /// `repetition`, `slogans`, and the looks of a sentence.
    pub rhetoric: rhetoric::Rules,
}

impl Coded {
    /// The ids of all of them, for the check of lexicon files.
    pub const IDS: &[&str] = &[
        "claim.number",
        "claim.percent",
        "claim.money",
        "claim.year",
        "claim.question",
        "claim.name",
        "claim.past",
        "claim.short",
        "claim.brief",
        "claim.middling",
        "rebuttal.question",
        beside::RULE,
        facing::TAKES_UP,
        facing::OPPOSES,
        facing::REPEATS,
        facing::OPENS,
        "repetition",
        "slogans",
        "background.cry",
        "background.question",
        "background.quoted",
        "background.short",
        "background.brief",
        "background.middling",
    ];

    /// Looks them up; one that a user's lexicon has not is not found.
    pub fn of(lexicon: &Lexicon) -> Self {
        Self {
            claim: claim::Rules::of(lexicon),
            rebuttal: rebuttal::Rules::of(lexicon),
            rhetoric: rhetoric::Rules::of(lexicon),
        }
    }
}

/// All cues of a sentence, ordered by place, then by rule.
pub fn cues(
    reading: &Reading,
    lexicon: &Lexicon,
    weights: &Weights,
    coded: &Coded,
    repeated: &Repeated,
) -> Vec<Cue> {
    let finds = lexicon.find(reading.words.iter().map(|word| word.folded.as_str()));
    let mut cues: Vec<Cue> = Vec::with_capacity(finds.phrases.len() + reading.words.len());
    let negated = negated(&finds.negations, reading.words.len());
    for find in &finds.phrases {
        cues.push(phrase_cue(reading, lexicon, find, negated[find.words.start]));
    }
    let phrases = cues.len();
    claim::find(reading, lexicon, &coded.claim, &mut cues);
    rebuttal::find(reading, lexicon, coded.rebuttal, &mut cues);
    rhetoric::find(reading, lexicon, coded.rhetoric, repeated, &mut cues);
    let taken = taken(reading, lexicon, &finds.phrases, &negated);
    wording(reading, lexicon, weights, coded.rhetoric.run, &taken, phrases, &mut cues);
    put_in_order(&mut cues);
    cues
}

/// Orders the cues of a sentence by place, then by rule.
pub fn put_in_order(cues: &mut [Cue]) {
    cues.sort_by_key(|cue| (cue.span.start, cue.span.end, cue.rule));
}

/// For which kinds each word does not count; one bit a kind. Words of rhetoric do not in a phrase that is
/// negated, nor in a quotation of somebody else. Where another phrase has a word, what the word weighs is
/// added to the phrase ([`wording`]): it was fitted beside it.
fn taken(reading: &Reading, lexicon: &Lexicon, phrases: &[Find], negated: &[bool]) -> Vec<u8> {
    let mut taken = vec![0; reading.words.len()];
    for find in phrases.iter().filter(|find| negated[find.words.start]) {
        if lexicon.rule(find.rule).kind == CueKind::Rhetoric {
            for word in &mut taken[find.words.clone()] {
                *word |= bit(CueKind::Rhetoric);
            }
        }
    }
    if !reading.quoted.is_empty() {
        for (word, taken) in reading.words.iter().zip(&mut taken) {
            *taken |= if reading.is_quoted(word.span) { bit(CueKind::Rhetoric) } else { 0 };
        }
    }
    taken
}

/// The bit of a kind in what is taken.
pub fn bit(kind: CueKind) -> u8 {
    1 << kind as u8
}

/// The words of a sentence that may have a fitted weight for `kind`: plain ones that count for it.
pub fn free<'r>(reading: &'r Reading, lexicon: &Lexicon, kind: CueKind) -> Vec<Option<&'r str>> {
    let finds = lexicon.find(reading.words.iter().map(|word| word.folded.as_str()));
    let negated = negated(&finds.negations, reading.words.len());
    let taken = taken(reading, lexicon, &finds.phrases, &negated);
    plain(reading).zip(taken).map(|(word, taken)| word.filter(|_| taken & bit(kind) == 0)).collect()
}

/// Which words stand in a phrase of `kind` that counts.
pub fn in_phrases(reading: &Reading, cues: &[Cue], kind: CueKind) -> Vec<bool> {
    let mut within = vec![false; reading.words.len()];
    for cue in cues.iter().filter(|cue| cue.kind == kind && cue.weight > 0.0 && !cue.background) {
        let first = reading.words.partition_point(|word| word.span.start < cue.span.start);
        for (word, within) in reading.words.iter().zip(&mut within).skip(first) {
            if word.span.start >= cue.span.end {
                break;
            }
            *within = true;
        }
    }
    within
}

/// Whether a negation reaches each of `count` words.
fn negated(negations: &[Negation], count: usize) -> Vec<bool> {
    let mut negated = vec![false; count];
    for Negation { words, reach } in negations {
        negated[words.end..words.end.saturating_add(*reach).min(count)].fill(true);
    }
    negated
}

fn phrase_cue(reading: &Reading, lexicon: &Lexicon, find: &Find, negated: bool) -> Cue {
    let span = reading.span_of(&find.words);
    let kind = lexicon.rule(find.rule).kind;
    let cancelled = match kind {
        CueKind::Claim => false,
        CueKind::Rebuttal => negated,
        CueKind::Rhetoric => negated || reading.is_quoted(span),
    };
    let weight = if cancelled { 0.0 } else { find.weight };
    Cue { rule: find.rule, kind, span, weight, background: false }
}

/// The words of a sentence that may have a fitted weight: no figures, and none that is written like a
/// name, with a capital behind the first word.
pub fn plain<'r>(reading: &'r Reading) -> impl Iterator<Item = Option<&'r str>> {
    reading.words.iter().enumerate().map(|(at, word)| {
        let first = word.span.of(reading.text).chars().next()?;
        let own = word.folded == "i" || word.folded.starts_with("i'");
        let passed = is_figure(reading, word) || (at > 0 && first.is_uppercase() && !own);
        (!passed).then_some(word.folded.as_str())
    })
}

/// Whether a word of a sentence is a figure.
pub fn is_figure(reading: &Reading, word: &Word<StatementText>) -> bool {
    word.span.of(reading.text).starts_with(char::is_numeric)
}

/// A cue made by code, with its rule's weight.
pub fn coded_cue(lexicon: &Lexicon, rule: RuleId, span: Span) -> Cue {
    let Rule { kind, weight, background, .. } = *lexicon.rule(rule);
    Cue { rule, kind, span, weight, background }
}

/// The stretches between quotation marks, marks included; one left open reaches to the end.
fn quoted(sentence: &str, base: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in sentence.char_indices() {
        match (c, open) {
            ('“' | '„' | '«' | '「' | '『' | '"', None) => open = Some(at),
            ('”' | '»' | '」' | '』' | '"', Some(start)) => {
                found.push(Span::new(base + start, base + at + c.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| Span::new(base + start, base + sentence.len())));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::check::marked;

    /// The sentence with the cues of one kind in braces; a cancelled one in its braces with a 0.
    fn shown(text: &str, kind: CueKind) -> String {
        let lexicon = Lexicon::built_in();
        let reading = Reading::new(text, Span::new(0, text.len()));
        let cues = cues(&reading, &lexicon, &Weights::built_in(), &Coded::of(&lexicon), &Repeated::default());
        let of_kind = |cue: &&Cue| cue.kind == kind && cue.weight != 0.0 && !cue.background;
        let spans: Vec<_> = cues.iter().filter(of_kind).map(|cue| cue.span.range()).collect();
        marked(text, &spans)
    }

    #[test]
    fn a_quotation_of_others_is_not_the_speakers_rhetoric() {
        let text = "He called it “barbaric”, an outrageous word.";
        assert_eq!(shown(text, CueKind::Rhetoric), "He called it “barbaric”, an {outrageous} word.");
        assert_eq!(shown("\"A barbaric act", CueKind::Rhetoric), "\"A barbaric act");
        let two = "He said “no”, a “barbaric act” and “yes” to a barbaric act.";
        assert_eq!(
            shown(two, CueKind::Rhetoric),
            "He said “no”, a “barbaric act” and “yes” to a {barbaric} act."
        );
    }

    #[test]
    fn a_negated_technique_does_not_count() {
        assert_eq!(shown("It was not barbaric.", CueKind::Rhetoric), "It was not barbaric.");
        assert_eq!(shown("It was barbaric.", CueKind::Rhetoric), "It was {barbaric}.");
    }

    #[test]
    fn a_negated_claim_is_a_claim() {
        let text = "They have never bombed the port.";
        assert!(shown(text, CueKind::Claim).contains("{bombed}"));
    }
}
