//! Parameters of an operation as arguments.

use super::models::{Context, Models, Shape};
use super::naming::{Scope, identifier, snake_case};
use super::paths::{self, Placeholder};
use super::types::Type;
use crate::contract::json_type::JsonType;
use crate::contract::operations::Operation;
use crate::contract::parameters::{Parameter, ParameterLocation, ParameterValue};
use crate::contract::schema::Schema;

/// An argument of a method.
pub(super) struct Argument<'d> {
    pub(super) kind: ArgumentKind<'d>,
    /// Raw if it is a keyword.
    pub(super) name: String,
    pub(super) ty: ArgumentType,
    pub(super) optional: bool,
    /// Whether it is sent as text although the document has objects, which no list of texts can hold.
    pub(super) is_other_type: bool,
}

/// What becomes of an argument in the request.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum ArgumentKind<'d> {
    Path,
    /// The word says how a list or an object is written.
    Query {
        name: &'d str,
        word: Option<&'static str>,
    },
    /// The fields of a struct are query parameters.
    FlattenedQuery,
    Header(&'d str),
    Cookie(&'d str),
    Json(Option<&'d str>),
    Form {
        brackets: bool,
    },
    Field(&'d str),
    Multipart,
    Part {
        name: &'d str,
        json: bool,
        media: Option<&'d str>,
    },
    Body(&'d str),
}

impl ArgumentKind<'_> {
    /// Whether the argument is in the body.
    pub(super) fn is_body(self) -> bool {
        !matches!(self, Self::Path | Self::Query { .. } | Self::FlattenedQuery | Self::Header(_) | Self::Cookie(_))
    }
}

/// The type of an argument, without `Option`.
pub(super) enum ArgumentType {
    /// A value that is sent as text.
    Value(Type),
    /// A slice of such values.
    Values(Type),
    /// A reference to a value of any structure.
    Reference(Type),
    /// Text, also where the document has an object: this is what arrives.
    Text,
    /// One of the types of the runtime.
    Runtime(&'static str),
}

/// Reads the parameters of an operation, those of the path first.
pub(super) fn read<'d>(
    operation: &Operation<'d>,
    placeholders: &[Placeholder],
    context: &Context,
    models: &mut Models<'d>,
    scope: &mut Scope,
) -> Vec<Argument<'d>> {
    let parameters = operation.parameters();
    let mut arguments = Vec::new();
    for placeholder in placeholders {
        let is_this = |parameter: &&Parameter<'d>| {
            parameter.location == ParameterLocation::Path && parameter.name.trim_matches(['+', '*']) == placeholder.name
        };
        let ty = parameters.iter().find(is_this).map(|parameter| value(parameter, context, models));
        arguments.push(Argument {
            kind: ArgumentKind::Path,
            name: placeholder.argument.clone(),
            ty: ty.unwrap_or(ArgumentType::Text),
            optional: false,
            is_other_type: false,
        });
    }
    let others = parameters.iter().filter(|parameter| {
        parameter.location != ParameterLocation::Path && !parameter.location.is_ignored(parameter.name)
    });
    // What the path says is not sent once more.
    let is_in_path = |parameter: &&Parameter<'d>| {
        parameter.location == ParameterLocation::Query
            && paths::query_names(operation.path).any(|name| name == parameter.name)
    };
    let others = others.filter(|parameter| is_expressible(parameter) && !is_in_path(parameter));
    let mut headers = Vec::new();
    for parameter in others.filter(|parameter| constant_value(parameter).is_none()) {
        // A header is the same in any case.
        let header = (parameter.location == ParameterLocation::Header).then(|| parameter.name.to_ascii_lowercase());
        if header.is_some() && headers.contains(&header) {
            continue;
        }
        headers.push(header);
        arguments.push(argument(parameter, context, models, scope));
    }
    arguments
}

/// The parameters of an operation that are the same in every call: query parameters as pairs, and headers.
pub(super) fn constants(operation: &Operation<'_>) -> (Vec<String>, Vec<String>) {
    let (mut pairs, mut headers) = (Vec::new(), Vec::new());
    for parameter in operation.parameters().iter().filter(|parameter| is_expressible(parameter)) {
        let Some(value) = constant_value(parameter) else { continue };
        if parameter.location == ParameterLocation::Header {
            headers.push(format!("{}: {value}", parameter.name));
        } else if paths::query_names(operation.path).all(|name| name != parameter.name) {
            pairs.push(format!("{}={}", paths::encoded_value(parameter.name), paths::encoded_value(value)));
        }
    }
    (pairs, headers)
}

/// The value of a parameter that is required and can have no other one.
fn constant_value<'d>(parameter: &Parameter<'d>) -> Option<&'d str> {
    let is_constant = match parameter.location {
        ParameterLocation::Header => !parameter.location.is_ignored(parameter.name),
        ParameterLocation::Query => true,
        ParameterLocation::Path | ParameterLocation::Cookie => false,
    };
    let is_single = matches!(parameter.value, ParameterValue::Single | ParameterValue::Any);
    let schema = parameter.schema.filter(|_| is_constant && is_single && parameter.required)?;
    let is_text = |value: &str| value.bytes().all(|byte| byte.is_ascii_graphic() && !b"{}".contains(&byte));
    match schema.enum_values()[..] {
        [value] if !value.is_empty() && is_text(value) => Some(value),
        _ => None,
    }
}

