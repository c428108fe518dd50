//! Deciding on suggestions: accept, reject at a grain, many at once, and take it all back.

use visavis::analysis::By;
use visavis::corpus::SentenceId;
use visavis::lexicon::CueKind;
use visavis::session::{Act, Event, On, Ruling, Session};
use visavis::tui::margin::Annotations;

use crate::screen::Screen;
use crate::{EAST, NORTH, SOUTH, two};

/// The kinds that a sentence is marked as.
fn marked(screen: &Screen, id: u32) -> String {
    let kinds = visavis::tui::margin::scored(&screen.model, SentenceId(id));
    CueKind::ALL.iter().filter(|kind| kinds[**kind as usize]).map(|kind| kind.letter()).collect()
}

/// What was asked of the journal, as a session opened anew reads it.
fn reopened(screen: &Screen) -> Session {
    let events = screen.asked.iter().enumerate().map(|(at, act)| Event {
        id: visavis::session::EventId(format!("{at:012x}-00000000")),
        time: String::new(),
        author: String::new(),
        act: act.clone(),
    });
    Session::fold(&events.collect::<Vec<_>>())
}

#[test]
fn a_mark_is_accepted_and_the_next_one_is_in_question() {
    let screen = two().press("j a");
    let Some(Act::Decided { decisions }) = screen.asked.last() else { panic!("{:?}", screen.asked) };
    assert!(matches!(&decisions[0].on, On::Mark { kind: CueKind::Claim, .. }));
    assert_eq!(decisions[0].decided, Some(Ruling::Accepted));
    assert!(screen.text().contains("shown from 0.50, accepted"), "{}", screen.text());
    // The claim's link is in question next, then the sentence below.
    assert!(screen.status().contains("claim accepted"), "{}", screen.status());
    let screen = screen.press("j k");
    assert!(screen.status().contains("a accept link"), "{}", screen.status());
    let screen = screen.press("a");
    assert_eq!(screen.model.sentence(), Some(SentenceId(2)));
    let links = &screen.model.analysis().expect("it is there").links;
    let accepted: Vec<_> = links.iter().filter(|link| link.by == By::Accepted).collect();
    assert_eq!(accepted.iter().map(|link| link.to.0).collect::<Vec<_>>(), [1]);
}

#[test]
fn a_rejected_mark_vanishes_at_once_and_comes_back_with_undo() {
    let before = marked(&two(), 1);
    let screen = two().press("j x 1");
    assert_eq!((before.as_str(), marked(&screen, 1).as_str()), ("C", ""));
    assert_eq!(screen.model.counts[0], two().model.counts[0] - 1);
    assert!(screen.status().contains("claim rejected"), "{}", screen.status());
    assert_eq!(marked(&screen.press("u"), 1), "C");
}

#[test]
fn a_phrase_is_silenced_here_or_everywhere() {
    let again = "---\nspeaker: Tove Lind\n---\n\nThis reckless talk helps nobody.\n";
    let three = || Screen::of(&[NORTH, SOUTH, again]);
    let at_reckless = "j j x";
    assert_eq!((marked(&three(), 2), marked(&three(), 11)), ("~".to_owned(), "~".to_owned()));
    let here = three().press(at_reckless).press("2");
    assert_eq!((marked(&here, 2), marked(&here, 11)), (String::new(), "~".to_owned()));
    assert!(here.status().contains("1 mark vanishes"), "{}", here.status());
    let everywhere = three().press(at_reckless).press("3");
    assert_eq!((marked(&everywhere, 2), marked(&everywhere, 11)), (String::new(), String::new()));
    assert!(everywhere.status().contains("2 marks vanish"), "{}", everywhere.status());
}

