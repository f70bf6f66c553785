//! What comes first in the attribute of a verb: the path, and before it the method of `#[http]`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Ident, LitStr};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{self, Arg, Value, expected_comma, is_comma, string_literal};
use crate::parse::leading_string::{self, Leading};
use crate::parse::method_args::ARGS;
use crate::parse::path_template::{Template, parser};
use crate::spans::text_of;

/// Where a request goes.
pub(crate) enum VerbPath {
    Given(LitStr, Template),
    /// Given by a `#[url]` parameter, or forgotten.
    Missing,
    /// Invalid, which is reported already. With the template as it will be once corrected, if that is known.
    Invalid(Option<Template>),
}

/// Takes the method of `#[http]` off the arguments. Without one, an error is reported.
pub(crate) fn take_method(tokens: &mut TokenStream, word: &Ident, diagnostics: &Diagnostics) -> Option<(String, Span)> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let end = trees.iter().position(is_comma).unwrap_or(trees.len());
    let (part, mut rest) = (&trees[..end], trees.get(end + 1..).unwrap_or_default().to_vec());
    let (method, span, correct) = match part {
        [TokenTree::Ident(method)] => {
            *tokens = rest.into_iter().collect();
            return Some((method.to_string(), method.span()));
        }
        [TokenTree::Ident(method), path] if string_literal(path).is_some() => {
            expected_comma(path, diagnostics);
            *tokens = std::iter::once(path.clone()).chain(trees[end..].iter().cloned()).collect();
            return Some((method.to_string(), method.span()));
        }
        [] => {
            missing_method(word, diagnostics);
            return None;
        }
        [first, ..] => match string_literal(first) {
            Some(text) if text.value().starts_with('/') => {
                missing_method(word, diagnostics);
                return None;
            }
            Some(text) => {
                let value = text.value();
                let (method, path) = value.split_once(' ').unwrap_or((&value, ""));
                if !path.is_empty() {
                    rest.splice(..0, LitStr::new(path, text.span()).into_token_stream());
                }
                let path = if path.is_empty() { "/path" } else { path };
                (method.to_owned(), text.span(), format!("`#[http({method}, \"{path}\")]`"))
            }
            None => {
                let found = text_of(part.iter().cloned());
                let method = found.rsplit(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
                let method = method.into_iter().find(|method| !method.is_empty()).unwrap_or("PURGE").to_owned();
                // The path that follows a `method = …` is likely to have a name, too.
                if let [TokenTree::Ident(_), TokenTree::Punct(equals), path, ..] = &*rest
                    && equals.as_char() == '='
                    && string_literal(path).is_some()
                {
                    rest.drain(..2);
                }
                let correct = format!("`#[http({method}, \"/path\")]`");
                (method, first.span(), correct)
            }
        },
    };
    let found = text_of(part.iter().cloned());
    let message = format!("expected a method, found `{found}`\nhelp: write {correct}");
    diagnostics.report(part.iter().cloned().collect::<TokenStream>(), message);
    *tokens = rest.into_iter().collect();
    Some((method, span))
}

fn missing_method(word: &Ident, diagnostics: &Diagnostics) {
    diagnostics.report(word, "missing method in `#[http]`\nhelp: write `#[http(PURGE, \"/path\")]`");
}

/// Parses the path, and the arguments after it. `before` is what is written before the path: `get(` or `http(PURGE, `.
pub(crate) fn path(mut tokens: TokenStream, before: &str, diagnostics: &Diagnostics) -> (VerbPath, Vec<Arg>) {
    let correct = |found: &str| {
        let path = if is_path(found) { found.trim_start_matches('/') } else { "path" };
        format!("write `#[{before}\"/{path}\")]`")
    };
    let leading = leading_string::take(&mut tokens, &ARGS, correct, diagnostics);
    let mut args = arguments::split(tokens, diagnostics);
    let path = match leading {
        Leading::Text(text) => match parser::parse(&text, diagnostics) {
            (template, true) => VerbPath::Given(text, template),
            (template, false) => VerbPath::Invalid(Some(template)),
        },
        Leading::Invalid(found) => VerbPath::Invalid(is_path(&found).then(|| parser::corrected(&found))),
        Leading::None => match misplaced_path(&mut args) {
            None => VerbPath::Missing,
            Some((error, found, text)) => {
                let path = text.value();
                diagnostics.report(found, format!("{error}\nhelp: write `#[{before}\"{path}\")]`"));
                VerbPath::Invalid(Some(parser::corrected(&path)))
            }
        },
    };
    (path, args)
}

/// Returns whether the tokens are a path without its quotes, rather than a constant or an expression.
fn is_path(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(['!', '(', '&', '=', '\'', '"', '[', '.'])
        && !text.contains("::")
        && !text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// Takes off the path that has a name, as in `path = "/users"`, or comes after other arguments.
fn misplaced_path(args: &mut Vec<Arg>) -> Option<(String, TokenStream, LitStr)> {
    if let Some(at) = args.iter().position(|arg| matches!(arg, Arg::Text(_)))
        && let Arg::Text(text) = args.remove(at)
    {
        return Some(("the path must be the first argument".to_owned(), text.to_token_stream(), text));
    }
    let Some(Arg::Word { name, value: Value::Is(tokens) }) = args.first() else { return None };
    let text = syn::parse2::<LitStr>(tokens.clone()).ok()?;
    let value = text.value();
    if ARGS.contains(&&*name.to_string()) || !(value.starts_with('/') || value.contains("://") || name == "path") {
        return None;
    }
    let error = format!("expected a string literal, found `{name} = \"{value}\"`");
    let found = name.to_token_stream();
    args.remove(0);
    Some((error, found, text))
}
