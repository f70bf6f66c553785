//! What a schema allows, as far as a Rust type can contradict it.
//!
//! What is hard here is to allow everything that may be right: what a schema does not say, what it leaves open with
//! alternatives, and what arrives as text and is read as text.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use proc_macro2::TokenStream;
use quote::quote;

use super::direction::Direction;
use super::json_type::JsonType;
use super::scalar::{Bounds, Scalar, Scalars, integers};
use super::schema::Schema;
use super::schema_index::{SchemaIndex, unwrapped};

/// How a value is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Encoding {
    /// As JSON.
    Json(Direction),
    /// As the text of a parameter.
    Text,
}

/// What a schema allows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expected {
    pub(super) scalars: Scalars,
    pub(super) list: Option<Box<Self>>,
    pub(super) map: Option<Box<Self>>,
    /// The digest of the document, and of the schemas whose models are allowed; models of any schema are if it is
    /// missing.
    pub(super) models: Option<(u64, Vec<u64>)>,
    /// The values of an enumeration of strings; empty if any string is allowed.
    pub(super) values: Option<Vec<String>>,
    pub(super) is_read: bool,
    pub(super) is_any: bool,
    /// The schema in words.
    text: String,
    /// A Rust type that is allowed.
    rust: String,
}

/// How deep lists and maps may nest. What is deeper is not compared.
const MAX_DEPTH: usize = 6;

impl Expected {
    pub(super) fn any() -> Self {
        Self { is_any: true, ..Self::default() }
    }

    pub(super) fn of(schema: Schema<'_>, encoding: Encoding) -> Self {
        Builder { encoding }.of(schema, MAX_DEPTH)
    }

    fn scalar(scalars: Scalars, text: &str, rust: &str) -> Self {
        Self { scalars, text: text.to_owned(), rust: rust.to_owned(), ..Self::default() }
    }
    /// What either of the two allows.
    pub(super) fn or(mut self, other: Self) -> Self {
        if self.is_any || other.is_any {
            return Self::any();
        }
        let either = |left: Option<Box<Self>>, right: Option<Box<Self>>| match (left, right) {
            (Some(left), Some(right)) => Some(Box::new(left.or(*right))),
            (left, right) => left.or(right),
        };
        // Models of any schema are allowed if they are for one of the two.
        let has_models = |expected: &Self| expected.list.is_some() || expected.map.is_some();
        self.models = match (self.models.take(), other.models.clone()) {
            (Some((document, mut left)), Some((same, right))) if document == same => {
                left.extend(right.into_iter().filter(|schema| !left.contains(schema)).collect::<Vec<_>>());
                Some((document, left))
            }
            (Some(models), None) if !has_models(&other) => Some(models),
            (None, Some(models)) if !has_models(&self) => Some(models),
            _ => None,
        };
        self.values = match (self.values.take(), other.values) {
            (Some(left), Some(right)) if !left.is_empty() && !right.is_empty() => {
                Some(left.into_iter().chain(right).collect())
            }
            (Some(_), Some(_)) => Some(Vec::new()),
            (left, right) => left.or(right),
        };
        self.scalars |= other.scalars;
        self.list = either(self.list, other.list);
        self.map = either(self.map, other.map);
        if self.text != other.text {
            let _ = write!(self.text, " or {}", other.text);
        }
        self
    }

    pub(super) fn is_any(&self) -> bool {
        self.is_any
    }

    /// The same without anything but the models of other schemas.
    pub(super) fn only_models(self) -> Self {
        let any = || Some(Box::new(Self::any()));
        if self.models.is_none() || self.list.is_some() {
            return Self::any();
        }
        Self { scalars: Scalars::MAX, list: any(), map: any(), values: None, ..self }
    }

    /// Whether nothing but a list or an object contradicts it.
    pub(super) fn is_any_scalar(&self) -> bool {
        let all = integers() | Scalar::String.bit() | Scalar::Bool.bit() | Scalar::Float.bit();
        self.is_any
            || (self.scalars & all == all && self.models.is_none() && self.values.as_ref().is_none_or(Vec::is_empty))
    }

    pub(super) fn allows(&self, scalar: Scalar) -> bool {
        self.scalars & scalar.bit() != 0
    }

    pub(super) fn list(&self) -> Option<&Self> {
        self.list.as_deref()
    }

    pub(super) fn map(&self) -> Option<&Self> {
        self.map.as_deref()
    }

    /// The schema in words.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A Rust type that is allowed.
    pub(super) fn rust(&self) -> &str {
        &self.rust
    }

    /// The same for a parameter that may be one value instead of a list.
    pub(super) fn or_item(self) -> Self {
        match &self.list {
            Some(items) => {
                let items = (**items).clone();
                let text = self.text.clone();
                Self { text, rust: self.rust.clone(), ..self.or(items) }
            }
            None => self,
        }
    }

