//! Names that collide with others, or that cannot be sent.

use syn::TraitItem;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::attributes::is_cfg;
use crate::parse::param_kind::{ParamKind, QueryStyle};
use crate::parse::path_template::encode::encoded_name;

/// The client has another name than the trait.
pub(super) fn client_name(api: &Api<'_>, diagnostics: &Diagnostics) {
    let name = &api.item.ident;
    if api.args.client.is_none() && name.to_string().ends_with("Client") {
        diagnostics.report(
            name,
            format!(
                "the client would be named `{}`\nhelp: name it with `#[api(client = Name)]`, or rename the trait",
                api.client
            ),
        );
    }
    if let Some(client) = api.args.client.as_ref().filter(|client| *client == name) {
        let message = format!("the client cannot have the name of the trait, `{client}`\nhelp: write another name");
        diagnostics.report(client, message);
    }
}

/// No two methods have the same name, except under `cfg`, where one of them is compiled.
pub(super) fn method_names(api: &Api<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for item in &api.item.items {
        let TraitItem::Fn(method) = item else { continue };
        if method.attrs.iter().any(is_cfg) {
            continue;
        }
        let name = &method.sig.ident;
        if seen.contains(&name) {
            diagnostics.report(name, format!("duplicate method `{name}`\nhelp: rename one of the two"));
        }
        seen.push(name);
    }
}

/// An endpoint is not named like a method of `ApiClient`, since each call would be ambiguous.
pub(super) fn reserved_name(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let name = &endpoint.item.sig.ident;
    if name == "with_options" {
        let message =
            format!("reserved name `{name}`: every client has this method from `ApiClient`\nhelp: rename the endpoint");
        diagnostics.report(name, message);
    }
}

/// No method is named like the one that `dyn` adds to the trait.
pub(super) fn reserved_for_dyn(api: &Api<'_>, diagnostics: &Diagnostics) {
    for item in api.item.items.iter().filter(|_| api.args.dynamic.is_some()) {
        if let TraitItem::Fn(method) = item
            && method.sig.ident == "try_with_options"
        {
            let name = &method.sig.ident;
            let message = format!(
                "reserved name `{name}`: every trait with `#[api(dyn)]` has this method\nhelp: rename the endpoint"
            );
            diagnostics.report(name, message);
        }
    }
}

/// No two parameters have the same name.
pub(super) fn argument_names(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        if seen.contains(&param.ident) {
            let message = format!("duplicate parameter `{}`\nhelp: rename one of the two", param.ident);
            diagnostics.report(param.ident, message);
        }
        seen.push(param.ident);
    }
}

/// A name on the wire is not empty, and is percent-encoded if the attribute says so.
pub(super) fn wire_names(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in &endpoint.params {
        let Some(given) = &param.given_name else { continue };
        match &param.kind {
            ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => {
                let message = "unexpected name with `flatten`, which sends the names of the fields\nhelp: remove it";
                diagnostics.report(given, message);
            }
            ParamKind::Query { .. } | ParamKind::Field { .. } | ParamKind::Part { .. } if given.value().is_empty() => {
                let message =
                    "the name is empty\nhelp: write the name to send, or remove it to send that of the argument";
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
