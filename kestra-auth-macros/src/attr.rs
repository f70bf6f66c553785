//! Attributes become typed values here; no `syn::Attribute` of ours goes further.
//!
//! What is hard here: one wrong word must not hide the next one, so the arguments are cut at their commas
//! first and each is read on its own.

pub(crate) mod arg;
pub(crate) mod contract;
mod first;
pub(crate) mod mismatch_kind;
pub(crate) mod other;
pub(crate) mod param;
pub(crate) mod verb;

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Path};

use crate::errors::Errors;
use crate::header::{self, Header};
use crate::path::{self, Piece};
use crate::words::{self, Case};
use arg::Arg;
use contract::Contract;

/// The arguments of `#[api(…)]`.
#[derive(Default)]
pub(crate) struct ApiArgs {
    /// The pieces of the prefix, without a trailing slash.
    pub(crate) base: Vec<Piece>,
    pub(crate) client: Option<Ident>,
    pub(crate) rename_all: Option<Case>,
    pub(crate) headers: Vec<Header>,
    pub(crate) anonymous: Option<Ident>,
    /// The word `dyn`.
    pub(crate) dynamic: Option<Ident>,
    pub(crate) krate: Option<Path>,
    #[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "inert without the feature"))]
    pub(crate) contract: Option<Contract>,
}

const API_ARGS: [&str; 8] = ["base", "client", "rename_all", "headers", "anonymous", "dyn", "openapi", "crate"];

impl ApiArgs {
    pub(crate) fn parse(tokens: TokenStream, errors: &Errors) -> Self {
        let mut args = Self::default();
        let mut seen = Vec::new();
        for arg in arg::split(tokens, errors) {
            let Some(word) = arg.word("#[api]", &API_ARGS, &mut seen, errors) else { continue };
            args.read(&word, &arg, errors);
        }
        args
    }

    fn read(&mut self, word: &str, arg: &Arg, errors: &Errors) {
        match word {
            "base" => {
                let text = arg.string("base = \"/api/v1\"", errors);
                self.base = text.map_or_else(Vec::new, |text| base(&text, errors));
            }
            "client" => {
                let name: Option<Ident> = arg.parse("client = Name", "the name of the client's struct", errors);
                self.client = name.or_else(|| arg.quoted_name());
            }
            "rename_all" => {
                let Some(text) = arg.string("rename_all = \"camelCase\"", errors) else { return };
                self.rename_all = Case::from_name(&text.value());
                if self.rename_all.is_none() {
                    let known = words::list(&Case::NAMES);
                    errors
                        .spanned(&text, format!("`{}` is no case of names\nhelp: write one of {known}", text.value()));
                }
            }
            "headers" => self.headers = headers(arg, errors),
            "anonymous" => {
                arg.flag(errors);
                self.anonymous = arg.name().cloned();
            }
            "openapi" => self.contract = Contract::parse(arg, errors),
            "dyn" => {
                arg.flag(errors);
                self.dynamic = arg.name().cloned();
            }
            _ => {
                let path: Option<ModulePath> = arg.parse("crate = path::to::kestra_auth", "a path", errors);
                self.krate = path.map(|ModulePath(path)| path);
            }
        }
    }
}

/// A path without generic arguments.
struct ModulePath(Path);

impl Parse for ModulePath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.call(Path::parse_mod_style)?;
        match path.segments.iter().find(|segment| segment.ident == "Self") {
            Some(segment) => Err(syn::Error::new(segment.ident.span(), "`Self` is no module")),
            None => Ok(Self(path)),
        }
    }
}

/// The prefix of all paths. Its placeholders become arguments of `new`, and so have names of arguments.
fn base(text: &LitStr, errors: &Errors) -> Vec<Piece> {
    let pieces = match path::parse_base(&text.value()) {
        Ok(pieces) => pieces,
        Err(faults) => {
            for fault in &faults {
                errors.spanned(text, fault);
            }
            return salvaged(&text.value());
        }
    };
    for name in pieces.iter().filter_map(Piece::placeholder) {
        if syn::parse_str::<Ident>(name).is_err() {
            let message = format!(
                "`{{{name}}}` becomes an argument of `new`, and `{name}` is no name for one\nhelp: write a name of letters, digits and `_`"
            );
            errors.spanned(text, message);
            return salvaged(&text.value());
        }
    }
    pieces
}

/// The placeholders of a base with a mistake, so that `new` has the arguments that it was meant to have.
fn salvaged(text: &str) -> Vec<Piece> {
    let inside = text.split('{').skip(1).filter_map(|from| from.split_once('}'));
    let names = inside.map(|(name, _)| name.trim_matches(['*', '?', ' ']).replace(['-', '.'], "_"));
    names.filter(|name| !name.contains('#') && syn::parse_str::<Ident>(name).is_ok()).map(Piece::Value).collect()
}

/// `headers("Name: value", …)`.
pub(crate) fn headers(arg: &Arg, errors: &Errors) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for text in arg.strings("headers(\"Name: value\")", errors) {
        match header::header(&text.value()) {
            Ok(header) if headers.contains(&header) => {
                errors.spanned(&text, format!("`{}` stands here twice with one value\nhelp: remove one", header.name));
            }
            Ok(header) => headers.push(header),
            Err(fault) => errors.spanned(&text, fault),
        }
    }
    headers
}

/// A string checked by one of the grammars of [`crate::header`].
pub(crate) fn checked<T>(text: &LitStr, errors: &Errors, check: fn(&str) -> Result<T, String>) -> Option<T> {
    check(&text.value()).map_err(|fault| errors.spanned(text, fault)).ok()
}

/// The attribute's name, if it is one word.
pub(crate) fn name(attribute: &Attribute) -> Option<String> {
    attribute.path().get_ident().map(Ident::to_string)
}

/// Attributes that set the level of a lint.
pub(crate) fn is_lint(attribute: &Attribute) -> bool {
    name(attribute).is_some_and(|name| matches!(&*name, "allow" | "warn" | "deny" | "expect" | "forbid"))
}

/// Lint attributes that hold in the client's method too; an `expect` would find nothing there to expect.
pub(crate) fn is_inherited_lint(attribute: &Attribute) -> bool {
    is_lint(attribute) && !attribute.path().is_ident("expect")
}

pub(crate) fn is_cfg(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
}

/// A second `#[api]`, or a macro that is not needed beside it.
pub(crate) fn is_meant_for_traits(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "api" || last.ident == "async_trait")
}
