//! `visavis [FILE…]`: reading. Which documents, in which session, and then the screen.

mod print;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, bail};

use super::environment::Environment;
use super::files::{self, Files};
use super::setup::Setup;
use super::{
    DONE, NOTHING_DONE, ReadingArguments, SOME_FAILED, complain, folder, folders, opened, sorted_out,
    user_lexicon,
};
use crate::analysis::{Weights, analyze};
use crate::attribution::Kind;
use crate::corpus::{Corpus, Reading};
use crate::demo;
use crate::document::{Document, Opening, Saved};
use crate::lexicon::{Speech, abbreviations};
use crate::library::Library;
use crate::session::{Access, Journal, Loaded, OpenedDocument, Sessions, Summary, mendings};
use crate::tui::effect::Findings;
use crate::tui::model::{Model, Options};
use crate::tui::opening::OpeningModel;
use crate::tui::others::Found;
use crate::tui::sessions::{Chosen, Row, SessionsModel};
use crate::tui::theme::Choice;
use crate::tui::{Analyze, Desk, Find, Outside};

/// The arguments of `visavis` without a subcommand.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[derive(Debug, clap::Args)]
pub struct Open {
    /// Files to read, or folders of files; `-` is standard input.
    files: Vec<PathBuf>,
    /// Open or begin the session of this name.
    #[arg(long, value_name = "NAME")]
    session: Option<String>,
    /// Open the session you left last.
    #[arg(long = "continue", conflicts_with_all = ["files", "session", "demo"])]
    continued: bool,
    /// Open the built-in demonstration, 1 or 2.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1", conflicts_with_all = ["files", "session"])]
    demo: Option<usize>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// Plain lines on standard output instead of a screen.
    #[arg(long)]
    plain: bool,
    /// A library in which answers to a sentence are looked up: a folder of documents, or a file of JSON
    /// lines. Not needed where `config.toml` names one.
    #[arg(long, value_name = "FOLDER|FILE")]
    library: Option<PathBuf>,
    /// Leave the mouse to the terminal.
    #[arg(long)]
    no_mouse: bool,
    /// Colours: auto, dark, light, plain, night, day, safe-dark, safe-light, or a theme of your own.
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Print the keys in force, in the form of `keys.toml`.
    #[arg(long)]
    pub dump_keys: bool,
    /// Panic after the first frame, to see that the terminal is given back.
    #[cfg(debug_assertions)]
    #[arg(long, hide = true)]
    panic: bool,
}

/// What is asked for.
enum Asked {
    Files(Vec<PathBuf>),
    Demo(usize),
    Session(String),
    /// Nothing: the list of sessions, or the demonstration if there are none.
    Nothing,
}

/// Documents with the kind each is read as, if that is settled, and what went wrong.
#[derive(Default)]
struct Documents {
    all: Vec<(Document, Option<Kind>)>,
    /// What could not be opened, or is not as the session remembers it.
    notices: Vec<String>,
    /// Whether some file could not be opened.
    failed: bool,
}

/// A session about to be read.
struct Opened {
    name: String,
    documents: Documents,
    journal: Journal,
    loaded: Loaded,
    /// The terminal, if it was taken to show how the opening goes.
    desk: Option<Desk>,
}

/// Reads what is asked for; gives the exit code.
///
/// # Errors
/// If nothing could be shown.
pub fn run(arguments: &Open, environment: &Environment) -> anyhow::Result<u8> {
    if arguments.plain || environment.dumb {
        return print::print(arguments);
    }
    if !environment.terminal {
        bail!("standard output is no terminal: --plain gives plain lines, `visavis analyze` the analysis");
    }
    // Made ready while the files are opened.
    thread::spawn(|| (Speech::built_in(), abbreviations()));
    let folders = folders()?;
    let sessions = Sessions::new(folders.sessions.clone());
    let setup = Setup::read(&folders);
    let theme = arguments.theme(&setup, environment)?;
    let shell =
        Shell { arguments, environment, setup, theme, copies: folders.copies, libraries: folders.libraries };
    match arguments.asked(&sessions)? {
        Asked::Nothing => shell.choose(&sessions),
        asked => match shell.open(asked, &sessions)? {
            Some(opened) => shell.read(None, opened),
            None => Ok(NOTHING_DONE),
        },
    }
}

