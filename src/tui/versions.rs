//! What became of a sentence between two versions of its statement, for the panel that says why and the
//! keys that step from change to change.

use super::model::Model;
use crate::analysis::versions::{Step, change_of};
use crate::corpus::{SentenceId, StatementId};
use crate::text::one_line;

/// Whether a statement has another version open beside it.
pub fn has_versions(model: &Model, statement: StatementId) -> bool {
    let versions = model.findings.iter().flat_map(|findings| &findings.analysis.versions);
    versions.into_iter().any(|versions| versions.before == statement || versions.after == statement)
}

/// Whether a sentence did not stay as it was.
pub fn is_changed(model: &Model, id: SentenceId) -> bool {
    step(model, id).is_some()
}

fn step(model: &Model, id: SentenceId) -> Option<&Step> {
    change_of(&model.findings.as_deref()?.analysis.versions, id)
}

/// Says which change of its statement the sentence in focus is, and of what sort.
pub fn say_which(model: &mut Model) {
    let (Some(here), Some(statement)) = (model.sentence(), model.statement()) else { return };
    let changes: Vec<SentenceId> =
        model.corpus.sentences_of(statement).filter(|id| is_changed(model, *id)).collect();
    let place = changes.iter().position(|id| *id == here).map_or(0, |place| place + 1);
    let sort = told(model, here).map_or(String::new(), |(sort, _)| sort);
    model.say(format!("change {place} of {}: {sort}", changes.len()));
}

/// “softened”, and the words that differ; none for a sentence that stayed, or has no other version.
pub fn told(model: &Model, id: SentenceId) -> Option<(String, Vec<String>)> {
    let changed = match step(model, id)? {
        Step::Changed(changed) => changed,
        other => return Some((format!("{} in the later version", gone_or_come(other)), Vec::new())),
    };
    let text = |id: SentenceId| model.corpus.statement(model.corpus.sentence(id).statement).text.as_str();
    let (before, after) = (text(changed.before), text(changed.after));
    let differences = changed.differences.iter().map(|difference| {
        let old = difference.before.map_or("", |span| span.of(before));
        let new = difference.after.map_or("", |span| span.of(after));
        match (old.is_empty(), new.is_empty()) {
            (false, false) => format!("“{}” → “{}”", one_line(old), one_line(new)),
            (false, true) => format!("− “{}”", one_line(old)),
            _ => format!("+ “{}”", one_line(new)),
        }
    });
    let mut words: Vec<String> = differences.collect();
    words.extend(weighed(model, changed));
    Some((format!("{} in the later version", changed.name()), words))
}

/// “must +3 went, should +1 came”
fn weighed(model: &Model, changed: &crate::analysis::versions::Changed) -> Option<String> {
    let weighty = changed.weighty.iter().map(|word| {
        let id = if word.came { changed.after } else { changed.before };
        let text = &model.corpus.statement(model.corpus.sentence(id).statement).text;
        let came = if word.came { "came" } else { "went" };
        format!("{} {:+} {came}", word.span.of(text), word.strength)
    });
    let weighty: Vec<String> = weighty.collect();
    (!weighty.is_empty()).then(|| format!("firmness {:+}: {}", changed.strength, weighty.join(", ")))
}

fn gone_or_come(step: &Step) -> &'static str {
    match step {
        Step::New(_) => "new",
        Step::Dropped(_) => "dropped",
        Step::Same { .. } | Step::Changed(_) => step.name(),
    }
}
