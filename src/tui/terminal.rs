//! The terminal taken and given back: raw mode, alternate screen, cursor, mouse, bracketed paste.
//!
//! Every way out of the program goes through [`give_back`]: the end, an error, a panic of any
//! thread, a signal, a stop. It may be called twice or without a terminal.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::panic;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

/// Clicks, drags and the wheel with wide coordinates, but not every motion, as crossterm asks for.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Asks for the background colour (xterm's OSC 11); answered by [`super::effect::Event::Background`].
pub const ASK_BACKGROUND: &str = "\x1b]11;?\x1b\\";

/// Whether the terminal is ours now.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The screen that frames are painted on.
pub struct Screen {
    /// Never dropped: ratatui would show the cursor, which [`give_back`] does, and panic if standard
    /// error has gone with the window.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    area: Rect,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If there is none, or it cannot be written.
    pub fn take(mouse: bool) -> io::Result<Self> {
        take(mouse)?;
        // One buffer larger than most frames: a frame reaches the terminal in one piece.
        let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        let area = size();
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport: Viewport::Fixed(area) });
        let terminal = ManuallyDrop::new(terminal.inspect_err(|_| give_back())?);
        Ok(Self { terminal, area, mouse })
    }

    /// Paints a frame; only what has changed is sent.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub fn paint(&mut self, view: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.terminal.draw(view).map(|_| ())
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.area.width, self.area.height)
    }

    /// The terminal has another size, which is given: the next frame is painted whole.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub fn resize(&mut self) -> io::Result<(u16, u16)> {
        self.area = size();
        self.terminal.resize(self.area)?;
        Ok(self.size())
    }

    /// Sends a sequence that shows nothing: a question, or words for the clipboard.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), Print(sequence))
    }

    /// Takes the mouse, or leaves it to the terminal, whose own selection then works.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        self.send(if on { MOUSE_ON } else { MOUSE_OFF })
    }

    /// Takes the terminal again after it was given back; the next frame is painted whole.
    ///
    /// # Errors
    /// If the terminal cannot be written.
    pub fn retake(&mut self) -> io::Result<()> {
        take(self.mouse)?;
        self.terminal.resize(self.area)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Has a panic of any thread give the terminal back, tell itself, and end the program: a reader
/// must never sit before a screen that no longer answers. Notes are in the journal already.
pub fn end_on_panic() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        give_back();
        tell(info);
        process::exit(101);
    }));
}

fn take(mouse: bool) -> io::Result<()> {
    // After a stop the shell may have changed the line: what is remembered is put back first.
    disable_raw_mode()?;
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    queue!(out, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
    if mouse {
        queue!(out, Print(MOUSE_ON))?;
    }
    out.flush()
}

/// Gives the terminal back as it was taken. Nobody can be told if that fails: the terminal has gone.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(out, ResetColor, Print(MOUSE_OFF), DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

/// The terminal's size in cells; 80 × 24 if it does not tell, at least 1 × 1.
fn size() -> Rect {
    let told = rustix::termios::tcgetwinsize(io::stdout());
    let (columns, rows) = told.map_or((80, 24), |told| (told.ws_col, told.ws_row));
    Rect::new(0, 0, columns.max(1), rows.max(1))
}
