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

    /// Sets the `User-Agent` header. The default is the name and version of this crate.
    pub fn user_agent(mut self, value: impl TryInto<HeaderValue>) -> Self {
        match headers::parse_value(USER_AGENT.as_str(), value) {
            Ok(value) => {
                self.headers.insert(USER_AGENT, value);
            }
            Err(message) => self.report(Error::build(message)),
        }
        self
    }
}
