//! The analysis as a readable page: who claims what, what answers it, and why it is thought so.

use std::io::{self, Write};

use crate::analysis::{Analysis, Link, Status, Weights, quotations};
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::lexicon::{CueKind, Lexicon};
use crate::text::one_line;

/// What a page is made from.
struct Page<'a> {
    corpus: &'a Corpus,
    analysis: &'a Analysis,
    lexicon: &'a Lexicon,
    weights: &'a Weights,
}

/// Writes the analysis of `corpus` as Markdown: each statement's marked sentences with scores and
/// cues, under each the links to it.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(
    out: &mut impl Write,
    corpus: &Corpus,
    analysis: &Analysis,
    lexicon: &Lexicon,
    weights: &Weights,
) -> io::Result<()> {
    let page = Page { corpus, analysis, lexicon, weights };
    for (index, id) in corpus.statement_ids().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        page.statement(out, id)?;
    }
    Ok(())
}

impl Page<'_> {
    fn statement(&self, out: &mut impl Write, id: StatementId) -> io::Result<()> {
        let statement = self.corpus.statement(id);
        writeln!(out, "# {}\n", escaped(statement.speaker_name()))?;
        let document = self.corpus.document_of(id);
        let about: Vec<String> = [
            statement.speaker.as_ref().and_then(|speaker| speaker.role.clone()),
            document.title.clone(),
            document.date.map(|date| date.to_string()),
            Some(document.name()),
        ]
        .into_iter()
        .flatten()
        .collect();
        writeln!(out, "{}", escaped(&about.join(" · ")))?;
        for sentence in self.corpus.sentences_of(id).filter(|id| self.is_worth_telling(*id)) {
            self.sentence(out, sentence)?;
        }
        self.quotations(out, id)
    }

    /// How faithful the quotations are that the statement is made of, where that is known.
    fn quotations(&self, out: &mut impl Write, id: StatementId) -> io::Result<()> {
        let mine = self.analysis.quotations.iter().filter(|quotation| quotation.statement == id);
        for (number, quotation) in mine.enumerate() {
            if number == 0 {
                writeln!(out, "\n## Quotations beside what was said\n")?;
            }
            let statement = self.corpus.statement(id);
            let words = statement.passages[quotation.passage].span.of(&statement.text);
            let mut told = vec![quotation.fidelity.name().to_owned()];
            told.extend(quotations::told(self.corpus, quotation));
            writeln!(out, "- “{}”: {}", escaped(&one_line(words)), escaped(&told.join(", ")))?;
        }
        Ok(())
    }

    fn kinds(&self, id: SentenceId) -> impl Iterator<Item = CueKind> + '_ {
        let (scores, thresholds) = (self.analysis.marks(id).scores, self.weights.thresholds);
        CueKind::ALL.into_iter().filter(move |kind| scores.of(*kind) >= thresholds.of(*kind))
    }

    fn is_worth_telling(&self, id: SentenceId) -> bool {
        let linked = |link: &&Link| link.status == Status::Suggested;
        self.kinds(id).next().is_some() || self.analysis.links_of(id).iter().any(linked)
    }

    fn sentence(&self, out: &mut impl Write, id: SentenceId) -> io::Result<()> {
        let number = self.corpus.number_of(id) + 1;
        writeln!(out, "\n**{number}.** {}\n", escaped(&one_line(self.corpus.text(id))))?;
        for kind in self.kinds(id) {
            writeln!(
                out,
                "- {} {:.2}: {}",
                kind.name(),
                self.analysis.marks(id).scores.of(kind),
                self.cues(id, kind)
            )?;
        }
        for link in self.analysis.links_told(self.corpus, id) {
            self.link(out, id, link)?;
        }
        Ok(())
    }

    /// The cues of one kind with their rule and weight, the heaviest first.
    fn cues(&self, id: SentenceId, kind: CueKind) -> String {
        let text = &self.corpus.statement(self.corpus.sentence(id).statement).text;
        let mut cues: Vec<_> = self.analysis.marks(id).cues.iter().filter(|cue| cue.kind == kind).collect();
        cues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let told = cues.iter().map(|cue| {
            let words = escaped(&one_line(cue.span.of(text)));
            format!("“{words}” ({}, {:+.2})", self.lexicon.rule(cue.rule).name, cue.weight)
        });
        told.collect::<Vec<_>>().join(", ")
    }

    fn link(&self, out: &mut impl Write, here: SentenceId, link: &Link) -> io::Result<()> {
        let there = if link.from == here { link.to } else { link.from };
        let statement = self.corpus.statement(self.corpus.sentence(there).statement);
        let name = format!("{} {}", escaped(statement.speaker_name()), self.corpus.number_of(there) + 1);
        let quote = escaped(&one_line(self.corpus.text(there)));
        match link.status {
            Status::Suggested => {
                let relation = link.relation.name();
                let said = if link.from == here {
                    format!("{relation} {name}")
                } else {
                    format!("{name} {relation} this")
                };
                let why: Vec<&str> = link.evidence.iter().map(|evidence| evidence.why.as_str()).collect();
                writeln!(out, "- {said} ({:.2}; {}):\n  > {quote}", link.score, escaped(&why.join(", ")))
            }
            Status::Candidate => writeln!(
                out,
                "- no answer found; best {:.2}, shown from {:.2}: {name}:\n  > {quote}",
                link.score, self.weights.thresholds.link
            ),
        }
    }
}

/// `text` so that Markdown shows it as it stands.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let at_start = text[..at].trim().is_empty();
        let numbered = matches!(c, '.' | ')')
            && !at_start
            && text[..at].trim().bytes().all(|byte| byte.is_ascii_digit());
        let marks = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '|');
        if marks || numbered || (at_start && matches!(c, '#' | '>' | '-' | '+' | '=' | '~')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup() {
        assert_eq!(escaped("# a *b* [c](d) <e> 1. f"), "\\# a \\*b\\* \\[c\\](d) \\<e> 1. f");
        assert_eq!(escaped("12. We deny it - again."), "12\\. We deny it - again.");
        assert_eq!(escaped("- we"), "\\- we");
    }
}
