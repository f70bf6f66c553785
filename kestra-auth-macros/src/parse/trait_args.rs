//! The arguments of `#[api(…)]`.

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Path};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg};
use crate::parse::contract::Contract;
use crate::parse::headers::ConstantHeader;
use crate::parse::path_template::Template;
use crate::parse::rename_all::Case;
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
}

const API_ARGS: [&str; 9] =
    ["base", "client", "rename_all", "headers", "anonymous", "no_defaults", "dyn", "openapi", "crate"];

impl ApiArgs {
    pub(crate) fn parse(tokens: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Self::default();
        let mut seen = Vec::new();
        for arg in arguments::split(tokens, diagnostics) {
            let Some(word) = arg.word("#[api]", &API_ARGS, &mut seen, diagnostics) else { continue };
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
                let name: Option<Ident> = arg.parse("client = Name", "the name of the client's struct", diagnostics);
                self.client = name.or_else(|| arg.quoted_name());
            }
            "rename_all" => {
                let Some(text) = arg.string("rename_all = \"camelCase\"", diagnostics) else { return };
                self.rename_all = Case::from_name(&text.value());
                if self.rename_all.is_none() {
                    let known = suggest::list(&Case::NAMES);
                    diagnostics
                        .report(&text, format!("`{}` is no case of names\nhelp: write one of {known}", text.value()));
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
            "openapi" => self.contract = Contract::parse(arg, diagnostics),
            "dyn" => {
                arg.flag(diagnostics);
                self.dynamic = arg.name().cloned();
            }
            _ => {
                let path: Option<ModulePath> = arg.parse("crate = path::to::kestra_auth", "a path", diagnostics);
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

/// The prefix of all paths.
pub(crate) struct Base {
    pub(crate) text: LitStr,
    pub(crate) template: Template,
    /// Whether the template was parsed without errors.
    pub(crate) is_valid: bool,
}

impl Base {
    fn parse(text: LitStr, diagnostics: &Diagnostics) -> Self {
        let (template, is_valid) = Template::parse(&text, diagnostics);
        Self { text, template, is_valid }
    }
}
