//! Links by hand: made, corrected, taken away, and before all that is suggested.

use visavis::analysis::{By, Link, Relation};
use visavis::corpus::SentenceId;
use visavis::report::ledger;
use visavis::session::{Act, Ruling};

use crate::screen::Screen;
use crate::{EAST, NORTH, SOUTH, two};

/// The links between two sentences.
fn between(screen: &Screen, one: u32, other: u32) -> Vec<Link> {
    let analysis = screen.model.analysis().expect("it is analysed");
    let ends =
        |link: &&Link| [link.from.0, link.to.0].contains(&one) && [link.from.0, link.to.0].contains(&other);
    analysis.links.iter().filter(ends).cloned().collect()
}

fn here(screen: &Screen) -> u32 {
    screen.model.sentence().expect("there is one").0
}

#[test]
fn two_sentences_are_linked_by_a_mark_and_a_digit() {
    let screen = two().press("j j m");
    assert!(screen.status().contains("Mara Vell 3 is marked; M on another"), "{}", screen.status());
    let screen = screen.press("tab G M");
    assert!(screen.text().contains("Mara Vell 3") && screen.text().contains("Talks remain possible."));
    let screen = screen.press("5");
    assert!(
        screen.status().contains("linked: Mara Vell 3 deflects Ilan Oru 6 · saved"),
        "{}",
        screen.status()
    );
    let links = between(&screen, 2, 10);
    assert_eq!(
        (links.len(), links[0].from.0, links[0].relation, links[0].by),
        (1, 2, Relation::Deflects, By::Reader)
    );
    assert!(screen.text().contains("(yours)"), "{}", screen.text());
    let screen = screen.press("enter");
    assert_eq!(here(&screen), 2);
    assert!(between(&screen.press("u"), 2, 10).is_empty());
}

#[test]
fn a_link_of_ones_own_stands_before_the_suggested_ones_everywhere() {
    // The claim in focus has a suggested answer; the reader links it with another sentence.
    let suggested = two().press("j enter");
    assert_eq!(here(&suggested), 7);
    let screen = two().press("tab 4 j m tab g g j M 1");
    assert_eq!(here(&screen), 1);
    let claim = SentenceId(1);
    let analysis = screen.model.analysis().expect("it is analysed");
    let findings = screen.model.findings.as_deref().expect("it is analysed");
    let rows = ledger::rows(&screen.model.corpus, analysis, &findings.weights.thresholds);
    let row = rows.iter().find(|row| row.claim == claim).expect("it is a claim");
    assert_eq!(row.cells[0].best.map(|best| best.sentence.0), Some(9), "the ledger");
    let told = screen.model.links.suggested(analysis, claim).next().expect("there is one");
    assert_eq!(told.by, By::Reader, "the panel");
    let rows: Vec<usize> = ["Ships under the southern", "The ferries carried 12"]
        .iter()
        .map(|words| screen.text().lines().position(|row| row.contains(words)).expect("it is shown"))
        .collect();
    assert_eq!(rows[0], rows[1], "the rows: {}", screen.text());
    assert_eq!(here(&screen.press("enter")), 9, "the key that leads to the answer");
}

#[test]
fn a_suggested_link_is_corrected_accepted_or_removed() {
    let screen = two().press("j L 2");
    let links = between(&screen, 1, 7);
    assert_eq!((links.len(), links[0].relation, links[0].by), (1, Relation::Contradicts, By::Reader));
    assert!(!links[0].evidence.is_empty(), "what was found still speaks for it");
    let screen = screen.press("L x");
    let links = between(&screen, 1, 7);
    assert_eq!((links.len(), links[0].relation, links[0].by), (1, Relation::Rebuts, By::Program));
    let screen = screen.press("L x");
    assert!(between(&screen, 1, 7).is_empty());
    let Some(Act::Decided { decisions }) = screen.asked.last() else { panic!("{:?}", screen.asked) };
    assert_eq!(decisions[0].decided, Some(Ruling::Rejected));
    assert!(screen.press("L").status().contains("no link here"));
    let screen = two().press("j L o a");
    assert_eq!(between(&screen, 1, 7)[0].by, By::Accepted);
    let screen = two().press("j L o 1");
    assert_eq!(between(&screen, 1, 7)[0].from.0, 1, "turned round");
}

#[test]
fn what_cannot_be_linked_says_why() {
    assert!(two().press("M").status().contains("no sentence is marked; m marks"));
    assert!(two().press("m j M").status().contains("is of this statement too"));
    assert!(two().press("m m").status().contains("the mark is gone"));
    assert!(Screen::read_only(&[NORTH, SOUTH]).press("m tab M").status().contains("cannot write links"));
}

#[test]
fn links_reach_statements_that_are_not_on_the_screen() {
    let screen = Screen::of(&[NORTH, SOUTH, EAST]).press("j m > tab M 3");
    let linked: Vec<By> = between(&screen, 1, here(&screen)).iter().map(|link| link.by).collect();
    assert_eq!(linked, [By::Reader]);
    assert_eq!(here(&screen.press("enter")), 1);
}

#[test]
fn frames_of_links() {
    insta::assert_snapshot!("link_new", two().size(120, 30).press("j j m tab G M").text());
    insta::assert_snapshot!("link_80x24", two().size(80, 24).press("j L").text());
    insta::assert_snapshot!(
        "link_own_plain",
        Screen::plain(&[NORTH, SOUTH]).size(100, 30).press("j j m tab G M 5").frame()
    );
}
