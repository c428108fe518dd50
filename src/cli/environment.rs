//! What the program takes from its environment, read once.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};

/// Variables and streams, as values.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the surroundings")]
#[derive(Debug)]
pub struct Environment {
    /// The reader's name for notes: `$VISAVIS_AUTHOR`, else `$USER`, else “reader”.
    pub author: String,
    /// `$VISUAL`, else `$EDITOR`.
    pub editor: Option<OsString>,
    /// Whether `$NO_COLOR` is set to something (no-color.org).
    pub no_color: bool,
    /// Whether the terminal can only print lines (`$TERM` is `dumb`).
    pub dumb: bool,
    /// Whether the terminal may be asked for its colours and may have a clipboard: the Linux console
    /// would show the question.
    pub may_be_asked: bool,
    /// Whether `$COLORFGBG` tells of a light background.
    pub light: bool,
    /// Whether standard output is a terminal.
    pub terminal: bool,
}

impl Environment {
    /// Reads it.
    pub fn read() -> Self {
        let word = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let term = word("TERM").unwrap_or_default();
        Self {
            author: word("VISAVIS_AUTHOR").or_else(|| word("USER")).unwrap_or_else(|| "reader".to_owned()),
            editor: std::env::var_os("VISUAL")
                .or_else(|| std::env::var_os("EDITOR"))
                .filter(|value| !value.is_empty()),
            no_color: word("NO_COLOR").is_some(),
            dumb: term == "dumb",
            may_be_asked: !term.is_empty() && term != "linux",
            light: word("COLORFGBG").is_some_and(|colors| told_light(&colors)),
            terminal: io::stdout().is_terminal(),
        }
    }
}

/// Whether the last number of `fg;bg` (rxvt's convention) is white or bright.
fn told_light(colors: &str) -> bool {
    colors
        .rsplit(';')
        .next()
        .and_then(|number| number.parse().ok())
        .is_some_and(|number: u8| number == 7 || number > 8)
}

#[cfg(test)]
mod tests {
    use super::told_light;

    #[test]
    fn colorfgbg_tells_light_from_dark() {
        assert!(told_light("0;15"));
        assert!(told_light("0;default;7"));
        assert!(!told_light("15;0"));
        assert!(!told_light("default"));
    }
}
