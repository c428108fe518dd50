//! Layer 7: a library, a folder of documents or a file of JSON lines, in which answers are found.
//!
//! ```text
//! files ─ entry ─► statements ─ index ─► those that share rare words ─ weigh ─► the best, with why
//! ```
//! The index lives in the user's cache and is brought up to date when the library is opened: only what
//! has changed is read again, what is gone is taken out, and a damaged index is made anew. It is
//! never the only copy of anything.

pub mod entry;
mod index;
mod side;
mod signature;
mod terms;
mod vocabulary;
pub mod weigh;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tantivy::TantivyError;

use crate::lexicon::{Speech, abbreviations};
use entry::{Entry, Reader};
use index::{Change, Found, Index, Stamp};
use terms::Stems;
use weigh::{Given, Query, Rarity, Weighed};

/// How many entries the index ranks for one statement, to be weighed.
const WEIGHED: usize = 100;
/// Entries whose rank by words is a smaller share of the best are not weighed.
const LEAST_SHARE: f32 = 0.3;

/// A library, ready to be searched.
pub struct Library {
    index: Index,
    rarity: Rarity,
    stems: Stems,
    /// What was odd about it, for the reader.
    pub notices: Vec<String>,
}

/// An answer that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The file it stands in.
    pub path: PathBuf,
    /// What it is.
    pub entry: Entry,
    /// How good an answer it is, and why.
    pub weighed: Weighed,
}

/// How far the reading of a library is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files read.
    pub files: usize,
    /// Of so many.
    pub of: usize,
    /// Entries read.
    pub entries: usize,
}

/// Why a library cannot be searched.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Nothing is there that can be read.
    #[error("{}: {reason}", path.display())]
    Empty {
        /// The library.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The index cannot be written or read.
    #[error("the index in {}: {error}", folder.display())]
    Index {
        /// Where it lives.
        folder: PathBuf,
        /// Why.
        error: String,
    },
    /// The reader has stopped it; the index is as before.
    #[error("stopped; what was read before is kept")]
    Stopped,
}

impl Library {
    /// Opens the library at `path`, whose index lives in the folder `cache`, and brings it up to date.
    ///
    /// `go_on` is asked after every file and every thousand entries whether to go on.
    ///
    /// # Errors
    /// [`LibraryError`]
    pub fn open(
        path: &Path,
        cache: &Path,
        go_on: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Self, LibraryError> {
        let files = files(path)?;
        let folder = index::folder_of(cache, path);
        let failed =
            |error: TantivyError| LibraryError::Index { folder: folder.clone(), error: told(&error) };
        let mut notices = Vec::new();
        let opened = index::open(&folder).unwrap_or_else(|error| {
            notices.push(format!("the index of {} is made anew: {}", path.display(), told(&error)));
            None
        });
        let mut index = match opened {
            Some(index) => index,
            None => index::create(&folder).map_err(failed)?,
        };
        let changes = Changes::between(&index, &files);
        if !changes.is_none() {
            match index.change() {
                Ok(change) => {
                    changes.make(change, &folder, go_on, &mut notices)?;
                    index.reload().map_err(failed)?;
                }
                Err(TantivyError::LockFailure(..)) => notices.push(format!(
                    "the index of {} is being made by another visavis; it is searched as it was",
                    path.display()
                )),
                Err(error) => return Err(failed(error)),
            }
        }
        if index.len() == 0 {
            let reason = notices.first().cloned().unwrap_or_else(|| "nothing to read in it".to_owned());
            return Err(LibraryError::Empty { path: path.to_owned(), reason });
        }
        let rarity = index.rarity().map_err(failed)?;
        Ok(Self { index, rarity, stems: Stems::default(), notices })
    }

    /// How many statements it holds.
    pub fn len(&self) -> u64 {
        self.index.len()
    }

    /// Whether it holds none; one that is opened holds some.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The `top` statements that answer `text` best, best first; never `text` itself.
    ///
    /// # Errors
    /// If the index is damaged.
    pub fn find(&mut self, text: &str, top: usize) -> Result<Vec<Hit>, String> {
        let query = Query::read(text, &mut self.stems);
        let most = WEIGHED.max(top.saturating_mul(2));
        let mut found = self.index.find(query.terms(), query.body(), most).map_err(|error| told(&error))?;
        found.retain(|found| found.entry.text.trim() != text.trim());
        let least = found.first().map_or(0.0, |best| best.rank * LEAST_SHARE);
        let enough = found.iter().position(|found| found.rank < least).unwrap_or(found.len());
        found.truncate(enough.max(top));
        let given: Vec<Given> = found
            .iter()
            .map(|found| Given { rank: found.rank, by_body: found.by_body, text: &found.entry.text })
            .collect();
        let weighed = query.weigh(&given, &self.rarity, &mut self.stems);
        let hit = |(found, weighed): (Found, Weighed)| Hit {
            path: PathBuf::from(found.path),
            entry: found.entry,
            weighed,
        };
        let mut hits: Vec<Hit> = found.into_iter().zip(weighed).map(hit).collect();
        hits.sort_by(better);
        hits.truncate(top);
        Ok(hits)
    }
}

/// The better of two first; equal ones as they stand in the library: what is said again comes second.
fn better(a: &Hit, b: &Hit) -> Ordering {
    let by_place = || (&a.path, a.entry.place).cmp(&(&b.path, b.entry.place));
    b.weighed.score.total_cmp(&a.weighed.score).then_with(by_place)
}

/// What of a library has changed since its index was made.
struct Changes {
    gone: Vec<String>,
    new: Vec<(PathBuf, Stamp)>,
}

impl Changes {
    fn between(index: &Index, files: &BTreeMap<String, (PathBuf, Stamp)>) -> Self {
        let known = &index.contents.files;
        let is_as_before =
            |path: &String, stamp: &Stamp| files.get(path).is_some_and(|(_, now)| now == stamp);
        let gone =
            known.iter().filter(|(path, stamp)| !is_as_before(path, stamp)).map(|(path, _)| path.clone());
        let new = files.iter().filter(|(path, (_, stamp))| known.get(*path) != Some(stamp));
        Self { gone: gone.collect(), new: new.map(|(_, file)| file.clone()).collect() }
    }