impl Open {
    /// The theme of the flag, else none of colour if none is wanted, else that of the settings.
    fn theme(&self, setup: &Setup, environment: &Environment) -> anyhow::Result<Choice> {
        if let Some(name) = &self.theme {
            return setup.named(name).map_err(anyhow::Error::msg);
        }
        if environment.no_color {
            return Ok(Choice::Plain);
        }
        Ok(match &setup.theme {
            Some(choice) if *choice != Choice::Auto => choice.clone(),
            _ if environment.light => Choice::Light,
            _ => Choice::Auto,
        })
    }

    fn asked(&self, sessions: &Sessions) -> anyhow::Result<Asked> {
        if self.continued {
            return Ok(Asked::Session(
                sessions.latest().context("there is no session yet: notes begin one")?,
            ));
        }
        Ok(match (&self.session, self.demo) {
            _ if !self.files.is_empty() => Asked::Files(self.files.clone()),
            (Some(name), _) => Asked::Session(name.clone()),
            (None, Some(number)) => Asked::Demo(number),
            (None, None) => Asked::Nothing,
        })
    }
}

/// What all ways of opening share.
struct Shell<'a> {
    arguments: &'a Open,
    environment: &'a Environment,
    setup: Setup,
    theme: Choice,
    /// See [`Outside::copies`].
    copies: PathBuf,
    /// See [`Folders::libraries`].
    libraries: PathBuf,
}

