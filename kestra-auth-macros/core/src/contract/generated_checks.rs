//! What the macro leaves to the compiler: the warning for a deprecated operation, and whether the result's type
//! reads the media type of the response, because only the compiler sees through aliases.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

use super::media_type::{essence, is_json};
use super::method_text;
use super::mismatch::{EndpointMismatches, Mismatch};
use super::operations::Operation;
use crate::model::{Api, Endpoint};
use crate::parse::mismatch_kind::MismatchKind;
use crate::spans::moved_to;
use crate::suggest;

pub(super) fn generate(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    operation: &Operation<'_>,
    mismatches: &EndpointMismatches<'_>,
) -> TokenStream {
    let deprecated = deprecated(endpoint, operation, mismatches);
    let response = response(api, endpoint, operation, mismatches);
    quote!(#deprecated #response)
}

/// A call of a deprecated function at the method's name is the only way to emit a warning on stable Rust.
fn deprecated(endpoint: &Endpoint<'_>, operation: &Operation<'_>, mismatches: &EndpointMismatches<'_>) -> TokenStream {
    let kind = MismatchKind::Deprecated;
    if !operation.is_deprecated() || mismatches.is_expected(kind) {
        return TokenStream::new();
    }
    let name = &endpoint.item.sig.ident;
    let mismatch = Mismatch {
        what: "the operation is deprecated".to_owned(),
        help: "use the operation that replaces it".to_owned(),
        pointer: operation.pointer().key("deprecated"),
    };
    let note = mismatches.with_expect(kind, mismatch).to_string();
    let function = format_ident!("__deprecated_{}", name.unraw());
    let call = quote_spanned!(name.span()=> #function());
    quote! {
        const _: () = {
            #[deprecated(note = #note)]
            const fn #function() {}
            #call
        };
    }
}

fn response(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    operation: &Operation<'_>,
    mismatches: &EndpointMismatches<'_>,
) -> TokenStream {
    let kind = MismatchKind::Response;
    let Some(output) = api.concrete_output(endpoint) else {
        return TokenStream::new();
    };
    let media_types = operation.response_media_types();
    if endpoint.verb.args.accept.is_some() || media_types.is_empty() {
        return TokenStream::new();
    }
    // Nearly every method reads JSON from a JSON response, and a check of each costs more time than parsing the
    // document. Only results that are spelled as a stream are checked against JSON.
    if !mentions_stream(output) && media_types.iter().any(|media| is_json(media)) {
        return TokenStream::new();
    }
    // Only here, because an expectation counts as used once it is asked for.
    if mismatches.is_expected(kind) {
        return TokenStream::new();
    }
    let mismatch = Mismatch {
        what: format!("expected a result that reads {}, found another media type", suggest::list(&media_types)),
        help: format!("read the response as `{}`", method_text::result(&media_types)),
        pointer: operation.pointer().key("responses"),
    };
    let message = mismatches.with_expect(kind, mismatch).to_string();
    let media_types: Vec<String> = media_types.into_iter().map(essence).collect();
    let span = output.span().resolved_at(Span::call_site());
    let private = api.private();
    // The compiler points at the start of the call, which is its path.
    let path = moved_to(span, private.clone());
    // What a status makes `None` need not be JSON otherwise.
    let args = &endpoint.verb.args;
    let has_none = !args.none.is_empty() || !args.also.is_empty();
    let result = if has_none { quote!(OptionalResult) } else { quote!(FromResponse) };
    let check = quote_spanned! {span=>
        #path::check_response(
            #private::ResultProbe::<#output>::READS_BODY,
            <<#output as #private::CallResult>::Output as #private::#result>::ACCEPT,
            &[#(#media_types),*],
            #message,
        )
    };
    quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #private::ProbeDefaults as _;
            #check
        };
    }
}

fn mentions_stream(ty: &Type) -> bool {
    mentions(quote!(#ty), &["EventStream", "JsonLines"])
}

fn mentions(tokens: TokenStream, words: &[&str]) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => words.contains(&&*ident.to_string()),
        TokenTree::Group(group) => mentions(group.stream(), words),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
