//! Names and roles of speakers.

use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;
use crate::text::is_unspaced;

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name the document gives: “Zhao Lijian”, “the Foreign Ministry”.
    pub name: String,
    /// Office or role: “Secretary of State”.
    pub role: Option<String>,
}

/// Those whom the head of a document introduces: “Press Briefing by Press Secretary Jen Psaki”.
#[derive(Clone, Debug, Default)]
pub struct Introduced {
    named: Vec<Speaker>,
}

impl Introduced {
    /// Those whom these phrases of title lines name (“Secretary of State Ana Reyes on the Harbor”).
    pub fn by<'a>(phrases: impl Iterator<Item = &'a str>, speech: &Speech) -> Self {
        Self { named: phrases.flat_map(|phrase| speakers_of(phrase, speech)).collect() }
    }

    /// The speaker that a label such as `MS. PSAKI` means: the one introduced with this surname,
    /// else the label itself, in title case and parted into role and name.
    pub fn speaker(&self, label: &str, speech: &Speech) -> Speaker {
        let label = if speech.is_acronym(label) { label.to_owned() } else { in_title_case(label) };
        let own = named(&label, speech);
        let surname = own.name.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        let by_name = |speaker: &&Speaker| {
            speaker.name.split_whitespace().next_back().is_some_and(|last| last.to_lowercase() == surname)
        };
        let by_role = |speaker: &&Speaker| {
            let office = own.name.strip_prefix("The ").unwrap_or_default();
            !office.is_empty()
                && speaker.role.as_deref().is_some_and(|role| role.eq_ignore_ascii_case(office))
        };
        let known = self.named.iter().find(by_name).or_else(|| self.named.iter().find(by_role));
        known.map_or(own.clone(), |known| Speaker {
            name: known.name.clone(),
            role: known.role.clone().or(own.role),
        })
    }

    /// The one introduced, if it is one.
    pub fn only(&self) -> Option<&Speaker> {
        self.named.first().filter(|first| self.named.iter().all(|other| other.name == first.name))
    }

    /// The first one introduced.
    pub fn first(&self) -> Option<&Speaker> {
        self.named.first()
    }
}

/// The speakers of a title line after “Statement by”: names parted by “and” or commas, up to the
/// occasion.
fn speakers_of(line: &str, speech: &Speech) -> Vec<Speaker> {
    let line = in_title_case(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    let bare = |word: &str| word.trim_end_matches([',', ':']).to_owned();
    // “the Press and Information Department” is one speaker.
    let body = words.first().is_some_and(|first| *first == "the");
    let mut found: Vec<Speaker> = Vec::new();
    let mut part: Vec<&str> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let after_name = part.last().is_some_and(|last| last.starts_with(char::is_uppercase));
        let in_office = matches!(*word, "for" | "to" | "of" | "and")
            && part.last().is_some_and(|last| speech.facts(&bare(last)).sorts.any(Sorts::ROLE));
        let joins = *word == "and" && after_name && !body;
        if !in_office && (speech.is_occasion(word) || joins) {
            add_speaker(&mut found, &part, speech);
            part.clear();
            if *word != "and" {
                return found;
            }
            continue;
        }
        part.push(word);
        let ends = word.ends_with([',', ':']);
        let next = words.get(index + 1).map(|next| (*next, speech.facts(&bare(next)).sorts));
        let date = next.is_some_and(|(next, sorts)| {
            next.starts_with(|c: char| c.is_ascii_digit()) || sorts.any(Sorts::TIME)
        });
        if ends && date {
            break;
        }
        let next_is_role = next.is_some_and(|(_, sorts)| sorts.any(Sorts::ROLE | Sorts::MODIFIER));
        if ends && (next_is_role && part.len() > 1 || word.ends_with(':')) {
            add_speaker(&mut found, &part, speech);
            part.clear();
        }
    }
    add_speaker(&mut found, &part, speech);
    found
}

/// Adds the speaker that `words` name; words that only name an office are that of the one before.
fn add_speaker(found: &mut Vec<Speaker>, words: &[&str], speech: &Speech) {
    /// The longest name with its office, in words.
    const LONGEST: usize = 16;
    let phrase = words.join(" ");
    let phrase = phrase.trim_matches([',', ':', ' ', '.']);
    if !phrase.contains(|c: char| c.is_uppercase() || is_unspaced(c)) || words.len() > LONGEST {
        return;
    }
    let speaker = named(phrase, speech);
    match found.last_mut() {
        Some(last) if speaker.name == phrase && starts_office(phrase.split_whitespace(), speech) => {
            last.role = Some(speaker.name);
        }
        _ => found.push(speaker),
    }
}

