//! The verb of a method, and the attributes beside it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, LitStr, TraitItemFn};

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint, Item};
use crate::parse::attributes::attribute_as_argument;
use crate::parse::method_args::RedirectMode;
use crate::parse::method_attributes::{MethodAttribute, is_of_compiler};
use crate::parse::verb_attribute::VERBS;
use crate::spans::text_of;
use crate::suggest;

/// An endpoint has one verb, and no attribute that looks like one of this crate.
pub(super) fn attributes(api: &Api<'_>, diagnostics: &Diagnostics) {
    for item in &api.items {
        let (method, is_provided) = match item {
            Item::Endpoint(endpoint) => (endpoint.item, false),
            Item::Provided(method) => (*method, true),
            Item::WithoutVerb(method) => (*method, false),
            Item::Other(_) => continue,
        };
        for attribute in &method.attrs {
            // On a method that is not an endpoint, `#[retry]` and the like are attributes of another macro.
            let is_foreign = is_provided
                && matches!(
                    MethodAttribute::classify(attribute),
                    MethodAttribute::Argument(_) | MethodAttribute::Unknown
                );
            if let Some(message) = misplaced(attribute).filter(|_| !is_foreign) {
                diagnostics.report(span_of(attribute), message);
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

/// Returns the tokens that a message about an attribute points to.
fn span_of(attribute: &Attribute) -> TokenStream {
    match MethodAttribute::classify(attribute) {
        MethodAttribute::VerbInCfgAttr(verb) => verb.into_token_stream(),
        _ => attribute.path().to_token_stream(),
    }
}

/// Says what is wrong with an attribute that is not a verb.
fn misplaced(attribute: &Attribute) -> Option<String> {
    let written = text_of(attribute.path().to_token_stream());
    let message = match MethodAttribute::classify(attribute) {
        MethodAttribute::Unknown => format!("unknown attribute `#[{written}]`\nhelp: {}", foreign_attribute(&written)?),
        MethodAttribute::Verb(_) | MethodAttribute::Compiler => return None,
        MethodAttribute::QualifiedVerb(verb) => {
            format!("expected `#[{verb}]`, found `#[{written}]`\nhelp: write `#[{verb}(\"/path\")]`")
        }
        MethodAttribute::MisspelledVerb(verb) => {
            format!("unknown attribute `#[{written}]`; did you mean `#[{verb}]`?\nhelp: write `#[{verb}(\"/path\")]`")
        }
        MethodAttribute::VerbInCfgAttr(verb) => format!(
            "a verb cannot be in `cfg_attr`, which is not expanded before `#[api]`\nhelp: write two methods, each with \
             `#[cfg(…)]` and its own `#[{verb}(\"/path\")]`"
        ),
        MethodAttribute::OfTrait(name) => format!("`#[{name}]` cannot be on a method\nhelp: remove it"),
        MethodAttribute::Argument(name) => {
            let argument = attribute_as_argument(attribute, name);
            format!("`#[{written}]` is an argument of the verb\nhelp: write `{argument}` after the path")
        }
        MethodAttribute::Param("header" | "headers") => {
            let argument = attribute_as_argument(attribute, "headers");
            format!("`#[{written}]` is for parameters\nhelp: write `{argument}` after the path for constant headers")
        }
        MethodAttribute::Param(name) => {
            let help = match misplaced_path(attribute) {
                Some(path) => format!("write `\"{path}\"` in the attribute of the verb"),
                None if written == "Multipart" => "remove it: `#[part]` parameters make the body".to_owned(),
                None => format!("write `#[{name}]` before the argument that it describes"),
            };
            format!("`#[{written}]` is for parameters\nhelp: {help}")
        }
    };
    Some(message)
}

/// Returns what to write instead of an attribute that a method has in other frameworks.
fn foreign_attribute(written: &str) -> Option<&'static str> {
    Some(match &*written.to_ascii_lowercase() {
        "consumes" => "write the media type at the body, as in `#[json(\"application/scim+json\")]`",
        "formurlencoded" => "remove it: `#[form]` or `#[field]` parameters make the body",
        "produces" => "write `accept = \"text/csv\"` after the path, or nothing: the type of the result decides",
        "streaming" => "remove it, and return a `ByteStream`",
        _ => return None,
    })
}

/// Returns the path in `#[path("/users")]`, which is a method's path rather than a parameter's name.
pub(super) fn misplaced_path(attribute: &Attribute) -> Option<String> {
    let text: LitStr = attribute.parse_args().ok()?;
    let is_path = attribute.path().get_ident().is_some_and(|name| name == "path" || name == "Path");
    (is_path && text.value().starts_with('/')).then(|| text.value())
}

fn second_verb(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verbs = endpoint.item.attrs.iter().filter_map(|attribute| match MethodAttribute::classify(attribute) {
        MethodAttribute::Verb(word) => Some(word),
        _ => None,
    });
    for second in verbs.skip(1) {
        let first = &endpoint.verb.word;
        let message = format!("duplicate verb `#[{second}]` after `#[{first}]`\nhelp: remove one of the two");
        diagnostics.report(second, message);
    }
}

fn verb_and_body(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    if let Some(body) = &endpoint.item.default {
        let word = &endpoint.verb.word;
        let message = format!("unexpected body: `#[{word}]` generates it\nhelp: write `;` instead, or remove the verb");
        diagnostics.report_at(body.brace_token.span.open(), message);
    }
}

/// Reports a missing verb at the attribute that was meant to be one, if there is one.
fn missing_verb(method: &TraitItemFn, diagnostics: &Diagnostics) {
    let name = &method.sig.ident;
    let Some(unknown) = method.attrs.iter().find(|attribute| !is_of_compiler(attribute)) else {
        let message = format!(
            "missing verb of `{name}`\nhelp: write one above it, as in `#[get(\"/path\")]`, or give the method a body"
        );
        diagnostics.report(name, message);
        return;
    };
    let path = unknown.path();
    let last = path.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default();
    let verb = last.strip_suffix("Mapping").map(str::to_lowercase).filter(|verb| VERBS.contains(&&**verb));
    let help = verb.map_or_else(
        || {
            let verbs =
                suggest::list(&["#[get]", "#[post]", "#[put]", "#[patch]", "#[delete]", "#[head]", "#[options]"]);
            format!("write {verbs}, or `#[http({}, \"/path\")]` for another method", last.to_uppercase())
        },
        |verb| format!("write `#[{verb}(\"/path\")]`"),
    );
    let written = text_of(path.to_token_stream());
    diagnostics.report(path, format!("unknown attribute `#[{written}]`, and `{name}` has no verb\nhelp: {help}"));
}

/// The method of `#[http(METHOD, …)]` is in upper case, and not `CONNECT`.
pub(super) fn http_method(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    if verb.word != "http" {
        return;
    }
    let (method, upper) = (&verb.method, verb.method.to_uppercase());
    if method == "CONNECT" {
        let message = "unsupported method `CONNECT`, which opens a tunnel\nhelp: remove the endpoint";
        diagnostics.report_at(verb.method_span, message);
    } else if *method != upper {
        let message = format!("unknown method `{method}`: methods are in upper case\nhelp: write `{upper}`");
        diagnostics.report_at(verb.method_span, message);
    }
}

/// A limit leaves room for a call to succeed.
pub(super) fn limits(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let args = &endpoint.verb.args;
    let timeouts = [&args.timeout, &args.attempt_timeout, &args.read_timeout];
    for timeout in timeouts.into_iter().flatten().filter(|timeout| timeout.milliseconds == 0) {
        let message = "a timeout of zero would fail every call\nhelp: write a longer one, as in \"5s\", or remove it";
        diagnostics.report(&timeout.text, message);
    }
    if let Some(limit) = args.limit.as_ref().filter(|limit| limit.bytes == 0) {
        let message = "a limit of zero would reject every response with a body\nhelp: write a larger one, as in \"1MB\", \
                       or return `Result<(), Error>` to discard the body";
        diagnostics.report(&limit.text, message);
    }
}

/// Redirects to any origin are followed for GET and HEAD only: nothing that the caller sends goes to another origin.
pub(super) fn redirects(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    if let Some(redirects) = verb.args.redirects.as_ref().filter(|redirects| redirects.mode == RedirectMode::Any)
        && !matches!(&*verb.method, "GET" | "HEAD")
    {
        let message = format!(
            "`redirects = \"any\"` is not available for `{}`\nhelp: remove it, or allow single origins with \
             `ClientBuilder::allow_redirects_to`",
            verb.method
        );
        diagnostics.report(&redirects.text, message);
    }
}
