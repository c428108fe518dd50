//! Marks and links carried over to other statements of the same documents, until these are analysed.

use super::{Analysis, Cue, Evidence, Link, Marks};
use crate::corpus::{Corpus, SentenceId};
use crate::text::Span;

impl Analysis {
    /// What of it still holds when `old` has become `new`, where each sentence has the id that `ids`
    /// ([`Corpus::renumbering`]) gives: marks of the same sentences, links between them that still
    /// have two speakers.
    #[must_use]
    pub fn carried(&self, old: &Corpus, new: &Corpus, ids: &[Option<SentenceId>]) -> Self {
        let id_of = |id: SentenceId| ids.get(id.0 as usize).copied().flatten();
        let moved = |span: Span, from: SentenceId, to: SentenceId| {
            let (before, now) = (old.sentence(from).span, new.sentence(to).span);
            let start = now.start + span.start.saturating_sub(before.start);
            Span::new(start.min(now.end), (start + span.len()).min(now.end))
        };
        let mut marks = vec![Marks::default(); new.sentences.len()];
        for (number, own) in self.marks.iter().enumerate() {
            let from = SentenceId(number as u32);
            let Some(to) = id_of(from) else { continue };
            let cues = own.cues.iter().map(|cue| Cue { span: moved(cue.span, from, to), ..*cue }).collect();
            marks[to.0 as usize] = Marks { scores: own.scores, cues };
        }
        let link = |link: &Link| {
            let (from, to) = (id_of(link.from)?, id_of(link.to)?);
            let evidence = link.evidence.iter().map(|evidence| {
                let (was, is) = if evidence.in_answer { (link.from, from) } else { (link.to, to) };
                Evidence { span: moved(evidence.span, was, is), ..evidence.clone() }
            });
            let evidence = evidence.collect();
            let apart = new.sentence(from).statement != new.sentence(to).statement;
            apart.then(|| Link { from, to, evidence, ..link.clone() })
        };
        let mut links: Vec<Link> = self.links.iter().filter_map(link).collect();
        links.sort_by(|a, b| a.from.cmp(&b.from).then(b.score.total_cmp(&a.score)));
        // Quotations and versions hang on passages and whole statements: they are found anew.
        Self { marks, links, ..Self::default() }
    }
}
