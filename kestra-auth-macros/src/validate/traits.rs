//! The trait as a whole: what comes before it, and its base path.

use syn::GenericParam;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, argument_name, is_identifier};
use crate::parse::attributes::is_meant_for_traits;
use crate::parse::path_template::Piece;
use crate::parse::trait_args::Base;

/// An API is not `unsafe`.
pub(super) fn keywords(api: &Api<'_>, diagnostics: &Diagnostics) {
    if let Some(token) = &api.item.unsafety {
        diagnostics.report(token, "an API trait is not `unsafe`\nhelp: remove the word");
    }
}

/// Generic parameters have a name.
pub(super) fn generics(api: &Api<'_>, diagnostics: &Diagnostics) {
    let methods = api.endpoints().map(|endpoint| &endpoint.item.sig.generics);
    for param in std::iter::once(&api.item.generics).chain(methods).flat_map(|generics| &generics.params) {
        if let GenericParam::Type(param) = param
            && param.ident == "_"
        {
            diagnostics.report(&param.ident, "a generic parameter has no name\nhelp: write one, as in `T`");
        }
    }
}

/// Attributes of the trait that would do the same work again.
pub(super) fn attributes(api: &Api<'_>, diagnostics: &Diagnostics) {
    for attribute in api.item.attrs.iter().filter(|attribute| is_meant_for_traits(attribute)) {
        let path = attribute.path();
        let message = if path.segments.last().is_some_and(|last| last.ident == "api") {
            "`#[api]` stands on this trait twice\nhelp: remove one, and write the arguments of both into the other"
        } else {
            "`#[async_trait]` boxes what `#[api]` leaves unboxed\nhelp: remove it; for `dyn`, write `#[api(dyn)]`"
        };
        diagnostics.report(path, message);
    }
}

/// The prefix of all paths. Its placeholders become arguments of `new`, and have one value for all calls.
pub(super) fn base(api: &Api<'_>, diagnostics: &Diagnostics) {
    let Some(Base { text, template, is_valid }) = &api.args.base else { return };
    if let Some(query) = template.query.as_ref().filter(|_| *is_valid) {
        let message = format!("unexpected query `?{query}` in the base\nhelp: move it to the paths of the methods");
        diagnostics.report(text, message);
    }
    for piece in &template.pieces {
        let (name, found) = match piece {
            Piece::Literal(_) => continue,
            Piece::Value(name) if is_identifier(name) => continue,
            Piece::Value(name) => {
                let message = format!(
                    "invalid placeholder `{{{name}}}` in the base: it becomes an argument of `new`\n\
                     help: write `{{{}}}`",
                    argument_name(name)
                );
                diagnostics.report(text, message);
                continue;
            }
            Piece::Optional(name) => (name, format!("{{{name}?}}")),
            Piece::Rest { name, .. } => (name, format!("{{**{name}}}")),
        };
        let message = format!(
            "unexpected `{found}` in the base, whose placeholders have one value for all calls\nhelp: write `{{{name}}}`"
        );
        diagnostics.report(text, message);
    }
}