#[test]
fn a_rule_is_silenced_and_restored_from_the_list() {
    let before = Screen::demonstration();
    let screen = Screen::demonstration().press("x 4");
    let rules = &screen.model.annotations.decided.silenced.rules;
    assert_eq!(rules.len(), 1, "{}", screen.status());
    let screen = screen.press("X");
    assert!(screen.text().contains("rejected 1") && screen.text().contains("rule · "), "{}", screen.text());
    let screen = screen.press("a");
    assert_eq!(
        screen.model.analysis().expect("it is there").marks,
        before.model.analysis().expect("it is there").marks
    );
    assert!(screen.text().contains("nothing is rejected"));
    assert!(screen.press("esc X").status().contains("nothing is rejected; x rejects"));
}

#[test]
fn frames_of_rejecting() {
    insta::assert_snapshot!("reject", Screen::demonstration().size(100, 24).press("x").text());
    insta::assert_snapshot!("reject_80x24", Screen::demonstration().size(80, 24).press("tab x").text());
    let rejected = Screen::demonstration().size(100, 24).press("x 1 x x 3 tab x 2 j x 1 X");
    insta::assert_snapshot!("rejected", rejected.text());
    insta::assert_snapshot!("bulk", Screen::demonstration().size(100, 24).press("A").text());
}

#[test]
fn decisions_survive_a_restart() {
    let screen = two().press("j x 1 a tab j j x 3");
    let session = reopened(&screen);
    let told = |session: &Session| -> Vec<_> {
        session.decisions.iter().map(|(key, taken)| (key.clone(), taken.ruling)).collect()
    };
    assert_eq!(told(&session), told(&screen.model.session));
    assert_eq!(session.decisions.len(), 3);
}

/// The scores and places that the status line tells after each of `keys`.
fn stepped(mut screen: Screen, keys: &str) -> (Screen, Vec<String>) {
    let mut told = Vec::new();
    for key in keys.split(' ') {
        screen = screen.press(key);
        // “claim 0.92 · 3 of 41 undecided”
        let status = screen.status();
        let words: Vec<&str> = status.split_whitespace().collect();
        let end = words.iter().position(|word| *word == "undecided").unwrap_or(0);
        told.push(words[end.saturating_sub(6)..=end].join(" "));
    }
    (screen, told)
}

#[test]
fn suggestions_are_stepped_through_by_score_in_all_columns() {
    let score = |told: &str| told.split(' ').nth(1).and_then(|score| score.parse::<f32>().ok());
    let (screen, told) = stepped(two(), ") ) ) ) ) ) )");
    let scores: Vec<f32> = told.iter().map(|told| score(told).expect(told)).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{told:?}");
    assert!(told[0].contains(" · 1 of ") && told[6].contains(" · 7 of "), "{told:?}");
    // Back again, round the ends, by counts, and after a look elsewhere.
    let (screen, back) = stepped(screen, "( j )");
    assert_eq!([&back[0], &back[2]], [&told[5], &told[6]]);
    let (screen, first) = stepped(screen, "ctrl-o 6 (");
    assert_eq!(first[2], told[0]);
    let (_, last) = stepped(screen, "( )");
    let of = told[0].rsplit(' ').nth(1).expect("how many there are");
    assert!(last[0].contains(&format!("{of} of {of}")) && last[1] == told[0], "{last:?}");
    // The jump list leads back.
    let here = two().model.sentence();
    assert_eq!(stepped(two(), ") ctrl-o").0.model.sentence(), here);
}

#[test]
fn the_keys_that_decide_stay_in_sight_while_stepping() {
    let status = two().size(80, 24).press(") )").status();
    assert!(status.contains("a accept") && status.contains("x reject") && status.contains(") ("), "{status}");
}

#[test]
fn what_is_stepped_to_is_decided_and_the_next_by_score_is_in_question() {
    let (_, told) = stepped(two(), ") )");
    let screen = two().press(") a");
    let status = screen.status();
    let name = |told: &str| told.split(" · ").next().expect("a name and a score").to_owned();
    assert!(status.contains(&format!("accepted · next: {} · 1 of ", name(&told[1]))), "{status}");
    assert!(status.lines().next().is_some_and(|told| told.ends_with(" · saved 19:06:41")), "{status}");
    assert!(two().size(80, 24).press(") a").status().contains("a accept"));
    let Some(Act::Decided { decisions }) = screen.asked.last() else { panic!("{:?}", screen.asked) };
    assert_eq!(decisions.len(), 1);
}

