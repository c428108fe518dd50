//! The screen without a terminal: keys in, the frame as text out.
//!
//! Marks and links are made by hand, so that a better lexicon does not change what is tested here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use visavis::analysis::{
    Analysis, By, Cue, Evidence, Link, Marks, Relation, Scores, Signs, Status, Thresholds, Weights,
};
use visavis::attribution::Kind;
use visavis::corpus::{Corpus, Reading, SentenceId};
use visavis::document::{Document, Segmentation};
use visavis::lexicon::own::Own;
use visavis::lexicon::{CueKind, Lexicon, RuleId, Speech, abbreviations};
use visavis::library::Hit;
use visavis::session::{Act, Event as SessionEvent, EventId, OpenedDocument, Session};
use visavis::text::Span;
use visavis::tui::copy::Copied;
use visavis::tui::effect::{Effect, Event, Findings};
use visavis::tui::export::{NotWritten, Page};
use visavis::tui::key::Key;
use visavis::tui::keymap::Keymap;
use visavis::tui::model::{Model, Options};
use visavis::tui::others::{Beside, Found, document_of};
use visavis::tui::theme::Choice;
use visavis::tui::update::update;
use visavis::tui::view::view;

/// Words that count, what for, and how much.
const CUES: &[(&str, CueKind, f32)] = &[
    ("laid 40 mines", CueKind::Claim, 1.6),
    ("three times", CueKind::Claim, 1.1),
    ("since March", CueKind::Claim, 0.9),
    ("400 tonnes", CueKind::Claim, 1.4),
    ("may", CueKind::Claim, -0.6),
    ("no such mines", CueKind::Rebuttal, 2.1),
    ("groundless", CueKind::Rebuttal, 1.7),
    ("groundless", CueKind::Rhetoric, 1.2),
    ("reckless", CueKind::Rhetoric, 1.5),
    ("shameless smear", CueKind::Rhetoric, 2.0),
    ("毫无根据", CueKind::Rebuttal, 1.8),
];

/// What every sum starts from.
const BIAS: f32 = -0.8;

// Compiled once for all tests: without optimisation that takes long.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::built_in);

/// A program that is read with keys.
pub struct Screen {
    /// What it knows.
    pub model: Model,
    /// What was asked of the journal.
    pub asked: Vec<Act>,
    /// What was given to `$EDITOR`.
    pub edited: Vec<String>,
    /// What was copied.
    pub copied: Vec<String>,
    /// Weights that were to be written.
    pub reweighed: Vec<Own>,
    /// What was written to files.
    pub pages: Vec<Page>,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Why the journal takes nothing, if so.
    pub full: Option<String>,
    /// Whether the journal answers only when [`Screen::answer`] lets it.
    pub slow: bool,
    /// What a library holds against any sentence.
    pub library: Vec<Hit>,
    /// How many acts its session held at first.
    before: usize,
    /// Whether the program has ended.
    pub ended: bool,
}

impl Screen {
    /// Two or more texts before they are analysed.
    pub fn unread(texts: &[&str]) -> Self {
        Self::with(texts, Choice::Dark, None)
    }

    /// Texts with their marks and links.
    pub fn of(texts: &[&str]) -> Self {
        Self::unread(texts).analysed()
    }

    /// An article that quotes people.
    pub fn of_article(text: &str) -> Self {
        Self::of_kind(text, Kind::Article)
    }

    /// A transcript.
    pub fn of_transcript(text: &str) -> Self {
        Self::of_kind(text, Kind::Transcript)
    }

    fn of_kind(text: &str, kind: Kind) -> Self {
        let document = Document::from_bytes(
            Path::new(&format!("{}.txt", kind.name())),
            text.as_bytes(),
            Segmentation::Auto,
        );
        let reading = Reading { kind: Some(kind), ..Reading::default() };
        let documents = vec![document.expect("it is text")];
        Self::on(
            Corpus::read(documents, reading, Speech::built_in(), abbreviations::abbreviations()),
            Choice::Dark,
            None,
        )
        .analysed()
    }

