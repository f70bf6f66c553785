//! The pipeline: read, check, write.

use proc_macro2::TokenStream;
use syn::ItemTrait;

use crate::ast::Api;
use crate::attr::ApiArgs;
#[cfg(feature = "openapi")]
use crate::contract;
use crate::errors::Errors;
use crate::{expand, fallback, valid};

pub(crate) fn expand(args: TokenStream, tokens: &TokenStream) -> TokenStream {
    let item = match syn::parse2::<ItemTrait>(tokens.clone()) {
        Ok(item) => item,
        Err(error) => return fallback::not_a_trait(tokens, &error),
    };
    let errors = Errors::new();
    let args = ApiArgs::parse(args, &errors);
    let api = Api::new(&item, args, &errors);
    valid::check(&api, &errors);
    // A trait that is wrong by itself is not compared: its mistakes would show twice.
    #[cfg(feature = "openapi")]
    let contract = if errors.is_empty() { contract::check(&api, &errors) } else { TokenStream::new() };
    #[cfg(not(feature = "openapi"))]
    let contract = TokenStream::new();
    match errors.finish() {
        None => {
            let client = expand::expand(&api);
            quote::quote!(#client #contract)
        }
        Some(mistakes) => fallback::expand(&api, &mistakes),
    }
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
