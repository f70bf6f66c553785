//! Generates the static that describes an endpoint to the runtime, to errors and to layers.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

use crate::expand::tokens::{endpoint_cfgs, static_name};
use crate::model::{Api, Endpoint};
use crate::parse::headers::ConstantHeader;
use crate::parse::method_args::{MethodArgs, RedirectMode, RetryMode, Timeout};

// Output: static __FlowsApi__list: Endpoint = Endpoint::new("FlowsApi", "list", "GET", "/flows").limit(1024);
pub(super) fn expand(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let private = api.private();
    let name = static_name(api, endpoint);
    let cfgs = endpoint_cfgs(api, endpoint);
    let trait_name = api.item.ident.unraw().to_string();
    let operation = endpoint.item.sig.ident.unraw().to_string();
    let method = &endpoint.verb.method;
    let template = api.template_text(endpoint);
    let args = &endpoint.verb.args;
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
        args.retry.map(|mode| retry(mode, &private)),
        args.redirects.as_ref().map(|given| redirects(given.mode, &private)),
        (args.anonymous.is_some() || api.args.anonymous.is_some()).then(|| quote!(.__anonymous())),
    ];
    quote! {
        #(#cfgs)*
        static #name: #private::Endpoint =
            #private::Endpoint::__new(#trait_name, #operation, #method, #template) #(#options)*;
    }
}

fn duration(setter: &TokenStream, timeout: &Timeout) -> TokenStream {
    let milliseconds = timeout.milliseconds;
    quote!(.#setter(::core::time::Duration::from_millis(#milliseconds)))
}

fn retry(mode: RetryMode, private: &TokenStream) -> TokenStream {
    match mode {
        RetryMode::Never => quote!(.__retry(#private::RetryMode::Never)),
        RetryMode::Idempotent => quote!(.__retry(#private::RetryMode::Idempotent)),
    }
}

fn redirects(mode: RedirectMode, private: &TokenStream) -> TokenStream {
    match mode {
        RedirectMode::Origin => quote!(.__redirects(#private::Redirects::Origin)),
        RedirectMode::None => quote!(.__redirects(#private::Redirects::None)),
        RedirectMode::Any => quote!(.__redirects(#private::Redirects::Any)),
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
