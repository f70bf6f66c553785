//! The string that comes first in an attribute: the path of a verb, or the name that a parameter has on the wire.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{expected_comma, is_comma, is_punct, string_literal};
use crate::spans::text_of;
use crate::suggest;

/// What an attribute starts with.
pub(crate) enum Leading {
    Text(LitStr),
    /// Something else where the string belongs, as it is written. It is reported already.
    Invalid(String),
    /// Nothing, or the first of the named arguments.
    None,
}

/// Takes the leading string off the arguments.
///
/// `known` are the names of the arguments that can follow, and `correct` says what to write for the tokens that were
/// found instead of a string.
pub(crate) fn take(
    tokens: &mut TokenStream,
    known: &[&str],
    correct: impl Fn(&str) -> String,
    diagnostics: &Diagnostics,
) -> Leading {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let end = trees.iter().position(is_comma).unwrap_or(trees.len());
    let (part, rest) = (&trees[..end], trees.get(end + 1..).unwrap_or_default());
    let leading = match (part, part.first().and_then(string_literal)) {
        ([], _) => return Leading::None,
        (_, Some(text)) => {
            if let Some(extra) = part.get(1) {
                expected_comma(extra, diagnostics);
            }
            Leading::Text(text)
        }
        ([TokenTree::Ident(name), after @ ..], None) if is_named_argument(name, after, known) => return Leading::None,
        _ => {
            let found = text_of(part.iter().cloned());
            let message = format!("expected a string literal, found `{found}`\nhelp: {}", correct(&found));
            diagnostics.report(part.iter().cloned().collect::<TokenStream>(), message);
            Leading::Invalid(found)
        }
    };
    *tokens = rest.iter().cloned().collect();
    leading
}

/// Returns whether this is an argument with a name, known or not, rather than a string without its quotes.
fn is_named_argument(name: &Ident, after: &[TokenTree], known: &[&str]) -> bool {
    let word = name.unraw().to_string();
    match after {
        [bang, ..] if is_punct(bang, '!') => false,
        _ if known.contains(&&*word) || suggest::near(&word, known).is_some() => true,
        [equals, ..] => is_punct(equals, '=') || matches!(equals, TokenTree::Group(_)),
        [] => false,
    }
}
