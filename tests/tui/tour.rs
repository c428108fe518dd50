//! A tour of everything that can be on the screen, at three sizes and in every theme: nothing may panic,
//! be cut, bend a border, lose the last row, or be painted in colours that cannot be told apart.
#![allow(clippy::disallowed_types)] // contrast is a matter of colours

use std::collections::BTreeSet;

use ratatui::style::{Color, Modifier};
use unicode_segmentation::UnicodeSegmentation as _;
use visavis::tui::keymap::Scope;
use visavis::tui::theme::Choice;
use visavis::tui::wrap;

use super::screen::Screen;
use super::{EAST, NORTH, SOUTH};

/// Right to left, with marks above letters, and mixed with figures and Latin words.
const ARAB: &str = "---\nspeaker: ليلى حداد\nrole: المتحدثة الرسمية\n---\n
نحن نرفض هذه الاتهامات 40 mines رفضاً قاطعاً. لَمْ تَكُنْ هُنَاكَ أَلْغَام، وَهَذَا تَضْلِيل. \
הטענה הזאת אינה נכונה: 12 טונות קמח. The ferries (العبّارات) carried 400 tonnes.
";

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// Every view, by the keys that lead to it.
const VIEWS: &[(&str, &str)] = &[
    ("reading", "j"),
    ("second column", "tab j j"),
    ("the end", "G"),
    ("counterpart", "j enter"),
    ("layers", "1 3"),
    ("together", "="),
    ("alone", "= ="),
    ("why in full", "j K"),
    ("why, scrolled", "j K ctrl-d"),
    ("selection", "v e e"),
    ("note editor", "c text:Who_counted_them?_谁数过?"),
    ("noted", "j c text:Who_counted? ctrl-s d 1 space"),
    ("list of notes", "j c text:Who_counted? ctrl-s tab d 2 @"),
    ("notes filtered", "j c text:Who_counted? ctrl-s @ / text:who"),
    ("verdict", "d"),
    ("search", "/ text:mines"),
    ("search done", "/ text:mines enter n"),
    ("nothing found", "/ text:zzz"),
    ("sources", "s j"),
    ("a statement hidden", "s j space esc"),
    ("ledger", "f j"),
    ("ledger filtered", "f / text:mines enter"),
    ("palette", ": text:note"),
    ("palette without a match", ": text:zzz"),
    ("themes", "T j"),
    ("export", "d 1 E"),
    ("export completed", "d 1 E ctrl-u text:no tab"),
    ("help", "?"),
    ("help filtered", "? / text:note"),
    ("help at its end", "? G"),
    ("question", "c text:Kept esc"),
    ("a key begun", "g"),
    ("a count begun", "4 2"),
    ("unknown key", "%"),
    ("slid", "> l"),
    ("outline", "o j"),
    ("filters", "&"),
    ("unread only", "space F"),
    ("a source", "g s"),
    ("rejecting", "j x"),
    ("list of what was rejected", "j x 1 X"),
    ("accepting many", "A"),
    ("whose words", "S"),
    ("pairs of the ledger", "f tab"),
    ("chains of the ledger", "f tab tab j"),
    ("the ledger written", "f E"),
    ("link editor", "j L"),
    ("a link by hand", "m tab j M"),
    ("silencing a cue", "j K down s"),
    ("profile", "p j"),
    ("profile along the statements", "p tab j l l"),
    ("profile, map of links", "p tab tab j"),
    ("blind reading", "B j 1"),
    ("blind reading, why", "B j 1 K"),
    ("blind reading, ledger", "B j 1 f"),
    ("agreement", "B j 1 j 3 R j"),
    ("library finds", "j W j"),
    ("a find beside the sentence", "j W enter"),
];

/// The same for two versions of one statement.
const VERSIONS: &[(&str, &str)] =
    &[("versions", "]"), ("versions, why", "] ] K"), ("versions, the last change", "] ] ] ] [")];

/// What was [`NORTH`]: a claim is firmer, a word is gone, a sentence has come.
const NORTH_BEFORE: &str = "---\nspeaker: Mara Vell\nrole: Minister of Defence of Norland\n---\n
Since the spring our convoys have been harassed in open water. Ships under the southern flag \
may have laid 40 mines across the northern channel, three times within a single week, and they have done so \
openly since March.

This conduct endangers every crew that passes. We ask for an inspection by a third party, at once and in \
public.
";

