//! The fields between `---` lines at the very top of a Markdown file.
//!
//! Of YAML only what such files need is read: `key: value` lines, quoted or plain, a value that
//! goes on in indented lines, and the escapes of double quotes. Anything else is passed over.

use super::Byline;
use super::date::iso_day;
use crate::text::one_line;
use jiff::civil::Date;

/// What front matter says that is of use.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title:`
    pub title: Option<String>,
    /// `date:`, its first ISO day.
    pub date: Option<Date>,
    /// `speaker:` and `role:`
    pub byline: Option<Byline>,
}

/// The front matter of `text` and the byte behind it; nothing and 0 if there is none or if it is
/// never closed.
pub fn split(text: &str) -> (FrontMatter, usize) {
    const FENCES: [&str; 2] = ["---", "..."];
    let mut lines = text.split_inclusive(['\n', '\r']);
    let Some(first) = lines.next().filter(|line| line.trim_end() == FENCES[0]) else {
        return (FrontMatter::default(), 0);
    };
    let mut end = first.len();
    for line in lines {
        let start = end;
        end += line.len();
        if FENCES.contains(&line.trim_end()) {
            return (read(&text[first.len()..start]), end);
        }
    }
    (FrontMatter::default(), 0)
}

fn read(fields: &str) -> FrontMatter {
    let field = |name: &str| value(fields, name).filter(|value| !value.is_empty());
    FrontMatter {
        title: field("title"),
        date: field("date").and_then(|date| iso_day(&date)),
        byline: field("speaker").map(|name| Byline { name, role: field("role") }),
    }
}

/// The value of the first field `name`, its indented lines joined by spaces.
fn value(fields: &str, name: &str) -> Option<String> {
    let mut lines = fields.split(['\n', '\r']).filter(|line| !line.is_empty());
    let first = lines.find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim_end().eq_ignore_ascii_case(name).then_some(value.trim())
    })?;
    let mut value = first.to_owned();
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        match value.strip_suffix('\\') {
            Some(open) => value.truncate(open.len()),
            None => value.push(' '),
        }
        value.push_str(line.trim());
    }
    Some(unquoted(value.trim()))
}

fn unquoted(value: &str) -> String {
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    let text = match (inside('"'), inside('\'')) {
        (Some(text), _) => unescaped(text),
        (_, Some(text)) => text.replace("''", "'"),
        _ => value.to_owned(),
    };
    one_line(&text)
}

/// `text` with YAML's escapes for characters read; a control that one spells is left out.
fn unescaped(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let meant = match c {
            '\\' => match rest.next() {
                Some('_') => Some('\u{A0}'),
                Some('n' | 't') => Some(' '),
                Some('x') => coded(&mut rest, 2),
                Some('u') => coded(&mut rest, 4),
                Some('U') => coded(&mut rest, 8),
                escaped => escaped,
            },
            c => Some(c),
        };
        read.extend(meant.filter(|c| !c.is_control()));
    }
    super::clean::clean(read).0
}

fn coded(rest: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let code: String = rest.by_ref().take(digits).collect();
    char::from_u32(u32::from_str_radix(&code, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn fields_are_read_and_cut_off() {
        let text = "---\ntitle: 'It''s groundless'\ndate: '2021-07-19'\nspeaker: Zhao Lijian\nrole: spokesman\n---\nBody";
        let (found, end) = split(text);
        assert_eq!(&text[end..], "Body");
        assert_eq!(found.title.as_deref(), Some("It's groundless"));
        assert_eq!(found.date, Some(date(2021, 7, 19)));
        let byline = Byline { name: "Zhao Lijian".to_owned(), role: Some("spokesman".to_owned()) };
        assert_eq!(found.byline, Some(byline));
    }

    #[test]
    fn a_quoted_value_may_go_on_and_hold_escapes() {
        let text = "---\r\ntitle: \"The United\\_States\\u2019 view,\\\r\n  \\ in\\x1b full\"\r\ntags: [a]\r\n---\r\n";
        assert_eq!(split(text).0.title.as_deref(), Some("The United States’ view, in full"));
    }

    #[test]
    fn what_is_never_closed_is_text() {
        for text in ["---\ntitle: x\n", "", "--- \n", "text\n---\ntitle: x\n---\n", "----\ntitle: x\n---\n"] {
            assert_eq!(split(text), (FrontMatter::default(), 0), "{text:?}");
        }
    }
}
