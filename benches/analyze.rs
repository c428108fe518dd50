//! The whole of `visavis analyze` beside `wc -w`, on one file in one run: programs as a user starts them.
//!
//! Both are run in turn, so that what else the machine does falls on both; the medians are told, in
//! megabytes a second and as how many times as long it took.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{error, fs};

/// How often each is run.
const RUNS: usize = 7;
/// How large the file is at least, in bytes.
const SIZE: usize = 4_000_000;

fn main() -> Result<(), Box<dyn error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("statement.txt");
    fs::write(&file, text())?;
    let megabytes = fs::metadata(&file)?.len() as f64 / 1e6;
    let programs = [("wc", &["-w"][..]), (env!("CARGO_BIN_EXE_visavis"), &["analyze", "--as", "statement"])];
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (took, (program, arguments)) in took.iter_mut().zip(programs) {
            took.push(time(program, arguments, &file)?);
        }
    }
    let [words, whole] = took.map(median);
    let mut out = io::stdout().lock();
    for (name, time) in [("wc -w", words), ("visavis analyze", whole)] {
        writeln!(out, "{name:16} {:6.1} MB/s, median of {RUNS}", megabytes / time.as_secs_f64())?;
    }
    writeln!(out, "analyze takes {:.1} times as long", whole.as_secs_f64() / words.as_secs_f64())?;
    Ok(())
}

/// Sentences of a statement, numbered, so that none is like the one before.
fn text() -> String {
    const SAID: [&str; 4] = [
        "The ministry counted {} ships of the fleet in the strait since March, more than in any year before",
        "We reject these groundless accusations for the {} time and call on the other side to show its evidence",
        "Nobody in the room asked what the {} brutal raids had cost the people of the island",
        "Our government will keep its word, as it has done in {} years of talks, and it expects no less",
    ];
    let mut text = String::with_capacity(SIZE + 200);
    for (number, said) in SAID.iter().cycle().enumerate() {
        text.push_str(&said.replace("{}", &(number + 2).to_string()));
        text.push_str(if number % 5 == 4 { ".\n\n" } else { ". " });
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

fn time(program: &str, arguments: &[&str], file: &Path) -> io::Result<Duration> {
    let begun = Instant::now();
    let status = Command::new(program).args(arguments).arg(file).stdout(Stdio::null()).status()?;
    let took = begun.elapsed();
    if status.success() { Ok(took) } else { Err(io::Error::other(format!("{program} failed"))) }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