impl Shell<'_> {
    fn mouse(&self) -> bool {
        !self.arguments.no_mouse && self.setup.mouse != Some(false)
    }

    fn desk(&self) -> anyhow::Result<Desk> {
        let ask = self.theme == Choice::Auto && self.environment.may_be_asked;
        Desk::take(self.mouse(), ask).context("the terminal cannot be had")
    }

    /// Lets the reader choose a session, or shows the demonstration if there is none.
    fn choose(&self, sessions: &Sessions) -> anyhow::Result<u8> {
        let rows: Vec<Row> = sessions.list().into_iter().map(row).collect();
        if rows.is_empty() {
            let demo = self.open(Asked::Demo(1), sessions)?;
            return demo.map_or(Ok(NOTHING_DONE), |demo| self.read(None, demo));
        }
        let mut desk = self.desk()?;
        let chosen = desk.choose(SessionsModel::new(rows, self.setup.keymap.clone(), self.theme.clone()))?;
        let Chosen::Open(name) = chosen else { return Ok(DONE) };
        match self.open(Asked::Session(name), sessions)? {
            Some(opened) => self.read(Some(desk), opened),
            None => Ok(NOTHING_DONE),
        }
    }

    /// The documents and the session asked for; none if nothing could be opened, which is told.
    fn open(&self, asked: Asked, sessions: &Sessions) -> anyhow::Result<Option<Opened>> {
        let reading = self.arguments.reading.reading();
        let mut desk = None;
        let (documents, name) = match asked {
            Asked::Files(files) => {
                let Some(documents) = self.watched(&files, &mut desk)? else { return Ok(None) };
                if documents.all.is_empty() {
                    // What is to be told shows once the terminal is given back.
                    drop(desk);
                    documents.notices.iter().for_each(|notice| complain(notice));
                    return Ok(None);
                }
                let name = self.arguments.session.clone().unwrap_or_else(|| name_of(&documents, sessions));
                (documents, name)
            }
            Asked::Demo(number) => {
                let name = demo::demonstration(number).map_or("demo", |demo| demo.name).to_owned();
                (Documents::of_demonstration(number, reading)?, name)
            }
            Asked::Session(name) => (Documents::default(), name),
            Asked::Nothing => return Ok(None),
        };
        let path = sessions.path(&name)?;
        let (journal, loaded) = Journal::open(&path, &self.environment.author)?;
        let mut opened = Opened { name, documents, journal, loaded, desk };
        opened.read_as_remembered(self.arguments.reading.opening());
        opened.add_remembered(self.arguments.reading.opening(), reading.kind)?;
        Ok(Some(opened))
    }

    /// Opens what can be opened; what takes long is shown at a `desk`, where it can be left out. None if
    /// the program is to end.
    fn watched(&self, named: &[PathBuf], desk: &mut Option<Desk>) -> anyhow::Result<Option<Documents>> {
        /// How long nothing is shown: a reader hardly sees that.
        const PATIENCE: Duration = Duration::from_millis(100);
        let (named, reading) = (folder::named(named), &self.arguments.reading);
        if !files::may_take_long(&named.files) {
            return Ok(Some(from_files(named, reading)));
        }
        let folder::Named { files, passed_over } = named;
        let mut opening = Files::start(files, reading.opening()).context("no file can be opened")?;
        if !opening.are_opened_within(PATIENCE) {
            let desk = desk.insert(self.desk()?);
            opening.wake(desk.waker()).context("the opening cannot be watched")?;
            let model = OpeningModel::new(opening.shown(), self.setup.keymap.clone(), self.theme.clone());
            if !desk.wait_for(model).context("the terminal cannot be used")? {
                return Ok(None);
            }
        }
        Ok(Some(Documents::of(sorted_out(opening.taken(), passed_over), reading)))
    }

    /// Shows the screen until the reader leaves.
    fn read(&self, desk: Option<Desk>, opened: Opened) -> anyhow::Result<u8> {
        let Opened { name, documents, mut journal, loaded, desk: taken } = opened;
        let reading = self.arguments.reading.reading();
        let abbreviations = abbreviations();
        let corpus = Corpus::read_as(documents.all, reading, Speech::built_in(), abbreviations);
        let (mendings, lost) = mendings(&corpus, &loaded.session);
        let corpus =
            Arc::new(if mendings.is_empty() { corpus } else { corpus.mended(&mendings, abbreviations) });
        let kept = corpus
            .documents
            .iter()
            .zip(&corpus.kinds)
            .map(|(document, kind)| OpenedDocument::new(document, *kind));
        journal.with_documents(&loaded.session, kept.collect());
        let mut notices = documents.notices.clone();
        if lost > 0 {
            notices.push(format!("mended attributions whose words are gone: {lost}; they are kept"));
        }
        if self.arguments.session.is_some()
            && let Err(error) = journal.begin()
        {
            notices.push(format!("the session is not begun: {error}"));
        }
        let desk = desk.or(taken).map_or_else(|| self.desk(), Ok)?;
        notices.extend(loaded.notices);
        notices.extend(self.setup.mistakes.iter().cloned());
        let options = Options {
            keymap: self.setup.keymap.clone(),
            theme: self.theme.clone(),
            own_themes: self.setup.themes.clone(),
            mouse: self.mouse(),
            read_only: match loaded.access {
                Access::ReadWrite => None,
                Access::ReadOnly(reason) => Some(reason),
            },
            name,
            notices,
            size: desk.size(),
        };
        let analyze = self.analysis();
        let mut model = Model::new(corpus, loaded.session, options);
        model.has_library = self.library().is_some();
        let outside = Outside {
            journal,
            analyze,
            reweigh: Box::new(|own| super::lexicon::keep(own).map_err(|error| format!("{error:#}"))),
            editor: self.environment.editor.clone(),
            no_clipboard: self.environment.no_clipboard,
            copies: self.copies.clone(),
            home: self.environment.home.clone(),
            find: self.find(),
        };
        desk.read(model, outside).context("the terminal cannot be used")?;
        documents.notices.iter().chain(&self.setup.mistakes).for_each(|notice| complain(notice));
        Ok(if documents.failed { SOME_FAILED } else { DONE })
    }

    /// The library of the flag, else that of the settings.
    fn library(&self) -> Option<&PathBuf> {
        self.arguments.library.as_ref().or(self.setup.library.as_ref())
    }

    /// Looks sentences up in the library that is named; it is opened for the first of them.
    fn find(&self) -> Option<Find> {
        /// How many answers are listed.
        const TOP: usize = 30;
        let path = self.library()?.clone();
        let cache = self.libraries.clone();
        let mut library: Option<Library> = None;
        Some(Box::new(move |text: String| {
            let mut notices = Vec::new();
            let library = match &mut library {
                Some(library) => library,
                none => {
                    let opened = Library::open(&path, &cache, &mut |_| true);
                    let opened = none.insert(opened.map_err(|error| error.to_string())?);
                    notices = std::mem::take(&mut opened.notices);
                    opened
                }
            };
            let hits = library.find(&text, TOP)?;
            Ok(Found { text, hits, notices })
        }))
    }

    /// Finds marks and links, beside the reading.
    fn analysis(&self) -> Analyze {
        #[cfg(debug_assertions)]
        let panic = self.arguments.panic;
        Arc::new(move |corpus: Arc<Corpus>| {
            #[cfg(debug_assertions)]
            assert!(!panic, "asked to panic");
            let (lexicon, weights) = (user_lexicon(), Weights::built_in());
            let analysis = analyze(&corpus, &lexicon, &weights, 1);
            Findings::new(corpus, analysis, lexicon, weights)
        })
    }
}

