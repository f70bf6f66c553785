//! `openapi = "…"` and `expect(…)`. They are parsed without the feature `openapi` as well and have no effect then:
//! a library can enable the feature in its own CI, at no cost to its users.

use std::cell::Cell;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::LitStr;

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg, Value};
use crate::parse::mismatch_kind::MismatchKind;
use crate::suggest;

/// Which document a trait or a model is compared with.
pub(crate) enum DocumentPath {
    Given(LitStr),
    /// The one that the crate's `Cargo.toml` names. Errors are reported at the word.
    #[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "nothing is compared without the feature"))]
    Default(Ident),
}

impl ToTokens for DocumentPath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Given(path) => path.to_tokens(tokens),
            Self::Default(word) => word.to_tokens(tokens),
        }
    }
}

/// The document of a trait, and how much of it.
#[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "nothing is compared without the feature"))]
pub(crate) struct Contract {
    pub(crate) path: DocumentPath,
    pub(crate) tag: Option<LitStr>,
    /// The word `complete`.
    pub(crate) complete: Option<Ident>,
    /// Names of headers, query parameters and cookies that layers add.
    pub(crate) client_sends: Vec<String>,
}

const WORDS: [&str; 4] = ["path", "tag", "complete", "client_sends"];
const EXAMPLE: &str = "openapi(path = \"openapi.yaml\", tag = \"Users\", complete)";

impl Contract {
    /// `openapi = "path"`, `openapi(path = "…", …)`, or either without a path.
    pub(crate) fn parse(arg: &Arg, diagnostics: &Diagnostics) -> Option<Self> {
        let Arg::Word { name, value } = arg else { return None };
        let own = || DocumentPath::Default(name.clone());
        let group = match value {
            Value::List(group) => group,
            Value::None => return Some(Self::whole(own())),
            Value::Is(_) => {
                let path = arg.string("openapi = \"openapi.yaml\"", diagnostics)?;
                return Some(Self::whole(DocumentPath::Given(path)));
            }
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
        if let Some(complete) = complete.as_ref().filter(|_| !has("tag")) {
            diagnostics.report(complete, format!("missing `tag` for `complete`\nhelp: write `{EXAMPLE}`"));
        }
        let path = if has("path") { DocumentPath::Given(path?) } else { own() };
        Some(Self { path, tag, complete, client_sends })
    }

    fn whole(path: DocumentPath) -> Self {
        Self { path, tag: None, complete: None, client_sends: Vec::new() }
    }
}

/// A kind of mismatch that an endpoint, a trait or a field expects.
#[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "nothing is compared without the feature"))]
pub(crate) struct Expect {
    pub(crate) kind: MismatchKind,
    /// The only name of a parameter, a field or a part that it is about.
    pub(crate) name: Option<LitStr>,
    pub(crate) word: Ident,
    /// Whether it silenced a mismatch.
    pub(crate) used: Cell<bool>,
}

impl Expect {
    /// `expect(kind, kind("name"), …)`
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
            let meant = |word: &str| MismatchKind::meant_by(word).map(|meant| format!("write `{meant}`"));
            let word = arg.word_with_help("expect(…)", MismatchKind::WORDS, &mut seen, meant, diagnostics);
            let Some(word) = word else { continue };
            let Some((kind, word)) = MismatchKind::from_word(&word).zip(arg.name()) else { continue };
            let expect = |name| Self { kind, name, word: word.clone(), used: Cell::new(false) };
            if arg.is_flag() {
                expects.push(expect(None));
            } else {
                let names = arg.strings(&format!("{word}(\"name\")"), diagnostics);
                expects.extend(names.into_iter().map(|name| expect(Some(name))));
            }
        }
        expects
    }

    /// Whether it is about a mismatch of this kind, at a parameter of this name if the mismatch has one.
    #[cfg(feature = "openapi")]
    pub(crate) fn covers(&self, kind: MismatchKind, name: Option<&str>) -> bool {
        // A header has its name in any case.
        let is_name = |expected: &LitStr| name.is_some_and(|name| name.eq_ignore_ascii_case(&expected.value()));
        self.kind == kind && self.name.as_ref().is_none_or(is_name)
    }
}
