//! Bytes of a terminal to keys, mouse events, pastes and answers.
//!
//! Our own, since the screen library's reader spins when the window closes, cannot be asked to let
//! the terminal go, and takes the terminal's answer about its colours for typing. A sequence may be
//! cut anywhere: what is not yet whole waits for the next bytes, and a lone escape becomes the Esc
//! key once the line has been silent ([`Parser::silence`]).
//! Sequences: ECMA-48, xterm's ctlseqs (SGR mouse, bracketed paste, OSC 11), and kitty's `CSI u`.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// What the terminal told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A key, mouse event or paste.
    Event(Event),
    /// Its background colour.
    Background {
        /// Whether dark text is read better on it.
        light: bool,
    },
}

/// Longest paste that is kept, in bytes; what follows is dropped.
const MOST_PASTED: usize = 4 << 20;
/// Longest control sequence that is waited for, in bytes.
const MOST_WAITED: usize = 256;

/// Takes bytes as they come.
#[derive(Debug, Default)]
pub struct Parser {
    held: Vec<u8>,
    pasting: bool,
    /// How much of the paste at hand has been searched for its end.
    searched: usize,
}

/// What the bytes at hand start with.
enum Step {
    /// So many bytes make this.
    Made(usize, Option<Told>),
    /// Too few to tell.
    More,
}

impl Parser {
    /// Takes `bytes` and adds what they complete to `told`.
    pub fn feed(&mut self, bytes: &[u8], told: &mut Vec<Told>) {
        self.held.extend_from_slice(bytes);
        let mut at = 0;
        while at < self.held.len() {
            let step = if self.pasting { self.paste(at) } else { step(&self.held[at..], false) };
            let Step::Made(length, made) = step else { break };
            if made.is_none() && self.held[at..].starts_with(PASTE) {
                self.pasting = true;
            }
            told.extend(made);
            at += length;
        }
        self.held.drain(..at);
    }

    /// Whether bytes wait for more.
    pub fn waits(&self) -> bool {
        !self.held.is_empty() && !self.pasting
    }

    /// Nothing has come for a while: what waits was typed as it stands.
    pub fn silence(&mut self, told: &mut Vec<Told>) {
        while self.waits() {
            let length = match step(&self.held, true) {
                Step::Made(length, made) => {
                    told.extend(made);
                    length
                }
                Step::More => return,
            };
            self.held.drain(..length);
        }
    }

    fn paste(&mut self, at: usize) -> Step {
        const END: &[u8] = b"\x1b[201~";
        let held = &self.held[at..];
        let from = self.searched.saturating_sub(END.len());
        if let Some(length) = memchr::memmem::find(&held[from..], END).map(|found| from + found) {
            self.searched = 0;
            let text = String::from_utf8_lossy(&held[..length.min(MOST_PASTED)]).into_owned();
            self.pasting = false;
            return Step::Made(length + END.len(), Some(Told::Event(Event::Paste(text))));
        }
        self.searched = held.len();
        if held.len() > MOST_PASTED + END.len() {
            // Keep the head and the last bytes, which may hold half of the end mark.
            let cut = self.held.len() - END.len();
            self.held.drain(at + MOST_PASTED..cut);
            self.searched = MOST_PASTED;
        }
        Step::More
    }
}

const PASTE: &[u8] = b"\x1b[200~";

#[expect(clippy::unnecessary_wraps, reason = "every caller is asked for what was made, if anything")]
fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Told> {
    Some(Told::Event(Event::Key(KeyEvent::new(code, modifiers))))
}

/// The first event of `bytes` (not empty); `silent`: no more are coming.
fn step(bytes: &[u8], silent: bool) -> Step {
    let ctrl = |c: u8| key(KeyCode::Char(c as char), KeyModifiers::CONTROL);
    match bytes[0] {
        0x1B => escape(bytes, silent),
        b'\r' => Step::Made(1, key(KeyCode::Enter, KeyModifiers::NONE)),
        b'\t' => Step::Made(1, key(KeyCode::Tab, KeyModifiers::NONE)),
        0x7F => Step::Made(1, key(KeyCode::Backspace, KeyModifiers::NONE)),
        0 => Step::Made(1, ctrl(b' ')),
        c @ 1..=0x1A => Step::Made(1, ctrl(c - 1 + b'a')),
        c @ 0x1C..=0x1F => Step::Made(1, ctrl(c - 0x1C + b'4')),
        _ => character(bytes, silent),
    }
}

