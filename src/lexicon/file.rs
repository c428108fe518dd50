//! The form of a lexicon file, as its editor sees it.
//!
//! ```toml
//! [[rule]]                       # or [[technique]], in rhetoric.toml
//! id     = "rebuttal.denial"
//! name   = "denial"
//! about  = "What it finds and why that counts."
//! source = "Who described it, where the phrases come from."
//! weight = 0.5                   # of what is found by code; only where phrases are not enough
//! background = true              # counts in the score, is no mark by itself
//! marking = true                 # its fitted weights decide what is set off; they count in no score
//! hits   = ["These are {groundless} claims."]     # braces mark what must be found
//! misses = ["The plane was groundless no more."]  # nothing may be found
//!   [[rule.cue]]
//!   weight  = 1.5
//!   phrases = ["groundless", "without (any|) foundation"]
//! ```
//! Reading is strict: an unknown field, a wrong type or a broken phrase is a mistake, told with
//! its place and what would be right; all mistakes of a file are told together (those against TOML
//! itself first, alone).

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::phrase::{self, Phrase};

/// Weights lie between this and its negative, in log-odds.
pub const HEAVIEST: f32 = 10.0;

/// One table of a lexicon file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Unique; small letters, digits, `_` and `.`.
    pub id: String,
    /// Whether it is a `[[technique]]`, not a `[[rule]]`.
    pub technique: bool,
    /// The name a reader sees.
    pub name: String,
    /// What it finds and why that counts.
    pub about: String,
    /// Where it comes from.
    pub source: String,
    /// What a find of its code adds; 0 if not given.
    pub weight: f32,
    /// Whether its finds only count in the score and are no marks by themselves.
    pub background: bool,
    /// Whether its fitted weights decide which words are set off, and count in no score.
    pub marking: bool,
    /// Sentences with what must be found in braces.
    pub hits: Vec<Example>,
    /// Sentences in which nothing may be found.
    pub misses: Vec<Example>,
    /// Its phrases.
    pub phrases: Vec<Weighted>,
    /// Byte of the file at which the table's `id` stands.
    pub at: usize,
}

/// A phrase and what it adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighted {
    /// What is looked for.
    pub phrase: Phrase,
    /// In log-odds.
    pub weight: f32,
    /// Byte of the file at which it stands.
    pub at: usize,
}

/// An example sentence of a lexicon file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// As it is written, braces and all.
    pub text: String,
    /// Byte of the file at which it stands.
    pub at: usize,
}

/// Something wrong in a file, for its editor: `claim.toml:4:1: unknown field `wieght`; …`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file's name as it was given.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in code points.
    pub column: usize,
    /// What, and what would be right.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for Mistake {}

impl Mistake {
    /// A mistake at byte `at` of a file's `text`.
    pub fn new(file: &str, text: &str, at: usize, message: impl Into<String>) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |feed| feed + 1);
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            message: message.into(),
        }
    }
}

/// The tables of a file called `file`, in its order.
///
/// # Errors
/// Everything that is wrong in it, in the order of the file.
pub fn read(file: &str, text: &str) -> Result<Vec<Entry>, Vec<Mistake>> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { file, text, mistakes: Vec::new() };
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reader.note(at, error.message().to_owned());
    }
    // What a broken file means can only be guessed: the rest is told once it is TOML again.
    let mut entries = if reader.mistakes.is_empty() { reader.root(root.get_ref()) } else { Vec::new() };
    if reader.mistakes.is_empty() {
        entries.sort_by_key(|entry| entry.at);
        return Ok(entries);
    }
    reader.mistakes.sort();
    Err(reader.mistakes)
}

const TABLES: [&str; 2] = ["rule", "technique"];
const ENTRY_FIELDS: [&str; 10] =
    ["id", "name", "about", "source", "weight", "background", "marking", "hits", "misses", "cue"];
const CUE_FIELDS: [&str; 2] = ["weight", "phrases"];

