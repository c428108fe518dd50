//! Decisions on what the program suggests, as the journal keeps them, and the layer they make for
//! the analysis.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Anchor, AnchorKey, Found, Placer, Session};
use crate::analysis::{Decided, OnLink, Relation, ends};
use crate::attribution::DocumentId;
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::CueKind;

/// What the reader decided about one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// About what.
    #[serde(flatten)]
    pub on: On,
    /// What; none takes an earlier decision back.
    pub decided: Option<Ruling>,
}

/// What a decision is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum On {
    /// The mark of a kind on a sentence.
    Mark {
        /// The sentence.
        anchor: Anchor,
        /// As what it is marked.
        kind: CueKind,
    },
    /// A phrase wherever it counts for a kind.
    Phrase {
        /// Its folded words.
        phrase: String,
        /// What it counts for.
        kind: CueKind,
        /// In which document only, by its SHA-256; everywhere if there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
    },
    /// A rule of the lexicon.
    Rule {
        /// Its id.
        rule: String,
    },
    /// The link between two sentences.
    Link {
        /// The answer.
        from: Anchor,
        /// What it answers.
        to: Anchor,
        /// As what it was suggested.
        relation: Relation,
    },
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// It is right.
    Accepted,
    /// It is wrong and shown no more.
    Rejected,
}

impl Ruling {
    /// Its name on screen and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

/// What tells apart the things decided on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecisionKey {
    /// See [`On::Mark`].
    Mark(AnchorKey, CueKind),
    /// See [`On::Phrase`].
    Phrase(CueKind, String, Option<String>),
    /// See [`On::Rule`].
    Rule(String),
    /// A link, be it suggested or the reader's own, by its ends: the lower first.
    Link(AnchorKey, AnchorKey),
}

impl DecisionKey {
    /// The key of the link between two anchors.
    pub fn link(one: &Anchor, other: &Anchor) -> Self {
        let (one, other) = (one.key(), other.key());
        if one <= other { Self::Link(one, other) } else { Self::Link(other, one) }
    }
}

impl On {
    /// What tells it apart.
    pub fn key(&self) -> DecisionKey {
        match self {
            Self::Mark { anchor, kind } => DecisionKey::Mark(anchor.key(), *kind),
            Self::Phrase { phrase, kind, document } => {
                DecisionKey::Phrase(*kind, phrase.clone(), document.clone())
            }
            Self::Rule { rule } => DecisionKey::Rule(rule.clone()),
            Self::Link { from, to, .. } => DecisionKey::link(from, to),
        }
    }

    /// What a reader would call it: “claim on “The ships …””.
    pub fn name(&self) -> String {
        match self {
            Self::Mark { anchor, kind } => format!("{} on “{}”", kind.name(), anchor.opening()),
            Self::Phrase { phrase, kind, document: None } => {
                format!("“{phrase}” as {} everywhere", kind.name())
            }
            Self::Phrase { phrase, kind, .. } => format!("“{phrase}” as {} in one document", kind.name()),
            Self::Rule { rule } => format!("rule {rule}"),
            Self::Link { from, to, relation } => {
                format!("“{}” {} “{}”", from.opening(), relation.name(), to.opening())
            }
        }
    }
}

