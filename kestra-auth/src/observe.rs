//! What is reported about calls while they happen and when they end.
//!
//! What is hard here: a call can end anywhere, because its future can be dropped, and the end of a stream is far away
//! from the call. So the report is made by [`Observation`](observation::Observation), when the last clone of it is
//! dropped, and everything else only takes notes.

pub(crate) mod bodies;
pub(crate) mod observation;
pub(crate) mod observers;
pub(crate) mod progress;
pub(crate) mod report;
pub(crate) mod request;
mod sent;
#[cfg_attr(not(feature = "tracing"), path = "observe/no_spans.rs")]
mod spans;