/// Walks a parsed file and collects what is wrong with it.
struct Reader<'f> {
    file: &'f str,
    text: &'f str,
    mistakes: Vec<Mistake>,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn note(&mut self, at: usize, message: String) {
        self.mistakes.push(Mistake::new(self.file, self.text, at, message));
    }

    fn root(&mut self, root: &DeTable) -> Vec<Entry> {
        self.known_fields(root, "file", &TABLES);
        let mut entries = Vec::new();
        for name in TABLES {
            let Some(value) = root.get(name) else { continue };
            for (at, table) in self.tables(value, name) {
                entries.push(self.entry(table, name, at));
            }
        }
        entries
    }

    fn entry(&mut self, table: &DeTable, name: &str, at: usize) -> Entry {
        self.known_fields(table, name, &ENTRY_FIELDS);
        for needed in ["id", "name", "about", "source"] {
            if !table.contains_key(needed) {
                self.note(at, format!("this {name} has no `{needed}`"));
            }
        }
        let mut entry = Entry { technique: name == "technique", at, ..Entry::default() };
        if let Some(value) = table.get("id") {
            entry.at = value.span().start;
            entry.id = self.id(value);
        }
        entry.name = self.string(table, "name");
        entry.about = self.string(table, "about");
        entry.source = self.string(table, "source");
        entry.weight = table.get("weight").map_or(0.0, |value| self.weight(value));
        entry.background = self.truth(table, "background");
        entry.marking = self.truth(table, "marking");
        entry.hits = self.examples(table, "hits");
        entry.misses = self.examples(table, "misses");
        if let Some(value) = table.get("cue") {
            for (at, cue) in self.tables(value, "cue") {
                self.cue(cue, at, &mut entry.phrases);
            }
        }
        entry
    }

    fn cue(&mut self, table: &DeTable, at: usize, phrases: &mut Vec<Weighted>) {
        self.known_fields(table, "cue", &CUE_FIELDS);
        for needed in CUE_FIELDS {
            if !table.contains_key(needed) {
                self.note(at, format!("this cue has no `{needed}`"));
            }
        }
        let weight = table.get("weight").map_or(0.0, |value| self.weight(value));
        for (at, text) in self.strings(table, "phrases") {
            match phrase::parse(&text) {
                Ok(phrase) => phrases.push(Weighted { phrase, weight, at }),
                Err(error) => self.note(self.inside(at, &text, error.at), format!("{error}: `{text}`")),
            }
        }
    }

    fn known_fields(&mut self, table: &DeTable, place: &str, known: &[&str]) {
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let message = format!("unknown field `{}`; a {place} has {}", key.get_ref(), listed(known));
                self.note(key.span().start, message);
            }
        }
    }

    /// The tables of `[[name]]`, each with its place.
    fn tables<'v, 'i>(&mut self, value: &'v Value<'i>, name: &str) -> Vec<(usize, &'v DeTable<'i>)> {
        let mut found = Vec::new();
        if let Some(array) = self.array(value, &format!("write [[{name}]] with two brackets")) {
            for one in array {
                match one.get_ref().as_table() {
                    Some(table) => found.push((one.span().start, table)),
                    None => self.note(one.span().start, format!("`{name}` holds tables: write [[{name}]]")),
                }
            }
        }
        found
    }

    fn id(&mut self, value: &Value) -> String {
        let id = self.text(value, "id");
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
        let empty_part = id.split('.').any(str::is_empty);
        if value.get_ref().is_str() && (empty_part || !id.chars().all(fits)) {
            let message = format!("`{id}` is no id: small letters, digits and _, parts joined by one dot");
            self.note(value.span().start, message);
        }
        id
    }

    fn string(&mut self, table: &DeTable, field: &str) -> String {
        table.get(field).map_or_else(String::new, |value| self.text(value, field))
    }

    fn text(&mut self, value: &Value, field: &str) -> String {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            other => {
                let message = format!("`{field}` is text in quotes, not {}", other.type_str());
                self.note(value.span().start, message);
                return String::new();
            }
        };
        if text.trim().is_empty() {
            self.note(value.span().start, format!("`{field}` is empty"));
        }
        text
    }

    fn truth(&mut self, table: &DeTable, field: &str) -> bool {
        let Some(value) = table.get(field) else { return false };
        if let DeValue::Boolean(truth) = value.get_ref() {
            return *truth;
        }
        let message = format!("`{field}` is true or false, not {}", value.get_ref().type_str());
        self.note(value.span().start, message);
        false
    }

    fn weight(&mut self, value: &Value) -> f32 {
        let digits = match value.get_ref() {
            DeValue::Integer(number) => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            other => {
                let message = format!("`weight` is a number, not {}", other.type_str());
                self.note(value.span().start, message);
                return 0.0;
            }
        };
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        match digits.parse::<f32>() {
            Ok(weight) if weight.abs() <= HEAVIEST && decimals <= 4 => weight,
            _ => {
                let message =
                    format!("`{digits}` is no weight: −{HEAVIEST} to {HEAVIEST}, at most four decimals");
                self.note(value.span().start, message);
                0.0
            }
        }
    }

    fn examples(&mut self, table: &DeTable, field: &str) -> Vec<Example> {
        let examples = self.strings(table, field);
        examples.into_iter().map(|(at, text)| Example { text, at }).collect()
    }

    /// The strings of a list, each with its place.
    fn strings(&mut self, table: &DeTable, field: &str) -> Vec<(usize, String)> {
        let Some(value) = table.get(field) else { return Vec::new() };
        let Some(array) = self.array(value, &format!("`{field}` is a list: [\"…\", \"…\"]")) else {
            return Vec::new();
        };
        array.iter().map(|one| (one.span().start, self.text(one, field))).collect()
    }

    fn array<'v, 'i>(&mut self, value: &'v Value<'i>, otherwise: &str) -> Option<&'v DeArray<'i>> {
        let array = value.get_ref().as_array();
        if array.is_none() {
            self.note(value.span().start, otherwise.to_owned());
        }
        array
    }

    /// Where byte `inside` of a string stands that begins, quote and all, at byte `at` of the file.
    fn inside(&self, at: usize, string: &str, inside: usize) -> usize {
        let unescaped = self.text.get(at + 1..).is_some_and(|rest| rest.starts_with(string));
        if unescaped { at + 1 + inside } else { at }
    }
}

