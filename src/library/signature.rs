//! What stands in a posting beside its words: the line that signs it, `— Name (@handle) date`, and
//! web addresses.
//!
//! A claim may speak of whoever signed, so that the words of a signature count; but they must not drown
//! the others.

/// Longest name between the dash and the handle, in bytes.
const NAME: usize = 80;
/// Longest date behind the handle, in bytes.
const DATE: usize = 24;
/// How web addresses begin.
const ADDRESSES: [&str; 4] = ["http://", "https://", "www.", "pic.twitter.com/"];

/// The text without signatures and web addresses; nothing if it has none of them.
pub fn without(text: &str) -> Option<String> {
    let unsigned = unsigned(text);
    let kept = unaddressed(unsigned.as_deref().unwrap_or(text));
    kept.or(unsigned)
}

fn unsigned(text: &str) -> Option<String> {
    let mut kept = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices("(@") {
        let Some(before) = text.get(from..at) else { continue };
        let Some(dash) = before.rfind('—').filter(|dash| before.len() - dash <= NAME) else { continue };
        let Some(close) = text[at..].find(')') else { continue };
        let end = at + close + 1;
        kept.push_str(&before[..dash]);
        kept.push(' ');
        from = end + date(&text[end..]);
    }
    (from > 0).then(|| kept + &text[from..])
}

/// The length of a date that `text` begins with, up to its year; 0 if there is none.
fn date(text: &str) -> usize {
    let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let words = text.split_inclusive(char::is_whitespace).scan(0, |end, word| {
        *end += word.len();
        Some((*end, word.trim()))
    });
    let found = words.take_while(|(end, _)| *end <= DATE).find(|(_, word)| year(word));
    found.map_or(0, |(end, _)| end)
}

fn unaddressed(text: &str) -> Option<String> {
    let first = |text: &str| ADDRESSES.iter().filter_map(|address| text.find(address)).min();
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = first(rest) {
        kept.push_str(&rest[..at]);
        kept.push(' ');
        let address = &rest[at..];
        rest = &address[address.find(char::is_whitespace).unwrap_or(address.len())..];
    }
    (rest.len() < text.len()).then(|| kept + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(without(text).map(words).as_deref(), expected, "{text}");
    }

    #[test]
    fn signatures_are_left_out() {
        check("The dam broke. — Ilse Brandt (@brandt) May 2, 2019", Some("The dam broke."));
        check("One — A (@a) May 2, 2019 Two — B (@b) June 3, 2019", Some("One Two"));
        check("The dam — our dam — broke (@brandt)", Some("The dam — our dam"));
    }

    #[test]
    fn addresses_are_left_out() {
        check("Look http://a.example/b now pic.twitter.com/xyz", Some("Look now"));
        check("www.a.example", Some(""));
    }

    #[test]
    fn plain_words_have_none() {
        check("The dam broke — at last.", None);
        check("(@", None);
        check("", None);
    }
}
