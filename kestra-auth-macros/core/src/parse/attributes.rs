//! The attributes that are not ours: lint levels, `cfg`, and those of other macros.

use quote::ToTokens;
use syn::{Attribute, GenericParam, Ident, Lifetime, Meta, Signature};

use crate::spans::text_of;

/// Returns the name of the attribute, if it is not a path.
pub(crate) fn name(attribute: &Attribute) -> Option<String> {
    attribute.path().get_ident().map(Ident::to_string)
}

/// Returns whether the attribute sets the level of a lint.
pub(crate) fn is_lint(attribute: &Attribute) -> bool {
    name(attribute).is_some_and(|name| matches!(&*name, "allow" | "warn" | "deny" | "expect" | "forbid"))
}

/// Returns whether the attribute sets the level of a lint in the method of the client, too. `expect` does not: nothing there
/// would meet its expectation.
pub(crate) fn is_inherited_lint(attribute: &Attribute) -> bool {
    is_lint(attribute) && !attribute.path().is_ident("expect")
}

pub(crate) fn is_cfg(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}

/// An attribute beside `#[api]`, by what it is for.
pub(crate) enum TraitAttribute {
    Api,
    AsyncTrait,
    /// An argument of `#[api]` that is written as an attribute.
    Argument(String),
    Other,
}

impl TraitAttribute {
    pub(crate) fn classify(attribute: &Attribute) -> Self {
        match attribute.path().segments.last() {
            Some(last) if last.ident == "api" => return Self::Api,
            Some(last) if last.ident == "async_trait" => return Self::AsyncTrait,
            _ => {}
        }
        match name(attribute) {
            Some(name) if matches!(&*name, "anonymous" | "base" | "headers" | "openapi" | "rename_all") => {
                Self::Argument(name)
            }
            _ => Self::Other,
        }
    }
}

/// Returns the lifetime that `#[async_trait]` adds to each method if it is expanded before `#[api]`.
pub(crate) fn boxed_by_async_trait(sig: &Signature) -> Option<&Lifetime> {
    sig.generics.params.iter().find_map(|param| match param {
        GenericParam::Lifetime(param) if param.lifetime.ident == "async_trait" => Some(&param.lifetime),
        _ => None,
    })
}

/// Writes an attribute as the argument that it was meant to be: `#[timeout("5s")]` as `timeout = "5s"`.
pub(crate) fn attribute_as_argument(attribute: &Attribute, name: &str) -> String {
    let value = match &attribute.meta {
        Meta::Path(_) => return name.to_owned(),
        Meta::List(list) => text_of(list.tokens.clone()),
        Meta::NameValue(pair) => text_of(pair.value.to_token_stream()),
    };
    match name {
        "allow_body" | "allow_duplicate" | "anonymous" => name.to_owned(),
        "also" | "expect" | "headers" | "none" => format!("{name}({value})"),
        _ => format!("{name} = {value}"),
    }
}
