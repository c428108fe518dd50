//! What a reader sees and does, without a terminal.

#[path = "tui/alignment.rs"]
mod alignment;
#[path = "tui/blind.rs"]
mod blind;
#[path = "tui/hand_links.rs"]
mod hand_links;
#[path = "tui/others.rs"]
mod others;
#[path = "tui/out.rs"]
mod out;
#[path = "tui/phrases.rs"]
mod phrases;
#[path = "tui/pictures.rs"]
mod pictures;
#[path = "tui/screen.rs"]
mod screen;
#[path = "tui/tour.rs"]
mod tour;
#[path = "tui/triage.rs"]
mod triage;
#[path = "tui/ways.rs"]
mod ways;
#[path = "tui/why.rs"]
mod why;

use std::sync::Arc;

use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use screen::Screen;
use visavis::session::{Act, Verdict};
use visavis::tui::effect::Event;
use visavis::tui::keymap::Keymap;
use visavis::tui::sessions::{self, Row, SessionsModel};
use visavis::tui::theme::Choice;

const NORTH: &str = "---\nspeaker: Mara Vell\nrole: Minister of Defence of Norland\n---\n
Since the spring our convoys have been harassed in open water. Ships under the southern flag \
laid 40 mines across the northern channel, three times within a single week, and they have done so \
openly since March.

This reckless conduct endangers every crew that passes. Their ferries may have carried 400 tonnes of \
explosives. We ask for an inspection by a third party, at once and in public.
";
const SOUTH: &str = "---\nspeaker: Ilan Oru\nrole: Foreign Ministry spokesman of Sudria\n---\n
We have taken note of what was said in the north. Our convoys sail under the law of the sea, as they \
always have.

There are no such mines, and there never were: the accusation is groundless. What the minister calls \
evidence is a shameless smear. The ferries carried 12 tonnes of flour. Talks remain possible.
";
/// Wide, combining and joined characters, and a word longer than any column.
const EAST: &str = "---\nspeaker: 林晓明 👩‍💻\nrole: 外交部发言人\n---\n
这一指责毫无根据，我们坚决反对。 Cafe\u{301} naïve 👨‍👩‍👧‍👦 and 🇳🇴 mines. \
Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandsvorsitzender!
";

const WEST: &str = "---\nspeaker: Rade Voss\nrole: Delegate of Westmark\n---\n
Westmark counted the mines itself. The tonnes in question were never weighed.
";
const PORT: &str = "---\nspeaker: Port authority\n---\n
Port records show 12 tonnes on that day. No convoys were delayed. Of mines we know nothing.
";

fn two() -> Screen {
    Screen::of(&[NORTH, SOUTH])
}

/// The status line after `keys`.
#[track_caller]
fn told(keys: &str, expected: &str) {
    let status = two().press(keys).status();
    assert!(status.contains(expected), "after {keys}: {status}");
}

#[test]
fn frames_at_the_usual_sizes() {
    insta::assert_snapshot!("dark_80x24", two().size(80, 24).press("j").frame());
    insta::assert_snapshot!("dark_120x40", two().size(120, 40).press("j").frame());
    insta::assert_snapshot!("plain_120x30", Screen::plain(&[NORTH, SOUTH]).size(120, 30).press("j").frame());
    insta::assert_snapshot!(
        "three_200x60",
        Screen::of(&[NORTH, SOUTH, EAST]).size(200, 60).press("j").text()
    );
}

#[test]
fn frames_of_panels() {
    let noted = || two().size(100, 30).press("j c text:Who_counted_them? ctrl-s d 1 tab d 2");
    insta::assert_snapshot!("note", two().size(100, 30).press("j c text:Who_counted_them?").text());
    insta::assert_snapshot!("notes", noted().press("@").text());
    insta::assert_snapshot!("sources", two().size(100, 20).press("s j").text());
    insta::assert_snapshot!("verdict", noted().press("d").text());
    insta::assert_snapshot!("why_in_full", noted().press("tab K").text());
    insta::assert_snapshot!("search", two().size(100, 30).press("/ text:the").text());
    insta::assert_snapshot!("help", two().size(100, 30).press("? / text:note").text());
    insta::assert_snapshot!("before_the_marks", Screen::unread(&[NORTH, SOUTH]).size(100, 24).text());
}

