//! Two versions of a statement as lines: what changed, with the words that went and came.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::analysis::Versions;
use crate::analysis::versions::{Changed, Step};
use crate::corpus::{Corpus, SentenceId};
use crate::text::one_line;

/// Writes every sentence that did not stay, by its number, with `[-words that went-]` and
/// `{+words that came+}`, and then how many stayed.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(out: &mut impl Write, corpus: &Corpus, versions: &Versions) -> io::Result<()> {
    let mut same = 0;
    for step in &versions.steps {
        let (number, words) = match step {
            Step::Same { .. } => {
                same += 1;
                continue;
            }
            Step::Dropped(id) => (*id, format!("[-{}-]", one_line(corpus.text(*id)))),
            Step::New(id) => (*id, format!("{{+{}+}}", one_line(corpus.text(*id)))),
            Step::Changed(changed) => (changed.after, marked(corpus, changed)),
        };
        writeln!(out, "{:>5} {:<9} {words}", corpus.number_of(number) + 1, step.name())?;
    }
    let other = versions.steps.len() - same;
    writeln!(out, "{same} stayed, {other} did not")
}

/// The later sentence with what went before it and what came in it.
fn marked(corpus: &Corpus, changed: &Changed) -> String {
    let (old, new) = (text_of(corpus, changed.before), text_of(corpus, changed.after));
    let sentence = corpus.sentence(changed.after).span;
    let (mut words, mut at) = (String::new(), sentence.start);
    for difference in &changed.differences {
        words.push_str(&flat(&new[at..difference.place]));
        at = difference.after.map_or(difference.place, |span| span.end);
        let gap = if difference.after.is_none() { " " } else { "" };
        if let Some(went) = difference.before {
            write!(words, "{gap}[-{}-]", flat(went.of(old))).expect("a string takes all");
        }
        if let Some(came) = difference.after {
            write!(words, "{{+{}+}}", flat(came.of(new))).expect("a string takes all");
        }
    }
    words.push_str(&flat(&new[at..sentence.end]));
    words
}

/// A stretch of text without line ends; its blanks stay.
fn flat(text: &str) -> String {
    text.replace('\n', " ")
}

fn text_of(corpus: &Corpus, id: SentenceId) -> &str {
    &corpus.statement(corpus.sentence(id).statement).text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::versions::compare;
    use crate::attribution::Kind;
    use crate::corpus::{Reading, StatementId};
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    #[test]
    fn words_that_went_and_came_stand_where_they_did() {
        let texts = ["We must act now. It was night. Thank you.", "We should act. It was night."];
        let documents = texts.map(|text| {
            let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto);
            document.expect("it is text")
        });
        let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
        let corpus = Corpus::read(documents.into(), reading, Speech::built_in(), abbreviations());
        let mut out = Vec::new();
        write(&mut out, &corpus, &compare(&corpus, StatementId(0), StatementId(1)))
            .expect("memory takes all");
        let expected = "    1 softened  We [-must-]{+should+} act [-now-].\n    3 dropped   [-Thank you.-]\n\
                        1 stayed, 2 did not\n";
        assert_eq!(String::from_utf8(out).expect("it is UTF-8"), expected);
    }
}
