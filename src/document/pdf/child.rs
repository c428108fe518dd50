//! The process that takes the text out of a PDF: visavis itself, called again by a hidden name.
//!
//! It limits its own memory and processor time and becomes `pdftotext` where that is installed; else
//! it reads the file with `pdf-extract`. The file goes in by standard input and the text comes back
//! by standard output behind `GREETING`; whatever happens to the process, ours goes on.

use std::io::{self, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;

use super::letters;

/// The hidden subcommand that [`serve`]s.
pub const NAME: &str = "read-pdf";
/// What comes first, so that another program's words are never taken for a file's.
const GREETING: &[u8] = b"visavis reads a PDF\n";
/// The most text that is taken, in bytes.
const MOST_TEXT: u64 = 64 << 20;
/// What the process may use.
const MOST_MEMORY: u64 = 900 << 20;
const MOST_SECONDS: u64 = 8;

/// The text of a PDF, pages ended by form feeds; or what is wrong with the file.
///
/// # Errors
/// A phrase that goes on from “a PDF file”.
pub fn text_of(bytes: &[u8]) -> Result<String, String> {
    let (greeted, text, done) = exchange(bytes).map_err(|error| format!("that cannot be read: {error}"))?;
    if !greeted {
        return Err("that cannot be read: this program could not be started again to read it".to_owned());
    }
    if !done && memchr::memmem::find(bytes, b"/Encrypt").is_some() {
        return Err("that is locked with a password: save it without one".to_owned());
    }
    if !done && text.trim().is_empty() {
        return Err("that is damaged: no text can be taken from it".to_owned());
    }
    Ok(text)
}

/// Whether the process greeted, the text it gave, and whether it ended well.
fn exchange(bytes: &[u8]) -> io::Result<(bool, String, bool)> {
    let program = std::env::current_exe()?;
    let mut command = Command::new(program);
    command.arg(NAME).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let output = talk(&mut child, bytes);
    // It may still be writing what nobody will read.
    let _ = child.kill();
    let status = child.wait()?;
    let output = output?;
    let text = output.strip_prefix(GREETING);
    let all = output.len() as u64 <= MOST_TEXT;
    Ok((
        text.is_some(),
        String::from_utf8_lossy(text.unwrap_or_default()).into_owned(),
        status.success() && all,
    ))
}

fn talk(child: &mut Child, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    thread::scope(|scope| {
        // A process that stops reading early is no failure: what it wrote is judged.
        scope.spawn(move || {
            let _ = input.write_all(bytes);
        });
        let mut text = Vec::new();
        output.take(MOST_TEXT + 1).read_to_end(&mut text)?;
        let _ = child.kill();
        Ok(text)
    })
}

/// Reads a PDF from standard input and writes its text to standard output.
///
/// # Errors
/// If the file is damaged or locked.
pub fn serve() -> io::Result<()> {
    limit();
    let mut out = io::stdout().lock();
    out.write_all(GREETING)?;
    out.flush()?;
    become_pdftotext();
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let text = letters::text_of(&bytes).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())?;
    out.flush()
}

#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    // Where a limit cannot be set, the process is still one of its own.
    let _ = setrlimit(Resource::As, at_most(MOST_MEMORY));
    let _ = setrlimit(Resource::Cpu, at_most(MOST_SECONDS));
    let _ = setrlimit(Resource::Core, at_most(0));
}

/// Goes on as `pdftotext`; comes back only where there is none.
#[cfg(unix)]
fn become_pdftotext() {
    use std::os::unix::process::CommandExt as _;
    let _ = Command::new("pdftotext").args(["-q", "-enc", "UTF-8", "-", "-"]).exec();
}

#[cfg(not(unix))]
fn limit() {}

#[cfg(not(unix))]
fn become_pdftotext() {}
