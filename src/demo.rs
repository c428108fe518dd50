//! The demonstrations that are built in, so that the program shows something without any file.
//!
//! The first is short and real: what one news article quotes of Antony Blinken and of Zhao Lijian
//! on the attacks on Microsoft Exchange, each in order, with nothing of the reporter's own words.
//! The second is invented from end to end, countries, people and sea included, and long enough to
//! hold what the first is too short for: two accounts of one night, with figures that differ, flat
//! denials, concessions, deflections, slogans, quotations of the other side, Chinese and an emoji.

use std::path::{Path, PathBuf};

use crate::document::{Document, Segmentation};

/// One set of documents that belong side by side.
#[derive(Debug)]
pub struct Demonstration {
    /// Names its session: letters, digits and hyphens.
    pub name: &'static str,
    /// Each document's name and its Markdown.
    pub files: &'static [(&'static str, &'static str)],
}

/// The demonstrations in the order of their numbers; the first has number 1.
pub static DEMONSTRATIONS: &[Demonstration] = &[
    Demonstration {
        name: "exchange-2021",
        files: &[
            ("blinken", include_str!("../assets/demo/exchange-2021/blinken.md")),
            ("zhao", include_str!("../assets/demo/exchange-2021/zhao.md")),
        ],
    },
    Demonstration {
        name: "strait-2031",
        files: &[
            ("ostergaal", include_str!("../assets/demo/strait-2031/ostergaal.md")),
            ("vrasky", include_str!("../assets/demo/strait-2031/vrasky.md")),
        ],
    },
];

/// The demonstration that the reader calls `number`, counted from 1.
pub fn demonstration(number: usize) -> Option<&'static Demonstration> {
    DEMONSTRATIONS.get(number.checked_sub(1)?)
}

/// The documents of demonstration `number`, counted from 1; none if there is no such number.
///
/// Their paths are `demo:blinken` and the like, which no file can be opened by: a session keeps
/// their text, as it does for every document.
pub fn documents(number: usize, segmentation: Segmentation) -> Option<Vec<Document>> {
    Some(demonstration(number)?.files.iter().map(|(name, text)| open(name, text, segmentation)).collect())
}

fn open(name: &str, text: &str, segmentation: Segmentation) -> Document {
    // The ending chooses the format and would only be in the way on screen.
    let as_markdown = format!("demo:{name}.md");
    let document = Document::from_bytes(Path::new(&as_markdown), text.as_bytes(), segmentation)
        .expect("the built-in files are UTF-8 with words in them, as the tests show");
    Document { path: PathBuf::from(format!("demo:{name}")), ..document }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(number: usize) -> Vec<String> {
        let documents = documents(number, Segmentation::Auto).unwrap_or_default();
        documents.iter().map(|document| document.path.display().to_string()).collect()
    }

    #[test]
    fn numbers_count_from_one() {
        assert_eq!(names(0), [""; 0]);
        assert_eq!(names(1), ["demo:blinken", "demo:zhao"]);
        assert_eq!(names(2), ["demo:ostergaal", "demo:vrasky"]);
        assert_eq!(names(3), [""; 0]);
    }

    #[test]
    fn every_document_is_markdown_that_opens() {
        for number in 1..=DEMONSTRATIONS.len() {
            for document in documents(number, Segmentation::Auto).expect("it is numbered") {
                assert_eq!(document.format.name, "markdown", "{}", document.path.display());
                assert!(document.warnings.is_empty(), "{:?}", document.warnings);
            }
        }
    }
}
