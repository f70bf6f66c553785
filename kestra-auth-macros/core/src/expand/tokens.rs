//! Tokens that several parts of the expansion share.
//!
//! What is hard here: macros run without optimizations, and a `TokenStream` inside another one costs several calls of the
//! compiler. So what is generated for each endpoint is appended to one stream.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, format_ident, quote, quote_spanned};
use syn::punctuated::Pair;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, PatType, Receiver, ReturnType, Signature, Token, Type};

use crate::model::{Api, Endpoint};
use crate::parse::attributes::{is_cfg, is_lint};

/// Appends the signature of an endpoint.
// Input:  async fn index(&self, #[query] page: u32) -> Result<T, E>
// Output: fn index(&self, page: u32) -> impl Future<Output = Result<T, E>> + Send
pub(super) fn future_sig(tokens: &mut TokenStream, runtime: &Ident, sig: &Signature) {
    let Signature { constness, safety, abi, fn_token, ident, generics, inputs, output, .. } = sig;
    constness.to_tokens(tokens);
    safety.to_tokens(tokens);
    abi.to_tokens(tokens);
    fn_token.to_tokens(tokens);
    ident.to_tokens(tokens);
    generics.to_tokens(tokens);
    let mut arguments = TokenStream::new();
    for (input, comma) in inputs.pairs().map(Pair::into_tuple) {
        argument(&mut arguments, input);
        comma.to_tokens(&mut arguments);
    }
    append_group(tokens, Delimiter::Parenthesis, sig.paren_token.span.join(), arguments);
    tokens.extend(match output {
        ReturnType::Default => quote!(-> impl #runtime::Future<Output = ()> + #runtime::Send),
        // At the span of the result, the compiler reports what is wrong with it there, and once.
        ReturnType::Type(_, ty) => {
            let span = first_span(ty).resolved_at(Span::call_site());
            quote_spanned!(span=> -> impl #runtime::Future<Output = #ty> + #runtime::Send)
        }
    });
    generics.where_clause.to_tokens(tokens);
}

/// Appends a parameter without the attributes that are for `#[api]`.
fn argument(tokens: &mut TokenStream, input: &FnArg) {
    let (FnArg::Receiver(Receiver { attrs, .. }) | FnArg::Typed(PatType { attrs, .. })) = input;
    let is_kept = |attribute: &&Attribute| is_cfg(attribute) || is_lint(attribute);
    match input {
        FnArg::Typed(PatType { pat, colon_token, ty, .. }) => {
            tokens.append_all(attrs.iter().filter(is_kept));
            pat.to_tokens(tokens);
            colon_token.to_tokens(tokens);
            ty.to_tokens(tokens);
        }
        FnArg::Receiver(receiver) if attrs.iter().all(|attribute| is_kept(&attribute)) => receiver.to_tokens(tokens),
        FnArg::Receiver(receiver) => {
            let mut receiver = receiver.clone();
            receiver.attrs.retain(|attribute| is_kept(&attribute));
            receiver.to_tokens(tokens);
        }
    }
}

/// Appends tokens in delimiters, which are at `span`.
pub(super) fn append_group(tokens: &mut TokenStream, delimiter: Delimiter, span: Span, inner: TokenStream) {
    let mut group = Group::new(delimiter, inner);
    group.set_span(span);
    tokens.append(group);
}

/// Returns the span of the first token of a type.
pub(super) fn first_span(ty: &Type) -> Span {
    // `Spanned` would write all of the type's tokens.
    match ty {
        Type::Path(path) if path.qself.is_none() && path.path.leading_colon.is_none() => {
            path.path.segments.first().map_or_else(|| ty.span(), |segment| segment.ident.span())
        }
        _ => ty.span(),
    }
}

/// Returns `self` with the hygiene of the user's token, which `macro_rules!` may have made.
pub(super) fn self_token(sig: &Signature) -> Option<Token![self]> {
    sig.receiver().map(|receiver| receiver.self_token)
}

/// Returns the `cfg` attributes of the trait, which decide whether anything of it exists.
pub(super) fn trait_cfgs<'a>(api: &'a Api<'_>) -> Vec<&'a Attribute> {
    api.item.attrs.iter().filter(|attribute| is_cfg(attribute)).collect()
}

/// Returns the `cfg` attributes that decide whether an endpoint exists.
pub(super) fn endpoint_cfgs<'a>(api: &'a Api<'_>, endpoint: &'a Endpoint<'_>) -> impl Iterator<Item = &'a Attribute> {
    api.item.attrs.iter().chain(&endpoint.item.attrs).filter(|attribute| is_cfg(attribute))
}

/// Generates the imports that the code of the endpoints relies on.
// Output: use ::kestra_auth::__private_0_1::{self as __FlowsApi, ProbeDefaults as _};
pub(super) fn imports(api: &Api<'_>) -> TokenStream {
    let (cfgs, private, runtime) = (trait_cfgs(api), api.private(), &api.runtime);
    quote! {
        #(#cfgs)*
        #[allow(unused_imports)]
        use #private::{self as #runtime, ProbeDefaults as _};
    }
}

/// Returns the client's field for a placeholder of the base.
pub(super) fn base_field(name: &str) -> Ident {
    format_ident!("base_{name}")
}

/// Returns the span of an endpoint's result type, with the hygiene of generated code.
pub(super) fn output_span(endpoint: &Endpoint<'_>) -> Span {
    endpoint.output.map_or_else(Span::call_site, |output| first_span(output).resolved_at(Span::call_site()))
}

/// Returns an identifier at another span, with the hygiene that it has.
pub(super) fn ident_at(span: Span, ident: &Ident) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(span.resolved_at(ident.span()));
    ident
}
