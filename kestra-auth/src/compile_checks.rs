//! Checks that generated code runs at compile time, because only the compiler sees through type aliases.

#[cfg(feature = "openapi")]
pub(crate) mod contract;
mod events;
mod optional;
pub(crate) mod rejection;
pub(crate) mod result;
pub(crate) mod value;
