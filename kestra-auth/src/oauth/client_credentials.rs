//! Tokens for the client itself.

use std::fmt;

use secrecy::SecretString;
use tokio::time::Instant;

use super::error_response::explain;
use super::token_api::TokenApi;
use super::token_request::TokenRequest;
use crate::client::Client;
use crate::client::credential::source::{CredentialFuture, CredentialRequest, CredentialSource};
use crate::error::Error;

/// Access tokens of OAuth 2.0 for the program itself: the client credentials grant
/// ([RFC 6749, section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
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
///
/// The token is requested with the transport of the client that needs it, so proxies and certificates apply to both,
/// and so does [`allow_plain_http`](crate::ClientBuilder::allow_plain_http). An error of the token endpoint is the
/// cause of the error of each call that waited for the token: an [`Error`] with the status of the token
/// endpoint and the meaning of its error code.
#[must_use]
pub struct ClientCredentials(TokenRequest);

impl ClientCredentials {
    /// Builds a source of tokens from the URL of the token endpoint, and the id and the secret that the authorization
    /// server has issued to the client.
    ///
    /// An invalid URL, or one with plain http to another machine, is reported when the client is built.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        Self(TokenRequest::new(token_url.into(), client_id.into(), Some(client_secret.into())))
    }

    /// Adds a scope to request, or several that are separated by spaces.
    pub fn scope(mut self, scope: &str) -> Self {
        self.0.add_scope(scope);
        self
    }

    /// Adds a parameter to the request, such as `audience`, or `resource`
    /// ([RFC 8707](https://www.rfc-editor.org/rfc/rfc8707)).
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.0.add_parameter(name.into(), value.into());
        self
    }

    /// Sends id and secret in the body, for servers that do not read the `Authorization` header
    /// ([RFC 6749, section 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
    pub fn credentials_in_body(mut self) -> Self {
        self.0.secret_in_body = true;
        self
    }

    /// Requests tokens with this client, for a token endpoint that needs other settings than the API. Its base URL is
    /// not used, and its credential is not sent.
    pub fn client(mut self, client: Client) -> Self {
        self.0.client = Some(client);
        self
    }
}

impl CredentialSource for ClientCredentials {
    fn credential(&self, request: CredentialRequest) -> CredentialFuture<'_> {
        Box::pin(async move {
            let prepared = self.0.prepare(&request)?;
            let parameters = self.0.parameters([("grant_type", "client_credentials")]);
            // The lifetime starts before the response arrives.
            let start = Instant::now();
            let response = prepared.api.client_credentials(&prepared.url, &parameters, prepared.options).await;
            let token = response.map_err(explain)?;
            Ok(token.lifetime.into_iter().fold(token.access, |token, lifetime| token.expires_in_since(start, lifetime)))
        })
    }

    fn check(&self, request: &CredentialRequest) -> Result<(), Error> {
        self.0.prepare(request).map(drop)
    }
}

/// Shows nothing, because everything identifies the client.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCredentials")
    }
}
