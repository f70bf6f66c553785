//! The request of a call, which attempts and redirects send.

use std::mem;

use http::{Extensions, HeaderMap, Method};

use super::header_levels::HeaderLevels;
use crate::body::Body;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// A request that is not on the wire yet. Unlike [`WireRequest`](crate::transport::wire_request::WireRequest), it
/// outlives one attempt.
pub(crate) struct OutgoingRequest {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    /// What the headers are put together from, unless a layer has passed them on or a redirect has changed them.
    pub(crate) levels: Option<HeaderLevels>,
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
    /// Takes the headers for an attempt. What follows it puts them together again, or has a clone.
    pub(super) fn take_headers(&mut self) -> HeaderMap {
        if self.levels.is_some() { mem::take(&mut self.headers) } else { self.headers.clone() }
    }

    /// Keeps what a redirect is about to replace, because another attempt starts with the original request.
    ///
    /// # Errors
    /// If the headers cannot be put together again.
    pub(super) fn keep_original(&mut self) -> Result<(), Error> {
        self.restore_headers()?;
        if self.original.is_none() {
            self.original = Some(Box::new(Original {
                url: self.url.clone(),
                headers: self.headers.clone(),
                extensions: self.extensions.clone(),
            }));
        }
        Ok(())
    }

    /// Restores the request for another attempt.
    ///
    /// # Errors
    /// As [`keep_original`](Self::keep_original).
    pub(super) fn restore(&mut self, body: Body) -> Result<(), Error> {
        self.restore_headers()?;
        if let Some(original) = self.original.take() {
            let Original { url, headers, extensions } = *original;
            (self.url, self.headers, self.extensions) = (url, headers, extensions);
        }
        self.body = body;
        Ok(())
    }

    /// Puts the headers together that an attempt has taken. Further attempts clone them.
    fn restore_headers(&mut self) -> Result<(), Error> {
        if let Some(levels) = self.levels.take() {
            self.headers = levels.merge_again()?;
        }
        Ok(())
    }
}
