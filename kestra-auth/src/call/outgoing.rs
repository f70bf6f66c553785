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
}
