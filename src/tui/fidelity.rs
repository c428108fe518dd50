//! How faithful an article's quotation is, for the panel that says why.

use super::model::Model;
use crate::analysis::{Fidelity, quotations};
use crate::corpus::SentenceId;

/// What is told of one quotation: how faithful it is, and what differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// “quotation altered”
    pub label: String,
    /// Whether something is wrong with it.
    pub wrong: bool,
    /// ““large” for “massive””, or where the words stand.
    pub words: Vec<String>,
}

/// What is told of the quotations in a sentence, in order.
pub fn told(model: &Model, id: SentenceId) -> Vec<Told> {
    let Some(findings) = model.findings.as_deref() else { return Vec::new() };
    let found = quotations::of_sentence(&model.corpus, &findings.analysis.quotations, id);
    found
        .map(|quotation| {
            let mut words = quotations::told(&model.corpus, quotation);
            words.extend(quotation.place.map(|(statement, span)| {
                let number = model
                    .corpus
                    .sentences_of(statement)
                    .position(|id| model.corpus.sentence(id).span.overlaps(&span));
                let number = number.map_or(String::new(), |number| format!(" {}", number + 1));
                format!("as said: {}{number}", model.corpus.title_of(statement))
            }));
            Told {
                label: format!("quotation {}", quotation.fidelity.name()),
                wrong: matches!(quotation.fidelity, Fidelity::Altered | Fidelity::NotFound),
                words,
            }
        })
        .collect()
}
