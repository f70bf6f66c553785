//! Generates the client: a struct, its constructors and its trait implementations.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::TypeParamBound;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::expand::method;
use crate::expand::tokens::{base_field, trait_cfgs};
use crate::model::Api;
use crate::parse::path_template::Piece;
use crate::spans::moved_to;

// Output: mod __AuthApi_client { pub struct AuthApiClient { client: Client } }
//         pub use __AuthApi_client::AuthApiClient;
//         impl AuthApiClient { pub const fn new(client: Client) -> Self { … } }
//         impl From<Client>, AsRef<Client>, ApiClient, Debug for AuthApiClient
pub(super) fn expand(api: &Api<'_>) -> TokenStream {
    let import = import(api);
    let definition = definition(api);
    let constructors = constructors(api);
    let conversions = conversions(api);
    let debug = debug(api);
    quote! {
        #import
        #definition
        #constructors
        #conversions
        #debug
    }
}

fn import(api: &Api<'_>) -> Option<TokenStream> {
    let (cfgs, path, mut alias) = (trait_cfgs(api), &api.args.krate, api.crate_alias()?);
    // The compiler reports here that the path does not exist.
    alias.set_span(path.span().resolved_at(alias.span()));
    Some(quote! {
        #(#cfgs)*
        #[allow(unused_imports)]
        use #path as #alias;
    })
}

fn definition(api: &Api<'_>) -> TokenStream {
    let (cfgs, krate, private) = (trait_cfgs(api), api.krate(), api.private());
    let (client, vis) = (&api.client, &api.item.vis);
    let (_, fields) = arguments(api);
    let documented = api.args.krate.as_ref().map_or_else(|| quote!(kestra_auth), |path| quote!(#path));
    let (name, module) = (api.item.ident.unraw(), module(api));
    let doc = format!(
        "A client for [`{name}`]{}. It is cheap to clone, and shares its [`Client`]({}) with other clients.",
        if module.is_some() { format!("(super::{name})") } else { String::new() },
        format!("{documented}::Client").replace(' ', "").trim_start_matches("::")
    );
    let Some(module) = module else {
        return quote! {
            #(#cfgs)*
            #[doc = #doc]
            #[derive(::core::clone::Clone)]
            #vis struct #client {
                client: #krate::Client,
                #(#fields: #private::String,)*
            }
        };
    };
    quote! {
        #(#cfgs)*
        #[allow(non_snake_case)]
        mod #module {
            #[doc = #doc]
            #[derive(::core::clone::Clone)]
            pub struct #client {
                pub(super) client: #krate::Client,
                #(pub(super) #fields: #private::String,)*
            }
        }

        #(#cfgs)*
        #[allow(unused_imports)]
        #vis use #module::#client;
    }
}

/// Returns the module that the struct is defined in, so that another item with its name is one error, and not one for
/// each implementation that would be for that item. An imported crate is not visible in it.
fn module(api: &Api<'_>) -> Option<Ident> {
    let name = api.item.ident.unraw();
    let span = Span::call_site().located_at(api.client.span());
    api.crate_alias().is_none().then(|| format_ident!("__{name}_client", span = span))
}

/// Returns the path of the struct.
fn path(api: &Api<'_>) -> TokenStream {
    let client = &api.client;
    module(api).map_or_else(|| quote!(#client), |module| quote!(#module::#client))
}

/// Returns the arguments of `new` for the placeholders of the base, and the fields that keep them.
fn arguments(api: &Api<'_>) -> (Vec<Ident>, Vec<Ident>) {
    let mut names: Vec<&str> = Vec::new();
    for name in api.base.iter().filter_map(Piece::placeholder) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.iter().map(|name| (format_ident!("{name}"), base_field(name))).unzip()
}

fn constructors(api: &Api<'_>) -> TokenStream {
    let (cfgs, krate, private) = (trait_cfgs(api), api.krate(), api.private());
    let (client, vis) = (path(api), &api.item.vis);
    let (arguments, fields) = arguments(api);
    let doc = format!("Creates a client that sends the requests of [`{}`] through `client`.", api.item.ident.unraw());
    if !arguments.is_empty() {
        // A placeholder can be named `client`, too.
        let own = Ident::new("client", Span::mixed_site());
        let doc = format!("{doc} The other arguments are the placeholders of the base path.");
        return quote! {
            #(#cfgs)*
            impl #client {
                #[doc = #doc]
                #[must_use]
                #vis fn new(#own: #krate::Client, #(#arguments: impl ::core::convert::Into<#private::String>),*) -> Self {
                    Self { client: #own, #(#fields: ::core::convert::Into::into(#arguments)),* }
                }
            }
        };
    }
    quote! {
        #(#cfgs)*
        impl #client {
            #[doc = #doc]
            #[must_use]
            #vis const fn new(client: #krate::Client) -> Self {
                Self { client }
            }
        }

        #(#cfgs)*
        #[automatically_derived]
        impl ::core::convert::From<#krate::Client> for #client {
            fn from(client: #krate::Client) -> Self {
                Self::new(client)
            }
        }
    }
}

