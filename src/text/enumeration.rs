//! Enumerations within one line: “1. The first item 2. The second item”.
//!
//! Only a line that itself begins with a mark is cut, and only before the mark that comes next in
//! count and is written the same way, so that “three things: 1) a ceasefire, 2) talks” stays whole.

/// The bytes of `line` at which its second and later items begin, in order.
pub fn items(line: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let Some(mut mark) = Mark::of(line) else { return found };
    let mut from = 0;
    while let Some(next) = mark.next() {
        let sought = next.written();
        let at = line[from..].match_indices(&sought).map(|(at, _)| from + at).find(|at| {
            let behind = &line[at + sought.len()..];
            line[..*at].ends_with(char::is_whitespace) && behind.starts_with(char::is_uppercase)
        });
        let Some(at) = at else { break };
        found.push(at);
        from = at + sought.len();
        mark = next;
    }
    found
}

/// How an item is marked: “• 10. ”, “(b) ”.
#[derive(Debug)]
struct Mark<'t> {
    before: &'t str,
    count: Count,
    after: &'t str,
}

#[derive(Clone, Copy, Debug)]
enum Count {
    Number(u16),
    Letter(u8),
}

impl<'t> Mark<'t> {
    /// The mark that `line` begins with.
    fn of(line: &'t str) -> Option<Self> {
        let start = line.find(|c: char| c.is_ascii_alphanumeric()).filter(|start| *start <= 8)?;
        let (before, rest) = line.split_at(start);
        if !before.chars().all(|c| matches!(c, '•' | '⁃' | '-' | '*' | '(' | ' ')) {
            return None;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (count, rest) = match rest.as_bytes() {
            [letter @ b'a'..=b'y', b'.' | b')', ..] => (Count::Letter(*letter), &rest[1..]),
            _ if (1..=3).contains(&digits) => (Count::Number(rest[..digits].parse().ok()?), &rest[digits..]),
            _ => return None,
        };
        let marks = rest.len() - rest.trim_start_matches(['.', ')']).len();
        let spaces = rest[marks..].bytes().take_while(|byte| *byte == b' ').count();
        ((1..=2).contains(&marks) && spaces > 0).then(|| Self { before, count, after: &rest[..=marks] })
    }

    fn next(&self) -> Option<Self> {
        let count = match self.count {
            Count::Number(number) => Count::Number(number + 1),
            Count::Letter(letter) => Count::Letter(Some(letter + 1).filter(u8::is_ascii_lowercase)?),
        };
        Some(Self { count, ..*self })
    }

    fn written(&self) -> String {
        match self.count {
            Count::Number(number) => format!("{}{number}{}", self.before, self.after),
            Count::Letter(letter) => format!("{}{}{}", self.before, char::from(letter), self.after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &[&str]) {
        let cuts = items(line);
        let ends = cuts.iter().copied().skip(1).chain([line.len()]);
        let found: Vec<&str> = cuts.iter().zip(ends).map(|(start, end)| line[*start..end].trim()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn items_follow_each_other_in_count() {
        check("1.) The first item 2.) The second 3.) The third", &["2.) The second", "3.) The third"]);
        check("• 9. The first item • 10. The second item", &["• 10. The second item"]);
        check("a. The first item b. The second item", &["b. The second item"]);
    }

    #[test]
    fn other_numbers_are_left_alone() {
        check("1. We met on May 3. Then we left", &[]);
        check("We want: 1) a ceasefire, 2) Access", &[]);
        check("1) a ceasefire, 2) access", &[]);
        check("12.5 percent 13. The", &[]);
        check("", &[]);
    }
}