#[test]
fn frames_of_the_ledger() {
    insta::assert_snapshot!("ledger", two().size(100, 24).press("f").frame());
    insta::assert_snapshot!("ledger_80x24", Screen::of(&[NORTH, SOUTH, EAST]).size(80, 24).press("f").text());
}

#[test]
fn frames_of_the_ledger_with_many_statements() {
    let five = || Screen::of(&[NORTH, SOUTH, EAST, WEST, PORT]);
    insta::assert_snapshot!("ledger_five_200x40", five().size(200, 40).press("f j l").text());
    insta::assert_snapshot!("ledger_pairs", five().size(110, 24).press("f tab j h").frame());
    insta::assert_snapshot!("ledger_chains", five().size(110, 30).press("f tab tab j").text());
}

#[test]
fn the_ledger_says_what_its_views_cannot_do() {
    let pairs = two().press("f tab s");
    assert!(
        pairs.status().contains("all links are counted here; Tab goes on to the chains"),
        "{}",
        pairs.status()
    );
    let pairs = two().press("f tab");
    assert!(!pairs.status().contains("order") && !pairs.status().contains("band"), "{}", pairs.status());
    // A number that is not whole in its cell is worse than fewer words.
    let narrow = Screen::demonstration().size(42, 24).press("f s g g").text();
    let told = narrow.lines().find(|row| row.contains("none found, best 0.")).unwrap_or(&narrow);
    assert!(told.contains("  Zhao Lijian ") && !told.contains('…'), "{told}");
}

#[test]
fn the_ledger_orders_filters_and_goes_to_both_ends() {
    let first = |screen: &Screen| screen.text().lines().nth(3).unwrap_or_default().trim().to_owned();
    let ledger = two().press("f");
    assert!(first(&ledger).contains("Mara Vell 2"), "{}", ledger.text());
    let ledger = ledger.press("s");
    assert!(ledger.status().contains("unanswered first"), "{}", ledger.status());
    // Who stands on the first claim sees what comes first now; who has moved keeps the claim.
    let demonstration = |keys: &str| Screen::demonstration().press(keys);
    let chosen = |screen: &Screen| {
        screen.text().lines().find(|row| row.starts_with(" ▌")).unwrap_or_default().trim().to_owned()
    };
    let (before, ordered) = (demonstration("j d 1 g g f"), demonstration("j d 1 g g f s s s"));
    assert_ne!(chosen(&ordered), chosen(&before));
    assert_eq!(ordered.text().lines().nth(3).unwrap_or_default().trim(), chosen(&ordered));
    assert_eq!(chosen(&demonstration("j d 1 g g f j s s s")), chosen(&demonstration("j d 1 g g f j")));
    let ledger = ledger.press("/ text:inspection enter");
    assert!(ledger.text().contains("nothing is listed"));
    let ledger = ledger.press("esc / text:answered enter G enter");
    assert!(ledger.text().contains("why · Mara Vell"), "{}", ledger.text());
    assert!(Screen::unread(&[NORTH, SOUTH]).press("f").status().contains("still being found"));
    let narrowed = two().press("j d 1 f b");
    assert!(narrowed.text().contains("0 of 2 shown: none found"), "{}", narrowed.text());
    assert!(two().press("f b b b w").text().contains("2 of 2 shown: answered, by Mara Vell"));
    assert!(two().press("j d 1 f v v").text().contains("1 of 2 shown: disputed"));
    assert!(two().press("j d 1 f v v esc").text().contains("ledger · 2 claims"));
}

#[test]
fn the_ledger_brings_the_two_ends_side_by_side() {
    let five = || Screen::of(&[NORTH, SOUTH, EAST, WEST, PORT]);
    let screen = five().press("f / text:400_tonnes enter l l l enter");
    let text = screen.text();
    assert!(text.contains("400 tonnes") && text.contains("Port records show"), "{text}");
    assert_eq!(screen.model.sentence().map(|id| id.0), Some(3));
    // Chains lead from a counter-answer to what it answers.
    let screen = five().press("f tab tab G enter");
    let text = screen.text();
    assert!(text.contains("why · Port authority") && text.contains("never weighed"), "{text}");
}

#[test]
fn the_ledger_is_copied_as_a_page_or_a_table() {
    let screen = two().press("f y Y");
    assert!(screen.copied[0].starts_with("# Ledger\n\n2 claims: 2 answered"), "{}", screen.copied[0]);
    assert!(screen.copied[1].starts_with("doc,speaker,sentence,score,claim"), "{}", screen.copied[1]);
    assert_eq!(screen.copied[1].lines().count(), 3);
}

