//! Credentials, which prove to the server who makes a call.
//!
//! `call/authentication.rs` decides which credential a call has, and attaches it.

pub(crate) mod cache;
pub(crate) mod default_credential;
mod query;
pub(crate) mod source;

use std::fmt;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::headers;
use query::QueryParameter;

/// A credential: a value of the `Authorization` header, or of another header or a query parameter that the server
/// defines.
///
/// It is sent to the origin of the base URL only, and its `Debug` output does not show it.
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::Credential;
///
/// let credential = Credential::bearer("token")?;
/// assert_eq!(format!("{credential:?}"), "Credential");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Credential {
    form: Form,
    /// Until when it is valid, for the credential of a source.
    expires_at: Option<Instant>,
}

/// How a credential is sent.
#[derive(Clone, PartialEq, Eq)]
enum Form {
    Header(HeaderName, HeaderValue),
    Query(QueryParameter),
}

impl Credential {
    /// Builds a credential from user and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    ///
    /// # Errors
    /// If the user contains a colon, which would end it.
    pub fn basic(user: impl Into<SecretString>, password: impl Into<SecretString>) -> Result<Self, Error> {
        let (user, password) = (user.into(), password.into());
        if user.expose_secret().contains(':') {
            return Err(Error::build("the user of a basic credential contains a colon, which would end it"));
        }
        // The intermediate strings hold the password, so they are wiped from memory.
        let pair = Zeroizing::new(format!("{}:{}", user.expose_secret(), password.expose_secret()));
        let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        Self::from_text(AUTHORIZATION, &Zeroizing::new(format!("Basic {}", *encoded)))
    }

    /// Builds a credential from a bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)).
    ///
    /// # Errors
    /// If the token is empty or has a byte that headers cannot have.
    pub fn bearer(token: impl Into<SecretString>) -> Result<Self, Error> {
        let token = token.into();
        if token.expose_secret().is_empty() {
            return Err(Error::build("the bearer token is empty"));
        }
        Self::from_text(AUTHORIZATION, &Zeroizing::new(format!("Bearer {}", token.expose_secret())))
    }

    /// Builds a credential that is sent in a header of the server's choice, such as an API key.
    ///
    /// # Errors
    /// If the name is not a header name, or the value is empty or has a byte that headers cannot have.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, Credential};
    ///
    /// let client = Client::builder("https://example.com").credential(Credential::header("X-Api-Key", "key")?).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn header(name: impl TryInto<HeaderName>, value: impl Into<SecretString>) -> Result<Self, Error> {
        let name = headers::parse_name(name).map_err(Error::build)?;
        Self::from_text(name, value.into().expose_secret())
    }

    /// Builds a credential that is sent as a parameter of the query, such as an API key.
    ///
    /// It is added to the URL of each request on the wire, and removed from the links and redirects of its response,
    /// where servers repeat it. So neither errors nor links have it. Servers and proxies usually log URLs, so prefer
    /// [`header`](Self::header) if the server accepts both.
    ///
    /// # Errors
    /// If name or value is empty.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, Credential};
    ///
    /// let client = Client::builder("https://example.com").credential(Credential::query("api_key", "key")?).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn query(name: &str, value: impl Into<SecretString>) -> Result<Self, Error> {
        let value = value.into();
        if name.is_empty() {
            return Err(Error::build("invalid credential: the name of the query parameter is empty"));
        }
        if value.expose_secret().is_empty() {
            return Err(Error::build("invalid credential: the value of the query parameter is empty"));
        }
        Ok(Self::new(Form::Query(QueryParameter::new(name, value.expose_secret()))))
    }

    /// Sets how long the credential is valid, from now on.
    ///
    /// This is for the credential of a [`CredentialSource`](crate::CredentialSource), which is asked for another one
    /// when this one has expired, and in the background shortly before. It has no effect on a credential that is set
    /// on a client or a call.
    #[must_use]
    pub fn expires_in(self, lifetime: Duration) -> Self {
        self.expires_in_since(Instant::now(), lifetime)
    }

    /// Sets until when the credential is valid; see [`expires_in`](Self::expires_in).
    #[must_use]
    pub fn expires_at(self, time: SystemTime) -> Self {
        self.expires_in(time.duration_since(SystemTime::now()).unwrap_or_default())
    }

    /// Sets how long the credential is valid after `start`.
    pub(crate) fn expires_in_since(self, start: Instant, lifetime: Duration) -> Self {
        // A time that is too far away to be represented is never reached.
        Self { expires_at: start.checked_add(lifetime), ..self }
    }

    /// Builds a credential from the value of a header.
    pub(crate) fn from_value(name: HeaderName, mut value: HeaderValue) -> Result<Self, Error> {
        if value.is_empty() {
            return Err(Error::build(format!("the credential for header `{name}` is empty")));
        }
        // Logs do not show sensitive values, and HTTP/2 does not put them into its compression table.
        value.set_sensitive(true);
        Ok(Self::new(Form::Header(name, value)))
    }

    fn from_text(name: HeaderName, text: &str) -> Result<Self, Error> {
        let value = HeaderValue::from_str(text)
            .map_err(|_| Error::build(format!("invalid credential: it has a byte that header `{name}` cannot have")))?;
        Self::from_value(name, value)
    }

    fn new(form: Form) -> Self {
        Self { form, expires_at: None }
    }

    /// Returns the name of the header that the credential is sent in, if it is sent in one.
    pub(crate) fn header_name(&self) -> Option<&HeaderName> {
        match &self.form {
            Form::Header(name, _) => Some(name),
            Form::Query(_) => None,
        }
    }

    /// Adds the credential to a request, unless the request has that header or parameter. Returns the URL if the
    /// credential is in it.
    pub(crate) fn attach(&self, headers: &mut HeaderMap, url: &str) -> Option<String> {
        match &self.form {
            Form::Header(name, value) => {
                if !headers::contains(headers, name) {
                    headers.insert(name, value.clone());
                }
                None
            }
            Form::Query(parameter) => parameter.add_to(url),
        }
    }

    /// Removes the credential from the head of a response, whose URLs servers often make from the one they received.
    pub(crate) fn remove_from(&self, headers: &mut HeaderMap) {
        if let Form::Query(parameter) = &self.form {
            parameter.remove_from(headers);
        }
    }
}

