//! What the reader has decided, laid over what was found: silenced cues, refused and own links.
//!
//! What was found is left as it is, so that a decision can be taken back at once. A cue that is
//! silenced is gone from its sentence and the score is what the others make; links are weighed
//! before that and decided one by one. In blind reading nothing is left but the reader's own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Analysis, By, Cue, Link, Marks, Relation, Scores, Signs, Status, Weights};
use crate::attribution::DocumentId;
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{CueKind, Lexicon};
use crate::text::span::StatementText;
use crate::text::words;

/// The decisions of a session, at their places in a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// Marks accepted (`true`) or rejected, by sentence and kind.
    pub marks: BTreeMap<(SentenceId, CueKind), bool>,
    /// What does not count.
    pub silenced: Silenced,
    /// Links, by their ends: the lower sentence first.
    pub links: BTreeMap<(SentenceId, SentenceId), OnLink>,
    /// In blind reading: what the reader has marked as what.
    pub blind: Option<BTreeSet<(SentenceId, CueKind)>>,
}

/// Cues that do not count, beside those of rejected marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Silenced {
    /// Rules, by their ids.
    pub rules: BTreeSet<String>,
    /// Phrases as [`phrase`] gives them, everywhere.
    pub everywhere: BTreeSet<(CueKind, String)>,
    /// Phrases in one document.
    pub here: BTreeSet<(DocumentId, CueKind, String)>,
}

/// A decision on the link between two sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLink {
    /// There is none.
    Rejected,
    /// It is as it was found.
    Accepted,
    /// The reader's own, or corrected by the reader.
    Own {
        /// The answer.
        from: SentenceId,
        /// How it answers.
        relation: Relation,
    },
}

/// How many marks come and go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Marks that vanish.
    pub vanish: usize,
    /// Marks that appear.
    pub appear: usize,
}

impl Change {
    /// Counts a mark that `was` shown and `is` shown.
    pub(super) fn count(&mut self, was: bool, is: bool) {
        self.vanish += usize::from(was && !is);
        self.appear += usize::from(is && !was);
    }
}

/// The key of a link in [`Decided::links`].
pub fn ends(one: SentenceId, other: SentenceId) -> (SentenceId, SentenceId) {
    (one.min(other), one.max(other))
}

/// The folded words of a cue in a statement's `text`: the same for every writing of a phrase.
pub fn phrase(text: &str, cue: &Cue) -> String {
    let words = words::<StatementText>(cue.span.of(text), 0);
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

impl Silenced {
    /// Whether nothing is silenced.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.everywhere.is_empty() && self.here.is_empty()
    }

    /// Whether a cue of a sentence does not count.
    pub fn has(&self, corpus: &Corpus, lexicon: &Lexicon, id: SentenceId, cue: &Cue) -> bool {
        let rule = lexicon.rules().get(usize::from(cue.rule.0));
        if rule.is_some_and(|rule| self.rules.contains(&rule.id)) {
            return true;
        }
        if self.everywhere.is_empty() && self.here.is_empty() {
            return false;
        }
        let statement = corpus.statement(corpus.sentence(id).statement);
        let phrase = phrase(&statement.text, cue);
        let everywhere = (cue.kind, phrase);
        if self.everywhere.contains(&everywhere) {
            return true;
        }
        self.here.contains(&(statement.document, everywhere.0, everywhere.1))
    }
}

impl Analysis {
    /// What is left of what was found when the reader's decisions are heeded.
    #[must_use]
    pub fn decided(&self, corpus: &Corpus, lexicon: &Lexicon, weights: &Weights, decided: &Decided) -> Self {
        if let Some(own) = &decided.blind {
            let marks = (0..self.marks.len() as u32).map(|id| own_marks(SentenceId(id), own)).collect();
            return Self { marks, links: self.links_decided(decided, false), ..Self::default() };
        }
        let ids = (0..).map(SentenceId);
        let marks = self.marks.iter().zip(ids);
        let marks = marks
            .map(|(marks, id)| {
                left(corpus, lexicon, weights, decided, id, marks).unwrap_or_else(|| marks.clone())
            })
            .collect();
        let (quotations, versions) = (self.quotations.clone(), self.versions.clone());
        Self { marks, links: self.links_decided(decided, true), quotations, versions }
    }

