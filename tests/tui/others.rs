//! Who else has answered a sentence: the library's hits, and one of them opened beside it.

use std::path::PathBuf;

use visavis::library::Hit;
use visavis::library::entry::Entry;
use visavis::library::weigh::Weighed;
use visavis::session::Act;

use crate::screen::Screen;
use crate::two;

fn hit(id: &str, text: &str, score: f32) -> Hit {
    Hit {
        path: PathBuf::from("speeches.jsonl"),
        entry: Entry {
            id: id.to_owned(),
            place: 0,
            speaker: Some("Ilse Brandt".to_owned()),
            text: text.to_owned(),
        },
        weighed: Weighed { score, shared: vec!["mine".to_owned(), "ship".to_owned()], signs: Vec::new() },
    }
}

/// What a library may hold.
pub fn hits() -> Vec<Hit> {
    vec![
        hit("7", "No ship of ours laid a mine. We said so in March.", 0.83),
        hit("12", "Mines are a plague.", 0.31),
    ]
}

fn with_library() -> Screen {
    let mut screen = two();
    screen.model.has_library = true;
    screen.library = hits();
    screen
}

#[test]
fn frames_of_who_else() {
    insta::assert_snapshot!("others_100x24", with_library().size(100, 24).press("W j").frame());
    insta::assert_snapshot!("others_beside_120x24", with_library().size(120, 24).press("W enter").text());
}

#[test]
fn a_hit_is_opened_beside_the_sentence_and_kept_with_the_session() {
    let screen = with_library().press("W enter");
    let here = screen.model.sentence().expect("there is a sentence");
    assert_eq!(screen.model.corpus.text(here), "No ship of ours laid a mine.");
    assert!(screen.text().contains("Ilse Brandt"), "{}", screen.text());
    assert!(matches!(&screen.asked[..], [Act::Opened(opened)] if opened.path == "speeches.jsonl#7.md"));
    let again = screen.press("tab W enter");
    assert_eq!(again.model.corpus.documents.len(), 3);
    assert_eq!(again.asked.len(), 1);
}

#[test]
fn without_a_library_or_a_hit_it_is_said() {
    assert!(two().press("W").status().contains("--library"), "{}", two().press("W").status());
    let mut nothing = two();
    nothing.model.has_library = true;
    assert!(nothing.press("W").text().contains("nothing in the library shares a word with it"));
}
