//! Case, accents of quotes and dashes folded for matching, one word at a time.
//!
//! A whole text is never folded: lower-casing may change its length and move every later offset.

/// `word` in lower case with straight quotes and plain hyphens.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .flat_map(|c| {
            match c {
                '’' | '‘' | 'ʼ' => '\'',
                '‐' | '‑' => '-',
                c => c,
            }
            .to_lowercase()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_case_do_not_matter() {
        assert_eq!(fold("China’S"), "china's");
        assert_eq!(fold("cyber‑Attack"), "cyber-attack");
        assert_eq!(fold("COVID-19"), "covid-19");
    }
}
