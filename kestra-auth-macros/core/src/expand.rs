//! Generates the trait, its client and what belongs to them.

mod client;
mod dyn_trait;
mod endpoint_static;
mod method;
mod parameter;
mod parameter_checks;
pub(crate) mod recovery;
mod result_checks;
mod tokens;
mod trait_item;

use proc_macro2::TokenStream;
use quote::quote;
use syn::TraitItemFn;

use crate::model::Api;

// Input:  #[get("/flows")] async fn list(&self) -> Result<Vec<Flow>, Error>;
// Output: use ::kestra_auth::__private_0_1::{self as __FlowsApi, ProbeDefaults as _};
//         pub trait FlowsApi: Send + Sync { … }
//         const _: () = reject(ResultProbe::<Result<Vec<Flow>, Error>>::REJECTION);
//         pub struct FlowsApiClient { … }
//         impl FlowsApi for FlowsApiClient { … }
pub(crate) fn expand(api: &Api<'_>) -> TokenStream {
    let imports = tokens::imports(api);
    let trait_item = trait_item::expand(api);
    let result_checks = result_checks::expand(api);
    let parameter_checks = parameter_checks::expand(api);
    let client = client::expand(api);
    let client_impl = client::implementation(api, &client::methods(api));
    let dyn_trait = api.args.dynamic.as_ref().map(|_| {
        let methods: Vec<TraitItemFn> = api.endpoints().map(|endpoint| endpoint.item.clone()).collect();
        dyn_trait::expand(api, &methods)
    });
    quote! {
        #imports
        #trait_item
        #result_checks
        #parameter_checks
        #client
        #client_impl
        #dyn_trait
    }
}
