//! The signature of an endpoint, apart from its result.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{FnArg, Pat, PatType, Receiver, ReceiverKind, Safety, Signature, Type};

use crate::diagnostics::Diagnostics;
use crate::model::Endpoint;
use crate::parse::attributes::boxed_by_async_trait;
use crate::validate::extractors;

pub(super) fn check(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let sig = &endpoint.item.sig;
    // The signature is not the user's then, and the attribute is reported at the trait.
    if boxed_by_async_trait(sig).is_some() {
        return;
    }
    keywords(sig, diagnostics);
    receiver(sig, diagnostics);
    for input in &sig.inputs {
        if let FnArg::Typed(typed) = input {
            parameter_name(typed, diagnostics);
        }
    }
}

fn keywords(sig: &Signature, diagnostics: &Diagnostics) {
    if sig.asyncness.is_none() {
        diagnostics
            .report(sig.fn_token, format!("endpoint `{0}` must be async\nhelp: write `async fn {0}`", sig.ident));
    }
    for (keyword, span) in [
        ("unsafe", (!matches!(sig.safety, Safety::Default)).then(|| sig.safety.span())),
        ("const", sig.constness.map(|token| token.span)),
        ("extern", sig.abi.as_ref().map(|abi| abi.extern_token.span)),
    ] {
        if let Some(span) = span {
            let message = format!("endpoint `{0}` cannot be `{keyword}`\nhelp: write `async fn {0}`", sig.ident);
            diagnostics.report_at(span, message);
        }
    }
    if let Some(dots) = &sig.variadic {
        let message = format!("endpoint `{}` cannot be variadic\nhelp: remove `...`", sig.ident);
        diagnostics.report(dots, message);
    }
}

/// The receiver is `&self`: a client is shared, and a fake should not have to be mutable.
fn receiver(sig: &Signature, diagnostics: &Diagnostics) {
    let Some(receiver) = sig.receiver() else {
        let help = match sig.inputs.first() {
            Some(FnArg::Typed(first)) if matches!(&*first.pat, Pat::Ident(name) if name.ident == "client") => {
                "write `&self` instead of `client`"
            }
            _ => "write `&self` as its first parameter",
        };
        diagnostics.report(&sig.ident, format!("endpoint `{}` must take `&self`\nhelp: {help}", sig.ident));
        return;
    };
    if let Some(attribute) = receiver.attrs.first() {
        let message = "unexpected attribute of `self`\nhelp: remove it, or move it to the argument that it describes";
        diagnostics.report(attribute.path(), message);
    }
    if !is_shared_self(receiver) {
        let message = format!("endpoint `{}` must take `&self`\nhelp: write `&self`", sig.ident);
        diagnostics.report(WithoutAttributes(receiver), message);
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

impl ToTokens for WithoutAttributes<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut receiver = self.0.clone();
        receiver.attrs.clear();
        receiver.to_tokens(tokens);
    }
}

/// A parameter has a name, which is sent or is that of a placeholder.
fn parameter_name(typed: &PatType, diagnostics: &Diagnostics) {
    let Pat::Ident(pattern) = &*typed.pat else {
        let message =
            format!("expected the name of a parameter, found a pattern\nhelp: {}", extractors::pattern(typed));
        diagnostics.report(&typed.pat, message);
        return;
    };
    let found = if let Some((at, _)) = &pattern.subpat {
        Some((at.span, "`@`"))
    } else if let Some(token) = &pattern.by_ref {
        Some((token.span, "`ref`"))
    } else {
        pattern.mutability.map(|token| (token.span, "`mut`"))
    };
    if let Some((span, found)) = found {
        let message = format!("unexpected {found} in the parameter `{0}`\nhelp: write `{0}: T`", pattern.ident);
        diagnostics.report_at(span, message);
    }
}

/// A type is written out: nothing infers it in a trait.
pub(super) fn parameter_types(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in endpoint.params.iter().filter(|param| matches!(param.ty, Type::Infer(_))) {
        let message = format!(
            "expected the type of the parameter `{0}`, found `_`\nhelp: write it, as in `{0}: &str`",
            param.ident
        );
        diagnostics.report(param.ty, message);
    }
}
