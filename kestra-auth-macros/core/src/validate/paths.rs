//! The target of a request.

use syn::Attribute;

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::method_attributes::MethodAttribute;
use crate::parse::param_kind::ParamKind;
use crate::parse::path_template::Piece;
use crate::parse::request_line::VerbPath;
use crate::validate::verbs::misplaced_path;

/// The target is a path or a `#[url]` parameter.
pub(super) fn target(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    let url = endpoint.params.iter().find(|param| matches!(param.kind, ParamKind::Url));
    match (&verb.path, url) {
        // What is missing is in an attribute that is reported already.
        (VerbPath::Missing, None) if endpoint.item.attrs.iter().any(is_or_has_path) => {}
        (VerbPath::Missing, None) => {
            let method = if verb.word == "http" { format!("{}, ", verb.method) } else { String::new() };
            let message = format!(
                "missing path in `#[{0}]`\nhelp: write `#[{0}({method}\"/path\")]`, or take the whole target as `#[url] link: &Link`",
                verb.word
            );
            diagnostics.report(&verb.word, message);
        }
        (VerbPath::Given(text, _), Some(_)) => {
            let message = "unexpected path: the `#[url]` parameter is the whole target\nhelp: remove one of the two";
            diagnostics.report(text, message);
        }
        (VerbPath::Missing, Some(_)) => {
            for param in &endpoint.params {
                if let ParamKind::Path { .. } = &param.kind {
                    diagnostics.report_at(
                        param.name_span(),
                        "unexpected path parameter: the `#[url]` parameter is the whole target\nhelp: remove it",
                    );
                }
            }
        }
        _ => {}
    }
}

fn is_or_has_path(attribute: &Attribute) -> bool {
    misplaced_path(attribute).is_some()
        || matches!(MethodAttribute::classify(attribute), MethodAttribute::MisspelledVerb(_))
}

/// A path parameter is not under `cfg`: without it, the path would silently be another one.
pub(super) fn cfg_in_path(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in endpoint.params.iter().filter(|param| matches!(param.kind, ParamKind::Path { .. })) {
        if let Some(cfg) = param.cfgs.first() {
            let message = "a path parameter cannot be under `#[cfg]`\nhelp: write two methods, each with a `#[cfg]`";
            diagnostics.report(cfg.path(), message);
        }
    }
}

/// A path has one catch-all at most: with two, it cannot be decided where the first one ends.
pub(super) fn catch_alls(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let Some((text, template)) = endpoint.verb.template() else { return };
    if template.pieces.iter().filter(|piece| matches!(piece, Piece::Rest { .. })).count() > 1 {
        let message = "the path has two catch-alls, so where the first one ends is ambiguous\nhelp: write `{name}` for one of them";
        diagnostics.report(text, message);
    }
}
