//! What a type of the files is in JSON, as the compiler would find it: through references, aliases and imports.
//!
//! What is hard here is to know where knowledge ends. Of a type from another crate, the compiler may know what the files
//! do not say; such a type is never a mismatch, and it is counted.

use std::collections::HashMap;
use std::rc::Rc;

use syn::{GenericParam, Path, Type};

use super::modules::{Declared, ModuleId, Resolved};
use super::sources::Sources;
use crate::contract::fit::{ModelType, Shape};
use crate::contract::model_check::model_shape::ModelShape;
use crate::contract::question::has_arguments;
use crate::contract::scalar::Scalar;
use crate::contract::spelled_type::type_arguments;

/// What the types of files are.
pub(super) struct Types<'m> {
    sources: &'m Sources,
    /// The models by their index.
    models: HashMap<usize, Rc<ModelShape<'m>>>,
}

/// A type, and what its names mean.
#[derive(Clone)]
pub(super) struct TypeIn<'t> {
    pub(super) ty: &'t Type,
    pub(super) module: ModuleId,
    /// The types that type parameters stand for.
    bound: Option<Rc<HashMap<String, Self>>>,
}

/// The name of a type that the files do not declare.
#[derive(Debug)]
pub(super) struct Elsewhere(pub(super) String);

/// What a type is outside of its arguments.
enum Head<'t> {
    Unit,
    List(TypeIn<'t>),
    Declared(Declared, Vec<TypeIn<'t>>),
    /// Of another crate.
    External(Vec<String>, Vec<TypeIn<'t>>),
    /// Nothing that is compared.
    Other,
}

impl<'t> TypeIn<'t> {
    pub(super) fn new(ty: &'t Type, module: ModuleId) -> Self {
        Self { ty, module, bound: None }
    }

    fn with(&self, ty: &'t Type) -> Self {
        Self { ty, ..self.clone() }
    }
}

impl<'m> Types<'m> {
    pub(super) fn new(sources: &'m Sources) -> Self {
        Self { sources, models: HashMap::new() }
    }

    pub(super) fn add_model(&mut self, index: usize, shape: ModelShape<'m>) {
        self.models.insert(index, Rc::new(shape));
    }

    /// What a type is in JSON; `None` if the compiler does not know it, either.
    pub(super) fn shape<'t>(&self, ty: &TypeIn<'t>) -> Result<Option<Shape<'m>>, Elsewhere>
    where
        'm: 't,
    {
        let first = |arguments: &[TypeIn<'t>]| arguments.first().map_or(Ok(None), |argument| self.shape(argument));
        let (path, arguments) = match self.head(ty) {
            Head::Unit => return Ok(Some(Shape::Unit)),
            Head::Other => return Ok(None),
            Head::List(item) => return Ok(self.shape(&item)?.map(|item| Shape::List(Rc::new(item)))),
            Head::Declared(declared, arguments) => return self.model(declared, &arguments),
            Head::External(path, arguments) => (path, arguments),
        };
        let name = path.last().map(String::as_str).unwrap_or_default();
        Ok(match name {
            "Option" => first(&arguments)?.map(|inner| Shape::Optional(Rc::new(inner))),
            "Vec" | "VecDeque" | "LinkedList" | "BTreeSet" | "HashSet" => {
                first(&arguments)?.map(|item| Shape::List(Rc::new(item)))
            }
            "BTreeMap" | "HashMap" => {
                let value = arguments.get(1).map_or(Ok(None), |value| self.shape(value))?;
                value.map(|value| Shape::Map(Rc::new(value)))
            }
            "Result" | "Response" | "Json" | "Box" | "Rc" | "Arc" | "Cow" => first(&arguments)?,
            "EventStream" | "JsonLines" => first(&arguments)?.map(|item| Shape::Stream(Rc::new(item))),
            "Text" | "Binary" | "ByteStream" => Some(Shape::Raw),
            "Value" if is_of(&path, "serde_json") => Some(Shape::Unknown),
            "Map" if is_of(&path, "serde_json") => Some(Shape::Map(Rc::new(Shape::Unknown))),
            // The runtime's own types that are not JSON.
            "Event" | "Part" | "FormPart" | "Form" | "Body" | "HeaderMap" => None,
            name => match Scalar::from_name(name) {
                Some(scalar) => Some(Shape::Scalar(scalar)),
                None => return Err(Elsewhere(path.join("::"))),
            },
        })
    }

    fn model<'t>(&self, declared: Declared, arguments: &[TypeIn<'t>]) -> Result<Option<Shape<'m>>, Elsewhere>
    where
        'm: 't,
    {
        let Some(index) = declared.model else { return Ok(None) };
        let Some(shape) = self.models.get(&index) else { return Ok(None) };
        let item = &self.sources.models[index];
        let bound = bind(item.input.generics.params.iter(), arguments, item.module);
        let mut parameters = Vec::new();
        for parameter in shape.known_parameters() {
            let ty = TypeIn { ty: parameter.ty, module: item.module, bound: Some(Rc::clone(&bound)) };
            let Some(found) = self.shape(&ty)? else { return Ok(None) };
            parameters.push((parameter.property.clone(), found));
        }
        Ok(Some(Shape::Model(ModelType { shape: Rc::clone(shape), parameters })))
    }

    /// What the value of a return type is. A list of values that are not known is still a list.
    pub(super) fn result<'t>(&self, ty: &TypeIn<'t>) -> Result<Option<Shape<'m>>, Elsewhere>
    where
        'm: 't,
    {
        // The compiler is asked under the same condition.
        let container = if has_arguments(ty.ty) { self.container(ty) } else { None };
        match (self.shape(ty), container) {
            (shape, None) => shape,
            (Ok(Some(shape)), container) => Ok(Some(shape.or(container))),
            (_, container) => Ok(container),
        }
    }

    /// The container that a return type reads, also inside of the types around results.
    fn container<'t>(&self, ty: &TypeIn<'t>) -> Option<Shape<'m>>
    where
        'm: 't,
    {
        let mut value = self.argument(ty, "Result", 0)?;
        if let Some(inner) = self.argument(&value, "Response", 0) {
            let wrapped = self.argument(&inner, "Option", 0).or_else(|| self.argument(&inner, "Json", 0));
            value = wrapped.unwrap_or(inner);
        } else {
            value = self.argument(&value, "Option", 0).unwrap_or(value);
            value = self.argument(&value, "Json", 0).unwrap_or(value);
        }
        let Head::External(path, _) = self.head(&value) else { return None };
        match path.last().map(String::as_str)? {
            "Vec" | "VecDeque" | "BTreeSet" | "HashSet" => Some(Shape::List(Rc::new(Shape::Unknown))),
            "BTreeMap" | "HashMap" => Some(Shape::Map(Rc::new(Shape::Unknown))),
            _ => None,
        }
    }

    /// What the error body of a return type is.
    pub(super) fn error_body<'t>(&self, ty: &TypeIn<'t>) -> Result<Option<Shape<'m>>, Elsewhere>
    where
        'm: 't,
    {
        let Some(error) = self.argument(ty, "Result", 1) else { return Ok(None) };
        self.argument(&error, "ApiError", 0).map_or(Ok(None), |body| self.shape(&body))
    }

    /// Whether a type is an `Option`, or holds `null` otherwise.
    pub(super) fn is_optional<'t>(&self, ty: &TypeIn<'t>, holds_null: bool) -> Result<bool, Elsewhere>
    where
        'm: 't,
    {
        match self.head(ty) {
            Head::External(path, _) => {
                let is_value =
                    holds_null && is_of(&path, "serde_json") && path.last().is_some_and(|name| name == "Value");
                let is_known = path.len() > 1 || is_prelude(&path);
                let is_option = path.last().is_some_and(|name| name == "Option");
                if is_known { Ok(is_option || is_value) } else { Err(Elsewhere(path.join("::"))) }
            }
            _ => Ok(false),
        }
    }

    /// The media types that the value of a return type reads; `None` if it reads no body.
    pub(super) fn accept<'t>(&self, ty: &TypeIn<'t>, has_none: bool) -> Result<Option<&'static str>, Elsewhere>
    where
        'm: 't,
    {
        let mut value = self.argument(ty, "Result", 0).unwrap_or_else(|| ty.clone());
        value = self.argument(&value, "Response", 0).unwrap_or(value);
        let inner = self.argument(&value, "Option", 0);
        if let Head::Unit = self.head(inner.as_ref().unwrap_or(&value)) {
            return Ok(None);
        }
        if let Some(inner) = inner.filter(|_| has_none) {
            value = inner;
        }
        match self.head(&value) {
            Head::External(path, _) => Ok(Some(match path.last().map(String::as_str).unwrap_or_default() {
                "Text" => "text/*, */*",
                "Binary" | "ByteStream" => "application/octet-stream, */*",
                "JsonLines" => "application/x-ndjson, application/jsonl, application/json",
                "EventStream" => "text/event-stream",
                _ if self.shape(&value)?.is_some() => "application/json",
                _ => return Err(Elsewhere(path.join("::"))),
            })),
            Head::Declared(Declared { is_read: false, .. }, _) | Head::Other => Err(Elsewhere(text(value.ty))),
            Head::Unit | Head::List(_) | Head::Declared(..) => Ok(Some("application/json")),
        }
    }

    /// An argument of a type, if the type has this name.
    fn argument<'t>(&self, ty: &TypeIn<'t>, name: &str, index: usize) -> Option<TypeIn<'t>>
    where
        'm: 't,
    {
        match self.head(ty) {
            Head::External(path, arguments) if path.last().is_some_and(|last| last == name) => {
                arguments.get(index).cloned()
            }
            _ => None,
        }
    }

    fn head<'t>(&self, ty: &TypeIn<'t>) -> Head<'t>
    where
        'm: 't,
    {
        match ty.ty {
            Type::Reference(reference) => self.head(&ty.with(&reference.elem)),
            Type::Paren(paren) => self.head(&ty.with(&paren.elem)),
            Type::Group(group) => self.head(&ty.with(&group.elem)),
            Type::Slice(slice) => Head::List(ty.with(&slice.elem)),
            Type::Array(array) => Head::List(ty.with(&array.elem)),
            Type::Tuple(tuple) if tuple.elems.is_empty() => Head::Unit,
            Type::Path(path) if path.qself.is_none() => self.head_of_path(ty, &path.path),
            _ => Head::Other,
        }
    }

    fn head_of_path<'t>(&self, ty: &TypeIn<'t>, path: &'t Path) -> Head<'t>
    where
        'm: 't,
    {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if let ([name], Some(bound)) = (names.as_slice(), &ty.bound)
            && let Some(argument) = bound.get(name)
        {
            return self.head(argument);
        }
        let arguments = path.segments.last().into_iter().flat_map(type_arguments).map(|argument| ty.with(argument));
        let arguments: Vec<TypeIn<'t>> = arguments.collect();
        if path.leading_colon.is_some() {
            return Head::External(names, arguments);
        }
        match self.sources.modules.resolve(ty.module, &names) {
            Resolved::Type(declared) => Head::Declared(declared, arguments),
            Resolved::External(path) => Head::External(path, arguments),
            Resolved::Alias(module, alias) => {
                let bound = Some(bind(alias.generics.params.iter(), &arguments, module));
                self.head(&TypeIn { ty: &alias.ty, module, bound })
            }
        }
    }
}

/// The types that parameters stand for: the arguments, then the defaults.
fn bind<'t>(
    parameters: impl Iterator<Item = &'t GenericParam>,
    arguments: &[TypeIn<'t>],
    module: ModuleId,
) -> Rc<HashMap<String, TypeIn<'t>>> {
    let types = parameters.filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(parameter),
        GenericParam::Lifetime(_) | GenericParam::Const(_) => None,
    });
    let bound = types.enumerate().filter_map(|(index, parameter)| {
        let default = || parameter.default.as_ref().map(|(_, default)| TypeIn::new(default, module));
        Some((parameter.ident.to_string(), arguments.get(index).cloned().or_else(default)?))
    });
    Rc::new(bound.collect())
}

fn is_of(path: &[String], krate: &str) -> bool {
    path.iter().any(|step| step == krate)
}

/// Whether a name needs no import.
fn is_prelude(path: &[String]) -> bool {
    let [name] = path else { return false };
    ["Option", "Vec", "Box", "Result"].contains(&name.as_str()) || Scalar::from_name(name).is_some()
}

fn text(ty: &Type) -> String {
    crate::spans::text_of(quote::ToTokens::to_token_stream(ty))
}
