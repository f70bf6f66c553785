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
            TraitItem::Const(item) => not_a_method(&item.const_token, "an associated constant", diagnostics),
            TraitItem::Type(item) => not_a_method(&item.type_token, "an associated type", diagnostics),
            TraitItem::Macro(item) => not_a_method(&item.mac.path, "a macro call", diagnostics),
            TraitItem::Verbatim(tokens) => {
                let is_pub = |tree: &TokenTree| matches!(tree, TokenTree::Ident(word) if word == "pub");
                match tokens.clone().into_iter().find(is_pub) {
                    Some(word) => {
                        diagnostics.report(word, "a method is as public as its trait\nhelp: remove `pub`");
                    }
                    None => not_a_method(tokens, "this item", diagnostics),
                }
            }
            other => not_a_method(other, "this item", diagnostics),
        }
    }
}

fn not_a_method(tokens: impl ToTokens, what: &str, diagnostics: &Diagnostics) {
    let message = format!("{what} is no endpoint\nhelp: move it out of the trait, which has methods alone");
    diagnostics.report(tokens, message);
}
