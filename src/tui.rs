//! Layer 11: the interactive program: the loop between terminal, model and outside world.
//!
//! ```text
//! input thread ──┐                                   ┌─► journal thread ─► Event::Saved
//! signal thread ─┼─► messages ─► update ─► effects ──┤
//! worker ────────┘                  │                └─► $EDITOR, stop, leave
//! (marks and links)               view ─► frame
//! ```
//! The main thread owns the model and the terminal and blocks on the one channel: an idle program
//! uses no processor. The text is painted before the worker starts.

pub mod action;
pub mod align;
pub mod arrange;
pub mod blind;
pub mod bulk;
pub mod column;
pub mod copy;
pub mod effect;
pub mod export;
pub mod fidelity;
pub mod filter;
pub mod help;
pub mod input;
pub mod inspector;
pub mod judge;
pub mod jumps;
pub mod kept;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod ledger;
pub mod level;
pub mod line_edit;
pub mod link_edit;
pub mod links;
pub mod margin;
pub mod mode;
pub mod model;
pub mod motion;
pub mod mouse;
pub mod note_edit;
pub mod notes;
pub mod opening;
pub mod others;
pub mod outline;
pub mod page;
pub mod paint;
pub mod palette;
pub mod panel;
pub mod profile;
mod program;
pub mod question;
pub mod refusal;
pub mod reject;
pub mod rejected;
pub mod reread;
pub mod resume;
pub mod saving;
pub mod search;
pub mod selection;
pub mod sessions;
pub mod signals;
pub mod source;
pub mod sources;
pub mod status;
pub mod stepping;
pub mod strip;
pub mod terminal;
pub mod theme;
pub mod themes;
pub mod top;
pub mod triage;
pub mod update;
pub mod versions;
pub mod view;
pub mod weigh;
pub mod who_said;
pub mod wrap;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use crossterm::event::Event as Input;

use crate::corpus::Corpus;
use crate::lexicon::own::Own;
use crate::session::Journal;
use effect::{Event, Findings};
use input::Reader;
use model::Model;
use opening::OpeningModel;
use others::Found;
use program::Program;
use sessions::{Chosen, SessionsModel};
use signals::Signal;
use terminal::Screen;

/// What reaches the main thread.
#[derive(Debug)]
pub enum Message {
    /// For the model.
    Event(Event),
    /// For the loop.
    Signal(Signal),
    /// What is being read has come further: to be painted again.
    Further,
}

/// Finds marks and links.
pub type Analyze = Arc<dyn Fn(Arc<Corpus>) -> Findings + Send + Sync>;

/// Writes a weight into the reader's own lexicon; gives the file, or says why not.
pub type Reweigh = Box<dyn Fn(&Own) -> Result<PathBuf, String>>;

/// What the program needs beside its model.
pub struct Outside {
    /// Where acts are appended.
    pub journal: Journal,
    /// Run beside the reading.
    pub analyze: Analyze,
    /// Writes a weight of the reader's own into their lexicon.
    pub reweigh: Reweigh,
    /// The command of the reader's editor.
    pub editor: Option<OsString>,
    /// Why the terminal takes nothing to a clipboard, if it is known not to.
    pub no_clipboard: Option<&'static str>,
    /// Where a copy goes then.
    pub copies: PathBuf,
    /// The reader's home, which `~/` stands for.
    pub home: Option<PathBuf>,
    /// Finds a sentence in the reader's library, if one is named.
    pub find: Option<Find>,
}

/// Looks a sentence up in a library, or says why it cannot.
pub type Find = Box<dyn FnMut(String) -> Result<Found, String> + Send>;

/// The terminal, taken: screen, keys and signals.
pub struct Desk {
    screen: Screen,
    /// None while another program has the keys, and before the first frame.
    reader: Option<Reader>,
    messages: Sender<Message>,
    inbox: Receiver<Message>,
    /// Whether the terminal is still to be asked for its background.
    ask_background: bool,
}

