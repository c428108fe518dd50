//! Layer 3: a file as clean text: decoded, its format read, title, date and warnings found.
//!
//! ```text
//! bytes ─ encoding ─► text (the source) ─ format ─► blocks of runs ─► flow (what is read)
//! ```
//! The *source* is the decoded text with every control character shown by a stand-in of the same
//! length in code points; all source offsets index it. The *flow* is the running text: hard wraps
//! joined, markup and furniture gone, paragraphs parted by a blank line.

pub mod archive;
pub mod clean;
pub mod date;
pub mod docx;
pub mod eml;
pub mod encoding;
pub mod flow;
pub mod front_matter;
pub mod furniture;
pub mod html;
pub mod jsonl;
pub mod lines;
pub mod magic;
pub mod markdown;
pub mod mending;
pub mod odt;
pub mod outline;
pub mod pdf;
pub mod progress;
pub mod rtf;
pub mod txt;

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use encoding::{Decoded, Told};
use encoding_rs::Encoding;

pub use flow::{BlockKind, Flow, FlowWriter, SourceMap};
pub use jiff::civil::Date;

use crate::text::digest;

/// Largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 256 << 20;

/// As many of a file's first bytes tell its format.
const HEAD: usize = 4096;

/// One file the user opened, as text.
#[derive(Clone, Debug)]
pub struct Document {
    /// As the user gave it; `-` is standard input, `demo:…` is built in.
    pub path: PathBuf,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How it was read.
    pub format: &'static Format,
    /// The encoding that was assumed, by its WHATWG name.
    pub encoding: &'static str,
    /// Whether the user named it.
    pub encoding_named: bool,
    /// The decoded, cleaned text that source offsets index.
    pub text: String,
    /// What is read of it.
    pub flow: Flow,
    /// From the front matter, a title line or the format's own properties.
    pub title: Option<String>,
    /// The day of the statement, where the document tells it.
    pub date: Option<Date>,
    /// Who speaks throughout, where the document's own front matter tells it.
    pub byline: Option<Byline>,
    /// Who says which of its blocks, where the format tells it of each.
    pub voices: Vec<Voice>,
    /// What was odd about it, for the reader.
    pub warnings: Vec<String>,
}

/// A file format: one line in [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// Short lower-case name, as in reports.
    pub name: &'static str,
    /// Whether a file is one that begins with these bytes and has this extension, in lower case.
    pub is: fn(&[u8], &str) -> bool,
    /// Makes the source, a decoded and cleaned text, of a file's bytes.
    pub source: fn(Cow<'_, [u8]>, Told) -> Result<Decoded, OpenError>,
    /// Reads a source.
    pub read: fn(&str, Segmentation) -> Extracted,
}

/// What a format reads from a text.
#[derive(Debug, Default)]
pub struct Extracted {
    /// What is read of the source.
    pub flow: Flow,
    /// A title, if the format names one.
    pub title: Option<String>,
    /// A date, if the format names one.
    pub date: Option<Date>,
    /// A speaker, if the format names one.
    pub byline: Option<Byline>,
    /// Who says which blocks, if the format tells it of each.
    pub voices: Vec<Voice>,
    /// What was odd about it, for the reader.
    pub warnings: Vec<String>,
}

/// Blocks that one speaker says, as the format itself tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Indices in [`Flow::blocks`].
    pub blocks: Range<usize>,
    /// Who says them, if that is told.
    pub byline: Option<Byline>,
}

/// Who speaks a document, as its front matter says (`speaker:`, `role:`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Byline {
    /// The speaker's name.
    pub name: String,
    /// Office or role.
    pub role: Option<String>,
}

/// Every format that can be read; the first that a file [is](Format::is) reads it.
pub static FORMATS: &[Format] = &[
    Format { name: "pdf", is: pdf::is, source: pdf::source, read: outline::read },
    Format { name: "html", is: html::is, source: html::source, read: html::read },
    Format { name: "docx", is: docx::is, source: docx::source, read: outline::read },
    Format { name: "odt", is: odt::is, source: odt::source, read: outline::read },
    Format { name: "rtf", is: rtf::is, source: rtf::source, read: outline::read },
    Format { name: "eml", is: eml::is, source: eml::source, read: outline::read },
    Format { name: "jsonl", is: jsonl::is, source: encoding::decode, read: jsonl::read },
    Format { name: "markdown", is: markdown::is, source: encoding::decode, read: markdown::read },
    Format { name: "text", is: txt::is, source: encoding::decode, read: txt::read },
];

/// How sentences are cut: `--segment`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Segmentation {
    /// Hard wraps are joined and sentences found.
    #[default]
    Auto,
    /// Each line is a sentence.
    Lines,
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opening {
    /// How sentences are cut.
    pub segmentation: Segmentation,
    /// The encoding it is in, if the user says so.
    pub encoding: Option<&'static Encoding>,
}

impl From<Segmentation> for Opening {
    fn from(segmentation: Segmentation) -> Self {
        Self { segmentation, encoding: None }
    }
}

/// Why a file gave no document.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file could not be read at all.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is a folder, device, pipe or socket.
    #[error("{0}")]
    NotAFile(&'static str),
    /// It is larger than [`MOST_BYTES`].
    #[error("too large: {0} MB, at most {most} MB are read", most = MOST_BYTES >> 20)]
    TooLarge(u64),
    /// Its bytes are no text, or hold nothing to read.
    #[error("{0}")]
    NoText(String),
    /// The reader did not wait for it.
    #[error("left out: its reading was called off")]
    Cancelled,
}

