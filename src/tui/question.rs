//! Yes or no: what is asked before something would be lost.

use super::effect::Effect;
use super::mode::Mode;
use super::model::Model;
use super::note_edit::NoteEdit;
use super::{resume, saving};

/// What is asked.
#[derive(Debug)]
pub enum Question {
    /// Whether the note being written may be lost.
    LoseNote {
        /// Goes on if the answer is no.
        note: Box<NoteEdit>,
        /// Whether the program is left after it.
        quit: bool,
    },
    /// Whether to leave although some acts are not in the journal.
    LoseActs,
}

impl Question {
    /// The note editor that stays on the screen.
    pub fn note(&self) -> Option<&NoteEdit> {
        match self {
            Self::LoseNote { note, .. } => Some(note),
            Self::LoseActs => None,
        }
    }

    /// Its words.
    pub fn words(&self, model: &Model) -> String {
        match self {
            Self::LoseNote { quit: false, .. } => "throw the note away?".to_owned(),
            Self::LoseNote { quit: true, .. } => "quit and lose the unsaved note?".to_owned(),
            Self::LoseActs => match model.saving.failed() {
                1 => "quit and lose one unsaved change?".to_owned(),
                count => format!("quit and lose {count} unsaved changes?"),
            },
        }
    }
}

/// Leaves the program, or asks if something would be lost.
pub fn quit(model: &mut Model) -> Vec<Effect> {
    match std::mem::take(&mut model.mode) {
        Mode::Note(note) if note.is_changed() => {
            model.mode = Mode::Question(Question::LoseNote { note, quit: true });
            Vec::new()
        }
        Mode::Question(Question::LoseNote { note, .. }) => {
            model.mode = Mode::Question(Question::LoseNote { note, quit: true });
            Vec::new()
        }
        _ if model.saving.failed() > 0 => {
            model.mode = Mode::Question(Question::LoseActs);
            Vec::new()
        }
        _ => resume::leave(model),
    }
}

/// The answer was yes.
pub fn yes(model: &mut Model) -> Vec<Effect> {
    let Mode::Question(question) = std::mem::take(&mut model.mode) else { return Vec::new() };
    match question {
        Question::LoseNote { quit: true, .. } => quit(model),
        Question::LoseNote { note, quit: false } => {
            note.leave(model);
            Vec::new()
        }
        Question::LoseActs => {
            saving::forget_failed(model);
            vec![Effect::Quit]
        }
    }
}

/// The answer was no: all goes on.
pub fn no(model: &mut Model) {
    if let Mode::Question(Question::LoseNote { note, .. }) = std::mem::take(&mut model.mode) {
        model.mode = Mode::Note(note);
    }
}
