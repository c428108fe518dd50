//! Notes and verdicts of a session, each with the words it is about and who said them.
//!
//! [`rows`] finds each anchor in what the session holds; the formats print the rows. A note whose
//! words are gone keeps its quotation from the anchor.

use std::io::{self, Write};

use serde::Serialize;

use super::csv;
use super::decisions::{Decisions, End};
use crate::corpus::Corpus;
use crate::session::{Anchor, Found, Placed, Placer, Session, Verdict};
use crate::text::one_line;

/// A note or verdict as it is listed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The event that first wrote it.
    pub id: String,
    /// When it was last written, RFC 3339.
    pub time: String,
    /// Who wrote it.
    pub author: String,
    /// The document's path, as the user gave it.
    pub document: Option<String>,
    /// The document's title.
    pub title: Option<String>,
    /// The document's day.
    pub date: Option<String>,
    /// Whose words these are.
    pub speaker: Option<String>,
    /// Their office.
    pub role: Option<String>,
    /// The number of the sentence in the statement, from 1.
    pub sentence: Option<usize>,
    /// The words, on one line.
    pub quote: String,
    /// The words as they stand in the document between `start` and `end`.
    pub exact: String,
    /// First code point in the document's decoded text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// How the words were found: `exact`, `moved`, `likely`, `lost`.
    pub place: &'static str,
    /// The verdict on the same words.
    pub verdict: Option<&'static str>,
    /// What the note says; empty for a verdict alone.
    pub text: String,
    /// Whether the program was stopped while it was being written.
    pub draft: bool,
}

