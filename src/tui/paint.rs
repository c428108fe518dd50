//! Words, lines and frames on the screen, cut at the edge of their place, never beyond.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::theme::Theme;
use super::wrap;

/// A row that is written from left to right.
#[derive(Debug)]
pub struct Pen<'b> {
    buffer: &'b mut Buffer,
    /// The next cell.
    x: u16,
    y: u16,
    /// One past the last cell.
    end: u16,
}

impl<'b> Pen<'b> {
    /// Writes on the first row of `area`; nothing is written if that is empty.
    pub fn new(buffer: &'b mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        let end = if area.height == 0 { area.x } else { area.right() };
        Self { buffer, x: area.x, y: area.y, end }
    }

    /// Writes `text`, as much as there is room for.
    pub fn put(&mut self, text: &str, style: Style) -> &mut Self {
        if self.x >= self.end {
            return self;
        }
        let room = usize::from(self.end - self.x);
        if wrap::is_plain(text) {
            self.put_plain(&text[..text.len().min(room)], style);
        } else {
            self.x = self.buffer.set_stringn(self.x, self.y, text, room, style).0;
        }
        self
    }

    /// Writes printable ASCII that there is room for: a cell a byte, so no grapheme is looked for. Half
    /// of the work of a frame of English was that.
    fn put_plain(&mut self, text: &str, style: Style) {
        for at in 0..text.len() {
            self.buffer[(self.x, self.y)].set_symbol(&text[at..=at]).set_style(style);
            self.x += 1;
        }
    }

    /// Writes `text` with `…` at its end if there is no room for all of it.
    pub fn put_shortened(&mut self, text: &str, style: Style) -> &mut Self {
        let short = wrap::shortened(text, self.room());
        self.put(&short, style)
    }

    /// Leaves cells as they are.
    pub fn skip(&mut self, cells: u16) -> &mut Self {
        self.x = self.x.saturating_add(cells).min(self.end);
        self
    }

    /// Goes on at `x`, if that is not yet passed.
    pub fn skip_to(&mut self, x: u16) -> &mut Self {
        self.x = self.x.max(x).min(self.end);
        self
    }

    /// Fills the rest of the row.
    pub fn fill(&mut self, symbol: &str, style: Style) {
        for x in self.x..self.end {
            self.buffer[(x, self.y)].set_symbol(symbol).set_style(style);
        }
        self.x = self.end;
    }

    /// Cells that are left.
    pub fn room(&self) -> usize {
        usize::from(self.end - self.x)
    }
}

/// Writes one symbol, if `(x, y)` lies on the screen.
pub fn dot(buffer: &mut Buffer, x: u16, y: u16, symbol: &str, style: Style) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
}

/// A rule with a title over the first row of `area`; gives the rest of it.
pub fn title_row(area: Rect, title: &str, theme: &Theme, buffer: &mut Buffer) -> Rect {
    let mut pen = Pen::new(buffer, area);
    pen.put("── ", theme.rule).put_shortened(title, theme.title).put(" ", theme.rule).fill("─", theme.rule);
    let used = area.height.min(1);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

/// As [`title_row`], with a blank row below it and a blank cell at both sides of the rest.
pub fn list_area(area: Rect, title: &str, theme: &Theme, buffer: &mut Buffer) -> Rect {
    let rest = title_row(area, title, theme, buffer);
    inset(Rect { y: rest.y + rest.height.min(1), height: rest.height.saturating_sub(1), ..rest }, 1)
}

/// The row `number` of `area`; empty if it has none.
pub fn row(area: Rect, number: usize) -> Rect {
    if number >= usize::from(area.height) {
        return Rect { height: 0, ..area };
    }
    Rect { y: area.y + number as u16, height: 1, ..area }
}

/// `area` without `cells` at its left and right.
pub fn inset(area: Rect, cells: u16) -> Rect {
    let cells = cells.min(area.width / 2);
    Rect { x: area.x + cells, width: area.width - 2 * cells, ..area }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_is_written_as_ratatui_would(text in "[ -~é中]{0,12}", before in "[中x]{0,9}", room in 0..9u16) {
            let area = Rect::new(0, 0, 9, 1);
            let style = Style::new().bold();
            let begun = || {
                let mut buffer = Buffer::empty(area);
                buffer.set_string(0, 0, &before, Style::new());
                buffer
            };
            let (mut ours, mut theirs) = (begun(), begun());
            Pen::new(&mut ours, Rect { width: room, ..area }).put(&text, style);
            theirs.set_stringn(0, 0, &text, usize::from(room), style);
            prop_assert_eq!(ours, theirs);
        }
    }
}
