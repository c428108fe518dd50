//! The reading screen as plain lines, for screen readers, pipes and terminals that cannot be drawn
//! on: no colour, no boxes, every mark a word with its score.

use std::io::{self, Write};

use crate::analysis::{Analysis, Link, Status, Thresholds};
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::lexicon::CueKind;
use crate::text::one_line;

/// Writes every statement of `corpus` with its marks and links.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(
    out: &mut impl Write,
    corpus: &Corpus,
    analysis: &Analysis,
    thresholds: &Thresholds,
) -> io::Result<()> {
    for (index, id) in corpus.statement_ids().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        heading(out, corpus, id)?;
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
        }
    }
    Ok(())
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
    match link.status {
        Status::Suggested if link.from == here => {
            writeln!(out, "   {} {name} ({:.2})", link.relation.name(), link.score)
        }
        Status::Suggested => writeln!(out, "   {name} {} this ({:.2})", link.relation.name(), link.score),
        Status::Candidate => writeln!(
            out,
            "   no answer found; best: {name} ({:.2}, shown from {:.2})",
            link.score, thresholds.link
        ),
    }
}
