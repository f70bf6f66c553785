//! The client that API traits share.

pub(crate) mod api_client;
pub(crate) mod base_url;
pub(crate) mod builder;
pub(crate) mod credential;
pub(crate) mod options;

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use crate::call::authentication::check_confidential;
use crate::call::client_state::ClientState;
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::client::credential::default_credential::DefaultCredential;
use crate::client::options::CallOptions;
use crate::error::Error;
use crate::headers;

/// Connections, base URL, credential and defaults, shared by any number of API traits.
///
/// A client is cheap to clone. [`Client::builder`] builds one, and [`Client::request`] sends requests that no trait
/// declares.
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::{AuthApiClient, Client};
///
/// let client = Client::builder("https://kestra.example.com").bearer_token("token").build()?;
/// let auth = AuthApiClient::new(client.clone());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    state: ClientState,
}

impl Client {
    pub(crate) fn from_state(state: ClientState) -> Self {
        Self { state }
    }

    pub(crate) fn state(&self) -> &ClientState {
        &self.state
    }

    /// Returns this client with options for all its calls, which override the options it has.
    ///
    /// Both clients share their connections.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        let options = match &self.state.options {
            Some(wider) => options.over(wider),
            None => options,
        };
        Self { state: ClientState { options: Some(Arc::new(options)), ..self.state.clone() } }
    }

    /// Returns this client at another base URL, with the same defaults.
    ///
    /// Credentials are kept within the origin, wherever they were set. At another origin, the client has only the
    /// credential that the new base URL contains: no credential of this client or its options, no `Authorization` or
    /// `Cookie` header, and no header whose value is marked as sensitive. Both clients share their connections.
    ///
    /// # Errors
    /// As [`ClientBuilder::build`](crate::ClientBuilder::build) for the base URL.
    pub fn with_base(&self, base: &str) -> Result<Self, Error> {
        let (base, user_info) = BaseUrl::parse(base)?;
        // A credential is issued by one server and must not reach another.
        let mut state = self.state.clone();
        if base.origin() != self.state.base.origin() {
            state = without_credentials(state);
        }
        state.credential = user_info.map(DefaultCredential::Fixed).or(state.credential);
        if state.credential.is_some() {
            check_confidential(&base, state.shared.allow_plain_http)?;
        }
        state.base = Arc::new(base);
        Ok(Self { state })
    }

    /// Returns this client with another credential.
    ///
    /// Both clients share their connections.
    ///
    /// # Errors
    /// If the credential would be sent over plain http to another machine, unless
    /// [`ClientBuilder::allow_plain_http`](crate::ClientBuilder::allow_plain_http) allows it.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, Credential};
    ///
    /// let client = Client::builder("http://localhost").build()?;
    /// let as_ada = client.with_credential(Credential::basic("ada", "correct horse")?)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_credential(&self, credential: Credential) -> Result<Self, Error> {
        check_confidential(&self.state.base, self.state.shared.allow_plain_http)?;
        Ok(Self { state: ClientState { credential: Some(DefaultCredential::Fixed(credential)), ..self.state.clone() } })
    }
}

/// Removes everything that would tell another server who the caller is.
fn without_credentials(mut state: ClientState) -> ClientState {
    let mut headers = HeaderMap::clone(&state.headers);
    headers::remove_credentials(&mut headers);
    let mut options = state.options.as_deref().map(CallOptions::without_credentials);
    let credential = state.credential.take().and_then(|credential| credential.known());
    if let Some(name) = credential.as_ref().and_then(Credential::header_name) {
        // A header in the place of the credential, such as another API key, is a credential, too.
        headers.remove(name);
        if let Some(options) = &mut options {
            options.headers.remove(name);
        }
    }
    state.headers = Arc::new(headers);
    state.options = options.map(Arc::new);
    state
}

/// Shows the origin of the base URL. Its path may hold a value, such as the name of a tenant.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("origin", &self.state.base.origin()).finish_non_exhaustive()
    }
}
