//! Compares the result of an endpoint, and the error body that it declares, with the responses of its operation.

use std::borrow::Cow;

use proc_macro2::Literal;
use syn::{LitStr, PathSegment, Type};

use super::direction::Direction;
use super::document::Document;
use super::expected::{Encoding, Expected};
use super::json_type::JsonType;
use super::media_type::{essence, is_json, range_contains};
use super::mismatch::{EndpointMismatches, Mismatch, Report};
use super::operations::{MediaType, Operation, Response};
use super::question::{Part, Question};
use super::schema::Schema;
use super::spelled_type::{SpelledType, type_arguments};
use super::type_check::{Checked, CompilerChecks, Subject, Verdict, compare, mismatch, type_mismatches};
use super::value::Value;
use super::value_check::ValueCheck;
use crate::model::Endpoint;
use crate::parse::attributes::is_cfg;
use crate::parse::mismatch_kind::MismatchKind;

pub(super) struct ResultCheck<'c> {
    endpoint: &'c Endpoint<'c>,
    operation: &'c Operation<'c>,
    responses: Vec<Response<'c>>,
    checks: &'c CompilerChecks,
    mismatches: &'c EndpointMismatches<'c>,
    is_concrete: bool,
}

/// The types of a return type that is spelled `Result<T, E>`.
struct Spelled<'c> {
    output: &'c Type,
    value: Option<&'c Type>,
    error: Option<&'c Type>,
}

const RESPONSE: Encoding = Encoding::Json(Direction::Response);

impl<'c> ResultCheck<'c> {
    pub(super) fn new(endpoint: &'c Endpoint<'c>, operation: &'c Operation<'c>, values: &ValueCheck<'c>) -> Self {
        let is_concrete = values.api.concrete_output(endpoint).is_some();
        let (responses, checks, mismatches) = (operation.responses(), values.checks, values.mismatches);
        Self { endpoint, operation, responses, checks, mismatches, is_concrete }
    }

    pub(super) fn check(&self, document: &Document) {
        self.check_statuses();
        let Some(output) = self.endpoint.output else { return };
        let spelled = Spelled::of(output);
        if self.endpoint.verb.method != "HEAD" {
            self.check_value(&spelled);
        }
        self.check_error(&spelled, document);
    }

    /// Reports the statuses of `none` and `also` that the document does not list. Most documents leave 404 out.
    fn check_statuses(&self) {
        let args = &self.endpoint.verb.args;
        let is_documented = |status: u16| {
            let range = format!("{}XX", status / 100);
            let matches = |found: &str| found == status.to_string() || found.eq_ignore_ascii_case(&range);
            self.responses.iter().any(|response| matches(response.status) || response.status == "default")
        };
        if self.responses.is_empty() {
            return;
        }
        for (status, span) in args.none.iter().chain(&args.also) {
            if *status == 404 || is_documented(*status) {
                continue;
            }
            let mut token = Literal::u16_unsuffixed(*status);
            token.set_span(*span);
            let mismatch = Mismatch {
                what: format!("the operation has no response with the status {status}"),
                help: "remove the status".to_owned(),
                pointer: self.operation.pointer().key("responses"),
            };
            self.mismatches.report(MismatchKind::Status, token, mismatch);
        }
    }

