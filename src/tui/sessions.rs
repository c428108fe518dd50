//! The list of sessions that opens when no file is given: a small screen of its own.

use crossterm::event::{Event as Input, KeyEventKind, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::action::Action;
use super::key::Key;
use super::keymap::{Keymap, Lookup, Scope};
use super::line_edit::ListFilter;
use super::paint::{Pen, inset, row, title_row};
use super::theme::{Choice, Theme};
use super::{status, wrap};

/// Rows of an entry: the session, its documents, a blank one.
const ROWS: usize = 3;

/// A session as it is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Names of its documents.
    pub documents: Vec<String>,
    /// How many notes it holds.
    pub notes: usize,
    /// How many of its sentences are read, if that is known.
    pub read: Option<(usize, usize)>,
    /// When it was last used, in the reader's own time.
    pub used: String,
}

/// The list of sessions.
#[derive(Debug)]
pub struct SessionsModel {
    rows: Vec<Row>,
    chosen: usize,
    filter: ListFilter,
    keymap: Keymap,
    choice: Choice,
    theme: Theme,
    pressed: Vec<Key>,
}

/// What the reader wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// To open the session with this name.
    Open(String),
    /// To leave.
    Quit,
    /// To have the terminal given back until `fg`.
    Suspend,
}

impl SessionsModel {
    /// A list of `rows`, in the order given.
    pub fn new(rows: Vec<Row>, keymap: Keymap, choice: Choice) -> Self {
        let theme = choice.theme(None);
        Self { rows, chosen: 0, filter: ListFilter::default(), keymap, choice, theme, pressed: Vec::new() }
    }

    /// The terminal told its background.
    pub fn background(&mut self, light: bool) {
        self.theme = self.choice.theme(Some(light));
    }

    /// The rows that pass the filter.
    fn shown(&self) -> Vec<&Row> {
        let wanted = self.filter.text().to_lowercase();
        let matches = |row: &&Row| {
            let documents = row.documents.iter();
            documents.chain([&row.name]).any(|words| words.to_lowercase().contains(&wanted))
        };
        self.rows.iter().filter(matches).collect()
    }
}

/// Lets `input` change the list; gives what the reader wants, once that is known.
pub fn update(model: &mut SessionsModel, input: &Input) -> Option<Chosen> {
    match input {
        Input::Key(event) if event.kind != KeyEventKind::Release => key(model, Key::pressed(*event)),
        Input::Paste(text) if model.filter.typing => {
            model.filter.words.insert(text);
            None
        }
        Input::Mouse(event) => {
            match event.kind {
                MouseEventKind::ScrollDown => step(model, Action::Down),
                MouseEventKind::ScrollUp => step(model, Action::Up),
                _ => (),
            }
            None
        }
        _ => None,
    }
}

fn key(model: &mut SessionsModel, key: Key) -> Option<Chosen> {
    let scope = if model.filter.typing { Scope::Filter } else { Scope::Sessions };
    model.pressed.push(key);
    match model.keymap.lookup(scope, &model.pressed) {
        Lookup::Begun => None,
        Lookup::Found(action) => {
            model.pressed.clear();
            act(model, action)
        }
        Lookup::Unbound => {
            model.pressed.clear();
            if model.filter.typing && model.filter.words.press(key) {
                model.chosen = 0;
            }
            None
        }
    }
}

fn act(model: &mut SessionsModel, action: Action) -> Option<Chosen> {
    match action {
        Action::Accept if model.filter.typing => model.filter.typing = false,
        Action::Accept => return model.shown().get(model.chosen).map(|row| Chosen::Open(row.name.clone())),
        Action::Filter => model.filter.typing = true,
        Action::Escape if model.filter.is_used() => {
            model.filter = ListFilter::default();
            model.chosen = 0;
        }
        Action::Escape | Action::Quit => return Some(Chosen::Quit),
        Action::Suspend => return Some(Chosen::Suspend),
        action => step(model, action),
    }
    None
}

fn step(model: &mut SessionsModel, action: Action) {
    let last = model.shown().len().saturating_sub(1);
    model.chosen = match action {
        Action::Down => (model.chosen + 1).min(last),
        Action::Up => model.chosen.saturating_sub(1),
        Action::Top => 0,
        Action::Bottom => last,
        _ => model.chosen,
    };
}

