//! The JSON contract, version 1.

mod quotations;
pub mod versions;

use std::io::{self, Write};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::analysis::{Analysis, Cue, Link, Marks, Status, Weights};
use crate::attribution::Statement;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::lexicon::Lexicon;
use crate::text::code_points::CodePoints;
use crate::text::digest::hexadecimal;
use crate::text::{SourceSpan, Span};
use versions::VersionsOut;

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    visavis: &'static str,
    lexicon: String,
    thresholds: Thresholds,
    documents: Vec<Document<'a>>,
    statements: Vec<StatementOut<'a>>,
    links: Vec<LinkOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    versions: Vec<VersionsOut>,
    warnings: &'a [String],
}

#[derive(Serialize)]
struct Thresholds {
    claim: f64,
    rebuttal: f64,
    rhetoric: f64,
    link: f64,
}

#[derive(Serialize)]
struct Document<'a> {
    path: String,
    sha256: &'a str,
    kind: &'static str,
    format: &'static str,
    encoding: &'a str,
    title: Option<&'a str>,
    date: Option<String>,
    warnings: &'a [String],
}

#[derive(Serialize)]
struct StatementOut<'a> {
    document: u32,
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    text: &'a str,
    passages: Vec<PassageOut>,
    sentences: Vec<SentenceOut<'a>>,
}

#[derive(Serialize)]
struct PassageOut {
    start: usize,
    end: usize,
    source_start: usize,
    source_end: usize,
    kind: &'static str,
    quoted: bool,
    attribution: Option<StretchOut>,
    question: Option<StretchOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotation: Option<quotations::QuotationOut>,
}

#[derive(Serialize)]
struct StretchOut {
    source_start: usize,
    source_end: usize,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    id: String,
    start: usize,
    end: usize,
    claim: f64,
    rebuttal: f64,
    rhetoric: f64,
    cues: Vec<CueOut<'a>>,
    /// What counts in a score and is no mark by itself.
    background: Vec<CueOut<'a>>,
}

#[derive(Serialize)]
struct CueOut<'a> {
    kind: &'static str,
    technique: Option<&'a str>,
    rule: &'a str,
    start: usize,
    end: usize,
    weight: f64,
}

#[derive(Serialize)]
struct LinkOut<'a> {
    id: String,
    from: Place,
    to: Place,
    relation: &'static str,
    score: f64,
    status: &'static str,
    /// Whether the answer rejects all that was said; `to` is then the heart of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    whole: bool,
    evidence: Vec<EvidenceOut<'a>>,
}

#[derive(Serialize)]
struct Place {
    statement: u32,
    sentence: usize,
}

#[derive(Serialize)]
struct EvidenceOut<'a> {
    side: &'static str,
    start: usize,
    end: usize,
    why: &'a str,
}

/// Writes the version-1 report of `analysis` over `corpus` to `out`, one line, ended by a line feed.
///
/// # Errors
/// What writing to `out` gives.
pub fn write(
    out: &mut impl Write,
    corpus: &Corpus,
    analysis: &Analysis,
    lexicon: &Lexicon,
    weights: &Weights,
    warnings: &[String],
) -> io::Result<()> {
    let sources: Vec<CodePoints> =
        corpus.documents.iter().map(|document| CodePoints::new(&document.text)).collect();
    let texts: Vec<CodePoints> =
        corpus.statements.iter().map(|statement| CodePoints::new(&statement.text)).collect();
    let ids = sentence_ids(corpus);
    let thresholds = weights.thresholds;
    let report = Report {
        version: 1,
        visavis: env!("CARGO_PKG_VERSION"),
        lexicon: format!("sha256:{}", lexicon.sha256()),
        thresholds: Thresholds {
            claim: rounded(thresholds.claim),
            rebuttal: rounded(thresholds.rebuttal),
            rhetoric: rounded(thresholds.rhetoric),
            link: rounded(thresholds.link),
        },
        documents: documents(corpus),
        statements: corpus
            .statement_ids()
            .map(|id| statement(corpus, analysis, lexicon, id, &sources, &texts, &ids))
            .collect(),
        links: analysis.links.iter().map(|found| link(corpus, found, &texts, &ids)).collect(),
        versions: versions::out(corpus, &analysis.versions, &texts),
        warnings,
    };
    serde_json::to_writer(Escaped(&mut *out), &report)?;
    out.write_all(b"\n")
}

fn documents(corpus: &Corpus) -> Vec<Document<'_>> {
    corpus
        .documents
        .iter()
        .zip(&corpus.kinds)
        .map(|(document, kind)| Document {
            path: document.path.to_string_lossy().into_owned(),
            sha256: &document.sha256,
            kind: kind.name(),
            format: document.format.name,
            encoding: document.encoding,
            title: document.title.as_deref(),
            date: document.date.map(|date| date.to_string()),
            warnings: &document.warnings,
        })
        .collect()
}

