//! What a trait or a method has once.

use std::collections::HashMap;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::attributes::is_cfg;
use crate::parse::param_kind::{ParamKind, QueryStyle};
use crate::parse::path_template::Piece;

/// A name that two parameters set, and what a request has once.
pub(super) fn parameters(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        let (what, name, span) = match &param.kind {
            ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => continue,
            ParamKind::Query { .. } => ("query parameter", &*param.name, param.name_span()),
            ParamKind::Header { .. } => ("header", &*param.name, param.name_span()),
            ParamKind::Cookie { .. } => ("cookie", &*param.name, param.name_span()),
            ParamKind::Field { .. } => ("form field", &*param.name, param.name_span()),
            ParamKind::Options => ("parameter", "#[options]", param.ident.span()),
            ParamKind::Url => ("parameter", "#[url]", param.ident.span()),
            _ => continue,
        };
        if seen.contains(&(what, name)) {
            let remedy = match param.kind {
                ParamKind::Options | ParamKind::Url => "remove one",
                _ => "remove one, or take a sequence, `&[T]`",
            };
            diagnostics.report_at(span, format!("the {what} `{name}` is there already\nhelp: {remedy}"));
        }
        seen.push((what, name));
    }
}

/// Two methods for one request: one of them is a copy that was not edited. Twins under `cfg` are meant.
pub(super) fn endpoints(api: &Api<'_>, diagnostics: &Diagnostics) {
    let mut seen: HashMap<(String, String, Option<String>), String> = HashMap::new();
    for endpoint in api.endpoints() {
        let Some((text, template)) = endpoint.verb.template() else { continue };
        if endpoint.item.attrs.iter().any(is_cfg) {
            continue;
        }
        let shape = template.pieces.iter().map(|piece| match piece {
            Piece::Literal(literal) => literal.clone(),
            Piece::Rest { .. } => "{**}".to_owned(),
            Piece::Value(_) | Piece::Optional(_) => "{}".to_owned(),
        });
        let shape: String = shape.chain(template.query.iter().map(|query| format!("?{query}"))).collect();
        let accept = endpoint.verb.args.accept.as_ref().map(syn::LitStr::value);
        let name = endpoint.item.sig.ident.to_string();
        if let Some(first) = seen.get(&(endpoint.verb.method.clone(), shape.clone(), accept.clone())) {
            diagnostics.report(
                text,
                format!(
                    "`{first}` is `{} {}` already\nhelp: mend the path, or tell them apart by `accept`",
                    endpoint.verb.method,
                    text.value()
                ),
            );
        } else {
            seen.insert((endpoint.verb.method.clone(), shape, accept), name);
        }
    }
}
