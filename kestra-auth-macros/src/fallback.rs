//! What is written after a mistake: the trait as it would read once mended, a client of the right shape that
//! never sends, and the mistakes. Code that uses either then gives no error of its own, and completion lives.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{FnArg, ItemTrait, ReturnType, Safety, Signature, TraitItem, TraitItemFn, parse_quote};

use crate::ast::Api;
use crate::client;
use crate::expand::{client_impl, private, provided_method, trait_item, trait_method};

pub(crate) fn expand(api: &Api<'_>, mistakes: &TokenStream) -> TokenStream {
    let private = private(api);
    let items = api.item.items.iter().map(|item| match item {
        TraitItem::Fn(method) if is_provided(method) => provided_method(method),
        TraitItem::Fn(method) => {
            let mut method = method.clone();
            mend(&mut method.sig, &private);
            method.attrs.retain(is_known);
            trait_method(&method, &method.sig, &quote!(#private::inert()))
        }
        _ => TokenStream::new(),
    });
    let mut item = api.item.clone();
    mend_trait(&mut item);
    let trait_item = trait_item(&item, items);
    let client = client::expand(api);
    let client_impl = client_impl(api, std::iter::empty());
    quote! {
        #mistakes
        #trait_item
        #client
        #client_impl
    }
}

/// `#[api]` on something else: it stays as it is.
pub(crate) fn not_a_trait(item: &TokenStream, error: &syn::Error) -> TokenStream {
    let mistake = match syn::parse2::<syn::Item>(item.clone()) {
        Ok(other) => {
            let message = "`#[api]` goes on a trait, whose methods are the endpoints: `#[api] trait Name { … }`";
            syn::Error::new_spanned(first_word(&other), message).to_compile_error()
        }
        Err(_) => error.to_compile_error(),
    };
    quote!(#mistake #item)
}

/// The word that says what an item is: `struct`, `fn`, `impl`.
fn first_word(item: &syn::Item) -> TokenStream {
    const KINDS: [&str; 10] = ["struct", "enum", "union", "fn", "impl", "mod", "type", "const", "static", "use"];
    let tokens = quote!(#item);
    let word = tokens.clone().into_iter().find(|tree| KINDS.contains(&&*tree.to_string()));
    word.map_or(tokens, |word| quote!(#word))
}

fn mend_trait(item: &mut ItemTrait) {
    item.unsafety = None;
}

fn is_provided(method: &TraitItemFn) -> bool {
    method.default.is_some() && method.attrs.iter().all(is_known)
}

/// Whether the compiler knows the attribute; a misspelt verb would be a second error.
fn is_known(attribute: &syn::Attribute) -> bool {
    const KNOWN: [&str; 5] = ["doc", "deprecated", "must_use", "cfg", "cfg_attr"];
    crate::attr::is_lint(attribute) || crate::attr::name(attribute).is_some_and(|name| KNOWN.contains(&&*name))
}

// Input:  fn index(self)
// Output: async fn index(&self) -> Result<(), Error>
fn mend(sig: &mut Signature, private: &TokenStream) {
    sig.asyncness.get_or_insert_with(Default::default);
    sig.constness = None;
    sig.safety = Safety::Default;
    if matches!(sig.output, ReturnType::Default) {
        sig.output = parse_quote!(-> ::core::result::Result<(), #private::Error>);
    }
    let typed = sig.inputs.iter().filter(|input| matches!(input, FnArg::Typed(_))).cloned();
    let receiver: FnArg = parse_quote!(&self);
    sig.inputs = std::iter::once(receiver).chain(typed).collect::<Punctuated<_, _>>();
}
