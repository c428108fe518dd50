//! Every action, one line each: its name in `keys.toml`, its words in the status line, its help.
//!
//! An action carries no data: whatever has data (a query, a note) is state of the open panel. So an
//! action can be listed in the help, bound in a file and sent by a test.

macro_rules! actions {
    ($($variant:ident $name:literal $short:literal $help:literal;)*) => {
        /// Something a key can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $help] $variant,)*
        }

        impl Action {
            /// All of them, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in `keys.toml`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The action called `name` in `keys.toml`.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// One or two words for the status line.
            pub fn short(self) -> &'static str {
                match self { $(Self::$variant => $short,)* }
            }

            /// What it does, for the help.
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }
        }
    };
}

actions! {
    NextSentence "next_sentence" "sentence" "go to the next sentence";
    PreviousSentence "previous_sentence" "sentence" "go to the sentence before";
    HalfPageDown "half_page_down" "half page" "go half a page down";
    HalfPageUp "half_page_up" "half page up" "go half a page up";
    PageDown "page_down" "page" "go a page down";
    PageUp "page_up" "page up" "go a page up";
    First "first_sentence" "first" "go to the first sentence";
    Last "last_sentence" "last" "go to the last sentence";
    NextColumn "next_column" "side" "go to the next column, the last one leads to the first";
    PreviousColumn "previous_column" "side" "go to the column before";
    ColumnLeft "column_left" "left" "go to the column on the left";
    ColumnRight "column_right" "right" "go to the column on the right";
    SlideLeft "slide_left" "earlier columns" "slide the window over the columns to the left";
    SlideRight "slide_right" "more columns" "slide the window over the columns to the right";
    NextMark "next_mark" "next mark" "go to the next marked sentence of the column";
    PreviousMark "previous_mark" "mark before" "go to the marked sentence before";
    NextSuggestion "next_suggestion" "next by score" "go to the surest suggestion that is undecided, then to the next below it";
    PreviousSuggestion "previous_suggestion" "one before" "go back to the suggestion above it in the order of scores";
    NextNote "next_note" "next note" "go to the next note or verdict of the column; several notes on one sentence are met one by one";
    PreviousNote "previous_note" "note before" "go to the note or verdict before";
    Counterpart "counterpart" "answer" "go to the sentence that answers this one or that it answers; again: the next best";
    Back "back" "back" "go back to where the last jump started";
    Forward "forward" "forward" "go forward again after going back";
    Search "search" "find" "find words in all columns; capitals count only if you type one";
    NextHit "next_hit" "next hit" "go to the next place found";
    PreviousHit "previous_hit" "hit before" "go to the place found before";
    OlderSearch "older_search" "searched before" "take up what was searched for before";
    NewerSearch "newer_search" "searched after" "take up what was searched for after that";
    Outline "outline" "outline" "list paragraphs and headings with their claims and how much is read";
    Filters "filters" "what is shown" "choose what is shown: by kind, speaker, verdict, score, unread";
    Claims "toggle_claims" "claims" "show or hide the claims; in blind reading mark the sentence as a claim";
    Rebuttals "toggle_rebuttals" "rebuttals" "show or hide the rebuttals; in blind reading mark the sentence as one";
    Rhetoric "toggle_rhetoric" "rhetoric" "show or hide the rhetoric; in blind reading mark the sentence as rhetoric";
    Marks "toggle_marks" "marks" "hide all marks, or show them all; in blind reading take your marks away";
    Alignment "toggle_alignment" "alignment" "level linked sentences; again: let the columns scroll together; again: each alone";
    Questions "toggle_questions" "questions" "show or hide the question above each answer of a transcript";
    Others "others" "who else" "find who else has answered this sentence, in your library";
    Inspect "inspect" "why" "show why in full: every cue with its weight, every link with its evidence";
    Select "select" "select" "select words: of the sentence, or those a search stands on";
    Note "note" "note" "write a note on the sentence, or on the words selected";
    NoteStatement "note_statement" "note on all" "write a note on the whole statement";
    EditNote "edit_note" "edit note" "edit the sentence's last note in $EDITOR";
    Source "source" "source" "show the document's own text, its passages marked with who says them and how";
    WhoSaid "who_said" "who said it" "mend who speaks: give the sentence, or all that the chosen speaker says, to somebody else";
    ListSources "list_sources" "sources" "list documents and speakers, how each was read and what was odd";
    ListNotes "list_notes" "notes" "list all notes and verdicts";
    Ledger "ledger" "ledger" "list every claim against the best answer to it, or that none is found";
    Profile "profile" "profile" "picture marks and techniques by speaker, their course, and the map of links";
    Verdict "verdict" "verdict" "give a verdict on the sentence: then a digit";
    RepeatVerdict "repeat_verdict" "same verdict" "give the last verdict again, on this sentence";
    AcceptSuggestion "accept_suggestion" "accept" "accept the mark or link in question, and go on to the next";
    RejectSuggestion "reject_suggestion" "reject" "reject the link in question, or ask what is wrong with the mark; then go on";
    AcceptAll "accept_all" "accept all" "accept everything suggested from a score on, which is shown first";
    ListRejected "list_rejected" "rejected" "list what is rejected, to restore it";
    MarkSentence "mark_sentence" "mark" "mark the sentence as one end of a link, or take the mark away";
    LinkHere "link_here" "link" "link the marked sentence with this one: then a digit for the relation";
    Links "links" "links" "see the links of the sentence with the words of both ends; correct, accept or remove them";
    Blind "blind" "blind" "blind reading: hide what the program marks until you have marked, or end it";
    Reveal "reveal" "reveal" "show your marks and the program's, and how far the two agree";
    Read "toggle_read" "read" "mark the sentence as read, or as unread";
    UnreadOnly "unread_only" "unread only" "show only sentences that are not marked as read, or all";
    Copy "copy" "copy" "copy the sentence or the words selected, quoted, with speaker, date and document";
    CopyNotes "copy_notes" "copy notes" "copy all notes and verdicts, as Markdown";
    Export "export" "export" "write all notes and verdicts (in the ledger: what it shows) to a file, in the form its ending names";
    Themes "themes" "theme" "choose the colours, which change while you choose";
    Mouse "toggle_mouse" "mouse" "leave the mouse to the terminal, to select as it does, or take it back";
    Undo "undo" "undo" "undo the last thing done to the session";
    Redo "redo" "redo" "do again what was undone";
    Palette "palette" "anything" "find any action by its words, and do it";
    Help "help" "help" "list the keys";
    Escape "escape" "back" "leave the panel, the search or the count: one level back";
    Quit "quit" "quit" "leave the program; all is kept";
    Suspend "suspend" "suspend" "give the terminal back until `fg`";

    SelectWord "select_word" "word" "let the moving end go to the next word";
    SelectWordBack "select_word_back" "word back" "let the moving end go to the word before";
    SelectCharacter "select_character" "character" "let the moving end go a character on";
    SelectCharacterBack "select_character_back" "character back" "let the moving end go a character back";
    SelectSentence "select_sentence" "sentence" "let the moving end go to the end of the sentence, then of the next";
    SelectSentenceBack "select_sentence_back" "sentence back" "let the moving end go to the start of the sentence, then of the one before";
    SwapEnds "swap_ends" "other end" "let the other end move";
    SelectAnew "select_anew" "begin here" "begin anew with the word at the moving end";

    Keep "keep" "keep" "keep what is written";
    Accept "accept" "go there" "take what is chosen";
    Down "down" "down" "one row down";
    Up "up" "up" "one row up";
    ScrollDown "scroll_down" "half page" "half a page of the panel down";
    ScrollUp "scroll_up" "half page up" "half a page of the panel up";
    Top "top" "top" "to the top of the panel";
    Bottom "bottom" "bottom" "to the bottom of the panel";
    Complete "complete" "complete" "go on with the name as the files there do";
    Filter "filter" "filter" "type to show only what matches";
    Reorder "reorder" "order" "put the claims in another order: surest first, unanswered first, as in the texts, by verdict";
    NextBand "next_band" "band" "show only claims that find no answer, maybe one, one; then all";
    NextVerdict "next_verdict" "verdict" "show only claims without a verdict, with each verdict in turn; then all";
    NextSpeaker "next_speaker" "speaker" "show only the claims of each speaker in turn; then all";
    NextView "next_view" "view" "go on to the next view: of the ledger claims, pairs of statements, chains of answers; of the profile bars, courses, the map of links";
    CopyPage "copy_page" "copy" "copy all that is listed, as Markdown";
    CopyTable "copy_table" "copy CSV" "copy all that is listed, as CSV for a spreadsheet";
    NextValue "next_value" "change" "take the next value of the chosen line";
    PreviousValue "previous_value" "change back" "take the value before";
    ShowAll "show_all" "show all" "leave nothing out any more";
    Silence "silence_cue" "silence cue" "silence the chosen cue: here, everywhere or its whole rule, and see what would change";
    Reweigh "reweigh_cue" "weight" "give the chosen cue another weight in your own lexicon, and see what would change";
    ShowOrHide "show_or_hide" "show or hide" "show or hide the chosen statement";
    ShowAlone "show_alone" "alone" "show the chosen statement alone; again: show all";
    NextDocument "next_document" "next document" "show the next document";
    NewName "new_name" "new name" "give the words to somebody who is not listed";
    Nobody "nobody" "nobody" "give the words to nobody: they are not part of a statement";
    EditHere "edit_here" "edit" "edit the chosen note";
    EditOutside "edit_outside" "$EDITOR" "go on writing in $EDITOR";
    ConfirmPlace "confirm_place" "it stands here" "confirm that the chosen note stands where it was found again";
    DeleteNote "delete_note" "delete" "delete the chosen note; undo brings it back";
    Disputed "disputed" "disputed" "disputed: somebody says otherwise";
    Supported "supported" "supported" "supported: evidence speaks for it";
    Refuted "refuted" "refuted" "refuted: evidence speaks against it";
    NeedsSource "needs_source" "needs source" "needs a source: nothing is given for it";
    Settled "settled" "settled" "settled: no longer in question";
    NoVerdict "no_verdict" "take back" "take the verdict back";
    RejectThis "reject_this" "this one" "this mark is wrong";
    RejectHere "reject_here" "phrase here" "this phrase does not count in this document";
    RejectEverywhere "reject_everywhere" "everywhere" "this phrase does not count anywhere";
    RejectRule "reject_rule" "this rule" "the rule behind this phrase does not count";
    NextCue "next_cue" "other cue" "take the next cue";
    PreviousCue "previous_cue" "other cue" "take the cue before";
    Raise "raise" "higher" "from a higher score on";
    Lower "lower" "lower" "from a lower score on";
    AcceptThese "accept_these" "accept these" "accept what is counted here, as one step";
    Restore "restore" "restore" "restore the chosen one";
    LinkRebuts "link_rebuts" "rebuts" "rebuts: denies or rejects it, or charges back";
    LinkContradicts "link_contradicts" "contradicts" "contradicts: cannot be true together with it";
    LinkEchoes "link_echoes" "echoes" "echoes: says the same";
    LinkAccepts "link_accepts" "accepts" "accepts: concedes it";
    LinkDeflects "link_deflects" "deflects" "deflects: turns to something else";
    AcceptLink "accept_link" "as it is" "accept the link as it was found";
    RemoveLink "remove_link" "no link" "there is no link: reject a suggested one, remove your own";
    NextLink "next_link" "other link" "see the next link of the sentence";
    PreviousLink "previous_link" "other link" "see the link before";
    TurnLink "turn_link" "turn round" "let the other sentence be the one that answers";
    Yes "yes" "yes" "yes";
    No "no" "no" "no, go on";
}