#[test]
fn a_copied_quotation_says_whose_it_is_and_where_from() {
    let screen = two().press("j y");
    let quoted = "“Ships under the southern flag laid 40 mines across the northern channel, three times within \
                  a single week, and they have done so openly since March.” — Mara Vell, Minister of Defence \
                  of Norland (text1.md)";
    assert_eq!(screen.copied, [quoted]);
    assert!(screen.status().contains("sent to the terminal’s clipboard"), "{}", screen.status());
    told("Y", "no notes yet");
    let screen = two().press("j d 1 Y");
    assert!(
        screen.copied[0].contains("disputed") && screen.copied[0].contains("> Ships under"),
        "{screen:?}",
        screen = screen.copied
    );
}

#[test]
fn the_palette_finds_an_action_does_it_or_says_why_not() {
    insta::assert_snapshot!("palette", two().size(100, 24).press(": text:note").text());
    assert!(two().press(": text:all_rhetoric").text().contains("no such action"));
    // Words of other programs lead there too.
    assert!(two().press(": text:ignored").text().contains("list what is rejected"));
    assert!(two().press(": text:kappa").text().contains("show your marks"));
    assert!(two().press(": text:lstrjct").text().contains("list what is rejected"));
    assert!(two().press(": text:undo enter").status().contains("nothing to undo"));
    let screen = two().press("ctrl-p text:as_unread enter");
    assert!(matches!(screen.asked[..], [Act::Read { read: true, .. }]), "{:?}", screen.asked);
    assert!(two().press(": text:verdict enter").status().contains("disputed"));
}

#[test]
fn frames_of_little_size() {
    let sizes = [(60, 16), (40, 9), (24, 6), (9, 3), (1, 1)];
    let frames: Vec<String> = sizes.iter().map(|(w, h)| two().size(*w, *h).press("j").text()).collect();
    insta::assert_snapshot!("little", frames.join("━━━\n"));
}

#[test]
fn the_list_of_sessions() {
    let row = |name: &str, documents: &[&str], notes, used: &str| Row {
        name: name.to_owned(),
        documents: documents.iter().map(|name| (*name).to_owned()).collect(),
        notes,
        read: (notes == 12).then_some((37, 112)),
        used: used.to_owned(),
    };
    let rows = vec![
        row("exchange-2021", &["blinken.md", "zhao.md"], 12, "today 14:02"),
        row("strait", &["ostergaal.md"], 1, "20 November"),
        row("a session with a name that is longer than the screen is wide", &[], 0, "1 March 2025"),
    ];
    let model = SessionsModel::new(rows, Keymap::built_in(), Choice::Dark);
    let mut terminal = Terminal::new(TestBackend::new(72, 14)).expect("a test has no terminal");
    terminal.draw(|frame| sessions::view(&model, frame)).expect("it is painted in memory");
    insta::assert_snapshot!("sessions", terminal.backend());
    for size in [(1, 1), (5, 3), (20, 4)] {
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a test has no terminal");
        terminal.draw(|frame| sessions::view(&model, frame)).expect("it is painted in memory");
    }
}

#[test]
fn every_sentence_of_the_demonstration_can_be_asked_why() {
    let mut screen = Screen::demonstration();
    for _ in 0..screen.model.corpus.sentences.len() {
        screen = screen.press("K tab");
        let text = screen.text();
        assert!(text.contains("where every sentence starts") && text.contains("shown from"), "{text}");
        screen = screen.press("esc j");
    }
}

#[test]
fn wide_and_joined_characters_keep_the_edges_straight() {
    let screen = Screen::of(&[EAST, NORTH]).size(92, 24).press("tab");
    insta::assert_snapshot!("wide", screen.text());
    let edge = screen.model.areas.panes[0].strip_x().expect("there is a strip");
    let buffer = screen.buffer();
    for y in screen.model.areas.panes[0].body.rows().map(|row| row.y) {
        let symbol = buffer[(edge, y)].symbol();
        assert!("│┃┼CR~!┐└┘┌".contains(symbol), "row {y}: {symbol}");
    }
}

