//! What would change if a cue had another weight, before anything is kept.

use std::ops::Range;

use super::beside::{self, Beside, REACH};
use super::cues::{Coded, Reading, free};
use super::decided::{is_phrase, phrase};
use super::facing;
use super::weights::as_printed;
use super::{Analysis, Change, Cue, Weights, logistic};
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::own::{Own, What};
use crate::lexicon::{CueKind, Lexicon};

/// Another weight for a cue wherever it is found.
#[derive(Clone, Debug, PartialEq)]
pub struct Reweighed {
    /// As it would stand in the user's own lexicon.
    pub own: Own,
    kind: CueKind,
    /// What each such cue weighs more than before.
    more: f32,
    /// Of a rebuttal: what its neighbours have from the cue.
    beside: Option<Beside>,
}

impl Reweighed {
    /// `cue` of a statement's `text` with another weight; none if its rule is not in `lexicon`, or if
    /// it tells what other sentences have ([`Self::is_of_others`]).
    ///
    /// Where fitted words count with the cue, they keep their weights, and its own makes up the rest.
    pub fn of(lexicon: &Lexicon, text: &str, cue: &Cue, weight: f32) -> Option<Self> {
        let rule = lexicon.rules().get(usize::from(cue.rule.0)).filter(|rule| !is_of_others(&rule.id))?;
        let words = phrase(text, cue);
        let what = if Coded::IDS.contains(&rule.id.as_str()) {
            What::Rule
        } else if lexicon.is_worded(cue.rule) {
            What::Word(words)
        } else {
            What::Phrase(words)
        };
        let more = weight - cue.weight;
        let weight = as_printed(alone(lexicon, cue, &what) + more);
        let beside = Beside::of(lexicon).filter(|_| cue.kind == CueKind::Rebuttal);
        Some(Self { own: Own { rule: rule.id.clone(), what, weight }, kind: cue.kind, more, beside })
    }

    /// Whether a cue only tells what other sentences have, beside it or of another: it weighs by that.
    pub fn is_of_others(lexicon: &Lexicon, cue: &Cue) -> bool {
        lexicon.rules().get(usize::from(cue.rule.0)).is_some_and(|rule| is_of_others(&rule.id))
    }

    /// Whether a cue of a statement's `text` gets the weight. One that is cancelled stays so.
    fn meets(&self, lexicon: &Lexicon, text: &str, cue: &Cue) -> bool {
        let rule = lexicon.rules().get(usize::from(cue.rule.0)).map(|rule| rule.id.as_str());
        let same_rule = || rule == Some(self.own.rule.as_str());
        cue.kind == self.kind
            && cue.weight != 0.0
            && match &self.own.what {
                What::Rule => same_rule(),
                What::Word(_) => false,
                What::Phrase(words) => {
                    let coded = rule.is_some_and(|rule| Coded::IDS.contains(&rule));
                    !coded && !lexicon.is_worded(cue.rule) && is_phrase(text, cue, words)
                }
            }
    }

    /// How often a sentence has it: a fitted word counts wherever it stands, whatever it is joined with.
    fn times(&self, corpus: &Corpus, lexicon: &Lexicon, id: SentenceId, cues: &[Cue]) -> usize {
        let sentence = corpus.sentence(id);
        let text = &corpus.statement(sentence.statement).text;
        let What::Word(words) = &self.own.what else {
            return cues.iter().filter(|cue| self.meets(lexicon, text, cue)).count();
        };
        let own: Vec<&str> = words.split(' ').collect();
        let reading = Reading::new(text, sentence.span);
        let free = free(&reading, lexicon, self.kind);
        let is_own =
            |window: &&[Option<&str>]| window.iter().zip(&own).all(|(word, own)| *word == Some(*own));
        free.windows(own.len()).filter(is_own).count()
    }

    /// The score that a sentence would have.
    pub fn score(
        &self,
        analysis: &Analysis,
        corpus: &Corpus,
        lexicon: &Lexicon,
        weights: &Weights,
        id: SentenceId,
    ) -> f32 {
        let around = self.around(corpus, id);
        let more: Vec<f32> = around.clone().map(|id| self.more_in(analysis, corpus, lexicon, id)).collect();
        self.score_with(analysis, weights, around.start, &more, id)
    }

    /// How many marks of other sentences than `here` would come and go.
    pub fn change(
        &self,
        analysis: &Analysis,
        corpus: &Corpus,
        lexicon: &Lexicon,
        weights: &Weights,
        here: SentenceId,
    ) -> Change {
        let from = weights.thresholds.of(self.kind);
        let all = 0..analysis.marks.len() as u32;
        let more: Vec<f32> = all.map(|id| self.more_in(analysis, corpus, lexicon, id)).collect();
        let mut change = Change::default();
        for (marks, id) in analysis.marks.iter().zip((0..).map(SentenceId)).filter(|(_, id)| *id != here) {
            let around = self.around(corpus, id);
            let own = &more[around.start as usize..around.end as usize];
            if own.iter().all(|more| *more == 0.0) {
                continue;
            }
            let was = marks.scores.of(self.kind) >= from;
            let is = self.score_with(analysis, weights, around.start, own, id) >= from;
            change.count(was, is);
        }
        change
    }

