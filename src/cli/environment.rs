//! What the program takes from its environment, read once.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

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
    /// Whether the terminal may be asked for its colours: the Linux console would show the question.
    pub may_be_asked: bool,
    /// Why the terminal takes nothing to a clipboard, if it is known not to.
    pub no_clipboard: Option<&'static str>,
    /// What `~/` stands for.
    pub home: Option<PathBuf>,
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
            no_clipboard: no_clipboard(&word),
            home: std::env::home_dir(),
            light: word("COLORFGBG").is_some_and(|colors| told_light(&colors)),
            terminal: io::stdout().is_terminal(),
        }
    }
}

/// Terminals that are known to ignore OSC 52, by what they set. Within tmux and over SSH it is the outer
/// one that counts, which does not tell.
fn no_clipboard(word: &impl Fn(&str) -> Option<String>) -> Option<&'static str> {
    let term = word("TERM").unwrap_or_default();
    if term.is_empty() || term == "linux" {
        return Some("the console has no clipboard");
    }
    if word("TMUX").is_some() || word("SSH_TTY").is_some() {
        return None;
    }
    if term.starts_with("screen") {
        return Some("screen hands nothing to the terminal’s clipboard");
    }
    if word("VTE_VERSION").is_some() {
        return Some("this terminal (VTE) lets no program copy");
    }
    (word("TERM_PROGRAM").as_deref() == Some("Apple_Terminal")).then_some("Terminal.app lets no program copy")
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
    use super::{no_clipboard, told_light};

    #[track_caller]
    fn check_clipboard(set: &[(&str, &str)], start: Option<&str>) {
        let word =
            |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let found = no_clipboard(&word);
        assert!(found.is_some() == start.is_some() && found >= start, "{found:?}");
    }

    #[test]
    fn terminals_that_cannot_copy_are_known() {
        check_clipboard(&[("TERM", "xterm-256color")], None);
        check_clipboard(&[], Some("the console"));
        check_clipboard(&[("TERM", "linux")], Some("the console"));
        check_clipboard(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], Some("this terminal"));
        check_clipboard(&[("TERM", "tmux"), ("VTE_VERSION", "7600"), ("TMUX", "x")], None);
        check_clipboard(&[("TERM", "screen.xterm")], Some("screen"));
        check_clipboard(&[("TERM", "xterm"), ("TERM_PROGRAM", "Apple_Terminal")], Some("Terminal.app"));
    }

    #[test]
    fn colorfgbg_tells_light_from_dark() {
        assert!(told_light("0;15"));
        assert!(told_light("0;default;7"));
        assert!(!told_light("15;0"));
        assert!(!told_light("default"));
    }
}
