//! Generates the static that describes an endpoint to the runtime, to errors and to layers.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use crate::model::{Api, Endpoint};
use crate::parse::headers::ConstantHeader;
use crate::parse::method_args::{MethodArgs, RedirectMode, RetryMode, Timeout};

// Output: static __ENDPOINT: Endpoint = Endpoint::__new("FlowsApi", "list", "GET").__path("/flows").__limit(1024);
pub(super) fn expand(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let (runtime, api_name) = (&api.runtime, &api.name);
    let operation = endpoint.item.sig.ident.unraw().to_string();
    let method = &endpoint.verb.method;
    let template = api.template_text(endpoint);
    let options = options(api, endpoint);
    quote! {
        static __ENDPOINT: #runtime::Endpoint =
            #runtime::Endpoint::__new(#api_name, #operation, #method).__path(#template) #(#options)*;
    }
}

/// Generates the calls for what the endpoint declares beyond its method and path.
fn options(api: &Api<'_>, endpoint: &Endpoint<'_>) -> impl Iterator<Item = TokenStream> {
    let (runtime, args) = (&api.runtime, &endpoint.verb.args);
    let (names, values) = headers(api, args);
    let absent: Vec<_> = args.none.iter().chain(&args.also).map(|(status, _)| *status).collect();
    let options = [
        (!names.is_empty()).then(|| quote!(.__headers(&[#((#names, #values)),*]))),
        args.timeout.as_ref().map(|timeout| duration(&quote!(__timeout), timeout)),
        args.attempt_timeout.as_ref().map(|timeout| duration(&quote!(__attempt_timeout), timeout)),
        args.read_timeout.as_ref().map(|timeout| duration(&quote!(__read_timeout), timeout)),
        args.limit.as_ref().map(|limit| {
            let bytes = limit.bytes;
            quote!(.__limit(#bytes))
        }),
        (!absent.is_empty()).then(|| quote!(.__absent(&[#(#absent),*]))),
        args.idempotency_key.as_ref().map(|key| {
            let header = &key.header;
            quote!(.__idempotency_key(#header))
        }),
        args.end.as_ref().map(|end| quote!(.__end(#end))),
        args.retry.map(|mode| retry(mode, runtime)),
        args.redirects.as_ref().map(|given| redirects(given.mode, runtime)),
        (args.anonymous.is_some() || api.args.anonymous.is_some()).then(|| quote!(.__anonymous())),
    ];
    options.into_iter().flatten()
}

fn duration(setter: &TokenStream, timeout: &Timeout) -> TokenStream {
    let milliseconds = timeout.milliseconds;
    quote!(.#setter(::core::time::Duration::from_millis(#milliseconds)))
}

fn retry(mode: RetryMode, runtime: &Ident) -> TokenStream {
    match mode {
        RetryMode::Never => quote!(.__retry(#runtime::RetryMode::Never)),
        RetryMode::Idempotent => quote!(.__retry(#runtime::RetryMode::Idempotent)),
    }
}

fn redirects(mode: RedirectMode, runtime: &Ident) -> TokenStream {
    match mode {
        RedirectMode::Origin => quote!(.__redirects(#runtime::Redirects::Origin)),
        RedirectMode::None => quote!(.__redirects(#runtime::Redirects::None)),
        RedirectMode::Any => quote!(.__redirects(#runtime::Redirects::Any)),
    }
}

/// Merges the constant headers: those of the method replace those of the trait, name by name.
fn headers(api: &Api<'_>, args: &MethodArgs) -> (Vec<String>, Vec<String>) {
    let accept = args.accept.as_ref().map(|accept| ("accept".to_owned(), accept.value()));
    let pair = |header: &ConstantHeader| (header.name.clone(), header.value.clone());
    let own: Vec<_> = args.headers.iter().map(pair).chain(accept).collect();
    let wide = api.args.headers.iter().map(pair).filter(|(wide, _)| own.iter().all(|(narrow, _)| narrow != wide));
    own.iter().cloned().chain(wide).unzip()
}
