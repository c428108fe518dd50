//! What has changed between two texts, word by word; where lines end, and how quotation marks look,
//! does not count.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// A stretch that differs: words of one text, by number, in the place of words of the other. Either may
/// be empty, but not both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Words of the first text.
    pub before: Range<usize>,
    /// Words of the second.
    pub after: Range<usize>,
}

/// The changes that lead from `before` to `after`, in order (Myers 1986, as git does it).
pub fn changes<'t>(
    before: impl Iterator<Item = &'t str>,
    after: impl Iterator<Item = &'t str>,
) -> Vec<Change> {
    let mut input = InternedInput::default();
    input.update_before(before);
    input.update_after(after);
    let range = |range: Range<u32>| range.start as usize..range.end as usize;
    let diff = Diff::compute(Algorithm::Histogram, &input);
    diff.hunks().map(|hunk| Change { before: range(hunk.before), after: range(hunk.after) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use crate::text::words::plain_words;

    fn check(before: &str, after: &str, expected: &[(&str, &str)]) {
        let words = |text| plain_words(text).map(|(_, word)| fold(word)).collect::<Vec<String>>();
        let (before, after) = (words(before), words(after));
        let found = changes(before.iter().map(String::as_str), after.iter().map(String::as_str));
        let shown: Vec<(String, String)> = found
            .iter()
            .map(|change| (before[change.before.clone()].join(" "), after[change.after.clone()].join(" ")))
            .collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn only_words_count() {
        check("We “deny”\nit.", "We \"deny\" it", &[]);
        check("We must act now.", "We should act.", &[("must", "should"), ("now", "")]);
        check("", "We act", &[("", "we act")]);
        check("", "", &[]);
    }
}
