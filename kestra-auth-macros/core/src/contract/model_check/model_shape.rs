//! What a model is, as methods and models that contain it know it: its schema, its JSON types, and the properties that
//! its type parameters determine.

use syn::{Data, Fields, Ident, Type};

use super::fields;
use super::model::Model;
use super::serde_attributes::SerdeAttributes;
use super::variants;
use crate::contract::expected::{Encoding, Expected};
use crate::contract::json_type::JsonType;
use crate::contract::scalar::{LIST, OBJECT, Scalar, Scalars, integers};
use crate::contract::schema::{self, Schema};
use crate::contract::schema_index::{SchemaIndex, digest, own_digest, unwrapped};
use crate::contract::spelled_type::SpelledType;
use crate::contract::substitution::Substitution;

/// What a model is.
pub(crate) struct ModelShape<'m> {
    /// The name of its schema, or its own name if that has none.
    pub(crate) name: String,
    /// The digest of its document.
    pub(crate) document: u64,
    /// The digest of its schema.
    pub(crate) schema: u64,
    /// What it is in JSON; 0 if that is not known.
    pub(crate) kinds: Scalars,
    /// Whether its schema describes no properties, so that it fits everywhere.
    pub(crate) is_open: bool,
    /// The values of its variants, if it is an enum of strings.
    pub(crate) values: Vec<String>,
    /// Whether it can hold other values, too.
    pub(crate) has_other: bool,
    /// The fields whose types name a type parameter.
    pub(crate) parameters: Vec<Parameter<'m>>,
    /// The schemas that it can be for some type parameters, with what they have for each of the known parameters.
    pub(crate) instances: Vec<(u64, Vec<Expected>)>,
}

/// A field whose type a type parameter determines.
pub(crate) struct Parameter<'m> {
    pub(crate) property: String,
    pub(crate) ty: &'m Type,
    /// The type parameter, if the type is nothing but containers around it.
    pub(crate) inner: Option<&'m Ident>,
}

impl<'m> ModelShape<'m> {
    pub(crate) fn of(model: &Model<'m>) -> Self {
        let schema = unwrapped(model.schema);
        let name = model.args.schema.value();
        let name = if name.starts_with('#') { model.input.ident.to_string() } else { name };
        let kinds = kinds(model);
        let (values, has_other) = values(model);
        let parameters = parameters(model);
        let instances = if parameters.is_empty() { Vec::new() } else { instances(model, &parameters) };
        Self {
            name,
            document: SchemaIndex::document_digest(schema.document()),
            schema: own_digest(schema),
            kinds,
            is_open: kinds & OBJECT != 0 && schema.properties().known.is_empty(),
            values,
            has_other,
            parameters,
            instances,
        }
    }

    /// The fields whose types are nothing but containers around a type parameter.
    pub(crate) fn known_parameters(&self) -> impl Iterator<Item = &Parameter<'m>> {
        self.parameters.iter().filter(|parameter| parameter.inner.is_some())
    }
}

fn kinds(model: &Model<'_>) -> Scalars {
    let has_own_form = model.serde.is_transparent || model.serde.is_tagged;
    match &model.input.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) && !has_own_form => OBJECT,
        Data::Enum(data) if variants::is_plain(data) && !has_own_form => Scalar::String.bit(),
        Data::Struct(_) | Data::Enum(_) | Data::Union(_) => {
            model.schema.types().into_iter().map(kinds_of).fold(0, |all, kinds| all | kinds)
        }
    }
}

fn kinds_of(json_type: JsonType) -> Scalars {
    match json_type {
        JsonType::String => Scalar::String.bit(),
        JsonType::Boolean => Scalar::Bool.bit(),
        JsonType::Integer => integers(),
        JsonType::Number => integers() | Scalar::Float.bit(),
        JsonType::Array => LIST,
        JsonType::Object => OBJECT,
    }
}

/// The values of an enum of strings, and whether it holds all others.
fn values(model: &Model<'_>) -> (Vec<String>, bool) {
    match &model.input.data {
        Data::Enum(data) if variants::is_plain(data) && !model.serde.is_transparent => variants::values(model, data),
        Data::Enum(_) | Data::Struct(_) | Data::Union(_) => (Vec::new(), false),
    }
}

/// The fields whose types name a type parameter.
fn parameters<'m>(model: &Model<'m>) -> Vec<Parameter<'m>> {
    let Data::Struct(data) = &model.input.data else { return Vec::new() };
    let names: Vec<&Ident> = model.input.generics.type_params().map(|parameter| &parameter.ident).collect();
    let fields = data.fields.iter().filter(|field| !model.is_concrete(&field.ty));
    let parameters = fields.filter_map(|field| {
        let serde = SerdeAttributes::of(&field.attrs, model.args.direction);
        let is_property = field.ident.is_some() && !serde.is_flattened && !serde.is_skipped;
        let inner = inner(&SpelledType::of(&field.ty), &names).filter(|_| !serde.has_function);
        is_property.then(|| Parameter { property: fields::wire_name(model, field, &serde), ty: &field.ty, inner })
    });
    parameters.collect()
}

/// The type parameter inside of containers.
fn inner<'m>(ty: &SpelledType<'m>, names: &[&'m Ident]) -> Option<&'m Ident> {
    match ty {
        SpelledType::Unknown(Type::Path(path)) => {
            let ident = path.path.get_ident()?;
            names.iter().find(|name| **name == ident).copied()
        }
        SpelledType::List(item) | SpelledType::Map(item) | SpelledType::Optional(item) => inner(item, names),
        SpelledType::Unknown(_) | SpelledType::Opaque | SpelledType::Unit | SpelledType::Scalar(..) => None,
    }
}

/// The schemas that differ from that of the model only in the properties that type parameters determine.
fn instances(model: &Model<'_>, parameters: &[Parameter<'_>]) -> Vec<(u64, Vec<Expected>)> {
    let except: Vec<&str> = parameters.iter().map(|parameter| parameter.property.as_str()).collect();
    let known: Vec<&Parameter<'_>> = parameters.iter().filter(|parameter| parameter.inner.is_some()).collect();
    let mut substitution = Substitution::new(model.schema.document(), model.args.direction);
    let all = schema::all_named(model.schema.document());
    let valid = all.filter(|(_, schema)| substitution.is_valid_except(model.schema, *schema, &except));
    valid.filter_map(|(name, schema)| Some((digest(name), expected(model, schema, &known)?))).collect()
}

/// What a schema allows for each of the properties; `None` if it does not have all of them.
fn expected(model: &Model<'_>, schema: Schema<'_>, parameters: &[&Parameter<'_>]) -> Option<Vec<Expected>> {
    let properties = schema.properties();
    let encoding = Encoding::Json(model.args.direction);
    let expected = parameters.iter().map(|parameter| {
        let property = properties.find(&parameter.property).filter(|property| property.is_described)?;
        property.schemas().map(|schema| Expected::of(schema, encoding)).reduce(Expected::or)
    });
    expected.collect()
}
