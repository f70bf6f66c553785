//! Compares a Rust type with a schema: the macro what the spelling reveals, the compiler the rest.

use std::cell::RefCell;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Type};

use super::expected::Expected;
use super::mismatch::{Mismatch, Report};
use super::pointer::Pointer;
use super::spelled_type::SpelledType;
use crate::lifetimes::elided;
use crate::parse::mismatch_kind::MismatchKind;
use crate::spans::moved_to;

/// What a type is for, in messages.
pub(super) struct Subject {
    /// As in `expected {a result of} …`.
    pub(super) what: String,
    /// The name on the wire.
    pub(super) name: Option<String>,
    pub(super) pointer: Pointer,
}

/// A type to compare, and where it is.
pub(super) struct Checked<'t> {
    /// The type as it is spelled, at which errors point.
    pub(super) ty: &'t Type,
    /// The type that the compiler is asked about: the same, or one that it is a part of.
    pub(super) asked: &'t Type,
    /// Whether the type means the same outside of its method or model.
    pub(super) is_concrete: bool,
    pub(super) cfgs: Vec<&'t Attribute>,
}

impl Subject {
    /// What has no name of its own.
    pub(super) fn whole(what: &str, pointer: Pointer) -> Self {
        Self { what: what.to_owned(), name: None, pointer }
    }

    /// A parameter, a field or a part.
    pub(super) fn named(name: &str, pointer: Pointer) -> Self {
        Self { what: format!("`{name}` as"), name: Some(name.to_owned()), pointer }
    }
}

/// The checks of one trait or model that only the compiler can make.
pub(super) struct CompilerChecks {
    private: TokenStream,
    tokens: RefCell<TokenStream>,
}

/// What the call of a function of the runtime is made of.
pub(super) struct Call<'c> {
    /// The module of the runtime.
    pub(super) private: &'c TokenStream,
    /// The same, for the start of the call.
    pub(super) path: &'c TokenStream,
    pub(super) ty: &'c Type,
    pub(super) span: Span,
}

/// How much the spelling of a type says.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    Fits,
    /// The type is another one, in words.
    Mismatch(String),
    /// The compiler has to say what the type is.
    Ask,
}

impl CompilerChecks {
    pub(super) fn new(private: TokenStream) -> Self {
        Self { private, tokens: RefCell::default() }
    }

    pub(super) fn finish(self) -> TokenStream {
        self.tokens.into_inner()
    }

    /// Compares a type with a schema.
    pub(super) fn check(&self, checked: &Checked<'_>, expected: &Expected, subject: &Subject, report: &dyn Report) {
        match compare(&SpelledType::of(checked.ty), expected) {
            Verdict::Fits => {}
            Verdict::Mismatch(found) => {
                report.report(
                    MismatchKind::Type,
                    subject.name.as_deref(),
                    checked.ty,
                    mismatch(expected, subject, &found),
                );
            }
            Verdict::Ask => self.ask(checked, |Call { private, path, ty, span }| {
                let tokens = expected.to_tokens(private);
                let messages = messages(expected, subject, report);
                quote_spanned!(span=> #path::check_type(#private::TypeProbe::<#ty>::SHAPE, &#tokens, #messages))
            }),
        }
    }

    /// Adds a call of one of the runtime's functions, which fails at the type.
    pub(super) fn ask(&self, checked: &Checked<'_>, call: impl FnOnce(Call<'_>) -> TokenStream) {
        if !checked.is_concrete {
            return;
        }
        let ty = elided(checked.asked);
        let span = checked.ty.span().resolved_at(Span::call_site());
        let (private, cfgs) = (&self.private, &checked.cfgs);
        // The compiler points at the start of the call, which is its path.
        let path = moved_to(span, private.clone());
        let call = call(Call { private, path: &path, ty: &ty, span });
        self.tokens.borrow_mut().extend(quote! {
            #(#cfgs)*
            const _: () = {
                #[allow(unused_imports)]
                use #private::AnyType as _;
                #call
            };
        });
    }
}

/// The messages for a type of another kind and for a model of another schema; `{found}` is what the type is.
pub(super) fn messages(expected: &Expected, subject: &Subject, report: &dyn Report) -> TokenStream {
    let message = |kind| {
        let message = report.message(kind, subject.name.as_deref(), mismatch(expected, subject, "{found}"));
        message.map_or_else(
            || quote!(::core::option::Option::None),
            |message| quote!(::core::option::Option::Some(#message)),
        )
    };
    let (other_type, other_model) = (message(MismatchKind::Type), message(MismatchKind::Model));
    quote!(#other_type, #other_model)
}

pub(super) fn mismatch(expected: &Expected, subject: &Subject, found: &str) -> Mismatch {
    Mismatch {
        what: format!("expected {} {}, found {found}", subject.what, expected.text()),
        help: format!("write a type such as `{}`", expected.rust()),
        pointer: subject.pointer.clone(),
    }
}

/// Compares what the spelling of a type reveals with a schema.
pub(super) fn compare(ty: &SpelledType<'_>, expected: &Expected) -> Verdict {
    if expected.is_any() {
        return Verdict::Fits;
    }
    let (inner, expected) = match ty {
        SpelledType::Opaque | SpelledType::Unit => return Verdict::Fits,
        SpelledType::Unknown(_) if expected.is_any_scalar() => return Verdict::Fits,
        SpelledType::Unknown(_) => return Verdict::Ask,
        SpelledType::Scalar(scalar, _) if expected.allows(*scalar) => return Verdict::Fits,
        SpelledType::Scalar(..) => return Verdict::Mismatch(ty.text()),
        SpelledType::Optional(inner) => return compare(inner, expected),
        SpelledType::List(inner) => (inner, expected.list()),
        SpelledType::Map(inner) => (inner, expected.map()),
    };
    match expected.map(|expected| compare(inner, expected)) {
        None | Some(Verdict::Mismatch(_)) => Verdict::Mismatch(ty.text()),
        Some(verdict) => verdict,
    }
}
