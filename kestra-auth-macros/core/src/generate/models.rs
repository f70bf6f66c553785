//! The models of the schemas that the chosen operations reach. A schema is read once, however many lead to it, and
//! without regard to whether it is sent or received: that is known only once all operations are read.

use std::borrow::Cow;
use std::collections::HashMap;

use super::naming::{pascal_case, singular, words};
use super::scalars::{integer_type, string_type};
use super::schemas::{self, alternatives, has_shape, string_values};
use super::types::{ModelId, Type};
use crate::contract::document::{Document, Node};
use crate::contract::schema::Schema;
use crate::contract::value::Value;

/// A struct or an enum of generated code.
pub(super) struct Model<'d> {
    /// The names to try, the best one first.
    pub(super) names: Vec<String>,
    /// The name under `components.schemas`, for the contract.
    pub(super) component: Option<&'d str>,
    /// The schema, unless the model is only a part of it.
    pub(super) schema: Option<Node<'d>>,
    pub(super) description: Option<&'d str>,
    pub(super) shape: Shape<'d>,
}

impl Model<'_> {
    /// What `#[contract(…)]` calls the schema: its name, or a reference to it.
    pub(super) fn schema_name(&self) -> Option<Cow<'_, str>> {
        match self.component {
            Some(name) => Some(Cow::Borrowed(name)),
            None => self.schema?.reference().map(Cow::Owned),
        }
    }
}

pub(super) enum Shape<'d> {
    /// The schema is being read.
    Pending,
    Struct(Struct<'d>),
    /// An enumeration of strings.
    Values(Vec<&'d str>),
    Union(Union<'d>),
    /// The schema turned out to have this type.
    Alias(Type),
}

#[derive(Clone, Default)]
pub(super) struct Struct<'d> {
    pub(super) fields: Vec<Field<'d>>,
    /// What other properties hold.
    pub(super) rest: Option<Type>,
}

#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is what the document says of a property")]
pub(super) struct Field<'d> {
    /// The name on the wire.
    pub(super) name: &'d str,
    pub(super) ty: Type,
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: bool,
    /// Whether the schema describes it, and does not only list its name in `required`.
    pub(super) described: bool,
    pub(super) default: Option<&'d Value>,
    pub(super) description: Option<&'d str>,
}

pub(super) struct Models<'d> {
    pub(super) list: Vec<Model<'d>>,
    by_schema: HashMap<usize, ModelId>,
    /// The enumerations that have no name in the document, by their short name and values.
    by_values: HashMap<(String, Vec<&'d str>), ModelId>,
    components: HashMap<usize, &'d str>,
    /// The schemas whose type is being determined: an alias of itself ends there.
    aliases: Vec<usize>,
}

/// An enum whose variants hold values.
pub(super) struct Union<'d> {
    /// The property that names the variant.
    pub(super) tag: Option<&'d str>,
    pub(super) variants: Vec<Variant<'d>>,
}

pub(super) struct Variant<'d> {
    pub(super) name: String,
    /// The values of the tag.
    pub(super) tags: Vec<&'d str>,
    pub(super) ty: Type,
}

