//! The sessions on disk: their names, what they hold, and which one holds given documents.
//!
//! Texts are never parsed for it: a document's line tells what it is before its text begins.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use memchr::memmem;

use super::{Act, Event, Loaded};
use crate::document::Document;

/// The ending of a session's file.
const ENDING: &str = "visavis";
/// Bytes of a line in which its kind, and the path and digest of a document, are looked for.
const LINE_HEAD: usize = 8 << 10;
/// Longest name, in characters, that is made from documents' names.
const LONGEST_NAME: usize = 60;

/// The folder of sessions.
#[derive(Clone, Debug)]
pub struct Sessions {
    folder: PathBuf,
}

/// A session in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its name.
    pub name: String,
    /// When it was last written.
    pub modified: SystemTime,
    /// The names of its documents.
    pub documents: Vec<String>,
    /// How many notes were written in it, those deleted or undone since included.
    pub notes: usize,
    /// How many sentences were marked as read of how many, when it was left last.
    pub read: Option<(usize, usize)>,
}

/// Why a name names no session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} cannot name a session: use letters, digits, blanks and -, not / or \\\\, and no . at the start"
)]
pub struct BadName(pub String);

impl Sessions {
    /// The sessions in `folder`, which need not exist.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file of a session, whether it exists or not.
    ///
    /// # Errors
    /// If `name` could lead out of the folder, or is hidden or empty.
    pub fn path(&self, name: &str) -> Result<PathBuf, BadName> {
        let bad = name.trim().is_empty()
            || name.starts_with('.')
            || name.len() > 200
            || name.chars().any(|c| matches!(c, '/' | '\\') || c.is_control());
        if bad {
            return Err(BadName(name.to_owned()));
        }
        Ok(self.folder.join(format!("{name}.{ENDING}")))
    }

    /// All sessions in which something was done, the last used first.
    pub fn list(&self) -> Vec<Summary> {
        let mut found: Vec<Summary> =
            self.files().into_iter().filter_map(|(name, path)| summary(name, &path)).collect();
        found.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.name.cmp(&b.name)));
        found
    }

    /// The session used last.
    pub fn latest(&self) -> Option<String> {
        self.list().into_iter().next().map(|summary| summary.name)
    }

    /// The session that holds exactly the documents with these digests; the one used last of several.
    pub fn holding(&self, digests: &[&str]) -> Option<String> {
        let wanted: BTreeSet<&str> = digests.iter().copied().collect();
        let same =
            |held: &BTreeMap<_, String>| held.values().map(String::as_str).collect::<BTreeSet<_>>() == wanted;
        self.last_used(same).pop().map(|(_, name, _)| name)
    }

    /// The session that holds exactly the documents at these paths, of which some have changed since but
    /// are still versions of what it holds; the one used last of several.
    pub fn of_earlier_versions(&self, documents: &[&Document]) -> Option<String> {
        let paths: BTreeSet<String> =
            documents.iter().map(|document| document.path.to_string_lossy().into_owned()).collect();
        let mut found = self.last_used(|held| held.keys().eq(&paths)).into_iter().rev();
        found.find(|(_, _, path)| holds_versions(path, documents)).map(|(_, name, _)| name)
    }

    /// The sessions of whose documents `is` holds, the one used last at the end.
    fn last_used(
        &self,
        is: impl Fn(&BTreeMap<String, String>) -> bool,
    ) -> Vec<(SystemTime, String, PathBuf)> {
        let mut found: Vec<(SystemTime, String, PathBuf)> = self
            .files()
            .into_iter()
            .filter_map(|(name, path)| {
                let bytes = fs::read(&path).ok()?;
                is(&documents(&bytes)).then(|| Some((modified(&path)?, name, path))).flatten()
            })
            .collect();
        found.sort();
        found
    }

    /// A name for a session of `documents` that no session has yet.
    pub fn fresh_name(&self, documents: &[&Document]) -> String {
        let names: Vec<String> = documents.iter().map(|document| stem(document)).collect();
        let name = match names.as_slice() {
            [] => "session".to_owned(),
            [one] => one.clone(),
            [one, other] => format!("{one} and {other}"),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        };
        let taken: BTreeSet<String> = self.files().into_iter().map(|(name, _)| name).collect();
        let free = |name: &String| !taken.contains(name);
        let numbered = (2..).map(|number| format!("{name} {number}"));
        std::iter::once(name.clone()).chain(numbered).find(free).expect("one of endless names is free")
    }

    /// Name and path of every file that may be a session, by name.
    fn files(&self) -> Vec<(String, PathBuf)> {
        // A folder that is not there, or cannot be listed, holds no session for this reader.
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut found: Vec<(String, PathBuf)> = entries
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let name = path.file_stem()?.to_str()?.to_owned();
                (path.extension() == Some(OsStr::new(ENDING))).then_some((name, path))
            })
            .collect();
        found.sort();
        found
    }
}

