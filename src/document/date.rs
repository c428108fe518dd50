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

/// The day that a line of a head ends with behind a place or a title (“New York, 24 September 2031”), or
/// that a Chinese one begins with.
pub fn day_of_head(line: &str) -> Option<Date> {
    let behind = line.match_indices(", ").find_map(|(comma, _)| day_of_line(&line[comma + 2..]));
    let chinese = || chinese_day(line).filter(|_| line.starts_with(|c: char| c.is_ascii_digit()));
    day_of_line(line).or(behind).or_else(chinese)
}

/// The first day that `text` names among other words: “Posted on 19 July 2021 by the press office”,
/// “2021年7月19日”.
pub fn day_within(text: &str) -> Option<Date> {
    iso_day(text).or_else(|| chinese_day(text)).or_else(|| western_day(text))
}

fn chinese_day(text: &str) -> Option<Date> {
    let number = |text: &str| text.trim().parse::<i16>().ok();
    let (before, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once(['日', '号'])?;
    let start = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (month, day) = (i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?);
    Date::new(number(&before[start..])?, month, day).ok()
}

fn western_day(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|at| {
        let month = month_of(words[at])?;
        let number = |at: Option<usize>| at.and_then(|at| words.get(at)).and_then(|word| number_of(word));
        let (before, after, last) = (number(at.checked_sub(1)), number(Some(at + 1)), number(Some(at + 2)));
        let day_first = before.zip(after).and_then(|(day, year)| day_of(year, month, day));
        day_first.or_else(|| after.zip(last).and_then(|(day, year)| day_of(year, month, day)))
    })
}

fn day_of(year: i16, month: i8, day: i16) -> Option<Date> {
    (1900..2200).contains(&year).then(|| Date::new(year, month, i8::try_from(day).ok()?).ok()).flatten()
}

/// The number that a word is, its ordinal ending left off.
fn number_of(word: &str) -> Option<i16> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th").then(|| word[..digits].parse().ok()).flatten()
}

/// The months in English, in small letters.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// 1 to 12 for the English name of a month or its first letters.
fn month_of(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let is_it =
        |name: &&str| word.len() >= 3 && name.starts_with(&word) || word == "sept" && **name == *"september";
    MONTHS.iter().position(is_it).map(|at| at as i8 + 1)
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
    fn a_line_of_a_head_may_end_with_a_day() {
        for line in [
            "New York, 19 July 2021",
            "News conference, Merrow, July 19, 2021",
            "2021年7月19日外交部",
            "19 July 2021",
        ] {
            assert_eq!(day_of_head(line), Some(date(2021, 7, 19)), "{line}");
        }
        for none in
            ["The talks of 19 July 2021", "We met in Merrow, on 19 July 2021", "关于2021年7月19日的会谈"]
        {
            assert_eq!(day_of_head(none), None, "{none}");
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

    #[test]
    fn days_are_found_among_words() {
        for text in [
            "Published: 19 July 2021, 10:00",
            "Posted on July 19th, 2021 by the press office",
            "Mon, 19 Jul 2021 10:00:00 +0000",
            "updated 2021-07-19T10:00Z",
            "发布时间：2021年7月19日 18:00",
        ] {
            assert_eq!(day_within(text), Some(date(2021, 7, 19)), "{text}");
        }
        for text in ["In May 2021 we met 20 ministers", "19 July", "Marching on 3 2021", ""] {
            assert_eq!(day_within(text), None, "{text}");
        }
    }
}
