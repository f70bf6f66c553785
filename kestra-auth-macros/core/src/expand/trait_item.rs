//! Generates the trait and its methods.

use proc_macro2::{Delimiter, Span, TokenStream};
use quote::{TokenStreamExt, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Ident, ItemTrait, TraitItemFn};

use crate::expand::tokens::{append_group, future_sig};
use crate::expand::{dyn_trait, method};
use crate::model::{Api, Item};
use crate::parse::verb_attribute::VERBS;

/// Generates the trait. Its endpoints have default bodies, so that a test double implements only what it uses.
pub(super) fn expand(api: &Api<'_>) -> TokenStream {
    let (runtime, has_default_bodies) = (&api.runtime, api.args.no_defaults.is_none());
    let mut items = TokenStream::new();
    for item in &api.items {
        match item {
            Item::Endpoint(endpoint) if has_default_bodies => {
                endpoint_method(&mut items, runtime, endpoint.item, method::default_body(api, endpoint));
            }
            Item::Endpoint(endpoint) => required_method(&mut items, runtime, endpoint.item),
            Item::Provided(method) => provided_method(&mut items, runtime, method),
            Item::WithoutVerb(_) | Item::Other(_) => {}
        }
    }
    if api.has_default_requests() {
        let method = method::new_request(api, &quote!(#runtime::Request::unimplemented(endpoint)));
        items.extend(quote!(#[doc(hidden)] #method));
    }
    if api.args.dynamic.is_some() {
        let body = quote!(::core::option::Option::None);
        items.extend(dyn_trait::try_with_options(api, Some(&body).filter(|_| has_default_bodies)));
    }
    trait_item(api.item, &api.client, &items)
}

// Input:  pub trait AuthApi: Debug { … }
// Output: pub trait AuthApi: Debug + Send + Sync { … }
pub(super) fn trait_item(item: &ItemTrait, client: &Ident, items: &TokenStream) -> TokenStream {
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
            #items
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

/// Appends an endpoint with a default body.
pub(super) fn endpoint_method(tokens: &mut TokenStream, runtime: &Ident, item: &TraitItemFn, body: TokenStream) {
    tokens.append_all(item.attrs.iter().filter(|attribute| !is_verb(attribute)));
    future_sig(tokens, runtime, &item.sig);
    append_group(tokens, Delimiter::Brace, Span::call_site(), body);
}

/// Appends an endpoint without a body, for `#[api(no_defaults)]`.
fn required_method(tokens: &mut TokenStream, runtime: &Ident, item: &TraitItemFn) {
    tokens.append_all(item.attrs.iter().filter(|attribute| !is_verb(attribute)));
    future_sig(tokens, runtime, &item.sig);
    tokens.extend(quote!(;));
}

// Input:  async fn helper(&self) -> T { body }
// Output: fn helper(&self) -> impl Future<Output = T> + Send { async move { body } }
pub(super) fn provided_method(tokens: &mut TokenStream, runtime: &Ident, item: &TraitItemFn) {
    let (Some(_), Some(body)) = (item.sig.asyncness, &item.default) else { return tokens.append_all([item]) };
    tokens.append_all(&item.attrs);
    future_sig(tokens, runtime, &item.sig);
    tokens.extend(quote!({ async move #body }));
}

fn is_verb(attribute: &Attribute) -> bool {
    attribute.path().get_ident().is_some_and(|word| VERBS.iter().any(|verb| word == verb))
}
