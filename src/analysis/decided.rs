//! What the reader has decided, laid over what was found: silenced cues, refused and own links.
//!
//! What was found is left as it is, so that a decision can be taken back at once. A cue that is
//! silenced is gone from its sentence and the score is what the others make; sentences beside it have
//! less from it. Links are weighed before that and decided one by one. In blind reading nothing is left
//! but the reader's own.

mod index;
mod laid;
mod refusing;
mod silence;

use std::collections::{BTreeMap, BTreeSet};

use super::{Analysis, By, Link, Marks, Relation, Scores, Signs, Status, Weights};
use crate::attribution::DocumentId;
use crate::corpus::{Corpus, SentenceId};
use crate::lexicon::{CueKind, Lexicon};
pub use index::CueIndex;
use laid::Laid;
pub use refusing::{Outcome, Refusals, Standing};
use silence::Silence;
pub(super) use silence::is_phrase;
pub use silence::phrase;

/// With more decisions on links than this, all links are gone through instead of those of each end.
const FEW_LINKS: usize = 64;

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

impl Silenced {
    /// What only one of the two has.
    fn differing(&self, other: &Self) -> Self {
        Self {
            rules: self.rules.symmetric_difference(&other.rules).cloned().collect(),
            everywhere: self.everywhere.symmetric_difference(&other.everywhere).cloned().collect(),
            here: self.here.symmetric_difference(&other.here).cloned().collect(),
        }
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
        let over = Laid::new(self, (corpus, lexicon, weights), decided);
        let (quotations, versions) = (self.quotations.clone(), self.versions.clone());
        let mut laid =
            Self { links: self.links_decided(decided, true), quotations, versions, ..Self::default() };
        for (found, id) in self.marks.iter().zip((0..).map(SentenceId)) {
            let left = over.left(id);
            if left.is_some() {
                laid.altered.insert(id);
            }
            laid.marks.push(left.unwrap_or_else(|| found.clone()));
        }
        laid
    }

    /// Brings `laid`, which is what was left of `self` after the decisions `before`, in line with
    /// those of `after`: only what these change is made anew.
    pub fn decide_anew(
        &self,
        laid: &mut Self,
        (corpus, lexicon, weights): (&Corpus, &Lexicon, &Weights),
        index: &CueIndex,
        before: &Decided,
        after: &Decided,
    ) {
        if before.blind.is_some() || after.blind.is_some() {
            *laid = self.decided(corpus, lexicon, weights, after);
            return;
        }
        let over = Laid::new(self, (corpus, lexicon, weights), after);
        let silenced = before.silenced.differing(&after.silenced);
        let mut met = over.met_by(&silenced, index, &laid.altered);
        let marks = differing(&before.marks, &after.marks);
        met.extend(marks.iter().map(|(id, _)| *id));
        met.sort_unstable();
        met.dedup();
        let rebuts = marks.iter().any(|(_, kind)| *kind == CueKind::Rebuttal);
        let over = over.lacking(met.iter().chain(&laid.altered), index);
        if rebuts || Silence::of(&silenced, lexicon).meets(CueKind::Rebuttal) {
            met = over.with_those_beside(&met);
        }
        for id in met {
            let was_altered = laid.altered.contains(&id);
            let is_altered = over.bring_up_to_date(id, &mut laid.marks[id.0 as usize], was_altered);
            match (was_altered, is_altered) {
                (false, true) => drop(laid.altered.insert(id)),
                (true, false) => drop(laid.altered.remove(&id)),
                _ => {}
            }
        }
        let ends = differing(&before.links, &after.links);
        if ends.len() > FEW_LINKS {
            laid.links = self.links_decided(after, true);
            return;
        }
        let answers: BTreeSet<SentenceId> = ends.iter().flat_map(|(one, other)| [*one, *other]).collect();
        for from in answers {
            let range = range_of(&laid.links, from);
            laid.links.splice(range, self.links_from(from, after));
        }
    }

    /// The links of one answer that are left, and the reader's own.
    fn links_from(&self, from: SentenceId, decided: &Decided) -> Vec<Link> {
        let found = &self.links[range_of(&self.links, from)];
        let mut links: Vec<Link> = found.iter().filter_map(|link| kept(link, decided)).collect();
        let own = decided.links.iter().filter(|(ends, _)| ends.0 == from || ends.1 == from);
        let own = own.filter_map(|(ends, on)| self.own_link(*ends, *on));
        links.extend(own.filter(|link| link.from == from));
        links.sort_by(|a, b| b.score.total_cmp(&a.score));
        links
    }

    /// The links that are left, and the reader's own.
    fn links_decided(&self, decided: &Decided, found: bool) -> Vec<Link> {
        let all = self.links.iter().filter(|_| found);
        let mut links: Vec<Link> = all.filter_map(|link| kept(link, decided)).collect();
        links.extend(decided.links.iter().filter_map(|(ends, on)| self.own_link(*ends, *on)));
        links.sort_by(|a, b| a.from.cmp(&b.from).then(b.score.total_cmp(&a.score)));
        links
    }

