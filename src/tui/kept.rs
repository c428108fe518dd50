//! What a long list is made from, kept from one key to the next until something it depends on changes.
//!
//! Lists of thousands of entries are asked for when a key moves within them and again when they are
//! painted. What is kept here is never more than a function of the rest of the model: forgetting it
//! changes no frame.

use std::cell::RefCell;
use std::rc::Rc;

use super::ledger;
use super::notes::Listed;
use super::outline::Entry;
use super::profile;

/// A value and what it was made for.
#[derive(Debug)]
pub struct Kept<K, V>(RefCell<Option<(K, Rc<V>)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// The value for `key`: the one kept, if it was made for that; else made now.
    pub fn get(&self, key: K, make: impl FnOnce() -> V) -> Rc<V> {
        if let Some((known, value)) = &*self.0.borrow()
            && *known == key
        {
            return Rc::clone(value);
        }
        let value = Rc::new(make());
        *self.0.borrow_mut() = Some((key, Rc::clone(&value)));
        value
    }
}

/// The lists that may be long. Each is made for the model's changes, and for what it is filtered by; all
/// are forgotten when the texts are read anew.
#[derive(Debug, Default)]
pub struct Lists {
    /// The notes listed.
    pub notes: Kept<(u64, String), Vec<Listed>>,
    /// The entries of the outline.
    pub outline_of_all: Kept<(), Vec<Entry>>,
    /// Those that are shown.
    pub outline: Kept<(u64, String), Vec<Entry>>,
    /// What the ledger shows.
    pub ledger: ledger::Lists,
    /// What is pictured.
    pub profile: profile::Lists,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_what_it_depends_on() {
        let kept = Kept::default();
        let mut made = 0;
        for key in [1, 1, 2, 2, 1] {
            assert_eq!(
                *kept.get(key, || {
                    made += 1;
                    key * 10
                }),
                key * 10
            );
        }
        assert_eq!(made, 3);
    }
}
