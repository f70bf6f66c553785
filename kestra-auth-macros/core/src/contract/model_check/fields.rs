//! Compares the fields of a struct with the properties of its schema.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::{Field, FieldsNamed};

use super::model::Model;
use super::serde_attributes::SerdeAttributes;
use crate::contract::json_type::JsonType;
use crate::contract::mismatch::Mismatch;
use crate::contract::properties::{Properties, Property};
use crate::contract::substitution::Direction;
use crate::contract::type_shape::is_option;
use crate::suggest;

/// Reports what the macro itself can compare; returns the checks that only the compiler can make.
pub(super) fn check(model: &Model<'_>, fields: &FieldsNamed) -> TokenStream {
    let properties = model.schema.properties();
    let is_response = model.args.direction == Direction::Response;
    let mut checks = TokenStream::new();
    let mut names = Vec::new();
    let (mut unknown, mut only_required) = (Vec::new(), Vec::new());
    let mut has_flattened = false;
    for field in &fields.named {
        let serde = SerdeAttributes::of(&field.attrs, model.args.direction);
        has_flattened |= serde.is_flattened;
        if serde.is_flattened || serde.is_skipped {
            continue;
        }
        let name = wire_name(model, field, &serde);
        let aliases = serde.aliases.iter().filter(|_| is_response);
        let property = properties.find(&name).or_else(|| aliases.into_iter().find_map(|alias| properties.find(alias)));
        match property {
            Some(property) if property.is_described => {
                checks.extend(check_field(model, field, &serde, &name, property));
            }
            Some(_) => only_required.push((field, name.clone())),
            None => unknown.push((field, name.clone())),
        }
        names.push(name);
    }
    // A name that is only required exists, unless a property that no field has is probably its new name.
    if properties.known.iter().any(|known| known.is_described && !names.iter().any(|name| name == known.name)) {
        unknown.extend(only_required);
    }
    if !is_closed(model, &properties) {
        unknown.clear();
    }
    let is_missing = |property: &&Property<'_>| {
        property.required && !property.schema.is_read_only() && !names.iter().any(|name| name == property.name)
    };
    // A flattened field may contain any property.
    let is_complete = !is_response && !has_flattened;
    let mut missing = properties.known.iter().filter(is_missing).filter(|_| is_complete);
    for (field, name) in unknown {
        // A required property that no field sends is probably the new name of this one: that is one mismatch.
        report_unknown(model, field, &name, &properties, missing.next());
    }
    for property in missing {
        let mismatch = Mismatch {
            what: format!("missing required field `{}`", property.name),
            help: "add the field".to_owned(),
            pointer: model.pointer.clone().key("required"),
        };
        model.report(&model.input.ident, mismatch);
    }
    checks
}

/// Whether a field without a property is a mismatch. A request may send one if the schema is open; a response that
/// describes its properties has no others that a model could count on.
fn is_closed(model: &Model<'_>, properties: &Properties<'_>) -> bool {
    !properties.is_open || (model.args.direction == Direction::Response && !properties.known.is_empty())
}

fn wire_name(model: &Model<'_>, field: &Field, serde: &SerdeAttributes) -> String {
    let own = field.ident.as_ref().map(|ident| ident.unraw().to_string()).unwrap_or_default();
    serde.rename.clone().unwrap_or_else(|| model.serde.rename_all.map_or_else(|| own.clone(), |case| case.apply(&own)))
}

fn report_unknown(
    model: &Model<'_>,
    field: &Field,
    name: &str,
    properties: &Properties<'_>,
    required: Option<&Property<'_>>,
) {
    let described = properties.known.iter().filter(|property| property.is_described);
    let names: Vec<&str> = described.map(|property| property.name).collect();
    let near = suggest::near(name, &names);
    let (hint, help) = match (required, near) {
        (Some(required), _) => (format!("; it requires `{}`", required.name), Some(required.name)),
        (None, Some(near)) => (format!("; did you mean `{near}`?"), Some(near)),
        (None, None) => (String::new(), None),
    };
    let mismatch = Mismatch {
        what: format!("the schema has no property `{name}`{hint}"),
        help: help.map_or_else(
            || "remove the field".to_owned(),
            |meant| format!("rename the field, or write `#[serde(rename = \"{meant}\")]`"),
        ),
        pointer: model.pointer.clone().key("properties"),
    };
    model.report(&field.ident, mismatch);
}

fn check_field(
    model: &Model<'_>,
    field: &Field,
    serde: &SerdeAttributes,
    name: &str,
    property: &Property<'_>,
) -> TokenStream {
    let mut checks = TokenStream::new();
    match model.args.direction {
        Direction::Request if property.required && is_option(&field.ty) => {
            let mismatch = Mismatch {
                what: format!("the field `{name}` is required, and an `Option` may omit it"),
                help: "remove `Option`".to_owned(),
                pointer: model.pointer.clone().key("required"),
            };
            model.report(&field.ty, mismatch);
        }
        Direction::Request => {}
        Direction::Response => checks.extend(presence(model, field, serde, name, property)),
    }
    let types = property.types();
    if !types.is_empty() && !serde.has_function {
        let type_names: Vec<&str> = types.iter().map(|ty| ty.as_str()).collect();
        let rust_types: Vec<&str> = types.iter().map(|ty| ty.rust_type()).collect();
        let mismatch = Mismatch {
            what: format!("the field `{name}` is {} in the document, and its type is not", suggest::list(&type_names)),
            help: format!("use a type with this JSON type, such as {}", suggest::list(&rust_types)),
            pointer: model.pointer.clone().key("properties").key(name).key("type"),
        };
        let allowed = allowed_types(model.args.direction, types);
        checks.extend(model.check_json_type(&field.ty, &allowed, &mismatch));
    }
    checks
}

/// A property that a response may omit needs a field with room for nothing.
fn presence(
    model: &Model<'_>,
    field: &Field,
    serde: &SerdeAttributes,
    name: &str,
    property: &Property<'_>,
) -> TokenStream {
    if serde.has_default || model.serde.has_default || serde.has_function {
        return TokenStream::new();
    }
    let (why, help) = if !property.required {
        ("missing", "write `Option<_>`, or add `#[serde(default)]`")
    } else if property.is_nullable() {
        ("null", "write `Option<_>`")
    } else {
        return TokenStream::new();
    };
    let mismatch = Mismatch {
        what: format!("the field `{name}` may be {why} in a response, and its type is not an `Option`"),
        help: help.to_owned(),
        pointer: model.pointer.clone().key("properties").key(name),
    };
    model.check_optional(&field.ty, &mismatch)
}

/// The JSON types of a field that can hold a response's value, or be sent as a request's.
fn allowed_types(direction: Direction, mut types: Vec<JsonType>) -> Vec<JsonType> {
    // Every integer is a number.
    match direction {
        Direction::Response if types.contains(&JsonType::Integer) => types.push(JsonType::Number),
        Direction::Request if types.contains(&JsonType::Number) => types.push(JsonType::Integer),
        Direction::Request | Direction::Response => {}
    }
    types
}