impl Desk {
    /// Takes the terminal, with `mouse` if clicks and the wheel are wanted.
    ///
    /// # Errors
    /// If there is no terminal, or signals cannot be watched.
    pub fn take(mouse: bool, ask_background: bool) -> io::Result<Self> {
        terminal::end_on_panic();
        let (messages, inbox) = mpsc::channel();
        signals::watch(messages.clone())?;
        let screen = Screen::take(mouse)?;
        Ok(Self { screen, reader: None, messages, inbox, ask_background })
    }

    /// Columns and rows of the screen.
    pub fn size(&self) -> (u16, u16) {
        self.screen.size()
    }

    /// Begins to read keys, once the first frame is there.
    fn listen(&mut self) -> io::Result<()> {
        if self.reader.is_none() {
            self.reader = Some(Reader::start(self.messages.clone())?);
        }
        if std::mem::take(&mut self.ask_background) {
            self.screen.send(terminal::ASK_BACKGROUND)?;
        }
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        terminal::give_back();
        signals::stop()?;
        self.screen.retake()
    }

    /// Does what a signal asks of the terminal; gives what it asks of the model.
    fn heed(&mut self, signal: Signal) -> io::Result<Option<Event>> {
        Ok(match signal {
            Signal::Resized => {
                let (columns, rows) = self.screen.resize()?;
                Some(Event::Input(Input::Resize(columns, rows)))
            }
            Signal::Stop => {
                self.suspend()?;
                None
            }
            Signal::Continued => {
                self.screen.retake()?;
                None
            }
            Signal::Terminate | Signal::HangUp | Signal::Interrupt => Some(Event::Terminate),
        })
    }

    /// Waits for what happens next; none if it asks for no more than to be painted.
    fn next(&mut self) -> io::Result<Option<Event>> {
        self.listen()?;
        match self.inbox.recv() {
            Ok(Message::Event(event)) => Ok(Some(event)),
            Ok(Message::Signal(signal)) => self.heed(signal),
            Ok(Message::Further) => Ok(None),
            Err(_) => Ok(Some(Event::Terminate)),
        }
    }

    /// Shows a list of sessions and lets the reader choose.
    ///
    /// # Errors
    /// If the terminal cannot be painted or read.
    pub fn choose(&mut self, mut model: SessionsModel) -> io::Result<Chosen> {
        loop {
            self.screen.paint(|frame| sessions::view(&model, frame))?;
            match self.next()? {
                Some(Event::Input(input)) => match sessions::update(&mut model, &input) {
                    Some(Chosen::Suspend) => self.suspend()?,
                    Some(chosen) => return Ok(chosen),
                    None => {}
                },
                Some(Event::Background { light }) => model.background(light),
                Some(Event::Terminate) => return Ok(Chosen::Quit),
                _ => {}
            }
        }
    }

    /// What paints the screen anew when it is called, from any thread; false once nothing is painted.
    pub fn waker(&self) -> impl Fn() -> bool + Send + 'static {
        let messages = self.messages.clone();
        move || messages.send(Message::Further).is_ok()
    }

    /// Shows which file is being read, until all are; gives false if the program is to end.
    ///
    /// # Errors
    /// If the terminal cannot be painted or read.
    pub fn wait_for(&mut self, mut model: OpeningModel) -> io::Result<bool> {
        loop {
            self.screen.paint(|frame| opening::view(&model, frame))?;
            if model.waited_for().is_none() {
                return Ok(true);
            }
            match self.next()? {
                Some(Event::Input(input))
                    if opening::update(&model, &input) == Some(opening::Wish::Suspend) =>
                {
                    self.suspend()?;
                }
                Some(Event::Background { light }) => model.background(light),
                Some(Event::Terminate) => {
                    model.cancel();
                    return Ok(false);
                }
                _ => {}
            }
        }
    }

    /// Shows `model` and lets the reader work until they leave.
    ///
    /// # Errors
    /// If the terminal cannot be painted at first, or a thread cannot be started. What is lost with
    /// the terminal later is no error: drafts are kept and the program ends.
    pub fn read(mut self, model: Model, outside: Outside) -> io::Result<()> {
        self.screen.paint(|frame| view::view(&model, frame))?;
        self.listen()?;
        Program::start(self, model, outside)?.run()
    }
}
