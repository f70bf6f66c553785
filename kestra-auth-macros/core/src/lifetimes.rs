//! Types of arguments outside of their method.

use syn::visit_mut::{self, VisitMut};
use syn::{Lifetime, Type, TypeReference, parse_quote};

/// Returns a type with the lifetimes elided that only the method, or only the model, has.
pub(crate) fn elided(ty: &Type) -> Type {
    let mut ty = ty.clone();
    Elided.visit_type_mut(&mut ty);
    ty
}

struct Elided;

impl VisitMut for Elided {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime = None;
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" {
            *lifetime = parse_quote!('_);
        }
    }
}
