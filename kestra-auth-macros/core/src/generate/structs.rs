//! Reads the fields of a struct: those of its schema, of all that apply along with it, and of its alternatives.

use super::models::{Context, Field, Models, Struct};
use super::naming::words;
use super::schemas::{self, alternatives, members, raw_entries};
use super::types::Type;
use crate::contract::document::Node;
use crate::contract::value::Value;

impl<'d> Models<'d> {
    pub(super) fn read_struct(&mut self, schema: Node<'d>, context: &Context) -> Struct<'d> {
        let mut structure = Struct::default();
        let mut required = Vec::new();
        let mut is_closed = false;
        for member in members(schema) {
            required.extend(schemas::required(member));
            self.add_properties(member, context, &mut structure, Type::narrower);
            match member.child("additionalProperties") {
                Some(node) if matches!(node.value, Value::Bool(true)) => structure.rest = Some(Type::Any),
                Some(node) if matches!(node.value, Value::Object(_)) => {
                    structure.rest = Some(self.type_of(node, &context.part("Value")));
                }
                Some(node) => is_closed |= matches!(node.value, Value::Bool(false)),
                None => {}
            }
            let alternatives = alternatives(member);
            for alternative in &alternatives {
                for part in members(*alternative) {
                    self.add_properties(part, context, &mut structure, Type::wider);
                }
            }
            required.extend(required_in_all(&alternatives));
        }
        // The base of other schemas: what they add is kept.
        let is_base = schema.value.get("discriminator").is_some() && alternatives(schema).is_empty();
        if is_base && structure.rest.is_none() {
            structure.rest = Some(Type::Any);
        }
        if is_closed {
            structure.rest = None;
        }
        for name in &required {
            if !structure.fields.iter().any(|field| field.name == *name) {
                structure.fields.push(Field::undescribed(name));
            }
        }
        for field in &mut structure.fields {
            field.required = required.contains(&field.name);
        }
        structure
    }

    /// Adds the properties of a schema. Those that the struct has already get the type that holds both.
    fn add_properties(
        &mut self,
        schema: Node<'d>,
        context: &Context,
        structure: &mut Struct<'d>,
        both: fn(&Type, &Type) -> Type,
    ) {
        for (name, raw) in raw_entries(schema, "properties") {
            // A property that does not exist: `name: false`.
            if matches!(raw.value, Value::Bool(false)) {
                continue;
            }
            let known = structure.fields.iter().position(|field| field.name == name);
            if known.is_some() && !schemas::has_shape(raw) {
                continue;
            }
            let mut ty = self.type_of(raw, &context.part(name));
            let is_password = matches!(words(name).last().map(String::as_str), Some("password" | "passphrase"));
            if is_password && *ty.non_null() == Type::String {
                ty = if ty == Type::String { Type::Secret } else { Type::Secret.nullable() };
            }
            let field = Field {
                name,
                ty,
                required: false,
                read_only: schemas::flag(raw, "readOnly"),
                write_only: schemas::flag(raw, "writeOnly"),
                deprecated: schemas::flag(raw, "deprecated"),
                described: true,
                default: raw.value.get("default").or_else(|| schemas::resolved(raw).value.get("default")),
                description: property_description(raw),
            };
            match known {
                Some(index) => structure.fields[index].merge(field, both),
                None => structure.fields.push(field),
            }
        }
    }
}

impl<'d> Field<'d> {
    /// A property that is required, and of which nothing is known but its name.
    fn undescribed(name: &'d str) -> Self {
        Self {
            name,
            ty: Type::Any,
            required: true,
            read_only: false,
            write_only: false,
            deprecated: false,
            described: false,
            default: None,
            description: None,
        }
    }

    /// Combines two descriptions of one property.
    fn merge(&mut self, other: Self, both: fn(&Type, &Type) -> Type) {
        let ty = both(&self.ty, &other.ty);
        if ty != self.ty && ty == other.ty {
            *self = other;
        } else {
            self.ty = ty;
        }
    }
}

/// The text that describes a property. A model has its own description, which need not be repeated at each field.
fn property_description<'d>(raw: Node<'d>) -> Option<&'d str> {
    let own = |node: Node<'d>| node.value.get_str("description").or_else(|| node.value.get_str("title"));
    let is_reference = raw.value.get("$ref").is_some();
    own(raw).or_else(|| if is_reference { None } else { own(schemas::resolved(raw)) })
}

/// The properties that every alternative requires.
fn required_in_all<'d>(alternatives: &[Node<'d>]) -> Vec<&'d str> {
    let lists: Vec<Vec<&'d str>> = alternatives
        .iter()
        .map(|alternative| members(*alternative).into_iter().flat_map(schemas::required).collect())
        .collect();
    let Some((first, rest)) = lists.split_first() else { return Vec::new() };
    first.iter().copied().filter(|name| rest.iter().all(|list| list.contains(name))).collect()
}
