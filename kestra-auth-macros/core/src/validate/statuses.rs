//! `none(404)` and `also(304)`.

use proc_macro2::Span;

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;

pub(super) fn statuses(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let args = &endpoint.verb.args;
    list("none", &args.none, diagnostics);
    list("also", &args.also, diagnostics);
    let is_none = |status: u16| args.none.iter().any(|(none, _)| *none == status);
    if let Some((status, span)) = args.also.iter().find(|(status, _)| is_none(*status)) {
        let message = format!("status `{status}` is in `none` and in `also`\nhelp: remove one of the two");
        diagnostics.report_at(*span, message);
    }
}

/// Each status is valid, not a success already, and listed once.
fn list(argument: &str, statuses: &[(u16, Span)], diagnostics: &Diagnostics) {
    for (index, (status, span)) in statuses.iter().enumerate() {
        let message = match status {
            200..300 => format!(
                "unexpected success status `{status}` in `{argument}`\nhelp: remove it: a success is read as the \
                 result, and for an `Option` an empty body is `None`"
            ),
            300..600 if statuses[..index].iter().any(|(other, _)| other == status) => {
                format!("duplicate status `{status}`\nhelp: remove one of the two")
            }
            300..600 => continue,
            _ => format!("invalid status `{status}`\nhelp: write a number from 300 to 599, as in `{argument}(404)`"),
        };
        diagnostics.report_at(*span, message);
    }
}
