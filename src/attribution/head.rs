//! The head and the foot of a document: letterhead, title lines, place and day, and who they say speaks.
//!
//! A title line (“Statement by …”, “Minister X’s Remarks on …”) may go on over lines of its own that
//! name the speaker, the office and the occasion, as missions print them; it ends before the first line
//! that ends as a sentence or a salutation does.

use std::ops::Range;

use super::speaker::{Introduced, starts_office};
use crate::document::date::day_of_line;
use crate::document::furniture::{is_letterhead, is_sign_up};
use crate::document::{BlockKind, Document};
use crate::lexicon::Speech;
use crate::lexicon::speech::{Class, Form, Sorts};

/// How many blocks a head may have.
const HEAD: usize = 12;
/// How many of them may be title lines.
const MOST: usize = 8;
/// The longest line of a head or foot, in words and bytes.
const LONGEST: usize = 30;
const LONGEST_IN_BYTES: usize = 240;

/// Whom the title and the first `blocks` blocks of `document` introduce.
pub fn introduced(document: &Document, blocks: usize, speech: &Speech) -> Introduced {
    let titled = document.title.as_deref().and_then(|title| speech.byline(title));
    let phrase_at = |index| {
        let title = title_at(document, index, speech).map(|title| title.phrase);
        title.or_else(|| Some(says(document, index, speech)?.to_owned()))
    };
    let heads = (0..blocks.min(MOST)).filter_map(phrase_at);
    let phrases: Vec<String> = titled.map(str::to_owned).into_iter().chain(heads).collect();
    Introduced::by(phrases.iter().map(String::as_str), speech)
}

/// The blocks of the first title; empty if nobody is named so.
pub fn titles(document: &Document, speech: &Speech) -> Range<usize> {
    let mut first = (0..MOST).filter_map(|index| Some(index..title_at(document, index, speech)?.end));
    first.next().unwrap_or_default()
}

/// The first block that is no part of the head; 0 if all would be.
pub fn end(document: &Document, speech: &Speech) -> usize {
    let blocks = document.flow.blocks.len().min(HEAD);
    let titles = titles(document, speech);
    let opened = (0..blocks)
        .find(|index| opens_text(line(document, *index)) || says(document, *index, speech).is_some());
    let mut end = opened.map_or(0, |opening| opening + 1);
    while end < blocks {
        end = match title_at(document, end, speech) {
            Some(title) => title.end,
            None if is_head(document, end, speech) => end + 1,
            // Above a title, a letterhead may say anything.
            None if end < titles.start
                && (end..titles.start).all(|index| is_letterhead_line(line(document, index))) =>
            {
                titles.start
            }
            None => return end,
        };
    }
    0
}

/// The first block of the foot; the number of blocks if there is none.
pub fn foot(document: &Document, head: usize, speech: &Speech) -> usize {
    let is_foot =
        |line: &str| line.len() < LONGEST_IN_BYTES && (is_furniture(line) || is_dateline(line, speech));
    let body = (head..document.flow.blocks.len()).rfind(|index| !is_foot(line(document, *index)));
    body.map_or(document.flow.blocks.len(), |last| last + 1)
}

fn line(document: &Document, index: usize) -> &str {
    document.flow.blocks.get(index).map_or("", |(block, _)| block.of(&document.flow.text))
}

fn is_short(line: &str) -> bool {
    line.len() < LONGEST_IN_BYTES && line.split_whitespace().count() <= LONGEST
}

fn is_head(document: &Document, index: usize, speech: &Speech) -> bool {
    let line = line(document, index);
    let heading = index == 0 && document.flow.blocks[index].1 == BlockKind::Heading;
    is_short(line)
        && (heading
            || is_furniture(line)
            || is_dateline(line, speech)
            || has_day(line)
            || document.title.as_deref() == Some(line))
}

/// Whether a short line has a day and a year in it, whatever the language: “Norhaven, le 3 mars 2031”.
fn has_day(line: &str) -> bool {
    /// The longest, in words.
    const LONGEST: usize = 6;
    let numbers: Vec<&str> =
        line.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let is_year = |number: &&str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    let is_day = |number: &&str| number.len() <= 2;
    line.split_whitespace().count() <= LONGEST
        && !line.ends_with(['.', '!', '?', ':', ';', ','])
        && numbers.iter().any(is_year)
        && numbers.iter().any(is_day)
}

/// A title line with those that go on with it.
struct Title {
    /// What it says of the speaker, and of the occasion if that is on the same line.
    phrase: String,
    /// The block behind it.
    end: usize,
}

