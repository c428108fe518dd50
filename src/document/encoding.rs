//! Bytes to text: byte order marks, UTF-8, UTF-16 with and without a mark, and older encodings.
//!
//! UTF-8 is tried first, since hardly anything else is valid by chance; broken bytes inside
//! otherwise good UTF-8 are replaced. What is not UTF-8 is told apart by its statistics
//! (`chardetng`, Firefox's detector), or refused as no text at all.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
pub use encoding_rs::Encoding;
use encoding_rs::{EUC_KR, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use jiff::civil::Date;

use super::clean::{clean, counted};
use super::{OpenError, magic};

/// A text and how it was decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// Without byte order marks and, see [`clean`], without anything that a terminal would obey.
    pub text: String,
    /// The encoding that was assumed, by its WHATWG name.
    pub encoding: &'static str,
    /// A title, if the file's own properties name one.
    pub title: Option<String>,
    /// A date, if the file's own properties name one.
    pub date: Option<Date>,
    /// What was odd about it, for the reader.
    pub warnings: Vec<String>,
}

/// What is known of a text's encoding before its bytes are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// By the user: obeyed.
    pub by_user: Option<&'static Encoding>,
    /// By the document: believed unless its bytes show otherwise.
    pub declared: Option<&'static Encoding>,
}

/// A text, its encoding, and what became of it.
struct Read {
    text: String,
    encoding: &'static Encoding,
    /// How many characters were broken.
    broken: usize,
    /// Whether the encoding was guessed from statistics alone.
    guessed: bool,
}

/// As many bytes are looked at to tell binary data and encodings apart.
const SAMPLE: usize = 1 << 18;

/// The text of `bytes`.
///
/// # Errors
/// [`OpenError::NoText`] if there is nothing in them, or if they are no text.
pub fn decode(bytes: Cow<'_, [u8]>, told: Told) -> Result<Decoded, OpenError> {
    if let Some(reason) = magic::refusal(&bytes) {
        return Err(OpenError::NoText(reason));
    }
    let Read { text, encoding, broken, guessed } = match (marked(&bytes), told.by_user) {
        (Some((_, mark)), _) if mark == bytes.len() => return Err(no_text("empty")),
        (None, _) if bytes.is_empty() => return Err(no_text("empty")),
        (mark, Some(encoding)) => {
            let mark = mark.filter(|(marked, _)| *marked == encoding).map_or(0, |(_, length)| length);
            decoded(encoding, &bytes[mark..])
        }
        (Some((encoding, mark)), None) if encoding == UTF_8 => from_utf8(without(bytes, mark), None)?,
        (Some((encoding, mark)), None) => decoded(encoding, &bytes[mark..]),
        (None, None) => match unmarked_utf16(&bytes) {
            Some(encoding) => decoded(encoding, &bytes),
            None => from_utf8(bytes, told.declared)?,
        },
    };
    let (text, replaced) = clean(text);
    let mut warnings = Vec::new();
    if guessed {
        warnings.push(format!("not UTF-8 and nothing says what; read as {}", encoding.name()));
    }
    if let Some(broken) = counted(broken, "broken character", "broken characters") {
        warnings.push(format!("{broken} shown as �"));
    }
    warnings.extend(replaced.warning());
    Ok(Decoded { text, encoding: encoding.name(), warnings, ..Decoded::default() })
}

/// The encoding that is called `name`, by any of its names on the web.
///
/// # Errors
/// If there is none.
pub fn named(name: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        "not known; utf-8, utf-16le, gb18030, big5, shift_jis, euc-kr and windows-1251 are".to_owned()
    })
}

