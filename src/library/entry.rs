//! What a library holds: a sentence of a document, or a line of a file of JSON lines.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use serde::Deserialize;

use crate::corpus::{Corpus, Reading};
use crate::document::{Document, OpenError, Segmentation};
use crate::lexicon::Speech;
use crate::text::{Abbreviations, is_visible};

/// One statement that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Which of its file: the `id` of a line, or the line's number; `statement.sentence` in a document,
    /// each from 1.
    pub id: String,
    /// Where it stands in its file: a higher number is further down.
    pub place: u64,
    /// Who says it, if that is known.
    pub speaker: Option<String>,
    /// Its words.
    pub text: String,
}

/// A line of a file of JSON lines.
#[derive(Deserialize)]
struct Row {
    id: Option<Id>,
    speaker: Option<String>,
    text: String,
}

/// An `id`, which may be a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Words(String),
    Number(serde_json::Number),
}

impl Id {
    fn into_words(self) -> String {
        match self {
            Self::Words(words) => words,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// How documents of a library are read.
#[derive(Debug)]
pub struct Reader<'a> {
    /// Who speaks in articles and transcripts.
    pub speech: &'a Speech,
    /// Which points end no sentence.
    pub abbreviations: &'a Abbreviations,
}

impl Reader<'_> {
    /// Calls `each` with the entries of the file at `path` until it says to stop; gives what was
    /// passed over, a sentence each.
    ///
    /// # Errors
    /// If the file gives nothing at all.
    pub fn entries(
        &self,
        path: &Path,
        each: &mut dyn FnMut(Entry) -> bool,
    ) -> Result<Vec<String>, OpenError> {
        let lines = path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson");
        if lines { Ok(rows(path, each)?) } else { self.sentences(path, each) }
    }

    fn sentences(&self, path: &Path, each: &mut dyn FnMut(Entry) -> bool) -> Result<Vec<String>, OpenError> {
        let document = Document::open(path, Segmentation::Auto)?;
        let corpus = Corpus::read(vec![document], Reading::default(), self.speech, self.abbreviations);
        let mut place = 0;
        for statement in corpus.statement_ids() {
            let speaker = corpus.statement(statement).speaker.as_ref().map(|speaker| speaker.name.clone());
            for sentence in corpus.sentences_of(statement) {
                let id = format!("{}.{}", statement.0 + 1, corpus.number_of(sentence) + 1);
                place += 1;
                let text = corpus.text(sentence).to_owned();
                let entry = Entry { id, place, speaker: speaker.clone(), text };
                if !each(entry) {
                    return Ok(Vec::new());
                }
            }
        }
        Ok(Vec::new())
    }
}

/// The lines of a file, read one after the other: such a file may be larger than memory.
fn rows(path: &Path, each: &mut dyn FnMut(Entry) -> bool) -> io::Result<Vec<String>> {
    let mut file = BufReader::new(File::open(path)?);
    let (mut line, mut number, mut wrong) = (Vec::new(), 0_usize, Wrong::default());
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            return Ok(wrong.told());
        }
        number += 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match row(&line, number) {
            Ok(entry) if !entry.text.chars().any(is_visible) => wrong.add(number, "no text"),
            Ok(entry) => {
                if !each(entry) {
                    return Ok(wrong.told());
                }
            }
            Err(error) => wrong.add(number, &error.to_string()),
        }
    }
}

/// The entry that a line is.
///
/// # Errors
/// What is wrong with it.
pub fn row(line: &[u8], number: usize) -> Result<Entry, serde_json::Error> {
    let row: Row = serde_json::from_slice(line)?;
    let id = row.id.map_or_else(|| number.to_string(), Id::into_words);
    let place = number as u64;
    Ok(Entry { id, place, speaker: row.speaker.filter(|name| !name.trim().is_empty()), text: row.text })
}

/// Lines that give no entry.
#[derive(Default)]
struct Wrong {
    first: Option<String>,
    count: usize,
}

impl Wrong {
    fn add(&mut self, number: usize, why: &str) {
        let why = why.split(" at line ").next().unwrap_or_default();
        self.first.get_or_insert_with(|| format!("line {number}: {why}; left out"));
        self.count += 1;
    }

    fn told(self) -> Vec<String> {
        let more = self.count.saturating_sub(1);
        let told = |first: String| if more == 0 { first } else { format!("{first}, and {more} more") };
        self.first.into_iter().map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::abbreviations;

    fn read(name: &str, text: &str) -> (Vec<Entry>, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file can be written");
        let (speech, abbreviations) = (Speech::built_in(), abbreviations());
        let mut found = Vec::new();
        let reader = Reader { speech, abbreviations };
        let told = reader.entries(&path, &mut |entry| {
            found.push(entry);
            true
        });
        (found, told.expect("it is readable"))
    }

    #[test]
    fn a_line_is_an_entry_and_a_bad_line_is_told() {
        let text =
            "{\"id\": 7, \"text\": \"We deny it.\"}\n\nno\n{\"text\":\"Yes.\",\"speaker\":\"Brandt\"}\n{}\n";
        let (found, told) = read("a.jsonl", text);
        let ids: Vec<&str> = found.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["7", "4"]);
        assert_eq!(found[1].speaker.as_deref(), Some("Brandt"));
        assert_eq!(told, ["line 3: expected ident; left out, and 1 more"]);
    }

    #[test]
    fn a_document_is_read_by_sentences_with_their_speaker() {
        let text = "---\nspeaker: Ilse Brandt\n---\n\nWe deny it. The ship was ours.\n";
        let (found, told) = read("a.md", text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].id.as_str(), found[1].text.as_str()), ("1.2", "The ship was ours."));
        assert_eq!(found[1].speaker.as_deref(), Some("Ilse Brandt"));
        assert!(told.is_empty());
    }
}