#[test]
fn linked_sentences_start_on_the_same_row() {
    let text = two().press("j").text();
    let row = text.lines().find(|row| row.contains("Ships under the southern")).expect("it is on the screen");
    assert!(row.contains("─┼─") && row.contains("There are no such mines"), "{row}");
}

#[test]
fn marks_that_arrive_late_do_not_move_the_line_under_the_eye() {
    let row_of =
        |screen: &Screen| screen.text().lines().position(|row| row.contains("There are no such mines"));
    let unread = Screen::unread(&[NORTH, SOUTH]).size(120, 20).press("tab j j");
    let before = row_of(&unread);
    assert!(before.is_some());
    assert_eq!(row_of(&unread.analysed()), before);
}

#[test]
fn the_counterpart_is_one_key_away_and_back() {
    let screen = two().press("j enter");
    assert_eq!(screen.model.sentence().map(|id| id.0), Some(7));
    let screen = screen.press("ctrl-o");
    assert_eq!(screen.model.sentence().map(|id| id.0), Some(1));
    let screen = screen.press("alt-o");
    assert_eq!(screen.model.sentence().map(|id| id.0), Some(7));
}

#[test]
fn counts_repeat_and_digits_of_layers_do_not() {
    assert_eq!(two().press("4 j").model.sentence().map(|id| id.0), Some(4));
    assert!(two().press("1").text().contains("(C claims 2)"));
    assert_eq!(two().press("G").model.sentence().map(|id| id.0), Some(4));
    assert_eq!(two().press("5 G g g").model.sentence().map(|id| id.0), Some(0));
}

#[test]
fn a_key_that_cannot_act_says_why() {
    told("z", "z means nothing here; ? lists the keys");
    told("k", "this is the first sentence");
    told("enter", "no answer found (best 0.21, shown from 0.45)");
    told("ctrl-o", "no jump to go back from");
    told("n", "nothing is searched for; / searches");
    told("e", "no note on this sentence; c writes one");
    told("@", "no notes yet");
    told("u", "nothing to undo");
    told(".", "no verdict to repeat; d gives one");
    told(">", "all statements are on the screen");
    told("ctrl-s", "everything is on the disk");
    let status = two().size(80, 24).press("=").status();
    assert!(status.contains("they need 90 columns"), "{status}");
}

/// What is told never takes the place of the keys, nor moves the text.
#[test]
fn a_long_message_leaves_keys_and_text_where_they_are() {
    let before = two().size(80, 24).press("c text:Who_counted_them? ctrl-s");
    let screen = two().size(80, 24).press("c text:Who_counted_them? ctrl-s u ctrl-r");
    let (told, keys) =
        screen.status().split_once('\n').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap_or_default();
    assert!(
        told.starts_with("done again: note on “Since the spring") && told.ends_with("saved 19:06:41"),
        "{told}"
    );
    for key in ["f ledger", "c note", "d verdict", "? help"] {
        assert!(keys.contains(key), "{key}: {keys}");
    }
    let text = |screen: &Screen| screen.text().lines().take(17).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(text(&screen), text(&before));
    // Beside a short one there is room.
    assert!(!before.status().contains('\n') && before.status().contains("? help"), "{}", before.status());
    // What is typed stays in sight too.
    let mut asked = two().size(80, 24).full(Some("no space left on device")).press("d 1 /");
    asked.tell(Event::Saved(Err("no space left on device".to_owned())));
    assert!(
        asked.status().contains("not saved: no space left on device") && asked.status().contains("Esc back"),
        "{}",
        asked.status()
    );
}

#[test]
fn the_search_counts_its_hits() {
    told("/ text:mines", "1/2");
    told("/ text:mines enter n", "2/2");
    told("/ text:mines enter n n", "1/2");
    told("/ text:Mines enter", "“Mines” is nowhere in these statements");
    assert_eq!(two().press("/ text:mines esc").model.sentence().map(|id| id.0), Some(0));
}

#[test]
fn a_note_is_written_kept_and_told() {
    let screen = two().press("j c text:Who_counted? ctrl-s");
    assert_eq!(screen.status().rsplit("  ").next().map(str::trim), Some("saved 19:06:41"));
    assert!(matches!(&screen.asked[..], [Act::Note { text, draft: false, .. }] if text == "Who counted?"));
    assert!(screen.text().contains("2 C  !") && screen.text().contains("Who counted?"));
    // The message must not be taken for the answer to the next note.
    let screen = screen.press("j c");
    assert!(!screen.text().contains("saved"), "{}", screen.text());
}