    /// Texts with their marks and links, without colours.
    pub fn plain(texts: &[&str]) -> Self {
        Self::with(texts, Choice::Plain, None).analysed()
    }

    /// Texts with their marks and links, in this theme.
    pub fn in_theme(texts: &[&str], theme: Choice) -> Self {
        Self::with(texts, theme, None).analysed()
    }

    /// Whether the columns are painted, not a list over them.
    pub fn shows_columns(&self) -> bool {
        use visavis::tui::mode::Mode;
        !matches!(
            self.model.mode,
            Mode::Help(_)
                | Mode::Notes(_)
                | Mode::Ledger(_)
                | Mode::Palette(_)
                | Mode::Sources(_)
                | Mode::Source(_)
                | Mode::Outline(_)
                | Mode::Rejected(_)
                | Mode::Agreement(_)
                | Mode::Profile(_)
                | Mode::Others(_)
        )
    }

    /// A session that another window has open.
    pub fn read_only(texts: &[&str]) -> Self {
        Self::with(texts, Choice::Dark, Some("open in another window".to_owned())).analysed()
    }

    /// The demonstration, as it is analysed.
    pub fn demonstration() -> Self {
        let documents = visavis::demo::documents(1, Segmentation::Auto).expect("it is built in");
        let corpus =
            Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations::abbreviations());
        let (lexicon, weights) = (LEXICON.clone(), Weights::built_in());
        let analysis = visavis::analysis::analyze(&corpus, &lexicon, &weights, 1);
        let mut screen = Self::on(corpus, Choice::Dark, None);
        let corpus = Arc::clone(&screen.model.corpus);
        screen.tell(Event::Analyzed(Box::new(Findings::new(corpus, analysis, lexicon, weights))));
        screen
    }

    fn with(texts: &[&str], theme: Choice, read_only: Option<String>) -> Self {
        Self::on(corpus(texts), theme, read_only)
    }

    fn on(corpus: Corpus, theme: Choice, read_only: Option<String>) -> Self {
        Self::in_session(corpus, theme, read_only, Session::default())
    }

    /// What was done here, opened again with these texts, their marks and links.
    pub fn reopened(&self, texts: &[&str]) -> Self {
        let opened = self.model.corpus.documents.iter().zip(&self.model.corpus.kinds);
        let opened = opened.map(|(document, kind)| Act::Opened(OpenedDocument::new(document, *kind)));
        let acts =
            opened.map(|act| (0, act)).chain(self.asked.iter().cloned().zip(1..).map(|(act, n)| (n, act)));
        let event = |(number, act)| SessionEvent {
            id: EventId(format!("{number:012x}-00000000")),
            time: String::new(),
            author: String::new(),
            act,
        };
        let events: Vec<SessionEvent> = acts.map(event).collect();
        let screen = Self::in_session(corpus(texts), Choice::Dark, None, Session::fold(&events));
        Self { before: self.asked.len(), ..screen }.analysed()
    }

    fn in_session(corpus: Corpus, theme: Choice, read_only: Option<String>, session: Session) -> Self {
        let options = Options {
            keymap: Keymap::built_in(),
            theme,
            own_themes: Vec::new(),
            mouse: true,
            read_only,
            name: "strait".to_owned(),
            notices: Vec::new(),
            size: (120, 40),
        };
        let model = Model::new(Arc::new(corpus), session, options);
        Self {
            model,
            asked: Vec::new(),
            edited: Vec::new(),
            copied: Vec::new(),
            reweighed: Vec::new(),
            pages: Vec::new(),
            mouse: true,
            full: None,
            slow: false,
            library: Vec::new(),
            before: 0,
            ended: false,
        }
    }

    /// Lets the marks and links arrive.
    pub fn analysed(mut self) -> Self {
        let corpus = Arc::clone(&self.model.corpus);
        self.analyse(corpus);
        self
    }

    /// Lets the marks and links of `corpus` arrive.
    pub fn analyse(&mut self, corpus: Arc<Corpus>) {
        let analysis = analysis(&corpus);
        let thresholds = Thresholds { claim: 0.5, rebuttal: 0.5, rhetoric: 0.5, link: 0.45 };
        let weights = Weights::new([BIAS; 3], thresholds);
        let findings = Findings::new(corpus, analysis, LEXICON.clone(), weights);
        self.tell(Event::Analyzed(Box::new(findings)));
    }

    /// Lets no marks arrive, and these links: answer, what it answers, score.
    pub fn linked(mut self, links: &[(SentenceId, SentenceId, f32)]) -> Self {
        let links = links.iter().map(|(from, to, score)| Link {
            from: *from,
            to: *to,
            relation: Relation::Rebuts,
            score: *score,
            status: Status::Suggested,
            by: By::Program,
            evidence: Vec::new(),
            signs: Signs::default(),
        });
        let analysis = Analysis {
            marks: vec![Marks::default(); self.model.corpus.sentences.len()],
            links: links.collect(),
            ..Analysis::default()
        };
        let corpus = Arc::clone(&self.model.corpus);
        let findings = Findings::new(corpus, analysis, LEXICON.clone(), Weights::default());
        self.tell(Event::Analyzed(Box::new(findings)));
        self
    }

    /// Gives the terminal another size.
    pub fn size(mut self, width: u16, height: u16) -> Self {
        self.tell(Event::Input(Input::Resize(width, height)));
        self
    }

    /// Presses keys, parted by blanks; `text:some_words` types words.
    pub fn press(mut self, keys: &str) -> Self {
        for name in keys.split(' ').filter(|name| !name.is_empty()) {
            match name.strip_prefix("text:") {
                Some(words) => {
                    for c in words.replace('_', " ").chars() {
                        self.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
                    }
                }
                None => self.key(event(Key::named(name).unwrap_or_else(|| panic!("no key {name}")))),
            }
        }
        self
    }

    /// Lets the journal take nothing, or take again.
    pub fn full(mut self, reason: Option<&str>) -> Self {
        self.full = reason.map(str::to_owned);
        self
    }

    /// Lets the journal answer what it was asked last.
    pub fn answer(mut self) -> Self {
        self.slow = false;
        let act = self.asked.last().cloned().expect("something was asked");
        let answer = self.append(act);
        self.tell(Event::Saved(answer));
        self
    }

    pub fn key(&mut self, event: KeyEvent) {
        self.tell(Event::Input(Input::Key(event)));
    }

    /// Tells the model, and answers what it asks.
    pub fn tell(&mut self, event: Event) {
        for effect in update(&mut self.model, event) {
            match effect {
                Effect::Append(act) => {
                    self.asked.push(act.clone());
                    if !self.slow {
                        let answer = self.append(act);
                        self.tell(Event::Saved(answer));
                    }
                }
                Effect::Edit(text) => self.edited.push(text),
                Effect::Copy(text) => {
                    let count = text.chars().count();
                    self.copied.push(text);
                    self.tell(Event::Copied(Ok(Copied::ToTerminal(count))));
                }
                Effect::Reweigh(own) => self.reweighed.push(own),
                Effect::Export(page) => {
                    let taken = !page.replace && self.pages.iter().any(|old| old.name == page.name);
                    let answer = if taken { Err(NotWritten::Taken) } else { Ok(PathBuf::from(&page.name)) };
                    let name = page.name.clone();
                    if !taken {
                        self.pages.push(page);
                    }
                    self.tell(Event::Exported { name, answer });
                }
                Effect::Complete(typed) => {
                    let found = ["notes.csv", "notes.md", "other.md"];
                    let found =
                        found.iter().filter(|name| name.starts_with(&typed)).map(|name| (*name).to_owned());
                    let found = found.collect();
                    self.tell(Event::Completed { typed, found });
                }
                Effect::Mouse(on) => self.mouse = on,
                Effect::Quit => self.ended = true,
                Effect::Analyze => self.analyse(Arc::clone(&self.model.corpus)),
                Effect::Find(text) => {
                    let hits = self.library.clone();
                    self.tell(Event::Found(Ok(Found { text, hits, notices: Vec::new() })));
                }
                Effect::Beside(hit) => {
                    let document = document_of(&hit).expect("it can be opened");
                    let text = hit.entry.text;
                    self.tell(Event::Opened(Ok(Box::new(Beside { document, text }))));
                }
                Effect::Suspend => (),
            }
        }
    }

    fn append(&self, act: Act) -> Result<Box<(SessionEvent, String)>, String> {
        if let Some(reason) = &self.full {
            return Err(reason.clone());
        }
        let id = EventId(format!("{:012x}-00000000", self.before + self.asked.len()));
        let time = "2026-01-01T19:06:41Z".to_owned();
        let event = SessionEvent { id, time, author: "reader".to_owned(), act };
        Ok(Box::new((event, "19:06:41".to_owned())))
    }

    /// The words on the screen, row by row.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        (0..buffer.area.height).map(|y| row(&buffer, y, |cell| cell.symbol().to_owned()) + "\n").collect()
    }

    /// The last row.
    pub fn status(&self) -> String {
        let text = self.text();
        let rows: Vec<&str> = text.lines().collect();
        let first = rows.len().saturating_sub(usize::from(self.model.areas.status.height.max(1)));
        rows[first..].iter().map(|row| row.trim()).collect::<Vec<_>>().join("\n")
    }

    /// The words, and below each row a letter for the style of each cell, with a legend.
    pub fn frame(&self) -> String {
        let buffer = self.buffer();
        let mut styles = Styles::default();
        let mut page = String::new();
        for y in 0..buffer.area.height {
            let _ = writeln!(page, "{}", row(&buffer, y, |cell| cell.symbol().to_owned()));
            let letters = row(&buffer, y, |cell| styles.letters(cell));
            if !letters.is_empty() {
                let _ = writeln!(page, "{letters}");
            }
        }
        page.push('\n');
        for (style, letter) in styles.legend(&self.model) {
            let _ = writeln!(page, "{letter} {style}");
        }
        page
    }

    pub fn buffer(&self) -> Buffer {
        let (width, height) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test has no terminal");
        terminal.draw(|frame| view(&self.model, frame)).expect("it is painted in memory");
        terminal.backend().buffer().clone()
    }
}

