//! Roles to styles, read from `assets/themes/` and from files of the user: the only place that knows
//! a colour.
//!
//! A style is written in words: `"light_cyan underlined"`, `"black on yellow"`. The themes `dark` and
//! `light` use the terminal's own sixteen colours, so the reader's palette stays in charge; the others
//! name exact colours and bring a ground of their own, so that their contrast can be computed.

mod style;

use std::sync::Arc;

use ratatui::style::Style;
use toml::de::{DeTable, DeValue};

use super::keymap::{did_you_mean, unknown};
use crate::lexicon::{CueKind, Mistake};

/// Which theme is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Exact colours on a dark ground.
    Night,
    /// Exact colours on a light ground.
    Day,
    /// Exact colours on a dark ground that colour-blind people tell apart.
    SafeDark,
    /// The same on a light ground.
    SafeLight,
    /// A file of the user's.
    Own(Arc<Own>),
}

/// A theme that the user wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// Its file without `.toml`.
    pub name: String,
    /// What it says.
    pub theme: Theme,
}

/// The built-in themes by name.
const BUILT_IN: [(&str, &str); 7] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("plain", include_str!("../../assets/themes/plain.toml")),
    ("night", include_str!("../../assets/themes/night.toml")),
    ("day", include_str!("../../assets/themes/day.toml")),
    ("safe-dark", include_str!("../../assets/themes/safe-dark.toml")),
    ("safe-light", include_str!("../../assets/themes/safe-light.toml")),
];

impl Choice {
    /// The built-in ones, each with what the list of themes says of it.
    pub const BUILT_IN: [(Self, &str); 8] = [
        (Self::Auto, "dark or light, as the terminal's background is"),
        (Self::Dark, "sixteen colours on a dark background"),
        (Self::Light, "sixteen colours on a light background"),
        (Self::Plain, "no colour: bold, underlined and reversed"),
        (Self::Night, "exact colours on a dark ground"),
        (Self::Day, "exact colours on a light ground"),
        (Self::SafeDark, "for colour-blind eyes, on a dark ground"),
        (Self::SafeLight, "for colour-blind eyes, on a light ground"),
    ];

    /// Its name in settings and flags.
    pub fn name(&self) -> &str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Plain => "plain",
            Self::Night => "night",
            Self::Day => "day",
            Self::SafeDark => "safe-dark",
            Self::SafeLight => "safe-light",
            Self::Own(own) => &own.name,
        }
    }

    /// The built-in one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::BUILT_IN.into_iter().map(|(choice, _)| choice).find(|choice| choice.name() == name)
    }

    /// The theme to use when the background is `light`, or not known.
    pub fn theme(&self, light: Option<bool>) -> Theme {
        let name = match (self, light) {
            (Self::Own(own), _) => return own.theme.clone(),
            (Self::Auto, Some(true)) => "light",
            (Self::Auto, _) => "dark",
            _ => self.name(),
        };
        built_in(name).expect("every choice has a file, and a test reads them all")
    }
}