    /// The constant of the runtime.
    pub(super) fn to_tokens(&self, private: &TokenStream) -> TokenStream {
        if self.is_any {
            return quote!(#private::Expected::ANY);
        }
        let scalars = Some(self.scalars).filter(|scalars| *scalars != 0).map(|scalars| quote!(scalars: #scalars,));
        let nested = |expected: &Self| {
            let expected = expected.to_tokens(private);
            quote!(::core::option::Option::Some(&#expected))
        };
        let list = self.list().map(nested).map(|list| quote!(list: #list,));
        let map = self.map().map(nested).map(|map| quote!(map: #map,));
        let models =
            self.models.as_ref().map(|(document, schemas)| quote!(document: #document, schemas: &[#(#schemas),*],));
        let values =
            self.values.as_ref().filter(|values| !values.is_empty()).map(|values| quote!(values: &[#(#values),*],));
        let is_read = self.is_read.then(|| quote!(is_read: true,));
        quote!(#private::Expected { #scalars #list #map #models #values #is_read ..#private::Expected::NOTHING })
    }
}

/// What the schemas of a document allow, by the address of each, how its values are sent, and how deep it may still
/// nest. Each is read once, however many schemas and operations refer to it.
#[derive(Default)]
pub(super) struct ExpectedTypes(Mutex<HashMap<(usize, Encoding, usize), Expected>>);

/// Reads a schema.
struct Builder {
    encoding: Encoding,
}

impl Builder {
    fn is_read(&self) -> bool {
        self.encoding == Encoding::Json(Direction::Response)
    }

    fn of(&self, schema: Schema<'_>, depth: usize) -> Expected {
        let schema = unwrapped(schema);
        let Some(depth) = depth.checked_sub(1) else { return Expected::any() };
        if schema.types().is_empty() {
            return Expected::any();
        }
        let types = schema.document().memo(ExpectedTypes::default);
        let known = || types.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (schema.id(), self.encoding, depth);
        if let Some(expected) = known().get(&key) {
            return expected.clone();
        }
        let expected = self.read(schema, depth);
        known().insert(key, expected.clone());
        expected
    }

    fn read(&self, schema: Schema<'_>, depth: usize) -> Expected {
        let mut parts = Vec::new();
        collect_parts(schema, &mut parts);
        let is_union = parts.len() > 1;
        let allowed = parts.into_iter().map(|part| self.of_part(part, depth));
        let mut allowed = allowed.reduce(Expected::or).unwrap_or_else(Expected::any);
        // A model of the union itself is valid, too.
        if is_union
            && let Some((_, schemas)) = &mut allowed.models
            && let Some((_, mut whole)) = self.models(schema)
        {
            whole.append(schemas);
            *schemas = whole;
        }
        allowed
    }

    /// What one alternative allows.
    fn of_part(&self, part: Schema<'_>, depth: usize) -> Expected {
        let allowed = part.types().into_iter().map(|json_type| self.of_type(part, json_type, depth));
        let mut allowed = allowed.reduce(Expected::or).unwrap_or_else(Expected::any);
        allowed.is_read = self.is_read();
        allowed
    }

    fn of_type(&self, part: Schema<'_>, json_type: JsonType, depth: usize) -> Expected {
        let format = part.format().unwrap_or_default();
        match json_type {
            JsonType::String => self.of_string(part, format),
            JsonType::Boolean => Expected::scalar(Scalar::Bool.bit(), "`boolean`", "bool"),
            // Some generators write `number` for integers, and mean the format.
            JsonType::Number if format.starts_with("int") => self.of_integer(part, format),
            JsonType::Number if self.is_read() => Expected::scalar(Scalar::Float.bit(), "`number`", "f64"),
            JsonType::Number => Expected::scalar(Scalar::Float.bit() | integers(), "`number`", "f64"),
            JsonType::Integer => self.of_integer(part, format),
            JsonType::Array => self.of_array(part, depth),
            JsonType::Object => self.of_object(part, depth),
        }
    }

    fn of_string(&self, part: Schema<'_>, format: &str) -> Expected {
        if matches!(format, "binary" | "byte") {
            return Expected::any();
        }
        let values = part.enum_values();
        let mut scalars = Scalar::String.bit();
        if self.encoding == Encoding::Text {
            scalars |= same_text(&values);
        }
        let mut text = "`string`".to_owned();
        if let (Some((first, rest)), true) = (values.split_first(), values.len() <= 3) {
            text = format!("`{first}`");
            for value in rest {
                // Writing to a `String` cannot fail.
                let _ = write!(text, " or `{value}`");
            }
        } else if !values.is_empty() {
            text = format!("one of {} strings", values.len());
        }
        let rust = if self.is_read() { "String" } else { "&str" };
        Expected {
            scalars,
            values: Some(values.into_iter().map(str::to_owned).collect()),
            text,
            rust: rust.to_owned(),
            ..Expected::default()
        }
    }

    fn of_integer(&self, part: Schema<'_>, format: &str) -> Expected {
        if !self.is_read() {
            // What is sent may be narrower than what the document allows.
            return Expected::scalar(integers(), "`integer`", "i64");
        }
        let bounds = bounds(part, format);
        let scalars = bounds.holders() | Scalar::Float.bit();
        let mut text = "`integer`".to_owned();
        match bounds.maximum {
            Some(maximum) if Bounds::of_format(format).maximum == Some(maximum) => {
                let _ = write!(text, " of the format `{format}`");
            }
            Some(maximum) => {
                let _ = write!(text, " up to `{maximum}`");
            }
            None => {}
        }
        if let Some(minimum) = bounds.minimum.filter(|minimum| *minimum < 0.0) {
            let _ = write!(text, " from `{minimum}`");
        }
        let holders = [(Scalar::I64, "i64"), (Scalar::U64, "u64"), (Scalar::I128, "i128")];
        let holder = holders.into_iter().find(|(scalar, _)| scalars & scalar.bit() != 0);
        Expected::scalar(scalars, &text, holder.map_or("f64", |(_, name)| name))
    }

    fn of_array(&self, part: Schema<'_>, depth: usize) -> Expected {
        let items = part.items().map_or_else(Expected::any, |items| self.of(items, depth));
        let (text, rust) = if items.is_any {
            ("a list".to_owned(), "Vec<_>".to_owned())
        } else {
            (format!("a list of {}", items.text), format!("Vec<{}>", items.rust))
        };
        // A model can be a list, too.
        let models = if items.models.is_some() { self.models(part) } else { None };
        Expected { list: Some(Box::new(items)), models, text, rust, ..Expected::default() }
    }

    fn of_object(&self, part: Schema<'_>, depth: usize) -> Expected {
        let is_described = !part.properties().known.is_empty();
        let values = part.additional().filter(|_| !is_described);
        let values = values.map_or_else(Expected::any, |values| self.of(values, depth));
        let name = part.name();
        let rust = name.map_or_else(|| "HashMap<String, _>".to_owned(), type_name);
        let text = match name {
            Some(name) => format!("`{name}`"),
            None if values.is_any => "`object`".to_owned(),
            None => format!("a map of {}", values.text),
        };
        let models = if is_described { self.models(part) } else { None };
        Expected { map: Some(Box::new(values)), models, text, rust, ..Expected::default() }
    }

    fn models(&self, schema: Schema<'_>) -> Option<(u64, Vec<u64>)> {
        match self.encoding {
            Encoding::Json(direction) => {
                let schema = unwrapped(schema);
                Some((SchemaIndex::document_digest(schema.document()), SchemaIndex::substitutes(schema, direction)))
            }
            Encoding::Text => None,
        }
    }
}

/// Collects the parts of a schema that say what a value is: the schema itself, or each of its alternatives, once.
fn collect_parts<'d>(schema: Schema<'d>, parts: &mut Vec<Schema<'d>>) {
    let mut seen = HashSet::new();
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        let schema = unwrapped(schema);
        if !seen.insert(schema.id()) {
            continue;
        }
        let alternatives = schema.alternatives().into_iter().flatten().filter(|part| !part.is_null());
        let alternatives: Vec<Schema<'d>> = alternatives.collect();
        if alternatives.is_empty() || schema.node().value.get("type").is_some() {
            parts.push(schema);
        } else {
            waiting.extend(alternatives.into_iter().rev());
        }
    }
}

/// The types whose values arrive as one of these strings, or as any string if there are none: what arrives is text,
/// whatever it was before.
fn same_text(values: &[&str]) -> Scalars {
    let has = |test: fn(&str) -> bool| values.is_empty() || values.iter().any(|value| test(value));
    let integers = if has(|value| value.parse::<i64>().is_ok()) { integers() } else { 0 };
    let float = if has(|value| value.parse::<f64>().is_ok()) { Scalar::Float.bit() } else { 0 };
    let is_bool = has(|value| value == "true") && has(|value| value == "false");
    integers | float | if is_bool { Scalar::Bool.bit() } else { 0 }
}

fn bounds(part: Schema<'_>, format: &str) -> Bounds {
    // Before OpenAPI 3.1, the exclusive bounds are booleans beside the others.
    let exclusive = |key| part.node().value.get_number(key);
    let least = |left: Option<f64>, right: Option<f64>| left.into_iter().chain(right).reduce(f64::min);
    let maximum = least(part.maximum(), exclusive("exclusiveMaximum").map(|bound| bound - 1.0));
    let minimum = part.minimum().or_else(|| exclusive("exclusiveMinimum").map(|bound| bound + 1.0));
    Bounds { minimum, maximum: least(Bounds::of_format(format).maximum, maximum) }
}

/// A name for the model of a schema.
fn type_name(schema: &str) -> String {
    let last = schema.rsplit(['.', '/']).next().unwrap_or(schema);
    let name: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("Model{name}") }
}