/// All notes, and the verdicts on words without a note, in the order of the documents' words.
pub fn rows(corpus: &Corpus, session: &Session) -> Vec<Row> {
    let placer = Placer::new(corpus, session.documents.iter().chain(&session.earlier));
    let mut noted = std::collections::BTreeSet::new();
    let mut rows: Vec<(Option<Placed>, Row)> = Vec::new();
    for note in &session.notes {
        noted.insert(note.anchor.key());
        let verdict = session.verdict(&note.anchor).map(|judged| judged.verdict);
        let (placed, row) = row(corpus, session, &placer, &note.anchor, verdict);
        let (id, text) = (note.id.0.clone(), note.text.clone());
        let (time, author) = (note.time.clone(), note.author.clone());
        rows.push((placed, Row { id, time, author, text, draft: note.draft, ..row }));
    }
    for judged in session.verdicts.iter().filter(|judged| !noted.contains(&judged.anchor.key())) {
        let (placed, row) = row(corpus, session, &placer, &judged.anchor, Some(judged.verdict));
        let (id, time, author) = (judged.id.0.clone(), judged.time.clone(), judged.author.clone());
        rows.push((placed, Row { id, time, author, ..row }));
    }
    rows.sort_by_key(|(placed, row)| {
        (placed.is_none(), placed.map(|placed| (placed.statement, placed.span.start)), row.id.clone())
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

fn row(
    corpus: &Corpus,
    session: &Session,
    placer: &Placer,
    anchor: &Anchor,
    verdict: Option<Verdict>,
) -> (Option<Placed>, Row) {
    let placed = placer.place(anchor);
    let kept =
        || session.documents.iter().chain(&session.earlier).find(|saved| saved.sha256 == anchor.document);
    let document = placed.map(|placed| corpus.document_of(placed.statement));
    let path = document.map(|document| &document.path).or_else(|| Some(&kept()?.path));
    let speaker = placed.and_then(|placed| corpus.statement(placed.statement).speaker.as_ref());
    let quote = placed.map_or(anchor.quote.exact.as_str(), |placed| {
        placed.span.of(&corpus.statement(placed.statement).text)
    });
    let row = Row {
        id: String::new(),
        time: String::new(),
        author: String::new(),
        document: path.map(|path| path.to_string_lossy().into_owned()),
        title: document.and_then(|document| document.title.clone()),
        date: document.and_then(|document| document.date).map(|date| date.to_string()),
        speaker: speaker.map(|speaker| speaker.name.clone()),
        role: speaker.and_then(|speaker| speaker.role.clone()),
        sentence: placed.map(|placed| corpus.number_of(placed.sentence) + 1),
        quote: one_line(quote),
        exact: anchor.quote.exact.clone(),
        start: anchor.position.start,
        end: anchor.position.end,
        place: match placed.map(|placed| placed.how) {
            Some(Found::Exact) => "exact",
            Some(Found::Moved) => "moved",
            Some(Found::Likely(_)) => "likely",
            None => "lost",
        },
        verdict: verdict.map(Verdict::name),
        text: String::new(),
        draft: false,
    };
    (placed, row)
}

/// The words at an anchor, as an end of a link is told.
pub(super) fn end_of(corpus: &Corpus, session: &Session, placer: &Placer, anchor: &Anchor) -> End {
    let (_, row) = row(corpus, session, placer, anchor, None);
    let Row { document, speaker, sentence, quote, exact, start, end, place, .. } = row;
    End { document, speaker, sentence, quote, exact, start, end, place }
}

/// Writes rows and decisions as one JSON object.
///
/// # Errors
/// What writing to `out` gives.
pub fn json(
    out: &mut impl Write,
    session: &str,
    rows: &[Row],
    decisions: &Decisions,
    notices: &[String],
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Report<'a> {
        version: u32,
        session: &'a str,
        notes: &'a [Row],
        #[serde(flatten)]
        decisions: &'a Decisions,
        notices: &'a [String],
    }
    serde_json::to_writer(
        super::json::Escaped(&mut *out),
        &Report { version: 1, session, notes: rows, decisions, notices },
    )?;
    out.write_all(b"\n")
}

/// Writes rows as comma-separated values (RFC 4180) under a line of names.
///
/// # Errors
/// What writing to `out` gives.
pub fn csv(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    writeln!(out, "doc,speaker,date,sentence,start,end,quote,status,note")?;
    for row in rows {
        let cells = [
            row.document.clone().unwrap_or_default(),
            row.speaker.clone().unwrap_or_default(),
            row.date.clone().unwrap_or_default(),
            row.sentence.map(|number| number.to_string()).unwrap_or_default(),
            row.start.to_string(),
            row.end.to_string(),
            row.quote.clone(),
            row.verdict.unwrap_or_default().to_owned(),
            row.text.clone(),
        ];
        writeln!(out, "{}", csv::line(&cells))?;
    }
    Ok(())
}

/// Writes rows as Markdown: front matter, then each quotation with its source, verdict and note.
///
/// # Errors
/// What writing to `out` gives.
pub fn markdown(out: &mut impl Write, session: &str, corpus: &Corpus, rows: &[Row]) -> io::Result<()> {
    front_matter(out, session, corpus)?;
    writeln!(out, "\n# {}", super::markdown::escaped(session))?;
    for row in rows {
        writeln!(out)?;
        for line in row.quote.lines() {
            writeln!(out, "> {}", super::markdown::escaped(line))?;
        }
        writeln!(out, ">\n> — {}", super::markdown::escaped(&source(row)))?;
        if let Some(verdict) = row.verdict {
            writeln!(out, "\n**{verdict}**")?;
        }
        if row.draft {
            writeln!(out, "\n*unfinished*")?;
        }
        if !row.text.is_empty() {
            // The reader's own Markdown, but it may not end the list of quotations by a heading.
            writeln!(out)?;
            for line in row.text.lines() {
                let shield = if line.starts_with(['#', '>']) || line == "---" { "\\" } else { "" };
                writeln!(out, "{shield}{line}")?;
            }
        }
    }
    Ok(())
}

/// “Zhao Lijian, spokesman, 2021-07-20 (reply.txt, sentence 3)”.
fn source(row: &Row) -> String {
    let said: Vec<&str> =
        [Some(row.speaker.as_deref().unwrap_or("unnamed speaker")), row.role.as_deref(), row.date.as_deref()]
            .into_iter()
            .flatten()
            .collect();
    let place = row.sentence.map_or_else(String::new, |number| format!(", sentence {number}"));
    let odd = if row.place == "exact" { String::new() } else { format!(", {}", row.place) };
    format!("{} ({}{place}{odd})", said.join(", "), row.document.as_deref().unwrap_or("unknown document"))
}

fn front_matter(out: &mut impl Write, session: &str, corpus: &Corpus) -> io::Result<()> {
    // JSON strings are YAML strings too, whatever they hold.
    let quoted = |text: &str| serde_json::to_string(text).map_err(io::Error::from);
    writeln!(out, "---\ntitle: {}", quoted(session)?)?;
    if let Some(date) = corpus.documents.iter().filter_map(|document| document.date).max() {
        writeln!(out, "date: {date}")?;
    }
    writeln!(out, "sources:")?;
    for document in &corpus.documents {
        writeln!(out, "  - {}", quoted(&document.path.to_string_lossy())?)?;
    }
    writeln!(out, "tags: [visavis]\n---")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Reading;
    use crate::demo;
    use crate::document::Segmentation;
    use crate::lexicon::{Speech, abbreviations};
    use crate::session::{Act, Event, EventId};

    /// The first demonstration with a note and a verdict on Blinken's second sentence, and a verdict
    /// on Zhao's first.
    fn noted() -> (Corpus, Session) {
        let documents = demo::documents(1, Segmentation::Auto).expect("it is built in");
        let corpus = Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations());
        let anchor = |statement: usize, number: usize| {
            let id = corpus.statement_ids().nth(statement).expect("there are two");
            let sentence = corpus.sentences_of(id).nth(number).expect("it is long enough");
            Anchor::new(&corpus, id, corpus.sentence(sentence).span)
        };
        let text = "who says so?\n# \"not\" a heading".to_owned();
        let acts = [
            Act::Note { anchor: anchor(0, 1), text, replaces: None, draft: false },
            Act::Verdict { anchor: anchor(0, 1), verdict: Some(Verdict::Disputed) },
            Act::Verdict { anchor: anchor(1, 0), verdict: Some(Verdict::NeedsSource) },
        ];
        let event = |(at, act)| Event {
            id: EventId(format!("{at}")),
            time: "2026-01-01T00:00:00Z".into(),
            author: "me".into(),
            act,
        };
        let events: Vec<Event> = acts.into_iter().enumerate().map(event).collect();
        (corpus, Session::fold(&events))
    }

    fn printed(print: impl FnOnce(&mut Vec<u8>, &Corpus, &[Row]) -> io::Result<()>) -> String {
        let (corpus, session) = noted();
        let mut out = Vec::new();
        print(&mut out, &corpus, &rows(&corpus, &session)).expect("a vector takes all");
        String::from_utf8(out).expect("it is UTF-8")
    }

    #[test]
    fn a_note_is_listed_with_its_words_and_whose_they_are() {
        let (corpus, session) = noted();
        let rows = rows(&corpus, &session);
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                (row.speaker.as_deref(), row.sentence, row.place, row.verdict, row.text.lines().next())
            })
            .collect();
        assert_eq!(
            told,
            [
                (Some("Antony Blinken"), Some(2), "exact", Some("disputed"), Some("who says so?")),
                (Some("Zhao Lijian"), Some(1), "exact", Some("needs source"), None),
            ]
        );
        assert!(rows[0].quote.starts_with("Cyber actors affiliated with the MSS"));
    }

    #[test]
    fn json_has_offsets_that_slice_the_document() {
        let json = printed(|out, _, rows| json(out, "s", rows, &Decisions::default(), &[]));
        let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        let note = &value["notes"][0];
        let (start, end) =
            (note["start"].as_u64().expect("a number"), note["end"].as_u64().expect("a number"));
        let (corpus, _) = noted();
        let words: String =
            corpus.documents[0].text.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(words, note["quote"].as_str().expect("a string"));
    }

    #[test]
    fn csv_keeps_line_ends_and_quotes_in_their_cells() {
        let csv = printed(|out, _, rows| csv(out, rows));
        assert!(csv.contains("disputed,\"who says so?\n# \"\"not\"\" a heading\"\n"), "{csv}");
    }

    #[test]
    fn markdown_quotes_and_names_the_source() {
        let markdown = printed(|out, corpus, rows| markdown(out, "the \"hack\"", corpus, rows));
        assert!(
            markdown.starts_with("---\ntitle: \"the \\\"hack\\\"\"\ndate: 2021-07-20\nsources:\n"),
            "{markdown}"
        );
        assert!(
            markdown
                .contains("> — Antony Blinken, Secretary of State, 2021-07-19 (demo:blinken, sentence 2)"),
            "{markdown}"
        );
        assert!(markdown.contains("\n**disputed**\n\nwho says so?\n\\# \"not\" a heading\n"), "{markdown}");
    }

    #[test]
    fn a_note_whose_document_is_gone_is_still_listed() {
        let (_, session) = noted();
        let rows = rows(&Corpus::default(), &session);
        assert_eq!((rows.len(), rows[0].place), (2, "lost"));
        assert!(rows[0].quote.starts_with("Cyber actors"));
    }
}
