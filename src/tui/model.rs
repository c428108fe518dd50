//! Everything the screen depends on.
//!
//! Only `update` changes a model and only `view` shows it. A panel that is open is a [`Mode`].

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use crossterm::event::KeyEvent;

use super::effect::Findings;
use super::filter::{self, Shown};
use super::jumps::Jumps;
use super::kept::Lists;
use super::key::Key;
use super::keymap::{Keymap, Scope};
use super::layout::{self, Areas, Wanted};
use super::links::Links;
use super::margin::Annotations;
use super::mode::Mode;
use super::page::Sheet;
use super::saving::Saving;
use super::search::Search;
use super::stepping::Scored;
use super::strip::Strip;
use super::theme::{Choice, Theme};
use super::{status, themes, weigh, who_said};
use crate::analysis::Analysis;
use crate::corpus::{Corpus, SentenceId, StatementId};
use crate::lexicon::CueKind;
use crate::session::{Session, Verdict};

/// What the program needs to know beside the texts and the session.
#[derive(Debug)]
pub struct Options {
    /// The keys.
    pub keymap: Keymap,
    /// The colours.
    pub theme: Choice,
    /// Themes of the reader's own.
    pub own_themes: Vec<Choice>,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
    /// The name of the session.
    pub name: String,
    /// What happened while all was opened, one line each.
    pub notices: Vec<String>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
}

/// Everything the screen depends on.
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own of the screen")]
#[derive(Debug)]
pub struct Model {
    /// What is read.
    pub corpus: Arc<Corpus>,
    /// Marks and links as they were found, whatever the reader decided.
    pub found: Option<Box<Analysis>>,
    /// Marks and links, once they are found, the reader's decisions laid over them.
    pub findings: Option<Box<Findings>>,
    /// The links by sentence.
    pub links: Links,
    /// How many sentences are marked as each of [`CueKind::ALL`].
    pub counts: [usize; 3],
    /// Notes, verdicts and read marks, as the journal has them.
    pub session: Session,
    /// Where these stand.
    pub annotations: Annotations,
    /// Acts on their way to the journal, and those that did not get there.
    pub saving: Saving,
    /// See [`Options::read_only`].
    pub read_only: Option<String>,
    /// See [`Options::name`].
    pub name: String,
    /// See [`Options::notices`].
    pub notices: Vec<String>,
    /// Whether a library is named in which sentences can be looked up.
    pub has_library: bool,
    /// See [`Options::keymap`].
    pub keymap: Keymap,
    /// The theme wanted.
    pub choice: Choice,
    /// The theme in use.
    pub theme: Theme,
    /// See [`Options::own_themes`].
    pub own_themes: Vec<Choice>,
    /// Whether the terminal has told that its background is light.
    pub light: Option<bool>,
    /// Whether clicks and the wheel are ours; else the terminal selects with them.
    pub mouse: bool,
    /// Which marks are shown.
    pub layers: Layers,
    /// Which sentences are shown.
    pub shown: Shown,
    /// How the columns scroll where they stand side by side.
    pub scrolling: Scrolling,
    /// Whether a question stands above the answer it got.
    pub questions: bool,
    /// Each statement's place, by [`StatementId`].
    pub columns: Vec<Column>,
    /// The sentence gone to for the sake of another, and that one, which is to stand beside it.
    pub facing: Option<(SentenceId, SentenceId)>,
    /// Statements with text that are shown, from left to right.
    pub order: Vec<StatementId>,
    /// Statements that the reader has hidden.
    pub hidden: BTreeSet<StatementId>,
    /// The first visible one of `order`.
    pub first: usize,
    /// The one of `order` that keys go to.
    pub focus: usize,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The parts of the screen.
    pub areas: Areas,
    /// What stands in the panes, one for each.
    pub sheets: Vec<Sheet>,
    /// The map at the edge of each pane.
    pub strips: Vec<Strip>,
    /// Grows when marks, links, notes, layers or rows change, so that the maps are drawn anew.
    pub changes: u64,
    /// The panel that is open.
    pub mode: Mode,
    /// Keys that begin a longer binding.
    pub pressed: Vec<Key>,
    /// The count typed before a key.
    pub count: Option<usize>,
    /// Where jumps came from.
    pub jumps: Jumps,
    /// The search whose hits are painted.
    pub search: Option<Search>,
    /// What was searched for, the last one last.
    pub searched: Vec<String>,
    /// The note that the reader went to last: its place in the session's notes.
    pub at_note: Option<usize>,
    /// The suggestion that was gone to by its score, and the score.
    pub stepped: Option<Scored>,
    /// The sentence that is marked as one end of a link.
    pub marked: Option<SentenceId>,
    /// Where the mouse was pressed: a statement and a byte of its text.
    pub pressed_at: Option<(StatementId, usize)>,
    /// The verdict given last.
    pub last_verdict: Option<Verdict>,
    /// What the last key did.
    pub message: Option<Message>,
    /// Where the text stood before a panel took its room, and for which sentence.
    pub before_panel: Option<(SentenceId, Vec<isize>)>,
    /// Whether a key was pressed.
    pub touched: bool,
    /// Long lists made from all this.
    pub lists: Lists,
}

