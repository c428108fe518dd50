//! Reads what sentences hold for the search, in one pass over the words.

use std::collections::{BTreeSet, HashMap};

use super::{Content, Contents, Number, Particulars, Pole, Term, TermId};
use crate::analysis::links::names;
use crate::analysis::links::vocabulary::{Pronoun, Turn, Vocabulary};
use crate::corpus::{Corpus, StatementId};
use crate::text::span::StatementText;
use crate::text::words::stem;
use crate::text::{Span, Word, words};

/// How many sentences of general English the common stems speak for.
const GENERAL: f32 = 300.0;
/// Share of sentences of general English that hold a stem which is not among the common ones.
const UNCOMMON: f32 = 0.0004;
/// Fewest words of a courtesy that make its whole sentence one, however long: “I wish to thank …”.
const COURTESY: usize = 3;
/// Among how many first words of a sentence such a courtesy begins.
const COURTESY_FROM: usize = 3;
/// Most words after a number among which its unit is sought.
const UNIT_WITHIN: usize = 3;

/// What is known of a folded word; found out once for each.
#[expect(clippy::struct_excessive_bools, reason = "a word may be any of these at once")]
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    term: Option<TermId>,
    stop: bool,
    negator: bool,
    clausal: bool,
    spared: bool,
    reverser: bool,
    clause_end: bool,
    pronoun: Option<Pronoun>,
    /// Whether names of several words begin with it.
    begins_name: bool,
    value: Option<f64>,
    factor: Option<f64>,
}

/// What is read, word after word.
pub(super) struct Reader<'v> {
    vocabulary: &'v Vocabulary,
    known: HashMap<String, Known>,
    ids: HashMap<String, TermId>,
    stems: Vec<Written>,
    contents: Contents,
    /// Terms of the sentence being read.
    current: Vec<Term>,
}

/// How a term is written throughout.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// The stem, or the pair of characters.
    pub stem: String,
    /// Times with a capital within a sentence.
    pub capital: u32,
    /// Times without.
    pub small: u32,
    /// Sentences that hold it.
    pub sentences: u32,
    /// The last of them, counted from 1.
    pub last: u32,
}

impl Written {
    /// Counts a sentence, of which there have been `sentences` before, once.
    fn is_new_in(&mut self, sentences: usize) -> bool {
        let number = sentences as u32 + 1;
        let new = self.last != number;
        self.sentences += u32::from(new);
        self.last = number;
        new
    }
}