    /// The score of a sentence when the reader's decisions are heeded.
    pub fn score(
        &self,
        corpus: &Corpus,
        lexicon: &Lexicon,
        weights: &Weights,
        decided: &Decided,
        id: SentenceId,
        kind: CueKind,
    ) -> f32 {
        let marks = self.marks(id);
        let left = left(corpus, lexicon, weights, decided, id, marks);
        left.map_or(marks.scores, |left| left.scores).of(kind)
    }

    /// How many marks come and go when `after` is decided instead of `before`.
    pub fn change(
        &self,
        corpus: &Corpus,
        lexicon: &Lexicon,
        weights: &Weights,
        before: &Decided,
        after: &Decided,
    ) -> Change {
        let mut change = Change::default();
        for (marks, id) in self.marks.iter().zip((0..).map(SentenceId)) {
            let scores = |decided| {
                left(corpus, lexicon, weights, decided, id, marks).map_or(marks.scores, |left| left.scores)
            };
            let (old, new) = (scores(before), scores(after));
            for kind in CueKind::ALL {
                let from = weights.thresholds.of(kind);
                let (was, is) = (old.of(kind) >= from, new.of(kind) >= from);
                change.count(was, is);
            }
        }
        change
    }

    /// The links that are left, and the reader's own.
    fn links_decided(&self, decided: &Decided, found: bool) -> Vec<Link> {
        let mut links = Vec::with_capacity(self.links.len());
        for link in self.links.iter().filter(|_| found) {
            match decided.links.get(&ends(link.from, link.to)) {
                None => links.push(link.clone()),
                Some(OnLink::Accepted) => links.push(Link { by: By::Accepted, ..link.clone() }),
                Some(OnLink::Rejected | OnLink::Own { .. }) => (),
            }
        }
        links.extend(decided.links.iter().filter_map(|(ends, on)| self.own_link(*ends, *on)));
        links.sort_by(|a, b| a.from.cmp(&b.from).then(b.score.total_cmp(&a.score)));
        links
    }

    /// The reader's own link, with what was found to speak for it, if it was found too.
    fn own_link(&self, ends: (SentenceId, SentenceId), on: OnLink) -> Option<Link> {
        let OnLink::Own { from, relation } = on else { return None };
        let to = if from == ends.0 { ends.1 } else { ends.0 };
        let found = self.links.iter().find(|link| link.from == from && link.to == to);
        let evidence = found.map_or_else(Vec::new, |link| link.evidence.clone());
        Some(Link {
            from,
            to,
            relation,
            score: 1.0,
            status: Status::Suggested,
            by: By::Reader,
            evidence,
            signs: Signs::default(),
        })
    }
}

/// The marks of a sentence without what is silenced; none if nothing is.
fn left(
    corpus: &Corpus,
    lexicon: &Lexicon,
    weights: &Weights,
    decided: &Decided,
    id: SentenceId,
    marks: &Marks,
) -> Option<Marks> {
    let rejected = CueKind::ALL.map(|kind| decided.marks.get(&(id, kind)) == Some(&false));
    if decided.silenced.is_empty() && !rejected.contains(&true) {
        return None;
    }
    let gone = |cue: &Cue| {
        (rejected[cue.kind as usize] && cue.weight > 0.0) || decided.silenced.has(corpus, lexicon, id, cue)
    };
    let cues: Vec<Cue> = marks.cues.iter().filter(|cue| !gone(cue)).copied().collect();
    if cues.len() == marks.cues.len() {
        return None;
    }
    Some(Marks::of(cues, weights))
}

