//! Compares the fields of a struct with the properties of its schema.

use syn::ext::IdentExt;
use syn::{Field, FieldsNamed};

use super::member::Member;
use super::model::Model;
use super::serde_attributes::SerdeAttributes;
use crate::contract::direction::Direction;
use crate::contract::expected::{Encoding, Expected};
use crate::contract::mismatch::{Mismatch, Report};
use crate::contract::properties::{Properties, Property};
use crate::contract::question::{Nothing, Question};
use crate::contract::spelled_type::SpelledType;
use crate::contract::type_check::Subject;
use crate::contract::type_shape::is_option;
use crate::contract::value::Value;
use crate::parse::mismatch_kind::MismatchKind;
use crate::suggest;

/// Reports what the macro itself can compare, and adds the checks that only the compiler can make.
pub(super) fn check(model: &Model<'_>, fields: &FieldsNamed) {
    let properties = model.schema.properties();
    let is_response = model.args.direction == Direction::Response;
    let mut names = Vec::new();
    let (mut unknown, mut only_required, mut members) = (Vec::new(), Vec::new(), Vec::new());
    let mut has_flattened = false;
    for field in &fields.named {
        let serde = SerdeAttributes::of(&field.attrs, model.args.direction);
        has_flattened |= serde.is_flattened;
        if serde.is_flattened || serde.is_skipped {
            continue;
        }
        let name = wire_name(model, field, &serde);
        let member = Member::of(model, &field.attrs);
        let aliases = serde.aliases.iter().filter(|_| is_response);
        let property = properties.find(&name).or_else(|| aliases.into_iter().find_map(|alias| properties.find(alias)));
        match property {
            Some(property) if property.is_described => {
                check_field(model, &member, field, &serde, &name, property);
            }
            Some(_) => only_required.push((members.len(), field)),
            None => unknown.push((members.len(), field)),
        }
        names.push(name);
        members.push(member);
    }
    // A name that is only required exists, unless a property that no field has is probably its new name.
    let is_unused = |known: &Property<'_>| {
        let is_sent = if is_response { !known.schema.is_write_only() } else { !known.schema.is_read_only() };
        known.is_described
            && is_sent
            && !names.iter().any(|name| name == known.name)
            && !is_tag(model.schema.document().root().value, known.name)
    };
    if !only_required.is_empty() && properties.known.iter().any(is_unused) {
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
    for (index, field) in unknown {
        // A required property that no field sends is probably the new name of this one: that is one mismatch.
        let mismatch = unknown_property(model, &names[index], &properties, missing.next());
        members[index].report(MismatchKind::Property, Some(&names[index]), &field.ident, mismatch);
    }
    for member in &members {
        member.finish("field");
    }
    for property in missing {
        let mismatch = Mismatch {
            what: format!("missing required field `{}`", property.name),
            help: "add the field".to_owned(),
            pointer: model.pointer.clone().key("required"),
        };
        model.report(MismatchKind::Required, Some(property.name), &model.input.ident, mismatch);
    }
}

/// Whether a property of this name is the tag of some schema's
/// [alternatives](https://spec.openapis.org/oas/v3.1.0#discriminator-object), which the enum around a model has.
fn is_tag(root: &Value, name: &str) -> bool {
    let mut values = vec![root];
    while let Some(value) = values.pop() {
        if value.get("discriminator").is_some_and(|tag| tag.get_str("propertyName") == Some(name)) {
            return true;
        }
        values.extend(value.items());
        values.extend(value.entries().iter().map(|(_, value)| value));
    }
    false
}

/// Whether a field without a property is a mismatch. A request may send one if the schema is open; a response that
/// describes its properties has no others that a model could count on.
fn is_closed(model: &Model<'_>, properties: &Properties<'_>) -> bool {
    !properties.is_open || (model.args.direction == Direction::Response && !properties.known.is_empty())
}

