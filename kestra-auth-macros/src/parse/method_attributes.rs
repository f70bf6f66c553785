//! The attributes of a method that are no verb: some pass, some were meant to be one.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, Meta};

use crate::diagnostics::Diagnostics;
use crate::parse::attributes::{is_lint, name};
use crate::parse::param_attribute;
use crate::parse::verb_attribute::VERBS;
use crate::suggest;

/// Attributes that may stand on an endpoint and go to the trait's method.
const OTHERS: [&str; 5] = ["deprecated", "must_use", "doc", "cfg", "cfg_attr"];

/// Whether the compiler knows the attribute, and it says nothing of the request.
pub(crate) fn is_other(attribute: &Attribute) -> bool {
    is_lint(attribute) || name(attribute).is_some_and(|word| OTHERS.contains(&&*word))
}

/// What an attribute is that is no verb.
pub(crate) enum Other {
    Passes,
    /// Wrong, which has been said.
    Refused,
    /// Wrong, which has been said, but what it was meant to be is plain, and so the rest can be checked.
    Meant(Ident),
}

/// A word that nearly is a verb is one, misspelt.
pub(crate) fn check(attribute: &Attribute, diagnostics: &Diagnostics) -> Other {
    let path = attribute.path();
    let last = path.segments.last().map(|segment| segment.ident.unraw().to_string()).unwrap_or_default();
    if path.segments.len() > 1 && VERBS.contains(&&*last) {
        let message = format!("a verb is one word, which `#[api]` reads\nhelp: write `#[{last}(\"/path\")]`");
        diagnostics.spanned(path, message);
        return Other::Meant(Ident::new(&last, path.span()));
    }
    let Some(word) = name(attribute) else { return Other::Passes };
    if word == "cfg_attr" {
        return check_cfg_attr(attribute, diagnostics);
    }
    if is_other(attribute) {
        return Other::Passes;
    }
    if param_attribute::WORDS.contains(&&*word) {
        let message = format!("`#[{word}]` describes a parameter\nhelp: write it before the argument it is meant for");
        diagnostics.spanned(path, message);
        return Other::Refused;
    }
    match suggest::near(&word, &VERBS) {
        Some(near) => {
            let message =
                format!("`#[{word}]` is no verb; did you mean `#[{near}]`?\nhelp: write `#[{near}(\"/path\")]`");
            diagnostics.spanned(path, message);
            Other::Meant(Ident::new(near, path.span()))
        }
        None => Other::Passes,
    }
}

/// `cfg_attr` is still as it was written when `#[api]` reads the trait.
fn check_cfg_attr(attribute: &Attribute, diagnostics: &Diagnostics) -> Other {
    let Meta::List(list) = &attribute.meta else { return Other::Passes };
    let verb = list.tokens.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Ident(word) if VERBS.contains(&&*word.to_string()) => Some(word),
        _ => None,
    });
    let Some(verb) = verb else { return Other::Passes };
    let message = format!(
        "`#[api]` does not see a verb in `cfg_attr`\nhelp: write two methods, each with `#[cfg(…)]` and a `#[{verb}(\"/path\")]` of its own"
    );
    diagnostics.spanned(verb, message);
    Other::Refused
}