/// The same for the demonstration, whose cues have rules.
const DEMONSTRATION: &[(&str, &str)] =
    &[("weighing a cue", "] K e"), ("a cue weighed", "] K e ctrl-u text:-4"), ("a rule rejected", "] x 4 X")];

fn screens(theme: &Choice, size: (u16, u16)) -> impl Iterator<Item = (String, Screen)> {
    let views = move |views: &'static [(&str, &str)], texts: &'static [&str]| {
        views.iter().map(move |(name, keys)| {
            let mut screen = Screen::in_theme(texts, theme.clone()).size(size.0, size.1);
            screen.model.has_library = true;
            screen.library = super::others::hits();
            let screen = screen.press(keys);
            (format!("{name} ({keys}) at {} by {} in {}", size.0, size.1, theme.name()), screen)
        })
    };
    views(VIEWS, &[NORTH, SOUTH, EAST, ARAB])
        .chain(views(VERSIONS, &[NORTH_BEFORE, NORTH]))
        .chain(demonstration(theme, size))
}

fn demonstration(theme: &Choice, size: (u16, u16)) -> impl Iterator<Item = (String, Screen)> {
    DEMONSTRATION.iter().map(move |(name, keys)| {
        let mut screen = Screen::demonstration();
        (screen.model.theme, screen.model.choice) = (theme.theme(None), theme.clone());
        let screen = screen.size(size.0, size.1).press(keys);
        (format!("{name} ({keys}) at {} by {} in {}", size.0, size.1, theme.name()), screen)
    })
}

#[test]
fn the_tour_leads_to_every_panel() {
    let seen: BTreeSet<String> =
        screens(&Choice::Plain, (120, 40)).map(|(_, screen)| format!("{:?}", screen.model.scope())).collect();
    let all = Scope::ALL.iter().map(|(scope, ..)| format!("{scope:?}")).collect::<BTreeSet<_>>();
    let missing: Vec<_> = all.difference(&seen).collect();
    // The list of sessions is a screen of its own.
    assert_eq!(missing, ["Sessions"]);
}

#[test]
fn changes_between_versions_are_stepped_through_and_counted() {
    let steps = |keys: &str| Screen::of(&[NORTH_BEFORE, NORTH]).press(keys).status();
    assert!(steps("tab ]").contains("change 1 of 3: "), "{}", steps("tab ]"));
    assert!(steps("tab ] ]").contains("change 2 of 3: "), "{}", steps("tab ] ]"));
    assert!(steps("tab ] ] [").contains("change 1 of 3: "), "{}", steps("tab ] ] ["));
    assert!(steps("tab ] ] ] ]").contains("no change below"), "{}", steps("tab ] ] ] ]"));
}

#[test]
fn no_view_is_cut_bent_or_without_its_last_row() {
    for theme in [Choice::Plain, Choice::Dark] {
        for size in SIZES {
            for (name, screen) in screens(&theme, size) {
                let text = screen.text();
                check_rows(&name, &screen);
                check_edges(&name, &screen);
                let status = screen.status();
                assert!(status.chars().any(char::is_alphanumeric), "no last row: {name}\n{text}");
                assert!(text.starts_with(" visavis"), "no first row: {name}\n{text}");
            }
        }
    }
}

/// Each row holds whole graphemes and as many cells as the screen.
#[track_caller]
fn check_rows(name: &str, screen: &Screen) {
    let buffer = screen.buffer();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            assert!(symbol.graphemes(true).count() <= 1, "{symbol:?} in {name}");
            assert!(!symbol.chars().any(char::is_control), "{symbol:?} in {name}");
            x += wrap::width(symbol).max(1) as u16;
        }
        assert_eq!(x, buffer.area.width, "row {y} is too long: {name}\n{}", screen.text());
    }
}

/// The strip of each pane is one straight line, and no word of a statement is lost at it.
#[track_caller]
fn check_edges(name: &str, screen: &Screen) {
    if !screen.shows_columns() {
        return;
    }
    let buffer = screen.buffer();
    for pane in &screen.model.areas.panes {
        let Some(x) = pane.strip_x() else { continue };
        for y in pane.body.y..pane.body.bottom() {
            let symbol = buffer[(x, y)].symbol();
            assert!("│┃┼CR~!┐└┘┌↑↓".contains(symbol), "{symbol:?} at {x}, {y}: {name}\n{}", screen.text());
        }
    }
}

