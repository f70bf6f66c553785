//! The arguments of `#[api(…)]`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Path};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg};
use crate::parse::contract::{Contract, Expect};
use crate::parse::headers::ConstantHeader;
use crate::parse::path_template::{Template, parser};
use crate::parse::rename_all::Case;
use crate::spans::text_of;
use crate::suggest;

/// The arguments of `#[api(…)]`.
#[derive(Default)]
pub(crate) struct ApiArgs {
    pub(crate) base: Option<Base>,
    pub(crate) client: Option<Ident>,
    pub(crate) rename_all: Option<Case>,
    pub(crate) headers: Vec<ConstantHeader>,
    pub(crate) anonymous: Option<Ident>,
    pub(crate) no_defaults: Option<Ident>,
    /// The word `dyn`.
    pub(crate) dynamic: Option<Ident>,
    pub(crate) krate: Option<Path>,
    #[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "inert without the feature"))]
    pub(crate) contract: Option<Contract>,
    /// The mismatches that any endpoint may have.
    #[cfg_attr(not(feature = "openapi"), allow(dead_code, reason = "inert without the feature"))]
    pub(crate) expects: Vec<Expect>,
}

const API_ARGS: [&str; 10] =
    ["base", "client", "rename_all", "headers", "anonymous", "no_defaults", "dyn", "openapi", "expect", "crate"];

impl ApiArgs {
    pub(crate) fn parse(tokens: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Self::default();
        let mut seen = Vec::new();
        for arg in arguments::split(tokens, diagnostics) {
            if let Arg::Text(text) = &arg
                && text.value().contains('/')
            {
                let message = "expected a named argument, found a string";
                let base = text.value();
                diagnostics.report(text, format!("{message}\nhelp: write `base = \"{base}\"`"));
                continue;
            }
            let Some(word) = arg.word_with_help("#[api]", &API_ARGS, &mut seen, foreign_argument, diagnostics) else {
                continue;
            };
            args.read(&word, &arg, diagnostics);
        }
        args
    }

    fn read(&mut self, word: &str, arg: &Arg, diagnostics: &Diagnostics) {
        match word {
            "base" => {
                let text = arg.string("base = \"/api/v1\"", diagnostics);
                self.base = text.map(|text| Base::parse(text, diagnostics));
            }
            "client" => {
                let quoted: Option<Ident> = arg.in_quotes();
                let name = quoted.as_ref().map_or_else(|| "Name".to_owned(), Ident::to_string);
                let example = format!("client = {name}");
                self.client = arg.parse(&example, "the name of a struct", diagnostics).or(quoted);
            }
            "rename_all" => {
                let Some(text) = arg.string("rename_all = \"camelCase\"", diagnostics) else { return };
                self.rename_all = Case::from_name(&text.value());
                if self.rename_all.is_none() {
                    let known = suggest::quoted_list(&Case::NAMES);
                    let (value, hint) = (text.value(), suggest::did_you_mean(&text.value(), &Case::NAMES));
                    diagnostics.report(
                        &text,
                        format!("unknown value `{value}` of `rename_all`{hint}\nhelp: write one of {known}"),
                    );
                }
            }
            "headers" => self.headers = ConstantHeader::parse_list(arg, diagnostics),
            "anonymous" => {
                arg.flag(diagnostics);
                self.anonymous = arg.name().cloned();
            }
            "no_defaults" => {
                arg.flag(diagnostics);
                self.no_defaults = arg.name().cloned();
            }
            "expect" => self.expects = Expect::parse(arg, diagnostics),
            "openapi" => self.contract = Contract::parse(arg, diagnostics),
            "dyn" => {
                arg.flag(diagnostics);
                self.dynamic = arg.name().cloned();
            }
            _ => {
                let quoted: Option<ModulePath> = arg.in_quotes();
                let path = quoted
                    .as_ref()
                    .map_or("path::to::kestra_auth".to_owned(), |ModulePath(path)| text_of(path.to_token_stream()));
                let path = arg.parse(&format!("crate = {path}"), "a path to kestra_auth", diagnostics).or(quoted);
                self.krate = path.map(|ModulePath(path)| path);
            }
        }
    }
}

/// Returns what to write instead of an argument that other frameworks have.
fn foreign_argument(name: &str) -> Option<String> {
    let help = match name {
        "base_path" | "path" | "prefix" => "write `base = \"/api/v1\"`",
        "base_url" | "host" | "server" | "uri" | "url" => {
            "give the server's address to `Client::builder`; a prefix of all paths is `base = \"/api/v1\"`"
        }
        "name" => "write `client = Name`",
        "attempt_timeout" | "limit" | "read_timeout" | "redirects" | "retry" | "timeout" => {
            "write it at each verb, or set it for all calls with `Client::builder`"
        }
        _ => return None,
    };
    Some(help.to_owned())
}

/// A path without generic arguments.
struct ModulePath(Path);

impl Parse for ModulePath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.call(Path::parse_mod_style)?;
        match path.segments.iter().find(|segment| segment.ident == "Self") {
            Some(segment) => Err(syn::Error::new(segment.ident.span(), "expected a module, found `Self`")),
            None => Ok(Self(path)),
        }
    }
}

/// The prefix of all paths.
pub(crate) struct Base {
    pub(crate) text: LitStr,
    pub(crate) template: Template,
    /// Whether the template was parsed without errors.
    pub(crate) is_valid: bool,
}

impl Base {
    fn parse(text: LitStr, diagnostics: &Diagnostics) -> Self {
        let (template, is_valid) = parser::parse(&text, diagnostics);
        Self { text, template, is_valid }
    }
}
