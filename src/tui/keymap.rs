//! Which key does what, read from `assets/keys.toml` and a file of the user laid over it.
//!
//! A table a mode, a line a binding: `"g g" = "first_sentence"`. A file is read strictly: every
//! mistake is found and all are told together, each with line, column and what would be right.

mod scope;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::action::Action;
use super::key::Key;
use crate::assets::{Lines, packed, read};
use crate::lexicon::Mistake;
pub use scope::Scope;

/// Keys pressed one after the other and what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// At least one key.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
}

impl Binding {
    /// As the screen shows it: `Ctrl-d`, `gg`, `d 1`.
    pub fn shown(&self) -> String {
        let keys: Vec<String> = self.keys.iter().map(Key::to_string).collect();
        keys.join(if keys.iter().all(|key| key.chars().count() == 1) { "" } else { " " })
    }
}

/// What pressed keys mean so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// They are bound.
    Found(Action),
    /// They begin a longer binding.
    Begun,
    /// They mean nothing.
    Unbound,
}

/// All bindings in force.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    tables: BTreeMap<Scope, Vec<Binding>>,
}

/// Everything wrong in a keys file, one line each: `keys.toml:4:8: …`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct KeymapError(pub Vec<String>);

impl Keymap {
    /// The bindings that are built in.
    pub fn built_in() -> Self {
        const RIGHT: &str = "a test reads the built-in keys as a user's";
        let tables: Lines<Lines<&str>> = read(packed!("keys.toml"));
        let binding = |(keys, action): (&str, &str)| Binding {
            keys: keys.split(' ').map(|key| Key::named(key).expect(RIGHT)).collect(),
            action: Action::named(action).expect(RIGHT),
        };
        let table = |(name, lines): (&str, Lines<&str>)| {
            (Scope::named(name).expect(RIGHT), lines.0.into_iter().map(binding).collect())
        };
        Self { tables: tables.0.into_iter().map(table).collect() }
    }

    /// The built-in bindings with the user's file laid over: `text`, called `file` in messages.
    ///
    /// # Errors
    /// Every mistake of the file.
    pub fn with_user(file: &str, text: &str) -> Result<Self, KeymapError> {
        let mut keymap = Self::built_in();
        keymap.lay_over(file, text)?;
        Ok(keymap)
    }

    /// What `pressed` means in `scope`; the full why panel leaves to the columns what it has no use for.
    pub fn lookup(&self, scope: Scope, pressed: &[Key]) -> Lookup {
        match self.lookup_only(scope, pressed) {
            Lookup::Unbound if scope == Scope::Inspect => self.lookup_only(Scope::Browse, pressed),
            found => found,
        }
    }

    fn lookup_only(&self, scope: Scope, pressed: &[Key]) -> Lookup {
        let mut begun = false;
        for binding in self.bindings(scope) {
            if binding.keys == pressed {
                return Lookup::Found(binding.action);
            }
            begun |= binding.keys.starts_with(pressed);
        }
        if begun { Lookup::Begun } else { Lookup::Unbound }
    }