impl Screen {
    /// Every cell that can be seen: not those behind a wide character.
    pub fn cells(&self) -> Vec<Cell> {
        let buffer = self.buffer();
        let mut seen = Vec::new();
        for y in 0..buffer.area.height {
            let mut x = 0;
            while x < buffer.area.width {
                let cell = &buffer[(x, y)];
                x += visavis::tui::wrap::width(cell.symbol()).max(1) as u16;
                seen.push(cell.clone());
            }
        }
        seen
    }
}

/// One row, without blanks at its end; cells behind a wide character are left out.
fn row(buffer: &Buffer, y: u16, mut told: impl FnMut(&Cell) -> String) -> String {
    let mut words = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        words.push_str(&told(cell));
        x += visavis::tui::wrap::width(cell.symbol()).max(1) as u16;
    }
    words.trim_end().to_owned()
}

/// A letter for each style, in the order of appearance.
#[derive(Default)]
struct Styles {
    seen: Vec<ratatui::style::Style>,
}

impl Styles {
    fn letters(&mut self, cell: &Cell) -> String {
        let width = visavis::tui::wrap::width(cell.symbol()).max(1);
        let style = cell.style();
        if style == Cell::default().style() || cell.symbol() == " " && is_unseen(cell) {
            return " ".repeat(width);
        }
        let place = self.seen.iter().position(|seen| *seen == style).unwrap_or_else(|| {
            self.seen.push(style);
            self.seen.len() - 1
        });
        char::from(b'a' + (place % 26) as u8).to_string().repeat(width)
    }

