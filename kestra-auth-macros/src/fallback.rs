//! What is written after a mistake: the trait as it would read once mended, a client of the right shape that
//! never sends, and the mistakes. Code that uses either then gives no error of its own, and completion lives.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, FnArg, GenericArgument, Ident, ItemTrait, Pat, PathArguments, ReturnType, Safety, Signature, TraitItem,
    TraitItemFn, Type, TypeParamBound, parse_quote,
};

use crate::ast::Api;
use crate::attr::{self, other};
use crate::client;
use crate::expand::{client_impl, private, provided_method, trait_item, trait_method};

pub(crate) fn expand(api: &Api<'_>, mistakes: &TokenStream) -> TokenStream {
    let private = private(api);
    let mut names = Vec::new();
    let items = api.item.items.iter().map(|item| match item {
        TraitItem::Fn(method) if is_again(method, &mut names) => TokenStream::new(),
        TraitItem::Fn(method) if is_provided(method) => provided_method(method),
        TraitItem::Fn(method) => {
            let mut method = method.clone();
            mend(&mut method.sig, &private);
            method.attrs.retain(is_known);
            trait_method(&method, &method.sig, &quote!(#private::inert()))
        }
        _ => TokenStream::new(),
    });
    let mut item = api.item.clone();
    mend_trait(&mut item);
    let trait_item = trait_item(&item, &api.client, items);
    let client = client::expand(api);
    let client_impl = client_impl(api, std::iter::empty());
    quote! {
        #mistakes
        #trait_item
        #client
        #client_impl
    }
}

/// Whether a method of this name was there already; twins under `cfg` are meant.
fn is_again<'a>(method: &'a TraitItemFn, names: &mut Vec<&'a Ident>) -> bool {
    let name = &method.sig.ident;
    let again = names.contains(&name) && !method.attrs.iter().any(attr::is_cfg);
    names.push(name);
    again
}

/// `#[api]` on something else: it stays as it is. A trait that cannot be read is left out, for the compiler
/// would read it again.
pub(crate) fn not_a_trait(item: &TokenStream, error: &syn::Error) -> TokenStream {
    match syn::parse2::<syn::Item>(item.clone()) {
        Ok(other) => {
            let message =
                "`#[api]` goes on a trait, whose methods are the endpoints\nhelp: write `#[api] trait Name { … }`";
            let mistake = syn::Error::new_spanned(first_word(&other), message).to_compile_error();
            quote!(#mistake #item)
        }
        Err(_) => error.to_compile_error(),
    }
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
    item.attrs.retain(|attribute| !attr::is_meant_for_traits(attribute));
}

fn is_provided(method: &TraitItemFn) -> bool {
    method.default.is_some() && method.attrs.iter().all(is_known)
}

/// Whether the compiler knows the attribute; a misspelt verb would be a second error.
fn is_known(attribute: &Attribute) -> bool {
    // What stands in a `cfg_attr` may be such a verb.
    other::is_other(attribute) && !attribute.path().is_ident("cfg_attr")
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