fn character(bytes: &[u8], silent: bool) -> Step {
    let length = match bytes[0] {
        ..0x80 => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Step::Made(1, None),
    };
    if bytes.len() < length && !silent {
        return Step::More;
    }
    match bytes.get(..length).map(std::str::from_utf8) {
        Some(Ok(text)) => {
            let made = text.chars().next().and_then(|c| {
                let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
                key(KeyCode::Char(c), shift)
            });
            Step::Made(length, made)
        }
        _ => Step::Made(1, None),
    }
}

fn escape(bytes: &[u8], silent: bool) -> Step {
    let esc = || Step::Made(1, key(KeyCode::Esc, KeyModifiers::NONE));
    match bytes.get(1) {
        None => {
            if silent {
                esc()
            } else {
                Step::More
            }
        }
        Some(b'[') => control(bytes, silent),
        Some(b'O') => match bytes.get(2) {
            None if !silent => Step::More,
            Some(&c) if final_key(c).is_some() => {
                Step::Made(3, final_key(c).and_then(|code| key(code, KeyModifiers::NONE)))
            }
            _ => alt(bytes, silent),
        },
        Some(b']') => answer(bytes, silent),
        Some(0x1B) => esc(),
        Some(_) => alt(bytes, silent),
    }
}

/// Escape before a key is that key with Alt.
fn alt(bytes: &[u8], silent: bool) -> Step {
    match step(&bytes[1..], silent) {
        Step::More => Step::More,
        Step::Made(length, made) => {
            let made = made.map(|told| match told {
                Told::Event(Event::Key(key)) => {
                    Told::Event(Event::Key(KeyEvent::new(key.code, key.modifiers | KeyModifiers::ALT)))
                }
                other => other,
            });
            Step::Made(length + 1, made)
        }
    }
}

/// `ESC [ parameters final`.
fn control(bytes: &[u8], silent: bool) -> Step {
    if bytes.get(2) == Some(&b'[') {
        // The Linux console's F1 to F5.
        return match bytes.get(3) {
            Some(c @ b'A'..=b'E') => Step::Made(4, key(KeyCode::F(c - b'A' + 1), KeyModifiers::NONE)),
            None if !silent => Step::More,
            _ => Step::Made(bytes.len().min(3), None),
        };
    }
    if bytes.get(2) == Some(&b'M') {
        // A mouse report of the oldest kind, which is not asked for: three bytes follow.
        return if bytes.len() < 6 && !silent { Step::More } else { Step::Made(bytes.len().min(6), None) };
    }
    let length = bytes[2..].iter().position(|byte| !(0x20..=0x3F).contains(byte));
    let Some(length) = length else {
        return match (silent, bytes.len()) {
            (true, 2) => alt(bytes, silent),
            (false, ..MOST_WAITED) => Step::More,
            _ => Step::Made(bytes.len(), None),
        };
    };
    let (parameters, last) = (&bytes[2..2 + length], bytes[2 + length]);
    if !(0x40..=0x7E).contains(&last) {
        return Step::Made(2 + length, None);
    }
    Step::Made(3 + length, control_key(parameters, last))
}

fn control_key(parameters: &[u8], last: u8) -> Option<Told> {
    if let Some(mouse) = parameters.strip_prefix(b"<") {
        return mouse_event(mouse, last);
    }
    let numbers: Vec<u32> = parameters
        .split(|byte| *byte == b';')
        .map(|number| number.split(|byte| *byte == b':').next().and_then(digits).unwrap_or(0))
        .collect();
    let modifiers = numbers.get(1).map_or(KeyModifiers::NONE, |number| modifiers(*number));
    let code = match last {
        b'Z' => return key(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT),
        b'u' => match char::from_u32(numbers[0])? {
            '\r' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '\u{1b}' => KeyCode::Esc,
            '\u{7f}' => KeyCode::Backspace,
            c if !c.is_control() => KeyCode::Char(c),
            _ => return None,
        },
        b'~' => match numbers[0] {
            1 | 7 => KeyCode::Home,
            2 => KeyCode::Insert,
            3 => KeyCode::Delete,
            4 | 8 => KeyCode::End,
            5 => KeyCode::PageUp,
            6 => KeyCode::PageDown,
            n @ 11..=15 => KeyCode::F((n - 10) as u8),
            n @ 17..=21 => KeyCode::F((n - 11) as u8),
            n @ 23..=24 => KeyCode::F((n - 12) as u8),
            _ => return None,
        },
        last => final_key(last)?,
    };
    key(code, modifiers)
}

