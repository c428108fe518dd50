//! The panel that is open, with its own state, so that two open panels, or a closed one with a query,
//! cannot be written.

use super::bulk::Bulk;
use super::export::ExportLine;
use super::filter::Filters;
use super::help::Help;
use super::inspector::working::Inspecting;
use super::keymap::Scope;
use super::ledger::Ledger;
use super::line_edit::ListFilter;
use super::link_edit::LinkEdit;
use super::note_edit::NoteEdit;
use super::notes::NotesList;
use super::others::Others;
use super::outline::Outline;
use super::palette::Palette;
use super::profile::Profile;
use super::question::Question;
use super::reject::Reject;
use super::search::SearchLine;
use super::selection::Selection;
use super::source::SourceView;
use super::themes::Themes;
use super::weigh::Weigh;
use super::who_said::WhoSaid;

/// The panel that is open.
#[derive(Debug, Default)]
pub enum Mode {
    /// None: keys go to the columns.
    #[default]
    Browse,
    /// The full why panel.
    Inspect(Inspecting),
    /// A cue gets another weight.
    Weigh(Weigh),
    /// Words are being selected.
    Select(Selection),
    /// A verdict's digit is awaited.
    Verdict,
    /// Who said it is awaited.
    WhoSaid(WhoSaid),
    /// The grain at which a mark is wrong is asked.
    Reject(Reject),
    /// The score from which on all is accepted.
    Bulk(Bulk),
    /// The links of a sentence, or one being made.
    Links(LinkEdit),
    /// How far the reader and the program agree, and which of the differences is chosen.
    Agreement(usize),
    /// The list of what is rejected, and which of it is chosen.
    Rejected(usize),
    /// The search line.
    Search(SearchLine),
    /// The note editor.
    Note(Box<NoteEdit>),
    /// The list of notes.
    Notes(NotesList),
    /// A document's own text.
    Source(SourceView),
    /// The list of sources, and which of its statements is chosen.
    Sources(usize),
    /// The ledger.
    Ledger(Ledger),
    /// The outline.
    Outline(Outline),
    /// Who else has answered a sentence.
    Others(Others),
    /// Pictures of what was found.
    Profile(Profile),
    /// Which sentences are shown.
    Filters(Filters),
    /// The palette.
    Palette(Palette),
    /// The list of themes.
    Themes(Themes),
    /// The name of a file to write to.
    Export(ExportLine),
    /// The help; over which panel's keys.
    Help(Help),
    /// A question, and what is done when it is answered.
    Question(Question),
}

impl Mode {
    /// The words by which the open list is filtered; none of what is no such list.
    pub fn list_filter(&self) -> Option<&ListFilter> {
        match self {
            Self::Notes(list) => Some(&list.filter),
            Self::Ledger(ledger) => Some(&ledger.filter),
            Self::Outline(outline) => Some(&outline.filter),
            Self::Help(help) => Some(&help.filter),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn list_filter_mut(&mut self) -> Option<&mut ListFilter> {
        match self {
            Self::Notes(list) => Some(&mut list.filter),
            Self::Ledger(ledger) => Some(&mut ledger.filter),
            Self::Outline(outline) => Some(&mut outline.filter),
            Self::Help(help) => Some(&mut help.filter),
            _ => None,
        }
    }

    /// The table of keys in force.
    pub fn scope(&self) -> Scope {
        if self.list_filter().is_some_and(|filter| filter.typing) {
            return Scope::Filter;
        }
        match self {
            Self::Browse => Scope::Browse,
            Self::Inspect(_) => Scope::Inspect,
            Self::Weigh(_) => Scope::Weigh,
            Self::Select(_) => Scope::Select,
            Self::Verdict => Scope::Verdict,
            Self::WhoSaid(list) if list.naming.is_some() => Scope::Filter,
            Self::WhoSaid(_) => Scope::WhoSaid,
            Self::Reject(_) => Scope::Reject,
            Self::Bulk(_) => Scope::Bulk,
            Self::Links(_) => Scope::Links,
            Self::Agreement(_) => Scope::Agreement,
            Self::Rejected(_) => Scope::Rejected,
            Self::Search(_) => Scope::Search,
            Self::Note(_) => Scope::Note,
            Self::Notes(_) => Scope::Notes,
            Self::Source(_) => Scope::Source,
            Self::Sources(_) => Scope::Sources,
            Self::Ledger(_) => Scope::Ledger,
            Self::Outline(_) => Scope::Outline,
            Self::Others(_) => Scope::Others,
            Self::Profile(_) => Scope::Profile,
            Self::Filters(_) => Scope::Filters,
            Self::Palette(_) => Scope::Palette,
            Self::Themes(_) => Scope::Themes,
            Self::Export(_) => Scope::Export,
            Self::Help(_) => Scope::Help,
            Self::Question(_) => Scope::Question,
        }
    }
}
