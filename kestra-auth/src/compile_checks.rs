//! Checks that generated code runs at compile time, because only the compiler sees through type aliases.

#[cfg(feature = "openapi")]
pub(crate) mod container;
#[cfg(feature = "openapi")]
pub(crate) mod contract;
mod events;
#[cfg(feature = "openapi")]
pub(crate) mod expected;
#[cfg(feature = "openapi")]
mod message;
mod optional;
pub(crate) mod rejection;
pub(crate) mod result;
#[cfg(feature = "openapi")]
pub(crate) mod shape;
#[cfg(feature = "openapi")]
mod shaped;
pub(crate) mod value;
