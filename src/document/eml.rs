//! E-mail messages: what the body says, by its sender; the subject is the title.
//!
//! A plain body is preferred, else the body as a web page is read; quoted messages below, signatures
//! and attachments are left out.

use std::borrow::Cow;

use jiff::civil::Date;
use mail_parser::{Address, DateTime, Message, MessageParser};

use super::encoding::{Decoded, Told, made};
use super::outline::Outline;
use super::{Byline, OpenError, Segmentation, html, txt};

/// Whether the first line is a field of a message's head, and the file is called a message or the
/// head says that it is one.
pub fn is(head: &[u8], extension: &str) -> bool {
    const FIELDS: [&[u8]; 5] =
        [b"from: ", b"received: ", b"return-path: ", b"message-id: ", b"mime-version: "];
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    let is_field = name.len() < line.len()
        && !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
    match extension {
        "eml" | "mht" | "mhtml" => is_field,
        "" | "msg" => {
            let head = head.to_ascii_lowercase();
            let count = FIELDS.iter().filter(|field| memchr::memmem::find(&head, field).is_some()).count();
            is_field && count >= 3
        }
        _ => false,
    }
}

/// The body of a message as an outline.
///
/// # Errors
/// If there is no body that is text.
#[expect(clippy::needless_pass_by_value, reason = "every format has this form")]
pub fn source(bytes: Cow<'_, [u8]>, _: Told) -> Result<Decoded, OpenError> {
    let message = MessageParser::default().parse(&*bytes).ok_or_else(|| {
        OpenError::NoText("an e-mail message that cannot be read: its head is damaged".to_owned())
    })?;
    let byline = message.from().and_then(Address::first).and_then(|from| from.name.as_deref());
    let byline = byline.map(|name| Byline { name: name.trim().to_owned(), role: None });
    let mut outline = Outline::new(byline.filter(|byline| !byline.name.is_empty()).as_ref());
    let body = body(&message).ok_or_else(|| {
        OpenError::NoText("an e-mail message without a text in it (attachments only)".to_owned())
    })?;
    match body {
        Body::Plain(text) => {
            let text = made(unquoted(&text)).text;
            outline.push_flow(&txt::read(&text, Segmentation::Auto).flow);
        }
        Body::Page(text) => {
            let text = made(text.into_owned()).text;
            outline.push_flow(&html::read(&text, Segmentation::Auto).flow);
        }
    }
    let mut decoded = made(outline.finish());
    decoded.title = message.subject().map(|title| made(title.trim().to_owned()).text);
    decoded.date = message.date().and_then(day);
    Ok(decoded)
}

enum Body<'m> {
    Plain(Cow<'m, str>),
    Page(Cow<'m, str>),
}

/// The text of a message, if it has one of its own: the parser would make each kind of the other.
fn body<'m>(message: &'m Message<'_>) -> Option<Body<'m>> {
    let plain = message.text_bodies().find(|part| part.is_text() && !part.is_text_html());
    let plain = plain.and_then(|part| part.text_contents()).filter(|text| !text.trim().is_empty());
    let page = message.html_bodies().find(|part| part.is_text_html()).and_then(|part| part.text_contents());
    plain.map(|text| Body::Plain(text.into())).or_else(|| page.map(|text| Body::Page(text.into())))
}

fn day(date: &DateTime) -> Option<Date> {
    Date::new(i16::try_from(date.year).ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?).ok()
}

/// A plain body up to its signature, without quoted lines.
fn unquoted(text: &str) -> String {
    let lines = text.lines().take_while(|line| line.trim_end() != "--").filter(|line| !line.starts_with('>'));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, expected: &str) {
        let decoded = source(Cow::Borrowed(message.as_bytes()), Told::default()).expect("it has a text");
        assert_eq!(decoded.text, expected);
        assert_eq!(decoded.title.as_deref(), Some("On the cables"));
        assert_eq!(decoded.date, Some(jiff::civil::date(2031, 3, 12)));
    }

    const HEAD: &str = "From: Marit Ostergaal <press@sea.example>\r\nSubject: =?utf-8?q?On_the_cables?=\r\n\
        Date: Wed, 12 Mar 2031 09:00:00 +0100\r\nMIME-Version: 1.0\r\n";

    #[test]
    fn a_plain_body_is_read_up_to_its_signature() {
        check(
            &format!(
                "{HEAD}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                 =E2=80=9CWe deny=\r\n it.=E2=80=9D\r\n\r\n> They say so.\r\n-- \r\nPress office\r\n"
            ),
            "---\nspeaker: 'Marit Ostergaal'\n---\n\n“We deny it.”\n",
        );
    }

    #[test]
    fn a_page_is_read_where_there_is_no_plain_body() {
        check(
            &format!(
                "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n\
                 <style>p{{}}</style><p>We deny it.</p>\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b--\r\n"
            ),
            "---\nspeaker: 'Marit Ostergaal'\n---\n\nWe deny it.\n",
        );
    }

    #[test]
    fn messages_are_told_by_their_head() {
        for (head, extension, expected) in [
            (&b"From: a@b.example\n\nHello"[..], "eml", true),
            (b"We deny it: all.", "eml", false),
            (b"Received: x\nFrom: a\nMessage-ID: b\n\n", "", true),
            (b"From: the ministry\nTo all", "", false),
            (b"From: a@b.example\n\nHello", "txt", false),
        ] {
            assert_eq!(is(head, extension), expected, "{}", String::from_utf8_lossy(head));
        }
    }
}
