//! The verb of a method, and the attributes beside it.

use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, TraitItem, TraitItemFn};

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint, Item};
use crate::parse::method_attributes::{MethodAttribute, is_of_compiler};
use crate::suggest;

/// One verb for each endpoint, and no attribute that looks like one of ours.
pub(super) fn attributes(api: &Api<'_>, diagnostics: &Diagnostics) {
    for item in &api.item.items {
        if let TraitItem::Fn(method) = item {
            for attribute in &method.attrs {
                if let Some(message) = misplaced(attribute) {
                    diagnostics.report(span_of(attribute), message);
                }
            }
        }
    }
    for endpoint in api.endpoints() {
        second_verb(endpoint, diagnostics);
        verb_and_body(endpoint, diagnostics);
    }
    for item in &api.items {
        if let Item::WithoutVerb(method) = item
            && method.attrs.iter().all(|attribute| misplaced(attribute).is_none())
        {
            missing_verb(method, diagnostics);
        }
    }
}

/// The tokens that a message about an attribute points to.
fn span_of(attribute: &Attribute) -> proc_macro2::TokenStream {
    match MethodAttribute::classify(attribute) {
        MethodAttribute::VerbInCfgAttr(verb) => quote!(#verb),
        _ => {
            let path = attribute.path();
            quote!(#path)
        }
    }
}

/// Says what is wrong with an attribute that is not a verb.
fn misplaced(attribute: &Attribute) -> Option<String> {
    let message = match MethodAttribute::classify(attribute) {
        MethodAttribute::Verb(_) | MethodAttribute::Compiler | MethodAttribute::Unknown => return None,
        MethodAttribute::QualifiedVerb(verb) => {
            format!("a verb is one word, which `#[api]` reads\nhelp: write `#[{verb}(\"/path\")]`")
        }
        MethodAttribute::MisspelledVerb(verb) => {
            let path = attribute.path();
            let word = quote!(#path).to_string();
            format!("`#[{word}]` is no verb; did you mean `#[{verb}]`?\nhelp: write `#[{verb}(\"/path\")]`")
        }
        MethodAttribute::VerbInCfgAttr(verb) => format!(
            "`#[api]` does not see a verb in `cfg_attr`\nhelp: write two methods, each with `#[cfg(…)]` and a \
             `#[{verb}(\"/path\")]` of its own"
        ),
        MethodAttribute::Param(word) => {
            format!("`#[{word}]` describes a parameter\nhelp: write it before the argument it is meant for")
        }
    };
    Some(message)
}

fn second_verb(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verbs = endpoint.item.attrs.iter().filter_map(|attribute| match MethodAttribute::classify(attribute) {
        MethodAttribute::Verb(word) => Some(word),
        _ => None,
    });
    for second in verbs.skip(1) {
        let message = format!(
            "a method has one verb, and this one has `#[{}]` already\nhelp: remove one of the two",
            endpoint.verb.word
        );
        diagnostics.report(second, message);
    }
}

fn verb_and_body(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    if let Some(body) = &endpoint.item.default {
        let word = &endpoint.verb.word;
        let message = format!("`#[{word}]` makes the method's body\nhelp: write `;` here, or remove the verb");
        diagnostics.report_at(body.brace_token.span.open(), message);
    }
}

/// Reported at the attribute that was meant to be the verb, if there is one.
fn missing_verb(method: &TraitItemFn, diagnostics: &Diagnostics) {
    let name = &method.sig.ident;
    let Some(unknown) = method.attrs.iter().find(|attribute| !is_of_compiler(attribute)) else {
        let message = format!(
            "`{name}` has no verb\nhelp: write one above it, as in `#[get(\"/path\")]`, or give it a body of its own"
        );
        diagnostics.report(name, message);
        return;
    };
    let path = unknown.path();
    let word: String = quote!(#path).to_string().split_whitespace().collect();
    let method = path.segments.last().map(|last| last.ident.unraw().to_string().to_uppercase()).unwrap_or_default();
    let message = format!(
        "`#[{word}]` is no verb, and `{name}` has no other\nhelp: write {}; for another method of HTTP, \
         `#[http({method}, \"/path\")]`",
        suggest::list(&["#[get]", "#[post]", "#[put]", "#[patch]", "#[delete]", "#[head]", "#[options]"])
    );
    diagnostics.report(path, message);
}

/// `#[http(METHOD, …)]`
pub(super) fn http_method(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    if verb.word != "http" {
        return;
    }
    let (method, upper) = (&verb.method, verb.method.to_uppercase());
    if method == "CONNECT" {
        let message = "`CONNECT` opens a tunnel and has no path\nhelp: remove the method: no endpoint can be \
                       declared with it";
        diagnostics.report_at(verb.method_span, message);
    } else if *method != upper {
        let message = format!("`{method}` is in lower case, and methods of HTTP are not\nhelp: write `{upper}`");
        diagnostics.report_at(verb.method_span, message);
    }
}

pub(super) fn timeout(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    if let Some(timeout) = endpoint.verb.args.timeout.as_ref().filter(|timeout| timeout.milliseconds == 0) {
        let message = format!(
            "`{}` would end every call before it began\nhelp: write a whole number and `ms`, `s`, `m` or `h`, \
             as in \"5s\"",
            timeout.text.value()
        );
        diagnostics.report(&timeout.text, message);
    }
}
