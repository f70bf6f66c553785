//! Corrects the signatures of endpoints.

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericArgument, GenericParam, Ident, Lifetime, Pat, PathArguments, ReturnType, Safety, Signature,
    TraitItem, Type, TypeParamBound, TypeReference, parse_quote,
};

use crate::parse::attributes::boxed_by_async_trait;

// Input:  fn index(self, (a, b): (u8, u8))
// Output: async fn index(&self, __argument_0: (u8, u8)) -> Result<(), Error>
pub(super) fn correct(sig: &mut Signature, items: &[TraitItem], private: &TokenStream) {
    let is_boxed = boxed_by_async_trait(sig).is_some();
    let was_async = sig.asyncness.is_some();
    sig.asyncness.get_or_insert_with(Default::default);
    sig.constness = None;
    sig.safety = Safety::Default;
    sig.abi = None;
    sig.variadic = None;
    let mut types = CorrectTypes { associated: associated_types(items), private };
    match &mut sig.output {
        ReturnType::Type(_, ty) if !matches!(**ty, Type::Never(_)) => {
            if let (false, Some(output)) = (was_async, future_output(ty)) {
                **ty = output;
            }
            correct_arguments(ty);
        }
        output => *output = parse_quote!(-> ::core::result::Result<(), #private::Error>),
    }
    let arguments = sig.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_))).cloned();
    let receiver: FnArg = parse_quote!(&self);
    sig.inputs = std::iter::once(receiver).chain(arguments).collect::<Punctuated<_, _>>();
    correct_patterns(sig);
    if is_boxed {
        unbox(sig);
    }
    types.visit_return_type_mut(&mut sig.output);
    for input in &mut sig.inputs {
        if let FnArg::Typed(typed) = input
            && matches!(*typed.ty, Type::Infer(_))
        {
            *typed.ty = parse_quote!(());
        }
    }
}

/// Gives each parameter a name that no other parameter has.
fn correct_patterns(sig: &mut Signature) {
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

/// Returns `T` of `impl Future<Output = T>` and of `Pin<Box<dyn Future<Output = T>>>`.
fn future_output(ty: &Type) -> Option<Type> {
    let bounds = match ty {
        Type::ImplTrait(ty) => &ty.bounds,
        Type::TraitObject(ty) => &ty.bounds,
        Type::Path(path) => {
            let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
            let [GenericArgument::Type(inner)] = arguments.args.iter().collect::<Vec<_>>()[..] else { return None };
            return future_output(inner);
        }
        _ => return None,
    };
    bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else { return None };
        let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last()?.arguments else { return None };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(assoc) if assoc.ident == "Output" => Some(assoc.ty.clone()),
            _ => None,
        })
    })
}

/// Removes the lifetimes that `#[async_trait]` adds.
fn unbox(sig: &mut Signature) {
    let params = std::mem::take(&mut sig.generics.params).into_iter();
    sig.generics.params =
        params.filter(|param| !matches!(param, GenericParam::Lifetime(param) if is_added(&param.lifetime))).collect();
    sig.generics.where_clause = None;
    RemoveAdded.visit_signature_mut(sig);
}

fn is_added(lifetime: &Lifetime) -> bool {
    let name = lifetime.ident.to_string();
    name == "async_trait" || name.strip_prefix("life").is_some_and(|number| number.parse::<u32>().is_ok())
}

struct RemoveAdded;

impl VisitMut for RemoveAdded {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime.take_if(|lifetime| is_added(lifetime));
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if is_added(lifetime) {
            *lifetime = parse_quote!('_);
        }
    }
}

/// Replaces the unsized arguments of a result.
fn correct_arguments(ty: &mut Type) {
    let Type::Path(path) = ty else { return };
    let Some(last) = path.path.segments.last_mut() else { return };
    let PathArguments::AngleBracketed(arguments) = &mut last.arguments else { return };
    for argument in &mut arguments.args {
        if let GenericArgument::Type(ty) = argument
            && (matches!(ty, Type::Slice(_) | Type::TraitObject(_))
                || matches!(ty, Type::Path(path) if path.path.is_ident("str")))
        {
            *ty = parse_quote!(());
        }
    }
}

fn associated_types(items: &[TraitItem]) -> Vec<Ident> {
    let names = items.iter().filter_map(|item| match item {
        TraitItem::Type(item) => Some(item.ident.clone()),
        _ => None,
    });
    names.collect()
}

/// Replaces the types of a result that no body can return, and the associated types that an API does not have.
struct CorrectTypes<'a> {
    associated: Vec<Ident>,
    private: &'a TokenStream,
}

impl VisitMut for CorrectTypes<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        let private = self.private;
        match ty {
            Type::ImplTrait(_) | Type::Infer(_) => *ty = parse_quote!(()),
            Type::Path(path) if path.path.is_ident("Self") => *ty = parse_quote!(()),
            Type::Path(path)
                if path.path.segments.len() == 2
                    && path.path.segments[0].ident == "Self"
                    && self.associated.contains(&path.path.segments[1].ident) =>
            {
                *ty = parse_quote!(#private::Error);
            }
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }
}