#[test]
fn a_note_that_the_disk_refuses_stays_open() {
    let screen = two().full(Some("no space left on device")).press("c text:Kept ctrl-s");
    let text = screen.text();
    assert!(text.contains("not saved: no space left on device (Ctrl-s tries again)"), "{text}");
    assert!(text.contains("Kept"));
    let screen = screen.full(None).press("ctrl-s");
    assert!(screen.status().ends_with("saved 19:06:41"), "{}", screen.status());
}

#[test]
fn keys_typed_while_the_journal_writes_go_where_they_would_have_gone() {
    let slow = |answer: Result<(), &str>| {
        let mut screen = two().press("c text:Kept");
        screen.slow = true;
        screen = screen.press("ctrl-s text:j!");
        assert!(!screen.text().contains("j!"), "{}", screen.text());
        screen.full = answer.err().map(str::to_owned);
        screen.answer()
    };
    let kept = slow(Ok(()));
    assert_eq!((kept.model.sentence().map(|id| id.0), kept.model.session.notes.len()), (Some(1), 1));
    let refused = slow(Err("disk full")).text();
    assert!(refused.contains("Keptj!") && refused.contains("not saved: disk full"), "{refused}");
}

#[test]
fn leaving_a_note_asks_only_when_something_would_be_lost() {
    assert!(two().press("c esc").model.mode_is_browse());
    let asked = two().press("c text:Kept esc");
    assert!(asked.status().contains("throw the note away?"), "{}", asked.status());
    assert!(asked.press("n").text().contains("Kept"));
    assert!(two().press("c text:Kept esc y").model.mode_is_browse());
    let quitting = two().press("c text:Kept esc q");
    assert!(quitting.status().contains("quit and lose the unsaved note?"), "{}", quitting.status());
    assert!(quitting.press("y").ended);
    assert!(two().press("q").ended && two().press("j ctrl-c").ended);
}

#[test]
fn verdicts_read_marks_and_undo_say_what_they_did() {
    told("d 1", "disputed · saved 19:06:41");
    told("d 1 u", "undone: verdict disputed · saved 19:06:41");
    told("d 1 u ctrl-r", "done again: verdict disputed · saved 19:06:41");
    told("d 4 j .", "needs source · saved 19:06:41");
    told("d 0", "there is no verdict on this sentence");
    assert!(two().press("space j space").text().contains("2 of 11 read"));
    assert!(two().press("space space").text().contains("0 of 11 read"));
}

#[test]
fn an_act_that_is_not_kept_is_tried_again_and_asked_about() {
    let screen = two().full(Some("disk full")).press("d 1");
    assert!(screen.status().contains("not saved: disk full (Ctrl-s tries again)"), "{}", screen.status());
    let asked = screen.press("j q");
    assert!(asked.status().contains("quit and lose one unsaved change?"), "{}", asked.status());
    let screen = asked.press("n").full(None).press("ctrl-s");
    assert!(screen.status().contains("saved 19:06:41"), "{}", screen.status());
    assert!(screen.press("q").ended);
}

#[test]
fn the_list_of_notes_jumps_edits_and_deletes() {
    let noted = || two().press("j c text:First ctrl-s tab 4 j c text:Second ctrl-s g g d 3");
    assert!(noted().press("@").text().contains("notes 2 · refuted 1"));
    assert_eq!(noted().press("@ enter").model.sentence().map(|id| id.0), Some(1));
    let edited = noted().press("@ e text:! ctrl-s");
    assert_eq!(edited.model.session.notes[0].text, "First!");
    assert!(edited.text().contains("notes 2"), "the list is back: {}", edited.text());
    let deleted = noted().press("@ d d");
    assert_eq!(deleted.model.session.notes.len(), 1);
    assert_eq!(deleted.press("u").model.session.notes.len(), 2);
    assert!(noted().press("@ / text:sec").text().contains("1 with “sec”"));
}

#[test]
fn the_list_of_sources_leads_to_a_speaker_and_back() {
    let screen = two().press("s j enter c");
    assert!(screen.text().contains("note on Ilan Oru 1"), "{}", screen.text());
    let screen = two().press("s j enter ctrl-o c");
    assert!(!screen.text().contains("note on Ilan Oru"), "{}", screen.text());
}