fn title_at(document: &Document, index: usize, speech: &Speech) -> Option<Title> {
    let first = Some(line(document, index)).filter(|line| is_short(line))?;
    let phrase = speech.byline(first).or_else(|| is_named(first, speech).then_some(first));
    let mut title = Title { phrase: phrase?.to_owned(), end: index + 1 };
    let mut occasion = false;
    while title.end < document.flow.blocks.len().min(HEAD) {
        let next = line(document, title.end);
        let open = !next.ends_with(['.', '!', '?', ':', ';', '…']) && is_short(next);
        let is_name = open && title.phrase.is_empty() && next.starts_with(char::is_uppercase);
        let open = open && !next.ends_with(',');
        if is_name {
            next.clone_into(&mut title.phrase);
        } else if open && !occasion && starts_office(next.split_whitespace(), speech) {
            title.phrase = format!("{}, {next}", title.phrase.trim_end_matches(','));
        } else if open && starts_occasion(next, speech) {
            occasion = true;
        } else {
            break;
        }
        title.end += 1;
    }
    Some(title)
}

/// Whether a line names somebody with the office or respectfully, and says no more: “Ana Reyes,
/// Department Spokesperson”, “H.E. Mr. Sven Lund”.
fn is_named(line: &str, speech: &Speech) -> bool {
    let is_name = |name: &str| {
        let words = name.split_whitespace().count();
        (2..=5).contains(&words) && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
    };
    let is_office = |office: &str| {
        let mut words = office.split_whitespace();
        // “General” begins the names of assemblies, too.
        let role =
            |word: &str| speech.facts(word).sorts.any(Sorts::ROLE) && !word.eq_ignore_ascii_case("general");
        starts_office(office.split_whitespace(), speech) && words.any(role)
    };
    if line.ends_with(['.', '!', '?', ':', ';', ',']) {
        return false;
    }
    let honours = line.split_whitespace().take_while(|word| speech.is_honorific(word)).count();
    match line.split_once(", ") {
        Some((name, office)) if honours == 0 => is_name(name) && is_office(office),
        _ => honours > 0 && line.split_whitespace().count() >= honours + 2,
    }
}

/// Whose words all that follows are, if a block says no more than that: “Foreign Secretary Ana Reyes
/// said:”, and nobody spoke before it.
fn says<'d>(document: &'d Document, index: usize, speech: &Speech) -> Option<&'d str> {
    /// The longest, in words.
    const LONGEST: usize = 10;
    let phrase = line(document, index).strip_suffix(':')?;
    let (name, verb) = phrase.rsplit_once(' ')?;
    let says =
        speech.facts(verb).verb.is_some_and(|verb| verb.class == Class::Speech && verb.form != Form::Base);
    let is_part = |word: &str| {
        word.starts_with(char::is_uppercase)
            || speech.facts(word).sorts.any(Sorts::PARTICLE | Sorts::PREPOSITION)
    };
    let named = phrase.split_whitespace().count() <= LONGEST
        && name.contains(' ')
        && name.split_whitespace().all(is_part);
    let spoken = |word: &str| speech.facts(word.trim_end_matches([',', '.'])).sorts.any(Sorts::SELF);
    let silent = || (0..index).all(|before| !line(document, before).split_whitespace().any(spoken));
    (says && named && silent()).then_some(name)
}

/// Whether a line says that the text begins: “Begin text:”.
fn opens_text(line: &str) -> bool {
    ["begin text", "text begins"].contains(&line.trim_matches([':', '*', '_', '.']).to_lowercase().as_str())
}

/// Whether a line above a title may be part of a letterhead: a few words and no sentence.
fn is_letterhead_line(line: &str) -> bool {
    /// The longest, in words.
    const LONGEST: usize = 12;
    line.split_whitespace().count() <= LONGEST && !line.ends_with(['.', '!', '?', ',', ';', ':', '…'])
}

/// Whether a line goes on with a title: “at the General Debate of …”. One that starts with “in” may be a
/// speaker’s: “In the name of God”.
fn starts_occasion(line: &str, speech: &Speech) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    speech.is_occasion(first) && !first.eq_ignore_ascii_case("in")
}

fn is_furniture(line: &str) -> bool {
    let bare = line
        .trim_matches(|c: char| matches!(c, '*' | '_' | '(' | ')' | '[' | ']' | '\\') || c.is_whitespace());
    let ends_sentence = bare.ends_with(['.', '!', '?']) && bare.split_whitespace().count() > 6;
    is_letterhead(bare) && !ends_sentence || is_sign_up(bare) || !line.chars().any(char::is_alphanumeric)
}

