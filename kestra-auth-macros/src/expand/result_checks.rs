//! Writes what the compiler checks of a result, since it alone sees through aliases.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::expand::tokens::{cfgs, output_span};
use crate::model::{Api, Endpoint, is_closed, private};
use crate::spans::standing_at;

/// Refuses, at the type, a result that can be told to be a mistake: `String`, which JSON would be read into,
/// or a body for HEAD. An inherent constant sees through aliases.
pub(crate) fn check_outputs(api: &Api<'_>) -> TokenStream {
    let private = private(api);
    let checks: Vec<_> = api.endpoints().filter_map(|endpoint| check_output(api, endpoint, &private)).collect();
    if checks.is_empty() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #private::ProbeDefaults as _;
            #(#checks)*
        };
    }
}

fn check_output(api: &Api<'_>, endpoint: &Endpoint<'_>, private: &TokenStream) -> Option<TokenStream> {
    let output = endpoint.output.filter(|output| is_closed(api, endpoint, output))?;
    let cfgs = cfgs(api, endpoint);
    let probe = if endpoint.verb.method == "HEAD" { "HeadProbe" } else { "ResultProbe" };
    let probe = Ident::new(probe, output_span(endpoint));
    let span = output_span(endpoint);
    let private = standing_at(span, private.clone());
    let check = quote_spanned!(span=> #private::reject(#private::#probe::<#output>::REJECTION));
    Some(quote!(#(#cfgs)* const _: () = #check;))
}
