//! Writes the trait, its client and the client's methods.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Ident, ItemTrait, Signature, TraitItemFn, TypeParamBound};

use crate::ast::{Api, Endpoint, Item};
use crate::attr;
use crate::attr::verb::{MethodArgs, VERBS};
use crate::client;
use crate::dynamic;
use crate::header::Header;
use crate::method;
use crate::path::{self, Piece};

pub(crate) fn expand(api: &Api<'_>) -> TokenStream {
    let trait_items = api.items.iter().map(|item| match item {
        Item::Endpoint(endpoint) => {
            let endpoint_static = static_name(api, endpoint);
            let (private, output) = (private(api), endpoint.output);
            let body = quote! {
                #[allow(unused_imports)]
                use #private::Accepted as _;
                #private::ResultProbe::<#output>::unimplemented(&#endpoint_static)
            };
            trait_method(endpoint.item, &endpoint.item.sig, &body)
        }
        Item::Provided(method) => provided_method(method),
        Item::Refused => TokenStream::new(),
    });
    let trait_item = trait_item(api.item, &api.client, trait_items);
    let statics = api.endpoints().map(|endpoint| endpoint_static(api, endpoint));
    let checks = method::check_outputs(api);
    let client = client::expand(api);
    let methods = api.endpoints().map(|endpoint| method::expand(api, endpoint));
    let client_impl = client_impl(api, methods);
    let dynamic = api.args.dynamic.as_ref().map(|_| {
        let methods: Vec<TraitItemFn> = api.endpoints().map(|endpoint| endpoint.item.clone()).collect();
        dynamic::expand(api, &methods)
    });
    quote! {
        #trait_item
        #(#statics)*
        #checks
        #client
        #client_impl
        #dynamic
    }
}

/// What the generated code needs of the runtime, by an absolute path.
pub(crate) fn private(api: &Api<'_>) -> TokenStream {
    let krate = krate(api);
    quote!(#krate::__private)
}

/// The same tokens, standing elsewhere.
pub(crate) fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let respanned = tokens.into_iter().map(|mut tree| {
        tree.set_span(span);
        tree
    });
    respanned.collect()
}

