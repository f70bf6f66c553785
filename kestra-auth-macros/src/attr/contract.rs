//! `openapi = "…"` and `expect(…)`. They are read without the feature `openapi`, too, and mean nothing then, so
//! that a library can turn it on in its own CI and its users pay nothing.

use std::cell::Cell;

use proc_macro2::{Ident, TokenStream};
use syn::LitStr;

use super::arg::{self, Arg, Value};
use crate::errors::Errors;

/// The kinds of finding.
pub(crate) const KINDS: [&str; 11] = [
    "path",
    "verb",
    "parameter",
    "place",
    "format",
    "required",
    "body",
    "media_type",
    "answer",
    "credential",
    "deprecated",
];

/// The document of a trait, and how much of it.
#[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "nothing is compared without the feature"))]
pub(crate) struct Contract {
    pub(crate) path: LitStr,
    pub(crate) tag: Option<LitStr>,
    /// The word `complete`.
    pub(crate) complete: Option<Ident>,
    /// Names of headers, query parameters and cookies that layers add.
    pub(crate) client_sends: Vec<String>,
}

const WORDS: [&str; 4] = ["path", "tag", "complete", "client_sends"];
const EXAMPLE: &str = "openapi(path = \"openapi.yaml\", tag = \"Users\", complete)";

impl Contract {
    /// `openapi = "path"` or `openapi(path = "…", …)`.
    pub(crate) fn parse(arg: &Arg, errors: &Errors) -> Option<Self> {
        let Arg::Word { name, value } = arg else { return None };
        let Value::List(group) = value else {
            let path = arg.string("openapi = \"openapi.yaml\"", errors)?;
            return Some(Self { path, tag: None, complete: None, client_sends: Vec::new() });
        };
        let (mut path, mut tag, mut complete, mut client_sends) = (None, None, None, Vec::new());
        let mut seen = Vec::new();
        for arg in arg::split(group.stream(), errors) {
            let Some(word) = arg.word("openapi(…)", &WORDS, &mut seen, errors) else { continue };
            match word.as_str() {
                "path" => path = arg.string("path = \"openapi.yaml\"", errors),
                "tag" => tag = arg.string("tag = \"Users\"", errors),
                "complete" => {
                    arg.flag(errors);
                    complete = arg.name().cloned();
                }
                _ => {
                    let names = arg.strings("client_sends(\"X-Tenant\")", errors);
                    client_sends = names.iter().map(LitStr::value).collect();
                }
            }
        }
        if path.is_none() && !seen.iter().any(|word| word == "path") {
            errors.spanned(name, format!("`openapi` has the path of a document: write `{EXAMPLE}`"));
        }
        if let (Some(complete), None) = (&complete, &tag) {
            errors.spanned(complete, format!("`complete` goes by a tag: write `{EXAMPLE}`"));
        }
        Some(Self { path: path?, tag, complete, client_sends })
    }
}

/// A kind of finding that a method says is meant.
#[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "nothing is found without the feature"))]
pub(crate) struct Expect {
    pub(crate) kind: Ident,
    pub(crate) used: Cell<bool>,
}

/// `expect(kind, …)`
pub(crate) fn expects(arg: &Arg, errors: &Errors) -> Vec<Expect> {
    let Arg::Word { name, value } = arg else { return Vec::new() };
    let stream = match value {
        Value::List(group) => group.stream(),
        Value::None | Value::Is(_) => TokenStream::new(),
    };
    if stream.is_empty() {
        errors.spanned(name, "`expect` has a list of kinds: write `expect(deprecated)`");
    }
    let mut seen = Vec::new();
    let mut expects = Vec::new();
    for arg in arg::split(stream, errors) {
        if arg.word("expect(…)", &KINDS, &mut seen, errors).is_some() {
            arg.flag(errors);
            expects.extend(arg.name().map(|kind| Expect { kind: kind.clone(), used: Cell::new(false) }));
        }
    }
    expects
}
