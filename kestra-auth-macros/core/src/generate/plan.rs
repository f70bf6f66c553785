//! What is decided once all operations are read: which way each model is sent, whether it needs two versions, what is
//! boxed, and what everything is called.

use std::collections::{HashMap, HashSet};

use super::arguments::ArgumentType;
use super::methods::Method;
use super::models::{Models, Shape};
use super::naming::Scope;
use super::results::OutputBody;
use super::traits::Trait;
use super::types::{ModelId, Type};

/// Which way a version of a model is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Request,
    Response,
    Both,
}

/// The decisions about models.
#[derive(Default)]
pub(super) struct Plan {
    /// The models that are used, in the order in which the methods reach them.
    pub(super) order: Vec<ModelId>,
    pub(super) in_requests: HashSet<ModelId>,
    pub(super) in_responses: HashSet<ModelId>,
    /// The models with one version for requests and another for responses.
    pub(super) split: HashSet<ModelId>,
    /// The fields and variants that would make a type contain itself, or make an enum large.
    pub(super) boxed: HashSet<(ModelId, usize)>,
    /// The structs whose tag is written by the enum around them.
    pub(super) without_tag: HashSet<ModelId>,
    /// The models with a secret, which cannot be compared.
    pub(super) with_secret: HashSet<ModelId>,
    names: HashMap<(ModelId, bool), String>,
}

/// How large the value of a variant may be. Beyond 200 bytes of difference, Clippy suggests a box.
const MAX_VARIANT: usize = 180;

/// The names that generated code uses for something else.
const RESERVED: [&str; 36] = [
    "ApiError",
    "Binary",
    "Body",
    "Box",
    "ByteStream",
    "Client",
    "Contract",
    "Deserialize",
    "Err",
    "Error",
    "Event",
    "EventStream",
    "Form",
    "FormPart",
    "HashMap",
    "Json",
    "JsonLines",
    "None",
    "Ok",
    "Option",
    "Part",
    "Response",
    "Result",
    "SecretString",
    "Serialize",
    "Some",
    "String",
    "Text",
    "Value",
    "Vec",
    "Self",
    "Debug",
    "Clone",
    "Default",
    "Copy",
    "Hash",
];

