//! The credential of a client.

use secrecy::SecretString;

use super::ClientBuilder;
use crate::client::credential::Credential;
use crate::error::Error;

/// Credentials.
impl ClientBuilder {
    /// Sets user and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)) as the credential of all calls
    /// that do not set another.
    ///
    /// It is sent to the origin of the base URL only.
    pub fn basic_auth(self, user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        self.set_credential(Credential::basic(user, password))
    }

    /// Sets a bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)) as the credential of all calls that do
    /// not set another.
    ///
    /// It is sent to the origin of the base URL only.
    pub fn bearer_token(self, token: impl Into<SecretString>) -> Self {
        self.set_credential(Credential::bearer(token))
    }

    /// Sets the credential of all calls that do not set another.
    ///
    /// It is sent to the origin of the base URL only.
    pub fn credential(self, credential: Credential) -> Self {
        self.set_credential(Ok(credential))
    }

    /// Allows credentials to be sent over plain http to another machine, where everyone on the way can read them.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    pub(super) fn set_credential(mut self, credential: Result<Credential, Error>) -> Self {
        match credential {
            Ok(credential) => self.credential = Some(credential),
            Err(error) => self.report(error),
        }
        self
    }
}
