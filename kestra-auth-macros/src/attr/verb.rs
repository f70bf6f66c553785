//! `#[get("/path", …)]` and its sisters.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, LitStr, Meta};

use super::arg::Arg;
use super::contract::Expect;
use super::first;
use crate::errors::Errors;
use crate::header::{self, Header};
use crate::path::Template;
use crate::words;

/// The verbs that have a word of their own; `http` names any other.
pub(crate) const VERBS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "http"];

pub(crate) const ARGS: [&str; 13] = [
    "headers",
    "accept",
    "none",
    "also",
    "timeout",
    "limit",
    "retry",
    "idempotency_key",
    "redirects",
    "anonymous",
    "allow_body",
    "end",
    "expect",
];

/// A verb's attribute as the user wrote it.
pub(crate) struct Verb {
    /// The attribute's word, for spans.
    pub(crate) word: Ident,
    /// The method on the wire.
    pub(crate) method: String,
    pub(crate) path: Path,
    pub(crate) args: MethodArgs,
}

/// Where a request goes.
pub(crate) enum Path {
    Given(LitStr, Template),
    /// By a `#[url]` parameter, or forgotten.
    Missing,
    /// Wrong, which has been said.
    Broken,
}

/// What stands behind the path.
#[derive(Default)]
pub(crate) struct MethodArgs {
    pub(crate) headers: Vec<Header>,
    pub(crate) accept: Option<LitStr>,
    /// Statuses that are `None`.
    pub(crate) none: Vec<(u16, Span)>,
    /// Statuses that are `None` and told.
    pub(crate) also: Vec<(u16, Span)>,
    pub(crate) timeout_ms: Option<u64>,
    pub(crate) limit: Option<u64>,
    /// The variant of `Retry`.
    pub(crate) retry: Option<&'static str>,
    /// The variant of `Redirects`.
    pub(crate) redirects: Option<&'static str>,
    /// The header that the key goes in.
    pub(crate) idempotency_key: Option<String>,
    pub(crate) anonymous: Option<Ident>,
    pub(crate) allow_body: Option<Ident>,
    pub(crate) end: Option<LitStr>,
    /// The mismatches that the contract does not report.
    pub(crate) expects: Vec<Expect>,
}

impl Verb {
    pub(crate) fn parse(attribute: &Attribute, word: Ident, errors: &Errors) -> Self {
        let mut method = word.to_string().to_uppercase();
        let example =
            if word == "http" { "#[http(PURGE, \"/path\")]".to_owned() } else { format!("#[{word}(\"/path\")]") };
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(pair) => {
                errors.spanned(
                    &pair.value,
                    format!("the path stands in parentheses, not behind `=`\nhelp: write `{example}`"),
                );
                return Self { word, method, path: Path::Broken, args: MethodArgs::default() };
            }
            Meta::Path(_) => TokenStream::new(),
        };
        let mut rest = tokens;
        let mut is_complete = true;
        if word == "http" {
            let given = first::method(&mut rest, &word, &example, errors);
            is_complete = given.is_some();
            method = given.unwrap_or_default();
        }
        let (path, args) = match first::path(rest, &example, errors) {
            (Path::Missing, args) if !is_complete => (Path::Broken, args),
            read => read,
        };
        Self { args: MethodArgs::parse(&word, args, errors), word, method, path }
    }

    /// The template, where there is one.
    pub(crate) fn template(&self) -> Option<(&LitStr, &Template)> {
        match &self.path {
            Path::Given(text, template) => Some((text, template)),
            Path::Missing | Path::Broken => None,
        }
    }

    /// Methods whose body has no meaning that servers agree on
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1)).
    pub(crate) fn is_bodyless(&self) -> bool {
        matches!(&*self.method, "GET" | "HEAD" | "TRACE")
    }
}

impl MethodArgs {
    fn parse(verb: &Ident, list: Vec<Arg>, errors: &Errors) -> Self {
        let mut args = Self::default();
        let mut seen = Vec::new();
        let of = format!("#[{verb}]");
        for arg in list {
            if let Arg::Text(text) = &arg {
                errors.spanned(text, format!("`{of}` has one path, the first string\nhelp: remove this string"));
                continue;
            }
            let Some(word) = arg.word(&of, &ARGS, &mut seen, errors) else { continue };
            args.read(&word, &arg, errors);
        }
        if let (Some(accept), true) = (&args.accept, args.headers.iter().any(|header| header.name == "accept")) {
            errors.spanned(accept, "`Accept` is set twice, here and in `headers`\nhelp: remove one");
        }
        if let Some((status, span)) =
            args.also.iter().find(|(status, _)| args.none.iter().any(|(none, _)| none == status))
        {
            errors.at(*span, format!("`{status}` stands in `none` and in `also`\nhelp: remove one"));
        }
        args
    }

    fn read(&mut self, word: &str, arg: &Arg, errors: &Errors) {
        match word {
            "headers" => self.headers = super::headers(arg, errors),
            "accept" => {
                self.accept = arg.string("accept = \"text/csv\"", errors);
                if let Some(text) = &self.accept {
                    super::checked(text, errors, header::accept);
                }
            }
            "none" => self.none = arg.statuses("none(404)", errors),
            "also" => self.also = arg.statuses("also(304)", errors),
            "idempotency_key" => {
                self.idempotency_key = if arg.is_flag() {
                    Some("idempotency-key".to_owned())
                } else {
                    let text = arg.string("idempotency_key = \"Idempotency-Key\"", errors);
                    text.and_then(|text| super::checked(&text, errors, header::parameter_name))
                };
            }
            "end" => {
                self.end = arg.string("end = \"[DONE]\"", errors);
                if !cfg!(feature = "stream") {
                    errors.spanned(
                        arg.tokens(),
                        "`end` needs the feature `stream` of kestra-auth\nhelp: turn it on in Cargo.toml",
                    );
                }
            }
            "timeout" => {
                let text = arg.string("timeout = \"5s\"", errors);
                self.timeout_ms = text.and_then(|text| super::checked(&text, errors, header::duration));
            }
            "limit" => {
                let text = arg.string("limit = \"200MB\"", errors);
                self.limit = text.and_then(|text| super::checked(&text, errors, header::size));
            }
            "retry" => self.retry = one_of(arg, &[("never", "Never"), ("idempotent", "Idempotent")], errors),
            "redirects" => {
                self.redirects = one_of(arg, &[("origin", "Origin"), ("none", "None"), ("any", "Any")], errors);
            }
            "anonymous" => {
                arg.flag(errors);
                self.anonymous = arg.name().cloned();
            }
            "expect" => self.expects = Expect::parse(arg, errors),
            _ => {
                arg.flag(errors);
                self.allow_body = syn::parse2::<Ident>(arg.tokens()).ok();
            }
        }
    }
}

/// One of a few words in quotes, with the variant that stands for each.
fn one_of(arg: &Arg, choices: &[(&'static str, &'static str)], errors: &Errors) -> Option<&'static str> {
    let Arg::Word { name, .. } = arg else { return None };
    let text = arg.string(&format!("{name} = \"{}\"", choices[0].0), errors)?;
    let value = text.value();
    let chosen = choices.iter().find(|(word, _)| *word == value).map(|(_, variant)| *variant);
    if chosen.is_none() {
        let known: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let hint = words::did_you_mean(&value, &known);
        errors.spanned(&text, format!("`{value}` is no value of `{name}`{hint}\nhelp: write {}", words::list(&known)));
    }
    chosen
}
