//! `openapi = "…"` and `expect(…)`. They are parsed without the feature `openapi` as well and have no effect then:
//! a library can enable the feature in its own CI, at no cost to its users.

use std::cell::Cell;

use proc_macro2::{Ident, TokenStream};
use syn::LitStr;

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg, Value};
use crate::parse::mismatch_kind::MismatchKind;
use crate::suggest;

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
    pub(crate) fn parse(arg: &Arg, diagnostics: &Diagnostics) -> Option<Self> {
        let Arg::Word { name, value } = arg else { return None };
        let Value::List(group) = value else {
            let path = arg.string("openapi = \"openapi.yaml\"", diagnostics)?;
            return Some(Self { path, tag: None, complete: None, client_sends: Vec::new() });
        };
        let (mut path, mut tag, mut complete, mut client_sends) = (None, None, None, Vec::new());
        let mut seen = Vec::new();
        for arg in arguments::split(group.stream(), diagnostics) {
            let Some(word) = arg.word("openapi(…)", &WORDS, &mut seen, diagnostics) else { continue };
            match word.as_str() {
                "path" => path = arg.string("path = \"openapi.yaml\"", diagnostics),
                "tag" => tag = arg.string("tag = \"Users\"", diagnostics),
                "complete" => {
                    arg.flag(diagnostics);
                    complete = arg.name().cloned();
                }
                _ => {
                    let names = arg.strings("client_sends(\"X-Tenant\")", diagnostics);
                    client_sends = names.iter().map(LitStr::value).collect();
                }
            }
        }
        // An argument that is there and malformed has been reported.
        let has = |word: &str| seen.iter().any(|seen| seen == word);
        if !has("path") {
            diagnostics.report(name, format!("missing `path` in `openapi(…)`\nhelp: write `{EXAMPLE}`"));
        }
        if let Some(complete) = complete.as_ref().filter(|_| !has("tag")) {
            diagnostics.report(complete, format!("missing `tag` for `complete`\nhelp: write `{EXAMPLE}`"));
        }
        Some(Self { path: path?, tag, complete, client_sends })
    }
}

/// A kind of mismatch that an endpoint expects.
#[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "nothing is compared without the feature"))]
pub(crate) struct Expect {
    pub(crate) kind: MismatchKind,
    pub(crate) word: Ident,
    /// Whether it silenced a mismatch.
    pub(crate) used: Cell<bool>,
}

impl Expect {
    /// `expect(kind, …)`
    pub(crate) fn parse(arg: &Arg, diagnostics: &Diagnostics) -> Vec<Self> {
        let Arg::Word { name, value } = arg else { return Vec::new() };
        let stream = match value {
            Value::List(group) => group.stream(),
            Value::None | Value::Is(_) => TokenStream::new(),
        };
        if stream.is_empty() {
            let known = suggest::list(MismatchKind::WORDS);
            diagnostics.report(
                name,
                format!("expected a list of mismatch kinds in `expect`\nhelp: write `expect(deprecated)`, or another of {known}"),
            );
        }
        let mut seen = Vec::new();
        let mut expects = Vec::new();
        for arg in arguments::split(stream, diagnostics) {
            let Some(word) = arg.word("expect(…)", MismatchKind::WORDS, &mut seen, diagnostics) else { continue };
            arg.flag(diagnostics);
            let kind = MismatchKind::from_word(&word).zip(arg.name());
            expects.extend(kind.map(|(kind, word)| Self { kind, word: word.clone(), used: Cell::new(false) }));
        }
        expects
    }
}
