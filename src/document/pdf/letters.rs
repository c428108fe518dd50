//! Letters with their places on the page, put together to lines.
//!
//! Used where `pdftotext` is not installed. `pdf-extract` tells each letter's place; its own way of
//! making words sets letters apart in some files, so gaps are judged here: where a page has spaces of
//! its own, only a wide gap makes another.

use super::columns;
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

/// The text of a PDF, pages ended by form feeds.
///
/// # Errors
/// What the reader says of the file.
pub fn text_of(bytes: &[u8]) -> Result<String, String> {
    let document = Document::load_mem(bytes).map_err(|error| error.to_string())?;
    let mut pages = Pages::default();
    output_doc(&document, &mut pages).map_err(|error| error.to_string())?;
    Ok(pages.text)
}

/// A letter, in points from the lower left corner.
pub struct Letter {
    pub x: f64,
    pub y: f64,
    pub end: f64,
    pub size: f64,
    pub text: String,
}

#[derive(Default)]
struct Pages {
    text: String,
    letters: Vec<Letter>,
}

impl OutputDev for Pages {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.letters.clear();
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        write_page(&self.letters, &mut self.text);
        self.text.push('\u{C}');
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let size = (place.m11.hypot(place.m12) * font_size).abs().max(0.1);
        let (x, y) = (place.m31, place.m32);
        // Fonts without a map give controls for letters, the form feed that ends a page among them.
        let text = text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        self.letters.push(Letter { x, y, end: x + width * size, size, text });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Writes the letters of a page as lines; a gap wider than between lines is an empty one.
fn write_page(letters: &[Letter], text: &mut String) {
    let spaces = letters.iter().filter(|letter| letter.text.trim().is_empty()).count();
    let gap = if spaces * 12 > letters.len() { 0.6 } else { 0.2 };
    let order = columns::reading_order(letters).unwrap_or_else(|| (0..letters.len()).collect());
    let mut before: Option<&Letter> = None;
    for letter in order.into_iter().map(|at| &letters[at]) {
        if let Some(before) = before {
            let (down, size) = (before.y - letter.y, before.size.max(letter.size));
            if down.abs() > size * 0.6 || letter.x < before.x - size * 2.0 {
                text.push_str(if down > size * 1.9 || down < -size { "\n\n" } else { "\n" });
            } else if letter.x > before.end + size * gap && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        text.push_str(&letter.text);
        before = Some(letter);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(letters: &[(f64, f64, &str)], expected: &str) {
        let letters: Vec<Letter> = letters
            .iter()
            .map(|(x, y, text)| Letter {
                x: *x,
                y: *y,
                end: x + 5.0 * text.len() as f64,
                size: 10.0,
                text: (*text).to_owned(),
            })
            .collect();
        let mut text = String::new();
        write_page(&letters, &mut text);
        assert_eq!(text, expected);
    }

    #[test]
    fn places_make_words_lines_and_paragraphs() {
        check(
            &[(0.0, 100.0, "We"), (13.0, 100.0, "deny"), (0.0, 88.0, "it."), (0.0, 60.0, "All")],
            "We deny\nit.\n\nAll\n",
        );
    }

    #[test]
    fn a_page_with_spaces_needs_no_gaps() {
        check(&[(0.0, 9.0, "Exa"), (18.0, 9.0, "mple"), (38.0, 9.0, " "), (43.0, 9.0, "x")], "Example x\n");
    }
}
