//! The attributes that are not ours: lint levels, `cfg`, and those of other macros.

use syn::{Attribute, Ident};

/// The attribute's name, if it is one word.
pub(crate) fn name(attribute: &Attribute) -> Option<String> {
    attribute.path().get_ident().map(Ident::to_string)
}

/// Attributes that set the level of a lint.
pub(crate) fn is_lint(attribute: &Attribute) -> bool {
    name(attribute).is_some_and(|name| matches!(&*name, "allow" | "warn" | "deny" | "expect" | "forbid"))
}

/// Lint attributes that hold in the client's method too; an `expect` would find nothing there to expect.
pub(crate) fn is_inherited_lint(attribute: &Attribute) -> bool {
    is_lint(attribute) && !attribute.path().is_ident("expect")
}

pub(crate) fn is_cfg(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}

/// A second `#[api]`, or a macro that is not needed beside it.
pub(crate) fn is_meant_for_traits(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "api" || last.ident == "async_trait")
}
