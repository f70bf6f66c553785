//! Decoding JSON, and explaining why it does not fit a type.

pub(crate) mod diagnosis;
pub(crate) mod unit;
