//! The profile: bars, courses and the map of links.

use crate::screen::Screen;
use crate::{EAST, NORTH, SOUTH, two};

#[test]
fn frames_of_pictures() {
    insta::assert_snapshot!("bars_100x30", Screen::demonstration().size(100, 30).press("p j").frame());
    insta::assert_snapshot!(
        "course_100x24",
        Screen::demonstration().size(100, 24).press("p tab l l").frame()
    );
    insta::assert_snapshot!("map_100x30", two().size(100, 30).press("p tab tab j").frame());
    let plain = Screen::plain(&[NORTH, SOUTH, EAST]).size(80, 24);
    insta::assert_snapshot!("map_plain_80x24", plain.press("p tab tab l").text());
}

#[test]
fn pictures_lead_into_the_text() {
    let at = |keys: &str| two().press(keys).model.sentence().map(|id| id.0);
    assert_eq!(at("p j enter"), Some(1), "the first claim of the first speaker");
    assert_eq!(at("p tab j l l l enter"), Some(8), "the fourth stretch of the second statement");
    assert_eq!(at("p tab tab enter"), Some(1), "what the first link answers");
    let screen = two().press("p tab tab j enter");
    assert!(screen.text().contains("400 tonnes") && screen.text().contains("12 tonnes of flour"));
    assert!(two().press("p q").model.mode_is_browse());
    assert!(Screen::unread(&[NORTH, SOUTH]).press("p").status().contains("marks are still being found"));
    assert!(Screen::of(&[NORTH]).press("p tab tab").text().contains("no two statements are linked"));
}

#[test]
fn pictures_fit_any_screen() {
    for (width, height) in [(1, 1), (10, 4), (24, 6), (40, 9), (220, 60)] {
        let screen = Screen::of(&[NORTH, SOUTH, EAST]).size(width, height);
        screen.press("p G h tab l l j tab l j j").buffer();
    }
}

#[test]
fn bars_say_that_nothing_stands_beside_them() {
    let status = two().press("p l").status();
    assert!(status.contains("bars stand below one another"), "{status}");
    assert!(
        !two().press("p").status().contains("sideways") && two().press("p tab").status().contains("sideways")
    );
}
