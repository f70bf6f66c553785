//! The contract: what a trait does must be allowed by the server's OpenAPI document.
//!
//! What is hard here: it has to be right for people who do not spell things as the document does. So it compares
//! one way, says nothing where it cannot know (an alias, a generic type, a name hidden in a struct), and each
//! finding stands at the token at fault and tells what the document says and where.

mod completeness;
mod document;
mod endpoint_check;
mod generated_checks;
mod operations;
mod paths;
mod schema;
mod type_shape;
mod value;

pub(crate) mod model_check;

use std::path::Path;

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use crate::ast::Api;
use crate::errors::Errors;
use document::Document;

/// Notes what the document does not allow; gives what the compiler has to be told besides.
pub(crate) fn check(api: &Api<'_>, errors: &Errors) -> TokenStream {
    let Some(contract) = &api.args.contract else { return TokenStream::new() };
    let Some(document) = open(&contract.path, errors) else { return TokenStream::new() };
    let findings = endpoint_check::Findings::new(errors);
    let mut warnings = TokenStream::new();
    let mut declared = Vec::new();
    let mut is_whole = true;
    for endpoint in api.endpoints().filter(|endpoint| !is_twin(api, endpoint)) {
        if let Some(operation) = endpoint_check::endpoint(api, endpoint, contract, document, &findings) {
            warnings.extend(generated_checks::checks(api, endpoint, &operation));
            declared.push(operation);
        } else {
            is_whole &= endpoint.verb.template().is_none();
        }
        findings.unused(endpoint);
    }
    // What a method that found no operation was meant to be would be missing a second time.
    if is_whole {
        completeness::check(contract, document, &declared, errors);
    }
    let watch = watch();
    quote!(#warnings #watch)
}

/// Methods of one name under several `cfg`s: each may be for another server.
fn is_twin(api: &Api<'_>, endpoint: &crate::ast::Endpoint<'_>) -> bool {
    let name = &endpoint.item.sig.ident;
    endpoint.item.attrs.iter().any(crate::attr::is_cfg)
        && api.endpoints().filter(|other| other.item.sig.ident == *name).count() > 1
}

/// The document at a path that is relative to the folder of the crate's `Cargo.toml`.
fn open(path: &LitStr, errors: &Errors) -> Option<&'static Document> {
    let shown = path.value();
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    Document::open(&Path::new(&manifest).join(&shown), &shown).map_err(|why| errors.spanned(path, why)).ok()
}

/// Makes the compiler run again when a document changes.
fn watch() -> TokenStream {
    let files = document::files();
    quote!(#(const _: &[u8] = ::core::include_bytes!(#files);)*)
}

#[cfg(test)]
mod tests;
