//! `#[get("/path", …)]` and the attributes of the other verbs.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Ident, LitStr, Meta};

use crate::diagnostics::Diagnostics;
use crate::parse::method_args::MethodArgs;
use crate::parse::path_template::Template;
use crate::parse::request_line::{self, VerbPath};

/// The verbs that have a word of their own; `http` names any other.
pub(crate) const VERBS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "http"];

/// A verb's attribute as the user wrote it.
pub(crate) struct Verb {
    /// The attribute's name.
    pub(crate) word: Ident,
    /// The method on the wire.
    pub(crate) method: String,
    pub(crate) method_span: Span,
    pub(crate) path: VerbPath,
    pub(crate) args: MethodArgs,
}

impl Verb {
    pub(crate) fn parse(attribute: &Attribute, word: Ident, diagnostics: &Diagnostics) -> Self {
        let example =
            if word == "http" { "#[http(PURGE, \"/path\")]".to_owned() } else { format!("#[{word}(\"/path\")]") };
        let mut tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(pair) => {
                diagnostics.report(
                    &pair.value,
                    format!("the path stands in parentheses, not behind `=`\nhelp: write `{example}`"),
                );
                return Self::new(word, None, VerbPath::Invalid, MethodArgs::default());
            }
            Meta::Path(_) => TokenStream::new(),
        };
        let is_http = word == "http";
        let method = is_http.then(|| request_line::method(&mut tokens, &word, &example, diagnostics)).flatten();
        let (path, args) = match request_line::path(tokens, &example, diagnostics) {
            (VerbPath::Missing, args) if is_http && method.is_none() => (VerbPath::Invalid, args),
            parsed => parsed,
        };
        let args = MethodArgs::parse(&word, args, diagnostics);
        Self::new(word, method, path, args)
    }

    fn new(word: Ident, method: Option<(String, Span)>, path: VerbPath, args: MethodArgs) -> Self {
        let (method, method_span) = method.unwrap_or_else(|| (word.to_string().to_uppercase(), word.span()));
        Self { word, method, method_span, path, args }
    }

    /// The template, where there is one.
    pub(crate) fn template(&self) -> Option<(&LitStr, &Template)> {
        match &self.path {
            VerbPath::Given(text, template) => Some((text, template)),
            VerbPath::Missing | VerbPath::Invalid => None,
        }
    }

    /// Methods whose body has no meaning that servers agree on
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1)).
    pub(crate) fn is_bodyless(&self) -> bool {
        matches!(&*self.method, "GET" | "HEAD" | "TRACE")
    }
}
