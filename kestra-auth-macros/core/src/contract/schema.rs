//! A schema, as far as it can contradict a type: through references, `allOf`, `oneOf` and `anyOf`, with `null` as
//! OpenAPI 3.0 writes it (`nullable`) and as 3.1 does (a type).

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::document::{Document, Node};
use super::value::Value;

/// A type of [JSON Schema](https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1), apart from
/// `null`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum JsonType {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

impl JsonType {
    fn parse(word: &str) -> Option<Self> {
        const ALL: [JsonType; 6] = [
            JsonType::String,
            JsonType::Integer,
            JsonType::Number,
            JsonType::Boolean,
            JsonType::Array,
            JsonType::Object,
        ];
        ALL.into_iter().find(|known| known.as_str() == word)
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// A Rust type that holds it, for suggestions.
    pub(crate) fn rust_type(self) -> &'static str {
        match self {
            Self::String => "String",
            Self::Integer => "i64",
            Self::Number => "f64",
            Self::Boolean => "bool",
            Self::Array => "Vec<_>",
            Self::Object => "HashMap<String, _>",
        }
    }
}

/// The variant of the runtime's enum of the same name.
impl ToTokens for JsonType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let variant = match self {
            Self::String => quote!(JsonType::String),
            Self::Integer => quote!(JsonType::Integer),
            Self::Number => quote!(JsonType::Number),
            Self::Boolean => quote!(JsonType::Boolean),
            Self::Array => quote!(JsonType::Array),
            Self::Object => quote!(JsonType::Object),
        };
        tokens.extend(variant);
    }
}

/// The properties of an object schema.
#[derive(Default)]
pub(crate) struct Properties {
    pub(crate) known: Vec<Property>,
    /// Whether the schema allows properties beyond the known ones.
    pub(crate) is_open: bool,
}

pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// Whether the schema describes it, and does not only list its name in `required`.
    pub(crate) is_described: bool,
    pub(crate) schema: Node,
}

/// How deep schemas may nest; a cycle ends there.
const MAX_DEPTH: usize = 16;

/// The types that a value may have, without `null`; nothing if the schema does not restrict them.
pub(crate) fn types(schema: Node) -> Vec<JsonType> {
    types_within(schema, MAX_DEPTH)
}

/// Whether `null` is a valid value.
pub(crate) fn is_nullable(schema: Node) -> bool {
    is_nullable_within(schema, MAX_DEPTH)
}

fn types_within(schema: Node, depth: usize) -> Vec<JsonType> {
    let schema = schema.resolved();
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let own: Vec<&str> = match schema.value.get("type") {
        Some(Value::String(found)) => vec![found.as_str()],
        Some(Value::Array(found)) => found.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let own: Vec<&str> = own.into_iter().filter(|found| *found != "null").collect();
    if !own.is_empty() {
        // A type that JSON Schema does not have says nothing about the value.
        return own.into_iter().map(JsonType::parse).collect::<Option<_>>().unwrap_or_default();
    }
    for part in schema.items("allOf") {
        let found = types_within(part, depth);
        if !found.is_empty() {
            return found;
        }
    }
    let mut all = Vec::new();
    for part in alternatives(schema).into_iter().filter(|part| !is_null(*part)) {
        let found = types_within(part, depth);
        if found.is_empty() {
            return Vec::new();
        }
        all.extend(found);
    }
    if all.is_empty() && schema.value.get("properties").is_some() {
        all.push(JsonType::Object);
    }
    all
}

fn alternatives(schema: Node) -> Vec<Node> {
    schema.items("oneOf").into_iter().chain(schema.items("anyOf")).collect()
}

fn is_null(schema: Node) -> bool {
    schema.value.get_str("type") == Some("null")
}

fn is_nullable_within(schema: Node, depth: usize) -> bool {
    let schema = schema.resolved();
    let Some(depth) = depth.checked_sub(1) else { return false };
    let ty = schema.value.get("type");
    schema.value.get_bool("nullable") == Some(true)
        || is_null(schema)
        || ty.is_some_and(|types| types.items().iter().any(|found| found.as_str() == Some("null")))
        || alternatives(schema).into_iter().any(|part| is_nullable_within(part, depth))
        || (ty.is_none() && {
            let parts = schema.items("allOf");
            !parts.is_empty() && parts.into_iter().all(|part| is_nullable_within(part, depth))
        })
}

/// The values of an enumeration of strings.
pub(crate) fn enum_values(schema: Node) -> Vec<&'static str> {
    let schema = schema.resolved();
    let own: Vec<_> = schema.value.get("enum").map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect();
    if !own.is_empty() {
        return own;
    }
    schema.items("allOf").into_iter().chain(alternatives(schema)).flat_map(enum_values).collect()
}