/// Whether an argument can have this parameter's name: the client determines some headers itself.
fn is_expressible(parameter: &Parameter<'_>) -> bool {
    const CONNECTION: [&str; 6] =
        ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"];
    match parameter.location {
        ParameterLocation::Header => {
            !CONNECTION.contains(&&*parameter.name.to_ascii_lowercase())
                && !parameter.name.is_empty()
                && parameter.name.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&byte))
        }
        _ => !parameter.name.is_empty(),
    }
}

fn argument<'d>(
    parameter: &Parameter<'d>,
    context: &Context,
    models: &mut Models<'d>,
    scope: &mut Scope,
) -> Argument<'d> {
    let own = snake_case(parameter.name);
    let short = own.strip_prefix("x_").filter(|_| parameter.location == ParameterLocation::Header);
    let short = short.filter(|short| short.starts_with(char::is_alphabetic)).unwrap_or(&own);
    let name = identifier(&scope.take(&[short, &own, &format!("{own}_{}", parameter.location)]));
    let mut ty = value(parameter, context, models);
    let kind = match parameter.location {
        ParameterLocation::Header => ArgumentKind::Header(parameter.name),
        ParameterLocation::Cookie => ArgumentKind::Cookie(parameter.name),
        ParameterLocation::Path | ParameterLocation::Query => {
            let is_object = matches!(ty, ArgumentType::Reference(_));
            if is_object && matches!(parameter.value, ParameterValue::Exploded(_)) {
                ArgumentKind::FlattenedQuery
            } else {
                let word = parameter.format.word();
                let is_list = matches!(ty, ArgumentType::Values(_));
                let word = word.filter(|word| if *word == "deep_object" { is_object } else { is_list });
                ArgumentKind::Query { name: parameter.name, word }
            }
        }
    };
    if let (ArgumentType::Reference(_), ArgumentKind::Header(_) | ArgumentKind::Cookie(_)) = (&ty, kind) {
        ty = ArgumentType::Text;
    }
    let is_other_type = is_list_of_objects(parameter, context, models);
    Argument { kind, name, ty, optional: !parameter.required, is_other_type }
}

fn is_list_of_objects<'d>(parameter: &Parameter<'d>, context: &Context, models: &mut Models<'d>) -> bool {
    let Some(schema) = parameter.schema.filter(|_| matches!(parameter.value, ParameterValue::List)) else {
        return false;
    };
    let ty = models.type_of(schema.node(), &context.part(parameter.name));
    let Type::List(item) = ty.non_null() else { return false };
    match item.non_null() {
        Type::Map(_) => true,
        Type::List(inner) => *inner.non_null() != Type::Any,
        Type::Model(id) => matches!(models.get(*id).shape, Shape::Struct(_)),
        _ => false,
    }
}

/// The type of a parameter's value.
fn value<'d>(parameter: &Parameter<'d>, context: &Context, models: &mut Models<'d>) -> ArgumentType {
    let Some(schema) = parameter.schema.map(Schema::node) else { return ArgumentType::Text };
    let ty = models.type_of(schema, &context.part(parameter.name));
    if parameter.location == ParameterLocation::Query && is_one_of_several(parameter) {
        return ArgumentType::Reference(Type::Any);
    }
    match &parameter.value {
        ParameterValue::List => match ty.non_null() {
            Type::List(item) => ArgumentType::Values(scalar(item, models)),
            _ => ArgumentType::Values(Type::String),
        },
        ParameterValue::Exploded(_) => ArgumentType::Reference(ty.non_null().clone()),
        // What may be a list or a single value is a list of one.
        ParameterValue::Mixed(mixed) if mixed.list => ArgumentType::Values(Type::String),
        ParameterValue::Any | ParameterValue::Single | ParameterValue::Mixed(_) => match ty.non_null() {
            ty if parameter.format.word() == Some("deep_object") && is_object(ty, models) => {
                ArgumentType::Reference(ty.clone())
            }
            Type::List(item) => ArgumentType::Values(scalar(item, models)),
            ty => match scalar(ty, models) {
                Type::String => ArgumentType::Text,
                scalar => ArgumentType::Value(scalar),
            },
        },
    }
}

/// Whether a value is of one of several types, none of which is text.
fn is_one_of_several(parameter: &Parameter<'_>) -> bool {
    let types = parameter.schema.map(Schema::types).unwrap_or_default();
    let is_single = |json_type| matches!(json_type, JsonType::Integer | JsonType::Number | JsonType::Boolean);
    types.contains(&JsonType::Boolean) && types.len() > 1 && types.into_iter().all(is_single)
}

fn is_object(ty: &Type, models: &Models<'_>) -> bool {
    match ty {
        Type::Map(_) | Type::Any => true,
        Type::Model(id) => !matches!(models.get(*id).shape, Shape::Values(_)),
        _ => false,
    }
}

/// The type itself if its values are single texts, otherwise text.
pub(super) fn scalar(ty: &Type, models: &Models<'_>) -> Type {
    match ty.non_null() {
        ty @ (Type::Bool | Type::Integer(_) | Type::Number | Type::Formatted(_) | Type::Secret) => ty.clone(),
        Type::Model(id) if matches!(models.get(*id).shape, Shape::Values(_)) => Type::Model(*id),
        _ => Type::String,
    }
}
