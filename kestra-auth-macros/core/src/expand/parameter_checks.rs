//! Generates checks of parameter types that only the compiler can make, because it sees through aliases.
//!
//! A check is not generated where the name of the type leaves no doubt, so that most parameters cost nothing.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use crate::expand::tokens::{endpoint_cfgs, ident_at};
use crate::lifetimes::elided;
use crate::model::{Api, Endpoint, Param};
use crate::parse::param_kind::{ParamKind, QueryStyle, ValueEncoder};
use crate::parse::path_template::Piece;
use crate::parse::value_type::{self, ValueType};

/// Rejects, at the type, a value that is `None` in a path, several values where one is sent, and one where several are.
pub(super) fn expand(api: &Api<'_>) -> TokenStream {
    let endpoints = api.endpoints();
    let params = endpoints.flat_map(|endpoint| endpoint.params.iter().map(move |param| (endpoint, param)));
    params.flat_map(|(endpoint, param)| checks(api, endpoint, param)).collect()
}

fn checks(api: &Api<'_>, endpoint: &Endpoint<'_>, param: &Param<'_>) -> Vec<TokenStream> {
    let ValueType { whole, item } = ValueType::new(param.ty);
    let name = &param.name;
    let check = |ty, constant, message: &dyn Fn() -> String| check(api, endpoint, param, ty, constant, message);
    let not_a_map = |help: &str| {
        let what = param.kind.attribute();
        check(item, "IS_MAP", &|| format!("`#[{what}]` is for one value, found a map\nhelp: {help}"))
    };
    let several = |what: &str, help: &str| {
        check(item, "IS_SCALAR", &|| format!("{what} is for values with names, found one value\nhelp: {help}"))
    };
    let checks = match &param.kind {
        ParamKind::Path { encoder: ValueEncoder::Serialize, .. } => {
            let optional = check(whole, "IS_OPTIONAL", &|| {
                format!(
                    "placeholder `{{{name}}}` requires a value, found an `Option`\nhelp: take the value itself, or write \
                     `{{{name}?}}` for a segment that is left out without one"
                )
            });
            let optional = optional.filter(|_| requires_value(endpoint, name));
            vec![optional, not_a_map("take one value of it")]
        }
        ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => {
            vec![several("`flatten`", "write `#[query]`, or take a struct, a map or pairs")]
        }
        ParamKind::Query { style: QueryStyle::DeepObject, .. } => {
            vec![several("`deep_object`", "write `#[query]`, or take a struct or a map")]
        }
        ParamKind::Query { encoder: ValueEncoder::Serialize, style } if *style != QueryStyle::Flag => {
            vec![not_a_map("write `#[query(flatten)]` for its entries, or `#[query(deep_object)]`")]
        }
        ParamKind::Header { encoder: ValueEncoder::Serialize, .. } => {
            vec![not_a_map("take a `HeaderMap` as `#[headers]`, or one value of it")]
        }
        ParamKind::Cookie { encoder: ValueEncoder::Serialize } => vec![not_a_map("take one value of it")],
        ParamKind::Field { encoder: ValueEncoder::Serialize, .. } => {
            vec![not_a_map("write `#[form]` for a form of its entries")]
        }
        ParamKind::Form { .. } => vec![several("`#[form]`", "write `#[field]`, or take a struct, a map or pairs")],
        _ => Vec::new(),
    };
    checks.into_iter().flatten().collect()
}

/// Returns whether a placeholder is always there. `{name?}` and `{**name}` are left out without a value.
fn requires_value(endpoint: &Endpoint<'_>, name: &str) -> bool {
    let template = endpoint.verb.template();
    let mut pieces = template.iter().flat_map(|(_, template)| &template.pieces);
    pieces.any(|piece| matches!(piece, Piece::Value(value) if value == name))
}

// Output: const _: () = reject_if(ValueProbe::<Option<u32>>::IS_OPTIONAL, "…");
fn check(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    param: &Param<'_>,
    ty: &Type,
    constant: &str,
    message: &dyn Fn() -> String,
) -> Option<TokenStream> {
    let is_known = value_type::is_scalar(ty) && constant != "IS_SCALAR";
    if is_known || !api.is_concrete(endpoint, ty) {
        return None;
    }
    let (ty, message) = (elided(ty), message());
    let span = ty.span();
    let (constant, runtime) = (Ident::new(constant, span), ident_at(span, &api.runtime));
    let (endpoint_cfgs, cfgs) = (endpoint_cfgs(api, endpoint), &param.cfgs);
    let check = quote_spanned!(span=> #runtime::reject_if(#runtime::ValueProbe::<#ty>::#constant, #message));
    Some(quote!(#(#endpoint_cfgs)* #(#cfgs)* const _: () = #check;))
}