pub(crate) fn krate(api: &Api<'_>) -> TokenStream {
    api.args.krate.as_ref().map_or_else(|| quote!(::kestra_auth), |path| quote!(#path))
}

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
        attrs.retain(|attribute| attr::is_cfg(attribute) || attr::is_lint(attribute));
    }
    let where_clause = sig.generics.where_clause.take();
    // Standing at the result, what is wrong with it is told there, and once.
    let future = quote_spanned!(span=> impl ::core::future::Future<Output = #output> + ::core::marker::Send);
    quote!(#sig -> #future #where_clause)
}

fn is_verb(attribute: &Attribute) -> bool {
    attribute.path().get_ident().is_some_and(|word| VERBS.contains(&&*word.to_string()))
}

pub(crate) fn static_name(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Ident {
    format_ident!("__{}__{}", api.item.ident.unraw(), endpoint.item.sig.ident.unraw(), span = Span::call_site())
}

/// The facts of an endpoint, for the runtime, for errors and for layers.
fn endpoint_static(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let private = private(api);
    let name = static_name(api, endpoint);
    let cfgs = cfgs(api, endpoint);
    let trait_name = api.item.ident.unraw().to_string();
    let operation = endpoint.item.sig.ident.unraw().to_string();
    let method = &endpoint.verb.method;
    let template = template_text(api, endpoint);
    let args = &endpoint.verb.args;
    let (names, values) = headers(api, args);
    let absent: Vec<_> = args.none.iter().chain(&args.also).map(|(status, _)| *status).collect();
    let options = [
        (!names.is_empty()).then(|| quote!(.headers(&[#((#names, #values)),*]))),
        args.timeout_ms.map(|timeout| quote!(.timeout(::core::time::Duration::from_millis(#timeout)))),
        args.limit.map(|limit| quote!(.limit(#limit))),
        (!absent.is_empty()).then(|| quote!(.absent(&[#(#absent),*]))),
        args.idempotency_key.as_ref().map(|header| quote!(.idempotency_key(#header))),
        args.end.as_ref().map(|end| quote!(.end(#end))),
        args.retry.map(|retry| {
            let retry = Ident::new(retry, Span::call_site());
            quote!(.retry(#private::Retry::#retry))
        }),
        args.redirects.map(|redirects| {
            let redirects = Ident::new(redirects, Span::call_site());
            quote!(.redirects(#private::Redirects::#redirects))
        }),
        (args.anonymous.is_some() || api.args.anonymous.is_some()).then(|| quote!(.anonymous())),
    ];
    quote! {
        #(#cfgs)*
        #[allow(non_upper_case_globals)]
        static #name: #private::Endpoint =
            #private::Endpoint::new(#trait_name, #operation, #method, #template) #(#options)*;
    }
}

/// The constant headers. A narrower level replaces a wider one, name by name; `accept = …` is the method's.
fn headers(api: &Api<'_>, args: &MethodArgs) -> (Vec<String>, Vec<String>) {
    let accept = args.accept.as_ref().map(|accept| Header { name: "accept".to_owned(), value: accept.value() });
    let own: Vec<Header> = args.headers.iter().cloned().chain(accept).collect();
    let wide = api.args.headers.iter().filter(|wide| own.iter().all(|narrow| narrow.name != wide.name));
    own.iter().chain(wide).cloned().map(|header| (header.name, header.value)).unzip()
}

/// `/api/v1/flows/{id}`, for errors and metrics: names, never values.
pub(crate) fn template_text(api: &Api<'_>, endpoint: &Endpoint<'_>) -> String {
    let Some((_, template)) = endpoint.verb.template() else { return "{link}".to_owned() };
    let pieces = path::join(&api.args.base, template).into_iter().map(|(_, piece)| match piece {
        Piece::Literal(literal) => literal,
        Piece::Value(name) => format!("{{{name}}}"),
        Piece::Optional(name) => format!("/{{{name}?}}"),
        Piece::Rest { name, own_slash: true } => format!("/{{**{name}}}"),
        Piece::Rest { name, own_slash: false } => format!("{{**{name}}}"),
    });
    pieces.collect()
}

/// What decides whether an endpoint is there at all.
pub(crate) fn cfgs<'a>(api: &'a Api<'_>, endpoint: &'a Endpoint<'_>) -> impl Iterator<Item = &'a Attribute> {
    api.item.attrs.iter().chain(&endpoint.item.attrs).filter(|attribute| attr::is_cfg(attribute))
}

/// `impl AuthApi for AuthApiClient { … }`
pub(crate) fn client_impl(api: &Api<'_>, methods: impl Iterator<Item = TokenStream>) -> TokenStream {
    let (mut client, name) = (api.client.clone(), &api.item.ident);
    // The compiler says at this name that the client lacks a supertrait.
    if let Some(bound) = api.item.supertraits.iter().find(|bound| !is_own_supertrait(bound)) {
        client.set_span(bound.span().resolved_at(client.span()));
    }
    let cfgs = api.item.attrs.iter().filter(|attribute| attr::is_cfg(attribute));
    let (impl_generics, ty_generics, where_clause) = api.item.generics.split_for_impl();
    quote! {
        #(#cfgs)*
        #[allow(deprecated)]
        impl #impl_generics #name #ty_generics for #client #where_clause {
            #(#methods)*
        }
    }
}

/// Whether the client has it by itself.
fn is_own_supertrait(bound: &TypeParamBound) -> bool {
    const OWN: [&str; 7] = ["Any", "Clone", "Debug", "Send", "Sized", "Sync", "Unpin"];
    match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| OWN.contains(&&*last.ident.to_string()))
        }
        _ => true,
    }
}
