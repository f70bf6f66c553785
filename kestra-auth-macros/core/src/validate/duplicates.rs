//! What a request or a trait has once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use syn::LitStr;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::attributes::is_cfg;
use crate::parse::param_kind::{ParamKind, QueryStyle};
use crate::parse::path_template::Piece;

/// No two parameters set the same name, and none sets one of the literal query.
pub(super) fn parameters(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let template = endpoint.verb.template();
    let literal: Vec<&str> = template.iter().flat_map(|(_, template)| template.query_names()).collect();
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        let (what, name, span) = match &param.kind {
            ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => continue,
            ParamKind::Query { .. } => ("query parameter", &*param.name, param.name_span()),
            ParamKind::Header { .. } => ("header", &*param.name, param.name_span()),
            ParamKind::Cookie { .. } => ("cookie", &*param.name, param.name_span()),
            ParamKind::Field { .. } => ("form field", &*param.name, param.name_span()),
            ParamKind::Headers => ("parameter", "#[headers]", param.ident.span()),
            ParamKind::Options => ("parameter", "#[options]", param.ident.span()),
            ParamKind::Url => ("parameter", "#[url]", param.ident.span()),
            _ => continue,
        };
        if seen.contains(&(what, name)) {
            let help = match param.kind {
                ParamKind::Headers => "remove one of the two, and put all headers into one map",
                ParamKind::Options | ParamKind::Url | ParamKind::Cookie { .. } => "remove one of the two",
                _ => "remove one of the two, or take a sequence, `&[T]`",
            };
            let written = param.given_name.as_ref().map_or(name.to_owned(), LitStr::value);
            diagnostics.report_at(span, format!("duplicate {what} `{written}`\nhelp: {help}"));
        } else if what == "query parameter" && literal.contains(&name) {
            let message = format!(
                "duplicate query parameter `{name}`, which is in the path as well\nhelp: remove it from the path, or \
                 rename the parameter"
            );
            diagnostics.report_at(span, message);
        }
        seen.push((what, name));
    }
}

/// No two methods send the same request, which is likely a copy that was not edited. Under `cfg`, one of them is compiled.
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
        let accept = endpoint.verb.args.accept.as_ref().map(LitStr::value);
        let name = endpoint.item.sig.ident.to_string();
        match seen.entry((endpoint.verb.method.clone(), shape, accept)) {
            Entry::Occupied(first) => {
                let message = format!(
                    "duplicate endpoint: `{}` sends `{} {}` as well\nhelp: correct the path, or tell the two apart by \
                     `accept`",
                    first.get(),
                    endpoint.verb.method,
                    text.value()
                );
                diagnostics.report(text, message);
            }
            Entry::Vacant(vacant) => {
                vacant.insert(name);
            }
        }
    }
}
