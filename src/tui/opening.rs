//! What shows while long files are read, before there is a text: which one, how far, and how to go
//! on without it.

use std::sync::Arc;

use crossterm::event::{Event as Input, KeyEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::action::Action;
use super::key::Key;
use super::keymap::{Keymap, Lookup, Scope};
use super::paint::{Pen, list_area, row};
use super::theme::{Choice, Theme};
use crate::document::progress::Progress;

/// A file that is being read.
#[derive(Debug)]
pub struct File {
    /// Its name without its folders.
    pub name: String,
    /// How far it is.
    pub progress: Arc<Progress>,
}

/// The files that are being read.
#[derive(Debug)]
pub struct OpeningModel {
    files: Vec<File>,
    keymap: Keymap,
    choice: Choice,
    theme: Theme,
}

/// What the reader wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To have the terminal given back until `fg`.
    Suspend,
}

impl OpeningModel {
    /// `files` in the order in which they are read.
    pub fn new(files: Vec<File>, keymap: Keymap, choice: Choice) -> Self {
        let theme = choice.theme(None);
        Self { files, keymap, choice, theme }
    }

    /// The terminal told its background.
    pub fn background(&mut self, light: bool) {
        self.theme = self.choice.theme(Some(light));
    }

    /// The first file that is still waited for.
    pub fn waited_for(&self) -> Option<usize> {
        self.files.iter().position(|file| !file.progress.is_over())
    }

    /// Gives up all that are still waited for.
    pub fn cancel(&self) {
        self.files.iter().filter(|file| !file.progress.is_over()).for_each(|file| file.progress.cancel());
    }

    /// What is being done now.
    fn now(&self) -> String {
        let Some(number) = self.waited_for() else { return "finding who says what".to_owned() };
        let File { name, progress } = &self.files[number];
        format!("reading {} of {}: {name}, {} %", number + 1, self.files.len(), progress.percent())
    }
}

/// Lets `input` leave the file out that is waited for; gives what else the reader wants.
pub fn update(model: &OpeningModel, input: &Input) -> Option<Wish> {
    let Input::Key(event) = input else { return None };
    if event.kind == KeyEventKind::Release {
        return None;
    }
    match model.keymap.lookup(Scope::Sessions, &[Key::pressed(*event)]) {
        Lookup::Found(Action::Escape | Action::Quit) => {
            model.waited_for().inspect(|number| model.files[*number].progress.cancel());
            None
        }
        Lookup::Found(Action::Suspend) => Some(Wish::Suspend),
        _ => None,
    }
}

/// Paints what is being read and what was left out.
pub fn view(model: &OpeningModel, frame: &mut Frame<'_>) {
    let (all, theme) = (frame.area(), &model.theme);
    let buffer = frame.buffer_mut();
    Pen::new(buffer, all).put(" visavis", theme.name);
    let below = Rect { y: all.y + all.height.min(1), height: all.height.saturating_sub(1), ..all };
    let list = list_area(below, "opening", theme, buffer);
    Pen::new(buffer, row(list, 0)).put_shortened(&model.now(), theme.text);
    let left_out = model.files.iter().filter(|file| file.progress.is_cancelled());
    let rows = usize::from(list.height).saturating_sub(2);
    for (number, file) in left_out.take(rows.saturating_sub(1)).enumerate() {
        let words = format!("left out: {}", file.name);
        Pen::new(buffer, row(list, number + 2)).put_shortened(&words, theme.dim);
    }
    if all.height > 3 && model.waited_for().is_some() {
        let last = Rect { y: all.bottom() - 1, height: 1, ..all };
        let keys = [Action::Escape, Action::Quit].map(|action| model.keymap.key_of(Scope::Sessions, action));
        let keys: Vec<String> = keys.into_iter().flatten().collect();
        let mut pen = Pen::new(buffer, last);
        pen.put(" ", theme.text).put(&keys.join(" "), theme.key);
        pen.put(" go on without this file", theme.key_words);
    }
    model.theme.lay_ground(frame.buffer_mut());
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    /// Three files of which the first is read and the second is at `percent`.
    fn model(percent: u8) -> OpeningModel {
        let file = |name: &str| File { name: name.to_owned(), progress: Arc::default() };
        let files: Vec<File> = ["a.txt", "b.pdf", "c.md"].map(file).into();
        files[0].progress.end();
        files[1].progress.reach(percent).expect("it is not called off");
        OpeningModel::new(files, Keymap::built_in(), Choice::Dark)
    }

    /// The screen with its blank lines left out.
    fn shown(model: &OpeningModel) -> String {
        let mut terminal = Terminal::new(TestBackend::new(60, 9)).expect("it is in memory");
        terminal.draw(|frame| view(model, frame)).expect("it is painted in memory");
        let screen = terminal.backend().to_string();
        let lines = screen.lines().map(|line| line.trim_matches('"').trim_end());
        lines.filter(|line| !line.is_empty()).skip(2).collect::<Vec<_>>().join("\n")
    }

    fn press(model: &OpeningModel, code: KeyCode) -> Option<Wish> {
        update(model, &Input::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    #[test]
    fn a_file_may_be_left_out_while_it_is_read() {
        let model = model(40);
        assert_eq!(shown(&model), " reading 2 of 3: b.pdf, 40 %\n Esc q go on without this file");
        assert_eq!(press(&model, KeyCode::Char('j')), None);
        assert_eq!(model.waited_for(), Some(1));
        press(&model, KeyCode::Esc);
        assert!(!model.files[0].progress.is_cancelled() && model.files[1].progress.is_cancelled());
        assert_eq!(
            shown(&model),
            " reading 3 of 3: c.md, 0 %\n left out: b.pdf\n Esc q go on without this file"
        );
        press(&model, KeyCode::Char('q'));
        assert_eq!(model.waited_for(), None);
        assert_eq!(shown(&model), " finding who says what\n left out: b.pdf\n left out: c.md");
    }
}
