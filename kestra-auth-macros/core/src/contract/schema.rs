//! A schema, as far as it can contradict a type: through references, `allOf`, `oneOf` and `anyOf`, with `null` as
//! OpenAPI 3.0 writes it (`nullable`) and as 3.1 does (a type).

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use super::composition::Composition;
use super::document::{Document, Node};
use super::json_type::{JsonType, TypeSet};
use super::properties::Properties;
use super::value::Value;

/// A [schema](https://spec.openapis.org/oas/v3.1.0#schema-object), which may be a reference to one.
#[derive(Clone, Copy)]
pub(crate) struct Schema<'d> {
    node: Node<'d>,
}

/// The keywords that count beside a `$ref` since OpenAPI 3.1. The others describe the schema and do not restrict it.
const CONSTRAINTS: [&str; 17] = [
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
    fn is_composed(self) -> bool {
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

    fn list(self, key: &str) -> Vec<Self> {
        let items = self.node.value.get(key).map_or(&[][..], Value::items);
        items.iter().map(|value| Self::new(self.node.with(value))).collect()
    }

    /// The types that a value may have, without `null`; nothing if the schema does not restrict them.
    pub(crate) fn types(self) -> Vec<JsonType> {
        self.type_set().types()
    }

    /// Whether `null` is a valid value.
    pub(crate) fn is_nullable(self) -> bool {
        self.type_set().allows_null()
    }

    pub(crate) fn type_set(self) -> TypeSet {
        self.document().type_sets().of(self.resolved())
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
    fn has_nullable(self) -> bool {
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

    /// The values of an enumeration of strings; nothing if others are allowed.
    pub(crate) fn enum_values(self) -> Vec<&'d str> {
        let schema = self.resolved();
        if !schema.is_composed() {
            return schema.own_values().unwrap_or_default();
        }
        let composition = Composition::of(self);
        let start: Option<Rc<Vec<&str>>> = None;
        let solved = composition.solve(&start, |part, values| {
            let own = part.schema.own_values().map(Rc::new);
            let mut restrictions: Vec<Rc<Vec<&str>>> = own.into_iter().collect();
            restrictions.extend(part.all_of.iter().filter_map(|index| values[*index].clone()));
            for group in &part.groups {
                let parts = group.iter().filter(|index| !composition.parts[**index].schema.is_null());
                let united: Option<Vec<Rc<Vec<&str>>>> = parts.map(|index| values[*index].clone()).collect();
                restrictions.extend(united.filter(|united| !united.is_empty()).map(|united| Rc::new(unite(&united))));
            }
            restrictions
                .into_iter()
                .reduce(|left, right| Rc::new(left.iter().filter(|value| right.contains(value)).copied().collect()))
        });
        solved.into_iter().next().flatten().map(|values| values.to_vec()).unwrap_or_default()
    }

    /// The strings of `enum` or `const`; `None` if they restrict nothing, or values of other types are among them.
    fn own_values(self) -> Option<Vec<&'d str>> {
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

    pub(crate) fn properties(self) -> Properties<'d> {
        Properties::of(self)
    }

    /// The schema of an array's items.
    pub(crate) fn items(self) -> Option<Self> {
        let schema = self.resolved();
        if !schema.is_composed() {
            return Self::under(schema.node, "items");
        }
        let composition = Composition::of(self);
        let mut items = composition.parts.iter().filter_map(|part| Self::under(part.schema.node, "items"));
        let first = items.next()?;
        // Alternatives with different items say nothing about one of them.
        items.all(|other| other.id() == first.id()).then_some(first)
    }

    /// The schema of the properties without a name of their own: the values of a map.
    pub(crate) fn additional(self) -> Option<Self> {
        let additional = self.find(|schema| Self::under(schema.node, "additionalProperties"))?;
        matches!(additional.node.value, Value::Object(_)).then_some(additional)
    }

    /// Its [`format`](https://spec.openapis.org/registry/format/).
    pub(crate) fn format(self) -> Option<&'d str> {
        self.find(|schema| schema.node.value.get_str("format"))
    }

    pub(crate) fn minimum(self) -> Option<f64> {
        self.find(|schema| schema.node.value.get_number("minimum"))
    }

    pub(crate) fn maximum(self) -> Option<f64> {
        self.find(|schema| schema.node.value.get_number("maximum"))
    }

    /// Whether only responses have the property.
    pub(crate) fn is_read_only(self) -> bool {
        self.find(|schema| schema.node.value.get_bool("readOnly")) == Some(true)
    }

    /// Whether only requests have the property.
    pub(crate) fn is_write_only(self) -> bool {
        self.find(|schema| schema.node.value.get_bool("writeOnly")) == Some(true)
    }

    /// What the first schema has that always applies: itself, then the parts of `allOf`.
    fn find<T>(self, read: impl Fn(Self) -> Option<T>) -> Option<T> {
        let schema = self.resolved();
        if let Some(found) = read(schema) {
            return Some(found);
        }
        if !schema.is_composed() {
            return None;
        }
        let composition = Composition::of(schema);
        composition.always_applying().find_map(|part| read(part.schema))
    }
}

fn unite<'d>(values: &[Rc<Vec<&'d str>>]) -> Vec<&'d str> {
    let mut seen = std::collections::HashSet::new();
    values.iter().flat_map(|values| values.iter()).copied().filter(|value| seen.insert(*value)).collect()
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

/// The types of the schemas of a document, each computed once.
#[derive(Default)]
pub(crate) struct TypeSets(Mutex<HashMap<usize, TypeSet>>);

impl TypeSets {
    fn get(&self, id: usize) -> Option<TypeSet> {
        // A panic while the lock was held leaves the map as it was.
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    fn of(&self, schema: Schema<'_>) -> TypeSet {
        if let Some(known) = self.get(schema.id()) {
            return known;
        }
        let composition = Composition::until(schema, |part| self.get(part.id()).is_some());
        let solved = composition.solve(&TypeSet::ANY, |part, types| {
            if let Some(known) = self.get(part.schema.id()).filter(|_| part.is_whole()) {
                return known;
            }
            let own = part.schema.own_types();
            let all = part.all_of.iter().fold(own, |all, index| all.intersection(types[*index]));
            let all = part.groups.iter().fold(all, |all, group| {
                let any = group.iter().map(|index| types[*index]).reduce(TypeSet::union);
                any.map_or(all, |any| all.intersection(any))
            });
            // `nullable` beside `allOf` allows `null`, whatever the parts say.
            if part.schema.has_nullable() { all.with_null() } else { all }
        });
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (part, types) in composition.parts.iter().zip(&solved) {
            if part.is_whole() {
                known.insert(part.schema.id(), *types);
            }
        }
        solved.into_iter().next().unwrap_or(TypeSet::ANY)
    }
}
