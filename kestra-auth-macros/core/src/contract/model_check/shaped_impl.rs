//! Implements the trait by which methods, and models that contain this one, know what it is: its schema, and the
//! properties that its type parameters determine.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, Fields, Ident, Type};

use super::fields;
use super::model::Model;
use super::serde_attributes::SerdeAttributes;
use super::variants;
use crate::contract::expected::{Encoding, Expected};
use crate::contract::json_type::JsonType;
use crate::contract::scalar::{Scalar, Scalars, integers};
use crate::contract::schema::{self, Schema};
use crate::contract::schema_index::{SchemaIndex, digest, unwrapped};
use crate::contract::spelled_type::SpelledType;
use crate::contract::substitution::Substitution;

/// The bits of lists and objects, after those of the scalars.
const LIST: Scalars = 1 << 13;
const OBJECT: Scalars = 1 << 14;

/// A field whose type a type parameter determines.
struct Parameter<'m> {
    property: String,
    ty: &'m Type,
    /// The type parameter, if the type is nothing but containers around it.
    inner: Option<&'m Ident>,
}

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let private = model.args.private();
    let schema = unwrapped(model.schema);
    let (document, id) = (SchemaIndex::document_digest(schema.document()), schema.name().map_or(0, digest));
    let name = model.args.schema.value();
    let kinds = kinds(model);
    let is_open = (kinds & OBJECT != 0 && schema.properties().known.is_empty()).then(|| quote!(is_open: true,));
    let values = values(model);
    let parameters: Vec<Parameter<'_>> = parameters(model);
    let generic = (!parameters.is_empty()).then(|| generic(model, &private, &parameters));
    let mut generics = model.input.generics.clone();
    for parameter in generics.type_params_mut() {
        if parameters.iter().any(|found| found.inner.is_some_and(|inner| *inner == parameter.ident)) {
            parameter.bounds.push(syn::parse_quote!(#private::Shaped));
        }
    }
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let (_, ty_generics, _) = model.input.generics.split_for_impl();
    let ident = &model.input.ident;
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::Shaped for #ident #ty_generics #where_clause {
            const SHAPE: #private::Shape = #private::Shape::Model(#private::Model {
                #is_open #values #generic
                ..#private::Model::new(#document, #id, #name, #kinds)
            });
        }
    }
}

/// What the model is in JSON; 0 if that is not known.
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

/// The values of an enum of strings.
fn values(model: &Model<'_>) -> TokenStream {
    let Data::Enum(data) = &model.input.data else { return TokenStream::new() };
    if !variants::is_plain(data) || model.serde.is_transparent {
        return TokenStream::new();
    }
    let (values, has_other) = variants::values(model, data);
    let has_other = has_other.then(|| quote!(has_other: true,));
    quote!(values: &[#(#values),*], #has_other)
}

/// The fields whose types name a type parameter.
fn parameters<'m>(model: &'m Model<'_>) -> Vec<Parameter<'m>> {
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

/// The properties that type parameters determine, and the schemas that the model can be for some of them.
fn generic(model: &Model<'_>, private: &TokenStream, parameters: &[Parameter<'_>]) -> TokenStream {
    let except: Vec<&str> = parameters.iter().map(|parameter| parameter.property.as_str()).collect();
    let known: Vec<&Parameter<'_>> = parameters.iter().filter(|parameter| parameter.inner.is_some()).collect();
    let shapes =
        known.iter().map(|Parameter { property, ty, .. }| quote!((#property, <#ty as #private::Shaped>::SHAPE)));
    let mut substitution = Substitution::new(model.args.direction);
    let mut instances = TokenStream::new();
    for (name, schema) in schema::all_named(model.schema.document()) {
        if !substitution.is_valid_except(model.schema, schema, &except) {
            continue;
        }
        let Some(expected) = expected(model, schema, &known) else { continue };
        let (id, expected) = (digest(name), expected.into_iter().map(|expected| expected.to_tokens(private)));
        instances.extend(quote!(#private::Instance { schema: #id, parameters: &[#(#expected),*] },));
    }
    quote!(parameters: &[#(#shapes),*], instances: &[#instances],)
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
