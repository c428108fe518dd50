//! The lines of a journal, read and written.
//!
//! Reading never fails on a line: one of a later version is passed over, one that is damaged gives
//! the events that are whole in it, and the last one, if nothing in it is whole, was torn. All are
//! told, and all but the torn one stay in the file.

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::super::{Event, EventId};

/// The version that is written, and the newest that may be written to.
pub const VERSION: u64 = 1;
const FORMAT: &str = "visavis-session";
/// How every head begins.
const HEAD: &[u8] = br#"{"format":"visavis-session""#;
/// How every event begins. It cannot stand inside another one, where its quotes would be escaped.
const EVENT: &[u8] = br#"{"id":""#;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: String,
    version: u64,
    created: String,
}

/// What the bytes of a journal say.
#[derive(Debug, Default)]
pub struct Lines {
    /// In the order of the file.
    pub events: Vec<Event>,
    /// What was odd, for the reader.
    pub notices: Vec<String>,
    /// The version of the format, if it is later than [`VERSION`].
    pub later: Option<u64>,
    /// Bytes that hold whole lines; what follows is torn.
    pub good: u64,
    /// Whether the last whole line lacks its line end.
    pub unended: bool,
}

/// A line after the head.
enum Line {
    Empty,
    Whole(Box<Event>),
    /// Sound, but of a kind that this version does not know.
    Unknown,
    /// Not sound; with the events that are whole in it.
    Damaged(Vec<Event>),
}

/// How many lines were odd, by what was odd about them.
#[derive(Default)]
struct Odd {
    unknown: usize,
    unreadable: usize,
    rescued: usize,
}

impl Lines {
    /// Reads a whole file; an empty one is a session without events.
    ///
    /// # Errors
    /// If it does not begin as a session does.
    pub fn read(bytes: &[u8]) -> Result<Self, ()> {
        let (mut read, mut odd) = (Self::default(), Odd::default());
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let Some(head) = lines.next() else { return Ok(read) };
        if !read.head(head)? {
            return Ok(read);
        }
        for line in lines {
            match Line::of(line) {
                Line::Empty => {}
                Line::Whole(event) => read.events.push(*event),
                Line::Unknown => odd.unknown += 1,
                Line::Damaged(events) if events.is_empty() && !is_ended(line) => {
                    read.notices.push("the last line of the session was torn; it is left out".to_owned());
                    break;
                }
                Line::Damaged(events) => {
                    odd.unreadable += usize::from(events.is_empty());
                    odd.rescued += usize::from(!events.is_empty());
                    read.events.extend(events);
                }
            }
            read.keep(line);
        }
        odd.tell(&mut read.notices);
        Ok(read)
    }

    /// Takes the first line; false if it was torn, so that there is nothing else.
    fn head(&mut self, line: &[u8]) -> Result<bool, ()> {
        match serde_json::from_slice::<Head>(line) {
            Ok(head) if head.format == FORMAT => {
                self.later = Some(head.version).filter(|version| *version > VERSION);
                self.keep(line);
                Ok(true)
            }
            // A kill or a full disk at the very first write.
            _ if !is_ended(line) && (line.starts_with(HEAD) || HEAD.starts_with(line)) => {
                self.notices.push("the session was torn at its first line; it begins anew".to_owned());
                Ok(false)
            }
            _ => Err(()),
        }
    }

    fn keep(&mut self, line: &[u8]) {
        self.good += line.len() as u64;
        self.unended = !is_ended(line);
    }
}

impl Line {
    fn of(line: &[u8]) -> Self {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Self::Empty;
        }
        match serde_json::from_slice(line) {
            Ok(event) => Self::Whole(Box::new(event)),
            Err(_) if is_of_a_later_version(line) => Self::Unknown,
            Err(_) => Self::Damaged(events_in(line)),
        }
    }
}

impl Odd {
    fn tell(&self, notices: &mut Vec<String>) {
        let mut tell = |count: usize, one: &str, more: &str| match count {
            0 => {}
            1 => notices.push(format!("1 line of the session {one}")),
            _ => notices.push(format!("{count} lines of the session {more}")),
        };
        tell(
            self.unknown,
            "is of a kind that this version does not know; it is kept",
            "are of kinds that this version does not know; they are kept",
        );
        tell(
            self.rescued,
            "was damaged, but what is written in it could be read",
            "were damaged, but what is written in them could be read",
        );
        tell(
            self.unreadable,
            "cannot be read; it is left where it is",
            "cannot be read; they are left where they are",
        );
    }
}

fn is_ended(line: &[u8]) -> bool {
    line.ends_with(b"\n")
}

/// Whether a line has what every event has.
fn is_of_a_later_version(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Named {
        #[serde(rename = "id")]
        _id: EventId,
        #[serde(rename = "event")]
        _event: String,
    }
    serde_json::from_slice::<Named>(line).is_ok()
}

/// The events that are whole in a damaged line: with zeros behind, glued to half of another.
fn events_in(line: &[u8]) -> Vec<Event> {
    let whole = |at: usize| serde_json::Deserializer::from_slice(&line[at..]).into_iter().next()?.ok();
    memmem::find_iter(line, EVENT).filter_map(whole).collect()
}

