//! What only the compiler can tell of a type. The macro asks it in generated code; a command looks at the files that
//! it has read.

use std::borrow::Cow;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::expected::Expected;
use super::mismatch::Mismatch;
use super::spelled_type::type_arguments;
use crate::parse::mismatch_kind::MismatchKind;

/// A question about a type.
#[derive(Clone, Debug)]
pub(crate) enum Question<'q> {
    /// Whether it is what a schema allows.
    Type { part: Part, expected: Cow<'q, Expected>, mismatches: TypeMismatches },
    /// Whether the value that a result reads, or each item of a stream, is what a schema allows.
    Result { value: Cow<'q, Expected>, item: Cow<'q, Expected>, mismatches: TypeMismatches },
    /// Whether it needs a body, which the response does not have.
    NoBody { part: Part, kind: MismatchKind, mismatch: Mismatch },
    /// Whether it has room for nothing, or for `null`.
    Optional { name: String, holds: Nothing, mismatch: Mismatch },
    /// Whether it reads one of the media types. Its value is an `Option` if a status means `None`.
    Response { media_types: Vec<String>, has_none: bool, mismatch: Mismatch },
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The type itself.
    Whole,
    /// The error body of a return type.
    ErrorBody,
}

/// What a field needs room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nothing {
    /// A property that is missing.
    Missing,
    /// `null`
    Null,
}

/// The mismatches of a type of another kind and of a model of another schema, as far as they are not expected.
/// `{found}` stands for what the type is.
#[derive(Clone, Debug)]
pub(crate) struct TypeMismatches {
    /// The name on the wire of what has the type.
    pub(crate) name: Option<String>,
    pub(crate) other_type: Option<Mismatch>,
    pub(crate) other_model: Option<Mismatch>,
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

impl TypeMismatches {
    /// The message with `{kind}` for the kind of the mismatch, and which of the two kinds are reported.
    fn to_tokens(&self) -> TokenStream {
        let (reports_type, reports_model) = (self.other_type.is_some(), self.other_model.is_some());
        let message = self.other_type.as_ref().or(self.other_model.as_ref()).map(Mismatch::to_string);
        let message = message.unwrap_or_default();
        let message = [MismatchKind::Type, MismatchKind::Model]
            .into_iter()
            .fold(message, |message, kind| message.replace(&format!("expect({})", kind.word()), "expect({kind})"));
        quote!(#message, #reports_type, #reports_model)
    }
}

impl Question<'_> {
    pub(super) fn into_owned(self) -> Question<'static> {
        let owned = |expected: Cow<'_, Expected>| Cow::Owned(expected.into_owned());
        match self {
            Self::Type { part, expected, mismatches } => Question::Type { part, expected: owned(expected), mismatches },
            Self::Result { value, item, mismatches } => {
                Question::Result { value: owned(value), item: owned(item), mismatches }
            }
            Self::NoBody { part, kind, mismatch } => Question::NoBody { part, kind, mismatch },
            Self::Optional { name, holds, mismatch } => Question::Optional { name, holds, mismatch },
            Self::Response { media_types, has_none, mismatch } => {
                Question::Response { media_types, has_none, mismatch }
            }
        }
    }

    /// The call that fails the compilation if there is a mismatch.
    pub(super) fn call(&self, Call { private, path, ty, span }: &Call<'_>) -> TokenStream {
        let constant = |name: &str| {
            let name = Ident::new(name, *span);
            quote_spanned!(*span=> #private::TypeProbe::<#ty>::#name)
        };
        match self {
            Self::Type { part, expected, mismatches } => {
                let (shape, expected) = (constant(part.constant()), expected.to_tokens(private));
                let messages = mismatches.to_tokens();
                quote_spanned!(*span=> #path::check_type(#shape, &#expected, #messages))
            }
            Self::Result { value, item, mismatches } => {
                let (value, item) = (value.to_tokens(private), item.to_tokens(private));
                let (shape, messages) = (constant("SHAPE"), mismatches.to_tokens());
                // A name without arguments is hardly ever that of a list.
                let container = has_arguments(ty).then(|| {
                    let container = quote_spanned!(*span=> #private::ContainerProbe::<#ty>::CONTAINER);
                    quote_spanned!(*span=> .or(#container))
                });
                quote_spanned!(*span=> #path::check_result(#shape #container, &#value, &#item, #messages))
            }
            Self::NoBody { part, mismatch, .. } => {
                let (shape, message) = (constant(part.constant()), mismatch.to_string());
                quote_spanned!(*span=> #path::check_no_body(#shape, #message))
            }
            Self::Optional { holds, mismatch, .. } => {
                let (is_option, message) = (constant(holds.constant()), mismatch.to_string());
                quote_spanned!(*span=> #path::check_optional(#is_option, #message))
            }
            Self::Response { media_types, has_none, mismatch } => {
                let message = mismatch.to_string();
                let result = if *has_none { quote!(OptionalResult) } else { quote!(FromResponse) };
                quote_spanned! {*span=>
                    #path::check_response(
                        #private::ResultProbe::<#ty>::READS_BODY,
                        <<#ty as #private::CallResult>::Output as #private::#result>::ACCEPT,
                        &[#(#media_types),*],
                        #message,
                    )
                }
            }
        }
    }
}

/// Whether the value of a return type may be a container: it has type arguments, or is not spelled as a `Result`.
pub(crate) fn has_arguments(output: &Type) -> bool {
    let Type::Path(path) = output else { return true };
    let result = path.path.segments.last().filter(|segment| segment.ident == "Result");
    match result.and_then(|segment| type_arguments(segment).next()) {
        Some(Type::Path(value)) => value.path.segments.last().is_none_or(|last| !last.arguments.is_none()),
        _ => true,
    }
}

impl Part {
    fn constant(self) -> &'static str {
        match self {
            Self::Whole => "SHAPE",
            Self::ErrorBody => "ERROR",
        }
    }
}

impl Nothing {
    fn constant(self) -> &'static str {
        match self {
            Self::Missing => "IS_OPTION",
            Self::Null => "HOLDS_NULL",
        }
    }
}
