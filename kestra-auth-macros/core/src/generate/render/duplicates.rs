//! Finds the methods of a trait that send the same request, by the rule that the macro has for it. Documents have such
//! operations: `/users/{id}` beside `/users/{name}`, or paths that differ in their fragments only.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use syn::{ItemTrait, Meta};

use crate::diagnostics::Diagnostics;
use crate::generate::traits::Trait;
use crate::model::Api;
use crate::parse::trait_args::ApiArgs;
use crate::validate::duplicates::repeated_endpoints;

/// Returns the names of the methods that send the same request as one before them, of a trait with this text.
pub(super) fn repeated(created: &Trait<'_>, text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut methods = created.methods.iter().map(|(_, method)| method);
    // Most traits have no two paths that are alike, and need not be parsed.
    if methods.all(|method| seen.insert((&method.verb, without_names(&method.path)))) {
        return Vec::new();
    }
    let Ok(item) = syn::parse_str::<ItemTrait>(text) else { return Vec::new() };
    let args = item.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("api") => Some(list.tokens.clone()),
        _ => None,
    });
    let ignored = Diagnostics::new();
    let api = Api::new(&item, ApiArgs::parse(args.unwrap_or_else(TokenStream::new), &ignored), &ignored);
    let repeated = repeated_endpoints(&api).into_iter().map(|(endpoint, _)| endpoint.item.sig.ident.to_string());
    let repeated = repeated.map(|name| name.trim_start_matches("r#").to_owned()).collect();
    ignored.finish();
    repeated
}

/// A path whose placeholders have no names.
fn without_names(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + "{}" + piece.split_once('}').map_or("", |(_, rest)| rest))
}