fn final_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// xterm's modifier number: 1 + shift 1, alt 2, control 4.
fn modifiers(number: u32) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let mut found = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if bits & bit != 0 {
            found |= modifier;
        }
    }
    found
}

/// `button ; column ; row`, counted from 1; `M` pressed, `m` released.
fn mouse_event(parameters: &[u8], last: u8) -> Option<Told> {
    let mut numbers = parameters.split(|byte| *byte == b';').map(digits);
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let which = match button & 3 {
        0 => MouseButton::Left,
        1 => MouseButton::Middle,
        _ => MouseButton::Right,
    };
    let kind = match (button & 0b1110_0000, button & 3) {
        (64, 0) => MouseEventKind::ScrollUp,
        (64, 1) => MouseEventKind::ScrollDown,
        (32, 3) => MouseEventKind::Moved,
        (32, _) => MouseEventKind::Drag(which),
        (0, _) if last == b'm' => MouseEventKind::Up(which),
        (0, 0..=2) if last == b'M' => MouseEventKind::Down(which),
        _ => return None,
    };
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)] {
        if button & bit != 0 {
            held |= modifier;
        }
    }
    let cell = |number: u32| u16::try_from(number.saturating_sub(1)).unwrap_or(u16::MAX);
    Some(Told::Event(Event::Mouse(MouseEvent {
        kind,
        column: cell(column),
        row: cell(row),
        modifiers: held,
    })))
}

/// `ESC ] 11 ; rgb:RRRR/GGGG/BBBB` ended by BEL or `ESC \`; anything else was typed.
fn answer(bytes: &[u8], silent: bool) -> Step {
    let body = &bytes[2..];
    let length = body.iter().position(
        |byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b';' | b':' | b'/' | b'r' | b'g'),
    );
    if body.is_empty() || !body[0].is_ascii_digit() {
        return if body.is_empty() && !silent { Step::More } else { alt(bytes, silent) };
    }
    let Some(length) = length else {
        return if bytes.len() < MOST_WAITED { Step::More } else { Step::Made(bytes.len(), None) };
    };
    let end = match &body[length..] {
        [0x07, ..] => length + 1,
        [0x1B, b'\\', ..] => length + 2,
        [0x1B] if !silent => return Step::More,
        _ => return alt(bytes, silent),
    };
    Step::Made(2 + end, background(&body[..length]).map(|light| Told::Background { light }))
}

