//! The attributes of a method that are no verb: some pass, some were meant to be one.

use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::{Attribute, Meta};

use super::verb::VERBS;
use crate::errors::Errors;
use crate::words;

/// Attributes that may stand on an endpoint and go to the trait's method.
const OTHERS: [&str; 5] = ["deprecated", "must_use", "doc", "cfg", "cfg_attr"];

/// Whether the compiler knows the attribute, and it says nothing of the request.
pub(crate) fn is_other(attribute: &Attribute) -> bool {
    super::is_lint(attribute) || super::name(attribute).is_some_and(|word| OTHERS.contains(&&*word))
}

/// A word that nearly is a verb is one, misspelt.
pub(crate) fn check(attribute: &Attribute, errors: &Errors) -> bool {
    let path = attribute.path();
    let last = path.segments.last().map(|segment| segment.ident.unraw().to_string()).unwrap_or_default();
    if path.segments.len() > 1 && VERBS.contains(&&*last) {
        let message = format!("a verb is one word, which `#[api]` reads\nhelp: write `#[{last}(\"/path\")]`");
        errors.spanned(path, message);
        return false;
    }
    let Some(word) = super::name(attribute) else { return true };
    if word == "cfg_attr" {
        return check_cfg_attr(attribute, errors);
    }
    if is_other(attribute) {
        return true;
    }
    if super::param::WORDS.contains(&&*word) {
        let message = format!("`#[{word}]` describes a parameter\nhelp: write it before the argument it is meant for");
        errors.spanned(path, message);
        return false;
    }
    match words::near(&word, &VERBS) {
        Some(near) => {
            let message =
                format!("`#[{word}]` is no verb; did you mean `#[{near}]`?\nhelp: write `#[{near}(\"/path\")]`");
            errors.spanned(path, message);
            false
        }
        None => true,
    }
}

/// `cfg_attr` is still as it was written when `#[api]` reads the trait.
fn check_cfg_attr(attribute: &Attribute, errors: &Errors) -> bool {
    let Meta::List(list) = &attribute.meta else { return true };
    let verb = list.tokens.clone().into_iter().find_map(|tree| match tree {
        TokenTree::Ident(word) if VERBS.contains(&&*word.to_string()) => Some(word),
        _ => None,
    });
    let Some(verb) = verb else { return true };
    let message = format!(
        "`#[api]` does not see a verb in `cfg_attr`\nhelp: write two methods, each with `#[cfg(…)]` and a `#[{verb}(\"/path\")]` of its own"
    );
    errors.spanned(verb, message);
    false
}
