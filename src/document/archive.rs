//! The parts of a ZIP archive that a document is made of, and the XML in them; both bounded.
//!
//! Nothing is unpacked to disk and no name in the archive is used as a path. An entity that the file
//! declares itself is never read, so none can grow or lead elsewhere.

use std::io::{Cursor, Read as _};

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::OpenError;

/// The most that one part may expand to, in bytes.
const MOST_EXPANDED: u64 = 64 << 20;
/// Elements within elements before a part is refused.
const DEEPEST: usize = 100_000;

/// An archive that is open.
pub struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Archive<'b> {
    /// The archive that `bytes` are.
    ///
    /// # Errors
    /// If they are none, or not whole.
    pub fn new(bytes: &'b [u8]) -> Result<Self, OpenError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            OpenError::NoText(format!("damaged: it begins as a ZIP archive, but {}", reason(&error)))
        })?;
        Ok(Self { zip })
    }

    /// The part called `name` as text; none if there is no such part.
    ///
    /// # Errors
    /// If the part is locked, damaged or expands to too much.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, OpenError> {
        let failed = |reason: String| OpenError::NoText(format!("{name} in it cannot be read: {reason}"));
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(failed(reason(&error))),
        };
        let mut bytes = Vec::new();
        part.take(MOST_EXPANDED + 1).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
        if bytes.len() as u64 > MOST_EXPANDED {
            return Err(failed(format!("it expands to more than {} MB", MOST_EXPANDED >> 20)));
        }
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((encoding_rs::UTF_8, 0));
        Ok(Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()))
    }
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            "it needs a password".to_owned()
        }
        ZipError::UnsupportedArchive(why) => format!("this is not supported: {why}"),
        other => other.to_string().to_lowercase(),
    }
}

/// What stands in XML, names without their prefix.
pub enum Node<'x> {
    /// An element begins.
    Open(&'x str, Attributes<'x>),
    /// An element ends.
    Close(&'x str),
    /// Text, or the character that a reference stands for.
    Text(&'x str),
}

/// The attributes of an element.
#[derive(Clone, Copy)]
pub struct Attributes<'x>(&'x BytesStart<'x>);

impl Attributes<'_> {
    /// The value of the attribute `name`, whatever its prefix.
    pub fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let mut known = attributes.with_checks(false).flatten();
        known
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|found| found.value.into_owned())
    }
}

/// Hands each node of `xml` to `take`, in order; stops where the XML is damaged, which is told.
pub fn walk(xml: &str, mut take: impl FnMut(Node<'_>)) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Some(format!("elements stand more than {DEEPEST} deep in each other"));
                }
                take(Node::Open(start.local_name().as_ref(), Attributes(&start)));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(end.local_name().as_ref()));
            }
            Ok(Event::Text(text)) => take(Node::Text(&text.xml10_content())),
            Ok(Event::CData(text)) => take(Node::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(reference)) => {
                if let Some(c) = character(&reference) {
                    take(Node::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// The character that `&…;` stands for, of XML's own.
fn character(reference: &BytesRef<'_>) -> Option<char> {
    let name = reference.xml10_content();
    match &*name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &str, damaged: bool) {
        let mut found = String::new();
        let damage = walk(xml, |node| match node {
            Node::Open(name, attributes) => {
                let value = attributes.value("a").map(|value| format!("={value}")).unwrap_or_default();
                found.extend(["<", name, &value, ">"]);
            }
            Node::Close(name) => found.extend(["</", name, ">"]),
            Node::Text(text) => found.push_str(text),
        });
        assert_eq!(found, expected);
        assert_eq!(damage.is_some(), damaged, "{damage:?}");
    }

    #[test]
    fn prefixes_are_gone_and_references_read() {
        check("<w:p w:a='1'>b &amp; c&#x4e2d;<w:br/></w:p>", "<p=1>b & c中<br></br></p>", false);
    }

    #[test]
    fn entities_of_the_file_are_never_read() {
        check("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>a &x; b</d>", "<d>a  b</d>", false);
    }

    #[test]
    fn damage_ends_the_reading_and_is_told() {
        check("<d>a<e", "<d>a", true);
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        let error = Archive::new(b"PK\x03\x04rest").err().expect("it is damaged");
        assert!(error.to_string().starts_with("damaged: it begins as a ZIP archive, but "), "{error}");
    }
}
