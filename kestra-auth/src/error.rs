//! The one error of the crate.
//!
//! What is hard here: an error is printed and logged by people who do not know what is in it, and servers echo
//! what they were sent. So whatever can hold a value (a URL, a parameter, a header, a body, the words of
//! another library's error) is either kept out or reachable by an accessor alone.

pub(crate) mod api_error;
pub(crate) mod conversion;
mod message;
mod retry_after;

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::endpoint::Endpoint;

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

/// What went wrong with a call.
///
/// `Display` and `Debug` show the operation, the method, the path *template*, the status and what happened:
/// never a URL, a parameter, a header, a body or the server's words, so an error can be logged as it is. What
/// the server said stands behind [`headers`](Self::headers), [`body`](Self::body), [`json`](Self::json) and
/// [`message`](Self::message).
///
/// ```
/// # use http::StatusCode;
/// let error = kestra_auth::Error::from_status(StatusCode::NOT_FOUND);
/// assert!(error.is_status());
/// assert_eq!(error.to_string(), "the server answered 404 Not Found");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    detail: Cow<'static, str>,
    endpoint: Option<&'static Endpoint>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    source: Option<BoxError>,
}

/// At which step a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client or the request could not be built. Nothing was sent.
    Build,
    /// The connection could not be made, or it broke before an answer came.
    Connect,
    /// A time limit was reached.
    Timeout,
    /// The server answered with a redirect that is not followed.
    Redirect,
    /// The server answered with a status that is no success.
    Status,
    /// The answer is not what the method's result wants.
    Decode,
    /// The answer's body could not be read to its end, or is larger than its limit; or the request's body failed.
    Body,
    /// A layer, or a transport other than the default one, failed.
    Layer,
    /// A fake does not implement this method.
    Unimplemented,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: detail.into(),
            endpoint: None,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            source: None,
        }))
    }

    pub(crate) fn build(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Build, detail)
    }

    pub(crate) fn unimplemented(endpoint: &'static Endpoint) -> Self {
        Self::new(ErrorKind::Unimplemented, "this implementation of the trait does not have the method").at(endpoint)
    }

    /// The error of an answer with this status, as a server's answer makes it: for fakes.
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
        Self::from_answer(
            ErrorKind::Status,
            format!("the server answered {status}"),
            status,
            HeaderMap::new(),
            Bytes::new(),
        )
    }

    /// An error of any kind: for fakes, and for layers. `detail` is shown: it must not hold a value.
    ///
    /// ```
    /// use kestra_auth::{Error, ErrorKind};
    ///
    /// let error = Error::of_kind(ErrorKind::Redirect, "the server answered 302, to another origin");
    /// assert!(error.is_redirect());
    /// ```
    #[must_use]
    pub fn of_kind(kind: ErrorKind, detail: &'static str) -> Self {
        Self::new(kind, detail)
    }

    /// The error of a call that took too long: for fakes.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(ErrorKind::Timeout, "the call took longer than its time limit")
    }

    /// The error of a server that cannot be reached: for fakes.
    #[must_use]
    pub fn connect() -> Self {
        Self::new(ErrorKind::Connect, "the connection could not be made")
    }

    /// The error of an answer that is not what was expected, for implementations of
    /// [`FromResponse`](crate::FromResponse). `detail` is shown: it must not hold a value of the answer.
    #[must_use]
    pub fn decode(detail: &'static str) -> Self {
        Self::new(ErrorKind::Decode, detail)
    }

    /// This error with an answer's body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.0.body = body.into();
        self
    }

    /// This error with an answer's headers.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.0.headers = headers;
        self
    }

    pub(crate) fn from_answer(
        kind: ErrorKind,
        detail: impl Into<Cow<'static, str>>,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Self {
        let mut error = Self::new(kind, detail);
        error.0.status = Some(status);
        error.0.headers = headers;
        error.0.body = body;
        error
    }

    pub(crate) fn with_source(mut self, source: BoxError) -> Self {
        self.0.source = Some(source);
        self
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.0.status.get_or_insert(status);
        self
    }

    /// This error at an endpoint, unless it stands at one.
    pub(crate) fn at(mut self, endpoint: &'static Endpoint) -> Self {
        self.0.endpoint.get_or_insert(endpoint);
        self
    }

    /// At which step the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the client or the request could not be built, and nothing was sent.
    #[must_use]
    pub fn is_build(&self) -> bool {
        self.kind() == ErrorKind::Build
    }

    /// Whether the connection failed before an answer came.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether a time limit was reached.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether the server answered with a redirect that is not followed; `Location` is in
    /// [`headers`](Self::headers).
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.kind() == ErrorKind::Redirect
    }

    /// Whether the server answered with a status that is no success.
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.kind() == ErrorKind::Status
    }

    /// Whether the answer is not what the method's result wants.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether the answer's body broke off or is larger than its limit.
    #[must_use]
    pub fn is_body(&self) -> bool {
        self.kind() == ErrorKind::Body
    }

    /// Whether a layer or a transport of the user's own failed; [`source`](StdError::source) has its error.
    #[must_use]
    pub fn is_layer(&self) -> bool {
        self.kind() == ErrorKind::Layer
    }

    /// Whether a fake does not implement the method.
    #[must_use]
    pub fn is_unimplemented(&self) -> bool {
        self.kind() == ErrorKind::Unimplemented
    }

    /// The answer's status, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The answer's headers; empty if there was no answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The answer's body, up to [`ClientBuilder::error_limit`](crate::ClientBuilder::error_limit).
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The answer's body as JSON: a service's own error type.
    ///
    /// # Errors
    /// Of kind [`Decode`](ErrorKind::Decode), with this error's status and body, if the body is no such JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Self> {
        crate::response::json::decode(self.body()).map_err(|mut error| {
            error.0.endpoint = self.0.endpoint;
            error.0.status = self.0.status;
            error.0.headers.clone_from(&self.0.headers);
            error.0.body.clone_from(&self.0.body);
            error
        })
    }

    /// The server's own words, for a person to read: of Micronaut's and Kestra's errors (`message`,
    /// `_embedded.errors[].message`), of a problem after [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)
    /// (`detail`, `title`), or a short body of plain text. Servers echo what they were sent: do not log it.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        message::of(self.headers(), self.body())
    }

    /// The endpoint that was called, if one was.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.0.endpoint
    }

    /// How long the server asks to wait before the next try
    /// ([RFC 9110, `Retry-After`](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)), counted from now;
    /// zero if that time has passed.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let date = retry_after::parse(value)?;
        Some(date.duration_since(SystemTime::now()).unwrap_or_default())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(endpoint) = self.endpoint() {
            write!(f, "{endpoint}: ")?;
        }
        f.write_str(&self.0.detail)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        debug.field("kind", &self.kind());
        if let Some(endpoint) = self.endpoint() {
            debug.field("endpoint", endpoint);
        }
        if let Some(status) = self.status() {
            debug.field("status", &status);
        }
        debug.field("detail", &self.0.detail);
        if let Some(source) = &self.0.source {
            debug.field("source", source);
        }
        debug.finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
