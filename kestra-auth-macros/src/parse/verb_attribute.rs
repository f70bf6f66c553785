//! `#[get("/path", …)]` and the attributes of the other verbs.

use proc_macro2::TokenStream;
use syn::{Attribute, Ident, LitStr, Meta};

use crate::diagnostics::Diagnostics;
use crate::parse::method_args::MethodArgs;
use crate::parse::path_template::Template;
use crate::parse::request_line::{self, Path};

/// The verbs that have a word of their own; `http` names any other.
pub(crate) const VERBS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "http"];

/// A verb's attribute as the user wrote it.
pub(crate) struct Verb {
    /// The attribute's word, for spans.
    pub(crate) word: Ident,
    /// The method on the wire.
    pub(crate) method: String,
    pub(crate) path: Path,
    pub(crate) args: MethodArgs,
}

impl Verb {
    pub(crate) fn parse(attribute: &Attribute, word: Ident, diagnostics: &Diagnostics) -> Self {
        let mut method = word.to_string().to_uppercase();
        let example =
            if word == "http" { "#[http(PURGE, \"/path\")]".to_owned() } else { format!("#[{word}(\"/path\")]") };
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(pair) => {
                diagnostics.spanned(
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
            let given = request_line::method(&mut rest, &word, &example, diagnostics);
            is_complete = given.is_some();
            method = given.unwrap_or_default();
        }
        let (path, args) = match request_line::path(rest, &example, diagnostics) {
            (Path::Missing, args) if !is_complete => (Path::Broken, args),
            read => read,
        };
        Self { args: MethodArgs::parse(&word, args, diagnostics), word, method, path }
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