    /// Every style with its roles, or with what it is made of where it is a mixture.
    fn legend(&self, model: &Model) -> Vec<(String, char)> {
        let mut roles: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, style) in model.theme.roles() {
            let mut cell = Cell::default();
            cell.set_style(style);
            roles.entry(format!("{:?}", cell.style())).or_default().push(name);
        }
        let mixture = |style: &ratatui::style::Style| {
            let colour = style.fg.map_or(String::new(), |colour| colour.to_string());
            format!("{colour} {:?}", style.add_modifier)
        };
        let told = |style: &ratatui::style::Style| {
            roles.get(&format!("{style:?}")).map_or_else(|| mixture(style), |names| names.join(", "))
        };
        self.seen
            .iter()
            .enumerate()
            .map(|(place, style)| (told(style), char::from(b'a' + (place % 26) as u8)))
            .collect()
    }
}

fn is_unseen(cell: &Cell) -> bool {
    !cell.modifier.intersects(ratatui::style::Modifier::REVERSED | ratatui::style::Modifier::UNDERLINED)
        && cell.bg == Cell::default().bg
}

/// What a terminal sends for a key.
pub fn event(key: Key) -> KeyEvent {
    let mut modifiers = KeyModifiers::NONE;
    if key.ctrl {
        modifiers |= KeyModifiers::CONTROL;
    }
    if key.alt {
        modifiers |= KeyModifiers::ALT;
    }
    KeyEvent::new(key.code, modifiers)
}

