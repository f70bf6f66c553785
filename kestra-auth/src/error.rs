//! The error of every call.
//!
//! What is hard here: errors are logged by people who do not know what is in them, and servers echo what they were
//! sent. Whatever can hold a value (a URL, a parameter, a header, a body, the message of another library's error) is
//! therefore left out of `Display` and `Debug`, and available through accessors at most.

pub(crate) mod api_error;
mod cause;
#[cfg(feature = "hyper")]
pub(crate) mod connect_failure;
pub(crate) mod conversion;
mod decoding;
pub(crate) mod kind;
mod message;
mod predicates;
mod printing;
pub(crate) mod retry_after;
mod tls;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::endpoint::Endpoint;
use crate::json;
use crate::json::error::{DecodeError, Subject};
use kind::{Cause, ErrorKind};

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// The error of a call.
///
/// `Display` and `Debug` show the endpoint, the HTTP method, the path *template*, the status and what went wrong, but
/// never a URL, a parameter, a header, a body or the server's message. An error can therefore be logged as it is. What
/// the server sent is available from [`headers`](Self::headers), [`body`](Self::body), [`json`](Self::json) and
/// [`message`](Self::message).
///
/// ```
/// # use http::StatusCode;
/// let error = kestra_auth::Error::from_status(StatusCode::NOT_FOUND);
/// assert!(error.is_status());
/// assert_eq!(error.to_string(), "the server responded with 404 Not Found");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    detail: Cow<'static, str>,
    endpoint: Option<&'static Endpoint>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    cause: Option<Cause>,
    may_have_reached_server: bool,
    attempts: u32,
    source: Option<BoxError>,
}

/// Constructors, for test doubles, layers, transports and [`FromResponse`](crate::FromResponse) implementations.
impl Error {
    /// Builds an error of any kind.
    ///
    /// `detail` says what went wrong: in lower case, without a final period. It is shown, so it is a constant, which
    /// cannot hold a value.
    ///
    /// ```
    /// use kestra_auth::{Error, ErrorKind};
    ///
    /// let error = Error::new(ErrorKind::Decode, "the table has no header row");
    /// assert!(error.is_decode());
    /// assert_eq!(error.to_string(), "the table has no header row");
    /// ```
    #[must_use]
    pub fn new(kind: ErrorKind, detail: &'static str) -> Self {
        Self::with_detail(kind, detail)
    }

    /// Builds the error of a response with this status.
    ///
    /// ```
    /// # use http::StatusCode;
    /// use kestra_auth::Error;
    ///
    /// let error = Error::from_status(StatusCode::CONFLICT).with_body(r#"{"message": "exists"}"#);
    /// assert_eq!(error.message().as_deref(), Some("exists"));
    /// ```
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        Self::with_detail(ErrorKind::Status, format!("the server responded with {status}")).with_status(status)
    }

    /// Builds the error of a call that exceeded its time limit.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(ErrorKind::Timeout, "the call exceeded its time limit")
    }

    /// Builds the error of a server that cannot be reached.
    #[must_use]
    pub fn connect() -> Self {
        Self::new(ErrorKind::Connect, "could not connect to the server")
    }

    /// Sets the status of the response.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status = Some(status);
        self
    }

    /// Sets the headers of the response.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.0.headers = headers;
        self
    }

    /// Sets the body of the response.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.0.body = body.into();
        self
    }

    /// Sets the cause, which [`source`](StdError::source) returns.
    ///
    /// Neither `Display` nor `Debug` of this error shows the cause, but a logger that follows `source` does.
    ///
    /// ```
    /// use std::error::Error as _;
    /// use kestra_auth::{Error, ErrorKind};
    ///
    /// let cause = std::io::Error::other("the disk is full");
    /// let error = Error::new(ErrorKind::Layer, "could not write to the cache").with_source(cause);
    /// assert_eq!(error.source().unwrap().to_string(), "the disk is full");
    /// assert!(!format!("{error:?}").contains("disk"));
    /// ```
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Builds an error whose detail is not a constant. The caller makes sure that it holds no value.
    pub(crate) fn with_detail(kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: detail.into(),
            endpoint: None,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            cause: None,
            may_have_reached_server: kind.may_have_reached_server(),
            attempts: 0,
            source: None,
        }))
    }

    pub(crate) fn build(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::with_detail(ErrorKind::Build, detail)
    }

    pub(crate) fn unimplemented(endpoint: &'static Endpoint) -> Self {
        Self::new(ErrorKind::Unimplemented, "this implementation of the trait does not have the endpoint").at(endpoint)
    }

    /// Sets what prevented the connection.
    pub(crate) fn caused_by(mut self, cause: Cause) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// Sets whether the server may have seen the request, where the kind does not say so.
    pub(crate) fn reached_server(mut self, possibly: bool) -> Self {
        self.0.may_have_reached_server = possibly;
        self
    }

    /// Sets how many attempts the call has made.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the status, unless it is already set.
    pub(crate) fn or_status(mut self, status: StatusCode) -> Self {
        self.0.status.get_or_insert(status);
        self
    }

    /// Keeps at most `limit` bytes of the body.
    pub(crate) fn limit_body(mut self, limit: u64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if self.0.body.len() > limit {
            // A slice would keep the whole body in memory.
            self.0.body = Bytes::copy_from_slice(&self.0.body[..limit]);
        }
        self
    }

    /// Sets the endpoint, unless it is already set.
    pub(crate) fn at(mut self, endpoint: &'static Endpoint) -> Self {
        self.0.endpoint.get_or_insert(endpoint);
        self
    }
}

