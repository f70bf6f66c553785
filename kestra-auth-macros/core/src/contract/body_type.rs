//! Compares the type of a request body with its schema.

use super::direction::Direction;
use super::expected::{Encoding, Expected};
use super::media_type::{essence, range_contains};
use super::operations::Operation;
use super::type_check::Subject;
use super::value_check::ValueCheck;
use crate::model::Endpoint;
use crate::parse::param_kind::ParamKind;

/// Compares the argument that is the whole body, if there is one.
pub(super) fn check(endpoint: &Endpoint<'_>, operation: &Operation<'_>, values: &ValueCheck<'_>) {
    let whole = endpoint.params.iter().find_map(|param| match &param.kind {
        ParamKind::Json { media_type } => {
            let media =
                media_type.as_ref().map_or_else(|| "application/json".to_owned(), |media| essence(&media.value()));
            Some((param, media, true))
        }
        ParamKind::Form { .. } => Some((param, "application/x-www-form-urlencoded".to_owned(), false)),
        _ => None,
    });
    let (Some((param, media, is_json)), Some(body)) = (whole, operation.request_body()) else { return };
    let mut contents = body.contents.into_iter();
    let Some(schema) = contents.find(|content| range_contains(content.name, &media)).and_then(|content| content.schema)
    else {
        return;
    };
    let expected = Expected::of(schema, Encoding::Json(Direction::Request));
    // The values of a form are text, and it may be a list of pairs.
    let expected = if is_json { expected } else { expected.only_models() };
    let pointer = operation.pointer().key("requestBody");
    values.check(param, &expected, &Subject::whole("a request body of", pointer));
}