/// Whether words begin as an office does: “Minister for …”, “Permanent Representative …”,
/// “Department Spokesperson”.
pub fn starts_office<'w>(words: impl Iterator<Item = &'w str>, speech: &Speech) -> bool {
    let mut words = words.map(|word| speech.facts(word.trim_matches([',', '.'])).sorts);
    words
        .find(|sorts| !sorts.any(Sorts::MODIFIER | Sorts::ORGANISATION) || sorts.any(Sorts::ROLE))
        .is_some_and(|sorts| sorts.any(Sorts::ROLE))
}

/// “Press Secretary Jen Psaki”, or “H.E. Ms. Jen Psaki, Press Secretary”, parted into role and name; a
/// phrase without a name is the name.
pub fn named(phrase: &str, speech: &Speech) -> Speaker {
    if phrase.starts_with(is_unspaced)
        && !phrase.contains(' ')
        && let Some(name) = speech.unspaced_office(phrase)
    {
        return Speaker { name: phrase[name..].to_owned(), role: Some(phrase[..name].to_owned()) };
    }
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let respectful = |word: &str| speech.is_honorific(word.trim_end_matches(','));
    let article = words.first().is_some_and(|first| first.eq_ignore_ascii_case("the"));
    let article = usize::from(article && words.get(1).is_some_and(|word| respectful(word)));
    let honours = words[article..].iter().take_while(|word| respectful(word)).count();
    let words = &words[article + honours..];
    let sorts = |index: usize| speech.facts(words[index].trim_matches([',', '.'])).sorts;
    let office = office_behind(words, speech);
    let named = office.unwrap_or(words.len());
    let last_role = (0..named)
        .rev()
        .find(|index| sorts(*index).any(Sorts::ROLE | Sorts::TITLE) && !sorts(*index).any(Sorts::GIVEN_NAME));
    let mut start = last_role.map_or(0, |index| index + 1);
    while words[..named].get(start).is_some_and(|word| matches!(*word, "of" | "for" | "to")) {
        start = after_office(&words[..named], start, speech);
    }
    if start >= named {
        return Speaker { name: words.join(" "), role: None };
    }
    let is_office = |index: usize| {
        sorts(index).any(Sorts::ROLE)
            || sorts(index).any(Sorts::TITLE) && !sorts(index).any(Sorts::MALE | Sorts::FEMALE)
    };
    let before = (0..start).any(is_office).then(|| words[..start].join(" "));
    let behind = office.map(|office| words[office..].join(" "));
    let name = words[start..named].join(" ");
    Speaker { name: name.trim_end_matches(',').to_owned(), role: behind.or(before) }
}

/// Where the office starts that follows a name: “Ms. Jen Psaki, Press Secretary of …”.
fn office_behind(words: &[&str], speech: &Speech) -> Option<usize> {
    let sorts = |index: usize| speech.facts(words[index].trim_matches([',', '.'])).sorts;
    let is_name = |index: usize| {
        words[index].starts_with(char::is_uppercase)
            && !sorts(index).any(Sorts::ROLE | Sorts::TITLE | Sorts::MODIFIER)
    };
    let starts = |index: usize| {
        let addressed = |place| sorts(place).any(Sorts::TITLE | Sorts::GIVEN_NAME);
        let certain = words[index - 1].ends_with(',') || (0..index - 1).any(addressed);
        certain && is_name(index - 1) && starts_office(words[index..].iter().copied(), speech)
    };
    (2..words.len()).find(|index| starts(*index))
}

