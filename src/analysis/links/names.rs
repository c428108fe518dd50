//! Names written in several ways: “Zelensky” and “Zelenskyy”, “Houthi” and “Houthis”.
//!
//! Only words that are written as names, or in letters English stems know nothing of, are compared,
//! and only where their character trigrams already agree: the costly comparison sees few pairs.

use std::collections::{HashMap, HashSet};

use super::content::{TermId, Written};

/// Share of both words' trigrams that must agree (Dice).
const TRIGRAMS: f32 = 0.6;
/// Jaro-Winkler likeness from which two spellings are one name.
const LIKENESS: f64 = 0.93;
/// Shortest name whose spelling may vary, in characters.
const SHORTEST: usize = 5;
/// Trigrams of more names than this tell nothing.
const MOST_NAMES: usize = 64;

/// For each term the one that stands for it: itself, or the first spelling of the same name.
pub(super) fn variants(terms: &[Written], distinct: &HashSet<(String, String)>) -> Vec<TermId> {
    let mut stands_for: Vec<TermId> = (0..terms.len() as TermId).collect();
    let mut by_trigram: HashMap<[char; 3], Vec<TermId>> = HashMap::new();
    let (mut agreeing, mut touched) = (vec![0_u16; terms.len()], Vec::new());
    for (id, term) in terms.iter().enumerate().filter(|(_, term)| varies(term)) {
        let trigrams = trigrams(&term.stem);
        for trigram in &trigrams {
            let earlier = by_trigram.entry(*trigram).or_default();
            if earlier.len() < MOST_NAMES {
                for &other in earlier.iter() {
                    if agreeing[other as usize] == 0 {
                        touched.push(other);
                    }
                    agreeing[other as usize] = agreeing[other as usize].saturating_add(1);
                }
                earlier.push(id as TermId);
            }
        }
        touched.sort_unstable();
        let agreed: Vec<(TermId, u16)> =
            touched.drain(..).map(|other| (other, std::mem::take(&mut agreeing[other as usize]))).collect();
        let same = agreed.into_iter().find(|&(other, agree)| {
            let other = &terms[other as usize].stem;
            let dice = 2.0 * f32::from(agree) / (trigrams.len() + other.chars().count() - 2) as f32;
            dice >= TRIGRAMS
                && !distinct.contains(&ordered(other, &term.stem))
                && strsim::jaro_winkler(other, &term.stem) >= LIKENESS
        });
        if let Some((other, _)) = same {
            stands_for[id] = stands_for[other as usize];
        }
    }
    stands_for
}

/// Whether the term is a name, or a long word of another script.
fn varies(term: &Written) -> bool {
    let long = term.stem.chars().count() >= SHORTEST;
    let foreign = term.stem.chars().all(|c| c.is_alphabetic() && c > '\u{24f}');
    long && (foreign || (term.capital > 0 && term.small == 0))
}

/// Every three characters in a row, each once, in order.
fn trigrams(word: &str) -> Vec<[char; 3]> {
    let letters: Vec<char> = word.chars().collect();
    let mut found: Vec<[char; 3]> = letters.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn ordered(one: &str, two: &str) -> (String, String) {
    if one < two { (one.to_owned(), two.to_owned()) } else { (two.to_owned(), one.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, two: &str, same: bool) {
        let name = |stem: &str| Written { stem: stem.to_owned(), capital: 1, ..Written::default() };
        let distinct = HashSet::from([("austria".to_owned(), "australia".to_owned())]);
        let distinct = distinct.into_iter().map(|(a, b)| ordered(&a, &b)).collect();
        let found = variants(&[name(one), name(two)], &distinct);
        assert_eq!(found == [0, 0], same, "{one} {two}");
    }

    #[test]
    fn spellings_of_a_name_are_one_term() {
        check("zelensky", "zelenskyy", true);
        check("khamenei", "khameneii", true);
        check("ostergaal", "ostergaals", true);
        check("санкциями", "санкциям", true);
    }

    #[test]
    fn other_names_stay_apart() {
        check("austria", "australia", false);
        check("slovakia", "slovenia", false);
        check("iran", "iraq", false);
        check("blinken", "zhao", false);
    }

    #[test]
    fn a_common_word_is_no_name() {
        let small = |stem: &str| Written { stem: stem.to_owned(), small: 1, ..Written::default() };
        assert_eq!(variants(&[small("statement"), small("statements")], &HashSet::new()), [0, 1]);
    }
}