fn statement<'a>(
    corpus: &'a Corpus,
    analysis: &'a Analysis,
    lexicon: &'a Lexicon,
    id: StatementId,
    sources: &[CodePoints],
    texts: &[CodePoints],
    ids: &[String],
) -> StatementOut<'a> {
    let statement: &Statement = corpus.statement(id);
    let points = &texts[id.0 as usize];
    let quotation = |passage: usize| {
        let found = &analysis.quotations;
        let found = found.iter().find(|found| found.statement == id && found.passage == passage)?;
        Some(quotations::out(found, texts))
    };
    let source = |span: SourceSpan| {
        let points = &sources[statement.document.0 as usize];
        (points.before(span.start), points.before(span.end))
    };
    let stretch = |span: SourceSpan| {
        let (source_start, source_end) = source(span);
        StretchOut { source_start, source_end }
    };
    StatementOut {
        document: statement.document.0,
        speaker: statement.speaker.as_ref().map(|speaker| speaker.name.as_str()),
        role: statement.speaker.as_ref().and_then(|speaker| speaker.role.as_deref()),
        text: &statement.text,
        passages: statement
            .passages
            .iter()
            .enumerate()
            .map(|(number, passage)| {
                let (source_start, source_end) = source(passage.source);
                PassageOut {
                    start: points.before(passage.span.start),
                    end: points.before(passage.span.end),
                    source_start,
                    source_end,
                    kind: passage.kind.name(),
                    quoted: passage.quoted,
                    attribution: passage.attribution.map(stretch),
                    question: passage.question.map(stretch),
                    quotation: quotation(number),
                }
            })
            .collect(),
        sentences: corpus
            .sentences_of(id)
            .map(|sentence| {
                let span = corpus.sentence(sentence).span;
                sentence_out(
                    analysis.marks(sentence),
                    lexicon,
                    span,
                    points,
                    ids[sentence.0 as usize].clone(),
                )
            })
            .collect(),
    }
}

fn sentence_out<'a>(
    marks: &'a Marks,
    lexicon: &'a Lexicon,
    span: Span,
    points: &CodePoints,
    id: String,
) -> SentenceOut<'a> {
    SentenceOut {
        id,
        start: points.before(span.start),
        end: points.before(span.end),
        claim: rounded(marks.scores.claim),
        rebuttal: rounded(marks.scores.rebuttal),
        rhetoric: rounded(marks.scores.rhetoric),
        cues: cues(marks, lexicon, points, false),
        background: cues(marks, lexicon, points, true),
    }
}

fn cues<'a>(
    marks: &'a Marks,
    lexicon: &'a Lexicon,
    points: &CodePoints,
    background: bool,
) -> Vec<CueOut<'a>> {
    let told = |cue: &'a Cue| {
        let rule = lexicon.rule(cue.rule);
        CueOut {
            kind: cue.kind.name(),
            technique: rule.technique.as_deref().filter(|_| !background),
            rule: &rule.id,
            start: points.before(cue.span.start),
            end: points.before(cue.span.end),
            weight: rounded(cue.weight),
        }
    };
    marks.cues.iter().filter(|cue| cue.background == background).map(told).collect()
}

fn link<'a>(corpus: &Corpus, link: &'a Link, texts: &[CodePoints], ids: &[String]) -> LinkOut<'a> {
    let statement_of = |id: SentenceId| corpus.sentence(id).statement;
    let place = |id: SentenceId| Place { statement: statement_of(id).0, sentence: corpus.number_of(id) };
    LinkOut {
        id: format!("{}>{}", ids[link.from.0 as usize], ids[link.to.0 as usize]),
        from: place(link.from),
        to: place(link.to),
        relation: link.relation.name(),
        score: rounded(link.score),
        status: match link.status {
            Status::Suggested => "suggested",
            Status::Candidate => "candidate",
        },
        whole: link.answers_the_whole(),
        evidence: link
            .evidence
            .iter()
            .map(|evidence| {
                let side = if evidence.in_answer { link.from } else { link.to };
                let points = &texts[statement_of(side).0 as usize];
                EvidenceOut {
                    side: if evidence.in_answer { "from" } else { "to" },
                    start: points.before(evidence.span.start),
                    end: points.before(evidence.span.end),
                    why: &evidence.why,
                }
            })
            .collect(),
    }
}

/// Names of sentences that stay the same when the same document is analysed again: 12 hexadecimal
/// digits from the document's bytes and the sentence's place in its source.
pub fn sentence_ids(corpus: &Corpus) -> Vec<String> {
    let mut seen = std::collections::BTreeMap::new();
    (0..corpus.sentences.len() as u32)
        .map(|index| {
            let id = SentenceId(index);
            let document = corpus.document_of(corpus.sentence(id).statement);
            let source = corpus.source_of(id);
            let digest = Sha256::digest(format!("{} {} {}", document.sha256, source.start, source.end));
            let name = hexadecimal(&digest[..6]);
            let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
            if *count == 1 { name } else { format!("{name}-{count}") }
        })
        .collect()
}

/// A score to four decimals: what is printed is what is compared.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

/// Escapes U+007F to U+009F, which `serde_json` writes as they are.
pub(super) struct Escaped<W>(pub W);

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = 0;
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = match bytes[at] {
                0x7F => (0x7F, 1),
                0xC2 if bytes.get(at + 1).is_some_and(|next| (0x80..=0x9F).contains(next)) => {
                    (bytes[at + 1], 2)
                }
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.0.write_all(&bytes[kept..at])?;
            write!(self.0, "\\u{code:04x}")?;
            at += length;
            kept = at;
        }
        self.0.write_all(&bytes[kept..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_is_written_raw() {
        let mut out = Vec::new();
        serde_json::to_writer(Escaped(&mut out), "a\u{7f}b\u{9b}c\u{e9}\n").expect("a vector takes all");
        assert_eq!(String::from_utf8(out).expect("it is UTF-8"), "\"a\\u007fb\\u009bc\u{e9}\\n\"");
    }
}
