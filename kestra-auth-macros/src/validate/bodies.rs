//! The body of a request.

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::media_types::is_json;
use crate::parse::param_kind::ParamKind;

/// One body at most.
pub(super) fn one_body(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let bodies: Vec<_> =
        endpoint.params.iter().filter_map(|param| Some((param, param.kind.body_attribute()?))).collect();
    if let Some((_, first)) = bodies.first() {
        for (param, word) in bodies.iter().skip(1).filter(|(param, _)| param.cfgs.is_empty()) {
            if first != word {
                let message = format!("a request has one body, and `#[{first}]` makes it\nhelp: remove one of the two");
                diagnostics.report(param.ident, message);
            } else if !matches!(*word, "field" | "part") {
                diagnostics.report(
                    param.ident,
                    "a request has one body, and this would be a second\nhelp: put both into one struct",
                );
            }
        }
    }
}

/// A body only where it has a meaning, or `allow_body` says that the server wants one.
pub(super) fn bodyless_verbs(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    let body = endpoint.params.iter().find(|param| param.kind.body_attribute().is_some());
    match (body, &verb.args.allow_body) {
        (Some(body), None) if verb.is_bodyless() => {
            let message = format!(
                "a body on `{}` has no meaning that servers agree on\nhelp: use another verb, make it `#[query]`, \
                 or write `#[{}(\"…\", allow_body)]` where the server wants it",
                verb.method, verb.word
            );
            diagnostics.report(body.ident, message);
        }
        (None, Some(allow)) => diagnostics.report(allow, "`allow_body` stands without a body\nhelp: remove it"),
        (Some(_), Some(allow)) if !verb.is_bodyless() => {
            diagnostics.report(allow, format!("`{}` may have a body anyway\nhelp: remove `allow_body`", verb.method));
        }
        _ => {}
    }
}

/// A JSON body with a media type that is JSON.
pub(super) fn json_media_type(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in &endpoint.params {
        let ParamKind::Json { media_type: Some(text) } = &param.kind else { continue };
        let media_type = text.value();
        if !is_json(&media_type) {
            let message = format!(
                "`{media_type}` is no JSON media type\nhelp: write one that ends in `/json` or `+json`, as in \
                 \"application/scim+json\"; a body of another kind is `#[body(\"{media_type}\")]`"
            );
            diagnostics.report(text, message);
        }
    }
}
