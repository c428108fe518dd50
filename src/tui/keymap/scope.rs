//! The panels that keys go to, one line each: its table in `keys.toml`, and what the help calls it.

/// The panel that keys go to; each has a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// The columns.
    Browse,
    /// The full why panel.
    Inspect,
    /// The weight of a cue is typed.
    Weigh,
    /// Words being selected.
    Select,
    /// After `d`: which verdict.
    Verdict,
    /// The grain at which a mark is wrong.
    Reject,
    /// The score from which on all is accepted.
    Bulk,
    /// The links of a sentence, or one being made.
    Links,
    /// How far the reader and the program agree.
    Agreement,
    /// The list of what is rejected.
    Rejected,
    /// The search line.
    Search,
    /// The note editor.
    Note,
    /// After `S`: who said it.
    WhoSaid,
    /// The list of notes.
    Notes,
    /// The list of sources.
    Sources,
    /// A document's own text.
    Source,
    /// The ledger.
    Ledger,
    /// The outline.
    Outline,
    /// Who else has answered.
    Others,
    /// Pictures.
    Profile,
    /// Which sentences are shown.
    Filters,
    /// The palette.
    Palette,
    /// The help.
    Help,
    /// The filter line of a list.
    Filter,
    /// A yes or no question.
    Question,
    /// The list of themes.
    Themes,
    /// The name of a file to write to.
    Export,
    /// The list of sessions.
    Sessions,
}

impl Scope {
    /// All of them, in the order of the help, with their table's name and what the help calls them.
    pub const ALL: &[(Self, &str, &str)] = &[
        (Self::Browse, "browse", "reading"),
        (Self::Inspect, "inspect", "why, in full"),
        (Self::Weigh, "weigh", "weight of a cue"),
        (Self::Select, "select", "selecting words"),
        (Self::Verdict, "verdict", "verdict"),
        (Self::WhoSaid, "who_said", "who said it (a digit gives the words to that speaker)"),
        (Self::Reject, "reject", "rejecting a mark"),
        (Self::Bulk, "bulk", "accepting all from a score on"),
        (Self::Links, "links", "links of a sentence"),
        (Self::Agreement, "agreement", "what you and the program marked"),
        (Self::Rejected, "rejected", "list of what is rejected"),
        (Self::Search, "search", "search line"),
        (Self::Note, "note", "note editor"),
        (Self::Notes, "notes", "list of notes"),
        (Self::Sources, "sources", "list of sources"),
        (Self::Source, "source", "source"),
        (Self::Ledger, "ledger", "ledger"),
        (Self::Outline, "outline", "outline"),
        (Self::Others, "others", "who else has answered"),
        (Self::Profile, "profile", "profile"),
        (Self::Filters, "filters", "what is shown"),
        (Self::Palette, "palette", "palette"),
        (Self::Help, "help", "help"),
        (Self::Filter, "filter", "filter line of a list"),
        (Self::Question, "question", "question"),
        (Self::Themes, "themes", "list of themes"),
        (Self::Export, "export", "name of a file"),
        (Self::Sessions, "sessions", "list of sessions"),
    ];

    /// The one whose table in `keys.toml` is called `name`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, table, _)| *table == name).map(|(scope, _, _)| *scope)
    }

    /// What the help calls it.
    pub fn title(self) -> &'static str {
        Self::ALL.iter().find(|(scope, _, _)| *scope == self).map_or("", |(_, _, title)| title)
    }
}
