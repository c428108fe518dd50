//! `assets/weights.toml`: biases and thresholds; the logistic function that makes a score of a sum.

use serde::Deserialize;

use super::marking::Marking;
use super::{Cue, Scores};
use crate::assets::{packed, read};
use crate::lexicon::CueKind;

/// The numbers of the scores that do not belong to one cue.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// What each kind's sum starts from, in log-odds, by [`CueKind`].
    biases: [f32; 3],
    /// From which score on a sentence counts as one of a kind, a link as suggested.
    pub thresholds: Thresholds,
    /// Which words of a sentence are set off.
    pub marking: Marking,
}

/// From which score on something is shown, each in `[0, 1]`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Thresholds {
    /// For claims.
    pub claim: f32,
    /// For rebuttals.
    pub rebuttal: f32,
    /// For rhetoric.
    pub rhetoric: f32,
    /// For links.
    pub link: f32,
}

impl Thresholds {
    /// The threshold of one kind.
    pub fn of(&self, kind: CueKind) -> f32 {
        match kind {
            CueKind::Claim => self.claim,
            CueKind::Rebuttal => self.rebuttal,
            CueKind::Rhetoric => self.rhetoric,
        }
    }
}

/// The file, table by table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Table,
    rebuttal: Table,
    rhetoric: Table,
    link: LinkTable,
    marks: Marking,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    bias: f32,
    threshold: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkTable {
    threshold: f32,
}

impl Weights {
    /// The weights that are built in.
    pub fn built_in() -> Self {
        let file: File = read(packed!("weights.toml"));
        Self {
            biases: [file.claim.bias, file.rebuttal.bias, file.rhetoric.bias],
            thresholds: Thresholds {
                claim: file.claim.threshold,
                rebuttal: file.rebuttal.threshold,
                rhetoric: file.rhetoric.threshold,
                link: file.link.threshold,
            },
            marking: file.marks,
        }
    }

    /// Weights whose sums start from `biases`, by [`CueKind`].
    pub fn new(biases: [f32; 3], thresholds: Thresholds) -> Self {
        Self { biases, thresholds, marking: Marking::default() }
    }

    /// What the sum of one kind starts from, in log-odds.
    pub fn bias(&self, kind: CueKind) -> f32 {
        self.biases[kind as usize]
    }

    /// Bias and cues of one kind, in log-odds.
    pub fn sum<'c>(&self, kind: CueKind, cues: impl IntoIterator<Item = &'c Cue>) -> f32 {
        let cues = cues.into_iter().filter(|cue| cue.kind == kind);
        // Added as they are printed, to four decimals, so that a reader's own sum is ours.
        let sum: i64 = cues.map(|cue| ten_thousandths(cue.weight)).sum();
        self.sum_of(kind, sum)
    }

    /// The sum of a kind whose cues weigh `sum` ten-thousandths together.
    pub(super) fn sum_of(&self, kind: CueKind, sum: i64) -> f32 {
        (ten_thousandths(self.bias(kind)) + sum) as f32 / 10_000.0
    }

    /// The scores that cues make: the logistic of each kind's sum.
    pub fn scores<'c>(&self, cues: impl IntoIterator<Item = &'c Cue>) -> Scores {
        let mut sums = CueKind::ALL.map(|kind| ten_thousandths(self.bias(kind)));
        for cue in cues {
            sums[cue.kind as usize] += ten_thousandths(cue.weight);
        }
        Scores::each(|kind| logistic(sums[kind as usize] as f32 / 10_000.0))
    }
}

/// A weight in the unit in which weights are added.
pub(super) fn ten_thousandths(weight: f32) -> i64 {
    let scaled = f64::from(weight) * 10_000.0;
    // Half away from zero, as `round` does; that is a call where the processor has no instruction for it.
    (scaled + 0.5_f64.copysign(scaled)) as i64
}

/// A weight with as many decimals as are printed.
pub(super) fn as_printed(weight: f32) -> f32 {
    (weight * 10_000.0).round() / 10_000.0
}

/// The logistic function: log-odds to a probability in `[0, 1]`.
pub fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// Of how many of the weights that speak for a score, the heaviest given first, it must be without to lie
/// below `threshold`; of all if that is not enough. `sum` and weights in log-odds.
pub fn hangs_on(mut sum: f32, threshold: f32, heaviest_first: impl Iterator<Item = f32>) -> usize {
    let counts = |weight: &f32| {
        let above = logistic(sum) >= threshold;
        sum -= weight;
        above
    };
    heaviest_first.take_while(counts).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_hangs_on_the_fewest_heaviest_cues() {
        assert_eq!(hangs_on(2.8, 0.5, [1.6, 1.1, 0.9].into_iter()), 3);
        assert_eq!(hangs_on(1.0, 0.5, [1.6, 1.1].into_iter()), 1);
        assert_eq!(hangs_on(-1.0, 0.5, [1.6].into_iter()), 0);
    }

    #[test]
    fn a_kind_without_cues_is_not_shown() {
        let weights = Weights::built_in();
        for kind in CueKind::ALL {
            let score = logistic(weights.sum(kind, []));
            assert!(score < weights.thresholds.of(kind), "{}", kind.name());
        }
        assert!((logistic(0.0) - 0.5).abs() < f32::EPSILON);
        assert!(logistic(-200.0) >= 0.0 && logistic(200.0) <= 1.0);
    }
}
