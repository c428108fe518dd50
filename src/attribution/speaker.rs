//! Names and roles of speakers.

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name the document gives: “Zhao Lijian”, “the Foreign Ministry”.
    pub name: String,
    /// Office or role: “Secretary of State”.
    pub role: Option<String>,
}
