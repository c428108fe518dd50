//! What speaks for a link, as stretches of both sentences with a reason each.

use super::content::{Particulars, Term};
use super::features::Weighing;
use super::select::Pair;
use super::vocabulary::{Role, Turn};
use super::weigh::{Scales, differing, opposite};
use crate::analysis::similarity::shared;
use crate::analysis::{By, Evidence, Link, Relation, Signs, Status};
use crate::corpus::SentenceId;
use crate::text::Span;

/// Most shared terms named.
const MOST_SHARED: usize = 4;

/// The link that a pair makes, with what speaks for it.
pub fn link(scales: &Scales, pair: &Pair) -> Link {
    let mut gathered = Gathered { scales, pair, found: Vec::new() };
    gathered.marks();
    gathered.turns();
    gathered.quotations();
    gathered.contrasts();
    gathered.shared();
    if gathered.found.is_empty() || gathered.found.iter().all(|evidence| evidence.in_answer) {
        gathered.place();
    }
    let (status, signs) = if pair.suggested {
        let relation = &scales.vocabulary.weighing[&pair.relation];
        (Status::Suggested, Signs::of(&pair.features, &scales.vocabulary.answers, relation))
    } else {
        let none = Weighing::default();
        (Status::Candidate, Signs::of(&pair.features, &scales.vocabulary.candidates, &none))
    };
    Link {
        from: pair.answer,
        to: pair.claim,
        relation: pair.relation,
        score: pair.score,
        status,
        by: By::Program,
        evidence: gathered.found,
        signs,
    }
}

struct Gathered<'a> {
    scales: &'a Scales<'a>,
    pair: &'a Pair,
    found: Vec<Evidence>,
}

impl Gathered<'_> {
    fn add(&mut self, in_answer: bool, span: Span, why: &str) {
        let evidence = Evidence { in_answer, span, why: why.to_owned() };
        if !span.is_empty() && !self.found.contains(&evidence) {
            self.found.push(evidence);
        }
    }

    fn text(&self, id: SentenceId, span: Span) -> &str {
        let statement = self.scales.corpus.sentence(id).statement;
        span.of(&self.scales.corpus.statement(statement).text)
    }

    fn marks(&mut self) {
        let scales = self.scales;
        if !matches!(self.pair.relation, Relation::Rebuts | Relation::Deflects) {
            return;
        }
        for cue in scales.marks[self.pair.answer.0 as usize].cues.iter().filter(|cue| cue.weight > 0.0) {
            let why = match scales.role(cue.rule) {
                Some(Role::Denial) => "denial",
                Some(Role::Countercharge) => "counter-charge",
                Some(Role::Refusal) => "refusal",
                Some(Role::Question) => "question",
                Some(Role::Contrast) => "contrast",
                None => continue,
            };
            self.add(true, cue.span, why);
        }
    }

    fn turns(&mut self) {
        let scales = self.scales;
        let Some(particulars) = &scales.contents.of(self.pair.answer).particulars else { return };
        for &(turn, span) in &particulars.turns {
            match (turn, self.pair.relation) {
                (Turn::Accepting, Relation::Accepts) => self.add(true, span, "concedes"),
                (Turn::Deflecting, Relation::Deflects) => self.add(true, span, "changes the subject"),
                (Turn::Denying, Relation::Rebuts) => self.add(true, span, "denial"),
                (Turn::Wholesale, Relation::Rebuts) => self.add(true, span, "rejects the whole statement"),
                (Turn::Reporting, Relation::Rebuts | Relation::Accepts) => self.add(true, span, "takes up"),
                _ => {}
            }
        }
    }

    fn quotations(&mut self) {
        let (answer, claim) = (self.pair.answer, self.pair.claim);
        for span in self.scales.quoted(answer, claim) {
            let why = format!("quotes: {}", self.text(answer, span));
            self.add(true, span, &why);
            let sentence = self.scales.corpus.sentence(claim).span;
            self.add(false, sentence, "quoted");
        }
    }

    fn contrasts(&mut self) {
        let none = Particulars::default();
        let particulars = |id| self.scales.contents.of(id).particulars.as_deref().unwrap_or(&none);
        let (one, other) = (particulars(self.pair.answer), particulars(self.pair.claim));
        if matches!(self.pair.relation, Relation::Echoes | Relation::Accepts) {
            return;
        }
        let terms = |id| self.scales.contents.terms(id);
        let both = shared(terms(self.pair.answer), terms(self.pair.claim));
        let numbers = differing(&one.numbers, &other.numbers, &both);
        let poles = opposite(&one.poles, &other.poles);
        let negations = [one.negation, other.negation];
        if let Some((a, b)) = numbers {
            self.both("number", a.span, b.span);
        }
        if let Some((a, b)) = poles {
            self.both("opposite", a.span, b.span);
        }
        if self.pair.relation == Relation::Contradicts && numbers.is_none() && poles.is_none() {
            for (in_answer, span) in [true, false].into_iter().zip(negations) {
                if let Some(span) = span {
                    self.add(in_answer, span, "negation");
                }
            }
        }
    }

    /// The same reason on both sides, with the words of both.
    fn both(&mut self, why: &str, from: Span, to: Span) {
        let (answer, claim) = (self.text(self.pair.answer, from), self.text(self.pair.claim, to));
        let why = format!("{why} {answer} / {claim}");
        self.add(true, from, &why);
        self.add(false, to, &why);
    }

    fn shared(&mut self) {
        let scales = self.scales;
        let (answer, claim) = (self.pair.answer, self.pair.claim);
        let mut both: Vec<(&Term, &Term)> =
            shared(scales.contents.terms(answer), scales.contents.terms(claim));
        both.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight).then(a.0.start.cmp(&b.0.start)));
        for (from, to) in both.into_iter().filter(|(term, _)| term.weight > 0.0).take(MOST_SHARED) {
            let name = if from.name || to.name { "name" } else { "shared" };
            let why = format!("{name}: {}", self.text(claim, to.span()));
            self.add(true, from.span(), &why);
            self.add(false, to.span(), &why);
        }
    }

    /// A link without a word in common rests on where the claim stands.
    fn place(&mut self) {
        let claim = self.pair.claim;
        let why = if self.scales.order.just_before(self.pair.answer).any(|id| id == claim) {
            "said just before"
        } else if self.scales.central[claim.0 as usize] >= 0.6 {
            "the main charge"
        } else {
            "in the same place"
        };
        self.add(false, self.scales.corpus.sentence(claim).span, why);
    }
}
