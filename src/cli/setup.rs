//! The reader's own settings, keys and themes, read from the config folder; all that is wrong with them
//! is told together, and what is right is used.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Folders, Settings};
use crate::lexicon::Mistake;
use crate::tui::keymap::Keymap;
use crate::tui::theme::{Choice, Own, Theme};

/// Settings, keys and themes in force.
pub struct Setup {
    /// The keys, the reader's laid over ours.
    pub keymap: Keymap,
    /// The reader's themes, by name.
    pub themes: Vec<Choice>,
    /// The theme that `config.toml` names.
    pub theme: Option<Choice>,
    /// Whether `config.toml` wants the mouse.
    pub mouse: Option<bool>,
    /// Where the library that `config.toml` names is.
    pub library: Option<PathBuf>,
    /// Files that were there.
    pub files: Vec<PathBuf>,
    /// What is wrong in them, one line each: `keys.toml:4:8: …`.
    pub mistakes: Vec<String>,
}

impl Setup {
    /// Reads what there is in the config folder.
    pub fn read(folders: &Folders) -> Self {
        let mut setup = Self {
            keymap: Keymap::built_in(),
            themes: Vec::new(),
            theme: None,
            mouse: None,
            library: None,
            files: Vec::new(),
            mistakes: Vec::new(),
        };
        setup.read_themes(&folders.themes);
        setup.read_settings(&folders.settings);
        setup.read_keys(&folders.keys);
        setup
    }

    /// The theme called `name`, built in or the reader's own.
    ///
    /// # Errors
    /// Which names there are.
    pub fn named(&self, name: &str) -> Result<Choice, String> {
        let own = || self.themes.iter().find(|own| own.name() == name).cloned();
        Choice::named(name).or_else(own).ok_or_else(|| {
            let own = self.themes.iter().map(Choice::name);
            let built_in = Choice::BUILT_IN;
            let all: Vec<&str> = built_in.iter().map(|(choice, _)| choice.name()).chain(own).collect();
            format!("there is no theme `{}`, but {}", name.escape_debug(), all.join(", "))
        })
    }

    fn read_keys(&mut self, path: &Path) {
        let Some(text) = self.text(path) else { return };
        match Keymap::with_user(&path.display().to_string(), &text) {
            Ok(keymap) => self.keymap = keymap,
            Err(mistakes) => self.mistakes.extend(mistakes.0),
        }
    }

    fn read_settings(&mut self, path: &Path) {
        let Some(text) = self.text(path) else { return };
        let file = path.display().to_string();
        let (settings, mistakes) = Settings::read(&file, &text);
        self.mistakes.extend(mistakes.iter().map(Mistake::to_string));
        self.mouse = settings.mouse;
        let folder = path.parent().unwrap_or(Path::new(""));
        self.library = settings.library.map(|library| place_of(&library, folder));
        if let Some((at, name)) = settings.theme {
            match self.named(&name) {
                Ok(choice) => self.theme = Some(choice),
                Err(told) => self.mistakes.push(Mistake::new(&file, &text, at, told).to_string()),
            }
        }
    }

    fn read_themes(&mut self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        paths.sort();
        for path in paths {
            let Some(text) = self.text(&path) else { continue };
            match Theme::read(&path.display().to_string(), &text) {
                Ok(theme) => {
                    let name =
                        path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
                    self.themes.push(Choice::Own(Arc::new(Own { name, theme })));
                }
                Err(mistakes) => self.mistakes.extend(mistakes.iter().map(Mistake::to_string)),
            }
        }
    }

    /// The text of a file, if it is there.
    fn text(&mut self, path: &Path) -> Option<String> {
        match fs::read_to_string(path) {
            Ok(text) => {
                self.files.push(path.to_owned());
                Some(text)
            }
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    self.mistakes.push(format!("{}: {error}", path.display()));
                }
                None
            }
        }
    }
}

/// The file that settings in `folder` call `name`: `~/` is the reader's home, and what is no whole path
/// is within the folder.
fn place_of(name: &str, folder: &Path) -> PathBuf {
    match (name.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folder.join(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a config folder with these files.
    fn read(files: &[(&str, &str)]) -> Setup {
        let folder = tempfile::tempdir().expect("a folder for the test");
        fs::create_dir(folder.path().join("themes")).expect("it is made");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("it is written");
        }
        let mut setup = Setup::read(&Folders::at(folder.path(), folder.path(), folder.path()));
        let place = format!("{}/", folder.path().display());
        setup.mistakes = setup.mistakes.iter().map(|mistake| mistake.replace(&place, "")).collect();
        setup
    }

    #[test]
    fn a_theme_of_ones_own_is_chosen_by_its_name() {
        let setup = read(&[
            ("themes/mine.toml", "base = \"day\"\nnote = \"red\"\n"),
            ("config.toml", "theme = \"mine\"\nmouse = false\nlibrary = \"speeches\"\n"),
        ]);
        assert!(setup.mistakes.is_empty(), "{:?}", setup.mistakes);
        assert!(setup.library.is_some_and(|path| path.is_absolute() && path.ends_with("speeches")));
        assert_eq!(setup.theme.as_ref().map(Choice::name), Some("mine"));
        assert_eq!((setup.mouse, setup.files.len()), (Some(false), 2));
        assert!(read(&[]).theme.is_none());
    }

    #[test]
    fn mistakes_of_all_files_are_told_together() {
        let setup = read(&[
            ("themes/mine.toml", "base = \"dya\"\nnoet = \"red\"\n"),
            ("config.toml", "theme = \"mine\"\nmuose = false\nmouse = 1\n"),
            ("keys.toml", "[browse]\nx = \"und\"\ng = \"undo\"\n"),
        ]);
        let starts = [
            "themes/mine.toml:1:8: no theme `dya`; did you mean `day`?",
            "themes/mine.toml:2:1: unknown role `noet`; did you mean `note`?",
            "config.toml:2:1: unknown setting `muose`",
            "config.toml:3:9: ",
            "config.toml:1:9: there is no theme `mine`, but auto, dark",
            "keys.toml:2:5: unknown action `und`; did you mean `undo`?",
            "keys.toml:3:1: `gg` can never be reached",
        ];
        for start in starts {
            assert!(
                setup.mistakes.iter().any(|told| told.starts_with(start)),
                "{start}: {:#?}",
                setup.mistakes
            );
        }
        assert_eq!(setup.mistakes.len(), starts.len(), "{:#?}", setup.mistakes);
    }
}
