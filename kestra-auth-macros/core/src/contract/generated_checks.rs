//! What the macro leaves to the compiler: the warning for a deprecated operation, and whether the result's type
//! reads the media type of the response, because only the compiler sees through aliases.

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;

use super::media_type::{essence, is_json};
use super::method_text;
use super::mismatch::{EndpointMismatches, Mismatch};
use super::operations::Operation;
use super::question::Question;
use super::type_check::{Checked, CompilerChecks};
use crate::model::{Api, Endpoint};
use crate::parse::attributes::is_cfg;
use crate::parse::mismatch_kind::MismatchKind;
use crate::suggest;

pub(super) fn generate(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    operation: &Operation<'_>,
    (checks, mismatches): (&CompilerChecks, &EndpointMismatches<'_>),
) -> TokenStream {
    let deprecated = deprecated(endpoint, operation, mismatches);
    check_response(api, endpoint, operation, (checks, mismatches));
    deprecated
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
    if mismatches.is_list() {
        mismatches.report(kind, name, mismatch);
        return TokenStream::new();
    }
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

fn check_response(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    operation: &Operation<'_>,
    (checks, mismatches): (&CompilerChecks, &EndpointMismatches<'_>),
) {
    let kind = MismatchKind::Response;
    let Some(output) = api.concrete_output(endpoint) else { return };
    let media_types = operation.response_media_types();
    if endpoint.verb.args.accept.is_some() || media_types.is_empty() {
        return;
    }
    // Nearly every method reads JSON from a JSON response, and a check of each costs more time than parsing the
    // document. Only results that are spelled as a stream are checked against JSON.
    if !mentions_stream(output) && media_types.iter().any(|media| is_json(media)) {
        return;
    }
    // Only here, because an expectation counts as used once it is asked for.
    if mismatches.is_expected(kind) {
        return;
    }
    let mismatch = Mismatch {
        what: format!("expected a result that reads {}, found another media type", suggest::list(&media_types)),
        help: format!("read the response as `{}`", method_text::result(&media_types)),
        pointer: operation.pointer().key("responses"),
    };
    let mismatch = mismatches.with_expect(kind, mismatch);
    let media_types: Vec<String> = media_types.into_iter().map(essence).collect();
    // What a status makes `None` need not be JSON otherwise.
    let args = &endpoint.verb.args;
    let has_none = !args.none.is_empty() || !args.also.is_empty();
    let cfgs = endpoint.item.attrs.iter().filter(|attribute| is_cfg(attribute)).collect();
    let checked = Checked { ty: output, asked: output, is_concrete: true, cfgs };
    checks.ask(&checked, || Question::Response { media_types, has_none, mismatch });
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