    fn check_value(&self, spelled: &Spelled<'c>) {
        let has_success = self.responses.iter().any(|response| response.status.starts_with('2'));
        // A response that is documented alone is the one that an operation has when it succeeds.
        let is_success = |status: &str| if has_success { status.starts_with('2') } else { status == "default" };
        let successful = || self.responses.iter().filter(|response| is_success(response.status));
        if successful().next().is_none() {
            return;
        }
        let is_empty =
            |response: &Response<'_>| response.contents.is_empty() && matches!(response.status, "204" | "205");
        if successful().all(is_empty) {
            self.check_no_body(spelled);
            return;
        }
        let described: Vec<&Response<'_>> = successful().filter(|response| !is_empty(response)).collect();
        let value = self.expected(&described, is_json, value_schema);
        let item = self.expected(&described, is_stream, item_schemas);
        let ty = spelled.value.unwrap_or(spelled.output);
        let subject = self.subject("a result of");
        match compare(&SpelledType::of(ty), &value) {
            Verdict::Fits if item.is_any() => {}
            Verdict::Mismatch(found) => {
                self.mismatches.report(MismatchKind::Type, ty, mismatch(&value, &subject, &found));
            }
            Verdict::Fits | Verdict::Ask => {
                // Messages are about the values, unless there are only items.
                let shown = if value.is_any() { &item } else { &value };
                self.checks.ask(&self.checked(ty, spelled.output), || Question::Result {
                    value: Cow::Borrowed(&value),
                    item: Cow::Borrowed(&item),
                    mismatches: type_mismatches(shown, &subject, self.mismatches),
                });
            }
        }
    }

    /// A result that reads a body where no response has one.
    fn check_no_body(&self, spelled: &Spelled<'c>) {
        let mismatch = |found: &str| Mismatch {
            what: format!("expected no response body, found {found}"),
            help: "write `()`".to_owned(),
            pointer: self.operation.pointer().key("responses"),
        };
        let ty = spelled.value.unwrap_or(spelled.output);
        match SpelledType::of(ty) {
            SpelledType::Unit | SpelledType::Optional(_) | SpelledType::Opaque => {}
            SpelledType::Unknown(_) => {
                self.ask_for_none(ty, spelled.output, Part::Whole, MismatchKind::Response, mismatch);
            }
            spelled @ (SpelledType::Scalar(..) | SpelledType::List(_) | SpelledType::Map(_)) => {
                self.mismatches.report(MismatchKind::Response, ty, mismatch(&spelled.text()));
            }
        }
    }

    fn ask_for_none(
        &self,
        ty: &Type,
        asked: &Type,
        part: Part,
        kind: MismatchKind,
        mismatch: impl FnOnce(&str) -> Mismatch,
    ) {
        if !self.is_concrete {
            return;
        }
        let Some(mismatch) = self.mismatches.possible(kind, None, mismatch("{found}")) else { return };
        self.checks.ask(&self.checked(ty, asked), || Question::NoBody { part, kind, mismatch });
    }

    fn check_error(&self, spelled: &Spelled<'c>, document: &Document) {
        let error = spelled.error.and_then(last_segment);
        let declared = error.filter(|error| error.ident == "ApiError").and_then(|error| type_arguments(error).next());
        // `Error` declares no body; another name may be an alias.
        if declared.is_none() && error.is_some_and(|error| error.ident == "Error") {
            return;
        }
        let is_error = |response: &&Response<'_>| !response.status.starts_with(['1', '2', '3']);
        let errors: Vec<&Response<'_>> = self.responses.iter().filter(is_error).collect();
        if errors.is_empty() {
            if let Some(declared) = declared.filter(|_| !self.responses.is_empty() && lists_errors(document)) {
                let mismatch = |found: &str| Mismatch {
                    what: format!("the operation has no error response, found an error body of {found}"),
                    help: "write `Error` instead of `ApiError`".to_owned(),
                    pointer: self.operation.pointer().key("responses"),
                };
                self.ask_for_none(declared, spelled.output, Part::ErrorBody, MismatchKind::Status, mismatch);
            }
            return;
        }
        let expected = self.expected(&errors, is_json, value_schema);
        let subject = self.subject("an error body of");
        let ty = declared.unwrap_or(spelled.output);
        match compare(&SpelledType::of(ty), &expected) {
            Verdict::Fits => {}
            Verdict::Mismatch(_) if declared.is_none() => {}
            Verdict::Mismatch(found) => {
                self.mismatches.report(MismatchKind::Type, ty, mismatch(&expected, &subject, &found));
            }
            Verdict::Ask => self.checks.ask(&self.checked(ty, spelled.output), || Question::Type {
                part: Part::ErrorBody,
                expected: Cow::Borrowed(&expected),
                mismatches: type_mismatches(&expected, &subject, self.mismatches),
            }),
        }
    }

