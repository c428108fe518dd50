//! Bytes to text: byte order marks, UTF-8, UTF-16 with and without a mark, and older encodings.
//!
//! UTF-8 is tried first, since hardly anything else is valid by chance; broken bytes inside
//! otherwise good UTF-8 are replaced. What is not UTF-8 is told apart by its statistics
//! (`chardetng`, Firefox's detector), or refused as no text at all.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::OpenError;
use super::clean::{clean, counted};

/// A text and how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without byte order marks and, see [`clean`], without anything that a terminal would obey.
    pub text: String,
    /// The encoding that was assumed, by its WHATWG name.
    pub encoding: &'static str,
    /// What was odd about it, for the reader.
    pub warnings: Vec<String>,
}

/// As many bytes are looked at to tell binary data and encodings apart.
const SAMPLE: usize = 1 << 18;

/// The text of `bytes`.
///
/// # Errors
/// [`OpenError::NoText`] if there is nothing in them, or if they are no text.
pub fn decode(bytes: Cow<'_, [u8]>) -> Result<Decoded, OpenError> {
    let (text, encoding, broken) = match marked(&bytes) {
        Some((_, mark)) if mark == bytes.len() => return Err(no_text("empty")),
        None if bytes.is_empty() => return Err(no_text("empty")),
        Some((encoding, mark)) if encoding == UTF_8 => from_utf8(without(bytes, mark))?,
        Some((encoding, mark)) => decoded(encoding, &bytes[mark..]),
        None => match unmarked_utf16(&bytes) {
            Some(encoding) => decoded(encoding, &bytes),
            None => from_utf8(bytes)?,
        },
    };
    let (text, replaced) = clean(text);
    let mut warnings = Vec::new();
    if encoding != UTF_8 {
        warnings.push(format!("not UTF-8; read as {}", encoding.name()));
    }
    if let Some(broken) = counted(broken, "broken character", "broken characters") {
        warnings.push(format!("{broken} shown as �"));
    }
    warnings.extend(replaced.warning());
    Ok(Decoded { text, encoding: encoding.name(), warnings })
}

/// The encoding that a byte order mark names, and the bytes the mark takes; some programs write it twice.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    let (encoding, length) = Encoding::for_bom(bytes)?;
    let mark = &bytes[..length];
    let marks = bytes.chunks_exact(length).take_while(|chunk| *chunk == mark).count();
    Some((encoding, marks * length))
}

fn without(bytes: Cow<'_, [u8]>, mark: usize) -> Cow<'_, [u8]> {
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[mark..]),
        Cow::Owned(mut bytes) => {
            bytes.drain(..mark);
            Cow::Owned(bytes)
        }
    }
}

/// UTF-16 shows by the zero byte that every Latin letter, space and line end has.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = |count: usize| count * 5 > sample.len() / 2;
    if many(odd) && even * 20 <= odd {
        Some(UTF_16LE)
    } else if many(even) && odd * 20 <= even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The text, its encoding and how many characters were broken, of bytes that are probably UTF-8.
fn from_utf8(bytes: Cow<'_, [u8]>) -> Result<(String, &'static Encoding, usize), OpenError> {
    let bytes = match String::from_utf8(bytes.into_owned()) {
        Ok(text) if is_binary(text.as_bytes(), 0x00, 10) => return Err(no_text("binary data, not text")),
        Ok(text) => return Ok(japanese_escapes(&text).unwrap_or((text, UTF_8, 0))),
        Err(error) => error.into_bytes(),
    };
    if is_binary(&bytes, 0x08, 3) {
        return Err(no_text("binary data, not text"));
    }
    if is_mostly_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        return Ok((text, UTF_8, broken));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    let (text, encoding, broken) = decoded(detector.guess(None, Utf8Detection::Deny), &bytes);
    if broken * 20 > bytes.len() {
        return Err(no_text("binary data, or text in an encoding that is not known"));
    }
    Ok((text, encoding, broken))
}

/// Whether more than `percent` of the first bytes are controls up to `last` that no text needs.
fn is_binary(bytes: &[u8], last: u8, percent: usize) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    sample.iter().filter(|byte| **byte <= last).count() * 100 > sample.len() * percent
}

/// Whether there are at least two whole characters beyond ASCII for five broken ones: in older
/// encodings pairs of bytes look like UTF-8 by chance, but less often than that.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole * 5 >= broken * 2
}

