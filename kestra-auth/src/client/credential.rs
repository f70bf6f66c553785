//! What proves to the server who calls.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::encode::header;
use crate::error::Error;

/// What proves who calls: the value of `Authorization`, or of a header of the server's own, which no `Debug` shows.
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
    /// User and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)).
    ///
    /// # Errors
    /// If the user has a colon, which would end it.
    pub fn basic(user: impl Into<SecretString>, password: impl Into<SecretString>) -> Result<Self, Error> {
        let (user, password) = (user.into(), password.into());
        if user.expose_secret().contains(':') {
            return Err(Error::build("the user of a basic credential has a colon, which would end it"));
        }
        let pair = Zeroizing::new(format!("{}:{}", user.expose_secret(), password.expose_secret()));
        let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        Self::from_text(AUTHORIZATION, &Zeroizing::new(format!("Basic {}", *encoded)))
    }

    /// A token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)).
    ///
    /// # Errors
    /// If the token is empty or has a byte that a header cannot have.
    pub fn bearer(token: impl Into<SecretString>) -> Result<Self, Error> {
        let token = token.into();
        if token.expose_secret().is_empty() {
            return Err(Error::build("the bearer token is empty"));
        }
        Self::from_text(AUTHORIZATION, &Zeroizing::new(format!("Bearer {}", token.expose_secret())))
    }

    /// A header of the server's own, as an API key: it goes where a token would, and nowhere else.
    ///
    /// # Errors
    /// If the name is no header's, or the value is empty or has a byte that a header cannot have.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, Credential};
    ///
    /// let client = Client::builder("https://example.com").credential(Credential::header("X-Api-Key", "key")?).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn header(name: &str, value: impl Into<SecretString>) -> Result<Self, Error> {
        let name = header::name(name).map_err(Error::build)?;
        let value = value.into();
        if value.expose_secret().is_empty() {
            return Err(Error::build(format!("the credential of the header `{name}` is empty")));
        }
        Self::from_text(name, value.expose_secret())
    }

    fn from_text(name: HeaderName, text: &str) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(text)
            .map_err(|_| Error::build(format!("the credential has a byte that the header `{name}` cannot have")))?;
        value.set_sensitive(true);
        Ok(Self { name, value })
    }

    pub(crate) const fn name(&self) -> &HeaderName {
        &self.name
    }

    pub(crate) const fn value(&self) -> &HeaderValue {
        &self.value
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        let basic = Credential::basic("Aladdin", "open sesame").unwrap();
        assert_eq!(basic.value(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(basic.value().is_sensitive());
        assert_eq!(Credential::bearer("t").unwrap().value(), "Bearer t");
        for error in [
            Credential::bearer("a\nb").unwrap_err(),
            Credential::bearer("").unwrap_err(),
            Credential::basic("a:b", "c").unwrap_err(),
        ] {
            assert!(error.is_build());
        }
        assert_eq!(format!("{basic:?}"), "Credential");
    }
}