impl<'v> Reader<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self {
            vocabulary,
            known: HashMap::new(),
            ids: HashMap::new(),
            stems: Vec::new(),
            contents: Contents::default(),
            current: Vec::new(),
        }
    }

    /// Reads a sentence that starts at byte `base` of its statement.
    pub(super) fn sentence(&mut self, text: &str, base: usize, repeated: bool) {
        let words = words::<StatementText>(text, base);
        let mut content = Content {
            words: words.len().try_into().unwrap_or(u16::MAX),
            repeated,
            question: text.trim_end_matches(['”', '"', ')', '’']).ends_with(['?', '？']),
            ..Content::default()
        };
        let mut particulars = Particulars { quotations: quotations(text, base), ..Particulars::default() };
        self.terms_of(text, base, &words, &mut content, &mut particulars);
        self.turns(&words, &mut particulars);
        content.boilerplate = is_boilerplate(&words, &particulars, &self.current);
        self.leave_out_turns(&particulars);
        self.keep(content, particulars);
    }

    fn terms_of(
        &mut self,
        text: &str,
        base: usize,
        words: &[Word<StatementText>],
        content: &mut Content,
        particulars: &mut Particulars,
    ) {
        self.current.clear();
        let mut negated = false;
        let mut clause = (0, [0, 0]);
        let mut skip = 0;
        let mut before: Option<TermId> = None;
        for (index, word) in words.iter().enumerate() {
            let mut known = self.known(&word.folded);
            // A stop word is a name only in capitals: “US”, not “us”.
            known.begins_name &= !known.stop
                || !text[word.span.start - base..word.span.end - base].contains(char::is_lowercase);
            if known.clause_end || (index > 0 && parted(text, base, &words[index - 1], word)) {
                negated = false;
                clause = (self.current.len(), [particulars.numbers.len(), particulars.poles.len()]);
            }
            point(known, index, content);
            let spared = words.get(index + 1).is_some_and(|next| self.known(&next.folded).spared);
            if known.negator && !spared {
                negated = !negated;
                if known.clausal {
                    self.current[clause.0..].iter_mut().for_each(|term| term.negated = !term.negated);
                    particulars.turn(clause.1);
                }
                content.opens_negative |= index == 0;
                particulars.negates(word.span);
            }
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let clock = text[word.span.end - base..].starts_with(':')
                || text[..word.span.start - base].ends_with(':');
            if let Some((value, taken)) = self.number(words, index).filter(|_| !clock) {
                let span = word.span.cover(&words[index + taken - 1].span);
                let after = self.unit(words, index + taken);
                particulars.numbers.push(Number { value, units: [after, before], negated, span });
            }
            let (term, taken) = self.term_at(words, index, known);
            skip = taken.saturating_sub(1);
            if let Some(id) = term {
                let span = word.span.cover(&words[index + taken.max(1) - 1].span);
                self.term(id, span, index, negated, text, base);
                self.poles(id, negated, span, particulars);
                before = Some(id);
            }
            if known.reverser {
                negated = !negated;
                particulars.negates(word.span);
            }
            self.character_pair(words, index, negated);
        }
    }

    /// The term of the name or word at `index`, and how many words it takes.
    fn term_at(
        &mut self,
        words: &[Word<StatementText>],
        index: usize,
        known: Known,
    ) -> (Option<TermId>, usize) {
        if let Some(names) = self.vocabulary.same.get(&words[index].folded).filter(|_| known.begins_name) {
            let rest = &words[index + 1..];
            let fits = |name: &[String]| {
                rest.len() >= name.len() && name.iter().zip(rest).all(|(a, b)| *a == b.folded)
            };
            if let Some((name, stands_for)) = names.iter().find(|(name, _)| fits(name)) {
                return (Some(self.id(stands_for)), name.len() + 1);
            }
        }
        (known.term, 1)
    }

    fn term(&mut self, id: TermId, span: Span, index: usize, negated: bool, text: &str, base: usize) {
        let written = text[span.start - base..].chars().next();
        let capital = written.is_some_and(char::is_uppercase);
        let inside = index > 0;
        let stem = &mut self.stems[id as usize];
        stem.capital += u32::from(capital && inside);
        stem.small += u32::from(!capital && written.is_some_and(char::is_lowercase));
        if stem.is_new_in(self.contents.sentences.len()) {
            self.current.push(Term {
                id,
                weight: 0.0,
                start: span.start.try_into().unwrap_or(u32::MAX),
                length: span.len().try_into().unwrap_or(u16::MAX),
                negated,
                name: capital,
            });
        }
    }

    fn poles(&self, id: TermId, negated: bool, span: Span, particulars: &mut Particulars) {
        if let Some(sides) = self.vocabulary.opposites.get(&self.stems[id as usize].stem) {
            particulars.poles.extend(sides.iter().map(|&side| Pole { side, negated, span }));
        }
    }

    /// Two Chinese characters side by side.
    fn character_pair(&mut self, words: &[Word<StatementText>], index: usize, negated: bool) {
        let Some(next) = words.get(index + 1) else { return };
        let this = &words[index];
        if this.span.end != next.span.start || !is_han(&this.folded) || !is_han(&next.folded) {
            return;
        }
        let id = self.id(&format!("{}{}", this.folded, next.folded));
        if self.stems[id as usize].is_new_in(self.contents.sentences.len()) {
            let span = this.span.cover(&next.span);
            self.current.push(Term {
                id,
                weight: 0.0,
                start: span.start as u32,
                length: span.len() as u16,
                negated,
                name: false,
            });
        }
    }

    /// The value of the number at `index`, and how many words it takes.
    fn number(&mut self, words: &[Word<StatementText>], index: usize) -> Option<(f64, usize)> {
        let mut value = match self.known(&words[index].folded).value {
            Some(value) => value,
            None if words[index].folded == "no" => 0.0,
            None => digits(&words[index].folded)?,
        };
        let mut taken = 1;
        while let Some(word) = words.get(index + taken)
            && let Some(factor) = self.known(&word.folded).factor
        {
            value *= factor;
            taken += 1;
        }
        Some((value, taken))
    }

    fn unit(&mut self, words: &[Word<StatementText>], from: usize) -> Option<TermId> {
        words.iter().skip(from).take(UNIT_WITHIN).find_map(|word| self.known(&word.folded).term)
    }

    fn turns(&self, words: &[Word<StatementText>], particulars: &mut Particulars) {
        for found in self.vocabulary.phrases.find(words.iter().map(|word| word.folded.as_str())) {
            let turn = Turn::ALL[found.value as usize];
            let span = words[found.words.start].span.cover(&words[found.words.end - 1].span);
            particulars.turns.push((turn, span));
        }
    }

    /// Takes the words by which a sentence concedes, dodges or denies out of what it is about.
    fn leave_out_turns(&mut self, particulars: &Particulars) {
        let says =
            |turn| matches!(turn, Turn::Accepting | Turn::Deflecting | Turn::Denying | Turn::Wholesale);
        for (_, span) in particulars.turns.iter().filter(|(turn, _)| says(*turn)) {
            self.current.retain(|term| !span.overlaps(&term.span()));
        }
    }

    fn keep(&mut self, mut content: Content, mut particulars: Particulars) {
        particulars.cut();
        content.first = self.contents.terms.len() as u32;
        self.contents.terms.append(&mut self.current);
        content.end = self.contents.terms.len() as u32;
        let empty = particulars.numbers.is_empty()
            && particulars.poles.is_empty()
            && particulars.quotations.is_empty()
            && particulars.turns.is_empty()
            && particulars.negation.is_none();
        content.particulars = (!empty).then(|| Box::new(particulars));
        self.contents.sentences.push(content);
    }

    pub(super) fn speaker(&mut self, corpus: &Corpus, id: StatementId) -> BTreeSet<TermId> {
        let Some(speaker) = &corpus.statement(id).speaker else { return BTreeSet::new() };
        let named = format!("{} {}", speaker.name, speaker.role.as_deref().unwrap_or_default());
        let words = words::<StatementText>(&named, 0);
        let mut terms = BTreeSet::new();
        for (index, word) in words.iter().enumerate() {
            let known = self.known(&word.folded);
            terms.extend(self.term_at(&words, index, known).0);
        }
        terms
    }

    fn id(&mut self, stem: &str) -> TermId {
        if let Some(&id) = self.ids.get(stem) {
            return id;
        }
        let id = self.stems.len() as TermId;
        self.ids.insert(stem.to_owned(), id);
        self.stems.push(Written { stem: stem.to_owned(), ..Written::default() });
        id
    }

    fn known(&mut self, folded: &str) -> Known {
        if let Some(&known) = self.known.get(folded) {
            return known;
        }
        let stem = stem(folded);
        let vocabulary = self.vocabulary;
        let short_number = stem.len() < 3 && stem.starts_with(|c: char| c.is_ascii_digit());
        let content = !vocabulary.stop.contains(folded)
            && !vocabulary.values.contains_key(folded)
            && !folded.ends_with("n't")
            && !short_number
            && stem.chars().count() > 1;
        let known = Known {
            term: content.then(|| self.id(&stem)),
            stop: vocabulary.stop.contains(folded),
            negator: vocabulary.negators.contains(folded) || folded.ends_with("n't"),
            clausal: vocabulary.clausal.contains(folded) || folded.ends_with("n't"),
            spared: vocabulary.spared.contains(folded),
            reverser: vocabulary.reversers.contains(&stem),
            clause_end: vocabulary.clause_ends.contains(folded),
            pronoun: vocabulary.pronouns.get(folded).copied(),
            begins_name: vocabulary.same.contains_key(folded),
            value: vocabulary.values.get(folded).copied(),
            factor: vocabulary.factors.get(folded).copied(),
        };
        self.known.insert(folded.to_owned(), known);
        known
    }

    /// Gives variants of a name one term, and every term its weight.
    pub(super) fn finish(mut self, speakers: Vec<BTreeSet<TermId>>) -> Contents {
        let stands_for = names::variants(&self.stems, &self.vocabulary.distinct);
        let mut sentences = vec![0; self.stems.len()];
        for (id, written) in self.stems.iter().enumerate() {
            sentences[stands_for[id] as usize] += written.sentences;
        }
        let weights = self.weights(&sentences);
        let name = |id: TermId| {
            let written = &self.stems[id as usize];
            written.capital > 0 && written.capital >= 4 * written.small
        };
        for term in &mut self.contents.terms {
            term.name = name(term.id);
            term.id = stands_for[term.id as usize];
            term.weight = weights[term.id as usize];
        }
        self.contents.term_count = self.stems.len();
        self.contents.speakers = speakers
            .into_iter()
            .map(|terms| terms.into_iter().map(|id| stands_for[id as usize]).collect())
            .collect();
        self.contents.measured()
    }

    fn weights(&self, sentences: &[u32]) -> Vec<f32> {
        let all = self.contents.sentences.len() as f32;
        let share =
            |written: &Written| self.vocabulary.common.get(&written.stem).copied().unwrap_or(UNCOMMON);
        self.stems
            .iter()
            .zip(sentences)
            .map(|(written, &held)| {
                -((held as f32 + GENERAL * share(written)) / (all + GENERAL)).min(1.0).ln()
            })
            .collect()
    }
}