/// ISO-2022-JP is ASCII throughout, with escapes that shift to Japanese.
fn japanese_escapes(text: &str) -> Option<(String, &'static Encoding, usize)> {
    if !text.is_ascii() || memchr::memmem::find(text.as_bytes(), b"\x1b$").is_none() {
        return None;
    }
    let decoded = ISO_2022_JP.decode_without_bom_handling_and_without_replacement(text.as_bytes())?;
    Some((decoded.into_owned(), ISO_2022_JP, 0))
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> (String, &'static Encoding, usize) {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let broken = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    (text.into_owned(), encoding, broken)
}

fn no_text(reason: &str) -> OpenError {
    OpenError::NoText(reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, encoding: &str, warnings: &[&str]) {
        let decoded = decode(Cow::Borrowed(bytes)).expect("it is text");
        assert_eq!(decoded.text, expected);
        assert_eq!(decoded.encoding, encoding);
        assert_eq!(decoded.warnings, warnings);
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn marks_are_obeyed_and_gone() {
        check(b"\xEF\xBB\xBFWe deny it.", "We deny it.", "UTF-8", &[]);
        check(b"\xEF\xBB\xBF\xEF\xBB\xBFWe deny it.", "We deny it.", "UTF-8", &[]);
        let little = [&b"\xFF\xFE"[..], &utf16("“No” — 中😀\r\n", u16::to_le_bytes)].concat();
        check(&little, "“No” — 中😀\r\n", "UTF-16LE", &["not UTF-8; read as UTF-16LE"]);
        let big = [&b"\xFE\xFF"[..], &utf16("“No”", u16::to_be_bytes)].concat();
        check(&big, "“No”", "UTF-16BE", &["not UTF-8; read as UTF-16BE"]);
    }

    #[test]
    fn utf16_is_known_without_a_mark_and_survives_damage() {
        check(
            &utf16("We deny it.", u16::to_le_bytes),
            "We deny it.",
            "UTF-16LE",
            &["not UTF-8; read as UTF-16LE"],
        );
        check(
            &utf16("We deny it.", u16::to_be_bytes),
            "We deny it.",
            "UTF-16BE",
            &["not UTF-8; read as UTF-16BE"],
        );
        let damaged = [&b"\xFF\xFE"[..], &utf16("No", u16::to_le_bytes), b"\x00\xD8A\0Z"].concat();
        check(
            &damaged,
            "No�A�",
            "UTF-16LE",
            &["not UTF-8; read as UTF-16LE", "2 broken characters shown as �"],
        );
    }

    #[test]
    fn broken_bytes_in_good_utf8_are_shown() {
        check(
            b"\xE2\x80\x9CNo\xE2\x80\x9D \xFF\xE2\x80 it",
            "“No” �� it",
            "UTF-8",
            &["2 broken characters shown as �"],
        );
    }

    #[test]
    fn older_encodings_are_told_apart() {
        let check = |text: &str, encoding: &'static Encoding| {
            let (bytes, _, _) = encoding.encode(text);
            let warning = format!("not UTF-8; read as {}", encoding.name());
            check(&bytes, text, encoding.name(), &[&warning]);
        };
        check("“We reject it,” the minister’s café said — twice.", encoding_rs::WINDOWS_1252);
        check("Министерство назвало обвинения голословными.", encoding_rs::WINDOWS_1251);
        check("外交部发言人说：“这种指责毫无根据。”", encoding_rs::GBK);
        check("報道官は「根拠がない」と述べた。", encoding_rs::SHIFT_JIS);
        check("報道官は「根拠がない」と述べた。", ISO_2022_JP);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for (bytes, reason) in [
            (&b""[..], "empty"),
            (b"\xEF\xBB\xBF", "empty"),
            (b"\xFF\xFE", "empty"),
            (&[0; 5000], "binary data, not text"),
            (&noise, "binary data, not text"),
        ] {
            let error = decode(Cow::Borrowed(bytes)).expect_err("it is no text");
            assert_eq!(error.to_string(), reason);
        }
    }

    #[test]
    fn one_zero_byte_does_not_make_it_binary() {
        check(
            b"The ha\0ck was denied.",
            "The ha␀ck was denied.",
            "UTF-8",
            &["1 control character shown as signs"],
        );
    }
}
