//! The signs by which one sentence is seen to answer another, each a number, and their weighing.

/// How many signs there are.
pub const COUNT: usize = Feature::ALL.len();

macro_rules! features {
    ($($(#[doc = $about:literal])* $variant:ident = $name:literal,)*) => {
        /// A sign; all lie in `[0, 1]`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Feature {
            $($(#[doc = $about])* $variant,)*
        }

        impl Feature {
            /// All of them, in the order of [`Features`].
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in `links.toml`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it is, in a sentence.
            pub fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($about),*).trim_ascii(),)*
                }
            }
        }
    };
}

features! {
    /// Cosine of the two sentences' weighted terms.
    Likeness = "likeness",
    /// The same with the two sentences on either side of the answer added to it.
    AnswerContext = "answer_context",
    /// The same with the sentences next to the claim added to it.
    ClaimContext = "claim_context",
    /// Cosine of both sentences with two neighbours on either side.
    Neighbourhood = "neighbourhood",
    /// Likeness of the claim and the sentence before the answer.
    Previous = "previous",
    /// Weight of the rarest term shared.
    Rarest = "rarest",
    /// Weight of all terms shared, on a logarithmic scale.
    Shared = "shared",
    /// Share of the shorter sentence's weight that the other holds too.
    Coverage = "coverage",
    /// How near the two stand when both statements are laid side by side.
    Alignment = "alignment",
    /// How near the claim stands to its statement's end.
    ClaimLate = "claim_late",
    /// 1 if the answer's document comes after the claim's.
    After = "after",
    /// 1 for the turn right before, a half for the one before that, and so on.
    Turn = "turn",
    /// The answer denies, rejects or corrects.
    Denial = "denial",
    /// The answer charges back.
    Countercharge = "countercharge",
    /// The answer refuses what is demanded.
    Refusal = "refusal",
    /// The answer asks back.
    Question = "question",
    /// The answer sets itself against something.
    Contrast = "contrast",
    /// The answer's score as a rebuttal.
    Rebuttal = "rebuttal",
    /// A denial of few words that shares none with the claim.
    BareDenial = "bare_denial",
    /// The shared terms are negated on one side only.
    Opposed = "opposed",
    /// The sentences hold opposites of each other.
    Opposites = "opposites",
    /// They count the same thing differently.
    NumbersDiffer = "numbers_differ",
    /// They hold the same number.
    NumbersSame = "numbers_same",
    /// Opposed, and most of the shorter sentence is shared.
    OpposedWhole = "opposed_whole",
    /// Opposites, and most of the shorter sentence is shared.
    OppositesWhole = "opposites_whole",
    /// Different numbers, and most of the shorter sentence is shared.
    NumbersWhole = "numbers_whole",
    /// The answer quotes the claim word for word.
    Quotes = "quotes",
    /// The answer speaks to or of the claim's speaker.
    Addressed = "addressed",
    /// The answer takes up what was said.
    Reports = "reports",
    /// The answer concedes.
    Accepting = "accepting",
    /// The answer changes the subject.
    Deflecting = "deflecting",
    /// The answer begins by pointing at what was said.
    Pointing = "pointing",
    /// The claim's score as a claim.
    Claim = "claim",
    /// The claim speaks of or to the answer's speaker.
    Accused = "accused",
    /// How near the claim is to what its statement and the other are about.
    Central = "central",
    /// Both hold a rare name.
    Name = "name",
    /// Negated on neither side or on both.
    SamePolarity = "same_polarity",
    /// One sentence as a whole is negated, the other not.
    Parity = "parity",
    /// The same, and most of the shorter sentence is shared.
    ParityWhole = "parity_whole",
    /// Both sentences as wholes are negated.
    BothNegated = "both_negated",
    /// Likeness as a share of that of the likest claim of the same answer.
    BestLikeness = "best_likeness",
    /// Likeness to what stands around the answer, as such a share.
    BestContext = "best_context",
    /// The claim says what its speaker thinks or wants.
    Position = "position",
    /// The claim asks.
    Asks = "asks",
    /// The answer's score as a claim.
    Counterclaim = "counterclaim",
    /// The answer rejects all that was said, and the claim is the heart of it.
    Wholesale = "wholesale",
    /// The claim stands at the end of the turn before.
    JustBefore = "just_before",
    /// The answer's document is dated before the claim's.
    Earlier = "earlier",
    /// How little they share beside the names of the two sides: 1 if nothing, 0 from about one rare
    /// word on.
    Thin = "thin",
    /// How many words the claim has, up to forty.
    ClaimLength = "claim_length",
    /// The answer is negated, the claim nowhere.
    Negates = "negates",
    /// The answer begins with a negating word.
    OpensNegative = "opens_negative",
    /// How much of the answer's statement reacts to what others said.
    Reply = "reply",
    /// The sentence before the answer reacts to what others said; a half for the one before that.
    AfterReaction = "after_reaction",
    /// The claim itself reacts to what others said.
    ClaimReacts = "claim_reacts",
    /// The claim demands something, which can be refused but not contradicted.
    ClaimDemands = "claim_demands",
    /// Both count something, and no number of one stands in the other.
    NumbersBeside = "numbers_beside",
    /// How long the claim's statement is: 0 up to sixty sentences, 1 from a hundred and ten on; some
    /// sentence of a long one is like the answer by chance.
    Long = "long",
}

/// The signs of one pair, by [`Feature`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features(pub [f32; COUNT]);

impl Default for Features {
    fn default() -> Self {
        Self([0.0; COUNT])
    }
}

impl Features {
    /// How strong a sign is.
    pub fn get(&self, feature: Feature) -> f32 {
        self.0[feature as usize]
    }

    /// Notes a sign, cut to `[0, 1]`.
    pub fn set(&mut self, feature: Feature, value: f32) {
        self.0[feature as usize] = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
    }
}

/// What each sign of a relation adds to its sum, in log-odds.
#[derive(Clone, Copy, Debug)]
pub struct Weighing {
    /// What the sum starts from.
    pub bias: f32,
    /// By [`Feature`].
    pub weights: [f32; COUNT],
}

impl Default for Weighing {
    fn default() -> Self {
        Self { bias: 0.0, weights: [0.0; COUNT] }
    }
}

impl Weighing {
    /// The sum for one pair, in log-odds.
    pub fn sum(&self, features: &Features) -> f32 {
        self.bias + self.weights.iter().zip(&features.0).map(|(weight, value)| weight * value).sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_weights_times_signs() {
        let mut features = Features::default();
        features.set(Feature::Denial, 7.0);
        features.set(Feature::Likeness, f32::NAN);
        let mut weighing = Weighing { bias: -1.0, ..Weighing::default() };
        weighing.weights[Feature::Denial as usize] = 1.5;
        weighing.weights[Feature::Likeness as usize] = 9.0;
        assert!((weighing.sum(&features) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn every_name_is_its_own() {
        let names: std::collections::BTreeSet<_> =
            Feature::ALL.iter().map(|feature| feature.name()).collect();
        assert_eq!(names.len(), COUNT);
    }
}
