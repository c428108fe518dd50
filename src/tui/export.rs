//! Writing all notes and verdicts, or the ledger, to a file: its name is typed, completed, and its ending
//! says the form. Opened from the ledger, the line writes what the ledger shows.
//!
//! What is in the folder is asked of the outside world ([`Effect::Complete`]); a file that is there
//! already is replaced only when the reader says so a second time.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::action::Action;
use super::effect::Effect;
use super::ledger::{self, Ledger};
use super::line_edit::LineEdit;
use super::mode::Mode;
use super::model::Model;
use super::refusal::refusal;
use crate::report::decisions::{self, Decisions};
use crate::report::notes;

/// Names told at once when several go on as typed.
const MOST_TOLD: usize = 12;

/// What is written before the name of a file to which the ledger goes: `:export ledger who.csv`.
const LEDGER: &str = "ledger ";

/// The line while it is typed.
#[derive(Debug, Default)]
pub struct ExportLine {
    /// The ledger it was opened from, which is written in place of the notes.
    pub ledger: Option<Box<Ledger>>,
    /// The name of the file.
    pub name: LineEdit,
    /// The name that was found to be taken: the same key replaces it.
    taken: Option<String>,
}

/// A page that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// As it was typed.
    pub name: String,
    /// What is written.
    pub text: Vec<u8>,
    /// Whether a file of that name is replaced.
    pub replace: bool,
}

/// Why a page was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotWritten {
    /// There is a file of that name.
    Taken,
    /// Something else.
    Failed(String),
}

/// Opens the line with a name that suits the session.
pub fn open(model: &mut Model) {
    let ledger = match std::mem::take(&mut model.mode) {
        Mode::Ledger(ledger) => Some(Box::new(ledger)),
        _ => None,
    };
    let mut name = LineEdit::default();
    let what = if ledger.is_some() { "-ledger" } else { "" };
    name.insert(&format!("{}{what}.md", model.name));
    model.mode = Mode::Export(ExportLine { ledger, name, taken: None });
}

/// Closes the line: back to the ledger it was opened from.
pub fn close(model: &mut Model) {
    if let Mode::Export(line) = std::mem::take(&mut model.mode) {
        model.mode = line.ledger.map_or(Mode::Browse, |ledger| Mode::Ledger(*ledger));
    }
}

/// Writes what is typed behind the action's name: the notes, or after `ledger` all claims.
pub fn named(model: &mut Model, words: &str) -> Vec<Effect> {
    let Some(name) = words.strip_prefix(LEDGER) else {
        return match refusal(model, Action::Export) {
            Some(reason) => {
                model.say(reason);
                Vec::new()
            }
            None => to(model, words, false),
        };
    };
    if let Some(reason) = refusal(model, Action::Ledger) {
        model.say(reason);
        return Vec::new();
    }
    ledger::open(model);
    open(model);
    to(model, name.trim(), false)
}

/// Types into the line.
pub fn typed(line: &mut ExportLine, key: super::key::Key) {
    line.name.press(key);
    line.taken = None;
}

/// Asks how the name that is typed may go on.
pub fn complete(model: &Model) -> Vec<Effect> {
    let Mode::Export(line) = &model.mode else { return Vec::new() };
    vec![Effect::Complete(line.name.text().to_owned())]
}

/// The names that go on as `typed` have come.
pub fn completed(model: &mut Model, typed: &str, found: &[String]) {
    let Mode::Export(line) = &mut model.mode else { return };
    if line.name.text() != typed {
        return;
    }
    let more = common(found);
    if more.len() > typed.len() {
        line.name = LineEdit::default();
        line.name.insert(&more);
        line.taken = None;
    } else if found.is_empty() {
        model.say("no file begins so");
    }
    if found.len() > 1 {
        let short = |name: &String| name.trim_end_matches('/').rsplit('/').next().unwrap_or(name).to_owned();
        let told: Vec<String> = found.iter().take(MOST_TOLD).map(short).collect();
        let more = if found.len() > MOST_TOLD { " …" } else { "" };
        model.say(format!("{}{more}", told.join("  ")));
    }
}

/// What all of `names` begin with.
fn common(names: &[String]) -> String {
    let Some((first, others)) = names.split_first() else { return String::new() };
    let mut length = first.len();
    for other in others {
        let same = first.chars().zip(other.chars()).take_while(|(a, b)| a == b);
        length = length.min(same.map(|(c, _)| c.len_utf8()).sum());
    }
    first[..length].to_owned()
}

/// Writes the page whose name is typed.
pub fn accept(model: &mut Model) -> Vec<Effect> {
    let Mode::Export(line) = &model.mode else { return Vec::new() };
    let name = line.name.text().trim().to_owned();
    let replace = line.taken.as_deref() == Some(&name);
    to(model, &name, replace)
}

/// Writes all notes, or the ledger, to the file called `name`, if its ending tells how.
fn to(model: &mut Model, name: &str, replace: bool) -> Vec<Effect> {
    let written = match &model.mode {
        Mode::Export(ExportLine { ledger: Some(ledger), .. }) => ledger_as(model, ledger, name),
        _ => notes_as(model, name),
    };
    match written {
        Ok(text) => vec![Effect::Export(Page { name: name.to_owned(), text, replace })],
        Err(forms) => {
            model.warn(format!("not written: end the name with {forms}"));
            Vec::new()
        }
    }
}

