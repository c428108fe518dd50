//! Speed you can feel: a thousand keys in a session of two statements of 1 MB with 2,000 notes, each
//! timed from the key to the painted frame of 200 by 60, and the memory that it takes.
//!
//! `cargo bench --bench keys` prints median and worst, and for each panel the slowest keys. Beside the
//! time on the clock stands the time on the processor, which other programs do not add to: if one key
//! took more of that than a frame of a 60 Hz screen lasts (16 ms), or the process 300 MB, it fails.
#![allow(clippy::print_stdout)] // what it measures is what it prints

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::{Event as Input, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use rustix::time::{ClockId, clock_gettime};
use visavis::analysis::{Weights, analyze};
use visavis::corpus::{Corpus, Reading, SentenceId};
use visavis::document::{Document, Segmentation};
use visavis::lexicon::{Lexicon, Speech, abbreviations};
use visavis::session::{Act, Anchor, Event as SessionEvent, EventId, Session};
use visavis::tui::effect::{Effect, Event, Findings};
use visavis::tui::key::Key;
use visavis::tui::keymap::Keymap;
use visavis::tui::model::{Model, Options};
use visavis::tui::theme::Choice;
use visavis::tui::update::update;
use visavis::tui::view::view;

const BYTES: usize = 1 << 20;
const NOTES: usize = 2_000;
const KEYS: usize = 1_000;
const MOST_TIME: Duration = Duration::from_millis(16);
const MOST_MEGABYTES: u64 = 300;

/// What a reader does, over and over: reads, looks up, decides, notes, opens every panel.
const ROUND: &str = "j j j j k enter ctrl-o tab j j ] ] [ } { ctrl-d ctrl-d ctrl-u pgdn pgup g g 9 9 9 j \
    K j down down up ctrl-d s esc e ctrl-u 2 . 5 esc esc 1 1 0 0 = = = / h a r b o r enter n n N esc \
    d 1 . space space u ctrl-r c n o t e ctrl-s v e e ) o c w o r d s ctrl-s \
    a a a x 1 u x 3 u x 2 esc m j j M 1 u L down esc A up esc \
    @ j j j G k / n o esc esc f j j G k s / m i n e enter esc tab j l tab j G esc esc esc \
    o j j G / n o esc esc p j G tab j l l tab j l j esc F j j F & down right right esc F F \
    : n o t esc ? j ctrl-d esc s j esc G g g h l > < 4 2 j y d 3";

const SUBJECTS: &str = "The ministry|Our navy|Their government|The spokesman|Norland|Sudria|The northern fleet|\
    A third party|The commission|Every witness|The ferry company|The harbour master";
const DEEDS: &str = "rejects the accusation of|has documented|denies|attacked|laid mines near|never saw|inspected|\
    smears|distorts the record of|seized|counted|admits";
const OBJECTS: &str = "the convoy in the strait|three ferries at Lindholm|the harbour of Osterby|the inspection|\
    400 tonnes of explosives|the reckless campaign|12 boats of the coast guard|the agreement of 2019|\
    the mines in the channel|the so-called evidence|the families of the crew|the fishing grounds";
const ENDS: &str = "on 14 March|without any proof|as everybody knows|three times in a week|in open water|\
    under the law of the sea|at once and in public|for the sake of peace|despite the ceasefire|once again";

/// Numbers that look random and are always the same (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn pick<'t>(&mut self, list: &'t str) -> &'t str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let all: Vec<&str> = list.split('|').collect();
        all[(self.0 >> 33) as usize % all.len()].trim()
    }
}

fn statement(speaker: &str, seed: u64) -> Document {
    let mut text = format!("---\nspeaker: {speaker}\n---\n\n");
    let mut dice = Dice(seed);
    let mut number = 0;
    while text.len() < BYTES {
        number += 1;
        let [subject, deed, object, end] = [SUBJECTS, DEEDS, OBJECTS, ENDS].map(|list| dice.pick(list));
        let (other, why) = (dice.pick(OBJECTS), dice.pick(ENDS));
        let stop = if number % 9 == 0 { ".\n\n" } else { ". " };
        let _ = write!(text, "{subject} {deed} {object} and {other} {end}, {why}, says paper {number}{stop}");
    }
    let path = format!("{speaker}.md");
    Document::from_bytes(Path::new(&path), text.as_bytes(), Segmentation::Auto).expect("it is text")
}

/// What `act` is in the journal.
fn event(number: usize, act: Act) -> SessionEvent {
    let (id, time) = (EventId(format!("{number:012x}-00000000")), "2026-01-01T19:06:41Z".to_owned());
    SessionEvent { id, time, author: "reader".to_owned(), act }
}

fn noted(corpus: &Corpus) -> Session {
    let every = (corpus.sentences.len() / NOTES).max(1);
    let events: Vec<SessionEvent> = (0..NOTES)
        .map(|number| {
            let sentence = corpus.sentence(SentenceId((number * every) as u32));
            let anchor = Anchor::new(corpus, sentence.statement, sentence.span);
            let text = format!("Note {number}: who counted this, and when?");
            event(number, Act::Note { anchor, text, replaces: None, draft: false })
        })
        .collect();
    Session::fold(&events)
}