#[test]
fn a_filter_leaves_what_it_hides_out_of_the_steps() {
    let (_, all) = stepped(two(), ")");
    let (_, narrowed) = stepped(two(), "1 )");
    assert_ne!(all[0].rsplit(' ').nth(1), narrowed[1].rsplit(' ').nth(1));
    let hidden = Screen::of(&[EAST]).press("0 )").status();
    assert!(hidden.contains("nothing of what is shown is left to decide; & shows more"), "{hidden}");
    let blind = two().press("B )").status();
    assert!(blind.contains("nothing is suggested in blind reading"), "{blind}");
    let palette = Screen::of(&[EAST]).press("0 : text:surest").text();
    assert!(
        palette.contains("go to the surest suggestion") && palette.contains("nothing of what"),
        "{palette}"
    );
}

#[test]
fn everything_from_a_score_on_is_accepted_as_one_act() {
    let screen = two().press("A");
    assert!(screen.text().contains("accept all from 0.80"), "{}", screen.text());
    let screen = screen.press("j j j j j j enter");
    let Some(Act::Decided { decisions }) = screen.asked.last() else { panic!("{:?}", screen.asked) };
    assert!(decisions.len() > 5, "{decisions:?}");
    assert!(screen.status().contains("accepted 2 claims"), "{}", screen.status());
    let screen = screen.press("a");
    assert!(screen.status().contains("everything that is suggested is decided"), "{}", screen.status());
    let screen = screen.press("u");
    assert!(screen.model.session.decisions.is_empty());
    assert!(screen.status().contains("undone: acceptance of"), "{}", screen.status());
}

#[test]
fn twenty_sentences_are_decided_in_at_most_forty_keys() {
    let sentence = "Ships under the southern flag laid 40 mines openly since March. ";
    let texts =
        [format!("---\nspeaker: Mara Vell\n---\n\n{}", sentence.repeat(20)), "Talks remain.".to_owned()];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut screen = Screen::of(&texts);
    let mut keys = 0;
    for number in 0..20 {
        let pressed = if number % 3 == 0 { "x x" } else { "a" };
        screen = screen.press(pressed);
        keys += pressed.split(' ').count();
    }
    assert_eq!((screen.model.session.decisions.len(), keys <= 40), (20, true), "{keys} keys");
    let verdicts = Screen::of(&texts).press("d 1").press(&"j . ".repeat(19));
    assert_eq!(verdicts.model.session.verdicts.len(), 20, "in 40 keys");
}

#[test]
fn a_fast_hand_decides_nothing_twice() {
    let mut screen = two().press("j");
    screen.slow = true;
    let screen = screen.press("a a a");
    let mut names: Vec<_> = screen
        .asked
        .iter()
        .map(|act| match act {
            Act::Decided { decisions } => decisions[0].on.key(),
            act => panic!("{act:?}"),
        })
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3);
}

#[test]
fn the_footer_shows_the_key_of_each_label() {
    let verdict = two().size(120, 30).press("d").status();
    for label in ["1 disputed", "2 supported", "3 refuted", "4 needs source", "5 settled", "0 take back"] {
        assert!(verdict.contains(label), "{verdict}");
    }
    let reject = two().size(120, 30).press("j x").status();
    for label in ["1 this one", "2 phrase here", "3 everywhere", "4 this rule"] {
        assert!(reject.contains(label), "{reject}");
    }
}

#[test]
fn what_an_act_changes_is_placed_as_if_all_were_placed_anew() {
    let keys = "j c text:who? ctrl-s d 1 space x 1 u ctrl-r a a m tab j M 1 F u u x 3 u B 1 B";
    let mut screen = two();
    for key in keys.split(' ') {
        screen = screen.press(key);
        let anew = Annotations::of(&screen.model.corpus, &screen.model.session);
        assert_eq!(format!("{:?}", screen.model.annotations), format!("{anew:?}"), "after {key} of {keys}");
    }
}
