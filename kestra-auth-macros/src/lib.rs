//! The `#[api]` attribute macro of [`kestra-auth`](https://docs.rs/kestra-auth). Use it as `kestra_auth::api`: its
//! documentation is there.
//!
//! The `pipeline` parses a trait and its attributes (`parse`) into a `model`, checks it (`validate`) and generates
//! code from it (`expand`). After an error, it generates the trait as it will read once corrected, and an inert client.
#![forbid(unsafe_code)]

#[cfg(feature = "openapi")]
mod contract;
mod diagnostics;
mod expand;
mod model;
mod parse;
mod pipeline;
mod private_module;
mod spans;
mod suggest;
mod validate;

use proc_macro::TokenStream;

/// Turns a trait that lists the endpoints of an HTTP API into a client for it.
///
/// See `kestra_auth::api` for the documentation.
#[proc_macro_attribute]
pub fn api(args: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::expand(args.into(), &item.into()).into()
}

/// Compares a model with a schema of the server's OpenAPI document.
///
/// See `kestra_auth::Contract` for the documentation.
#[proc_macro_derive(Contract, attributes(contract, serde))]
pub fn contract(item: TokenStream) -> TokenStream {
    pipeline::derive_contract(item.into()).into()
}
