//! Layer 2: what the data files in `assets/lexicon/` say, checked and compiled.
//!
//! [`Lexicon`] holds the cues of claims, rebuttals and rhetoric; [`Speech`] the words by which
//! texts name speakers and report them; abbreviations are handed to [`crate::text::sentences`].

pub mod abbreviations;
pub mod file;
pub mod matcher;
pub mod phrase;
pub mod speech;

pub use abbreviations::abbreviations;
pub use speech::Speech;

/// What a cue counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CueKind {
    /// A checkable claim.
    Claim,
    /// A denial, rejection, counter-charge or refusal.
    Rebuttal,
    /// A technique of rhetoric.
    Rhetoric,
}

impl CueKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Claim, Self::Rebuttal, Self::Rhetoric];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Rebuttal => "rebuttal",
            Self::Rhetoric => "rhetoric",
        }
    }

    /// The letter in the margin.
    pub fn letter(self) -> char {
        match self {
            Self::Claim => 'C',
            Self::Rebuttal => 'R',
            Self::Rhetoric => '~',
        }
    }
}

/// Index of a rule in [`Lexicon::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u16);

/// One named reason for a cue: a table of a lexicon file.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique: `claim.number`, `loaded_language.strong`.
    pub id: String,
    /// What it counts for.
    pub kind: CueKind,
    /// The technique's id, for rhetoric.
    pub technique: Option<String>,
    /// The name a reader sees.
    pub name: String,
    /// What it finds and why that counts, in one sentence.
    pub about: String,
    /// Where the rule or its phrases come from.
    pub source: String,
}

/// All cues, compiled.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    rules: Vec<Rule>,
    sha256: String,
}

impl Lexicon {
    /// The lexicon that is built in.
    pub fn built_in() -> Self {
        Self::default()
    }

    /// All rules, in file order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by its id.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.0 as usize]
    }

    /// SHA-256 of all files that it was compiled from, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}
