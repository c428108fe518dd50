//! Lines shown without what printing left in them: page numbers of records, parted compounds.
//!
//! A record printed by the United Nations has its job number and a page number at each foot, which
//! end up inside sentences (“the 08-51606 26 Council”); words parted at a line end keep a space
//! behind their hyphen (“long- standing”).

use super::FlowWriter;
use crate::text::SourceSpan;

/// Shows the line at `span` of `source` without what printing left in it.
pub fn show(source: &str, span: SourceSpan, writer: &mut FlowWriter<'_>) {
    let line = span.of(source);
    let mut shown = 0;
    for hyphen in memchr::memchr_iter(b'-', line.as_bytes()) {
        if hyphen < shown {
            continue;
        }
        if let Some((start, end)) = folio(line, hyphen) {
            writer.show(SourceSpan::new(span.start + shown, span.start + start.max(shown)));
            if end < line.len() {
                writer.show_as(SourceSpan::new(span.start + start, span.start + end), " ");
            }
            shown = end;
        } else if is_parted(line, hyphen) {
            writer.show(SourceSpan::new(span.start + shown, span.start + hyphen + 1));
            shown = hyphen + 2;
        }
    }
    writer.show(SourceSpan::new(span.start + shown, span.end));
}

/// Whether a line is nothing but a record's job number, with a page number or without.
pub fn is_folio(line: &str) -> bool {
    let Some(hyphen) = line.find('-') else { return false };
    is_job_number(line) || folio(line, hyphen) == Some((0, line.len()))
}

fn is_job_number(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() == 8
        && bytes[2] == b'-'
        && bytes.iter().enumerate().all(|(at, byte)| at == 2 || byte.is_ascii_digit())
}

/// A job number around this hyphen and the page number beside it, with the white space around both.
fn folio(line: &str, hyphen: usize) -> Option<(usize, usize)> {
    let (start, end) = (hyphen.checked_sub(2)?, hyphen + 6);
    let is_whole = |word: &str| is_job_number(word);
    let before = line.get(..start)?;
    let after = line.get(end..)?;
    if !line.get(start..end).is_some_and(is_whole)
        || before.ends_with(|c: char| !c.is_whitespace())
        || after.starts_with(|c: char| !c.is_whitespace())
    {
        return None;
    }
    let is_page =
        |word: &str| (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = (before.split_whitespace().next_back(), after.split_whitespace().next());
    let (before, after) = match (first.filter(|word| is_page(word)), last.filter(|word| is_page(word))) {
        (_, Some(page)) => (before, after.trim_start().strip_prefix(page)?),
        (Some(page), None) => (before.trim_end().strip_suffix(page)?, after),
        (None, None) => return None,
    };
    Some((before.trim_end().len(), line.len() - after.trim_start().len()))
}

/// Whether the word before this hyphen goes on behind the space: not in “two- and three-year”, nor in
/// a stammer (“th- the”).
fn is_parted(line: &str, hyphen: usize) -> bool {
    const SUSPENDED: [&str; 9] = ["and", "or", "to", "nor", "but", "as", "than", "versus", "through"];
    let (before, after) = (&line[..hyphen], &line[hyphen + 1..]);
    let Some(after) = after.strip_prefix(' ') else { return false };
    let first = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let second = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    first.chars().count() >= 2
        && second.starts_with(char::is_lowercase)
        && !SUSPENDED.contains(&second)
        && !second.starts_with(&first.to_lowercase())
        && first.ends_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;

    fn check(line: &str, expected: &str) {
        let mut writer = FlowWriter::new(line);
        writer.begin(BlockKind::Paragraph);
        show(line, SourceSpan::new(0, line.len()), &mut writer);
        assert_eq!(writer.finish().text, expected, "{line}");
    }

    #[test]
    fn page_numbers_of_records_are_left_out() {
        check("the Security 08-51606 26 Council met", "the Security Council met");
        check("the Security 26 08-51606 Council met", "the Security Council met");
        check("08-51606 26 Council", "Council");
        check("the Security 08-51606 26", "the Security");
        check("call 12-34567 now", "call 12-34567 now");
        check("in 1914-18 and 2008-09 3", "in 1914-18 and 2008-09 3");
        assert!(is_folio("08-51606") && is_folio("08-51606 26") && is_folio("26 08-51606"));
        assert!(!is_folio("a long-standing claim") && !is_folio("1914-1918"));
    }

    #[test]
    fn parted_compounds_are_whole() {
        check("a long- standing, well- known claim", "a long-standing, well-known claim");
        check("two- and three-year terms", "two- and three-year terms");
        check("I th- the claim", "I th- the claim");
        check("Ca- — from Canada", "Ca- — from Canada");
        check("dash - here", "dash - here");
    }

    #[test]
    fn what_is_left_leads_back() {
        let line = "a long- standing claim";
        let mut writer = FlowWriter::new(line);
        writer.begin(BlockKind::Paragraph);
        show(line, SourceSpan::new(0, line.len()), &mut writer);
        let flow = writer.finish();
        assert_eq!(flow.to_source(crate::text::FlowSpan::new(2, 15)).of(line), "long- standing");
    }
}
