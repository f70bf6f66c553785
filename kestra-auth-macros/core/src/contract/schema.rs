//! A schema: what its own keywords say, with `null` as OpenAPI 3.0 writes it (`nullable`) and as 3.1 does (a type), and
//! which schemas it consists of.

use super::document::{Document, Node};
use super::json_type::TypeSet;
use super::pointer::Pointer;
use super::value::Value;

/// A [schema](https://spec.openapis.org/oas/v3.1.0#schema-object), which may be a reference to one.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'d> {
    node: Node<'d>,
}

/// The keywords that count beside a `$ref` since OpenAPI 3.1. The others describe the schema and do not restrict it.
pub(super) const CONSTRAINTS: [&str; 17] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "enum",
    "format",
    "items",
    "maximum",
    "minimum",
    "nullable",
    "oneOf",
    "patternProperties",
    "properties",
    "readOnly",
    "required",
    "type",
    "writeOnly",
];

impl<'d> Schema<'d> {
    pub(crate) fn new(node: Node<'d>) -> Self {
        Self { node }
    }

    /// The schema of this name under `components.schemas`.
    pub(crate) fn named(document: &'d Document, name: &str) -> Option<Self> {
        document.root().get("components")?.get("schemas")?.child(name).map(Self::new)
    }

    /// The schema that a model names, and where it is: one under `components.schemas`, or that of a reference, such as
    /// `#/paths/~1flows/post/requestBody/content/application~1json/schema`.
    pub(crate) fn of_model(document: &'d Document, name: &str) -> Option<(Self, Pointer)> {
        if let Some(fragment) = name.strip_prefix('#') {
            return document.root().at(fragment).map(|(node, pointer)| (Self::new(node), pointer));
        }
        let pointer = document.pointer().key("components").key("schemas").key(name);
        Self::named(document, name).map(|schema| (schema, pointer))
    }

    /// The schema under a key, such as that of a parameter.
    pub(crate) fn under(node: Node<'d>, key: &str) -> Option<Self> {
        node.child(key).map(Self::new)
    }

