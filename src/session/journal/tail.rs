//! The file under a journal: begun, locked, and written at its end.
//!
//! What a failed write leaves is cut off at once or before the next append; nothing else ever is. So
//! a file that has become longer or shorter in other hands is not written, and one that was deleted
//! while it was open is put back with all it held.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// An open file that holds whole lines up to a point.
#[derive(Debug)]
pub struct Tail {
    path: PathBuf,
    file: File,
    /// Bytes that hold whole lines; what follows is cut off before the next append.
    good: u64,
    /// Bytes the file had when it was last read or written here.
    length: u64,
}

/// A file opened for a journal.
#[derive(Debug)]
pub enum Found {
    /// Not there.
    Nothing,
    /// It can be written, and nobody else does.
    Ours(File),
    /// Another window writes it.
    Theirs(File),
    /// It cannot be written, for this reason.
    Shut(File, io::Error),
}

/// Opens and locks the file at `path`, if there is one.
pub fn find(path: &Path) -> io::Result<Found> {
    match OpenOptions::new().read(true).write(true).open(path) {
        Ok(file) if lock(&file)? => Ok(Found::Ours(file)),
        Ok(file) => Ok(Found::Theirs(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) if cannot_be_written(&error) => Ok(Found::Shut(File::open(path)?, error)),
        Err(error) => Err(error),
    }
}

/// Why no file could be begun at `path`, as far as can be told without trying.
pub fn refusal(path: &Path) -> Option<io::Error> {
    use rustix::fs::{Access, access};
    let folder = path.ancestors().skip(1).find(|folder| folder.exists())?;
    let error = io::Error::from(access(folder, Access::WRITE_OK | Access::EXEC_OK).err()?);
    cannot_be_written(&error).then_some(error)
}

fn cannot_be_written(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Locks `file` until it is closed, by a kill at the latest; false if another window has it.
fn lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        // A file system without locks. Lines of another window would be seen before an append.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl Tail {
    /// The end of `file`, of which `good` of `length` bytes hold whole lines.
    pub fn new(path: &Path, file: File, good: u64, length: u64) -> Self {
        Self { path: path.to_owned(), file, good, length }
    }

    /// Creates the file, which nobody else may read, and its folder; nothing if another window was
    /// faster.
    pub fn begin(path: &Path) -> io::Result<Option<Self>> {
        if let Some(folder) = path.parent() {
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
        match options.open(path) {
            Ok(file) if lock(&file)? => Ok(Some(Self::new(path, file, 0, 0))),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether it holds nothing yet.
    pub fn is_new(&self) -> bool {
        self.good == 0
    }

    /// Writes `lines` behind the last whole line with one write, and returns when the disk has them.
    ///
    /// # Errors
    /// Why not; the file then holds nothing of them.
    pub fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        if is_deleted(&self.file)? {
            self.put_back()?;
        }
        if self.file.metadata()?.len() != self.length {
            return Err(io::Error::other("another program has changed the session's file; open it again"));
        }
        match self.write(lines) {
            Ok(()) => {
                self.good += lines.len() as u64;
                self.length = self.good;
                Ok(())
            }
            Err(error) => {
                // If even this fails, it is done before the next append.
                let _ = self.file.set_len(self.good);
                self.length = self.file.metadata().map_or(self.length, |data| data.len());
                Err(error)
            }
        }
    }

    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.length != self.good {
            self.file.set_len(self.good)?;
        }
        self.file.seek(SeekFrom::Start(self.good))?;
        self.file.write_all(lines)?;
        self.file.sync_data()?;
        if self.is_new() { self.sync_folder() } else { Ok(()) }
    }

    /// Makes the name of a new file last.
    fn sync_folder(&self) -> io::Result<()> {
        self.path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    }

    /// Writes the whole lines of a deleted file to a new one in its place.
    fn put_back(&mut self) -> io::Result<()> {
        let mut lines = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        (&self.file).take(self.good).read_to_end(&mut lines)?;
        let new = Self::begin(&self.path)?;
        let mut new = new.ok_or_else(|| io::Error::other("another file has taken the session's place"))?;
        if let Err(error) = new.append(&lines) {
            // Else this would stand in the way of the next try.
            let _ = std::fs::remove_file(&self.path);
            return Err(error);
        }
        *self = new;
        Ok(())
    }
}

#[cfg(unix)]
fn is_deleted(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(file.metadata()?.nlink() == 0)
}

#[cfg(not(unix))]
fn is_deleted(_: &File) -> io::Result<bool> {
    // An open file cannot be deleted there.
    Ok(false)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    struct Place {
        folder: tempfile::TempDir,
        tail: Tail,
    }

    impl Place {
        fn begun() -> Self {
            let folder = tempfile::tempdir().expect("a folder for the test");
            let tail = Tail::begin(&folder.path().join("in").join("a")).expect("it can be written");
            let mut place = Self { folder, tail: tail.expect("nobody else is here") };
            place.tail.append(b"one\n").expect("it is written");
            place
        }

        fn path(&self) -> PathBuf {
            self.folder.path().join("in").join("a")
        }

        #[track_caller]
        fn holds(&self, expected: &str) {
            assert_eq!(fs::read_to_string(self.path()).expect("it is there"), expected);
        }
    }

    #[test]
    fn a_write_that_fails_leaves_no_half_line() {
        let mut place = Place::begun();
        // A file that may not be written fails as a full disk does.
        let shut = File::open(place.path()).expect("it is there");
        let written = std::mem::replace(&mut place.tail.file, shut);
        assert!(place.tail.append(b"two\n").is_err());
        place.holds("one\n");
        place.tail.file = written;
        place.tail.append(b"three\n").expect("there is room again");
        place.holds("one\nthree\n");
    }

    #[test]
    fn what_a_failed_write_left_is_cut_off_before_the_next() {
        let mut place = Place::begun();
        fs::write(place.path(), b"one\ntw").expect("it can be written");
        place.tail.length = 6;
        place.tail.append(b"three\n").expect("it is written");
        place.holds("one\nthree\n");
    }

    #[test]
    fn lines_of_others_are_never_cut_off() {
        let mut place = Place::begun();
        fs::write(place.path(), b"one\ntheirs\n").expect("it can be written");
        assert!(place.tail.append(b"two\n").is_err());
        place.holds("one\ntheirs\n");
    }

    #[test]
    fn a_deleted_file_is_put_back_with_all_it_held() {
        let mut place = Place::begun();
        fs::remove_dir_all(place.path().parent().expect("it has a folder")).expect("it can be deleted");
        place.tail.append(b"two\n").expect("it is written");
        place.holds("one\ntwo\n");
        place.tail.append(b"three\n").expect("it is written");
        place.holds("one\ntwo\nthree\n");
    }

    #[test]
    fn a_file_in_its_place_is_left_alone() {
        let mut place = Place::begun();
        fs::remove_file(place.path()).expect("it can be deleted");
        fs::write(place.path(), "another").expect("it can be written");
        assert!(place.tail.append(b"two\n").is_err());
        place.holds("another");
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_not_be_written_is_told_before_the_first_act() {
        use std::os::unix::fs::PermissionsExt as _;
        let place = Place::begun();
        let path = place.folder.path().join("not/there/yet");
        assert!(refusal(&path).is_none());
        fs::set_permissions(place.folder.path(), fs::Permissions::from_mode(0o500)).expect("it is ours");
        let everywhere = rustix::process::geteuid().is_root();
        assert_eq!(refusal(&path).is_none(), everywhere);
    }
}
