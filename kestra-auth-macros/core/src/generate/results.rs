//! Responses of an operation as the result of a method.

use super::bodies::is_text;
use super::models::{Context, Models};
use super::options::Options;
use super::schemas;
use super::types::Type;
use crate::contract::document::Node;
use crate::contract::media_type::{essence, is_json};
use crate::contract::operations::Operation;

/// What a method returns if the call succeeds.
pub(super) struct Output {
    pub(super) body: OutputBody,
    /// Whether a success may have no body.
    pub(super) may_be_empty: bool,
    /// The statuses that mean that there is nothing.
    pub(super) none: Vec<u16>,
    /// The media type to ask for, where the type of the result asks for another one.
    pub(super) accept: Option<String>,
}

pub(super) enum OutputBody {
    Nothing,
    /// The headers and no body, for HEAD.
    Head,
    Json(Type),
    Text,
    Bytes,
    Stream,
    /// JSON values, one in each line.
    Lines(Type),
    /// Events, of the runtime's own type or with JSON as their data.
    Events(Option<Type>),
}

/// Reads what an operation returns, and what the body of its errors is.
pub(super) fn read<'d>(
    operation: &Operation<'d>,
    context: &Context,
    models: &mut Models<'d>,
    options: &Options,
) -> (Output, Option<Type>) {
    let responses = operation.node.entries("responses");
    let is_success = |status: &str| status.starts_with('2');
    let mut successes: Vec<(&str, Node<'d>)> =
        responses.iter().copied().filter(|(status, _)| is_success(status)).collect();
    if successes.is_empty() {
        successes.extend(responses.iter().find(|(status, _)| *status == "default"));
    }
    let (body, accept) =
        if operation.verb == "head" { (OutputBody::Head, None) } else { body(&successes, context, models, options) };
    let has_content = |response: &Node<'d>| !response.entries("content").is_empty();
    let may_be_empty = successes.iter().any(|(_, response)| !has_content(response));
    let is_read = operation.verb == "get" && !matches!(body, OutputBody::Nothing | OutputBody::Head);
    let none = if is_read && responses.iter().any(|(status, _)| *status == "404") { vec![404] } else { Vec::new() };
    let error = error(&responses, &successes, context, models);
    (Output { body, may_be_empty, none, accept }, error)
}

fn body<'d>(
    successes: &[(&str, Node<'d>)],
    context: &Context,
    models: &mut Models<'d>,
    options: &Options,
) -> (OutputBody, Option<String>) {
    let all: Vec<(&'d str, Node<'d>)> =
        successes.iter().flat_map(|(_, response)| response.entries("content")).collect();
    let essences: Vec<String> = all.iter().map(|(media, _)| essence(media)).collect();
    let json: Vec<usize> = (0..all.len()).filter(|index| is_json_document(&essences[*index])).collect();
    if !json.is_empty() {
        let accept = essences.iter().find(|media| is_json_document(media));
        let has_plain = json.iter().any(|index| matches!(&*essences[*index], "application/json" | "*/*"));
        let schemas = json.iter().map(|index| all[*index].1.child("schema")).collect::<Vec<_>>();
        let ty = json_type(&schemas, context, models);
        return (OutputBody::Json(ty), accept.filter(|_| !has_plain).cloned());
    }
    let Some((media, node)) = essences.first().zip(all.first().map(|(_, node)| *node)) else {
        return (OutputBody::Nothing, None);
    };
    if let Some(index) = essences.iter().position(|media| media == "text/event-stream") {
        return (OutputBody::Events(event_type(all[index].1, context, models)), None);
    }
    if is_lines(media) {
        let item = node.child("itemSchema").or_else(|| node.child("schema"));
        let ty = item.map_or(Type::Any, |item| models.type_of(item, &context.part("Item")));
        let ty = match ty {
            Type::List(item) => *item,
            other => other,
        };
        let asks_for_it = matches!(&**media, "application/x-ndjson" | "application/jsonl");
        return (OutputBody::Lines(ty), (!asks_for_it).then(|| media.clone()));
    }
    if essences.iter().all(|media| is_text(media)) {
        return (OutputBody::Text, None);
    }
    (if options.streams { OutputBody::Stream } else { OutputBody::Bytes }, None)
}

/// Whether a media type is one JSON value, and not several.
fn is_json_document(media: &str) -> bool {
    is_json(media) && !is_lines(media)
}

fn is_lines(media: &str) -> bool {
    matches!(
        media,
        "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonlines"
            | "application/jsonlines"
            | "application/json-lines"
            | "application/stream+json"
            | "application/x-json-stream"
    )
}

/// The type of several JSON responses: one that holds them all.
fn json_type<'d>(schemas: &[Option<Node<'d>>], context: &Context, models: &mut Models<'d>) -> Type {
    let mut types: Vec<Type> = Vec::new();
    for schema in schemas {
        let ty = schema.map_or(Type::Any, |schema| models.type_of(schema, &context.part("Response")));
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    match types.pop() {
        Some(only) if types.is_empty() => only,
        Some(last) => models.any_of(types.into_iter().chain([last]).collect(), &context.part("Response")),
        None => Type::Any,
    }
}

/// The type of the data of events. Many documents describe the event instead, which the runtime has a type for.
fn event_type<'d>(media: Node<'d>, context: &Context, models: &mut Models<'d>) -> Option<Type> {
    let schema = media.child("itemSchema").or_else(|| media.child("schema"))?;
    if let Some(data) = schemas::property(schema, "data") {
        let schema = data.child("contentSchema")?;
        return Some(models.type_of(schema, &context.part("Event")));
    }
    let ty = models.type_of(schema, &context.part("Event"));
    matches!(ty, Type::Model(_)).then_some(ty).filter(|ty| !models.is_values(ty))
}

/// The type of the bodies of errors, if all that the document describes are of one.
fn error<'d>(
    responses: &[(&str, Node<'d>)],
    successes: &[(&str, Node<'d>)],
    context: &Context,
    models: &mut Models<'d>,
) -> Option<Type> {
    let is_success = |status: &str| successes.iter().any(|(success, _)| *success == status);
    let mut types: Vec<Type> = Vec::new();
    for (status, response) in responses.iter().filter(|(status, _)| !is_success(status)) {
        if status.starts_with(['1', '3']) {
            continue;
        }
        let media_types = response.entries("content");
        let Some((_, media)) = media_types.iter().find(|(media, _)| is_json_document(&essence(media))) else {
            continue;
        };
        let schema = media.child("schema")?;
        // Whether alternatives are the same is known only once they are read, and an error has few of them.
        let ty = models.type_of(schema, &context.part("Error")).non_null().clone();
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    match &types[..] {
        [ty @ Type::Model(_)] if !models.is_values(ty) => Some(ty.clone()),
        _ => None,
    }
}
