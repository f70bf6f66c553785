//! `#[contract(openapi = "…", response = "Name")]`

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, LitStr, Meta, Path};

use crate::contract::direction::Direction;
use crate::diagnostics::Diagnostics;
use crate::parse::arguments;
use crate::parse::contract::{DocumentPath, Expect};
use crate::private_module::private_module;

pub(crate) struct Arguments {
    pub(crate) document: DocumentPath,
    pub(crate) direction: Direction,
    pub(crate) schema: LitStr,
    /// The mismatches that the model and its members may have.
    pub(super) expects: Vec<Expect>,
    krate: Option<Path>,
}

const EXAMPLE: &str = "#[contract(openapi = \"openapi.yaml\", response = \"User\")]";

impl Arguments {
    pub(crate) fn parse(input: &DeriveInput, diagnostics: &Diagnostics) -> Option<Self> {
        const WORDS: [&str; 5] = ["openapi", "request", "response", "expect", "crate"];
        let attribute = input.attrs.iter().find(|attribute| attribute.path().is_ident("contract"));
        let Some(Meta::List(list)) = attribute.map(|attribute| &attribute.meta) else {
            let message = format!("missing `#[contract(…)]` on `{}`\nhelp: write `{EXAMPLE}`", input.ident);
            diagnostics.report(&input.ident, message);
            return None;
        };
        let (mut document, mut schema, mut krate, mut expects) = (None, None, None, Vec::new());
        let mut seen = Vec::new();
        for arg in arguments::split(list.tokens.clone(), diagnostics) {
            let Some(word) = arg.word_with_help("#[contract]", &WORDS, &mut seen, meant_by, diagnostics) else {
                continue;
            };
            let direction = match word.as_str() {
                "openapi" => {
                    document = arg.string("openapi = \"openapi.yaml\"", diagnostics);
                    continue;
                }
                "expect" => {
                    expects = Expect::parse(&arg, diagnostics);
                    continue;
                }
                "crate" => {
                    krate = arg.parse("crate = path::to::kestra_auth", "a path", diagnostics);
                    continue;
                }
                "request" => Direction::Request,
                _ => Direction::Response,
            };
            if ["request", "response"].iter().all(|word| seen.iter().any(|seen| seen == word)) {
                let message = "`request` and `response` exclude each other\nhelp: remove one of the two";
                diagnostics.report(arg.tokens(), message);
                return None;
            }
            schema = arg.string(&format!("{word} = \"User\""), diagnostics).map(|schema| (direction, schema));
        }
        let has = |word: &str| seen.iter().any(|seen| seen == word);
        let has_schema = has("request") || has("response");
        // An argument that was rejected may be the missing one, misspelled.
        if !has_schema && diagnostics.is_empty() {
            let message = format!("missing `request` or `response` in `#[contract(…)]`\nhelp: write `{EXAMPLE}`");
            diagnostics.report(&list.path, message);
        }
        let document = if has("openapi") {
            DocumentPath::Given(document?)
        } else {
            DocumentPath::Default(list.path.get_ident()?.clone())
        };
        let (direction, schema) = schema?;
        Some(Self { document, direction, schema, expects, krate })
    }

    /// The path of what generated code uses.
    pub(super) fn private(&self) -> TokenStream {
        let krate = self.krate.as_ref().map_or_else(|| quote!(::kestra_auth), |krate| quote!(#krate));
        private_module(&krate)
    }
}

/// Returns what to write instead of a word for the same.
fn meant_by(word: &str) -> Option<String> {
    let meant = match word {
        "answer" | "output" | "schema" => "response = \"User\"",
        "body" | "input" => "request = \"User\"",
        "document" | "path" | "spec" => "openapi = \"openapi.yaml\"",
        _ => return None,
    };
    Some(format!("write `{meant}`"))
}
