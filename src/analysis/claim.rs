//! What code finds of a checkable claim: figures by what they count, questions, too few words.

use super::Cue;
use super::cues::{Reading, coded_cue};
use crate::lexicon::{Lexicon, RuleId};
use crate::text::Span;

/// Words below which a sentence is short.
const SHORT: usize = 5;

const MONTHS: [&str; 12] = [
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

/// The rules that find by code.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    number: Option<RuleId>,
    percent: Option<RuleId>,
    money: Option<RuleId>,
    year: Option<RuleId>,
    question: Option<RuleId>,
    short: Option<RuleId>,
}

impl Rules {
    /// Looks them up.
    pub fn of(lexicon: &Lexicon) -> Self {
        Self {
            number: lexicon.rule_named("claim.number"),
            percent: lexicon.rule_named("claim.percent"),
            money: lexicon.rule_named("claim.money"),
            year: lexicon.rule_named("claim.year"),
            question: lexicon.rule_named("claim.question"),
            short: lexicon.rule_named("claim.short"),
        }
    }
}

/// Adds what is found in a sentence to `cues`.
pub fn find(reading: &Reading, lexicon: &Lexicon, rules: &Rules, cues: &mut Vec<Cue>) {
    let mut add =
        |rule: Option<RuleId>, span: Span| cues.extend(rule.map(|rule| coded_cue(lexicon, rule, span)));
    let mut next = 0;
    while next < reading.words.len() {
        let Some((figure, span, past)) = figure(reading, next) else {
            next += 1;
            continue;
        };
        let rule = match figure {
            Figure::Number => rules.number,
            Figure::Percent => rules.percent,
            Figure::Money => rules.money,
            Figure::Date => rules.year,
        };
        add(rule, span);
        next = past;
    }
    if let Some(mark) = question_mark(reading) {
        add(rules.question, mark);
    } else if (1..SHORT).contains(&reading.words.len()) && reading.sentence().is_ascii() {
        add(rules.short, reading.span);
    }
}

/// What a figure counts.
enum Figure {
    Number,
    Percent,
    Money,
    Date,
}

/// The figure that starts at word `at`, its stretch, and the word after it.
fn figure(reading: &Reading, at: usize) -> Option<(Figure, Span, usize)> {
    let words = &reading.words;
    let folded = |index: usize| words.get(index).map_or("", |word| word.folded.as_str());
    let word = words[at].folded.as_str();
    if MONTHS.contains(&word) && is_number(folded(at + 1)) {
        let past = if is_year(folded(at + 2)) { at + 3 } else { at + 2 };
        return Some((Figure::Date, reading.span_of(&(at..past)), past));
    }
    if !is_number(word) {
        return None;
    }
    if MONTHS.contains(&folded(at + 1)) {
        let past = if is_year(folded(at + 2)) { at + 3 } else { at + 2 };
        return Some((Figure::Date, reading.span_of(&(at..past)), past));
    }
    let mut span = words[at].span;
    let before = reading.text[reading.span.start..span.start].chars().next_back();
    let currency = before.filter(|c| matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₴'));
    let mut past = at + 1;
    if matches!(folded(past), "hundred" | "thousand" | "million" | "billion" | "trillion") {
        past += 1;
    }
    let unit = folded(past);
    let named = matches!(
        unit,
        "dollar" | "dollars" | "euro" | "euros" | "pounds" | "yuan" | "yen" | "rubles" | "roubles" | "rupees"
    );
    let percent_sign = reading.text[span.end..reading.span.end].starts_with('%');
    if percent_sign {
        span.end += 1;
        return Some((Figure::Percent, span, past));
    }
    if matches!(unit, "percent" | "per") && (unit == "percent" || folded(past + 1) == "cent") {
        let past = if unit == "per" { past + 2 } else { past + 1 };
        return Some((Figure::Percent, reading.span_of(&(at..past)), past));
    }
    if currency.is_some() || named {
        let past = if named { past + 1 } else { past };
        span = reading.span_of(&(at..past));
        span.start -= currency.map_or(0, char::len_utf8);
        return Some((Figure::Money, span, past));
    }
    let figure = if past == at + 1 && is_year(word) { Figure::Date } else { Figure::Number };
    Some((figure, reading.span_of(&(at..past)), past))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u16| (1800..=2100).contains(&year))
}

/// The question mark that ends a sentence, closing quotation marks after it aside.
pub fn question_mark(reading: &Reading) -> Option<Span> {
    let sentence = reading.sentence();
    let kept = sentence.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
    let mark = kept.chars().next_back().filter(|c| matches!(c, '?' | '？'))?;
    let end = reading.span.start + kept.len();
    Some(Span::new(end - mark.len_utf8(), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::check::marked;

    /// What code finds, in braces.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace(['{', '}'], "");
        let lexicon = Lexicon::built_in();
        let mut cues = Vec::new();
        let reading = Reading::new(&text, Span::new(0, text.len()));
        find(&reading, &lexicon, &Rules::of(&lexicon), &mut cues);
        cues.sort_by_key(|cue| cue.span);
        let spans: Vec<_> = cues.iter().map(|cue| cue.span.range()).collect();
        assert_eq!(marked(&text, &spans), expected);
    }

    #[test]
    fn figures_are_taken_with_what_they_count() {
        check("It hit {30,000} firms and cost {$4.5 billion} or {5%} of it.");
        check("On {3 March 2021} and {July 19} some {12 per cent} of {200 million} votes were cast.");
        check("The pact of {1987} cost {300 yuan} a head.");
        check("It was the {21st} century, not the {€20 million} bridge.");
    }

    #[test]
    fn a_question_and_a_cry_claim_little() {
        check("Who gave them the right to do that{?}”");
        check("{We will see.}");
        check("我们不会接受。");
    }
}
