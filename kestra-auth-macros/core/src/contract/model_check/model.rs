//! A model, its schema, and how mismatches between them are reported.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Type};

use super::arguments::Arguments;
use super::serde_attributes::SerdeAttributes;
use crate::contract::json_type::JsonType;
use crate::contract::mismatch::Mismatch;
use crate::contract::pointer::Pointer;
use crate::contract::schema::Schema;
use crate::diagnostics::Diagnostics;
use crate::spans::moved_to;

pub(super) struct Model<'m> {
    pub(super) input: &'m DeriveInput,
    pub(super) args: &'m Arguments,
    pub(super) schema: Schema<'m>,
    /// Where the schema is.
    pub(super) pointer: Pointer,
    pub(super) serde: SerdeAttributes,
    pub(super) diagnostics: &'m Diagnostics,
}

impl Model<'_> {
    pub(super) fn report(&self, tokens: impl ToTokens, mismatch: Mismatch) {
        self.diagnostics.report(tokens, mismatch);
    }

    /// Generates a check that a field's type is an `Option`.
    pub(super) fn check_optional(&self, ty: &Type, mismatch: &Mismatch) -> TokenStream {
        self.generate(ty, |path, span| {
            let message = mismatch.to_string();
            quote_spanned!(span=> #path::check_optional(#path::FieldProbe::<#ty>::IS_OPTION, #message))
        })
    }

    /// Generates a check that a field's type has one of these JSON types, if it is known.
    pub(super) fn check_json_type(&self, ty: &Type, allowed: &[JsonType], mismatch: &Mismatch) -> TokenStream {
        self.generate(ty, |path, span| {
            let message = mismatch.to_string();
            quote_spanned! {span=>
                #path::check_json_type(#path::FieldProbe::<#ty>::JSON_TYPE, &[#(#path::#allowed),*], #message)
            }
        })
    }

    /// Generates a check that the compiler evaluates, because only the compiler sees through aliases. Generic models
    /// have none: a constant cannot name their parameters.
    fn generate(&self, ty: &Type, call: impl FnOnce(&TokenStream, Span) -> TokenStream) -> TokenStream {
        if !self.input.generics.params.is_empty() {
            return TokenStream::new();
        }
        let private = self.args.private();
        let span = ty.span().resolved_at(Span::call_site());
        // The compiler points at the start of the call, which is its path.
        let call = call(&moved_to(span, private.clone()), span);
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #private::AnyField as _;
                #call
            };
        }
    }
}
