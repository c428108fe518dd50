//! How alike two sentences are, counted over their terms.
//!
//! Cosine of vectors of term weights (Salton and Buckley 1988): a term counts once in a sentence,
//! with the logarithm of its rarity.

use std::cmp::Ordering;

use super::links::content::Term;

/// The terms that both hold, each as it stands in `one` and in `other`; both must be ordered by id.
pub fn shared<'t>(one: &'t [Term], other: &'t [Term]) -> Vec<(&'t Term, &'t Term)> {
    let mut found = Vec::new();
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.id.cmp(&b.id) {
            Ordering::Less => left.next(),
            Ordering::Greater => right.next(),
            Ordering::Equal => {
                found.push((*a, *b));
                left.next();
                right.next()
            }
        };
    }
    found
}

/// Sum over the shared terms of the product of their weights.
pub fn dot(one: &[Term], other: &[Term]) -> f32 {
    shared(one, other).into_iter().map(|(a, b)| a.weight * b.weight).sum()
}

/// A product of two vectors as a cosine in `[0, 1]`; 0 if either is empty.
pub fn cosine(dot: f32, one: f32, other: f32) -> f32 {
    if one > 0.0 && other > 0.0 { (dot / (one * other)).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(ids: &[u32]) -> Vec<Term> {
        let term = |&id| Term { id, weight: 2.0, start: 0, length: 1, negated: false, name: false };
        ids.iter().map(term).collect()
    }

    #[test]
    fn only_common_terms_count() {
        let (one, other) = (terms(&[1, 3, 5, 9]), terms(&[2, 3, 9]));
        let ids: Vec<u32> = shared(&one, &other).iter().map(|(a, _)| a.id).collect();
        assert_eq!(ids, [3, 9]);
        assert!((dot(&one, &other) - 8.0).abs() < 1e-6);
        assert!(dot(&one, &[]).abs() < 1e-6);
    }

    #[test]
    fn a_sentence_is_most_like_itself() {
        let one = terms(&[1, 3]);
        let norm = 8.0_f32.sqrt();
        assert!((cosine(dot(&one, &one), norm, norm) - 1.0).abs() < 1e-6);
        assert!(cosine(1.0, 0.0, norm).abs() < 1e-6);
    }
}
