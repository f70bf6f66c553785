//! The request of a call, which attempts and redirects send.

use http::{Extensions, HeaderMap, Method};

use crate::body::Body;
use crate::endpoint::Endpoint;

/// A request that is not on the wire yet. Unlike [`WireRequest`](crate::transport::wire_request::WireRequest), it
/// outlives one attempt.
pub(crate) struct OutgoingRequest {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    /// The media types that the result can be read from, whatever the caller has set.
    pub(crate) accept: &'static str,
    /// What layers attached to the request.
    pub(crate) extensions: Extensions,
    pub(crate) body: Body,
    /// What a redirect has replaced.
    pub(crate) original: Option<Box<Original>>,
}

/// The parts of a request that a redirect replaces.
pub(crate) struct Original {
    url: String,
    headers: HeaderMap,
    extensions: Extensions,
}

impl OutgoingRequest {
    /// Keeps what a redirect is about to replace, because another attempt starts with the original request.
    pub(super) fn keep_original(&mut self) {
        if self.original.is_none() {
            self.original = Some(Box::new(Original {
                url: self.url.clone(),
                headers: self.headers.clone(),
                extensions: self.extensions.clone(),
            }));
        }
    }

    /// Restores the request for another attempt.
    pub(super) fn restore(&mut self, body: Body) {
        if let Some(original) = self.original.take() {
            let Original { url, headers, extensions } = *original;
            (self.url, self.headers, self.extensions) = (url, headers, extensions);
        }
        self.body = body;
    }
}
