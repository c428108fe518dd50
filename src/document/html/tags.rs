//! The elements of HTML, as far as text needs to know them.

/// What an element is to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Text goes on across it.
    Inline,
    /// It parts text.
    Block,
    /// Never closed, holds nothing.
    Void,
    /// Its text is not the page's.
    Unseen,
}

/// Elements that part text.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements across which text goes on.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "map", "mark", "q",
    "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u",
];
/// Elements that hold nothing.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr"];
/// Elements whose text is not the page's.
const UNSEEN: &[&str] = &[
    "applet", "audio", "button", "canvas", "datalist", "frameset", "iframe", "math", "noembed", "noframes",
    "noscript", "object", "optgroup", "option", "script", "select", "style", "svg", "template", "textarea",
    "title", "video",
];

/// The name and nature of an element that matters; others are passed over.
pub fn tag_of(name: &[u8]) -> Option<(&'static str, Nature)> {
    let natures =
        [(INLINE, Nature::Inline), (BLOCKS, Nature::Block), (VOID, Nature::Void), (UNSEEN, Nature::Unseen)];
    natures.iter().find_map(|(tags, nature)| {
        let at = tags.binary_search_by(|tag| tag.as_bytes().cmp(name)).ok()?;
        Some((tags[at], *nature))
    })
}

/// What a start tag closes that was left open: the nearest of `closes` above the nearest of `within`.
pub fn closed_by(tag: &str) -> (&'static [&'static str], &'static [&'static str]) {
    const CELLS: &[&str] = &["td", "th", "caption", "table"];
    match tag {
        "li" => (&["li"], &["ul", "ol", "menu", "dir", "td", "th"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], CELLS),
        "caption" | "legend" | "summary" | "figcaption" => (&[], CELLS),
        _ => (&["p"], CELLS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_sorted_for_the_search() {
        assert!([BLOCKS, INLINE, VOID, UNSEEN].iter().all(|tags| tags.is_sorted()));
    }
}
