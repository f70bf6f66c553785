//! What the macro hands to the compiler: a warning for a deprecated operation, and the question whether the
//! result's type, whatever its spelling, reads what the document answers.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::endpoint_check::expected;
use super::operations::{Operation, essence};
use crate::ast::{Api, Endpoint};
use crate::expand::private;
use crate::method::is_closed;
use crate::words;

/// What the compiler tells outside of the macro: a warning for a deprecated operation, and whether the result's
/// type, whatever its spelling, reads what the document answers.
pub(super) fn checks(api: &Api<'_>, endpoint: &Endpoint<'_>, operation: &Operation) -> TokenStream {
    let private = private(api);
    let mut tokens = TokenStream::new();
    if operation.is_deprecated() && !expected(endpoint, "deprecated") {
        let name = &endpoint.item.sig.ident;
        let note = format!("the document says that the operation is deprecated: {}", operation.place());
        let operation = quote::format_ident!("__deprecated_{}", syn::ext::IdentExt::unraw(name));
        let use_it = quote_spanned!(name.span()=> #operation());
        tokens.extend(quote! {
            const _: () = {
                #[deprecated(note = #note)]
                const fn #operation() {}
                #use_it
            };
        });
    }
    let answers = operation.answers();
    let Some(output) = endpoint.output.filter(|output| is_closed(api, endpoint, output)) else { return tokens };
    if endpoint.verb.args.accept.is_some() || answers.is_empty() || expected(endpoint, "answer") {
        return tokens;
    }
    // Nearly every method reads JSON where JSON is answered; to have the compiler look at each costs more than
    // reading the document. Only what is spelled otherwise is worth it then.
    let reads_stream = mentions(quote!(#output), &["EventStream", "JsonLines"]);
    if !reads_stream && answers.iter().any(|answer| is_json(&essence(answer))) {
        return tokens;
    }
    let refusal = format!(
        "the operation answers {}, and the result reads another media type\nnote: {}.responses\n\
         help: `expect(answer)` in the verb's attribute says that it is meant",
        words::list(&answers),
        operation.place()
    );
    let answers: Vec<String> = answers.into_iter().map(essence).collect();
    let place = output.span().resolved_at(proc_macro2::Span::call_site());
    let private_here = crate::expand::respan(private.clone(), place);
    let check = quote_spanned! {place=>
        #private_here::check_answer(
            #private::ResultProbe::<#output>::READS_BODY,
            <<#output as #private::CallResult>::Output as #private::Answer>::ACCEPT,
            &[#(#answers),*],
            #refusal,
        )
    };
    tokens.extend(quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #private::Accepted as _;
            #check
        };
    });
    tokens
}

fn is_json(media: &str) -> bool {
    media.ends_with("/json") || media.ends_with("+json") || media == "*/*"
}

fn mentions(tokens: TokenStream, words: &[&str]) -> bool {
    tokens.into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Ident(ident) => words.contains(&&*ident.to_string()),
        proc_macro2::TokenTree::Group(group) => mentions(group.stream(), words),
        _ => false,
    })
}
