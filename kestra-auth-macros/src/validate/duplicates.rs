//! What a trait or a method has once.

use std::collections::HashMap;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint, Kind};
use crate::parse::attributes::is_cfg;
use crate::parse::param_attribute::QueryForm;
use crate::parse::path_template::Piece;

/// Two arguments of one name.
pub(super) fn argument_twice(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        if seen.contains(&param.name) {
            let message =
                format!("`{}` is an argument of this method already\nhelp: rename one of the two", param.name);
            diagnostics.spanned(param.name, message);
        }
        seen.push(param.name);
    }
}

/// A name that two parameters set, and what a request has once.
pub(super) fn bound_twice(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        let (what, name, at) = match &param.kind {
            Kind::Query { form: QueryForm::Flatten | QueryForm::FlattenEncoded, .. } => continue,
            Kind::Query { name, at, .. } => ("query parameter", &**name, *at),
            Kind::Header { name, at, .. } => ("header", &**name, *at),
            Kind::Cookie { name, at, .. } => ("cookie", &**name, *at),
            Kind::Field { name, at, .. } => ("form field", &**name, *at),
            Kind::Options => ("parameter", "#[options]", param.name.span()),
            Kind::Url => ("parameter", "#[url]", param.name.span()),
            _ => continue,
        };
        if seen.contains(&(what, name)) {
            let remedy = match param.kind {
                Kind::Options | Kind::Url => "remove one",
                _ => "remove one, or take a sequence, `&[T]`",
            };
            diagnostics.at(at, format!("the {what} `{name}` is there already\nhelp: {remedy}"));
        }
        seen.push((what, name));
    }
}

/// Two methods for one request: one of them is a copy that was not edited. Twins under `cfg` are meant.
pub(super) fn declared_twice(api: &Api<'_>, diagnostics: &Diagnostics) {
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
            diagnostics.spanned(
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