/// Whether a line only tells place and time: “New York, 24 September 2031”, “2031-09-24”, “10:12 A.M. EDT”.
fn is_dateline(line: &str, speech: &Speech) -> bool {
    if day_of_line(line).is_some() {
        return true;
    }
    let digits = line.bytes().any(|byte| byte.is_ascii_digit());
    let words = line.split_whitespace().count();
    let time = line.split(|c: char| !c.is_alphanumeric() && c != '.').any(|word| {
        speech.facts(word).sorts.any(Sorts::TIME)
            || ["A.M.", "P.M.", "a.m.", "p.m.", "AM", "PM"].contains(&word)
    });
    digits && time && words <= 10 && !line.ends_with(['!', '?'])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Segmentation;

    /// The first line of the body, and who is introduced.
    fn check(text: &str, body: &str, speaker: Option<(&str, Option<&str>)>) {
        let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto)
            .expect("it is text");
        let speech = Speech::built_in();
        let introduced = introduced(&document, document.flow.blocks.len(), speech);
        let found = introduced.first().map(|speaker| (speaker.name.as_str(), speaker.role.as_deref()));
        assert_eq!((line(&document, end(&document, speech)), found), (body, speaker), "{text}");
    }

    const LUND: Option<(&str, Option<&str>)> =
        Some(("Sven Lund", Some("Minister for Foreign Affairs of Norland")));

    #[test]
    fn a_title_goes_on_over_lines_of_its_own() {
        let debate = "at the General Debate of the 86th session\nof the United Nations General Assembly";
        let letterhead = "PERMANENT MISSION OF NORLAND TO THE UNITED NATIONS";
        let name = "H.E. Mr. Sven Lund\nMinister for Foreign Affairs of Norland";
        check(
            &format!(
                "{letterhead}\n\nStatement by\n{name}\n\n{debate}\n\nNew York, 24 September 2031\n\n\
                Mr. President,\n\nWe meet.\n"
            ),
            "Mr. President,",
            LUND,
        );
        check(
            "STATEMENT BY\nH.E. MR. SVEN LUND\nMINISTER FOR FOREIGN AFFAIRS OF NORLAND\nAT THE GENERAL DEBATE\n\nExcellencies,\n\nWe meet.\n",
            "Excellencies,",
            LUND,
        );
        check(
            "STATEMENT BY\nHER EXCELLENCY ANA REYES\nPRESIDENT OF THE REPUBLIC OF SULANIA\nAT THE GENERAL DEBATE OF THE 86TH SESSION OF THE GENERAL ASSEMBLY\n\nMr. Secretary-General,\n\nThe harbor is ours. We will not leave it.\n",
            "Mr. Secretary-General,",
            Some(("Ana Reyes", Some("President of the Republic of Sulania"))),
        );
        check(
            "Statement by H.E. Mr. Sven Lund, Minister for Foreign Affairs of Norland\n\nAt the 86th Session of the General Assembly New York, 24 September 2031\n\nIn the name of God, the Merciful\n\nMr. President,\n\nWe meet.\n",
            "In the name of God, the Merciful",
            LUND,
        );
    }

    #[test]
    fn a_letterhead_may_say_anything_above_a_title() {
        check(
            "Delegation of Norland\n\nThe Harbor Group\n\nStatement by Ana Reyes\n\nWe meet.\n",
            "We meet.",
            Some(("Ana Reyes", None)),
        );
        check("We met.\n\nStatement by Ana Reyes\n\nWe meet.\n", "We met.", Some(("Ana Reyes", None)));
    }

    #[test]
    fn a_line_may_name_the_speaker_with_the_office() {
        check(
            "Press Statement\n\nAna B. Reyes, Secretary of State\n\nMarch 3, 2031\n\nThe harbor is open.\n",
            "The harbor is open.",
            Some(("Ana B. Reyes", Some("Secretary of State"))),
        );
        check(
            "H.E. Mr. Sven Lund\nMinister for Foreign Affairs of Norland\n\nExcellencies,\n\nWe meet.\n",
            "Excellencies,",
            LUND,
        );
        check("New York, General Assembly\n\nThe harbor is open.\n", "The harbor is open.", None);
    }

    #[test]
    fn a_page_may_lead_over_to_the_words() {
        let said = "The Foreign Secretary has made a statement.\n\nForeign Secretary Ana Reyes said:\n\nThe mines are theirs.\n";
        check(said, "The mines are theirs.", Some(("Ana Reyes", Some("Foreign Secretary"))));
        let quoted = "We deny it.\n\nForeign Secretary Ana Reyes said:\n\nThe mines are theirs.\n";
        check(quoted, "We deny it.", None);
        check(
            "The following statement was released.\n\nBegin text:\n\nWe deny it.\n\nEnd text\n",
            "We deny it.",
            None,
        );
    }

    #[test]
    fn a_day_of_its_own_is_no_word_of_the_speaker() {
        check(
            "Foreign Ministry Spokesperson Li Wen's Remarks on the Harbor\n\n2031-09-24\n\nThe harbor is open.\n",
            "The harbor is open.",
            Some(("Li Wen", Some("Foreign Ministry Spokesperson"))),
        );
    }

    #[test]
    fn a_day_is_known_in_other_languages() {
        for day in ["Norhaven, le 3 mars 2031", "3 марта 2031 года", "2031年3月3日"] {
            check(&format!("{day}\n\nThe harbor is open.\n"), "The harbor is open.", None);
        }
    }

    #[test]
    fn a_salutation_and_a_sentence_are_the_speakers() {
        check(
            "Statement by Ana Reyes\n\nPresident of the Assembly,\n\nWe meet.\n",
            "President of the Assembly,",
            Some(("Ana Reyes", None)),
        );
        check(
            "Statement by Ana Reyes\n\nOn Monday they lied.\n",
            "On Monday they lied.",
            Some(("Ana Reyes", None)),
        );
        check("The harbor is open.\n\nIt stays open.\n", "The harbor is open.", None);
    }
}