    /// The sentences whose cues count in the score of one.
    fn around(&self, corpus: &Corpus, id: SentenceId) -> Range<u32> {
        if self.beside.is_none() {
            return id.0..id.0 + 1;
        }
        let reach = REACH as u32;
        let statement = |other: &u32| corpus.sentence(SentenceId(*other)).statement;
        let own = statement(&id.0);
        let last = (id.0 + reach).min((corpus.sentences.len() as u32).saturating_sub(1));
        let mut within = (id.0.saturating_sub(reach)..=last).filter(|other| statement(other) == own);
        let first = within.next().unwrap_or(id.0);
        first..within.next_back().unwrap_or(first).max(id.0) + 1
    }

    /// By how much more the cues of a sentence sum up.
    fn more_in(&self, analysis: &Analysis, corpus: &Corpus, lexicon: &Lexicon, id: u32) -> f32 {
        let id = SentenceId(id);
        self.more * self.times(corpus, lexicon, id, &analysis.marks(id).cues) as f32
    }

    /// The score of a sentence if those from `first` on sum up to so much `more` by their own cues.
    fn score_with(
        &self,
        analysis: &Analysis,
        weights: &Weights,
        first: u32,
        more: &[f32],
        id: SentenceId,
    ) -> f32 {
        let at = (id.0 - first) as usize;
        let mut sum = weights.sum(self.kind, &analysis.marks(id).cues) + more[at];
        if let Some(beside) = self.beside {
            let around = (first..).map(SentenceId).zip(more);
            let (was, is): (Vec<f32>, Vec<f32>) = around
                .map(|(id, more)| (beside.own(&analysis.marks(id).cues, weights), more))
                .map(|(own, more)| (own, own + more))
                .unzip();
            sum += beside.weight(&is, at) - beside.weight(&was, at);
        }
        logistic(sum)
    }
}

fn is_of_others(rule: &str) -> bool {
    rule == beside::RULE || facing::RULES.contains(&rule)
}

/// What the cue weighs without the fitted words that count with it.
fn alone(lexicon: &Lexicon, cue: &Cue, what: &What) -> f32 {
    match what {
        What::Rule => cue.weight,
        What::Word(words) => {
            // Behind a gap, since the words need not open a sentence.
            let found = lexicon.wording(std::iter::once(None).chain(words.split(' ').map(Some)));
            let count = words.split(' ').count();
            let own = found.into_iter().find(|one| one.rule == cue.rule && one.words.len() == count);
            // Without a weight of their own for the rule, the words get one beside those that they have.
            own.map_or(0.0, |one| one.weight)
        }
        What::Phrase(words) => {
            let found = lexicon.find(words.split(' ')).phrases;
            found.into_iter().find(|one| one.rule == cue.rule).map_or(cue.weight, |one| one.weight)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::{Marks, analyze};
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::own::laid;
    use crate::lexicon::{Speech, abbreviations};

    const TEXT: &str = "This groundless accusation is old. Groundless talk, as ever. The harbour is blue. \
                        They voted on 3,000 bills in May. It was a groundless smear of 20 men.";

    fn marked(corpus: &Corpus, lexicon: &Lexicon) -> Analysis {
        analyze(corpus, lexicon, &Weights::built_in(), 1)
    }

    fn shown(marks: &Marks, kind: CueKind, weights: &Weights) -> bool {
        marks.scores.of(kind) >= weights.thresholds.of(kind)
    }

    /// What is foretold of every cue is what the lexicon with it then gives.
    #[test]
    fn what_is_foretold_comes_true() {
        let document = Document::from_bytes(Path::new("a.txt"), TEXT.as_bytes(), Segmentation::Auto);
        let documents = vec![document.expect("it is text")];
        let corpus = Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations());
        let (lexicon, weights) = (Lexicon::built_in(), Weights::built_in());
        let found = marked(&corpus, &lexicon);
        let text = &corpus.statements[0].text;
        let mut tried = 0;
        for id in (0..corpus.sentences.len() as u32).map(SentenceId) {
            for cue in found.marks(id).cues.iter().filter(|cue| cue.weight.abs() >= 0.6) {
                if Reweighed::is_of_others(&lexicon, cue) {
                    continue;
                }
                let new = Reweighed::of(&lexicon, text, cue, -1.5).expect("its rule is there");
                let files = [laid(&[], &lexicon, &new.own).expect("it can be written")];
                let own = Lexicon::with_user_files(&files).expect("it is right");
                let then = marked(&corpus, &own);
                let score = new.score(&found, &corpus, &lexicon, &weights, id);
                assert!((score - then.marks(id).scores.of(cue.kind)).abs() < 1e-4, "{new:?}");
                let foretold = new.change(&found, &corpus, &lexicon, &weights, id);
                let others = (0..corpus.sentences.len() as u32).map(SentenceId).filter(|other| *other != id);
                let changes = others
                    .map(|other| [&found, &then].map(|all| shown(all.marks(other), cue.kind, &weights)));
                let mut real = Change::default();
                for [was, is] in changes {
                    real.vanish += usize::from(was && !is);
                    real.appear += usize::from(is && !was);
                }
                assert_eq!(foretold, real, "{new:?}");
                tried += 1;
            }
        }
        assert!(tried >= 5, "{tried} cues");
    }
}
