//! Classifies the attributes of a method: verbs, what was meant to be a part of one, and the attributes of others.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, Meta};

use crate::parse::attributes::{is_lint, name};
use crate::parse::method_args::ARGS;
use crate::parse::param_kind::PARAM_ATTRIBUTES;
use crate::parse::verb_attribute::VERBS;
use crate::suggest;

/// Attributes of the compiler that an endpoint can have. They go to the trait's method.
const COMPILER_ATTRIBUTES: [&str; 5] = ["deprecated", "must_use", "doc", "cfg", "cfg_attr"];

/// An attribute of a method, by what it is for.
pub(crate) enum MethodAttribute {
    Verb(Ident),
    /// A misspelled verb, and the verb it was probably meant to be.
    MisspelledVerb(Ident),
    /// A verb by a path, as in `#[kestra_auth::get]`.
    QualifiedVerb(Ident),
    /// A verb inside of `cfg_attr`, which is not expanded before `#[api]`.
    VerbInCfgAttr(Ident),
    /// An attribute of a parameter.
    Param(&'static str),
    /// An argument of the verb that is written as an attribute.
    Argument(&'static str),
    /// `#[api]` or `#[async_trait]`, which are for traits.
    OfTrait(&'static str),
    /// An attribute of the compiler.
    Compiler,
    /// An attribute of another macro.
    Unknown,
}

impl MethodAttribute {
    pub(crate) fn classify(attribute: &Attribute) -> Self {
        let path = attribute.path();
        let last = path.segments.last().map(|segment| segment.ident.unraw().to_string()).unwrap_or_default();
        if let Some(name) = ["api", "async_trait"].into_iter().find(|name| *name == last) {
            return Self::OfTrait(name);
        }
        if path.segments.len() > 1 && VERBS.contains(&&*last) {
            return Self::QualifiedVerb(Ident::new(&last, path.span()));
        }
        let (Some(word), Some(ident)) = (name(attribute), path.get_ident()) else { return Self::Unknown };
        if VERBS.contains(&&*word) {
            return Self::Verb(ident.clone());
        }
        if let Some(verb) = verb_in_cfg_attr(attribute) {
            return Self::VerbInCfgAttr(verb);
        }
        if is_of_compiler(attribute) {
            return Self::Compiler;
        }
        // Exact names come first: `path` is near `patch`.
        let lower = word.to_lowercase();
        if let Some(name) = PARAM_ATTRIBUTES.into_iter().find(|name| *name == lower && *name != "options") {
            return Self::Param(name);
        }
        if let Some(name) = ARGS.into_iter().find(|name| *name == lower) {
            return Self::Argument(name);
        }
        match suggest::near(&word, &VERBS) {
            Some(near) => Self::MisspelledVerb(Ident::new(near, path.span())),
            None => Self::Unknown,
        }
    }
}

/// Returns whether the attribute is one of the compiler's, which says nothing about the request.
pub(crate) fn is_of_compiler(attribute: &Attribute) -> bool {
    is_lint(attribute) || name(attribute).is_some_and(|word| COMPILER_ATTRIBUTES.contains(&&*word))
}

fn verb_in_cfg_attr(attribute: &Attribute) -> Option<Ident> {
    let Meta::List(list) = &attribute.meta else { return None };
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    list.tokens.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Ident(word) if VERBS.contains(&&*word.to_string()) => Some(word),
        _ => None,
    })
}
