//! What is written after a mistake: the trait as it would read once mended, a client of the right shape that
//! never sends, and the mistakes. Code that uses either then gives no error of its own, and completion lives.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, FnArg, GenericArgument, GenericParam, Ident, ItemTrait, Pat, PathArguments, ReturnType, Safety,
    Signature, TraitItem, TraitItemFn, Type, TypeParamBound, parse_quote,
};

use crate::expand::trait_item::{endpoint_method, provided_method, trait_item};
use crate::expand::{client, dyn_trait};
use crate::model::Api;
use crate::parse::attributes::{TraitAttribute, is_cfg};
use crate::parse::method_attributes::is_of_compiler;
use crate::parse::param_kind::PARAM_ATTRIBUTES;
use crate::parse::verb_attribute::VERBS;

pub(crate) fn expand(api: &Api<'_>, mistakes: &TokenStream) -> TokenStream {
    let private = api.private();
    let inert = quote!(#private::inert());
    let methods = mended(api, &private);
    let items =
        methods.iter().map(
            |(method, is_provided)| {
                if *is_provided { provided_method(method) } else { endpoint_method(method, &inert) }
            },
        );
    let mut item = api.item.clone();
    mend_trait(&mut item);
    let trait_item = trait_item(&item, &api.client, items);
    let client = client::expand(api);
    let client_impl = client::implementation(api, std::iter::empty());
    let dynamic = api.args.dynamic.as_ref().filter(|_| item.generics.params.is_empty()).map(|_| {
        let endpoints = methods.iter().filter(|(method, is_provided)| !is_provided && is_dyn_compatible(method));
        dyn_trait::expand(api, &endpoints.map(|(method, _)| method.clone()).collect::<Vec<_>>())
    });
    quote! {
        #mistakes
        #trait_item
        #client
        #client_impl
        #dynamic
    }
}

/// The methods as they would read, and whether each has a body of its own.
fn mended(api: &Api<'_>, private: &TokenStream) -> Vec<(TraitItemFn, bool)> {
    let mut names = Vec::new();
    let mut methods = Vec::new();
    for item in &api.item.items {
        let Some(mut method) = method_of(item) else { continue };
        if is_again(&method, &mut names) {
            continue;
        }
        let is_provided = is_provided(&method);
        if !is_provided {
            mend(&mut method.sig, private);
            method.attrs.retain(is_known);
        }
        methods.push((method, is_provided));
    }
    methods
}

/// A method, also one that is `pub`.
fn method_of(item: &TraitItem) -> Option<TraitItemFn> {
    match item {
        TraitItem::Fn(method) => Some(method.clone()),
        TraitItem::Verbatim(tokens) => {
            let private = tokens.clone().into_iter().filter(|tree| tree.to_string() != "pub");
            syn::parse2(private.collect()).ok()
        }
        _ => None,
    }
}

fn is_dyn_compatible(method: &TraitItemFn) -> bool {
    let is_impl = |input: &FnArg| matches!(input, FnArg::Typed(typed) if matches!(&*typed.ty, Type::ImplTrait(_)));
    method.sig.generics.params.iter().all(|param| matches!(param, GenericParam::Lifetime(_)))
        && !method.sig.inputs.iter().any(is_impl)
}

/// Whether a method of this name was there already; twins under `cfg` are meant.
fn is_again(method: &TraitItemFn, names: &mut Vec<Ident>) -> bool {
    let name = &method.sig.ident;
    let again = names.contains(name) && !method.attrs.iter().any(is_cfg);
    names.push(name.clone());
    again
}

/// `#[api]` on something else: it stays as it is, but for our words, which the compiler does not know. A trait that
/// cannot be read is left out, for the compiler would read it again.
pub(crate) fn not_a_trait(item: &TokenStream, error: &syn::Error) -> TokenStream {
    match syn::parse2::<syn::Item>(item.clone()) {
        Ok(other) => {
            let message =
                "`#[api]` goes on a trait, whose methods are the endpoints\nhelp: write `#[api] trait Name { … }`";
            let mistake = syn::Error::new_spanned(first_word(&other), message).to_compile_error();
            let item = without_our_words(item.clone());
            quote!(#mistake #item)
        }
        Err(_) => error.to_compile_error(),
    }
}

/// The tokens without `#[get(…)]`, `#[query]` and the like.
fn without_our_words(tokens: TokenStream) -> TokenStream {
    let is_ours = |tree: &TokenTree| {
        let TokenTree::Group(group) = tree else { return false };
        let word = group.stream().into_iter().next().map(|word| word.to_string()).unwrap_or_default();
        group.delimiter() == Delimiter::Bracket && (VERBS.contains(&&*word) || PARAM_ATTRIBUTES.contains(&&*word))
    };
    let mut kept = Vec::new();
    let mut trees = tokens.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let begins_attribute = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '#');
        if begins_attribute && trees.next_if(is_ours).is_some() {
            continue;
        }
        kept.push(match tree {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_our_words(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        });
    }
    kept.into_iter().collect()
}

/// The word that says what an item is: `struct`, `fn`, `impl`.
fn first_word(item: &syn::Item) -> TokenStream {
    const KINDS: [&str; 10] = ["struct", "enum", "union", "fn", "impl", "mod", "type", "const", "static", "use"];
    let tokens = quote!(#item);
    let word = tokens.clone().into_iter().find(|tree| KINDS.contains(&&*tree.to_string()));
    word.map_or(tokens, |word| quote!(#word))
}

fn mend_trait(item: &mut ItemTrait) {
    item.unsafety = None;
    item.attrs.retain(|attribute| matches!(TraitAttribute::classify(attribute), TraitAttribute::Other));
}

fn is_provided(method: &TraitItemFn) -> bool {
    method.default.is_some() && method.attrs.iter().all(is_known)
}

/// Whether the compiler knows the attribute; a misspelt verb would be a second error.
fn is_known(attribute: &Attribute) -> bool {
    // What stands in a `cfg_attr` may be such a verb.
    is_of_compiler(attribute) && !attribute.path().is_ident("cfg_attr")
}

// Input:  fn index(self, (a, b): (u8, u8))
// Output: async fn index(&self, __argument_0: (u8, u8)) -> Result<(), Error>
fn mend(sig: &mut Signature, private: &TokenStream) {
    let was_async = sig.asyncness.is_some();
    sig.asyncness.get_or_insert_with(Default::default);
    sig.constness = None;
    sig.safety = Safety::Default;
    sig.abi = None;
    sig.variadic = None;
    match &mut sig.output {
        ReturnType::Default => sig.output = parse_quote!(-> ::core::result::Result<(), #private::Error>),
        ReturnType::Type(_, ty) => {
            if let (false, Some(output)) = (was_async, future_output(ty)) {
                **ty = output;
            }
            NoOpaque.visit_type_mut(ty);
        }
    }
    let typed = sig.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_))).cloned();
    let receiver: FnArg = parse_quote!(&self);
    sig.inputs = std::iter::once(receiver).chain(typed).collect::<Punctuated<_, _>>();
    mend_patterns(sig);
}

/// Each argument has a plain name, and one of its own.
fn mend_patterns(sig: &mut Signature) {
    let mut names: Vec<Ident> = Vec::new();
    for (index, input) in sig.inputs.iter_mut().enumerate() {
        let FnArg::Typed(typed) = input else { continue };
        let name = match &*typed.pat {
            Pat::Ident(pattern) if !names.contains(&pattern.ident) => pattern.ident.clone(),
            _ => format_ident!("__argument_{index}"),
        };
        *typed.pat = parse_quote!(#name);
        names.push(name);
    }
}

/// `T` of `impl Future<Output = T>`.
fn future_output(ty: &Type) -> Option<Type> {
    let Type::ImplTrait(ty) = ty else { return None };
    ty.bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last()?.arguments else { return None };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(assoc) if assoc.ident == "Output" => Some(assoc.ty.clone()),
            _ => None,
        })
    })
}

/// An `impl` in a result, of which no body could say what it is.
struct NoOpaque;

impl VisitMut for NoOpaque {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if matches!(ty, Type::ImplTrait(_)) {
            *ty = parse_quote!(());
        }
        visit_mut::visit_type_mut(self, ty);
    }
}
