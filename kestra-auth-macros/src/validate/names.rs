//! Names that the generated code would define or call a second time.

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint};
use crate::parse::attributes::is_cfg;

pub(super) fn client_name(api: &Api<'_>, diagnostics: &Diagnostics) {
    let name = &api.item.ident;
    if api.args.client.is_none() && name.to_string().ends_with("Client") {
        diagnostics.spanned(
            name,
            format!(
                "the client would be called `{}`\nhelp: name it with `#[api(client = Name)]`, or rename the trait",
                api.client
            ),
        );
    }
    if let Some(client) = api.args.client.as_ref().filter(|client| *client == name) {
        diagnostics
            .spanned(client, format!("the trait itself is called `{client}`\nhelp: give the client another name"));
    }
}

/// Two methods of one name. Twins under `cfg` are meant.
pub(super) fn names_twice(api: &Api<'_>, diagnostics: &Diagnostics) {
    let mut seen = Vec::new();
    for item in &api.item.items {
        let syn::TraitItem::Fn(method) = item else { continue };
        if method.attrs.iter().any(is_cfg) {
            continue;
        }
        let name = &method.sig.ident;
        if seen.contains(&name) {
            diagnostics
                .spanned(name, format!("`{name}` is a method of this trait already\nhelp: rename one of the two"));
        }
        seen.push(name);
    }
}

/// What comes from `ApiClient`: an endpoint of such a name would make each call ambiguous.
pub(super) fn reserved_name(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let name = &endpoint.item.sig.ident;
    if name == "with_options" || name == "__with_client" {
        let message = format!("`{name}` is a method of every client, by `ApiClient`\nhelp: rename the endpoint");
        diagnostics.spanned(name, message);
    }
}
