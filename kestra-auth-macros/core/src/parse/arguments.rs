//! The arguments of an attribute: `name`, `name = value`, `name(…)` or a string.
//!
//! The list is split at its commas first, and each argument is parsed on its own, so that one error does not hide the
//! next one.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::Parse;
use syn::{Ident, Lit, LitInt, LitStr};

use crate::diagnostics::Diagnostics;
use crate::spans::text_of;
use crate::suggest;

pub(crate) enum Arg {
    Text(LitStr),
    Word { name: Ident, value: Value },
}

pub(crate) enum Value {
    None,
    Is(TokenStream),
    List(Group),
}

/// Parses a list of arguments. What is not an argument is reported and left out.
pub(crate) fn split(tokens: TokenStream, diagnostics: &Diagnostics) -> Vec<Arg> {
    let parse = |(part, end): (Vec<TokenTree>, Span)| Arg::from_part(part, end, diagnostics);
    split_at_commas(tokens).into_iter().filter_map(parse).collect()
}

/// Returns what is before each comma, with the comma's span, and what is after the last one.
pub(super) fn split_at_commas(tokens: TokenStream) -> Vec<(Vec<TokenTree>, Span)> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    for tree in tokens {
        if is_comma(&tree) {
            parts.push((std::mem::take(&mut part), tree.span()));
        } else {
            part.push(tree);
        }
    }
    if !part.is_empty() {
        parts.push((part, Span::call_site()));
    }
    parts
}

pub(super) fn is_comma(tree: &TokenTree) -> bool {
    is_punct(tree, ',')
}

pub(crate) fn is_punct(tree: &TokenTree, punct: char) -> bool {
    matches!(tree, TokenTree::Punct(found) if found.as_char() == punct)
}