/// Which marks are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    /// One for each of [`CueKind::ALL`].
    pub shown: [bool; 3],
}

impl Layers {
    /// Whether a kind is shown.
    pub fn shows(self, kind: CueKind) -> bool {
        self.shown[kind as usize]
    }
}

/// A statement's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The number of the sentence it stands on.
    pub cursor: usize,
    /// The row at the top of its pane; negative where blank rows stand above the text.
    pub scroll: isize,
}

/// How columns that stand side by side scroll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scrolling {
    /// Together, linked sentences on the same row.
    Level,
    /// Together, row by row.
    Together,
    /// Each for itself.
    Alone,
}

impl Scrolling {
    /// What the alignment key changes it to, and how that is told.
    pub fn next(self) -> (Self, &'static str) {
        match self {
            Self::Level => (Self::Together, "the columns scroll together, row by row"),
            Self::Together => (Self::Alone, "each column scrolls alone"),
            Self::Alone => (Self::Level, "linked sentences are level"),
        }
    }
}

/// One line about what was done, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Clean text.
    pub text: String,
    /// Whether something was not done.
    pub warning: bool,
}

impl Model {
    /// The screen on `corpus` with what `session` holds of it.
    pub fn new(corpus: Arc<Corpus>, session: Session, options: Options) -> Self {
        let order = order(&corpus);
        let annotations = Annotations::of(&corpus, &session);
        let session_filter = session.filter.clone();
        let layers = super::resume::layers(&session);
        let mut notices = options.notices;
        let stopped = super::resume::recovered(&session).filter(|_| options.read_only.is_none());
        notices.splice(0..0, stopped);
        let mut model = Self {
            columns: vec![Column::default(); corpus.statements.len()],
            found: None,
            findings: None,
            links: Links::default(),
            counts: [0; 3],
            session,
            annotations,
            shown: Shown::new(session_filter),
            saving: Saving::default(),
            read_only: options.read_only,
            name: options.name,
            message: first_of(&notices),
            notices,
            has_library: false,
            keymap: options.keymap,
            theme: options.theme.theme(None),
            choice: options.theme,
            own_themes: options.own_themes,
            light: None,
            mouse: options.mouse,
            layers,
            scrolling: Scrolling::Level,
            facing: None,
            questions: true,
            order,
            hidden: BTreeSet::new(),
            corpus,
            first: 0,
            focus: 0,
            size: options.size,
            areas: Areas::default(),
            sheets: Vec::new(),
            strips: Vec::new(),
            changes: 0,
            mode: Mode::Browse,
            pressed: Vec::new(),
            count: None,
            jumps: Jumps::default(),
            search: None,
            searched: Vec::new(),
            at_note: None,
            stepped: None,
            marked: None,
            pressed_at: None,
            last_verdict: None,
            before_panel: None,
            touched: false,
            lists: Lists::default(),
        };
        super::arrange::arrange(&mut model);
        super::resume::resume(&mut model);
        model
    }

    /// Marks and links, once they are found.
    pub fn analysis(&self) -> Option<&Analysis> {
        self.findings.as_deref().map(|findings| &findings.analysis)
    }

