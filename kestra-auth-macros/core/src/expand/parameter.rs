//! Generates the call that hands one argument to the request.
//!
//! The tokens of an argument are at the span of its type, so that the compiler reports a type that cannot be sent there,
//! and not at the attribute of the trait.

use proc_macro2::{Delimiter, Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{LitStr, Type};

use crate::expand::tokens::{append_group, first_span, ident_at};
use crate::model::{Api, Param};
use crate::parse::param_kind::{FormNesting, ParamKind, QueryStyle, Separator, ValueEncoder};

/// A call that hands a part of the request to the runtime.
pub(super) struct Call {
    method: &'static str,
    arguments: TokenStream,
}

impl Call {
    pub(super) fn new(method: &'static str, arguments: TokenStream) -> Self {
        Self { method, arguments }
    }

    // Output: __request.query("page", &page);
    pub(super) fn append(self, tokens: &mut TokenStream, request: &Ident) {
        self.append_expression(tokens, request);
        tokens.append(Punct::new(';', Spacing::Alone));
    }

    // Output: __request.send(reads())
    pub(super) fn append_expression(self, tokens: &mut TokenStream, request: &Ident) {
        let span = Span::call_site();
        tokens.append(request.clone());
        tokens.append(Punct::new('.', Spacing::Alone));
        tokens.append(Ident::new(self.method, span));
        append_group(tokens, Delimiter::Parenthesis, span, self.arguments);
    }
}

/// Generates the call for a parameter. A path parameter has none, because its value is handed over along with the path.
pub(super) fn call(api: &Api<'_>, param: &Param<'_>) -> Option<Call> {
    let name = &param.name;
    let argument = argument(param);
    let reference = Value { runtime: &api.runtime, param, encoder: &ValueEncoder::Serialize };
    let (method, arguments) = match &param.kind {
        ParamKind::Query { style, encoder } => query(api, name, *style, &value(api, param, encoder)),
        ParamKind::Header { joined, sensitive, encoder } => {
            let value = value(api, param, encoder);
            match (joined, sensitive) {
                (true, _) => ("header_joined", quote!(#name, #sensitive, #value)),
                (false, true) => ("header_sensitive", quote!(#name, #value)),
                (false, false) => ("header", quote!(#name, #value)),
            }
        }
        ParamKind::Headers => ("headers", quote!(#reference)),
        ParamKind::Cookie { encoder } => {
            let value = value(api, param, encoder);
            ("cookie", quote!(#name, #value))
        }
        ParamKind::Json { media_type: None } => ("json", quote!(#reference)),
        ParamKind::Json { media_type: Some(media_type) } => ("json_as", quote!(#media_type, #reference)),
        ParamKind::Form { nesting: None } => ("form", quote!(#name, #reference)),
        ParamKind::Form { nesting: Some(nesting) } => {
            let style = nested_style(api, *nesting);
            ("form_nested", quote!(#name, #style, #reference))
        }
        ParamKind::Field { joined, encoder } => {
            let value = value(api, param, encoder);
            match joined.map(|separator| separator_path(api, separator)) {
                Some(separator) => ("field_joined", quote!(#name, #separator, #value)),
                None => ("field", quote!(#name, #value)),
            }
        }
        ParamKind::Multipart => ("multipart", quote!(#argument)),
        ParamKind::Part { json, file_name, media_type } => {
            let (file_name, media_type) = (option(file_name.as_ref()), option(media_type.as_ref()));
            if *json {
                ("part_json", quote!(#name, #file_name, #media_type, #reference))
            } else {
                ("part", quote!(#name, #file_name, #media_type, #argument))
            }
        }
        ParamKind::Body { media_type } => ("body", quote!(#media_type, #argument)),
        ParamKind::Options => ("options", quote!(#argument)),
        ParamKind::Url => ("url", quote!(#name, #reference)),
        ParamKind::Path { .. } | ParamKind::Unannotated | ParamKind::Invalid => return None,
    };
    Some(Call::new(method, arguments))
}

fn query(api: &Api<'_>, name: &str, style: QueryStyle, value: &Value<'_>) -> (&'static str, TokenStream) {
    let method = match style {
        QueryStyle::Joined(separator) => {
            let separator = separator_path(api, separator);
            return ("query_joined", quote!(#name, #separator, #value));
        }
        QueryStyle::Repeated => "query",
        QueryStyle::Encoded => "query_encoded",
        QueryStyle::Flattened => "query_flatten",
        QueryStyle::FlattenedEncoded => "query_flatten_encoded",
        QueryStyle::DeepObject => "query_deep_object",
        QueryStyle::Flag => "query_flag",
    };
    (method, quote!(#name, #value))
}

fn separator_path(api: &Api<'_>, separator: Separator) -> TokenStream {
    let runtime = &api.runtime;
    match separator {
        Separator::Comma => quote!(#runtime::Separator::Comma),
        Separator::Space => quote!(#runtime::Separator::Space),
        Separator::Tab => quote!(#runtime::Separator::Tab),
        Separator::Pipe => quote!(#runtime::Separator::Pipe),
    }
}

fn nested_style(api: &Api<'_>, nesting: FormNesting) -> TokenStream {
    let runtime = &api.runtime;
    match nesting {
        FormNesting::Brackets => quote!(#runtime::NestedStyle::Brackets),
        FormNesting::Dots => quote!(#runtime::NestedStyle::Dots),
    }
}

fn option(text: Option<&LitStr>) -> TokenStream {
    text.map_or_else(|| quote!(::core::option::Option::None), |text| quote!(::core::option::Option::Some(#text)))
}

/// A reference to the value that is sent for an argument.
pub(super) struct Value<'a> {
    runtime: &'a Ident,
    param: &'a Param<'a>,
    encoder: &'a ValueEncoder,
}

pub(super) fn value<'a>(api: &'a Api<'_>, param: &'a Param<'_>, encoder: &'a ValueEncoder) -> Value<'a> {
    Value { runtime: &api.runtime, param, encoder }
}

impl ToTokens for Value<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let argument = argument(self.param);
        let span = argument.span().resolved_at(Span::call_site());
        let mut and = Punct::new('&', Spacing::Alone);
        and.set_span(span);
        let runtime = ident_at(span, self.runtime);
        match self.encoder {
            ValueEncoder::Serialize => {
                tokens.append(and);
                tokens.append(argument);
            }
            ValueEncoder::Display => tokens.extend(quote_spanned!(span=> &#runtime::Displayed(&#argument))),
            ValueEncoder::With(function) => {
                let [value, writer] = ["__value", "__writer"]
                    .map(|name| Ident::new(name, Span::mixed_site().located_at(self.param.ty.span())));
                tokens.extend(quote_spanned! {span=>
                    &#runtime::With::new(&#argument, |#value, #writer| #function(#value, #writer))
                });
            }
        }
    }
}

/// Returns the argument at the span of its type, with the hygiene of the user's token.
fn argument(param: &Param<'_>) -> Ident {
    let mut ty = param.ty;
    while let Type::Reference(reference) = ty {
        ty = &reference.elem;
    }
    ident_at(first_span(ty), param.ident)
}