/// Paints the list.
pub fn view(model: &SessionsModel, frame: &mut Frame<'_>) {
    paint(model, frame);
    model.theme.lay_ground(frame.buffer_mut());
}

fn paint(model: &SessionsModel, frame: &mut Frame<'_>) {
    let (all, theme) = (frame.area(), &model.theme);
    let shown = model.shown();
    let buffer = frame.buffer_mut();
    Pen::new(buffer, all).put(" visavis", theme.name);
    let below = Rect { y: all.y + all.height.min(1), height: all.height.saturating_sub(1), ..all };
    let title = match model.filter.text() {
        "" => format!("sessions {}", model.rows.len()),
        words => format!("sessions {} with “{words}”", shown.len()),
    };
    let rest = title_row(below, &title, theme, buffer);
    let list = Rect { y: rest.y + rest.height.min(1), height: rest.height.saturating_sub(2), ..rest };
    let list = inset(list, 1);
    let fits = (usize::from(list.height) / ROWS).max(1);
    let first = model.chosen.saturating_sub(fits / 2).min(shown.len().saturating_sub(fits));
    for (number, entry) in shown.iter().enumerate().skip(first).take(fits) {
        let top = (number - first) * ROWS;
        paint_row(entry, number == model.chosen, [row(list, top), row(list, top + 1)], theme, frame);
    }
    let buffer = frame.buffer_mut();
    let last = Rect { y: all.bottom().saturating_sub(1), height: all.height.min(1), ..all };
    if all.height < 3 {
        return;
    }
    if model.filter.typing {
        return status::field(&model.filter.words, "filter: ", last, theme, buffer);
    }
    let mut pen = Pen::new(buffer, last);
    pen.put(" ", theme.text);
    status::put_keys(&mut pen, &status::all_hints(&model.keymap, Scope::Sessions), theme);
}

fn paint_row(entry: &Row, chosen: bool, rows: [Rect; 2], theme: &Theme, frame: &mut Frame<'_>) {
    for area in rows {
        Pen::new(frame.buffer_mut(), area).put(if chosen { "▌ " } else { "  " }, theme.bar);
    }
    let notes = match entry.notes {
        0 => "no notes".to_owned(),
        1 => "1 note".to_owned(),
        count => format!("{count} notes"),
    };
    let read = entry.read.map_or(String::new(), |(read, all)| format!("{read}/{all} read   "));
    let right = format!("{notes}   {read}{}", entry.used);
    let mut pen = Pen::new(frame.buffer_mut(), rows[0]);
    let name = if chosen { theme.header_focus } else { theme.header };
    let room = pen.room().saturating_sub(wrap::width(&right) + 5);
    pen.skip(2).put(&wrap::shortened(&entry.name, room.max(8)), name);
    if pen.room() > wrap::width(&right) {
        pen.skip_to(rows[0].right().saturating_sub(wrap::width(&right) as u16)).put(&right, theme.dim);
    }
    let documents = entry.documents.join(", ");
    Pen::new(frame.buffer_mut(), rows[1]).skip(2).put_shortened(&documents, theme.dim);
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    fn model() -> SessionsModel {
        let row = |name: &str| Row { name: name.to_owned(), ..Row::default() };
        SessionsModel::new(vec![row("alpha"), row("beta")], Keymap::built_in(), Choice::Dark)
    }

    #[track_caller]
    fn check(keys: &str, expected: Option<&Chosen>) {
        let mut model = model();
        let mut found = None;
        for name in keys.split(' ') {
            let key = Key::named(name).expect("a key");
            let modifiers = if key.ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
            let code = if name == "space" { KeyCode::Char(' ') } else { key.code };
            found = found.or(update(&mut model, &Input::Key(KeyEvent::new(code, modifiers))));
        }
        assert_eq!(found.as_ref(), expected, "{keys}");
    }

    #[test]
    fn a_session_is_chosen_by_moving_or_by_its_name() {
        let [alpha, beta] = ["alpha", "beta"].map(|name| Chosen::Open(name.to_owned()));
        check("enter", Some(&alpha));
        check("j enter", Some(&beta));
        check("j j j k enter", Some(&alpha));
        check("/ b e enter enter", Some(&beta));
        check("/ x enter enter", None);
        check("/ b esc enter", Some(&alpha));
        check("q", Some(&Chosen::Quit));
        check("g g ctrl-z", Some(&Chosen::Suspend));
    }
}