/// A text that a format made itself, cleaned.
pub fn made(text: String) -> Decoded {
    let (text, replaced) = clean(text);
    Decoded {
        text,
        encoding: UTF_8.name(),
        warnings: Vec::from_iter(replaced.warning()),
        ..Decoded::default()
    }
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

/// The text of bytes that are probably UTF-8, or else what is `declared`.
fn from_utf8(bytes: Cow<'_, [u8]>, declared: Option<&'static Encoding>) -> Result<Read, OpenError> {
    let bytes = match String::from_utf8(bytes.into_owned()) {
        Ok(text) if is_binary(text.as_bytes(), 0x00, 10) => return Err(no_text("binary data, not text")),
        Ok(text) => return Ok(shifted(&text).unwrap_or_else(|| Read::sound(text, UTF_8))),
        Err(error) => error.into_bytes(),
    };
    if is_binary(&bytes, 0x08, 3) {
        return Err(no_text("binary data, not text"));
    }
    if is_mostly_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        return Ok(Read { broken, ..Read::sound(text, UTF_8) });
    }
    // What declares the encoding of Western Europe is often a program that knows no other.
    let declared = declared.filter(|encoding| !is_utf(encoding) && *encoding != WINDOWS_1252);
    if let Some(read) = declared.map(|encoding| decoded(encoding, &bytes)).filter(|read| read.broken == 0) {
        return Ok(read);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    let read = decoded(detector.guess(None, Utf8Detection::Deny), &bytes);
    if read.broken * 20 > bytes.len() {
        return Err(no_text("binary data, or text in an encoding that is not known; --encoding names one"));
    }
    Ok(Read { guessed: true, ..read })
}

fn is_utf(encoding: &'static Encoding) -> bool {
    encoding.name().starts_with("UTF")
}

impl Read {
    fn sound(text: String, encoding: &'static Encoding) -> Self {
        Self { text, encoding, broken: 0, guessed: false }
    }
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

/// ISO-2022 is ASCII throughout, with escapes that shift to Japanese, Korean or Chinese.
fn shifted(text: &str) -> Option<Read> {
    if !text.is_ascii() || memchr::memmem::find(text.as_bytes(), b"\x1b$").is_none() {
        return None;
    }
    for (designation, encoding) in [("\x1b$)C", EUC_KR), ("\x1b$)A", GBK)] {
        if text.contains(designation) {
            let bytes = unshifted(&text.replace(designation, ""));
            return Some(decoded(encoding, &bytes));
        }
    }
    let decoded = ISO_2022_JP.decode_without_bom_handling_and_without_replacement(text.as_bytes())?;
    Some(Read::sound(decoded.into_owned(), ISO_2022_JP))
}

/// The bytes between “shift out” and “shift in” with their highest bit set, as EUC has them.
fn unshifted(text: &str) -> Vec<u8> {
    let mut out = false;
    let mut bytes = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            0x0E => out = true,
            0x0F => out = false,
            b'\n' | b'\r' => {
                out = false;
                bytes.push(byte);
            }
            _ => bytes.push(if out && byte > 0x20 { byte | 0x80 } else { byte }),
        }
    }
    bytes
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Read {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let broken = if had_errors { text.matches('\u{FFFD}').count() } else { 0 };
    Read { broken, ..Read::sound(text.into_owned(), encoding) }
}

fn no_text(reason: &str) -> OpenError {
    OpenError::NoText(reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str, encoding: &str, warnings: &[&str]) {
        let decoded = decode(Cow::Borrowed(bytes), Told::default()).expect("it is text");
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
        check(&little, "“No” — 中😀\r\n", "UTF-16LE", &[]);
        let big = [&b"\xFE\xFF"[..], &utf16("“No”", u16::to_be_bytes)].concat();
        check(&big, "“No”", "UTF-16BE", &[]);
    }

    #[test]
    fn utf16_is_known_without_a_mark_and_survives_damage() {
        check(&utf16("We deny it.", u16::to_le_bytes), "We deny it.", "UTF-16LE", &[]);
        check(&utf16("We deny it.", u16::to_be_bytes), "We deny it.", "UTF-16BE", &[]);
        let damaged = [&b"\xFF\xFE"[..], &utf16("No", u16::to_le_bytes), b"\x00\xD8A\0Z"].concat();
        check(&damaged, "No�A�", "UTF-16LE", &["2 broken characters shown as �"]);
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
            let warning = format!("not UTF-8 and nothing says what; read as {}", encoding.name());
            check(&bytes, text, encoding.name(), &[&warning]);
        };
        check("“We reject it,” the minister’s café said — twice.", encoding_rs::WINDOWS_1252);
        check("Министерство назвало обвинения голословными.", encoding_rs::WINDOWS_1251);
        check("外交部发言人说：“这种指责毫无根据。”", encoding_rs::GBK);
        check("報道官は「根拠がない」と述べた。", encoding_rs::SHIFT_JIS);
        check("대변인은 근거 없는 주장이라고 말했다.", EUC_KR);
        check("發言人表示，這種指責毫無根據。", encoding_rs::BIG5);
    }

    #[test]
    fn shifts_are_followed() {
        let (bytes, _, _) = ISO_2022_JP.encode("報道官は「根拠がない」と述べた。");
        check(&bytes, "報道官は「根拠がない」と述べた。", "ISO-2022-JP", &[]);
        let (euc, _, _) = EUC_KR.encode("대변인");
        let seven: Vec<u8> = euc.iter().map(|byte| byte & 0x7F).collect();
        let korean = [b"\x1b$)C\x0e", &seven[..], b"\x0f: no."].concat();
        check(&korean, "대변인: no.", "EUC-KR", &[]);
    }

    #[test]
    fn what_is_told_decides_as_far_as_it_can_be_true() {
        let check = |bytes: &[u8], told: Told, expected: &str, encoding: &str| {
            let decoded = decode(Cow::Borrowed(bytes), told).expect("it is text");
            assert_eq!((decoded.text.as_str(), decoded.encoding), (expected, encoding));
            assert_eq!(decoded.warnings, [""; 0]);
        };
        let declared = |encoding| Told { declared: Some(encoding), ..Told::default() };
        let by_user = |encoding| Told { by_user: Some(encoding), ..Told::default() };
        let (gbk, _, _) = GBK.encode("毫无根据");
        check(&gbk, declared(GBK), "毫无根据", "GBK");
        check("毫无根据".as_bytes(), declared(GBK), "毫无根据", "UTF-8");
        check(b"We deny it.", declared(UTF_16LE), "We deny it.", "UTF-8");
        check(b"\xC4\xEE", by_user(encoding_rs::WINDOWS_1251), "До", "windows-1251");
        check("é".as_bytes(), by_user(WINDOWS_1252), "Ã©", "windows-1252");
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
            let error = decode(Cow::Borrowed(bytes), Told::default()).expect_err("it is no text");
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
