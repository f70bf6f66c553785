//! Tokens that several parts of the expansion share.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Signature};

use crate::model::{Api, Endpoint};
use crate::parse::attributes::{is_cfg, is_lint};

// Input:  async fn index(&self, #[query] page: u32) -> Result<T, E>
// Output: fn index(&self, page: u32) -> impl Future<Output = Result<T, E>> + Send
pub(crate) fn future_sig(sig: &Signature) -> TokenStream {
    let mut sig = sig.clone();
    sig.asyncness = None;
    let (output, span) = match std::mem::replace(&mut sig.output, syn::ReturnType::Default) {
        syn::ReturnType::Default => (quote!(()), Span::call_site()),
        syn::ReturnType::Type(_, ty) => (quote!(#ty), ty.span().resolved_at(Span::call_site())),
    };
    for input in &mut sig.inputs {
        let (FnArg::Receiver(syn::Receiver { attrs, .. }) | FnArg::Typed(syn::PatType { attrs, .. })) = input;
        attrs.retain(|attribute| is_cfg(attribute) || is_lint(attribute));
    }
    let where_clause = sig.generics.where_clause.take();
    // Standing at the result, what is wrong with it is told there, and once.
    let future = quote_spanned!(span=> impl ::core::future::Future<Output = #output> + ::core::marker::Send);
    quote!(#sig -> #future #where_clause)
}

pub(crate) fn static_name(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Ident {
    format_ident!("__{}__{}", api.item.ident.unraw(), endpoint.item.sig.ident.unraw(), span = Span::call_site())
}

/// What decides whether an endpoint is there at all.
pub(crate) fn cfgs<'a>(api: &'a Api<'_>, endpoint: &'a Endpoint<'_>) -> impl Iterator<Item = &'a Attribute> {
    api.item.attrs.iter().chain(&endpoint.item.attrs).filter(|attribute| is_cfg(attribute))
}

/// The client's field for a placeholder of the base.
pub(crate) fn base_field(name: &str) -> Ident {
    format_ident!("base_{name}")
}

pub(crate) fn output_span(endpoint: &Endpoint<'_>) -> Span {
    endpoint.output.map_or_else(Span::call_site, |output| output.span().resolved_at(Span::call_site()))
}
