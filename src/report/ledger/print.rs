//! The ledger written down: Markdown for people, CSV for spreadsheets.

use std::io::{self, Write};

use super::chain::{Answers, Matrix, Step, matrix};
use super::{Band, Best, Cell, Row, below};
use crate::analysis::{Analysis, Thresholds};
use crate::corpus::{Corpus, SentenceId};
use crate::report::csv;
use crate::report::markdown::escaped;
use crate::session::Verdict;
use crate::text::one_line;

/// What a ledger is written from.
pub struct Page<'a> {
    /// The sentences.
    pub corpus: &'a Corpus,
    /// Their links.
    pub analysis: &'a Analysis,
    /// From which scores on something counts.
    pub thresholds: &'a Thresholds,
    /// The claims, in the order wanted.
    pub rows: &'a [Row],
    /// The reader's verdict on each sentence.
    pub verdict: &'a dyn Fn(SentenceId) -> Option<Verdict>,
}

impl Page<'_> {
    /// Writes each claim as a quotation with what every other statement says to it; with three
    /// statements or more also how many links each pair has; at the end the answers that are answered.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn markdown(&self, out: &mut impl Write) -> io::Result<()> {
        let count = |band| self.rows.iter().filter(|row| row.band == band).count();
        let bands: Vec<String> =
            Band::ALL.iter().map(|band| format!("{} {}", count(*band), band.name())).collect();
        writeln!(out, "# Ledger\n\n{} claims: {}.", self.rows.len(), bands.join(", "))?;
        for row in self.rows {
            self.claim(out, row)?;
        }
        let pairs = matrix(self.corpus, self.analysis);
        if pairs.statements.len() > 2 {
            self.pairs(out, &pairs)?;
        }
        self.chains(out)
    }

    fn claim(&self, out: &mut impl Write, row: &Row) -> io::Result<()> {
        write!(out, "\n## {} · {:.2} · {}", escaped(&self.name(row.claim)), row.score, row.band.name())?;
        if let Some(verdict) = (self.verdict)(row.claim) {
            write!(out, " · {}", verdict.name())?;
        }
        writeln!(out, "\n\n> {}\n", self.quote(row.claim))?;
        for cell in &row.cells {
            self.cell(out, cell)?;
        }
        Ok(())
    }

    fn cell(&self, out: &mut impl Write, cell: &Cell) -> io::Result<()> {
        match cell.best {
            Some(best) if best.is_linked() => self.said(out, &best, best.relation.name())?,
            Some(best) => {
                let name = escaped(&self.name(best.sentence));
                let score = below(best.score, self.thresholds.link);
                let quote = self.quote(best.sentence);
                writeln!(out, "- no answer found, best {score}: {name}\n  > {quote}")?;
            }
            None => writeln!(out, "- no answer found: {}", escaped(&self.corpus.title_of(cell.statement)))?,
        }
        match cell.echo {
            Some(echo) if cell.answer().is_none() => self.said(out, &echo, "says the same, no answer:"),
            _ => Ok(()),
        }
    }

    fn said(&self, out: &mut impl Write, best: &Best, how: &str) -> io::Result<()> {
        let name = escaped(&self.name(best.sentence));
        writeln!(out, "- {name} {how} {:.2}\n  > {}", best.score, self.quote(best.sentence))
    }

    fn pairs(&self, out: &mut impl Write, pairs: &Matrix) -> io::Result<()> {
        writeln!(out, "\n## Links by pair\n\nA row answers a column; echoes stand behind a plus.\n")?;
        let names = pairs.statements.iter().map(|id| escaped(&self.corpus.title_of(*id)));
        let head: Vec<String> = names.collect();
        writeln!(out, "| | {} |\n|{} --- |", head.join(" | "), " --- |".repeat(head.len()))?;
        for (name, counts) in head.iter().zip(&pairs.counts) {
            let cells = counts.iter().map(|count| match (count.answers, count.echoes) {
                (0, 0) => String::new(),
                (answers, 0) => answers.to_string(),
                (answers, echoes) => format!("{answers} + {echoes}"),
            });
            writeln!(out, "| {name} | {} |", cells.collect::<Vec<_>>().join(" | "))?;
        }
        Ok(())
    }

    /// The claims whose answers are answered in turn.
    fn chains(&self, out: &mut impl Write) -> io::Result<()> {
        let answers = Answers::of(self.analysis);
        let mut begun = false;
        for row in self.rows {
            let steps = answers.chain(row.claim);
            if !steps.iter().any(|step| step.depth > 1) {
                continue;
            }
            if !std::mem::replace(&mut begun, true) {
                writeln!(out, "\n## Answers and counter-answers")?;
            }
            writeln!(out, "\n- {}: {}", escaped(&self.name(row.claim)), self.quote(row.claim))?;
            for Step { depth, sentence, relation, score } in steps {
                let (indent, name) = ("  ".repeat(depth), escaped(&self.name(sentence)));
                writeln!(out, "{indent}- {name} {} {score:.2}: {}", relation.name(), self.quote(sentence))?;
            }
        }
        Ok(())
    }

    /// Writes a line for each claim and other statement under a line of names.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn csv(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "doc,speaker,sentence,score,claim,verdict,band,answer_doc,answer_speaker,answer_sentence,\
             relation,answer_score,answer,status"
        )?;
        for row in self.rows {
            for cell in &row.cells {
                writeln!(out, "{}", csv::line(&self.cells(row, cell)))?;
            }
        }
        Ok(())
    }

    fn cells(&self, row: &Row, cell: &Cell) -> Vec<String> {
        let own = self.corpus.sentence(row.claim).statement;
        let best = cell.best;
        let said = |told: &dyn Fn(Best) -> String| best.map(told).unwrap_or_default();
        let status = match best {
            Some(best) if best.is_linked() => "answer",
            Some(_) => "candidate",
            None => "none",
        };
        let path = |id| self.corpus.document_of(id).path.to_string_lossy().into_owned();
        vec![
            path(own),
            self.corpus.title_of(own),
            (self.corpus.number_of(row.claim) + 1).to_string(),
            format!("{:.2}", row.score),
            one_line(self.corpus.text(row.claim)),
            (self.verdict)(row.claim).map_or("", Verdict::name).to_owned(),
            row.band.name().to_owned(),
            path(cell.statement),
            self.corpus.title_of(cell.statement),
            said(&|best| (self.corpus.number_of(best.sentence) + 1).to_string()),
            said(&|best| if best.is_linked() { best.relation.name().to_owned() } else { String::new() }),
            said(&|best| {
                if best.is_linked() {
                    format!("{:.2}", best.score)
                } else {
                    below(best.score, self.thresholds.link)
                }
            }),
            said(&|best| one_line(self.corpus.text(best.sentence))),
            status.to_owned(),
        ]
    }

    fn quote(&self, id: SentenceId) -> String {
        escaped(&one_line(self.corpus.text(id)))
    }

    fn name(&self, id: SentenceId) -> String {
        let statement = self.corpus.sentence(id).statement;
        format!("{} {}", self.corpus.title_of(statement), self.corpus.number_of(id) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows;
    use super::super::tests::example;
    use super::*;
    use crate::analysis::Relation;

    fn printed(table: bool) -> String {
        let links =
            [(2, 1, Relation::Rebuts, 0.6), (0, 2, Relation::Rebuts, 0.7), (3, 0, Relation::Rebuts, 0.21)];
        let (corpus, analysis, thresholds) = example(&links);
        let rows = rows(&corpus, &analysis, &thresholds);
        let verdict = |id: SentenceId| (id.0 == 0).then_some(Verdict::Disputed);
        let page = Page {
            corpus: &corpus,
            analysis: &analysis,
            thresholds: &thresholds,
            rows: &rows,
            verdict: &verdict,
        };
        let mut out = Vec::new();
        let written = if table { page.csv(&mut out) } else { page.markdown(&mut out) };
        written.expect("memory takes all that is written");
        String::from_utf8(out).expect("it is text")
    }

    #[track_caller]
    fn check(printed: &str, expected: &[&str]) {
        assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_page_says_what_answers_and_what_finds_no_answer() {
        check(
            &printed(false),
            &[
                "# Ledger",
                "",
                "2 claims: 1 answered, 0 maybe answered, 1 none found.",
                "",
                "## a.txt 2 · 0.90 · answered",
                "",
                "> They did it.",
                "",
                "- a.txt 1 rebuts 0.60",
                "  > We did not.",
                "",
                "## a.txt 1 · 0.60 · none found · disputed",
                "",
                "> We saw it.",
                "",
                "- no answer found, best 0.21: a.txt 2",
                "  > Nobody did.",
                "",
                "## Answers and counter-answers",
                "",
                "- a.txt 2: They did it.",
                "  - a.txt 1 rebuts 0.60: We did not.",
                "    - a.txt 1 rebuts 0.70: We saw it.",
            ],
        );
    }

    #[test]
    fn the_table_has_a_line_for_each_claim_and_statement() {
        check(
            &printed(true),
            &[
                "doc,speaker,sentence,score,claim,verdict,band,answer_doc,answer_speaker,answer_sentence,\
                 relation,answer_score,answer,status",
                "a.txt,a.txt,2,0.90,They did it.,,answered,a.txt,a.txt,1,rebuts,0.60,We did not.,answer",
                "a.txt,a.txt,1,0.60,We saw it.,disputed,none found,a.txt,a.txt,2,,0.21,Nobody did.,candidate",
            ],
        );
    }
}