#[test]
fn a_statement_can_be_hidden_and_a_jump_shows_it_again() {
    let screen = two().press("s j space");
    assert!(screen.text().contains("1 of 2 statements shown"), "{}", screen.text());
    assert!(screen.text().contains("hidden"), "{}", screen.text());
    assert!(!two().press("s j space esc").text().contains("Ilan Oru"));
    assert!(two().press("s j space enter").text().contains("Ilan Oru"));
    assert!(two().press("s j o o esc").text().contains("Mara Vell"));
    assert!(!two().press("s j o esc").text().contains("Mara Vell"));
    assert!(two().press("s j o space").status().contains("one statement stays"));
}

#[test]
fn the_editor_outside_gets_the_note_and_gives_it_back() {
    let mut screen = two().press("c text:Draft ctrl-s e");
    assert_eq!(screen.edited, ["Draft"]);
    screen.tell(Event::Edited(Ok("Better\u{1b}[2J\n".to_owned())));
    assert_eq!(screen.model.session.notes[0].text, "Better␛[2J");
    let mut screen = screen.press("e");
    screen.tell(Event::Edited(Err("vi: no such file".to_owned())));
    assert!(
        screen.status().contains("the editor gave nothing back: vi: no such file"),
        "{}",
        screen.status()
    );
}

#[test]
fn a_signal_keeps_what_is_being_written_as_a_draft() {
    let mut screen = two().press("c text:Half_a_th");
    screen.tell(Event::Terminate);
    assert!(screen.ended);
    assert!(matches!(&screen.asked[..], [Act::Note { text, draft: true, .. }] if text == "Half a th"));
}

#[test]
fn a_session_that_cannot_be_written_says_so_at_once() {
    let screen = Screen::read_only(&[NORTH, SOUTH]);
    assert!(screen.text().starts_with(" visavis  strait  read-only"), "{}", screen.text());
    for key in ["c", "C", "ctrl-s"] {
        let screen = Screen::read_only(&[NORTH, SOUTH]).press(key);
        assert!(
            screen.status().contains("cannot write notes: open in another window"),
            "{}",
            screen.status()
        );
        assert!(screen.model.mode_is_browse());
    }
    let screen = screen.press("d");
    assert!(screen.status().contains("cannot write verdicts: "), "{}", screen.status());
}

#[test]
fn pasted_controls_become_visible() {
    let mut screen = two().press("c");
    screen.tell(Event::Input(Input::Paste("one\r\ntwo\u{1b}]0;x\u{7}".to_owned())));
    let screen = screen.press("ctrl-s");
    assert_eq!(screen.model.session.notes[0].text, "one\ntwo␛]0;x␇");
}