/// The file of a built-in theme, to begin an own one with.
pub fn source(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

fn built_in(name: &str) -> Option<Theme> {
    Theme::read(&format!("{name}.toml"), source(name)?).ok()
}

macro_rules! roles {
    ($($role:ident $about:literal;)*) => {
        /// One style for each role on the screen.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Theme {
            $(#[doc = $about] pub $role: Style,)*
        }

        impl Theme {
            /// Every role with its style, in the order of the file.
            pub fn roles(&self) -> Vec<(&'static str, Style)> {
                vec![$((stringify!($role), self.$role),)*]
            }

            fn role_mut(&mut self, name: &str) -> Option<&mut Style> {
                match name {
                    $(stringify!($role) => Some(&mut self.$role),)*
                    _ => None,
                }
            }
        }
    };
}

roles! {
    ground "What every cell has that no other role colours.";
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
    /// The theme that `text` describes; `file` names it in messages. With `base = "dark"` it needs to
    /// name only the roles that differ from that built-in theme.
    ///
    /// # Errors
    /// Every mistake with line and column.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        let (root, broken) = DeTable::parse_recoverable(text);
        let mut reader = Reader { file, text, mistakes: Vec::new() };
        for error in broken {
            reader.tell(error.span().map_or(0, |span| span.start), error.message());
        }
        let mut named = Vec::new();
        let mut base = None;
        for (name, words) in root.get_ref() {
            let DeValue::String(value) = words.get_ref() else {
                reader.tell(words.span().start, "a style is written in quotes, such as \"white bold\"");
                named.push(name.get_ref().as_ref());
                continue;
            };
            if name.get_ref() == "base" {
                base = Some((words.span().start, value.as_ref()));
            } else {
                named.push(name.get_ref().as_ref());
            }
        }
        let mut theme = reader.base(base, &named);
        for (name, words) in root.get_ref() {
            let DeValue::String(value) = words.get_ref() else { continue };
            let Some(role) = theme.role_mut(name.get_ref()) else {
                if name.get_ref() != "base" {
                    reader.unknown_role(name.span().start, name.get_ref());
                }
                continue;
            };
            let mut wrong = Vec::new();
            *role = style::read(value, &mut wrong);
            for (at, what) in wrong {
                reader.tell(words.span().start + 1 + at, &what);
            }
        }
        reader.mistakes.sort();
        if reader.mistakes.is_empty() { Ok(theme) } else { Err(reader.mistakes) }
    }

    /// Lays the ground under what is painted: cells without a colour of their own get it.
    pub fn lay_ground(&self, buffer: &mut ratatui::buffer::Buffer) {
        let (Some(words), Some(ground)) = (self.ground.fg, self.ground.bg) else { return };
        let bare = ratatui::buffer::Cell::default();
        for cell in &mut buffer.content {
            if cell.fg == bare.fg {
                cell.fg = words;
            }
            if cell.bg == bare.bg {
                cell.bg = ground;
            }
        }
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

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn tell(&mut self, at: usize, what: &str) {
        self.mistakes.push(Mistake::new(self.file, self.text, at, what));
    }

    /// The theme that is laid under the file's own roles; without one the file has to name all roles.
    fn base(&mut self, base: Option<(usize, &str)>, named: &[&str]) -> Theme {
        let Some((at, name)) = base else {
            let all = Theme::default().roles();
            let missing: Vec<&str> =
                all.iter().map(|(role, _)| *role).filter(|role| !named.contains(role)).collect();
            if !missing.is_empty() {
                let what = format!(
                    "no style for {}; `base = \"dark\"` takes what is missing from another theme",
                    missing.join(", ")
                );
                self.tell(0, &what);
            }
            return Theme::default();
        };
        let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        built_in(name).unwrap_or_else(|| {
            let what = format!(
                "no theme `{}`{} (known: {})",
                name.escape_debug(),
                did_you_mean(name, &known),
                known.join(", ")
            );
            self.tell(at, &what);
            Theme::default()
        })
    }

    fn unknown_role(&mut self, at: usize, name: &str) {
        let roles = Theme::default().roles();
        let known: Vec<&str> = roles.iter().map(|(role, _)| *role).collect();
        self.tell(at, &unknown("role", name, &known));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_themes_tell_kinds_apart_without_colour() {
        for (name, text) in BUILT_IN {
            let theme = Theme::read(name, text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
            assert!(theme.kinds_differ_without_colour(), "{name}");
        }
        for (choice, _) in Choice::BUILT_IN {
            assert_ne!(choice.theme(None), Theme::default());
            assert_eq!(Choice::named(choice.name()), Some(choice));
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

    #[track_caller]
    fn mistakes(text: &str, expected: &[&str]) {
        let told = Theme::read("t", text).expect_err("mistakes");
        let told: Vec<String> = told.iter().map(Mistake::to_string).collect();
        let starts: Vec<&str> = told.iter().zip(expected).map(|(t, e)| &t[..e.len().min(t.len())]).collect();
        assert_eq!((starts, told.len()), (expected.to_vec(), expected.len()), "{told:#?}");
    }

    #[test]
    fn all_mistakes_are_told_with_their_places() {
        mistakes(
            "base = \"drak\"\nnote = \"green bald\"\nnoet = \"red\"\nbar = 3\nkey = \"#12345\"\n",
            &[
                "t:1:8: no theme `drak`; did you mean `dark`?",
                "t:2:15: unknown word `bald`; did you mean `bold`?",
                "t:3:1: unknown role `noet`; did you mean `note`?",
                "t:4:7: a style is written in quotes",
                "t:5:8: `#12345` is no colour",
            ],
        );
        mistakes("note = \"red\"\n", &["t:1:1: no style for ground, name, title"]);
        mistakes("base = \"dark\"\nnote = \n", &["t:2:8: "]);
    }

    #[test]
    fn a_theme_of_ones_own_names_what_differs() {
        let own = Theme::read("t", "base = \"light\"\nnote = \"red\"\n").expect("it is right");
        let light = Choice::Light.theme(None);
        assert_eq!(Theme { note: light.note, ..own.clone() }, light);
        assert_eq!(own.note, Style::new().red());
    }
}
