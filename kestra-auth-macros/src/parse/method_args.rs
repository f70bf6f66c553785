//! The arguments behind the path: `#[get("/path", none(404), timeout = "5s")]`.

use proc_macro2::Span;
use syn::{Ident, LitStr};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{Arg, checked};
use crate::parse::contract::Expect;
use crate::parse::headers::{self, Header};
use crate::parse::{media_types, units};
use crate::suggest;

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

impl MethodArgs {
    pub(super) fn parse(verb: &Ident, list: Vec<Arg>, diagnostics: &Diagnostics) -> Self {
        let mut args = Self::default();
        let mut seen = Vec::new();
        let of = format!("#[{verb}]");
        for arg in list {
            if let Arg::Text(text) = &arg {
                diagnostics.spanned(text, format!("`{of}` has one path, the first string\nhelp: remove this string"));
                continue;
            }
            let Some(word) = arg.word(&of, &ARGS, &mut seen, diagnostics) else { continue };
            args.read(&word, &arg, diagnostics);
        }
        if let (Some(accept), true) = (&args.accept, args.headers.iter().any(|header| header.name == "accept")) {
            diagnostics.spanned(accept, "`Accept` is set twice, here and in `headers`\nhelp: remove one");
        }
        if let Some((status, span)) =
            args.also.iter().find(|(status, _)| args.none.iter().any(|(none, _)| none == status))
        {
            diagnostics.at(*span, format!("`{status}` stands in `none` and in `also`\nhelp: remove one"));
        }
        args
    }

    fn read(&mut self, word: &str, arg: &Arg, diagnostics: &Diagnostics) {
        match word {
            "headers" => self.headers = headers::headers(arg, diagnostics),
            "accept" => {
                self.accept = arg.string("accept = \"text/csv\"", diagnostics);
                if let Some(text) = &self.accept {
                    checked(text, diagnostics, media_types::accept);
                }
            }
            "none" => self.none = arg.statuses("none(404)", diagnostics),
            "also" => self.also = arg.statuses("also(304)", diagnostics),
            "idempotency_key" => {
                self.idempotency_key = if arg.is_flag() {
                    Some("idempotency-key".to_owned())
                } else {
                    let text = arg.string("idempotency_key = \"Idempotency-Key\"", diagnostics);
                    text.and_then(|text| checked(&text, diagnostics, headers::parameter_name))
                };
            }
            "end" => {
                self.end = arg.string("end = \"[DONE]\"", diagnostics);
                if !cfg!(feature = "stream") {
                    diagnostics.spanned(
                        arg.tokens(),
                        "`end` needs the feature `stream` of kestra-auth\nhelp: turn it on in Cargo.toml",
                    );
                }
            }
            "timeout" => {
                let text = arg.string("timeout = \"5s\"", diagnostics);
                self.timeout_ms = text.and_then(|text| checked(&text, diagnostics, units::duration));
            }
            "limit" => {
                let text = arg.string("limit = \"200MB\"", diagnostics);
                self.limit = text.and_then(|text| checked(&text, diagnostics, units::size));
            }
            "retry" => self.retry = one_of(arg, &[("never", "Never"), ("idempotent", "Idempotent")], diagnostics),
            "redirects" => {
                self.redirects = one_of(arg, &[("origin", "Origin"), ("none", "None"), ("any", "Any")], diagnostics);
            }
            "anonymous" => {
                arg.flag(diagnostics);
                self.anonymous = arg.name().cloned();
            }
            "expect" => self.expects = Expect::parse(arg, diagnostics),
            _ => {
                arg.flag(diagnostics);
                self.allow_body = syn::parse2::<Ident>(arg.tokens()).ok();
            }
        }
    }
}

/// One of a few words in quotes, with the variant that stands for each.
fn one_of(arg: &Arg, choices: &[(&'static str, &'static str)], diagnostics: &Diagnostics) -> Option<&'static str> {
    let Arg::Word { name, .. } = arg else { return None };
    let text = arg.string(&format!("{name} = \"{}\"", choices[0].0), diagnostics)?;
    let value = text.value();
    let chosen = choices.iter().find(|(word, _)| *word == value).map(|(_, variant)| *variant);
    if chosen.is_none() {
        let known: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let hint = suggest::did_you_mean(&value, &known);
        diagnostics
            .spanned(&text, format!("`{value}` is no value of `{name}`{hint}\nhelp: write {}", suggest::list(&known)));
    }
    chosen
}
