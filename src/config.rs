//! Where settings and sessions live; read once by the roof and handed down as values.

use std::path::PathBuf;

use directories::ProjectDirs;

/// The folders of this user, by the conventions of the system (`XDG_*` on Linux).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Settings: `keys.toml`.
    pub config: PathBuf,
    /// The user's own lexicon files.
    pub lexicon: PathBuf,
    /// One file a session.
    pub sessions: PathBuf,
    /// What was copied where there is no clipboard.
    pub copies: PathBuf,
}

impl Folders {
    /// The folders, which need not exist; none if this user has no home.
    pub fn find() -> Option<Self> {
        let folders = ProjectDirs::from("", "", "visavis")?;
        Some(Self {
            config: folders.config_dir().to_owned(),
            lexicon: folders.config_dir().join("lexicon"),
            sessions: folders.data_dir().join("sessions"),
            copies: folders.data_dir().join("copied.md"),
        })
    }
}
