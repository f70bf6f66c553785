//! A model, its schema, and how mismatches between them are reported.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{DeriveInput, Type};

use super::arguments::Arguments;
use super::serde_attributes::SerdeAttributes;
use crate::contract::mismatch::Log;
use crate::contract::pointer::Pointer;
use crate::contract::schema::Schema;
use crate::contract::type_check::{Checked, CompilerChecks};

pub(crate) struct Model<'m> {
    pub(super) input: &'m DeriveInput,
    pub(super) args: &'m Arguments,
    pub(super) schema: Schema<'m>,
    /// Where the schema is.
    pub(super) pointer: Pointer,
    pub(super) serde: SerdeAttributes,
    pub(super) log: &'m Log<'m>,
    pub(super) checks: &'m CompilerChecks,
}

impl Model<'_> {
    /// The type of a field, for a comparison.
    pub(super) fn checked<'t>(&self, ty: &'t Type) -> Checked<'t> {
        Checked { ty, asked: ty, is_concrete: self.is_concrete(ty), cfgs: Vec::new() }
    }

    /// Whether a type names no type parameter of the model: a constant cannot do that.
    pub(super) fn is_concrete(&self, ty: &Type) -> bool {
        let generics = &self.input.generics;
        let types = generics.type_params().map(|parameter| &parameter.ident);
        let names: Vec<&Ident> = types.chain(generics.const_params().map(|parameter| &parameter.ident)).collect();
        !mentions(quote!(#ty), &names)
    }
}

fn mentions(tokens: TokenStream, names: &[&Ident]) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "Self" || names.iter().any(|name| **name == ident),
        TokenTree::Group(group) => mentions(group.stream(), names),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
