//! Generates code after an error: the trait as it will read once corrected, and a client that never sends.
//!
//! Code that uses the trait or its client then causes no second error, and completion in editors still works.

pub(crate) mod other_item;
mod signature;
pub(crate) mod syntax;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, FnArg, GenericParam, Ident, TraitItem, TraitItemFn, Type};

use crate::expand::trait_item::{endpoint_method, provided_method, trait_item};
use crate::expand::{client, dyn_trait, tokens};
use crate::model::Api;
use crate::parse::attributes::{TraitAttribute, is_cfg};
use crate::parse::method_attributes::is_of_compiler;

pub(crate) fn expand(api: &Api<'_>, errors: &TokenStream) -> TokenStream {
    let private = api.private();
    let is_dyn = api.args.dynamic.is_some() && api.item.generics.params.is_empty();
    let methods = corrected_methods(api, is_dyn, &private);
    let try_with_options =
        is_dyn.then(|| dyn_trait::try_with_options(api, Some(&quote!(::core::option::Option::None))));
    let mut items = TokenStream::new();
    for method in &methods {
        match method {
            Corrected::Endpoint(item) => inert_method(&mut items, api, item),
            Corrected::Provided(item) => provided_method(&mut items, &api.runtime, item),
        }
    }
    items.extend(try_with_options);
    let mut item = api.item.clone();
    item.unsafety = None;
    item.attrs.retain(|attribute| matches!(TraitAttribute::classify(attribute), TraitAttribute::Other));
    let trait_item = trait_item(&item, &api.client, &items);
    let client = client::expand(api);
    // The trait's default bodies are enough: even with `no_defaults`, they are there after an error.
    let client_impl = client::implementation(api, &TokenStream::new());
    let dyn_trait = is_dyn.then(|| {
        let endpoints = methods.iter().filter_map(|method| match method {
            Corrected::Endpoint(item) if is_dyn_compatible(item) => Some(item.clone()),
            Corrected::Endpoint(_) | Corrected::Provided(_) => None,
        });
        dyn_trait::expand(api, &endpoints.collect::<Vec<_>>())
    });
    let imports = tokens::imports(api);
    quote! {
        #errors
        #imports
        #trait_item
        #client
        #client_impl
        #dyn_trait
    }
}

/// Appends an endpoint whose calls never end.
fn inert_method(tokens: &mut TokenStream, api: &Api<'_>, item: &TraitItemFn) {
    let runtime = &api.runtime;
    tokens.extend(quote!(#[allow(unused_variables)]));
    endpoint_method(tokens, runtime, item, quote!(#runtime::inert()));
}

/// A method as it will read once corrected.
enum Corrected {
    Endpoint(TraitItemFn),
    Provided(TraitItemFn),
}

fn corrected_methods(api: &Api<'_>, is_dyn: bool, private: &TokenStream) -> Vec<Corrected> {
    // With `dyn`, the trait has a method of this name already.
    let mut names: Vec<Ident> = is_dyn.then(|| format_ident!("try_with_options")).into_iter().collect();
    let mut methods = Vec::new();
    for item in &api.item.items {
        let Some(mut method) = method_of(item) else { continue };
        if is_duplicate(&method, &mut names) {
            continue;
        }
        if method.default.is_some() && method.attrs.iter().all(is_known) {
            methods.push(Corrected::Provided(method));
        } else {
            signature::correct(&mut method.sig, &api.item.items, private);
            method.attrs.retain(is_known);
            methods.push(Corrected::Endpoint(method));
        }
    }
    methods
}

/// Returns the method, even if it has a `pub` that does not belong there.
fn method_of(item: &TraitItem) -> Option<TraitItemFn> {
    match item {
        TraitItem::Fn(method) => Some(method.clone()),
        TraitItem::Verbatim(tokens) => {
            let without_pub = tokens.clone().into_iter().filter(|tree| tree.to_string() != "pub");
            syn::parse2(without_pub.collect()).ok()
        }
        _ => None,
    }
}

/// Returns whether an earlier method has this name. Under `cfg`, two methods can share one.
fn is_duplicate(method: &TraitItemFn, names: &mut Vec<Ident>) -> bool {
    let name = &method.sig.ident;
    let is_duplicate = names.contains(name) && !method.attrs.iter().any(is_cfg);
    names.push(name.clone());
    is_duplicate
}

/// Returns whether the compiler knows an attribute. A misspelled verb would be a second error.
fn is_known(attribute: &Attribute) -> bool {
    // A `cfg_attr` may contain such a verb.
    is_of_compiler(attribute) && !attribute.path().is_ident("cfg_attr")
}

fn is_dyn_compatible(method: &TraitItemFn) -> bool {
    let is_impl = |input: &FnArg| matches!(input, FnArg::Typed(typed) if matches!(&*typed.ty, Type::ImplTrait(_)));
    method.sig.generics.params.iter().all(|param| matches!(param, GenericParam::Lifetime(_)))
        && !method.sig.inputs.iter().any(is_impl)
}
