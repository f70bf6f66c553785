//! Request bodies as arguments.

use super::arguments::{Argument, ArgumentKind, ArgumentType, scalar};
use super::models::{Context, Models, Shape};
use super::naming::{Scope, identifier, snake_case};
use super::schemas;
use super::types::Type;
use crate::contract::document::Node;
use crate::contract::media_type::{essence, is_json};
use crate::contract::operations::Operation;

/// How many fields of a form are arguments of their own. More of them are a struct.
const MAX_FIELDS: usize = 5;

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// Reads the request body of an operation: no argument, one for the whole body, or one for each field or part.
pub(super) fn read<'d>(
    operation: &Operation<'d>,
    context: &Context,
    models: &mut Models<'d>,
    scope: &mut Scope,
) -> Vec<Argument<'d>> {
    let Some(body) = operation.node.get("requestBody") else { return Vec::new() };
    let optional = body.value.get_bool("required") != Some(true);
    let media_types = body.entries("content");
    let Some((media, node)) = preferred(&media_types) else { return Vec::new() };
    let schema = node.child("schema");
    let essence = essence(media);
    let reader = Body { media, node, schema, optional, context, scope };
    if is_json(&essence) && essence != "*/*" {
        reader.json(models)
    } else if essence == FORM {
        reader.form(models)
    } else if essence == MULTIPART {
        reader.multipart(models)
    } else {
        reader.raw(&essence)
    }
}

/// The media type to send: JSON first, then what has fields, then what is text.
fn preferred<'d>(content: &[(&'d str, Node<'d>)]) -> Option<(&'d str, Node<'d>)> {
    let rank = |media: &str| match essence(media).as_str() {
        "application/json" => 0,
        "*/*" => 6,
        media if is_json(media) => 1,
        MULTIPART => 2,
        FORM => 3,
        media if is_text(media) => 4,
        _ => 5,
    };
    content.iter().min_by_key(|(media, _)| rank(media)).copied()
}

/// Whether bodies of a media type are text.
pub(super) fn is_text(media: &str) -> bool {
    media.starts_with("text/")
        || ["xml", "yaml", "yml", "csv", "graphql", "javascript", "sql", "jwt", "jose"]
            .iter()
            .any(|kind| media.ends_with(kind))
        || is_json(media)
}

struct Body<'d, 's> {
    media: &'d str,
    /// The media type object.
    node: Node<'d>,
    schema: Option<Node<'d>>,
    optional: bool,
    context: &'s Context,
    scope: &'s mut Scope,
}