#[test]
fn a_click_goes_to_the_sentence_and_the_wheel_scrolls() {
    let mut screen = two().size(120, 30);
    let row = screen.text().lines().position(|row| row.contains("The ferries carried")).expect("it is there");
    let click = |kind, column, row| {
        Event::Input(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    };
    screen.tell(click(MouseEventKind::Down(crossterm::event::MouseButton::Left), 80, row as u16));
    assert_eq!(screen.model.sentence().map(|id| id.0), Some(9));
    screen.tell(click(MouseEventKind::ScrollUp, 80, 5));
    screen.tell(click(MouseEventKind::ScrollDown, 80, 5));
}

#[test]
fn the_words_of_keeping_stand_on_no_other_screen() {
    for keys in ["", "G", "tab j j", "?", "? G", "c", "d", "K", "/ text:a", "@"] {
        let text = two().press(keys).text().to_lowercase();
        for word in
            ["saved", "noted", "failed", "cannot", "can't", "could not", "error", "not saved", "no space"]
        {
            assert!(!text.contains(word), "“{word}” after {keys}:\n{text}");
        }
    }
}

#[test]
fn the_readme_lists_the_keys_that_are_bound() {
    let readme = include_str!("../README.md");
    let listed = readme.split("<!-- keys -->").nth(1).and_then(|rest| rest.split("<!-- /keys -->").next());
    let wanted = Keymap::built_in().markdown();
    assert!(
        listed.map(str::trim) == Some(wanted.trim()),
        "other keys are bound: `python3 .ci/keys.py target/debug/visavis` lists them anew"
    );
}

#[test]
fn many_speakers_and_none() {
    let many: Vec<String> = (0..30)
        .map(|n| format!("---\nspeaker: Speaker {n}\n---\n\nThis is sentence one of {n}. And two.\n"))
        .collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let screen = Screen::of(&many).press("> > l l l");
    assert!(screen.text().contains("before: Speaker 0"), "{}", screen.text());
    assert!(Screen::of(&["x"]).press("j k tab enter c d @ ? esc K").text().contains("visavis"));
    assert!(Screen::of(&[NORTH]).press("j enter").status().contains("no answer found"));
    assert!(!Screen::of(&[]).press("j c G").ended);
}

/// Keys that mean something somewhere, and some that mean nothing.
fn any_key() -> impl Strategy<Value = KeyEvent> {
    let letters = "jkhlgGduncCeKS@.?/[]{}<>=01234589qyx oN".chars().collect::<Vec<_>>();
    let plain =
        proptest::sample::select(letters).prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
    let ctrl = proptest::sample::select(vec!['d', 'u', 'f', 'b', 'o', 'r', 's', 'e', 'w'])
        .prop_map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
    let named = proptest::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Backspace,
        KeyCode::PageDown,
    ])
    .prop_map(|code| KeyEvent::new(code, KeyModifiers::NONE));
    prop_oneof![5 => plain, 2 => ctrl, 2 => named]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_keys_at_no_size_end_in_a_panic(
        steps in prop::collection::vec((any_key(), prop::option::weighted(0.1, (1u16..220, 1u16..70))), 1..40),
        width in 1u16..220,
        height in 1u16..60,
        late in any::<bool>(),
    ) {
        let mut screen = Screen::unread(&[NORTH, EAST, SOUTH]).size(width, height);
        if !late {
            screen = screen.analysed();
        }
        for (number, (key, size)) in steps.iter().enumerate() {
            if let Some((width, height)) = size {
                screen = screen.size(*width, *height);
            }
            screen.full = (number % 7 == 3).then(|| "disk full".to_owned());
            screen.key(*key);
            screen.buffer();
        }
        screen.analysed().buffer();
    }
}

#[test]
fn the_last_verdict_is_the_one_repeated() {
    let screen = two().press("d 2 j d 5 j .");
    let given: Vec<Verdict> = screen.model.session.verdicts.iter().map(|judged| judged.verdict).collect();
    assert_eq!(given, [Verdict::Supported, Verdict::Settled, Verdict::Settled]);
}

#[test]
fn a_wrong_attribution_is_mended_in_two_keys() {
    let screen = two().size(100, 30).press("j c text:Who_counted_them? ctrl-s d 1 S");
    insta::assert_snapshot!("who_said", screen.text());
    let screen = screen.press("1");
    assert!(screen.status().contains("given to Ilan Oru"), "{}", screen.status());
    assert!(screen.text().contains("why · Mara Vell 2"), "reading goes on in its column: {}", screen.text());
    let list = screen.press("s").text();
    assert!(list.contains("Mara Vell · Minister of Defence of Norland   4 sentences"), "{list}");
    assert_eq!(list.matches("Ilan Oru · Foreign Ministry spokesman of Sudria").count(), 2, "{list}");
}

#[test]
fn notes_and_verdicts_go_with_the_sentence_and_undo_brings_all_back() {
    let notes = |screen: Screen| screen.press("@").text();
    let screen = || two().press("j c text:Who_counted_them? ctrl-s d 1 S 1");
    let list = notes(screen());
    assert!(list.contains("Ilan Oru 1   disputed") && list.contains("Who counted them?"), "{list}");
    let list = notes(screen().press("u"));
    assert!(list.contains("Mara Vell 2   disputed"), "{list}");
    let list = notes(screen().press("u ctrl-r"));
    assert!(list.contains("Ilan Oru 1   disputed"), "{list}");
    assert!(
        screen().press("u").status().contains("undone: “Ships under the southern flag …” given to Ilan Oru")
    );
}

