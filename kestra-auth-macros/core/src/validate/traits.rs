//! The trait as a whole: its keywords, attributes and base.

use crate::diagnostics::Diagnostics;
use crate::model::{Api, argument_name, is_identifier};
use crate::parse::attributes::{TraitAttribute, attribute_as_argument, boxed_by_async_trait};
use crate::parse::path_template::Piece;
use crate::parse::trait_args::Base;

/// An API is not `unsafe`.
pub(super) fn keywords(api: &Api<'_>, diagnostics: &Diagnostics) {
    if let Some(token) = &api.item.unsafety {
        diagnostics.report(token, "an API trait cannot be `unsafe`\nhelp: remove `unsafe`");
    }
}

const ASYNC_TRAIT: &str =
    "`#[async_trait]` is not needed with `#[api]`\nhelp: remove it; for trait objects, write `#[api(dyn)]`";

/// No attribute of the trait does the work of `#[api]` again, or is meant to be an argument of it.
pub(super) fn attributes(api: &Api<'_>, diagnostics: &Diagnostics) {
    for attribute in &api.item.attrs {
        let message = match TraitAttribute::classify(attribute) {
            TraitAttribute::Other => continue,
            TraitAttribute::AsyncTrait => ASYNC_TRAIT.to_owned(),
            TraitAttribute::Api => {
                "duplicate `#[api]`\nhelp: remove one of the two, and merge its arguments into the other".to_owned()
            }
            TraitAttribute::Argument(name) => {
                let argument = attribute_as_argument(attribute, &name);
                format!("`#[{name}]` is an argument of `#[api]`\nhelp: write `#[api({argument})]`")
            }
        };
        diagnostics.report(attribute.path(), message);
    }
}

/// `#[async_trait]` is not above `#[api]` either, where it is gone by now and has changed each method.
pub(super) fn async_trait(api: &Api<'_>, diagnostics: &Diagnostics) {
    let lifetime = api.endpoints().find_map(|endpoint| boxed_by_async_trait(&endpoint.item.sig));
    if let Some(lifetime) = lifetime {
        diagnostics.report_at(lifetime.span(), ASYNC_TRAIT);
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
