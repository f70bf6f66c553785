//! Compares a Rust type with a schema: the macro what the spelling reveals, the compiler the rest.

use std::borrow::Cow;
use std::cell::RefCell;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Attribute, Type};

use super::expected::Expected;
use super::mismatch::{Mismatch, Report};
use super::pointer::Pointer;
use super::question::{Call, Part, Question, TypeMismatches};
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
pub(crate) struct CompilerChecks {
    private: TokenStream,
    tokens: RefCell<TokenStream>,
    /// The questions themselves, for a command.
    asked: Option<RefCell<Vec<Asked>>>,
}

/// A question about a type.
pub(crate) struct Asked {
    pub(crate) ty: Type,
    /// Where a mismatch is reported.
    pub(crate) span: Span,
    pub(crate) question: Question<'static>,
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
        Self { private, tokens: RefCell::default(), asked: None }
    }

    /// Keeps the questions, and generates nothing.
    pub(crate) fn of_list() -> Self {
        Self { asked: Some(RefCell::default()), ..Self::new(TokenStream::new()) }
    }

    /// Returns the questions that have been kept since they were last asked for.
    pub(crate) fn take(&self) -> Vec<Asked> {
        self.asked.as_ref().map(RefCell::take).unwrap_or_default()
    }

    /// The checks, which share what they import.
    pub(super) fn finish(self) -> TokenStream {
        let (private, checks) = (&self.private, self.tokens.into_inner());
        if checks.is_empty() {
            return checks;
        }
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #private::{AnyContainer as _, AnyType as _, ProbeDefaults as _};
                #checks
            };
        }
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
            Verdict::Ask => self.ask(checked, || Question::Type {
                part: Part::Whole,
                expected: Cow::Borrowed(expected),
                mismatches: type_mismatches(expected, subject, report),
            }),
        }
    }

    /// Adds a call of one of the runtime's functions, which fails at the type.
    pub(super) fn ask<'q>(&self, checked: &Checked<'_>, question: impl FnOnce() -> Question<'q>) {
        if !checked.is_concrete {
            return;
        }
        let ty = elided(checked.asked);
        let span = checked.ty.span();
        if let Some(asked) = &self.asked {
            asked.borrow_mut().push(Asked { ty, span, question: question().into_owned() });
            return;
        }
        let span = span.resolved_at(Span::call_site());
        let (private, cfgs) = (&self.private, &checked.cfgs);
        // The compiler points at the start of the call, which is its path.
        let path = moved_to(span, private.clone());
        let call = question().call(&Call { private, path: &path, ty: &ty, span });
        self.tokens.borrow_mut().extend(quote! {
            #(#cfgs)*
            const _: () = #call;
        });
    }
}

/// The mismatches of a type of another kind and of a model of another schema.
pub(super) fn type_mismatches(expected: &Expected, subject: &Subject, report: &dyn Report) -> TypeMismatches {
    let possible = |kind| report.possible(kind, subject.name.as_deref(), mismatch(expected, subject, "{found}"));
    let (other_type, other_model) = (possible(MismatchKind::Type), possible(MismatchKind::Model));
    TypeMismatches { name: subject.name.clone(), other_type, other_model }
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
