//! How the values of parameters are written into a request.
//!
//! [`scalar`], [`nested`] and [`pair_list`] turn a value into scalars. [`path`], [`query`], [`header`], [`cookie`] and
//! [`form`] take the scalars and encode them as their location requires.

pub(crate) mod cookie;
pub(crate) mod display;
pub(crate) mod error;
pub(crate) mod form;
pub(crate) mod header;
pub(crate) mod is_none;
pub(crate) mod nested;
mod pair_list;
pub(crate) mod pairs;
pub(crate) mod param_value;
pub(crate) mod path;
pub(crate) mod percent;
pub(crate) mod query;
pub(crate) mod scalar;
pub(crate) mod separator;
mod unsupported;
pub(crate) mod url;
pub(crate) mod writer;
