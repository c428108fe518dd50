//! The journal on disk: one JSON object a line, only ever appended to.
//!
//! ```text
//! {"format":"visavis-session","version":1,"created":"2026-11-25T19:06:41Z"}
//! {"id":…,"time":…,"author":…,"event":"opened","path":…,"sha256":…, … ,"text":…}
//! {"id":…,"time":…,"author":…,"event":"note","anchor":{…},"text":…}
//! ```
//! Nothing is created before the first act, unless the reader names the session. An act is one write and one sync; only then is it told.
//! The file is locked while it is open: a second window, a folder that may not be written and a later
//! version of the format are read, never written. What the lines mean for reading is in `lines`,
//! how they get to the disk in `tail`.

mod lines;
mod tail;

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::event::EventIds;
use super::{Act, Event, OpenedDocument, Session};
use crate::document::Saved;
use crate::document::encoding::Encoding;
use lines::{Lines, VERSION};
use tail::{Found, Tail};

/// A session's file, open for appending.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    author: String,
    ids: EventIds,
    /// Open and locked, once it exists and if it may be written.
    tail: Option<Tail>,
    /// Whether the last whole line lacks its line end.
    unended: bool,
    /// Documents to be written with the next act.
    pending: Vec<OpenedDocument>,
    access: Access,
}

/// What a journal held when it was opened.
#[derive(Debug)]
pub struct Loaded {
    /// The fold of its events.
    pub session: Session,
    /// What was odd about it, for the reader; empty if nothing was.
    pub notices: Vec<String>,
    /// Whether it can be written.
    pub access: Access,
    /// Whether it was written by a later version, of which only the known part was read.
    pub later: Option<u64>,
}

/// Whether a journal can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can.
    ReadWrite,
    /// It cannot, for this reason.
    ReadOnly(String),
}

/// Why a journal cannot be read or an act not be kept.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file could not be read.
    #[error("{}: {error}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file is no session.
    #[error("{}: not a session of visavis; it is left as it is", .0.display())]
    NotASession(PathBuf),
    /// It may not be written.
    #[error("{0}")]
    ReadOnly(String),
    /// The act could not be written; nothing of it is in the file.
    #[error("{}", reason(.0))]
    Write(io::Error),
}

/// An error in the words of a person, without its number.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space left on the disk".to_owned(),
        io::ErrorKind::QuotaExceeded => "no space left in the quota".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to write there".to_owned(),
        io::ErrorKind::FileTooLarge => "the file may not grow further".to_owned(),
        _ => error.to_string(),
    }
}

const OTHER_WINDOW: &str = "the session is open in another window";

impl Journal {
    /// Opens the journal at `path`, whether it exists or not, for `author`.
    ///
    /// # Errors
    /// If there is a file that cannot be read, or that is no session.
    pub fn open(path: &Path, author: &str) -> Result<(Self, Loaded), JournalError> {
        let mut journal = Self {
            path: path.to_owned(),
            author: author.to_owned(),
            ids: EventIds::new(),
            tail: None,
            unended: false,
            pending: Vec::new(),
            access: Access::ReadWrite,
        };
        let read = journal.find().map_err(|error| JournalError::Read { path: path.to_owned(), error })?;
        let read = read.ok_or_else(|| JournalError::NotASession(path.to_owned()))?;
        for event in &read.events {
            journal.ids.follow(&event.id);
        }
        if let Some(version) = read.later {
            journal.access = Access::ReadOnly(format!(
                "written by a later visavis (format version {version}; this one writes {VERSION})"
            ));
        }
        let loaded = Loaded::new(read, journal.access.clone());
        Ok((journal, loaded))
    }

