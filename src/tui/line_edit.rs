//! A text field of one line, edited grapheme by grapheme.

use crossterm::event::KeyCode;
use unicode_segmentation::UnicodeSegmentation as _;

use super::key::Key;
use super::wrap;
use crate::document::clean::clean;

/// Clean text of one line and the place of its cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEdit {
    text: String,
    /// A grapheme boundary.
    cursor: usize,
}

/// The words that a list is filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Only entries with these words are shown.
    pub words: LineEdit,
    /// Whether they are being typed.
    pub typing: bool,
}

impl ListFilter {
    /// What is written.
    pub fn text(&self) -> &str {
        self.words.text()
    }

    /// Whether there is anything to take back.
    pub fn is_used(&self) -> bool {
        self.typing || !self.text().is_empty()
    }
}

impl LineEdit {
    /// What is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Types, moves or deletes; whether the key meant anything.
    pub fn press(&mut self, key: Key) -> bool {
        if let Some(c) = key.typed() {
            self.insert(&c.to_string());
            return true;
        }
        match (key.code, key.ctrl) {
            (KeyCode::Backspace, false) | (KeyCode::Char('h'), true) => self.delete_from(self.before()),
            (KeyCode::Delete, false) => {
                let end = self.after();
                self.text.replace_range(self.cursor..end, "");
            }
            (KeyCode::Char('w'), true) => self.delete_from(self.word_start()),
            (KeyCode::Char('u'), true) => self.delete_from(0),
            (KeyCode::Left, false) => self.cursor = self.before(),
            (KeyCode::Right, false) => self.cursor = self.after(),
            (KeyCode::Home, false) | (KeyCode::Char('a'), true) => self.cursor = 0,
            (KeyCode::End, false) | (KeyCode::Char('e'), true) => self.cursor = self.text.len(),
            _ => return false,
        }
        true
    }

    /// Inserts pasted text, controls made visible and lines joined.
    pub fn insert(&mut self, pasted: &str) {
        let cleaned = clean(pasted.to_owned()).0.replace(['\r', '\n', '\t'], " ");
        self.text.insert_str(self.cursor, &cleaned);
        self.cursor += cleaned.len();
    }

    /// The end of the text that fits in `width` cells with the cursor in it, and the cursor's cell.
    pub fn shown(&self, width: usize) -> (&str, usize) {
        let mut start = 0;
        while wrap::width(&self.text[start..self.cursor]) >= width.max(1) && start < self.cursor {
            start += self.text[start..].graphemes(true).next().map_or(1, str::len);
        }
        (&self.text[start..], wrap::width(&self.text[start..self.cursor]))
    }

    fn delete_from(&mut self, start: usize) {
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &str, expected: &str) {
        let mut edit = LineEdit::default();
        for name in keys.split(' ') {
            assert!(edit.press(Key::named(name).expect("a key")), "{name}");
        }
        assert_eq!(edit.text(), expected);
    }

    #[test]
    fn keys_edit() {
        check("a b left c", "acb");
        check("a space b ctrl-w c", "a c");
        check("a b ctrl-u c", "c");
        check("中 文 left backspace", "文");
        check("a b home delete", "b");
        check("e \u{301} backspace", "");
    }

    #[test]
    fn pasted_controls_become_visible() {
        let mut edit = LineEdit::default();
        edit.insert("a\u{1b}[7m\nb\u{202e}");
        assert_eq!(edit.text(), "a␛[7m b⇄");
    }

    #[test]
    fn the_cursor_is_always_shown() {
        let mut edit = LineEdit::default();
        edit.insert("中文 words that are long");
        let (shown, cell) = edit.shown(8);
        assert!(cell < 8 && edit.text().ends_with(shown));
    }
}
