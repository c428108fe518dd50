//! Layer 1: measuring and cutting text. Knows nothing of documents.

pub mod abbreviations;
pub mod changes;
pub mod characters;
pub mod code_points;
pub mod digest;
pub mod ending;
pub mod enumeration;
pub mod fold;
pub mod sentences;
pub mod span;
pub mod words;

pub use abbreviations::{Abbreviations, Stop};
pub use characters::{holds, is_unspaced, is_visible, one_line, places};
pub use sentences::sentences;
pub use span::{FlowSpan, SourceSpan, Span, SpanIn};
pub use words::{Word, words};