    /// Finds, locks and reads the file; nothing if it is no session.
    fn find(&mut self) -> io::Result<Option<Lines>> {
        let (mut file, refusal) = match tail::find(&self.path)? {
            Found::Nothing => {
                self.refuse(tail::refusal(&self.path).map(|error| reason(&error)));
                return Ok(Some(Lines::default()));
            }
            Found::Ours(file) => (file, None),
            Found::Theirs(file) => (file, Some(OTHER_WINDOW.to_owned())),
            Found::Shut(file, error) => (file, Some(reason(&error))),
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let Ok(read) = Lines::read(&bytes) else { return Ok(None) };
        self.refuse(refusal);
        self.unended = read.unended;
        self.tail = Some(Tail::new(&self.path, file, read.good, bytes.len() as u64));
        Ok(Some(read))
    }

    fn refuse(&mut self, reason: Option<String>) {
        if let Some(reason) = reason {
            self.access = Access::ReadOnly(reason);
        }
    }

    /// Has `documents` written with the next act, but for those that the session holds already, in the
    /// encoding that the reader has named.
    pub fn with_documents(&mut self, session: &Session, documents: Vec<OpenedDocument>) {
        self.pending = documents;
        let named = |old: &Saved| old.encoding.map(Encoding::name);
        let is_kept = |new: &OpenedDocument| {
            let same = session.documents.iter().find(|old| old.sha256 == new.sha256);
            same.is_some_and(|old| new.encoding.is_none() || named(old) == new.encoding.as_deref())
        };
        self.pending.retain(|new| !is_kept(new));
    }

    /// Appends `act` and returns when the disk has it.
    ///
    /// # Errors
    /// Why not; the file then holds nothing of it.
    pub fn append(&mut self, act: Act) -> Result<Event, JournalError> {
        if let Access::ReadOnly(reason) = &self.access {
            return Err(JournalError::ReadOnly(reason.clone()));
        }
        let mut events = self.opened();
        let event = self.event(act);
        events.push(event.clone());
        self.write(&events)?;
        Ok(event)
    }

    /// Begins the session before the first act: the reader has asked for it by name. Nothing is done
    /// if it holds its documents already or may not be written.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn begin(&mut self) -> Result<(), JournalError> {
        if self.pending.is_empty() || self.access != Access::ReadWrite {
            return Ok(());
        }
        let opened = self.opened();
        self.write(&opened)
    }

    /// The documents that the file does not hold yet, as events.
    fn opened(&mut self) -> Vec<Event> {
        self.pending.clone().into_iter().map(|document| self.event(Act::Opened(document))).collect()
    }

    fn write(&mut self, events: &[Event]) -> Result<(), JournalError> {
        let (unended, Some(first)) = (self.unended, events.first()) else { return Ok(()) };
        let tail = self.tail()?;
        let mut lines = Vec::new();
        if tail.is_new() {
            lines::write_head(&mut lines, &first.time);
        } else if unended {
            lines.push(b'\n');
        }
        for event in events {
            lines::write(&mut lines, event);
        }
        tail.append(&lines).map_err(JournalError::Write)?;
        self.unended = false;
        self.pending.clear();
        Ok(())
    }

    /// The file's end; the file is begun if there is none.
    fn tail(&mut self) -> Result<&mut Tail, JournalError> {
        if self.tail.is_none() {
            self.tail = Tail::begin(&self.path).map_err(JournalError::Write)?;
        }
        self.tail.as_mut().ok_or_else(|| {
            // A window that was opened at the same time has begun the session first.
            self.access = Access::ReadOnly(OTHER_WINDOW.to_owned());
            JournalError::ReadOnly(OTHER_WINDOW.to_owned())
        })
    }

    fn event(&mut self, act: Act) -> Event {
        let now = jiff::Timestamp::now();
        let id = self.ids.next(u64::try_from(now.as_millisecond()).unwrap_or(0));
        let time = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Event { id, time, author: self.author.clone(), act }
    }
}

impl Loaded {
    /// Reads the journal at `path` without keeping others from writing it.
    ///
    /// # Errors
    /// As [`Journal::open`], and if there is no file.
    pub fn read(path: &Path) -> Result<Self, JournalError> {
        let bytes = fs::read(path).map_err(|error| JournalError::Read { path: path.to_owned(), error })?;
        let read = Lines::read(&bytes).map_err(|()| JournalError::NotASession(path.to_owned()))?;
        Ok(Self::new(read, Access::ReadOnly("it was opened for reading only".to_owned())))
    }

