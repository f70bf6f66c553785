//! Where credentials that expire come from.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::Credential;
use super::cache::CredentialCache;
use crate::call::authentication::check_confidential;
use crate::call::client_state::ClientState;
use crate::client::Client;
use crate::client::credential::default_credential::DefaultCredential;
use crate::error::Error;
use crate::error::conversion::without_url;

/// The future of a [`CredentialSource`].
pub type CredentialFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credential, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// A source of credentials that expire or can be revoked, such as access tokens.
///
/// The client keeps the credential that the source returns, and asks for another one
///
/// - when it has [expired](Credential::expires_in): calls wait for the new one,
/// - after 80 to 90 % of its lifetime: in the background, while calls use the one that is still valid,
/// - when the server responds with 401: the call is attempted once more with the new one, if its body can be repeated.
///
/// Any number of concurrent calls ask once. An error of the source ends the calls that wait for it, is the
/// [`source`](StdError::source) of their errors, and is not kept: the next call asks again. Loggers print the sources of
/// an error, so its text must not contain a secret.
///
/// What a source returns obeys the same rules as [`Credential`]: it is sent to the origin of the base URL only, and so
/// on. [`ClientCredentials`](crate::ClientCredentials) and [`RefreshToken`](crate::RefreshToken) are sources, and so is
/// each [`Credential`], which never changes.
///
/// ```
/// use std::time::Duration;
/// use kestra_auth::{Client, Credential, CredentialFuture, CredentialRequest, CredentialSource};
///
/// /// Reads a token from a file, which another program renews.
/// struct TokenFile(&'static str);
///
/// impl CredentialSource for TokenFile {
///     fn credential(&self, _: CredentialRequest) -> CredentialFuture<'_> {
///         Box::pin(async {
///             let token = tokio::fs::read_to_string(self.0).await?;
///             Ok(Credential::bearer(token.trim_end())?.expires_in(Duration::from_secs(60)))
///         })
///     }
/// }
///
/// # fn main() -> Result<(), kestra_auth::Error> {
/// let source = TokenFile("/var/run/secrets/kestra/token");
/// let client = Client::builder("https://kestra.example.com").credential_source(source).build()?;
/// # Ok(())
/// # }
/// ```
pub trait CredentialSource: Send + Sync {
    /// Returns a credential, and until when it is valid, with [`Credential::expires_in`] or
    /// [`Credential::expires_at`].
    ///
    /// Without an expiry, it is used until the server responds with 401. On a tokio runtime, the future runs to its end
    /// even if no call waits for it any longer.
    fn credential(&self, request: CredentialRequest) -> CredentialFuture<'_>;

    /// Checks the settings of the source when a client is built with it. By default, there is nothing to check.
    ///
    /// # Errors
    /// If the source can never issue a credential. [`ClientBuilder::build`](crate::ClientBuilder::build) returns the
    /// error.
    fn check(&self, _request: &CredentialRequest) -> Result<(), Error> {
        Ok(())
    }
}

/// What a [`CredentialSource`] is asked for.
#[derive(Clone)]
pub struct CredentialRequest {
    client: Client,
    rejected: Option<Credential>,
}

impl CredentialRequest {
    /// Builds a request for a credential of a client, for tests of a source.
    #[must_use]
    pub fn new(client: &Client) -> Self {
        Self { client: Client::from_state(client.state().bare()), rejected: None }
    }

    /// Sets the credential that the server has rejected.
    #[must_use]
    pub fn with_rejected(self, credential: Credential) -> Self {
        Self { rejected: Some(credential), ..self }
    }

    /// Returns where the credential is sent: scheme, host and port of the client's base URL, such as
    /// `https://kestra.example.com`.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.client.state().base.origin()
    }

    /// Returns the credential of this source that the server has rejected with 401, if that is why another one is
    /// needed.
    #[must_use]
    pub fn rejected(&self) -> Option<&Credential> {
        self.rejected.as_ref()
    }

    /// Returns a client with the transport, the attempt layers and the limits of the one that needs the credential, but
    /// without its credential, headers, options and layers.
    ///
    /// With [`Client::with_base`], it calls the server that issues the credential.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }
}

/// Shows the origin.
impl fmt::Debug for CredentialRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialRequest").field("origin", &self.origin()).finish_non_exhaustive()
    }
}

/// A credential that never changes, for programs that choose the source at run time.
impl CredentialSource for Credential {
    fn credential(&self, _: CredentialRequest) -> CredentialFuture<'_> {
        Box::pin(async { Ok(self.clone()) })
    }
}

impl<S: CredentialSource + ?Sized> CredentialSource for Arc<S> {
    fn credential(&self, request: CredentialRequest) -> CredentialFuture<'_> {
        S::credential(self, request)
    }

    fn check(&self, request: &CredentialRequest) -> Result<(), Error> {
        S::check(self, request)
    }
}

impl<S: CredentialSource + ?Sized> CredentialSource for Box<S> {
    fn credential(&self, request: CredentialRequest) -> CredentialFuture<'_> {
        S::credential(self, request)
    }

    fn check(&self, request: &CredentialRequest) -> Result<(), Error> {
        S::check(self, request)
    }
}

impl Client {
    /// Returns this client with a source of its credentials.
    ///
    /// Both clients share their connections.
    ///
    /// # Errors
    /// As [`with_credential`](Self::with_credential), and if the source has an invalid setting.
    pub fn with_credential_source(&self, source: impl CredentialSource + 'static) -> Result<Self, Error> {
        let state = self.state();
        check_confidential(&state.base, state.shared.allow_plain_http)?;
        with_source(state, Arc::new(source)).map(Self::from_state)
    }
}

/// Sets the source of a client's credentials.
///
/// # Errors
/// If the source has an invalid setting.
pub(crate) fn with_source(state: &ClientState, source: Arc<dyn CredentialSource>) -> Result<ClientState, Error> {
    let client = Client::from_state(state.bare());
    source.check(&CredentialRequest { client: client.clone(), rejected: None })?;
    let cache = CredentialCache::new(move |rejected| {
        let (source, request) = (Arc::clone(&source), CredentialRequest { client: client.clone(), rejected });
        Box::pin(async move { source.credential(request).await.map_err(without_url) })
    });
    Ok(ClientState { credential: Some(DefaultCredential::Renewed(cache)), ..state.clone() })
}
