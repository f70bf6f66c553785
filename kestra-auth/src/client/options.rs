//! Options of single calls, which are narrower than the client's and wider than the method's parameters.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;

use crate::client::credential::Credential;
use crate::endpoint::RetryMode;
use crate::error::Error;
use crate::headers;
use crate::retry::Retry;

/// Options of some calls, which override those of the client.
///
/// [`ApiClient::with_options`](crate::ApiClient::with_options) returns a client that applies them to all its calls,
/// and an `#[options]` parameter applies them to one call.
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use std::time::Duration;
/// use kestra_auth::{ApiClient, AuthApiClient, CallOptions, Client};
///
/// let auth = AuthApiClient::new(Client::builder("http://localhost").build()?);
/// let patient = auth.with_options(CallOptions::new().timeout(Duration::from_secs(60)).header("X-Request-Id", "7"));
/// # Ok(())
/// # }
/// ```
///
/// An invalid option, such as a header with a line break, is reported by the call, as an error of kind
/// [`Build`](crate::ErrorKind::Build). Nothing is sent then.
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) read_timeout: Option<Duration>,
    pub(crate) limit: Option<u64>,
    pub(crate) retry: Option<Arc<Retry>>,
    pub(crate) retry_mode: Option<RetryMode>,
    pub(crate) headers: HeaderMap,
    pub(crate) credential: Option<CredentialOption>,
    pub(crate) idempotency_key: Option<HeaderValue>,
    /// The message of the first invalid option.
    pub(crate) error: Option<String>,
}

/// What replaces the client's credential.
#[derive(Clone)]
pub(crate) enum CredentialOption {
    Anonymous,
    Replace(Credential),
}

impl CallOptions {
    /// Builds options that override nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long the call may take, including redirects and the body of the response.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how long each attempt may take, including redirects and what is read of the response.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets how long the server may be silent, both before and within the response.
    ///
    /// This has an effect on the default transport only.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    /// Sets how large the body of the response may be, in bytes after decompression.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    /// Sets the rules for failed attempts. [`Retry::never`] turns them off.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(Arc::new(retry));
        self
    }

    /// Sets whether the server may process a request several times, instead of what the endpoint declares.
    ///
    /// ```
    /// use kestra_auth::{CallOptions, RetryMode};
    ///
    /// // This search is a POST that changes nothing.
    /// let search = CallOptions::new().retry_mode(RetryMode::Idempotent);
    /// ```
    pub fn retry_mode(mut self, mode: RetryMode) -> Self {
        self.retry_mode = Some(mode);
        self
    }

    /// Adds a header, which replaces those that the method, the trait and the client set under the same name.
    ///
    /// Adding several headers with one name sends all of them.
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match headers::parse(name, value) {
            Ok((name, value)) => {
                if let Err(message) = headers::append(&mut self.headers, name, value) {
                    self.report(message);
                }
            }
            Err(message) => self.report(message),
        }
        self
    }

    /// Replaces the client's credential with a bearer token.
    pub fn bearer_token(self, token: impl Into<SecretString>) -> Self {
        self.replace_credential(Credential::bearer(token))
    }

    /// Replaces the client's credential with user and password.
    pub fn basic_auth(self, user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        self.replace_credential(Credential::basic(user, password))
    }

    /// Replaces the client's credential, for example with an API key.
    pub fn credential(self, credential: Credential) -> Self {
        self.replace_credential(Ok(credential))
    }

    /// Sends no credential.
    pub fn anonymous(mut self) -> Self {
        self.credential = Some(CredentialOption::Anonymous);
        self
    }

    /// Sets the idempotency key, instead of the random key that each call gets.
    ///
    /// This has an effect on endpoints with `idempotency_key` only.
    pub fn idempotency_key(mut self, key: impl TryInto<HeaderValue>) -> Self {
        match key.try_into() {
            Ok(key) => self.idempotency_key = Some(key),
            Err(_) => self.report("invalid idempotency key: it has a byte that headers cannot have".to_owned()),
        }
        self
    }

    fn replace_credential(mut self, credential: Result<Credential, Error>) -> Self {
        match credential {
            Ok(credential) => self.credential = Some(CredentialOption::Replace(credential)),
            Err(error) => self.report(error.to_string()),
        }
        self
    }

    fn report(&mut self, message: String) {
        self.error.get_or_insert(message);
    }

    /// Returns these options, completed by those of a wider level.
    pub(crate) fn over(mut self, wider: &Self) -> Self {
        // These options say who makes the call, so the wider ones do not.
        let decides = self.credential.is_some() && !self.headers.contains_key(AUTHORIZATION);
        self.timeout = self.timeout.or(wider.timeout);
        self.attempt_timeout = self.attempt_timeout.or(wider.attempt_timeout);
        self.read_timeout = self.read_timeout.or(wider.read_timeout);
        self.limit = self.limit.or(wider.limit);
        self.retry = self.retry.or_else(|| wider.retry.clone());
        self.retry_mode = self.retry_mode.or(wider.retry_mode);
        self.idempotency_key = self.idempotency_key.or_else(|| wider.idempotency_key.clone());
        self.credential = self.credential.or_else(|| wider.credential.clone());
        self.error = self.error.or_else(|| wider.error.clone());
        if let Err(message) = headers::fill(&mut self.headers, &wider.headers) {
            self.report(message);
        }
        if decides {
            self.headers.remove(AUTHORIZATION);
        }
        self
    }

    /// Returns these options for another server, which must not learn who the caller is.
    pub(crate) fn without_credentials(&self) -> Self {
        let mut options = self.clone();
        if let Some(CredentialOption::Replace(credential)) = &options.credential {
            if let Some(name) = credential.header_name() {
                options.headers.remove(name);
            }
            options.credential = None;
        }
        headers::remove_credentials(&mut options.headers);
        options
    }
}

/// Shows limits and the names of headers, because values may be secret.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("limit", &self.limit)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
