//! The contract: what a trait or a model does must be allowed by the server's OpenAPI document.
//!
//! The hard part is to have no false alarms, because a trait need not spell things as the document does. The
//! comparison therefore goes one way, and it reports nothing about what it cannot see: an alias, a generic type, a
//! name inside a struct. Each mismatch is reported at the token that causes it, with a pointer into the document.

mod body_check;
mod body_type;
mod completeness;
mod composed_schema;
mod composition;
mod direction;
pub(crate) mod document;
mod endpoint_check;
pub(crate) mod expected;
pub(crate) mod fit;
mod form_check;
mod generated_checks;
pub(crate) mod json_type;
pub(crate) mod manifest;
pub(crate) mod media_type;
mod memo;
mod method_text;
pub(crate) mod mismatch;
mod operation_choice;
pub(crate) mod operations;
mod outline;
mod parameter_check;
pub(crate) mod parameters;
mod paths;
pub(crate) mod pointer;
mod properties;
pub(crate) mod question;
mod reader;
mod reference;
mod result_check;
pub(crate) mod scalar;
pub(crate) mod schema;
mod schema_index;
mod session;
mod source;
pub(crate) mod spelled_type;
mod substitution;
mod swagger;
pub(crate) mod type_check;
mod type_shape;
pub(crate) mod value;
mod value_check;
mod version;

pub(crate) mod model_check;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::contract::Contract;
use document::Document;
use mismatch::{EndpointMismatches, Log};
use type_check::CompilerChecks;

/// Reports what the document does not allow; returns the checks that only the compiler can make.
pub(crate) fn check(api: &Api<'_>, diagnostics: &Diagnostics) -> TokenStream {
    let Some(contract) = &api.args.contract else { return TokenStream::new() };
    if session::is_dependency() {
        return TokenStream::new();
    }
    let Some(document) = Document::open(&contract.path, diagnostics) else { return TokenStream::new() };
    let (log, types) = (Log::of_errors(diagnostics), CompilerChecks::new(api.private()));
    let checks = compare(api, contract, &document, (&types, &log), &mut |_| {});
    document.report_unresolved(&contract.path, diagnostics);
    let rebuild = document.rebuild_on_change();
    let types = types.finish();
    quote!(#checks #types #rebuild)
}

/// Compares each endpoint with its operation, and calls a function after each.
pub(crate) fn compare(
    api: &Api<'_>,
    contract: &Contract,
    document: &Document,
    (types, log): (&CompilerChecks, &Log<'_>),
    after: &mut dyn FnMut(&Endpoint<'_>),
) -> TokenStream {
    let mut checks = TokenStream::new();
    let mut declared = Vec::new();
    let mut all_found = true;
    for endpoint in api.endpoints().filter(|endpoint| !is_twin(api, endpoint)) {
        let mismatches = EndpointMismatches::new(api, endpoint, log);
        let operation = endpoint_check::check(api, endpoint, contract, document, (types, &mismatches));
        let mut pointer = document.pointer().key("paths");
        if let Some(operation) = operation {
            checks.extend(generated_checks::generate(api, endpoint, &operation, (types, &mismatches)));
            pointer = operation.pointer();
            declared.push(operation);
        } else {
            all_found &= endpoint.verb.template().is_none();
        }
        mismatches.report_unused(&pointer);
        after(endpoint);
    }
    let pointer = document.pointer().key("paths");
    mismatch::report_unused(&api.args.expects, "trait", &pointer, log.diagnostics);
    // The operation that an endpoint failed to find would be reported a second time, as missing.
    if all_found {
        completeness::check(api, contract, document, &declared, log.diagnostics);
    }
    checks
}

/// Whether several methods share the endpoint's name, each under its own `cfg`: each may be for another server.
fn is_twin(api: &Api<'_>, endpoint: &Endpoint<'_>) -> bool {
    let name = &endpoint.item.sig.ident;
    endpoint.item.attrs.iter().any(crate::parse::attributes::is_cfg)
        && api.endpoints().filter(|other| other.item.sig.ident == *name).count() > 1
}

#[cfg(test)]
pub(crate) mod tests;
