//! How far the reading of a file has come, seen from another thread, which may call it off.
//!
//! Reading goes in steps that take about as long as they are wide, and is given up between two.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use super::OpenError;

/// The reading of one file.
#[derive(Debug, Default)]
pub struct Progress {
    percent: AtomicU8,
    ended: AtomicBool,
    cancelled: AtomicBool,
}

impl Progress {
    /// How much is done, in percent of the work.
    pub fn percent(&self) -> u8 {
        self.percent.load(Ordering::Relaxed)
    }

    /// Whether nothing more will come of it.
    pub fn is_over(&self) -> bool {
        self.ended.load(Ordering::Acquire) || self.is_cancelled()
    }

    /// Whether it was called off.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }

    /// Calls it off: the reader goes on at once, the reading stops at its next step.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Release);
    }

    /// Says that the reading ended, well or not.
    pub fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Says that so much is done.
    ///
    /// # Errors
    /// If the reading was called off.
    pub fn reach(&self, percent: u8) -> Result<(), OpenError> {
        self.percent.store(percent, Ordering::Relaxed);
        if self.is_cancelled() { Err(OpenError::Cancelled) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::{Document, Opening};

    #[test]
    fn reading_that_was_called_off_gives_no_document() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "We deny it.").expect("it can be written");
        let read = |progress: &Progress, path: &Path| {
            Document::open_watched(path, Opening::default(), |percent| progress.reach(percent))
        };
        let (kept, off) = (Progress::default(), Progress::default());
        off.cancel();
        assert!(read(&kept, &path).is_ok() && kept.percent() > 0 && !kept.is_over());
        assert!(matches!(read(&off, &path), Err(OpenError::Cancelled)) && off.is_over());
    }
}
