//! Writes the trait, its client and the client's methods.

mod client;
mod dyn_trait;
mod endpoint_static;
mod method;
pub(crate) mod recovery;
mod result_checks;
mod tokens;
mod trait_item;

use proc_macro2::TokenStream;
use quote::quote;
use syn::TraitItemFn;

use crate::model::{Api, Item, private};
use tokens::static_name;
use trait_item::{provided_method, trait_item, trait_method};

pub(crate) fn expand(api: &Api<'_>) -> TokenStream {
    let trait_items = api.items.iter().map(|item| match item {
        Item::Endpoint(endpoint) => {
            let endpoint_static = static_name(api, endpoint);
            let (private, output) = (private(api), endpoint.output);
            let body = quote! {
                #[allow(unused_imports)]
                use #private::ProbeDefaults as _;
                #private::ResultProbe::<#output>::unimplemented(&#endpoint_static)
            };
            trait_method(endpoint.item, &endpoint.item.sig, &body)
        }
        Item::Provided(method) => provided_method(method),
        Item::WithoutVerb(_) | Item::Other(_) => TokenStream::new(),
    });
    let trait_item = trait_item(api.item, &api.client, trait_items);
    let statics = api.endpoints().map(|endpoint| endpoint_static::expand(api, endpoint));
    let checks = result_checks::check_outputs(api);
    let client = client::expand(api);
    let methods = api.endpoints().map(|endpoint| method::expand(api, endpoint));
    let client_impl = client::client_impl(api, methods);
    let dynamic = api.args.dynamic.as_ref().map(|_| {
        let methods: Vec<TraitItemFn> = api.endpoints().map(|endpoint| endpoint.item.clone()).collect();
        dyn_trait::expand(api, &methods)
    });
    quote! {
        #trait_item
        #(#statics)*
        #checks
        #client
        #client_impl
        #dynamic
    }
}