/// The ending of a name, in small letters.
fn ending(name: &str) -> String {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    ending.unwrap_or_default().to_ascii_lowercase()
}

/// What the ledger shows, in the form of the name's ending; else which forms there are.
fn ledger_as(model: &Model, ledger: &Ledger, name: &str) -> Result<Vec<u8>, &'static str> {
    let table = match ending(name).as_str() {
        "md" => false,
        "csv" => true,
        _ => return Err(".md or .csv"),
    };
    Ok(ledger.written(model, table))
}

/// The notes, verdicts and decisions, likewise.
fn notes_as(model: &Model, name: &str) -> Result<Vec<u8>, &'static str> {
    let rows = notes::rows(&model.corpus, &model.session);
    let decided = Decisions::of(&model.corpus, &model.session);
    let mut text = Vec::new();
    let written = match ending(name).as_str() {
        "md" => notes::markdown(&mut text, &model.name, &model.corpus, &rows)
            .and_then(|()| decisions::markdown(&mut text, &decided)),
        "csv" => notes::csv(&mut text, &rows),
        "json" => notes::json(&mut text, &model.name, &rows, &decided, &[]),
        _ => return Err(".md, .csv or .json"),
    };
    written.expect("memory takes all that is written");
    Ok(text)
}

/// Tells where the page is, or why it is nowhere.
pub fn told(model: &mut Model, name: &str, answer: Result<PathBuf, NotWritten>) {
    match answer {
        Ok(path) => {
            if matches!(model.mode, Mode::Export(_)) {
                close(model);
            }
            model.say(format!("written to {}", path.display()));
        }
        Err(NotWritten::Taken) => {
            if !matches!(model.mode, Mode::Export(_)) {
                open(model);
            }
            if let Mode::Export(line) = &mut model.mode {
                (line.name, line.taken) = (LineEdit::default(), Some(name.to_owned()));
                line.name.insert(name);
            }
            model.warn(format!("{name} is there already; Enter again replaces it"));
        }
        Err(NotWritten::Failed(reason)) => model.warn(format!("not written: {reason}")),
    }
}

/// Writes a page, whole or not at all; `~/` is the reader's `home`.
///
/// # Errors
/// That a file of that name is there, or what writing gave.
pub fn write(page: &Page, home: Option<&Path>) -> Result<PathBuf, NotWritten> {
    let path = path_of(&page.name, home);
    let failed = |error: &io::Error| NotWritten::Failed(format!("{}: {error}", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    file.write_all(&page.text).map_err(|error| failed(&error))?;
    let kept = if page.replace { file.persist(&path) } else { file.persist_noclobber(&path) };
    match kept {
        Ok(_) => Ok(path),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(NotWritten::Taken),
        Err(error) => Err(failed(&error.error)),
    }
}

/// The names of files and folders that begin as `typed` does, as they would be typed, in order;
/// folders end in `/`. Hidden ones are given only where a dot is typed.
pub fn completions(typed: &str, home: Option<&Path>) -> Vec<String> {
    let (folder, start) = typed.rfind('/').map_or(("", typed), |at| typed.split_at(at + 1));
    let place = if folder.is_empty() { PathBuf::from(".") } else { path_of(folder, home) };
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let fits = name.starts_with(start) && (start.starts_with('.') || !name.starts_with('.'));
            let end = if entry.path().is_dir() { "/" } else { "" };
            (fits && !name.chars().any(char::is_control)).then(|| format!("{folder}{name}{end}"))
        })
        .collect();
    found.sort();
    found
}

fn path_of(name: &str, home: Option<&Path>) -> PathBuf {
    match (name.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_completed_as_far_as_they_are_the_same() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for name in ["notes.md", "notes.csv", "é.md", ".hidden"] {
            fs::write(folder.path().join(name), "x").expect("it is written");
        }
        fs::create_dir(folder.path().join("north")).expect("it is made");
        let found = |typed: &str| completions(typed, Some(folder.path()));
        assert_eq!(found("~/no"), ["~/north/", "~/notes.csv", "~/notes.md"]);
        assert_eq!(common(&found("~/note")), "~/notes.");
        assert_eq!(found("~/.h"), ["~/.hidden"]);
        assert_eq!(found("~/é"), ["~/é.md"]);
        assert_eq!(found("~/nowhere/x"), Vec::<String>::new());
        assert_eq!(common(&found("~/")), "~/");
    }

    #[test]
    fn a_file_is_replaced_only_when_that_is_said() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let page = |text: &str, replace| Page { name: "~/a.md".to_owned(), text: text.into(), replace };
        let write = |page: &Page| write(page, Some(folder.path()));
        let path = folder.path().join("a.md");
        assert_eq!(write(&page("one", false)), Ok(path.clone()));
        assert_eq!(write(&page("two", false)), Err(NotWritten::Taken));
        assert_eq!(fs::read(&path).expect("it is there"), b"one");
        assert_eq!(write(&page("three", true)), Ok(path.clone()));
        assert_eq!(fs::read(&path).expect("it is there"), b"three");
        let nowhere = Page { name: "/no/such/folder/a.md".to_owned(), text: Vec::new(), replace: true };
        assert!(matches!(write(&nowhere), Err(NotWritten::Failed(why)) if why.contains("/no/such")));
    }
}
