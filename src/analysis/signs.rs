//! How the score of a link came about: its signs with their weights, and what it hangs on. What is
//! only a candidate scores the threshold times its own sum's likelihood, under weights of their own.

use super::links::features::{Feature, Features, Weighing};
use super::weights::hangs_on;

/// The working of a link's score: `logistic(base + Σ weight × strength)`, of a candidate's the share of
/// the threshold that it reaches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signs {
    /// What the sum starts from, in log-odds.
    pub base: f32,
    /// What is seen and counts, the heaviest first; none for a link that the reader made.
    pub all: Vec<Sign>,
}

/// One sign of a pair of sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sign {
    /// Which.
    pub feature: Feature,
    /// How strong it is, in `[0, 1]`.
    pub strength: f32,
    /// What it adds at full strength, in log-odds.
    pub weight: f32,
}

impl Sign {
    /// What it adds, in log-odds; negative counts against.
    pub fn adds(&self) -> f32 {
        self.weight * self.strength
    }
}

impl Signs {
    /// The working of `features` under the weights of any answer and those of one relation.
    pub fn of(features: &Features, answers: &Weighing, relation: &Weighing) -> Self {
        let sign = |feature: &Feature| Sign {
            feature: *feature,
            strength: features.get(*feature),
            weight: answers.weights[*feature as usize] + relation.weights[*feature as usize],
        };
        let mut all: Vec<Sign> = Feature::ALL.iter().map(sign).filter(|sign| sign.adds() != 0.0).collect();
        all.sort_by(|a, b| b.adds().abs().total_cmp(&a.adds().abs()).then(a.feature.cmp(&b.feature)));
        Self { base: answers.bias + relation.bias, all }
    }

    /// Base and signs, in log-odds.
    pub fn sum(&self) -> f32 {
        self.base + self.all.iter().map(Sign::adds).sum::<f32>()
    }

    /// The fewest heaviest signs without which the score would lie below `threshold`.
    pub fn without(&self, threshold: f32) -> Vec<Sign> {
        let mut left_out: Vec<Sign> = self.all.iter().copied().filter(|sign| sign.adds() > 0.0).collect();
        left_out.truncate(hangs_on(self.sum(), threshold, left_out.iter().map(Sign::adds)));
        left_out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_add_up_and_say_what_the_link_hangs_on() {
        let mut features = Features::default();
        features.set(Feature::Denial, 0.5);
        features.set(Feature::Likeness, 1.0);
        let (mut answers, mut relation) = (Weighing::default(), Weighing::default());
        (answers.bias, relation.bias) = (-1.0, -0.5);
        answers.weights[Feature::Likeness as usize] = 1.0;
        relation.weights[Feature::Denial as usize] = 4.0;
        let signs = Signs::of(&features, &answers, &relation);
        assert!((signs.sum() - (answers.sum(&features) + relation.sum(&features))).abs() < 1e-6);
        let hangs: Vec<Feature> = signs.without(0.45).iter().map(|sign| sign.feature).collect();
        assert_eq!(hangs, [Feature::Denial]);
        assert_eq!(Feature::Denial.about(), "The answer denies, rejects or corrects.");
    }
}