    /// The bindings of `scope`, in the order of the file.
    pub fn bindings(&self, scope: Scope) -> &[Binding] {
        self.tables.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// The keys of `action` in `scope` as the screen shows them, in the order of the file.
    pub fn keys_of(&self, scope: Scope, action: Action) -> Vec<String> {
        self.bindings(scope).iter().filter(|b| b.action == action).map(Binding::shown).collect()
    }

    /// The first key of `action` in `scope`, as the screen shows it.
    pub fn key_of(&self, scope: Scope, action: Action) -> Option<String> {
        let own = self.bindings(scope).iter();
        let shared = if scope == Scope::Inspect { self.bindings(Scope::Browse) } else { &[] };
        own.chain(shared).find(|binding| binding.action == action).map(Binding::shown)
    }

    /// The actions of `scope` in the order of [`Action::ALL`], each with its keys.
    pub fn listed(&self, scope: Scope) -> Vec<(Action, Vec<String>)> {
        let with_keys = Action::ALL.iter().map(|action| (*action, self.keys_of(scope, *action)));
        with_keys.filter(|(_, keys)| !keys.is_empty()).collect()
    }

    /// The keys as a Markdown table, for the README.
    pub fn markdown(&self) -> String {
        let mut page = String::new();
        for (scope, _, title) in Scope::ALL.iter().copied() {
            let _ = writeln!(page, "| {title} | |\n| --- | --- |");
            for (action, keys) in self.listed(scope) {
                let keys: Vec<String> =
                    keys.iter().map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
                let _ = writeln!(page, "| {} | {} |", keys.join(" "), action.help());
            }
            page.push('\n');
        }
        page
    }

    /// The bindings as a file, in the form that is read.
    pub fn written(&self) -> String {
        let mut page = String::new();
        for (scope, table, title) in Scope::ALL {
            let _ = writeln!(page, "# {title}\n[{table}]");
            for binding in self.bindings(*scope) {
                let keys: Vec<String> = binding.keys.iter().map(Key::written).collect();
                let _ = writeln!(page, "{:?} = {:?}", keys.join(" "), binding.action.name());
            }
            page.push('\n');
        }
        page
    }

    fn lay_over(&mut self, file: &str, text: &str) -> Result<(), KeymapError> {
        let mut reader = Reader { file, text, mistakes: Vec::new() };
        let (tables, broken) = DeTable::parse_recoverable(text);
        for error in broken {
            reader.tell(error.span().map_or(0, |span| span.start), error.message());
        }
        let mut places = BTreeMap::new();
        for (name, lines) in tables.get_ref() {
            let Some(scope) = Scope::named(name.get_ref()) else {
                let known: Vec<&str> = Scope::ALL.iter().map(|(_, table, _)| *table).collect();
                reader.tell(name.span().start, &unknown("table", name.get_ref(), &known));
                continue;
            };
            let DeValue::Table(lines) = lines.get_ref() else {
                let what = format!("keys stand below a line of their own: `[{}]`", name.get_ref());
                reader.tell(name.span().start, &what);
                continue;
            };
            let mut lines: Vec<_> = lines.iter().collect();
            lines.sort_by_key(|(keys, _)| keys.span().start);
            let laid = lines.into_iter().filter_map(|(keys, action)| reader.line(keys, action)).collect();
            let table = self.tables.entry(scope).or_default();
            places.insert(scope, lay(table, laid, &mut reader));
        }
        for (scope, table) in &self.tables {
            reader.check_reach(table, places.get(scope));
        }
        reader.mistakes.sort();
        let mistakes = reader.mistakes;
        if mistakes.is_empty() {
            return Ok(());
        }
        Err(KeymapError(mistakes.iter().map(Mistake::to_string).collect()))
    }
}

/// A line of the file: where it stands, its keys, its action or none.
type Line = (usize, Vec<Key>, Option<Action>);

/// Lays `lines` over `table`; gives the places of the lines.
fn lay(table: &mut Vec<Binding>, lines: Vec<Line>, reader: &mut Reader<'_>) -> Vec<(Vec<Key>, usize)> {
    let mut places: Vec<(Vec<Key>, usize)> = Vec::new();
    let mut added = Vec::new();
    for (at, keys, action) in lines {
        if places.iter().any(|(other, _)| *other == keys) {
            reader.tell(at, "this key is bound twice in this table; keep one of the lines");
            continue;
        }
        places.push((keys.clone(), at));
        table.retain(|binding| binding.keys != keys);
        added.extend(action.map(|action| Binding { keys, action }));
    }
    // The user's own keys come first, so that the status line shows them.
    added.append(table);
    *table = added;
    places
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn tell(&mut self, at: usize, what: &str) {
        let mistake = Mistake::new(self.file, self.text, at, what);
        // Where the form itself is broken, what is made of it is no further mistake.
        let known = |other: &Mistake| (other.line, other.column) == (mistake.line, mistake.column);
        if !self.mistakes.iter().any(known) {
            self.mistakes.push(mistake);
        }
    }

    fn line(&mut self, keys: &Spanned<DeString<'_>>, action: &Spanned<DeValue<'_>>) -> Option<Line> {
        let read: Option<Vec<Key>> = keys.get_ref().split(' ').map(Key::named).collect();
        if read.is_none() {
            let what = format!(
                "no such key: `{}`; write a letter, `ctrl-d`, `alt-o`, `enter`, or keys parted by one blank",
                keys.get_ref().escape_debug()
            );
            self.tell(keys.span().start, &what);
        }
        let at = action.span().start;
        let found = match action.get_ref() {
            DeValue::Boolean(false) => None,
            DeValue::String(name) => {
                let found = Action::named(name);
                if found.is_none() {
                    let known: Vec<&str> = Action::ALL.iter().map(|action| action.name()).collect();
                    self.tell(at, &unknown("action", name, &known));
                    return None;
                }
                found
            }
            _ => {
                self.tell(at, "a key does an action, such as \"undo\", or nothing: false");
                return None;
            }
        };
        Some((keys.span().start, read?, found))
    }

    /// Tells of keys that a shorter binding of the same table hides.
    fn check_reach(&mut self, table: &[Binding], places: Option<&Vec<(Vec<Key>, usize)>>) {
        let Some(places) = places else { return };
        let place = |keys: &[Key]| places.iter().find(|(other, _)| other == keys).map(|(_, at)| *at);
        for long in table {
            let hides =
                |short: &&Binding| short.keys.len() < long.keys.len() && long.keys.starts_with(&short.keys);
            let Some(short) = table.iter().find(hides) else { continue };
            let Some(at) = place(&long.keys).or_else(|| place(&short.keys)) else { continue };
            let what = format!(
                "`{}` can never be reached: `{}` alone already means {}; unbind one of them with `= false`",
                long.shown(),
                short.shown(),
                short.action.name()
            );
            self.tell(at, &what);
        }
    }
}

/// “unknown action `x`; did you mean `y`?”, or else what is known.
pub fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let hint = match did_you_mean(name, known) {
        nothing if nothing.is_empty() => format!(" (known: {})", known.join(", ")),
        hint => hint,
    };
    format!("unknown {what} `{}`{hint}", name.escape_debug())
}

