//! Names that the generated code would define or call a second time.

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::attributes::is_cfg;
use crate::parse::param_kind::{ParamKind, QueryStyle};
use crate::parse::path_template::encoded_name;

pub(super) fn client_name(api: &Api<'_>, diagnostics: &Diagnostics) {
    let name = &api.item.ident;
    if api.args.client.is_none() && name.to_string().ends_with("Client") {
        diagnostics.report(
            name,
            format!(
                "the client would be called `{}`\nhelp: name it with `#[api(client = Name)]`, or rename the trait",
                api.client
            ),
        );
    }
    if let Some(client) = api.args.client.as_ref().filter(|client| *client == name) {
        diagnostics
            .report(client, format!("the trait itself is called `{client}`\nhelp: give the client another name"));
    }
}

/// Two methods of one name. Twins under `cfg` are meant.
pub(super) fn method_names(api: &Api<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for item in &api.item.items {
        let syn::TraitItem::Fn(method) = item else { continue };
        if method.attrs.iter().any(is_cfg) {
            continue;
        }
        let name = &method.sig.ident;
        if seen.contains(&name) {
            diagnostics
                .report(name, format!("`{name}` is a method of this trait already\nhelp: rename one of the two"));
        }
        seen.push(name);
    }
}

/// What comes from `ApiClient`: an endpoint of such a name would make each call ambiguous.
pub(super) fn reserved_name(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let name = &endpoint.item.sig.ident;
    if name == "with_options" || name == "__with_client" {
        let message = format!("`{name}` is a method of every client, by `ApiClient`\nhelp: rename the endpoint");
        diagnostics.report(name, message);
    }
}

/// Two arguments of one name.
pub(super) fn argument_names(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        if seen.contains(&param.ident) {
            let message =
                format!("`{}` is an argument of this method already\nhelp: rename one of the two", param.ident);
            diagnostics.report(param.ident, message);
        }
        seen.push(param.ident);
    }
}

/// A name on the wire that is not empty, and is encoded where the attribute says so.
pub(super) fn wire_names(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in &endpoint.params {
        let Some(given) = &param.given_name else { continue };
        match &param.kind {
            ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => {
                let message = "`flatten` sends the fields under their own names\nhelp: remove this one";
                diagnostics.report(given, message);
            }
            ParamKind::Query { .. } | ParamKind::Field { .. } | ParamKind::Part { .. } if given.value().is_empty() => {
                let message = "the name is empty\nhelp: write the name on the wire, or leave it out to use the \
                               argument's";
                diagnostics.report(given, message);
            }
            ParamKind::Query { style: QueryStyle::Encoded, .. } => {
                if let Err(message) = encoded_name(&given.value()) {
                    diagnostics.report(given, message);
                }
            }
            _ => {}
        }
    }
}
