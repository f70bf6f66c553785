//! Repairs the syntax of a trait, where the compiler has reported what is wrong with it.

use std::mem;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{GenericParam, ItemTrait, Meta, TraitItem};

use crate::parse::arguments::is_punct;

/// Returns a trait without the attributes, parameter types and defaults that are not Rust. `None` if there are none:
/// then the compiler may know a syntax that the parser of the macro does not know.
pub(crate) fn repaired(tokens: &TokenStream) -> Option<ItemTrait> {
    let mut is_repaired = false;
    let tokens = repair(tokens.clone(), &mut is_repaired);
    if is_repaired { syn::parse2(tokens).ok() } else { None }
}

/// Returns a trait without the generic parameters named `_`, which the compiler has reported. `None` if there are none.
pub(crate) fn without_unnamed_generics(item: &ItemTrait) -> Option<ItemTrait> {
    let is_unnamed = |param: &GenericParam| matches!(param, GenericParam::Type(param) if param.ident == "_");
    let methods = item.items.iter().filter_map(|item| match item {
        TraitItem::Fn(method) => Some(&method.sig.generics),
        _ => None,
    });
    if !methods.chain([&item.generics]).any(|generics| generics.params.iter().any(is_unnamed)) {
        return None;
    }
    let mut named = item.clone();
    let methods = named.items.iter_mut().filter_map(|item| match item {
        TraitItem::Fn(method) => Some(&mut method.sig.generics),
        _ => None,
    });
    for generics in methods.chain([&mut named.generics]) {
        let params = mem::take(&mut generics.params).into_iter();
        generics.params = params.filter(|param| !is_unnamed(param)).collect();
    }
    Some(named)
}

fn repair(tokens: TokenStream, is_repaired: &mut bool) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut trees = tokens.into_iter().peekable();
    let mut after_fn = false;
    let mut brackets = AngleBrackets::default();
    while let Some(tree) = trees.next() {
        let is_broken = |tree: &TokenTree| match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                syn::parse2::<Meta>(group.stream()).is_err()
            }
            _ => false,
        };
        if is_punct(&tree, '#') && trees.next_if(is_broken).is_some() {
            *is_repaired = true;
            continue;
        }
        after_fn |= matches!(&tree, TokenTree::Ident(word) if word == "fn");
        brackets.see(&tree);
        kept.push(match tree {
            TokenTree::Group(group) => {
                let is_parameters = group.delimiter() == Delimiter::Parenthesis && after_fn && brackets.depth == 0;
                let inside = repair(group.stream(), is_repaired);
                let inside = if is_parameters { repair_parameters(inside, is_repaired) } else { inside };
                after_fn &= !is_parameters;
                let mut repaired = Group::new(group.delimiter(), inside);
                repaired.set_span(group.span());
                TokenTree::Group(repaired)
            }
            other => other,
        });
    }
    kept.into_iter().collect()
}

/// Removes the default of `page: u32 = 1`, and the parameter in `(&self, page)`.
fn repair_parameters(tokens: TokenStream, is_repaired: &mut bool) -> TokenStream {
    let mut kept = TokenStream::new();
    for parameter in parameters(tokens) {
        let is_self = parameter.iter().any(|tree| matches!(tree, TokenTree::Ident(word) if word == "self"));
        let mut brackets = AngleBrackets::default();
        let end = parameter.iter().position(|tree| {
            brackets.see(tree);
            brackets.depth == 0 && is_punct(tree, '=')
        });
        if !is_self && !parameter.iter().any(|tree| is_punct(tree, ':')) {
            *is_repaired = true;
        } else if let Some(end) = end {
            *is_repaired = true;
            kept.extend(parameter[..end].iter().cloned());
            kept.extend(parameter.last().filter(|tree| is_punct(tree, ',')).cloned());
        } else {
            kept.extend(parameter.iter().cloned());
        }
    }
    kept
}

/// Splits parameters at the commas that are not in angle brackets. Each keeps its comma.
fn parameters(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parameters = vec![Vec::new()];
    let mut brackets = AngleBrackets::default();
    for tree in tokens {
        brackets.see(&tree);
        let is_end = brackets.depth == 0 && is_punct(&tree, ',');
        if let Some(parameter) = parameters.last_mut() {
            parameter.push(tree);
        }
        if is_end {
            parameters.push(Vec::new());
        }
    }
    parameters.retain(|parameter| !parameter.is_empty());
    parameters
}

/// How many angle brackets are open. The one of an arrow is not a bracket.
#[derive(Default)]
struct AngleBrackets {
    depth: i32,
    after_minus: bool,
}

impl AngleBrackets {
    fn see(&mut self, tree: &TokenTree) {
        if is_punct(tree, '<') {
            self.depth += 1;
        } else if is_punct(tree, '>') && !self.after_minus {
            self.depth -= 1;
        }
        self.after_minus = is_punct(tree, '-');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn methods(text: &str) -> Option<Vec<String>> {
        let item = repaired(&text.parse().unwrap())?;
        Some(item.items.iter().map(|item| quote::quote!(#item).to_string().replace(' ', "")).collect())
    }

    #[test]
    fn removes_what_the_compiler_has_reported() {
        for (text, expected) in [
            ("trait A { #[get \"/a\"] async fn a(&self); }", "asyncfna(&self);"),
            ("trait A { #[router.get(\"/a\")] async fn a(&self); }", "asyncfna(&self);"),
            (
                "trait A { fn a(&self, #[query] b: u32 = 1, c: M<A = u8, B = u8>); }",
                "fna(&self,#[query]b:u32,c:M<A=u8,B=u8>);",
            ),
            ("trait A { fn a<T: Fn(u8) -> u8>(&self, #[query] b, c: T); }", "fna<T:Fn(u8)->u8>(&self,c:T);"),
        ] {
            assert_eq!(methods(text).as_deref(), Some(&[expected.to_owned()][..]), "{text}");
        }
    }

    #[test]
    fn removes_generic_parameters_without_a_name() {
        let item: ItemTrait = syn::parse_str("trait A<T, _> { fn a<_, U>(&self); }").unwrap();
        let named = without_unnamed_generics(&item).unwrap();
        assert_eq!(quote::quote!(#named).to_string().replace(' ', ""), "traitA<T>{fna<U>(&self);}");
        assert!(without_unnamed_generics(&named).is_none());
    }

    #[test]
    fn keeps_a_trait_that_it_cannot_repair() {
        for text in ["trait A { #[get(\"/a\")] fn a(&self, b: M<u8, u8>); }", "struct A;", "trait A { fn a(&self) }"] {
            assert_eq!(methods(text), None, "{text}");
        }
    }
}