pub(crate) fn properties(schema: Node) -> Properties {
    let mut properties = Properties::default();
    collect(schema, MAX_DEPTH, &mut properties);
    properties
}

fn collect(schema: Node, depth: usize, properties: &mut Properties) {
    let schema = schema.resolved();
    let Some(depth) = depth.checked_sub(1) else {
        properties.is_open = true;
        return;
    };
    let required = required(schema);
    for (name, schema) in schema.entries("properties") {
        properties.add(Property { name, required: required.contains(&name), is_described: true, schema });
    }
    for part in schema.items("allOf") {
        let mut inherited = Properties::default();
        collect(part, depth, &mut inherited);
        properties.is_open |= inherited.is_open;
        inherited.known.into_iter().for_each(|property| properties.add(property));
    }
    // `required` may list what only a part of `allOf` describes, or what nothing does.
    for name in required {
        let schema = schema.document.node(&Value::Null);
        properties.add(Property { name, required: true, is_described: false, schema });
    }
    let alternatives: Vec<Node> = alternatives(schema).into_iter().filter(|part| !is_null(*part)).collect();
    collect_alternatives(&alternatives, depth, properties);
    let is_described = !schema.value.get("properties").map_or(&[][..], Value::entries).is_empty()
        || schema.value.get("allOf").is_some()
        || !alternatives.is_empty();
    properties.is_open |= match schema.value.get("additionalProperties") {
        Some(Value::Bool(is_open)) => *is_open,
        Some(_) => true,
        None => !is_described,
    };
}

/// Adds the properties of `oneOf` or `anyOf`: one is required if every alternative requires it.
fn collect_alternatives(alternatives: &[Node], depth: usize, properties: &mut Properties) {
    let described: Vec<Properties> = alternatives
        .iter()
        .map(|part| {
            let mut properties = Properties::default();
            collect(*part, depth, &mut properties);
            properties
        })
        .collect();
    for alternative in &described {
        properties.is_open |= alternative.is_open;
        for property in &alternative.known {
            let required = described.iter().all(|other| other.find(property.name).is_some_and(|found| found.required));
            properties.add(Property { required, ..*property });
        }
    }
}

impl Properties {
    pub(crate) fn find(&self, name: &str) -> Option<&Property> {
        self.known.iter().find(|property| property.name == name)
    }

    fn add(&mut self, property: Property) {
        match self.known.iter_mut().find(|known| known.name == property.name) {
            Some(known) => {
                known.required |= property.required;
                if !known.is_described {
                    (known.is_described, known.schema) = (property.is_described, property.schema);
                }
            }
            None => self.known.push(property),
        }
    }
}

fn required(schema: Node) -> Vec<&'static str> {
    schema.value.get("required").map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect()
}

/// The schema of this name under `components.schemas`.
pub(crate) fn named(document: &'static Document, name: &str) -> Option<Node> {
    document.root().get("components")?.get("schemas")?.get(name)
}

/// The names under `components.schemas`.
pub(crate) fn names(document: &'static Document) -> Vec<&'static str> {
    let components = document.root().get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    schemas.map_or(&[][..], |schemas| schemas.value.entries()).iter().map(|(name, _)| name.as_str()).collect()
}

/// Whether only responses have the property.
pub(crate) fn is_read_only(schema: Node) -> bool {
    schema.resolved().value.get_bool("readOnly") == Some(true)
}
