//! The loop: what happens goes to the model, what the model asks for is done outside, the frame is painted.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

use super::copy::{self, Copied};
use super::effect::{self, Effect, Event, Journaling};
use super::model::Model;
use super::others::{self, Beside};
use super::signals::Signal;
use super::{Analyze, Desk, Find, Message, Outside, Reweigh, export, terminal, update, view};
use crate::library::Hit;

/// Whether the loop goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Go,
    Leave,
}

/// The reading, under way.
pub(super) struct Program {
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
    /// Begins to keep what is done and to look for marks and links.
    pub(super) fn start(desk: Desk, model: Model, outside: Outside) -> io::Result<Self> {
        let Outside { journal, analyze, reweigh, editor, no_clipboard, copies, home, find } = outside;
        let journal = Journaling::start(journal, desk.messages.clone())?;
        let program = Self {
            desk,
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
        Ok(program)
    }

    /// Takes what happens, paints, and does what is asked of the outside world, until the reader leaves.
    pub(super) fn run(mut self) -> io::Result<()> {
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