impl<'d> Body<'d, '_> {
    fn json(self, models: &mut Models<'d>) -> Vec<Argument<'d>> {
        let ty = self.schema.map_or(Type::Any, |schema| models.type_of(schema, &self.context.part("Request")));
        // Whoever calls the method has a body to send.
        let ty = ty.non_null().clone();
        let media = (essence(self.media) != "application/json").then_some(self.media);
        let name = self.whole_name(&ty, models, "body");
        vec![Argument {
            kind: ArgumentKind::Json(media),
            name,
            ty: ArgumentType::Reference(ty),
            optional: self.optional,
            is_other_type: false,
        }]
    }

    /// The name of an argument for the whole body: that of its model where it is a single word or two.
    fn whole_name(&self, ty: &Type, models: &Models<'d>, fallback: &str) -> String {
        let component = match ty.non_null() {
            Type::Model(id) => models.get(*id).component.map(snake_case),
            _ => None,
        };
        let own = component.filter(|name| name.len() <= 16 && self.scope.is_free(name));
        identifier(&own.unwrap_or_else(|| self.free(fallback)))
    }

    fn free(&self, name: &str) -> String {
        if self.scope.is_free(name) { name.to_owned() } else { format!("request_{name}") }
    }

    fn form(self, models: &mut Models<'d>) -> Vec<Argument<'d>> {
        let ty = self.schema.map_or(Type::Any, |schema| models.type_of(schema, &self.context.part("Form")));
        let id = match ty.non_null() {
            Type::Model(id) => Some(*id),
            _ => None,
        };
        if let Some((id, Shape::Struct(structure))) = id.map(|id| (id, &models.get(id).shape)) {
            let is_flat = |ty: &Type| {
                matches!(scalar(ty, models), scalar if scalar == *ty.non_null())
                    || matches!(ty.non_null(), Type::List(item) if scalar(item, models) == *item.non_null())
            };
            let brackets = structure.fields.iter().any(|field| !is_flat(&field.ty));
            let fits = structure.fields.len() <= MAX_FIELDS && structure.rest.is_none() && !self.optional;
            if models.get(id).component.is_none() && fits && !brackets {
                let fields = structure.fields.iter().filter(|field| !field.read_only);
                return fields
                    .map(|field| (field.name, field.ty.clone(), field.required))
                    .collect::<Vec<_>>()
                    .into_iter()
                    .map(|(name, ty, required)| self.field(name, &ty, required, models))
                    .collect();
            }
            let name = self.free("form");
            return vec![Argument {
                kind: ArgumentKind::Form { brackets },
                name,
                ty: ArgumentType::Reference(ty),
                optional: self.optional,
                is_other_type: false,
            }];
        }
        let name = self.free("form");
        let ty = ArgumentType::Reference(if ty == Type::Any { Type::map(Type::String) } else { ty });
        vec![Argument {
            kind: ArgumentKind::Form { brackets: true },
            name,
            ty,
            optional: self.optional,
            is_other_type: false,
        }]
    }

    fn field(&self, name: &'d str, ty: &Type, required: bool, models: &Models<'d>) -> Argument<'d> {
        let ty = match ty.non_null() {
            Type::List(item) => ArgumentType::Values(scalar(item, models)),
            ty => match scalar(ty, models) {
                Type::String => ArgumentType::Text,
                scalar => ArgumentType::Value(scalar),
            },
        };
        let own = snake_case(name);
        let own = if self.scope.is_free(&own) { own } else { format!("{own}_field") };
        Argument {
            kind: ArgumentKind::Field(name),
            name: identifier(&own),
            ty,
            optional: !required,
            is_other_type: false,
        }
    }

    fn multipart(self, models: &mut Models<'d>) -> Vec<Argument<'d>> {
        let form = |reader: &Self| {
            let ty = ArgumentType::Runtime("kestra_auth::multipart::Form");
            vec![Argument {
                kind: ArgumentKind::Multipart,
                name: reader.free("form"),
                ty,
                optional: reader.optional,
                is_other_type: false,
            }]
        };
        let Some(schema) = self.schema.map(schemas::resolved) else { return form(&self) };
        let members = schemas::members(schema);
        let properties: Vec<(&'d str, Node<'d>)> =
            members.iter().flat_map(|member| schemas::raw_entries(*member, "properties")).collect();
        // An optional body is one argument, and so are parts of any name.
        let has_others = members.iter().any(|member| {
            let additional = member.value.get("additionalProperties");
            additional.is_some_and(|additional| *additional != crate::contract::value::Value::Bool(false))
        });
        if properties.is_empty() || has_others || properties.iter().any(|(name, _)| name.is_empty()) {
            return form(&self);
        }
        let required: Vec<&str> = members.iter().flat_map(|member| schemas::required(*member)).collect();
        let mut parts = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for (name, raw) in properties {
            if seen.contains(&name) || schemas::flag(raw, "readOnly") {
                continue;
            }
            seen.push(name);
            parts.push(self.part(name, raw, required.contains(&name), models));
        }
        // What is required and not described is any part.
        let nothing = self.node.document.nothing();
        for name in required.into_iter().filter(|name| !name.is_empty()) {
            if !seen.contains(&name) && !members.iter().any(|member| schemas::property(*member, name).is_some()) {
                seen.push(name);
                parts.push(self.part(name, nothing, true, models));
            }
        }
        if parts.is_empty() { form(&self) } else { parts }
    }

    fn part(&self, name: &'d str, raw: Node<'d>, required: bool, models: &mut Models<'d>) -> Argument<'d> {
        let encoding = self.node.get("encoding").and_then(|encoding| encoding.get(name));
        let media = encoding.and_then(|encoding| encoding.value.get_str("contentType"));
        let media = media.filter(|media| !media.contains([',', '*']));
        let own = snake_case(name);
        let own = if self.scope.is_free(&own) { own } else { format!("{own}_part") };
        let argument = |json, media, ty| Argument {
            kind: ArgumentKind::Part { name, json, media },
            name: identifier(&own),
            ty,
            optional: !required,
            is_other_type: false,
        };
        if is_binary(raw) {
            return argument(false, media, ArgumentType::Runtime("kestra_auth::multipart::Part"));
        }
        let item = schemas::resolved(raw).child("items");
        if item.is_some_and(is_binary) {
            return argument(false, media, ArgumentType::Runtime("Vec<kestra_auth::multipart::Part>"));
        }
        let ty = models.type_of(raw, &self.context.part(name));
        match ty.non_null() {
            Type::List(item) if scalar(item, models) == *item.non_null() => {
                argument(false, media, ArgumentType::Values(Type::String))
            }
            Type::Bool | Type::Integer(_) | Type::Number => {
                let ty = ArgumentType::Value(ty.non_null().clone());
                argument(true, Some(media.unwrap_or("text/plain")), ty)
            }
            ty if scalar(ty, models) == *ty => argument(false, media, ArgumentType::Text),
            ty => argument(
                true,
                media.filter(|media| essence(media) != "application/json"),
                ArgumentType::Reference(ty.clone()),
            ),
        }
    }

    fn raw(self, essence: &str) -> Vec<Argument<'d>> {
        let is_text = is_text(essence);
        let media = if essence.contains('*') { "application/octet-stream" } else { self.media };
        let ty = if is_text && !essence.contains('*') {
            ArgumentType::Text
        } else {
            ArgumentType::Runtime("kestra_auth::Body")
        };
        let name = self.free("body");
        vec![Argument { kind: ArgumentKind::Body(media), name, ty, optional: self.optional, is_other_type: false }]
    }
}

/// Whether a part is a file.
fn is_binary(raw: Node<'_>) -> bool {
    let schema = schemas::resolved(raw);
    let is_text = matches!(schema.value.get_str("contentMediaType"), Some(media) if is_text(media));
    matches!(schema.value.get_str("format"), Some("binary" | "byte" | "base64"))
        || schema.value.get_str("type") == Some("file")
        || (schema.value.get("contentMediaType").is_some() && !is_text)
        || schema.value.get_str("contentEncoding").is_some_and(|encoding| encoding != "identity")
        || schema.value.entries().is_empty()
}
