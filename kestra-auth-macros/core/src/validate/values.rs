//! The values of parameters, as far as their types show what they are. What aliases can hide is checked by the compiler.

use syn::Type;

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::param_kind::{ParamKind, QueryStyle, ValueEncoder};
use crate::parse::value_type::ValueType;

/// A value that is sent under one name is not a tuple, which has no defined text.
pub(super) fn tuples(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in &endpoint.params {
        let encoder = match &param.kind {
            ParamKind::Query {
                style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded | QueryStyle::DeepObject,
                ..
            } => continue,
            ParamKind::Path { encoder, .. }
            | ParamKind::Query { encoder, .. }
            | ParamKind::Header { encoder, .. }
            | ParamKind::Cookie { encoder }
            | ParamKind::Field { encoder, .. } => encoder,
            _ => continue,
        };
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
            _ => "take each of its items as an argument",
        };
        diagnostics.report(tuple, format!("`#[{what}]` is for one value, found a tuple\nhelp: {help}"));
    }
}
