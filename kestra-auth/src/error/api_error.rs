//! Errors whose body the service declares.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::Error;
use super::kind::ErrorKind;
use crate::endpoint::Endpoint;

/// The error of an endpoint whose service declares the body of its error responses:
/// `Result<T, ApiError<Problem>>`.
///
/// It has the accessors of [`Error`], and [`declared`](Self::declared):
///
/// ```
/// # use http::StatusCode;
/// use kestra_auth::{ApiError, Error};
///
/// #[derive(serde::Deserialize)]
/// struct Problem {
///     code: u32,
/// }
///
/// # let response = Error::from_status(StatusCode::CONFLICT).with_body(r#"{"code": 7}"#);
/// let error: ApiError<Problem> = response.into();
/// assert_eq!(error.status(), Some(StatusCode::CONFLICT));
/// assert_eq!(error.declared().map(|problem| problem.code), Some(7));
///
/// match error {
///     ApiError::Declared(problem) => println!("problem {} ({})", problem.body().code, problem.status()),
///     ApiError::Other(error) => println!("{error}"),
/// }
/// ```
pub enum ApiError<P> {
    /// The server responded with an error status, and the body is a valid `P`.
    Declared(DeclaredError<P>),
    /// Any other error. If there was a response whose body is not a valid `P`, the error has its status and body.
    Other(Error),
}

impl<P> ApiError<P> {
    /// Returns the declared error body, if this is one.
    #[must_use]
    pub fn declared(&self) -> Option<&P> {
        match self {
            Self::Declared(declared) => Some(declared.body()),
            Self::Other(_) => None,
        }
    }

    /// Returns the declared error body by value.
    ///
    /// # Errors
    /// If this is any other error: that error.
    pub fn into_declared(self) -> Result<P, Error> {
        match self {
            Self::Declared(declared) => Ok(declared.into_body()),
            Self::Other(error) => Err(error),
        }
    }

    /// Returns the error without its declared body. Its [`body`](Error::body) still has the bytes.
    #[must_use]
    pub fn into_error(self) -> Error {
        match self {
            Self::Declared(declared) => declared.error,
            Self::Other(error) => error,
        }
    }

    fn error(&self) -> &Error {
        match self {
            Self::Declared(declared) => &declared.error,
            Self::Other(error) => error,
        }
    }
}

/// The accessors of [`Error`].
impl<P> ApiError<P> {
    /// Returns the step at which the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.error().kind()
    }

    /// Returns whether the client or the request could not be built. Nothing was sent.
    #[must_use]
    pub fn is_build(&self) -> bool {
        self.error().is_build()
    }

    /// Returns whether the connection could not be established, or failed before a response arrived.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.error().is_connect()
    }

    /// Returns whether the host name could not be resolved.
    #[must_use]
    pub fn is_dns(&self) -> bool {
        self.error().is_dns()
    }

    /// Returns whether TLS failed.
    #[must_use]
    pub fn is_tls(&self) -> bool {
        self.error().is_tls()
    }

    /// Returns whether what arrived is not an HTTP response.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        self.error().is_protocol()
    }

    /// Returns whether the server may have received the request; see [`Error::may_have_reached_server`].
    #[must_use]
    pub fn may_have_reached_server(&self) -> bool {
        self.error().may_have_reached_server()
    }

    /// Returns whether a time limit was exceeded.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.error().is_timeout()
    }

    /// Returns whether the server responded with a redirect that is not followed.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        self.error().is_redirect()
    }

    /// Returns whether the server responded with a status that is not a success.
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.error().is_status()
    }

    /// Returns whether the response is not what the endpoint's result type expects.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.error().is_decode()
    }

    /// Returns whether a body failed, as [`Error::is_body`].
    #[must_use]
    pub fn is_body(&self) -> bool {
        self.error().is_body()
    }

    /// Returns whether a layer, or a transport other than the default one, failed.
    #[must_use]
    pub fn is_layer(&self) -> bool {
        self.error().is_layer()
    }

    /// Returns whether a test double does not implement the endpoint.
    #[must_use]
    pub fn is_unimplemented(&self) -> bool {
        self.error().is_unimplemented()
    }

    /// Returns the endpoint that was called, if any.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.error().endpoint()
    }

    /// Returns the status of the response, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.error().status()
    }

    /// Returns the headers of the response. They are empty if there was no response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.error().headers()
    }

    /// Returns the body of the response as bytes, as [`Error::body`].
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.error().body()
    }

    /// Decodes the body of the response as JSON, as [`Error::json`].
    ///
    /// # Errors
    /// If the body is not valid JSON for `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.error().json()
    }

    /// Returns the server's message, for people to read, as [`Error::message`].
    #[must_use]
    pub fn message(&self) -> Option<String> {
        self.error().message()
    }

    /// Returns how long the server asks to wait before the next attempt, as [`Error::retry_after`].
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.error().retry_after()
    }
}

