//! The body of a request.

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;

/// One body at most, and none where it has no meaning.
pub(super) fn bodies(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    let bodies: Vec<_> = endpoint.params.iter().filter_map(|param| Some((param, param.kind.body_word()?))).collect();
    if let Some((_, first)) = bodies.first() {
        for (param, word) in bodies.iter().skip(1).filter(|(param, _)| param.cfgs.is_empty()) {
            if first != word {
                let message = format!("a request has one body, and `#[{first}]` makes it\nhelp: remove one of the two");
                diagnostics.spanned(param.name, message);
            } else if !matches!(*word, "field" | "part") {
                diagnostics.spanned(
                    param.name,
                    "a request has one body, and this would be a second\nhelp: put both into one struct",
                );
            }
        }
    }
    match (bodies.first(), &verb.args.allow_body) {
        (Some((body, _)), None) if verb.is_bodyless() => {
            let message = format!(
                "a body on `{}` has no meaning that servers agree on\nhelp: use another verb, make it `#[query]`, \
                 or write `#[{}(\"…\", allow_body)]` where the server wants it",
                verb.method, verb.word
            );
            diagnostics.spanned(body.name, message);
        }
        (None, Some(allow)) => diagnostics.spanned(allow, "`allow_body` stands without a body\nhelp: remove it"),
        (Some(_), Some(allow)) if !verb.is_bodyless() => {
            diagnostics.spanned(allow, format!("`{}` may have a body anyway\nhelp: remove `allow_body`", verb.method));
        }
        _ => {}
    }
}