    pub(crate) fn document(self) -> &'d Document {
        self.node.document
    }

    pub(crate) fn node(self) -> Node<'d> {
        self.node
    }

    /// The address of the schema behind its references, which tells it from all others.
    pub(crate) fn id(self) -> usize {
        self.resolved().node.id()
    }

    /// Its name under `components.schemas`, if it is one of these or leads to one.
    pub(crate) fn name(self) -> Option<&'d str> {
        self.document().schema_name(self.id())
    }

    /// The schema that a reference leads to, unless keywords beside the reference restrict it.
    pub(crate) fn resolved(self) -> Self {
        let is_whole = |node: Node<'_>| {
            !node.document.version().has_reference_siblings()
                || !node.value.entries().iter().any(|(key, _)| CONSTRAINTS.contains(&key.as_str()))
        };
        Self::new(self.node.resolved_while(is_whole))
    }

    /// Whether it consists of further schemas. Most do not, and say everything themselves.
    pub(super) fn is_composed(self) -> bool {
        const KEYWORDS: [&str; 4] = ["$ref", "allOf", "oneOf", "anyOf"];
        self.node.value.entries().iter().any(|(key, _)| KEYWORDS.contains(&key.as_str()))
    }

    /// The schemas that all apply, beside its own keywords.
    pub(crate) fn all_of(self) -> Vec<Self> {
        let schema = self.resolved();
        let target = schema.node.target().map(Self::new);
        target.into_iter().chain(schema.list("allOf")).collect()
    }

    /// The schemas of `oneOf`, and those of `anyOf`.
    pub(crate) fn alternatives(self) -> [Vec<Self>; 2] {
        let schema = self.resolved();
        [schema.list("oneOf"), schema.list("anyOf")]
    }

    /// Whether it has several alternatives, apart from `null`: a model may be meant for any of them.
    pub(super) fn has_alternatives(self) -> bool {
        self.alternatives().iter().any(|parts| parts.iter().filter(|part| !part.is_null()).count() > 1)
    }

    fn list(self, key: &str) -> Vec<Self> {
        let items = self.node.value.get(key).map_or(&[][..], Value::items);
        items.iter().map(|value| Self::new(self.node.with(value))).collect()
    }

    /// Whether `null` is its only value.
    pub(crate) fn is_null(self) -> bool {
        self.own_types() == TypeSet::of_value(&Value::Null)
    }

    /// The types that the keywords of the schema itself allow.
    pub(super) fn own_types(self) -> TypeSet {
        let schema = self.resolved();
        let value = schema.node.value;
        let union = |values: &[Value], of: fn(&Value) -> TypeSet| {
            values.iter().map(of).reduce(TypeSet::union).unwrap_or(TypeSet::ANY)
        };
        let of_word = |word: &Value| word.as_str().map_or(TypeSet::ANY, TypeSet::of_word);
        let types = match (value.get("type"), value.get("enum"), value.get("const")) {
            (Some(Value::String(word)), ..) => TypeSet::of_word(word),
            (Some(Value::Array(words)), ..) => union(words, of_word),
            (_, Some(values), _) => union(values.items(), TypeSet::of_value),
            (_, _, Some(value)) => TypeSet::of_value(value),
            _ => schema.implied_types(),
        };
        match value.get_bool("nullable") {
            _ if schema.has_nullable() => types.with_null(),
            // Written beside nothing else, in `allOf`, it takes back what another part allows.
            Some(false) => types.without_null(),
            _ => types,
        }
    }

    /// Whether the schema allows `null` in the way of OpenAPI 3.0, or of tools for Swagger 2.0.
    pub(super) fn has_nullable(self) -> bool {
        ["nullable", "x-nullable"].iter().any(|key| self.resolved().node.value.get_bool(key) == Some(true))
    }

    /// What a schema without `type` describes, unless its parts may say it.
    fn implied_types(self) -> TypeSet {
        let has = |key: &str| self.node.value.get(key).is_some();
        if has("$ref") || has("allOf") || has("oneOf") || has("anyOf") {
            TypeSet::ANY
        } else if has("properties") {
            TypeSet::OBJECT
        } else if has("items") {
            TypeSet::ARRAY
        } else {
            TypeSet::ANY
        }
    }

    /// The strings of `enum` or `const`; `None` if they restrict nothing, or values of other types are among them.
    pub(super) fn own_values(self) -> Option<Vec<&'d str>> {
        let value = self.resolved().node.value;
        let own = value.get("const").map(std::slice::from_ref).or_else(|| value.get("enum").map(Value::items))?;
        let own: Vec<&Value> = own.iter().filter(|value| **value != Value::Null).collect();
        if own.is_empty() {
            return None;
        }
        // YAML reads `true` without quotes as a boolean, also in an enumeration of strings.
        let is_text = value.get_str("type") == Some("string");
        let text = |value: &&'d Value| match value {
            Value::String(text) => Some(text.as_str()),
            Value::Bool(true) if is_text => Some("true"),
            Value::Bool(false) if is_text => Some("false"),
            _ => None,
        };
        own.iter().map(text).collect()
    }
}

/// The schemas under `components.schemas` with their names.
pub(super) fn all_named(document: &Document) -> impl Iterator<Item = (&str, Schema<'_>)> {
    (0..).map_while(|index| named_at(document, index))
}

/// The schema at an index of `components.schemas` with its name.
pub(super) fn named_at(document: &Document, index: usize) -> Option<(&str, Schema<'_>)> {
    let schemas = document.root().get("components")?.get("schemas")?;
    let (name, value) = schemas.value.entries().get(index)?;
    Some((name, Schema::new(schemas.with(value))))
}

/// The names under `components.schemas`.
pub(crate) fn names(document: &Document) -> Vec<&str> {
    let components = document.root().get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    schemas.map_or(&[][..], |schemas| schemas.value.entries()).iter().map(|(name, _)| name.as_str()).collect()
}
