//! The reader's decisions and own links, each with the words it is about and who said them.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::markdown::escaped;
use super::notes::end_of;
use crate::corpus::Corpus;
use crate::lexicon::CueKind;
use crate::session::{On, Placer, Ruling, Session};

/// Everything that was decided, in the order in which it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Decisions {
    /// On what the program suggests.
    pub decisions: Vec<DecisionRow>,
    /// Links that the reader made or corrected.
    pub links: Vec<LinkRow>,
}

/// A decision on a suggestion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionRow {
    /// The event that took it.
    pub id: String,
    /// When it was taken, RFC 3339.
    pub time: String,
    /// Who took it.
    pub author: String,
    /// `accepted` or `rejected`.
    pub decided: &'static str,
    /// `mark`, `phrase`, `rule` or `link`.
    pub on: &'static str,
    /// Of a mark or phrase: `claim`, `rebuttal` or `rhetoric`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// The folded words of a phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phrase: Option<String>,
    /// The SHA-256 of the only document in which a phrase is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The id of a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Of a link: how it was suggested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<&'static str>,
    /// The sentence of a mark, the answer of a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<End>,
    /// What a link answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<End>,
}

/// A link that the reader made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkRow {
    /// The event that made it.
    pub id: String,
    /// When it was made, RFC 3339.
    pub time: String,
    /// Who made it.
    pub author: String,
    /// How it answers.
    pub relation: &'static str,
    /// The answer.
    pub from: End,
    /// What it answers.
    pub to: End,
}

/// A sentence at one end of a link, or that is marked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct End {
    /// The document's path, as the user gave it.
    pub document: Option<String>,
    /// Whose words these are.
    pub speaker: Option<String>,
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
}

impl Decisions {
    /// What was decided in `session`.
    pub fn of(corpus: &Corpus, session: &Session) -> Self {
        let placer = Placer::new(corpus, session.documents.iter().chain(&session.earlier));
        let end = |anchor| end_of(corpus, session, &placer, anchor);
        let mut all = Self::default();
        for taken in session.decisions.values() {
            let mut row = DecisionRow {
                id: taken.id.0.clone(),
                time: taken.time.clone(),
                author: taken.author.clone(),
                decided: taken.ruling.name(),
                on: "mark",
                kind: None,
                phrase: None,
                document: None,
                rule: None,
                relation: None,
                from: None,
                to: None,
            };
            match &taken.on {
                On::Mark { anchor, kind } => (row.kind, row.from) = (Some(kind.name()), Some(end(anchor))),
                On::Phrase { phrase, kind, document } => {
                    (row.on, row.kind) = ("phrase", Some(kind.name()));
                    (row.phrase, row.document) = (Some(phrase.clone()), document.clone());
                }
                On::Rule { rule } => (row.on, row.rule) = ("rule", Some(rule.clone())),
                On::Link { from, to, relation } => {
                    (row.on, row.relation) = ("link", Some(relation.name()));
                    (row.from, row.to) = (Some(end(from)), Some(end(to)));
                }
            }
            all.decisions.push(row);
        }
        // What was decided at once stands in the order of the texts.
        all.decisions.sort_by_cached_key(|row| {
            let from = row.from.as_ref();
            (row.id.clone(), from.map(|end| (document_at(corpus, end), end.start)))
        });
        all.links = session
            .links
            .values()
            .map(|link| LinkRow {
                id: link.id.0.clone(),
                time: link.time.clone(),
                author: link.author.clone(),
                relation: link.relation.name(),
                from: end(&link.from),
                to: end(&link.to),
            })
            .collect();
        all.links.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }
}

/// The place of the document that an end stands in.
fn document_at(corpus: &Corpus, end: &End) -> Option<usize> {
    let path = Path::new(end.document.as_deref()?);
    corpus.documents.iter().position(|document| document.path == path)
}

/// Writes what was decided as sections of a Markdown page; nothing where nothing was.
///
/// # Errors
/// What writing to `out` gives.
pub fn markdown(out: &mut impl Write, all: &Decisions) -> io::Result<()> {
    if !all.links.is_empty() {
        writeln!(out, "\n## Links\n")?;
    }
    for link in &all.links {
        pair(out, &link.from, link.relation, &link.to)?;
    }
    for (ruling, title) in [("accepted", "Accepted"), ("rejected", "Rejected")] {
        let own = || all.decisions.iter().filter(|row| row.decided == ruling);
        if own().next().is_some() {
            writeln!(out, "\n## {title}\n")?;
        }
        for row in own() {
            decision(out, row)?;
        }
    }
    Ok(())
}

/// Writes the marks of a kind that were decided as JSON lines `{"text": …, "label": 1}` (rejected: 0),
/// from which weights can be fitted; gives how many.
///
/// # Errors
/// What writing to `out` gives.
pub fn training(out: &mut impl Write, all: &Decisions, kind: CueKind) -> io::Result<usize> {
    let mut count = 0;
    for row in all.decisions.iter().filter(|row| row.on == "mark" && row.kind == Some(kind.name())) {
        let Some(from) = &row.from else { continue };
        let label = u8::from(row.decided == Ruling::Accepted.name());
        let line = serde_json::json!({ "text": from.quote, "label": label });
        writeln!(out, "{line}")?;
        count += 1;
    }
    Ok(count)
}

