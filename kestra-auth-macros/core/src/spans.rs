//! Moves tokens to another span, so that the compiler reports an error in generated code where its cause is.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

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

/// Returns tokens as they are most likely written, for messages. What is in long parentheses is left out.
pub(crate) fn text_of(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut text = String::new();
    let mut after_word = false;
    for tree in tokens {
        let is_word = matches!(tree, TokenTree::Ident(_) | TokenTree::Literal(_));
        match &tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let inside = text_of(group.stream());
                let inside = if inside.len() > 24 { "…" } else { &*inside };
                text.extend([open, inside, close]);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                '=' if punct.spacing() == Spacing::Alone => text.push_str(" = "),
                ',' => text.push_str(", "),
                other => text.push(other),
            },
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(&tree.to_string());
            }
        }
        after_word = is_word;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_tokens_without_the_spaces_between_them() {
        for text in ["/users/{id}", "X-Api", "text/plain", "paths::USERS", "path = \"/users\"", "a b", "[1, 2]", "4..5"]
        {
            let tokens: TokenStream = text.parse().unwrap();
            assert_eq!(text_of(tokens), text);
        }
        let long: TokenStream = "format!(\"/users/{}/posts/{}\", user, post)".parse().unwrap();
        assert_eq!(text_of(long), "format!(…)");
    }
}