impl Opened {
    /// Reads the documents that were asked for in the encoding that the reader has named for them in
    /// this session, unless another one is named now.
    fn read_as_remembered(&mut self, opening: Opening) {
        for (document, _) in &mut self.documents.all {
            let same = |saved: &&Saved| saved.sha256 == document.sha256;
            let Some(saved) = self.loaded.session.documents.iter().find(same) else { continue };
            if saved.encoding.is_none() || opening.encoding.is_some() {
                continue;
            }
            let again = match document.path.to_str() {
                Some("-") => None,
                _ => Document::open(&document.path, remembered(opening, saved)).ok(),
            };
            *document = again.unwrap_or_else(|| Document::reopen(saved.clone(), opening.segmentation));
        }
    }

    /// Adds the session's own documents that were not asked for: from their files if these are as
    /// they were, anew if they have changed, and from the session if they are gone.
    fn add_remembered(&mut self, opening: Opening, asked: Option<Kind>) -> anyhow::Result<()> {
        let given: Vec<PathBuf> =
            self.documents.all.iter().map(|(document, _)| document.path.clone()).collect();
        for (saved, kind) in self.loaded.session.opened_as() {
            let known = self.documents.all.iter().any(|(document, _)| document.sha256 == saved.sha256);
            let name = saved.path.display();
            if known {
                continue;
            }
            if given.contains(&saved.path) {
                self.documents.notices.push(changed(&saved.path));
                continue;
            }
            let built_in = saved.path.to_string_lossy().starts_with("demo:");
            let document = match Document::open(&saved.path, remembered(opening, saved)) {
                _ if built_in || saved.path == Path::new("-") => {
                    Document::reopen(saved.clone(), opening.segmentation)
                }
                Ok(document) => {
                    if document.sha256 != saved.sha256 {
                        self.documents.notices.push(changed(&saved.path));
                    }
                    document
                }
                Err(error) => {
                    self.documents.notices.push(format!("{name}: {error}; read from the session"));
                    Document::reopen(saved.clone(), opening.segmentation)
                }
            };
            self.documents.all.push((document, asked.or(kind)));
        }
        if self.documents.all.is_empty() {
            bail!(
                "there is no session {:?} and no file was given; `visavis sessions` lists sessions",
                self.name
            );
        }
        Ok(())
    }
}

/// That a file is not as the session has it.
fn changed(path: &Path) -> String {
    let name = path.file_name().map_or(path.as_os_str(), |name| name);
    format!("{} has changed; its notes are found again", name.to_string_lossy())
}

/// How a document is opened that a session holds.
fn remembered(opening: Opening, saved: &Saved) -> Opening {
    Opening { encoding: opening.encoding.or(saved.encoding), ..opening }
}

/// Opens what can be opened.
fn from_files(named: folder::Named, reading: &ReadingArguments) -> Documents {
    Documents::of(opened(named, reading.opening()), reading)
}

