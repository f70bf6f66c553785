//! Writes the trait and its methods.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, Ident, ItemTrait, Signature, TraitItemFn};

use crate::expand::tokens::future_sig;
use crate::parse::verb_attribute::VERBS;

// Input:  pub trait AuthApi: Debug { … }
// Output: pub trait AuthApi: Debug + Send + Sync { … }
pub(crate) fn trait_item(item: &ItemTrait, client: &Ident, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let ItemTrait { attrs, vis, ident, generics, supertraits, .. } = item;
    let where_clause = &generics.where_clause;
    let supertraits = supertraits.iter();
    let unimplemented = on_unimplemented(item, client);
    quote! {
        #(#attrs)*
        #unimplemented
        #vis trait #ident #generics: #(#supertraits +)* ::core::marker::Send + ::core::marker::Sync #where_clause {
            #(#items)*
        }
    }
}

/// What is said where the trait is missing; above all where it is the supertrait of another API.
fn on_unimplemented(item: &ItemTrait, client: &Ident) -> TokenStream {
    let is_own =
        |attribute: &Attribute| attribute.path().segments.first().is_some_and(|first| first.ident == "diagnostic");
    if item.attrs.iter().any(is_own) {
        return TokenStream::new();
    }
    let name = item.ident.unraw();
    let message = format!("`{{Self}}` does not implement the API `{name}`");
    let label = format!("expected `{client}`, or a type with `impl {name}`");
    let help = "an API is no supertrait of another: to use two as one, put their clients into a struct";
    quote!(#[diagnostic::on_unimplemented(message = #message, label = #label, note = #help)])
}

/// An endpoint as the trait has it: with a default body, so that a fake writes only what it uses.
pub(crate) fn trait_method(item: &TraitItemFn, sig: &Signature, body: &TokenStream) -> TokenStream {
    let attrs = item.attrs.iter().filter(|attribute| !is_verb(attribute));
    let sig = future_sig(sig);
    quote! {
        #(#attrs)*
        #[allow(unused_variables)]
        #sig { #body }
    }
}

// Input:  async fn helper(&self) -> T { body }
// Output: fn helper(&self) -> impl Future<Output = T> + Send { async move { body } }
pub(crate) fn provided_method(item: &TraitItemFn) -> TokenStream {
    let (Some(_), Some(body)) = (item.sig.asyncness, &item.default) else { return quote!(#item) };
    let attrs = &item.attrs;
    let sig = future_sig(&item.sig);
    quote! {
        #(#attrs)*
        #sig { async move #body }
    }
}

fn is_verb(attribute: &Attribute) -> bool {
    attribute.path().get_ident().is_some_and(|word| VERBS.contains(&&*word.to_string()))
}
