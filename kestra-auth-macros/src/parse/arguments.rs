//! One argument of an attribute: `word`, `word = value`, `word(…)` or a string.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, Parser};
use syn::{Ident, Lit, LitInt, LitStr};

use crate::diagnostics::Diagnostics;
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

/// Cuts at the commas; what is no argument is a mistake and left out.
pub(crate) fn split(tokens: TokenStream, diagnostics: &Diagnostics) -> Vec<Arg> {
    let mut args = Vec::new();
    let mut part = Vec::new();
    for tree in tokens {
        if matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ',') {
            args.extend(Arg::read(std::mem::take(&mut part), tree.span(), diagnostics));
        } else {
            part.push(tree);
        }
    }
    if !part.is_empty() {
        args.extend(Arg::read(part, Span::call_site(), diagnostics));
    }
    args
}

impl Arg {
    fn read(part: Vec<TokenTree>, end: Span, diagnostics: &Diagnostics) -> Option<Self> {
        let mut trees = part.into_iter();
        let arg = match trees.next() {
            None => {
                diagnostics.report_at(end, "an argument is missing before this `,`\nhelp: remove the `,`");
                return None;
            }
            Some(TokenTree::Ident(name)) => match trees.next() {
                None => Self::Word { name, value: Value::None },
                Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
                    return Some(Self::Word { name, value: Value::Is(trees.collect()) });
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    Self::Word { name, value: Value::List(group) }
                }
                Some(other) => {
                    diagnostics.report(
                        &other,
                        format!("unexpected `{other}` behind `{name}`\nhelp: write `=`, `(` or `,` between them"),
                    );
                    return None;
                }
            },
            Some(first) => {
                let Ok(text) = syn::parse2::<LitStr>(first.to_token_stream()) else {
                    let message = format!(
                        "unexpected `{first}`\nhelp: write an argument, which is a string or begins with a word"
                    );
                    diagnostics.report(&first, message);
                    return None;
                };
                Self::Text(text)
            }
        };
        if let Some(extra) = trees.next() {
            diagnostics.report(&extra, format!("unexpected `{extra}`\nhelp: write `,` before the next argument"));
        }
        Some(arg)
    }

    pub(crate) fn name(&self) -> Option<&Ident> {
        match self {
            Self::Text(_) => None,
            Self::Word { name, .. } => Some(name),
        }
    }

    pub(crate) fn tokens(&self) -> TokenStream {
        match self {
            Self::Text(text) => text.to_token_stream(),
            Self::Word { name, .. } => name.to_token_stream(),
        }
    }

    /// The word, if it is one of `known` and the first of its name in `seen`.
    pub(crate) fn word(
        &self,
        of: &str,
        known: &[&str],
        seen: &mut Vec<String>,
        diagnostics: &Diagnostics,
    ) -> Option<String> {
        let Self::Word { name, .. } = self else {
            diagnostics.report(
                self.tokens(),
                format!("a string alone is no argument of `{of}`\nhelp: write one of {}", suggest::list(known)),
            );
            return None;
        };
        let word = name.unraw().to_string();
        if !known.contains(&&*word) {
            let hint = suggest::did_you_mean(&word, known);
            let known = suggest::list(known);
            diagnostics.report(name, format!("`{of}` has no argument `{word}`{hint}\nhelp: write one of {known}"));
            return None;
        }
        if seen.contains(&word) {
            diagnostics.report(name, format!("`{word}` stands here twice\nhelp: remove one"));
            return None;
        }
        seen.push(word.clone());
        Some(word)
    }

    /// The string behind `=`.
    pub(crate) fn string(&self, example: &str, diagnostics: &Diagnostics) -> Option<LitStr> {
        match self.parse::<Lit>(example, "a string", diagnostics)? {
            Lit::Str(text) => Some(text),
            other => {
                let found = other.to_token_stream();
                diagnostics.report(&other, format!("`{found}` is no string\nhelp: write `{example}`"));
                None
            }
        }
    }

    /// What stands behind `=`.
    pub(crate) fn parse<T: Parse>(&self, example: &str, what: &str, diagnostics: &Diagnostics) -> Option<T> {
        let Self::Word { name, value } = self else { return None };
        match value {
            Value::Is(tokens) if !tokens.is_empty() => {
                let parser = |input: syn::parse::ParseStream<'_>| {
                    let parsed = input.parse::<T>().map_err(|error| {
                        syn::Error::new(
                            error.span(),
                            format!("expected {what} behind `{name} =`\nhelp: write `{example}`"),
                        )
                    })?;
                    if let Ok(extra) = input.cursor().token_tree().map(|(tree, _)| tree).ok_or(()) {
                        let message = format!("unexpected `{extra}`\nhelp: write `,` before the next argument");
                        return Err(syn::Error::new(extra.span(), message));
                    }
                    Ok(parsed)
                };
                diagnostics.take(parser.parse2(tokens.clone()))
            }
            _ => {
                diagnostics.report(name, format!("`{name}` needs a value\nhelp: write `{example}`"));
                None
            }
        }
    }

    /// The name in a string, where a name without quotes was meant.
    pub(crate) fn quoted_name(&self) -> Option<Ident> {
        let Self::Word { value: Value::Is(tokens), .. } = self else { return None };
        let text: LitStr = syn::parse2(tokens.clone()).ok()?;
        text.parse().ok()
    }

    /// A word on its own.
    pub(crate) fn flag(&self, diagnostics: &Diagnostics) -> bool {
        match self {
            Self::Word { name, value: Value::Is(_) | Value::List(_) } => {
                diagnostics.report(name, format!("`{name}` takes no value\nhelp: write `{name}` alone, or remove it"));
            }
            Self::Word { .. } | Self::Text(_) => {}
        }
        true
    }

    pub(crate) fn is_flag(&self) -> bool {
        matches!(self, Self::Word { value: Value::None, .. })
    }

    /// The statuses in `word(404, 410)`, each with its place.
    pub(crate) fn statuses(&self, example: &str, diagnostics: &Diagnostics) -> Vec<(u16, Span)> {
        let Self::Word { name, value } = self else { return Vec::new() };
        let list = match value {
            Value::List(group) if !group.stream().is_empty() => group.stream(),
            _ => {
                diagnostics.report(name, format!("`{name}` needs a list of statuses\nhelp: write `{example}`"));
                return Vec::new();
            }
        };
        let mut statuses: Vec<(u16, Span)> = Vec::new();
        let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
        for part in list.into_iter().collect::<Vec<_>>().split(is_comma).filter(|part| !part.is_empty()) {
            let tokens: TokenStream = part.iter().cloned().collect();
            let span = part[0].span();
            let number =
                syn::parse2::<LitInt>(tokens.clone()).ok().and_then(|number| number.base10_parse::<u16>().ok());
            match number {
                Some(status) => statuses.push((status, span)),
                None => {
                    let message = format!(
                        "`{tokens}` is no status of an answer\nhelp: write a number from 200 to 599, as in `{example}`"
                    );
                    diagnostics.report(tokens, message);
                }
            }
        }
        statuses
    }

    /// The strings in `word("…", "…")`.
    pub(crate) fn strings(&self, example: &str, diagnostics: &Diagnostics) -> Vec<LitStr> {
        let Self::Word { name, value } = self else { return Vec::new() };
        let Value::List(group) = value else {
            diagnostics.report(name, format!("`{name}` needs a list\nhelp: write `{example}`"));
            return Vec::new();
        };
        if group.stream().is_empty() {
            diagnostics.report(name, format!("the list of `{name}` is empty\nhelp: write `{example}`, or remove it"));
        }
        let mut strings = Vec::new();
        for arg in split(group.stream(), diagnostics) {
            match arg {
                Self::Text(text) => strings.push(text),
                Self::Word { name: word, .. } => {
                    diagnostics.report(&word, format!("`{word}` is no string\nhelp: write `{example}`"));
                }
            }
        }
        strings
    }
}

/// A string that one of the grammars of this module's siblings reads.
pub(crate) fn checked<T>(text: &LitStr, diagnostics: &Diagnostics, check: fn(&str) -> Result<T, String>) -> Option<T> {
    check(&text.value()).map_err(|fault| diagnostics.report(text, fault)).ok()
}
