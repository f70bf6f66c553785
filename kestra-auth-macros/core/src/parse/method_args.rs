//! The arguments after the path: `#[get("/path", none(404), timeout = "5s")]`.

use proc_macro2::Span;
use syn::{Ident, LitStr};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{Arg, checked};
use crate::parse::contract::Expect;
use crate::parse::headers::{self, ConstantHeader};
use crate::parse::{media_types, units};
use crate::suggest;

pub(crate) const ARGS: [&str; 16] = [
    "headers",
    "accept",
    "none",
    "also",
    "timeout",
    "attempt_timeout",
    "read_timeout",
    "limit",
    "retry",
    "idempotency_key",
    "redirects",
    "anonymous",
    "allow_body",
    "allow_duplicate",
    "end",
    "expect",
];

/// The arguments of a verb's attribute.
#[derive(Default)]
pub(crate) struct MethodArgs {
    pub(crate) headers: Vec<ConstantHeader>,
    pub(crate) accept: Option<LitStr>,
    /// The statuses that become `None`.
    pub(crate) none: Vec<(u16, Span)>,
    /// The statuses that become `None` in a `Response`.
    pub(crate) also: Vec<(u16, Span)>,
    pub(crate) timeout: Option<Timeout>,
    pub(crate) attempt_timeout: Option<Timeout>,
    pub(crate) read_timeout: Option<Timeout>,
    pub(crate) limit: Option<Limit>,
    pub(crate) retry: Option<RetryMode>,
    pub(crate) redirects: Option<Redirects>,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) anonymous: Option<Ident>,
    pub(crate) allow_body: Option<Ident>,
    pub(crate) allow_duplicate: Option<Ident>,
    pub(crate) end: Option<LitStr>,
    /// The mismatches that the contract does not report.
    pub(crate) expects: Vec<Expect>,
}

/// `timeout = "5s"`, `attempt_timeout = "5s"` or `read_timeout = "5s"`
pub(crate) struct Timeout {
    pub(crate) text: LitStr,
    pub(crate) milliseconds: u64,
}

/// `limit = "200MB"`
pub(crate) struct Limit {
    pub(crate) text: LitStr,
    pub(crate) bytes: u64,
}

/// `idempotency_key`, or `idempotency_key = "X-Name"`.
pub(crate) struct IdempotencyKey {
    /// The name of the header, in lower case.
    pub(crate) header: String,
    pub(crate) span: Span,
}

/// `retry = "…"`
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RetryMode {
    Never,
    Idempotent,
}