/// Whether the background told by `11;rgb:…` is light: luma (Rec. 601) above one half.
fn background(body: &[u8]) -> Option<bool> {
    let channels = body.strip_prefix(b"11;rgb:")?;
    let shares: Vec<f32> = channels
        .split(|byte| *byte == b'/')
        .map(|channel| {
            let text = std::str::from_utf8(channel).ok().filter(|text| (1..=4).contains(&text.len()))?;
            let most = 16_u32.pow(text.len() as u32) - 1;
            Some(u32::from_str_radix(text, 16).ok()? as f32 / most as f32)
        })
        .collect::<Option<_>>()?;
    let [red, green, blue] = shares.try_into().ok()?;
    Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> Vec<Told> {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        parser.feed(bytes, &mut out);
        parser.silence(&mut out);
        assert!(parser.held.is_empty() || parser.pasting, "bytes left: {:?}", parser.held);
        out
    }

    fn name(told: &Told) -> String {
        match told {
            Told::Background { light } => format!("light={light}"),
            Told::Event(Event::Key(key)) => {
                let mut name = String::new();
                for (modifier, letter) in
                    [(KeyModifiers::CONTROL, "C-"), (KeyModifiers::ALT, "A-"), (KeyModifiers::SHIFT, "S-")]
                {
                    if key.modifiers.contains(modifier) {
                        name.push_str(letter);
                    }
                }
                match key.code {
                    KeyCode::Char(c) => name.push(c),
                    other => return name + &format!("{other:?}"),
                }
                name
            }
            Told::Event(Event::Paste(text)) => format!("paste {text:?}"),
            Told::Event(Event::Mouse(mouse)) => format!("{:?} {},{}", mouse.kind, mouse.column, mouse.row),
            Told::Event(other) => format!("{other:?}"),
        }
    }

    #[track_caller]
    fn check(bytes: &str, expected: &[&str]) {
        let names: Vec<String> = told(bytes.as_bytes()).iter().map(name).collect();
        assert_eq!(names, expected, "{bytes:?}");
    }

    #[test]
    fn keys() {
        check("jG é中😀", &["j", "S-G", " ", "é", "中", "😀"]);
        check("\r\t\x7f\x13\x06\0", &["Enter", "Tab", "Backspace", "C-s", "C-f", "C- "]);
        check(
            "\x1b[A\x1bOB\x1b[1;5C\x1b[5~\x1b[Z\x1b[H",
            &["Up", "Down", "C-Right", "PageUp", "S-BackTab", "Home"],
        );
        check("\x1bOP\x1b[24~\x1b[[A\x1b[97;5u", &["F(1)", "F(12)", "F(1)", "C-a"]);
        check("\x1bo\x1b\x1b[B", &["A-o", "Esc", "Down"]);
        check("\x1b", &["Esc"]);
        check("\x1b[", &["A-["]);
        check("\x1bO", &["A-S-O"]);
    }

    #[test]
    fn mouse() {
        check(
            "\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<65;3;3M",
            &["Down(Left) 9,4", "Up(Left) 9,4", "ScrollDown 2,2"],
        );
        check("\x1b[<0;99999;99999m\x1b[<0;;M", &["Up(Left) 65535,65535"]);
    }

    #[test]
    fn a_paste_is_one_event_whatever_it_holds() {
        check("\x1b[200~a\x1b]0;x\x07\nq\x1b[201~j", &["paste \"a\\u{1b}]0;x\\u{7}\\nq\"", "j"]);
    }

    #[test]
    fn the_background_is_an_answer_and_not_typing() {
        check("j\x1b]11;rgb:ffff/fafa/e0e0\x1b\\k", &["j", "light=true", "k"]);
        check("\x1b]11;rgb:00/2b/36\x07", &["light=false"]);
        check("\x1b]q", &["A-]", "q"]);
        check("\x1b]1q", &["A-]", "1", "q"]);
        check("\x1b]11;rgb:0/0/0\x07", &["light=false"]);
        check("\x1b]11;rgb:zz\x07", &["A-]", "1", "1", ";", "r", "g", "b", ":", "z", "z", "C-g"]);
    }

    #[test]
    fn a_sequence_may_be_cut_anywhere() {
        let whole = "\x1b[200~中\x1b[201~\x1b[1;5C\x1b]11;rgb:0000/0000/0000\x07é\x1b[<0;1;1M";
        let expected = told(whole.as_bytes());
        for cut in 0..whole.len() {
            let (mut parser, mut out) = (Parser::default(), Vec::new());
            parser.feed(&whole.as_bytes()[..cut], &mut out);
            parser.feed(&whole.as_bytes()[cut..], &mut out);
            assert_eq!(out, expected, "cut at {cut}");
        }
    }

    #[test]
    fn a_paste_that_never_ends_does_not_grow_for_ever() {
        let (mut parser, mut out) = (Parser::default(), Vec::new());
        parser.feed(PASTE, &mut out);
        for _ in 0..8 {
            parser.feed(&vec![b'w'; 1 << 20], &mut out);
        }
        assert!(parser.held.len() < MOST_PASTED + 100);
        parser.feed(b"\x1b[201~q", &mut out);
        assert_eq!(out.len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_taken(bytes: Vec<u8>) {
            let (mut parser, mut out) = (Parser::default(), Vec::new());
            parser.feed(&bytes, &mut out);
            parser.silence(&mut out);
            proptest::prop_assert!(parser.held.len() < MOST_WAITED || parser.pasting);
        }
    }
}
