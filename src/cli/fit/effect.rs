//! What new weights would change in texts, told before they are put to use.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::analysis::{Analysis, Weights, analyze};
use crate::cli::{documents, one_line};
use crate::corpus::{Corpus, Reading, SentenceId};
use crate::document::Segmentation;
use crate::lexicon::{CueKind, Lexicon, Speech, abbreviations};

/// How many sentences are shown of those whose mark comes, and of those whose mark goes.
const SHOWN: usize = 5;

/// Tells which marks of `kind` come and go in `files` when the lexicon `now` becomes `then`.
pub fn told(files: &[PathBuf], kind: CueKind, now: &Lexicon, then: &Lexicon) -> String {
    let (documents, _) = documents(files, Segmentation::Auto.into());
    let corpus = Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations());
    let weights = Weights::built_in();
    let before = analyze(&corpus, now, &weights, 0);
    let after = analyze(&corpus, then, &weights, 0);
    let shown = |analysis: &Analysis, id| analysis.marks(id).scores.of(kind) >= weights.thresholds.of(kind);
    let ids = || (0..corpus.sentences.len() as u32).map(SentenceId);
    let changed = |was: bool| -> Vec<SentenceId> {
        ids().filter(|id| shown(&before, *id) == was && shown(&after, *id) != was).collect()
    };
    let (vanish, appear) = (changed(true), changed(false));
    let kept = ids().filter(|id| shown(&before, *id) && shown(&after, *id)).count();
    let mut text =
        format!("{}: {} marks vanish, {} appear, {kept} stay\n", kind.name(), vanish.len(), appear.len());
    for (sign, changed) in [('-', vanish), ('+', appear)] {
        for id in changed.into_iter().take(SHOWN) {
            let sentence = corpus.sentence(id);
            let words = sentence.span.of(&corpus.statement(sentence.statement).text);
            let [old, new] = [&before, &after].map(|analysis| analysis.marks(id).scores.of(kind));
            let _ = writeln!(text, "  {sign} {old:.2} -> {new:.2}  {}", one_line(words));
        }
    }
    text
}
