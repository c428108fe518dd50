//! The journal on disk: one JSON object a line, only ever appended to.
//!
//! ```text
//! {"format":"visavis-session","version":1,"created":"2026-11-25T19:06:41Z"}
//! {"id":…,"time":…,"author":…,"event":"opened","path":…,"sha256":…, … ,"text":…}
//! {"id":…,"time":…,"author":…,"event":"note","anchor":{…},"text":…}
//! ```
//! Nothing is created before the first act. An act is one write and one sync; only then is it told.
//! A write that fails is cut off again, so that the next line never follows half of one. A line that
//! cannot be read is told and left where it is. The file is locked while it is open: a second window,
//! a folder that may not be written and a later version of the format are read, never written.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::event::EventIds;
use super::{Act, Event, OpenedDocument, Session};

/// The version that is written, and the newest that may be written to.
const VERSION: u64 = 1;
const FORMAT: &str = "visavis-session";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: String,
    version: u64,
    created: String,
}

/// A session's file, open for appending.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    author: String,
    ids: EventIds,
    /// Open and locked, once it exists.
    file: Option<File>,
    /// Bytes that hold whole lines; what follows is cut off before the next append.
    good: u64,
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
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to write there".to_owned(),
        io::ErrorKind::FileTooLarge => "the file may not grow further".to_owned(),
        _ => error.to_string(),
    }
}

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
            file: None,
            good: 0,
            unended: false,
            pending: Vec::new(),
            access: Access::ReadWrite,
        };
        let read_error = |error| JournalError::Read { path: path.to_owned(), error };
        let bytes = match journal.lock() {
            Ok(()) => journal.bytes().map_err(read_error)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(read_error(error)),
        };
        let read = Lines::read(&bytes).map_err(|()| JournalError::NotASession(path.to_owned()))?;
        (journal.good, journal.unended) = (read.good, read.unended);
        for event in &read.events {
            journal.ids.follow(&event.id);
        }
        if let Some(version) = read.later {
            journal.access = Access::ReadOnly(format!(
                "written by a later visavis (format version {version}; this one writes {VERSION})"
            ));
        }
        let loaded = Loaded {
            session: Session::fold(&read.events),
            notices: read.notices,
            access: journal.access.clone(),
            later: read.later,
        };
        Ok((journal, loaded))
    }

    /// Has `documents` written with the next act, but for those that the session holds already.
    pub fn with_documents(&mut self, session: &Session, documents: Vec<OpenedDocument>) {
        self.pending = documents;
        self.pending.retain(|new| !session.documents.iter().any(|old| old.sha256 == new.sha256));
    }

    /// Appends `act` and returns when the disk has it.
    ///
    /// # Errors
    /// Why not; the file then holds nothing of it.
    pub fn append(&mut self, act: Act) -> Result<Event, JournalError> {
        if let Access::ReadOnly(reason) = &self.access {
            return Err(JournalError::ReadOnly(reason.clone()));
        }
        let opened: Vec<Event> =
            self.pending.clone().into_iter().map(|document| self.event(Act::Opened(document))).collect();
        let event = self.event(act);
        let mut lines = Vec::new();
        if self.good == 0 {
            let head = Head { format: FORMAT.to_owned(), version: VERSION, created: event.time.clone() };
            line(&mut lines, &head);
        } else if self.unended {
            lines.push(b'\n');
        }
        for event in opened.iter().chain([&event]) {
            line(&mut lines, event);
        }
        self.write(&lines)?;
        self.pending.clear();
        Ok(event)
    }

    fn event(&mut self, act: Act) -> Event {
        let now = jiff::Timestamp::now();
        let id = self.ids.next(u64::try_from(now.as_millisecond()).unwrap_or(0));
        let time = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        Event { id, time, author: self.author.clone(), act }
    }

    /// Writes whole lines behind the last good one and syncs them.
    fn write(&mut self, lines: &[u8]) -> Result<(), JournalError> {
        if self.file.is_none() {
            self.create().map_err(JournalError::Write)?;
            if let Access::ReadOnly(reason) = &self.access {
                return Err(JournalError::ReadOnly(reason.clone()));
            }
        }
        let file = self.file.as_mut().ok_or_else(|| JournalError::Write(io::ErrorKind::NotFound.into()))?;
        let new = self.good == 0;
        let written =
            append(file, self.good, lines).and_then(|()| if new { sync_folder(&self.path) } else { Ok(()) });
        match written {
            Ok(()) => {
                self.good += lines.len() as u64;
                self.unended = false;
                Ok(())
            }
            Err(error) => {
                // If even this fails, what stands behind `good` is cut off before the next append.
                let _ = file.set_len(self.good);
                Err(JournalError::Write(error))
            }
        }
    }

    /// Creates the file, which nobody else may read, and its folder.
    fn create(&mut self) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            let mut builder = DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = match options.open(&self.path) {
            // A window that was opened at the same time has begun the session first.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.access = Access::ReadOnly(OTHER_WINDOW.to_owned());
                return Ok(());
            }
            other => other?,
        };
        file.try_lock()?;
        self.file = Some(file);
        Ok(())
    }

    /// Opens and locks the file that exists; finds out whether it can be written.
    fn lock(&mut self) -> io::Result<()> {
        match OpenOptions::new().read(true).write(true).open(&self.path) {
            Ok(file) => {
                match file.try_lock() {
                    Ok(()) => {}
                    Err(TryLockError::WouldBlock) => self.access = Access::ReadOnly(OTHER_WINDOW.to_owned()),
                    // A file system without locks: better unlocked than unread.
                    Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                    Err(TryLockError::Error(error)) => return Err(error),
                }
                self.file = Some(file);
            }
            Err(error) if cannot_be_written(&error) => {
                self.access = Access::ReadOnly(reason(&error));
                self.file = Some(File::open(&self.path)?);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn bytes(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Some(file) = &mut self.file {
            file.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

const OTHER_WINDOW: &str = "the session is open in another window";

fn cannot_be_written(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Adds a value as one line. U+007F to U+009F are escaped, as `serde_json` does not.
fn line(lines: &mut Vec<u8>, value: &impl Serialize) {
    let json = serde_json::to_string(value).expect("events have string keys and no map that could fail");
    for c in json.chars() {
        if ('\u{7f}'..='\u{9f}').contains(&c) {
            lines.extend_from_slice(format!("\\u{:04x}", c as u32).as_bytes());
        } else {
            lines.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    lines.push(b'\n');
}

/// Cuts `file` to `good` bytes, writes `lines` there with one write, and syncs.
fn append(file: &mut File, good: u64, lines: &[u8]) -> io::Result<()> {
    if file.metadata()?.len() != good {
        file.set_len(good)?;
    }
    file.seek(SeekFrom::Start(good))?;
    file.write_all(lines)?;
    file.sync_data()
}

/// Makes the name of a new file last.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// What the bytes of a journal say.
#[derive(Debug, Default)]
struct Lines {
    events: Vec<Event>,
    notices: Vec<String>,
    later: Option<u64>,
    good: u64,
    unended: bool,
}

impl Lines {
    /// Reads a whole file; an empty one is a session without events.
    ///
    /// # Errors
    /// If it does not begin as a session does.
    fn read(bytes: &[u8]) -> Result<Self, ()> {
        let mut read = Self::default();
        let (mut unknown, mut unreadable, mut first) = (0, 0, true);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let whole = line.ends_with(b"\n");
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            if first {
                if !read.head(text, whole)? {
                    return Ok(read);
                }
                first = false;
            } else if text.iter().all(u8::is_ascii_whitespace) {
                // An empty line says nothing.
            } else if let Some(event) = event(text) {
                read.events.push(event);
                read.unended = !whole;
            } else if !whole {
                read.notices.push("the last line of the session was torn; it is left out".to_owned());
                return Ok(read);
            } else if is_unknown(text) {
                unknown += 1;
            } else {
                unreadable += 1;
            }
            read.good += line.len() as u64;
        }
        read.tell(unknown, "is of a kind that this version does not know; it is kept");
        read.tell(unreadable, "cannot be read; it is left where it is");
        Ok(read)
    }

    /// Takes the first line; false if it was torn, so that there is nothing else.
    fn head(&mut self, text: &[u8], whole: bool) -> Result<bool, ()> {
        match serde_json::from_slice::<Head>(text) {
            Ok(head) if head.format == FORMAT => {
                self.later = Some(head.version).filter(|version| *version > VERSION);
                self.unended = !whole;
                Ok(true)
            }
            // A kill or a full disk at the very first write.
            _ if !whole && text.len() < 200 && text.starts_with(br#"{"format":"visavis"#) => {
                self.notices.push("the session was torn at its first line; it begins anew".to_owned());
                Ok(false)
            }
            _ => Err(()),
        }
    }

    fn tell(&mut self, count: usize, what: &str) {
        match count {
            0 => {}
            1 => self.notices.push(format!("1 line of the session {what}")),
            _ => self.notices.push(format!(
                "{count} lines of the session {}",
                what.replacen("is of", "are of", 1).replace("it is", "they are")
            )),
        }
    }
}

fn event(text: &[u8]) -> Option<Event> {
    serde_json::from_slice(text).ok()
}

/// Whether a line is an event whose kind is not ours.
fn is_unknown(text: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Named {
        event: String,
    }
    serde_json::from_slice::<Named>(text).is_ok_and(|named| !Act::NAMES.contains(&named.event.as_str()))
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

    #[test]
    fn documents_are_written_once_with_the_first_act() {
        let place = Place::new();
        let document = OpenedDocument {
            path: "a.txt".into(),
            sha256: "00".into(),
            format: "text".into(),
            title: None,
            date: None,
            kind: "statement".into(),
            text: "words \u{9b}".into(),
        };
        for round in 0..2 {
            let (mut journal, loaded) = place.open();
            assert_eq!(loaded.session.documents.len(), round);
            journal.with_documents(&loaded.session, vec![document.clone()]);
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

    #[test]
    fn a_write_that_fails_leaves_no_half_line() {
        let place = Place::damaged(&["1"], |_| {});
        let (mut journal, _) = place.open();
        // A file that may not be written fails as a full disk does.
        let written = std::mem::replace(&mut journal.file, File::open(place.path()).ok());
        assert!(matches!(journal.append(undo("2")), Err(JournalError::Write(_))));
        journal.file = written;
        journal.append(undo("3")).expect("there is room again");
        assert_eq!(place.acts(), ["1", "3"]);
    }
}
