//! Generates the trait and its methods.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, Ident, ItemTrait, TraitItemFn};

use crate::expand::dyn_trait;
use crate::expand::tokens::{future_sig, static_name, trait_cfgs};
use crate::model::{Api, Endpoint, Item};
use crate::parse::verb_attribute::VERBS;

/// Generates the trait, and the import that its default bodies and the checks of its results need.
pub(super) fn expand(api: &Api<'_>) -> TokenStream {
    let items = api.items.iter().map(|item| match item {
        Item::Endpoint(endpoint) if api.args.no_defaults.is_some() => required_method(endpoint.item),
        Item::Endpoint(endpoint) => endpoint_method(endpoint.item, &unimplemented(api, endpoint)),
        Item::Provided(method) => provided_method(method),
        Item::WithoutVerb(_) | Item::Other(_) => TokenStream::new(),
    });
    let try_with_options = api.args.dynamic.as_ref().map(|_| {
        let body = quote!(::core::option::Option::None);
        dyn_trait::try_with_options(api, Some(&body).filter(|_| api.args.no_defaults.is_none()))
    });
    let trait_item = trait_item(api.item, &api.client, items.chain(try_with_options));
    let (private, cfgs) = (api.private(), trait_cfgs(api));
    quote! {
        #trait_item

        #(#cfgs)*
        #[allow(unused_imports)]
        use #private::ProbeDefaults as _;
    }
}

/// Generates the default body of an endpoint.
fn unimplemented(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let (private, output, endpoint_static) = (api.private(), endpoint.output, static_name(api, endpoint));
    quote!(#private::ResultProbe::<#output>::unimplemented(&#endpoint_static))
}

// Input:  pub trait AuthApi: Debug { … }
// Output: pub trait AuthApi: Debug + Send + Sync { … }
pub(super) fn trait_item(item: &ItemTrait, client: &Ident, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let ItemTrait { attrs, vis, ident, generics, supertraits, .. } = item;
    let where_clause = &generics.where_clause;
    // The compiler would suggest a type parameter for an unknown type, here and not at the client's method, and so
    // report it twice. It suggests none in generated brackets.
    let generics = if generics.params.is_empty() { quote!(<>) } else { quote!(#generics) };
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

/// Generates what the compiler reports where an implementation is missing: often, the trait is the supertrait of another.
fn on_unimplemented(item: &ItemTrait, client: &Ident) -> TokenStream {
    let is_own =
        |attribute: &Attribute| attribute.path().segments.first().is_some_and(|first| first.ident == "diagnostic");
    if item.attrs.iter().any(is_own) {
        return TokenStream::new();
    }
    let name = item.ident.unraw();
    let message = format!("`{{Self}}` does not implement the API `{name}`");
    let label = format!("expected `{client}`, or a type with `impl {name}`");
    let help = "an API cannot be the supertrait of another; to use both, put their clients into a struct";
    quote!(#[diagnostic::on_unimplemented(message = #message, label = #label, note = #help)])
}

/// Generates an endpoint with a default body, so that a test double implements only what it uses.
pub(super) fn endpoint_method(item: &TraitItemFn, body: &TokenStream) -> TokenStream {
    let attrs = item.attrs.iter().filter(|attribute| !is_verb(attribute));
    let sig = future_sig(&item.sig);
    quote! {
        #(#attrs)*
        #[allow(unused_variables)]
        #sig { #body }
    }
}

/// Generates an endpoint without a body, for `#[api(no_defaults)]`.
fn required_method(item: &TraitItemFn) -> TokenStream {
    let attrs = item.attrs.iter().filter(|attribute| !is_verb(attribute));
    let sig = future_sig(&item.sig);
    quote!(#(#attrs)* #sig;)
}

// Input:  async fn helper(&self) -> T { body }
// Output: fn helper(&self) -> impl Future<Output = T> + Send { async move { body } }
pub(super) fn provided_method(item: &TraitItemFn) -> TokenStream {
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
