//! Statement, article or transcript?
//!
//! A transcript has labelled turns; an article gives the words of others in the past tense of a
//! writer who is nobody in it. All else is a statement, also one that quotes a few words.

use super::{article, transcript};
use crate::document::Document;
use crate::lexicon::Speech;

/// What sort of document it is, which decides how speakers are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One speaker's words throughout.
    Statement,
    /// A writer's text that quotes and reports speakers.
    Article,
    /// Turns under speakers' labels.
    Transcript,
}

impl Kind {
    /// Its name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Article => "article",
            Self::Transcript => "transcript",
        }
    }
}

/// The kind of `document`, from labels and attributed quotations.
pub fn of(document: &Document, speech: &Speech) -> Kind {
    if transcript::is_one(document, speech) {
        Kind::Transcript
    } else if document.byline.is_none() && article::is_one(document, speech) {
        Kind::Article
    } else {
        Kind::Statement
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::Segmentation;

    #[track_caller]
    fn check(text: &str, expected: Kind) {
        let document = Document::from_bytes(Path::new("a.txt"), text.as_bytes(), Segmentation::Auto)
            .expect("it is text");
        assert_eq!(of(&document, Speech::built_in()), expected, "{text}");
    }

    #[test]
    fn turns_make_a_transcript() {
        check("MS. REYES: Good morning.\n\nQ    Is it open?\n\nMS. REYES: It is.\n", Kind::Transcript);
        check(
            "Office of the President\n\nTHE PRESIDENT: Good morning. The harbor is open.\n",
            Kind::Transcript,
        );
    }

    #[test]
    fn a_title_in_capitals_is_no_turn() {
        check(
            "STATEMENT BY\nHER EXCELLENCY ANA REYES\nPRESIDENT OF THE REPUBLIC OF SULANIA\n\n\
             Mr. Secretary-General,\n\nThe harbor is ours. We will not leave it.\n",
            Kind::Statement,
        );
    }

    #[test]
    fn words_of_others_make_an_article() {
        check(
            "The harbor is closed, the minister said on Monday.\n\n“We saw it coming,” Ana Reyes said. “Nobody \
             listened.”\n\n“It is a lie,” said Sven Lund, a spokesman.\n",
            Kind::Article,
        );
        check("We say “open” when we mean open.\n\nThe harbor is ours.\n", Kind::Statement);
    }
}
