//! `#[api(dyn)]`: the same trait with boxed futures, which `dyn` can hold.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Lifetime, Pat, ReturnType, TraitItemFn, Type, TypeReference, parse_quote};

use crate::expand::tokens::{future_sig, trait_cfgs};
use crate::model::Api;
use crate::parse::attributes::{is_cfg, is_lint};

// Output: pub trait DynAuthApi: Send + Sync { fn __dyn_index<'__dyn>(&'__dyn self) -> BoxFuture<'__dyn, Result<…>>; }
//         impl<T: AuthApi> DynAuthApi for T { … }
//         impl AuthApi for dyn DynAuthApi { … }
//         impl AuthApi for Arc<dyn DynAuthApi> { … }
//         impl AuthApi for Box<dyn DynAuthApi> { … }
pub(crate) fn expand(api: &Api<'_>, methods: &[TraitItemFn]) -> TokenStream {
    let private = api.private();
    let (name, vis) = (&api.item.ident, &api.item.vis);
    let dynamic = format_ident!("Dyn{}", name.unraw());
    let cfgs = trait_cfgs(api);
    let doc = format!("[`{}`] with boxed futures, for `Arc<dyn {dynamic}>`, which implements [`{0}`].", name.unraw());
    let declarations = methods.iter().map(|method| declaration(method, &private));
    let boxed = methods.iter().map(|method| boxed(api, method, &private));
    // The lifetime of the objects is a parameter, for rustc proves a future `Send` only for a trait that holds
    // whatever the lifetime is.
    let object = quote!(dyn #dynamic + '__object);
    let held = [
        (object.clone(), quote!(self)),
        (quote!(#private::Arc<#object>), quote!(&**self)),
        (quote!(#private::Box<#object>), quote!(&**self)),
    ];
    let held = held.map(|(ty, inner)| {
        let forwarded = methods.iter().map(|method| forwarded(method, &object, &dynamic, &inner));
        quote! {
            #(#cfgs)*
            #[automatically_derived]
            #[allow(deprecated)]
            impl<'__object> #name for #ty {
                #(#forwarded)*
            }
        }
    });
    quote! {
        #(#cfgs)*
        #[doc = #doc]
        #vis trait #dynamic: ::core::marker::Send + ::core::marker::Sync {
            #(#declarations)*
        }

        #(#cfgs)*
        #[automatically_derived]
        #[allow(deprecated)]
        impl<__T: #name> #dynamic for __T {
            #(#boxed)*
        }

        #(#held)*
    }
}

fn declaration(item: &TraitItemFn, private: &TokenStream) -> TokenStream {
    let attrs = item.attrs.iter().filter(|attribute| is_cfg(attribute) || is_lint(attribute));
    let sig = signature(item, private);
    quote!(#(#attrs)* #[doc(hidden)] #sig;)
}

fn boxed(api: &Api<'_>, item: &TraitItemFn, private: &TokenStream) -> TokenStream {
    let cfgs = item.attrs.iter().filter(|attribute| is_cfg(attribute));
    let sig = signature(item, private);
    let (name, method) = (&api.item.ident, &item.sig.ident);
    let arguments = arguments(item);
    quote! {
        #(#cfgs)*
        #sig {
            #private::Box::pin(<__T as #name>::#method(self, #(#arguments),*))
        }
    }
}

/// An `async` block keeps each lifetime that it borrows for apart, where the box has one for all. Where nothing but
/// `self` is borrowed, the box is the future, and owned arguments need not be `Send`.
fn forwarded(item: &TraitItemFn, object: &TokenStream, dynamic: &syn::Ident, inner: &TokenStream) -> TokenStream {
    let cfgs = item.attrs.iter().filter(|attribute| is_cfg(attribute));
    let sig = future_sig(&item.sig);
    let method = boxed_name(item);
    let arguments = arguments(item);
    let call = quote!(<#object as #dynamic>::#method(#inner, #(#arguments),*));
    let typed = item.sig.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_)));
    let body = if borrows(quote!(#(#typed)*)) { quote!(async move { #call.await }) } else { call };
    quote!(#(#cfgs)* #sig { #body })
}

/// Whether tokens have a reference or a lifetime in them.
fn borrows(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Punct(punct) => matches!(punct.as_char(), '&' | '\''),
        TokenTree::Group(group) => borrows(group.stream()),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

/// A name of its own: with both traits in scope, a call of the endpoint would be ambiguous.
fn boxed_name(item: &TraitItemFn) -> syn::Ident {
    format_ident!("__dyn_{}", item.sig.ident.unraw(), span = item.sig.ident.span())
}

fn arguments(item: &TraitItemFn) -> Vec<&syn::Ident> {
    let typed = item.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(&*typed.pat),
        FnArg::Receiver(_) => None,
    });
    typed.filter_map(|pattern| if let Pat::Ident(pattern) = pattern { Some(&pattern.ident) } else { None }).collect()
}

/// One lifetime for all that is borrowed: the future borrows it all anyway.
fn signature(item: &TraitItemFn, private: &TokenStream) -> TokenStream {
    let sig = &item.sig;
    let method = boxed_name(item);
    let mut generics = sig.generics.clone();
    let where_clause = generics.make_where_clause();
    for lifetime in sig.generics.lifetimes().map(|param| &param.lifetime) {
        where_clause.predicates.push(parse_quote!(#lifetime: '__dyn));
    }
    let lifetimes = sig.generics.params.iter();
    let inputs = sig.inputs.iter().filter_map(|input| match input {
        FnArg::Receiver(_) => None,
        FnArg::Typed(typed) => {
            let mut ty = (*typed.ty).clone();
            Borrow.visit_type_mut(&mut ty);
            let Pat::Ident(pattern) = &*typed.pat else { return None };
            let (name, cfgs) = (&pattern.ident, typed.attrs.iter().filter(|attribute| is_cfg(attribute)));
            Some(quote!(#(#cfgs)* #name: #ty))
        }
    });
    let output = match &sig.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => {
            let mut ty = Type::clone(ty);
            Borrow.visit_type_mut(&mut ty);
            quote!(#ty)
        }
    };
    quote! {
        fn #method<'__dyn, #(#lifetimes),*>(&'__dyn self, #(#inputs),*) -> #private::BoxFuture<'__dyn, #output> #where_clause
    }
}

/// Gives every elided lifetime the name of the one.
struct Borrow;

impl VisitMut for Borrow {
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