    fn new(read: Lines, access: Access) -> Self {
        Self { session: Session::fold(&read.events), notices: read.notices, access, later: read.later }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::EventId;
    use super::*;

    struct Place {
        folder: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Self {
            Self { folder: tempfile::tempdir().expect("a folder for the test") }
        }

        fn path(&self) -> PathBuf {
            self.folder.path().join("sessions").join("a.visavis")
        }

        fn open(&self) -> (Journal, Loaded) {
            Journal::open(&self.path(), "reader").expect("it opens")
        }

        fn bytes(&self) -> Vec<u8> {
            fs::read(self.path()).expect("it is there")
        }

        /// Writes these acts, then lets `damage` change the file.
        fn damaged(acts: &[&str], damage: impl FnOnce(&mut Vec<u8>)) -> Self {
            let place = Self::new();
            let (mut journal, _) = place.open();
            for act in acts {
                journal.append(undo(act)).expect("it is written");
            }
            drop(journal);
            let mut bytes = place.bytes();
            damage(&mut bytes);
            fs::write(place.path(), bytes).expect("it can be damaged");
            place
        }

        /// What is read, and what is read after one more act.
        fn read(&self) -> (Vec<String>, Vec<String>, Vec<String>) {
            let (mut journal, loaded) = self.open();
            let before = self.acts();
            journal.append(undo("new")).expect("it is written");
            drop(journal);
            (before, self.acts(), loaded.notices)
        }

        fn acts(&self) -> Vec<String> {
            let read = Lines::read(&self.bytes()).expect("it is a session");
            let named = |event: &Event| match &event.act {
                Act::Undo { undone } => undone.0.clone(),
                other => format!("{other:?}"),
            };
            read.events.iter().map(named).collect()
        }
    }

    fn undo(name: &str) -> Act {
        Act::Undo { undone: EventId(name.to_owned()) }
    }

    #[test]
    fn nothing_is_created_before_the_first_act() {
        let place = Place::new();
        let (mut journal, loaded) = place.open();
        assert_eq!(loaded.access, Access::ReadWrite);
        assert!(!place.path().exists() && !place.folder.path().join("sessions").exists());
        journal.append(undo("1")).expect("it is written");
        assert_eq!(place.acts(), ["1"]);
    }

    fn document() -> OpenedDocument {
        OpenedDocument {
            path: "a.txt".into(),
            sha256: "00".into(),
            format: "text".into(),
            encoding: None,
            title: None,
            date: None,
            kind: "statement".into(),
            text: "words \u{9b}".into(),
        }
    }

    #[test]
    fn a_session_may_be_begun_before_the_first_act() {
        let place = Place::new();
        let (mut journal, loaded) = place.open();
        journal.with_documents(&loaded.session, vec![document()]);
        journal.begin().expect("it is written");
        let begun = place.bytes();
        journal.begin().expect("there is nothing to do");
        assert_eq!(place.bytes(), begun);
        drop(journal);
        assert_eq!(place.open().1.session.documents[0].sha256, document().sha256);
    }

    #[test]
    fn documents_are_written_once_with_the_first_act() {
        let place = Place::new();
        for round in 0..2 {
            let (mut journal, loaded) = place.open();
            assert_eq!(loaded.session.documents.len(), round);
            journal.with_documents(&loaded.session, vec![document()]);
            journal.append(undo("1")).expect("it is written");
        }
        let text = String::from_utf8(place.bytes()).expect("it is UTF-8");
        assert_eq!(text.matches("opened").count(), 1);
        assert!(text.contains("words \\u009b"), "{text}");
        assert_eq!(place.open().1.session.documents[0].text, "words \u{9b}");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = Place::damaged(&["1"], |_| {});
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(&place.path()), 0o600);
        assert_eq!(mode(place.path().parent().expect("it has a folder")), 0o700);
    }

    #[test]
    fn a_torn_last_line_is_told_and_never_appended_to() {
        for cut in 2..30 {
            let place = Place::damaged(&["1", "2"], |bytes| bytes.truncate(bytes.len() - cut));
            let (before, after, notices) = place.read();
            assert_eq!(
                (before, after),
                (vec!["1".to_owned()], vec!["1".to_owned(), "new".to_owned()]),
                "cut {cut}"
            );
            assert!(notices[0].contains("torn"), "{notices:?}");
        }
    }

