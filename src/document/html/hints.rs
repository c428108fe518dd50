//! What the name and attributes of an element tell of it: the statement's own place, or furniture.

use std::sync::LazyLock;

use crate::document::furniture::FURNITURE;

/// Attributes that are looked at.
pub const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "role",
    "style",
    "hidden",
    "aria-hidden",
    "href",
    "itemprop",
    "property",
    "name",
    "content",
    "datetime",
    "type",
];

/// What an element seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Nothing is known.
    None,
    /// The page says that the main text is here: `<main>`.
    Main,
    /// An article of perhaps several: `<article>`.
    Article,
    /// Menus, banners, footers: not the statement, unless most of the text is in it.
    Furniture,
}

/// The hint that `tag` with these attributes gives.
pub fn hint(tag: &str, values: &[(String, String)]) -> Hint {
    let value = |name: &str| values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    match tag {
        "html" | "body" => return Hint::None,
        "nav" | "footer" | "aside" | "dialog" | "menu" | "figcaption" => return Hint::Furniture,
        _ => {}
    }
    let hidden = value("hidden").is_some()
        || value("aria-hidden") == Some("true")
        || value("style").is_some_and(is_hiding)
        || value("role").is_some_and(|role| FURNITURE.roles.iter().any(|known| known == role));
    if hidden || ["class", "id"].iter().any(|name| value(name).is_some_and(names_furniture)) {
        return Hint::Furniture;
    }
    match tag {
        "main" => Hint::Main,
        "article" => Hint::Article,
        _ if value("role") == Some("main") => Hint::Main,
        _ if value("itemprop").is_some_and(|what| what.eq_ignore_ascii_case("articleBody")) => Hint::Article,
        _ => Hint::None,
    }
}

fn is_hiding(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// The class words of furniture, sorted for the search.
static CLASSES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut classes: Vec<&str> = FURNITURE.classes.iter().map(String::as_str).collect();
    classes.sort_unstable();
    classes
});

/// Whether one of the names in a `class` or `id`, or one of its words, is that of furniture.
fn names_furniture(names: &str) -> bool {
    let known = |word: &str| CLASSES.binary_search(&word.to_lowercase().as_str()).is_ok();
    names.split_whitespace().any(|name| known(name) || words(name).any(known))
}

/// The words of a name in `kebab-case`, `snake_case` or `camelCase`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|part| {
        let mut at = 0;
        std::iter::from_fn(move || {
            let rest = part.get(at..).filter(|rest| !rest.is_empty())?;
            let bytes = rest.as_bytes();
            let end = (1..bytes.len())
                .find(|&i| bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase())
                .unwrap_or(bytes.len());
            at += end;
            rest.get(..end)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, name: &str, value: &str, expected: Hint) {
        assert_eq!(hint(tag, &[(name.to_owned(), value.to_owned())]), expected, "<{tag} {name}={value}>");
    }

    #[test]
    fn names_and_attributes_tell() {
        check("nav", "class", "", Hint::Furniture);
        check("div", "class", "page-footer wide", Hint::Furniture);
        check("div", "id", "CookieBar", Hint::Furniture);
        check("div", "class", "navigate loaded", Hint::None);
        check("div", "style", "display : none", Hint::Furniture);
        check("div", "role", "navigation", Hint::Furniture);
        check("div", "role", "main", Hint::Main);
        check("body", "class", "has-sidebar", Hint::None);
        check("article", "class", "node", Hint::Article);
        check("div", "itemprop", "articleBody", Hint::Article);
    }
}
