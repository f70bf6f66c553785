//! The `#[api]` attribute macro of [`kestra-auth`](https://docs.rs/kestra-auth). Use it as `kestra_auth::api`: its
//! documentation is there.
//!
//! A crate of macros can export nothing else, so everything but the entry points is in `kestra-auth-macros-core`.
#![forbid(unsafe_code)]

use proc_macro::TokenStream;

/// Turns a trait that lists the endpoints of an HTTP API into a client for it.
///
/// See `kestra_auth::api` for the documentation.
#[proc_macro_attribute]
pub fn api(args: TokenStream, item: TokenStream) -> TokenStream {
    kestra_auth_macros_core::expand_api(args.into(), &item.into()).into()
}

/// Compares a model with a schema of the server's OpenAPI document.
///
/// See `kestra_auth::Contract` for the documentation.
#[proc_macro_derive(Contract, attributes(contract, serde))]
pub fn contract(item: TokenStream) -> TokenStream {
    kestra_auth_macros_core::derive_contract(item.into()).into()
}
