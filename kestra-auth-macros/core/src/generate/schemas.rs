//! What a schema says, in the terms of generated code: the schemas that apply together, and the alternatives.

use crate::contract::document::Node;
use crate::contract::schema::Schema;
use crate::contract::value::Value;

/// How many schemas may apply to one value through `allOf`; a cycle ends there.
const MAX_MEMBERS: usize = 256;

/// The keywords that say what a value is, as opposed to those that describe or restrict it.
const SHAPES: [&str; 11] = [
    "type",
    "properties",
    "additionalProperties",
    "items",
    "enum",
    "const",
    "allOf",
    "oneOf",
    "anyOf",
    "prefixItems",
    "$ref",
];

/// The schema that a reference leads to, unless keywords beside the reference restrict it.
pub(super) fn resolved(raw: Node<'_>) -> Node<'_> {
    Schema::new(raw).resolved().node()
}

/// The schemas that all apply, beside what a schema says itself.
pub(super) fn all_of(schema: Node<'_>) -> Vec<Node<'_>> {
    Schema::new(schema).all_of().into_iter().map(Schema::node).collect()
}

/// The type words of a schema, without `null`.
pub(super) fn type_words(schema: Node<'_>) -> Vec<&str> {
    let words = match schema.value.get("type") {
        Some(Value::String(word)) => vec![word.as_str()],
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    words.into_iter().filter(|word| *word != "null").collect()
}

/// The types of a schema's values, without `null`: what the schema says, or what its values show.
pub(super) fn types(schema: Node<'_>) -> Vec<&str> {
    let words = type_words(schema);
    if !words.is_empty() {
        return words;
    }
    let listed = schema.value.get("enum").map_or(&[][..], Value::items).iter().chain(schema.value.get("const"));
    let mut found = Vec::new();
    for value in listed {
        let word = match value {
            Value::Null => continue,
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.fract() == 0.0 => "integer",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// Whether a schema says what a value is.
pub(super) fn has_shape(schema: Node<'_>) -> bool {
    SHAPES.iter().any(|keyword| schema.value.get(keyword).is_some())
}

pub(super) fn is_null(schema: Node<'_>) -> bool {
    match schema.value.get("type") {
        Some(Value::String(word)) => word == "null",
        Some(Value::Array(words)) => !words.is_empty() && words.iter().all(|word| word.as_str() == Some("null")),
        _ => matches!(schema.value.get("const"), Some(Value::Null)) || is_null_enum(schema),
    }
}

fn is_null_enum(schema: Node<'_>) -> bool {
    let values = schema.value.get("enum").map_or(&[][..], Value::items);
    !values.is_empty() && values.iter().all(|value| *value == Value::Null)
}

/// The alternatives of a schema, not resolved.
pub(super) fn alternatives(schema: Node<'_>) -> Vec<Node<'_>> {
    raw_items(schema, "oneOf").into_iter().chain(raw_items(schema, "anyOf")).collect()
}

/// The items of an array under a key, not resolved.
pub(super) fn raw_items<'d>(schema: Node<'d>, key: &str) -> Vec<Node<'d>> {
    let items = schema.value.get(key).map_or(&[][..], Value::items);
    items.iter().map(|item| schema.with(item)).collect()
}

/// The entries of an object under a key, not resolved.
pub(super) fn raw_entries<'d>(schema: Node<'d>, key: &str) -> Vec<(&'d str, Node<'d>)> {
    let entries = schema.value.get(key).map_or(&[][..], Value::entries);
    entries.iter().map(|(key, value)| (key.as_str(), schema.with(value))).collect()
}

/// A schema and all those that apply along with it through `allOf`, resolved, each once.
pub(super) fn members(schema: Node<'_>) -> Vec<Node<'_>> {
    let mut members: Vec<Node<'_>> = Vec::new();
    add_members(schema, &mut members);
    members
}

fn add_members<'d>(schema: Node<'d>, members: &mut Vec<Node<'d>>) {
    let schema = resolved(schema);
    if members.len() >= MAX_MEMBERS || members.iter().any(|member| member.id() == schema.id()) {
        return;
    }
    // What a schema inherits comes before what it adds.
    let position = members.len();
    members.push(schema);
    for part in all_of(schema) {
        add_members(part, members);
    }
    members[position..].rotate_left(1);
}

/// The values of an enumeration of strings; `None` if the schema is none.
pub(super) fn string_values<'d>(schema: Node<'d>) -> Option<Vec<&'d str>> {
    let is_string = type_words(schema).iter().all(|word| *word == "string");
    if let Some(value) = schema.value.get("const") {
        return value.as_str().filter(|_| is_string).map(|value| vec![value]);
    }
    let values = schema.value.get("enum")?.items();
    let mut strings: Vec<&'d str> = Vec::new();
    for value in values.iter().filter(|value| **value != Value::Null) {
        let value = value.as_str()?;
        if !strings.contains(&value) {
            strings.push(value);
        }
    }
    (is_string && !strings.is_empty()).then_some(strings)
}

/// Whether values of a schema are objects with known properties.
pub(super) fn is_struct(schema: Node<'_>) -> bool {
    let members = members(schema);
    let is_object = members.iter().all(|member| type_words(*member).iter().all(|word| *word == "object"));
    is_object && members.iter().any(|member| !raw_entries(*member, "properties").is_empty())
}

/// The property of a struct by its name, resolved.
pub(super) fn property<'d>(schema: Node<'d>, name: &str) -> Option<Node<'d>> {
    members(schema).into_iter().rev().find_map(|member| member.get("properties")?.get(name))
}

pub(super) fn required(schema: Node<'_>) -> Vec<&str> {
    schema.value.get("required").map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect()
}

/// A flag such as `readOnly`, of a reference itself or of what it leads to.
pub(super) fn flag(raw: Node<'_>, key: &str) -> bool {
    raw.value.get_bool(key) == Some(true) || members(raw).iter().any(|member| member.value.get_bool(key) == Some(true))
}