impl Documents {
    /// Documents that were opened, what is to be told, and whether all could be. Their paths are made
    /// absolute: a session finds them again from any folder, and takes no other file for them.
    fn of((documents, notices, all): (Vec<Document>, Vec<String>, bool), reading: &ReadingArguments) -> Self {
        let kind = reading.reading().kind;
        let placed = |mut document: Document| {
            if document.path != Path::new("-") {
                document.path = std::path::absolute(&document.path).unwrap_or(document.path);
            }
            (document, kind)
        };
        Self { all: documents.into_iter().map(placed).collect(), notices, failed: !all }
    }

    /// Those of a demonstration.
    fn of_demonstration(number: usize, reading: Reading) -> anyhow::Result<Self> {
        let shown = demo::documents(number, reading.segmentation);
        let shown = shown.with_context(|| format!("there is no demonstration {number}, only 1 and 2"))?;
        let all = shown.into_iter().map(|document| (document, reading.kind)).collect();
        Ok(Self { all, ..Self::default() })
    }
}

/// The session that holds exactly these documents, or earlier versions of them, else one named after them.
fn name_of(documents: &Documents, sessions: &Sessions) -> String {
    let digests: Vec<&str> = documents.all.iter().map(|(document, _)| document.sha256.as_str()).collect();
    let all: Vec<&Document> = documents.all.iter().map(|(document, _)| document).collect();
    let held = sessions.holding(&digests).or_else(|| sessions.of_earlier_versions(&all));
    held.unwrap_or_else(|| sessions.fresh_name(&all))
}

/// A session as the list shows it.
fn row(summary: Summary) -> Row {
    Row {
        name: summary.name,
        documents: summary.documents,
        notes: summary.notes,
        read: summary.read,
        used: local_day_and_time(summary.modified),
    }
}

fn local_day_and_time(time: SystemTime) -> String {
    let Ok(time) = jiff::Timestamp::try_from(time) else { return String::new() };
    time.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::document::Segmentation;
    use crate::document::encoding::named;

    /// Opens a file that a session knows in `kept`, the reader naming `now`; gives the encoding.
    #[track_caller]
    fn check(kept: Option<&str>, now: Option<&str>, expected: &str) {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("a.txt");
        // Bytes that are words in more than one encoding.
        fs::write(&path, b"\xcf\xf0\xe8\xe2\xe5\xf2 is what he said to them.").expect("it can be written");
        let opening = |name: Option<&str>| Opening {
            encoding: name.map(|name| named(name).expect("it is known")),
            segmentation: Segmentation::Auto,
        };
        let open = |name| Document::open(&path, opening(name)).expect("it is text");
        let (mut journal, loaded) =
            Journal::open(&folder.path().join("s.visavis"), "reader").expect("there is none yet");
        journal.with_documents(&loaded.session, vec![OpenedDocument::new(&open(kept), Kind::Statement)]);
        journal.begin().expect("it is written");
        drop(journal);
        let (journal, loaded) = Journal::open(&folder.path().join("s.visavis"), "reader").expect("it opens");
        let name = "s".to_owned();
        let given = Documents { all: vec![(open(now), None)], ..Documents::default() };
        let mut opened = Opened { name, documents: given, journal, loaded, desk: None };
        opened.read_as_remembered(opening(now));
        assert_eq!(opened.documents.all[0].0.encoding, expected, "given");
        opened.documents.all.clear();
        opened.add_remembered(opening(now), None).expect("the session holds one");
        assert_eq!(opened.documents.all[0].0.encoding, expected, "remembered");
        let kept = OpenedDocument::new(&opened.documents.all[0].0, Kind::Statement);
        opened.journal.with_documents(&opened.loaded.session, vec![kept]);
        opened.journal.begin().expect("it is written");
        let again = Loaded::read(&folder.path().join("s.visavis")).expect("it is there");
        assert_eq!(again.session.documents[0].text, opened.documents.all[0].0.text);
    }

    #[test]
    fn a_document_is_read_again_in_the_encoding_that_was_named() {
        check(Some("koi8-r"), None, "KOI8-R");
        check(Some("koi8-r"), Some("windows-1251"), "windows-1251");
        check(None, Some("windows-1251"), "windows-1251");
    }
}
