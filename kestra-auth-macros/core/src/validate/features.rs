//! What requires a feature of kestra-auth.

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::param_kind::ParamKind;

pub(super) fn features(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    if let (Some(end), false) = (&endpoint.verb.args.end, cfg!(feature = "stream")) {
        diagnostics.report(end, "`end` requires the feature `stream` of kestra-auth\nhelp: enable it in Cargo.toml");
    }
    for param in &endpoint.params {
        if let (ParamKind::Multipart | ParamKind::Part { .. }, false) = (&param.kind, cfg!(feature = "multipart")) {
            let word = param.kind.body_attribute().unwrap_or_default();
            let message =
                format!("`#[{word}]` requires the feature `multipart` of kestra-auth\nhelp: enable it in Cargo.toml");
            diagnostics.report(param.ident, message);
        }
    }
}
