//! Signals as messages: the end, a stop and its end, another size.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::Message;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// To end (`kill`).
    Terminate,
    /// To end, the line is cut.
    HangUp,
    /// To end (`kill -INT`; Ctrl-C is a key here).
    Interrupt,
    /// To stop until `fg`.
    Stop,
    /// To go on after a stop.
    Continued,
    /// To look at the terminal's size.
    Resized,
}

impl Signal {
    /// Ends the process as the signal would have ended it, so that its parent sees why.
    ///
    /// # Errors
    /// If the signal cannot be raised; it does not return otherwise.
    pub fn die(self) -> io::Result<()> {
        match self {
            Self::Terminate => emulate_default_handler(SIGTERM),
            Self::HangUp => emulate_default_handler(SIGHUP),
            Self::Interrupt => emulate_default_handler(SIGINT),
            Self::Stop | Self::Continued | Self::Resized => Ok(()),
        }
    }
}

/// Sends every signal to `messages` from a thread of its own.
///
/// # Errors
/// If a handler or the thread cannot be set up.
pub fn watch(messages: Sender<Message>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for number in signals.forever() {
            let signal = match number {
                SIGTERM => Signal::Terminate,
                SIGHUP => Signal::HangUp,
                SIGINT => Signal::Interrupt,
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continued,
                _ => Signal::Resized,
            };
            if messages.send(Message::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Stops the process as Ctrl-Z would; returns when it is continued.
///
/// # Errors
/// If the signal cannot be raised.
pub fn stop() -> io::Result<()> {
    emulate_default_handler(SIGTSTP)
}