/// Where the name starts after “of State”: at a first name, behind a known office, or with the
/// last two words.
fn after_office(words: &[&str], of: usize, speech: &Speech) -> usize {
    let given = (of + 1..words.len().saturating_sub(1))
        .find(|index| speech.facts(words[*index]).sorts.any(Sorts::GIVEN_NAME));
    let office = speech.portfolios().iter().filter(|office| {
        office
            .iter()
            .enumerate()
            .all(|(i, word)| words.get(of + 1 + i).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    });
    let behind = office.map(|office| of + 1 + office.len()).max();
    // “of Truth Ana Reyes”, but not “of the Republic of Norland”.
    let tail = words.len().saturating_sub(3);
    let is_name =
        words.len() > of + 3 && words[tail + 1..].iter().all(|word| word.starts_with(char::is_uppercase));
    let name =
        if is_name && !matches!(words[tail], "of" | "for" | "the") { words.len() - 2 } else { words.len() };
    given.or(behind).unwrap_or(name)
}

/// `MS. JEAN-PIERRE` as “Ms. Jean-Pierre”; a label with small letters as it stands.
fn in_title_case(label: &str) -> String {
    const SMALL: [&str; 8] = ["of", "the", "for", "and", "to", "at", "on", "in"];
    if label.chars().any(char::is_lowercase) {
        return label.to_owned();
    }
    let cased = |(place, word): (usize, &str)| {
        let lower = word.to_lowercase();
        if place > 0 && SMALL.contains(&lower.as_str()) { lower } else { with_capitals(word) }
    };
    label.split(' ').enumerate().map(cased).collect::<Vec<_>>().join(" ")
}

/// A word with its first letter large, and each behind a hyphen or the like.
fn with_capitals(word: &str) -> String {
    let mut capital = true;
    word.chars()
        .flat_map(|c| {
            let shown: Vec<char> =
                if capital { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
            capital = !c.is_alphanumeric() && c != '’' && c != '\'';
            shown
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: &[(&str, Option<&str>)]) {
        let speech = Speech::built_in();
        let phrase = speech.byline(title).expect("it is a title line");
        let found = speakers_of(phrase, speech);
        let found: Vec<_> =
            found.iter().map(|speaker| (speaker.name.as_str(), speaker.role.as_deref())).collect();
        assert_eq!(found, expected, "{title}");
    }

    #[test]
    fn a_title_line_names_its_speakers() {
        check(
            "Press Briefing by Press Secretary Ana Reyes, March 3, 2031",
            &[("Ana Reyes", Some("Press Secretary"))],
        );
        check(
            "Remarks by President Hall and Prime Minister Lund of Norland in Joint Press Conference",
            &[("Hall", Some("President")), ("Lund of Norland", Some("Prime Minister"))],
        );
        check(
            "Statement by Secretary of State Ana Reyes on the Harbor",
            &[("Ana Reyes", Some("Secretary of State"))],
        );
    }

    #[test]
    fn an_office_may_follow_the_name() {
        let lund = [("Sven Lund", Some("Minister for Foreign Affairs of Norland"))];
        check(
            "Statement by H.E. Mr. Sven Lund, Minister for Foreign Affairs of Norland, at the Debate",
            &lund,
        );
        check("Statement by H.E. Mr. Sven Lund Minister for Foreign Affairs of Norland", &lund);
        check("STATEMENT BY MR. SVEN LUND, MINISTER FOR FOREIGN AFFAIRS OF NORLAND", &lund);
        check(
            "Text of the Address by His Excellency, Dr. Sven Lund, President of the Republic of Norland",
            &[("Sven Lund", Some("President of the Republic of Norland"))],
        );
        check(
            "Explanation of vote by Ambassador Ana Reyes, Permanent Representative of Sulania to the United Nations",
            &[("Ana Reyes", Some("Permanent Representative of Sulania"))],
        );
        check(
            "Remarks by President Hall, Prime Minister Sven Lund, and Secretary Reyes",
            &[
                ("Hall", Some("President")),
                ("Sven Lund", Some("Prime Minister")),
                ("Reyes", Some("Secretary")),
            ],
        );
    }

    #[test]
    fn the_speaker_may_own_the_remarks() {
        check(
            "Foreign Ministry Spokesperson Li Wen’s Regular Press Conference on March 3, 2031",
            &[("Li Wen", Some("Foreign Ministry Spokesperson"))],
        );
        check(
            "Foreign Minister Sven Lund's speech and answers to questions",
            &[("Sven Lund", Some("Foreign Minister"))],
        );
        check("Transcript of the Prime Minister's address to the nation", &[("Prime Minister", None)]);
        for no in [
            "The Harbor's remarks",
            "Why the President's speech failed",
            "The President's speech was late",
            "Readout of Secretary Reyes’s Call",
        ] {
            assert_eq!(Speech::built_in().byline(no), None, "{no}");
        }
    }

    #[test]
    fn words_need_no_spaces() {
        check("2031年3月3日外交部发言人李文主持例行记者会", &[("李文", Some("外交部发言人"))]);
        check("外交部发言人李文就港口问题答记者问", &[("李文", Some("外交部发言人"))]);
        assert_eq!(Speech::built_in().byline("港口问题在外交部的立场"), None);
    }

    #[test]
    fn an_office_with_an_and_is_one_speaker() {
        check(
            "Comment by the Press and Information Department on the Harbor",
            &[("the Press and Information Department", None)],
        );
    }

    #[test]
    fn a_label_means_who_was_introduced() {
        let speech = Speech::built_in();
        let known = Introduced { named: vec![named("Press Secretary Ana Reyes", speech)] };
        assert_eq!(known.speaker("MS. REYES", speech).name, "Ana Reyes");
        assert_eq!(known.speaker("MS. REYES", speech).role.as_deref(), Some("Press Secretary"));
        assert_eq!(known.speaker("PRESIDENT HALL", speech).name, "Hall");
        assert_eq!(known.speaker("THE PRESIDENT", speech).name, "The President");
    }
}
