//! The headers of all requests.

use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderName, HeaderValue};

use super::ClientBuilder;
use crate::client::credential::Credential;
use crate::error::Error;
use crate::headers;

/// Headers.
impl ClientBuilder {
    /// Adds a header to all requests that do not set one of the same name.
    ///
    /// Adding several headers with one name sends all of them. The `Authorization` header becomes the credential, with
    /// everything that protects one. [`Credential::header`] does the same for an API key in another header.
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match headers::parse(name, value) {
            // As a default header, it would follow the client to another base URL.
            Ok((AUTHORIZATION, value)) => return self.set_credential(Credential::from_value(AUTHORIZATION, value)),
            Ok((name, value)) => {
                if let Err(message) = headers::append(&mut self.headers, name, value) {
                    self.report(Error::build(message));
                }
            }
            Err(message) => self.report(Error::build(message)),
        }
        self
    }

    /// Sets the name and version of the application, such as `my-app/1.0`, which come first in the `User-Agent` header:
    /// `my-app/1.0 kestra-auth/0.1.0`
    /// ([RFC 9110, section 10.1.5](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5)).
    ///
    /// To replace the whole header, set it with [`header`](Self::header).
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::Client;
    ///
    /// let builder = Client::builder("https://kestra.example.com");
    /// let client = builder.user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"))).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_agent(mut self, application: impl TryInto<HeaderValue>) -> Self {
        match headers::parse_value(USER_AGENT.as_str(), application) {
            Ok(application) => self.user_agent = Some(application),
            Err(message) => self.report(Error::build(message)),
        }
        self
    }
}
