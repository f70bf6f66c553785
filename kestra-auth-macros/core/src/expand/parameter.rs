//! Generates the call that hands one argument to the request.
//!
//! The tokens of an argument are at the span of its type, so that the compiler reports a type that cannot be sent there,
//! and not at the attribute of the trait.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{LitStr, Type};

use crate::model::{Api, Param};
use crate::parse::param_kind::{FormNesting, ParamKind, QueryStyle, Separator, ValueEncoder};
use crate::spans::moved_to;

/// Generates the call, without the request that it is a method of. A path parameter has none, because its value is handed
/// over along with the path.
// Output: query("page", &page)
pub(super) fn call(api: &Api<'_>, param: &Param<'_>) -> Option<TokenStream> {
    let name = &param.name;
    let (argument, reference) = (argument(param), reference(param));
    let call = match &param.kind {
        ParamKind::Query { style, encoder } => query(api, name, *style, &value(api, param, encoder)),
        ParamKind::Header { joined, sensitive, encoder } => {
            let value = value(api, param, encoder);
            match (joined, sensitive) {
                (true, _) => quote!(header_joined(#name, #sensitive, #value)),
                (false, true) => quote!(header_sensitive(#name, #value)),
                (false, false) => quote!(header(#name, #value)),
            }
        }
        ParamKind::Headers => quote!(headers(#reference)),
        ParamKind::Cookie { encoder } => {
            let value = value(api, param, encoder);
            quote!(cookie(#name, #value))
        }
        ParamKind::Json { media_type: None } => quote!(json(#reference)),
        ParamKind::Json { media_type: Some(media_type) } => quote!(json_as(#media_type, #reference)),
        ParamKind::Form { nesting: None } => quote!(form(#name, #reference)),
        ParamKind::Form { nesting: Some(nesting) } => {
            let style = nested_style(api, *nesting);
            quote!(form_nested(#name, #style, #reference))
        }
        ParamKind::Field { joined, encoder } => {
            let value = value(api, param, encoder);
            if let Some(separator) = joined.map(|separator| separator_path(api, separator)) {
                quote!(field_joined(#name, #separator, #value))
            } else {
                quote!(field(#name, #value))
            }
        }
        ParamKind::Multipart => quote!(multipart(#argument)),
        ParamKind::Part { json, file_name, media_type } => {
            let (file_name, media_type) = (option(file_name.as_ref()), option(media_type.as_ref()));
            if *json {
                quote!(part_json(#name, #file_name, #media_type, #reference))
            } else {
                quote!(part(#name, #file_name, #media_type, #argument))
            }
        }
        ParamKind::Body { media_type } => quote!(body(#media_type, #argument)),
        ParamKind::Options => quote!(options(#argument)),
        ParamKind::Url => quote!(url(#name, #reference)),
        ParamKind::Path { .. } | ParamKind::Unannotated | ParamKind::Invalid => return None,
    };
    Some(call)
}

fn query(api: &Api<'_>, name: &str, style: QueryStyle, value: &TokenStream) -> TokenStream {
    match style {
        QueryStyle::Repeated => quote!(query(#name, #value)),
        QueryStyle::Joined(separator) => {
            let separator = separator_path(api, separator);
            quote!(query_joined(#name, #separator, #value))
        }
        QueryStyle::Encoded => quote!(query_encoded(#name, #value)),
        QueryStyle::Flattened => quote!(query_flatten(#name, #value)),
        QueryStyle::FlattenedEncoded => quote!(query_flatten_encoded(#name, #value)),
        QueryStyle::DeepObject => quote!(query_deep_object(#name, #value)),
        QueryStyle::Flag => quote!(query_flag(#name, #value)),
    }
}

fn separator_path(api: &Api<'_>, separator: Separator) -> TokenStream {
    let private = api.private();
    match separator {
        Separator::Comma => quote!(#private::Separator::Comma),
        Separator::Space => quote!(#private::Separator::Space),
        Separator::Tab => quote!(#private::Separator::Tab),
        Separator::Pipe => quote!(#private::Separator::Pipe),
    }
}

fn nested_style(api: &Api<'_>, nesting: FormNesting) -> TokenStream {
    let private = api.private();
    match nesting {
        FormNesting::Brackets => quote!(#private::NestedStyle::Brackets),
        FormNesting::Dots => quote!(#private::NestedStyle::Dots),
    }
}

fn option(text: Option<&LitStr>) -> TokenStream {
    text.map_or_else(|| quote!(::core::option::Option::None), |text| quote!(::core::option::Option::Some(#text)))
}

/// Generates a reference to the value that is sent for an argument.
pub(super) fn value(api: &Api<'_>, param: &Param<'_>, encoder: &ValueEncoder) -> TokenStream {
    let (span, reference) = (type_span(param), reference(param));
    let private = moved_to(span, api.private());
    match encoder {
        ValueEncoder::Serialize => reference,
        ValueEncoder::Display => quote_spanned!(span=> &#private::Displayed(#reference)),
        ValueEncoder::With(function) => {
            let [value, writer] =
                ["__value", "__writer"].map(|name| Ident::new(name, Span::mixed_site().located_at(param.ty.span())));
            quote_spanned! {span=>
                &#private::With::new(#reference, |#value, #writer| #function(#value, #writer))
            }
        }
    }
}

fn reference(param: &Param<'_>) -> TokenStream {
    let argument = argument(param);
    quote_spanned!(type_span(param)=> &#argument)
}

/// Returns the argument at the span of its type, with the hygiene of the user's token.
fn argument(param: &Param<'_>) -> Ident {
    let mut argument = param.ident.clone();
    argument.set_span(type_span(param).resolved_at(argument.span()));
    argument
}

/// Returns the span of the type behind any `&`.
fn type_span(param: &Param<'_>) -> Span {
    let mut ty = param.ty;
    while let Type::Reference(reference) = ty {
        ty = &reference.elem;
    }
    ty.span().resolved_at(Span::call_site())
}
