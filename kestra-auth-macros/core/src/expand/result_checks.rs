//! Generates checks of result types that only the compiler can make, because it sees through aliases.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::expand::tokens::{endpoint_cfgs, output_span};
use crate::model::{Api, Endpoint};
use crate::spans::moved_to;

/// Rejects, at the type, a result that is almost surely wrong: `String`, which would be read as JSON, or a body for
/// HEAD.
pub(super) fn expand(api: &Api<'_>) -> TokenStream {
    api.endpoints().filter_map(|endpoint| check(api, endpoint)).collect()
}

// Output: const _: () = reject(ResultProbe::<Result<Flow, Error>>::REJECTION);
fn check(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Option<TokenStream> {
    let output = api.concrete_output(endpoint)?;
    let (cfgs, span) = (endpoint_cfgs(api, endpoint), output_span(endpoint));
    let probe = if endpoint.verb.method == "HEAD" { "HeadProbe" } else { "ResultProbe" };
    let (probe, private) = (Ident::new(probe, span), moved_to(span, api.private()));
    let check = quote_spanned!(span=> #private::reject(#private::#probe::<#output>::REJECTION));
    Some(quote!(#(#cfgs)* const _: () = #check;))
}