/// Generates access to the shared client, and `with_options`.
fn conversions(api: &Api<'_>) -> TokenStream {
    let (cfgs, krate, private, client) = (trait_cfgs(api), api.krate(), api.private(), path(api));
    let (_, fields) = arguments(api);
    quote! {
        #(#cfgs)*
        #[automatically_derived]
        impl ::core::convert::AsRef<#krate::Client> for #client {
            fn as_ref(&self) -> &#krate::Client {
                &self.client
            }
        }

        #(#cfgs)*
        #[automatically_derived]
        impl #private::ApiClient for #client {
            fn with_options(&self, options: #krate::CallOptions) -> Self {
                Self {
                    client: self.client.with_options(options),
                    #(#fields: ::core::clone::Clone::clone(&self.#fields),)*
                }
            }
        }
    }
}

/// Generates `Debug`, which shows the shared client alone: a value in the base path can be a person's name.
fn debug(api: &Api<'_>) -> TokenStream {
    let (cfgs, client) = (trait_cfgs(api), path(api));
    let text = api.client.unraw().to_string();
    quote! {
        #(#cfgs)*
        #[automatically_derived]
        impl ::core::fmt::Debug for #client {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#text).field("client", &self.client).finish_non_exhaustive()
            }
        }
    }
}

/// Generates the methods of the API that the client implements: how it starts a request, or else all endpoints.
pub(super) fn methods(api: &Api<'_>) -> TokenStream {
    let mut methods = TokenStream::new();
    if api.has_default_requests() {
        methods.extend(method::new_request_of_client(api));
    } else {
        api.endpoints().for_each(|endpoint| method::of_client(&mut methods, api, endpoint));
    }
    if api.args.dynamic.is_some() {
        methods.extend(try_with_options(api));
    }
    methods
}

// Output: impl AuthApi for AuthApiClient { … }
pub(super) fn implementation(api: &Api<'_>, methods: &TokenStream) -> TokenStream {
    let (mut client, name) = (path(api), &api.item.ident);
    // The compiler reports at these tokens that the client lacks a supertrait.
    if let Some(bound) = api.item.supertraits.iter().find(|bound| !is_implemented_by_clients(bound)) {
        client = moved_to(bound.span(), client);
    }
    let cfgs = trait_cfgs(api);
    let (impl_generics, ty_generics, where_clause) = api.item.generics.split_for_impl();
    quote! {
        #(#cfgs)*
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #name #ty_generics for #client #where_clause {
            #methods
        }
    }
}

/// Generates the method of the API that `with_options` of `Arc<dyn DynAuthApi>` relies on.
fn try_with_options(api: &Api<'_>) -> TokenStream {
    let (krate, private) = (api.krate(), api.private());
    quote! {
        fn try_with_options(&self, options: #krate::CallOptions) -> ::core::option::Option<Self> {
            ::core::option::Option::Some(#private::ApiClient::with_options(self, options))
        }
    }
}

/// Returns whether every client implements a supertrait.
fn is_implemented_by_clients(bound: &TypeParamBound) -> bool {
    const IMPLEMENTED: [&str; 7] = ["Any", "Clone", "Debug", "Send", "Sized", "Sync", "Unpin"];
    match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| IMPLEMENTED.contains(&&*last.ident.to_string()))
        }
        _ => true,
    }
}
