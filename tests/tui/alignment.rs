//! Columns side by side: what is level, what scrolls with what, and what stays in view.

use std::fmt::Write as _;

use visavis::corpus::SentenceId;
use visavis::tui::level;
use visavis::tui::model::Scrolling;

use super::screen::Screen;

const COUNT: usize = 60;

/// A statement of numbered sentences, each with so many words.
fn statement(name: &str, words: impl Fn(usize) -> usize) -> String {
    let mut text = format!("---\nspeaker: {name}\n---\n\n");
    for number in 0..COUNT {
        let filling = ["harbour ", "convoy ", "inspection "].into_iter().cycle().take(words(number));
        let filling: String = filling.collect();
        let _ = write!(text, "{name} says in point {number} that {filling}is near. ");
    }
    text
}

/// Two statements, the second longer here and shorter there, with links that are in order, that cross,
/// and that lead over many screens.
fn two() -> Screen {
    let (one, two) = (statement("Vell", |n| n % 40), statement("Oru", |n| if n < 8 { 60 } else { 7 }));
    let id = |statement: usize, number: usize| SentenceId((statement * COUNT + number) as u32);
    let in_order = (0..COUNT).step_by(2).map(|n| (id(1, n), id(0, n), 0.6));
    let crossing = (1..COUNT).step_by(4).map(|n| (id(1, (n * 7) % COUNT), id(0, n), 0.9));
    let far = [(id(1, 59), id(0, 3), 0.99), (id(1, 0), id(0, 49), 0.99)];
    let links: Vec<_> = in_order.chain(crossing).chain(far).collect();
    Screen::unread(&[&one, &two]).linked(&links)
}

/// The screen rows on which a sentence of the pane starts and ends.
fn rows(screen: &Screen, pane: usize, number: usize) -> (isize, isize) {
    let sheet = &screen.model.sheets[pane];
    let top = screen.model.columns[sheet.statement.0 as usize].scroll;
    (sheet.row(number).cast_signed() - top, sheet.end(number).cast_signed() - top)
}

fn focus(screen: &Screen) -> (usize, usize) {
    let statement = screen.model.statement().expect("there is one");
    (screen.model.pane(), screen.model.columns[statement.0 as usize].cursor)
}

/// Whether some of the sentence in focus is on the screen, and all of it if it fits.
fn in_view(screen: &Screen) -> bool {
    let (pane, number) = focus(screen);
    let height = isize::from(screen.model.areas.panes[pane].body.height.cast_signed());
    let (row, end) = rows(screen, pane, number);
    if end - row < height { row >= 0 && end <= height } else { row < height && end > 0 }
}

#[track_caller]
fn pair_is_level(screen: &Screen, linked: &mut usize) {
    let (pane, number) = focus(screen);
    assert!(in_view(screen), "sentence {number}");
    for (beside, answer) in level::beside(&screen.model) {
        // One taller than the screen may have its first rows above it.
        let row = rows(screen, pane, number).0.max(0);
        assert_eq!(rows(screen, beside, answer).0, row, "{number} and {answer}");
        *linked += 1;
    }
}

#[test]
fn after_fifty_sentences_the_pair_in_focus_is_still_level() {
    for (size, start) in [((120, 40), ""), ((120, 40), "tab"), ((90, 20), ""), ((200, 60), "tab")] {
        let mut screen = two().size(size.0, size.1).press(start);
        let mut linked = 0;
        for _ in 0..50 {
            screen = screen.press("j");
            pair_is_level(&screen, &mut linked);
        }
        for _ in 0..50 {
            screen = screen.press("k");
            pair_is_level(&screen, &mut linked);
        }
        assert!(linked > 60, "{linked} pairs were seen");
    }
}

#[test]
fn no_stretch_of_blank_rows_is_a_screen_long() {
    let mut padded = 0;
    for size in [(90, 20), (120, 40), (200, 60)] {
        let screen = two().size(size.0, size.1);
        for (pane, sheet) in screen.model.areas.panes.iter().zip(&screen.model.sheets) {
            for number in 1..sheet.len() {
                let blank = sheet.row(number) - sheet.end(number - 1);
                assert!(blank < usize::from(pane.body.height), "{blank} rows above {number}");
                padded += usize::from(blank > 1);
            }
        }
    }
    assert!(padded > 5, "{padded} sentences were padded");
}