/// “; did you mean `y`?”, if one of those known is like `name`.
pub fn did_you_mean(name: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .min()
        .filter(|(distance, other)| *distance <= 2.min(1 + other.len() / 4));
    nearest.map_or(String::new(), |(_, other)| format!("; did you mean `{other}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &str) -> Vec<Key> {
        names.split(' ').map(|name| Key::named(name).expect("a key")).collect()
    }

    #[track_caller]
    fn mistakes(text: &str, expected: &[&str]) {
        let told = Keymap::with_user("k", text).expect_err("mistakes").0;
        let starts: Vec<&str> = told.iter().zip(expected).map(|(t, e)| &t[..e.len().min(t.len())]).collect();
        assert_eq!((starts, told.len()), (expected.to_vec(), expected.len()), "{told:#?}");
    }

    #[test]
    fn built_in_keys_are_right() {
        let keymap = Keymap::built_in();
        let mut as_a_users = Keymap::default();
        as_a_users.lay_over("keys.toml", include_str!("../../assets/keys.toml")).expect("nothing is wrong");
        assert_eq!(as_a_users.tables, keymap.tables);
        assert_eq!(keymap.lookup(Scope::Browse, &keys("g g")), Lookup::Found(Action::First));
        assert_eq!(keymap.lookup(Scope::Browse, &keys("g")), Lookup::Begun);
        assert_eq!(keymap.lookup(Scope::Browse, &keys("f12")), Lookup::Unbound);
        assert_eq!(keymap.key_of(Scope::Browse, Action::NextSentence).as_deref(), Some("j"));
    }

    #[test]
    fn every_action_is_bound() {
        let keymap = Keymap::built_in();
        for action in Action::ALL {
            let bound = Scope::ALL.iter().any(|(scope, _, _)| keymap.key_of(*scope, *action).is_some());
            assert!(bound, "{action:?} has no key");
        }
    }

    #[test]
    fn the_users_keys_lie_over_ours() {
        let keymap = Keymap::with_user("k", "[browse]\nx = \"next_sentence\"\nj = false\n").expect("right");
        assert_eq!(keymap.lookup(Scope::Browse, &keys("x")), Lookup::Found(Action::NextSentence));
        assert_eq!(keymap.lookup(Scope::Browse, &keys("j")), Lookup::Unbound);
        assert_eq!(keymap.key_of(Scope::Browse, Action::NextSentence).as_deref(), Some("x"));
    }

    #[test]
    fn all_mistakes_are_told_together() {
        mistakes(
            "[browse]\nx = \"next_sentense\"\n\"ctrl-\" = \"quit\"\n\n[brows]\n",
            &[
                "k:2:5: unknown action `next_sentense`; did you mean `next_sentence`?",
                "k:3:1: no such key: `ctrl-`",
                "k:5:2: unknown table `brows`; did you mean `browse`?",
            ],
        );
        mistakes(
            "browse = 1\n[notes]\nx = true\ny = \"none\"\n[ledger]\nz = \n",
            &[
                "k:1:1: keys stand below a line",
                "k:3:5: a key does an action",
                "k:4:5: unknown action `none`",
                "k:6:5: ",
            ],
        );
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let keymap = Keymap::built_in();
        let mut again = Keymap::default();
        again.lay_over("k", &keymap.written()).expect("it is in the form that is read");
        assert_eq!(again.markdown(), keymap.markdown());
    }

    #[test]
    fn a_key_bound_twice_or_out_of_reach_is_told() {
        mistakes(
            "[browse]\n\"ctrl-x\" = \"quit\"\n\"Ctrl-X\" = \"help\"\n",
            &["k:3:1: this key is bound twice"],
        );
        mistakes(
            "[browse]\nf12 = \"quit\"\n\"f12 x\" = \"help\"\n",
            &["k:3:1: `F12 x` can never be reached: `F12` alone"],
        );
        mistakes("[browse]\n\"j j\" = \"quit\"\n", &["k:2:1: `jj` can never be reached: `j` alone"]);
        mistakes("[browse\n", &["k:1:8: "]);
    }
}
