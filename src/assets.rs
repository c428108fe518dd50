//! Layer 0: the data files of `assets/` as the build packed them.
//!
//! TOML is what people edit and what a user's own files are parsed as, strictly and with the place
//! of every mistake. Ours are packed when the program is built (`assets/build.rs`), because a start
//! that parses them again shows its first frame milliseconds later.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// The packed form of a TOML file of `assets/`, for [`read`].
macro_rules! packed {
    ($file:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/assets/", $file))
    };
}
pub(crate) use packed;

/// What a packed file says. Its types are those that its TOML is read as.
pub fn read<'p, T: Deserialize<'p>>(packed: &'p [u8]) -> T {
    rmp_serde::from_slice(packed).expect("a test reads every file that is built in")
}

/// The lines of a table, in the order of the file.
#[derive(Debug)]
pub struct Lines<'p, T>(pub Vec<(&'p str, T)>);

impl<'p, T: Deserialize<'p>> Deserialize<'p> for Lines<'p, T> {
    fn deserialize<D: Deserializer<'p>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);

        impl<'p, T: Deserialize<'p>> Visitor<'p> for InOrder<T> {
            type Value = Lines<'p, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<M: MapAccess<'p>>(self, mut table: M) -> Result<Self::Value, M::Error> {
                let mut lines = Vec::new();
                while let Some(line) = table.next_entry()? {
                    lines.push(line);
                }
                Ok(Lines(lines))
            }
        }

        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_the_order_of_their_file() {
        let tables: Lines<Lines<&str>> = read(packed!("keys.toml"));
        let names: Vec<&str> = tables.0.iter().map(|(name, _)| *name).collect();
        assert_eq!(names[0], "browse");
        let text = include_str!("../assets/keys.toml");
        let places: Vec<_> = names.iter().map(|name| text.find(&format!("[{name}]"))).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{names:?}");
    }
}