#[test]
fn the_sentence_in_focus_stays_in_view_at_every_size() {
    let sizes = [(120, 40), (90, 24), (89, 24), (60, 12), (200, 60), (100, 7), (180, 50), (40, 9), (120, 40)];
    for keys in ["", "3 0 j", "tab 4 4 j", "G", "4 0 j tab"] {
        let mut screen = two().press(keys);
        let here = screen.model.sentence();
        for (width, height) in sizes {
            screen = screen.size(width, height);
            assert!(in_view(&screen), "after {keys} at {width} by {height}\n{}", screen.text());
            assert_eq!(screen.model.sentence(), here);
        }
    }
}

#[test]
fn a_sentence_longer_than_the_screen_is_read_by_scrolling_within_it() {
    let long = (0..900).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
    let text =
        format!("---\nspeaker: Vell\n---\n\nA first one stands here. It lists {long} and ends. A last one.");
    for (size, other) in [((120, 40), ""), ((80, 24), ""), ((100, 20), "tab tab")] {
        let mut screen = Screen::of(&[&text, "Nothing of it."]).size(size.0, size.1).press(other);
        let mut seen = String::new();
        while screen.model.sentence() != Some(SentenceId(2)) {
            seen.push_str(&screen.text());
            screen = screen.press("j");
        }
        let missing: Vec<usize> = (0..900).filter(|n| !seen.contains(&format!("word{n}"))).collect();
        assert!(missing.is_empty(), "{missing:?} at {size:?}");
        while screen.model.sentence() != Some(SentenceId(0)) {
            screen = screen.press("k");
        }
        assert!(screen.text().contains("A first one"), "{}", screen.text());
    }
}

#[test]
fn two_to_nine_statements_are_reached_by_sliding() {
    for count in 2..=9 {
        let texts: Vec<String> =
            (0..count).map(|n| format!("---\nspeaker: Speaker{n}\n---\n\nOne. Two.")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for width in [80, 120, 200] {
            let mut screen = Screen::of(&texts).size(width, 40);
            let mut seen = vec![false; count];
            for key in std::iter::repeat_n(">", count).chain(std::iter::repeat_n("<", count)) {
                for (pane, sheet) in screen.model.areas.panes.iter().zip(&screen.model.sheets) {
                    assert!(pane.text > 20);
                    seen[sheet.statement.0 as usize] = true;
                }
                let shown = screen.model.sheets.len();
                let hidden = |side: &str, number: usize| {
                    number == 0 || screen.text().contains(&format!("{number} {side}: Speaker"))
                };
                assert!(hidden("before", screen.model.first), "{}", screen.text());
                assert!(hidden("more", count - shown - screen.model.first), "{}", screen.text());
                screen = screen.press(key);
            }
            assert_eq!((seen, screen.model.first), (vec![true; count], 0));
        }
    }
}

#[test]
fn columns_scroll_level_together_or_alone() {
    let tops = |screen: &Screen| [0, 1].map(|at: usize| screen.model.columns[at].scroll);
    let screen = two().press("=");
    assert_eq!(screen.model.scrolling, Scrolling::Together);
    assert!(screen.status().contains("scroll together"), "{}", screen.status());
    let before = tops(&screen);
    let screen = screen.press("ctrl-d ctrl-d j");
    let after = tops(&screen);
    assert!(after[0] > before[0]);
    assert_eq!(after[0] - before[0], after[1] - before[1]);

    let screen = screen.press("=");
    assert!(screen.status().contains("each column scrolls alone"), "{}", screen.status());
    let before = tops(&screen);
    let screen = screen.press("5 2 j ctrl-d");
    assert!(tops(&screen)[0] > before[0]);
    assert!(screen.press("=").status().contains("linked sentences are level"));
}

/// A window that grows shows the text above, not blank rows below.
#[test]
fn a_screen_that_grows_is_filled() {
    let screen = Screen::of(&[super::NORTH, super::SOUTH]).size(80, 20).press("G").size(120, 40);
    assert!(screen.text().contains("Since the spring our convoys"), "{}", screen.text());
}
