//! Finding one's way: outline, filters, search history, palette, jumps.

use visavis::session::{Act, Filter, Wanted};

use crate::screen::Screen;
use crate::{NORTH, SOUTH, two};

const PAPER: &str = "---\nspeaker: Ada Lund\n---\n
# On the strait

Ships under the southern flag laid 40 mines. They may be there still.

## What we ask

We ask for an inspection.
";

#[test]
fn frames_of_the_outline() {
    let screen = || Screen::of(&[PAPER, NORTH, SOUTH]).press("j space");
    insta::assert_snapshot!("outline_100x24", screen().size(100, 24).press("o").frame());
    insta::assert_snapshot!(
        "outline_60x16_plain",
        Screen::plain(&[PAPER, SOUTH]).size(60, 16).press("o j").frame()
    );
}

#[test]
fn the_outline_leads_to_a_paragraph() {
    let screen = two().press("o / text:reckless enter enter");
    assert!(screen.text().contains("why · Mara Vell 1"), "{}", screen.text());
    assert_eq!(two().press("o j enter").model.sentence().map(|id| id.0), Some(2));
    assert_eq!(two().press("o j enter ctrl-o").model.sentence().map(|id| id.0), Some(0));
    assert!(two().press("o / text:zebra enter enter").status().contains("nothing is listed"));
}

#[test]
fn frames_of_filters() {
    let claims = || two().size(100, 30).press("& j space");
    insta::assert_snapshot!("filters_100x30", claims().text());
    insta::assert_snapshot!("filtered_100x24", two().size(100, 24).press("& j space esc").text());
}

#[test]
fn what_a_filter_leaves_is_announced_and_kept_with_the_session() {
    let screen = two().press("& j space j j space esc");
    assert!(screen.text().contains("5 of 11 shown"), "{}", screen.text());
    assert!(screen.status().contains("5 of 11 shown · saved"), "{}", screen.status());
    let kinds = vec!["claim".to_owned(), "rhetoric".to_owned()];
    assert_eq!(screen.model.session.filter, Filter { kinds, ..Filter::default() });
    assert!(!screen.text().contains("We ask for an inspection"));
    let screen = screen.press("& 0 esc");
    assert!(screen.text().contains("We ask for an inspection"), "{}", screen.text());
    assert!(!screen.text().lines().next().unwrap_or_default().contains("shown"));
    let judged = two().press("j d 1 & j j j j j space space esc");
    assert!(matches!(&judged.asked[1], Act::Filtered { filter } if filter.verdict == Some(Wanted::Any)));
    assert!(judged.text().contains("1 of 11 shown"));
    let of_one = two().press("& j j j j space esc tab");
    assert!(of_one.text().contains("the filter (&) leaves out all of it"), "{}", of_one.text());
    assert!(of_one.press("j c").status().contains("no sentence is shown here; & changes what is shown"));
    assert!(two().press("& G l l l l l esc").text().contains("1 of 11 shown"));
}

#[test]
fn unread_only_goes_on_to_what_is_left() {
    let screen = two().press("F space space");
    assert_eq!(screen.model.sentence().map(|id| id.0), Some(2));
    assert!(screen.text().contains("9 of 11 shown") && screen.text().contains("2 of 11 read"));
    assert!(!screen.text().contains("Since the spring"));
    assert!(screen.press("F g g").text().contains("Since the spring"));
    let all = two().press("F space space space space space");
    assert_eq!(all.model.sentence(), None);
    assert!(all.press("u").model.sentence().is_some());
}

#[test]
fn a_jump_shows_what_the_filter_leaves_out() {
    let claims = || two().press("& j space esc");
    assert!(!claims().text().contains("There are no such mines"));
    let screen = claims().press("enter");
    assert!(screen.text().contains("There are no such mines"), "{}", screen.text());
    assert_eq!(screen.model.sentence().map(|id| id.0), Some(7));
    let screen = claims().press("/ text:flour");
    assert!(screen.text().contains("12 tonnes of flour"));
    assert!(!screen.press("esc").text().contains("12 tonnes of flour"));
}

#[test]
fn what_was_searched_for_comes_back() {
    let searched = || two().press("/ text:mines enter / text:flour enter");
    assert!(searched().press("/ up").text().contains("/flour"));
    assert!(searched().press("/ up up").status().contains("1/2"));
    assert!(searched().press("/ up up up").status().contains("nothing was searched for before that"));
    assert!(searched().press("/ up up down enter").status().contains("1/1"));
    assert!(two().press("/ text:mines ctrl-n").status().contains("2/2"));
}

#[test]
fn the_palette_lists_every_action_with_its_key_or_why_not() {
    let bound = visavis::tui::keymap::Keymap::built_in();
    for action in visavis::tui::action::Action::ALL {
        let words: String = action.help().chars().take(60).collect();
        let text = two().size(190, 60).press(&format!(": text:{}", words.replace(' ', "_"))).text();
        assert!(text.contains(&words) || ["palette", "escape"].contains(&action.name()), "{words}\n{text}");
    }
    assert!(
        bound.key_of(visavis::tui::keymap::Scope::Browse, visavis::tui::action::Action::Outline).is_some()
    );
    let screen = two().press(": text:CSV enter");
    assert!(screen.status().contains("only in: ledger"), "{}", screen.status());
}

#[test]
fn jumps_go_back_and_forth_whatever_led_there() {
    let at = |keys: &str| two().press(keys).model.sentence().map(|id| id.0);
    assert_eq!(at("o j enter f j enter / text:flour enter ctrl-o"), Some(3));
    assert_eq!(at("o j enter f j enter / text:flour enter ctrl-o ctrl-o ctrl-o"), Some(0));
    assert_eq!(at("o j enter f j enter / text:flour enter ctrl-o ctrl-o ctrl-o alt-o"), Some(2));
}

#[test]
fn a_session_goes_on_where_it_was_left() {
    assert!(two().press("tab j 1 q").asked.is_empty(), "nothing is written where nothing was done");
    let left = two().press("tab j j space j 3 q");
    assert!(
        matches!(left.asked.last(), Some(Act::Left { place }) if (place.read, place.sentences) == (1, 11))
    );
    let again = left.reopened(&[NORTH, SOUTH]);
    assert_eq!(again.model.sentence(), left.model.sentence());
    assert_eq!(again.model.layers, left.model.layers);
    assert!(again.text().contains("(~ rhetoric"), "{}", again.text());
    assert_eq!(again.press("q").asked.len(), 0, "it is left where it was");
}

#[test]
fn a_note_that_has_perhaps_moved_is_confirmed() {
    let noted = two().press("j j j c text:Whose? ctrl-s");
    let changed = NORTH.replace("carried 400 tonnes of", "carried 300 tonnes of");
    let screen = noted.reopened(&[&changed, SOUTH]).press("@");
    assert!(screen.text().contains("moved? 0."), "{}", screen.text());
    assert!(screen.status().contains("a it stands here"), "{}", screen.status());
    let screen = screen.press("a");
    assert!(screen.status().contains("it stands here · saved"), "{}", screen.status());
    assert!(!screen.text().contains("moved?"), "{}", screen.text());
    assert_eq!((screen.model.session.notes.len(), &*screen.model.session.notes[0].text), (1, "Whose?"));
    assert!(screen.press("a").status().contains("there is no doubt"));
}
