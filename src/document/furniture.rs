//! What stands on a page around a statement and is none of its words: letterheads' stamps, buttons,
//! sign-up lines, page numbers. The words are in `assets/furniture.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::assets::{packed, read};

/// What `assets/furniture.toml` lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Furniture {
    /// Words of `class` and `id` in HTML.
    pub classes: Vec<String>,
    /// Values of `role` in HTML.
    pub roles: Vec<String>,
    lines: Vec<String>,
    buttons: Vec<String>,
    sections: Vec<String>,
    beginnings: Vec<String>,
    sign_ups: Vec<String>,
    letterheads: Vec<String>,
    directions: Vec<String>,
}

/// The list that is built in.
pub static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    let mut furniture: Furniture = read(packed!("furniture.toml"));
    furniture.lines.sort_unstable();
    furniture.buttons.sort_unstable();
    furniture.sections.sort_unstable();
    furniture.directions.sort_unstable();
    furniture
});

/// Bytes beyond which a paragraph is never furniture.
const LONGEST: usize = 320;

/// Whether `line`, a whole paragraph of any document, is furniture.
pub fn is_furniture(line: &str) -> bool {
    let line = line.trim();
    if line.len() > LONGEST {
        return false;
    }
    if line.chars().all(|c| "#*-–—_=~.|\\ ".contains(c)) {
        return true;
    }
    let folded = line.to_lowercase();
    is_in(&FURNITURE.lines, &folded)
        || FURNITURE.beginnings.iter().any(|known| folded.starts_with(known.as_str()))
}

/// Whether `line`, a whole paragraph of a web page, is furniture.
pub fn is_page_furniture(line: &str) -> bool {
    let line = line.trim();
    is_furniture(line)
        || line.len() <= LONGEST
            && !line.ends_with(['.', '!', '?'])
            && is_in(&FURNITURE.buttons, &line.to_lowercase())
}

/// Whether `line` names a part of a site rather than a statement.
pub fn is_section(line: &str) -> bool {
    is_in(&FURNITURE.sections, &line.to_lowercase())
}

/// Whether `paragraph` of an article belongs to the page, not to its text: a sign-up line.
pub fn is_sign_up(paragraph: &str) -> bool {
    FURNITURE.sign_ups.iter().any(|start| starts_with(paragraph, start))
}

/// Whether `line` at the head or foot of a statement is part of a letterhead or the like.
pub fn is_letterhead(line: &str) -> bool {
    FURNITURE.letterheads.iter().any(|start| starts_with(line, start))
}

/// Whether `paragraph` tells in brackets what happened in the room: “(Pause for interpretation.)”.
pub fn is_direction(paragraph: &str) -> bool {
    /// The longest, in bytes.
    const LONGEST: usize = 80;
    let bare = paragraph.trim().trim_matches(['*', '_', '\\']);
    let inner = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let inner = inner.or_else(|| bare.strip_prefix('[').and_then(|rest| rest.strip_suffix([']', '\\'])));
    inner.is_some_and(|inner| {
        inner.len() <= LONGEST
            && !inner.contains(['(', ')', '[', ']'])
            && inner.split_whitespace().any(|word| is_in(&FURNITURE.directions, &word.to_lowercase()))
    })
}

/// Whether `text` starts with `start`, whatever its case, and a word ends there.
fn starts_with(text: &str, start: &str) -> bool {
    let head = text.as_bytes().get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
        && !text[start.len()..].starts_with(char::is_alphanumeric)
}

/// Whether `folded` without the signs at its ends is one of the `known`.
fn is_in(known: &[String], folded: &str) -> bool {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
    known.binary_search_by(|known| known.as_str().cmp(bare)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: bool) {
        assert_eq!(is_furniture(line), expected, "{line}");
    }

    #[test]
    fn whole_lines_and_beginnings_are_known() {
        check("[Check against delivery]", true);
        check("CHECK AGAINST DELIVERY", true);
        check("# # #", true);
        check("– 30 –", true);
        check("We use cookies to make this site better.", true);
        check("Sign up for our newsletter", true);
    }

    #[test]
    fn buttons_are_furniture_of_pages_alone() {
        for (line, expected) in [("Share this article", true), ("» More »", true), ("OK.", false)] {
            assert_eq!(is_page_furniture(line), expected, "{line}");
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn beginnings_are_whole_words() {
        assert!(is_sign_up("Sign up to receive our latest news!"));
        assert!(!is_sign_up("Signing up was easy."));
        assert!(is_letterhead("Permanent Mission of Norland"));
        assert!(!is_letterhead("Endings matter."));
    }

    #[test]
    fn stage_directions_stand_in_brackets() {
        for (line, expected) in [
            ("(Pause for interpretation.)", true),
            ("*(Applause.)*", true),
            ("[As interpreted]", true),
            ("(We will return to this.)", false),
            ("(Laughter.) We go on. (Applause.)", false),
            ("Applause.", false),
        ] {
            assert_eq!(is_direction(line), expected, "{line}");
        }
    }

    #[test]
    fn a_statement_is_no_furniture() {
        check("We share this concern with our allies.", false);
        check("Official channels remain open.", false);
        check("30 people were killed.", false);
        check("The end of the war is near.", false);
        check(&"We use cookies. ".repeat(40), false);
    }
}
