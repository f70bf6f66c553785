//! Writes the client's struct and what every client can do.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::TypeParamBound;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use crate::expand::tokens::base_field;
use crate::model::{Api, krate, private};
use crate::parse::attributes::is_cfg;
use crate::parse::path_template::Piece;

// Output: pub struct AuthApiClient { client: Client }
//         impl AuthApiClient { pub const fn new(client: Client) -> Self { … } }
//         impl From<Client>, AsRef<Client>, ApiClient, Clone, Debug
pub(crate) fn expand(api: &Api<'_>) -> TokenStream {
    let (krate, private) = (krate(api), private(api));
    let (client, vis, name) = (&api.client, &api.item.vis, &api.item.ident);
    let cfgs: Vec<_> = api.item.attrs.iter().filter(|attribute| is_cfg(attribute)).collect();
    let doc = format!(
        "The client of [`{}`]: cheap to clone, over a [`Client`]({}) that several traits share.",
        name.unraw(),
        doc_path(&krate)
    );
    let (_, fields) = arguments(api);
    let constructors = constructors(api, &cfgs);
    let debug = debug(api, &cfgs);
    let with_client = if fields.is_empty() {
        quote!(Self { client })
    } else {
        quote!(Self { client, #(#fields: ::core::clone::Clone::clone(&self.#fields)),* })
    };
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #[derive(::core::clone::Clone)]
        #vis struct #client {
            client: #krate::Client,
            #(#fields: #private::String,)*
        }

        #constructors
        #debug

        #(#cfgs)*
        impl ::core::convert::AsRef<#krate::Client> for #client {
            fn as_ref(&self) -> &#krate::Client {
                &self.client
            }
        }

        #(#cfgs)*
        impl #private::ApiClient for #client {
            fn __with_client(&self, client: #krate::Client) -> Self {
                #with_client
            }
        }
    }
}

/// The arguments of `new` for the placeholders of the base, and the fields that keep them.
fn arguments(api: &Api<'_>) -> (Vec<Ident>, Vec<Ident>) {
    let mut names: Vec<&str> = Vec::new();
    for name in api.base.iter().filter_map(Piece::placeholder) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.iter().map(|name| (format_ident!("{name}"), base_field(name))).unzip()
}

fn constructors(api: &Api<'_>, cfgs: &[&syn::Attribute]) -> TokenStream {
    let (krate, private) = (krate(api), private(api));
    let (client, vis, name) = (&api.client, &api.item.vis, &api.item.ident);
    let (arguments, fields) = arguments(api);
    let doc = format!("A client that sends the requests of [`{}`] through `client`.", name.unraw());
    if !arguments.is_empty() {
        let doc = format!("{doc} The other arguments are the placeholders of its base path.");
        return quote! {
            #(#cfgs)*
            impl #client {
                #[doc = #doc]
                #[must_use]
                #vis fn new(client: #krate::Client, #(#arguments: impl ::core::convert::Into<#private::String>),*) -> Self {
                    Self { client, #(#fields: ::core::convert::Into::into(#arguments)),* }
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
        impl ::core::convert::From<#krate::Client> for #client {
            fn from(client: #krate::Client) -> Self {
                Self::new(client)
            }
        }
    }
}

/// Shows the shared client; a value in the base's path may be a person's name.
fn debug(api: &Api<'_>, cfgs: &[&syn::Attribute]) -> TokenStream {
    let client = &api.client;
    let text = client.unraw().to_string();
    quote! {
        #(#cfgs)*
        impl ::core::fmt::Debug for #client {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#text).field("client", &self.client).finish_non_exhaustive()
            }
        }
    }
}

/// `kestra_auth::Client`, as rustdoc links to it.
fn doc_path(krate: &TokenStream) -> String {
    format!("{krate}::Client").replace(' ', "").trim_start_matches("::").to_owned()
}

/// `impl AuthApi for AuthApiClient { … }`
pub(crate) fn client_impl(api: &Api<'_>, methods: impl Iterator<Item = TokenStream>) -> TokenStream {
    let (mut client, name) = (api.client.clone(), &api.item.ident);
    // The compiler says at this name that the client lacks a supertrait.
    if let Some(bound) = api.item.supertraits.iter().find(|bound| !is_own_supertrait(bound)) {
        client.set_span(bound.span().resolved_at(client.span()));
    }
    let cfgs = api.item.attrs.iter().filter(|attribute| is_cfg(attribute));
    let (impl_generics, ty_generics, where_clause) = api.item.generics.split_for_impl();
    quote! {
        #(#cfgs)*
        #[allow(deprecated)]
        impl #impl_generics #name #ty_generics for #client #where_clause {
            #(#methods)*
        }
    }
}

/// Whether the client has it by itself.
fn is_own_supertrait(bound: &TypeParamBound) -> bool {
    const OWN: [&str; 7] = ["Any", "Clone", "Debug", "Send", "Sized", "Sync", "Unpin"];
    match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| OWN.contains(&&*last.ident.to_string()))
        }
        _ => true,
    }
}
