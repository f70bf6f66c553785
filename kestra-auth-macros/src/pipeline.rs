//! The stages of a trait: parse, validate, compare with the document, expand.

use proc_macro2::TokenStream;
use syn::ItemTrait;

use crate::diagnostics::Diagnostics;
use crate::expand::recovery::{self, other_item, syntax};
use crate::model::Api;
use crate::parse::trait_args::ApiArgs;
use crate::{expand, validate};

pub(crate) fn expand(args: TokenStream, tokens: &TokenStream) -> TokenStream {
    let item = match syn::parse2::<ItemTrait>(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            return syntax::repaired(tokens)
                .map_or_else(|| other_item::not_a_trait(tokens, &error), |item| inert(args, &item));
        }
    };
    let diagnostics = Diagnostics::new();
    let args = ApiArgs::parse(args, &diagnostics);
    let api = Api::new(&item, args, &diagnostics);
    validate::check(&api, &diagnostics);
    // A trait with errors is not compared with the document, because the same error would be reported twice.
    #[cfg(feature = "openapi")]
    let contract = if diagnostics.is_empty() { crate::contract::check(&api, &diagnostics) } else { TokenStream::new() };
    #[cfg(not(feature = "openapi"))]
    let contract = TokenStream::new();
    match diagnostics.finish() {
        None => {
            let client = expand::expand(&api);
            quote::quote!(#client #contract)
        }
        Some(errors) => recovery::expand(&api, &errors),
    }
}

/// Expands a trait whose syntax the compiler has reported. Its other errors may follow from that.
fn inert(args: TokenStream, item: &ItemTrait) -> TokenStream {
    let ignored = Diagnostics::new();
    let api = Api::new(item, ApiArgs::parse(args, &ignored), &ignored);
    ignored.finish();
    recovery::expand(&api, &TokenStream::new())
}

#[cfg(test)]
mod expansion_tests;
#[cfg(test)]
mod mutation_tests;
