//! `#[api]` on an item that is not a trait.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::Item;

use crate::parse::arguments::is_punct;
use crate::parse::param_kind::PARAM_ATTRIBUTES;
use crate::parse::verb_attribute::VERBS;

/// Reports an item that is not a trait, and keeps it without our attributes, which the compiler does not know. A trait
/// that cannot be parsed is left out, since the compiler would parse it again.
pub(crate) fn not_a_trait(item: &TokenStream, error: &syn::Error) -> TokenStream {
    match syn::parse2::<Item>(item.clone()) {
        Ok(other) => {
            let keyword = keyword(&other);
            let message = match keyword.clone().into_iter().count() {
                1 => format!("expected a trait, found `{keyword}`"),
                _ => "expected a trait".to_owned(),
            };
            let message = format!("{message}\nhelp: write `#[api]` on a trait, whose methods are the endpoints");
            let error = syn::Error::new_spanned(keyword, message).to_compile_error();
            let item =
                without_our_attributes(item.clone(), matches!(other, Item::Impl(_) | Item::Fn(_) | Item::Verbatim(_)));
            quote!(#error #item)
        }
        Err(_) => error.to_compile_error(),
    }
}

/// Removes `#[get(…)]`, `#[query]` and the like. With `in_impl`, functions without a body get one, as the compiler would
/// report them.
fn without_our_attributes(tokens: TokenStream, in_impl: bool) -> TokenStream {
    let is_ours = |tree: &TokenTree| {
        let TokenTree::Group(group) = tree else { return false };
        let word = group.stream().into_iter().next().map(|word| word.to_string()).unwrap_or_default();
        group.delimiter() == Delimiter::Bracket && (VERBS.contains(&&*word) || PARAM_ATTRIBUTES.contains(&&*word))
    };
    let mut kept = Vec::new();
    let mut in_signature = false;
    let mut trees = tokens.into_iter().peekable();
    while let Some(tree) = trees.next() {
        if is_punct(&tree, '#') && trees.next_if(is_ours).is_some() {
            continue;
        }
        if in_signature && is_punct(&tree, ';') {
            in_signature = false;
            kept.extend(quote!({ loop {} }));
            continue;
        }
        in_signature |= in_impl && matches!(&tree, TokenTree::Ident(word) if word == "fn");
        kept.push(match tree {
            TokenTree::Group(group) => {
                let is_braced = group.delimiter() == Delimiter::Brace;
                in_signature &= !is_braced;
                let mut inner =
                    Group::new(group.delimiter(), without_our_attributes(group.stream(), in_impl && is_braced));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        });
    }
    kept.into_iter().collect()
}

/// Returns the keyword that says what an item is: `struct`, `fn`, `impl`.
fn keyword(item: &Item) -> TokenStream {
    const KEYWORDS: [&str; 10] = ["struct", "enum", "union", "fn", "impl", "mod", "type", "const", "static", "use"];
    let tokens = quote!(#item);
    let word = tokens.clone().into_iter().find(|tree| KEYWORDS.contains(&&*tree.to_string()));
    word.map_or(tokens, |word| quote!(#word))
}
