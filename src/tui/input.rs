//! The input thread: waits for the terminal, reads it, and tells when it has gone.

pub mod parse;

use std::fs::File;
use std::io::{self, PipeWriter, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::Message;
use super::effect::Event;
use parse::{Parser, Told};

/// How long an escape waits for the rest of a sequence before it is the Esc key.
const SILENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 25_000_000 };

/// The thread that reads the terminal; dropping it lets the terminal go, so that another program
/// can have its keys.
#[derive(Debug)]
pub struct Reader {
    /// Closing it ends the thread.
    stop: Option<PipeWriter>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Starts to read the terminal and to send what it tells to `messages`.
    ///
    /// # Errors
    /// If there is no terminal to read, or no thread to be had.
    pub fn start(messages: Sender<Message>) -> io::Result<Self> {
        let mut terminal = terminal()?;
        let (stopped, stop) = io::pipe()?;
        let thread = thread::Builder::new().name("input".to_owned()).spawn(move || {
            if read(&mut terminal, &stopped, &messages).is_err() {
                // The window is closed or the line is cut: nobody can read or type any more. If
                // the other end of the channel has gone as well, there is nobody left to tell.
                let _ = messages.send(Message::Event(Event::Terminate));
            }
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there has been told by the panic hook.
            let _ = thread.join();
        }
    }
}

/// Standard input if it is a terminal, else the controlling terminal.
fn terminal() -> io::Result<File> {
    let stdin = io::stdin();
    if rustix::termios::isatty(&stdin) {
        let owned: OwnedFd = stdin.as_fd().try_clone_to_owned()?;
        return Ok(File::from(owned));
    }
    File::open("/dev/tty")
}

/// Reads until told to stop.
///
/// # Errors
/// If the terminal has gone.
fn read(terminal: &mut File, stopped: &impl AsFd, messages: &Sender<Message>) -> io::Result<()> {
    let mut parser = Parser::default();
    let mut bytes = [0; 4096];
    let mut told = Vec::new();
    loop {
        let (readable, stop) = {
            let mut watched = [PollFd::new(terminal, PollFlags::IN), PollFd::new(stopped, PollFlags::IN)];
            match poll(&mut watched, parser.waits().then_some(&SILENCE)) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            (watched[0].revents(), watched[1].revents())
        };
        if !stop.is_empty() {
            return Ok(());
        }
        if readable.is_empty() {
            parser.silence(&mut told);
        } else {
            match terminal.read(&mut bytes) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(length) => parser.feed(&bytes[..length], &mut told),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        for told in told.drain(..) {
            let event = match told {
                Told::Event(event) => Event::Input(event),
                Told::Background { light } => Event::Background { light },
            };
            if messages.send(Message::Event(event)).is_err() {
                return Ok(());
            }
        }
    }
}
