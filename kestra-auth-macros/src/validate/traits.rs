//! What may stand before `trait`.

use syn::GenericParam;

use crate::diagnostics::Diagnostics;
use crate::model::Api;
use crate::parse::attributes::is_meant_for_traits;

/// Words before `trait` that an API cannot have.
pub(super) fn trait_words(api: &Api<'_>, diagnostics: &Diagnostics) {
    if let Some(token) = &api.item.unsafety {
        diagnostics.spanned(token, "an API trait is not `unsafe`\nhelp: remove the word");
    }
    let methods = api.endpoints().map(|endpoint| &endpoint.item.sig.generics);
    for param in std::iter::once(&api.item.generics).chain(methods).flat_map(|generics| &generics.params) {
        if let GenericParam::Type(param) = param
            && param.ident == "_"
        {
            diagnostics.spanned(&param.ident, "a generic parameter has no name\nhelp: write one, as in `T`");
        }
    }
}

/// Attributes of the trait that would do the same work again.
pub(super) fn trait_attributes(api: &Api<'_>, diagnostics: &Diagnostics) {
    for attribute in api.item.attrs.iter().filter(|attribute| is_meant_for_traits(attribute)) {
        let path = attribute.path();
        let message = if path.segments.last().is_some_and(|last| last.ident == "api") {
            "`#[api]` stands on this trait twice\nhelp: remove one, and write the arguments of both into the other"
        } else {
            "`#[async_trait]` boxes what `#[api]` leaves unboxed\nhelp: remove it; for `dyn`, write `#[api(dyn)]`"
        };
        diagnostics.spanned(path, message);
    }
}
