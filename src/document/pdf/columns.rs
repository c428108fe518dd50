//! Two columns read one after the other, where a page draws them line by line.
//!
//! Most programs write a column whole, and then letters come in reading order. Some write each row of
//! the page from edge to edge: there the pieces of lines are told apart by the gap between the columns,
//! and what stands left of it is read before what stands right of it, from one piece that crosses the
//! page (a title, a running head, a page number) to the next.

use std::ops::Range;

use super::letters::Letter;

/// A gap within a line that parts its pieces, in sizes of the letters.
const WIDE: f64 = 1.2;
/// Rows at the top and foot of a page that may stand apart from its columns.
const MARGIN: usize = 2;

/// A piece of a line: letters without a wide gap.
struct Piece {
    letters: Range<usize>,
    x: f64,
    end: f64,
    y: f64,
    size: f64,
}

/// The places of `letters` in the order in which they are to be read; none if that is the order they
/// come in.
pub fn reading_order(letters: &[Letter]) -> Option<Vec<usize>> {
    let pieces = pieces(letters);
    let gutter = gutter(&pieces)?;
    let across = across(letters, &pieces, gutter);
    let mut order = Vec::with_capacity(letters.len());
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (piece, across) in pieces.into_iter().zip(across) {
        if across {
            order.append(&mut left);
            order.append(&mut right);
            order.extend(piece.letters);
        } else if piece.x < gutter {
            left.extend(piece.letters);
        } else {
            right.extend(piece.letters);
        }
    }
    order.append(&mut left);
    order.append(&mut right);
    Some(order)
}

fn pieces(letters: &[Letter]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let size = letter.size;
        match pieces.last_mut() {
            Some(piece)
                if (piece.y - letter.y).abs() <= size * 0.6
                    && letter.x >= piece.end - size * 2.0
                    && letter.x <= piece.end + size * WIDE =>
            {
                piece.letters.end = at + 1;
                piece.end = piece.end.max(letter.end);
            }
            _ => pieces.push(Piece { letters: at..at + 1, x: letter.x, end: letter.end, y: letter.y, size }),
        }
    }
    pieces
}

/// Where the right column starts, if the page draws two columns row by row: many pieces start there, in
/// the middle of the page, next to none crosses it, the left ones mostly fill their column, and the page
/// goes back from right to left again and again.
fn gutter(pieces: &[Piece]) -> Option<f64> {
    /// Rows that two columns have at least.
    const FEWEST: usize = 5;
    /// Pieces that no page of running text has.
    const MOST: usize = 1000;
    if pieces.len() > MOST {
        return None;
    }
    let left = pieces.iter().map(|piece| piece.x).reduce(f64::min)?;
    let right = pieces.iter().map(|piece| piece.end).reduce(f64::max)?;
    let width = right - left;
    let middle = left + width * 0.35..left + width * 0.65;
    let starts = |x: f64| pieces.iter().filter(|piece| (piece.x - x).abs() < piece.size * 0.5).count();
    let at = pieces.iter().map(|piece| piece.x).filter(|x| middle.contains(x)).max_by_key(|x| starts(*x))?;
    let gutter = at - pieces.first()?.size * 0.5;
    let crossing = pieces.iter().filter(|piece| piece.x < gutter && piece.end > gutter).count();
    let mut lefts: Vec<f64> =
        pieces.iter().filter(|piece| piece.end <= gutter).map(|piece| piece.end - piece.x).collect();
    lefts.sort_by(f64::total_cmp);
    let filled = lefts.get(lefts.len() / 2).is_some_and(|median| *median >= (gutter - left) * 0.6);
    let back = pieces.windows(2).filter(|pair| pair[0].x >= gutter && pair[1].x < gutter).count();
    let two = starts(at) >= FEWEST && crossing * 5 <= pieces.len() && filled && back + 2 >= FEWEST;
    two.then_some(gutter)
}

/// Which pieces belong to neither column: those that cross the gap, page numbers, and the outermost rows
/// if they are set off from the next.
fn across(letters: &[Letter], pieces: &[Piece], gutter: f64) -> Vec<bool> {
    let mut rows: Vec<f64> = Vec::new();
    for piece in pieces {
        if !rows.iter().any(|y| (y - piece.y).abs() <= piece.size * 0.6) {
            rows.push(piece.y);
        }
    }
    rows.sort_by(f64::total_cmp);
    let size = pieces.first().map_or(0.0, |piece| piece.size);
    let apart = |pair: &[f64]| pair[1] - pair[0] > size * 1.9;
    let foot = rows.windows(2).take(MARGIN).rposition(apart).map_or(f64::MIN, |at| rows[at]);
    let top = &rows[rows.len().saturating_sub(MARGIN + 1)..];
    let head = top.windows(2).find(|pair| apart(pair)).map(|pair| pair[1]);
    let head = head.unwrap_or(f64::MAX);
    let is_number = |piece: &Piece| {
        letters[piece.letters.clone()].iter().all(|letter| letter.text.chars().all(|c| c.is_ascii_digit()))
    };
    let is_across = |piece: &Piece| {
        piece.x < gutter && piece.end > gutter || piece.y <= foot || piece.y >= head || is_number(piece)
    };
    pieces.iter().map(is_across).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a page from the top: pieces with the places they start at; each letter is five wide.
    fn check(rows: &[&[(f64, &str)]], expected: Option<&str>) {
        let mut letters = Vec::new();
        for (row, pieces) in rows.iter().enumerate() {
            for (x, text) in *pieces {
                letters.extend(text.chars().enumerate().map(|(at, c)| {
                    let x = x + 5.0 * at as f64;
                    let y = 700.0 - 12.0 * row as f64;
                    Letter { x, y, end: x + 5.0, size: 10.0, text: c.to_string() }
                }));
            }
        }
        let order = reading_order(&letters);
        let read = order.map(|order| order.iter().map(|at| letters[*at].text.as_str()).collect::<String>());
        assert_eq!(read.as_deref(), expected);
    }

    #[test]
    fn columns_drawn_row_by_row_are_read_one_after_the_other() {
        check(
            &[
                &[(20.0, "A/86/PV.9")],
                &[],
                &[(0.0, "A title over both of the columns. ")],
                &[(0.0, "We deny all of "), (100.0, "We call for the ")],
                &[(0.0, "it and ask that "), (100.0, "proof that they ")],
                &[(0.0, "they show what "), (100.0, "say they have, ")],
                &[(0.0, "they know, and "), (100.0, "and for an end ")],
                &[(0.0, "how they know. "), (100.0, "of the slander. ")],
                &[],
                &[(90.0, "7")],
            ],
            Some(
                "A/86/PV.9A title over both of the columns. We deny all of it and ask that they show what \
                 they know, and how they know. We call for the proof that they say they have, and for an \
                 end of the slander. 7",
            ),
        );
    }

    #[test]
    fn one_column_and_a_list_of_names_stay_as_they_are() {
        let row: &[(f64, &str)] = &[(0.0, "We deny all of it and ask for more.")];
        check(&[row; 8], None);
        let row: &[(f64, &str)] = &[(0.0, "Ana"), (100.0, "Minister of the Sea")];
        check(&[row; 8], None);
        check(&[], None);
    }
}
