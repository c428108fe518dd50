//! The reading screen as plain lines, for screen readers, pipes and terminals that cannot be drawn
//! on: no colour, no boxes, every mark a word with its score; below a sentence what the reader made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use crate::analysis::{Analysis, By, Link, Status, Thresholds};
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::lexicon::CueKind;
use crate::session::{Found, Note, Placed, Placer, Session, Verdict};
use crate::text::one_line;

/// What the reader wrote and judged, at its places in a corpus.
#[derive(Debug, Default)]
pub struct Own<'s> {
    verdicts: BTreeMap<SentenceId, Verdict>,
    notes: BTreeMap<SentenceId, Vec<(&'s Note, Placed)>>,
    /// Notes on whole statements.
    statements: BTreeMap<StatementId, Vec<&'s Note>>,
    read: BTreeSet<SentenceId>,
    /// Notes whose words are not in these documents.
    lost: Vec<&'s Note>,
}

impl<'s> Own<'s> {
    /// What of `session` stands where in `corpus`.
    pub fn of(corpus: &Corpus, session: &'s Session, placer: &Placer) -> Self {
        let mut own = Self::default();
        for note in &session.notes {
            match placer.place(&note.anchor) {
                None => own.lost.push(note),
                Some(placed) if corpus.is_whole(placed.statement, placed.span) => {
                    own.statements.entry(placed.statement).or_default().push(note);
                }
                Some(placed) => own.notes.entry(placed.sentence).or_default().push((note, placed)),
            }
        }
        let judged = session.verdicts.iter();
        own.verdicts.extend(
            judged.filter_map(|judged| Some((placer.place(&judged.anchor)?.sentence, judged.verdict))),
        );
        let read = session.read_anchors().filter_map(|anchor| placer.place(anchor));
        own.read.extend(
            read.filter(|placed| !matches!(placed.how, Found::Likely(_))).map(|placed| placed.sentence),
        );
        own
    }
}

/// Writes every statement of `corpus` with its marks and links, and the reader's `own` words.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(
    out: &mut impl Write,
    corpus: &Corpus,
    analysis: &Analysis,
    thresholds: &Thresholds,
    own: &Own,
) -> io::Result<()> {
    for (index, id) in corpus.statement_ids().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        heading(out, corpus, id)?;
        for note in own.statements.get(&id).into_iter().flatten() {
            writeln!(out, "   note on all of it: {}", said(note))?;
        }
        for sentence in corpus.sentences_of(id) {
            writeln!(out)?;
            if let Some(question) = corpus.question_to(sentence) {
                writeln!(out, "{} asks: {}", question.asker, one_line(question.words))?;
            }
            write!(out, "{}.", corpus.number_of(sentence) + 1)?;
            marks(out, analysis, thresholds, sentence)?;
            writeln!(out, " {}", one_line(corpus.text(sentence)))?;
            for link in analysis.links_told(corpus, sentence) {
                relation(out, corpus, link, sentence, thresholds)?;
            }
            own.write(out, corpus, sentence)?;
        }
    }
    if !own.lost.is_empty() {
        writeln!(out, "\nNotes whose words are not in these documents")?;
    }
    for note in &own.lost {
        writeln!(out, "\n   note on “{}”: {}", one_line(&note.anchor.quote.exact), said(note))?;
    }
    Ok(())
}

impl Own<'_> {
    /// Verdict, read mark and notes of a sentence, a line each.
    fn write(&self, out: &mut impl Write, corpus: &Corpus, id: SentenceId) -> io::Result<()> {
        if self.read.contains(&id) {
            writeln!(out, "   read")?;
        }
        if let Some(verdict) = self.verdicts.get(&id) {
            writeln!(out, "   verdict: {}", verdict.name())?;
        }
        for (note, placed) in self.notes.get(&id).into_iter().flatten() {
            let text = &corpus.statement(placed.statement).text;
            let on = if placed.span == corpus.sentence(id).span {
                String::new()
            } else {
                format!(" on “{}”", one_line(placed.span.of(text)))
            };
            let place = match placed.how {
                Found::Exact => String::new(),
                Found::Moved => ", moved".to_owned(),
                Found::Likely(likeness) => format!(", moved? {likeness:.2}"),
            };
            writeln!(out, "   note{on}{place}: {}", said(note))?;
        }
        Ok(())
    }
}

/// What a note says, on one line.
fn said(note: &Note) -> String {
    format!("{}{}", if note.draft { "(draft) " } else { "" }, one_line(&note.text))
}

fn heading(out: &mut impl Write, corpus: &Corpus, id: StatementId) -> io::Result<()> {
    let statement = corpus.statement(id);
    let document = corpus.document_of(id);
    write!(out, "{}", statement.speaker_name())?;
    if let Some(role) = statement.speaker.as_ref().and_then(|speaker| speaker.role.as_deref()) {
        write!(out, ", {role}")?;
    }
    if let Some(date) = document.date {
        write!(out, ", {date}")?;
    }
    let count = corpus.sentences_of(id).len();
    writeln!(out, " ({document}, {count} {})", if count == 1 { "sentence" } else { "sentences" })
}

fn marks(
    out: &mut impl Write,
    analysis: &Analysis,
    thresholds: &Thresholds,
    id: SentenceId,
) -> io::Result<()> {
    let scores = analysis.marks(id).scores;
    for kind in CueKind::ALL.into_iter().filter(|kind| scores.of(*kind) >= thresholds.of(*kind)) {
        write!(out, " [{} {:.2}]", kind.name(), scores.of(kind))?;
    }
    Ok(())
}

fn relation(
    out: &mut impl Write,
    corpus: &Corpus,
    link: &Link,
    here: SentenceId,
    thresholds: &Thresholds,
) -> io::Result<()> {
    let there = if link.from == here { link.to } else { link.from };
    let name = format!(
        "{} {}",
        corpus.statement(corpus.sentence(there).statement).speaker_name(),
        corpus.number_of(there) + 1
    );
    let score = match link.by {
        By::Program => format!("{:.2}", link.score),
        By::Accepted => format!("{:.2}, accepted", link.score),
        By::Reader => "yours".to_owned(),
    };
    match link.status {
        Status::Suggested if link.from == here => {
            writeln!(out, "   {} {name} ({score})", link.relation.name())
        }
        Status::Suggested => writeln!(out, "   {name} {} this ({score})", link.relation.name()),
        Status::Candidate => writeln!(
            out,
            "   no answer found; best: {name} ({:.2}, shown from {:.2})",
            link.score, thresholds.link
        ),
    }
}
