//! What stands beside a sentence: letters of its kinds, its notes, verdict and read tick.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Model;
use crate::analysis::Decided;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::lexicon::CueKind;
use crate::session::{self, Act, Found, Placed, Placer, Session, Verdict};
use crate::text::Span;

/// Where the notes, verdicts and read marks of a session stand.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// By sentence.
    pub sentences: BTreeMap<SentenceId, Annotation>,
    /// The parts of sentences that notes are on, by sentence; notes on whole sentences have none.
    pub words: BTreeMap<SentenceId, Vec<Span>>,
    /// Notes on whole statements: places in [`Session::notes`].
    pub statements: BTreeMap<StatementId, Vec<usize>>,
    /// For each of [`Session::notes`] where it stands.
    pub notes: Vec<Option<Placed>>,
    /// For each of [`Session::verdicts`] where it stands.
    pub verdicts: Vec<Option<Placed>>,
    /// Sentences marked as read.
    pub read: BTreeSet<SentenceId>,
    /// What the reader marked in blind reading.
    pub own_marks: BTreeSet<(SentenceId, CueKind)>,
    /// What was decided on marks and links.
    pub decided: Decided,
}

/// The notes and the verdict on one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// Places in [`Session::notes`].
    pub notes: Vec<usize>,
    /// The verdict.
    pub verdict: Option<Verdict>,
}

impl Annotations {
    /// Where what `session` holds stands in `corpus`.
    pub fn of(corpus: &Corpus, session: &Session) -> Self {
        let placer = Placer::new(corpus, session.earlier.iter().chain(&session.documents));
        let mut all = Self::default();
        for (number, note) in session.notes.iter().enumerate() {
            let placed = placer.place(&note.anchor);
            all.notes.push(placed);
            let Some(placed) = placed else { continue };
            if corpus.is_whole(placed.statement, placed.span) {
                all.statements.entry(placed.statement).or_default().push(number);
            } else {
                all.sentences.entry(placed.sentence).or_default().notes.push(number);
                all.add_words(corpus, &placed);
            }
        }
        for judged in &session.verdicts {
            let placed = placer.place(&judged.anchor);
            all.verdicts.push(placed);
            if let Some(placed) = placed {
                all.sentences.entry(placed.sentence).or_default().verdict = Some(judged.verdict);
            }
        }
        let read = session.read_anchors().filter_map(|anchor| placer.place(anchor));
        all.read =
            read.filter(|placed| !matches!(placed.how, Found::Likely(_))).map(|p| p.sentence).collect();
        all.own_marks = session::own_marks(session, &placer);
        all.decided = session::decided(corpus, session, &placer);
        all
    }

    /// The same once `session` holds `act` too: only what the act may have changed is placed anew.
    #[must_use]
    pub fn after(self, corpus: &Corpus, session: &Session, act: &Act) -> Self {
        match act {
            Act::Filtered { .. } | Act::Left { .. } => self,
            Act::Decided { .. } | Act::Linked { .. } | Act::Marked { .. } | Act::Blind { .. } => {
                let placer = Placer::new(corpus, session.earlier.iter().chain(&session.documents));
                let own_marks = session::own_marks(session, &placer);
                Self { own_marks, decided: session::decided(corpus, session, &placer), ..self }
            }
            Act::Undo { undone: id } | Act::Redo { redone: id } => match session.act(id) {
                Some(act) => self.after(corpus, session, act),
                None => Self::of(corpus, session),
            },
            _ => Self::of(corpus, session),
        }
    }

    fn add_words(&mut self, corpus: &Corpus, placed: &Placed) {
        let Some(last) = corpus.sentences_of(placed.statement).next_back() else { return };
        // From the note's own sentence on: a statement may have thousands before it.
        let after = (placed.sentence.0..=last.0).map(SentenceId);
        let met = after.map(|id| (id, corpus.sentence(id).span));
        for (id, sentence) in met.take_while(|(_, sentence)| sentence.start < placed.span.end) {
            if !placed.span.contains(&sentence) {
                self.words.entry(id).or_default().extend(placed.span.clip(&sentence));
            }
        }
    }

    /// Whether a sentence has a note or a verdict.
    pub fn has(&self, id: SentenceId) -> bool {
        self.sentences.contains_key(&id)
    }
}

/// The kinds a sentence is marked as, and whether the reader wants to see them, in the order of
/// [`CueKind::ALL`].
pub fn kinds(model: &Model, id: SentenceId) -> [bool; 3] {
    let mut marked = scored(model, id);
    for kind in CueKind::ALL {
        marked[kind as usize] &= model.layers.shows(kind);
    }
    marked
}

/// The kinds whose threshold a sentence reaches, shown or not.
pub fn scored(model: &Model, id: SentenceId) -> [bool; 3] {
    let Some(findings) = model.findings.as_deref() else { return [false; 3] };
    let Some(marks) = findings.analysis.marks.get(id.0 as usize) else { return [false; 3] };
    CueKind::ALL.map(|kind| marks.scores.of(kind) >= findings.weights.thresholds.of(kind))
}

/// How many sentences are marked as each kind, shown or not.
pub fn counts(model: &Model) -> [usize; 3] {
    let mut counts = [0; 3];
    for id in 0..model.corpus.sentences.len() {
        for (count, marked) in counts.iter_mut().zip(scored(model, SentenceId(id as u32))) {
            *count += usize::from(marked);
        }
    }
    counts
}
