//! The day that a line or a field names.

use jiff::civil::Date;

/// The first ISO 8601 day (`2021-07-19`) in `text`.
pub fn iso_day(text: &str) -> Option<Date> {
    const LENGTH: usize = "2021-07-19".len();
    let bytes = text.as_bytes();
    (0..(bytes.len() + 1).saturating_sub(LENGTH)).find_map(|at| {
        let in_a_number = at > 0 && bytes[at - 1].is_ascii_digit()
            || bytes.get(at + LENGTH).is_some_and(u8::is_ascii_digit);
        if in_a_number || bytes[at + 4] != b'-' || bytes[at + 7] != b'-' {
            return None;
        }
        text.get(at..at + LENGTH)?.parse().ok()
    })
}

/// The day that is all `line` says: “19 July 2021”, “July 19, 2021”, “Wednesday, October 9, 2013”.
pub fn day_of_line(line: &str) -> Option<Date> {
    const FORMS: [&str; 8] = [
        "%B %d, %Y",
        "%d %B %Y",
        "%A, %B %d, %Y",
        "%A, %d %B %Y",
        "%A %d %B %Y",
        "%b %d, %Y",
        "%b. %d, %Y",
        "%d %b %Y",
    ];
    let line = line.trim();
    // The longest is “Wednesday, 30 September 2021”; most lines are longer or hold no digit.
    if line.len() > 32 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    line.parse().ok().or_else(|| FORMS.iter().find_map(|form| Date::strptime(form, line).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_iso_day_is_found_within_a_field() {
        assert_eq!(iso_day("2021-07-19"), Some(date(2021, 7, 19)));
        assert_eq!(iso_day("on 2021-07-20 17:39:59-04:00"), Some(date(2021, 7, 20)));
        for none in ["", "12021-07-19", "2021-13-40", "July", "2021-07-1", "文-文-文-文"] {
            assert_eq!(iso_day(none), None, "{none}");
        }
    }

    #[test]
    fn a_line_may_be_a_day() {
        for line in [
            "19 July 2021",
            "July 19, 2021",
            "Monday, July 19, 2021",
            "Monday, 19 July 2021",
            "Jul 19, 2021",
            " 2021-07-19 ",
        ] {
            assert_eq!(day_of_line(line), Some(date(2021, 7, 19)), "{line}");
        }
        for none in ["", "19", "Section 230, 1996", "The talks of 19 July 2021", "July 32, 2021"] {
            assert_eq!(day_of_line(none), None, "{none}");
        }
    }
}
