//! Logistic regression over features that are counted, held down by a ridge, with a given offset; and
//! over a few that have a value in every row, as the sum of its words' vectors.
//!
//! Solved by the accelerated gradient of Beck and Teboulle (2009), whose step is bounded by the largest
//! eigenvalue: no learning rate, no chance.

/// Rounds of the solver; the losses of our sets no longer change in the sixth digit.
const ROUNDS: usize = 400;
/// Rounds in which the largest eigenvalue is found, and how much is added for what they miss.
const POWERS: usize = 30;
const MARGIN: f64 = 1.1;

/// Sentences as rows of features.
#[derive(Clone, Debug)]
pub struct Rows {
    features: usize,
    /// How many values each row has beside them.
    width: usize,
    /// Row by row.
    values: Vec<f64>,
    /// The features of all rows; row `i` has those from `starts[i]` to `starts[i + 1]`.
    all: Vec<u32>,
    starts: Vec<usize>,
    given: Vec<f64>,
    labels: Vec<f64>,
    counts: Vec<f64>,
}

impl Rows {
    /// None yet; of so many features and values.
    pub fn new(features: usize, width: usize) -> Self {
        let (all, given, labels, counts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { features, width, values: Vec::new(), all, starts: vec![0], given, labels, counts }
    }

    /// Adds a row: its features (one that comes twice counts twice), its values, its offset, its label
    /// and how much it counts.
    pub fn add(
        &mut self,
        features: impl Iterator<Item = usize>,
        values: &[f64],
        given: f64,
        label: bool,
        counts: f64,
    ) {
        self.values.extend(values);
        self.all.extend(features.map(|feature| feature as u32));
        self.starts.push(self.all.len());
        self.given.push(given);
        self.labels.push(f64::from(u8::from(label)));
        self.counts.push(counts);
    }

    fn of(&self, row: usize) -> &[u32] {
        &self.all[self.starts[row]..self.starts[row + 1]]
    }

    fn values_of(&self, row: usize) -> &[f64] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// For each row the sum of the weights of its features, and of its values by theirs.
    fn times(&self, weights: &[f64]) -> Vec<f64> {
        let (own, other) = weights.split_at(self.features);
        let sum = |row: usize| {
            let counted: f64 = self.of(row).iter().map(|feature| own[*feature as usize]).sum();
            let valued: f64 =
                self.values_of(row).iter().zip(other).map(|(value, weight)| value * weight).sum();
            counted + valued
        };
        (0..self.given.len()).map(sum).collect()
    }

    /// For each feature the sum of what its rows are given, and for each value that by the value.
    fn back(&self, given: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.features + self.width];
        let (own, other) = sums.split_at_mut(self.features);
        for (row, given) in given.iter().enumerate() {
            for feature in self.of(row) {
                own[*feature as usize] += given;
            }
            for (sum, value) in other.iter_mut().zip(self.values_of(row)) {
                *sum = given.mul_add(*value, *sum);
            }
        }
        sums
    }

    /// Offset and weights of each row, in log-odds.
    pub fn sums(&self, weights: &[f64]) -> Vec<f64> {
        let sums = self.times(weights);
        sums.iter().zip(&self.given).map(|(sum, given)| sum + given).collect()
    }

    /// No less than the largest eigenvalue of the loss's curvature.
    fn steepest(&self, total: f64) -> f64 {
        let mut direction = vec![1.0; self.features + self.width];
        let mut length = 1.0;
        for _ in 0..POWERS {
            let seen = self.times(&direction);
            let weighed: Vec<f64> =
                seen.iter().zip(&self.counts).map(|(value, count)| value * count).collect();
            direction = self.back(&weighed);
            length = direction.iter().map(|value| value * value).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            for value in &mut direction {
                *value /= length;
            }
        }
        length / (4.0 * total) * MARGIN
    }
}

/// Fitted weights with the rows they were fitted to.
#[derive(Clone, Debug)]
pub struct Model {
    /// One for each feature, then one for each value.
    pub weights: Vec<f64>,
    rows: Rows,
}

impl Model {
    /// Fits.
    pub fn fit(rows: Rows, ridge: f64) -> Self {
        let total = rows.counts.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let step = 1.0 / (rows.steepest(total) + ridge);
        let mut weights = vec![0.0; rows.features + rows.width];
        let mut ahead = weights.clone();
        let mut momentum = 1.0_f64;
        for _ in 0..ROUNDS {
            let slope = slope(&rows, &ahead, total, ridge);
            let next: Vec<f64> =
                ahead.iter().zip(&slope).map(|(weight, slope)| weight - step * slope).collect();
            let grown = f64::midpoint(1.0, (4.0 * momentum).mul_add(momentum, 1.0).sqrt());
            let pace = (momentum - 1.0) / grown;
            ahead = next.iter().zip(&weights).map(|(next, last)| next + pace * (next - last)).collect();
            weights = next;
            momentum = grown;
        }
        Self { weights, rows }
    }

    /// Offset and weights of each row, in log-odds.
    pub fn sums(&self) -> Vec<f64> {
        self.rows.sums(&self.weights)
    }
}

/// The slope of the mean loss and the ridge.
fn slope(rows: &Rows, weights: &[f64], total: f64, ridge: f64) -> Vec<f64> {
    let mut errors = rows.times(weights);
    for (row, sum) in errors.iter_mut().enumerate() {
        let probability = 1.0 / (1.0 + (-(*sum + rows.given[row])).exp());
        *sum = rows.counts[row] * (probability - rows.labels[row]) / total;
    }
    let slopes = rows.back(&errors);
    slopes.iter().zip(weights).map(|(slope, weight)| ridge.mul_add(*weight, *slope)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: [(usize, bool); 7] =
        [(0, true), (0, true), (0, true), (0, false), (1, false), (1, false), (1, true)];

    #[test]
    fn weights_are_the_log_odds_above_what_is_given() {
        let mut rows = Rows::new(2, 0);
        for (feature, label) in SEEN {
            rows.add([feature].into_iter(), &[], 0.5, label, 1.0);
        }
        // Three in four and one in three are of the kind: ln 3 and −ln 2, less the offset.
        let weights = Model::fit(rows, 1e-9).weights;
        assert!((weights[0] - (3_f64.ln() - 0.5)).abs() < 1e-3, "{weights:?}");
        assert!((weights[1] - (-(2_f64.ln()) - 0.5)).abs() < 1e-3, "{weights:?}");
    }

    #[test]
    fn a_value_counts_by_its_size() {
        let mut rows = Rows::new(0, 2);
        for (feature, label) in SEEN {
            let mut values = [0.0; 2];
            values[feature] = 2.0;
            rows.add(std::iter::empty(), &values, 0.5, label, 1.0);
        }
        let weights = Model::fit(rows, 1e-9).weights;
        assert!((weights[0] - (3_f64.ln() - 0.5) / 2.0).abs() < 1e-3, "{weights:?}");
    }

    #[test]
    fn nothing_is_fitted_to_nothing() {
        assert!(Model::fit(Rows::new(0, 0), 0.1).weights.is_empty());
        assert_eq!(Model::fit(Rows::new(1, 0), 0.1).weights, [0.0]);
    }
}
