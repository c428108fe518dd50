//! Roles to styles, read from `assets/themes/`: the only place that knows a colour.
//!
//! A style is written in words: `"light_cyan underlined"`, `"black on yellow"`. Colours are the
//! terminal's own sixteen, so the reader's palette stays in charge.
#![allow(clippy::disallowed_types)] // colours are built here and nowhere else

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use toml::Spanned;

use crate::lexicon::CueKind;

/// Which theme is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Dark until the terminal says that its background is light.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// No colours.
    Plain,
}

impl Choice {
    /// All of them with their names, as in settings and flags.
    pub const ALL: [(Self, &str); 4] =
        [(Self::Auto, "auto"), (Self::Dark, "dark"), (Self::Light, "light"), (Self::Plain, "plain")];

    /// The theme to use when the background is `light`, or not known.
    pub fn theme(self, light: Option<bool>) -> Theme {
        let (name, text) = match (self, light) {
            (Self::Plain, _) => ("plain.toml", include_str!("../../assets/themes/plain.toml")),
            (Self::Light, _) | (Self::Auto, Some(true)) => {
                ("light.toml", include_str!("../../assets/themes/light.toml"))
            }
            (Self::Dark | Self::Auto, _) => ("dark.toml", include_str!("../../assets/themes/dark.toml")),
        };
        Theme::read(name, text).expect("the built-in themes are checked by a test")
    }
}

macro_rules! roles {
    ($($role:ident $about:literal;)*) => {
        /// One style for each role on the screen.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Theme {
            $(#[doc = $about] pub $role: Style,)*
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Words {
            $($role: Spanned<String>,)*
        }

        impl Theme {
            /// Every role with its style, in the order of the file.
            pub fn roles(&self) -> Vec<(&'static str, Style)> {
                vec![$((stringify!($role), self.$role),)*]
            }

            fn of(words: &Words, wrong: &mut Vec<(usize, String)>) -> Self {
                Self { $($role: style(&words.$role, wrong),)* }
            }
        }
    };
}

roles! {
    name "The program's name.";
    title "The session's name, counts, and titles of panels.";
    dim "What is said in passing.";
    rule "Lines between columns and panels.";
    header "A statement's speaker.";
    header_focus "The speaker of the column in focus.";
    text "The statements' words.";
    question "The question above an answer.";
    number "A sentence's number.";
    number_rest "The number of the sentence that a column would return to.";
    number_focus "The number of the sentence in focus.";
    bar "The bar beside the sentence in focus.";
    read "The tick of a sentence marked as read.";
    claim "Letter and cues of claims.";
    rebuttal "Letter and cues of rebuttals.";
    rhetoric "Letter and cues of rhetoric.";
    note "Notes and verdicts.";
    noted "Words that a note is on.";
    selected "Words that are selected.";
    hit "Words found by a search.";
    hit_here "The hit the search stands on.";
    passage "In a document's own text, words that belong to a statement.";
    passage_here "The same, of the statement in focus.";
    attribution "Words that give a passage to its speaker.";
    thread "The thread between linked sentences.";
    thumb "The part of the strip that is on the screen.";
    evidence "Words that speak for the link shown.";
    value "Scores.";
    against "Weights that count against.";
    key "Keys.";
    key_words "What keys do.";
    message "What was done.";
    warning "What was not done.";
    panel "Frames of panels.";
    chosen "The chosen row of a list.";
    cursor "The cursor of a text field.";
}

impl Theme {
    /// The theme that `text` describes; `file` names it in messages.
    ///
    /// # Errors
    /// Every mistake with line and column, one a line.
    pub fn read(file: &str, text: &str) -> Result<Self, String> {
        let tell = |at: usize, what: &str| {
            let before = text.get(..at).unwrap_or(text);
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            format!("{file}:{}:{column}: {what}", before.matches('\n').count() + 1)
        };
        let words: Words = toml::from_str(text)
            .map_err(|error| tell(error.span().map_or(0, |span| span.start), error.message()))?;
        let mut wrong = Vec::new();
        let theme = Self::of(&words, &mut wrong);
        if wrong.is_empty() {
            return Ok(theme);
        }
        let lines: Vec<String> = wrong.iter().map(|(at, what)| tell(*at, what)).collect();
        Err(lines.join("\n"))
    }

    /// The style of a kind's letter and cues.
    pub fn kind(&self, kind: CueKind) -> Style {
        match kind {
            CueKind::Claim => self.claim,
            CueKind::Rebuttal => self.rebuttal,
            CueKind::Rhetoric => self.rhetoric,
        }
    }

    /// Whether a kind's style has a colour or an attribute that no other kind has.
    #[cfg(test)]
    fn kinds_differ_without_colour(&self) -> bool {
        let bare = CueKind::ALL.map(|kind| self.kind(kind).add_modifier);
        bare[0] != bare[1] && bare[1] != bare[2] && bare[0] != bare[2]
    }
}

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

/// The style that words describe; what is wrong with them is added to `wrong`.
fn style(words: &Spanned<String>, wrong: &mut Vec<(usize, String)>) -> Style {
    let mut style = Style::new();
    let mut ground = false;
    for word in words.get_ref().split_whitespace() {
        let colour = COLOURS.iter().find(|(name, _)| *name == word).map(|(_, colour)| *colour);
        let attribute = ATTRIBUTES.iter().find(|(name, _)| *name == word).map(|(_, attribute)| *attribute);
        match (word, colour, attribute) {
            ("on", _, _) => ground = true,
            (_, Some(colour), _) if ground => (style, ground) = (style.bg(colour), false),
            (_, Some(colour), _) => style = style.fg(colour),
            (_, _, Some(attribute)) => style = style.add_modifier(attribute),
            _ => {
                let colours: Vec<&str> = COLOURS.iter().map(|(name, _)| *name).collect();
                let attributes: Vec<&str> = ATTRIBUTES.iter().map(|(name, _)| *name).collect();
                let what = format!(
                    "unknown word `{word}`; attributes: {}; colours: {}; `on` before the background",
                    attributes.join(" "),
                    colours.join(" ")
                );
                wrong.push((words.span().start, what));
            }
        }
    }
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_themes_tell_kinds_apart_without_colour() {
        for (choice, name) in Choice::ALL {
            assert!(choice.theme(None).kinds_differ_without_colour(), "{name}");
        }
    }

    #[test]
    fn the_plain_theme_has_no_colour() {
        for (role, style) in Choice::Plain.theme(None).roles() {
            assert_eq!((style.fg, style.bg), (None, None), "{role}");
        }
    }

    #[test]
    fn auto_follows_the_background() {
        assert_eq!(Choice::Auto.theme(Some(true)), Choice::Light.theme(None));
        assert_eq!(Choice::Auto.theme(Some(false)), Choice::Dark.theme(None));
        assert_eq!(Choice::Plain.theme(Some(true)), Choice::Plain.theme(None));
    }

    #[test]
    fn mistakes_say_where_and_what_would_be_right() {
        let plain = include_str!("../../assets/themes/plain.toml");
        let told = Theme::read("t", &plain.replace("name = \"bold\"", "name = \"bald\"")).expect_err("wrong");
        assert!(told.starts_with("t:4:8: unknown word `bald`; attributes: bold"), "{told}");
        let told = Theme::read("t", &plain.replace("dim = \"\"", "dimm = \"\"")).expect_err("wrong");
        assert!(told.contains("unknown field `dimm`"), "{told}");
    }
}