/// Parses a string literal that is one token.
pub(super) fn string_literal(tree: &TokenTree) -> Option<LitStr> {
    match tree {
        TokenTree::Literal(literal) => match Lit::new(literal.clone()) {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        // A literal that `macro_rules!` hands on.
        TokenTree::Group(_) => syn::parse2(tree.to_token_stream()).ok(),
        TokenTree::Ident(_) | TokenTree::Punct(_) => None,
    }
}

impl Arg {
    fn from_part(part: Vec<TokenTree>, end: Span, diagnostics: &Diagnostics) -> Option<Self> {
        let mut trees = part.into_iter();
        let Some(first) = trees.next() else {
            diagnostics.report_at(end, "expected an argument, found `,`\nhelp: remove the `,`");
            return None;
        };
        let arg = if let Some(text) = string_literal(&first) {
            Self::Text(text)
        } else if let TokenTree::Ident(name) = first {
            match trees.next() {
                None => Self::Word { name, value: Value::None },
                Some(tree) if is_punct(&tree, '=') => {
                    return Some(Self::Word { name, value: Value::Is(trees.collect()) });
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    Self::Word { name, value: Value::List(group) }
                }
                Some(other) => {
                    let found = text_of([other.clone()]);
                    diagnostics.report(
                        &other,
                        format!("unexpected `{found}` after `{name}`\nhelp: write `=`, `(` or `,` between them"),
                    );
                    return None;
                }
            }
        } else {
            let found = text_of([first.clone()]);
            diagnostics.report(
                &first,
                format!("expected an argument, found `{found}`\nhelp: write a name, or a string in quotes"),
            );
            return None;
        };
        if let Some(extra) = trees.next() {
            expected_comma(&extra, diagnostics);
        }
        Some(arg)
    }

    pub(crate) fn name(&self) -> Option<&Ident> {
        match self {
            Self::Text(_) => None,
            Self::Word { name, .. } => Some(name),
        }
    }

    /// Returns what is after `=` as text, without the quotes of a string.
    pub(super) fn value_text(&self) -> String {
        let Self::Word { value: Value::Is(tokens), .. } = self else { return String::new() };
        text_of(tokens.clone()).trim_matches('"').to_owned()
    }

    pub(crate) fn tokens(&self) -> TokenStream {
        match self {
            Self::Text(text) => text.to_token_stream(),
            Self::Word { name, .. } => name.to_token_stream(),
        }
    }

    /// Returns the name, if it is one of `known` and not in `seen` yet.
    pub(crate) fn word(
        &self,
        of: &str,
        known: &[&str],
        seen: &mut Vec<String>,
        diagnostics: &Diagnostics,
    ) -> Option<String> {
        self.word_with_help(of, known, seen, |_| None, diagnostics)
    }

    /// Like [`Arg::word`], with a better help for some of the unknown names.
    pub(crate) fn word_with_help(
        &self,
        of: &str,
        known: &[&str],
        seen: &mut Vec<String>,
        help: impl Fn(&str) -> Option<String>,
        diagnostics: &Diagnostics,
    ) -> Option<String> {
        let Self::Word { name, .. } = self else {
            let known = suggest::list(known);
            diagnostics.report(
                self.tokens(),
                format!("unexpected string in `{of}`\nhelp: write one of {known}, or remove it"),
            );
            return None;
        };
        let word = name.unraw().to_string();
        if !known.contains(&&*word) {
            let hint = suggest::did_you_mean(&word, known);
            let help = help(&word).filter(|_| hint.is_empty()).unwrap_or_else(|| match known {
                [] => format!("remove it: `{of}` has no arguments"),
                _ => format!("write one of {}", suggest::list(known)),
            });
            diagnostics.report(name, format!("unknown argument `{word}` of `{of}`{hint}\nhelp: {help}"));
            return None;
        }
        if seen.contains(&word) {
            diagnostics.report(name, format!("duplicate argument `{word}`\nhelp: remove one of the two"));
            return None;
        }
        seen.push(word.clone());
        Some(word)
    }

    /// Parses the string after `=`.
    pub(crate) fn string(&self, example: &str, diagnostics: &Diagnostics) -> Option<LitStr> {
        self.parse(example, "a string literal", diagnostics)
    }

    /// Parses what is after `=`.
    pub(crate) fn parse<T: Parse>(&self, example: &str, what: &str, diagnostics: &Diagnostics) -> Option<T> {
        let Self::Word { name, value } = self else { return None };
        let tokens = match value {
            Value::Is(tokens) if !tokens.is_empty() => tokens,
            Value::List(group) => {
                let found = text_of([TokenTree::Group(group.clone())]);
                diagnostics
                    .report(name, format!("expected `=` after `{name}`, found `{found}`\nhelp: write `{example}`"));
                return None;
            }
            Value::None | Value::Is(_) => {
                diagnostics.report(name, format!("missing value for `{name}`\nhelp: write `{example}`"));
                return None;
            }
        };
        let first = tokens.clone().into_iter().next();
        if let Some(extra) = tokens.clone().into_iter().nth(1)
            && first.as_ref().and_then(string_literal).is_some()
        {
            expected_comma(&extra, diagnostics);
            return None;
        }
        let parsed = syn::parse2(tokens.clone());
        if parsed.is_err() {
            let found = text_of(tokens.clone());
            diagnostics.report(tokens, format!("expected {what}, found `{found}`\nhelp: write `{example}`"));
        }
        parsed.ok()
    }

    /// Returns what is in a string after `=`, where a name or a path without quotes was expected.
    pub(crate) fn in_quotes<T: Parse>(&self) -> Option<T> {
        let Self::Word { value: Value::Is(tokens), .. } = self else { return None };
        syn::parse2::<LitStr>(tokens.clone()).ok()?.parse().ok()
    }

    /// Checks that the argument is a name without a value.
    pub(crate) fn flag(&self, diagnostics: &Diagnostics) {
        if let Self::Word { name, value: Value::Is(_) | Value::List(_) } = self {
            diagnostics.report(name, format!("unexpected value for `{name}`\nhelp: write `{name}`, or remove it"));
        }
    }

    pub(crate) fn is_flag(&self) -> bool {
        matches!(self, Self::Word { value: Value::None, .. })
    }

    /// Parses the statuses in `name(404, 410)`, each with its span.
    pub(crate) fn statuses(&self, example: &str, diagnostics: &Diagnostics) -> Vec<(u16, Span)> {
        let Self::Word { name, value } = self else { return Vec::new() };
        let list = match value {
            Value::List(group) if !group.stream().is_empty() => group.stream(),
            _ => {
                diagnostics.report(name, format!("expected a list of statuses for `{name}`\nhelp: write `{example}`"));
                return Vec::new();
            }
        };
        let mut statuses: Vec<(u16, Span)> = Vec::new();
        for (part, _) in split_at_commas(list).into_iter().filter(|(part, _)| !part.is_empty()) {
            let span = part[0].span();
            let found = text_of(part.clone());
            let tokens: TokenStream = part.into_iter().collect();
            let number =
                syn::parse2::<LitInt>(tokens.clone()).ok().and_then(|number| number.base10_parse::<u16>().ok());
            match number {
                Some(status) => statuses.push((status, span)),
                None => diagnostics.report(
                    tokens,
                    format!("expected a status, found `{found}`\nhelp: write a number, as in `{example}`"),
                ),
            }
        }
        statuses
    }

    /// Parses the strings in `name("…", "…")`.
    pub(crate) fn strings(&self, example: &str, diagnostics: &Diagnostics) -> Vec<LitStr> {
        let Self::Word { name, value } = self else { return Vec::new() };
        let Value::List(group) = value else {
            diagnostics.report(name, format!("expected a list of strings for `{name}`\nhelp: write `{example}`"));
            return Vec::new();
        };
        if group.stream().is_empty() {
            let message = format!("the list of `{name}` is empty\nhelp: write `{example}`, or remove it");
            diagnostics.report(name, message);
        }
        let mut strings = Vec::new();
        for (part, end) in split_at_commas(group.stream()) {
            match &*part {
                [tree] if string_literal(tree).is_some() => strings.extend(string_literal(tree)),
                [] => diagnostics.report_at(end, "expected a string literal, found `,`\nhelp: remove the `,`"),
                _ => {
                    let found = text_of(part.clone());
                    let tokens: TokenStream = part.into_iter().collect();
                    let message = format!("expected a string literal, found `{found}`\nhelp: write `{example}`");
                    diagnostics.report(tokens, message);
                }
            }
        }
        strings
    }
}

pub(super) fn expected_comma(extra: &TokenTree, diagnostics: &Diagnostics) {
    let found = text_of([extra.clone()]);
    diagnostics.report(extra, format!("expected `,`, found `{found}`\nhelp: write `,` before the next argument"));
}

/// Parses the contents of a string, and reports the error at the string.
pub(crate) fn checked<T>(text: &LitStr, diagnostics: &Diagnostics, check: fn(&str) -> Result<T, String>) -> Option<T> {
    check(&text.value()).map_err(|error| diagnostics.report(text, error)).ok()
}
