//! The index of a library on disk: tantivy's, with our terms.
//!
//! Its last commit names the files it was made of, with their sizes and times, so that index and list
//! change together or not at all. A commit is whole or absent: what a kill leaves half-written is never
//! read.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::store::Compressor;
use tantivy::{
    DocAddress, Index as Tantivy, IndexSettings, IndexWriter, Opstamp, ReloadPolicy, Searcher,
    TantivyDocument, TantivyError, Term,
};

use super::entry::Entry;
use super::terms::Terms;
use super::weigh::Rarity;

/// Grows when an index of before is no longer to be read: other terms, other fields.
const FORM: u32 = 2;
/// The name under which tantivy knows our terms.
const TERMS: &str = "visavis";
/// Memory for what is not yet on disk, in bytes.
const ROOM: usize = 64 << 20;

/// A file as it was when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    pub bytes: u64,
    /// When it was last changed, in nanoseconds since 1970; negative before.
    pub changed: i128,
}

/// The files an index was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    form: u32,
    /// By path.
    pub files: BTreeMap<String, Stamp>,
}

/// An index that can be searched and changed.
pub struct Index {
    tantivy: Tantivy,
    searcher: Searcher,
    fields: Fields,
    /// What it was made of.
    pub contents: Contents,
}

#[derive(Clone, Copy)]
struct Fields {
    path: Field,
    id: Field,
    place: Field,
    speaker: Field,
    text: Field,
}

/// A find.
pub struct Found {
    /// Its rank by all words of the statement.
    pub rank: f32,
    /// Its rank by those of its body alone; 0 if it is not among the highest.
    pub by_body: f32,
    /// The file it stands in.
    pub path: String,
    /// What it is.
    pub entry: Entry,
}

/// Entries with their rank, best first.
type Ranked = Vec<(f32, DocAddress)>;

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let terms =
        TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(IndexRecordOption::WithFreqs);
    let fields = Fields {
        path: schema.add_text_field("path", STRING | STORED),
        id: schema.add_text_field("id", STORED),
        place: schema.add_u64_field("place", STORED),
        speaker: schema.add_text_field("speaker", STORED),
        text: schema.add_text_field("text", TextOptions::default().set_indexing_options(terms).set_stored()),
    };
    (schema.build(), fields)
}

/// Opens the index in `folder`; none if there is none.
///
/// # Errors
/// If there is one that is damaged, or of another form.
pub fn open(folder: &Path) -> Result<Option<Index>, TantivyError> {
    if !folder.join("meta.json").exists() {
        return Ok(None);
    }
    let tantivy = Tantivy::open_in_dir(folder)?;
    let damaged = tantivy.validate_checksum()?;
    if !damaged.is_empty() {
        return Err(TantivyError::SystemError(format!("{} of its files are not as written", damaged.len())));
    }
    Index::of(tantivy).map(Some)
}

/// Makes an empty index in `folder`, in the place of what is there.
///
/// # Errors
/// If the folder cannot be written.
pub fn create(folder: &Path) -> Result<Index, TantivyError> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let settings = IndexSettings { docstore_compression: Compressor::None, ..IndexSettings::default() };
    let index = Tantivy::builder().schema(schema().0).settings(settings).create_in_dir(folder)?;
    Index::of(index)
}

impl Index {
    fn of(tantivy: Tantivy) -> Result<Self, TantivyError> {
        let (schema, fields) = schema();
        if tantivy.schema() != schema {
            return Err(TantivyError::SchemaError("of another version".to_owned()));
        }
        tantivy.tokenizers().register(TERMS, Terms::default());
        let mut index =
            Self { searcher: searcher(&tantivy)?, tantivy, fields, contents: Contents::default() };
        index.read_contents()?;
        Ok(index)
    }

    fn read_contents(&mut self) -> Result<(), TantivyError> {
        self.contents = match self.tantivy.load_metas()?.payload {
            Some(payload) => serde_json::from_str(&payload)
                .map_err(|error| TantivyError::SystemError(format!("its list of files: {error}")))?,
            None => Contents { form: FORM, files: BTreeMap::new() },
        };
        if self.contents.form == FORM {
            Ok(())
        } else {
            Err(TantivyError::SchemaError("of another version".to_owned()))
        }
    }

    /// Begins to change it.
    ///
    /// # Errors
    /// If another program is changing it, or it cannot be written.
    pub fn change(&self) -> Result<Change, TantivyError> {
        let writer = self.tantivy.writer_with_num_threads(1, ROOM)?;
        Ok(Change { writer, fields: self.fields, files: self.contents.files.clone() })
    }

