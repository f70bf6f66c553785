//! What a schema says together with all the schemas that it consists of: through references, `allOf`, `oneOf` and
//! `anyOf`.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use super::composition::Composition;
use super::json_type::{JsonType, TypeSet};
use super::schema::Schema;
use super::value::Value;

impl<'d> Schema<'d> {
    /// The types that a value may have, without `null`; nothing if the schema does not restrict them.
    pub(crate) fn types(self) -> Vec<JsonType> {
        self.type_set().types()
    }

    /// Whether `null` is a valid value.
    pub(crate) fn is_nullable(self) -> bool {
        self.type_set().allows_null()
    }

    pub(crate) fn type_set(self) -> TypeSet {
        self.document().memo(TypeSets::default).of(self.resolved())
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

    /// The schema of an array's items.
    pub(crate) fn items(self) -> Option<Self> {
        let schema = self.resolved();
        if !schema.is_composed() {
            return Self::under(schema.node(), "items");
        }
        let composition = Composition::of(self);
        let mut items = composition.parts.iter().filter_map(|part| Self::under(part.schema.node(), "items"));
        let first = items.next()?;
        // Alternatives with different items say nothing about one of them.
        items.all(|other| other.id() == first.id()).then_some(first)
    }

    /// The schema of the properties without a name of their own: the values of a map.
    pub(crate) fn additional(self) -> Option<Self> {
        let additional = self.find(|schema| Self::under(schema.node(), "additionalProperties"))?;
        matches!(additional.node().value, Value::Object(_)).then_some(additional)
    }

    /// Its [`format`](https://spec.openapis.org/registry/format/).
    pub(crate) fn format(self) -> Option<&'d str> {
        self.find(|schema| schema.node().value.get_str("format"))
    }

    pub(crate) fn minimum(self) -> Option<f64> {
        self.find(|schema| schema.node().value.get_number("minimum"))
    }

    pub(crate) fn maximum(self) -> Option<f64> {
        self.find(|schema| schema.node().value.get_number("maximum"))
    }

    /// Whether only responses have the property.
    pub(crate) fn is_read_only(self) -> bool {
        self.find(|schema| schema.node().value.get_bool("readOnly")) == Some(true)
    }

    /// Whether only requests have the property.
    pub(crate) fn is_write_only(self) -> bool {
        self.find(|schema| schema.node().value.get_bool("writeOnly")) == Some(true)
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

/// The types of the schemas of a document, each computed once.
#[derive(Default)]
struct TypeSets(Mutex<HashMap<usize, TypeSet>>);

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
