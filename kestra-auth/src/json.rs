//! Decoding JSON, and explaining why a document does not match a type without quoting the document.
//!
//! This module knows nothing of HTTP and has its own error, [`DecodeError`](error::DecodeError), so that the crate's
//! [`Error`](crate::error::Error) can be built on it.

mod context;
pub(crate) mod decode;
mod diagnosis;
pub(crate) mod error;
mod key;
pub(crate) mod number;
mod tracking;
mod type_error;
pub(crate) mod unit;
mod variant;
