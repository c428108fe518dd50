//! How far two readers agree, be one of them the program: Cohen's kappa for each kind of mark.

use crate::lexicon::CueKind;

/// In how many units two readers marked a kind; a unit is a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Both did.
    pub both: usize,
    /// Only the first did.
    pub first: usize,
    /// Only the second did.
    pub second: usize,
    /// Neither did.
    pub neither: usize,
}

impl Counts {
    /// Cohen's kappa, from -1 to 1; none if there is no unit, or if both always said the same one
    /// thing, so that chance alone explains all.
    ///
    /// κ = (pₒ − pₑ) / (1 − pₑ), where pₒ is the share of units on which the two agree and pₑ the
    /// share expected if each marked as often as they do but by chance: J. Cohen, “A coefficient of
    /// agreement for nominal scales”, Educational and Psychological Measurement 20 (1960), 37–46.
    pub fn kappa(&self) -> Option<f64> {
        let all = (self.both + self.first + self.second + self.neither) as f64;
        if all == 0.0 {
            return None;
        }
        let (first, second) = ((self.both + self.first) as f64 / all, (self.both + self.second) as f64 / all);
        let observed = (self.both + self.neither) as f64 / all;
        let expected = first * second + (1.0 - first) * (1.0 - second);
        (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
    }

    fn add(&mut self, first: bool, second: bool) {
        *match (first, second) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.first,
            (false, true) => &mut self.second,
            (false, false) => &mut self.neither,
        } += 1;
    }
}

/// The agreement of two readers, by [`CueKind`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Over all units.
    pub all: [Counts; 3],
    /// Over the units that at least one of the two marked as anything.
    pub marked: [Counts; 3],
    /// How many units these are.
    pub units_marked: usize,
    /// How many units there are.
    pub units: usize,
}

impl Agreement {
    /// Compares what two readers marked each unit as, by [`CueKind`].
    pub fn of(units: impl IntoIterator<Item = ([bool; 3], [bool; 3])>) -> Self {
        let mut agreement = Self::default();
        for (first, second) in units {
            let marked = first.contains(&true) || second.contains(&true);
            agreement.units += 1;
            agreement.units_marked += usize::from(marked);
            for kind in CueKind::ALL.map(|kind| kind as usize) {
                agreement.all[kind].add(first[kind], second[kind]);
                if marked {
                    agreement.marked[kind].add(first[kind], second[kind]);
                }
            }
        }
        agreement
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kappa(both: usize, first: usize, second: usize, neither: usize) -> Option<f64> {
        Counts { both, first, second, neither }.kappa()
    }

    #[test]
    fn kappa_is_as_worked_by_hand() {
        // 20 and 15 of 50 agreed: pₒ = 0.7, pₑ = 0.5 · 0.6 + 0.5 · 0.4 = 0.5.
        assert!((kappa(20, 5, 10, 15).expect("it is defined") - 0.4).abs() < 1e-12);
        assert_eq!(kappa(7, 0, 0, 3), Some(1.0));
        assert_eq!((kappa(0, 0, 0, 0), kappa(4, 0, 0, 0), kappa(0, 0, 0, 9)), (None, None, None));
        assert!(kappa(0, 5, 5, 0).is_some_and(|kappa| kappa < 0.0));
    }

    #[test]
    fn units_that_nobody_marked_count_only_over_all() {
        let (claim, both, none) = ([true, false, false], [true, false, true], [false; 3]);
        let agreement = Agreement::of([(claim, both), (none, none), (none, claim), (none, none)]);
        assert_eq!((agreement.units_marked, agreement.units), (2, 4));
        assert_eq!(agreement.marked[0], Counts { both: 1, first: 0, second: 1, neither: 0 });
        assert_eq!(agreement.all[0], Counts { both: 1, first: 0, second: 1, neither: 2 });
        assert_eq!(agreement.all[2], Counts { both: 0, first: 0, second: 1, neither: 3 });
    }

    proptest! {
        #[test]
        fn kappa_lies_between_its_bounds_and_knows_no_first(a in 0usize..50, b in 0usize..50, c in 0usize..50, d in 0usize..50) {
            if let Some(found) = kappa(a, b, c, d) {
                prop_assert!((-1.0..=1.0).contains(&found), "{found}");
                prop_assert!((found - kappa(a, c, b, d).expect("as defined")).abs() < 1e-9);
            }
        }
    }
}
