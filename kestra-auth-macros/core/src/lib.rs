//! Expands the macros of [`kestra-auth`](https://docs.rs/kestra-auth), and reads the OpenAPI documents that they are
//! compared with.
//!
//! This crate is an implementation detail of `kestra-auth`, without any promise of stability. It exists because a crate
//! of macros can export nothing else: here the same code can also be tested and used by commands.
//!
//! The `pipeline` parses a trait and its attributes (`parse`) into a `model`, checks it (`validate`), compares it with
//! a document (`contract`) and generates code from it (`expand`). After an error, it generates the trait as it will read
//! once corrected, and an inert client.
#![forbid(unsafe_code)]

#[cfg(feature = "openapi")]
mod contract;
mod diagnostics;
#[cfg(feature = "openapi")]
pub mod diff;
mod expand;
#[cfg(feature = "openapi")]
pub mod generate;
mod lifetimes;
mod model;
mod parse;
mod pipeline;
mod private_module;
mod spans;
mod suggest;
mod validate;

pub use pipeline::{derive_contract, expand_api};
