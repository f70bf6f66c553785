//! Writes one method of the client: the request, piece by piece, and nothing that decides.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::ast::{Api, Endpoint, Kind, Param};
use crate::attr;
use crate::attr::param::Style;
use crate::expand::{cfgs, future_sig, private, static_name};
use crate::path::Piece;

// Input:  #[get("/flows/{id}")] async fn flow(&self, id: &str, #[query] page: u32) -> Result<Flow, Error>;
// Output: fn flow(&self, id: &str, page: u32) -> impl Future<Output = Result<Flow, Error>> + Send {
//             let mut __request = RequestBuilder::new(&self.client, &__FlowsApi_flow);
//             __request.literal("/flows/");
//             __request.path("id", &id);
//             __request.query("page", &page);
//             __request.send()
//         }
pub(crate) fn expand(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let private = private(api);
    let request = Ident::new("__request", Span::mixed_site());
    let this = receiver(endpoint);
    let endpoint_static = static_name(api, endpoint);
    let attrs = endpoint.item.attrs.iter().filter(|attribute| attr::is_cfg(attribute) || attr::is_lint(attribute));
    let sig = future_sig(&endpoint.item.sig);
    let path = path(api, endpoint, &request);
    let params = endpoint.params.iter().map(|param| parameter(param, &request));
    let send = quote_spanned!(output_span(endpoint)=> .send());
    quote! {
        #(#attrs)*
        #sig {
            let mut #request = #private::RequestBuilder::new(&#this.client, &#endpoint_static);
            #(#path)*
            #(#params)*
            #request #send
        }
    }
}

/// `self`, as the user's tokens have it.
fn receiver(endpoint: &Endpoint<'_>) -> TokenStream {
    let receiver = endpoint.item.sig.receiver().map(|receiver| receiver.self_token);
    quote!(#receiver)
}

/// The template's pieces in order, then its literal query.
fn path(api: &Api<'_>, endpoint: &Endpoint<'_>, request: &Ident) -> Vec<TokenStream> {
    let Some((_, template)) = &endpoint.verb.path else { return Vec::new() };
    let pieces = template.behind(&api.args.base).into_iter().filter_map(|piece| match &piece {
        Piece::Literal(text) => Some(quote!(#request.literal(#text);)),
        Piece::Value(name) => value_of(endpoint, name).map(|value| quote!(#request.path(#name, #value);)),
        Piece::Optional(name) => value_of(endpoint, name).map(|value| quote!(#request.path_optional(#name, #value);)),
        Piece::Rest { name, own_slash } => {
            let call = if *own_slash { quote!(path_rest) } else { quote!(path_rest_in_segment) };
            value_of(endpoint, name).map(|value| quote!(#request.#call(#name, #value);))
        }
    });
    let query = template.query.iter().map(|query| quote!(#request.query_literal(#query);));
    pieces.chain(query).collect()
}

/// A reference to the argument that a placeholder takes its value from.
fn value_of(endpoint: &Endpoint<'_>, name: &str) -> Option<TokenStream> {
    let is_bound = |param: &&Param<'_>| matches!(&param.kind, Kind::Path { placeholder, .. } if placeholder == name);
    endpoint.params.iter().find(is_bound).map(reference)
}

/// `&argument`, standing where its type stands, so that a type that cannot be sent is the place of the error.
fn reference(param: &Param<'_>) -> TokenStream {
    let mut name = param.name.clone();
    let place = param.ty.span();
    name.set_span(place.resolved_at(name.span()));
    quote_spanned!(place.resolved_at(Span::call_site())=> &#name)
}

fn parameter(param: &Param<'_>, request: &Ident) -> TokenStream {
    let value = reference(param);
    let call = match &param.kind {
        Kind::Query { name, style: Style::Repeat, .. } => quote!(query(#name, #value)),
        Kind::Query { name, style: Style::Csv, .. } => quote!(query_csv(#name, #value)),
        Kind::Header { name, sensitive: false, .. } => quote!(header(#name, #value)),
        Kind::Header { name, sensitive: true, .. } => quote!(header_sensitive(#name, #value)),
        Kind::Json { media: None } => quote!(json(#value)),
        Kind::Json { media: Some(media) } => quote!(json_as(#media, #value)),
        // Written with the path; the other two never come this far.
        Kind::Path { .. } | Kind::Unannotated | Kind::Broken => return TokenStream::new(),
    };
    let cfgs = param.attributes.iter().filter(|attribute| attr::is_cfg(attribute));
    quote!(#(#cfgs)* #request.#call;)
}

fn output_span(endpoint: &Endpoint<'_>) -> Span {
    endpoint.output.map_or_else(Span::call_site, |output| output.span().resolved_at(Span::call_site()))
}

/// Refuses, at the type, a result that can be told to be a mistake: `String`, which JSON would be read into,
/// or a body for HEAD. An inherent constant sees through aliases.
pub(crate) fn check_outputs(api: &Api<'_>) -> TokenStream {
    let private = private(api);
    let checks: Vec<_> = api.endpoints().filter_map(|endpoint| check_output(api, endpoint, &private)).collect();
    if checks.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #private::Accepted as _;
            #(#checks)*
        };
    }
}

fn check_output(api: &Api<'_>, endpoint: &Endpoint<'_>, private: &TokenStream) -> Option<TokenStream> {
    let output = endpoint.output.filter(|output| is_closed(api, endpoint, output))?;
    let cfgs = cfgs(api, endpoint);
    let probe = if endpoint.verb.method == "HEAD" { quote!(HeadProbe) } else { quote!(ResultProbe) };
    let refuse = quote_spanned!(output_span(endpoint)=> #private::refuse(#private::#probe::<#output>::REFUSAL));
    Some(quote!(#(#cfgs)* const _: () = #refuse;))
}

/// Whether a type means the same outside of its method: it names no generic parameter and no lifetime.
fn is_closed(api: &Api<'_>, endpoint: &Endpoint<'_>, ty: &Type) -> bool {
    let generics = api.item.generics.params.iter().chain(&endpoint.item.sig.generics.params);
    let names: Vec<String> = generics
        .filter_map(|param| match param {
            syn::GenericParam::Type(param) => Some(param.ident.unraw().to_string()),
            syn::GenericParam::Const(param) => Some(param.ident.unraw().to_string()),
            syn::GenericParam::Lifetime(_) => None,
        })
        .collect();
    closed_tokens(quote!(#ty), &names)
}

fn closed_tokens(tokens: TokenStream, names: &[String]) -> bool {
    tokens.into_iter().all(|tree| match tree {
        proc_macro2::TokenTree::Ident(ident) => {
            let word = ident.to_string();
            word != "Self" && word != "impl" && !names.contains(&word)
        }
        // A lifetime, or a reference with one left out.
        proc_macro2::TokenTree::Punct(punct) => !matches!(punct.as_char(), '\'' | '&'),
        proc_macro2::TokenTree::Group(group) => closed_tokens(group.stream(), names),
        proc_macro2::TokenTree::Literal(_) => true,
    })
}