/// Whether each of `documents` is what the session at `path` holds in its place, or a version of it.
fn holds_versions(path: &Path, documents: &[&Document]) -> bool {
    let Ok(loaded) = Loaded::read(path) else { return false };
    documents.iter().all(|document| {
        let held = loaded.session.documents.iter().find(|saved| saved.path == document.path);
        held.is_some_and(|saved| {
            saved.sha256 == document.sha256 || is_version_of(&document.text, &saved.text)
        })
    })
}

/// Whether at least a quarter of an earlier text is still there, however its lines are wrapped now: else
/// the file holds something else.
fn is_version_of(now: &str, earlier: &str) -> bool {
    /// How many stretches are looked for, and how long each is in characters.
    const MOST: usize = 64;
    const LENGTH: usize = 16;
    let [now, earlier] = [now, earlier].map(|text| text.split_whitespace().collect::<String>());
    let letters: Vec<char> = earlier.chars().collect();
    let stretches: Vec<String> =
        letters.chunks_exact(LENGTH).map(|letters| letters.iter().collect()).collect();
    let every = stretches.len().div_ceil(MOST).max(1);
    let asked: Vec<&String> = stretches.iter().step_by(every).collect();
    let kept = asked.iter().filter(|stretch| memmem::find(now.as_bytes(), stretch.as_bytes()).is_some());
    !asked.is_empty() && kept.count() * 4 >= asked.len()
}

