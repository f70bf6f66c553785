//! The stages of a trait: parse, validate, compare with the document, expand.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemTrait;

#[cfg(feature = "openapi")]
use crate::contract::{self, model_check};
use crate::diagnostics::Diagnostics;
use crate::expand::recovery::{self, other_item, syntax};
use crate::model::Api;
use crate::parse::trait_args::ApiArgs;
use crate::{expand, validate};

/// Expands `#[api(args)]` on an item.
#[must_use]
pub fn expand_api(args: TokenStream, tokens: &TokenStream) -> TokenStream {
    let item = match syn::parse2::<ItemTrait>(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            return syntax::repaired(tokens)
                .map_or_else(|| other_item::not_a_trait(tokens, &error), |item| inert(args, &item));
        }
    };
    if let Some(item) = syntax::without_unnamed_generics(&item) {
        return inert(args, &item);
    }
    let diagnostics = Diagnostics::new();
    let args = ApiArgs::parse(args, &diagnostics);
    let api = Api::new(&item, args, &diagnostics);
    validate::check(&api, &diagnostics);
    let contract_checks = compare(&api, &diagnostics);
    match diagnostics.finish() {
        None => {
            let expansion = expand::expand(&api);
            quote!(#expansion #contract_checks)
        }
        Some(errors) => {
            let recovered = recovery::expand(&api, &errors);
            // The checks of the compiler find further mismatches: one compile shows them all.
            quote!(#recovered #contract_checks)
        }
    }
}

/// Compares the trait with its document. Returns the checks that are left to the compiler.
#[cfg(feature = "openapi")]
fn compare(api: &Api<'_>, diagnostics: &Diagnostics) -> TokenStream {
    // After another error, a mismatch may be the same error once more.
    if diagnostics.is_empty() { contract::check(api, diagnostics) } else { TokenStream::new() }
}

#[cfg(not(feature = "openapi"))]
fn compare(_: &Api<'_>, _: &Diagnostics) -> TokenStream {
    TokenStream::new()
}

/// Expands a trait with syntax errors, which the compiler reports. Its other errors may follow from them.
fn inert(args: TokenStream, item: &ItemTrait) -> TokenStream {
    let ignored = Diagnostics::new();
    let api = Api::new(item, ApiArgs::parse(args, &ignored), &ignored);
    ignored.finish();
    recovery::expand(&api, &TokenStream::new())
}

/// Expands `#[derive(Contract)]`.
#[cfg(feature = "openapi")]
#[must_use]
pub fn derive_contract(item: TokenStream) -> TokenStream {
    model_check::expand(item)
}

/// Expands `#[derive(Contract)]`: to nothing, without the feature `openapi`.
#[cfg(not(feature = "openapi"))]
#[must_use]
pub fn derive_contract(_: TokenStream) -> TokenStream {
    TokenStream::new()
}

#[cfg(test)]
mod expansion_tests;
#[cfg(all(test, not(any(feature = "multipart", feature = "stream"))))]
mod feature_tests;
#[cfg(test)]
mod mutation_tests;
