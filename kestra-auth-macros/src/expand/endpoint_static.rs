//! Writes the facts of an endpoint that do not depend on a call.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use crate::expand::tokens::{cfgs, static_name};
use crate::model::{Api, Endpoint, private, template_text};
use crate::parse::headers::Header;
use crate::parse::method_args::MethodArgs;

/// The facts of an endpoint, for the runtime, for errors and for layers.
pub(super) fn expand(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let private = private(api);
    let name = static_name(api, endpoint);
    let cfgs = cfgs(api, endpoint);
    let trait_name = api.item.ident.unraw().to_string();
    let operation = endpoint.item.sig.ident.unraw().to_string();
    let method = &endpoint.verb.method;
    let template = template_text(api, endpoint);
    let args = &endpoint.verb.args;
    let (names, values) = headers(api, args);
    let absent: Vec<_> = args.none.iter().chain(&args.also).map(|(status, _)| *status).collect();
    let options = [
        (!names.is_empty()).then(|| quote!(.headers(&[#((#names, #values)),*]))),
        args.timeout_ms.map(|timeout| quote!(.timeout(::core::time::Duration::from_millis(#timeout)))),
        args.limit.map(|limit| quote!(.limit(#limit))),
        (!absent.is_empty()).then(|| quote!(.absent(&[#(#absent),*]))),
        args.idempotency_key.as_ref().map(|header| quote!(.idempotency_key(#header))),
        args.end.as_ref().map(|end| quote!(.end(#end))),
        args.retry.map(|retry| {
            let retry = Ident::new(retry, Span::call_site());
            quote!(.retry(#private::Retry::#retry))
        }),
        args.redirects.map(|redirects| {
            let redirects = Ident::new(redirects, Span::call_site());
            quote!(.redirects(#private::Redirects::#redirects))
        }),
        (args.anonymous.is_some() || api.args.anonymous.is_some()).then(|| quote!(.anonymous())),
    ];
    quote! {
        #(#cfgs)*
        #[allow(non_upper_case_globals)]
        static #name: #private::Endpoint =
            #private::Endpoint::new(#trait_name, #operation, #method, #template) #(#options)*;
    }
}

/// The constant headers. A narrower level replaces a wider one, name by name; `accept = …` is the method's.
fn headers(api: &Api<'_>, args: &MethodArgs) -> (Vec<String>, Vec<String>) {
    let accept = args.accept.as_ref().map(|accept| Header { name: "accept".to_owned(), value: accept.value() });
    let own: Vec<Header> = args.headers.iter().cloned().chain(accept).collect();
    let wide = api.args.headers.iter().filter(|wide| own.iter().all(|narrow| narrow.name != wide.name));
    own.iter().chain(wide).cloned().map(|header| (header.name, header.value)).unzip()
}
