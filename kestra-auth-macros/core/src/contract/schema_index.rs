//! The named schemas of a document: under which digest a model knows its schema, and which schemas can take the place
//! of another one.
//!
//! What is hard here is time: a document has hundreds of schemas, and each operation asks for those that can take the
//! place of its own. The schemas that share a property are looked up, and each pair is compared once.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::direction::Direction;
use super::document::Document;
use super::schema::{self, Schema};
use super::substitution::Substitution;
use super::value::Value;

/// The named schemas of a document.
pub(crate) struct SchemaIndex {
    document_digest: u64,
    schemas: Vec<Indexed>,
    /// The indices of the schemas that describe a property.
    by_property: HashMap<String, Vec<usize>>,
    substitutes: Mutex<Substitutes>,
}

type Substitutes = HashMap<(usize, Direction), Arc<[u64]>>;

struct Indexed {
    /// The index among the named schemas.
    entry: usize,
    digest: u64,
    /// The number of properties that it describes.
    properties: usize,
}

impl SchemaIndex {
    fn of(document: &Document) -> Arc<Self> {
        document.memo(|| Self::new(document))
    }

    fn new(document: &Document) -> Self {
        let mut schemas: Vec<Indexed> = Vec::new();
        let mut by_property: HashMap<String, Vec<usize>> = HashMap::new();
        for (entry, (name, schema)) in schema::all_named(document).enumerate() {
            // A name for another one is that one.
            if schema.name() != Some(name) {
                continue;
            }
            let described = described(schema);
            for property in &described {
                by_property.entry((*property).to_owned()).or_default().push(schemas.len());
            }
            schemas.push(Indexed { entry, digest: digest(name), properties: described.len() });
        }
        let mut hasher = DefaultHasher::new();
        hash(document.root().value, &mut hasher);
        // 0 stands for no document.
        let document_digest = hasher.finish() | 1;
        Self { document_digest, schemas, by_property, substitutes: Mutex::default() }
    }

    /// The digest of a document, by which models know it.
    pub(super) fn document_digest(document: &Document) -> u64 {
        Self::of(document).document_digest
    }

    /// The digests of the schemas whose models are valid for a schema, that of the schema itself first.
    pub(super) fn substitutes(schema: Schema<'_>, direction: Direction) -> Vec<u64> {
        let schema = unwrapped(schema);
        let index = Self::of(schema.document());
        let key = (schema.id(), direction);
        if let Some(known) = index.lock().get(&key) {
            return known.to_vec();
        }
        let own = own_digest(schema);
        let mut found = vec![own];
        let mut substitution = Substitution::new(schema.document(), direction);
        for candidate in index.candidates(schema).into_iter().filter(|candidate| candidate.digest != own) {
            let named = schema::named_at(schema.document(), candidate.entry);
            if named.is_some_and(|(_, named)| substitution.is_valid(named, schema)) {
                found.push(candidate.digest);
            }
        }
        index.lock().insert(key, found.as_slice().into());
        found
    }

    /// The schemas all of whose properties a schema has, and those that have all of its properties.
    fn candidates(&self, schema: Schema<'_>) -> Vec<&Indexed> {
        let properties = described(schema);
        if properties.is_empty() {
            return self.schemas.iter().filter(|indexed| indexed.properties == 0).collect();
        }
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for number in properties.iter().filter_map(|property| self.by_property.get(*property)).flatten() {
            *shared.entry(*number).or_default() += 1;
        }
        let is_contained =
            |number: usize, count: usize| count == self.schemas[number].properties || count == properties.len();
        let numbers: BTreeSet<usize> = shared
            .into_iter()
            .filter(|(number, count)| is_contained(*number, *count))
            .map(|(number, _)| number)
            .collect();
        numbers.into_iter().map(|number| &self.schemas[number]).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Substitutes> {
        // A panic while the lock was held leaves the map as it was.
        self.substitutes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The names of the properties that a schema describes.
fn described(schema: Schema<'_>) -> BTreeSet<&str> {
    let properties = schema.properties().known;
    properties.into_iter().filter(|property| property.is_described).map(|property| property.name).collect()
}

/// The digest of a schema's name, by which a model knows its schema. It is not 0.
pub(super) fn digest(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(name.as_bytes());
    hasher.finish() | 1
}

/// The digest of a schema: that of its name, or an even number for one without a name.
pub(super) fn own_digest(schema: Schema<'_>) -> u64 {
    schema.name().map_or_else(
        || {
            let mut hasher = DefaultHasher::new();
            hash_schema(schema.node().value, &mut hasher);
            hasher.finish() & !1
        },
        digest,
    )
}

/// What a schema allows, without what only describes it: operations repeat a schema with other examples.
fn hash_schema(value: &Value, hasher: &mut DefaultHasher) {
    if value.entries().is_empty() && value.items().is_empty() {
        return hash(value, hasher);
    }
    value.items().iter().for_each(|item| hash_schema(item, hasher));
    for (key, value) in value.entries() {
        match key.as_str() {
            "properties" | "patternProperties" => value.entries().iter().for_each(|(name, property)| {
                hasher.write(name.as_bytes());
                hash_schema(property, hasher);
            }),
            "enum" | "required" | "type" | "$ref" => hash(value, hasher),
            key if schema::CONSTRAINTS.contains(&key) => {
                hasher.write(key.as_bytes());
                hash_schema(value, hasher);
            }
            _ => {}
        }
    }
}

fn hash(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Null => hasher.write_u8(0),
        Value::Bool(flag) => hasher.write_u8(1 + u8::from(*flag)),
        Value::Number(number) => hasher.write_u64(number.to_bits()),
        Value::String(text) => hasher.write(text.as_bytes()),
        Value::Array(items) => items.iter().for_each(|item| hash(item, hasher)),
        Value::Object(_) => {
            for (key, value) in value.entries() {
                hasher.write(key.as_bytes());
                hash(value, hasher);
            }
        }
    }
}

/// How many wrappers may be around a schema.
const MAX_WRAPPERS: usize = 4;

/// The schema inside of an `allOf` that only adds a description or `nullable` to it.
pub(super) fn unwrapped(schema: Schema<'_>) -> Schema<'_> {
    const OWN: [&str; 7] = ["properties", "items", "oneOf", "anyOf", "required", "enum", "additionalProperties"];
    let mut schema = schema.resolved();
    for _ in 0..MAX_WRAPPERS {
        let is_wrapper = OWN.iter().all(|key| schema.node().value.get(key).is_none());
        match schema.all_of().as_slice() {
            [only] if is_wrapper && schema.name().is_none() => schema = only.resolved(),
            _ => break,
        }
    }
    schema
}