    /// Reads what has been committed since.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn reload(&mut self) -> Result<(), TantivyError> {
        self.searcher = searcher(&self.tantivy)?;
        self.read_contents()
    }

    /// How many entries it holds.
    pub fn len(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The `most` entries that hold the rarest terms of a statement, best first; `body` are those
    /// terms that are its own, if it holds others.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn find<'t>(
        &self,
        terms: impl Iterator<Item = &'t str>,
        body: Option<impl Iterator<Item = &'t str>>,
        most: usize,
    ) -> Result<Vec<Found>, TantivyError> {
        let ranked = self.ranked(terms, most)?;
        let by_body: Option<HashMap<DocAddress, f32>> = match body {
            Some(terms) => {
                let ranked = self.ranked(terms, most.saturating_mul(2))?;
                Some(ranked.into_iter().map(|(rank, address)| (address, rank)).collect())
            }
            None => None,
        };
        let found = ranked.into_iter().map(|(rank, address)| {
            let by_body = by_body.as_ref().map_or(rank, |of| of.get(&address).copied().unwrap_or(0.0));
            let (path, entry) = self.entry(address)?;
            Ok(Found { rank, by_body, path, entry })
        });
        found.collect()
    }

    fn ranked<'t>(&self, terms: impl Iterator<Item = &'t str>, most: usize) -> Result<Ranked, TantivyError> {
        let query = |term: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(self.fields.text, term);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let clauses: Vec<_> = terms.map(|term| (Occur::Should, query(term))).collect();
        if clauses.is_empty() || most == 0 {
            return Ok(Vec::new());
        }
        let collector = TopDocs::with_limit(most).order_by_score();
        self.searcher.search(&BooleanQuery::new(clauses), &collector)
    }

    /// An entry and the path of its file.
    fn entry(&self, address: DocAddress) -> Result<(String, Entry), TantivyError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let words = |field| document.get_first(field).and_then(|value| value.as_str()).map(str::to_owned);
        let entry = Entry {
            id: words(self.fields.id).unwrap_or_default(),
            place: document.get_first(self.fields.place).and_then(|value| value.as_u64()).unwrap_or_default(),
            speaker: words(self.fields.speaker),
            text: words(self.fields.text).unwrap_or_default(),
        };
        Ok((words(self.fields.path).unwrap_or_default(), entry))
    }

    /// How rare what is in it is.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn rarity(&self) -> Result<Rarity, TantivyError> {
        let mut rarity = Rarity::new(self.len());
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.text)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    rarity.add(term, terms.value().doc_freq);
                }
            }
        }
        Ok(rarity)
    }
}

fn searcher(tantivy: &Tantivy) -> Result<Searcher, TantivyError> {
    Ok(tantivy.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher())
}

/// A change that is not yet in the index; dropped, it never was.
pub struct Change {
    writer: IndexWriter,
    fields: Fields,
    files: BTreeMap<String, Stamp>,
}

impl Change {
    /// Takes out all entries of a file.
    pub fn remove(&mut self, path: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.path, path));
        self.files.remove(path);
    }

    /// Adds an entry of a file.
    ///
    /// # Errors
    /// If the disk is full or cannot be written.
    pub fn add(&mut self, path: &str, entry: &Entry) -> Result<Opstamp, TantivyError> {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.path, path);
        document.add_text(self.fields.id, &entry.id);
        document.add_u64(self.fields.place, entry.place);
        if let Some(speaker) = &entry.speaker {
            document.add_text(self.fields.speaker, speaker);
        }
        document.add_text(self.fields.text, &entry.text);
        self.writer.add_document(document)
    }

    /// Tells that all entries of a file have been added.
    pub fn read(&mut self, path: String, stamp: Stamp) {
        self.files.insert(path, stamp);
    }

    /// Makes it last.
    ///
    /// # Errors
    /// If the disk is full or cannot be written; the index is then as before.
    pub fn commit(self) -> Result<(), TantivyError> {
        let Self { mut writer, files, .. } = self;
        let contents = Contents { form: FORM, files };
        let payload =
            serde_json::to_string(&contents).map_err(|error| TantivyError::SystemError(error.to_string()))?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        writer.wait_merging_threads()
    }
}

/// Where the index of a library lives: a folder named after the library's own place.
pub fn folder_of(cache: &Path, library: &Path) -> PathBuf {
    let place = fs::canonicalize(library).unwrap_or_else(|_| library.to_owned());
    cache.join(&crate::text::digest::sha256(place.as_os_str().as_encoded_bytes())[..16])
}
