//! One call of an endpoint, from its parameters to its response.
//!
//! The way of a call through this folder:
//!
//! 1. [`resolved`] decides what several levels can set: limits, time, and with [`header_levels`], headers. [`authentication`] chooses the
//!    credential. Both happen once, before anything is sent.
//! 2. [`execution`] checks the runtime and applies the time limit.
//! 3. [`layers`] passes the request through the layers of the client, if it has any.
//! 4. [`attempts`] makes attempts until one succeeds, or another one is not allowed.
//! 5. [`redirect`] sends requests until a response is not a redirect.
//! 6. [`attempt`] sends one of these requests, with the credential if the URL may see it.
//! 7. [`limits`] reads as much of the response as the result needs, up to the size limit. This belongs to the attempt,
//!    so that a body that breaks off can be read again.
//!
//! What happens on the way is written down in the [`record`] of the call.
//!
//! None of this depends on [`Client`](crate::Client), which is built on top of it.

pub(crate) mod attempt;
pub(crate) mod attempts;
pub(crate) mod authentication;
pub(crate) mod client_state;
pub(crate) mod context;
pub(crate) mod execution;
pub(crate) mod header_levels;
pub(crate) mod layers;
pub(crate) mod limits;
pub(crate) mod outgoing;
pub(crate) mod record;
pub(crate) mod redirect;
pub(crate) mod resolved;
#[cfg(feature = "stream")]
pub(crate) mod stream_origin;
