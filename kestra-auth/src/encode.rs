//! From a value to the characters of a request.

pub(crate) mod display;
pub(crate) mod error;
pub(crate) mod header;
pub(crate) mod is_none;
pub(crate) mod nested;
pub(crate) mod pair_list;
pub(crate) mod param_value;
pub(crate) mod percent;
pub(crate) mod scalar;
mod unsupported;
pub(crate) mod url;
pub(crate) mod writer;
