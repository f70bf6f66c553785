//! What to generate, and how.

/// What to generate, and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The tags, path prefixes and operation ids of the operations; all operations if all three are empty.
    pub tags: Vec<String>,
    /// Prefixes of paths.
    pub paths: Vec<String>,
    /// Operation ids.
    pub operations: Vec<String>,
    /// The base of every trait, instead of the one that its paths have in common.
    pub base: Option<String>,
    /// Which document the code is compared with when it is compiled.
    pub contract: ContractDocument,
    /// Whether the traits must declare all operations of their tag.
    pub complete: bool,
    /// The types of dates.
    pub dates: Dates,
    /// Whether UUIDs are `uuid::Uuid`.
    pub uuids: bool,
    /// Whether bytes are read as they arrive.
    pub streams: bool,
    /// The ids of operations that are never retried although they are GETs.
    pub never_retry: Vec<String>,
}

/// Which document code is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ContractDocument {
    /// None.
    #[default]
    Off,
    /// The one that the `Cargo.toml` of the code names.
    Manifest,
    /// The one at this path, relative to the directory of the `Cargo.toml`.
    Path(String),
}

impl ContractDocument {
    /// Returns the path, if code has to name it.
    pub(crate) fn path(&self) -> Option<&str> {
        match self {
            Self::Path(path) => Some(path),
            Self::Off | Self::Manifest => None,
        }
    }
}

/// The types of dates and times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// Text.
    #[default]
    String,
    /// Those of the crate `time`.
    Time,
    /// Those of the crate `chrono`.
    Chrono,
    /// Those of the crate `jiff`.
    Jiff,
}
