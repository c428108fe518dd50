//! What code finds of a checkable claim: figures by what they count, past acts by their ending,
//! somebody named, a question, too few words.
//!
//! Names count as such and whoever they name: one that opens a sentence cannot be told from any
//! other first word and is passed over, and names do not add to a sentence's length.

use super::Cue;
use super::cues::{Reading, coded_cue};
use crate::document::date::MONTHS;
use crate::lexicon::{CueKind, Lexicon, RuleId};
use crate::text::span::StatementText;
use crate::text::{Span, Word};

/// Below how many words, names not counted, a sentence is short, brief, middling.
const LENGTHS: [usize; 3] = [5, 9, 13];
/// Fewest letters of a past tense; shorter words that end so are mostly none.
const SHORTEST_PAST: usize = 5;
/// Words that end as a past tense and are none.
const NOT_PAST: [&str; 12] = [
    "indeed", "hundred", "united", "speed", "exceed", "proceed", "succeed", "breed", "greed", "creed",
    "agreed", "freed",
];

/// The rules that find by code.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    number: Option<RuleId>,
    percent: Option<RuleId>,
    money: Option<RuleId>,
    year: Option<RuleId>,
    question: Option<RuleId>,
    name: Option<RuleId>,
    past: Option<RuleId>,
    /// By [`LENGTHS`].
    lengths: [Option<RuleId>; 3],
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
            name: lexicon.rule_named("claim.name"),
            past: lexicon.rule_named("claim.past"),
            lengths: ["claim.short", "claim.brief", "claim.middling"].map(|id| lexicon.rule_named(id)),
        }
    }
}

/// Adds what is found in a sentence to `cues`.
pub fn find(reading: &Reading, lexicon: &Lexicon, rules: &Rules, cues: &mut Vec<Cue>) {
    // An act that a phrase names already is not counted again.
    let past = past(reading)
        .find(|past| !cues.iter().any(|cue| cue.kind == CueKind::Claim && cue.span.overlaps(past)));
    let mut add = |rule: Option<RuleId>, span: Option<Span>| {
        cues.extend(rule.zip(span).map(|(rule, span)| coded_cue(lexicon, rule, span)));
    };
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
        add(rule, Some(span));
        next = past;
    }
    add(rules.past, past);
    add(rules.name, name(reading));
    match question_mark(reading) {
        Some(mark) => add(rules.question, Some(mark)),
        None => {
            if let Some(rule) = step(reading, &LENGTHS).and_then(|step| rules.lengths[step]) {
                add(Some(rule), Some(reading.span));
            }
        }
    }
}

/// Which of these `lengths` a sentence stays below, the first of them; names are not counted, and
/// sentences without spaces, as in Chinese, are of no length.
pub fn step(reading: &Reading, lengths: &[usize]) -> Option<usize> {
    let counted = |word: &&Word<StatementText>| {
        !is_capital(reading, word) && !matches!(word.folded.as_str(), "the" | "of")
    };
    if reading.words.is_empty() || !reading.words.iter().any(|word| word.folded.is_ascii()) {
        return None;
    }
    let count = reading.words.iter().filter(counted).count();
    lengths.iter().position(|&length| count < length)
}

/// Words in the past tense.
fn past(reading: &Reading) -> impl Iterator<Item = Span> {
    let is_past = |word: &&Word<StatementText>| {
        let folded = word.folded.as_str();
        folded.ends_with("ed")
            && folded.len() >= SHORTEST_PAST
            && !NOT_PAST.contains(&folded)
            && word.span.of(reading.text).starts_with(char::is_lowercase)
    };
    reading.words.iter().filter(is_past).map(|word| word.span)
}

/// The first name that does not stand at the beginning, where every word has a capital letter.
fn name(reading: &Reading) -> Option<Span> {
    let words = &reading.words;
    let opens = |word: &Word<StatementText>| {
        is_capital(reading, word) || matches!(word.folded.as_str(), "the" | "of")
    };
    let opening = words.iter().take_while(|word| opens(word)).count();
    let is_name = |word: &Word<StatementText>| {
        let own = word.folded.split('\'').next().unwrap_or_default();
        is_capital(reading, word) && own != "i" && !MONTHS.contains(&own)
    };
    let first = opening + words[opening..].iter().position(is_name)?;
    let last = first + words[first..].iter().take_while(|word| is_name(word)).count();
    Some(reading.span_of(&(first..last)))
}

fn is_capital(reading: &Reading, word: &Word<StatementText>) -> bool {
    word.span.of(reading.text).starts_with(char::is_uppercase)
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

    /// What code finds for these rules, in braces.
    #[track_caller]
    fn check(ids: &[&str], expected: &str) {
        let text = expected.replace(['{', '}'], "");
        let lexicon = Lexicon::built_in();
        let mut cues = Vec::new();
        let reading = Reading::new(&text, Span::new(0, text.len()));
        find(&reading, &lexicon, &Rules::of(&lexicon), &mut cues);
        cues.retain(|cue| ids.contains(&lexicon.rule(cue.rule).id.as_str()));
        cues.sort_by_key(|cue| cue.span);
        let spans: Vec<_> = cues.iter().map(|cue| cue.span.range()).collect();
        assert_eq!(marked(&text, &spans), expected);
    }

    #[test]
    fn figures_are_taken_with_what_they_count() {
        let figures = ["claim.number", "claim.percent", "claim.money", "claim.year"];
        for expected in [
            "It hit {30,000} firms and cost {$4.5 billion} or {5%} of it.",
            "On {3 March 2021} and {July 19} some {12 per cent} of {200 million} votes were cast.",
            "The pact of {1987} cost {300 yuan} a head.",
            "It was the {21st} century, not the {€20 million} bridge.",
        ] {
            check(&figures, expected);
        }
    }

    #[test]
    fn a_question_and_a_cry_claim_little() {
        check(&["claim.question"], "Who gave them the right to do that{?}”");
        check(&["claim.short"], "{We will see.}");
        check(&["claim.brief"], "{The ship left the port before it was light.}");
        check(&["claim.short", "claim.brief", "claim.middling"], "我们不会接受。");
    }

    #[test]
    fn a_name_counts_behind_the_opening() {
        check(&["claim.name"], "The United States told {New Zealand} and Fiji.");
        check(&["claim.name"], "China said in May that I'm wrong.");
    }

    #[test]
    fn the_first_past_tense_counts() {
        check(&["claim.past"], "They {painted} the hull and waited.");
        check(&["claim.past"], "A hundred indeed need speed.");
    }
}
