//! JSON lines: a statement a line, `{"id": …, "speaker": …, "date": …, "text": …}`.
//!
//! The source is the file itself; a text's escapes are read, so passages point at the words between
//! the quotation marks. `text` is needed; further fields are passed over. A line that is wrong is
//! left out and told with its place.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::clean::clean;
use super::date::iso_day;
use super::lines::lines;
use super::{BlockKind, Byline, Extracted, FlowWriter, Segmentation, Voice};
use crate::text::SourceSpan;

/// Whether the file is called so, or begins with an object that has a text.
pub fn is(head: &[u8], extension: &str) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let is_object = line.starts_with(b"{");
    match extension {
        "jsonl" | "ndjson" => is_object || line.is_empty(),
        "json" | "" => is_object && memchr::memmem::find(line, b"\"text\"").is_some(),
        _ => false,
    }
}

/// One line.
#[derive(Deserialize)]
struct Row<'l> {
    #[serde(borrow)]
    text: &'l RawValue,
    speaker: Option<String>,
    role: Option<String>,
    date: Option<String>,
}

/// Reads JSON lines.
pub fn read(source: &str, _: Segmentation) -> Extracted {
    let mut writer = FlowWriter::new(source);
    let mut extracted = Extracted::default();
    let mut days = Vec::new();
    for (number, line) in lines(source).enumerate().filter(|(_, line)| !line.span.is_empty()) {
        let row = match row(line.span.of(source)) {
            Ok(row) => row,
            Err(reason) => {
                let warning = format!("line {}{reason}; left out", number + 1);
                extracted.warnings.push(clean(warning).0);
                continue;
            }
        };
        days.push(row.date.as_deref().and_then(iso_day));
        let start = writer.ended();
        show(source, place(source, row.text), &mut writer);
        writer.end();
        let named = row.speaker.filter(|name| !name.trim().is_empty());
        let byline =
            named.map(|name| Byline { name: clean(name).0, role: row.role.map(|role| clean(role).0) });
        if writer.ended() > start {
            extracted.voices.push(Voice { blocks: start..writer.ended(), byline });
        }
    }
    extracted.flow = writer.finish();
    days.dedup();
    if let [Some(day)] = days[..] {
        extracted.date = Some(day);
    }
    extracted
}

/// The row that a line is, or what is wrong with it and where.
fn row(line: &str) -> Result<Row<'_>, String> {
    let row: Row<'_> = serde_json::from_str(line).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default().to_owned();
        format!(", column {}: {what}; right is {{\"speaker\": \"…\", \"text\": \"…\"}}", error.column())
    })?;
    if row.text.get().starts_with('"') { Ok(row) } else { Err(": `text` is no string".to_owned()) }
}

/// Where the words of a string stand in the source, which it was read from.
fn place(source: &str, value: &RawValue) -> SourceSpan {
    let start = value.get().as_ptr().addr() - source.as_ptr().addr();
    SourceSpan::new(start + 1, start + value.get().len() - 1)
}

/// Shows the words of a string; each of its lines is a block.
fn show(source: &str, words: SourceSpan, writer: &mut FlowWriter<'_>) {
    writer.begin(BlockKind::Paragraph);
    let mut at = words.start;
    while at < words.end {
        let rest = &source[at..words.end];
        if let Some((length, c)) = escape(rest) {
            let span = SourceSpan::new(at, at + length);
            match c {
                '\n' | '\r' => writer.begin(BlockKind::Paragraph),
                '\t' => writer.show_as(span, " "),
                c => writer.show_as(span, &clean(c.to_string()).0),
            }
            at += length;
        } else {
            let length = rest.find('\\').unwrap_or(rest.len()).max(1);
            writer.show(SourceSpan::new(at, at + length));
            at += length;
        }
    }
}

/// The escape at the start of `text`: the bytes it takes, and what it stands for.
fn escape(text: &str) -> Option<(usize, char)> {
    let kind = text.strip_prefix('\\')?.chars().next()?;
    let simple = |c: char| Some((2, c));
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok();
    match kind {
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        'b' => simple('\u{8}'),
        'f' => simple('\u{C}'),
        'u' => {
            let first = unit(text)?;
            let second = text.get(6..).and_then(unit);
            let pair = char::decode_utf16([first].into_iter().chain(second)).next()?;
            Some(match pair {
                Ok(c) => (6 * c.len_utf16(), c),
                Err(_) => (6, '\u{FFFD}'),
            })
        }
        c => Some((1 + c.len_utf8(), c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FlowSpan;

    fn check(source: &str, expected: &[(Option<&str>, &str)], warnings: &[&str]) {
        let read = read(source, Segmentation::Auto);
        let found: Vec<(Option<&str>, String)> = read
            .voices
            .iter()
            .map(|voice| {
                let blocks = &read.flow.blocks[voice.blocks.clone()];
                let texts: Vec<&str> = blocks.iter().map(|(span, _)| span.of(&read.flow.text)).collect();
                (voice.byline.as_ref().map(|byline| byline.name.as_str()), texts.join("|"))
            })
            .collect();
        let found: Vec<(Option<&str>, &str)> =
            found.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(found, expected);
        assert_eq!(read.warnings, warnings);
    }

    #[test]
    fn each_line_has_its_speaker() {
        check(
            "{\"id\": 1, \"speaker\": \"Vrasky\", \"text\": \"We \\u201cdeny\\u201d it.\\n\\nAll of it \\ud83d\\ude00.\"}\n\
             {\"text\": \"Why?\", \"speaker\": null}\r\n",
            &[(Some("Vrasky"), "We “deny” it.|All of it 😀."), (None, "Why?")],
            &[],
        );
    }

    #[test]
    fn words_lead_back_to_the_file() {
        let source = "{\"text\": \"We \\\"deny\\\" it.\"}";
        let flow = read(source, Segmentation::Auto).flow;
        assert_eq!(flow.text, "We \"deny\" it.");
        assert_eq!(flow.to_source(FlowSpan::new(3, 9)).of(source), "\\\"deny\\\"");
    }

    #[test]
    fn a_wrong_line_is_told_with_its_place() {
        check(
            "{\"text\": 1}\n{\"speaker\": \"A\"}\n\n{\"text\": \"Yes.\"}\nno",
            &[(None, "Yes.")],
            &[
                "line 1: `text` is no string; left out",
                "line 2, column 16: missing field `text`; right is {\"speaker\": \"…\", \"text\": \"…\"}; left out",
                "line 5, column 2: expected ident; right is {\"speaker\": \"…\", \"text\": \"…\"}; left out",
            ],
        );
    }

    #[test]
    fn a_day_that_all_lines_have_is_the_document_s() {
        let date = |source: &str| read(source, Segmentation::Auto).date;
        let line = |day: &str| format!("{{\"text\": \"Yes.\", \"date\": \"{day}\"}}\n");
        assert_eq!(date(&line("2031-03-12").repeat(2)), Some(jiff::civil::date(2031, 3, 12)));
        assert_eq!(date(&(line("2031-03-12") + &line("2031-03-13"))), None);
    }
}
