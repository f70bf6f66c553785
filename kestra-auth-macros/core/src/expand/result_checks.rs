//! Generates checks of result types that only the compiler can make, because it sees through aliases.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::expand::tokens::{endpoint_cfgs, ident_at, output_span};
use crate::model::{Api, Endpoint};
use crate::parse::result_type;

/// Rejects, at the type, a result that is almost surely wrong: `String`, which would be read as JSON, or a body for
/// HEAD.
pub(super) fn expand(api: &Api<'_>) -> TokenStream {
    api.endpoints()
        .flat_map(|endpoint| [check(api, endpoint), none_check(api, endpoint), end_check(api, endpoint)])
        .flatten()
        .collect()
}

// Output: const _: () = reject(ResultProbe::<Result<Flow, Error>>::REJECTION);
fn check(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Option<TokenStream> {
    let output = api.concrete_output(endpoint)?;
    let (cfgs, span) = (endpoint_cfgs(api, endpoint), output_span(endpoint));
    let probe = if endpoint.verb.method == "HEAD" { "HeadProbe" } else { "ResultProbe" };
    let (probe, runtime) = (Ident::new(probe, span), ident_at(span, &api.runtime));
    let check = quote_spanned!(span=> #runtime::reject(#runtime::#probe::<#output>::REJECTION));
    Some(quote!(#(#cfgs)* const _: () = #check;))
}

/// Rejects, at the type, a result such as `Option<Text>` without `none(…)`.
// Output: const _: () = reject(ResultProbe::<Result<Option<Text>, Error>>::REQUIRES_NONE);
fn none_check(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Option<TokenStream> {
    let args = &endpoint.verb.args;
    let wrapper = endpoint.output.and_then(result_type::optional_wrapper)?;
    if !args.none.is_empty() || !args.also.is_empty() {
        return None;
    }
    let (output, span) = (api.concrete_output(endpoint)?, wrapper.span().resolved_at(Span::call_site()));
    let (cfgs, runtime) = (endpoint_cfgs(api, endpoint), ident_at(span, &api.runtime));
    let check = quote_spanned!(span=> #runtime::reject(#runtime::ResultProbe::<#output>::REQUIRES_NONE));
    Some(quote!(#(#cfgs)* const _: () = #check;))
}

/// Rejects, at its value, `end` for a result that is not an event stream.
// Output: const _: () = reject_if(!ResultProbe::<Result<Flow, Error>>::READS_EVENTS, "…");
fn end_check(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Option<TokenStream> {
    const MESSAGE: &str = "`end` is for an event stream, found another result\n\
                           help: return `Result<EventStream<T>, Error>`, or remove `end`";
    let end = endpoint.verb.args.end.as_ref()?;
    let output = api.concrete_output(endpoint)?;
    let (cfgs, span) = (endpoint_cfgs(api, endpoint), end.span().resolved_at(Span::call_site()));
    let runtime = ident_at(span, &api.runtime);
    let check = quote_spanned!(span=> #runtime::reject_if(!#runtime::ResultProbe::<#output>::READS_EVENTS, #MESSAGE));
    Some(quote!(#(#cfgs)* const _: () = #check;))
}