    /// The statement in focus.
    pub fn statement(&self) -> Option<StatementId> {
        self.order.get(self.focus).copied()
    }

    /// The sentence in focus.
    pub fn sentence(&self) -> Option<SentenceId> {
        self.cursor_of(self.statement()?)
    }

    /// The sentence a statement's column stands on.
    pub fn cursor_of(&self, statement: StatementId) -> Option<SentenceId> {
        let cursor = self.columns[statement.0 as usize].cursor;
        self.corpus.sentences_of(statement).nth(cursor).filter(|id| self.shown.shows(*id))
    }

    /// The pane in focus: its place on the screen.
    pub fn pane(&self) -> usize {
        self.focus.saturating_sub(self.first)
    }

    /// The place on the screen of a statement's pane, if it is visible.
    pub fn pane_of(&self, statement: StatementId) -> Option<usize> {
        self.sheets.iter().position(|sheet| sheet.statement == statement)
    }

    /// Whether linked sentences are level now.
    pub fn is_level(&self) -> bool {
        self.scrolling_now() == Scrolling::Level
    }

    /// How the columns scroll now: each alone where they are stacked.
    pub fn scrolling_now(&self) -> Scrolling {
        if self.areas.stacked { Scrolling::Alone } else { self.scrolling }
    }

    /// Whether keys, or what the palette gives, go to the columns.
    pub fn mode_is_browse(&self) -> bool {
        matches!(self.mode, Mode::Browse | Mode::Palette(_))
    }

    /// The table of keys in force.
    pub fn scope(&self) -> Scope {
        self.mode.scope()
    }

    /// Says what was done.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), warning: false });
    }

    /// Says why something was not done.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), warning: true });
    }

    /// The rectangles for the size and the open panel.
    pub fn areas_now(&self) -> Areas {
        let most = self.order.iter().map(|id| self.corpus.sentences_of(*id).len()).max().unwrap_or(0);
        let (width, height) = self.size;
        layout::areas(Wanted {
            width,
            height,
            statements: self.order.len(),
            digits: most.to_string().len().max(2) as u16,
            panel: self.panel_rows(),
            status: status::rows(self),
        })
    }

    /// Rows that the panel below the text would like.
    fn panel_rows(&self) -> u16 {
        let height = self.size.1;
        let small = match height {
            0..12 => 0,
            12..18 => 3,
            18..30 => 5,
            _ => 6,
        };
        match &self.mode {
            Mode::Inspect(_) => (height / 2).max(small),
            Mode::Weigh(_) => weigh::ROWS.max(small),
            Mode::Filters(_) => (filter::Line::ALL.len() as u16 + 1).max(small),
            Mode::Themes(_) => themes::rows(self).min(height / 2).max(small),
            Mode::Note(note) => note.rows(self.size).max(small),
            Mode::Links(edit) => edit.rows(self).max(small),
            Mode::WhoSaid(list) => who_said::rows(self, list).max(small),
            Mode::Question(question) => question.note().map_or(small, |note| note.rows(self.size).max(small)),
            _ => small,
        }
    }

    /// Keys typed while a note was on its way to the journal.
    pub(super) fn take_held(&mut self) -> Vec<KeyEvent> {
        match &mut self.mode {
            Mode::Note(note) => std::mem::take(&mut note.held),
            _ => Vec::new(),
        }
    }
}

/// The notice to begin with, and that there are more.
fn first_of(notices: &[String]) -> Option<Message> {
    let (first, others) = notices.split_first()?;
    let more =
        if others.is_empty() { String::new() } else { format!(" (and {} more in the help)", others.len()) };
    Some(Message { text: format!("{first}{more}"), warning: true })
}

/// Statements with text: first the two with the most sentences, in the order they stand in, then the
/// others in that order, and last those that mostly ask.
fn order(corpus: &Corpus) -> Vec<StatementId> {
    let mut order: Vec<StatementId> = corpus.spoken_ids().collect();
    let mut longest = order.clone();
    let askers = corpus.askers();
    longest.sort_by_key(|id| (askers.contains(id), Reverse(corpus.sentences_of(*id).len())));
    longest.truncate(2);
    order.sort_by_key(|id| (!longest.contains(id), askers.contains(id)));
    order
}
