//! The journal on disk: open, lock, append and sync, torn last line, newer versions; list of sessions.
