//! The body of a request.

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::media_types::is_json;
use crate::parse::param_kind::ParamKind;

/// A request has one body at most.
pub(super) fn one_body(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let bodies: Vec<_> =
        endpoint.params.iter().filter_map(|param| Some((param, param.kind.body_attribute()?))).collect();
    if let Some((_, first)) = bodies.first() {
        for (param, word) in bodies.iter().skip(1).filter(|(param, _)| param.cfgs.is_empty()) {
            if first != word {
                let message = format!(
                    "a request has one body: `#[{first}]` and `#[{word}]` exclude each other\nhelp: remove one of the two"
                );
                diagnostics.report(param.ident, message);
            } else if !matches!(*word, "field" | "part") {
                let message = format!("duplicate `#[{word}]`: a request has one body\nhelp: put both into one struct");
                diagnostics.report(param.ident, message);
            }
        }
    }
}

/// A body has a meaning for the verb, or `allow_body` says that the server expects one.
pub(super) fn bodyless_verbs(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    let body = endpoint.params.iter().find(|param| param.kind.body_attribute().is_some());
    match (body, &verb.args.allow_body) {
        (Some(body), None) if verb.is_bodyless() => {
            let message = format!(
                "a body of `{}` has no defined meaning\nhelp: use another verb, take it as `#[query]`, or write \
                 `#[{}(\"…\", allow_body)]` if the server expects it",
                verb.method, verb.word
            );
            diagnostics.report(body.ident, message);
        }
        (None, Some(allow)) => diagnostics.report(allow, "unexpected `allow_body` without a body\nhelp: remove it"),
        (Some(_), Some(allow)) if !verb.is_bodyless() => {
            diagnostics.report(
                allow,
                format!("unexpected `allow_body` for `{}`, which can have a body\nhelp: remove it", verb.method),
            );
        }
        _ => {}
    }
}

/// The media type of a JSON body is JSON.
pub(super) fn json_media_type(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in &endpoint.params {
        let ParamKind::Json { media_type: Some(text) } = &param.kind else { continue };
        let media_type = text.value();
        if !is_json(&media_type) {
            let message = format!(
                "expected a JSON media type, found `{media_type}`\nhelp: write one that ends in `/json` or `+json`, as in \
                 \"application/scim+json\", or `#[body(\"{media_type}\")]` for a body that is not JSON"
            );
            diagnostics.report(text, message);
        }
    }
}
