//! Names and roles of speakers.

use crate::document::Document;
use crate::lexicon::Speech;
use crate::lexicon::speech::Sorts;

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

/// Whom the title and the first `blocks` blocks of `document` introduce.
pub fn introduced(document: &Document, blocks: usize, speech: &Speech) -> Introduced {
    /// How many blocks a head may have.
    const HEAD: usize = 8;
    let text = &document.flow.text;
    let heads = document.flow.blocks.iter().take(blocks.min(HEAD)).map(|(span, _)| span.of(text));
    let mut named = Vec::new();
    for line in document.title.iter().map(String::as_str).chain(heads) {
        if let Some(at) = speech.byline_at(line) {
            named.extend(speakers_of(&line[at..], speech));
        }
    }
    Introduced { named }
}

impl Introduced {
    /// The speaker that a label such as `MS. PSAKI` means: the one introduced with this surname,
    /// else the label itself, in title case and parted into role and name.
    pub fn speaker(&self, label: &str, speech: &Speech) -> Speaker {
        let own = named(&in_title_case(label), speech);
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

    /// The first one introduced.
    pub fn first(&self) -> Option<&Speaker> {
        self.named.first()
    }
}

/// The speakers of a title line after “Statement by”: names parted by “and” or commas, up to the
/// occasion.
fn speakers_of(line: &str, speech: &Speech) -> Vec<Speaker> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let bare = |word: &str| word.trim_end_matches([',', ':']).to_owned();
    let mut found = Vec::new();
    let mut part: Vec<&str> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let small = word.starts_with(char::is_lowercase);
        let after_name = part.last().is_some_and(|last| last.starts_with(char::is_uppercase));
        let in_office = matches!(*word, "for" | "to" | "of" | "and")
            && part.last().is_some_and(|last| speech.facts(&bare(last)).sorts.any(Sorts::ROLE));
        if !in_office && (speech.is_occasion(word) || *word == "and" && after_name) {
            found.extend(speaker_of(&part, speech));
            part.clear();
            if *word != "and" {
                return found;
            }
            continue;
        }
        part.push(word);
        let ends = word.ends_with([',', ':']) && !small;
        let date = words.get(index + 1).is_some_and(|next| {
            next.starts_with(|c: char| c.is_ascii_digit()) || speech.facts(&bare(next)).sorts.any(Sorts::TIME)
        });
        if ends && date {
            break;
        }
        let next_is_role = words
            .get(index + 1)
            .is_some_and(|next| speech.facts(&bare(next)).sorts.any(Sorts::ROLE | Sorts::MODIFIER));
        if ends && (next_is_role && part.len() > 1 || word.ends_with(':')) {
            found.extend(speaker_of(&part, speech));
            part.clear();
        }
    }
    found.extend(speaker_of(&part, speech));
    found
}

fn speaker_of(words: &[&str], speech: &Speech) -> Option<Speaker> {
    let phrase = words.join(" ");
    let phrase = phrase.trim_matches([',', ':', ' ', '.']);
    let capital = phrase.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
    (capital && words.len() <= 14).then(|| named(phrase, speech))
}

/// “Press Secretary Jen Psaki” parted into role and name; a phrase without a name is the name.
pub fn named(phrase: &str, speech: &Speech) -> Speaker {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let sorts = |index: usize| speech.facts(words[index].trim_matches([',', '.'])).sorts;
    let last_role = (0..words.len())
        .rev()
        .find(|index| sorts(*index).any(Sorts::ROLE | Sorts::TITLE) && !sorts(*index).any(Sorts::GIVEN_NAME));
    let mut start = last_role.map_or(0, |index| index + 1);
    if words.get(start).is_some_and(|word| matches!(*word, "of" | "for" | "to")) {
        start = after_office(&words, start, speech);
    }
    if start >= words.len() {
        return Speaker { name: phrase.to_owned(), role: None };
    }
    let role = words[..start].join(" ");
    let is_office = |index: usize| {
        sorts(index).any(Sorts::ROLE)
            || sorts(index).any(Sorts::TITLE) && !sorts(index).any(Sorts::MALE | Sorts::FEMALE)
    };
    let role = (0..start).any(is_office).then_some(role);
    Speaker { name: words[start..].join(" "), role }
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
    given.or(behind).unwrap_or(if words.len() > of + 3 { words.len() - 2 } else { words.len() })
}

/// `MS. JEAN-PIERRE` as “Ms. Jean-Pierre”; a label with small letters as it stands.
fn in_title_case(label: &str) -> String {
    if label.chars().any(char::is_lowercase) {
        return label.to_owned();
    }
    let mut capital = true;
    label
        .chars()
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
        let at = speech.byline_at(title).expect("it is a title line");
        let found = speakers_of(&title[at..], speech);
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
    fn a_label_means_who_was_introduced() {
        let speech = Speech::built_in();
        let known = Introduced { named: vec![named("Press Secretary Ana Reyes", speech)] };
        assert_eq!(known.speaker("MS. REYES", speech).name, "Ana Reyes");
        assert_eq!(known.speaker("MS. REYES", speech).role.as_deref(), Some("Press Secretary"));
        assert_eq!(known.speaker("PRESIDENT HALL", speech).name, "Hall");
        assert_eq!(known.speaker("THE PRESIDENT", speech).name, "The President");
    }
}
