//! visavis reads official statements, finds who said what, marks claims, rebuttals and rhetoric,
//! links the sentences that answer each other, and keeps the reader's notes.

pub mod analysis;
pub mod attribution;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod demo;
pub mod document;
pub mod lexicon;
pub mod report;
pub mod session;
pub mod text;
pub mod tui;
