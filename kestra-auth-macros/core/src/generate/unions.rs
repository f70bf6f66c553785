//! Reads alternatives: as one type where a single Rust type holds them all, otherwise as an enum. A tag
//! decides on its variant where the document has one; otherwise, the variants are tried in order.

use super::models::{Context, Models, Shape, Struct, Union, Variant};
use super::naming::pascal_case;
use super::schemas::{self, property, string_values};
use super::types::{ModelId, Type};
use crate::contract::document::Node;
use crate::contract::value::Value;

impl<'d> Models<'d> {
    /// The type of a schema that has alternatives and no properties of its own.
    pub(super) fn union(&mut self, schema: Node<'d>, alternatives: &[Node<'d>], context: &Context) -> Type {
        if let [only] = alternatives {
            return self.type_of(*only, context).non_null().clone();
        }
        if let Some(values) = all_values(alternatives) {
            return self.values(schema, context, values);
        }
        if alternatives.iter().all(|part| is_text(*part)) {
            return Type::String;
        }
        let is_number =
            |part: &Node<'d>| matches!(schemas::types(schemas::resolved(*part))[..], ["number" | "integer"]);
        if alternatives.iter().all(is_number) {
            let is_integer =
                alternatives.iter().all(|part| schemas::types(schemas::resolved(*part))[..] == ["integer"]);
            return if is_integer { Type::Integer("i64") } else { Type::Number };
        }
        let id = self.reserve(schema, vec![context.full()]);
        let tag = tag(schema, alternatives);
        let mut variants: Vec<Variant<'d>> = Vec::new();
        for (index, part) in alternatives.iter().enumerate() {
            let tags = tag.map(|tag| tags(self, schema, *part, tag)).unwrap_or_default();
            let name = self.variant_name(*part, &tags, index);
            let ty = self.type_of(*part, &context.part(&name)).non_null().clone();
            match variants.iter_mut().find(|variant| variant.ty == ty) {
                Some(same) => {
                    let new = tags.into_iter().filter(|tag| !same.tags.contains(tag)).collect::<Vec<_>>();
                    same.tags.extend(new);
                }
                None => variants.push(Variant { name, tags, ty }),
            }
        }
        // Of two alternatives with the same tag, what else they have decides.
        let mut seen = std::collections::HashSet::new();
        let is_tagged = variants.iter().all(|variant| !variant.tags.is_empty())
            && variants.iter().flat_map(|variant| &variant.tags).all(|tag| seen.insert(*tag));
        self.finish_union(id, Union { tag: tag.filter(|_| is_tagged), variants })
    }

    /// A type that holds values of any of these types, tried in order of what they demand.
    pub(super) fn any_of(&mut self, types: Vec<Type>, context: &Context) -> Type {
        let mut variants: Vec<Variant<'d>> = Vec::new();
        for (index, ty) in types.into_iter().enumerate() {
            let ty = ty.non_null().clone();
            let name = match &ty {
                Type::Model(id) => self.get(*id).names[0].clone(),
                Type::String => "String".to_owned(),
                Type::List(_) => "List".to_owned(),
                Type::Map(_) => "Object".to_owned(),
                _ => format!("Variant{}", index + 1),
            };
            if variants.iter().all(|variant| variant.ty != ty) {
                variants.push(Variant { name, tags: Vec::new(), ty });
            }
        }
        let id = self.add_struct(Struct::default(), context.full());
        self.finish_union(id, Union { tag: None, variants })
    }

    /// Whether a type is an enumeration of strings.
    pub(super) fn is_values(&self, ty: &Type) -> bool {
        matches!(ty, Type::Model(id) if matches!(self.get(*id).shape, Shape::Values(_)))
    }

    /// The type of a schema that lists several types.
    pub(super) fn several_types(&mut self, schema: Node<'d>, context: &Context) -> Type {
        let words = schemas::types(schema);
        let id = self.reserve(schema, vec![context.full()]);
        let mut variants = Vec::new();
        for word in words {
            let (name, ty) = match word {
                "string" => ("String", Type::String),
                "integer" => ("Integer", Type::Integer("i64")),
                "number" => ("Number", Type::Number),
                "boolean" => ("Bool", Type::Bool),
                "array" => ("List", self.items_type(schema, context)),
                "object" => ("Object", self.object_type(schema, context)),
                _ => ("Value", Type::Any),
            };
            variants.push(Variant { name: name.to_owned(), tags: Vec::new(), ty });
        }
        self.finish_union(id, Union { tag: None, variants })
    }

    fn items_type(&mut self, schema: Node<'d>, context: &Context) -> Type {
        let item = schema.child("items").filter(|items| matches!(items.value, Value::Object(_)));
        Type::list(item.map_or(Type::Any, |item| self.type_of(item, &context.part("Item"))))
    }

    fn object_type(&mut self, schema: Node<'d>, context: &Context) -> Type {
        if schemas::raw_entries(schema, "properties").is_empty() {
            return Type::map(Type::Any);
        }
        let context = context.part("Object");
        let structure = self.read_struct(schema, &context);
        let id = self.add_struct(structure, context.full());
        Type::Model(id)
    }

    /// An enum of one variant is its content, and one that may hold anything is any value.
    fn finish_union(&mut self, id: ModelId, mut union: Union<'d>) -> Type {
        let is_any = union.variants.iter().any(|variant| variant.ty == Type::Any) || union.variants.is_empty();
        if is_any {
            return self.replace(id, Type::Any);
        }
        if let [only] = &union.variants[..]
            && only.ty != Type::Model(id)
        {
            let ty = only.ty.clone();
            return self.replace(id, ty);
        }
        if union.tag.is_none() {
            union.variants.sort_by_key(|variant| self.rank(&variant.ty));
        }
        self.list[id.0].shape = Shape::Union(union);
        Type::Model(id)
    }

    /// How early a variant is tried: the more a type demands, the earlier.
    fn rank(&self, ty: &Type) -> (u8, std::cmp::Reverse<usize>) {
        let rank = match ty.non_null() {
            Type::Model(id) => match &self.get(*id).shape {
                Shape::Struct(structure) => {
                    let required = structure.fields.iter().filter(|field| field.required).count();
                    return (if required > 0 { 0 } else { 8 }, std::cmp::Reverse(required));
                }
                Shape::Values(_) => 1,
                Shape::Union(_) | Shape::Pending | Shape::Alias(_) => 7,
            },
            Type::Bool => 2,
            Type::Integer(_) => 3,
            Type::Number => 4,
            Type::Formatted(_) => 5,
            Type::String | Type::Secret | Type::List(_) => 6,
            Type::Map(_) => 9,
            Type::Any | Type::Nullable(_) => 10,
        };
        (rank, std::cmp::Reverse(0))
    }

    fn variant_name(&self, part: Node<'d>, tags: &[&'d str], index: usize) -> String {
        let schema = schemas::resolved(part);
        if let Some(name) = self.component(schema).or_else(|| tags.first().copied()) {
            return pascal_case(name);
        }
        if let Some(title) = schema.value.get_str("title").filter(|title| title.len() <= 40) {
            return pascal_case(title);
        }
        let name = match schemas::types(schema)[..] {
            ["string"] => "String",
            ["integer"] => "Integer",
            ["number"] => "Number",
            ["boolean"] => "Bool",
            ["array"] => "List",
            _ => return format!("Variant{}", index + 1),
        };
        name.to_owned()
    }
}

