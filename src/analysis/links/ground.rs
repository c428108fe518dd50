//! Whether a pair of sentences has the ground for a relation, and for being shown.
//!
//! What is asked for grows with the statement: among a hundred sentences one shares a rare word with
//! the answer, or denies something, by chance.

use super::features::{Feature, Features};
use super::weigh::ASKED;
use crate::analysis::Relation;

/// Opposed share of the shorter sentence from which the two are opposed as wholes.
const OPPOSED_WHOLE: f32 = 0.35;
/// Coverage from which a negation in one of two sentences turns what both say.
const TURNED_FROM: f32 = 0.5;

/// Sentences of a statement up to which any ground will do, and from which it must be firm: in a long
/// statement some sentence shares a rare word by chance.
pub const SHORT_STATEMENT: f32 = 60.0;
/// See [`SHORT_STATEMENT`].
pub const LONG_STATEMENT: f32 = 110.0;
/// Most that the ground of what answers a long statement may be thin for a link to be shown.
const THINNEST: f32 = 0.45;
/// The same for what asks, sets against or takes up without denying.
const THINNEST_OF_WEAK: f32 = 0.1;
/// The same for what says the same or the contrary.
const THINNEST_OF_FACTS: f32 = 0.35;
/// Least likeness to a sentence of a long statement with which one rebuts it, and with which one
/// contradicts it: a denial or an opposite about something else is all around.
const LIKE_TO_REBUT: f32 = 0.16;
const LIKE_TO_CONTRADICT: f32 = 0.2;
/// How far a statement must be a reply for a sentence of it to be taken for the contrary of what it
/// takes up: between two that set themselves against each other, another account is a contradiction.
const REPLY: f32 = 0.5;
/// Most that the ground of such another account may be thin.
const THINNEST_ACCOUNT: f32 = 0.7;
/// Part of the shorter sentence that makes a ground of common words.
const COVERED: f32 = 0.5;
/// How bare a denial is that needs no word of what it denies.
const BARE: f32 = 0.4;

/// Whether a ground is not too thin, given how thin it may be in a long statement and how short this
/// one is.
fn carries(features: &Features, thinnest: f32, short: f32) -> bool {
    features.get(Feature::Thin) <= thinnest + (1.0 - thinnest) * short
}

/// Whether a pair has the ground to be shown in this relation: what is shared, or an answer that needs
/// to share nothing. `short` is how short the claim's statement is ([`super::weigh::Scales::shortness`]).
pub fn is_firm(relation: Relation, features: &Features, short: f32) -> bool {
    let bare = features.get(Feature::BareDenial) >= BARE && features.get(Feature::Thin) >= 1.0;
    if bare || names_its_claim(features) {
        return true;
    }
    let like = |least: f32| features.get(Feature::Likeness) >= least * (1.0 - short);
    let held = carries(features, THINNEST, short) || features.get(Feature::Coverage) >= COVERED;
    match relation {
        Relation::Rebuts => held && like(LIKE_TO_REBUT),
        Relation::Contradicts => carries(features, THINNEST_OF_FACTS, short) && like(LIKE_TO_CONTRADICT),
        Relation::Echoes => carries(features, THINNEST_OF_FACTS, short),
        Relation::Accepts | Relation::Deflects => held,
    }
}

/// Whether the answer itself says what it answers: it quotes it, or rejects all that was said.
pub fn names_its_claim(features: &Features) -> bool {
    features.get(Feature::Quotes) > 0.0 || features.get(Feature::Wholesale) > 0.0
}

/// Whether anything shows this relation; saying the same shows itself.
pub fn shows(relation: Relation, features: &Features, short: f32) -> bool {
    let any = |signs: &[Feature]| signs.iter().any(|sign| features.get(*sign) > 0.0);
    match relation {
        Relation::Echoes => true,
        // A question states nothing.
        Relation::Contradicts => {
            let turned = features.get(Feature::ParityWhole) >= TURNED_FROM
                || any(&[Feature::Opposed, Feature::Opposites, Feature::NumbersDiffer]);
            features.get(Feature::Question) < ASKED && (turned || is_of_a_reply(features))
        }
        Relation::Accepts => any(&[Feature::Accepting]),
        Relation::Deflects => any(&[Feature::Deflecting]),
        Relation::Rebuts => {
            let strong = [
                Feature::Denial,
                Feature::Countercharge,
                Feature::Refusal,
                Feature::Quotes,
                Feature::OpensNegative,
                Feature::Wholesale,
            ];
            let weak = [Feature::Question, Feature::Contrast, Feature::Reports, Feature::Negates];
            any(&strong) || any(&weak) && carries(features, THINNEST_OF_WEAK, short)
        }
    }
}

/// Whether a sentence that is about the same gives another account of it: one of a reply that does
/// not just say the same.
fn is_of_a_reply(features: &Features) -> bool {
    features.get(Feature::Reply) >= REPLY
        && features.get(Feature::SamePolarity) < COVERED
        && features.get(Feature::Thin) <= THINNEST_ACCOUNT
}

/// Whether what shows a relation is more than one negated word among many others.
pub fn is_plain(relation: Relation, features: &Features) -> bool {
    let contrast = features.get(Feature::Opposites).max(features.get(Feature::NumbersDiffer));
    relation != Relation::Contradicts
        || contrast > 0.0
        || is_of_a_reply(features)
        || features.get(Feature::OpposedWhole) >= OPPOSED_WHOLE
        || features.get(Feature::ParityWhole) >= TURNED_FROM
}