/// What the reader has marked a sentence as, and nothing else.
fn own_marks(id: SentenceId, own: &BTreeSet<(SentenceId, CueKind)>) -> Marks {
    let scores = Scores::each(|kind| f32::from(u8::from(own.contains(&(id, kind)))));
    Marks { scores, cues: Vec::new() }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::LazyLock;

    use super::super::logistic;
    use super::*;
    use crate::attribution::Kind;
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::built_in);

    const ONE: &str = "These groundless accusations are a smear. This is Groundless, made out of thin air.";
    const TWO: &str = "Their groundless accusations are a smear.";

    fn corpus() -> Corpus {
        let documents = [ONE, TWO].map(|text| {
            Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto).expect("it is text")
        });
        let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
        Corpus::read(documents.into(), reading, Speech::built_in(), abbreviations())
    }

    /// The words that count as a rebuttal in each sentence, once `decided` is heeded.
    fn counted(decided: &Decided) -> Vec<Vec<String>> {
        let (corpus, weights) = (corpus(), Weights::built_in());
        let found = super::super::analyze(&corpus, &LEXICON, &weights, 0);
        let left = found.decided(&corpus, &LEXICON, &weights, decided);
        let change = found.change(&corpus, &LEXICON, &weights, &Decided::default(), decided);
        let marked = |marks: &Marks| marks.scores.rebuttal >= weights.thresholds.rebuttal;
        let were = found.marks.iter().filter(|marks| marked(marks)).count();
        assert_eq!(were - left.marks.iter().filter(|marks| marked(marks)).count(), change.vanish);
        for (marks, id) in left.marks.iter().zip((0..).map(SentenceId)) {
            assert!(
                (marks.scores.rebuttal - logistic(weights.sum(CueKind::Rebuttal, &marks.cues))).abs() < 1e-6
            );
            assert!(marks.cues.iter().all(|cue| corpus.sentence(id).span.contains(&cue.span)));
        }
        let words = |(marks, id): (&Marks, SentenceId)| {
            let text = &corpus.statement(corpus.sentence(id).statement).text;
            let own = marks.cues.iter().filter(|cue| cue.kind == CueKind::Rebuttal && cue.weight >= 0.5);
            own.map(|cue| phrase(text, cue)).collect()
        };
        left.marks.iter().zip((0..).map(SentenceId)).map(words).collect()
    }

    #[test]
    fn each_grain_silences_what_it_says() {
        let all = counted(&Decided::default());
        let has = |words: &[String]| words.iter().any(|words| words == "groundless");
        assert!(all.iter().all(|words| has(words)), "{all:?}");
        let of = |silenced| Decided { silenced, ..Decided::default() };
        let phrase = || (CueKind::Rebuttal, "groundless".to_owned());
        let here = Silenced {
            here: BTreeSet::from([(DocumentId(0), phrase().0, phrase().1)]),
            ..Silenced::default()
        };
        assert_eq!(
            counted(&of(here)).iter().map(|words| has(words)).collect::<Vec<_>>(),
            [false, false, true]
        );
        let everywhere = Silenced { everywhere: BTreeSet::from([phrase()]), ..Silenced::default() };
        assert!(counted(&of(everywhere)).iter().all(|words| !has(words)));
        let one = Decided {
            marks: BTreeMap::from([((SentenceId(1), CueKind::Rebuttal), false)]),
            ..Decided::default()
        };
        let left = counted(&one);
        assert!(left[1].is_empty() && left[0] == all[0] && left[2] == all[2], "{left:?}");
    }

    #[test]
    fn the_readers_own_link_stands_before_all_and_a_rejected_one_is_gone() {
        let (a, b, c) = (SentenceId(0), SentenceId(1), SentenceId(2));
        let link = |from, to, score| Link {
            from,
            to,
            relation: Relation::Rebuts,
            score,
            status: Status::Suggested,
            by: By::Program,
            evidence: Vec::new(),
            signs: Signs::default(),
        };
        let found = Analysis { links: vec![link(c, a, 0.9), link(c, b, 0.8)], ..Analysis::default() };
        let decided = Decided {
            links: BTreeMap::from([
                (ends(c, a), OnLink::Rejected),
                (ends(b, a), OnLink::Own { from: a, relation: Relation::Accepts }),
                (ends(b, c), OnLink::Accepted),
            ]),
            ..Decided::default()
        };
        let left = found.decided(&corpus(), &LEXICON, &Weights::built_in(), &decided);
        let told: Vec<_> =
            left.links.iter().map(|link| (link.from.0, link.to.0, link.score, link.by)).collect();
        assert_eq!(told, [(0, 1, 1.0, By::Reader), (2, 1, 0.8, By::Accepted)]);
    }

    #[test]
    fn blind_reading_leaves_nothing_but_the_readers_own() {
        let (corpus, weights) = (corpus(), Weights::built_in());
        let found = super::super::analyze(&corpus, &LEXICON, &weights, 1);
        let own = BTreeSet::from([(SentenceId(1), CueKind::Claim)]);
        let blind = Decided { blind: Some(own), ..Decided::default() };
        let left = found.decided(&corpus, &LEXICON, &weights, &blind);
        let scores: Vec<f32> = left.marks.iter().map(|marks| marks.scores.claim).collect();
        assert_eq!((scores, left.links.len()), (vec![0.0, 1.0, 0.0], 0));
    }
}
