//! Generates what replaces a trait with errors: the trait as it will be once corrected, an inert client, and the errors.
//! Code that uses the trait or the client then causes no errors of its own, and editors keep completing it.

mod other_item;
mod signature;
mod syntax;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, FnArg, GenericParam, Ident, ItemTrait, TraitItem, TraitItemFn, Type};

use crate::expand::trait_item::{endpoint_method, provided_method, trait_item};
use crate::expand::{client, dyn_trait};
use crate::model::Api;
use crate::parse::attributes::{TraitAttribute, is_cfg};
use crate::parse::method_attributes::is_of_compiler;
pub(crate) use other_item::not_a_trait;
use signature::correct;
pub(crate) use syntax::repaired;

pub(crate) fn expand(api: &Api<'_>, errors: &TokenStream) -> TokenStream {
    let private = api.private();
    let inert = quote!(#private::inert());
    let methods = corrected_methods(api, &private);
    let items =
        methods.iter().map(
            |(method, is_provided)| {
                if *is_provided { provided_method(method) } else { endpoint_method(method, &inert) }
            },
        );
    let mut item = api.item.clone();
    correct_trait(&mut item);
    let trait_item = trait_item(&item, &api.client, items);
    let client = client::expand(api);
    let client_impl = client::implementation(api, std::iter::empty());
    let dynamic = api.args.dynamic.as_ref().filter(|_| item.generics.params.is_empty()).map(|_| {
        let endpoints = methods.iter().filter(|(method, is_provided)| !is_provided && is_dyn_compatible(method));
        dyn_trait::expand(api, &endpoints.map(|(method, _)| method.clone()).collect::<Vec<_>>())
    });
    quote! {
        #errors
        #trait_item
        #client
        #client_impl
        #dynamic
    }
}

/// Returns the methods as they will be once corrected, and whether each has its own body.
fn corrected_methods(api: &Api<'_>, private: &TokenStream) -> Vec<(TraitItemFn, bool)> {
    let mut names = Vec::new();
    let mut methods = Vec::new();
    for item in &api.item.items {
        let Some(mut method) = method_of(item) else { continue };
        if is_again(&method, &mut names) {
            continue;
        }
        let is_provided = is_provided(&method);
        if !is_provided {
            correct(&mut method.sig, &api.item.items, private);
            method.attrs.retain(is_known);
        }
        methods.push((method, is_provided));
    }
    methods
}

/// Returns the item if it is a method, also one that is `pub`.
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

/// Whether there was a method of this name before. Under `cfg`, one of them is compiled.
fn is_again(method: &TraitItemFn, names: &mut Vec<Ident>) -> bool {
    let name = &method.sig.ident;
    let again = names.contains(name) && !method.attrs.iter().any(is_cfg);
    names.push(name.clone());
    again
}

fn correct_trait(item: &mut ItemTrait) {
    item.unsafety = None;
    item.attrs.retain(|attribute| matches!(TraitAttribute::classify(attribute), TraitAttribute::Other));
}

fn is_provided(method: &TraitItemFn) -> bool {
    method.default.is_some() && method.attrs.iter().all(is_known)
}

/// Whether the compiler knows the attribute. Another one may be a misspelled verb, which would be a second error.
fn is_known(attribute: &Attribute) -> bool {
    // There may be such a verb in a `cfg_attr`.
    is_of_compiler(attribute) && !attribute.path().is_ident("cfg_attr")
}
