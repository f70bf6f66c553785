//! The cause of an error that several calls have in common.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::Error;
use super::kind::ErrorKind;

/// A cause that several errors share. [`StdError::source`] of [`Error`] returns what is in it.
pub(super) struct SharedCause(pub(super) Arc<dyn StdError + Send + Sync>);

impl Error {
    /// Builds the error of a call whose credential source has failed.
    pub(crate) fn credential(cause: Arc<dyn StdError + Send + Sync>) -> Self {
        Self::new(ErrorKind::Credential, "the credential source failed").with_source(SharedCause(cause))
    }

    /// Returns whether the [`CredentialSource`](crate::CredentialSource) of the client failed. Its error is the
    /// [`source`](StdError::source).
    #[must_use]
    pub fn is_credential(&self) -> bool {
        self.kind() == ErrorKind::Credential
    }
}

impl fmt::Display for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for SharedCause {}