    /// The reader's own link, with what was found to speak for it, if it was found too.
    fn own_link(&self, ends: (SentenceId, SentenceId), on: OnLink) -> Option<Link> {
        let OnLink::Own { from, relation } = on else { return None };
        let to = if from == ends.0 { ends.1 } else { ends.0 };
        let found = self.links[range_of(&self.links, from)].iter().find(|link| link.to == to);
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

/// A link as the decisions leave it; none if they refuse it or put the reader's own in its place.
fn kept(link: &Link, decided: &Decided) -> Option<Link> {
    match decided.links.get(&ends(link.from, link.to)) {
        None => Some(link.clone()),
        Some(OnLink::Accepted) => Some(Link { by: By::Accepted, ..link.clone() }),
        Some(OnLink::Rejected | OnLink::Own { .. }) => None,
    }
}

/// Where the links of one answer stand in `links`, which are ordered by answer.
fn range_of(links: &[Link], from: SentenceId) -> std::ops::Range<usize> {
    let start = links.partition_point(|link| link.from < from);
    start..start + links[start..].partition_point(|link| link.from == from)
}

/// The keys whose values differ, or that only one of two maps has.
fn differing<K: Copy + Ord, V: PartialEq>(before: &BTreeMap<K, V>, after: &BTreeMap<K, V>) -> Vec<K> {
    let changed = after.iter().filter(|(key, value)| before.get(key) != Some(value)).map(|(key, _)| *key);
    let gone = before.keys().filter(|key| !after.contains_key(key)).copied();
    changed.chain(gone).collect()
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

    use super::super::beside::Beside;
    use super::super::{Cue, logistic};
    use super::*;
    use crate::attribution::Kind;
    use crate::corpus::Reading;
    use crate::document::{Document, Segmentation};
    use crate::lexicon::{Speech, abbreviations};

    pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::built_in);

    const ONE: &str = "These groundless accusations are a smear. This is Groundless, made out of thin air.";
    const TWO: &str = "Their groundless accusations are a smear.";

    pub(super) fn corpus() -> Corpus {
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
        for (marks, id) in left.marks.iter().zip((0..).map(SentenceId)) {
            assert!(
                (marks.scores.rebuttal - logistic(weights.sum(CueKind::Rebuttal, &marks.cues))).abs() < 1e-6
            );
            assert!(marks.cues.iter().all(|cue| corpus.sentence(id).span.contains(&cue.span)));
        }
        let words = |(marks, id): (&Marks, SentenceId)| {
            let text = &corpus.statement(corpus.sentence(id).statement).text;
            let own = marks
                .cues
                .iter()
                .filter(|cue| cue.kind == CueKind::Rebuttal && cue.weight >= 0.5 && !cue.background);
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

    /// What each sentence has from those beside it is what these have left, whatever is silenced in them.
    #[test]
    fn a_sentence_has_from_its_neighbours_what_they_have_left() {
        let (corpus, weights) = (corpus(), Weights::built_in());
        let found = super::super::analyze(&corpus, &LEXICON, &weights, 0);
        let beside = Beside::of(&LEXICON).expect("it is built in");
        let from_neighbours = |analysis: &Analysis, id: SentenceId| {
            let of_neighbours = |cue: &&Cue| cue.rule == beside.rule();
            analysis.marks(id).cues.iter().find(of_neighbours).map_or(0.0, |cue| cue.weight)
        };
        let one = SentenceId(0);
        let mut mark = Decided::default();
        mark.marks.insert((one, CueKind::Rebuttal), false);
        let (mut words, mut rule) = (Decided::default(), Decided::default());
        words.silenced.here.insert((DocumentId(0), CueKind::Rebuttal, "accusations".to_owned()));
        let heaviest = found.marks(one).by_weight(CueKind::Rebuttal)[0].rule;
        rule.silenced.rules.insert(LEXICON.rule(heaviest).id.clone());
        for decided in [mark, words, rule] {
            let left = found.decided(&corpus, &LEXICON, &weights, &decided);
            let own: Vec<f32> =
                [0, 1].map(|id| beside.own(&left.marks(SentenceId(id)).cues, &weights)).into();
            let (was, is) = (from_neighbours(&found, SentenceId(1)), from_neighbours(&left, SentenceId(1)));
            assert!((is - beside.weight(&own, 1)).abs() < 1e-6, "{is} of {own:?}, {decided:?}");
            assert!(is <= was && (is < was || decided.marks.is_empty()), "{was} to {is}, {decided:?}");
        }
    }

    #[test]
    fn decisions_that_follow_one_another_leave_what_they_would_leave_at_once() {
        let (corpus, weights) = (corpus(), Weights::built_in());
        let found = super::super::analyze(&corpus, &LEXICON, &weights, 3);
        let index = CueIndex::of(&corpus, &found, &LEXICON);
        let phrase = || (CueKind::Rebuttal, "groundless".to_owned());
        let mut all = vec![Decided::default()];
        let mut add = |change: &dyn Fn(&mut Decided)| {
            for at in 0..all.len() {
                let mut more = all[at].clone();
                change(&mut more);
                all.push(more);
            }
        };
        let (one, other) = (&found.links[0], found.links.last().expect("there are links"));
        assert_ne!(ends(one.from, one.to), ends(other.from, other.to), "{:?}", found.links);
        add(&|decided| {
            decided.marks.insert((SentenceId(1), CueKind::Rebuttal), false);
        });
        add(&|decided| {
            decided.silenced.everywhere.insert(phrase());
        });
        add(&|decided| decided.blind = Some(BTreeSet::from([(SentenceId(0), CueKind::Claim)])));
        add(&|decided| {
            decided.links.insert(ends(one.from, one.to), OnLink::Rejected);
        });
        add(&|decided| {
            let own = OnLink::Own { from: other.to, relation: Relation::Accepts };
            decided.links.insert(ends(other.from, other.to), own);
        });
        for (before, after) in all.iter().flat_map(|one| all.iter().map(move |other| (one, other))) {
            let mut laid = found.decided(&corpus, &LEXICON, &weights, before);
            found.decide_anew(&mut laid, (&corpus, &LEXICON, &weights), &index, before, after);
            let wanted = found.decided(&corpus, &LEXICON, &weights, after);
            let same = laid.marks == wanted.marks && laid.links == wanted.links;
            assert!(same && laid.altered == wanted.altered, "{before:?}\nthen {after:?}");
        }
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