impl Action {
    /// Words that people bring from elsewhere, by which the palette finds it too.
    pub fn also(self) -> &'static str {
        match self {
            Self::ListRejected => "ignored silenced",
            Self::Reveal => "kappa agreement",
            Self::NextMark | Self::PreviousMark => "change of a version",
            Self::Alignment => "align synchronise lock free",
            Self::Source => "raw original",
            Self::Export => "save",
            Self::Themes => "colors dark light",
            Self::Inspect => "explain",
            Self::Outline => "contents progress",
            Self::Profile => "chart statistics",
            Self::Ledger => "matrix table chains pairs",
            Self::Quit => "exit close",
            _ => "",
        }
    }

    /// Whether a count before it repeats it.
    pub fn counts(self) -> bool {
        matches!(
            self,
            Self::NextSentence
                | Self::PreviousSentence
                | Self::HalfPageDown
                | Self::HalfPageUp
                | Self::PageDown
                | Self::PageUp
                | Self::NextMark
                | Self::PreviousMark
                | Self::NextSuggestion
                | Self::PreviousSuggestion
                | Self::NextNote
                | Self::PreviousNote
                | Self::SelectWord
                | Self::SelectWordBack
                | Self::SelectCharacter
                | Self::SelectCharacterBack
                | Self::SelectSentence
                | Self::SelectSentenceBack
                | Self::NextHit
                | Self::PreviousHit
                | Self::First
                | Self::Last
                | Self::Undo
                | Self::Redo
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() {
        for action in Action::ALL {
            assert_eq!(Action::named(action.name()), Some(*action));
        }
    }
}
