//! Comma-separated values (RFC 4180), safe to open in a spreadsheet.

/// One line of a table, without its end.
pub fn line(cells: &[String]) -> String {
    cells.iter().map(|cell| cell_of(cell)).collect::<Vec<_>>().join(",")
}

/// A cell, quoted where it must be. A cell that a spreadsheet would run as a formula is quoted by a
/// leading apostrophe (OWASP, “CSV injection”).
fn cell_of(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: &[&str], expected: &str) {
        assert_eq!(line(&cells.iter().map(ToString::to_string).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn cells_keep_what_they_hold_and_run_nothing() {
        check(&["a", "b, c", "say \"d\"", ""], "a,\"b, c\",\"say \"\"d\"\"\",");
        check(&["=1+1", "@x", "two\nlines"], "'=1+1,'@x,\"two\nlines\"");
    }
}