/// The decisions of `session` at their places in `corpus`. What cannot be placed without doubt is
/// left out: a decision is never silently moved to other words.
pub fn decided(corpus: &Corpus, session: &Session, placer: &Placer) -> Decided {
    let mut all = Decided::default();
    let place = |anchor: &Anchor| sure(placer, anchor);
    for taken in session.decisions.values() {
        let accepted = taken.ruling == Ruling::Accepted;
        match &taken.on {
            On::Mark { anchor, kind } => {
                all.marks.extend(place(anchor).map(|id| ((id, *kind), accepted)));
            }
            _ if accepted && !matches!(taken.on, On::Link { .. }) => (),
            On::Phrase { phrase, kind, document: None } => {
                all.silenced.everywhere.insert((*kind, phrase.clone()));
            }
            On::Phrase { phrase, kind, document: Some(digest) } => {
                let document = document_of(corpus, session, digest);
                all.silenced.here.extend(document.map(|document| (document, *kind, phrase.clone())));
            }
            On::Rule { rule } => drop(all.silenced.rules.insert(rule.clone())),
            On::Link { from, to, .. } => {
                let on = if accepted { OnLink::Accepted } else { OnLink::Rejected };
                all.links.extend(place(from).zip(place(to)).map(|(from, to)| (ends(from, to), on)));
            }
        }
    }
    for link in session.links.values() {
        let (Some(from), Some(to)) = (place(&link.from), place(&link.to)) else { continue };
        all.links.insert(ends(from, to), OnLink::Own { from, relation: link.relation });
    }
    if session.blind {
        all.blind = Some(own_marks(session, placer));
    }
    all
}

/// What the reader marked in blind reading.
pub fn own_marks(session: &Session, placer: &Placer) -> BTreeSet<(SentenceId, CueKind)> {
    let marks = session.own_marks.values().filter(|own| own.blind);
    let placed = marks.filter_map(|own| Some((sure(placer, &own.anchor)?, &own.kinds)));
    placed.flat_map(|(id, kinds)| kinds.iter().map(move |kind| (id, *kind))).collect()
}

/// The sentence at an anchor, if there is no doubt.
fn sure(placer: &Placer, anchor: &Anchor) -> Option<SentenceId> {
    placer
        .place(anchor)
        .filter(|placed| !matches!(placed.how, Found::Likely(_)))
        .map(|placed| placed.sentence)
}

/// The open document that has this digest, or whose earlier version had it.
fn document_of(corpus: &Corpus, session: &Session, digest: &str) -> Option<DocumentId> {
    let open = |wanted: &dyn Fn(&crate::document::Document) -> bool| {
        corpus.documents.iter().position(wanted).map(|at| DocumentId(at as u32))
    };
    open(&|document| document.sha256 == digest).or_else(|| {
        let earlier =
            session.earlier.iter().chain(&session.documents).find(|saved| saved.sha256 == digest)?;
        open(&|document| document.path == earlier.path)
    })
}

/// What a reader would call these decisions.
pub(super) fn described(decisions: &[Decision]) -> String {
    let what = match decisions.first().and_then(|decision| decision.decided) {
        Some(Ruling::Accepted) => "acceptance",
        Some(Ruling::Rejected) => "rejection",
        None => "restoring",
    };
    match decisions {
        [one] => format!("{what} of {}", one.on.name()),
        many => format!("{what} of {} suggestions", many.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Act, TextPosition, TextQuote};

    /// Decisions as a journal holds them.
    #[test]
    fn a_decision_is_kept_as_it_reads() {
        let quote = TextQuote { exact: "We saw it.".into(), prefix: String::new(), suffix: String::new() };
        let anchor = Anchor { document: "00".into(), quote, position: TextPosition { start: 0, end: 10 } };
        let phrase = |document| On::Phrase { phrase: "thin air".into(), kind: CueKind::Rebuttal, document };
        let all = [
            (On::Mark { anchor: anchor.clone(), kind: CueKind::Claim }, r#""on":"mark","#),
            (phrase(None), r#"{"on":"phrase","phrase":"thin air","kind":"rebuttal","decided":"rejected"}"#),
            (phrase(Some("00".into())), r#""document":"00""#),
            (On::Rule { rule: "claim.number".into() }, r#"{"on":"rule","rule":"claim.number","#),
            (
                On::Link { from: anchor.clone(), to: anchor, relation: Relation::Rebuts },
                r#""relation":"rebuts""#,
            ),
        ];
        for (on, written) in all {
            let act = Act::Decided { decisions: vec![Decision { on, decided: Some(Ruling::Rejected) }] };
            let json = serde_json::to_string(&act).expect("it can be written");
            assert!(json.contains(written), "{json}");
            assert_eq!(serde_json::from_str::<Act>(&json).expect("it can be read again"), act);
        }
    }
}
