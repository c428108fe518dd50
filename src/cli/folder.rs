//! A folder among the arguments: its readable files, and what is passed over.

use std::fs;
use std::path::{Path, PathBuf};

/// Files of a folder that are opened at most.
const MOST_FILES: usize = 200;

/// What the arguments name.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Files to open, each with whether it was only found in a folder.
    pub files: Vec<(PathBuf, bool)>,
    /// What of the folders is passed over, a sentence each.
    pub passed_over: Vec<String>,
}

/// The arguments with each folder replaced by the files in it, in order of their names; folders within
/// are not entered.
pub fn named(paths: &[PathBuf]) -> Named {
    let mut named = Named::default();
    for path in paths {
        if path.is_dir() {
            named.add_folder(path);
        } else {
            named.files.push((path.clone(), false));
        }
    }
    named
}

impl Named {
    fn add_folder(&mut self, folder: &Path) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.passed_over.push(format!("{}: {error}", folder.display())),
        };
        let (read, unread): (Vec<_>, Vec<_>) = entries.partition(Result::is_ok);
        let mut paths: Vec<PathBuf> = read.into_iter().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let is_hidden =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let (hidden, shown): (Vec<PathBuf>, Vec<PathBuf>) = paths.into_iter().partition(is_hidden);
        let (mut files, others): (Vec<PathBuf>, Vec<PathBuf>) =
            shown.into_iter().partition(|path| path.is_file());
        let beyond = files.split_off(files.len().min(MOST_FILES));
        let beyond_words = format!("beyond the first {MOST_FILES}");
        let counts = [
            (unread.len(), "not to be listed"),
            (hidden.len(), "hidden"),
            (others.len(), "no plain files"),
            (beyond.len(), beyond_words.as_str()),
        ];
        let passed_over: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !passed_over.is_empty() || files.is_empty() {
            let which =
                if passed_over.is_empty() { "nothing in it".to_owned() } else { passed_over.join(", ") };
            self.passed_over.push(format!("{}: a folder; passed over: {which}", folder.display()));
        }
        self.files.extend(files.into_iter().map(|file| (file, true)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_files() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        for name in ["b.txt", "a.md", "._a.md"] {
            fs::write(folder.path().join(name), "We deny it.")?;
        }
        fs::create_dir(folder.path().join("deeper"))?;
        let other = PathBuf::from("other.txt");
        let found = named(&[other.clone(), folder.path().to_owned()]);
        let at = |name: &str| (folder.path().join(name), true);
        assert_eq!(found.files, [(other, false), at("a.md"), at("b.txt")]);
        let told = format!("{}: a folder; passed over: 1 hidden, 1 no plain files", folder.path().display());
        assert_eq!(found.passed_over, [told]);
        Ok(())
    }
}
