//! Which claims of the ledger are wanted: of one band, with one verdict, of one speaker.

use super::verdict;
use crate::corpus::StatementId;
use crate::report::ledger::{Band, Row};
use crate::session::Verdict;
use crate::tui::model::Model;

/// What is wanted; all claims if nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    band: Option<Band>,
    verdict: Option<Judged>,
    speaker: Option<StatementId>,
}

/// What the reader has said of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judged {
    Not,
    As(Verdict),
}

impl Narrowed {
    /// Whether anything is left out.
    pub fn is_any(&self) -> bool {
        *self != Self::default()
    }

    /// None found, maybe answered, answered, all.
    pub fn next_band(&mut self) {
        self.band = match self.band {
            None => Some(Band::Unanswered),
            Some(Band::Unanswered) => Some(Band::Maybe),
            Some(Band::Maybe) => Some(Band::Answered),
            Some(Band::Answered) => None,
        };
    }

    /// Without a verdict, with each of them, all.
    pub fn next_verdict(&mut self) {
        let first = Verdict::ALL.first().copied();
        self.verdict = match self.verdict {
            None => Some(Judged::Not),
            Some(Judged::Not) => first.map(Judged::As),
            Some(Judged::As(given)) => {
                Verdict::ALL.into_iter().skip_while(|verdict| *verdict != given).nth(1).map(Judged::As)
            }
        };
    }

    /// Of each statement, all.
    pub fn next_speaker(&mut self, all: &[StatementId]) {
        let next = self.speaker.and_then(|now| all.iter().position(|id| *id == now)).map_or(0, |at| at + 1);
        self.speaker = all.get(next).copied();
    }

    /// Whether a claim is wanted.
    pub fn passes(&self, model: &Model, row: &Row) -> bool {
        let given = verdict(model, row.claim);
        self.band.is_none_or(|band| row.band == band)
            && self.speaker.is_none_or(|id| model.corpus.sentence(row.claim).statement == id)
            && self.verdict.is_none_or(|wanted| match wanted {
                Judged::Not => given.is_none(),
                Judged::As(verdict) => given == Some(verdict),
            })
    }

    /// What is wanted, in words.
    pub fn told(&self, model: &Model) -> Vec<String> {
        let band = self.band.map(|band| band.name().to_owned());
        let verdict = self.verdict.map(|judged| match judged {
            Judged::Not => "no verdict".to_owned(),
            Judged::As(verdict) => verdict.name().to_owned(),
        });
        let speaker = self.speaker.map(|id| format!("by {}", model.corpus.title_of(id)));
        [band, verdict, speaker].into_iter().flatten().collect()
    }
}
