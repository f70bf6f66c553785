//! `#[get("/path", …)]` and the attributes of the other verbs.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta};

use crate::diagnostics::Diagnostics;
use crate::parse::method_args::MethodArgs;
use crate::parse::path_template::{Template, parser};
use crate::parse::request_line::{self, VerbPath};

/// The verbs. `http` is for methods that have no attribute of their own.
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
        let is_http = word == "http";
        let mut tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::NameValue(pair) => {
                let method = if is_http { "PURGE, " } else { "" };
                let (value, path) = (&pair.value, string(&pair.value).unwrap_or_else(|| "/path".to_owned()));
                let message =
                    format!("expected `(` after `{word}`, found `=`\nhelp: write `#[{word}({method}\"{path}\")]`");
                diagnostics.report(value, message);
                return Self::new(word, None, VerbPath::Invalid(Some(parser::corrected(&path))), MethodArgs::default());
            }
            Meta::Path(_) => TokenStream::new(),
        };
        let method = is_http.then(|| request_line::take_method(&mut tokens, &word, diagnostics)).flatten();
        let before = match (&method, is_http) {
            (Some((method, _)), _) => format!("{word}({method}, "),
            (None, true) => format!("{word}(PURGE, "),
            (None, false) => format!("{word}("),
        };
        let (path, args) = match request_line::path(tokens, &before, diagnostics) {
            (VerbPath::Missing, args) if is_http && method.is_none() => (VerbPath::Invalid(None), args),
            parsed => parsed,
        };
        let args = MethodArgs::parse(&word, args, diagnostics);
        Self::new(word, method, path, args)
    }

    fn new(word: Ident, method: Option<(String, Span)>, path: VerbPath, args: MethodArgs) -> Self {
        let (method, method_span) = method.unwrap_or_else(|| (word.to_string().to_uppercase(), word.span()));
        Self { word, method, method_span, path, args }
    }

    /// Returns the path and its template, if they are valid.
    pub(crate) fn template(&self) -> Option<(&LitStr, &Template)> {
        match &self.path {
            VerbPath::Given(text, template) => Some((text, template)),
            VerbPath::Missing | VerbPath::Invalid(_) => None,
        }
    }

    /// Returns whether a body has no defined meaning for the method
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-9.3.1)).
    pub(crate) fn is_bodyless(&self) -> bool {
        matches!(&*self.method, "GET" | "HEAD" | "TRACE")
    }
}

fn string(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}