impl RetryMode {
    const WORDS: [(&'static str, Self); 2] = [("never", Self::Never), ("idempotent", Self::Idempotent)];
}

/// `redirects = "…"`
pub(crate) struct Redirects {
    pub(crate) text: LitStr,
    pub(crate) mode: RedirectMode,
}

/// Which redirects are followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RedirectMode {
    Origin,
    None,
    Any,
}

impl RedirectMode {
    const WORDS: [(&'static str, Self); 3] = [("origin", Self::Origin), ("none", Self::None), ("any", Self::Any)];
}

impl MethodArgs {
    pub(super) fn parse(verb: &Ident, list: Vec<Arg>, diagnostics: &Diagnostics) -> Self {
        let mut args = Self::default();
        let mut seen = Vec::new();
        let of = format!("#[{verb}]");
        for arg in list {
            if let Arg::Text(text) = &arg {
                diagnostics.report(text, format!("unexpected second string in `{of}`\nhelp: remove it"));
                continue;
            }
            let Some(word) = arg.word_with_help(&of, &ARGS, &mut seen, foreign_argument, diagnostics) else { continue };
            args.read(&word, &arg, diagnostics);
        }
        args
    }

    fn read(&mut self, word: &str, arg: &Arg, diagnostics: &Diagnostics) {
        match word {
            "headers" => self.headers = ConstantHeader::parse_list(arg, diagnostics),
            "accept" => {
                self.accept = arg.string("accept = \"text/csv\"", diagnostics);
                if let Some(text) = &self.accept {
                    checked(text, diagnostics, media_types::accept);
                }
            }
            "none" => self.none = arg.statuses("none(404)", diagnostics),
            "also" => self.also = arg.statuses("also(304)", diagnostics),
            "idempotency_key" => self.idempotency_key = IdempotencyKey::parse(arg, diagnostics),
            "end" => self.end = arg.string("end = \"[DONE]\"", diagnostics),
            "timeout" => self.timeout = Timeout::parse(word, arg, diagnostics),
            "attempt_timeout" => self.attempt_timeout = Timeout::parse(word, arg, diagnostics),
            "read_timeout" => self.read_timeout = Timeout::parse(word, arg, diagnostics),
            "limit" => self.limit = Limit::parse(arg, diagnostics),
            "retry" => self.retry = one_of(arg, &RetryMode::WORDS, diagnostics).map(|(_, mode)| mode),
            "redirects" => {
                let chosen = one_of(arg, &RedirectMode::WORDS, diagnostics);
                self.redirects = chosen.map(|(text, mode)| Redirects { text, mode });
            }
            "anonymous" => {
                arg.flag(diagnostics);
                self.anonymous = arg.name().cloned();
            }
            "allow_duplicate" => {
                arg.flag(diagnostics);
                self.allow_duplicate = arg.name().cloned();
            }
            "expect" => self.expects = Expect::parse(arg, diagnostics),
            _ => {
                arg.flag(diagnostics);
                self.allow_body = syn::parse2::<Ident>(arg.tokens()).ok();
            }
        }
    }
}

impl Timeout {
    fn parse(word: &str, arg: &Arg, diagnostics: &Diagnostics) -> Option<Self> {
        let text = arg.string(&format!("{word} = \"5s\""), diagnostics)?;
        let milliseconds = checked(&text, diagnostics, units::duration)?;
        Some(Self { text, milliseconds })
    }
}

impl Limit {
    fn parse(arg: &Arg, diagnostics: &Diagnostics) -> Option<Self> {
        let text = arg.string("limit = \"200MB\"", diagnostics)?;
        let bytes = checked(&text, diagnostics, units::size)?;
        Some(Self { text, bytes })
    }
}

impl IdempotencyKey {
    fn parse(arg: &Arg, diagnostics: &Diagnostics) -> Option<Self> {
        if let (true, Some(word)) = (arg.is_flag(), arg.name()) {
            return Some(Self { header: "idempotency-key".to_owned(), span: word.span() });
        }
        let text = arg.string("idempotency_key = \"Idempotency-Key\"", diagnostics)?;
        let header = checked(&text, diagnostics, headers::header_name)?;
        Some(Self { header, span: text.span() })
    }
}

/// Returns what to write instead of an argument that other frameworks have.
fn foreign_argument(name: &str) -> Option<String> {
    let help = match name {
        "body" | "data" => "take the body as an argument, as in `#[json] body: &T`",
        "consumes" | "content_type" | "format" => {
            "write the media type at the body, as in `#[json(\"application/scim+json\")]` or `#[body(\"text/csv\")]`"
        }
        "produces" => "write `accept = \"text/csv\"`, or nothing: the type of the result decides",
        "params" | "query" => "take each parameter as an argument, as in `#[query] page: u32`",
        "auth" | "authorization" => "give the credential to `Client::builder`, or write `anonymous` to send none",
        "no_auth" | "noauth" | "public" | "skip_auth" | "unauthenticated" => "write `anonymous`",
        "done" | "sentinel" | "stop" | "terminator" => "write `end = \"[DONE]\"`",
        _ => return None,
    };
    Some(help.to_owned())
}

/// Parses one of a few fixed values in quotes.
fn one_of<T: Copy>(arg: &Arg, choices: &[(&'static str, T)], diagnostics: &Diagnostics) -> Option<(LitStr, T)> {
    let Arg::Word { name, .. } = arg else { return None };
    let text = arg.string(&format!("{name} = \"{}\"", choices[0].0), diagnostics)?;
    let value = text.value();
    let chosen = choices.iter().find(|(word, _)| *word == value).map(|(_, choice)| *choice);
    if chosen.is_none() {
        let known: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let hint = suggest::did_you_mean(&value, &known);
        diagnostics.report(
            &text,
            format!("unknown value `{value}` of `{name}`{hint}\nhelp: write {}", suggest::quoted_list(&known)),
        );
    }
    chosen.map(|chosen| (text, chosen))
}
