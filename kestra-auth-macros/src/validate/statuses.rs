//! `none(404)` and `also(304)`.

use proc_macro2::Span;

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;

pub(super) fn statuses(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let args = &endpoint.verb.args;
    in_range_and_once("none", &args.none, diagnostics);
    in_range_and_once("also", &args.also, diagnostics);
    if let Some((status, span)) = args.also.iter().find(|(status, _)| args.none.iter().any(|(none, _)| none == status))
    {
        diagnostics.report_at(*span, format!("`{status}` stands in `none` and in `also`\nhelp: remove one"));
    }
}

fn in_range_and_once(argument: &str, statuses: &[(u16, Span)], diagnostics: &Diagnostics) {
    for (index, (status, span)) in statuses.iter().enumerate() {
        if !(200..600).contains(status) {
            let message = format!(
                "`{status}` is no status of an answer\nhelp: write a number from 200 to 599, as in `{argument}(404)`"
            );
            diagnostics.report_at(*span, message);
        } else if statuses[..index].iter().any(|(other, _)| other == status) {
            diagnostics.report_at(*span, format!("`{status}` stands here twice\nhelp: remove one"));
        }
    }
}
