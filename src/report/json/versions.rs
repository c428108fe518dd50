//! What changed between two versions of a statement, in the JSON report: `versions`, an added field.

use serde::Serialize;

use crate::analysis::Versions;
use crate::analysis::versions::{Changed, Step};
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::text::Span;
use crate::text::code_points::CodePoints;

/// Two versions of one statement; statements and sentences by number, as in links.
#[derive(Serialize)]
pub struct VersionsOut {
    before: u32,
    after: u32,
    steps: Vec<StepOut>,
}

#[derive(Serialize)]
struct StepOut {
    step: &'static str,
    before: Option<usize>,
    after: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<DifferenceOut>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firmness: Option<f32>,
}

/// Words that differ, in code points of the two statements' texts.
#[derive(Serialize)]
struct DifferenceOut {
    before: Option<[usize; 2]>,
    after: Option<[usize; 2]>,
}

/// All versions of a corpus, whose statements have these texts.
pub fn out(corpus: &Corpus, versions: &[Versions], texts: &[CodePoints]) -> Vec<VersionsOut> {
    let one = |versions: &Versions| VersionsOut {
        before: versions.before.0,
        after: versions.after.0,
        steps: versions.steps.iter().map(|step| step_out(corpus, versions, step, texts)).collect(),
    };
    versions.iter().map(one).collect()
}

fn step_out(corpus: &Corpus, versions: &Versions, step: &Step, texts: &[CodePoints]) -> StepOut {
    let number = |id: SentenceId| Some(corpus.number_of(id));
    let out =
        |before, after| StepOut { step: step.name(), before, after, changed: Vec::new(), firmness: None };
    match step {
        Step::Same { before, after } => out(number(*before), number(*after)),
        Step::Dropped(id) => out(number(*id), None),
        Step::New(id) => out(None, number(*id)),
        Step::Changed(changed) => StepOut {
            changed: differences(versions, changed, texts),
            firmness: Some(changed.strength),
            ..out(number(changed.before), number(changed.after))
        },
    }
}

fn differences(versions: &Versions, changed: &Changed, texts: &[CodePoints]) -> Vec<DifferenceOut> {
    let points = |id: StatementId, span: Span| {
        let points = &texts[id.0 as usize];
        [points.before(span.start), points.before(span.end)]
    };
    let difference = |difference: &crate::analysis::versions::Difference| DifferenceOut {
        before: difference.before.map(|span| points(versions.before, span)),
        after: difference.after.map(|span| points(versions.after, span)),
    };
    changed.differences.iter().map(difference).collect()
}