/// The values of alternatives that are all enumerations of strings.
fn all_values<'d>(alternatives: &[Node<'d>]) -> Option<Vec<&'d str>> {
    let mut all = Vec::new();
    for part in alternatives {
        for value in string_values(schemas::resolved(*part))? {
            if !all.contains(&value) {
                all.push(value);
            }
        }
    }
    Some(all)
}

/// Whether values of a schema are strings, enumerated or not.
fn is_text(part: Node<'_>) -> bool {
    let schema = schemas::resolved(part);
    string_values(schema).is_some() || schemas::types(schema)[..] == ["string"]
}

/// The property that tells the alternatives apart: the one that the document names, or one that has a value of its own
/// in each of them.
fn tag<'d>(schema: Node<'d>, alternatives: &[Node<'d>]) -> Option<&'d str> {
    if !alternatives.iter().all(|part| schemas::is_struct(schemas::resolved(*part))) {
        return None;
    }
    let is_text = |tag: &str| {
        let mut values = alternatives.iter().filter_map(|part| property(*part, tag));
        values.all(|value| schemas::types(value).iter().all(|word| *word == "string"))
    };
    if let Some(tag) = schema.value.get("discriminator").and_then(|tag| tag.get_str("propertyName")) {
        // The tag of an enum is a string.
        return Some(tag).filter(|tag| is_text(tag));
    }
    let first = schemas::members(*alternatives.first()?);
    let mut candidates = first.into_iter().flat_map(|member| schemas::raw_entries(member, "properties"));
    let candidate = candidates.find(|(name, _)| {
        let mut seen = Vec::new();
        alternatives.iter().all(|part| {
            let value = property(*part, name).and_then(string_values);
            let is_required =
                schemas::members(*part).into_iter().flat_map(schemas::required).any(|found| found == *name);
            match value.as_deref() {
                Some([value]) if is_required && !seen.contains(value) => {
                    seen.push(*value);
                    true
                }
                _ => false,
            }
        })
    });
    candidate.map(|(name, _)| name)
}

/// The values of the tag that mean an alternative: those of the mapping, those that its property may have, or its name
/// ([`discriminator`](https://spec.openapis.org/oas/v3.1.0#discriminator-object)).
fn tags<'d>(models: &Models<'d>, schema: Node<'d>, part: Node<'d>, tag: &str) -> Vec<&'d str> {
    let mapping = schema.value.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
    let reference = part.value.get_str("$ref");
    let name = models.component(part);
    let mapped = mapping.map_or(&[][..], Value::entries).iter().filter(|(_, target)| {
        let target = target.as_str();
        target.is_some() && (target == reference || target == name)
    });
    let mapped: Vec<&'d str> = mapped.map(|(value, _)| value.as_str()).collect();
    if !mapped.is_empty() {
        return mapped;
    }
    property(part, tag).and_then(string_values).or_else(|| name.map(|name| vec![name])).unwrap_or_default()
}