/// Whether a comma or the like stands between two words.
fn parted(text: &str, base: usize, left: &Word<StatementText>, right: &Word<StatementText>) -> bool {
    text[left.span.end - base..right.span.start - base]
        .contains([',', ';', ':', '—', '–', '(', ')', '，', '；', '。', '.', '!', '?'])
}

fn is_han(word: &str) -> bool {
    word.chars().next().is_some_and(|c| ('\u{3400}'..='\u{9fff}').contains(&c)) && word.chars().count() == 1
}

/// “30,000”, “3.5”, “2012” as a number.
fn digits(word: &str) -> Option<f64> {
    word.starts_with(|c: char| c.is_ascii_digit()).then(|| word.replace(',', "").parse().ok()).flatten()
}

/// A sentence that greets or thanks and has little else to say.
fn is_boilerplate(words: &[Word<StatementText>], particulars: &Particulars, terms: &[Term]) -> bool {
    let greets: Vec<Span> = particulars
        .turns
        .iter()
        .filter(|(turn, _)| *turn == Turn::Boilerplate)
        .map(|&(_, span)| span)
        .collect();
    let rest = |span: Span| greets.iter().all(|greeting| !greeting.overlaps(&span));
    let left = terms.iter().filter(|term| rest(term.span())).count();
    let opens = |greeting: &Span| {
        words.iter().take(COURTESY_FROM).any(|word| word.span.start == greeting.start)
            && words.iter().filter(|word| greeting.overlaps(&word.span)).count() >= COURTESY
    };
    !greets.is_empty() && (left < 3 || words.len() < 9 || greets.iter().any(opens))
}

/// What stands in quotation marks, marks left out; `base` is added to every offset.
fn quotations(text: &str, base: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some((start, close)), c) if c == close => {
                found.push(Span::new(base + start, base + at));
                open = None;
            }
            (None, '“') => open = Some((at + c.len_utf8(), '”')),
            (None, '"') => open = Some((at + 1, '"')),
            (None, '«') => open = Some((at + c.len_utf8(), '»')),
            (None, '「') => open = Some((at + c.len_utf8(), '」')),
            _ => {}
        }
    }
    found.retain(|span| !span.is_empty());
    found
}

fn point(known: Known, index: usize, content: &mut Content) {
    match known.pronoun {
        Some(Pronoun::Second) => content.second_person = true,
        Some(Pronoun::Third) => content.third_person = true,
        Some(Pronoun::Pointing) if index < 2 => content.pointing = true,
        _ => {}
    }
}
