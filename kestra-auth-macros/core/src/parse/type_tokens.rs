//! Looks for tokens in types.

use proc_macro2::{Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

/// Returns whether a type has a token for which `is_it` holds. Of references and lifetimes, that is `&` and `'`.
///
/// Types of the usual forms are searched as they are, because writing their tokens takes long without optimizations.
pub(crate) fn has_token(ty: &Type, is_it: &impl Fn(&TokenTree) -> bool) -> bool {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.iter().any(|segment| {
            is_it(&TokenTree::Ident(segment.ident.clone()))
                || match &segment.arguments {
                    PathArguments::None => false,
                    PathArguments::AngleBracketed(list) => list.args.iter().any(|argument| has_in(argument, is_it)),
                    PathArguments::Parenthesized(list) => any_token(list.to_token_stream(), is_it),
                }
        }),
        Type::Reference(reference) => is_it(&punct('&')) || has_token(&reference.elem, is_it),
        Type::Slice(slice) => has_token(&slice.elem, is_it),
        Type::Tuple(tuple) => tuple.elems.iter().any(|ty| has_token(ty, is_it)),
        other => any_token(other.to_token_stream(), is_it),
    }
}

fn has_in(argument: &GenericArgument, is_it: &impl Fn(&TokenTree) -> bool) -> bool {
    match argument {
        GenericArgument::Type(ty) => has_token(ty, is_it),
        GenericArgument::Lifetime(_) => is_it(&punct('\'')),
        other => any_token(other.to_token_stream(), is_it),
    }
}

fn any_token(tokens: TokenStream, is_it: &impl Fn(&TokenTree) -> bool) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Group(group) => any_token(group.stream(), is_it),
        other => is_it(&other),
    })
}

fn punct(sign: char) -> TokenTree {
    TokenTree::Punct(Punct::new(sign, Spacing::Alone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_tokens_that_the_type_is_written_with() {
        for text in [
            "Flow",
            "a::Flow<T>",
            "Vec<&'a [u8]>",
            "<T as Trait>::Item",
            "(u8, impl Fn(T) -> u8)",
            "Cow<'static, str>",
            "Box<dyn Fn(&u8)>",
            "[T; N]",
            "Assoc<Item = T>",
        ] {
            let ty: Type = syn::parse_str(text).unwrap();
            for word in ["T", "N", "Flow", "Item", "impl", "dyn"] {
                let is_word = |tree: &TokenTree| matches!(tree, TokenTree::Ident(ident) if ident == word);
                assert_eq!(has_token(&ty, &is_word), any_token(ty.to_token_stream(), &is_word), "{word} in {text}");
            }
            let is_borrow =
                |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if "&'".contains(punct.as_char()));
            assert_eq!(has_token(&ty, &is_borrow), text.contains(['&', '\'']), "{text}");
        }
    }
}
