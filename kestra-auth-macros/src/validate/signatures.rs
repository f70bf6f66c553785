//! The rules of an endpoint's signature.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, Lifetime, PatType, Receiver, ReceiverKind, ReturnType, Safety, Signature, TraitItemFn, Type, TypeImplTrait,
    TypeReference,
};

use crate::diagnostics::Diagnostics;

pub(super) fn check(item: &TraitItemFn, diagnostics: &Diagnostics) {
    words(&item.sig, diagnostics);
    receiver(item, diagnostics);
    result(&item.sig, diagnostics);
    for input in &item.sig.inputs {
        if let FnArg::Typed(typed) = input {
            plain_name(typed, diagnostics);
        }
    }
}

fn words(sig: &Signature, diagnostics: &Diagnostics) {
    if sig.asyncness.is_none() {
        diagnostics.report(sig.fn_token, format!("`{0}` is not async\nhelp: write `async fn {0}`", sig.ident));
    }
    for (word, span) in [
        ("unsafe", (!matches!(sig.safety, Safety::Default)).then(|| sig.safety.span())),
        ("const", sig.constness.map(|token| token.span)),
        ("extern", sig.abi.as_ref().map(|abi| abi.extern_token.span)),
    ] {
        if let Some(span) = span {
            diagnostics.report_at(span, format!("an endpoint is not `{word}`\nhelp: write `async fn {}`", sig.ident));
        }
    }
    if let Some(dots) = &sig.variadic {
        diagnostics.report(dots, "an endpoint has a fixed number of parameters\nhelp: remove `...`");
    }
}

/// Exactly `&self`: a client is shared, and a fake should not have to be mutable.
fn receiver(item: &TraitItemFn, diagnostics: &Diagnostics) {
    let Some(receiver) = item.sig.receiver() else {
        let message = format!("`{}` has no receiver\nhelp: write `&self` as its first parameter", item.sig.ident);
        diagnostics.report(&item.sig.ident, message);
        return;
    };
    if let Some(attribute) = receiver.attrs.first() {
        diagnostics.report(
            attribute.path(),
            "`self` is not sent\nhelp: remove the attribute, or move it to the argument that it describes",
        );
    }
    if !is_shared_self(receiver) {
        diagnostics.report(
            WithoutAttributes(receiver),
            format!("`{}` does not borrow its client\nhelp: write `&self`", item.sig.ident),
        );
    }
}

fn is_shared_self(receiver: &Receiver) -> bool {
    match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => mutability.is_none(),
        ReceiverKind::Typed(_, ty) => {
            matches!(&**ty, Type::Reference(reference)
                if reference.mutability.is_none()
                    && matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("Self")))
        }
        _ => false,
    }
}

struct WithoutAttributes<'a>(&'a Receiver);

impl quote::ToTokens for WithoutAttributes<'_> {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let mut receiver = self.0.clone();
        receiver.attrs.clear();
        receiver.to_tokens(tokens);
    }
}

/// A type with a name, which owns what it holds: the answer is gone when the call returns.
fn result(sig: &Signature, diagnostics: &Diagnostics) {
    let ReturnType::Type(_, ty) = &sig.output else {
        let message =
            format!("`{}` has no result\nhelp: write `-> Result<(), Error>`, or the type of its answer", sig.ident);
        diagnostics.report(&sig.ident, message);
        return;
    };
    let mut faults = Faults::default();
    faults.visit_type_mut(&mut ty.clone());
    match faults {
        Faults { opaque: Some(opaque), .. } if sig.asyncness.is_some() => {
            diagnostics.report(
                opaque,
                "`impl` does not say what the answer is read into\nhelp: write the type, as in `Result<Vec<Flow>, Error>`",
            );
        }
        Faults { borrow: Some((span, found)), .. } => {
            let message = format!(
                "the result borrows, by `{found}`, from an answer that is gone when the call returns\n\
                 help: write a type that owns what it holds, as `String` for `&str`"
            );
            diagnostics.report_at(span, message);
        }
        Faults { .. } => {}
    }
}

#[derive(Default)]
struct Faults {
    opaque: Option<TypeImplTrait>,
    borrow: Option<(Span, String)>,
}

impl VisitMut for Faults {
    fn visit_type_impl_trait_mut(&mut self, ty: &mut TypeImplTrait) {
        self.opaque.get_or_insert_with(|| ty.clone());
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

/// A parameter's name; a pattern has none to send, nor one for a placeholder.
fn plain_name(typed: &PatType, diagnostics: &Diagnostics) {
    let syn::Pat::Ident(pattern) = &*typed.pat else {
        diagnostics.report(&typed.pat, "a parameter of an endpoint has a plain name\nhelp: write `name: T`");
        return;
    };
    let found = if let Some((at, _)) = &pattern.subpat {
        Some((at.span, "a pattern behind `@`"))
    } else if let Some(token) = &pattern.by_ref {
        Some((token.span, "`ref`"))
    } else {
        pattern.mutability.map(|token| (token.span, "`mut`"))
    };
    if let Some((span, what)) = found {
        let message =
            format!("a parameter of an endpoint has a plain name, without {what}\nhelp: write `{}: T`", pattern.ident);
        diagnostics.report_at(span, message);
    }
}