impl<'d> Models<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let components = document.root().get("components").map(|node| schemas::raw_entries(node, "schemas"));
        let components = components.unwrap_or_default().into_iter().map(|(name, node)| (node.id(), name)).collect();
        Self { list: Vec::new(), by_schema: HashMap::new(), by_values: HashMap::new(), components, aliases: Vec::new() }
    }

    pub(super) fn get(&self, id: ModelId) -> &Model<'d> {
        &self.list[id.0]
    }

    /// The name of a schema under `components.schemas`.
    pub(super) fn component(&self, schema: Node<'d>) -> Option<&'d str> {
        self.components.get(&schemas::resolved(schema).id()).copied()
    }

    /// The type of a schema's values. `context` names a model that has no name in the document.
    pub(super) fn type_of(&mut self, raw: Node<'d>, context: &Context) -> Type {
        let ty = self.non_null_type(raw, context);
        let is_nullable = raw.value.get_bool("nullable") == Some(true) || Schema::new(raw).is_nullable();
        if is_nullable { ty.nullable() } else { ty }
    }

    fn non_null_type(&mut self, raw: Node<'d>, context: &Context) -> Type {
        let schema = schemas::resolved(raw);
        let key = schema.id();
        if let Some(id) = self.by_schema.get(&key) {
            return match &self.get(*id).shape {
                Shape::Alias(ty) => ty.clone(),
                _ => Type::Model(*id),
            };
        }
        if self.aliases.contains(&key) {
            return Type::Any;
        }
        // With keywords beside it, a reference leads to a part of the schema only.
        let is_whole = schema.value.get("$ref").is_none();
        let named = self.component(schema).or_else(|| referenced_name(raw).filter(|_| is_whole));
        let context = named.map_or_else(|| context.clone(), |name| Context::root(pascal_case(name)));
        self.aliases.push(key);
        let ty = self.classify(schema, &context);
        self.aliases.pop();
        ty
    }

    fn classify(&mut self, schema: Node<'d>, context: &Context) -> Type {
        if let Some(values) = string_values(schema) {
            return self.values(schema, context, values);
        }
        let parts = schemas::all_of(schema);
        if !parts.is_empty() {
            return self.all_of(schema, &parts, context);
        }
        let alternatives: Vec<Node<'d>> =
            alternatives(schema).into_iter().filter(|part| !schemas::is_null(schemas::resolved(*part))).collect();
        let says_what = alternatives.iter().any(|part| has_shape(*part) && !is_condition(*part));
        if says_what && schemas::raw_entries(schema, "properties").is_empty() {
            return self.union(schema, &alternatives, context);
        }
        match schemas::types(schema)[..] {
            ["string" | "file"] => string_type(schema),
            ["boolean"] => Type::Bool,
            ["integer"] => Type::Integer(integer_type(schema)),
            ["number"] | ["integer", "number"] | ["number", "integer"] => Type::Number,
            ["array"] => self.list_type(schema, context),
            ["object"] | [] => self.object(schema, context),
            [..] => self.several_types(schema, context),
        }
    }

    fn list_type(&mut self, schema: Node<'d>, context: &Context) -> Type {
        let item = schema.child("items").filter(|items| matches!(items.value, Value::Object(_)));
        Type::list(item.map_or(Type::Any, |item| self.type_of(item, &context.singular())))
    }

    fn object(&mut self, schema: Node<'d>, context: &Context) -> Type {
        let is_struct = !schemas::raw_entries(schema, "properties").is_empty();
        if is_struct {
            return self.structure(schema, context);
        }
        let additional = schema.child("additionalProperties");
        match additional.map(|node| node.value) {
            Some(Value::Object(_)) => {
                let value = additional.map_or(Type::Any, |node| self.type_of(node, &context.singular()));
                Type::map(value)
            }
            _ if !schemas::types(schema).is_empty() => Type::map(Type::Any),
            _ if schema.value.get("items").is_some() => self.list_type(schema, context),
            _ => Type::Any,
        }
    }

    /// The schemas of `allOf` apply together.
    fn all_of(&mut self, schema: Node<'d>, parts: &[Node<'d>], context: &Context) -> Type {
        let own = ["properties", "required", "additionalProperties", "oneOf", "anyOf", "items", "enum"];
        let adds_nothing = own.iter().all(|key| schema.value.get(key).is_none());
        let shaped: Vec<Node<'d>> =
            parts.iter().copied().filter(|part| has_shape(*part) || part.value.get("required").is_some()).collect();
        if let ([part], true) = (&shaped[..], adds_nothing) {
            return self.non_null_type(*part, context);
        }
        let members = schemas::members(schema);
        if members.iter().any(|member| !schemas::raw_entries(*member, "properties").is_empty()) {
            return self.structure(schema, context);
        }
        // Without properties, the first schema that says what the value is decides.
        let shaped = members
            .iter()
            .copied()
            .find(|member| member.id() != schema.id() && member.value.get("allOf").is_none() && has_shape(*member));
        shaped.map_or(Type::Any, |member| self.non_null_type(member, context))
    }

    /// Reads the schema of a struct, whose fields may lead back to it.
    pub(super) fn structure(&mut self, schema: Node<'d>, context: &Context) -> Type {
        let id = self.reserve(schema, vec![context.full()]);
        let structure = self.read_struct(schema, context);
        self.list[id.0].shape = Shape::Struct(structure);
        Type::Model(id)
    }

    /// Adds a model that is being read.
    pub(super) fn reserve(&mut self, schema: Node<'d>, names: Vec<String>) -> ModelId {
        let id = ModelId(self.list.len());
        let component = self.component(schema);
        // The description of a schema without a name is that of the property which has it.
        let description =
            component.and_then(|_| schema.value.get_str("description").or_else(|| schema.value.get_str("title")));
        self.list.push(Model { names, component, schema: Some(schema), description, shape: Shape::Pending });
        self.by_schema.insert(schema.id(), id);
        id
    }

    /// Adds a struct of which only a part of its schema speaks.
    pub(super) fn add_struct(&mut self, structure: Struct<'d>, name: String) -> ModelId {
        let id = ModelId(self.list.len());
        let shape = Shape::Struct(structure);
        self.list.push(Model { names: vec![name], component: None, schema: None, description: None, shape });
        id
    }

    /// Adds a copy of a struct.
    pub(super) fn copy(&mut self, id: ModelId) -> ModelId {
        let copy = ModelId(self.list.len());
        let model = self.get(id);
        let names = vec![format!("{}Variant", model.names[0])];
        let shape = match &model.shape {
            Shape::Struct(structure) => Shape::Struct(structure.clone()),
            _ => Shape::Struct(Struct::default()),
        };
        self.list.push(Model { names, component: None, schema: None, description: model.description, shape });
        copy
    }

    pub(super) fn remove_field(&mut self, id: ModelId, name: &str) {
        if let Shape::Struct(structure) = &mut self.list[id.0].shape {
            structure.fields.retain(|field| field.name != name);
        }
    }

    /// Leaves it to the order of the variants which of them is read.
    pub(super) fn untag(&mut self, id: ModelId) {
        if let Shape::Union(union) = &mut self.list[id.0].shape {
            union.tag = None;
        }
    }

    /// Takes back the model of a schema that turned out to have this type.
    pub(super) fn replace(&mut self, id: ModelId, ty: Type) -> Type {
        self.list[id.0].shape = Shape::Alias(ty.clone());
        ty
    }

    /// An enumeration of strings. One without a name in the document is shared by all that have the same values.
    pub(super) fn values(&mut self, schema: Node<'d>, context: &Context, values: Vec<&'d str>) -> Type {
        if self.component(schema).is_some() {
            let id = self.reserve(schema, vec![context.full()]);
            self.list[id.0].shape = Shape::Values(values);
            return Type::Model(id);
        }
        // `VoiceMethod` and `SmsMethod` with the same values are both a `Method`.
        let last = words(&context.own).pop().map_or_else(|| context.own.clone(), |word| pascal_case(&word));
        let key = (last.clone(), values.clone());
        if let Some(id) = self.by_values.get(&key) {
            let id = *id;
            let names = &mut self.list[id.0].names;
            if names[0] != context.own && names[0] != last {
                names.insert(0, last);
            }
            return Type::Model(id);
        }
        let id = self.reserve(schema, vec![context.own.clone(), context.full()]);
        self.list[id.0].shape = Shape::Values(values);
        self.by_values.insert(key, id);
        Type::Model(id)
    }
}

