//! Moves tokens to another span.

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// The same tokens, standing elsewhere.
pub(crate) fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let respanned = tokens.into_iter().map(|mut tree| {
        tree.set_span(span);
        tree
    });
    respanned.collect()
}

/// The same tokens at another place, each as hygienic as it was.
pub(crate) fn standing_at(place: Span, tokens: TokenStream) -> TokenStream {
    let moved = tokens.into_iter().map(|mut tree| {
        if let TokenTree::Group(group) = &tree {
            tree = Group::new(group.delimiter(), standing_at(place, group.stream())).into();
        }
        tree.set_span(place.resolved_at(tree.span()));
        tree
    });
    moved.collect()
}
