//! Rich Text: the words of the body with their paragraphs; fonts tell the encoding of what is not
//! written as Unicode.
//!
//! Groups that hold no words (tables of fonts and styles, pictures, fields' codes, headers, notes)
//! are passed over, as is every group that says so of itself (`\*`).

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::encoding::{Decoded, Told, made};
use super::outline::Outline;
use super::{BlockKind, OpenError};

/// Whether it begins as Rich Text does.
pub fn is(head: &[u8], _: &str) -> bool {
    head.starts_with(b"{\\rtf")
}

/// The paragraphs as an outline.
///
/// # Errors
/// Never: what is damaged is read as far as it goes.
#[expect(clippy::needless_pass_by_value, reason = "every format has this form")]
pub fn source(bytes: Cow<'_, [u8]>, told: Told) -> Result<Decoded, OpenError> {
    let mut reader = Reader::new(told.by_user);
    for token in (Tokens { bytes: &bytes, at: 0 }) {
        reader.take(token);
    }
    let title = reader.title.take();
    let mut decoded = made(reader.finish());
    decoded.title = title.map(|title| made(title).text);
    Ok(decoded)
}

/// Groups within groups that are told apart.
const DEEPEST: usize = 1000;

/// Destinations whose text is none of the body's.
const UNREAD: &[&str] = &[
    "annotation",
    "atnauthor",
    "atndate",
    "atnid",
    "atnref",
    "colortbl",
    "comment",
    "datafield",
    "filetbl",
    "fldinst",
    "footer",
    "footerf",
    "footerl",
    "footerr",
    "footnote",
    "header",
    "headerf",
    "headerl",
    "headerr",
    "info",
    "listoverridetable",
    "listtable",
    "nonshppict",
    "object",
    "pict",
    "revtbl",
    "rsidtbl",
    "shpinst",
    "stylesheet",
    "tc",
    "themedata",
    "txe",
    "xe",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'b> {
    Open,
    Close,
    Word(&'b str, Option<i32>),
    Symbol(u8),
    /// `\'hh`
    Byte(u8),
    Text(&'b [u8]),
}

struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    fn control(&mut self) -> Option<Token<'b>> {
        let bytes: &'b [u8] = self.bytes;
        let first = *bytes.get(self.at)?;
        if first == b'\'' {
            let digits = bytes.get(self.at + 1..self.at + 3)?;
            self.at += 3;
            let byte =
                std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
            return Some(byte.map_or(Token::Symbol(b'\''), Token::Byte));
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(Token::Symbol(first));
        }
        let run = |from: usize, is: fn(&u8) -> bool| bytes[from..].iter().take_while(|byte| is(byte)).count();
        let name = self.at..self.at + run(self.at, u8::is_ascii_alphabetic);
        let sign = name.end + usize::from(bytes.get(name.end) == Some(&b'-'));
        let digits = sign + run(sign, u8::is_ascii_digit);
        let number =
            std::str::from_utf8(&bytes[name.end..digits]).ok().and_then(|digits| digits.parse().ok());
        self.at = if digits == sign { name.end } else { digits };
        self.at += usize::from(bytes.get(self.at) == Some(&b' '));
        let name = std::str::from_utf8(&bytes[name]).unwrap_or_default();
        if name == "bin" {
            // Raw bytes follow.
            self.at = self.at.saturating_add(number.and_then(|n: i32| usize::try_from(n).ok()).unwrap_or(0));
        }
        Some(Token::Word(name, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        let bytes: &'b [u8] = self.bytes;
        loop {
            let first = *bytes.get(self.at)?;
            self.at += 1;
            return match first {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                _ => {
                    let start = self.at - 1;
                    let rest = &bytes[start..];
                    let end = rest.iter().position(|byte| b"{}\\\r\n\0".contains(byte));
                    self.at = end.map_or(bytes.len(), |length| start + length);
                    Some(Token::Text(&bytes[start..self.at]))
                }
            };
        }
    }
}

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
struct Group {
    place: Place,
    encoding: &'static Encoding,
    /// How many characters stand behind `\u` for programs that do not know it.
    fallbacks: usize,
    hidden: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Body,
    Fonts,
    Title,
    Unread,
}

struct Reader {
    by_user: Option<&'static Encoding>,
    group: Group,
    around: Vec<Group>,
    /// Groups open beyond [`DEEPEST`].
    beyond: usize,
    fonts: Vec<(i32, &'static Encoding)>,
    font: i32,
    /// Whether the group that just began says that it may be passed over.
    optional: bool,
    /// Characters still to be passed over behind a `\u`.
    passed: usize,
    /// Half of a pair of surrogates.
    half: Option<u16>,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    words: String,
    kind: BlockKind,
    title: Option<String>,
    outline: Outline,
}

impl Reader {
    fn new(by_user: Option<&'static Encoding>) -> Self {
        let encoding = by_user.unwrap_or(encoding_rs::WINDOWS_1252);
        Self {
            by_user,
            group: Group { place: Place::Body, encoding, fallbacks: 1, hidden: false },
            around: Vec::new(),
            beyond: 0,
            fonts: Vec::new(),
            font: 0,
            optional: false,
            passed: 0,
            half: None,
            bytes: Vec::new(),
            words: String::new(),
            kind: BlockKind::Paragraph,
            title: None,
            outline: Outline::default(),
        }
    }

    fn take(&mut self, token: Token<'_>) {
        if !matches!(token, Token::Byte(_) | Token::Text(_)) {
            self.decode();
        }
        match token {
            Token::Open if self.around.len() >= DEEPEST => self.beyond += 1,
            Token::Open => self.around.push(self.group),
            Token::Close if self.beyond > 0 => self.beyond -= 1,
            Token::Close => {
                self.group = self.around.pop().unwrap_or(self.group);
                self.passed = 0;
            }
            Token::Word(name, number) => self.word(name, number),
            Token::Symbol(sign) => self.symbol(sign),
            Token::Byte(byte) => self.add_bytes(&[byte]),
            Token::Text(bytes) => self.add_bytes(bytes),
        }
        self.optional = token == Token::Symbol(b'*');
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if self.optional && name != "shppict" || UNREAD.contains(&name) {
            self.group.place = Place::Unread;
        }
        match (name, number) {
            ("fonttbl", _) => self.group.place = Place::Fonts,
            ("title", _) if self.around.len() == 3 || self.group.place == Place::Unread => {
                self.group.place = Place::Title;
            }
            ("f", Some(font)) => self.use_font(font),
            ("fcharset", Some(charset)) if self.group.place == Place::Fonts => {
                if let Some(encoding) = of_charset(charset) {
                    self.fonts.push((self.font, encoding));
                }
            }
            ("ansicpg", Some(page)) => self.use_encoding(of_page(page)),
            ("mac", _) => self.use_encoding(Some(encoding_rs::MACINTOSH)),
            ("uc", Some(count)) => self.group.fallbacks = usize::try_from(count).unwrap_or(0).min(16),
            ("u", Some(code)) => self.unicode(code as u16),
            ("v" | "deleted", value) => self.group.hidden = value != Some(0),
            ("plain", _) => self.group.hidden = false,
            ("par" | "sect" | "page" | "cell" | "row" | "nestcell", _) => self.end(),
            ("pard", _) => self.kind = BlockKind::Paragraph,
            ("outlinelevel", Some(0..9)) => self.kind = BlockKind::Heading,
            ("line", _) if super::lines::ends_sentence(self.words.trim_end()) => self.end(),
            ("line" | "tab", _) => self.add(" "),
            _ => self.add(named(name)),
        }
    }

    fn symbol(&mut self, sign: u8) {
        match sign {
            b'~' => self.add("\u{A0}"),
            b'_' => self.add("\u{2011}"),
            b'\\' | b'{' | b'}' => self.add(char::from(sign).encode_utf8(&mut [0; 4])),
            b'\r' | b'\n' => self.end(),
            _ => {}
        }
    }

    fn use_font(&mut self, font: i32) {
        self.font = font;
        if self.group.place != Place::Fonts {
            let known = self.fonts.iter().rev().find(|(known, _)| *known == font);
            self.use_encoding(known.map(|(_, encoding)| *encoding));
        }
    }

    fn use_encoding(&mut self, encoding: Option<&'static Encoding>) {
        if let (Some(encoding), None) = (encoding, self.by_user) {
            self.group.encoding = encoding;
        }
    }

    fn unicode(&mut self, unit: u16) {
        let units = self.half.take().into_iter().chain([unit]);
        let mut read = String::new();
        for c in char::decode_utf16(units) {
            match c {
                Ok(c) => read.push(c),
                Err(_) if (0xD800..0xDC00).contains(&unit) => self.half = Some(unit),
                Err(_) => read.push('\u{FFFD}'),
            }
        }
        self.add(&read);
        self.passed = self.group.fallbacks;
    }

    fn add_bytes(&mut self, bytes: &[u8]) {
        let passed = self.passed.min(bytes.len());
        self.passed -= passed;
        self.bytes.extend_from_slice(&bytes[passed..]);
    }

    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let (text, _) = self.group.encoding.decode_without_bom_handling(&bytes);
            self.add(&text);
        }
    }

    fn add(&mut self, text: &str) {
        match self.group.place {
            Place::Body if !self.group.hidden && !self.outline.is_full() => self.words.push_str(text),
            Place::Title => self.title.get_or_insert_default().push_str(text),
            _ => {}
        }
    }

    fn end(&mut self) {
        if self.group.place == Place::Body {
            self.outline.push(self.kind, &self.words);
            self.words.clear();
        }
    }

    fn finish(mut self) -> String {
        self.decode();
        self.outline.push(self.kind, &self.words);
        self.outline.finish()
    }
}

/// The character that a control word names.
fn named(word: &str) -> &'static str {
    match word {
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => "",
    }
}

