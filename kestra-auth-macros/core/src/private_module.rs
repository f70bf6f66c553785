//! The module of the runtime that generated code uses.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

/// Has the version, as the module has. So generated code only compiles with the runtime of the same version.
const NAME: &str = concat!("__private_", env!("CARGO_PKG_VERSION_MAJOR"), "_", env!("CARGO_PKG_VERSION_MINOR"));

/// Returns the path of the module in the runtime crate `krate`.
pub(crate) fn private_module(krate: &impl ToTokens) -> TokenStream {
    let name = Ident::new(NAME, Span::call_site());
    quote!(#krate::#name)
}
