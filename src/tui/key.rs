//! One key as `keys.toml` writes it and as the screen shows it.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with Ctrl and Alt; Shift is part of the letter (`G`) or of the name (`s-tab`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which.
    pub code: KeyCode,
    /// Whether Ctrl is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
}

/// Keys that have a name: as in the file, on the screen, and what the terminal sends.
const NAMED: &[(&str, &str, KeyCode)] = &[
    ("up", "↑", KeyCode::Up),
    ("down", "↓", KeyCode::Down),
    ("left", "←", KeyCode::Left),
    ("right", "→", KeyCode::Right),
    ("home", "Home", KeyCode::Home),
    ("end", "End", KeyCode::End),
    ("pgup", "PgUp", KeyCode::PageUp),
    ("pgdn", "PgDn", KeyCode::PageDown),
    ("tab", "Tab", KeyCode::Tab),
    ("s-tab", "S-Tab", KeyCode::BackTab),
    ("enter", "Enter", KeyCode::Enter),
    ("esc", "Esc", KeyCode::Esc),
    ("space", "Space", KeyCode::Char(' ')),
    ("backspace", "Backspace", KeyCode::Backspace),
    ("delete", "Delete", KeyCode::Delete),
    ("insert", "Insert", KeyCode::Insert),
];

impl Key {
    /// The key that `event` reports.
    pub fn pressed(event: KeyEvent) -> Self {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            // With the newer keyboard protocol a terminal tells them apart, and Shift-Tab comes as this.
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        Self { code, ctrl, alt: event.modifiers.contains(KeyModifiers::ALT) }
    }

    /// The key that `keys.toml` calls `name`.
    pub fn named(name: &str) -> Option<Self> {
        let (mut ctrl, mut alt, mut rest) = (false, false, name);
        while rest.len() > 1 {
            if let Some(key) = strip(rest, "ctrl-").filter(|_| !ctrl) {
                (ctrl, rest) = (true, key);
            } else if let Some(key) = strip(rest, "alt-").filter(|_| !alt) {
                (alt, rest) = (true, key);
            } else {
                break;
            }
        }
        let mut letters = rest.chars();
        let code = match (letters.next(), letters.next()) {
            (Some(c), None) if !c.is_control() && c != ' ' => {
                KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c })
            }
            _ => code_named(&rest.to_ascii_lowercase())?,
        };
        Some(Self { code, ctrl, alt })
    }

    /// Its name in `keys.toml`, which [`Self::named`] reads.
    pub fn written(&self) -> String {
        let name =
            NAMED.iter().find(|(_, _, code)| *code == self.code).map(|(file, _, _)| (*file).to_owned());
        let name = name.unwrap_or_else(|| match self.code {
            KeyCode::F(number) => format!("f{number}"),
            KeyCode::Char(c) => c.to_string(),
            code => format!("{code:?}"),
        });
        format!("{}{}{name}", if self.ctrl { "ctrl-" } else { "" }, if self.alt { "alt-" } else { "" })
    }

    /// The digit it types, if it does.
    pub fn digit(self) -> Option<usize> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => c.to_digit(10).map(|d| d as usize),
            _ => None,
        }
    }

    /// The character it types into a text field, if it does.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// `text` after `prefix`, whatever its case.
fn strip<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..]).filter(|rest| !rest.is_empty())
}

fn code_named(name: &str) -> Option<KeyCode> {
    if let Some((_, _, code)) = NAMED.iter().find(|(file, _, _)| *file == name) {
        return Some(*code);
    }
    let number: u8 = name.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

/// As the screen shows it: `Ctrl-d`, `PgDn`, `G`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((_, shown, _)) = NAMED.iter().find(|(_, _, code)| *code == self.code) {
            return f.write_str(shown);
        }
        match self.code {
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            _ => f.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, shown: Option<&str>) {
        let key = Key::named(name);
        assert_eq!(key.map(|key| key.to_string()).as_deref(), shown, "{name}");
        assert_eq!(key.and_then(|key| Key::named(&key.written())), key, "{name}");
    }

    #[test]
    fn names_lead_to_keys() {
        check("G", Some("G"));
        check("ctrl-d", Some("Ctrl-d"));
        check("Ctrl-D", Some("Ctrl-d"));
        check("alt-ctrl-x", Some("Ctrl-Alt-x"));
        check("s-tab", Some("S-Tab"));
        check("PgDn", Some("PgDn"));
        check("f12", Some("F12"));
        check("-", Some("-"));
        check("é", Some("é"));
        check("f13", None);
        check("ctrl-", None);
        check("gg", None);
        check("", None);
    }

    #[test]
    fn shift_is_part_of_the_letter() {
        let event = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Some(Key::pressed(event)), Key::named("G"));
        let event = KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT);
        assert_eq!(Some(Key::pressed(event)), Key::named("s-tab"));
    }
}
