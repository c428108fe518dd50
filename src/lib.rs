//! visavis (*vis-à-vis*, face to face) puts official statements side by side: what is claimed, by whom,
//! what is said against it, and what finds no answer. This crate is the whole program; `main.rs` hands
//! it the command line. It opens with the words it uses, a picture of the screen with the name of each
//! part, and the layers it is built of.
//!
//! # Words
//!
//! One word for one thing, in code, on the screen, in files and in the manual:
//!
//! | word | meaning | type |
//! | --- | --- | --- |
//! | document | a file the user opened | [`document::Document`] |
//! | source, flow | a document's decoded text; the same as running text, without hard line ends and markup | [`text::SourceSpan`], [`text::FlowSpan`] |
//! | statement | the words of one speaker or issuer in one document | [`attribution::Statement`] |
//! | passage | a stretch of a document that belongs to a statement, quoted or reported | [`attribution::Passage`] |
//! | sentence | what is marked, linked, annotated and judged | [`corpus::SentenceId`] |
//! | kind | claim, rebuttal or rhetoric | [`lexicon::CueKind`] |
//! | cue | a stretch of a sentence that counts for or against a kind | [`analysis::Cue`] |
//! | mark | a kind whose score reaches its threshold | [`analysis::Marks`] |
//! | technique | the sort of rhetoric, as loaded language or doubt | [`lexicon::Rule`] |
//! | link | two sentences of different statements, the one answering the other | [`analysis::Link`] |
//! | relation | how: rebuts, contradicts, echoes, accepts, deflects | [`analysis::Relation`] |
//! | candidate | the best link of a sentence where none reaches the threshold | [`analysis::Status`] |
//! | note | the reader's words on a span | [`session::Note`] |
//! | verdict | disputed, supported, refuted, needs source, settled | [`session::Verdict`] |
//! | session | documents, notes, verdicts and read marks together | [`session::Session`] |
//! | library | a folder of documents or a file of JSON lines in which answers are found | [`library::Library`] |
//! | journal | the session's file, to which every event is appended | [`session::journal`] |
//!
//! # The screen
//!
//! ```text
//!  visavis  exchange-2021       C claims 2   R rebuttals 3   ~ rhetoric 5      0 of 9 read   tui::top
//!  Antony Blinken · Secretary of State · 5          Zhao Lijian · Foreign Ministry … · 4     tui::column
//!     2 C ~  Cyber actors affiliated with the   ┃                                        R
//!            MSS exploited vulnerabilities in   ┃                                        ┃   tui::strip
//!            Microsoft Exchange Server in a     C                                        ┃
//!  ▌  3 C    These contract hackers cost       ─┼─   4 CR   The US should not use        ┃   tui::align
//!  ▌         governments and businesses         ┃           hearsay evidence …           R
//!  │  │ │                                       └ where the marks of the statement lie
//!  │  │ └ marks: tui::margin                      tui::links draws ─┼─ between linked sentences
//!  │  └ number of the sentence
//!  └ focus: tui::model
//!  ── why · Antony Blinken 3 ────────────────────────────────────────────────────────────
//!  C claim    0.83, shown from 0.50   stolen +1.1 · billions of +0.7 · cost +0.5             tui::inspector
//!  ~ rhetoric 0.17, shown from 0.50   no cue
//!  Zhao Lijian 4 rebuts this 0.73     hearsay evidence (denial)
//!  j k sentence   Enter answer   Tab side   c note   d verdict   ? help     saved 19:06:41   tui::status
//! ```
//!
//! # Layers
//!
//! Ground to roof; a module uses only lower ones, which a test holds:
//!
//! 0. [`assets`]: the data files, packed when the program is built; [`parallel`]: one work on many things.
//! 1. [`text`]: spans, words, sentences; nothing but characters.
//! 2. [`lexicon`]: word lists and rules as data, and how they are found in words.
//! 3. [`document`]: bytes to clean source and flow, with a map between them; [`demo`] has two built in.
//! 4. [`attribution`]: who says what; statements made of passages.
//! 5. [`corpus`]: all documents, statements and sentences in one numbering. From here on text can be shown.
//! 6. [`analysis`]: marks and links, each with what speaks for it.
//! 7. [`library`]: an index on disk of many statements, in which answers are found.
//! 8. [`session`]: the reader's events, the journal, anchors that find a note's words again.
//! 9. [`report`]: JSON, Markdown, CSV and plain text.
//! 10. [`config`]: where the user's own files are.
//! 11. [`tui`]: the screen. A loop reads keys, updates one model, paints it.
//! 12. [`cli`]: the command line, the environment, exit codes.

pub mod analysis;
pub mod assets;
pub mod attribution;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod demo;
pub mod document;
pub mod lexicon;
pub mod library;
pub mod parallel;
pub mod report;
pub mod session;
pub mod text;
pub mod tui;
