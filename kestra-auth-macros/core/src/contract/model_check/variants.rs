//! Compares the variants of an enum with the values of an enumeration of strings.

use syn::ext::IdentExt;
use syn::{DataEnum, Fields, Variant};

use super::member::Member;
use super::model::Model;
use super::serde_attributes::SerdeAttributes;
use crate::contract::direction::Direction;
use crate::contract::mismatch::{Mismatch, Report};
use crate::parse::mismatch_kind::MismatchKind;
use crate::suggest;

pub(super) fn check(model: &Model<'_>, data: &DataEnum) {
    let direction = model.args.direction;
    let values = model.schema.enum_values();
    if values.is_empty() || !is_plain(data) {
        return;
    }
    for variant in &data.variants {
        let serde = SerdeAttributes::of(&variant.attrs, direction);
        let member = Member::of(model, &variant.attrs);
        let name = wire_name(model, variant, &serde);
        if direction == Direction::Request && !serde.is_skipped && !serde.is_other && !values.contains(&&*name) {
            member.report(MismatchKind::Value, Some(&name), &variant.ident, unknown_value(model, &name, &values));
        }
        member.finish("variant");
    }
    let (names, has_other) = self::values(model, data);
    if direction == Direction::Response && !has_other {
        report_missing(model, &values, &names);
    }
}

/// Whether an enum is one of strings.
pub(super) fn is_plain(data: &DataEnum) -> bool {
    let is_other = |variant: &Variant| SerdeAttributes::of(&variant.attrs, Direction::Response).is_other;
    data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit) || is_other(variant))
}

/// The values of the variants, and whether one of them holds all others.
pub(super) fn values(model: &Model<'_>, data: &DataEnum) -> (Vec<String>, bool) {
    let (mut names, mut has_other) = (Vec::new(), false);
    for variant in &data.variants {
        let serde = SerdeAttributes::of(&variant.attrs, model.args.direction);
        has_other |= serde.is_other;
        if !serde.is_skipped && !serde.is_other {
            names.push(wire_name(model, variant, &serde));
            names.extend(serde.aliases.iter().cloned());
        }
    }
    (names, has_other)
}

fn wire_name(model: &Model<'_>, variant: &Variant, serde: &SerdeAttributes) -> String {
    let own = variant.ident.unraw().to_string();
    let renamed = serde.rename.clone();
    renamed.unwrap_or_else(|| model.serde.rename_all.map_or_else(|| own.clone(), |case| case.apply_to_variant(&own)))
}

fn unknown_value(model: &Model<'_>, name: &str, values: &[&str]) -> Mismatch {
    Mismatch {
        what: format!("the schema has no value `{name}`{}", suggest::did_you_mean(name, values)),
        help: suggest::near(name, values).map_or_else(
            || "remove the variant".to_owned(),
            |near| format!("rename the variant, or write `#[serde(rename = \"{near}\")]`"),
        ),
        pointer: model.pointer.clone().key("enum"),
    }
}

/// A response with a value that has no variant cannot be read.
fn report_missing(model: &Model<'_>, values: &[&str], names: &[String]) {
    let missing = values.iter().filter(|value| !names.iter().any(|name| name == *value));
    let missing = missing.filter(|value| !model.expects(MismatchKind::Value, value));
    let missing: Vec<String> = missing.map(|value| format!("`{value}`")).collect();
    if missing.is_empty() {
        return;
    }
    let what = format!("values not covered by a variant: {}", missing.join(", "));
    let help = "add what is missing, or a variant with `#[serde(other)]`".to_owned();
    let mismatch = Mismatch { what, help, pointer: model.pointer.clone().key("enum") };
    model.report(MismatchKind::Value, None, &model.input.ident, mismatch);
}