pub(super) fn wire_name(model: &Model<'_>, field: &Field, serde: &SerdeAttributes) -> String {
    let own = field.ident.as_ref().map(|ident| ident.unraw().to_string()).unwrap_or_default();
    serde.rename.clone().unwrap_or_else(|| model.serde.rename_all.map_or_else(|| own.clone(), |case| case.apply(&own)))
}

fn unknown_property(
    model: &Model<'_>,
    name: &str,
    properties: &Properties<'_>,
    required: Option<&Property<'_>>,
) -> Mismatch {
    let described = properties.known.iter().filter(|property| property.is_described);
    let names: Vec<&str> = described.map(|property| property.name).collect();
    let near = suggest::near(name, &names);
    let (hint, help) = match (required, near) {
        (Some(required), _) => (format!("; it requires `{}`", required.name), Some(required.name)),
        (None, Some(near)) => (format!("; did you mean `{near}`?"), Some(near)),
        (None, None) => (String::new(), None),
    };
    Mismatch {
        what: format!("the schema has no property `{name}`{hint}"),
        help: help.map_or_else(
            || "remove the field".to_owned(),
            |meant| format!("rename the field, or write `#[serde(rename = \"{meant}\")]`"),
        ),
        pointer: model.pointer.clone().key("properties"),
    }
}

fn check_field(
    model: &Model<'_>,
    member: &Member<'_>,
    field: &Field,
    serde: &SerdeAttributes,
    name: &str,
    property: &Property<'_>,
) {
    let pointer = model.pointer.clone().key("properties").key(name);
    match model.args.direction {
        // A value that may be `null` is sent as such.
        Direction::Request
            if property.required && is_option(&field.ty) && (serde.has_condition || !property.schema.is_nullable()) =>
        {
            let mismatch = Mismatch {
                what: format!("the field `{name}` is required, and an `Option` may omit it"),
                help: "remove `Option`".to_owned(),
                pointer: model.pointer.clone().key("required"),
            };
            member.report(MismatchKind::Required, Some(name), &field.ty, mismatch);
        }
        Direction::Request => {}
        Direction::Response if serde.has_default || model.serde.has_default || serde.has_function => {}
        Direction::Response => check_presence(model, member, field, name, property),
    }
    if serde.has_function {
        return;
    }
    let encoding = Encoding::Json(model.args.direction);
    let allowed = property.schemas().map(|schema| Expected::of(schema, encoding)).reduce(Expected::or);
    let subject = Subject { what: format!("the field `{name}` as"), ..Subject::named(name, pointer) };
    if let Some(expected) = allowed {
        model.checks.check(&model.checked(&field.ty), &expected, &subject, member);
    }
}

/// A property that a response may omit needs a field with room for nothing.
fn check_presence(model: &Model<'_>, member: &Member<'_>, field: &Field, name: &str, property: &Property<'_>) {
    let (why, help, holds) = if !property.required {
        ("missing", "write `Option<_>`, or add `#[serde(default)]`", Nothing::Missing)
    } else if property.is_nullable() {
        ("null", "write `Option<_>`", Nothing::Null)
    } else {
        return;
    };
    let mismatch = Mismatch {
        what: format!("the field `{name}` may be {why} in a response, and its type is not an `Option`"),
        help: help.to_owned(),
        pointer: model.pointer.clone().key("properties").key(name),
    };
    match SpelledType::of(&field.ty) {
        SpelledType::Optional(_) => {}
        SpelledType::Opaque if property.required => {}
        SpelledType::Scalar(..) | SpelledType::List(_) | SpelledType::Map(_) => {
            member.report(MismatchKind::Required, Some(name), &field.ty, mismatch);
        }
        SpelledType::Opaque | SpelledType::Unit | SpelledType::Unknown(_) => {
            let Some(mismatch) = member.possible(MismatchKind::Required, Some(name), mismatch) else { return };
            model.checks.ask(&model.checked(&field.ty), || Question::Optional {
                name: name.to_owned(),
                holds,
                mismatch,
            });
        }
    }
}
