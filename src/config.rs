//! Where settings and sessions live, and what the settings are; read once by the roof and handed down
//! as values.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use toml::de::{DeTable, DeValue};

use crate::lexicon::Mistake;

/// The folders and files of this user, by the conventions of the system (`XDG_*` on Linux).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// What the user may write: all of the following but sessions and copies.
    pub config: PathBuf,
    /// [`Settings`].
    pub settings: PathBuf,
    /// The user's own keys.
    pub keys: PathBuf,
    /// The user's own themes, one a file.
    pub themes: PathBuf,
    /// The user's own lexicon files.
    pub lexicon: PathBuf,
    /// One file a session.
    pub sessions: PathBuf,
    /// What was copied where there is no clipboard.
    pub copies: PathBuf,
    /// Indexes of libraries; may be deleted at any time.
    pub libraries: PathBuf,
}

impl Folders {
    /// The folders, which need not exist; none if this user has no home.
    pub fn find() -> Option<Self> {
        let folders = ProjectDirs::from("", "", "visavis")?;
        Some(Self::at(folders.config_dir(), folders.data_dir(), folders.cache_dir()))
    }

    /// The files within a folder of settings, one of data and one of what can be made again.
    pub fn at(config: &Path, data: &Path, cache: &Path) -> Self {
        Self {
            config: config.to_owned(),
            settings: config.join("config.toml"),
            keys: config.join("keys.toml"),
            themes: config.join("themes"),
            lexicon: config.join("lexicon"),
            sessions: data.join("sessions"),
            copies: data.join("copied.md"),
            libraries: cache.join("libraries"),
        }
    }
}

/// What `config.toml` says; flags of the command line go before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The name of the theme, and the byte of the file at which it stands.
    pub theme: Option<(usize, String)>,
    /// Whether the mouse is taken.
    pub mouse: Option<bool>,
    /// A folder or file of many statements in which answers are looked up, as it is written.
    pub library: Option<String>,
}

impl Settings {
    /// The settings that `text` gives, and everything that is wrong in it; `file` names it.
    pub fn read(file: &str, text: &str) -> (Self, Vec<Mistake>) {
        let (root, broken) = DeTable::parse_recoverable(text);
        let tell = |at: usize, what: &str| Mistake::new(file, text, at, what);
        let mut mistakes: Vec<Mistake> = broken
            .iter()
            .map(|error| tell(error.span().map_or(0, |span| span.start), error.message()))
            .collect();
        let mut settings = Self::default();
        for (name, value) in root.get_ref() {
            let at = value.span().start;
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("theme", DeValue::String(theme)) => settings.theme = Some((at, theme.to_string())),
                ("mouse", DeValue::Boolean(mouse)) => settings.mouse = Some(*mouse),
                ("library", DeValue::String(path)) => settings.library = Some(path.to_string()),
                ("theme", _) => mistakes.push(tell(at, "a theme is named in quotes, such as \"dark\"")),
                ("mouse", _) => mistakes.push(tell(at, "the mouse is taken or not: true or false")),
                ("library", _) => {
                    mistakes.push(tell(at, "a library is a folder or file, in quotes: \"~/speeches\""));
                }
                (other, _) => {
                    let what =
                        format!("unknown setting `{}` (known: theme, mouse, library)", other.escape_debug());
                    mistakes.push(tell(name.span().start, &what));
                }
            }
        }
        mistakes.sort();
        (settings, mistakes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Settings, mistakes: &[&str]) {
        let (settings, told) = Settings::read("c", text);
        let told: Vec<String> = told.iter().map(Mistake::to_string).collect();
        let starts: Vec<&str> = told.iter().zip(mistakes).map(|(t, m)| &t[..m.len().min(t.len())]).collect();
        assert_eq!(
            (settings, starts.as_slice(), told.len()),
            (expected, mistakes, mistakes.len()),
            "{told:?}"
        );
    }

    #[test]
    fn what_is_right_is_taken_and_what_is_wrong_is_told() {
        check("", Settings::default(), &[]);
        let all = Settings {
            theme: Some((8, "day".to_owned())),
            mouse: Some(false),
            library: Some("~/speeches".to_owned()),
        };
        check("theme = \"day\"\nmouse = false\nlibrary = \"~/speeches\"\n", all, &[]);
        check("library = 3\n", Settings::default(), &["c:1:11: a library is a folder or file"]);
        let mouse = Settings { mouse: Some(true), ..Settings::default() };
        check(
            "theme = 3\nthem = \"day\"\nmouse = true\nx = \n",
            mouse,
            &[
                "c:1:9: a theme is named",
                "c:2:1: unknown setting `them`",
                "c:4:1: unknown setting `x`",
                "c:4:5: ",
            ],
        );
    }
}