/// A document as a session keeps it: enough to read it again without its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// [`Document::path`]
    pub path: PathBuf,
    /// [`Document::sha256`]
    pub sha256: String,
    /// [`Format::name`]
    pub format: String,
    /// [`Document::encoding`], if the user named it.
    pub encoding: Option<&'static Encoding>,
    /// [`Document::title`]
    pub title: Option<String>,
    /// [`Document::date`]
    pub date: Option<Date>,
    /// [`Document::text`]
    pub text: String,
}

impl Document {
    /// Reads the file at `path`; `-` is standard input.
    ///
    /// # Errors
    /// [`OpenError`] says why there is nothing to read; it does not name the file.
    pub fn open(path: &Path, opening: impl Into<Opening>) -> Result<Self, OpenError> {
        Self::open_watched(path, opening, |_| Ok(()))
    }

    /// The same, telling `reach` how much is done, in percent; it may call the reading off.
    ///
    /// # Errors
    /// As [`Self::open`], and whatever `reach` gives.
    pub fn open_watched(
        path: &Path,
        opening: impl Into<Opening>,
        reach: impl Fn(u8) -> Result<(), OpenError>,
    ) -> Result<Self, OpenError> {
        reach(0)?;
        Self::read(path, Cow::Owned(bytes_of(path)?), opening.into(), reach)
    }

    /// The document that `bytes` make when they are called `path`.
    ///
    /// # Errors
    /// [`OpenError::NoText`] if the bytes are no text or hold nothing to read.
    pub fn from_bytes(path: &Path, bytes: &[u8], opening: impl Into<Opening>) -> Result<Self, OpenError> {
        Self::read(path, Cow::Borrowed(bytes), opening.into(), |_| Ok(()))
    }

    fn read(
        path: &Path,
        bytes: Cow<'_, [u8]>,
        opening: Opening,
        reach: impl Fn(u8) -> Result<(), OpenError>,
    ) -> Result<Self, OpenError> {
        /// What is done when the bytes are there, known by their digest, decoded: in a long plain text
        /// about so much of the time has passed.
        const STEPS: [u8; 3] = [10, 40, 60];
        reach(STEPS[0])?;
        let extension = extension_of(path);
        let sha256 = digest::sha256(&bytes);
        reach(STEPS[1])?;
        let head = &bytes[..bytes.len().min(HEAD)];
        let format = FORMATS.iter().find(|format| (format.is)(head, &extension)).unwrap_or(plain_text());
        let told = Told { by_user: opening.encoding, declared: None };
        let decoded = (format.source)(bytes, told)?;
        reach(STEPS[2])?;
        let extracted = (format.read)(&decoded.text, opening.segmentation);
        if extracted.flow.blocks.is_empty() {
            let reason = extracted.warnings.into_iter().next();
            return Err(OpenError::NoText(reason.unwrap_or_else(|| "no visible text in it".to_owned())));
        }
        let mut warnings = decoded.warnings;
        warnings.extend(extracted.warnings);
        Ok(Self {
            path: path.to_owned(),
            sha256,
            format,
            encoding: decoded.encoding,
            encoding_named: opening.encoding.is_some_and(|named| named.name() == decoded.encoding),
            text: decoded.text,
            flow: extracted.flow,
            title: extracted.title.or(decoded.title),
            date: extracted.date.or(decoded.date),
            byline: extracted.byline,
            voices: extracted.voices,
            warnings,
        })
    }

    /// What a session keeps of this document.
    pub fn saved(&self) -> Saved {
        Saved {
            path: self.path.clone(),
            sha256: self.sha256.clone(),
            format: self.format.name.to_owned(),
            encoding: self.named_encoding(),
            title: self.title.clone(),
            date: self.date,
            text: self.text.clone(),
        }
    }

    /// The document again from what a session kept, its file unread.
    pub fn reopen(saved: Saved, segmentation: Segmentation) -> Self {
        let format = FORMATS.iter().find(|format| format.name == saved.format).unwrap_or(plain_text());
        let extracted = (format.read)(&saved.text, segmentation);
        Self {
            path: saved.path,
            sha256: saved.sha256,
            format,
            encoding: saved.encoding.map_or("UTF-8", Encoding::name),
            encoding_named: saved.encoding.is_some(),
            text: saved.text,
            flow: extracted.flow,
            title: saved.title,
            date: saved.date,
            byline: extracted.byline,
            voices: extracted.voices,
            warnings: Vec::new(),
        }
    }

    /// The encoding, if the user named it.
    pub fn named_encoding(&self) -> Option<&'static Encoding> {
        Encoding::for_label(self.encoding.as_bytes()).filter(|_| self.encoding_named)
    }

    /// The name a person would call it by: the file's name without its folders.
    pub fn name(&self) -> String {
        self.path
            .file_name()
            .map_or_else(|| self.path.display().to_string(), |n| n.to_string_lossy().into_owned())
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, OpenError> {
    if path == Path::new("-") {
        return read_all(io::stdin().lock(), 0);
    }
    // Asked before opening: opening a pipe that nobody writes to would wait for ever.
    let kind = std::fs::metadata(path)?;
    if kind.is_dir() {
        return Err(OpenError::NotAFile("a folder, not a file"));
    }
    if !kind.is_file() {
        return Err(OpenError::NotAFile("a device, pipe or socket, not a file"));
    }
    if kind.len() > MOST_BYTES {
        return Err(OpenError::TooLarge(kind.len() >> 20));
    }
    read_all(File::open(path)?, kind.len() as usize)
}

fn read_all(from: impl io::Read, expected: usize) -> Result<Vec<u8>, OpenError> {
    // One byte more than expected, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(expected + 1);
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(OpenError::TooLarge(bytes.len() as u64 >> 20));
    }
    Ok(bytes)
}

fn extension_of(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The format of what is no other.
fn plain_text() -> &'static Format {
    &FORMATS[FORMATS.len() - 1]
}
