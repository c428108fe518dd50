//! Layer 1: measuring and cutting text. Knows nothing of documents.

pub mod characters;
pub mod code_points;
pub mod digest;
pub mod fold;
pub mod sentences;
pub mod span;
pub mod words;

pub use characters::{is_unspaced, is_visible};
pub use sentences::{Abbreviations, sentences};
pub use span::{FlowSpan, SourceSpan, Span, SpanIn};
pub use words::{Word, words};