/// The first line of a journal begun at `created`.
pub fn write_head(lines: &mut Vec<u8>, created: &str) {
    write(lines, &Head { format: FORMAT.to_owned(), version: VERSION, created: created.to_owned() });
}

/// Adds a value as one line. U+007F to U+009F are escaped, as `serde_json` does not.
pub fn write(lines: &mut Vec<u8>, value: &impl Serialize) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::Act;
    use super::*;

    fn event(name: &str) -> Event {
        let act = Act::Undo { undone: EventId(name.to_owned()) };
        Event { id: EventId(name.to_owned()), time: String::new(), author: String::new(), act }
    }

    /// A journal of three acts; with where each of its lines ends.
    fn journal() -> (Vec<u8>, Vec<usize>) {
        let mut bytes = Vec::new();
        write_head(&mut bytes, "2026-01-01T00:00:00Z");
        let mut ends = vec![bytes.len()];
        for name in ["one", "two", "three \u{9b} 中"] {
            write(&mut bytes, &event(name));
            ends.push(bytes.len());
        }
        (bytes, ends)
    }

    fn names(lines: &Lines) -> Vec<&str> {
        lines.events.iter().map(|event| event.id.0.as_str()).collect()
    }

    /// The second line replaced by `line`: what is read, and the one notice about it.
    #[track_caller]
    fn check(line: &[u8], read: &[&str], notice: &str) {
        let (mut bytes, ends) = journal();
        bytes.splice(ends[0]..ends[1], line.iter().copied());
        let lines = Lines::read(&bytes).expect("it begins as a session");
        assert_eq!(names(&lines), [read, &["two", "three \u{9b} 中"]].concat());
        assert_eq!(lines.notices.len(), usize::from(!notice.is_empty()), "{:?}", lines.notices);
        assert!(lines.notices.iter().all(|told| told.contains(notice)), "{:?}", lines.notices);
        assert_eq!((lines.good, lines.unended), (bytes.len() as u64, false));
    }

    #[test]
    fn odd_lines_are_told_and_cost_no_other() {
        check(b"", &[], "");
        check(b"  \r\n", &[], "");
        check(b"\xff\xfe garbage \0{{{]\n", &[], "1 line of the session cannot be read");
        check(b"{\n}\n", &[], "2 lines of the session cannot be read");
        check(b"{\"id\":\"9\",\"event\":\"hologram\",\"shape\":4}\n", &[], "does not know");
        check(
            b"{\"id\":\"9\",\"time\":\"\",\"event\":\"verdict\",\"verdict\":\"odd\"}\n",
            &[],
            "does not know",
        );
    }

    #[test]
    fn events_are_rescued_from_damaged_lines() {
        let mut one = Vec::new();
        write(&mut one, &event("one"));
        let bare = &one[..one.len() - 1];
        check(&[bare, &[0; 40], b"\n"].concat(), &["one"], "could be read");
        check(&[&bare[..20], &one].concat(), &["one"], "could be read");
        check(&[bare, &one].concat(), &["one", "one"], "could be read");
    }

    #[test]
    fn an_unknown_event_without_its_line_end_is_no_torn_one() {
        let (mut bytes, _) = journal();
        bytes.extend_from_slice(br#"{"id":"9","event":"hologram"}"#);
        let lines = Lines::read(&bytes).expect("it begins as a session");
        assert_eq!((lines.good, lines.unended), (bytes.len() as u64, true));
    }

    #[test]
    fn only_a_session_is_read() {
        for other in [&b"dear diary\n"[..], b"{}", b"\n", b"\0\0", br#"{"format":"other","version":1}"#] {
            assert!(Lines::read(other).is_err(), "{other:?}");
        }
        assert_eq!(Lines::read(b"").expect("it is empty").good, 0);
    }

    proptest! {
        /// Wherever a write stops, all whole lines are read and nothing else.
        #[test]
        fn a_cut_costs_the_cut_line_only(cut in 0_usize..400) {
            let (mut bytes, ends) = journal();
            bytes.truncate(cut);
            let lines = Lines::read(&bytes).expect("it begins as a session");
            let whole = ends[1..].iter().filter(|end| **end <= bytes.len() + 1).count();
            prop_assert_eq!(lines.events.len(), whole);
            let good = ends.iter().rev().find(|end| **end <= bytes.len() + 1).map_or(0, |end| (*end).min(bytes.len()));
            prop_assert_eq!(lines.good, good as u64);
        }

        /// Bytes put in anywhere harm no line but the one they are put in.
        #[test]
        fn garbage_costs_one_line_at_most(garbage in proptest::collection::vec(any::<u8>(), 0..60), at in 0_usize..400) {
            let (mut bytes, ends) = journal();
            let at = ends[0] + at % (bytes.len() - ends[0] + 1);
            bytes.splice(at..at, garbage);
            let lines = Lines::read(&bytes).expect("it begins as a session");
            prop_assert!(lines.events.len() >= 2, "{:?}", names(&lines));
        }

        /// Nothing that is no session is taken for one, and nothing panics.
        #[test]
        fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(lines) = Lines::read(&bytes) {
                prop_assert!(lines.good <= bytes.len() as u64);
            }
        }
    }
}
