//! One call of an endpoint, from its parameters to its response.
//!
//! The way of a call through this folder:
//!
//! 1. [`resolved`] decides what several levels can set: limits, time, headers. [`authentication`] chooses the
//!    credential. Both happen once, before anything is sent.
//! 2. [`execution`] checks the runtime and applies the time limit.
//! 3. [`layers`] passes the request through the layers of the client, if it has any.
//! 4. [`redirect`] sends requests until a response is not a redirect.
//! 5. [`attempt`] sends one of these requests, with the credential if the URL may see it.
//! 6. [`limits`] reads as much of the response as the result needs, up to the size limit.
//!
//! None of this depends on [`Client`](crate::Client), which is built on top of it.

pub(crate) mod attempt;
pub(crate) mod authentication;
pub(crate) mod client_state;
pub(crate) mod execution;
pub(crate) mod layers;
pub(crate) mod limits;
pub(crate) mod outgoing;
pub(crate) mod redirect;
pub(crate) mod resolved;
#[cfg(feature = "stream")]
pub(crate) mod stream_origin;