    fn is_none(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty()
    }

    /// Reads the new files into the index; all of it lasts, or nothing does.
    fn make(
        self,
        mut change: Change,
        folder: &Path,
        go_on: &mut dyn FnMut(Progress) -> bool,
        notices: &mut Vec<String>,
    ) -> Result<(), LibraryError> {
        let failed =
            |error: TantivyError| LibraryError::Index { folder: folder.to_owned(), error: told(&error) };
        let (speech, abbreviations) = (Speech::built_in(), abbreviations());
        let reader = Reader { speech, abbreviations };
        self.gone.iter().for_each(|path| change.remove(path));
        let mut progress = Progress { files: 0, of: self.new.len(), entries: 0 };
        for (path, stamp) in self.new {
            let name = path.to_string_lossy().into_owned();
            let (mut stopped, mut broken) = (false, None);
            let told = reader.entries(&path, &mut |entry| {
                progress.entries += 1;
                stopped = progress.entries.is_multiple_of(1000) && !go_on(progress);
                broken = change.add(&name, &entry).err();
                !stopped && broken.is_none()
            });
            if let Some(error) = broken {
                return Err(failed(error));
            }
            match told {
                Ok(odd) => notices.extend(odd.into_iter().map(|odd| format!("{name}: {odd}"))),
                Err(error) => notices.push(format!("{name}: {error}")),
            }
            // One that cannot be read is not tried again until it changes.
            change.read(name, stamp);
            progress.files += 1;
            if stopped || !go_on(progress) {
                return Err(LibraryError::Stopped);
            }
        }
        change.commit().map_err(failed)
    }
}

/// The files of the library at `path`, by name: itself, or all in the folder, at any depth, but not
/// hidden ones.
fn files(path: &Path) -> Result<BTreeMap<String, (PathBuf, Stamp)>, LibraryError> {
    let empty = |reason: String| LibraryError::Empty { path: path.to_owned(), reason };
    let mut found = BTreeMap::new();
    let mut left = vec![path.to_owned()];
    while let Some(path) = left.pop() {
        let about = fs::metadata(&path).map_err(|error| empty(error.to_string()));
        let about = match about {
            Ok(about) => about,
            Err(_) if !left.is_empty() || !found.is_empty() => continue,
            Err(error) => return Err(error),
        };
        if about.is_dir() {
            let entries = fs::read_dir(&path).map_err(|error| empty(error.to_string()))?;
            let visible = entries.flatten().map(|entry| entry.path()).filter(|path| {
                path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'))
                    && !path.is_symlink()
            });
            left.extend(visible);
        } else if about.is_file() {
            let changed = about.modified().ok().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
                Ok(after) => after.as_nanos().cast_signed(),
                Err(before) => -(before.duration().as_nanos().cast_signed()),
            });
            let stamp = Stamp { bytes: about.len(), changed };
            found.insert(path.to_string_lossy().into_owned(), (path, stamp));
        }
    }
    if found.is_empty() { Err(empty("no file in it".to_owned())) } else { Ok(found) }
}

