//! The values of parameters, as far as their types show what they are. What aliases can hide is checked by the compiler.

use syn::Type;

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::param_kind::{ParamKind, QueryStyle, ValueEncoder};
use crate::parse::path_template::Piece;
use crate::parse::value_type::ValueType;

/// The value of a catch-all is not a list.
pub(super) fn catch_alls(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let template = endpoint.verb.template();
    let is_rest = |name: &str| {
        let mut pieces = template.iter().flat_map(|(_, template)| &template.pieces);
        pieces.any(|piece| matches!(piece, Piece::Rest { name: rest, .. } if rest == name))
    };
    for param in &endpoint.params {
        let ty = ValueType::new(param.ty).whole;
        if let (ParamKind::Path { encoder: ValueEncoder::Serialize, .. }, Type::Slice(_)) = (&param.kind, ty)
            && is_rest(&param.name)
        {
            let message = format!(
                "`{{**{0}}}` is for one value, found a list\nhelp: take the items as one `&str` with slashes, or write \
                 `{{{0}}}` in the path to join them by commas",
                param.name
            );
            diagnostics.report(ty, message);
        }
    }
}

/// A value that is sent under one name is not a tuple, which has no defined text.
pub(super) fn tuples(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in &endpoint.params {
        let Some(encoder) = encoder(&param.kind) else { continue };
        let ValueType { whole, item } = ValueType::new(param.ty);
        let Type::Tuple(tuple) = item else { continue };
        if !matches!(encoder, ValueEncoder::Serialize) || tuple.elems.is_empty() {
            continue;
        }
        let what = param.kind.attribute();
        let help = match param.kind {
            ParamKind::Query { .. } if matches!(whole, Type::Slice(_) | Type::Path(_)) => {
                "write `#[query(flatten)]` for pairs of a name and a value"
            }
            ParamKind::Field { .. } if matches!(whole, Type::Slice(_) | Type::Path(_)) => {
                "write `#[form]` for pairs of a name and a value"
            }
            _ => "take each of its items as an argument",
        };
        diagnostics.report(tuple, format!("`#[{what}]` is for one value, found a tuple\nhelp: {help}"));
    }
}

/// Returns how a value is written that is sent under one name.
fn encoder(kind: &ParamKind) -> Option<&ValueEncoder> {
    match kind {
        ParamKind::Query {
            style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded | QueryStyle::DeepObject,
            ..
        } => None,
        ParamKind::Path { encoder, .. }
        | ParamKind::Query { encoder, .. }
        | ParamKind::Header { encoder, .. }
        | ParamKind::Cookie { encoder }
        | ParamKind::Field { encoder, .. } => Some(encoder),
        _ => None,
    }
}
