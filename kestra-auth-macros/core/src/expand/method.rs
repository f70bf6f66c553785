//! Generates what an endpoint does: it hands the parts of the request to the runtime, and decides nothing.

use proc_macro2::{Delimiter, Ident, Span, TokenStream};
use quote::{TokenStreamExt, quote, quote_spanned};
use syn::Token;

use crate::expand::endpoint_static;
use crate::expand::parameter::{self, Call};
use crate::expand::tokens::{append_group, base_field, future_sig, ident_at, output_span, self_token};
use crate::model::{Api, Endpoint};
use crate::parse::attributes::{is_cfg, is_inherited_lint};
use crate::parse::param_kind::ParamKind;
use crate::parse::path_template::{Piece, Source, Template, join};
use crate::parse::result_type;

/// Appends the method of the client, which has the code of the endpoint if the trait has no default bodies.
// Input:  #[get("/flows/{id}")] async fn flow(&self, id: &str, #[query] page: u32) -> Result<Flow, Error>;
// Output: fn flow(&self, id: &str, page: u32) -> impl Future<Output = Result<Flow, Error>> + Send { … }
pub(super) fn of_client(tokens: &mut TokenStream, api: &Api<'_>, endpoint: &Endpoint<'_>) {
    let item = endpoint.item;
    tokens.append_all(item.attrs.iter().filter(|attribute| is_cfg(attribute) || is_inherited_lint(attribute)));
    future_sig(tokens, &api.runtime, &item.sig);
    let (this, runtime) = (self_token(&item.sig), &api.runtime);
    let request = quote!(#runtime::Request::new(&#this.client, &__ENDPOINT));
    append_group(tokens, Delimiter::Brace, Span::call_site(), body(api, endpoint, &request, &api.base));
}

/// Generates the default body of an endpoint, which builds a request if the implementation is a client.
// Output: static __ENDPOINT: Endpoint = …;
//         let mut __request = self.__FlowsApi_request(&__ENDPOINT);
//         __request.literal("/flows/");
//         __request.path("id", &id);
//         __request.query("page", &page);
//         __request.send(reads())
pub(super) fn default_body(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let (this, new_request) = (self_token(&endpoint.item.sig), &api.new_request);
    let base = if api.has_base_arguments() { &[] } else { &*api.base };
    body(api, endpoint, &quote!(#this.#new_request(&__ENDPOINT)), base)
}

fn body(api: &Api<'_>, endpoint: &Endpoint<'_>, new_request: &TokenStream, base: &[Piece]) -> TokenStream {
    let request = Ident::new("__request", Span::mixed_site());
    let mut tokens = endpoint_static::expand(api, endpoint);
    tokens.extend(quote!(let mut #request = #new_request;));
    if let Some((_, template)) = endpoint.verb.template() {
        path(&mut tokens, &request, api, endpoint, base, template);
    }
    params(&mut tokens, &request, api, endpoint);
    Call::new("send", reads(api, endpoint)).append_expression(&mut tokens, &request);
    tokens
}

// Output: fn __FlowsApi_request(&self, endpoint: &'static Endpoint) -> Request<'_> { … }
pub(super) fn new_request(api: &Api<'_>, body: &TokenStream) -> TokenStream {
    let (runtime, name) = (&api.runtime, &api.new_request);
    quote! {
        fn #name(&self, endpoint: &'static #runtime::Endpoint) -> #runtime::Request<'_> {
            #body
        }
    }
}

/// Generates how the client starts a request: the placeholders of the base are its fields.
pub(super) fn new_request_of_client(api: &Api<'_>) -> TokenStream {
    let runtime = &api.runtime;
    let mut body = quote!(#runtime::Request::new(&self.client, endpoint));
    if api.has_base_arguments() {
        let request = Ident::new("request", Span::mixed_site());
        let mut calls = TokenStream::new();
        let this = <Token![self]>::default();
        for (_, piece) in join(&api.base, &Template::default()) {
            base_piece(&mut calls, &request, this, &piece);
        }
        body = quote! {
            let mut #request = #body;
            #calls
            #request
        };
    }
    new_request(api, &body)
}

/// Appends the call for a piece of the base.
fn base_piece(tokens: &mut TokenStream, request: &Ident, this: Token![self], piece: &Piece) {
    match piece {
        Piece::Literal(text) => Call::new("literal", quote!(#text)).append(tokens, request),
        Piece::Value(name) | Piece::Optional(name) | Piece::Rest { name, .. } => {
            let field = base_field(name);
            Call::new("path", quote!(#name, &#this.#field)).append(tokens, request);
        }
    }
}

// Output: __request.literal("/flows/"); __request.path("id", &id); __request.query_literal("kind=flow");
fn path(
    tokens: &mut TokenStream,
    request: &Ident,
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    base: &[Piece],
    template: &Template,
) {
    let this = self_token(&endpoint.item.sig).unwrap_or_default();
    for (source, piece) in join(base, template) {
        match (source, &piece) {
            (Source::Client, _) | (_, Piece::Literal(_)) => base_piece(tokens, request, this, &piece),
            (Source::Call, Piece::Value(name)) => {
                path_value(tokens, request, api, endpoint, name, ["path", "path_encoded"]);
            }
            (Source::Call, Piece::Optional(name)) => {
                path_value(tokens, request, api, endpoint, name, ["path_optional", "path_optional_encoded"]);
            }
            (Source::Call, Piece::Rest { name, own_slash: true }) => {
                path_value(tokens, request, api, endpoint, name, ["path_rest", "path_rest_encoded"]);
            }
            (Source::Call, Piece::Rest { name, own_slash: false }) => {
                let calls = ["path_rest_in_segment", "path_rest_in_segment_encoded"];
                path_value(tokens, request, api, endpoint, name, calls);
            }
        }
    }
    if let Some(query) = &template.query {
        Call::new("query_literal", quote!(#query)).append(tokens, request);
    }
}

/// Appends the call for a placeholder: the first of the two, or the second if the value is already encoded.
fn path_value(
    tokens: &mut TokenStream,
    request: &Ident,
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    name: &str,
    [call, encoded_call]: [&'static str; 2],
) {
    let value = endpoint.params.iter().find_map(|param| match &param.kind {
        ParamKind::Path { encoded, encoder } if param.name == name => Some((param, encoder, *encoded)),
        _ => None,
    });
    if let Some((param, encoder, is_encoded)) = value {
        let value = parameter::value(api, param, encoder);
        let call = if is_encoded { encoded_call } else { call };
        Call::new(call, quote!(#name, #value)).append(tokens, request);
    }
}

// Output: __request.query("page", &page); __request.json(&flow);
fn params(tokens: &mut TokenStream, request: &Ident, api: &Api<'_>, endpoint: &Endpoint<'_>) {
    // The target of a link replaces the whole URL, so it comes before what is added to it.
    let is_link = |kind: &ParamKind| matches!(kind, ParamKind::Url);
    let links = endpoint.params.iter().filter(|param| is_link(&param.kind));
    for param in links.chain(endpoint.params.iter().filter(|param| !is_link(&param.kind))) {
        if let Some(call) = parameter::call(api, param) {
            tokens.append_all(&param.cfgs);
            call.append(tokens, request);
        }
    }
}

/// Generates what reads the response. At the span of the result, the compiler reports there that it cannot be read.
fn reads(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let (args, span) = (&endpoint.verb.args, output_span(endpoint));
    let reads = match (args.none.is_empty(), args.also.is_empty()) {
        // Without `none(…)`, this is rejected. The compiler would report a second error for a type that JSON is not read into.
        (true, true) if endpoint.output.and_then(result_type::optional_wrapper).is_some() => "reads_optional",
        (true, true) => "reads",
        (false, true) => "reads_optional",
        (_, false) => "reads_also",
    };
    let (runtime, reads) = (ident_at(span, &api.runtime), Ident::new(reads, span));
    quote_spanned!(span=> #runtime::#reads())
}