/// Credentials are equal if they are sent in the same way. When they expire makes no difference.
impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        self.form == other.form
    }
}

impl Eq for Credential {}

/// Shows nothing, because name and value identify the caller.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(credential: &Credential) -> (String, HeaderValue) {
        let mut headers = HeaderMap::new();
        assert_eq!(credential.attach(&mut headers, "https://h/"), None);
        let (name, value) = headers.iter().next().unwrap();
        (name.to_string(), value.clone())
    }

    #[test]
    fn builds_sensitive_header_values() {
        for (credential, name, value) in [
            (Credential::basic("Aladdin", "open sesame"), "authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            (Credential::bearer("t"), "authorization", "Bearer t"),
            (Credential::header("X-Api-Key", "k"), "x-api-key", "k"),
        ] {
            let credential = credential.unwrap();
            let sent = header(&credential);
            assert_eq!((sent.0.as_str(), sent.1.to_str().unwrap()), (name, value));
            assert!(sent.1.is_sensitive());
            assert_eq!(format!("{credential:?}"), "Credential");
        }
    }

    #[test]
    fn rejects_what_cannot_be_sent() {
        for error in [
            Credential::bearer("a\nb").unwrap_err(),
            Credential::bearer("").unwrap_err(),
            Credential::basic("a:b", "c").unwrap_err(),
            Credential::header("X Api", "k").unwrap_err(),
            Credential::header("X-Api-Key", "").unwrap_err(),
            Credential::header("Host", "k").unwrap_err(),
            Credential::query("", "k").unwrap_err(),
            Credential::query("key", "").unwrap_err(),
        ] {
            assert!(error.is_build(), "{error}");
        }
    }

    #[test]
    fn narrower_levels_keep_their_header_or_parameter() {
        let mut headers = HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_static("own"))]);
        Credential::bearer("t").unwrap().attach(&mut headers, "https://h/");
        assert_eq!(headers[AUTHORIZATION], "own");
        let key = Credential::query("key", "k").unwrap();
        assert_eq!(key.attach(&mut headers, "https://h/a?key=own"), None);
        assert_eq!(key.attach(&mut headers, "https://h/a").as_deref(), Some("https://h/a?key=k"));
    }

    #[test]
    fn equality_does_not_depend_on_the_lifetime() {
        let bearer = |token: &str| Credential::bearer(token).unwrap();
        assert_eq!(bearer("a"), bearer("a").expires_in(Duration::from_secs(1)));
        assert_ne!(bearer("a"), bearer("b"));
        assert_ne!(bearer("a"), Credential::query("a", "a").unwrap());
        assert!(bearer("a").expires_in(Duration::MAX).expires_at.is_none());
        assert!(bearer("a").expires_at(SystemTime::UNIX_EPOCH).expires_at.unwrap() <= Instant::now());
    }
}
