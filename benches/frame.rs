//! What a reader waits for: the longer demonstration analysed, a key answered, a large frame painted.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use visavis::analysis::{Weights, analyze};
use visavis::corpus::{Corpus, Reading};
use visavis::demo;
use visavis::document::Segmentation;
use visavis::lexicon::{Lexicon, Speech, abbreviations};
use visavis::session::Session;
use visavis::tui::effect::{Event, Findings};
use visavis::tui::keymap::Keymap;
use visavis::tui::model::{Model, Options};
use visavis::tui::theme::Choice;
use visavis::tui::update::update;
use visavis::tui::view::view;

/// Candidates kept for each sentence, as the screen asks for.
const CANDIDATES: usize = 1;

/// The demonstration of this number.
fn corpus(number: usize) -> Corpus {
    let documents = demo::documents(number, Segmentation::Auto).expect("it is built in");
    let abbreviations = abbreviations::abbreviations();
    Corpus::read(documents, Reading::default(), Speech::built_in(), abbreviations)
}

fn model(corpus: Corpus) -> Model {
    let options = Options {
        keymap: Keymap::built_in(),
        theme: Choice::Dark,
        own_themes: Vec::new(),
        mouse: true,
        read_only: None,
        name: "demonstration".to_owned(),
        notices: Vec::new(),
        size: (200, 60),
    };
    let (lexicon, weights) = (Lexicon::built_in(), Weights::built_in());
    let analysis = analyze(&corpus, &lexicon, &weights, CANDIDATES);
    let mut model = Model::new(Arc::new(corpus), Session::default(), options);
    let corpus = Arc::clone(&model.corpus);
    update(&mut model, Event::Analyzed(Box::new(Findings::new(corpus, analysis, lexicon, weights))));
    model
}

fn key(letter: char) -> Event {
    Event::Input(Input::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)))
}

fn frames(criterion: &mut Criterion) {
    let (lexicon, weights) = (Lexicon::built_in(), Weights::built_in());
    for number in [1, 2] {
        let corpus = corpus(number);
        let name = format!("analyze demonstration {number}, {} sentences", corpus.sentences.len());
        criterion.bench_function(&name, |bencher| {
            bencher.iter(|| analyze(black_box(&corpus), &lexicon, &weights, CANDIDATES));
        });
    }
    let mut model = model(corpus(2));
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).expect("a bench has no terminal");
    criterion.bench_function("a key and a frame of 200 by 60", |bencher| {
        let mut letters = ['j', 'k'].into_iter().cycle();
        bencher.iter(|| {
            update(&mut model, key(letters.next().unwrap_or('j')));
            terminal.draw(|frame| view(&model, frame)).expect("it is painted in memory");
        });
    });
}

criterion_group!(benches, frames);
criterion_main!(benches);
