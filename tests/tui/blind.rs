//! Blind reading: nothing of the program is seen until the reader asks for it.

use visavis::session::Session;

use crate::screen::Screen;
use crate::{NORTH, SOUTH, two};

#[test]
fn blind_reading_hides_what_the_program_found_on_every_screen() {
    let screen = two().press("B");
    assert_eq!(screen.model.counts, [0; 3]);
    for keys in ["", "j", "K", "j K"] {
        let text = two().press("B").press(keys).text();
        for seen in ["0.61", "shown from", "rebuts", "C!", "claim 0"] {
            assert!(!text.contains(seen), "{seen} after {keys}\n{text}");
        }
    }
    assert!(two().press("B j enter").status().contains("links are hidden in blind reading; R shows"));
    assert!(two().press("B j a").status().contains("nothing is suggested in blind reading"));
    assert!(two().press("B f").status().contains("no sentence is marked as a claim"));
    assert_eq!(two().press("B B").model.counts, two().model.counts);
    assert_eq!(two().press("B u").model.counts, two().model.counts, "it can be undone");
}

/// What only the program could have said: scores, relations, answers, marks that nobody made.
const TOLD: [&str; 7] = ["0.61", "0.52", "0.69", "0.79", "shown from", "rebuts", "no answer found"];

#[test]
fn no_panel_tells_in_blind_reading_what_the_program_found() {
    let panels =
        ["", "K", "p", "p tab", "p tab tab", "o", "f", "f tab", "f tab tab", "L", "W", "A", "x", "a", "&"];
    for panel in panels.iter().chain(&["s", "@", "? esc ] ]", "/ text:mines enter", "enter", "& j right esc"])
    {
        for marked in ["B", "B j 3", "B j j 1"] {
            let mut screen = two();
            screen.model.has_library = true;
            screen.library = super::others::hits();
            let screen = screen.press(marked).press(panel);
            let marks = screen.model.counts.iter().sum::<usize>();
            assert_eq!(marks, usize::from(marked != "B"), "{marked} {panel}");
            let text = screen.text();
            for told in TOLD {
                assert!(!text.contains(told), "“{told}” after {marked} {panel}\n{text}");
            }
        }
    }
    let pictured = two().press("B j 3 p").text();
    let bars = pictured.lines().filter(|row| row.contains("██")).collect::<Vec<_>>();
    assert!(
        matches!(bars[..], [own] if own.contains("1 ·  14.7")),
        "the reader's own is pictured\n{pictured}"
    );
}

#[test]
fn the_reader_marks_and_both_are_shown_with_their_agreement() {
    let screen = two().press("B j 1 j 3 j 2 2");
    assert_eq!(screen.model.counts, [1, 0, 1]);
    let screen = screen.press("R");
    let text = screen.text();
    // Claims: both on 1 of 4 marked of 11; the program alone on another.
    assert!(text.contains("11 sentences, 5 of them marked by one of you"), "{text}");
    assert!(text.contains("you differ on 3"), "{text}");
    assert_eq!(screen.model.counts, two().model.counts);
    let screen = screen.press("j enter");
    assert!(screen.text().contains("why · "), "{}", screen.text());
}

#[test]
fn marks_and_blindness_survive_a_restart() {
    let screen = two().press("B j 1");
    let events: Vec<_> = screen
        .asked
        .iter()
        .enumerate()
        .map(|(at, act)| visavis::session::Event {
            id: visavis::session::EventId(format!("{at}")),
            time: String::new(),
            author: String::new(),
            act: act.clone(),
        })
        .collect();
    let session = Session::fold(&events);
    assert!(session.blind);
    assert_eq!(session.own_marks, screen.model.session.own_marks);
}

#[test]
fn two_marks_in_haste_are_both_kept() {
    let mut screen = two().press("B j");
    screen.slow = true;
    let mut screen = screen.press("1 3");
    screen.slow = false;
    let acts = screen.asked.clone();
    let Some(visavis::session::Act::Marked { kinds, .. }) = acts.last() else { panic!("{acts:?}") };
    assert_eq!(kinds.len(), 2);
}

#[test]
fn what_cannot_be_revealed_says_why() {
    assert!(two().press("R").status().contains("you have marked nothing blind; B begins"));
    assert!(two().press("B R").status().contains("you have marked nothing yet; B ends"));
    assert!(Screen::unread(&[NORTH, SOUTH]).press("R").status().contains("still being found"));
}

#[test]
fn the_palette_knows_blind_reading_by_its_words() {
    assert!(two().press(": text:blind enter").model.session.blind);
    let screen = two().press("B j 1 : text:reveal enter");
    assert!(screen.text().contains("you and the program"), "{}", screen.text());
    let screen = two().press("j x 1 : text:rejected enter");
    assert!(screen.text().contains("rejected 1"), "{}", screen.text());
}

#[test]
fn frames_of_blind_reading() {
    let marked = || two().size(100, 26).press("B j 1 j 3 tab j j 2");
    insta::assert_snapshot!("blind", marked().text());
    insta::assert_snapshot!("agreement", marked().press("R").frame());
    insta::assert_snapshot!("agreement_80x24", marked().size(80, 24).press("R j").text());
}
