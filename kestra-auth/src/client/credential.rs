//! Credentials, which prove to the server who makes a call.
//!
//! `call/authentication.rs` decides which credential a call has, and attaches it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::headers;

/// A credential: a value of the `Authorization` header, or of another header that the server defines.
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
    name: HeaderName,
    value: HeaderValue,
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

    /// Builds a credential from the value of a header.
    pub(crate) fn from_value(name: HeaderName, mut value: HeaderValue) -> Result<Self, Error> {
        if value.is_empty() {
            return Err(Error::build(format!("the credential for header `{name}` is empty")));
        }
        // Logs do not show sensitive values, and HTTP/2 does not put them into its compression table.
        value.set_sensitive(true);
        Ok(Self { name, value })
    }

    fn from_text(name: HeaderName, text: &str) -> Result<Self, Error> {
        let value = HeaderValue::from_str(text)
            .map_err(|_| Error::build(format!("invalid credential: it has a byte that header `{name}` cannot have")))?;
        Self::from_value(name, value)
    }

    pub(crate) const fn name(&self) -> &HeaderName {
        &self.name
    }

    pub(crate) const fn value(&self) -> &HeaderValue {
        &self.value
    }
}

/// Shows nothing, because header name and value identify the caller.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_sensitive_header_values() {
        let basic = Credential::basic("Aladdin", "open sesame").unwrap();
        assert_eq!(basic.value(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(Credential::bearer("t").unwrap().value(), "Bearer t");
        let key = Credential::header("X-Api-Key", "k").unwrap();
        assert_eq!((key.name().as_str(), key.value().as_bytes()), ("x-api-key", &b"k"[..]));
        for credential in [basic, key] {
            assert!(credential.value().is_sensitive());
            assert_eq!(format!("{credential:?}"), "Credential");
        }
    }

    #[test]
    fn rejects_what_a_header_cannot_carry() {
        for error in [
            Credential::bearer("a\nb").unwrap_err(),
            Credential::bearer("").unwrap_err(),
            Credential::basic("a:b", "c").unwrap_err(),
            Credential::header("X Api", "k").unwrap_err(),
            Credential::header("X-Api-Key", "").unwrap_err(),
            Credential::header("Host", "k").unwrap_err(),
        ] {
            assert!(error.is_build(), "{error}");
        }
    }
}