impl<P: DeserializeOwned> From<Error> for ApiError<P> {
    fn from(error: Error) -> Self {
        // Only an error status promises a declared body: a decode error, too, has a status and a body.
        if error.is_status()
            && let Ok(body) = error.json()
        {
            return Self::Declared(DeclaredError { error, body });
        }
        Self::Other(error)
    }
}

impl<P> From<DeclaredError<P>> for ApiError<P> {
    fn from(declared: DeclaredError<P>) -> Self {
        Self::Declared(declared)
    }
}

impl<P> From<ApiError<P>> for Error {
    fn from(error: ApiError<P>) -> Self {
        error.into_error()
    }
}

impl<P> AsRef<Error> for ApiError<P> {
    fn as_ref(&self) -> &Error {
        self.error()
    }
}

impl<P> fmt::Display for ApiError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error().fmt(f)
    }
}

/// Shows what [`Error`] shows. The declared body is left out, because servers echo what they were sent.
impl<P> fmt::Debug for ApiError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(declared) => f.debug_tuple("Declared").field(&declared.error).finish(),
            Self::Other(error) => f.debug_tuple("Other").field(error).finish(),
        }
    }
}

impl<P> StdError for ApiError<P> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error().source()
    }
}

/// An error response whose body is a valid `P`: [`ApiError::Declared`].
///
/// ```
/// # use http::StatusCode;
/// use kestra_auth::{ApiError, DeclaredError};
///
/// // What a test double returns:
/// let error = ApiError::from(DeclaredError::new(StatusCode::CONFLICT, "the declared body"));
/// assert!(error.is_status());
/// ```
pub struct DeclaredError<P> {
    /// The error that the body belongs to, of kind `Status`.
    error: Error,
    body: P,
}

impl<P> DeclaredError<P> {
    /// Builds an error response with this status and body.
    #[must_use]
    pub fn new(status: StatusCode, body: P) -> Self {
        Self { error: Error::from_status(status), body }
    }

    /// Sets the headers of the response.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.error = self.error.with_headers(headers);
        self
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        // `From<Error>` and `new` make errors with a status only.
        self.error.status().unwrap_or_default()
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.error.headers()
    }

    /// Returns the declared error body.
    #[must_use]
    pub fn body(&self) -> &P {
        &self.body
    }

    /// Returns the declared error body by value.
    #[must_use]
    pub fn into_body(self) -> P {
        self.body
    }

    /// Returns the endpoint that was called, if any.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        self.error.endpoint()
    }
}

impl<P> fmt::Display for DeclaredError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

/// Shows what [`Error`] shows. The declared body is left out, because servers echo what they were sent.
impl<P> fmt::Debug for DeclaredError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DeclaredError").field(&self.error).finish()
    }
}

impl<P> StdError for DeclaredError<P> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Problem {
        code: u32,
    }

    static ENDPOINT: Endpoint = Endpoint::__new("FlowApi", "create", "POST").__path("/flows/{id}");

    fn conflict(body: &'static str) -> ApiError<Problem> {
        Error::from_status(StatusCode::CONFLICT).with_body(body).at(&ENDPOINT).into()
    }

    #[test]
    fn has_the_accessors_of_the_error() {
        for error in [conflict(r#"{"code": 7}"#), conflict("other")] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(StatusCode::CONFLICT)));
            assert_eq!(error.endpoint().map(Endpoint::operation), Some("create"));
            assert!(error.is_status() && !error.is_timeout());
            assert!(!error.body().is_empty() && error.headers().is_empty());
        }
        assert_eq!(conflict("plain text").message().as_deref(), Some("plain text"));
        assert!(ApiError::<Problem>::from(Error::timeout()).is_timeout());
    }

    #[test]
    fn declares_a_valid_body_of_an_error_status_only() {
        let error = conflict(r#"{"code": 7}"#);
        assert_eq!(error.declared().map(|problem| problem.code), Some(7));
        assert_eq!(error.into_declared().unwrap().code, 7);
        let other = conflict(r#"{"code": "x"}"#);
        assert!(other.declared().is_none());
        assert_eq!(other.into_declared().map(|problem| problem.code).unwrap_err().status(), Some(StatusCode::CONFLICT));
        let decode = Error::new(ErrorKind::Decode, "x").with_status(StatusCode::OK).with_body(r#"{"code": 7}"#);
        assert!(ApiError::<Problem>::from(decode).declared().is_none());
    }

    #[test]
    fn names_its_endpoint_but_no_value() {
        let error = conflict(r#"{"code": 7654321}"#);
        let expected = "FlowApi::create (POST /flows/{id}): the server responded with 409 Conflict";
        assert_eq!(error.to_string(), expected);
        let debug = format!("{error:?}");
        assert!(debug.contains("FlowApi::create (POST /flows/{id})") && !debug.contains("7654321"), "{debug}");
        assert_eq!(Error::from(error).to_string(), expected);
    }
}
