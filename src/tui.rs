//! Layer 9: the interactive program.

pub mod action;
pub mod effect;
pub mod model;
