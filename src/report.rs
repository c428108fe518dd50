//! Layer 9: the analysis for other programs and people. Byte offsets become code points here.

pub mod audit;
pub mod changes;
pub mod csv;
pub mod decisions;
pub mod json;
pub mod ledger;
pub mod markdown;
pub mod notes;
pub mod plain;
pub mod signs;
