//! How texts name speakers and report their words: `attribution.toml`.

/// Reporting verbs, roles, titles and labels.
#[derive(Clone, Debug, Default)]
pub struct Speech {}

impl Speech {
    /// The lists that are built in.
    pub fn built_in() -> Self {
        Self::default()
    }
}