    /// What the content of these responses allows.
    fn expected(
        &self,
        responses: &[&Response<'c>],
        is_wanted: fn(&str) -> bool,
        schemas: fn(&MediaType<'c>) -> Vec<Schema<'c>>,
    ) -> Expected {
        let accept = self.endpoint.verb.args.accept.as_ref().map(LitStr::value);
        let is_accepted = |media: &str| {
            accept.as_ref().is_none_or(|accept| accept.split(',').any(|asked| range_contains(media, &essence(asked))))
        };
        let contents = responses.iter().flat_map(|response| &response.contents);
        let wanted = contents.filter(|content| is_wanted(content.name) && is_accepted(content.name));
        let of_content = |content| {
            let allowed = schemas(content).into_iter().map(|schema| Expected::of(schema, RESPONSE));
            allowed.reduce(Expected::or).unwrap_or_else(Expected::any)
        };
        wanted.map(of_content).reduce(Expected::or).unwrap_or_else(Expected::any)
    }

    fn subject(&self, what: &str) -> Subject {
        Subject::whole(what, self.operation.pointer().key("responses"))
    }

    fn checked<'t>(&self, ty: &'t Type, asked: &'t Type) -> Checked<'t>
    where
        'c: 't,
    {
        let cfgs = self.endpoint.item.attrs.iter().filter(|attribute| is_cfg(attribute)).collect();
        Checked { ty, asked, is_concrete: self.is_concrete, cfgs }
    }
}

impl<'c> Spelled<'c> {
    fn of(output: &'c Type) -> Self {
        let result = last_segment(output).filter(|segment| segment.ident == "Result");
        let mut arguments = result.into_iter().flat_map(type_arguments);
        Self { output, value: arguments.next(), error: arguments.next() }
    }
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

/// Whether a media type is a sequence of JSON values that arrive one by one.
fn is_stream(media: &str) -> bool {
    let media = essence(media);
    let names = ["text/event-stream", "application/x-ndjson", "application/ndjson", "application/jsonl"];
    names.contains(&media.as_str()) || matches!(media.as_str(), "application/x-jsonlines" | "application/json-lines")
}

/// The schema of a value.
fn value_schema<'d>(content: &MediaType<'d>) -> Vec<Schema<'d>> {
    content.schema.into_iter().collect()
}

/// The schemas of one item of a stream: `itemSchema` of OpenAPI 3.2, or what earlier documents write as `schema`. If
/// that is an event with its name and its data, the item may also be the data.
fn item_schemas<'d>(content: &MediaType<'d>) -> Vec<Schema<'d>> {
    let item = content.item_schema.or_else(|| {
        let schema = content.schema?;
        if schema.types() == [JsonType::Array] { schema.items() } else { Some(schema) }
    });
    let Some(item) = item else { return Vec::new() };
    let properties = item.properties();
    let is_event = ["id", "event", "name", "retry"].iter().any(|field| properties.find(field).is_some());
    let data = properties.find("data").filter(|_| is_event).map(|data| data.schema);
    let data = data.map(|data| Schema::under(data.resolved().node(), "contentSchema").unwrap_or(data));
    let schemas: Vec<Schema<'d>> = std::iter::once(item).chain(data).collect();
    // Text may be JSON.
    if schemas.iter().any(|schema| schema.types().contains(&JsonType::String)) { Vec::new() } else { schemas }
}

/// Whether the document lists errors at all. Many list none, which says nothing about those that there are.
fn lists_errors(document: &Document) -> bool {
    let paths = document.root().value.get("paths").map_or(&[][..], Value::entries);
    let operations = paths.iter().flat_map(|(_, item)| item.entries());
    let mut responses = operations.filter_map(|(_, operation)| operation.get("responses"));
    responses.any(|responses| responses.entries().iter().any(|(status, _)| status.starts_with(['4', '5', 'd'])))
}
