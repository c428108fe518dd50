//! The size of the screen as rectangles; `update` and `view` ask the same.
//!
//! ```text
//! top            name, session, counts of marks, how much is read
//! names          statements beside the window, if there are any
//! pane │ pane    header and text of each visible statement, strip at the right edge
//! panel          why, or the note editor
//! status         keys valid now, message (on a row of its own if it is long); the search line and questions
//! ```

use ratatui::layout::Rect;

/// Below this width the columns are stacked.
pub const STACKED_BELOW: u16 = 90;
/// From this width on three columns are shown.
pub const THREE_FROM: u16 = 180;
/// A line of text longer than this is hard to read.
const WIDEST_TEXT: u16 = 100;
/// Narrower than this, text gets the room of numbers and letters.
const NARROW_TEXT: u16 = 16;

/// What the rectangles depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Cells across.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// Statements with text.
    pub statements: usize,
    /// Digits of the highest sentence number.
    pub digits: u16,
    /// Rows that the panel would like, its title included.
    pub panel: u16,
    /// Rows that the status line would like; a second one is the panel's.
    pub status: u16,
}

/// The parts of the screen; a part without room is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Everything.
    pub all: Rect,
    /// The first row.
    pub top: Rect,
    /// Names of the statements beside the window.
    pub names: Rect,
    /// The visible statements, from left to right or from top to bottom.
    pub panes: Vec<Pane>,
    /// Whether the panes stand one above the other.
    pub stacked: bool,
    /// The panel below the text, its title row included.
    pub panel: Rect,
    /// The last row, or the last two.
    pub status: Rect,
}

/// One visible statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    /// Speaker, role and number of sentences.
    pub header: Rect,
    /// Margin, text and strip.
    pub body: Rect,
    /// Cells before the text.
    pub margin: u16,
    /// Cells of the text.
    pub text: u16,
    /// Cells of a sentence's number; 0 if numbers and letters are left out.
    pub digits: u16,
    /// Whether there is a strip at the right edge.
    pub strip: bool,
}

impl Pane {
    /// The column of the strip.
    pub fn strip_x(&self) -> Option<u16> {
        self.strip.then(|| self.body.right().saturating_sub(1))
    }

    /// The column where the text starts.
    pub fn text_x(&self) -> u16 {
        self.body.x + self.margin
    }
}

/// How many statements are visible at once.
pub fn visible(width: u16, statements: usize) -> usize {
    statements.min(if width >= THREE_FROM { 3 } else { 2 })
}

/// The rectangles of a screen.
pub fn areas(wanted: Wanted) -> Areas {
    let all = Rect::new(0, 0, wanted.width, wanted.height);
    let stacked = wanted.width < STACKED_BELOW && wanted.statements > 1;
    let mut areas = Areas { all, stacked, ..Areas::default() };
    let mut rest = all;
    if wanted.height >= 3 {
        areas.status = take_bottom(&mut rest, 1);
    }
    if wanted.height >= 6 {
        areas.top = take_top(&mut rest, 1);
    }
    let room = rest.height.saturating_sub(if stacked { 8 } else { 5 });
    areas.panel = take_bottom(&mut rest, wanted.panel.min(room));
    if wanted.status > 1 && areas.panel.height > 2 {
        let last = take_bottom(&mut areas.panel, 1);
        areas.status = Rect { y: last.y, height: last.height + areas.status.height, ..areas.status };
    }
    let visible = visible(wanted.width, wanted.statements);
    if visible < wanted.statements && rest.height >= 10 {
        areas.names = take_top(&mut rest, 1);
    }
    areas.panes = if stacked { stack(rest, visible, wanted) } else { side_by_side(rest, visible, wanted) };
    areas
}

fn side_by_side(rest: Rect, visible: usize, wanted: Wanted) -> Vec<Pane> {
    let count = visible.max(1) as u16;
    let widest = WIDEST_TEXT + margin(wanted.digits) + 2;
    let across = rest.width.min(widest.saturating_mul(count));
    let left = rest.x + (rest.width - across) / 2;
    let edge = |column: u16| left + (u32::from(across) * u32::from(column) / u32::from(count)) as u16;
    (0..visible as u16)
        .map(|column| {
            let x = edge(column);
            pane(Rect { x, width: edge(column + 1) - x, ..rest }, wanted.digits)
        })
        .collect()
}

