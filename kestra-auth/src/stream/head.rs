//! The head of the response that a stream comes from, which the errors of the stream have.

use http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::response::Response;

/// What an error of a stream says about the call, as the error of a result in memory does.
pub(super) struct StreamHead {
    endpoint: Option<&'static Endpoint>,
    /// How many attempts the call has made.
    attempts: u32,
    /// The status and the headers, unless the stream was built by hand.
    response: Option<Box<(StatusCode, HeaderMap)>>,
}

impl StreamHead {
    /// The head of a stream that was built by hand.
    pub(super) const NONE: Self = Self { endpoint: None, attempts: 0, response: None };

    /// Takes the head of a response, which is read as a stream.
    pub(super) fn take(response: &mut Response<Body>) -> Self {
        let origin = response.origin();
        Self {
            endpoint: origin.map(|origin| origin.endpoint),
            attempts: origin.map_or(0, |origin| origin.attempts),
            response: Some(Box::new((response.status(), response.take_headers()))),
        }
    }

    /// Replaces the head by that of the response to another request.
    pub(super) fn replace(&mut self, attempts: u32, status: StatusCode, headers: HeaderMap) {
        self.attempts = attempts;
        self.response = Some(Box::new((status, headers)));
    }

    /// Adds the head to an error that follows it.
    pub(super) fn add_to(&self, error: Error) -> Error {
        let error = match self.response.as_deref() {
            Some((status, headers)) if error.status().is_none() => {
                error.with_status(*status).with_headers(headers.clone())
            }
            _ => error,
        };
        let error = if error.attempts() == 0 { error.after(self.attempts) } else { error };
        self.locate(error)
    }

    /// Adds the endpoint to an error that has nothing to do with the response.
    pub(super) fn locate(&self, error: Error) -> Error {
        match self.endpoint {
            Some(endpoint) => error.at(endpoint),
            None => error,
        }
    }
}
