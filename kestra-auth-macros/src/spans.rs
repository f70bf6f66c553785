//! Moves tokens to another span, so that the compiler reports an error in generated code where its cause is.

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// Moves tokens to `span`, each with the hygiene that it has.
pub(crate) fn moved_to(span: Span, tokens: TokenStream) -> TokenStream {
    let moved = tokens.into_iter().map(|mut tree| {
        if let TokenTree::Group(group) = &tree {
            tree = Group::new(group.delimiter(), moved_to(span, group.stream())).into();
        }
        tree.set_span(span.resolved_at(tree.span()));
        tree
    });
    moved.collect()
}