fn decision(out: &mut impl Write, row: &DecisionRow) -> io::Result<()> {
    let kind = row.kind.unwrap_or_default();
    match (&row.from, &row.to, &row.phrase, &row.rule) {
        (Some(from), Some(to), ..) => pair(out, from, row.relation.unwrap_or_default(), to),
        (Some(from), ..) => writeln!(out, "- {kind}: {}", told(from)),
        (_, _, Some(phrase), _) => {
            let place = if row.document.is_some() { "in one document" } else { "everywhere" };
            writeln!(out, "- the phrase “{}” as {kind}, {place}", escaped(phrase))
        }
        (_, _, _, Some(rule)) => writeln!(out, "- the rule {}", escaped(rule)),
        _ => Ok(()),
    }
}

fn pair(out: &mut impl Write, from: &End, relation: &str, to: &End) -> io::Result<()> {
    writeln!(out, "- {}\n  **{relation}** {}", told(from), told(to))
}

/// “Zhao Lijian 2 (reply.txt): “This act …””
fn told(end: &End) -> String {
    let speaker = end.speaker.as_deref().unwrap_or("unnamed speaker");
    let number = end.sentence.map_or_else(String::new, |number| format!(" {number}"));
    let document = end.document.as_deref().unwrap_or("unknown document");
    let odd = if end.place == "exact" { String::new() } else { format!(", {}", end.place) };
    format!("{}{number} ({}{odd}): “{}”", escaped(speaker), escaped(document), escaped(&end.quote))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Relation;
    use crate::corpus::Reading;
    use crate::demo;
    use crate::document::Segmentation;
    use crate::lexicon::{Speech, abbreviations};
    use crate::session::{Act, Anchor, Decision, Event, EventId};

    fn page(acts: impl Fn(&dyn Fn(u32) -> Anchor) -> Vec<Act>) -> (Decisions, String) {
        let documents = demo::documents(1, Segmentation::Auto).expect("it is built in");
        let corpus = Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations());
        let anchor = |id| {
            let sentence = corpus.sentence(crate::corpus::SentenceId(id));
            Anchor::new(&corpus, sentence.statement, sentence.span)
        };
        let events: Vec<Event> = acts(&anchor)
            .into_iter()
            .enumerate()
            .map(|(at, act)| Event {
                id: EventId(format!("{at}")),
                time: "2026-01-01T00:00:00Z".into(),
                author: "reader".into(),
                act,
            })
            .collect();
        let all = Decisions::of(&corpus, &Session::fold(&events));
        let mut page = Vec::new();
        markdown(&mut page, &all).expect("memory takes all");
        (all, String::from_utf8(page).expect("it is text"))
    }

    #[test]
    fn decisions_and_links_are_told_with_both_ends() {
        let (all, page) = page(|anchor| {
            let decide =
                |on, ruling| Act::Decided { decisions: vec![Decision { on, decided: Some(ruling) }] };
            let phrase = On::Phrase { phrase: "thin air".into(), kind: CueKind::Rebuttal, document: None };
            vec![
                decide(On::Mark { anchor: anchor(1), kind: CueKind::Claim }, Ruling::Accepted),
                decide(phrase, Ruling::Rejected),
                decide(On::Rule { rule: "claim.act".into() }, Ruling::Rejected),
                Act::Linked { from: anchor(7), to: anchor(0), relation: Some(Relation::Deflects) },
            ]
        });
        assert_eq!((all.decisions.len(), all.links.len()), (3, 1));
        let json = serde_json::to_string(&all).expect("it can be written");
        assert!(json.contains(r#""decided":"accepted","on":"mark","kind":"claim""#), "{json}");
        assert!(json.contains(r#""relation":"deflects","from":{"document":"demo:zhao""#), "{json}");
        for told in [
            "## Links\n\n- Zhao Lijian 3 (demo:zhao): “",
            "\n  **deflects** Antony Blinken 1 (demo:blinken): “",
            "## Accepted\n\n- claim: Antony Blinken 2 (demo:blinken): “Cyber actors",
            "## Rejected\n\n- the phrase “thin air” as rebuttal, everywhere\n- the rule claim.act\n",
        ] {
            assert!(page.contains(told), "{told}\nin\n{page}");
        }
    }

    #[test]
    fn decided_marks_are_lines_to_fit_from() {
        let (all, _) = page(|anchor| {
            let decide = |id, kind, ruling| {
                let on = On::Mark { anchor: anchor(id), kind };
                Act::Decided { decisions: vec![Decision { on, decided: Some(ruling) }] }
            };
            vec![
                decide(1, CueKind::Claim, Ruling::Accepted),
                decide(2, CueKind::Claim, Ruling::Rejected),
                decide(2, CueKind::Rhetoric, Ruling::Accepted),
            ]
        });
        let mut lines = Vec::new();
        assert_eq!(training(&mut lines, &all, CueKind::Claim).expect("memory takes all"), 2);
        let lines = String::from_utf8(lines).expect("it is text");
        let labels: Vec<_> = lines.lines().map(|line| line.starts_with("{\"label\":1,\"text\":\"")).collect();
        assert_eq!(labels, [true, false], "{lines}");
    }

    #[test]
    fn without_decisions_there_is_no_section() {
        assert_eq!(page(|_| Vec::new()).1, "");
    }
}
