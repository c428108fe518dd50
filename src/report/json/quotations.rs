//! How faithful a quotation is, in the JSON report: `quotation` of a passage, an added field.

use serde::Serialize;

use crate::analysis::Quotation;
use crate::corpus::StatementId;
use crate::text::Span;
use crate::text::code_points::CodePoints;

/// A passage of an article beside the words it quotes.
#[derive(Serialize)]
pub(super) struct QuotationOut {
    fidelity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<OriginalOut>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<ChangedOut>,
}

/// Where the words quoted stand, in the text of a statement.
#[derive(Serialize)]
struct OriginalOut {
    statement: u32,
    start: usize,
    end: usize,
}

/// Words that differ: in the quoting statement's text and in the one quoted.
#[derive(Serialize)]
struct ChangedOut {
    quoted: Option<[usize; 2]>,
    said: Option<[usize; 2]>,
}

/// What is told of a quotation; spans count code points.
pub(super) fn out(found: &Quotation, texts: &[CodePoints]) -> QuotationOut {
    let points = |id: StatementId, span: Span| {
        let points = &texts[id.0 as usize];
        [points.before(span.start), points.before(span.end)]
    };
    let original = found.place.map(|(id, span)| {
        let [start, end] = points(id, span);
        OriginalOut { statement: id.0, start, end }
    });
    let changed = found.changed.iter().map(|changed| ChangedOut {
        quoted: changed.quoted.map(|span| points(found.statement, span)),
        said: changed.said.zip(found.place).map(|(span, (id, _))| points(id, span)),
    });
    QuotationOut { fidelity: found.fidelity.name(), original, changed: changed.collect() }
}
