//! The result of an endpoint, as far as its tokens show what it is. What aliases can hide is checked by the compiler.

use proc_macro2::{Span, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    GenericArgument, Lifetime, PathArguments, ReturnType, Signature, Type, TypeImplTrait, TypeInfer, TypeReference,
};

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::attributes::boxed_by_async_trait;
use crate::parse::type_tokens::has_token;
use crate::spans::text_of;

/// The result is a type with a name, which owns what it holds: the response is gone when the call returns.
pub(super) fn result(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let sig = &endpoint.item.sig;
    if boxed_by_async_trait(sig).is_some() {
        return;
    }
    let ReturnType::Type(_, ty) = &sig.output else {
        let message = format!(
            "endpoint `{}` must return a `Result`\nhelp: write `-> Result<(), Error>`, or the type of the response",
            sig.ident
        );
        diagnostics.report(&sig.ident, message);
        return;
    };
    if let Type::Never(_) = **ty {
        let message =
            format!("endpoint `{}` must return a `Result`, found `!`\nhelp: write `Result<(), Error>`", sig.ident);
        diagnostics.report(ty, message);
    } else {
        named_and_owned(sig, ty, diagnostics);
    }
}

fn named_and_owned(sig: &Signature, ty: &Type, diagnostics: &Diagnostics) {
    let responses = response_types(ty);
    let mut found = Unreadable::default();
    // Most results have neither, and a visit needs a copy.
    if has_token(ty, &|tree| match tree {
        TokenTree::Ident(word) => matches!(&*word.to_string(), "impl" | "_"),
        TokenTree::Punct(punct) => matches!(punct.as_char(), '_' | '&' | '\''),
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    }) {
        found.visit_type_mut(&mut ty.clone());
    }
    let opaque = found.opaque.filter(|_| sig.asyncness.is_some());
    if let Some(opaque) = &opaque {
        let message = format!(
            "expected the type of the response, found `{}`\nhelp: write it, as in `Result<Vec<Flow>, Error>`",
            text_of(opaque.to_token_stream())
        );
        diagnostics.report(opaque, message);
    } else if let Some(infer) = found.infer {
        let message = "expected the type of the response, found `_`\nhelp: write it, as in `Result<Vec<Flow>, Error>`";
        diagnostics.report(infer, message);
    } else if let Some((span, borrow)) = found.borrow.or_else(|| responses.iter().find_map(|ty| static_borrow(ty))) {
        let message = format!(
            "a result cannot borrow, found `{borrow}`: the response is dropped when the call returns\n\
             help: write an owned type, such as `Text` for `&str`, or `Vec<T>` for `&[T]`"
        );
        diagnostics.report_at(span, message);
    } else if let Some((ty, help)) = arguments(ty).iter().find_map(|ty| unsized_help(ty).map(|help| (*ty, help))) {
        let found = text_of(ty.to_token_stream());
        let message = format!("expected a type of a known size in the result, found `{found}`\nhelp: {help}");
        diagnostics.report(ty, message);
    }
}

/// Returns the generic arguments of the result that are types.
fn arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(path) = ty else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Returns the arguments of the result but the error, which need not be read from a response.
fn response_types(ty: &Type) -> Vec<&Type> {
    let mut types = arguments(ty);
    if types.len() > 1 {
        types.pop();
    }
    types
}

fn static_borrow(ty: &Type) -> Option<(Span, String)> {
    if !has_token(ty, &|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '&')) {
        return None;
    }
    let mut found = StaticBorrow(None);
    found.visit_type_mut(&mut ty.clone());
    found.0.map(|span| (span, "&'static".to_owned()))
}

fn unsized_help(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Slice(_) => Some("write `Vec<T>`, or `Binary` for bytes"),
        Type::TraitObject(_) => Some("write a type that implements the trait"),
        Type::Path(path) if path.path.is_ident("Self") => Some("write the type of the response"),
        Type::Path(path) if path.path.is_ident("str") => Some("write `Text` for the body as text, or `Json<String>`"),
        _ => None,
    }
}

/// The types that no response can be read into.
#[derive(Default)]
struct Unreadable {
    opaque: Option<TypeImplTrait>,
    infer: Option<TypeInfer>,
    borrow: Option<(Span, String)>,
}

impl VisitMut for Unreadable {
    fn visit_type_impl_trait_mut(&mut self, ty: &mut TypeImplTrait) {
        self.opaque.get_or_insert_with(|| ty.clone());
    }

    fn visit_type_infer_mut(&mut self, ty: &mut TypeInfer) {
        self.infer.get_or_insert_with(|| ty.clone());
    }

    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            self.borrow.get_or_insert_with(|| (reference.and_token.span, "&".to_owned()));
        }
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" {
            self.borrow.get_or_insert_with(|| (lifetime.span(), lifetime.to_string()));
        }
    }
}

/// A reference with the lifetime `'static`, which serde cannot read into. Other types with it, such as
/// `Cow<'static, str>`, can be read.
struct StaticBorrow(Option<Span>);

impl VisitMut for StaticBorrow {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        self.0.get_or_insert(reference.and_token.span);
    }
}
