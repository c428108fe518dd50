//! Files opened beside the screen, in order, by as many threads as there are processors.
//!
//! Short files are there before a screen could be painted; what takes longer is shown and may be
//! called off (`crate::tui::opening`). A thread whose file was called off stops at its next step, and
//! nobody waits for it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::document::progress::Progress;
use crate::document::{Document, OpenError, Opening};
use crate::parallel;
use crate::tui::opening::File;

/// What came of a file: a document, or why there is none.
type Opened = Result<Document, OpenError>;

/// Whether these files may take long enough for it to be shown: many bytes, many files, or a PDF.
pub fn may_take_long(files: &[(PathBuf, bool)]) -> bool {
    const MANY_BYTES: u64 = 2 << 20;
    const MANY_FILES: usize = 30;
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |kind| kind.len());
    let is_pdf = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    let from_input = files.iter().any(|(path, _)| path == Path::new("-"));
    !from_input
        && (files.len() > MANY_FILES
            || files.iter().any(|(path, _)| is_pdf(path))
            || files.iter().map(|(path, _)| size(path)).sum::<u64>() > MANY_BYTES)
}

/// Files that are being opened.
pub struct Files {
    shared: Arc<Shared>,
    /// Something about a file has changed.
    ticks: Receiver<()>,
}

struct Shared {
    files: Vec<(PathBuf, bool)>,
    progress: Vec<Arc<Progress>>,
    next: AtomicUsize,
    opened: Mutex<Vec<Option<Opened>>>,
}

impl Files {
    /// Begins to open `files`.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn start(files: Vec<(PathBuf, bool)>, opening: Opening) -> std::io::Result<Self> {
        let (tick, ticks) = mpsc::channel();
        let progress = files.iter().map(|_| Arc::default()).collect();
        let opened = Mutex::new(files.iter().map(|_| None).collect());
        let threads = files.len().min(parallel::processors());
        let shared = Arc::new(Shared { files, progress, next: AtomicUsize::new(0), opened });
        for _ in 0..threads {
            let (shared, tick) = (Arc::clone(&shared), tick.clone());
            thread::Builder::new().spawn(move || shared.work(opening, &tick))?;
        }
        Ok(Self { shared, ticks })
    }

    /// The files as the screen shows them.
    pub fn shown(&self) -> Vec<File> {
        let files = self.shared.files.iter().zip(&self.shared.progress);
        files
            .map(|((path, _), progress)| {
                let name = path.file_name().unwrap_or(path.as_os_str());
                File { name: name.to_string_lossy().into_owned(), progress: Arc::clone(progress) }
            })
            .collect()
    }

    /// Waits for all of them, but no longer than `patience`; gives whether all are opened.
    pub fn are_opened_within(&self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        while !self.shared.progress.iter().all(|progress| progress.is_over()) {
            let left = end.saturating_duration_since(Instant::now());
            if self.ticks.recv_timeout(left) == Err(RecvTimeoutError::Timeout) {
                return false;
            }
        }
        true
    }

    /// Calls `wake` whenever something has changed.
    ///
    /// # Errors
    /// If no thread can be started.
    pub fn wake(&mut self, wake: impl Fn() -> bool + Send + 'static) -> std::io::Result<()> {
        let (_, none) = mpsc::channel();
        let ticks = std::mem::replace(&mut self.ticks, none);
        thread::Builder::new().spawn(move || while ticks.recv().is_ok() && wake() {}).map(drop)
    }

    /// Each file, whether it was found in a folder, and what came of it.
    pub fn taken(self) -> Vec<((PathBuf, bool), Opened)> {
        let mut opened = self.shared.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let files = self.shared.files.iter().zip(&self.shared.progress).zip(opened.iter_mut());
        files
            .map(|((file, progress), opened)| {
                let done = opened.take().filter(|_| !progress.is_cancelled());
                (file.clone(), done.unwrap_or(Err(OpenError::Cancelled)))
            })
            .collect()
    }
}

impl Shared {
    /// Opens one file after the other, until none is left.
    fn work(&self, opening: Opening, tick: &Sender<()>) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some((path, _)) = self.files.get(number) else { return };
            // Nobody waits for a file on which its thread has died.
            let over = Over { progress: &self.progress[number], tick };
            let opened = Document::open_watched(path, opening, |percent| {
                let going_on = over.progress.reach(percent);
                // Whoever listened may have gone on without this file.
                let _ = tick.send(());
                going_on
            });
            self.opened.lock().unwrap_or_else(PoisonError::into_inner)[number] = Some(opened);
        }
    }
}

/// Says that a file is read when it is dropped.
struct Over<'a> {
    progress: &'a Progress,
    tick: &'a Sender<()>,
}

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.progress.end();
        let _ = self.tick.send(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_called_off_leaves_the_others() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let files: Vec<(PathBuf, bool)> =
            ["a.txt", "b.txt", "c.txt"].map(|name| (folder.path().join(name), true)).into();
        for (path, _) in &files[..2] {
            std::fs::write(path, "We deny it.").expect("it can be written");
        }
        assert!(!may_take_long(&files) && may_take_long(&[(PathBuf::from("a.PDF"), false)]));
        let opening = Files::start(files, Opening::default()).expect("threads can be started");
        opening.shown()[0].progress.cancel();
        assert!(opening.are_opened_within(Duration::from_secs(20)));
        let [a, b, c] = opening.taken().try_into().expect("there are three");
        assert!(matches!(a.1, Err(OpenError::Cancelled)));
        assert_eq!(b.1.expect("it is text").name(), "b.txt");
        assert!(matches!(c.1, Err(OpenError::Io(_))));
    }
}
