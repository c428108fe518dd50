//! What opening costs, in medians over several runs: bytes to decoded, attributed, segmented text; and
//! our sentence boundaries alone beside those of `sentencex` and of `unicode-segmentation`, in the
//! same run and on the same text.

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation as _;
use visavis::attribution::Kind;
use visavis::corpus::{Corpus, Reading};
use visavis::demo;
use visavis::document::{Document, Segmentation};
use visavis::lexicon::{Speech, abbreviations};
use visavis::text::sentences;
use visavis::text::span::SourceText;

/// About how much is read, in bytes.
const SIZE: usize = 2_000_000;

/// The longer demonstration, over and over.
fn text() -> String {
    let documents = demo::documents(2, Segmentation::Auto).expect("it is built in");
    let whole: String =
        documents.iter().map(|document| document.text.as_str()).collect::<Vec<_>>().join("\n\n");
    format!("{whole}\n\n").repeat(SIZE / whole.len())
}

fn read(criterion: &mut Criterion) {
    let (text, speech, abbreviations) = (text(), Speech::built_in(), abbreviations());
    let mut group = criterion.benchmark_group("read 2 MB");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    for kind in [Kind::Statement, Kind::Article, Kind::Transcript] {
        let reading = Reading { kind: Some(kind), ..Reading::default() };
        group.bench_function(BenchmarkId::from_parameter(kind.name()), |bench| {
            bench.iter(|| {
                let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto);
                Corpus::read(vec![document.expect("it is text")], reading, speech, abbreviations)
            });
        });
    }
    group.finish();
}

fn segment(criterion: &mut Criterion) {
    let (typeset, abbreviations) = (text(), abbreviations());
    // As plain keyboards write it: no byte of it is beyond ASCII.
    let typed: String = typeset.chars().map(typed).collect();
    for (name, text) in [("typeset", &typeset), ("typed", &typed)] {
        let mut group = criterion.benchmark_group(format!("sentences of 2 MB, {name}"));
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
        group.bench_function("visavis", |bench| {
            bench.iter(|| sentences::<SourceText>(black_box(text), abbreviations).len());
        });
        group.bench_function("sentencex", |bench| {
            bench.iter(|| sentencex::segment("en", black_box(text)).len());
        });
        group.bench_function("unicode-segmentation", |bench| {
            bench.iter(|| black_box(text).unicode_sentences().count());
        });
        group.finish();
    }
}

/// The key that is struck for a typesetter's sign.
fn typed(sign: char) -> char {
    match sign {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        _ if sign.is_ascii() => sign,
        _ => '-',
    }
}

criterion_group!(benches, read, segment);
criterion_main!(benches);
