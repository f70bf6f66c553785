//! The credential of all calls that do not set another.

use super::Credential;
use super::cache::CredentialCache;

/// The credential of a client. It is cheap to clone.
#[derive(Clone)]
pub(crate) enum DefaultCredential {
    Fixed(Credential),
    /// Comes from a source.
    Renewed(CredentialCache),
}

impl DefaultCredential {
    /// Returns the credential as far as it is known without asking the source.
    pub(crate) fn known(&self) -> Option<Credential> {
        match self {
            Self::Fixed(credential) => Some(credential.clone()),
            Self::Renewed(cache) => cache.last(),
        }
    }
}
