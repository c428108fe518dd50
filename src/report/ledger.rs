//! The ledger: every claim against the best answer of each other statement.
//!
//! An answer denies, contradicts, accepts or deflects; who merely says the same answers nothing. What
//! a claim itself answers is not its answer. [`chain`] follows answers on to what is said against
//! them, and counts the links of each pair of statements; [`mod@print`] writes the ledger down.

pub mod chain;
pub mod print;

use crate::analysis::{Analysis, By, Link, Relation, Status, Thresholds};
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::lexicon::CueKind;

/// A weaker link than this part of the threshold speaks for no answer.
const MAYBE_FROM: f32 = 2.0 / 3.0;

/// A claim and what other statements say to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The claim.
    pub claim: SentenceId,
    /// Its score as a claim, in `[0, 1]`.
    pub score: f32,
    /// Whether it is answered.
    pub band: Band,
    /// One for each other statement with text, in their order.
    pub cells: Vec<Cell>,
}

/// What one other statement says to a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Which statement.
    pub statement: StatementId,
    /// The best answer, or else the sentence that comes closest to one; none if nothing is alike.
    pub best: Option<Best>,
    /// The sentence that says the same, if one is linked so: no answer, but worth knowing.
    pub echo: Option<Best>,
}

/// The sentence of another statement that answers a claim best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Best {
    /// Which.
    pub sentence: SentenceId,
    /// How it answers.
    pub relation: Relation,
    /// In `[0, 1]`.
    pub score: f32,
    /// Whether it is strong enough to be shown as a link.
    pub status: Status,
    /// Who says so.
    pub by: By,
}

/// Whether a claim is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// No sentence comes near.
    Unanswered,
    /// Some sentence comes near the threshold.
    Maybe,
    /// Some sentence is linked as an answer.
    Answered,
}

impl Band {
    /// All of them, the best answered first.
    pub const ALL: [Self; 3] = [Self::Answered, Self::Maybe, Self::Unanswered];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Maybe => "maybe answered",
            Self::Unanswered => "none found",
        }
    }
}

/// The claims of `corpus`, what is most surely one first.
pub fn rows(corpus: &Corpus, analysis: &Analysis, thresholds: &Thresholds) -> Vec<Row> {
    let statements: Vec<StatementId> = corpus.spoken_ids().collect();
    let score_of = |id: SentenceId| analysis.marks(id).scores.of(CueKind::Claim);
    let all = statements.iter().flat_map(|statement| corpus.sentences_of(*statement));
    let mut rows: Vec<Row> = all
        .filter(|id| score_of(*id) >= thresholds.claim)
        .map(|claim| {
            let own = corpus.sentence(claim).statement;
            let others = statements.iter().filter(|statement| **statement != own);
            let cells = others.map(|statement| Cell { statement: *statement, best: None, echo: None });
            Row { claim, score: score_of(claim), band: Band::Unanswered, cells: cells.collect() }
        })
        .collect();
    fill(&mut rows, corpus, &analysis.links);
    for row in &mut rows {
        let bands = row.cells.iter().map(|cell| cell.band(thresholds.link));
        row.band = bands.max().unwrap_or(Band::Unanswered);
    }
    rows.sort_by(|a, b| b.score.total_cmp(&a.score));
    rows
}

/// Puts what each link says to a claim into the cell of whose words it is, if nothing there is better.
fn fill(rows: &mut [Row], corpus: &Corpus, links: &[Link]) {
    let mut places = vec![None; corpus.sentences.len()];
    for (place, row) in rows.iter().enumerate() {
        places[row.claim.0 as usize] = Some(place);
    }
    for link in links {
        for claim in [link.to, link.from] {
            let Some(place) = places[claim.0 as usize] else { continue };
            let Some(new) = said_to(link, claim) else { continue };
            let said_by = corpus.sentence(new.sentence).statement;
            let Some(cell) = rows[place].cells.iter_mut().find(|cell| cell.statement == said_by) else {
                continue;
            };
            let known = if new.is_echo() { &mut cell.echo } else { &mut cell.best };
            if known.is_none_or(|known| new.rank() > known.rank()) {
                *known = Some(new);
            }
        }
    }
}

/// What `link` says to `claim`, one of its ends.
fn said_to(link: &Link, claim: SentenceId) -> Option<Best> {
    let both_ways = matches!(link.relation, Relation::Contradicts | Relation::Echoes);
    if link.to != claim && link.status == Status::Suggested && !both_ways {
        return None;
    }
    Some(Best {
        sentence: link.other_end(claim),
        relation: link.relation,
        score: link.score,
        status: link.status,
        by: link.by,
    })
}

impl Row {
    /// The cell that holds the best answer, or what comes closest to one; of equal ones the first.
    pub fn best_cell(&self) -> Option<&Cell> {
        let rank = |cell: &Cell| cell.best.map(|best| best.rank());
        self.cells.iter().rev().max_by(|a, b| rank(a).cmp(&rank(b)))
    }
}

