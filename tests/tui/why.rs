//! The working of a mark or link, and another weight for a cue.

use std::path::PathBuf;

use visavis::lexicon::own::What;
use visavis::tui::effect::Event;

use crate::screen::Screen;
use crate::two;

/// The first sentence of the demonstration that has a mark, its working in full.
fn worked() -> Screen {
    Screen::demonstration().size(110, 44).press("] K")
}

#[test]
fn frames_of_the_working() {
    insta::assert_snapshot!("working_110x44", worked().text());
    insta::assert_snapshot!("working_scrolled_110x44", worked().press("ctrl-d ctrl-d ctrl-d ctrl-d").text());
    insta::assert_snapshot!("reweigh_110x44", worked().press("e ctrl-u text:-4").text());
    insta::assert_snapshot!("silence_110x44", worked().press("s").text());
}

#[test]
fn every_cue_tells_its_rule_its_source_and_what_hangs_on_it() {
    let text = worked().size(110, 90).text();
    for words in [
        "source: ",
        "in all, a score of ",
        "without it ",
        "where every sentence starts",
        "; below 0.50 without “",
    ] {
        assert!(text.contains(words), "no “{words}” in {text}");
    }
    let mut screen = Screen::demonstration().size(110, 200).press("K");
    let mut told = String::new();
    for _ in 0..5 {
        told.push_str(&screen.text());
        screen = screen.press("j");
    }
    for words in ["was weighed", "where every such pair starts", "; below 0.45 without “", " × "] {
        assert!(told.contains(words), "no “{words}” in {told}");
    }
}

#[test]
fn the_small_panel_names_the_rule_of_what_counts_for_a_whole_sentence() {
    let mut screen = Screen::demonstration().size(200, 50);
    let mut told = String::new();
    for _ in 0..5 {
        told.push_str(&screen.text());
        screen = screen.press("j");
    }
    assert!(told.contains("the sentences beside it −0."), "{told}");
}

#[test]
fn the_cursor_walks_over_cues_and_stays_in_sight() {
    let chosen = |screen: &Screen| {
        let text = screen.text();
        text.lines().find(|row| row.contains('▸')).unwrap_or_default().to_owned()
    };
    let mut screen = worked();
    let first = chosen(&screen);
    assert!(first.contains("without it"), "{}", screen.text());
    for _ in 0..40 {
        screen = screen.press("down");
        assert!(!chosen(&screen).is_empty(), "{}", screen.text());
    }
    assert_ne!(chosen(&screen), first);
    for _ in 0..40 {
        screen = screen.press("up");
    }
    assert_eq!(chosen(&screen), first);
}

#[test]
fn another_weight_is_tried_before_it_is_kept() {
    let screen = worked().press("e ctrl-u text:-4");
    let text = screen.text();
    assert!(text.contains("this sentence") && text.contains(" → "), "{text}");
    assert!(text.contains("everywhere else"), "{text}");
    let mut screen = screen.press("enter");
    let [own] = &screen.reweighed[..] else { panic!("{:?}", screen.reweighed) };
    // The fitted words in it keep what they weigh, and its own weight makes up the rest.
    assert!((-5.0..=-4.0).contains(&own.weight) && own.what != What::Rule, "{own:?}");
    screen.tell(Event::Reweighed(Ok(PathBuf::from("/home/me/own.toml"))));
    assert!(screen.status().contains("written to /home/me/own.toml"), "{}", screen.status());
    screen.tell(Event::Reweighed(Err("no space left on device".to_owned())));
    assert!(screen.status().contains("the weight was not written: no space left"), "{}", screen.status());
    assert!(worked().press("e ctrl-u text:heavy enter").status().contains("a weight is a number"));
    assert!(worked().press("e enter").status().contains("the weight is as it was"));
    assert!(worked().press("e esc esc").model.mode_is_browse());
    assert!(two().press("j K e").status().contains("no rule of the lexicon found this cue"));
}

#[test]
fn a_cue_is_silenced_from_its_working() {
    let screen = worked().press("s");
    assert!(screen.text().contains("this phrase here"), "{}", screen.text());
    assert!(two().press("K s").status().contains("there is no cue in this sentence"));
}
