//! Generates `#[api(dyn)]`: the same trait with boxed futures, so that `dyn` is possible.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Lifetime, Pat, ReturnType, TraitItemFn, Type, TypeReference, parse_quote};

use crate::expand::tokens::{future_sig, self_token, trait_cfgs};
use crate::model::Api;
use crate::parse::attributes::{is_cfg, is_lint};

// Output: pub trait DynAuthApi: Send + Sync { fn __dyn_index<'__dyn>(&'__dyn self) -> BoxFuture<'__dyn, Result<…>>; … }
//         impl<T: AuthApi> DynAuthApi for T { … }
//         impl AuthApi for dyn DynAuthApi { … }
//         impl AuthApi for Arc<dyn DynAuthApi> { … }
//         impl AuthApi for Box<dyn DynAuthApi> { … }
//         impl DynApi for dyn DynAuthApi { … }
pub(super) fn expand(api: &Api<'_>, methods: &[TraitItemFn]) -> TokenStream {
    let dyn_trait = dyn_trait(api, methods);
    let blanket = blanket(api, methods);
    let pointers = pointers(api, methods);
    let options = options(api);
    quote! {
        #dyn_trait
        #blanket
        #pointers
        #options
    }
}

fn dyn_name(api: &Api<'_>) -> Ident {
    format_ident!("Dyn{}", api.item.ident.unraw())
}

/// Returns the type of the objects. Their lifetime is a parameter, because rustc proves a future `Send` only if the
/// trait is implemented for every lifetime.
fn object(api: &Api<'_>) -> TokenStream {
    let dyn_name = dyn_name(api);
    quote!(dyn #dyn_name + '__object)
}

fn dyn_trait(api: &Api<'_>, methods: &[TraitItemFn]) -> TokenStream {
    let (cfgs, krate, private, vis) = (trait_cfgs(api), api.krate(), api.private(), &api.item.vis);
    let (name, dyn_name) = (api.item.ident.unraw(), dyn_name(api));
    let doc = format!("[`{name}`] with boxed futures, for `Arc<dyn {dyn_name}>`, which implements [`{name}`].");
    let methods = methods.iter().map(|method| {
        let attrs = method.attrs.iter().filter(|attribute| is_cfg(attribute) || is_lint(attribute));
        let sig = boxed_sig(method, &private);
        quote!(#(#attrs)* #[doc(hidden)] #sig;)
    });
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #vis trait #dyn_name<>: ::core::marker::Send + ::core::marker::Sync {
            #(#methods)*

            #[doc(hidden)]
            fn __dyn_try_with_options<'__dyn>(
                &self,
                options: #krate::CallOptions,
            ) -> ::core::option::Option<#private::Arc<dyn #dyn_name + '__dyn>>
            where
                Self: '__dyn;
        }
    }
}

/// Generates the implementation for everything that implements the API.
fn blanket(api: &Api<'_>, methods: &[TraitItemFn]) -> TokenStream {
    let (cfgs, krate, private) = (trait_cfgs(api), api.krate(), api.private());
    let (name, dyn_name) = (&api.item.ident, dyn_name(api));
    // As in the trait, the compiler would suggest a type parameter here for an unknown type.
    let mut bound = name.clone();
    bound.set_span(Span::call_site());
    let methods = methods.iter().map(|item| {
        let cfgs = item.attrs.iter().filter(|attribute| is_cfg(attribute));
        let (sig, method, arguments) = (boxed_sig(item, &private), &item.sig.ident, arguments(item));
        quote! {
            #(#cfgs)*
            #sig {
                #private::Box::pin(<__T as #name>::#method(self, #(#arguments),*))
            }
        }
    });
    quote! {
        #(#cfgs)*
        #[automatically_derived]
        #[allow(deprecated)]
        impl<__T: #bound> #dyn_name for __T {
            #(#methods)*

            fn __dyn_try_with_options<'__dyn>(
                &self,
                options: #krate::CallOptions,
            ) -> ::core::option::Option<#private::Arc<dyn #dyn_name + '__dyn>>
            where
                Self: '__dyn,
            {
                let own = <__T as #name>::try_with_options(self, options)?;
                ::core::option::Option::Some(#private::Arc::new(own))
            }
        }
    }
}

