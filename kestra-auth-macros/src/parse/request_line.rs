//! What stands first in the parentheses of a verb: the path, and before it the method of `#[http]`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg};
use crate::parse::method_args::ARGS;
use crate::parse::path_template::Template;
use crate::suggest;

/// Where a request goes.
pub(crate) enum VerbPath {
    Given(LitStr, Template),
    /// By a `#[url]` parameter, or forgotten.
    Missing,
    /// Invalid, which is reported already.
    Invalid,
}

/// The word before the path of `#[http]`, and the comma behind it.
pub(crate) fn method(
    tokens: &mut TokenStream,
    word: &Ident,
    example: &str,
    diagnostics: &Diagnostics,
) -> Option<(String, Span)> {
    let mut trees = std::mem::take(tokens).into_iter().peekable();
    let method = match trees.peek() {
        Some(TokenTree::Ident(name)) => Some((name.to_string(), name.span())),
        Some(TokenTree::Literal(text)) if !text.to_string().starts_with("\"/") => {
            let name = text.to_string();
            let name = name.trim_matches('"');
            let message =
                format!("the method of `#[http]` is a word, not a string\nhelp: write `#[http({name}, \"/path\")]`");
            diagnostics.report(text, message);
            Some((name.to_owned(), text.span()))
        }
        _ => {
            diagnostics.report(word, format!("`#[http]` names its method first\nhelp: write `{example}`"));
            None
        }
    };
    if method.is_some() {
        trees.next();
        trees.next_if(|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ','));
    }
    *tokens = trees.collect();
    method
}

/// The path, and the arguments behind it.
pub(crate) fn path(mut tokens: TokenStream, example: &str, diagnostics: &Diagnostics) -> (VerbPath, Vec<Arg>) {
    if no_string(&mut tokens, example, diagnostics) {
        return (VerbPath::Invalid, arguments::split(tokens, diagnostics));
    }
    let mut args = arguments::split(tokens, diagnostics);
    let Some(place) = args.iter().position(|arg| matches!(arg, Arg::Text(_))) else { return (VerbPath::Missing, args) };
    let path = match args.remove(place) {
        Arg::Text(text) if place == 0 => read_path(text, diagnostics),
        other => {
            diagnostics.report(other.tokens(), format!("the path does not stand first\nhelp: write `{example}`"));
            VerbPath::Invalid
        }
    };
    (path, args)
}

/// Whether something stands in the path's place that is no string: it is told, and taken away.
fn no_string(tokens: &mut TokenStream, example: &str, diagnostics: &Diagnostics) -> bool {
    let mut trees = tokens.clone().into_iter();
    let found = match (trees.next(), trees.next()) {
        (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(punct))) if punct.as_char() == '!' => {
            format!("{word}!(…)")
        }
        (Some(TokenTree::Ident(word)), Some(TokenTree::Punct(punct))) if word == "path" && punct.as_char() == '=' => {
            "path =".to_owned()
        }
        (Some(TokenTree::Ident(word)), second) => {
            let name = word.unraw().to_string();
            let is_alone = second.as_ref().is_none_or(
                |tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',' || punct.as_char() == ':'),
            );
            if !is_alone || ARGS.contains(&&*name) || suggest::near(&name, &ARGS).is_some() {
                return false;
            }
            word.to_string()
        }
        (Some(TokenTree::Literal(literal)), _) if syn::parse2::<LitStr>(literal.to_token_stream()).is_err() => {
            literal.to_string()
        }
        _ => return false,
    };
    let first = tokens.clone().into_iter().next();
    let message =
        format!("`{found}` is no path: the path is a string, which is read while compiling\nhelp: write `{example}`");
    diagnostics.report(first, message);
    let rest = std::mem::take(tokens).into_iter();
    *tokens =
        rest.skip_while(|tree| !matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',')).skip(1).collect();
    true
}

fn read_path(text: LitStr, diagnostics: &Diagnostics) -> VerbPath {
    match Template::parse(&text, diagnostics) {
        (template, true) => VerbPath::Given(text, template),
        (_, false) => VerbPath::Invalid,
    }
}
