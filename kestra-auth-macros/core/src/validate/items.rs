//! What a trait can contain.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::TraitItem;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Item};

pub(super) fn only_methods(api: &Api<'_>, diagnostics: &Diagnostics) {
    for item in &api.items {
        let Item::Other(item) = item else { continue };
        match item {
            TraitItem::Const(item) => not_a_method(item.const_token, "associated constant", diagnostics),
            TraitItem::Type(item) => not_a_method(item.type_token, "associated type", diagnostics),
            TraitItem::Macro(item) => not_a_method(&item.mac.path, "macro call", diagnostics),
            TraitItem::Verbatim(tokens) => {
                let is_pub = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "pub");
                match tokens.clone().into_iter().find(is_pub) {
                    Some(word) => {
                        let message = "unexpected `pub`: a method is as visible as its trait\nhelp: remove it";
                        diagnostics.report(word, message);
                    }
                    None => not_a_method(tokens, "item", diagnostics),
                }
            }
            other => not_a_method(other, "item", diagnostics),
        }
    }
}

fn not_a_method(tokens: impl ToTokens, what: &str, diagnostics: &Diagnostics) {
    let message = format!("unexpected {what} in an API trait\nhelp: move it out of the trait");
    diagnostics.report(tokens, message);
}