fn stack(mut rest: Rect, visible: usize, wanted: Wanted) -> Vec<Pane> {
    // A pane of fewer rows shows nothing that could be compared.
    let visible = if rest.height < 4 * visible as u16 { 1 } else { visible };
    let mut panes = Vec::new();
    for left in (1..=visible as u16).rev() {
        let height = rest.height.div_ceil(left);
        panes.push(pane(take_top(&mut rest, height), wanted.digits));
    }
    panes
}

fn pane(area: Rect, digits: u16) -> Pane {
    let mut body = area;
    let header = if area.height >= 3 { take_top(&mut body, 1) } else { Rect::default() };
    let margin = margin(digits);
    let text = body.width.saturating_sub(margin + 2);
    if text >= NARROW_TEXT {
        return Pane { header, body, margin, text, digits, strip: true };
    }
    let margin = u16::from(body.width >= 2);
    Pane { header, body, margin, text: body.width - margin, digits: 0, strip: false }
}

/// Thread, bar, read tick, number, blank, four letters, blank.
fn margin(digits: u16) -> u16 {
    9 + digits
}

fn take_top(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    let taken = Rect { height, ..*rest };
    rest.y += height;
    rest.height -= height;
    taken
}

fn take_bottom(rest: &mut Rect, height: u16) -> Rect {
    let height = height.min(rest.height);
    rest.height -= height;
    Rect { y: rest.y + rest.height, height, ..*rest }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(width: u16, height: u16, statements: usize) -> Areas {
        areas(Wanted { width, height, statements, digits: 2, panel: 5, status: 1 })
    }

    #[test]
    fn two_columns_stand_side_by_side_from_ninety_cells() {
        let (wide, narrow) = (of(90, 24, 2), of(89, 24, 2));
        assert_eq!((wide.stacked, wide.panes[1].body.x), (false, 45));
        assert_eq!((narrow.stacked, narrow.panes[1].body.x), (true, 0));
        assert_eq!(of(180, 50, 5).panes.len(), 3);
        assert_eq!(of(180, 50, 2).panes.len(), 2);
    }

    #[test]
    fn a_single_statement_stands_in_the_middle_at_a_readable_width() {
        let pane = of(200, 50, 1).panes[0];
        assert_eq!((pane.text, pane.body.x), (WIDEST_TEXT, 43));
    }

    #[test]
    fn little_room_goes_to_the_text() {
        assert_eq!(of(1, 1, 2).panes[0].body.area(), 1);
        assert_eq!(of(20, 2, 2).panes[0].body.height, 2);
        assert!(of(0, 0, 2).panes.iter().all(|pane| pane.body.is_empty()));
    }

    proptest! {
        #[test]
        fn all_parts_lie_on_the_screen_and_never_overlap(width in 0u16..300, height in 0u16..100, statements in 0usize..6, panel in 0u16..60, status in 1u16..3) {
            let areas = areas(Wanted { width, height, statements, digits: 3, panel, status });
            let text = |areas: &Areas| areas.panes.iter().map(|pane| pane.body).collect::<Vec<_>>();
            let told = super::areas(Wanted { width, height, statements, digits: 3, panel, status: 1 });
            prop_assert_eq!(text(&areas), text(&told), "what is told moves no text");
            let mut parts = vec![areas.top, areas.names, areas.panel, areas.status];
            for pane in &areas.panes {
                parts.extend([pane.header, pane.body]);
                prop_assert!(pane.margin + pane.text + 2 * u16::from(pane.strip) == pane.body.width);
            }
            for (at, part) in parts.iter().enumerate() {
                prop_assert!(areas.all.intersection(*part).area() == part.area());
                for other in &parts[at + 1..] {
                    prop_assert!(part.intersection(*other).is_empty());
                }
            }
        }
    }
}
