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
use std::thread;

use crossterm::event::Event as Input;

use crate::corpus::Corpus;
use crate::lexicon::own::Own;
use crate::library::Hit;
use crate::session::Journal;
use copy::Copied;
use effect::{Effect, Event, Findings, Journaling};
use input::Reader;
use model::Model;
use opening::OpeningModel;
use others::{Beside, Found};
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

/// Whether the loop goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Go,
    Leave,
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
        let Outside { journal, analyze, reweigh, editor, no_clipboard, copies, home, find } = outside;
        let journal = Journaling::start(journal, self.messages.clone())?;
        let program = Program {
            desk: self,
            journal,
            model,
            analyze,
            reweigh,
            editor,
            no_clipboard,
            copies,
            home,
            find,
            lookups: None,
            ended_by: None,
        };
        program.analyze()?;
        program.run()
    }
}

/// The reading, under way.
struct Program {
    desk: Desk,
    journal: Journaling,
    model: Model,
    analyze: Analyze,
    reweigh: Reweigh,
    editor: Option<OsString>,
    no_clipboard: Option<&'static str>,
    copies: PathBuf,
    home: Option<PathBuf>,
    /// See [`Outside::find`]; taken when it is first asked.
    find: Option<Find>,
    /// Sentences for the library's thread, once there is one.
    lookups: Option<Sender<String>>,
    /// The signal that asked the program to end.
    ended_by: Option<Signal>,
}

impl Program {
    fn run(mut self) -> io::Result<()> {
        // What has come meanwhile is taken before the next frame: a paste or a storm of sizes costs
        // one frame.
        const AT_ONCE: usize = 256;
        while let Ok(first) = self.desk.inbox.recv() {
            let (mut next, mut taken) = (Some(first), 0);
            while let Some(message) = next {
                if self.take(message)? == Next::Leave {
                    let ended_by = self.ended_by;
                    drop(self);
                    return ended_by.map_or(Ok(()), Signal::die);
                }
                taken += 1;
                // What is left stays in the inbox, so that all comes in the order it was sent.
                next = if taken < AT_ONCE { self.desk.inbox.try_recv().ok() } else { None };
            }
            let model = &self.model;
            if self.desk.screen.paint(|frame| view::view(model, frame)).is_err() {
                // The terminal has gone; so has the reader.
                self.tell(Message::Event(Event::Terminate));
            }
        }
        Ok(())
    }

    fn tell(&self, message: Message) {
        self.desk.messages.send(message).expect("the inbox lives as long as the program");
    }

    fn take(&mut self, message: Message) -> io::Result<Next> {
        let event = match message {
            Message::Event(event) => event,
            Message::Further => return Ok(Next::Go),
            Message::Signal(signal) => {
                let Some(event) = self.desk.heed(signal)? else { return Ok(Next::Go) };
                if matches!(event, Event::Terminate) {
                    self.ended_by = Some(signal);
                }
                event
            }
        };
        for effect in update::update(&mut self.model, event) {
            if self.run_effect(effect)? == Next::Leave {
                return Ok(Next::Leave);
            }
        }
        Ok(Next::Go)
    }

    fn run_effect(&mut self, effect: Effect) -> io::Result<Next> {
        match effect {
            Effect::Append(act) => self.journal.append(act),
            Effect::Edit(text) => self.edit(&text)?,
            Effect::Copy(text) => self.copy(&text),
            Effect::Export(page) => {
                let answer = export::write(&page, self.home.as_deref());
                self.tell(Message::Event(Event::Exported { name: page.name, answer }));
            }
            Effect::Complete(typed) => {
                let found = export::completions(&typed, self.home.as_deref());
                self.tell(Message::Event(Event::Completed { typed, found }));
            }
            Effect::Mouse(on) => self.desk.screen.set_mouse(on)?,
            Effect::Analyze => self.analyze()?,
            Effect::Reweigh(own) => {
                let kept = (self.reweigh)(&own);
                self.tell(Message::Event(Event::Reweighed(kept)));
            }
            Effect::Find(text) => self.find(text)?,
            Effect::Beside(hit) => self.open_beside(hit)?,
            Effect::Suspend => self.desk.suspend()?,
            Effect::Quit => return self.quit(),
        }
        Ok(Next::Go)
    }

    /// Leaves when everything that was to be appended is; stays if something is not and a reader is
    /// there to be asked.
    fn quit(&mut self) -> io::Result<Next> {
        self.journal.finish(self.desk.messages.clone())?;
        let mut failed = false;
        while let Ok(message) = self.desk.inbox.try_recv() {
            if let Message::Event(event @ Event::Saved(_)) = message {
                failed |= matches!(event, Event::Saved(Err(_)));
                update::update(&mut self.model, event);
            }
        }
        Ok(if failed && self.ended_by.is_none() { Next::Go } else { Next::Leave })
    }

    /// Starts to find marks and links in the texts as they are now.
    fn analyze(&self) -> io::Result<()> {
        let (messages, analyze) = (self.desk.messages.clone(), Arc::clone(&self.analyze));
        let corpus = Arc::clone(&self.model.corpus);
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            // If the main thread has left, nobody waits for marks.
            let _ = messages.send(Message::Event(Event::Analyzed(Box::new(analyze(corpus)))));
        })?;
        Ok(())
    }

    /// Has a sentence looked up; the first time, the library is opened for it.
    fn find(&mut self, text: String) -> io::Result<()> {
        if let Some(mut find) = self.find.take() {
            let (lookups, inbox) = mpsc::channel::<String>();
            let messages = self.desk.messages.clone();
            thread::Builder::new().name("library".to_owned()).spawn(move || {
                for text in inbox {
                    if messages.send(Message::Event(Event::Found(find(text)))).is_err() {
                        break;
                    }
                }
            })?;
            self.lookups = Some(lookups);
        }
        if let Some(lookups) = &self.lookups
            && lookups.send(text).is_err()
        {
            self.tell(Message::Event(Event::Found(Err("the library is gone".to_owned()))));
        }
        Ok(())
    }

    fn open_beside(&self, hit: Hit) -> io::Result<()> {
        let messages = self.desk.messages.clone();
        thread::Builder::new().name("opening".to_owned()).spawn(move || {
            let opened = others::document_of(&hit)
                .map(|document| Box::new(Beside { document, text: hit.entry.text }))
                .map_err(|error| format!("{}: {error}", hit.path.display()));
            // If the main thread has left, nobody waits for it.
            let _ = messages.send(Message::Event(Event::Opened(opened)));
        })?;
        Ok(())
    }

    fn copy(&mut self, text: &str) {
        let sequence = match self.no_clipboard {
            Some(why) => Err(why),
            None => copy::sequence(text).ok_or("it is longer than terminals take to the clipboard"),
        };
        let copied = match sequence {
            Ok(sequence) => {
                self.desk.screen.send(&sequence).map(|()| Copied::ToTerminal(text.chars().count()))
            }
            Err(why) => copy::to_file(&self.copies, text).map(|()| Copied::ToFile(self.copies.clone(), why)),
        };
        self.tell(Message::Event(Event::Copied(copied.map_err(|error| error.to_string()))));
    }

    fn edit(&mut self, text: &str) -> io::Result<()> {
        // The editor must have the terminal's keys alone.
        drop(self.desk.reader.take());
        terminal::give_back();
        let edited = effect::edit(self.editor.as_deref(), text);
        self.desk.screen.retake()?;
        self.desk.listen()?;
        self.tell(Message::Event(Event::Edited(edited)));
        Ok(())
    }
}