/// What went wrong with an index, in one line.
fn told(error: &TantivyError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shelf {
        home: tempfile::TempDir,
    }

    impl Shelf {
        fn new() -> Self {
            let home = tempfile::tempdir().expect("a folder can be made");
            fs::create_dir(home.path().join("library")).expect("a folder can be made");
            Self { home }
        }

        fn put(&self, name: &str, text: &str) {
            fs::write(self.home.path().join("library").join(name), text).expect("a file can be written");
        }

        fn take(&self, name: &str) {
            fs::remove_file(self.home.path().join("library").join(name)).expect("it is there");
        }

        /// The library, and how many entries were read to open it.
        fn open(&self) -> (Library, usize) {
            let mut read = 0;
            let library = Library::open(
                &self.home.path().join("library"),
                &self.home.path().join("cache"),
                &mut |progress| {
                    read = progress.entries;
                    true
                },
            );
            (library.expect("it opens"), read)
        }

        fn index_file(&self, ending: &str) -> PathBuf {
            let index = index::folder_of(&self.home.path().join("cache"), &self.home.path().join("library"));
            let files = fs::read_dir(index).expect("there is an index").flatten().map(|entry| entry.path());
            files.into_iter().find(|path| path.extension().is_some_and(|e| e == ending)).expect(ending)
        }
    }

    fn texts(library: &mut Library, text: &str) -> Vec<String> {
        library.find(text, 5).expect("it is sound").into_iter().map(|hit| hit.entry.text).collect()
    }

    #[test]
    fn what_answers_is_found_with_its_place_and_reason() {
        let shelf = Shelf::new();
        shelf.put("a.md", "---\nspeaker: Ilse Brandt\n---\n\nGood day. No ship of ours sank the cable.\n");
        shelf.put("b.jsonl", "{\"id\":\"x\",\"text\":\"The harvest was good.\"}\n");
        let (mut library, _) = shelf.open();
        let hits = library.find("A ship sank the Merrow cable.", 3).expect("it is sound");
        assert_eq!(hits.len(), 1);
        assert_eq!(
            (hits[0].entry.id.as_str(), hits[0].entry.speaker.as_deref()),
            ("1.2", Some("Ilse Brandt"))
        );
        assert_eq!(hits[0].weighed.shared, ["cabl", "sank", "ship"]);
        assert!(hits[0].path.ends_with("a.md"));
    }

    #[test]
    fn only_what_has_changed_is_read_again() {
        let shelf = Shelf::new();
        shelf.put("a.txt", "The cable was cut.\n");
        shelf.put("b.txt", "The cable was old. It broke.\n");
        assert_eq!(shelf.open().1, 3);
        assert_eq!(shelf.open().1, 0);
        shelf.put("a.txt", "The cable was cut by an anchor.\n");
        let (mut library, read) = shelf.open();
        assert_eq!(read, 1);
        assert!(texts(&mut library, "cable cut").contains(&"The cable was cut by an anchor.".to_owned()));
        assert!(!texts(&mut library, "cable cut").contains(&"The cable was cut.".to_owned()));
        shelf.take("b.txt");
        assert_eq!(texts(&mut shelf.open().0, "old cable broke").len(), 1);
    }

    #[test]
    fn a_damaged_index_is_made_anew_and_said_so() {
        let shelf = Shelf::new();
        shelf.put("a.txt", "The cable was cut.\n");
        for ending in ["term", "store", "json"] {
            assert!(shelf.open().0.notices.is_empty());
            let file = shelf.index_file(ending);
            let mut bytes = fs::read(&file).expect("it is readable");
            let middle = bytes.len() / 2;
            bytes.truncate(middle);
            fs::write(&file, bytes).expect("it is writable");
            let (mut library, _) = shelf.open();
            assert!(library.notices[0].contains("made anew"), "{ending}: {:?}", library.notices);
            assert_eq!(texts(&mut library, "cable"), ["The cable was cut."], "{ending}");
        }
    }

    #[test]
    fn a_reading_that_is_stopped_leaves_the_index_as_it_was() {
        let shelf = Shelf::new();
        shelf.put("a.txt", "The cable was cut.\n");
        shelf.open();
        shelf.put("b.txt", "Another cable was cut.\n");
        let (library, cache) = (shelf.home.path().join("library"), shelf.home.path().join("cache"));
        let stopped = Library::open(&library, &cache, &mut |_| false);
        assert!(matches!(stopped, Err(LibraryError::Stopped)));
        let (mut library, read) = shelf.open();
        assert_eq!((read, texts(&mut library, "cable").len()), (1, 2));
    }

    #[test]
    fn a_library_without_text_is_no_library() {
        let shelf = Shelf::new();
        let open = || {
            let (library, cache) = (shelf.home.path().join("library"), shelf.home.path().join("cache"));
            Library::open(&library, &cache, &mut |_| true).err().map(|error| error.to_string())
        };
        assert!(open().is_some_and(|error| error.contains("no file in it")));
        shelf.put("a.jsonl", "no\n");
        assert!(open().is_some_and(|error| error.contains("line 1")));
    }
}
