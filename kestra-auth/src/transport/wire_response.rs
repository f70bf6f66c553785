//! One response, as a transport returns it.

use crate::body::Body;

/// A response on its way up. Boxed, because it is handed on by every future of the call, and moving it that often costs
/// more than the allocation.
pub(crate) type WireResponse = Box<http::Response<Body>>;
