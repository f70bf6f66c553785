//! Writes one method of the client: the request, piece by piece, and nothing that decides.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{LitStr, Type};

use crate::expand::tokens::{base_field, future_sig, output_span, static_name};
use crate::model::{Api, Endpoint, Param};
use crate::parse::attributes::{is_cfg, is_inherited_lint};
use crate::parse::param_kind::{FormNesting, ParamKind, QueryStyle, ValueEncoder};
use crate::parse::path_template::{self, Piece, Source};
use crate::spans::moved_to;

// Input:  #[get("/flows/{id}")] async fn flow(&self, id: &str, #[query] page: u32) -> Result<Flow, Error>;
// Output: fn flow(&self, id: &str, page: u32) -> impl Future<Output = Result<Flow, Error>> + Send {
//             let mut __request = Request::new(&self.client, &__FlowsApi_flow);
//             __request.literal("/flows/");
//             __request.path("id", &id);
//             __request.query("page", &page);
//             __request.send(reads())
//         }
pub(crate) fn expand(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let private = api.private();
    let request = Ident::new("__request", Span::mixed_site());
    let this = receiver(endpoint);
    let endpoint_static = static_name(api, endpoint);
    let attrs = endpoint.item.attrs.iter().filter(|attribute| is_cfg(attribute) || is_inherited_lint(attribute));
    let sig = future_sig(&endpoint.item.sig);
    let path = path(api, endpoint, &request);
    // The target of a link comes before what is added to it.
    let (links, params): (Vec<_>, Vec<_>) =
        endpoint.params.iter().partition(|param| matches!(param.kind, ParamKind::Url));
    let params = links.into_iter().chain(params).map(|param| parameter(api, param, &request));
    let args = &endpoint.verb.args;
    let reads = match (args.none.is_empty(), args.also.is_empty()) {
        (true, true) => quote!(reads),
        (false, true) => quote!(reads_optional),
        (_, false) => quote!(reads_also),
    };
    // A result that cannot be read is told where it stands: at the path of what would read it.
    let reads = moved_to(output_span(endpoint), quote!(#private::#reads));
    let send = quote_spanned!(output_span(endpoint)=> #reads());
    quote! {
        #(#attrs)*
        #sig {
            let mut #request = #private::Request::new(&#this.client, &#endpoint_static);
            #(#path)*
            #(#params)*
            #request.send(#send)
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
    let Some((_, template)) = endpoint.verb.template() else { return Vec::new() };
    let this = receiver(endpoint);
    let pieces = path_template::join(&api.base, template).into_iter().filter_map(|(source, piece)| {
        let (call, name) = match &piece {
            Piece::Literal(text) => return Some(quote!(#request.literal(#text);)),
            Piece::Value(name) => ("path", name),
            Piece::Optional(name) => ("path_optional", name),
            Piece::Rest { name, own_slash: true } => ("path_rest", name),
            Piece::Rest { name, own_slash: false } => ("path_rest_in_segment", name),
        };
        if source == Source::Client {
            let field = base_field(name);
            return Some(quote!(#request.path(#name, &#this.#field);));
        }
        let (value, encoded) = value_of(api, endpoint, name)?;
        let call = if encoded { format_ident!("{call}_encoded") } else { format_ident!("{call}") };
        Some(quote!(#request.#call(#name, #value);))
    });
    let query = template.query.iter().map(|query| quote!(#request.query_literal(#query);));
    pieces.chain(query).collect()
}

/// What a placeholder takes its value from, and whether that is encoded already.
fn value_of(api: &Api<'_>, endpoint: &Endpoint<'_>, name: &str) -> Option<(TokenStream, bool)> {
    endpoint.params.iter().find_map(|param| match &param.kind {
        ParamKind::Path { encoded, encoder } if param.name == name => Some((encoded_by(api, param, encoder), *encoded)),
        _ => None,
    })
}

/// `argument`, standing where its type stands, so that a type that cannot be sent is the place of the error.
fn argument(param: &Param<'_>) -> Ident {
    let mut name = param.ident.clone();
    name.set_span(type_span(param).resolved_at(name.span()));
    name
}

fn reference(param: &Param<'_>) -> TokenStream {
    let name = argument(param);
    quote_spanned!(type_span(param)=> &#name)
}

/// Where an argument's type stands, behind its `&`.
fn type_span(param: &Param<'_>) -> Span {
    let mut ty = param.ty;
    while let Type::Reference(reference) = ty {
        ty = &reference.elem;
    }
    ty.span().resolved_at(Span::call_site())
}

/// A reference to what is sent of an argument.
fn encoded_by(api: &Api<'_>, param: &Param<'_>, encoder: &ValueEncoder) -> TokenStream {
    let (private, value) = (moved_to(type_span(param), api.private()), reference(param));
    match encoder {
        ValueEncoder::Serialize => value,
        ValueEncoder::Display => quote_spanned!(type_span(param)=> &#private::Displayed(#value)),
        ValueEncoder::With(function) => {
            let [inner, writer] =
                ["__value", "__writer"].map(|name| Ident::new(name, Span::mixed_site().located_at(param.ty.span())));
            quote_spanned! {type_span(param)=>
                &#private::With::new(#value, |#inner, #writer| #function(#inner, #writer))
            }
        }
    }
}

fn parameter(api: &Api<'_>, param: &Param<'_>, request: &Ident) -> TokenStream {
    let own = param.ident.unraw().to_string();
    let name = &param.name;
    let (value, by_value) = (reference(param), argument(param));
    let call = match &param.kind {
        ParamKind::Query { style, encoder } => query(name, *style, &encoded_by(api, param, encoder), &own),
        ParamKind::Header { sensitive, encoder } => {
            let value = encoded_by(api, param, encoder);
            if *sensitive { quote!(header_sensitive(#name, #value)) } else { quote!(header(#name, #value)) }
        }
        ParamKind::Headers => quote!(headers(#value)),
        ParamKind::Cookie { encoder } => {
            let value = encoded_by(api, param, encoder);
            quote!(cookie(#name, #value))
        }
        ParamKind::Json { media_type: None } => quote!(json(#value)),
        ParamKind::Json { media_type: Some(media_type) } => quote!(json_as(#media_type, #value)),
        ParamKind::Form { nesting: None } => quote!(form(#own, #value)),
        ParamKind::Form { nesting: Some(nesting) } => {
            let private = api.private();
            let style = match nesting {
                FormNesting::Brackets => quote!(Brackets),
                FormNesting::Dots => quote!(Dots),
            };
            quote!(form_nested(#own, #private::NestedStyle::#style, #value))
        }
        ParamKind::Field { encoder } => {
            let value = encoded_by(api, param, encoder);
            quote!(field(#name, #value))
        }
        ParamKind::Multipart => quote!(multipart(#by_value)),
        ParamKind::Part { json, file_name, media_type } => {
            let (file_name, media_type) = (option(file_name.as_ref()), option(media_type.as_ref()));
            let (call, value) = if *json { (quote!(part_json), value) } else { (quote!(part), quote!(#by_value)) };
            quote!(#call(#name, #file_name, #media_type, #value))
        }
        ParamKind::Body { media_type } => quote!(body(#media_type, #by_value)),
        ParamKind::Options => quote!(options(#by_value)),
        ParamKind::Url => quote!(url(#own, #value)),
        // Written with the path; the other two never come this far.
        ParamKind::Path { .. } | ParamKind::Unannotated | ParamKind::Invalid => return TokenStream::new(),
    };
    let cfgs = &param.cfgs;
    quote!(#(#cfgs)* #request.#call;)
}

fn query(name: &str, style: QueryStyle, value: &TokenStream, argument: &str) -> TokenStream {
    match style {
        QueryStyle::Repeated => quote!(query(#name, #value)),
        QueryStyle::Joined(separator) => {
            let separator = separator.encoded();
            quote!(query_joined(#name, #separator, #value))
        }
        QueryStyle::Encoded => quote!(query_encoded(#name, #value)),
        QueryStyle::Flattened => quote!(query_flatten(#argument, #value)),
        QueryStyle::FlattenedEncoded => quote!(query_flatten_encoded(#argument, #value)),
        QueryStyle::DeepObject => quote!(query_deep_object(#name, #value)),
        QueryStyle::Flag => quote!(query_flag(#name, #value)),
    }
}

fn option(text: Option<&LitStr>) -> TokenStream {
    text.map_or_else(|| quote!(::core::option::Option::None), |text| quote!(::core::option::Option::Some(#text)))
}