/// The encoding of a Windows code page.
fn of_page(page: i32) -> Option<&'static Encoding> {
    match page {
        932 => Some(encoding_rs::SHIFT_JIS),
        936 => Some(encoding_rs::GBK),
        949 => Some(encoding_rs::EUC_KR),
        950 => Some(encoding_rs::BIG5),
        10000 => Some(encoding_rs::MACINTOSH),
        65001 => Some(encoding_rs::UTF_8),
        _ => Encoding::for_label(format!("windows-{page}").as_bytes()),
    }
}

/// The encoding of a font's character set.
fn of_charset(charset: i32) -> Option<&'static Encoding> {
    of_page(match charset {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rtf: &[u8], expected: &str) {
        let decoded = source(Cow::Borrowed(rtf), Told::default()).expect("it is read as far as it goes");
        assert_eq!(decoded.text, expected, "{:?}", String::from_utf8_lossy(rtf));
    }

    #[test]
    fn paragraphs_and_signs_are_read() {
        check(
            b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}\\pard \\ldblquote We\\~deny {\\b it}.\\rdblquote\\par\r\nTw\\emdash o\\line three.\\par}",
            "“We\u{A0}deny it.”\n\nTw—o three.\n",
        );
    }

    #[test]
    fn bytes_are_read_in_the_encoding_of_their_font() {
        check(b"{\\rtf1\\ansi\\ansicpg1251 \\'cd\\'e5\\'f2.}", "Нет.\n");
        check(
            b"{\\rtf1{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset134 S;}}\\f0 caf\\'e9 {\\f1\\'b7\\'f1\\'c8\\'cf} na\\'efve}",
            "café 否认 naïve\n",
        );
        check(b"{\\rtf1\\uc1 \\u8220?No\\u8221? \\u-10179?\\u-8704? {\\uc0\\u233}.}", "“No” 😀 é.\n");
    }

    #[test]
    fn what_is_not_of_the_body_is_left_out() {
        check(
            b"{\\rtf1{\\info{\\title On cables}{\\author A}}{\\header H\\par}{\\field{\\*\\fldinst X}{\\fldrslt no}} {\\v secret}ground{\\footnote F}.{\\pict\\bin4 }}{{}x}",
            "no ground.x\n",
        );
    }

    #[test]
    fn the_title_is_found() {
        let rtf = b"{\\rtf1{\\info{\\title On cables}}We deny it.}";
        let decoded = source(Cow::Borrowed(rtf), Told::default()).expect("it is read");
        assert_eq!(decoded.title.as_deref(), Some("On cables"));
    }

    #[test]
    fn damage_is_no_end() {
        check(b"{\\rtf1 We deny it.\\", "We deny it.\n");
        check(b"{\\rtf1 We }} deny \\'zz it.", "We deny it.\n");
        check(&[&b"{\\rtf1 "[..], &b"{".repeat(100_000), b"deep"].concat(), "deep\n");
    }
}
