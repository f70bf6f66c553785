//! The `#[api]` attribute macro of [`kestra-auth`](https://docs.rs/kestra-auth), which documents and
//! re-exports it. This crate is a door: use it through `kestra_auth::api`.
//!
//! The pipeline stands in `api`: attributes (`attr`) and the path template (`path`) are read into a model
//! (`ast`), the model is checked (`valid`) and written out (`expand`, `method`), or, after a mistake, written
//! out as it would read once mended (`fallback`).
#![forbid(unsafe_code)]

mod api;
mod ast;
mod attr;
mod client;
#[cfg(feature = "openapi")]
mod contract;
mod dynamic;
mod errors;
mod expand;
mod fallback;
mod header;
mod method;
mod path;
mod signature;
mod valid;
mod words;

use proc_macro::TokenStream;

/// Turns a trait that lists the endpoints of an HTTP API into a client for it.
///
/// Documented where it is re-exported: `kestra_auth::api`.
#[proc_macro_attribute]
pub fn api(args: TokenStream, item: TokenStream) -> TokenStream {
    api::expand(args.into(), &item.into()).into()
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
