//! What of a schema rules out most of the schemas that could take its place. Each comparison of two schemas walks through
//! both, and a document has thousands of schemas.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::direction::Direction;
use super::json_type::{JsonType, TypeSet};
use super::schema::Schema;

/// The outlines of the schemas of a document, by the address of each.
#[derive(Default)]
pub(super) struct Outlines(Mutex<HashMap<usize, Arc<Outline>>>);

impl Outlines {
    pub(super) fn of(&self, schema: Schema<'_>) -> Arc<Outline> {
        // A panic while the lock was held leaves the map as it was.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = schema.id();
        if let Some(outline) = known().get(&id) {
            return Arc::clone(outline);
        }
        let outline = Arc::new(Outline::of(schema));
        known().insert(id, Arc::clone(&outline));
        outline
    }
}

pub(super) struct Outline {
    types: TypeSet,
    /// The properties of a schema that is nothing but an object; of another one, none rules anything out.
    properties: Option<HashMap<String, Property>>,
}

struct Property {
    required: bool,
    is_described: bool,
    /// Whether only requests, or only responses, have it.
    is_one_way: bool,
    /// `None` if alternatives describe it in different ways.
    types: Option<TypeSet>,
}

impl Outline {
    fn of(schema: Schema<'_>) -> Self {
        let types = schema.type_set();
        if types.types() != [JsonType::Object] || schema.has_alternatives() {
            return Self { types, properties: None };
        }
        let properties = schema.properties().known.into_iter().map(|known| {
            let is_clear = known.is_described && !known.is_ambiguous();
            let property = Property {
                required: known.required,
                is_described: known.is_described,
                is_one_way: known.schema.is_read_only() || known.schema.is_write_only(),
                types: is_clear.then(|| known.schema.type_set()),
            };
            (known.name.to_owned(), property)
        });
        Self { types, properties: Some(properties.collect()) }
    }

    /// Whether a model of this schema may be valid for the other one, apart from some properties. If not, the whole
    /// comparison says the same.
    pub(super) fn may_be_valid(&self, other: &Self, direction: Direction, except: &[&str]) -> bool {
        if !self.types.may_share_a_value(other.types) {
            return false;
        }
        let (Some(model), Some(other)) = (&self.properties, &other.properties) else { return true };
        if model.is_empty() || other.is_empty() {
            return true;
        }
        let (reader, source) = match direction {
            Direction::Request => (other, model),
            Direction::Response => (model, other),
        };
        let compared =
            |(name, property): &(&String, &Property)| !property.is_one_way && !except.contains(&name.as_str());
        reader.iter().filter(compared).all(|(name, property)| match source.get(name) {
            None => !(property.required && property.is_described),
            Some(found) => {
                let is_present = found.required || !property.required;
                let types = property.types.zip(found.types);
                is_present && types.is_none_or(|(left, right)| left.may_share_a_value(right))
            }
        })
    }
}
