//! The `#[api]` attribute macro of [`kestra-auth`](https://docs.rs/kestra-auth), which documents and
//! re-exports it. This crate is a door: use it through `kestra_auth::api`.
//!
//! The `pipeline` parses attributes and path templates (`parse`) into a `model`, checks it (`validate`) and
//! generates code from it (`expand`). After an error, it generates the corrected trait and an inert client
//! (`expand::recovery`) instead.
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
/// Documented where it is re-exported: `kestra_auth::api`.
#[proc_macro_attribute]
pub fn api(args: TokenStream, item: TokenStream) -> TokenStream {
    pipeline::expand(args.into(), &item.into()).into()
}

/// Compares a model with a schema of the server's OpenAPI document.
///
/// Documented where it is re-exported: `kestra_auth::Contract`.
#[proc_macro_derive(Contract, attributes(contract, serde))]
pub fn contract(item: TokenStream) -> TokenStream {
    #[cfg(feature = "openapi")]
    return contract::model_check::expand(item.into()).into();
    #[cfg(not(feature = "openapi"))]
    {
        let _ = item;
        TokenStream::new()
    }
}