/// Generates the implementations of the API for objects, and for the pointers that own them.
fn pointers(api: &Api<'_>, methods: &[TraitItemFn]) -> TokenStream {
    let (krate, private, object) = (api.krate(), api.private(), object(api));
    let dyn_name = dyn_name(api);
    let try_with_options = |body: TokenStream| {
        quote! {
            fn try_with_options(&self, options: #krate::CallOptions) -> ::core::option::Option<Self> {
                #body
            }
        }
    };
    let own = quote!(#dyn_name::__dyn_try_with_options(&**self, options));
    let object_impl = pointer(api, methods, &object, false, &TokenStream::new());
    let arc = quote!(#private::Arc<#object>);
    let arc_impl = pointer(api, methods, &arc, true, &try_with_options(own.clone()));
    let boxed = quote!(#private::Box<#object>);
    let own = quote!(::core::option::Option::Some(#private::Box::new(#own?)));
    let box_impl = pointer(api, methods, &boxed, true, &try_with_options(own));
    quote! {
        #object_impl
        #arc_impl
        #box_impl
    }
}

fn pointer(
    api: &Api<'_>,
    methods: &[TraitItemFn],
    ty: &TokenStream,
    is_pointer: bool,
    try_with_options: &TokenStream,
) -> TokenStream {
    let (cfgs, name) = (trait_cfgs(api), &api.item.ident);
    let methods = methods.iter().map(|method| forwarded(api, method, is_pointer));
    quote! {
        #(#cfgs)*
        #[automatically_derived]
        #[allow(deprecated)]
        impl<'__object> #name for #ty {
            #(#methods)*
            #try_with_options
        }
    }
}

// Output: fn index(&self) -> impl Future<Output = Result<…>> + Send { DynAuthApi::__dyn_index(&**self) }
fn forwarded(api: &Api<'_>, item: &TraitItemFn, is_pointer: bool) -> TokenStream {
    let cfgs = item.attrs.iter().filter(|attribute| is_cfg(attribute));
    let (method, arguments) = (boxed_name(item), arguments(item));
    let mut sig = TokenStream::new();
    future_sig(&mut sig, &api.runtime, &item.sig);
    let (dyn_name, this) = (dyn_name(api), self_token(&item.sig));
    let object = if is_pointer { quote!(&**#this) } else { quote!(#this) };
    let call = quote!(#dyn_name::#method(#object, #(#arguments),*));
    let typed = item.sig.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_)));
    // An `async` block keeps the borrowed lifetimes apart, where the box has one for all. If nothing but `self` is
    // borrowed, the box is the future, and owned arguments need not be `Send`.
    let body = if borrows(quote!(#(#typed)*)) { quote!(async move { #call.await }) } else { call };
    quote!(#(#cfgs)* #sig { #body })
}

/// Returns whether tokens contain a reference or a lifetime.
fn borrows(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Punct(punct) => matches!(punct.as_char(), '&' | '\''),
        TokenTree::Group(group) => borrows(group.stream()),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

/// Generates what `ApiClient` needs for `Arc<dyn DynAuthApi>`.
fn options(api: &Api<'_>) -> TokenStream {
    let (cfgs, krate, private) = (trait_cfgs(api), api.krate(), api.private());
    let (dyn_name, object) = (dyn_name(api), object(api));
    quote! {
        #(#cfgs)*
        #[automatically_derived]
        impl<'__object> #private::DynApi for #object {
            fn __try_with_options(
                &self,
                options: #krate::CallOptions,
            ) -> ::core::option::Option<#private::Arc<Self>> {
                #dyn_name::__dyn_try_with_options(self, options)
            }
        }
    }
}

/// Generates the method of the API that `with_options` of `Arc<dyn DynAuthApi>` relies on.
pub(super) fn try_with_options(api: &Api<'_>, body: Option<&TokenStream>) -> TokenStream {
    let krate = api.krate();
    let docs = [
        "Returns this implementation with options for all its calls, or `None` if it takes no options.".to_owned(),
        String::new(),
        format!(
            "`with_options` of `Arc<dyn {}>` calls it. An implementation that wraps another forwards it, as in",
            dyn_name(api)
        ),
        "`self.0.try_with_options(options).map(Self)`.".to_owned(),
    ];
    let docs = docs.map(|line| quote!(#[doc = #line]));
    let body = body.map_or_else(|| quote!(;), |body| quote!({ #body }));
    quote! {
        #(#docs)*
        #[allow(unused_variables)]
        fn try_with_options(&self, options: #krate::CallOptions) -> ::core::option::Option<Self>
        where
            Self: ::core::marker::Sized
        #body
    }
}

/// Returns a name unlike the endpoint's, because a call would be ambiguous with both traits in scope.
fn boxed_name(item: &TraitItemFn) -> Ident {
    format_ident!("__dyn_{}", item.sig.ident.unraw(), span = item.sig.ident.span())
}

fn arguments(item: &TraitItemFn) -> Vec<&Ident> {
    let typed = item.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.pat),
        FnArg::Receiver(_) => None,
    });
    typed.filter_map(|pattern| if let Pat::Ident(pattern) = pattern { Some(&pattern.ident) } else { None }).collect()
}

// Input:  async fn flow(&self, id: &str) -> Result<Flow, Error>
// Output: fn __dyn_flow<'__dyn>(&'__dyn self, id: &'__dyn str) -> BoxFuture<'__dyn, Result<Flow, Error>>
fn boxed_sig(item: &TraitItemFn, private: &TokenStream) -> TokenStream {
    let sig = &item.sig;
    let method = boxed_name(item);
    let mut generics = sig.generics.clone();
    let where_clause = generics.make_where_clause();
    // One lifetime is enough for all that is borrowed, because the future borrows it all anyway.
    for lifetime in sig.generics.lifetimes().map(|param| &param.lifetime) {
        where_clause.predicates.push(parse_quote!(#lifetime: '__dyn));
    }
    let lifetimes = sig.generics.params.iter();
    let inputs = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Receiver(_) => None,
        FnArg::Typed(typed) => {
            let mut ty = (*typed.ty).clone();
            NameLifetimes.visit_type_mut(&mut ty);
            let Pat::Ident(pattern) = &*typed.pat else { return None };
            let (name, cfgs) = (&pattern.ident, typed.attrs.iter().filter(|attribute| is_cfg(attribute)));
            Some(quote!(#(#cfgs)* #name: #ty))
        }
    });
    let output = match &sig.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => {
            let mut ty = Type::clone(ty);
            NameLifetimes.visit_type_mut(&mut ty);
            quote!(#ty)
        }
    };
    quote! {
        fn #method<'__dyn, #(#lifetimes),*>(&'__dyn self, #(#inputs),*) -> #private::BoxFuture<'__dyn, #output> #where_clause
    }
}

/// Replaces each elided lifetime by `'__dyn`.
struct NameLifetimes;

impl VisitMut for NameLifetimes {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        reference.lifetime.get_or_insert_with(|| Lifetime::new("'__dyn", Span::call_site()));
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = Lifetime::new("'__dyn", Span::call_site());
        }
    }
}
