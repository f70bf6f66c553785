//! What is known of an attempt that has failed.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::error::retry_after;

/// What a failed attempt counts as; see [`Retry`](crate::Retry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Failure {
    /// The server has not processed the request, so it can be repeated, whatever the endpoint is.
    NotProcessed,
    /// The server may have processed the request, and the next one may succeed. Only requests of idempotent endpoints
    /// and requests with an idempotency key are repeated.
    Transient,
    /// The next attempt would fail as well.
    Permanent,
}

/// An attempt that has failed, as a closure of [`Retry::classify`](crate::Retry::classify) sees it.
pub struct FailedAttempt<'a> {
    endpoint: &'static Endpoint,
    number: u32,
    result: Result<&'a http::Response<Body>, &'a Error>,
}

impl<'a> FailedAttempt<'a> {
    pub(crate) fn new(
        endpoint: &'static Endpoint,
        number: u32,
        result: Result<&'a http::Response<Body>, &'a Error>,
    ) -> Self {
        Self { endpoint, number, result }
    }

    /// Returns the endpoint that was called.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// Returns the number of this attempt, starting with one.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the status of the response, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self.result {
            Ok(response) => Some(response.status()),
            Err(error) => error.status(),
        }
    }

    /// Returns the headers of the response. They are empty if there was no response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        match self.result {
            Ok(response) => response.headers(),
            Err(error) => error.headers(),
        }
    }

    /// Returns the body of a response with an error status, up to
    /// [`ClientBuilder::error_limit`](crate::ClientBuilder::error_limit).
    #[must_use]
    pub fn body(&self) -> &Bytes {
        match self.result {
            Ok(response) => response.body().as_bytes().unwrap_or(Body::NO_BYTES),
            Err(error) => error.body(),
        }
    }

    /// Returns why the attempt failed, unless it is for the status of the response.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.result.err()
    }

    /// Returns what the attempt counts as without a closure of [`Retry::classify`](crate::Retry::classify).
    #[must_use]
    pub fn failure(&self) -> Failure {
        match self.result {
            Ok(response) if is_transient(response.status()) => Failure::Transient,
            Ok(_) => Failure::Permanent,
            Err(error) if error.is_tls() => Failure::Permanent,
            Err(error) => match error.kind() {
                ErrorKind::Connect | ErrorKind::Timeout if !error.may_have_reached_server() => Failure::NotProcessed,
                ErrorKind::Connect | ErrorKind::Timeout => Failure::Transient,
                ErrorKind::Body if error.is_truncated() => Failure::Transient,
                _ => Failure::Permanent,
            },
        }
    }

    /// Returns how long the server asks to wait.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        retry_after::find(self.headers())
    }
}

/// Returns whether the same request may succeed later: Request Timeout, Too Many Requests, Bad Gateway, Service
/// Unavailable, Gateway Timeout.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// Shows the endpoint and the status, because everything else can hold values.
impl fmt::Debug for FailedAttempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FailedAttempt")
            .field("endpoint", self.endpoint)
            .field("number", &self.number)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