fn summary(name: String, path: &Path) -> Option<Summary> {
    let bytes = fs::read(path).ok().filter(|bytes| !bytes.is_empty())?;
    let documents = documents(&bytes).into_keys().map(|path| name_of(&path)).collect();
    let notes =
        lines(&bytes).filter(|line| says(line, br#""event":"note","#) && !says(line, br#""replaces":"#));
    let notes = notes.count();
    Some(Summary { name, modified: modified(path)?, documents, notes, read: progress(&bytes) })
}

/// What the last event that the reader left tells of how much was read.
fn progress(bytes: &[u8]) -> Option<(usize, usize)> {
    let is_left = |line: &&[u8]| says(line, br#""event":"left","#);
    let left = bytes.split(|byte| *byte == b'\n').rfind(is_left)?;
    match serde_json::from_slice::<Event>(left).ok()?.act {
        Act::Left { place } => Some((place.read, place.sentences)),
        _ => None,
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

/// The path of each document that a journal holds and the digest of its last version.
fn documents(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for line in lines(bytes).filter(|line| says(line, br#""event":"opened","#)) {
        if let (Some(path), Some(digest)) = (value(line, br#""path":""#), value(line, br#""sha256":""#)) {
            // What came by standard input is told apart by its words alone.
            let key = if path == "-" { format!("- {digest}") } else { path };
            found.insert(key, digest);
        }
    }
    found
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').map(|line| &line[..line.len().min(LINE_HEAD)])
}

fn says(line: &[u8], words: &[u8]) -> bool {
    memmem::find(line, words).is_some()
}

/// The string that follows `key` in a line of JSON.
fn value(line: &[u8], key: &[u8]) -> Option<String> {
    let from = memmem::find(line, key)? + key.len() - 1;
    let mut values = serde_json::Deserializer::from_slice(&line[from..]).into_iter::<String>();
    values.next()?.ok()
}

/// The file's name without folders and ending, short and fit to name a session.
fn stem(document: &Document) -> String {
    let name = document.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = if name == "-" { "standard input".to_owned() } else { name };
    let name: String = name
        .trim_start_matches("demo:")
        .chars()
        .map(|c| if matches!(c, '/' | '\\') || c.is_control() { '-' } else { c })
        .take(LONGEST_NAME)
        .collect();
    let name = name.trim().trim_start_matches('.').to_owned();
    if name.is_empty() { "untitled".to_owned() } else { name }
}

fn name_of(path: &str) -> String {
    let path = if path.starts_with("- ") { "standard input" } else { path };
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Kind;
    use crate::document::Segmentation;
    use crate::session::{Anchor, Journal, OpenedDocument, Place, TextPosition, TextQuote};

    fn document(path: &str, text: &str) -> Document {
        Document::from_bytes(Path::new(path), text.as_bytes(), Segmentation::Auto).expect("it is a text")
    }

    fn note() -> Act {
        let quote = TextQuote { exact: "a".into(), prefix: String::new(), suffix: String::new() };
        let anchor = Anchor { document: String::new(), quote, position: TextPosition { start: 0, end: 1 } };
        Act::Note { anchor, text: "mine".into(), replaces: None, draft: false }
    }

    fn begin(sessions: &Sessions, name: &str, documents: &[&Document]) {
        let path = sessions.path(name).expect("it is a name");
        let (mut journal, loaded) = Journal::open(&path, "reader").expect("it opens");
        let opened = documents.iter().map(|document| OpenedDocument::new(document, Kind::Statement));
        journal.with_documents(&loaded.session, opened.collect());
        journal.append(note()).expect("it is written");
    }

    #[test]
    fn the_list_tells_how_much_was_read() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let sessions = Sessions::new(folder.path().to_owned());
        begin(&sessions, "a", &[&document("a.txt", "One. Two.")]);
        let read = || sessions.list()[0].read;
        assert_eq!(read(), None);
        let path = sessions.path("a").expect("it is a name");
        for number in [1, 2] {
            let (mut journal, _) = Journal::open(&path, "reader").expect("it opens");
            let place = Place { read: number, sentences: 2, ..Place::default() };
            journal.append(Act::Left { place }).expect("it is written");
            assert_eq!(read(), Some((number, 2)));
        }
    }

    #[test]
    fn names_stay_in_the_folder() {
        let sessions = Sessions::new(PathBuf::from("s"));
        assert_eq!(sessions.path("Kyoto 2021"), Ok(PathBuf::from("s/Kyoto 2021.visavis")));
        for bad in ["", " ", "../x", "a/b", ".hidden", "a\nb", "a\\b"] {
            assert!(sessions.path(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_session_of_exactly_these_documents_is_found() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let sessions = Sessions::new(folder.path().to_owned());
        let (a, b, changed) =
            (document("a.txt", "One."), document("b.txt", "Two."), document("b.txt", "Three."));
        begin(&sessions, "both", &[&a, &b]);
        begin(&sessions, "one", &[&a]);
        assert_eq!(sessions.holding(&[&b.sha256, &a.sha256]).as_deref(), Some("both"));
        assert_eq!(sessions.holding(&[&a.sha256]).as_deref(), Some("one"));
        assert_eq!(sessions.holding(&[&b.sha256]), None);
        begin(&sessions, "both", &[&a, &changed]);
        assert_eq!(sessions.holding(&[&changed.sha256, &a.sha256]).as_deref(), Some("both"));
        let listed = sessions.list();
        let both = listed.iter().find(|summary| summary.name == "both").expect("it is listed");
        assert_eq!((both.notes, both.documents.len()), (2, 2));
    }

    #[test]
    fn the_session_of_an_earlier_version_is_found() {
        const OLD: &str =
            "The port was closed on 3 March. Nobody was hurt in the harbour, and no convoy left.";
        let folder = tempfile::tempdir().expect("a folder for the test");
        let sessions = Sessions::new(folder.path().to_owned());
        let other = document("/x/b.txt", "Two.");
        begin(&sessions, "both", &[&document("/x/a.txt", OLD), &other]);
        let found = |path: &str, text: &str| sessions.of_earlier_versions(&[&document(path, text), &other]);
        let changed =
            "New.\nThe port was shut on 3 March. Nobody was hurt\nin the harbour, and no convoy left.";
        assert_eq!(found("/x/a.txt", changed).as_deref(), Some("both"));
        assert_eq!(found("/x/a.txt", "Something else stands in this file now, of other people."), None);
        assert_eq!(found("/y/a.txt", changed), None);
        assert_eq!(sessions.of_earlier_versions(&[&document("/x/a.txt", changed)]), None);
    }

    #[test]
    fn a_fresh_name_tells_of_the_documents_and_is_free() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let sessions = Sessions::new(folder.path().to_owned());
        let (a, b) = (document("x/reply.txt", "One."), document("demo:zhao", "Two."));
        assert_eq!(sessions.fresh_name(&[&a, &b]), "reply and zhao");
        begin(&sessions, "reply and zhao", &[&a, &b]);
        assert_eq!(sessions.fresh_name(&[&a, &b]), "reply and zhao 2");
        assert_eq!(sessions.fresh_name(&[&document("-", "One.")]), "standard input");
    }

    #[test]
    fn no_folder_is_no_session() {
        let sessions = Sessions::new(PathBuf::from("/nowhere/at/all"));
        assert_eq!((sessions.list(), sessions.latest()), (Vec::new(), None));
    }
}