#[test]
fn words_go_to_a_new_name_or_to_nobody() {
    let screen = two().press("j S n text:Bo_Ek enter");
    assert!(screen.status().contains("given to Bo Ek"), "{}", screen.status());
    assert!(screen.press("s").text().contains("Bo Ek   1 sentence"));
    let screen = two().press("j S 0");
    assert!(screen.press("s").text().contains("Mara Vell · Minister of Defence of Norland   4 sentences"));
    told("j S n enter", "a name is needed");
    told("j S 7", "nobody in the list has the digit 7");
    told("j S n text:Mara_Vell enter", "Mara Vell is who says it already");
    told("j S esc", "sentence");
    assert!(Screen::of(&["Only this."]).press("S 0").status().contains("somebody must speak"));
    assert!(Screen::read_only(&[NORTH, SOUTH]).press("S").status().contains("cannot write who speaks"));
}

#[test]
fn a_speaker_is_renamed_or_given_to_another_in_the_list_of_sources() {
    let list = two().press("s S n text:General_Staff enter").text();
    assert!(list.contains("▌ General Staff") && !list.contains("Mara Vell"), "{list}");
    let screen = two().press("s j S 0");
    assert!(screen.text().contains("statements 1"), "{}", screen.text());
    let screen = screen.press("u esc");
    assert!(screen.text().contains("Ilan Oru"), "{}", screen.text());
}

#[test]
fn marks_links_and_places_survive_a_mended_attribution() {
    let before = two().press("tab j j");
    let level = before.text();
    assert!(level.contains("why · Ilan Oru 3"), "{level}");
    let mut after = before.press("h G S 0 l");
    assert!(after.text().contains("why · Ilan Oru 3"), "{}", after.text());
    assert_eq!(after.text().matches("─┼─").count(), level.matches("─┼─").count(), "{}", after.text());
    let stale = Arc::clone(&after.model.corpus);
    after = after.press("h k S 0");
    after.analyse(stale);
    let found_in = after.model.findings.as_ref().map(|findings| &findings.corpus);
    assert!(
        found_in.is_some_and(|corpus| Arc::ptr_eq(corpus, &after.model.corpus)),
        "marks of the old texts"
    );
}

#[test]
fn the_source_shows_whose_its_passages_are() {
    let article = "Harbor towns want answers\n\nMayor Odile Brannock said: \u{201c}Nobody asked us.\u{201d} \
                   The port was closed.\n\nThe ministry called the letter \u{201c}a birthday card\u{201d}.\n";
    let screen = Screen::of_article(article).size(90, 20).press("g s");
    insta::assert_snapshot!("source", screen.frame());
    assert!(screen.press("esc").text().contains("why · Odile Brannock 1"));
    assert!(two().press(": text:source enter").text().contains("source · text1.md"));
    let screen = two().press("s j g s");
    assert!(screen.text().contains("source · text2.md"), "{}", screen.text());
    assert!(screen.press("tab").text().contains("source · text1.md"));
    assert!(two().press("s j g s esc").text().contains("▌ Ilan Oru"));
    assert!(Screen::of(&[NORTH]).press("g s tab").status().contains("only one document"));
}

#[test]
fn a_long_source_opens_at_the_sentence_and_scrolls_to_its_ends() {
    let long: Vec<String> = (0..400).map(|n| format!("This is sentence {n} of a long text.")).collect();
    let long = long.join("\n\n");
    let screen = Screen::of(&[&long]).size(80, 24).press("5 0 G g s");
    assert!(screen.text().contains("▌A│ This is sentence 49 of"), "{}", screen.text());
    let narrow = screen.size(40, 24);
    assert!(narrow.text().contains("sentence 49 of"), "{}", narrow.text());
    let end = narrow.press("G j j");
    assert!(end.text().contains("sentence 399") && !end.text().contains("sentence 300"), "{}", end.text());
    assert!(end.press("g g").text().contains("sentence 0 of"));
}

#[test]
fn a_question_is_shown_above_its_answer_until_it_is_hidden() {
    let briefing = "MS. HALE: Good afternoon.\n\nQ    Are the mines yours? They were found in the northern \
                    channel, and the crews say that nobody else was there on that day, so whose can they \
                    be?\n\nMS. HALE: No, they are not ours.\n\nQ    Thank you.\n\nMS. HALE: Good day.\n";
    let screen = || Screen::of_transcript(briefing).size(100, 20);
    insta::assert_snapshot!("questions", screen().press("j").text());
    let hidden = screen().press("j Q");
    assert_eq!(hidden.text().matches("Are the mines yours").count(), 1, "{}", hidden.text());
    assert!(hidden.press("Q").text().contains("Q: Are the mines yours? They were"));
    told("Q", "no transcript with questions is open");
}
