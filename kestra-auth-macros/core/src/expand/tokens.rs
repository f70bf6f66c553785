//! Tokens that several parts of the expansion share.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, PatType, Receiver, ReturnType, Signature};

use crate::model::{Api, Endpoint};
use crate::parse::attributes::{is_cfg, is_lint};

// Input:  async fn index(&self, #[query] page: u32) -> Result<T, E>
// Output: fn index(&self, page: u32) -> impl Future<Output = Result<T, E>> + Send
pub(super) fn future_sig(sig: &Signature) -> TokenStream {
    let mut sig = sig.clone();
    sig.asyncness = None;
    let (output, span) = match std::mem::replace(&mut sig.output, ReturnType::Default) {
        ReturnType::Default => (quote!(()), Span::call_site()),
        ReturnType::Type(_, ty) => (quote!(#ty), ty.span().resolved_at(Span::call_site())),
    };
    for input in &mut sig.inputs {
        let (FnArg::Receiver(Receiver { attrs, .. }) | FnArg::Typed(PatType { attrs, .. })) = input;
        attrs.retain(|attribute| is_cfg(attribute) || is_lint(attribute));
    }
    let where_clause = sig.generics.where_clause.take();
    // At the span of the result, the compiler reports what is wrong with it there, and once.
    let future = quote_spanned!(span=> impl ::core::future::Future<Output = #output> + ::core::marker::Send);
    quote!(#sig -> #future #where_clause)
}

/// Returns `self` with the hygiene of the user's token, which `macro_rules!` may have made.
pub(super) fn self_token(sig: &Signature) -> TokenStream {
    let receiver = sig.receiver().map(|receiver| receiver.self_token);
    quote!(#receiver)
}

/// Returns the name of the static that describes an endpoint.
pub(super) fn static_name(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Ident {
    format_ident!("__{}__{}", api.item.ident.unraw(), endpoint.item.sig.ident.unraw(), span = Span::call_site())
}

/// Returns the `cfg` attributes of the trait, which decide whether anything of it exists.
pub(super) fn trait_cfgs<'a>(api: &'a Api<'_>) -> Vec<&'a Attribute> {
    api.item.attrs.iter().filter(|attribute| is_cfg(attribute)).collect()
}

/// Returns the `cfg` attributes that decide whether an endpoint exists.
pub(super) fn endpoint_cfgs<'a>(api: &'a Api<'_>, endpoint: &'a Endpoint<'_>) -> impl Iterator<Item = &'a Attribute> {
    api.item.attrs.iter().chain(&endpoint.item.attrs).filter(|attribute| is_cfg(attribute))
}

/// Returns the client's field for a placeholder of the base.
pub(super) fn base_field(name: &str) -> Ident {
    format_ident!("base_{name}")
}

/// Returns the span of an endpoint's result type, with the hygiene of generated code.
pub(super) fn output_span(endpoint: &Endpoint<'_>) -> Span {
    endpoint.output.map_or_else(Span::call_site, |output| output.span().resolved_at(Span::call_site()))
}
