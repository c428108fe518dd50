//! Out of the program: files, the mouse; and the colours, changed while the program runs.

use visavis::tui::theme::Choice;

use super::screen::Screen;
use super::two;

#[test]
fn notes_are_written_to_a_file_whose_name_is_completed() {
    let screen = two().press("j d 1 : text:export enter");
    assert!(screen.status().contains("write to: strait.md"), "{}", screen.status());
    let screen = screen.press("ctrl-u text:no tab");
    assert!(screen.status().contains("write to: notes."), "{}", screen.status());
    assert!(screen.status().contains("notes.csv  notes.md"), "{}", screen.status());
    let screen = screen.press("text:m tab enter");
    assert!(screen.status().contains("written to notes.md"), "{}", screen.status());
    let page = String::from_utf8_lossy(&screen.pages[0].text).into_owned();
    assert!(page.contains("disputed") && page.contains("> Ships under"), "{page}");
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_a_second_enter() {
    let screen = two().press("j d 1 : text:export_a.csv enter");
    assert!(screen.status().contains("written to a.csv"), "{}", screen.status());
    let screen = screen.press(": text:export_a.csv enter");
    assert!(
        screen.status().contains("a.csv is there already; Enter again replaces it"),
        "{}",
        screen.status()
    );
    assert_eq!(screen.pages.len(), 1);
    let screen = screen.press("enter");
    assert_eq!((screen.pages.len(), screen.model.mode_is_browse()), (2, true));
    let screen = screen.press(": text:export_a.doc enter");
    assert!(screen.status().contains("end the name with .md, .csv or .json"), "{}", screen.status());
    assert!(two().press("E").status().contains("no notes yet"));
}

#[test]
fn the_ledger_is_written_as_it_is_shown() {
    let page = |screen: &Screen| String::from_utf8_lossy(&screen.pages[0].text).into_owned();
    let screen = two().press("f E");
    assert!(screen.status().contains("write to: strait-ledger.md"), "{}", screen.status());
    let screen = screen.press("enter");
    assert!(screen.status().contains("written to strait-ledger.md"), "{}", screen.status());
    assert!(page(&screen).starts_with("# Ledger\n\n2 claims: "), "{}", page(&screen));
    assert!(screen.text().contains("ledger · 2 claims"), "it is still open\n{}", screen.text());
    let filtered = two().press("f / text:tonnes enter E ctrl-u text:a.csv enter");
    let table = page(&filtered);
    assert!(table.starts_with("doc,speaker,sentence,score,claim,verdict,band"), "{table}");
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(two().press("f E esc").text().contains("ledger · 2 claims"));
    let named = two().press(": text:export_ledger_who.csv enter");
    assert!(named.status().contains("written to who.csv"), "{}", named.status());
    assert_eq!(page(&named).lines().count(), 3, "{}", page(&named));
    let odd = two().press("f E ctrl-u text:a.json enter");
    assert!(odd.status().contains("end the name with .md or .csv"), "{}", odd.status());
    let blind = two().press("B j 1 f E");
    assert!(blind.status().contains("only your own marks"), "{}", blind.status());
}

#[test]
fn a_theme_is_worn_while_it_is_chosen() {
    let screen = two().press("T j j j j");
    assert_eq!(screen.model.choice.name(), "day");
    assert!(screen.text().contains("exact colours on a light ground"), "{}", screen.text());
    assert!(screen.text().contains("Mara Vell"), "the text stays in sight: {}", screen.text());
    assert_eq!(screen.press("esc").model.choice, Choice::Dark);
    let screen = two().press("T G enter");
    assert!(screen.status().contains("theme safe-light"), "{}", screen.status());
    assert_eq!(screen.model.theme, Choice::SafeLight.theme(None));
    let screen = two().press(": text:theme_night enter");
    assert_eq!(screen.model.choice, Choice::Night);
    let told = two().size(200, 40).press(": text:theme_nigth enter").status();
    assert!(told.contains("no theme “nigth”; there are auto, dark, light"), "{told}");
}

#[test]
fn the_mouse_can_be_left_to_the_terminal() {
    let screen = two().press("alt-m");
    assert!(!screen.mouse);
    assert!(
        screen.status().contains("selects as the terminal does; Alt-m takes it back"),
        "{}",
        screen.status()
    );
    assert!(screen.press("alt-m").mouse);
}

#[test]
fn a_page_that_cannot_be_written_says_why() {
    let mut screen: Screen = two().press("j d 1");
    let answer = Err(visavis::tui::export::NotWritten::Failed("a.md: disk full".to_owned()));
    screen.tell(visavis::tui::effect::Event::Exported { name: "a.md".to_owned(), answer });
    assert!(screen.status().contains("not written: a.md: disk full"), "{}", screen.status());
}
