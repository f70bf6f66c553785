//! Tokens for a user who has granted access before.

use std::fmt;
use std::pin::Pin;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::error_response::explain;
use super::token_api::TokenApi;
use super::token_request::TokenRequest;
use crate::client::Client;
use crate::client::credential::source::{CredentialFuture, CredentialRequest, CredentialSource};
use crate::error::Error;

type OnRotation = Box<dyn Fn(SecretString) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// Access tokens of OAuth 2.0 for a user who has granted access before: the refresh token grant
/// ([RFC 6749, section 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)).
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::secrecy::ExposeSecret;
/// use kestra_auth::{Client, RefreshToken};
///
/// # let stored = "refresh-token";
/// let source = RefreshToken::new("https://login.example.com/oauth/token", "client-id", stored)
///     .on_rotation(|token| async move { std::fs::write("refresh-token", token.expose_secret()).unwrap() });
/// let client = Client::builder("https://kestra.example.com").credential_source(source).build()?;
/// # Ok(())
/// # }
/// ```
///
/// Many servers issue a new refresh token with each access token, and revoke all of them if an old one is used. The
/// source uses the latest, one request at a time. Tokens are requested as with
/// [`ClientCredentials`](crate::ClientCredentials).
#[must_use]
pub struct RefreshToken {
    request: TokenRequest,
    /// The latest one. It is locked while a request is under way, which may use it up.
    current: Mutex<SecretString>,
    on_rotation: Option<OnRotation>,
}

impl RefreshToken {
    /// Builds a source of tokens from the URL of the token endpoint, the id of the client, and a refresh token that the
    /// authorization server has issued to it.
    ///
    /// An invalid URL, or one with plain http to another machine, is reported when the client is built.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        refresh_token: impl Into<SecretString>,
    ) -> Self {
        Self {
            request: TokenRequest::new(token_url.into(), client_id.into(), None),
            current: Mutex::new(refresh_token.into()),
            on_rotation: None,
        }
    }

    /// Sets the secret of the client. Without one, the client is public and sends its id only.
    pub fn client_secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.request.client_secret = Some(secret.into());
        self
    }

    /// Adds a scope to request, or several that are separated by spaces. Without one, the token has the scope that the
    /// user has granted.
    pub fn scope(mut self, scope: &str) -> Self {
        self.request.add_scope(scope);
        self
    }

    /// Adds a parameter to the request, such as `audience`, or `resource`
    /// ([RFC 8707](https://www.rfc-editor.org/rfc/rfc8707)).
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.request.add_parameter(name.into(), value.into());
        self
    }

    /// Sends id and secret in the body, for servers that do not read the `Authorization` header
    /// ([RFC 6749, section 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
    pub fn credentials_in_body(mut self) -> Self {
        self.request.secret_in_body = true;
        self
    }

    /// Requests tokens with this client, for a token endpoint that needs other settings than the API. Its base URL is
    /// not used, and its credential is not sent.
    pub fn client(mut self, client: Client) -> Self {
        self.request.client = Some(client);
        self
    }

    /// Sets what stores a new refresh token. The access token that came with it is used afterwards.
    pub fn on_rotation<F, Fut>(mut self, store: F) -> Self
    where
        F: Fn(SecretString) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        self.on_rotation = Some(Box::new(move |token| Box::pin(store(token))));
        self
    }
}

impl CredentialSource for RefreshToken {
    fn credential(&self, request: CredentialRequest) -> CredentialFuture<'_> {
        Box::pin(async move {
            let prepared = self.request.prepare(&request)?;
            // A server that sees the same refresh token twice takes it for stolen.
            let mut current = self.current.lock().await;
            let grant = [("grant_type", "refresh_token"), ("refresh_token", current.expose_secret())];
            let parameters = self.request.parameters(grant);
            // The lifetime starts before the response arrives.
            let start = Instant::now();
            let response = prepared.api.refresh_token(&prepared.url, &parameters, prepared.options).await;
            let token = response.map_err(explain)?;
            if let Some(refresh) = token.refresh
                && refresh.expose_secret() != current.expose_secret()
            {
                current.clone_from(&refresh);
                if let Some(store) = &self.on_rotation {
                    store(refresh).await;
                }
            }
            Ok(token.lifetime.into_iter().fold(token.access, |token, lifetime| token.expires_in_since(start, lifetime)))
        })
    }

    fn check(&self, request: &CredentialRequest) -> Result<(), Error> {
        self.request.prepare(request).map(drop)
    }
}

/// Shows nothing, because everything identifies the client or its user.
impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshToken")
    }
}
