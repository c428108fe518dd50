//! Whether what a PDF gives as text is text, and what can be mended of it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::assets::{packed, read};

use crate::text::is_unspaced;

/// Says why `text` cannot be shown, in a phrase that goes on from “a PDF file”.
///
/// # Errors
/// If there is next to no text (pictures of pages), or if it is garbage: fonts without a map to
/// Unicode look fine on the page and give signs of anything.
pub fn judge(text: &str) -> Result<(), String> {
    let pages = text.matches(super::pages::PAGE_END).count().max(1);
    let visible = text.chars().filter(|c| c.is_alphanumeric()).count();
    if visible < 20 || visible < pages * 30 {
        let pages = if pages == 1 { "its page".to_owned() } else { format!("its {pages} pages") };
        return Err(format!("with hardly any text on {pages} (scanned?): run an OCR program on it first"));
    }
    let (mut words, mut likely) = (0, 0);
    // Controls, shown by signs, belong to no word.
    let shown = |c: char| c.is_whitespace() || ('\u{2400}'..='\u{2426}').contains(&c);
    for word in text.split(shown).filter(|word| !word.is_empty()) {
        // Numbers tell nothing: garbage is full of them.
        if word.contains(char::is_alphabetic) {
            words += word.len();
            likely += if is_likely(word) { word.len() } else { 0 };
        }
    }
    let unnamed = text.matches('\u{FFFD}').count();
    let drawn = text.chars().filter(|c| !c.is_whitespace()).count();
    if likely * 2 < words || unnamed * 5 > drawn {
        return Err("whose text is garbage, though its pages may look fine (its fonts do not say which \
            letters they draw): run an OCR program on it, or look for another copy"
            .to_owned());
    }
    Ok(())
}

/// Whether a word could be one: letters of one case behind the first, or a number; where words have no
/// spaces between them, mostly letters.
fn is_likely(word: &str) -> bool {
    if word.contains(is_unspaced) {
        let (letters, all) = (word.chars().filter(|c| c.is_alphanumeric()).count(), word.chars().count());
        return letters * 2 >= all;
    }
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\u{FFFD}');
    if bare.is_empty() {
        return word.chars().count() <= 3;
    }
    let is_number = bare.starts_with(|c: char| c.is_numeric())
        && bare.chars().all(|c| c.is_numeric() || ".,:/-–%stndrh".contains(c));
    let parts =
        bare.split(['-', '–', '—', '’', '\'', '/', '.', ',', '\u{FFFD}', '\u{2010}', '\u{2011}', '&']);
    is_number || parts.into_iter().all(is_likely_part)
}

fn is_likely_part(part: &str) -> bool {
    let lower = part.chars().skip(1).filter(|c| c.is_lowercase()).count();
    let upper = part.chars().skip(1).filter(|c| c.is_uppercase()).count();
    let odd = part.chars().filter(|c| !c.is_alphabetic() || *c == 'ÿ').count();
    let ascii = part.len() > 3 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let spoken = !ascii || part.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    odd == 0 && (lower == 0 || upper <= 1) && spoken && part.chars().count() <= 40
        || part.chars().all(char::is_numeric)
}

/// What `assets/pdf.toml` lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mending {
    /// First parts of words that keep their hyphen at a line end.
    pub compounds: Vec<String>,
    usual: String,
    pair: Vec<Pair>,
}

/// Letters that fonts draw as one, with words or beginnings of words that hold them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    letters: String,
    words: Vec<String>,
}

/// The list that is built in.
pub static MENDING: LazyLock<Mending> = LazyLock::new(|| read(packed!("pdf.toml")));

/// `text` with joined letters taken apart; those that the fonts do not name are put back by the word
/// they stand in, which is told.
pub fn mended(text: &str) -> (String, Option<String>) {
    let mut mended = String::with_capacity(text.len());
    let mut count = 0;
    let is_within = |c: char| c.is_alphabetic() || c == '\u{FFFD}';
    let mut rest = text;
    while let Some(start) = rest.find(is_within) {
        let end = rest[start..].find(|c| !is_within(c)).map_or(rest.len(), |length| start + length);
        mended.push_str(&rest[..start]);
        let word = &rest[start..end];
        let unnamed = word.matches('\u{FFFD}').count();
        if unnamed > 0 && unnamed * 2 < word.chars().count() {
            count += unnamed;
            mended.push_str(&named(word));
        } else {
            mended.push_str(word);
        }
        rest = &rest[end..];
    }
    mended.push_str(rest);
    let joined =
        [("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("ﬅ", "st"), ("ﬆ", "st")];
    for (one, letters) in joined {
        if mended.contains(one) {
            mended = mended.replace(one, letters);
        }
    }
    let warning = (count > 0).then(|| {
        let usual = &MENDING.usual;
        format!(
            "{count} joined letters that its fonts do not name were put back, most as “{usual}”; check what you quote"
        )
    });
    (mended, warning)
}

/// `word` with each sign for an unknown letter replaced.
fn named(word: &str) -> String {
    let mut word = word.to_owned();
    while let Some(at) = word.find('\u{FFFD}') {
        let fits = |letters: &str, known: &String| {
            let tried = word.replacen('\u{FFFD}', letters, 1).to_lowercase();
            tried.starts_with(known.as_str()) && known.len() >= at + letters.len()
        };
        let pair = MENDING.pair.iter().find(|pair| pair.words.iter().any(|known| fits(&pair.letters, known)));
        let letters = pair.map_or(MENDING.usual.as_str(), |pair| pair.letters.as_str());
        word = word.replacen('\u{FFFD}', letters, 1);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> bool {
        judge(text).is_err()
    }

    #[test]
    fn text_is_told_from_garbage() {
        assert!(!refused(
            "The U.S. Government’s response, as of 12:30 p.m. on 3 May 2031, was long-standing."
        ));
        assert!(!refused("Мы отвергаем эти обвинения, они не имеют под собой никаких оснований и ложны."));
        assert!(!refused("外交部发言人表示，这种指责毫无根据，中方坚决反对，并已提出严正交涉，绝不接受。"));
        assert!(!refused("THE UNITED NA�ONS GENERAL ASSEMBLY IN NEW YORK"));
        assert!(refused("0123 4 5367 4 899323 9ÿÿ 7ÿ7ÿ373 9ÿ1ÿ93ÿ3 '()(*+*,(ÿ./ÿ012)34ÿ56,7896:4;ÿ<3*461*"));
        assert!(refused(
            "UVWXYZ[ÿ]ÿSYV[^_V`aÿb^_V`ÿbVcdYVÿaeVÿ fJaeÿ gV[[^d`ÿ dcÿaeVÿh`^aV_ÿiXa^d`[ÿjV`VYXkÿ"
        ));
        assert!(refused(&"� ˘ � ˇ ˆ � ˙ a � ˝ ˛ b � ˚ c ˜ d ˆ e ".repeat(9)));
        assert!(refused("page 1\u{F8FF}"));
    }

    #[test]
    fn joined_letters_are_put_back() {
        for (text, expected) in [
            ("the ﬁrst Na�ons", "the first Nations"),
            ("a�er the pla�orm", "after the platform"),
            ("a�acks commi�ed", "attacks committed"),
            ("legi�mate �me", "legitimate time"),
            ("lone � sign", "lone � sign"),
        ] {
            assert_eq!(mended(text).0, expected);
        }
        assert_eq!(mended("sound").1, None);
        assert!(mended("Na�ons").1.is_some());
    }
}
