//! Generates a method of the client: it hands the parts of the request to the runtime, and decides nothing.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use crate::expand::parameter;
use crate::expand::tokens::{base_field, future_sig, output_span, self_token, static_name};
use crate::model::{Api, Endpoint};
use crate::parse::attributes::{is_cfg, is_inherited_lint};
use crate::parse::param_kind::ParamKind;
use crate::parse::path_template::{Piece, Source, join};
use crate::parse::result_type;
use crate::spans::moved_to;

// Input:  #[get("/flows/{id}")] async fn flow(&self, id: &str, #[query] page: u32) -> Result<Flow, Error>;
// Output: fn flow(&self, id: &str, page: u32) -> impl Future<Output = Result<Flow, Error>> + Send {
//             let mut __request = Request::new(&self.client, &__FlowsApi__flow);
//             __request.literal("/flows/");
//             __request.path("id", &id);
//             __request.query("page", &page);
//             __request.send(reads())
//         }
pub(super) fn expand(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let private = api.private();
    let attrs = endpoint.item.attrs.iter().filter(|attribute| is_cfg(attribute) || is_inherited_lint(attribute));
    let sig = future_sig(&endpoint.item.sig);
    let request = Ident::new("__request", Span::mixed_site());
    let (this, endpoint_static) = (self_token(&endpoint.item.sig), static_name(api, endpoint));
    let path = path(api, endpoint, &request);
    let params = params(api, endpoint, &request);
    let reads = reads(api, endpoint);
    quote! {
        #(#attrs)*
        #sig {
            let mut #request = #private::Request::new(&#this.client, &#endpoint_static);
            #(#path)*
            #(#params)*
            #request.send(#reads)
        }
    }
}

// Output: __request.literal("/flows/"); __request.path("id", &id); __request.query_literal("kind=flow");
fn path(api: &Api<'_>, endpoint: &Endpoint<'_>, request: &Ident) -> Vec<TokenStream> {
    let Some((_, template)) = endpoint.verb.template() else { return Vec::new() };
    let this = self_token(&endpoint.item.sig);
    let pieces = join(&api.base, template).into_iter().filter_map(|(source, piece)| {
        let (call, name) = match &piece {
            Piece::Literal(text) => return Some(quote!(#request.literal(#text);)),
            Piece::Value(name) => ("path", name),
            Piece::Optional(name) => ("path_optional", name),
            Piece::Rest { name, own_slash: true } => ("path_rest", name),
            Piece::Rest { name, own_slash: false } => ("path_rest_in_segment", name),
        };
        if source == Source::Client {
            let field = base_field(name);
            return Some(quote!(#request.path(#name, &#this.#field);));
        }
        let (value, is_encoded) = path_value(api, endpoint, name)?;
        let call = if is_encoded { format_ident!("{call}_encoded") } else { format_ident!("{call}") };
        Some(quote!(#request.#call(#name, #value);))
    });
    let query = template.query.iter().map(|query| quote!(#request.query_literal(#query);));
    pieces.chain(query).collect()
}

/// Returns the value of a placeholder, and whether it is already encoded.
fn path_value(api: &Api<'_>, endpoint: &Endpoint<'_>, name: &str) -> Option<(TokenStream, bool)> {
    endpoint.params.iter().find_map(|param| match &param.kind {
        ParamKind::Path { encoded, encoder } if param.name == name => {
            Some((parameter::value(api, param, encoder), *encoded))
        }
        _ => None,
    })
}

// Output: __request.query("page", &page); __request.json(&flow);
fn params(api: &Api<'_>, endpoint: &Endpoint<'_>, request: &Ident) -> Vec<TokenStream> {
    // The target of a link replaces the whole URL, so it comes before what is added to it.
    let (links, others): (Vec<_>, Vec<_>) =
        endpoint.params.iter().partition(|param| matches!(param.kind, ParamKind::Url));
    let calls = links.into_iter().chain(others).filter_map(|param| {
        let (cfgs, call) = (&param.cfgs, parameter::call(api, param)?);
        Some(quote!(#(#cfgs)* #request.#call;))
    });
    calls.collect()
}

/// Generates what reads the response. At the span of the result, the compiler reports there that it cannot be read.
fn reads(api: &Api<'_>, endpoint: &Endpoint<'_>) -> TokenStream {
    let (private, args, span) = (api.private(), &endpoint.verb.args, output_span(endpoint));
    let reads = match (args.none.is_empty(), args.also.is_empty()) {
        // Without `none(…)`, this is rejected. The compiler would report a second error for a type that JSON is not read into.
        (true, true) if endpoint.output.and_then(result_type::optional_wrapper).is_some() => quote!(reads_optional),
        (true, true) => quote!(reads),
        (false, true) => quote!(reads_optional),
        (_, false) => quote!(reads_also),
    };
    let path = moved_to(span, quote!(#private::#reads));
    quote_spanned!(span=> #path())
}
