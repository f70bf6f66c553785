//! Options of a call, for a while: between the client's defaults and the method's parameters.

use std::fmt;
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use secrecy::SecretString;

use crate::client::credential::Credential;
use crate::encode::header;
use crate::error::Error;

/// What some calls have of their own: [`ApiClient::with_options`](crate::ApiClient::with_options) gives a
/// client that uses them.
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
/// A mistake in an option, as a line break in a header, is an error of the call.
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) limit: Option<u64>,
    pub(crate) headers: HeaderMap,
    pub(crate) credential: Option<Identity>,
    pub(crate) idempotency_key: Option<HeaderValue>,
    pub(crate) mistake: Option<String>,
}

/// Whose call it is.
#[derive(Clone)]
pub(crate) enum Identity {
    Anonymous,
    Own(Credential),
}

impl CallOptions {
    /// No option at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the call may take, redirects and the answer's body included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How large an answer may be, in bytes, after decompression.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    /// A header, in place of the method's, the trait's or the client's of this name; several calls with one
    /// name send several.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header::parse(name, value) {
            Ok((name, mut value)) => {
                value.set_sensitive(name == AUTHORIZATION);
                self.headers.append(name, value);
            }
            Err(mistake) => self.note(mistake),
        }
        self
    }

    /// A bearer token in place of the client's credential.
    pub fn bearer_token(self, token: impl Into<SecretString>) -> Self {
        self.credential(Credential::bearer(token))
    }

    /// User and password in place of the client's credential.
    pub fn basic_auth(self, user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        self.credential(Credential::basic(user, password))
    }

    /// No credential.
    pub fn anonymous(mut self) -> Self {
        self.credential = Some(Identity::Anonymous);
        self
    }

    /// The idempotency key of an endpoint that has one, in place of a fresh one.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        match HeaderValue::try_from(key) {
            Ok(key) => self.idempotency_key = Some(key),
            Err(_) => self.note("the idempotency key has a byte that a header cannot have".to_owned()),
        }
        self
    }

    fn credential(mut self, credential: Result<Credential, Error>) -> Self {
        match credential {
            Ok(credential) => self.credential = Some(Identity::Own(credential)),
            Err(error) => self.note(error.to_string()),
        }
        self
    }

    fn note(&mut self, mistake: String) {
        self.mistake.get_or_insert(mistake);
    }

    /// These options, and `wider` where they have none.
    pub(crate) fn over(mut self, wider: &Self) -> Self {
        self.timeout = self.timeout.or(wider.timeout);
        self.limit = self.limit.or(wider.limit);
        self.idempotency_key = self.idempotency_key.or_else(|| wider.idempotency_key.clone());
        self.credential = self.credential.or_else(|| wider.credential.clone());
        self.mistake = self.mistake.or_else(|| wider.mistake.clone());
        fill(&mut self.headers, &wider.headers);
        self
    }
}

/// Headers of a wider level, but for the names that the narrower one has.
pub(crate) fn fill(narrow: &mut HeaderMap, wide: &HeaderMap) {
    // The values of one name follow one another.
    let mut last = None;
    for (name, value) in wide {
        let wanted = match last {
            Some((last, wanted)) if last == name => wanted,
            _ => !narrow.contains_key(name),
        };
        last = Some((name, wanted));
        if wanted {
            narrow.append(name, value.clone());
        }
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("limit", &self.limit)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
