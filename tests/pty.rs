//! The real program in a pseudo-terminal: what only a terminal shows. It starts, saves, stops,
//! ends in every way there is, and always gives the terminal back as it was.

#![cfg(unix)]

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

const ROWS: NonZero<u16> = NonZero::new(30).expect("it is not 0");
const COLUMNS: NonZero<u16> = NonZero::new(100).expect("it is not 0");
const PATIENCE: Duration = Duration::from_secs(20);

/// The program in a terminal of 100 × 30.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    before: String,
}

impl Terminal {
    fn start(home: &Path, arguments: &[&str]) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal is to be had");
        let before = line_of(&*pair.master);
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_visavis"));
        command.args(arguments);
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("EDITOR", "sh -c 'echo edited outside > \"$0\"'");
        command.cwd(home);
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(length @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().expect("the terminal can be written");
        let screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        Self { master: pair.master, keys, child, output, screen, raw: Vec::new(), before }
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Reads until the screen holds `words`.
    #[track_caller]
    fn sees(&mut self, words: &str) -> &mut Self {
        self.until(&format!("see {words:?}"), |screen| screen.contents().contains(words))
    }

    #[track_caller]
    fn until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !holds(self.screen.screen()) {
            let Ok(bytes) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) else {
                panic!("did not {what}; the screen:\n{}", self.screen.screen().contents());
            };
            self.take(&bytes);
        }
        self
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.pid(), signal).expect("the program can be signalled");
        self
    }

    fn pid(&self) -> Pid {
        let number = self.child.process_id().expect("the program runs");
        Pid::from_raw(i32::try_from(number).expect("a process number fits")).expect("it is not 0")
    }

    /// Waits for the end and checks that the terminal is as it was.
    #[track_caller]
    fn ends(mut self) -> ExitStatus {
        let status = self.child.wait().expect("the program can be waited for");
        self.given_back();
        status
    }

    #[track_caller]
    fn given_back(&mut self) {
        let gone = |screen: &vt100::Screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        };
        self.until("give the terminal back", gone);
        assert_eq!(line_of(&*self.master), self.before, "the line's settings differ");
    }

    /// Waits until the kernel says that the program has stopped.
    fn stopped(&mut self) -> &mut Self {
        let path = format!("/proc/{}/stat", self.pid().as_raw_nonzero());
        let end = Instant::now() + PATIENCE;
        let state = || {
            let stat = std::fs::read_to_string(&path).unwrap_or_default();
            stat.rsplit(") ").next().and_then(|rest| rest.chars().next())
        };
        while state() != Some('T') {
            assert!(Instant::now() < end, "does not stop");
            thread::yield_now();
        }
        self
    }
}

/// The settings of the terminal's line, as text to compare.
fn line_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn notes(home: &Path) -> String {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_visavis"))
        .args(["notes", "--session", "exchange-2021", "--format", "json"])
        .env("HOME", home)
        .env_remove("XDG_DATA_HOME")
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("JSON is UTF-8")
}

#[test]
fn q_leaves_the_terminal_as_it_was() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("Antony Blinken").sees("Zhao Lijian").press("jjq");
    assert!(terminal.ends().success());
}

#[test]
fn a_note_that_the_screen_called_saved_is_there_after_a_kill() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("Antony Blinken").press("jc").sees("note").press("who says so?\x13").sees("saved ");
    terminal.signal(Signal::KILL);
    terminal.child.wait().expect("it ends");
    assert!(notes(home.path()).contains("who says so?"));
}

#[test]
fn a_session_that_was_not_left_says_that_all_is_recovered() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("Antony Blinken");
    for words in ["first", "second", "third"] {
        terminal.press("jc").sees("note on").press(words).sees(words).press("\x13").sees("saved ");
    }
    terminal.signal(Signal::KILL);
    terminal.child.wait().expect("it ends");
    let mut again = Terminal::start(home.path(), &["--continue"]);
    again.sees("recovered: the program was stopped, all 3 notes are here").press("q");
    assert!(again.ends().success());
    let mut left = Terminal::start(home.path(), &["--continue"]);
    left.sees("Antony Blinken");
    let screen = left.screen.screen().contents();
    assert!(!screen.contains("recovered"), "{screen}");
    left.press("q");
    assert!(left.ends().success());
}

#[test]
fn a_file_that_was_edited_keeps_its_session() {
    const OLD: &str = "The ministry closed the port on 3 March. Nobody was hurt in the harbour that day.";
    let home = home();
    let file = home.path().join("brief.txt");
    std::fs::write(&file, OLD).expect("it can be written");
    let mut terminal = Terminal::start(home.path(), &["brief.txt"]);
    terminal.sees("Nobody was hurt").press("jc").sees("note on").press("who counted?").sees("who counted?");
    terminal.press("\x13").sees("saved ").press("q");
    assert!(terminal.ends().success());
    std::fs::write(&file, format!("A line was put before it.\n\n{OLD}")).expect("it can be written");
    let mut again = Terminal::start(home.path(), &["brief.txt"]);
    again.sees("brief.txt has changed; its notes are found again").press("@").sees("who counted?");
    again.press("q").sees("why ·").press("q");
    assert!(again.ends().success());
}