    #[test]
    fn a_lost_line_end_costs_nothing() {
        let place = Place::damaged(&["1", "2"], |bytes| assert!(bytes.pop().is_some()));
        let (before, after, notices) = place.read();
        assert_eq!(before, ["1", "2"]);
        assert_eq!(after, ["1", "2", "new"]);
        assert_eq!(notices, Vec::<String>::new());
    }

    #[test]
    fn garbage_is_passed_over_and_told() {
        for garbage in [&b"\xff\xfe garbage \0{{{]\n"[..], &[0; 200], b"{\"note\": \"no", b"\x80\n\x81\n"] {
            let place = Place::damaged(&["1", "2"], |bytes| bytes.extend_from_slice(garbage));
            let (before, after, notices) = place.read();
            assert_eq!(before, ["1", "2"]);
            assert_eq!(after, ["1", "2", "new"]);
            assert_eq!(notices.len(), 1, "{notices:?}");
        }
    }

    #[test]
    fn garbage_in_the_middle_stays_where_it_is() {
        let place = Place::damaged(&["1", "2"], |bytes| {
            let end = bytes.iter().rposition(|b| *b == b'}').expect("it has lines");
            let start = bytes[..end].iter().rposition(|b| *b == b'\n').expect("it has lines") + 1;
            bytes.splice(start..start, *b"\xff{]\n");
        });
        let (before, after, notices) = place.read();
        assert_eq!((before.len(), after.len()), (2, 3));
        assert!(notices[0].contains("cannot be read"));
        assert!(memchr::memmem::find(&place.bytes(), b"\xff{]").is_some());
    }

    #[test]
    fn an_event_of_a_later_version_is_kept_and_told() {
        let later = br#"{"id":"9","time":"2030-01-01T00:00:00Z","event":"hologram","shape":"cube"}"#;
        let place = Place::damaged(&["1"], |bytes| {
            bytes.extend_from_slice(later);
            bytes.push(b'\n');
        });
        let (_, after, notices) = place.read();
        assert_eq!(after, ["1", "new"]);
        assert!(notices[0].contains("does not know"), "{notices:?}");
        assert!(memchr::memmem::find(&place.bytes(), later).is_some());
    }

    #[test]
    fn a_later_format_is_read_and_never_written() {
        let place = Place::damaged(&["1"], |bytes| {
            let text = String::from_utf8_lossy(bytes).replacen("\"version\":1", "\"version\":999", 1);
            *bytes = text.into_bytes();
        });
        let before = place.bytes();
        let (mut journal, loaded) = place.open();
        assert_eq!(loaded.later, Some(999));
        let error = journal.append(undo("2")).expect_err("it is not ours to write");
        assert!(error.to_string().contains("999"), "{error}");
        assert_eq!(place.bytes(), before);
    }

    #[test]
    fn another_window_reads_but_does_not_write() {
        let place = Place::damaged(&["1"], |_| {});
        let (mut first, _) = place.open();
        let (mut second, loaded) = place.open();
        assert!(matches!(loaded.access, Access::ReadOnly(reason) if reason.contains("another window")));
        assert!(second.append(undo("2")).is_err());
        first.append(undo("3")).expect("the first window writes on");
        drop(first);
        assert_eq!(place.open().1.access, Access::ReadWrite, "no lock is left");
        assert_eq!(place.acts(), ["1", "3"]);
    }

    #[test]
    fn two_windows_on_a_session_not_yet_begun_do_not_mix() {
        let place = Place::new();
        let ((mut first, _), (mut second, _)) = (place.open(), place.open());
        first.append(undo("1")).expect("the first to act begins it");
        let error = second.append(undo("2")).expect_err("the other may only read");
        assert!(error.to_string().contains("another window"), "{error}");
        first.append(undo("3")).expect("it is written");
        assert_eq!(place.acts(), ["1", "3"]);
    }

    #[test]
    fn another_file_is_never_taken_for_a_session() {
        let place = Place::damaged(&["1"], |bytes| *bytes = b"dear diary\n".to_vec());
        assert!(matches!(Journal::open(&place.path(), "reader"), Err(JournalError::NotASession(_))));
        assert_eq!(place.bytes(), b"dear diary\n");
    }
}