fn corpus(texts: &[&str]) -> Corpus {
    let documents = texts.iter().enumerate().map(|(number, text)| {
        let path = format!("text{}.md", number + 1);
        Document::from_bytes(Path::new(&path), text.as_bytes(), Segmentation::Auto).expect("it is text")
    });
    let reading = Reading { kind: Some(Kind::Statement), ..Reading::default() };
    Corpus::read(documents.collect(), reading, Speech::built_in(), abbreviations::abbreviations())
}

/// Marks where the words of [`CUES`] stand; a link where two statements share “mines” or “tonnes”.
fn analysis(corpus: &Corpus) -> Analysis {
    let ids = || (0..corpus.sentences.len() as u32).map(SentenceId);
    let marks: Vec<Marks> = ids().map(|id| marks(corpus, id)).collect();
    let mut links = Vec::new();
    for from in ids() {
        for to in ids() {
            links.extend(link(corpus, from, to));
        }
    }
    let versions = visavis::analysis::versions::find(corpus);
    Analysis { marks, links, versions, ..Analysis::default() }
}

fn marks(corpus: &Corpus, id: SentenceId) -> Marks {
    let sentence = corpus.sentence(id);
    let text = corpus.text(id);
    let mut marks = Marks::default();
    let mut sums = [BIAS; 3];
    for (words, kind, weight) in CUES {
        for (at, found) in text.match_indices(words) {
            let start = sentence.span.start + at;
            let span = Span::new(start, start + found.len());
            marks.cues.push(Cue {
                rule: RuleId(u16::MAX),
                kind: *kind,
                span,
                weight: *weight,
                background: false,
            });
            sums[*kind as usize] += weight;
        }
    }
    let score = |sum: f32| 1.0 / (1.0 + (-sum).exp());
    let [claim, rebuttal, rhetoric] = sums.map(score);
    marks.scores = Scores { claim, rebuttal, rhetoric };
    marks
}

fn link(corpus: &Corpus, from: SentenceId, to: SentenceId) -> Option<Link> {
    let (a, b) = (corpus.sentence(from), corpus.sentence(to));
    if a.statement <= b.statement {
        return None;
    }
    let (text_a, text_b) = (corpus.text(from), corpus.text(to));
    let (word, score) = [("mines", 0.61), ("tonnes", 0.52), ("convoys", 0.21)]
        .into_iter()
        .find(|(word, _)| text_a.contains(word) && text_b.contains(word))?;
    let evidence = [(text_a, a, true), (text_b, b, false)].map(|(text, sentence, in_answer)| {
        let start = sentence.span.start + text.find(word).unwrap_or_default();
        Evidence { in_answer, span: Span::new(start, start + word.len()), why: "shared".to_owned() }
    });
    let status = if score >= 0.45 { Status::Suggested } else { Status::Candidate };
    Some(Link {
        from,
        to,
        relation: Relation::Rebuts,
        score,
        status,
        by: By::Program,
        evidence: evidence.to_vec(),
        signs: Signs::default(),
    })
}