impl Best {
    /// Whether it is strong enough to be shown as a link.
    pub fn is_linked(&self) -> bool {
        self.status == Status::Suggested
    }

    fn is_echo(&self) -> bool {
        self.is_linked() && !self.relation.answers()
    }

    /// A link goes before a candidate, the reader's own before what is suggested, what would answer
    /// before what is only alike, the surer before the less sure.
    fn rank(&self) -> (bool, By, bool, u32) {
        (self.is_linked(), self.by, self.relation.answers(), (self.score.clamp(0.0, 1.0) * 1e6) as u32)
    }
}

impl Cell {
    /// The answer, if there is one.
    pub fn answer(&self) -> Option<Best> {
        self.best.filter(Best::is_linked)
    }

    /// How well the claim is answered by this statement; links are shown from `from` on.
    pub fn band(&self, from: f32) -> Band {
        match self.best {
            Some(best) if best.is_linked() => Band::Answered,
            Some(best) if best.relation.answers() && best.score >= from * MAYBE_FROM => Band::Maybe,
            _ => Band::Unanswered,
        }
    }
}

/// The score of a candidate as it is told: not rounded up to the threshold beside it.
pub fn below(score: f32, threshold: f32) -> String {
    let rounded = (score * 100.0).round();
    let shown = if rounded >= (threshold * 100.0).round() { rounded - 1.0 } else { rounded };
    format!("{:.2}", shown.max(0.0) / 100.0)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::{Marks, Scores, Signs};
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::Speech;
    use crate::text::Abbreviations;

    /// Two claims in the first text, against the two sentences of the second.
    pub(super) fn example(links: &[(u32, u32, Relation, f32)]) -> (Corpus, Analysis, Thresholds) {
        let texts = ["We saw it. They did it.", "We did not. Nobody did."];
        let documents = texts.iter().map(|text| {
            Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto).expect("it is text")
        });
        let reading = Reading { kind: Some(crate::attribution::Kind::Statement), ..Reading::default() };
        let corpus =
            Corpus::read(documents.collect(), reading, Speech::built_in(), &Abbreviations::default());
        let claim = |claim| Marks { scores: Scores { claim, ..Scores::default() }, ..Marks::default() };
        let link = |(from, to, relation, score): &(u32, u32, Relation, f32)| Link {
            from: SentenceId(*from),
            to: SentenceId(*to),
            relation: *relation,
            score: *score,
            status: if *score >= 0.45 { Status::Suggested } else { Status::Candidate },
            by: By::Program,
            evidence: Vec::new(),
            signs: Signs::default(),
        };
        let analysis = Analysis {
            marks: [0.6, 0.9, 0.1, 0.1].map(claim).to_vec(),
            links: links.iter().map(link).collect(),
            ..Analysis::default()
        };
        (corpus, analysis, Thresholds { claim: 0.5, rebuttal: 0.5, rhetoric: 0.5, link: 0.45 })
    }

    #[track_caller]
    fn check(links: &[(u32, u32, Relation, f32)], expected: &[(u32, Band, Option<u32>)]) {
        let (corpus, analysis, thresholds) = example(links);
        let found: Vec<_> = rows(&corpus, &analysis, &thresholds)
            .iter()
            .map(|row| (row.claim.0, row.band, row.cells[0].best.map(|best| best.sentence.0)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn claims_stand_by_weight_with_their_best_answer() {
        check(&[], &[(1, Band::Unanswered, None), (0, Band::Unanswered, None)]);
        check(
            &[(2, 1, Relation::Rebuts, 0.5), (3, 1, Relation::Rebuts, 0.7), (3, 0, Relation::Rebuts, 0.31)],
            &[(1, Band::Answered, Some(3)), (0, Band::Maybe, Some(3))],
        );
    }

    #[test]
    fn an_echo_is_no_answer_and_gives_way_to_one() {
        check(
            &[(2, 1, Relation::Echoes, 0.4)],
            &[(1, Band::Unanswered, Some(2)), (0, Band::Unanswered, None)],
        );
        check(
            &[(2, 1, Relation::Echoes, 0.9), (3, 1, Relation::Rebuts, 0.5), (2, 0, Relation::Echoes, 0.9)],
            &[(1, Band::Answered, Some(3)), (0, Band::Unanswered, None)],
        );
    }

    #[test]
    fn a_candidate_never_looks_like_a_link() {
        assert_eq!([0.449, 0.29, 0.0].map(|score| below(score, 0.45)), ["0.44", "0.29", "0.00"]);
    }

    #[test]
    fn what_the_claim_answers_is_not_its_answer() {
        check(
            &[(1, 2, Relation::Rebuts, 0.9), (0, 3, Relation::Contradicts, 0.9)],
            &[(1, Band::Unanswered, None), (0, Band::Answered, Some(3))],
        );
    }
}
