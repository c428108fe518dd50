//! Notes on words: selecting them, noting exactly these, meeting the notes again.

use crossterm::event::{Event as Input, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use visavis::report::notes;
use visavis::session::Act;
use visavis::tui::effect::Event;
use visavis::tui::mode::Mode;

use crate::screen::Screen;
use crate::{EAST, NORTH, SOUTH, two};

/// The words that the note asked for last is on, as they stand in the document at its position.
#[track_caller]
fn noted(screen: &Screen) -> String {
    let Some(Act::Note { anchor, .. }) = screen.asked.last() else { panic!("{:?}", screen.asked) };
    let document = screen.model.corpus.documents.iter().find(|found| found.sha256 == anchor.document);
    let text = &document.expect("it is open").text;
    let (start, end) = (anchor.position.start, anchor.position.end);
    let words: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(words, anchor.quote.exact);
    words
}

/// What is selected.
fn selected(screen: &Screen) -> &str {
    match &screen.model.mode {
        Mode::Select(selection) => selection.words(&screen.model.corpus),
        mode => panic!("nothing is selected: {mode:?}"),
    }
}

#[test]
fn exactly_the_words_selected_are_noted() {
    let screen = two().press("j v 5 w v 2 w c text:how_many? ctrl-s");
    assert_eq!(noted(&screen), "laid 40 mines");
    assert!(screen.status().contains("saved"), "{}", screen.status());
    let rows = notes::rows(&screen.model.corpus, &screen.model.session);
    assert_eq!((rows[0].quote.as_str(), rows[0].sentence), ("laid 40 mines", Some(2)));
    assert_eq!(rows[0].exact, "laid 40 mines");
    assert!(screen.press("@").text().contains("“laid 40 mines”"));
    let screen = two().press("j v 5 w v 2 w c text:how_many? ctrl-s K");
    assert!(screen.text().contains("your note on “laid 40 mines”"), "{}", screen.text());
    let screen = screen.press("esc");
    assert!(screen.press("@").text().contains("“laid 40 mines”"));
}

#[test]
fn a_selection_crosses_wraps_and_sentences_and_its_other_end_moves_too() {
    let screen = two().press("j v ) )");
    assert!(selected(&screen).starts_with("Ships under") && selected(&screen).ends_with("crew that passes."));
    let screen = screen.press("o 9 w c text:all_of_it ctrl-s");
    assert!(
        noted(&screen).starts_with("the northern channel") && noted(&screen).contains("\n\nThis reckless")
    );
    let screen = two().press("v (");
    assert!(screen.status().contains("the statement begins here"), "{}", screen.status());
}

#[test]
fn frames_of_a_selection() {
    let words = "j v 5 w v 2 w";
    insta::assert_snapshot!("select_120x40", two().press(words).frame());
    insta::assert_snapshot!(
        "select_80x24_plain",
        Screen::plain(&[NORTH, SOUTH]).size(80, 24).press(words).frame()
    );
    let noted = two().size(100, 30).press("j v 5 w v 2 w c text:how_many? ctrl-s esc");
    insta::assert_snapshot!("noted_words", noted.frame());
}

#[test]
fn a_chinese_word_is_selected_by_itself() {
    let screen = Screen::of(&[EAST, NORTH]).press("v 4 w v 3 w c text:why ctrl-s");
    assert_eq!(noted(&screen), "毫无根据");
    let screen = Screen::of(&[EAST, NORTH]).press("j v 2 w v c text:family ctrl-s");
    assert_eq!(noted(&screen), "👨‍👩‍👧‍👦");
}

#[test]
fn a_selection_begins_with_the_words_that_a_search_stands_on() {
    let screen = two().press("/ text:single_week enter v");
    assert_eq!(selected(&screen), "single week");
}

#[test]
fn selected_words_are_copied_with_their_source() {
    let screen = two().press("j v 5 w v 2 w y");
    assert_eq!(screen.copied, ["“laid 40 mines” — Mara Vell, Minister of Defence of Norland (text1.md)"]);
    assert!(matches!(screen.model.mode, Mode::Browse));
}

#[test]
fn overlapping_notes_are_met_one_by_one() {
    let notes = two()
        .press("j v 5 w v 2 w c text:first ctrl-s v 5 w v 4 w c text:second ctrl-s c text:third ctrl-s g g");
    let screen = notes.press("}");
    assert!(screen.status().contains("note 1 of 3 here: third"), "{}", screen.status());
    let screen = screen.press("}");
    assert!(screen.status().contains("note 2 of 3 here: first"), "{}", screen.status());
    let screen = screen.press("}");
    assert!(screen.status().contains("note 3 of 3 here: second"), "{}", screen.status());
    let screen = screen.press("} {");
    assert!(screen.status().contains("note 2 of 3 here: first"), "{}", screen.status());
    let screen = screen.press("e");
    assert_eq!(screen.edited, ["first"]);
}

#[test]
fn a_drag_of_the_mouse_selects_words() {
    let mouse = |kind, column, row| {
        Event::Input(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    };
    let mut screen = two();
    let text = screen.text();
    let cell = |words: &str| {
        let (row, line) =
            text.lines().enumerate().find(|(_, line)| line.contains(words)).expect("it is shown");
        let column = line[..line.find(words).expect("it is there")].chars().count();
        (column as u16, row as u16)
    };
    let (from, to) = (cell("northern"), cell("openly"));
    screen.tell(mouse(MouseEventKind::Down(MouseButton::Left), from.0 + 3, from.1));
    screen.tell(mouse(MouseEventKind::Drag(MouseButton::Left), to.0 + 1, to.1));
    screen.tell(mouse(MouseEventKind::Up(MouseButton::Left), to.0 + 1, to.1));
    assert!(
        selected(&screen).starts_with("northern channel, three") && selected(&screen).ends_with("so openly")
    );
    screen.tell(mouse(MouseEventKind::Drag(MouseButton::Left), 1, 1));
    assert!(selected(&screen).ends_with("so openly"), "no button is pressed any more");
}

#[test]
fn leaving_the_editor_goes_back_to_the_selection() {
    let screen = two().press("j v w c esc");
    assert_eq!(selected(&screen), "Ships under");
    assert!(matches!(screen.press("esc").model.mode, Mode::Browse));
}
