//! Whether the models of one schema are valid for another schema.
//!
//! A model that is read must find each of its properties in the other schema, with the same type and at least as
//! required. A model that is sent must have what the other schema requires, and the two must agree on what they share.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::direction::Direction;
use super::document::Document;
use super::json_type::JsonType;
use super::outline::Outlines;
use super::properties::Properties;
use super::schema::Schema;

/// How many pairs of schemas are compared for one question. What is left then counts as valid, because a mismatch
/// needs certainty.
const MAX_PAIRS: usize = 512;

/// The comparison of the models of many schemas with one.
pub(super) struct Substitution<'d> {
    direction: Direction,
    outlines: Arc<Outlines>,
    /// The properties of each schema, which take longer than anything else.
    properties: HashMap<usize, Rc<Properties<'d>>>,
    /// The pairs that are valid, or being compared: a cycle ends where it started.
    seen: HashSet<(usize, usize)>,
}

impl<'d> Substitution<'d> {
    pub(super) fn new(document: &Document, direction: Direction) -> Self {
        Self { direction, outlines: document.memo(Outlines::default), properties: HashMap::new(), seen: HashSet::new() }
    }

    /// Whether a model of one schema is valid where the document has another.
    pub(super) fn is_valid(&mut self, model: Schema<'d>, other: Schema<'d>) -> bool {
        self.is_valid_except(model, other, &[])
    }

    /// The same without some of the properties.
    pub(super) fn is_valid_except(&mut self, model: Schema<'d>, other: Schema<'d>, except: &[&str]) -> bool {
        self.seen.clear();
        self.compare(model, other, except)
    }

    fn compare(&mut self, model: Schema<'d>, other: Schema<'d>, except: &[&str]) -> bool {
        let pair = (model.id(), other.id());
        if pair.0 == pair.1 || self.seen.len() >= MAX_PAIRS || self.seen.contains(&pair) {
            return true;
        }
        // Most pairs end here, without a walk through their properties.
        let outline = |schema| self.outlines.of(schema);
        if !outline(model).may_be_valid(&outline(other), self.direction, except) {
            return false;
        }
        self.seen.insert(pair);
        let (model_types, other_types) = (model.types(), other.types());
        if model_types.is_empty() || other_types.is_empty() {
            return true;
        }
        if !self.share_a_type(&model_types, &other_types) {
            return false;
        }
        let is = |json_type| model_types.contains(&json_type) && other_types.contains(&json_type);
        if model.has_alternatives() || other.has_alternatives() {
            return true;
        }
        if is(JsonType::Object) && !self.compare_properties(model, other, except) {
            return false;
        }
        match (model.items(), other.items()) {
            (Some(model), Some(other)) if is(JsonType::Array) => self.compare(model, other, &[]),
            _ => true,
        }
    }

    fn properties(&mut self, schema: Schema<'d>) -> Rc<Properties<'d>> {
        Rc::clone(self.properties.entry(schema.id()).or_insert_with(|| Rc::new(schema.properties())))
    }

    fn share_a_type(&self, model: &[JsonType], other: &[JsonType]) -> bool {
        let is_number = |types: &[JsonType]| types.contains(&JsonType::Number);
        let is_integer = |types: &[JsonType]| types.contains(&JsonType::Integer);
        let (holds, held) = match self.direction {
            Direction::Request => (other, model),
            Direction::Response => (model, other),
        };
        model.iter().any(|found| other.contains(found)) || (is_number(holds) && is_integer(held))
    }

    fn compare_properties(&mut self, model: Schema<'d>, other: Schema<'d>, except: &[&str]) -> bool {
        let (model, other) = (self.properties(model), self.properties(other));
        if model.known.is_empty() || other.known.is_empty() {
            return true;
        }
        let is_complete = match self.direction {
            Direction::Response => contains(&other, &model, except),
            Direction::Request => other.is_open || contains(&other, &model, except) || contains(&model, &other, except),
        };
        is_complete && self.compare_shared(&model, &other, except)
    }

    fn compare_shared(&mut self, model: &Properties<'d>, other: &Properties<'d>, except: &[&str]) -> bool {
        let (reader, source) = match self.direction {
            Direction::Request => (other, model),
            Direction::Response => (model, other),
        };
        let properties = reader.known.iter().filter(|property| !except.contains(&property.name));
        for property in properties {
            // Only requests have the property.
            if self.direction == Direction::Response && property.schema.is_write_only() {
                continue;
            }
            let Some(found) = source.find(property.name) else {
                // A response may lack what a model does not need; `contains` has compared the rest.
                if property.required && property.is_described && !property.schema.is_read_only() {
                    return false;
                }
                continue;
            };
            if property.required && !found.required {
                return false;
            }
            let (model, other) = match self.direction {
                Direction::Request => (found.schema, property.schema),
                Direction::Response => (property.schema, found.schema),
            };
            let is_clear =
                property.is_described && found.is_described && !property.is_ambiguous() && !found.is_ambiguous();
            if is_clear && !self.compare(model, other, &[]) {
                return false;
            }
        }
        true
    }
}

/// Whether one schema describes all properties of the other.
fn contains(all: &Properties<'_>, wanted: &Properties<'_>, except: &[&str]) -> bool {
    let mut wanted = wanted.known.iter().filter(|property| property.is_described && !except.contains(&property.name));
    wanted.all(|property| all.find(property.name).is_some())
}
