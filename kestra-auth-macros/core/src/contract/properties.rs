//! The properties of an object schema and of all its parts.

use std::collections::HashMap;

use super::composition::{Composition, Part};
use super::json_type::JsonType;
use super::schema::Schema;
use super::value::Value;

#[derive(Default)]
pub(crate) struct Properties<'d> {
    pub(crate) known: Vec<Property<'d>>,
    /// Whether the schema allows properties beyond the known ones.
    pub(crate) is_open: bool,
    indices: HashMap<&'d str, usize>,
}

pub(crate) struct Property<'d> {
    pub(crate) name: &'d str,
    pub(crate) required: bool,
    /// Whether the schema describes it, and does not only list its name in `required`.
    pub(crate) is_described: bool,
    pub(crate) schema: Schema<'d>,
    /// What further alternatives say, if no part that always applies describes the property.
    others: Vec<Schema<'d>>,
}

impl<'d> Property<'d> {
    /// The schemas of all parts that describe it.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = Schema<'d>> {
        std::iter::once(self.schema).chain(self.others.iter().copied())
    }

    /// Whether `null` is a valid value.
    pub(crate) fn is_nullable(&self) -> bool {
        self.schema.is_nullable() || self.others.iter().any(|other| other.is_nullable())
    }

    /// Whether several alternatives describe the property in different ways.
    pub(crate) fn is_ambiguous(&self) -> bool {
        self.others.iter().any(|other| other.id() != self.schema.id())
    }
}

impl<'d> Schema<'d> {
    pub(crate) fn properties(self) -> Properties<'d> {
        Properties::of(self)
    }
}

impl<'d> Properties<'d> {
    fn of(schema: Schema<'d>) -> Self {
        let composition = Composition::of(schema);
        if let [part] = composition.parts.as_slice() {
            return Self::of_part(part);
        }
        let mut properties = Self::default();
        composition.always_applying().for_each(|part| properties.describe(part, usize::MAX));
        // What always applies says enough, so that the alternatives add only what it does not describe.
        let always_described = properties.known.len();
        composition.parts.iter().for_each(|part| properties.describe(part, always_described));
        properties.is_open |= properties.known.is_empty() && !composition.parts.iter().any(is_closed);
        let nothing = Schema::new(schema.document().nothing());
        for name in composition.parts.iter().flat_map(|part| required(part.schema)) {
            // `required` may list what only another part describes, or what nothing does.
            properties.add(name, nothing, false);
        }
        properties.require(&composition);
        // A name that only some alternatives require, and nothing describes, says nothing.
        properties.known.retain(|property| property.is_described || property.required);
        properties.indices = properties.known.iter().enumerate().map(|(at, property)| (property.name, at)).collect();
        properties
    }

    /// The properties of a schema that consists of nothing else.
    fn of_part(part: &Part<'d>) -> Self {
        let mut properties = Self::default();
        properties.describe(part, usize::MAX);
        properties.is_open |= properties.known.is_empty() && !is_closed(part);
        let nothing = Schema::new(part.schema.document().nothing());
        for name in required(part.schema) {
            properties.add(name, nothing, false);
            if let Some(index) = properties.indices.get(name) {
                properties.known[*index].required = true;
            }
        }
        properties
    }

    /// The properties of a schema that restricts nothing.
    pub(crate) fn any() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Property<'d>> {
        self.indices.get(name).map(|index| &self.known[*index])
    }

    fn add(&mut self, name: &'d str, schema: Schema<'d>, is_described: bool) {
        if !self.indices.contains_key(name) {
            self.indices.insert(name, self.known.len());
            self.known.push(Property { name, required: false, is_described, schema, others: Vec::new() });
        }
    }

    /// Adds the properties that a part describes itself. The first ones have descriptions enough.
    fn describe(&mut self, part: &Part<'d>, enough: usize) {
        if part.schema.is_null() {
            return;
        }
        let node = part.schema.node();
        for (name, value) in node.value.get("properties").map_or(&[][..], Value::entries) {
            let schema = Schema::new(node.with(value));
            match self.indices.get(name.as_str()) {
                Some(index) if *index >= enough => {
                    let Property { schema: first, others, .. } = &mut self.known[*index];
                    // The part that added the property describes it a second time when all parts are asked.
                    others.extend(Some(schema).filter(|schema| schema.node().id() != first.node().id()));
                }
                Some(_) => {}
                None => self.add(name, schema, true),
            }
        }
        self.is_open |= is_open(part);
    }

    /// Marks the properties that every value has: those that a part which applies requires, or all alternatives.
    fn require(&mut self, composition: &Composition<'d>) {
        let names = |part: &Part<'d>| {
            let mut names = Names::new(self.known.len());
            required(part.schema).filter_map(|name| self.indices.get(name)).for_each(|index| names.insert(*index));
            names
        };
        let is_null = |index: &&usize| composition.parts[**index].schema.is_null();
        let solved = composition.solve(&Names::new(self.known.len()), |part, solved| {
            let mut all = names(part);
            part.all_of.iter().for_each(|index| all.unite(&solved[*index]));
            for group in &part.groups {
                let mut parts = group.iter().filter(|index| !is_null(index));
                let Some(first) = parts.next() else { continue };
                let mut shared = solved[*first].clone();
                parts.for_each(|index| shared.intersect(&solved[*index]));
                all.unite(&shared);
            }
            all
        });
        for (index, property) in self.known.iter_mut().enumerate() {
            property.required = solved[0].contains(index);
        }
    }
}

/// Whether a part allows properties that nothing describes.
fn is_open(part: &Part<'_>) -> bool {
    let value = part.schema.node().value;
    match value.get("additionalProperties") {
        Some(Value::Bool(is_open)) => return *is_open,
        Some(_) => return true,
        None => {}
    }
    if !part.schema.own_types().contains(JsonType::Object) {
        return false;
    }
    // A part with only `required` restricts what the others describe.
    let describes =
        !value.get("properties").map_or(&[][..], Value::entries).is_empty() || value.get("required").is_some();
    value.get("patternProperties").is_some() || !(describes || part.is_composed())
}

fn is_closed(part: &Part<'_>) -> bool {
    part.schema.node().value.get_bool("additionalProperties") == Some(false)
}

fn required(schema: Schema<'_>) -> impl Iterator<Item = &str> {
    schema.node().value.get("required").map_or(&[][..], Value::items).iter().filter_map(Value::as_str)
}

/// A set of properties by their indices.
#[derive(Clone, PartialEq)]
struct Names(Vec<u64>);

impl Names {
    fn new(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn insert(&mut self, index: usize) {
        self.0[index / 64] |= 1 << (index % 64);
    }

    fn contains(&self, index: usize) -> bool {
        self.0[index / 64] & (1 << (index % 64)) != 0
    }

    fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    fn intersect(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }
}