fn model() -> Model {
    let started = Instant::now();
    let documents = vec![statement("Vell", 7), statement("Oru", 11)];
    let corpus =
        Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations::abbreviations());
    println!("{} sentences read in {:.1?}", corpus.sentences.len(), started.elapsed());
    let (lexicon, weights) = (Lexicon::built_in(), Weights::built_in());
    let started = Instant::now();
    let analysis = analyze(&corpus, &lexicon, &weights, 1);
    println!("{} links found in {:.1?}", analysis.links.len(), started.elapsed());
    let session = noted(&corpus);
    let options = Options {
        keymap: Keymap::built_in(),
        theme: Choice::Dark,
        own_themes: Vec::new(),
        mouse: true,
        read_only: None,
        name: "long".to_owned(),
        notices: Vec::new(),
        size: (200, 60),
    };
    let started = Instant::now();
    let mut model = Model::new(Arc::new(corpus), session, options);
    println!("first frame fitted in {:.1?}", started.elapsed());
    let started = Instant::now();
    let corpus = Arc::clone(&model.corpus);
    update(&mut model, Event::Analyzed(Box::new(Findings::new(corpus, analysis, lexicon, weights))));
    println!("marks and links taken in {:.1?}", started.elapsed());
    model
}

fn pressed(name: &str) -> Event {
    let key = Key::named(name).expect("it is a key");
    let ctrl = if key.ctrl { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
    Event::Input(Input::Key(KeyEvent::new(key.code, ctrl)))
}

/// Lets `event` change the model and its acts be answered at once.
fn tell(model: &mut Model, told: Event, number: usize) {
    for effect in update(model, told) {
        if let Effect::Append(act) = effect {
            let saved = Ok(Box::new((event(NOTES + number, act), "19:06:41".to_owned())));
            update(model, Event::Saved(saved));
        }
    }
}

/// How long a key took.
struct Press {
    /// The panel that was open, and the key.
    key: (String, &'static str),
    wall: Duration,
    processor: Duration,
}

/// Time that this thread has spent on a processor.
fn processor() -> Duration {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(spent.tv_sec.unsigned_abs(), spent.tv_nsec as u32)
}

fn press_all(model: &mut Model) -> Vec<Press> {
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).expect("a bench has no terminal");
    let keys = ROUND.split_whitespace().filter(|name| Key::named(name).is_some()).cycle().take(KEYS);
    let mut presses = Vec::with_capacity(KEYS);
    for (number, name) in keys.enumerate() {
        let key = (format!("{:?}", model.scope()), name);
        let (started, spent) = (Instant::now(), processor());
        tell(model, pressed(name), number);
        terminal.draw(|frame| view(model, frame)).expect("it is painted in memory");
        presses.push(Press { key, wall: started.elapsed(), processor: processor().saturating_sub(spent) });
    }
    presses
}

/// Prints for each panel its slowest keys, the slowest panel first.
fn print_slowest(presses: &[Press]) {
    const EACH: usize = 4;
    let mut worst: BTreeMap<&str, BTreeMap<&str, Duration>> = BTreeMap::new();
    for press in presses {
        let known = worst.entry(&press.key.0).or_default().entry(press.key.1).or_default();
        *known = (*known).max(press.processor);
    }
    let mut panels: Vec<(&str, Vec<(&str, Duration)>)> =
        worst.into_iter().map(|(panel, keys)| (panel, keys.into_iter().collect())).collect();
    for (_, keys) in &mut panels {
        keys.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    }
    panels.sort_by_key(|(_, keys)| std::cmp::Reverse(keys[0].1));
    for (panel, keys) in panels {
        let told: Vec<String> =
            keys.iter().take(EACH).map(|(name, time)| format!("{name} {time:.2?}")).collect();
        println!("  {panel:<9} slowest {}", told.join(", "));
    }
}

fn main() -> ExitCode {
    let mut model = model();
    let presses = press_all(&mut model);
    print_slowest(&presses);
    let told = |name: &str, time: fn(&Press) -> Duration| {
        let mut times: Vec<Duration> = presses.iter().map(time).collect();
        times.sort();
        println!("{KEYS} keys {name}: median {:.2?}, worst {:.2?}", times[KEYS / 2], times[KEYS - 1]);
        times[KEYS - 1]
    };
    told("on the clock", |press| press.wall);
    let worst = told("on the processor", |press| press.processor);
    let memory = megabytes();
    println!("memory at most {memory} MB");
    if worst < MOST_TIME && memory < MOST_MEGABYTES { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The most memory that this process has had; 0 where the system does not tell.
fn megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().trim_end_matches("kB").trim().parse::<u64>().ok())
        .map_or(0, |kb| kb / 1024)
}