#[test]
fn words_noted_and_marks_rejected_are_there_after_a_kill() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("claims 5").press("jvwwvw").sees("2 words").press("c").sees("note on words of");
    terminal.press("by whom?\x13").sees("saved").press("kx1").sees("claim rejected");
    terminal.signal(Signal::KILL);
    terminal.child.wait().expect("it ends");
    let mut again = Terminal::start(home.path(), &["--continue"]);
    again.sees("claims 4").press("X").sees("rejected 1").press("a").sees("claims 5").press("q").sees("why ·");
    again.press("q");
    assert!(again.ends().success());
    assert!(notes(home.path()).contains("by whom?"));
}

#[test]
fn a_session_asked_for_by_name_is_there_from_the_first_frame() {
    let home = home();
    std::fs::write(home.path().join("a.txt"), "One sentence.").expect("it can be written");
    let mut terminal = Terminal::start(home.path(), &["--session", "exchange-2021", "a.txt"]);
    terminal.sees("One sentence.").signal(Signal::KILL);
    terminal.child.wait().expect("it ends");
    assert!(notes(home.path()).contains("\"session\""), "{}", notes(home.path()));
}

#[test]
fn a_long_file_shows_how_far_it_is_and_may_be_left_out() {
    let home = home();
    let long = "The ministry said that it would close the port, and nobody answered.\n\n".repeat(700_000);
    std::fs::write(home.path().join("long.txt"), long).expect("it can be written");
    std::fs::write(home.path().join("short.txt"), "One sentence.").expect("it can be written");
    let mut terminal = Terminal::start(home.path(), &["long.txt", "short.txt"]);
    terminal.sees("reading 1 of 2: long.txt, ").press("\x1b").sees("One sentence.");
    terminal.press("q");
    assert!(terminal.ends().success());
}

#[test]
fn a_draft_is_kept_when_the_program_is_asked_to_end() {
    for signal in [Signal::TERM, Signal::HUP] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), &["--demo"]);
        terminal.sees("Antony Blinken").press("jc").sees("note").press("half a thou").sees("half a thou");
        terminal.signal(signal);
        terminal.ends();
        assert!(notes(home.path()).contains("half a thou"), "after {signal:?}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo", "--panic"]);
    terminal.sees("asked to panic");
    terminal.given_back();
    assert_eq!(terminal.ends().exit_code(), 101);
}

#[test]
fn ctrl_z_gives_the_terminal_back_and_fg_paints_again() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("Antony Blinken").press("\x1a").stopped();
    terminal.given_back();
    terminal.signal(Signal::CONT);
    terminal.until("paint again", vt100::Screen::alternate_screen).sees("Antony Blinken").press("q");
    assert!(terminal.ends().success());
}

#[test]
fn a_copy_goes_to_the_clipboard_of_the_terminal() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("Antony Blinken").press("y").sees("copied: ").press("q");
    // “…: “[” in base64.
    let sent = String::from_utf8_lossy(&terminal.raw).contains("\x1b]52;c;4oCcW0NoaW5h");
    assert!(sent, "{:?}", String::from_utf8_lossy(&terminal.raw));
    assert!(terminal.ends().success());
}

#[test]
fn the_editor_has_the_terminal_for_itself() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal
        .sees("Antony Blinken")
        .press("jc")
        .press("mine\x13")
        .sees("saved ")
        .press("e")
        .sees("edited outside");
    terminal.sees("saved ").press("q");
    assert!(terminal.ends().success());
    assert!(notes(home.path()).contains("edited outside"));
}

#[test]
fn the_answer_about_the_background_is_no_typing() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("Antony Blinken").press("c").sees("note");
    terminal.press("a\x1b]11;rgb:ffff/ffff/ffff\x1b\\b\x13").sees("saved ").press("q");
    assert!(terminal.ends().success());
    assert!(notes(home.path()).contains("\"ab\""));
}

#[test]
fn a_closed_window_ends_the_program() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), &["--demo"]);
    terminal.sees("Antony Blinken");
    let Terminal { master, mut keys, mut child, output, .. } = terminal;
    // With nobody to take what it reads, the reading thread ends at the next frame and lets its end
    // of the terminal go: now all ends are closed.
    drop(output);
    keys.write_all(b"j").expect("the terminal takes keys");
    drop((master, keys));
    let status = child.wait().expect("it ends by itself");
    assert_ne!(status.exit_code(), 101, "it panicked");
}