#[test]
fn no_word_of_a_statement_is_cut() {
    for size in SIZES {
        let text = Screen::in_theme(&[ARAB, EAST], Choice::Plain).size(size.0, size.1).text();
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<BTreeSet<char>>();
        for words in [ARAB, EAST] {
            let words = words.rsplit("---").next().expect("there is a text");
            let missing: Vec<char> = bare(words).difference(&bare(&text)).copied().collect();
            assert!(missing.is_empty(), "{missing:?} at {size:?}\n{text}");
        }
    }
}

/// Words from right to left stay in their column: cells are filled from the left in the order of the
/// text, which leaves the joining and turning to the terminal.
#[test]
fn frame_of_words_from_right_to_left() {
    insta::assert_snapshot!(
        "right_to_left",
        Screen::in_theme(&[ARAB, EAST], Choice::Plain).size(92, 26).text()
    );
}

/// Relative luminance and contrast of the Web Content Accessibility Guidelines 2.2.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |[red, green, blue]: [f64; 3]| 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour in linear light.
fn linear(colour: Color) -> Option<[f64; 3]> {
    let Color::Rgb(red, green, blue) = colour else { return None };
    Some([red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    }))
}

const EXACT: [Choice; 4] = [Choice::Night, Choice::Day, Choice::SafeDark, Choice::SafeLight];

#[test]
fn every_pair_of_colours_that_is_painted_has_contrast() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    for theme in EXACT {
        let mut pairs = BTreeSet::new();
        for (name, screen) in screens(&theme, (120, 40)) {
            for cell in screen.cells() {
                assert!(!cell.modifier.contains(Modifier::DIM), "dimmed in {name}");
                pairs.insert((cell.fg.to_string(), cell.bg.to_string()));
                let (Some(words), Some(ground)) = (linear(cell.fg), linear(cell.bg)) else {
                    panic!("{:?} on {:?} in {name}", cell.fg, cell.bg);
                };
                let found = contrast(words, ground);
                assert!(found >= 4.5, "{:?} on {:?}: {found:.2} in {name}", cell.fg, cell.bg);
            }
        }
        assert!(pairs.len() > 8, "{} shows {} pairs", theme.name(), pairs.len());
    }
    // Roles that no view happens to show are held to the same.
    for theme in EXACT {
        let worn = theme.theme(None);
        for (role, style) in worn.roles() {
            let pair = (style.fg.or(worn.ground.fg), style.bg.or(worn.ground.bg));
            let (Some(words), Some(ground)) = (pair.0.and_then(linear), pair.1.and_then(linear)) else {
                panic!("{role} of {} has no exact colours", theme.name());
            };
            assert!(contrast(words, ground) >= 4.5, "{role} of {}", theme.name());
            assert!(
                style.bg.is_none() || style.fg.is_some(),
                "{role} of {} sets a ground only",
                theme.name()
            );
        }
    }
}

/// How colours are seen with the three kinds of dichromacy, in linear light (Machado, Oliveira and
/// Fernandes 2009, severity 1).
const BLINDNESS: [(&str, [[f64; 3]; 3]); 3] = [
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// CIE L*a*b* of a colour in linear light, under D65.
fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let curve = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47);
    let y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    let z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn colour_blind_eyes_tell_the_kinds_apart_in_the_safe_themes() {
    /// A difference of about 2 can just be seen; this many are told apart at a glance.
    const FAR: f64 = 14.0;
    for theme in [Choice::SafeDark, Choice::SafeLight] {
        let worn = theme.theme(None);
        let kinds = [
            ("claim", worn.claim),
            ("rebuttal", worn.rebuttal),
            ("rhetoric", worn.rhetoric),
            ("note", worn.note),
        ];
        for (blindness, seen) in BLINDNESS {
            let look = |style: ratatui::style::Style| {
                let colour = style.fg.and_then(linear).expect("it has an exact colour");
                lab(seen.map(|row| row.iter().zip(colour).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0)))
            };
            for (at, (one, style)) in kinds.iter().enumerate() {
                for (two, other) in &kinds[at + 1..] {
                    let [a, b] = [look(*style), look(*other)];
                    let far = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(far >= FAR, "{one} and {two} of {} with {blindness}: {far:.1}", theme.name());
                }
            }
        }
    }
}
