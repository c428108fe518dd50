//! The text of blocks: white space as a browser shows it, references to characters read.

use html5gum::{Token, Tokenizer};

use super::page::{Block, Page, Run};
use crate::document::clean::clean;
use crate::document::furniture::is_page_furniture;
use crate::document::{BlockKind, FlowWriter};
use crate::text::SourceSpan;

/// Bytes that the longest reference to a character takes.
const LONGEST_REFERENCE: usize = 40;

/// A piece of a run: what stands in the source, and what is shown instead, if not that.
enum Piece {
    AsIs(SourceSpan),
    Space(SourceSpan),
    Character(SourceSpan, String),
    LineEnd,
}

/// Writes `block` of `page` into the block that is being written, which is of `kind`; empty lines of
/// preformatted text begin others.
pub fn write(page: &Page, block: &Block, source: &str, kind: BlockKind, writer: &mut FlowWriter<'_>) {
    let mut spaced = false;
    for run in page.runs[block.start..block.end].iter().filter(|run| !is_button(**run, source)) {
        for piece in pieces(source, run.span, run.preformatted) {
            let is_space = matches!(piece, Piece::Space(_) | Piece::LineEnd);
            match piece {
                Piece::AsIs(span) => writer.show(span),
                Piece::Space(_) if spaced => {}
                Piece::Space(span) if span.of(source) == " " => writer.show(span),
                Piece::Space(span) => writer.show_as(span, " "),
                // An entity may spell what a terminal would obey.
                Piece::Character(span, text) => writer.show_as(span, &clean(text).0),
                Piece::LineEnd => writer.begin(kind),
            }
            spaced = is_space;
        }
    }
}

/// Whether a link is a button rather than words.
fn is_button(run: Run, source: &str) -> bool {
    const LONGEST: usize = 60;
    run.link
        && run.span.len() <= LONGEST
        && is_page_furniture(&decoded(run.span.of(source)).replace('\u{A0}', " "))
}

/// The text of `block` as it will be read.
pub fn plain(page: &Page, block: &Block, source: &str) -> String {
    let mut text = String::new();
    for run in page.runs[block.start..block.end].iter().filter(|run| !is_button(**run, source)) {
        for piece in pieces(source, run.span, false) {
            match piece {
                Piece::AsIs(span) => text.push_str(span.of(source)),
                Piece::Character(_, c) => text.push_str(&c),
                Piece::Space(_) | Piece::LineEnd if text.is_empty() || text.ends_with(' ') => {}
                Piece::Space(_) | Piece::LineEnd => text.push(' '),
            }
        }
    }
    text.truncate(text.trim_end().len());
    clean(text).0
}

/// `text` with its references to characters read.
pub fn decoded(text: &str) -> String {
    let span = SourceSpan::new(0, text.len());
    let pieces = pieces(text, span, false).map(|piece| match piece {
        Piece::AsIs(span) => span.of(text).to_owned(),
        Piece::Character(_, c) => c,
        Piece::Space(_) | Piece::LineEnd => " ".to_owned(),
    });
    clean(pieces.collect()).0
}

fn pieces(source: &str, span: SourceSpan, preformatted: bool) -> impl Iterator<Item = Piece> + '_ {
    let mut at = span.start;
    std::iter::from_fn(move || {
        let rest = source.get(at..span.end).filter(|rest| !rest.is_empty())?;
        let start = at;
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        if spaces > 0 {
            at += spaces;
            let span = SourceSpan::new(start, at);
            let line_ends = rest[..spaces].matches('\n').count();
            return Some(if preformatted && line_ends > 1 { Piece::LineEnd } else { Piece::Space(span) });
        }
        if rest.starts_with('&')
            && let Some((length, text)) = reference(rest)
        {
            at += length;
            return Some(Piece::Character(SourceSpan::new(start, at), text));
        }
        // An `&` that is no reference stands for itself.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length =
            rest[first..].find([' ', '\t', '\n', '\r', '&']).map_or(rest.len(), |length| first + length);
        at += length;
        Some(Piece::AsIs(SourceSpan::new(start, at)))
    })
}

/// The reference to a character at the start of `text`: the bytes it takes, and what it stands for.
fn reference(text: &str) -> Option<(usize, String)> {
    let known = [("&amp;", "&"), ("&nbsp;", "\u{A0}"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">")];
    if let Some((name, means)) = known.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((name.len(), (*means).to_owned()));
    }
    let name = text.as_bytes()[1..].iter().take(LONGEST_REFERENCE);
    let end = 1 + name.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    let end = end + usize::from(text[end..].starts_with(';'));
    let means = Tokenizer::new(&text[..end]).find_map(|token| match token {
        Ok(Token::String(means)) => Some(String::from_utf8_lossy(&means.value).into_owned()),
        _ => None,
    })?;
    (means != text[..end]).then_some((end, means))
}
