//! What sorts of word there are, and which forms verbs have.

use std::ops::BitOr;

use serde::Deserialize;

/// What one word may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// All that it may be.
    pub sorts: Sorts,
    /// The verb it is a form of.
    pub verb: Option<Verb>,
}

/// A form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// What it does.
    pub class: Class,
    /// Which form it is.
    pub form: Form,
}

/// What a reporting verb does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Reports words: said.
    Speech,
    /// Reports words and marks them as unproven or insisted upon: claimed.
    Claim,
    /// Names a hearer first: told.
    Telling,
    /// Asks.
    Question,
    /// Denies.
    Denial,
    /// Names what is judged first: called.
    Judgement,
    /// Reports what is held, not said: believes.
    Thought,
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// say
    Base,
    /// says
    Third,
    /// said; for nearly all verbs also the past participle
    Past,
    /// saying
    Participle,
}

/// A set of sorts of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts(u32);

impl Sorts {
    /// Mr., Sen.
    pub const TITLE: Self = Self(1);
    /// spokesman, secretary
    pub const ROLE: Self = Self(1 << 1);
    /// former, Chinese, deputy
    pub const MODIFIER: Self = Self(1 << 2);
    /// van, bin
    pub const PARTICLE: Self = Self(1 << 3);
    /// Jr.
    pub const SUFFIX: Self = Self(1 << 4);
    /// officials, Republicans
    pub const GROUP: Self = Self(1 << 5);
    /// ministry, government
    pub const ORGANISATION: Self = Self(1 << 6);
    /// Microsoft, China
    pub const NAMED_BODY: Self = Self(1 << 7);
    /// Said of men: he, Mr., Donald, spokesman
    pub const MALE: Self = Self(1 << 8);
    /// Said of women: she, Ms., Hillary, spokeswoman
    pub const FEMALE: Self = Self(1 << 9);
    /// he, she, it, they, I
    pub const PRONOUN: Self = Self(1 << 10);
    /// it
    pub const THING: Self = Self(1 << 11);
    /// they
    pub const PLURAL: Self = Self(1 << 12);
    /// I, we, you: never a source
    pub const SELF: Self = Self(1 << 13);
    /// the, his
    pub const DETERMINER: Self = Self(1 << 14);
    /// and, while, that, who
    pub const CONJUNCTION: Self = Self(1 << 15);
    /// of, in
    pub const PREPOSITION: Self = Self(1 << 16);
    /// has, did, n't
    pub const AUXILIARY: Self = Self(1 << 17);
    /// also, later
    pub const ADVERB: Self = Self(1 << 18);
    /// Monday, May
    pub const TIME: Self = Self(1 << 19);
    /// Donald, Hillary
    pub const GIVEN_NAME: Self = Self(1 << 20);
    /// nobody, everything: never a source
    pub const NOBODY: Self = Self(1 << 21);

    /// claim, promise: after “Reyes’s”, what follows is hers
    pub const SAYING: Self = Self(1 << 22);

    /// These and `other`.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of `other` is among these.
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Sorts {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}
