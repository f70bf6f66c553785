//! Compares the request body of an endpoint, and the media type that it accepts, with its operation.

use syn::LitStr;

use super::media_type::{essence, range_contains};
use super::method_text;
use super::mismatch::{EndpointMismatches, Mismatch};
use super::operations::{Operation, RequestBody};
use super::type_shape::is_option;
use crate::model::{Endpoint, Param};
use crate::parse::mismatch_kind::MismatchKind;
use crate::parse::param_kind::ParamKind;
use crate::suggest;

/// The body that an endpoint sends.
struct Sent<'e> {
    param: &'e Param<'e>,
    media_type: String,
    /// Where the attribute names the media type.
    literal: Option<&'e LitStr>,
}

pub(super) fn request_body(endpoint: &Endpoint<'_>, operation: &Operation<'_>, mismatches: &EndpointMismatches<'_>) {
    let sent = endpoint.params.iter().find_map(Sent::of);
    let pointer = operation.pointer();
    match (sent, operation.request_body()) {
        // Without a media type, the document does not say what to send.
        (None, Some(RequestBody { required: true, media_types, .. })) if !media_types.is_empty() => {
            let mismatch = Mismatch {
                what: format!("missing required request body of type {}", suggest::list(&media_types)),
                help: format!("add the argument `{}`", method_text::body_argument(&media_types)),
                pointer: pointer.key("requestBody"),
            };
            mismatches.report(MismatchKind::Body, &endpoint.item.sig.ident, mismatch);
        }
        (Some(sent), None) => {
            let mismatch = Mismatch {
                what: "the operation has no request body".to_owned(),
                help: "remove the argument".to_owned(),
                pointer,
            };
            mismatches.report(MismatchKind::Body, sent.param.ident, mismatch);
        }
        (Some(sent), Some(body)) => sent.check(&body, operation, mismatches),
        (None, _) => {}
    }
}

/// Compares the media type that the endpoint asks for by name.
pub(super) fn accept(endpoint: &Endpoint<'_>, operation: &Operation<'_>, mismatches: &EndpointMismatches<'_>) {
    let Some(accept) = &endpoint.verb.args.accept else { return };
    let ranges = operation.response_media_types();
    let asked = accept.value();
    let is_allowed = asked.split(',').any(|asked| {
        let asked = essence(asked);
        asked.ends_with("/*") || ranges.iter().any(|range| range_contains(range, &asked))
    });
    let Some(first) = ranges.first().filter(|_| !is_allowed) else { return };
    let mismatch = Mismatch {
        what: format!("expected a response of type {}, found `{asked}`", suggest::list(&ranges)),
        help: format!("write `accept = \"{first}\"`"),
        pointer: operation.pointer().key("responses"),
    };
    mismatches.report(MismatchKind::Response, accept, mismatch);
}

impl<'e> Sent<'e> {
    fn of(param: &'e Param<'e>) -> Option<Self> {
        let (media_type, literal) = match &param.kind {
            ParamKind::Json { media_type: None } => ("application/json".to_owned(), None),
            ParamKind::Json { media_type: Some(media) } | ParamKind::Body { media_type: media } => {
                (essence(&media.value()), Some(media))
            }
            ParamKind::Form { .. } | ParamKind::Field { .. } => ("application/x-www-form-urlencoded".to_owned(), None),
            ParamKind::Multipart | ParamKind::Part { .. } => ("multipart/form-data".to_owned(), None),
            _ => return None,
        };
        Some(Self { param, media_type, literal })
    }

    /// Whether one argument is the whole body, as opposed to a field or a part of it.
    fn is_whole_body(&self) -> bool {
        !matches!(self.param.kind, ParamKind::Field { .. } | ParamKind::Part { .. })
    }

    fn check(&self, body: &RequestBody<'_>, operation: &Operation<'_>, mismatches: &EndpointMismatches<'_>) {
        let ranges = &body.media_types;
        let pointer = operation.pointer().key("requestBody");
        if !ranges.is_empty() && !ranges.iter().any(|range| range_contains(range, &self.media_type)) {
            let mismatch = Mismatch {
                what: format!("expected a request body of type {}, found `{}`", suggest::list(ranges), self.media_type),
                help: format!("write `{}`", method_text::body_argument(ranges)),
                pointer: pointer.clone().key("content"),
            };
            match self.literal {
                Some(literal) => mismatches.report(MismatchKind::MediaType, literal, mismatch),
                None => mismatches.report(MismatchKind::MediaType, self.param.ident, mismatch),
            }
        }
        if body.required && self.is_whole_body() && is_option(self.param.ty) {
            let mismatch = Mismatch {
                what: "the request body is required, and an `Option` may omit it".to_owned(),
                help: "remove `Option`".to_owned(),
                pointer: pointer.key("required"),
            };
            mismatches.report(MismatchKind::Required, self.param.ty, mismatch);
        }
    }
}
