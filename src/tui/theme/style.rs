//! A style in words: `"light_cyan underlined"`, `"black on yellow"`, `"#9cdcfe on #1e1e1e bold"`.
#![allow(clippy::disallowed_types)] // colours are built here and nowhere else

use ratatui::style::{Color, Modifier, Style};

use super::super::keymap::did_you_mean;

const COLOURS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark_gray", Color::DarkGray),
    ("light_red", Color::LightRed),
    ("light_green", Color::LightGreen),
    ("light_yellow", Color::LightYellow),
    ("light_blue", Color::LightBlue),
    ("light_magenta", Color::LightMagenta),
    ("light_cyan", Color::LightCyan),
    ("white", Color::White),
];

const ATTRIBUTES: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed_out", Modifier::CROSSED_OUT),
];

/// The style that `words` describe; of each word that means nothing its byte and what would be right
/// are added to `wrong`.
pub fn read(words: &str, wrong: &mut Vec<(usize, String)>) -> Style {
    let mut style = Style::new();
    let mut ground = None;
    for word in words.split_whitespace() {
        let at = word.as_ptr().addr() - words.as_ptr().addr();
        let attribute = ATTRIBUTES.iter().find(|(name, _)| *name == word).map(|(_, attribute)| *attribute);
        match (word, colour(word), attribute) {
            ("on", _, _) if ground.is_none() => ground = Some(at),
            (_, Some(colour), _) if ground.is_some() => (style, ground) = (style.bg(colour), None),
            (_, Some(colour), _) => style = style.fg(colour),
            (_, _, Some(attribute)) => style = style.add_modifier(attribute),
            _ => wrong.push((at, unknown(word))),
        }
    }
    if let Some(at) = ground {
        wrong.push((at, "a colour of the background comes after `on`".to_owned()));
    }
    style
}

fn colour(word: &str) -> Option<Color> {
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == word) {
        return Some(*colour);
    }
    let digits = word.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    Some(Color::Rgb(part(0)?, part(2)?, part(4)?))
}

fn unknown(word: &str) -> String {
    if word.starts_with('#') {
        return format!(
            "`{}` is no colour; six hexadecimal digits make one, as `#9cdcfe`",
            word.escape_debug()
        );
    }
    let names = |list: &mut dyn Iterator<Item = &'static str>| list.collect::<Vec<_>>();
    let attributes = names(&mut ATTRIBUTES.iter().map(|(name, _)| *name));
    let colours = names(&mut COLOURS.iter().map(|(name, _)| *name));
    let known: Vec<&str> = attributes.iter().chain(&colours).copied().collect();
    format!(
        "unknown word `{}`{}; attributes: {}; colours: {}, or as `#9cdcfe`; `on` before the background",
        word.escape_debug(),
        did_you_mean(word, &known),
        attributes.join(" "),
        colours.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &Style, mistakes: &[(usize, &str)]) {
        let mut wrong = Vec::new();
        assert_eq!(read(words, &mut wrong), *expected, "{words}");
        let told: Vec<(usize, &str)> =
            wrong.iter().zip(mistakes).map(|((at, told), (_, start))| (*at, &told[..start.len()])).collect();
        assert_eq!((told.as_slice(), wrong.len()), (mistakes, mistakes.len()), "{wrong:?}");
    }

    #[test]
    fn words_make_a_style() {
        check("", &Style::new(), &[]);
        check("black on yellow", &Style::new().fg(Color::Black).bg(Color::Yellow), &[]);
        let rgb = Style::new().fg(Color::Rgb(0x9c, 0xdc, 0xfe)).bg(Color::Rgb(0, 1, 2)).bold();
        check("#9cdcfe on #000102 bold", &rgb, &[]);
    }

    #[test]
    fn every_wrong_word_is_told() {
        check(
            "bald grean #12 on",
            &Style::new(),
            &[
                (0, "unknown word `bald`; did you mean `bold`?"),
                (5, "unknown word `grean`; did you mean `green`?"),
                (11, "`#12` is no colour"),
                (15, "a colour of the background"),
            ],
        );
    }
}
