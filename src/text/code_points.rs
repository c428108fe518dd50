//! Byte offsets to code points and back, used at file boundaries only.

/// Converts many byte offsets of one text in ascending or nearly ascending order.
///
/// Keeps a mark every 256 bytes, so that any offset costs at most one short scan.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    marks: Vec<usize>,
}

const STRIDE: usize = 256;

impl<'t> CodePoints<'t> {
    /// Indexes `text`; linear in its length.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut count = 0;
        let mut marks = Vec::with_capacity(bytes.len() / STRIDE + 1);
        for block in bytes.chunks(STRIDE) {
            marks.push(count);
            count += starts(block);
        }
        Self { text, marks }
    }

    /// The number of code points before byte `at`; offsets past the end count as the end.
    pub fn before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let Some(&count) = self.marks.get(at / STRIDE).or(self.marks.last()) else { return 0 };
        let from = (at / STRIDE).min(self.marks.len() - 1) * STRIDE;
        count + starts(&self.text.as_bytes()[from..at])
    }

    /// The byte at which code point `index` starts; the text's length if there are fewer.
    pub fn byte(&self, index: usize) -> usize {
        let block = self.marks.partition_point(|&count| count <= index).saturating_sub(1);
        let Some(&count) = self.marks.get(block) else { return 0 };
        let mut left = index - count;
        for (at, byte) in self.text.bytes().enumerate().skip(block * STRIDE) {
            if is_start(byte) {
                if left == 0 {
                    return at;
                }
                left -= 1;
            }
        }
        self.text.len()
    }
}

/// How many code points start in `bytes`.
///
/// Counted in bytes as long as these hold the sum, which a processor does for many bytes at once: a long
/// text is indexed on every key that keeps something.
fn starts(bytes: &[u8]) -> usize {
    let few = bytes.chunks(usize::from(u8::MAX));
    few.map(|few| usize::from(few.iter().map(|byte| u8::from(is_start(*byte))).sum::<u8>())).sum()
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_offset_goes_there_and_back() {
        let text = "a é 中 😀 e\u{301}\n".repeat(100);
        let points = CodePoints::new(&text);
        for (index, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(at), index);
            assert_eq!(points.byte(index), at);
        }
        assert_eq!(points.before(text.len()), text.chars().count());
        assert_eq!(points.byte(usize::MAX), text.len());
        assert_eq!(CodePoints::new("").before(3), 0);
        assert_eq!(CodePoints::new("").byte(3), 0);
    }
}
