//! Real layers on whole texts: who speaks, in how many sentences, given how.
//!
//! The snapshots show what a reader would check against the text with a finger: speakers, roles,
//! counts of sentences and each passage with its kind. Scores are left out, because weights are
//! meant to change; the hand-made judgements of the second demonstration bound them instead.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use visavis::attribution::{Passage, Split};
use visavis::corpus::{Corpus, Reading, StatementId};
use visavis::demo;
use visavis::document::{Document, Segmentation};
use visavis::lexicon::{Speech, abbreviations};

const READING: Reading = Reading { kind: None, segmentation: Segmentation::Auto, split: Split::Whole };

fn texts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the texts are part of the project")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "md"))
        .filter(|path| !path.ends_with("README.md"))
        .collect();
    found.sort();
    found
}

fn named(name: &str, bytes: &[u8]) -> Document {
    Document::from_bytes(Path::new(name), bytes, READING.segmentation).expect("it is a text")
}

/// Each text by itself, and each demonstration, under the name of its snapshot.
fn corpora() -> Vec<(String, Corpus)> {
    let mut all = Vec::new();
    for path in texts() {
        let name = path.file_name().expect("it is a file").to_string_lossy().into_owned();
        let document = named(&name, &fs::read(&path).expect("the text can be read"));
        all.push((name, read(vec![document])));
    }
    for (index, demonstration) in demo::DEMONSTRATIONS.iter().enumerate() {
        let documents = demo::documents(index + 1, READING.segmentation).expect("it is numbered");
        all.push((format!("demo {}", demonstration.name), read(documents)));
    }
    all
}

fn read(documents: Vec<Document>) -> Corpus {
    Corpus::read(documents, READING, Speech::built_in(), abbreviations())
}

/// What a reader would see of who speaks.
fn shown(corpus: &Corpus) -> String {
    let mut page = String::new();
    for (index, document) in corpus.documents.iter().enumerate() {
        let title = document.title.as_deref().unwrap_or("(no title)");
        let date = document.date.map_or_else(|| "(no date)".to_owned(), |date| date.to_string());
        let _ = writeln!(page, "{} · {title} · {date}", corpus.kinds[index].name());
        for id in corpus.statement_ids().filter(|id| corpus.statement(*id).document.0 as usize == index) {
            let _ = write!(page, "\n{}", statement(corpus, id));
        }
        page.push('\n');
    }
    page
}

fn statement(corpus: &Corpus, id: StatementId) -> String {
    let statement = corpus.statement(id);
    let role = statement.speaker.as_ref().and_then(|speaker| speaker.role.as_deref());
    let role = role.map(|role| format!(" · {role}")).unwrap_or_default();
    let count = corpus.sentences_of(id).len();
    let mut page = format!("  {}{role} · sentences {count}\n", statement.speaker_name());
    for passage in &statement.passages {
        let quoted = if passage.quoted { "quoted" } else { "" };
        let words = shortened(passage.span.of(&statement.text));
        let by = attribution(corpus, id, passage);
        let _ = writeln!(page, "    {:<8} {quoted:<6} | {words}{by}", passage.kind.name());
    }
    page
}

fn attribution(corpus: &Corpus, id: StatementId, passage: &Passage) -> String {
    let source = &corpus.document_of(id).text;
    passage.attribution.map(|span| format!("   ← {}", shortened(span.of(source)))).unwrap_or_default()
}

/// The words on one line; of a long text its first and last.
fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let count = words.chars().count();
    if count <= 100 {
        return words;
    }
    let head: String = words.chars().take(60).collect();
    let tail: String = words.chars().skip(count - 35).collect();
    format!("{head} … {tail}")
}

#[test]
fn every_text_gives_its_speakers_to_a_reader() {
    for (name, corpus) in corpora() {
        insta::assert_snapshot!(name, shown(&corpus));
    }
}

/// However a text is written down, the same people say the same.
#[test]
fn encodings_and_line_ends_change_nothing() {
    for path in texts() {
        let name = path.file_name().expect("it is a file").to_string_lossy();
        let text = fs::read_to_string(&path).expect("the text can be read");
        let expected = shown(&read(vec![named(&name, text.as_bytes())]));
        for (how, bytes) in written(&text) {
            let corpus = read(vec![named(&name, &bytes)]);
            assert_eq!(shown(&corpus), expected, "{name} as {how}");
        }
    }
}

fn written(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |to: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to).collect()
    };
    let mut all = vec![
        ("UTF-8 with a mark", format!("\u{FEFF}{text}").into_bytes()),
        ("UTF-16, little end first", utf16(u16::to_le_bytes)),
        ("UTF-16, big end first", utf16(u16::to_be_bytes)),
        ("lines ended by CR LF", text.replace('\n', "\r\n").into_bytes()),
        ("lines ended by CR", text.replace('\n', "\r").into_bytes()),
    ];
    if let (bytes, _, false) = encoding_rs::WINDOWS_1252.encode(text) {
        all.push(("Windows-1252", bytes.into_owned()));
    }
    all
}
