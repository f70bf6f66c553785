//! A model, its schema, and how mismatches between them are reported.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Type};

use super::arguments::Arguments;
use super::serde_attributes::SerdeAttributes;
use crate::contract::document::Node;
use crate::contract::mismatch::Mismatch;
use crate::contract::pointer::Pointer;
use crate::errors::Errors;

pub(super) struct Model<'m> {
    pub(super) input: &'m DeriveInput,
    pub(super) args: &'m Arguments,
    pub(super) schema: Node,
    /// Where the schema is.
    pub(super) pointer: Pointer,
    pub(super) serde: SerdeAttributes,
    pub(super) errors: &'m Errors,
}

/// A check that the compiler makes of a field's type, because it alone sees through aliases.
pub(super) struct TypeCheck<'c> {
    /// The function that checks.
    pub(super) function: &'static str,
    /// The constant of `FieldProbe` that it checks.
    pub(super) constant: &'static str,
    pub(super) allowed: &'c [&'static str],
    pub(super) mismatch: Mismatch,
}

impl Model<'_> {
    pub(super) fn report(&self, tokens: impl ToTokens, mismatch: Mismatch) {
        self.errors.spanned(tokens, mismatch);
    }

    /// Generates a check of a field's type. Generic models have none: a constant cannot name their parameters.
    pub(super) fn generate(&self, ty: &Type, check: &TypeCheck<'_>) -> TokenStream {
        if !self.input.generics.params.is_empty() {
            return TokenStream::new();
        }
        let TypeCheck { function, constant, allowed, mismatch } = check;
        let private = self.args.private();
        let span = ty.span().resolved_at(Span::call_site());
        // The compiler points at the start of the call, which is its path.
        let path = crate::expand::respan(private.clone(), span);
        let (function, constant) = (Ident::new(function, span), Ident::new(constant, span));
        let message = mismatch.to_string();
        let call =
            quote_spanned!(span=> #path::#function(#path::FieldProbe::<#ty>::#constant, &[#(#allowed),*], #message));
        quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #private::AnyField as _;
                #call
            };
        }
    }
}
