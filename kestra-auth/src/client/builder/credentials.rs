//! The credential of a client.

use std::sync::Arc;

use secrecy::SecretString;

use super::{ClientBuilder, CredentialSetting};
use crate::client::credential::Credential;
use crate::client::credential::source::CredentialSource;
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

    /// Sets the source of the credential of all calls that do not set another, for credentials that expire or can be
    /// revoked. [`CredentialSource`] documents when it is asked.
    ///
    /// What it returns is sent to the origin of the base URL only. A call that is anonymous, or has a credential or an
    /// `Authorization` header of its own, does not ask the source. The time limit of a call includes the time that it
    /// waits for the source.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, ClientCredentials};
    ///
    /// let source = ClientCredentials::new("https://login.example.com/oauth/token", "client-id", "client-secret");
    /// let client = Client::builder("https://kestra.example.com").credential_source(source.scope("flows")).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn credential_source(mut self, source: impl CredentialSource + 'static) -> Self {
        self.credential = Some(CredentialSetting::Source(Arc::new(source)));
        self
    }

    /// Allows credentials to be sent over plain http to another machine, where everyone on the way can read them.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    pub(super) fn set_credential(mut self, credential: Result<Credential, Error>) -> Self {
        match credential {
            Ok(credential) => self.credential = Some(CredentialSetting::Fixed(credential)),
            Err(error) => self.report(error),
        }
        self
    }
}
