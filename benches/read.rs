//! What opening costs: bytes to decoded, attributed, segmented text, beside the word and sentence
//! bounds of `unicode-segmentation` alone, in the same run and on the same text.

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use unicode_segmentation::UnicodeSegmentation as _;
use visavis::attribution::Kind;
use visavis::corpus::{Corpus, Reading};
use visavis::demo;
use visavis::document::{Document, Segmentation};
use visavis::lexicon::{Speech, abbreviations};

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
    group.bench_function("unicode-segmentation, sentences", |bench| {
        bench.iter(|| black_box(&text).unicode_sentences().count());
    });
    group.bench_function("unicode-segmentation, words", |bench| {
        bench.iter(|| black_box(&text).unicode_words().count());
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