impl Plan {
    pub(super) fn new(traits: &[Trait<'_>], models: &mut Models<'_>) -> Self {
        let mut plan = Self::default();
        plan.reach_all(traits, models);
        // Which structs an enum has for itself is known once all that is used is.
        let without_tag = plan.separate_tags(traits, models);
        plan = Self { without_tag, ..Self::default() };
        plan.reach_all(traits, models);
        plan.split_all(models);
        plan.find_secrets(models);
        plan.find_boxes(models);
        plan.choose_names(traits, models);
        plan
    }

    /// The versions of a model to write.
    pub(super) fn versions(&self, id: ModelId) -> Vec<Direction> {
        match (self.in_requests.contains(&id), self.in_responses.contains(&id)) {
            (true, true) if self.split.contains(&id) => vec![Direction::Response, Direction::Request],
            (true, true) => vec![Direction::Both],
            (true, false) => vec![Direction::Request],
            (false, _) => vec![Direction::Response],
        }
    }

    pub(super) fn name(&self, id: ModelId, direction: Direction) -> &str {
        let is_request = direction == Direction::Request && self.split.contains(&id) && self.in_responses.contains(&id);
        self.names.get(&(id, is_request)).map_or("Value", String::as_str)
    }

    fn reach_all(&mut self, traits: &[Trait<'_>], models: &Models<'_>) {
        for method in traits.iter().flat_map(|created| &created.methods).map(|(_, method)| method) {
            for (ty, direction) in used_types(method) {
                self.reach(ty, direction, models);
            }
        }
    }

    fn reach(&mut self, ty: &Type, direction: Direction, models: &Models<'_>) {
        let mut pending: Vec<ModelId> = ty.models().into_iter().collect();
        while let Some(id) = pending.pop() {
            let known = if direction == Direction::Request { &mut self.in_requests } else { &mut self.in_responses };
            if !known.insert(id) {
                continue;
            }
            if !self.order.contains(&id) && !matches!(models.get(id).shape, Shape::Alias(_)) {
                self.order.push(id);
            }
            // The next one is taken from the end, and the first field's model should come first.
            pending.extend(parts(models, id, direction).iter().rev().filter_map(|ty| ty.models()));
        }
    }

    /// The schemas of `allOf` children and the like may be read, but not used.
    fn reached(&self) -> impl Iterator<Item = ModelId> + '_ {
        self.order.iter().copied()
    }

    /// A model has two versions if a required property exists only one way, or if it contains a model that has two.
    fn split(&mut self, models: &Models<'_>) {
        let both: Vec<ModelId> =
            self.reached().filter(|id| self.in_requests.contains(id) && self.in_responses.contains(id)).collect();
        let differs = |id: &ModelId| match &models.get(*id).shape {
            Shape::Struct(structure) => {
                structure.fields.iter().any(|field| field.required && (field.read_only || field.write_only))
            }
            _ => false,
        };
        self.split = both.iter().copied().filter(differs).collect();
        loop {
            let contains_split = |id: &ModelId| {
                let all = parts(models, *id, Direction::Both);
                all.iter().filter_map(|ty| ty.models()).any(|part| self.split.contains(&part))
            };
            let more: Vec<ModelId> =
                both.iter().copied().filter(|id| !self.split.contains(id) && contains_split(id)).collect();
            if more.is_empty() {
                return;
            }
            self.split.extend(more);
        }
    }

    /// A model with one version has all its fields both ways, so that what they hold is needed both ways as well.
    fn split_all(&mut self, models: &Models<'_>) {
        loop {
            self.split(models);
            let before = (self.in_requests.len(), self.in_responses.len());
            let whole: Vec<ModelId> = self
                .reached()
                .filter(|id| {
                    self.in_requests.contains(id) && self.in_responses.contains(id) && !self.split.contains(id)
                })
                .collect();
            for id in whole {
                for ty in parts(models, id, Direction::Both) {
                    self.reach(ty, Direction::Request, models);
                    self.reach(ty, Direction::Response, models);
                }
            }
            if before == (self.in_requests.len(), self.in_responses.len()) {
                return;
            }
        }
    }

    fn find_secrets(&mut self, models: &Models<'_>) {
        loop {
            let has_secret = |id: &ModelId| {
                parts(models, *id, Direction::Both).iter().any(|ty| {
                    *ty.non_null() == Type::Secret || ty.models().is_some_and(|part| self.with_secret.contains(&part))
                })
            };
            let more: Vec<ModelId> =
                self.reached().filter(|id| !self.with_secret.contains(id) && has_secret(id)).collect();
            if more.is_empty() {
                return;
            }
            self.with_secret.extend(more);
        }
    }

    fn find_boxes(&mut self, models: &Models<'_>) {
        let mut contains: HashMap<ModelId, Vec<ModelId>> = HashMap::new();
        for id in self.order.clone() {
            let is_union = matches!(models.get(id).shape, Shape::Union(_));
            for (index, ty) in parts(models, id, Direction::Both).into_iter().enumerate() {
                let Some(part) = ty.contained() else { continue };
                let is_large = is_union && size_of(models, ty, &self.boxed, 4) > MAX_VARIANT;
                if is_large || reaches(&contains, part, id) {
                    self.boxed.insert((id, index));
                } else {
                    contains.entry(id).or_default().push(part);
                }
            }
        }
    }

    fn choose_names(&mut self, traits: &[Trait<'_>], models: &Models<'_>) {
        let mut scope = Scope::with(&RESERVED);
        for created in traits {
            scope.take(&[&created.name]);
            scope.take(&[&format!("{}Client", created.name)]);
        }
        let (named, unnamed): (Vec<ModelId>, Vec<ModelId>) =
            self.reached().partition(|id| models.get(*id).component.is_some());
        let mut wanted: HashMap<&str, usize> = HashMap::new();
        for id in &unnamed {
            *wanted.entry(&models.get(*id).names[0]).or_default() += 1;
        }
        for id in named.into_iter().chain(unnamed.iter().copied()) {
            let given = &models.get(id).names;
            // A short name that several models want would say nothing.
            let is_ambiguous = given.len() > 1 && wanted.get(&*given[0]).is_some_and(|count| *count > 1);
            let mut candidates: Vec<&str> = given.iter().map(String::as_str).skip(usize::from(is_ambiguous)).collect();
            let last = candidates.last().copied().unwrap_or("Model");
            let suffix = if matches!(last, "Error" | "Response" | "Event") { "Body" } else { "Model" };
            let fallback = format!("{last}{suffix}");
            candidates.push(&fallback);
            let name = scope.take(&candidates);
            if self.split.contains(&id) {
                let request = scope.take(&[&format!("{name}Request"), &format!("{name}Input")]);
                self.names.insert((id, true), request);
            }
            self.names.insert((id, false), name);
        }
    }

    /// The tag of an enum is not a field of its variants. A struct that is used elsewhere as well keeps the field, and
    /// the variant gets a copy without it.
    fn separate_tags(&self, traits: &[Trait<'_>], models: &mut Models<'_>) -> HashSet<ModelId> {
        let mut without_tag = HashSet::new();
        for id in self.order.clone() {
            let Shape::Union(union) = &models.get(id).shape else { continue };
            let Some(tag) = union.tag else { continue };
            let variants: Vec<Type> = union.variants.iter().map(|variant| variant.ty.clone()).collect();
            let is_struct =
                |ty: &Type| matches!(ty, Type::Model(id) if matches!(models.get(*id).shape, Shape::Struct(_)));
            if !variants.iter().all(is_struct) {
                models.untag(id);
                continue;
            }
            for (index, ty) in variants.into_iter().enumerate() {
                let Type::Model(found) = ty else { continue };
                let is_owned = !is_root(found, traits)
                    && self.reached().all(|user| {
                        user == found && !mentions(models, user, found) || only_tags(models, user, found, tag)
                    });
                let target = if is_owned { found } else { models.copy(found) };
                models.remove_field(target, tag);
                without_tag.insert(target);
                if let Shape::Union(union) = &mut models.list[id.0].shape {
                    union.variants[index].ty = Type::Model(target);
                }
            }
        }
        without_tag
    }
}

/// Whether a method itself uses a model.
fn is_root(id: ModelId, traits: &[Trait<'_>]) -> bool {
    let methods = traits.iter().flat_map(|created| &created.methods).map(|(_, method)| method);
    methods.flat_map(used_types).any(|(ty, _)| ty.models() == Some(id))
}

/// The types that a method uses, and which way their values are sent.
fn used_types<'m>(method: &'m Method<'_>) -> Vec<(&'m Type, Direction)> {
    let mut types = Vec::new();
    for argument in &method.arguments {
        if let ArgumentType::Value(ty) | ArgumentType::Values(ty) | ArgumentType::Reference(ty) = &argument.ty {
            types.push((ty, Direction::Request));
        }
    }
    if let OutputBody::Json(ty) | OutputBody::Lines(ty) | OutputBody::Events(Some(ty)) = &method.output.body {
        types.push((ty, Direction::Response));
    }
    types.extend(method.error.as_ref().map(|ty| (ty, Direction::Response)));
    types
}

/// The types in a model: those of its fields or its variants, in order.
pub(super) fn parts<'m>(models: &'m Models<'_>, id: ModelId, direction: Direction) -> Vec<&'m Type> {
    match &models.get(id).shape {
        Shape::Struct(structure) => {
            let fields = structure.fields.iter().filter(|field| match direction {
                Direction::Request => !field.read_only,
                Direction::Response => !field.write_only,
                Direction::Both => true,
            });
            fields.map(|field| &field.ty).chain(&structure.rest).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::Pending | Shape::Values(_) => Vec::new(),
    }
}

fn mentions(models: &Models<'_>, user: ModelId, part: ModelId) -> bool {
    parts(models, user, Direction::Both).into_iter().any(|ty| ty.models() == Some(part))
}

/// Whether a model uses a struct in no other way than as a variant with this tag.
fn only_tags(models: &Models<'_>, user: ModelId, part: ModelId, tag: &str) -> bool {
    match &models.get(user).shape {
        Shape::Union(union) if union.tag == Some(tag) => {
            union.variants.iter().all(|variant| variant.ty == Type::Model(part) || variant.ty.models() != Some(part))
        }
        _ => !mentions(models, user, part),
    }
}

/// Whether one model contains another by way of others.
fn reaches(contains: &HashMap<ModelId, Vec<ModelId>>, from: ModelId, to: ModelId) -> bool {
    let mut seen = HashSet::new();
    let mut pending = vec![from];
    while let Some(id) = pending.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            pending.extend(contains.get(&id).into_iter().flatten());
        }
    }
    false
}

/// About how many bytes a value takes where it is.
fn size_of(models: &Models<'_>, ty: &Type, boxed: &HashSet<(ModelId, usize)>, depth: usize) -> usize {
    let Some(depth) = depth.checked_sub(1) else { return MAX_VARIANT };
    match ty {
        Type::Bool => 1,
        Type::Integer(_) | Type::Number | Type::Secret => 16,
        Type::String | Type::List(_) | Type::Formatted(_) => 24,
        Type::Any => 72,
        Type::Map(_) => 48,
        Type::Nullable(inner) => size_of(models, inner, boxed, depth),
        Type::Model(id) if matches!(models.get(*id).shape, Shape::Values(_)) => 1,
        Type::Model(id) => {
            let parts = parts(models, *id, Direction::Both).into_iter().enumerate();
            let sizes = parts.map(
                |(index, part)| {
                    if boxed.contains(&(*id, index)) { 8 } else { size_of(models, part, boxed, depth) }
                },
            );
            if matches!(models.get(*id).shape, Shape::Union(_)) { 8 + sizes.max().unwrap_or(0) } else { sizes.sum() }
        }
    }
}