/// `a, b and c`, each in backquotes.
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Takes the braces out of an example: its sentence, and the bytes of it that they mark.
///
/// # Errors
/// The byte of the example at which a brace has no partner.
pub fn unmarked(example: &str) -> Result<(String, Vec<Range<usize>>), usize> {
    let mut sentence = String::with_capacity(example.len());
    let mut marks = Vec::new();
    let mut open = None;
    for (at, c) in example.char_indices() {
        match (c, open) {
            ('{', None) => open = Some((at, sentence.len())),
            ('}', Some((_, start))) if start < sentence.len() => {
                marks.push(start..sentence.len());
                open = None;
            }
            ('{' | '}', _) => return Err(at),
            _ => sentence.push(c),
        }
    }
    match open {
        Some((at, _)) => Err(at),
        None => Ok((sentence, marks)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[[technique]]
id = "smear.name"
name = "Smear"
about = "Attacks the other side's good name."
source = "made up"
hits = ["This act {smears} them."]

  [[technique.cue]]
  weight = 1.25
  phrases = ["smear*", "(so|) called"]

[[rule]]
id = "rebuttal.denial"
name = "denial"
about = "Denies."
source = "made up"
weight = -0.5
"#;

    fn mistakes(text: &str) -> String {
        let told = |mistake: Mistake| mistake.to_string();
        read("a.toml", text).err().unwrap_or_default().into_iter().map(told).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_file_gives_its_tables_in_order() {
        let entries = read("a.toml", GOOD).expect("nothing is wrong with it");
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["smear.name", "rebuttal.denial"]);
        assert_eq!(entries[0].phrases.len(), 2);
        assert!(entries[0].phrases.iter().all(|weighted| (weighted.weight - 1.25).abs() < 1e-6));
        assert!((entries[1].weight + 0.5).abs() < 1e-6);
        assert!(entries[0].technique && !entries[1].technique);
    }

    #[test]
    fn all_mistakes_are_told_together_with_their_places() {
        let text = GOOD
            .replace("about = \"Denies.\"", "abuot = \"Denies.\"")
            .replace("1.25", "\"heavy\"")
            .replace("\"smear*\"", "\"sm*\"")
            .replace("weight = -0.5", "weight = -0.12345");
        assert_eq!(
            mistakes(&text),
            "a.toml:10:12: `weight` is a number, not string\n\
             a.toml:11:15: at least 3 letters stand before a *: `sm*`\n\
             a.toml:13:1: this rule has no `about`\n\
             a.toml:16:1: unknown field `abuot`; a rule has `id`, `name`, `about`, `source`, `weight`, \
             `background`, `marking`, `hits`, `misses` and `cue`\n\
             a.toml:18:10: `-0.12345` is no weight: −10 to 10, at most four decimals"
        );
    }

    #[test]
    fn broken_toml_is_told_with_its_place() {
        let told = mistakes("[[rule]]\nid = \n");
        assert!(told.starts_with("a.toml:2:"), "{told}");
        assert!(mistakes("[rule]\nid = \"a\"").contains("write [[rule]] with two brackets"));
        assert!(mistakes("[[rules]]").contains("unknown field `rules`; a file has `rule` and `technique`"));
        assert!(mistakes("rule = [1]").contains("write [[rule]]"));
        assert!(mistakes(&GOOD.replace("rebuttal.denial", "Rebuttal..")).contains("is no id"));
        assert!(mistakes(&GOOD.replace("[\"This act {smears} them.\"]", "3")).contains("`hits` is a list"));
    }

    #[test]
    fn braces_mark_stretches() {
        assert_eq!(unmarked("a {bé} c {d}"), Ok(("a bé c d".to_owned(), vec![2..5, 8..9])));
        assert_eq!(unmarked("plain"), Ok(("plain".to_owned(), vec![])));
        for (broken, at) in [("a } b", 2), ("a {b", 2), ("{a{b}}", 2), ("{}", 1)] {
            assert_eq!(unmarked(broken), Err(at), "{broken}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[\\[\\]a-z=\"{}.\n1é*|( ]{0,60}") {
            let _ = read("a.toml", &text);
            let _ = unmarked(&text);
        }
    }
}