/// Where a schema without a name of its own is: what it is called there, and in what.
#[derive(Clone, Debug)]
pub(super) struct Context {
    parent: String,
    pub(super) own: String,
}

impl Context {
    pub(super) fn root(own: String) -> Self {
        Self { parent: String::new(), own }
    }

    /// The context of a part of this one.
    pub(super) fn part(&self, name: &str) -> Self {
        Self { parent: self.full(), own: pascal_case(name) }
    }

    /// The context of one item of this one.
    pub(super) fn singular(&self) -> Self {
        Self { parent: self.parent.clone(), own: singular(&self.own) }
    }

    pub(super) fn full(&self) -> String {
        let starts_same = self.own.starts_with(&self.parent) && !self.parent.is_empty();
        if starts_same { self.own.clone() } else { format!("{}{}", self.parent, self.own) }
    }
}

/// The name that a reference gives a schema of another document.
fn referenced_name(raw: Node<'_>) -> Option<&str> {
    let reference = raw.value.get_str("$ref")?;
    let Some((_, pointer)) = reference.split_once('#').filter(|(_, pointer)| !pointer.is_empty()) else {
        let file = reference.rsplit('/').next()?;
        return file.split('.').next();
    };
    let (before, name) = pointer.rsplit_once('/')?;
    let is_schema = ["schemas", "definitions", "$defs"].iter().any(|key| before.ends_with(key)) || before.is_empty();
    is_schema.then_some(name)
}

/// Whether an alternative only restricts the schema that has it: `oneOf: [{required: [a]}, {required: [b]}]`.
fn is_condition(part: Node<'_>) -> bool {
    part.value.entries().iter().all(|(key, _)| matches!(key.as_str(), "required" | "not" | "title" | "description"))
}
