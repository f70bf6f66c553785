//! What all grants send to the token endpoint, and how the client proves who it is.

use secrecy::{ExposeSecret, SecretString};
use url::{Url, form_urlencoded};

use super::token_api::{Parameters, TokenApiClient};
use crate::call::authentication::check_confidential;
use crate::client::Client;
use crate::client::credential::Credential;
use crate::client::credential::source::CredentialRequest;
use crate::client::options::CallOptions;
use crate::error::Error;
use crate::response::link::Link;

/// The settings of a grant.
pub(super) struct TokenRequest {
    pub(super) url: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<SecretString>,
    /// Whether client id and secret are sent in the body.
    pub(super) secret_in_body: bool,
    pub(super) scope: String,
    /// Parameters that RFC 6749 does not define. Their values may be secret, such as assertions.
    pub(super) parameters: Vec<(String, SecretString)>,
    pub(super) client: Option<Client>,
}

/// A token endpoint that is ready to be called.
pub(super) struct Prepared {
    pub(super) api: TokenApiClient,
    pub(super) url: Link,
    pub(super) options: CallOptions,
}

impl TokenRequest {
    pub(super) fn new(url: String, client_id: String, client_secret: Option<SecretString>) -> Self {
        Self {
            url,
            client_id,
            client_secret,
            secret_in_body: false,
            scope: String::new(),
            parameters: Vec::new(),
            client: None,
        }
    }

    /// Adds a scope, or several that are separated by spaces
    /// ([RFC 6749, section 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)).
    pub(super) fn add_scope(&mut self, scope: &str) {
        if !self.scope.is_empty() {
            self.scope.push(' ');
        }
        self.scope.push_str(scope);
    }

    pub(super) fn add_parameter(&mut self, name: String, value: SecretString) {
        self.parameters.push((name, value));
    }

    /// Prepares the call of the token endpoint.
    ///
    /// # Errors
    /// If the URL is invalid, or the request would be sent over plain http to another machine.
    pub(super) fn prepare(&self, request: &CredentialRequest) -> Result<Prepared, Error> {
        let url = Url::parse(&self.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.ok_or_else(|| Error::build("invalid token URL: expected an absolute http or https URL"))?;
        let client = self.client.as_ref().unwrap_or(request.client());
        let client = client.with_base(&url.origin().ascii_serialization())?;
        // Not only the credential, because the body has a secret, too.
        check_confidential(&client.state().base, client.state().shared.allow_plain_http)?;
        let options = match self.basic_secret() {
            Some(secret) => CallOptions::new()
                .credential(Credential::basic(encode(&self.client_id), encode(secret.expose_secret()))?),
            None => CallOptions::new().anonymous(),
        };
        Ok(Prepared { api: TokenApiClient::new(client), url: Link::parse(&self.url)?, options })
    }

    /// Returns the parameters of the body: those of the grant, and those that all grants have.
    pub(super) fn parameters<'a>(&'a self, grant: impl IntoIterator<Item = (&'a str, &'a str)>) -> Parameters<'a> {
        let mut parameters: Parameters<'a> = grant.into_iter().collect();
        if !self.scope.is_empty() {
            parameters.push(("scope", &self.scope));
        }
        parameters.extend(self.parameters.iter().map(|(name, value)| (name.as_str(), value.expose_secret())));
        if self.basic_secret().is_none() {
            parameters.push(("client_id", &self.client_id));
            parameters.extend(self.client_secret.as_ref().map(|secret| ("client_secret", secret.expose_secret())));
        }
        parameters
    }

    /// Returns the secret, if it is sent in the `Authorization` header.
    fn basic_secret(&self) -> Option<&SecretString> {
        self.client_secret.as_ref().filter(|_| !self.secret_in_body)
    }
}

/// Encodes client id and secret for the `Authorization` header
/// ([RFC 6749, section 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
fn encode(text: &str) -> SecretString {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().into()
}
