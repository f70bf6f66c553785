//! What precedes a request.

/// What a call has sent before a request.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "only spans show it"))]
pub(super) struct Sent {
    pub(super) requests: u32,
    /// Whether the request follows a redirect, so that its path is not that of the endpoint.
    pub(super) follows_redirect: bool,
}