impl Error {
    /// Returns the endpoint that was called, if any.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.0.endpoint
    }

    /// Returns how many attempts the call has made. It is zero if nothing was sent, or if the error does not come from
    /// a client.
    ///
    /// A redirect that is followed belongs to its attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the status of the response, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the headers of the response. They are empty if there was no response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the body of the response, up to [`ClientBuilder::error_limit`](crate::ClientBuilder::error_limit).
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Decodes the body of the response as JSON, into the error type of a service.
    ///
    /// # Errors
    /// If the body is not valid JSON for `T`: an error of kind [`Decode`](ErrorKind::Decode) with the endpoint, the
    /// status, the headers and the body of this one.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Self> {
        json::decode::decode(self.body(), Subject::ResponseBody).map_err(|error| {
            let mut error = Self::from_decode(error, self.status(), self.headers());
            error.0.endpoint = self.0.endpoint;
            error.0.status = self.0.status;
            error.0.headers.clone_from(&self.0.headers);
            error.0.body.clone_from(&self.0.body);
            error
        })
    }

    /// Returns the server's message, for people to read.
    ///
    /// It is found in Micronaut's and Kestra's error bodies (`message`, `_embedded.errors[].message`), in problem
    /// details ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457#section-3.1): `detail`, `title`), in errors of OAuth
    /// ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749#section-5.2): `error_description`) and in a short body of plain
    /// text, in the first 256 KiB of the body. Servers echo what they were sent, so do not log it.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        message::find(self.headers(), self.body())
    }

    /// Returns how long the server asks to wait before the next attempt
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3): `Retry-After`), counted from now; zero if
    /// that time has passed.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::find(self.headers())
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::with_detail(ErrorKind::Decode, error.into_message())
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn debug_shows_only_causes_without_values() {
        let error = Error::connect().with_source(io::Error::from(io::ErrorKind::ConnectionRefused));
        assert!(format!("{error:?}").contains("ConnectionRefused"));
        let error = Error::new(ErrorKind::Layer, "a layer failed").with_source("the secret");
        assert!(!format!("{error:?} {error}").contains("secret"));
        assert_eq!(error.source().unwrap().to_string(), "the secret");
    }

    #[test]
    fn a_decode_error_keeps_the_response() {
        let error = Error::from_status(StatusCode::CONFLICT).with_body("{}").json::<u8>().unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(StatusCode::CONFLICT)));
        assert_eq!(error.body(), "{}");
    }
}
