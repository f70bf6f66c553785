//! The target of a request.

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::param_kind::ParamKind;
use crate::parse::path_template::Piece;
use crate::parse::request_line::VerbPath;

/// A `#[url]` parameter is the whole target; without one, there is a path.
pub(super) fn target(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    let url = endpoint.params.iter().find(|param| matches!(param.kind, ParamKind::Url));
    match (&verb.path, url) {
        (VerbPath::Missing, None) => {
            let method = if verb.word == "http" { format!("{}, ", verb.method) } else { String::new() };
            let message = format!(
                "`#[{0}]` has no path\nhelp: write `#[{0}({method}\"/path\")]`, or take the whole target as `#[url] link: &Link`",
                verb.word
            );
            diagnostics.report(&verb.word, message);
        }
        (VerbPath::Given(text, _), Some(_)) => {
            diagnostics
                .report(text, "a `#[url]` parameter is the whole target\nhelp: remove the path, or the parameter");
        }
        (VerbPath::Missing, Some(_)) => {
            for param in &endpoint.params {
                if let ParamKind::Path { .. } = &param.kind {
                    diagnostics.report_at(
                        param.name_span(),
                        "a method with a `#[url]` parameter has no path\nhelp: remove this parameter",
                    );
                }
            }
        }
        _ => {}
    }
}

/// An argument that `cfg` takes away would silently shorten the path.
pub(super) fn cfg_in_path(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in endpoint.params.iter().filter(|param| matches!(param.kind, ParamKind::Path { .. })) {
        if let Some(cfg) = param.cfgs.first() {
            diagnostics.report(cfg.path(), "a path parameter under `#[cfg]` would make another path\nhelp: write two methods, each with a `#[cfg]`");
        }
    }
}

/// Two catch-alls in one path: it cannot be decided where the first one ends.
pub(super) fn catch_alls(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let Some((text, template)) = endpoint.verb.template() else { return };
    if template.pieces.iter().filter(|piece| matches!(piece, Piece::Rest { .. })).count() > 1 {
        let message = "the path has two catch-alls, so where the first one ends is ambiguous\nhelp: write `{name}` for one of them";
        diagnostics.report(text, message);
    }
}
